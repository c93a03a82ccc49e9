"""Lines that are rows of a flattened table: a name and then nothing but figures, or nothing but words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from auditor.regex import regex

LONGEST = 400
"""Characters of a line that can be a row."""
MOST_CELLS = 24
_CELL = regex(r"[^\s|│｜]+")
_NUMBER = regex(r"\d{1,12}(?:\.\d{1,4})?")
_RATE = regex(r"([+-]?\d{1,6}(?:\.\d{1,4})?)%")
_FOLD = str.maketrans("０１２３４５６７８９．，％－＋", "0123456789.,%-+")
_APART = regex(r"[0-9０-９][^\S\n]+[0-9０-９]")
"""Two figures with nothing but a blank between them."""


@dataclass(frozen=True, slots=True)
class Row:
    start: int
    end: int
    """Original positions of the line."""
    cells: tuple[str, ...]
    values: tuple[Decimal, ...]
    """Figures of all cells but the first; empty for a row of words."""
    rates: frozenset[int] = frozenset()
    """Which of ``values`` are percentages."""


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


def _row(line: str, start: int) -> Row | None:
    if len(line) > LONGEST or any(mark in line for mark in "，。；"):
        return None
    cells = cells_of(line)
    if not 3 <= len(cells) <= MOST_CELLS:
        return None
    end = start + len(line.rstrip())
    values: list[Decimal] = []
    rates: set[int] = set()
    for at, cell in enumerate(cells[1:]):
        plain = fold(cell)
        if _NUMBER.fullmatch(plain):
            values.append(Decimal(plain))
        elif rate := _RATE.fullmatch(plain):
            values.append(Decimal(rate[1]))
            rates.add(at)
    if len(values) == len(cells) - 1:
        return Row(start, end, cells, tuple(values), frozenset(rates))
    return Row(start, end, cells, ()) if not values else None


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
        row = _row(text[start:end], start)
        if row is None or not row.values or is_number(row.cells[0]):
            continue
        cells = list(_CELL.finditer(text, start, end))
        for cell, following in pairwise(cells[1:]):
            if is_number(cell[0]) and following[0][0].isdigit():
                out.append(cell.span())
    return out
