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
_NOT_SO = regex(r"率|%|％|倍|百分点")


def check_differences(doc: Document, header: Row, body: Sequence[Row], told: Sequence[Row]) -> list[Finding]:
    """Findings on rows whose step is not the difference of their levels; rows in ``told`` have one already."""
    names = header.cells[1:]
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
    if not wrong or len(body) - len(wrong) < max(2, len(wrong)):
        return []
    out: list[Finding] = []
    for row in wrong:
        if any(row.start == other.start for other in told) or _NOT_SO.search(row.cells[0]):
            continue
        big, small = sorted((row.values[one], row.values[two]), reverse=True)
        expected, stated = number(big - small), number(row.values[step])
        message = f"表中“{row.cells[0]}”一行{number(big)}-{number(small)}={expected}，与所写的{stated}不符"
        out += row_finding(doc, row, "table", message, expected, stated)
    return out


def _half(row: Row) -> Decimal:
    """What rounding the three cells can do."""
    digits = max(-int(v.as_tuple().exponent) for v in row.values)
    return Decimal(0) if digits <= 0 and not row.coarse else Decimal(1).scaleb(-max(digits, 0)) * 3 / 2
