"""The summary of a batch as a workbook: a sheet for every question, nothing left out."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import xlsxwriter

from auditor.model import LEVEL_NAMES, Severity
from auditor.render import wording
from auditor.render.summary import Entry, Fault, Gap, Ranked, Summary, share
from auditor.render.xlsx import CREATED, OPTIONS, Cell, Sheets

_VERDICTS = {True: "通过", False: "未通过", None: "未设门禁"}
_RANKING = (
    ("名次", 6), ("单位", 28), ("层级", 10), ("年度", 7), ("总分", 7), ("门禁", 9), ("已覆盖", 8), ("不充分", 8), ("缺失", 8),
    ("差错", 6), ("存疑", 6), ("成文日期", 12), ("公开日期", 12), ("未通过的原因", 60), ("缺失的要素", 60), ("文件", 40),
)  # fmt: skip
_GAPS = (
    ("序", 5), ("编号", 22), ("要素", 26), ("分组", 14), ("法定/纲要", 9), ("重点", 6), ("已覆盖", 8), ("不充分", 8),
    ("缺失", 8), ("不适用", 8), ("已豁免", 8), ("缺失率%", 9),
)  # fmt: skip
_FAULTS = (("单位", 28), ("类别", 8), ("程度", 8), ("问题", 80), ("位置", 16), ("编号", 28), ("文件", 40))


def render_xlsx(summary: Summary) -> bytes:
    """The workbook's bytes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    book.set_properties({"title": "法治政府建设年度报告核查汇总", "created": CREATED})
    sheets = Sheets(book)
    sheets.add("排名", _RANKING, [_place(item, summary) for item in summary.ranking])
    heads = (("单位", 28), ("总分", 7), *((group.name, 11) for group in summary.groups))
    heat: list[list[Cell]] = [
        [item.entry.named, item.entry.total, *summary.shares(item.entry)] for item in summary.ranking
    ]
    sheets.add("单位与分组", heads, heat)
    _shade(book.get_worksheet_by_name("单位与分组"), len(heat), len(heads))
    groups = {group.id: group.name for group in summary.groups}
    sheets.add("缺项", _GAPS, [_gap(n, gap, groups) for n, gap in enumerate(summary.gaps(), 1)])
    sheets.add("四项重点", _GAPS, [_gap(n, gap, groups) for n, gap in enumerate(summary.headline(), 1)])
    sheets.add("逾期", _FAULTS, [_fault(entry, fault) for entry, fault in summary.late()])
    sheets.add("未能核查", (("文件", 50), ("原因", 100)), [[i.file, i.reason] for i in summary.unaudited])
    sheets.add("数字和日期", _FAULTS, [_fault(entry, fault) for entry, fault in summary.faults()])
    sheets.add("概况", (("项目", 24), ("内容", 80)), _overview(summary))
    book.close()
    return buffer.getvalue()


def _shade(sheet: Any, rows: int, columns: int) -> None:
    """Light to dark for high to low, as in the printed summary."""
    if rows:
        scale = {
            "type": "2_color_scale",
            "min_type": "num",
            "min_value": 0,
            "min_color": "#8C8C8C",
            "max_type": "num",
            "max_value": 100,
            "max_color": "#FFFFFF",
        }
        sheet.conditional_format(1, 1, rows, columns - 1, scale)


def _place(item: Ranked, summary: Summary) -> list[Cell]:
    entry, count = item.entry, Counter(item.entry.statuses)
    severity = Counter(fault.severity for fault in entry.findings if not fault.decided)
    return [
        item.rank,
        entry.named,
        LEVEL_NAMES[entry.level] if entry.level else None,
        entry.year,
        entry.total,
        _VERDICTS[entry.passed],
        count["c"],
        count["w"],
        count["m"],
        severity[Severity.ERROR],
        severity[Severity.WARNING],
        entry.written_date,
        entry.published_date,
        "；".join(entry.failures) or None,
        "、".join(element.name for element in summary.by_status(entry, "m")) or None,
        entry.file,
    ]


def _gap(number: int, gap: Gap, groups: dict[str, str]) -> list[Cell]:
    element = gap.element
    return [
        number,
        element.id,
        element.name,
        groups.get(element.group, element.group),
        "法定" if element.tier == "statutory" else "纲要",
        "是" if element.headline else None,
        gap.covered,
        gap.weak,
        gap.missing,
        gap.na,
        gap.waived,
        share(gap.missing, gap.judged),
    ]


def _fault(entry: Entry, fault: Fault) -> list[Cell]:
    return [
        entry.named,
        wording.KIND_NAMES.get(fault.kind, fault.kind),
        wording.SEVERITY_NAMES[fault.severity],
        fault.message,
        fault.place,
        fault.id,
        entry.file,
    ]


def _overview(summary: Summary) -> list[list[Cell]]:
    verdicts = summary.verdicts()
    rows: list[list[Cell]] = [
        ["报告份数", summary.reports],
        ["完成核查", len(summary.ranking)],
    ]
    rows += [[words, verdicts[passed]] for passed, words in _VERDICTS.items()]
    rows.append(["未能核查", len(summary.unaudited)])
    if summary.scores:
        scores = summary.scores
        rows += [
            ["平均分", scores.mean],
            ["中位数", scores.median],
            ["最高分", scores.highest],
            ["最低分", scores.lowest],
        ]
    rows += [[f"分组得分率%：{g.name}", share(g.points, g.possible)] for g in summary.groups]
    for frame in summary.frames:
        rows.append(["规则集", f"{frame.ruleset.title} {frame.ruleset.version}（{frame.ruleset.digest}）"])
    return rows
