"""Lines that are rows of a flattened table: a name and then nothing but figures, or nothing but words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from auditor.regex import regex

LONGEST = 400
"""Characters of a line that can be a row."""
MOST_CELLS = 24
MOST_NAMES = 3
"""Cells of words before the first figure: a number in order, the name, its unit."""
_CELL = regex(r"[^\s|│｜]+")
_NUMBER = regex(r"[+-]?\d{1,12}(?:\.\d{1,4})?")
_RATE = regex(
    r"(?:(?P<down>↓|下降|减少|降低|回落)|↑|增长|上升|增加|提高|上涨)?(?P<value>[+-]?\d{1,6}(?:\.\d{1,4})?)%"
)
_MISSING = regex(
    r"[-—–/\\*…]{1,6}|持平|不变|无|空|暂无|(?:↓|↑|下降|减少|降低|增长|上升|增加|提高)?[+-]?\d{1,6}(?:\.\d{1,4})?个?百分点"
)
"""A cell that holds no figure of its column: none was there, or it is told in another way than in the other rows."""
_MEASURED = regex(r"\d{1,12}(?:\.\d{1,4})?[\u4e00-\u9fff]{1,3}")
_FOLD = str.maketrans("０１２３４５６７８９．，％－＋−／", "0123456789.,%-+-/")
_APART = regex(r"[0-9０-９][^\S\n]+[-0-9０-９+＋－−–—↑↓]")
"""A figure, a blank and another one or what its sign may be."""


class Row(Struct, frozen=True):
    start: int
    end: int
    """Original positions of the line."""
    cells: tuple[str, ...]
    """The name and the cells of figures behind it; all cells for a row of words."""
    values: tuple[Decimal, ...]
    """Figures of all cells but the first; empty for a row of words."""
    rates: frozenset[int] = frozenset()
    """Which of ``values`` are percentages."""
    names: int = 1
    """Cells of words that stood before the first figure; only one of them is kept as the name."""
    gaps: bool = False
    """Some cell holds no figure (—, /, 持平): a row of its table that cannot be reckoned with."""
    coarse: frozenset[int] = frozenset()
    """Which of ``values`` are told in 万 or 亿 and so rounded, whatever their digits."""

    @property
    def width(self) -> int:
        """Cells of the line as written."""
        return self.names + len(self.cells) - 1


def fold(cell: str) -> str:
    """Plain digits and marks, without the commas of thousands."""
    return cell.translate(_FOLD).replace(",", "")


def cells_of(line: str) -> tuple[str, ...]:
    return tuple(m[0] for m in _CELL.finditer(line))


def is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(fold(cell)) is not None


def rows(text: str) -> list[Row | None]:
    """Lines as rows; None for a line that is no row, blank lines left out."""
    out: list[Row | None] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            out.append(_row(line, start))
        start += len(line)
    return out


def _prose(line: str) -> bool:
    return len(line) > LONGEST or "，" in line or "。" in line or "；" in line


def _row(line: str, start: int) -> Row | None:
    if _prose(line):
        return None
    cells = cells_of(line)
    if not 3 <= len(cells) <= MOST_CELLS:
        return None
    end = start + len(line.rstrip())
    names = _names(cells)
    values: list[Decimal] = []
    rates: set[int] = set()
    missing = 0
    for at, cell in enumerate(cells[names:]):
        plain = fold(cell)
        if _NUMBER.fullmatch(plain):
            values.append(Decimal(plain))
        elif rate := _RATE.fullmatch(plain):
            value = Decimal(rate["value"])
            values.append(-value if rate["down"] and value > 0 else value)
            rates.add(at)
        elif _MISSING.fullmatch(plain):
            missing += 1
    if names == len(cells) or not (values or missing):
        return Row(start, end, cells, ())
    if len(values) + missing < len(cells) - names:
        return None
    name = next((c for c in cells[:names] if not is_number(c)), cells[0])
    kept = (name, *cells[names:])
    if missing:
        return Row(start, end, kept, (), frozenset(), names, True)
    return Row(start, end, kept, tuple(values), frozenset(rates), names)


def _names(cells: Sequence[str]) -> int:
    """How many cells stand before the first figure; a number in order may stand before the name."""
    at = 2 if len(cells) > 1 and is_number(cells[0]) and not _is_figure(cells[1]) else 1
    while at < min(len(cells), MOST_NAMES) and not _is_figure(cells[at]):
        at += 1
    return at


def _is_figure(cell: str) -> bool:
    """True for a cell that holds a figure and nothing else, or says that there is none."""
    plain = fold(cell)
    return any(kind.fullmatch(plain) for kind in (_NUMBER, _RATE, _MISSING))


def row_of(text: str, start: int, end: int) -> str | None:
    """Name of the row where the percentage at the original positions ``start:end`` fills a cell of a table.

    Empty when its cell has a line of its own; None where it is no cell: nothing else must stand in it, and beside it
    another figure or nothing. What is told there is named by a column, and no word around it says how.
    """
    first = text.rfind("\n", max(0, start - LONGEST), start) + 1
    last = text.find("\n", end, end + LONGEST)
    last = last if last >= 0 else min(len(text), end + LONGEST)
    if first == 0 and start > LONGEST:
        return None
    line = text[first:last]
    if _prose(line):
        return None
    cells = list(_CELL.finditer(line))
    at = next((k for k, c in enumerate(cells) if c.start() <= start - first < c.end()), None)
    if at is None or not _RATE.fullmatch(fold(cells[at][0])):
        return None
    words = [c[0] for c in cells]
    beside = words[max(0, at - 1) : at] + words[at + 1 : at + 2]
    if beside and not any(_is_figure(c) or _MEASURED.fullmatch(fold(c)) for c in beside):
        return None
    return next((c for c in words if not _is_figure(c)), "")


def glued(text: str) -> list[tuple[int, int]]:
    """Original spans of bare figures that run into the next cell of their row once the blanks are taken out."""
    out: list[tuple[int, int]] = []
    done = 0
    for hit in _APART.finditer(text):
        if hit.start() < done:
            continue
        start = text.rfind("\n", max(0, hit.start() - LONGEST), hit.start()) + 1
        end = text.find("\n", hit.end(), hit.end() + LONGEST)
        done = end = end if end >= 0 else min(len(text), hit.end() + LONGEST)
        if not _prose(text[start:end]):
            out += _touching(text, start, end)
    return out


def _touching(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Bare figures of the line ``start:end`` beside which another figure stands, where the line can be a row."""
    cells = list(_CELL.finditer(text, start, end))
    if not 3 <= len(cells) <= MOST_CELLS or (is_number(cells[0][0]) and _is_figure(cells[1][0])):
        # 2 0 2 3年: no name in front.
        return []
    figures = [_is_figure(c[0]) for c in cells]
    if not all(figures[_names([c[0] for c in cells]) :]) and any(
        len(a[0]) == len(b[0]) == 1 and a[0].isdigit() and b[0].isdigit() for a, b in pairwise(cells)
    ):
        # 某县 2 0 2 3 年: letters set apart, and no cells.
        return []
    return [
        cell.span()
        for cell, following in pairwise(cells)
        if cell is not cells[0] and is_number(cell[0]) and _opens_figure(following[0])
    ]


def _opens_figure(cell: str) -> bool:
    return fold(cell[0]) in "0123456789+-–—" or cell[0] in "↑↓"
