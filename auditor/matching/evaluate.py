"""Where patterns hold in one report.

A ``Matcher`` is made per report: it runs the phrase index once and answers pattern after pattern, keeping what
concepts gave. All positions are normalised. Work is bounded: hits per atom and joins per hit are capped.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from auditor.matching.numbers import CLASSES
from auditor.matching.pattern import Atom, Choice, Literal, Number, Pattern, Ref
from auditor.matching.phrases import Hit, PhraseIndex
from auditor.text.document import Document

MAX_HITS = 2000
_JOINS = 4
_CLAUSE_END = frozenset("，；。！？：\n")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Concept:
    """A named idea: any of the patterns, except inside the ``ignore`` spans."""

    name: str
    patterns: tuple[Pattern, ...]
    ignore: tuple[Pattern, ...] = ()


class Units:
    """For every character the number of its clause, sentence and paragraph, and their spans."""

    def __init__(self, doc: Document) -> None:
        text = doc.norm.text
        self.sentence = [-1] * len(text)
        self.paragraph = [-1] * len(text)
        for number, sentence in enumerate(doc.sentences):
            for i in range(sentence.start, sentence.end):
                self.sentence[i] = number
                self.paragraph[i] = sentence.paragraph
        breaks = [0] * len(text)
        for i in range(1, len(text)):
            breaks[i] = int(text[i - 1] in _CLAUSE_END or self.sentence[i] != self.sentence[i - 1])
        self.clause = list(accumulate(breaks))
        self._starts = [0] + [i for i in range(1, len(text)) if breaks[i]]
        self._length = len(text)

    def clauses(self, start: int, end: int) -> Span:
        """The span of the whole clauses that ``start:end`` touches."""
        first, last = self.clause[start], self.clause[end - 1]
        stop = self._starts[last + 1] if last + 1 < len(self._starts) else self._length
        return self._starts[first], stop


class Matcher:
    """Answers patterns for one report."""

    def __init__(self, doc: Document, index: PhraseIndex, concepts: Mapping[str, Concept]) -> None:
        self.doc = doc
        self.units = Units(doc)
        self._concepts = concepts
        self._phrases = index.search(doc.norm.text)
        self._present = set(self._phrases)
        self._known: dict[str, list[Hit]] = {}
        self._plain: dict[str, list[Hit]] = {}
        self._groups: dict[tuple[str, str], dict[int, list[Hit]]] = {}

    def hits(self, pattern: Pattern, ignore: Iterable[Span] = ()) -> list[Hit]:
        """Places of a pattern in order; atoms that lie inside an ``ignore`` span do not count."""
        known = self._plain.get(pattern.source)
        if known is None:
            known = self._plain[pattern.source] = self._find(pattern, ())
        ignore = tuple(ignore)
        if known and ignore and any(a < hit[1] and hit[0] < b for a, b in ignore for hit in known):
            return self._find(pattern, ignore)
        return known

    def _find(self, pattern: Pattern, ignore: tuple[Span, ...]) -> list[Hit]:
        if not self.possible(pattern):
            return []
        joined = _outside(self._atom(pattern.atoms[0], ignore), ignore)
        for gap, atom in zip(pattern.gaps, pattern.atoms[1:], strict=True):
            if not joined:
                return []
            joined = self._join(joined, gap, _outside(self._atom(atom, ignore), ignore))
        return joined

    def possible(self, pattern: Pattern) -> bool:
        """False when some literal or concept of the pattern is nowhere in the report; cheap."""
        for atom in pattern.atoms:
            if isinstance(atom, Literal):
                if atom.keys.isdisjoint(self._present):
                    return False
            elif isinstance(atom, Ref) and not self._concept(atom.name):
                return False
        return True

    def any_hits(self, patterns: Iterable[Pattern], ignore: Iterable[Span] = ()) -> list[Hit]:
        """Places of any of the patterns, in order."""
        ignore = tuple(ignore)
        return sorted({hit for pattern in patterns for hit in self.hits(pattern, ignore)})

    def by_unit(self, pattern: Pattern, unit: str, ignore: tuple[Span, ...]) -> dict[int, list[Hit]]:
        """Places of a pattern by the number of their ``clause``, ``sentence`` or ``paragraph``."""
        hits = self.hits(pattern, ignore)
        if hits is not self._plain.get(pattern.source):
            return self.grouped(hits, unit)
        key = (pattern.source, unit)
        known = self._groups.get(key)
        if known is None:
            known = self._groups[key] = self.grouped(hits, unit)
        return known

    def grouped(self, hits: Iterable[Hit], unit: str) -> dict[int, list[Hit]]:
        """Places by unit; those outside of all units are left out."""
        numbers: list[int] = getattr(self.units, unit)
        result: dict[int, list[Hit]] = {}
        for hit in hits:
            result.setdefault(numbers[hit[0]], []).append(hit)
        result.pop(-1, None)
        return result

    def stands_in(self, patterns: Iterable[Pattern], span: Span) -> bool:
        """True when one of the patterns has a place within the span."""
        start, end = span
        for pattern in patterns:
            hits = self.hits(pattern)
            for i in range(bisect_left(hits, (start,)), len(hits)):
                if hits[i][0] >= end:
                    break
                if hits[i][1] <= end:
                    return True
        return False

    def spans(self, patterns: Iterable[Pattern]) -> tuple[Span, ...]:
        """Places of any of the patterns as bare spans."""
        return tuple((start, end) for start, end, _ in self.any_hits(patterns))

    def _atom(self, atom: Atom, ignore: tuple[Span, ...]) -> list[Hit]:
        match atom:
            case Literal(_, keys):
                present = keys & self._present
                if len(present) <= 1:
                    return self._phrases[next(iter(present))] if present else []
                return sorted({hit for key in present for hit in self._phrases[key]})[:MAX_HITS]
            case Number(name):
                return self._number(name)
            case Ref(name):
                return self._concept(name)
            case Choice(options):
                return self.any_hits(options, ignore)[:MAX_HITS]

    def _concept(self, name: str) -> list[Hit]:
        known = self._known.get(name)
        if known is None:
            concept = self._concepts[name]
            ignore = self.spans(concept.ignore)
            known = _outside(self.any_hits(concept.patterns, ignore), ignore)[:MAX_HITS]
            self._known[name] = known
        return known

    def _number(self, name: str) -> list[Hit]:
        key = "#" + name
        known = self._known.get(key)
        if known is None:
            found = CLASSES[name].finditer(self.doc.norm.text)
            known = [(match.start(), match.end(), 100.0) for match in found]
            self._known[key] = known
        return known

    def _join(self, left: list[Hit], gap: int, right: list[Hit]) -> list[Hit]:
        """Hits of ``left`` continued by hits of ``right`` at most ``gap`` characters later in the same sentence."""
        if not right:
            return []
        sentence = self.units.sentence
        result: dict[Span, float] = {}
        for start, end, similarity in left:
            first = bisect_left(right, (end,))
            last = bisect_left(right, (end + gap + 1,), first)
            for hit in right[first : min(last, first + _JOINS)]:
                if sentence[hit[0]] != sentence[start]:
                    break
                span = (start, hit[1])
                result[span] = max(result.get(span, 0.0), min(similarity, hit[2]))
        return [(a, b, s) for (a, b), s in sorted(result.items())][:MAX_HITS]


def _outside(hits: list[Hit], ignore: tuple[Span, ...]) -> list[Hit]:
    if not ignore:
        return hits
    return [hit for hit in hits if not any(a <= hit[0] and hit[1] <= b for a, b in ignore)]
