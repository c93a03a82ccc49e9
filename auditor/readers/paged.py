"""From pieces of text with positions on a page (PDF, OFD) to the lines a reader sees, in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from auditor.readers.paged_lines import PAGE_NUMBER, Line, Page, at_edge, is_running, lines_of, running_lines
from auditor.readers.paged_order import column_of, ordered
from auditor.text import furniture, head
from auditor.text.fold import fold
from auditor.text.markers import TERMINAL, heading_marker
from auditor.text.signature import is_signature

_BLANK = 1.9
"""Line pitch, over the usual one, that a reader sees as a blank line."""
_SPLIT_DATE = re.compile(r"(?<![0-9])20[0-9]{2}(?:[-./年](?:[0-9]{1,2}[-./月]?)?)?$")
"""The beginning of a date cut by the end of a line."""
_DATE_REST = re.compile(r"[-./年月日][0-9]{0,2}")
_FULL = 0.8
"""Part of the column that a line without a full stop must fill to go on in the next one."""
_MAX_INDENT = 40
_TOKEN = re.compile(r"[!-~\u2010-\u2026]+")
"""Figures and Latin letters, which wrap as a whole."""


def assemble(pages: Sequence[Page]) -> tuple[str, tuple[int, ...]]:
    """Text of all pages without running heads, and where pages 2, 3, … begin."""
    drawn = [lines_of(page) for page in pages]
    running = running_lines(drawn, pages)
    kept = [
        [line for line in lines if not (at_edge(line, page) and is_running(line, page, running))]
        for lines, page in zip(drawn, pages, strict=True)
    ]
    sizes = [line.size for lines in kept for line in lines]
    usual = median(sizes) if sizes else 1.0
    column = column_of([line for lines in kept for line in lines], usual)
    in_order = [ordered(lines, page, usual, column) for lines, page in zip(kept, pages, strict=True)]
    return _text(in_order, usual, _pitch(kept, usual))


def _pitch(pages: list[list[Line]], size: float) -> float:
    gaps = [b.y - a.y for lines in pages for a, b in pairwise(lines) if 0.8 * size < b.y - a.y < 4 * size]
    return median(gaps) if gaps else 1.6 * size


def _text(pages: list[list[Line]], size: float, pitch: float) -> tuple[str, tuple[int, ...]]:
    """Paragraphs, as far as the geometry is certain, one a line; where each page but the first begins."""
    indented = _is_indented([line for lines in pages for line in lines])
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    above: Line | None = None
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


def _is_indented(lines: list[Line]) -> bool:
    """Whether paragraphs begin with an indent of two characters, as they should in official writing."""
    starts = [round((line.x0 - line.column[0]) / line.size, 1) for line in lines]
    return sum(1 for x in starts if 1.4 <= x <= 2.6) >= max(3, 0.06 * len(lines))


def _splits_date(above: str, below: str) -> bool:
    """Whether a date such as 2024-02-26 goes on in the next line."""
    found = _SPLIT_DATE.search(above)
    if found is None:
        return False
    whole_year = len(found.group()) == 4
    return _DATE_REST.match(below) is not None or (not whole_year and below[0].isdigit())


def _wraps(a: Line, b: Line, indented: bool) -> bool:
    """Whether the container, not the author, broke the line: certain cases only, the rest is left to the text."""
    if a.column != b.column or abs(a.size - b.size) > 0.15 * a.size:
        return False
    left, right = a.column
    if _splits_date(a.text, b.text) and a.x1 >= left + _FULL * (right - left):
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
    if heading_marker(below) is not None or is_signature(above) or PAGE_NUMBER.fullmatch(below):
        return False
    if furniture.starts_anew(above) or furniture.starts_anew(below):
        return False
    if head.is_title(above):
        return head.goes_on(above, below)
    return not head.is_title(below)
