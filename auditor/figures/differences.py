"""Columns whose header says that they tell how far two years are apart: 2024年 2025年 增减."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from auditor.figures.columns import row_finding
from auditor.figures.judge import number
from auditor.figures.rows import Row
from auditor.model import Finding
from auditor.regex import regex
from auditor.text.document import Document

_STEP = regex(
    r"(?:同比|较上年|比上年|较去年|比去年|年度)?(?:增减|增加|减少|增长|变化|增|减|变动)(?:数量?|量|额|值|情况|件数|人数|户数|\+/-)?(?:[（(][^（()）%％]{1,8}[)）])?"
)
_LEVEL = regex(
    r"(?:20\d\d年?度?|上年度?|本年度?|去年|今年|上一年度?|当年|上年同期|去年同期|本期|上期|年初|年末|期初|期末)(?:数量?|值|额|件数|人数)?(?:[（(][^（()）%％]{1,8}[)）])?"
)
_BRACKET = regex(r"[（(][^（()）]{1,8}[)）]")
_DUE = regex(r"应|需|须|总|共|全部|发现|交办|反馈|受理|收到|下达|计划")
_NOT_SO = regex(r"率|%|％|倍|百分点")


def check_differences(doc: Document, header: Row, body: Sequence[Row], told: Sequence[Row]) -> list[Finding]:
    """Findings on rows whose step is not the difference of their levels; rows in ``told`` have one already."""
    names = header.cells[1:]
    if (parts := _divided(names)) is not None:
        return _broken_rests(doc, body, told, *parts)
    levels = [k for k, name in enumerate(names) if _LEVEL.fullmatch(name)]
    steps = [k for k, name in enumerate(names) if _STEP.fullmatch(name) and not _NOT_SO.search(name)]
    if len(levels) != 2 or len(steps) != 1 or any(steps[0] in row.rates for row in body):
        return []
    (one, two), step = levels, steps[0]
    if max(one, two, step) >= len(body[0].values):
        return []
    wrong = [
        row
        for row in body
        if abs(abs(row.values[two] - row.values[one]) - abs(row.values[step])) > _half(row)
    ]
    out: list[Finding] = []
    for row in _exceptions(wrong, body, told):
        if _NOT_SO.search(row.cells[0]):
            continue
        big, small = sorted((row.values[one], row.values[two]), reverse=True)
        expected, stated = number(big - small), number(row.values[step])
        message = f"表中“{row.cells[0]}”一行{number(big)}-{number(small)}={expected}，与所写的{stated}不符"
        out += row_finding(doc, row, "table", message, expected, stated)
    return out


def _divided(names: Sequence[str]) -> tuple[int, int, int] | None:
    """Columns 应整改, 已整改 and 未整改: what was due, what was done, what is left; None where they are not three."""
    if len(names) != 3:
        return None
    cells = [_BRACKET.sub("", name) for name in names]
    done = [k for k, name in enumerate(cells) if name.startswith(("已", "实际"))]
    left = [k for k, name in enumerate(cells) if name.startswith(("未", "尚未", "待", "正在"))]
    due = [k for k, name in enumerate(cells) if k not in done and k not in left and _DUE.match(name)]
    if not len(done) == len(left) == len(due) == 1 or cells[done[0]][-2:] != cells[left[0]][-2:]:
        return None
    return due[0], done[0], left[0]


def _broken_rests(
    doc: Document, body: Sequence[Row], told: Sequence[Row], due: int, done: int, left: int
) -> list[Finding]:
    wrong = [r for r in body if abs(r.values[done] + r.values[left] - r.values[due]) > _half(r)]
    out: list[Finding] = []
    for row in _exceptions(wrong, body, told):
        joint, stated = number(row.values[done] + row.values[left]), number(row.values[due])
        sums = f"{number(row.values[done])}+{number(row.values[left])}={joint}"
        message = f"表中“{row.cells[0]}”一行{sums}，与所写的{stated}不符"
        out += row_finding(doc, row, "table", message, joint, stated)
    return out


def _exceptions(wrong: Sequence[Row], body: Sequence[Row], told: Sequence[Row]) -> list[Row]:
    """Wrong rows that have no finding yet; none where so few rows are right that the columns were misread."""
    if len(body) - len(wrong) < max(2, len(wrong)):
        return []
    return [row for row in wrong if all(row.start != other.start for other in told)]


def _half(row: Row) -> Decimal:
    """What rounding the cells can do."""
    digits = [max(0, -int(v.as_tuple().exponent)) for v in row.values]
    return sum((Decimal(1).scaleb(-d) / 2 for d in digits if d or row.coarse), Decimal(0))
