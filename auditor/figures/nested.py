"""Parts told below their whole in the lines of a table: 3 调解纠纷 件 423 / 其中：邻里纠纷 件 168 / … / 其他 件 50."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from auditor.figures.columns import TOTAL, row_finding
from auditor.figures.judge import number
from auditor.figures.rows import Row, cells_of, fold, is_number
from auditor.model import Finding
from auditor.regex import regex
from auditor.text.document import Document

LONGEST = 80
MOST = 24
"""Lines below one whole."""
_MARKS = ("，", "。", "；")
_AMONG = regex(r"(?:其中|内含)[：:]?(?P<name>[^：:]*)")
_OPENS = regex(r"\n[^\S\n]*[|│｜]?[^\S\n]*(?:其中|内含)")
_REST = regex(r"(?:其他|其它|其余)(?P<noun>[\u4e00-\u9fff]{0,6})")
_ORDER = regex(r"[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]?[.．、]?")
_FUSED = regex(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.．、](?!\d)")
_VALUE = regex(r"(\d{1,12}(?:\.\d{1,4})?)([\u4e00-\u9fff]{0,3})")
_SUMS = regex(r"(?:合计|总计|总数|总量)(?:（[^（）]{1,6}）)?")
_NO_COUNT = regex(r"率|占|比|均|增|减|升|降|同期|上年|去年|20\d\d|得分|排名|[%％]")
_OVERLAP = regex(r"重点|涉企|首次|新增|重大|疑难|女|党员|以上")
"""Attributes that may fall together: no sum is claimed."""


class _Line(Struct, frozen=True):
    row: Row
    numbered: bool
    name: str
    unit: str
    value: Decimal


def check_nested(doc: Document) -> list[Finding]:
    """Warnings on lists below a line of the report that end in 其他 and do not make up its figure."""
    out: list[Finding] = []
    if _OPENS.search(doc.text) is None:
        return out
    before: _Line | None = None
    whole: _Line | None = None
    parts: list[_Line] = []
    start = 0
    for text in doc.text.splitlines(keepends=True):
        line = _read(text, start)
        start += len(text)
        if line is None:
            if text.strip():
                before = whole = None
            continue
        if among := _AMONG.fullmatch(line.name):
            # A second 其中 divides a member of the list: where that one ends is not told.
            whole = None if whole is not None or before is None or line.numbered else before
            parts = []
            if not among["name"]:
                whole = None
        elif line.numbered or TOTAL.fullmatch(line.name):
            whole = None
        before = line
        if whole is None:
            continue
        parts.append(line)
        rest = _REST.fullmatch(line.name)
        if rest and _of_list(rest["noun"], whole, parts[:-1]):
            out += _sum(doc, whole, parts)
        if rest or len(parts) > MOST:
            whole = None
    return out


def _read(text: str, start: int) -> _Line | None:
    """A line of an optional number in order, a name, an optional unit and one figure; None for anything else."""
    if len(text) > LONGEST or any(mark in text for mark in _MARKS):
        return None
    cells = list(cells_of(text))
    if not 2 <= len(cells) <= 4:
        return None
    numbered = len(cells) > 2 and _ORDER.fullmatch(cells[0]) is not None
    if numbered:
        del cells[0]
    told = _VALUE.fullmatch(fold(cells[-1]))
    if told is None or len(cells) > 3 or any(is_number(cell) for cell in cells[:-1]):
        return None
    if len(cells) == 3 and len(cells[1]) > 4:
        return None
    name = cells[0]
    if fused := _FUSED.match(name):
        numbered, name = True, name[fused.end() :]
    unit = cells[1] if len(cells) == 3 else ""
    row = Row(start, start + len(text.rstrip()), (name, *cells[1:]), (Decimal(told[1]),))
    return _Line(row, numbered, name, unit + told[2], Decimal(told[1]))


def _of_list(noun: str, whole: _Line, others: Sequence[_Line]) -> bool:
    """其他, 其他纠纷 below 纠纷; 其他行政行为 may be the rest of something above."""
    return len(noun) < 2 or noun in whole.name or any(p.name.endswith(noun[-2:]) for p in others)


def _sum(doc: Document, whole: _Line, parts: Sequence[_Line]) -> list[Finding]:
    # Where the lines have no numbers in order, 其他 may close a list that began above the whole.
    sure = whole.numbered or _SUMS.search(whole.name)
    lines = (whole, *parts)
    if not sure or len(parts) < 3 or len({line.unit for line in lines}) > 1:
        return []
    if any(_NO_COUNT.search(line.name) for line in lines) or any(_OVERLAP.search(p.name) for p in parts):
        return []
    joint = sum((p.value for p in parts), Decimal(0))
    digits = min(int(line.value.as_tuple().exponent) for line in lines)
    slack = Decimal(1).scaleb(digits) * len(parts) / 2 if digits < 0 else Decimal(0)
    gap = abs(joint - whole.value)
    if gap <= slack or gap * 2 > whole.value or _leaves_one_out(whole, parts):
        return []
    pieces = "+".join(number(p.value) for p in parts)
    row = Row(whole.row.start, parts[-1].row.end, whole.row.cells, (whole.value,))
    message = f"表中“{whole.name}”下各项之和为{pieces}={number(joint)}，与所写的{number(whole.value)}不符"
    return row_finding(doc, row, "table", message, number(joint), number(whole.value))


def _leaves_one_out(whole: _Line, parts: Sequence[_Line]) -> bool:
    """物业纠纷131件，装修纠纷20件: one line may be a part of the line above it."""
    joint = sum((p.value for p in parts), Decimal(0))
    return any(
        joint - below.value == whole.value and below.value <= above.value
        for above, below in pairwise(parts)
        if not _REST.fullmatch(below.name)
    )
