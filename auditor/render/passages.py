"""A report's text cut where evidence begins and ends, so that every passage knows what it supports."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict

from msgspec import Struct, field
from msgspec.structs import replace

from auditor.model import Result, Section
from auditor.render.printable import mark


class Piece(Struct, frozen=True):
    """A run of characters of one line that supports the same things."""

    text: str
    refs: tuple[str, ...]
    """Keys of what it supports; empty for plain text."""
    ends: tuple[str, ...]
    """Keys whose passage ends with this piece, for the reference marks after it."""
    anchors: tuple[str, ...]
    """Ids of passages that begin here."""


class Line(Struct, frozen=True):
    number: int
    """1-based line of the report."""
    depth: int
    """Depth of the heading that fills this line, 0 for other text."""
    pieces: tuple[Piece, ...]


def anchor(start: int) -> str:
    """Id of the passage that begins at an original position."""
    return f"p{start}"


def element_key(number: int) -> str:
    """Key of the element with this 1-based number in the checklist."""
    return f"e{number}"


def finding_key(number: int) -> str:
    """Key of the finding with this 1-based number."""
    return f"f{number}"


def spans_of(result: Result) -> list[tuple[int, int, str]]:
    """Start, end and key of everything the text supports, in order; nearest passages of gaps with key ``n…``."""
    spans = []
    for number, element in enumerate(result.elements, 1):
        spans += [(e.start, e.end, element_key(number)) for e in element.evidence]
        if element.nearest is not None:
            spans.append((element.nearest.start, element.nearest.end, f"n{number}"))
    for number, finding in enumerate(result.findings, 1):
        if finding.start is not None and finding.end is not None:
            spans.append((finding.start, finding.end, finding_key(number)))
    limit = len(result.report.text)
    return sorted((max(a, 0), min(b, limit), key) for a, b, key in spans if 0 <= a < b and a < limit)


def lines_of(result: Result) -> tuple[Line, ...]:
    """The text by line, blank lines left out; lines keep their numbers."""
    text = result.report.text
    starts, ends = defaultdict(list), defaultdict(list)
    for start, end, key in spans_of(result):
        starts[start].append(key)
        ends[end].append(key)
    breaks = [i for i, char in enumerate(text) if char == "\n"]
    first = {0, *(i + 1 for i in breaks)}
    bounds = sorted({*first, *breaks, len(text), *starts, *ends})
    headings = {s.start: s for s in result.sections if s.depth > 0}
    active: Counter[str] = Counter()
    rows: list[_Row] = []
    pending: list[str] = []
    for a, b in zip(bounds, [*bounds[1:], len(text)], strict=True):
        if a in first:
            rows.append(_Row())
        active.subtract(ends.get(a, ()))
        active.update(starts.get(a, ()))
        row = rows[-1]
        if a in starts:
            pending.append(anchor(a))
        if a in headings and not row.raw.strip():
            row.section = headings[a]
        over = tuple(dict.fromkeys(ends.get(b, ())))
        if a == b or text[a:b] == "\n":
            # A passage that ends behind a line break ends, for the reader, with the line.
            if over and row.pieces and a != b:
                row.pieces[-1] = replace(row.pieces[-1], ends=row.pieces[-1].ends + over)
            continue
        refs = tuple(key for key, count in active.items() if count > 0)
        row.raw += text[a:b]
        row.pieces.append(Piece(shown(text[a:b]), refs, over, tuple(pending)))
        pending.clear()
    return tuple(row.line(number) for number, row in enumerate(rows, 1) if row.raw.strip())


class _Row(Struct):
    raw: str = ""
    section: Section | None = None
    pieces: list[Piece] = field(default_factory=list)

    def line(self, number: int) -> Line:
        section = self.section
        whole = section is not None and section.heading.strip() == self.raw.strip()
        return Line(number, section.depth if section is not None and whole else 0, tuple(self.pieces))


def shown(text: str) -> str:
    """Text as it stands, with what cannot be seen as marks; white space is kept."""
    if text.isprintable():
        return text
    return "".join(mark(c) if unicodedata.category(c)[0] == "C" and c != "\t" else c for c in text)
