"""The passage of a report that comes nearest to what an element looks for.

Sentences are compared by the pairs of neighbouring characters they share with the element's description and phrases;
a pair that few sentences have tells more than a common one.
"""

from __future__ import annotations

from auditor.engine.form import TRAILING
from auditor.engine.values import MAX_QUOTE
from auditor.matching.evaluate import Units
from auditor.matching.lexicon import pairs_of
from auditor.model import Nearest
from auditor.rulebook.book import Element
from auditor.text.document import Document, Kind, Sentence, Span

_SHORTEST = 6
"""Characters of a sentence that can be near to anything."""
_FLOOR = 3.0
"""Per cent of the pairs looked for that a near sentence has at least."""
_ROOM = 80
"""Characters of a passage, unless one clause is longer."""
_PHRASE = 0.5
"""Weight of a pair that stands only in the phrases: they are many, and some are common words."""


class NearestPassage:
    """Answers element after element for one report."""

    def __init__(self, doc: Document, units: Units) -> None:
        self._doc = doc
        self._units = units
        self._sentences = [
            s
            for s in doc.sentences
            if s.kind not in (Kind.TITLE, Kind.SIGNATURE) and s.end - s.start >= _SHORTEST
        ]
        text = doc.norm.text
        self._pairs: dict[str, list[int]] = {}
        for number, sentence in enumerate(self._sentences):
            for pair in set(pairs_of(text[sentence.start : sentence.end])):
                self._pairs.setdefault(pair, []).append(number)

    def find(self, element: Element) -> Nearest | None:
        """The nearest sentence or a part of it, of equals the first; None when none is near.

        ``similarity`` is the share (per cent) of the description's pairs that the sentence has, of those of the
        phrases where it shares none with the description.
        """
        shared: dict[int, float] = {}
        described, phrased = _pairs(element.described), _pairs(element.phrased)
        for pairs, weight in ((described, 1.0), (phrased, _PHRASE)):
            for pair in pairs:
                where = self._pairs.get(pair, ())
                for number in where:
                    shared[number] = shared.get(number, 0.0) + weight / len(where)
        if not shared:
            return None
        number = min(shared, key=lambda n: (-shared[n], n))
        similarity = self._share(described, number) or self._share(phrased, number)
        if similarity < _FLOOR:
            return None
        doc = self._doc
        a, b = doc.norm.original(*self._passage(described, phrased, self._sentences[number]))
        text = doc.text[a : min(b, a + MAX_QUOTE)].rstrip(TRAILING)
        return Nearest(text, a, a + len(text), doc.line(a), round(similarity, 1))

    def _passage(self, described: list[str], phrased: list[str], sentence: Sentence) -> Span:
        """A long sentence's clause with the most pairs looked for, and as many of its neighbours as have room."""
        start, end = sentence.start, sentence.end
        if end - start <= _ROOM:
            return start, end
        text = self._doc.norm.text
        clauses = self._units.clauses_of(start, end)

        def weight(span: Span) -> float:
            pairs = set(pairs_of(text[slice(*span)]))
            return len(pairs.intersection(described)) + _PHRASE * len(pairs.intersection(phrased))

        first = last = max(range(len(clauses)), key=lambda n: (weight(clauses[n]), -n))
        while last + 1 < len(clauses) and clauses[last + 1][1] - clauses[first][0] <= _ROOM:
            last += 1
        while first and clauses[last][1] - clauses[first - 1][0] <= _ROOM:
            first -= 1
        return clauses[first][0], clauses[last][1]

    def _share(self, pairs: list[str], number: int) -> float:
        found = sum(number in self._pairs.get(pair, ()) for pair in pairs)
        return 100.0 * found / len(pairs) if pairs else 0.0


def _pairs(text: str) -> list[str]:
    """Pairs of characters that are written one behind the other."""
    return [text[i : i + 2] for i in range(0, len(text), 2)]
