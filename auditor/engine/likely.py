"""Passages as the learned model sees them: runs of clauses, by themselves and with what stands around them.

The model decides twice. What the rules found must read like the examples of its element, or its words met by chance.
And where the rules found nothing, a passage that reads very much like the examples tells of the element in words of
its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp
from typing import NamedTuple

from auditor.engine.undone import demands, denies, explains
from auditor.engine.values import ACHIEVED
from auditor.matching.evaluate import Matcher, Units
from auditor.matching.likeness import Run
from auditor.rulebook.book import Element
from auditor.rulebook.schema import Aside
from auditor.text.document import Document, Kind, Span

LIKE = -1.75
"""Log-odds from which what the rules found may count."""
TOLD = 2.25
"""Log-odds from which a passage counts that no rule has found."""
NEAR = 0.0
"""Log-odds from which a reader is asked to look at a passage."""
NEAREST = -4.0
"""Log-odds from which the likeliest passage is the nearest one to an element that is missing."""
_HOPELESS = -40.0
"""Log-odds that are nought as a share; far beyond, their power is no number any more."""
_BEFORE, _AFTER = 2, 1
"""Clauses of the same sentence that are looked at with a passage, for what it speaks of."""
CLAUSES = 3
"""Clauses of a passage at most,"""
_SHORTEST, _LONGEST = 8, 70
"""and its characters, unless one clause is longer."""


class Passage(NamedTuple):
    """A run of clauses in one sentence."""

    span: Span
    """Normalised."""
    clauses: tuple[int, int]
    """Numbers of the first and the last clause."""
    around: tuple[int, int]
    """The same with the clauses right before and after in the sentence."""


def passages(doc: Document, units: Units) -> Iterator[Passage]:
    """Runs of clauses that tell what was done in the year, in the order of the text."""
    for sentence in doc.sentences:
        if sentence.kind not in (Kind.BODY, Kind.LEAD) or sentence.role not in ACHIEVED:
            continue
        spans = units.clauses_of(sentence.start, sentence.end)
        begin = units.clause[sentence.start]
        for n, (start, _) in enumerate(spans):
            if doc.is_planned(start):
                continue
            for m in range(n, min(n + CLAUSES, len(spans))):
                end = spans[m][1]
                if m > n and end - start > _LONGEST:
                    break
                if end - start >= _SHORTEST:
                    first, last = begin + n, begin + m
                    yield Passage(
                        (start, end), (first, last), _around(first, last, begin, begin + len(spans) - 1)
                    )


def _around(first: int, last: int, begin: int, end: int) -> tuple[int, int]:
    """Clauses ``first`` to ``last`` with their neighbours in a sentence from clause ``begin`` to ``end``."""
    return max(begin, first - _BEFORE), min(end, last + _AFTER)


def alike(element: Element, start: int, end: int, matcher: Matcher) -> bool:
    """Whether words that a rule found (normalised span) stand in a passage that may tell what the element asks for."""
    return matcher.reading is None or odds(element, start, end, matcher) >= LIKE


def odds(element: Element, start: int, end: int, matcher: Matcher) -> float:
    """Log-odds that the clauses of a normalised span tell what the element asks for.

    By themselves, or on average of that and of what they say with those around them, where that is more: a list goes
    from matter to matter, so that neighbours can speak for a passage but not against it.
    """
    assert matcher.reading is not None
    doc, units = matcher.doc, matcher.units
    first, last = units.clause[start], units.clause[end - 1]
    begin = units.clause[doc.sentences[units.sentence[start]].start]
    stop = units.clause[doc.sentences[units.sentence[end - 1]].end - 1]
    own = matcher.reading.odds(element.id, first, last)
    if own >= LIKE:
        # Whether it counts is all that is asked of it then.
        return own
    around = matcher.reading.odds(element.id, *_around(first, last, begin, stop))
    return max(own, (own + around) / 2)


def percent(odds: float) -> float:
    """Log-odds as a share."""
    return round(100 / (1 + exp(-max(odds, _HOPELESS))), 1)


class Likely(NamedTuple):
    """A passage (normalised span) and the log-odds that it tells of an element."""

    start: int
    end: int
    odds: float


class LikelyPassage:
    """Answers element after element for one report."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._passages: list[Passage] | None = None
        self._runs: list[Run] = []

    def find(self, element: Element) -> Likely | None:
        """The passage that reads most like the element's examples and tells of a deed; of equals the first.

        None where none is near.
        """
        matcher = self._matcher
        reading = matcher.reading
        if reading is None or not element.learned:
            return None
        if self._passages is None:
            # Not before something is missing.
            self._passages = list(passages(matcher.doc, matcher.units))
            self._runs = reading.runs(passage.clauses for passage in self._passages)
        found = []
        for number, own in enumerate(reading.scan(element.id, self._runs)):
            if own >= NEAREST:
                mean = (own + reading.odds(element.id, *self._passages[number].around)) / 2
                if mean >= NEAREST:
                    found.append((-mean, number))
        for odds, number in sorted(found):
            start, end = self._passages[number].span
            if self._deed(element, start, end):
                return Likely(start, end, -odds)
        return None

    def _deed(self, element: Element, start: int, end: int) -> bool:
        """Whether a passage tells of something that this body did."""
        doc = self._matcher.doc
        text = doc.norm.text
        if denies(text[start:end]):
            return False
        for spans, aside in ((doc.topics, Aside.TOPICS), (doc.others, Aside.OTHERS)):
            if aside not in element.admit and _taken_up(spans, start, end):
                return False
        # No rule says what in the passage counts: any clause that begins as a purpose does is one too many.
        clauses = (text[a:b] for a, b in self._matcher.units.clauses_of(start, end))
        return not any(clause.startswith("为") or explains(clause) or demands(clause) for clause in clauses)


def _taken_up(spans: tuple[Span, ...], start: int, end: int) -> bool:
    """Whether a third of a passage or more stands in one of the spans."""
    return any(3 * (min(b, end) - max(a, start)) >= end - start for a, b in spans)
