"""Pieces of text on a page put together to lines; running heads and page numbers told from the rest.

Coordinates: x to the right, y downwards from the top of the page, both in the unit of the container; only ratios
to the character size matter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct, field

from auditor.text.fold import fold

_EDGE = 0.13
"""Part of the page height at top and bottom where running lines and page numbers stand."""
SAME_LINE = 0.45
_WIDE_GAP = 1.6
"""Gap in characters between two pieces of one line that are cells of a table rather than running text."""
PAGE_NUMBER = re.compile(
    r"[-—·~_]{0,4}[0-9]{1,4}[-—·~_]{0,4}|[-—]?第[0-9一二三四五六七八九十百]{1,4}页(?:[，/]?共[0-9一二三四五六七八九十百]{1,4}页)?[-—]?"
    r"|[0-9]{1,4}/[0-9]{1,4}|(?:Page|page|PAGE)[0-9]{1,4}(?:of[0-9]{1,4})?|[ivxIVX]{1,5}"
)
_DIGITS = re.compile(r"[0-9]+")


class Piece(Struct, frozen=True):
    """Characters on one baseline that the container draws one after the other."""

    text: str
    x0: float
    x1: float
    y: float
    """Baseline."""
    size: float


class Page(Struct):
    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    """In the order in which they are drawn."""


class Line(Struct):
    text: str
    x0: float
    x1: float
    y: float
    size: float
    column: tuple[float, float] = (0.0, 0.0)
    """Left and right edge of the column it stands in."""


def lines_of(page: Page) -> list[Line]:
    """Pieces on one baseline put together from left to right, in the order in which the longest of each is drawn.

    Quotation marks and figures in another font are often drawn before or after the rest of their line.
    """
    pieces = sorted(
        ((n, piece) for n, piece in enumerate(page.pieces) if piece.text.strip("\u200b\ufeff \u3000")),
        key=lambda item: item[1].y,
    )
    rows: list[list[tuple[int, Piece]]] = []
    for item in pieces:
        if rows and item[1].y - rows[-1][0][1].y <= SAME_LINE * min(item[1].size, rows[-1][0][1].size):
            rows[-1].append(item)
        else:
            rows.append([item])
    found: list[tuple[int, Line]] = []
    for row in rows:
        row.sort(key=lambda item: item[1].x0)
        part = [row[0]]
        reach = row[0][1].x1
        for item in row[1:]:
            if item[1].x0 - reach > _WIDE_GAP * max(item[1].size, part[-1][1].size):
                found.append(_line(part))
                part = []
            part.append(item)
            reach = max(reach, item[1].x1) if len(part) > 1 else item[1].x1
        found.append(_line(part))
    found.sort(key=lambda item: item[0])
    return [line for _, line in found]


def _line(part: list[tuple[int, Piece]]) -> tuple[int, Line]:
    """A line and its place in the drawing order."""
    text = part[0][1].text
    for (_, a), (_, b) in pairwise(part):
        gap = b.x0 - a.x1
        size = max(a.size, b.size)
        if gap > 0.8 * size or (gap > 0.2 * size and a.text[-1:].isascii() and b.text[:1].isascii()):
            text += " "
        text += b.text
    order, big = max(part, key=lambda item: len(item[1].text))
    x1 = max(piece.x1 for _, piece in part)
    return order, Line(text, part[0][1].x0, x1, big.y, big.size)


def at_edge(line: Line, page: Page) -> bool:
    return line.y <= _EDGE * page.height or line.y >= (1 - _EDGE) * page.height


def _key(line: Line, page: Page) -> tuple[str, int]:
    """A line's text without figures, and its height in fiftieths of the page."""
    return _DIGITS.sub("#", fold(line.text)), round(50 * line.y / page.height)


def running_lines(drawn: list[list[Line]], pages: Sequence[Page]) -> set[tuple[str, int]]:
    """Lines that stand at the same edge of several pages."""
    if len(pages) < 2:
        return set()
    seen: Counter[tuple[str, int]] = Counter()
    for lines, page in zip(drawn, pages, strict=True):
        keys = {_key(line, page) for line in lines if at_edge(line, page) and len(line.text) <= 80}
        seen.update(keys | {(text, y + 1) for text, y in keys})
    needed = max(2, 0.34 * len(pages))
    found = {key for key, count in seen.items() if count >= needed}
    return found | {(text, y - 1) for text, y in found}


def is_running(line: Line, page: Page, running: set[tuple[str, int]]) -> bool:
    text = fold(line.text)
    return _key(line, page) in running or (len(text) <= 20 and PAGE_NUMBER.fullmatch(text) is not None)
