"""A report as the engine sees it: normalised text with a map back, sentences with roles, metadata.

Two coordinate systems meet here. *Original* positions count code points of ``Document.text``, the decoded report,
and are the only ones that leave the program. *Normalised* positions count characters of ``Document.norm.text``,
in which rules and figures are matched.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct, field

from auditor.model import Level, ReaderInfo, Role, Section
from auditor.text.location import page_at, paragraph_at, place_words

Span = tuple[int, int]
"""Half-open run of normalised positions."""


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that overlap as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return tuple(found)


class Normalised(Struct, frozen=True):
    """Text with widths folded, white space and quotation marks dropped, hard line breaks joined.

    Paragraphs end in one ``\\n`` each. Punctuation is Chinese (，。；：（）《》、！？) whatever the source used;
    figures and Latin letters are ASCII; thousands separators are gone. Page furniture and page-number lines are
    not in the text at all.
    """

    text: str
    offsets: tuple[int, ...]
    """Original position of every normalised character, strictly increasing, plus one end position."""

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Smallest original span that holds the normalised span ``start:end`` (half-open, not empty)."""
        return self.offsets[start], self.offsets[end - 1] + 1


class Kind(StrEnum):
    """Heading: numbered or free-standing heading, also one run into its paragraph; lead: 一是…。 and the like."""

    TITLE = "title"
    HEADING = "heading"
    LEAD = "lead"
    BODY = "body"
    SIGNATURE = "signature"


class Sentence(Struct, frozen=True):
    """A sentence in normalised positions; ends after 。！？； or at the end of its paragraph.

    The role may differ from that of the section: problems and plans hide in paragraphs of other parts.
    """

    start: int
    end: int
    role: Role
    kind: Kind
    paragraph: int
    section: int
    """Index into ``Document.sections``; -1 before the first section."""


class Metadata(Struct, frozen=True):
    """What the report says of itself. Dates are ISO strings; None where the report is silent."""

    title: str | None = None
    region: str | None = None
    issuer: str | None = None
    level: Level | None = None
    report_year: int | None = None
    written_date: str | None = None
    published_date: str | None = None
    document_number: str | None = None
    title_span: tuple[int, int] | None = None
    """Original span of the title."""
    written_span: tuple[int, int] | None = None
    published_span: tuple[int, int] | None = None
    remarks: tuple[str, ...] = ()
    """Doubts said aloud, in Chinese: a level that was guessed, a year that two places state differently."""


class Document(Struct, frozen=True):
    text: str
    norm: Normalised
    sentences: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    """In original positions, in order, together covering the body from the first to the last paragraph."""
    metadata: Metadata
    reader: ReaderInfo
    pages: tuple[int, ...] = ()
    """Original positions at which pages 2, 3, … begin, where the container knows pages."""
    line_starts: tuple[int, ...] = field(default=())
    planned: tuple[Span, ...] = ()
    """Normalised spans of the clauses about the time to come that stand in whatever part, in order."""
    topics: tuple[Span, ...] = ()
    """Normalised spans of the topics of meetings and courses, in order."""
    others: tuple[Span, ...] = ()
    """Normalised spans in which bodies outside the government do something, in order."""

    def line(self, position: int) -> int:
        """1-based line of an original position."""
        return bisect_right(self.line_starts, position)

    def paragraph(self, position: int) -> int | None:
        """1-based paragraph of an original position, or None in a container whose lines are counted."""
        return paragraph_at(self.text, self.reader.format, position)

    def page(self, position: int) -> int | None:
        """1-based page of an original position, or None where no pages are known."""
        return page_at(self.pages, self.reader.format, position)

    def place(self, position: int) -> str:
        """Where a reader of the file looks for an original position: 第12行, 第12段（第3页）."""
        return place_words(self.line(position), self.paragraph(position), self.page(position))

    def is_planned(self, position: int) -> bool:
        """Whether a normalised position stands in a clause about the time to come."""
        return self._within(self.planned, position)

    def is_topic(self, position: int) -> bool:
        """Whether a normalised position stands in the topic of a meeting or a course."""
        return self._within(self.topics, position)

    def is_others(self, position: int) -> bool:
        """Whether a normalised position stands where a body outside the government does something."""
        return self._within(self.others, position)

    def _within(self, spans: tuple[Span, ...], position: int) -> bool:
        before = bisect_right(spans, (position, len(self.norm.text))) - 1
        return before >= 0 and position < spans[before][1]

    def quote(self, start: int, end: int) -> str:
        """Original text of a normalised span."""
        a, b = self.norm.original(start, end)
        return self.text[a:b]
