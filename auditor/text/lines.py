"""Physical lines of a text as copied: folded, measured, without page numbers and running heads."""

from __future__ import annotations

from collections import defaultdict

from msgspec import Struct

from auditor.regex import regex
from auditor.text.fold import fold_mapped

_LINE = regex(r"[^\n\f\v\x85\u2028\u2029]+")
_HALF = regex(r"[\x20-\x7e\xa0-\u02ff\u2000-\u200a\u2010-\u2015]")
_PAGE_NUMBER = regex(
    r"[-—·~_]{1,4}[0-9]{1,4}[-—·~_]{1,4}"
    r"|[-—]?第[0-9一二三四五六七八九十]{1,4}页(?:[，/]?共[0-9一二三四五六七八九十]{1,4}页)?[-—]?"
    r"|[0-9]{1,4}/[0-9]{1,4}"
    r"|(?:Page|PAGE|page)[0-9]{1,4}(?:of[0-9]{1,4})?"
)


_DIGITS = regex(r"[0-9]+")
_TITLE_WORD = regex("法治|依法")
_SENTENCE = regex(r"[。；！？]")
_LONGEST_RUNNING = 60
"""Characters of a running head or foot."""
_RUNNING_LINES = 3
"""Most lines of one running head."""
_FULL = 40
"""Columns of a line that runs on."""


class Line(Struct):
    """A line with something visible on it."""

    text: str
    """Folded: no white space, no quotation marks."""
    offsets: list[int]
    """Position of each folded character in the whole text."""
    start: int
    """Position of the line's first character, white space included."""
    chars: int
    """Length as it stands, without trailing white space."""
    raw: int
    """Length as it stands, trailing white space included."""
    columns: int
    """Display width, an ideograph counting two."""
    indent: int
    """Columns of white space in front."""
    blank_before: bool
    page_before: bool
    """A page number or form feed stood directly before."""


def physical_lines(text: str) -> list[Line]:
    """Lines that are neither blank nor page numbers nor running heads or feet, in order."""
    lines: list[Line] = []
    bare: list[int] = []
    dropped: set[int] = set()
    previous_end = 0
    blank = page = False
    for m in _LINE.finditer(text):
        start, end = m.span()
        gap = text[previous_end:start]
        previous_end = end
        page = page or "\f" in gap
        blank = blank or len(gap) > 1
        raw = m.group()
        folded, offsets = fold_mapped(raw, start)
        if not folded:
            blank = True
            continue
        if len(folded) <= 20:
            if _PAGE_NUMBER.fullmatch(folded):
                dropped.add(len(lines))
            elif len(folded) <= 3 and folded.isdigit() and folded.isascii():
                bare.append(len(lines))
        lines.append(_line(raw, folded, offsets, start, blank, page))
        blank = page = False
    dropped.update(_bare_page_numbers(lines, bare))
    dropped.update(_running(lines, dropped))
    if not dropped:
        return lines
    kept: list[Line] = []
    blank = page = False
    for i, line in enumerate(lines):
        if i in dropped:
            page = True
            blank = blank or line.blank_before
            continue
        line.blank_before = line.blank_before or blank
        line.page_before = line.page_before or page
        blank = page = False
        kept.append(line)
    return kept


def _line(raw: str, folded: str, offsets: list[int], start: int, blank: bool, page: bool) -> Line:
    stripped = raw.rstrip()
    space = stripped[: len(stripped) - len(stripped.lstrip())]
    return Line(
        folded, offsets, start, len(stripped), len(raw), _columns(stripped), _columns(space), blank, page
    )


def _columns(text: str) -> int:
    return 2 * len(text) - len(_HALF.findall(text))


def _bare_page_numbers(lines: list[Line], bare: list[int]) -> set[int]:
    """Which lines of bare figures are page numbers: those that count up, or stand between blank lines or pages."""
    pages: set[int] = set()
    for k, i in enumerate(bare):
        number = int(lines[i].text)
        counts_up = (k > 0 and int(lines[bare[k - 1]].text) == number - 1) or (
            k + 1 < len(bare) and int(lines[bare[k + 1]].text) == number + 1
        )
        alone = lines[i].blank_before and (i + 1 == len(lines) or lines[i + 1].blank_before)
        apart = i + 1 < len(lines) and lines[i + 1].page_before
        if counts_up or apart or (alone and number <= 300):
            pages.add(i)
    return pages


def _running(lines: list[Line], numbers: set[int]) -> set[int]:
    """Which lines are running heads or feet: the same words, figures aside, again and again.

    They stand beside page numbers (or one another), or at least once in the middle of a sentence.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if i not in numbers and len(line.text) <= _LONGEST_RUNNING and _SENTENCE.search(line.text) is None:
            places[_DIGITS.sub("0", line.text)].append(i)
    again = [alike for alike in places.values() if len(alike) > 1]
    prose = next((i for i, line in enumerate(lines) if "。" in line.text), len(lines))
    found: set[int] = set()
    for _ in range(_RUNNING_LINES):
        edges = numbers | found
        for alike in again:
            outer = [i for i in alike if _at_edge(lines, i, edges)]
            if len(outer) > 1:
                found.update(outer)
    for alike in again:
        if found.intersection(alike) or any(_interrupts(lines, i) for i in alike):
            # Above the first sentence may stand the title, which the head of every page repeats.
            found.update(i for i in alike if i > prose or not _TITLE_WORD.search(lines[i].text))
    return found


def _at_edge(lines: list[Line], i: int, edges: set[int]) -> bool:
    """Whether a line is the first or last of a page."""
    after = i + 1 < len(lines) and lines[i + 1].page_before
    return lines[i].page_before or after or i - 1 in edges or i + 1 in edges


def _interrupts(lines: list[Line], i: int) -> bool:
    """Whether a line between blank lines parts a sentence."""
    if not (0 < i < len(lines) - 1 and lines[i].blank_before and lines[i + 1].blank_before):
        return False
    before = lines[i - 1]
    return before.columns >= _FULL and before.text[-1] not in "。；：！？" and not lines[i + 1].indent
