"""An Excel workbook: one sheet of elements, one of findings, one on where it all comes from.

The only module that knows XlsxWriter. Every text is written as a string with Excel's quote prefix, so that nothing
in a report is ever taken for a formula, a link or a number, also when a cell is edited.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter

from auditor.model import LEVEL_NAMES, ElementResult, Evidence, Finding, Result
from auditor.render import annexes, wording
from auditor.render.body import for_reference, report_year
from auditor.render.issues import conclusion, verdict_line, verdict_word
from auditor.render.placement import place_of
from auditor.render.printable import short, visible

CELL = 32_000  # characters; Excel's limit is 32,767
CREATED = datetime(2000, 1, 1)  # fixed, so that the same input gives the same bytes
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_PLACE = ("行", 6)
"""Paragraph and page instead, in a report whose file has no lines."""
_ELEMENTS = (
    ("序", 5),
    ("分组", 16),
    ("编号", 20),
    ("要素", 20),
    ("法定/纲要", 9),
    ("重点", 6),
    ("状态", 10),
    ("结论", 14),
    ("权重", 6),
    ("得点", 6),
    ("说明", 36),
    ("原文证据", 60),
    _PLACE,
    ("依据", 40),
    ("查找内容", 36),
    ("最接近的文字", 40),
    ("补正建议", 40),
    ("建议位置", 28),
    ("审核决定", 40),
)
_FINDINGS = (
    ("序", 5),
    ("编号", 28),
    ("类别", 8),
    ("程度", 8),
    ("问题", 60),
    ("原文", 60),
    _PLACE,
    ("写作", 18),
    ("应为", 18),
    ("依据", 40),
    ("审核决定", 40),
)

Cell = str | float | None


def render_xlsx(result: Result) -> bytes:
    """The workbook's bytes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    book.set_properties({"title": "法治政府建设年度报告核查结果", "created": CREATED})
    sheets = Sheets(book)
    sheets.add("要素", _columns(_ELEMENTS, result), _element_rows(result))
    sheets.add(
        "问题",
        _columns(_FINDINGS, result),
        [_finding_row(n, f, result) for n, f in enumerate(result.findings, 1)],
    )
    sheets.add("概况", (("项目", 18), ("内容", 100)), _summary_rows(result))
    book.close()
    return buffer.getvalue()


class Sheets:
    def __init__(self, book: Any) -> None:
        self._book = book
        base = {"text_wrap": True, "valign": "top", "border": 1}
        self._text = book.add_format({**base, "quote_prefix": True})
        self._number = book.add_format({**base, "num_format": "General"})
        self._head = book.add_format({**base, "bold": True, "bg_color": "#E7E6E6", "quote_prefix": True})

    def add(self, name: str, columns: tuple[tuple[str, int], ...], rows: list[list[Cell]]) -> None:
        sheet = self._book.add_worksheet(name)
        for number, (title, width) in enumerate(columns):
            sheet.set_column(number, number, width)
            sheet.write_string(0, number, title, self._head)
        for line, row in enumerate(rows, 1):
            for number, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(line, number, short(visible(value), CELL), self._text)
                elif value is not None:
                    sheet.write_number(line, number, value, self._number)
                else:
                    sheet.write_blank(line, number, None, self._text)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)


def _columns(columns: tuple[tuple[str, int], ...], result: Result) -> tuple[tuple[str, int], ...]:
    """The columns with those of the place as the report's file has them."""
    if wording.has_lines(result):
        return columns
    at = columns.index(_PLACE)
    return *columns[:at], ("段", 6), ("页", 6), *columns[at + 1 :]


def _place(at: Evidence | Finding | None, result: Result) -> list[Cell]:
    """Line, or paragraph and page; numbers, so that the rows can be sorted by place."""
    if wording.has_lines(result):
        return [at.line if at else None]
    return [at.paragraph if at else None, at.page if at else None]


def _element_rows(result: Result) -> list[list[Cell]]:
    groups = {group.id: group.name for group in result.score.groups}
    reference = for_reference(result)
    return [_element_row(n, e, result, groups, reference) for n, e in enumerate(result.elements, 1)]


def _element_row(
    number: int, element: ElementResult, result: Result, groups: dict[str, str], reference: bool
) -> list[Cell]:
    near = element.nearest
    similar = (
        f"{wording.place(near)}（相似度{wording.number(near.similarity)}%）：{near.quote}" if near else None
    )
    return [
        number,
        groups.get(element.group, element.group),
        element.id,
        element.name,
        "法定" if element.tier == "statutory" else "纲要",
        "是" if element.headline else None,
        element.status.value,
        wording.status_word(element, reference=reference),
        element.weight,
        element.points,
        wording.reason_of(element),
        "；".join(f"{wording.place(e)}：{e.quote}" for e in element.evidence) or None,
        *_place(element.evidence[0] if element.evidence else None, result),
        wording.cite_all(element.basis),
        "；".join(element.sought) or None,
        similar,
        element.advice,
        place_of(element, result)[0] if wording.is_gap(element) else None,
        wording.decision_words(element.decision) if element.decision else None,
    ]


def _finding_row(number: int, finding: Finding, result: Result) -> list[Cell]:
    return [
        number,
        finding.id,
        wording.KIND_NAMES.get(finding.kind, finding.kind),
        wording.SEVERITY_NAMES[finding.severity],
        finding.message,
        finding.quote,
        *_place(finding, result),
        finding.stated,
        finding.expected,
        wording.cite_all(finding.basis) if finding.basis else None,
        wording.decision_words(finding.decision) if finding.decision else None,
    ]


def _summary_rows(result: Result) -> list[list[Cell]]:
    report = result.report
    year = report_year(result)
    rows: list[list[Cell]] = [
        ["报告", report.title or report.file],
        ["送审单位", report.issuer or report.region],
        ["年度", year],
        ["层级", LEVEL_NAMES[report.level] if report.level else None],
        ["门禁", verdict_word(result)],
        ["总分", result.score.total],
        ["结论", verdict_line(result)],
    ]
    rows += [["说明", line] for line in conclusion(result)]
    rows += [["门禁明细", line] for line in annexes.gate_lines(result)]
    for group in result.score.groups:
        counts = f"已覆盖{group.covered}，不充分{group.weak}，缺失{group.missing}"
        points = f"{wording.number(group.points)}/{wording.number(group.possible)}"
        rows.append([f"分组：{group.name}", f"{points}；{counts}"])
    rows += [[pair.label, pair.value] for pair in annexes.provenance(result)]
    rows += [["未生效的决定", note] for note in annexes.decision_notes(result)]
    return rows
