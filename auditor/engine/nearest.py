"""The sentence of a report that comes nearest to what an element looks for.

Sentences are compared by the pairs of neighbouring characters they share with the element's description and phrases;
a pair that few sentences have tells more than a common one.
"""

from __future__ import annotations

from auditor.engine.form import MAX_QUOTE
from auditor.model import Nearest
from auditor.rulebook.book import Element
from auditor.text.document import Document, Kind

_SHORTEST = 6
"""Characters of a sentence that can be near to anything."""
_FLOOR = 3.0
"""Per cent of the pairs looked for that a near sentence has at least."""
_PHRASE = 0.5
"""Weight of a pair that stands only in the phrases: they are many, and some are common words."""


class NearestPassage:
    """Answers element after element for one report."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        self._sentences = [
            s
            for s in doc.sentences
            if s.kind not in (Kind.TITLE, Kind.SIGNATURE) and s.end - s.start >= _SHORTEST
        ]
        text = doc.norm.text
        self._pairs: dict[str, list[int]] = {}
        for number, sentence in enumerate(self._sentences):
            part = text[sentence.start : sentence.end]
            for pair in {part[i : i + 2] for i in range(len(part) - 1)}:
                self._pairs.setdefault(pair, []).append(number)

    def find(self, element: Element) -> Nearest | None:
        """The nearest sentence, of equals the first; None when none is near.

        ``similarity`` is the share (per cent) of the description's pairs that the sentence has, of those of the
        phrases where it shares none with the description.
        """
        shared: dict[int, float] = {}
        for pairs, weight in ((element.described, 1.0), (element.phrased, _PHRASE)):
            for pair in pairs:
                where = self._pairs.get(pair, ())
                for number in where:
                    shared[number] = shared.get(number, 0.0) + weight / len(where)
        if not shared:
            return None
        number = min(shared, key=lambda n: (-shared[n], n))
        similarity = self._share(element.described, number) or self._share(element.phrased, number)
        if similarity < _FLOOR:
            return None
        doc, sentence = self._doc, self._sentences[number]
        a, b = doc.norm.original(sentence.start, sentence.end)
        text = doc.text[a : min(b, a + MAX_QUOTE)].rstrip()
        return Nearest(text, a, a + len(text), doc.line(a), round(similarity, 1))

    def _share(self, pairs: tuple[str, ...], number: int) -> float:
        found = sum(number in self._pairs.get(pair, ()) for pair in pairs)
        return 100.0 * found / len(pairs) if pairs else 0.0
