"""Where sequences hold in one report.

A ``Matcher`` is made per report: it runs the phrase index once and answers sequence after sequence, keeping what each
gave. All positions are normalised. Work is bounded: hits per step and joins per hit are capped.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate, pairwise

from auditor.matching.likeness import Likeness, Reading
from auditor.matching.numbers import CLASSES
from auditor.matching.phrases import MAX_HITS, Hit, PhraseIndex
from auditor.matching.program import Concept, Either, Idea, Sequence, Step, Value, Words
from auditor.regex import regex
from auditor.text.document import Document, Span

_JOINS = 4
CLAUSE_END = regex("[，；。！？：\n]")


class Units:
    """For every character the number of its clause, sentence and paragraph, and their spans."""

    def __init__(self, doc: Document) -> None:
        text = doc.norm.text
        self.sentence = [-1] * len(text)
        self.paragraph = [-1] * len(text)
        begun = {match.end() for match in CLAUSE_END.finditer(text)}
        for number, sentence in enumerate(doc.sentences):
            span = slice(sentence.start, sentence.end)
            self.sentence[span] = [number] * (span.stop - span.start)
            self.paragraph[span] = [sentence.paragraph] * (span.stop - span.start)
            begun.update((span.start, span.stop))
        self._starts = [0, *sorted(i for i in begun if 0 < i < len(text))]
        breaks = [0] * len(text)
        for i in self._starts[1:]:
            breaks[i] = 1
        self.clause = list(accumulate(breaks))
        self._text = text
        self.above = _above(doc)
        """By the number of a section that of the one it stands in, -1 at the top."""

    def texts(self) -> list[str]:
        """The clauses of the whole report by their numbers."""
        return [self._text[a:b] for a, b in pairwise((*self._starts, len(self._text)))]

    def clauses(self, start: int, end: int) -> Span:
        """The span of the whole clauses that ``start:end`` touches."""
        first, last = self.clause[start], self.clause[end - 1]
        stop = self._starts[last + 1] if last + 1 < len(self._starts) else len(self._text)
        return self._starts[first], stop

    def clauses_of(self, start: int, end: int) -> list[Span]:
        """The clauses that ``start:end`` consists of, in order."""
        inner = self._starts[self.clause[start] + 1 : self.clause[end - 1] + 1]
        return [*pairwise((start, *inner, end))]


def _above(doc: Document) -> list[int]:
    found, open_ones = list[int](), list[int]()
    for number, section in enumerate(doc.sections):
        while open_ones and doc.sections[open_ones[-1]].depth >= section.depth:
            open_ones.pop()
        found.append(open_ones[-1] if open_ones else -1)
        open_ones.append(number)
    return found


class Matcher:
    """Answers sequences for one report."""

    def __init__(
        self,
        doc: Document,
        index: PhraseIndex,
        concepts: tuple[Concept, ...],
        likeness: Likeness | None = None,
    ) -> None:
        self.doc = doc
        self.units = Units(doc)
        self.reading = Reading(likeness, self.units.texts()) if likeness else None
        self._concepts = concepts
        self._words = index.search(doc.norm.text)
        self._ideas: dict[int, list[Hit]] = {}
        self._values: dict[str, list[Hit]] = {}
        self._known: dict[int, list[Hit]] = {}
        self._groups: dict[tuple[int, str], dict[int, list[Hit]]] = {}
        self._starts: dict[int, tuple[list[Hit], list[int], set[int]]] = {}

    def hits(self, sequence: Sequence, ignore: tuple[Span, ...] = ()) -> list[Hit]:
        """Places of a sequence in order; steps that lie inside an ``ignore`` span do not count."""
        known = self._known.get(sequence.number)
        if known is None:
            known = self._known[sequence.number] = self._find(sequence, ())
        if known and ignore and _touched(known, ignore):
            return self._find(sequence, ignore)
        return known

    def _find(self, sequence: Sequence, ignore: tuple[Span, ...]) -> list[Hit]:
        if not self.possible(sequence.needs, sequence.ideas):
            return []
        steps = sequence.steps
        joined = _outside(self._step(steps[0], ignore), ignore)
        for gap, step in zip(sequence.gaps, steps[1:], strict=True):
            if not joined:
                return []
            joined = self._join(joined, gap, _outside(self._step(step, ignore), ignore))
        return joined

    def possible(self, needs: tuple[int, ...], ideas: tuple[int, ...]) -> bool:
        """False when one of these lists of words or concepts is nowhere in the report; cheap."""
        if not self._words.present.issuperset(needs):
            return False
        known = self._ideas
        for number in ideas:  # noqa: SIM110 (an explicit loop: asked of every condition and sequence of the book)
            if not (known[number] if number in known else self._idea(number)):
                return False
        return True

    def any_hits(self, sequences: Iterable[Sequence], ignore: tuple[Span, ...] = ()) -> list[Hit]:
        """Places of any of the sequences, in order."""
        stands = self._words.present.issuperset
        found = [
            hits for sequence in sequences if stands(sequence.needs) and (hits := self.hits(sequence, ignore))
        ]
        if len(found) <= 1:
            return found[0] if found else []
        return sorted({hit for hits in found for hit in hits})

    def by_unit(self, sequence: Sequence, unit: str, ignore: tuple[Span, ...]) -> dict[int, list[Hit]]:
        """Places of a sequence by the number of their ``clause``, ``sentence`` or ``paragraph``."""
        hits = self.hits(sequence, ignore)
        if hits is not self._known.get(sequence.number):
            return self.grouped(hits, unit)
        key = (sequence.number, unit)
        known = self._groups.get(key)
        if known is None:
            known = self._groups[key] = self.grouped(hits, unit)
        return known

    def grouped(self, hits: Iterable[Hit], unit: str) -> dict[int, list[Hit]]:
        """Places by unit; those outside of all units are left out."""
        numbers: list[int] = getattr(self.units, unit)
        result: dict[int, list[Hit]] = {}
        for hit in hits:
            number = numbers[hit[0]]
            if number in result:
                result[number].append(hit)
            else:
                result[number] = [hit]
        result.pop(-1, None)
        return result

    def stands_in(self, sequences: Iterable[Sequence], span: Span) -> bool:
        """True when one of the sequences has a place within the span."""
        start, end = span
        stands = self._words.present.issuperset
        for sequence in sequences:
            if not stands(sequence.needs):
                continue
            hits = self.hits(sequence)
            for i in range(bisect_left(hits, (start,)), len(hits)):
                if hits[i][0] >= end:
                    break
                if hits[i][1] <= end:
                    return True
        return False

    def spans(self, sequences: Iterable[Sequence]) -> tuple[Span, ...]:
        """Places of any of the sequences as bare spans."""
        return tuple((start, end) for start, end, _ in self.any_hits(sequences))

    def _step(self, step: Step, ignore: tuple[Span, ...]) -> list[Hit]:
        match step:
            case Words():
                return self._words.hits(step.number)
            case Idea():
                return self._idea(step.number)
            case Value():
                return self._value(step.name)
            case Either():
                return self.any_hits(step.options, ignore)[:MAX_HITS]

    def _idea(self, number: int) -> list[Hit]:
        known = self._ideas.get(number)
        if known is None:
            concept = self._concepts[number]
            ignore = self.spans(concept.ignore)
            known = _outside(self.any_hits(concept.sequences, ignore), ignore)[:MAX_HITS]
            self._ideas[number] = known
        return known

    def _value(self, name: str) -> list[Hit]:
        known = self._values.get(name)
        if known is None:
            found = CLASSES[name].finditer(self.doc.norm.text)
            known = self._values[name] = [(match.start(), match.end(), 100.0) for match in found]
        return known

    def _join(self, left: list[Hit], gap: int, right: list[Hit]) -> list[Hit]:
        """Hits of ``left`` continued by hits of ``right`` at most ``gap`` characters later in the same sentence."""
        if not right:
            return []
        sentence = self.units.sentence
        starts, within = self._starts_of(right)
        size = len(right)
        result: dict[Span, float] = {}
        for start, end, similarity in left:
            mine = sentence[start]
            if mine not in within:
                continue
            first = bisect_left(starts, end)
            last = first + _JOINS
            for number in range(first, last if last < size else size):
                begin, stop, other = right[number]
                if begin > end + gap or sentence[begin] != mine:
                    break
                if other > similarity:
                    other = similarity
                span = (start, stop)
                if result.get(span, 0.0) < other:
                    result[span] = other
        return sorted((a, b, s) for (a, b), s in result.items())[:MAX_HITS]

    def _starts_of(self, hits: list[Hit]) -> tuple[list[int], set[int]]:
        """Where places begin, and in which sentences; kept, for the same places are joined again and again."""
        known = self._starts.get(id(hits))
        if known is None or known[0] is not hits:
            starts = [hit[0] for hit in hits]
            sentence = self.units.sentence
            known = self._starts[id(hits)] = hits, starts, {sentence[start] for start in starts}
        return known[1], known[2]


def _touched(hits: list[Hit], spans: tuple[Span, ...]) -> bool:
    """True when one of the places overlaps one of the spans (both in order)."""
    reach = list(accumulate((hit[1] for hit in hits), max))
    for a, b in spans:
        before = bisect_left(hits, (b,))
        if before and reach[before - 1] > a:
            return True
    return False


def _outside(hits: list[Hit], ignore: tuple[Span, ...]) -> list[Hit]:
    """Places that lie inside none of the spans (both in order)."""
    if not ignore or not hits:
        return hits
    kept: list[Hit] = []
    number, reach = 0, 0
    for hit in hits:
        while number < len(ignore) and ignore[number][0] <= hit[0]:
            reach = max(reach, ignore[number][1])
            number += 1
        if hit[1] > reach:
            kept.append(hit)
    return kept
