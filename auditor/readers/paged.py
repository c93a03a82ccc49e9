"""From pieces of text with positions on a page (PDF, OFD) to the lines a reader sees, in reading order.

Coordinates: x to the right, y downwards from the top of the page, both in the unit of the container; only ratios
to the character size matter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from auditor.text import furniture, head
from auditor.text.fold import fold
from auditor.text.markers import TERMINAL, heading_marker
from auditor.text.signature import is_signature

_EDGE = 0.13
"""Part of the page height at top and bottom where running lines and page numbers stand."""
_SAME_LINE = 0.45
_WIDE_GAP = 1.6
"""Gap in characters between two pieces of one line that are cells of a table rather than running text."""
_BLANK = 1.9
"""Line pitch, over the usual one, that a reader sees as a blank line."""
_SPLIT_DATE = re.compile(r"20[0-9]{2}[-./年](?:[0-9]{1,2}[-./月]?)?$")
"""A date cut by the end of a line."""
_FULL = 0.8
"""Part of the column that a line without a full stop must fill to go on in the next one."""
_MAX_INDENT = 40
_PAGE_NUMBER = re.compile(
    r"[-—·~_]{0,4}[0-9]{1,4}[-—·~_]{0,4}|[-—]?第[0-9一二三四五六七八九十百]{1,4}页(?:[，/]?共[0-9一二三四五六七八九十百]{1,4}页)?[-—]?"
    r"|[0-9]{1,4}/[0-9]{1,4}|(?:Page|page|PAGE)[0-9]{1,4}(?:of[0-9]{1,4})?|[ivxIVX]{1,5}"
)
_DIGITS = re.compile(r"[0-9]+")
_TOKEN = re.compile(r"[!-~\u2010-\u2026]+")
"""Figures and Latin letters, which wrap as a whole."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters on one baseline that the container draws one after the other."""

    text: str
    x0: float
    x1: float
    y: float
    """Baseline."""
    size: float


@dataclass(slots=True)
class Page:
    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    """In the order in which they are drawn."""


@dataclass(slots=True)
class _Line:
    text: str
    x0: float
    x1: float
    y: float
    size: float
    column: tuple[float, float] = (0.0, 0.0)
    """Left and right edge of the column it stands in."""


def assemble(pages: Sequence[Page]) -> tuple[str, tuple[int, ...]]:
    """Text of all pages without running heads, and where pages 2, 3, … begin."""
    drawn = [_lines(page) for page in pages]
    running = _running(drawn, pages)
    kept = [
        [line for line in lines if not (_at_edge(line, page) and _is_running(line, page, running))]
        for lines, page in zip(drawn, pages, strict=True)
    ]
    sizes = [line.size for lines in kept for line in lines]
    usual = median(sizes) if sizes else 1.0
    column = _column([line for lines in kept for line in lines], usual)
    ordered = [_ordered(lines, page, usual, column) for lines, page in zip(kept, pages, strict=True)]
    return _text(ordered, usual, _pitch(kept, usual))


def _lines(page: Page) -> list[_Line]:
    """Pieces on one baseline put together from left to right, in the order in which the longest of each is drawn.

    Quotation marks and figures in another font are often drawn before or after the rest of their line.
    """
    pieces = sorted(
        ((n, piece) for n, piece in enumerate(page.pieces) if piece.text.strip("\u200b\ufeff \u3000")),
        key=lambda item: item[1].y,
    )
    rows: list[list[tuple[int, Piece]]] = []
    for item in pieces:
        if rows and item[1].y - rows[-1][0][1].y <= _SAME_LINE * min(item[1].size, rows[-1][0][1].size):
            rows[-1].append(item)
        else:
            rows.append([item])
    found: list[tuple[int, _Line]] = []
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


def _line(part: list[tuple[int, Piece]]) -> tuple[int, _Line]:
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
    return order, _Line(text, part[0][1].x0, x1, big.y, big.size)


def _merged(lines: list[_Line]) -> list[_Line]:
    """Neighbours in reading order that stand side by side, the cells of a row, become one line."""
    out: list[_Line] = []
    for line in lines:
        last = out[-1] if out else None
        if last is not None and abs(last.y - line.y) <= _SAME_LINE * line.size and line.x0 >= last.x1:
            out[-1] = replace(last, text=last.text + "\t" + line.text, x1=line.x1)
        else:
            out.append(line)
    return out


# Running heads and page numbers


def _at_edge(line: _Line, page: Page) -> bool:
    return line.y <= _EDGE * page.height or line.y >= (1 - _EDGE) * page.height


def _key(line: _Line, page: Page) -> tuple[str, int]:
    """A line's text without figures, and its height in fiftieths of the page."""
    return _DIGITS.sub("#", fold(line.text)), round(50 * line.y / page.height)


def _running(drawn: list[list[_Line]], pages: Sequence[Page]) -> set[tuple[str, int]]:
    """Lines that stand at the same edge of several pages."""
    if len(pages) < 2:
        return set()
    seen: Counter[tuple[str, int]] = Counter()
    for lines, page in zip(drawn, pages, strict=True):
        keys = {_key(line, page) for line in lines if _at_edge(line, page) and len(line.text) <= 80}
        seen.update(keys | {(text, y + 1) for text, y in keys})
    needed = max(2, 0.34 * len(pages))
    found = {key for key, count in seen.items() if count >= needed}
    return found | {(text, y - 1) for text, y in found}


def _is_running(line: _Line, page: Page, running: set[tuple[str, int]]) -> bool:
    text = fold(line.text)
    return _key(line, page) in running or (len(text) <= 20 and _PAGE_NUMBER.fullmatch(text) is not None)


# Order


def _ordered(lines: list[_Line], page: Page, size: float, whole: tuple[float, float]) -> list[_Line]:
    """Reading order: drawing order where it makes sense, else by columns and height."""
    jumps = sum(1 for a, b in pairwise(lines) if b.y < a.y - size and b.x0 < a.x1)
    gutter = _gutter(lines, page, size)
    if gutter is None:
        if jumps > 0.12 * len(lines):
            lines = sorted(lines, key=lambda line: (round(line.y / (0.5 * size)), line.x0))
        return [replace(line, column=whole) for line in _merged(lines)]
    columns = [
        [line for line in lines if line.x1 <= gutter],
        [line for line in lines if line.x0 >= gutter],
    ]
    west, east = (_column(column, size) for column in columns)
    if jumps > 0.12 * len(lines) or not _by_columns(lines, gutter):
        lines = _banded(lines, gutter)
    return [
        replace(line, column=west if line.x1 <= gutter else east if line.x0 >= gutter else whole)
        for line in lines
    ]


def _gutter(lines: list[_Line], page: Page, size: float) -> float | None:
    """The x at which two columns of running text part, None for one column."""
    if len(lines) < 12:
        return None
    for step in range(40, 61):
        x = step / 100 * page.width
        crossing = sum(1 for line in lines if line.x0 < x - 0.3 * size and line.x1 > x + 0.3 * size)
        west = [line for line in lines if line.x1 <= x]
        east = [line for line in lines if line.x0 >= x]
        if crossing > 0.15 * len(lines) or min(len(west), len(east)) < 0.25 * len(lines):
            continue
        # Columns of running text are full of long lines; the cells of a table are not.
        if min(_long(west, size), _long(east, size)) >= 0.5:
            return x
    return None


def _long(lines: list[_Line], size: float) -> float:
    return sum(1 for line in lines if line.x1 - line.x0 >= 9 * size) / len(lines)


def _by_columns(lines: list[_Line], gutter: float) -> bool:
    """Whether the drawing order finishes one column before it begins the next."""
    sides = [line.x0 >= gutter for line in lines]
    changes = sum(1 for a, b in pairwise(sides) if a != b)
    return changes <= 0.2 * len(lines)


def _banded(lines: list[_Line], gutter: float) -> list[_Line]:
    """Between lines that cross the gutter, the left column before the right one."""
    out: list[_Line] = []
    west: list[_Line] = []
    east: list[_Line] = []
    for line in sorted(lines, key=lambda line: line.y):
        if line.x1 <= gutter:
            west.append(line)
        elif line.x0 >= gutter:
            east.append(line)
        else:
            out += [*west, *east, line]
            west, east = [], []
    return [*out, *west, *east]


# Text


def _column(lines: list[_Line], size: float) -> tuple[float, float]:
    """The leftmost place where more than a few lines begin, and the rightmost where more than a few end."""
    return (
        _edge([line.x0 for line in lines], size),
        -_edge([-line.x1 for line in lines], size),
    )


def _edge(places: list[float], size: float) -> float:
    if not places:
        return 0.0
    ordered = sorted(places)
    least = max(1, round(0.04 * len(ordered)))
    for i, x in enumerate(ordered):
        if i + least <= len(ordered) and ordered[i + least - 1] - x <= 0.6 * size:
            return x
    return ordered[0]


def _pitch(pages: list[list[_Line]], size: float) -> float:
    gaps = [b.y - a.y for lines in pages for a, b in pairwise(lines) if 0.8 * size < b.y - a.y < 4 * size]
    return median(gaps) if gaps else 1.6 * size


def _text(pages: list[list[_Line]], size: float, pitch: float) -> tuple[str, tuple[int, ...]]:
    """Paragraphs, as far as the geometry is certain, one a line; where each page but the first begins."""
    indented = _is_indented([line for lines in pages for line in lines])
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    above: _Line | None = None
    for number, lines in enumerate(pages):
        for at, line in enumerate(lines):
            text = line.text.strip(" \u3000")
            turned = at == 0 and number > 0
            wide = (
                above is not None and not turned and line.y - above.y > _BLANK * max(pitch, 1.25 * line.size)
            )
            if above is not None and not wide and _wraps(above, line, indented):
                joint = " " if _is_latin(parts[-1][-1:]) and _is_latin(text[:1]) else ""
            else:
                joint = "" if above is None else "\n\n" if wide else "\n"
                columns = round((line.x0 - line.column[0]) / (line.size / 2))
                text = "\u3000" * (min(_MAX_INDENT, columns // 2) if columns >= 3 else 0) + text
            length += len(joint)
            if turned:
                starts.append(length)
            parts += [joint, text]
            length += len(text)
            above = line
        if number > 0 and not lines:
            starts.append(length)
    return "".join(parts) + "\n", tuple(starts)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _is_indented(lines: list[_Line]) -> bool:
    """Whether paragraphs begin with an indent of two characters, as they should in official writing."""
    starts = [round((line.x0 - line.column[0]) / line.size, 1) for line in lines]
    return sum(1 for x in starts if 1.4 <= x <= 2.6) >= max(3, 0.06 * len(lines))


def _wraps(a: _Line, b: _Line, indented: bool) -> bool:
    """Whether the container, not the author, broke the line: certain cases only, the rest is left to the text."""
    if a.column != b.column or abs(a.size - b.size) > 0.15 * a.size:
        return False
    left, right = a.column
    if _SPLIT_DATE.search(a.text) and b.text[0].isdigit() and a.x1 >= left + _FULL * (right - left):
        return True
    if abs(b.x0 - b.column[0]) > 0.7 * b.size or "\t" in a.text or "\t" in b.text:
        return False
    ended = a.text[-1] in TERMINAL
    if ended:
        # Only a word that cannot be divided leaves the end of a line empty.
        token = _TOKEN.match(b.text)
        room = (1.9 + (0.6 * min(len(token.group()), 24) if token else 0.0)) * a.size
        if not indented or a.x1 < right - room:
            return False
    elif a.x1 < left + _FULL * (right - left):
        return False
    above, below = fold(a.text), fold(b.text)
    if heading_marker(below) is not None or is_signature(above) or _PAGE_NUMBER.fullmatch(below):
        return False
    if furniture.starts_anew(above) or furniture.starts_anew(below):
        return False
    if head.is_title(above):
        return head.goes_on(above, below)
    return not head.is_title(below)
