"""Fuzzy search for thousands of phrases at once.

A phrase with k allowed edits is cut into k + 1 pieces; by the pigeonhole principle one piece survives unharmed in
every text within Levenshtein distance k, so one Aho-Corasick pass over the text finds every candidate
(Wu and Manber 1992 call this the partition approach). Candidates are then verified exactly. A difference that
spells another word is a different word, not damage, and is refused (府检联动 is not 府院联动).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import ahocorasick
from rapidfuzz.distance import Levenshtein

from auditor.matching.lexicon import POLARITY, Lexicon

_LONG = 8
_SHORT = 3
_NO_EDIT = frozenset("，。；：、！？（）《》\n0123456789%.") | POLARITY


@dataclass(frozen=True, slots=True, order=True)
class Phrase:
    """A literal to look for. ``protected`` are the positions that may not differ; ``alone`` asks for word boundaries."""

    text: str
    protected: frozenset[int] = frozenset()
    alone: bool = False
    exact: bool = False

    @property
    def key(self) -> str:
        """Short unique name; strings keep their hash, which makes look-ups by key cheap."""
        marks = "=" if self.alone else "!" if self.exact else ""
        return marks + self.text + "".join(f"[{place}]" for place in sorted(self.protected))

    @property
    def edits(self) -> int:
        """Allowed Levenshtein distance: one slip from 5 characters on, two from 10 on."""
        return 0 if self.exact or self.alone else allowed_edits(len(self.text))


def allowed_edits(length: int) -> int:
    """Slips allowed in a phrase of ``length`` characters: at least 80 % of it must be right."""
    return 0 if length < 5 else 1 if length < 10 else 2


#: A place in the normalised text: start, end, similarity in per cent.
Hit = tuple[int, int, float]


class PhraseIndex:
    """All phrases of a rule book, compiled once, searched in one pass."""

    def __init__(self, phrases: Iterable[Phrase], lexicon: Lexicon) -> None:
        self.phrases = tuple(dict.fromkeys(phrases))
        self._keys = tuple(phrase.key for phrase in self.phrases)
        self._lexicon = lexicon
        pieces: dict[str, list[tuple[int, int]]] = {}
        for number, phrase in enumerate(self.phrases):
            for offset, piece in _pieces(phrase):
                pieces.setdefault(piece, []).append((number, offset))
        self._automaton = ahocorasick.Automaton()
        for piece, owners in pieces.items():
            self._automaton.add_word(piece, (len(piece), tuple(owners)))
        self._empty = not pieces
        if not self._empty:
            self._automaton.make_automaton()

    def candidates(self, text: str) -> dict[str, list[Hit]]:
        """Every place within the allowed edits of each phrase by its key, before different words are refused."""
        return self._search(text, refuse=False)

    def search(self, text: str) -> dict[str, list[Hit]]:
        """Places of each phrase that occurs, by its key, in order of position, best of overlapping ones."""
        return self._search(text, refuse=True)

    def _search(self, text: str, *, refuse: bool) -> dict[str, list[Hit]]:
        if self._empty:
            return {}
        found: dict[int, dict[int, Hit]] = {}
        phrases = self.phrases
        for last, (length, owners) in self._automaton.iter(text):
            first = last - length + 1
            for number, offset in owners:
                phrase = phrases[number]
                whole = phrase.text
                start = first - offset
                if start >= 0 and text.startswith(whole, start):
                    hit: Hit | None = (start, start + len(whole), 100.0)
                    if (
                        refuse
                        and (phrase.alone or len(whole) <= _SHORT)
                        and not self._is_word(text, start, phrase)
                    ):
                        hit = None
                elif phrase.edits:
                    known = found.get(number)
                    if known is not None and any(s <= first < e for s, e, _ in known.values()):
                        continue
                    hit = self._verify(text, phrase, offset, first, length, refuse=refuse)
                else:
                    hit = None
                if hit is not None:
                    found.setdefault(number, {})[hit[0]] = hit
        return {self._keys[n]: _best(sorted(hits.values())) for n, hits in found.items()}

    def _is_word(self, text: str, start: int, phrase: Phrase) -> bool:
        """False when a short phrase is an accident of two neighbouring words."""
        end = start + len(phrase.text)
        if phrase.alone:
            return self._lexicon.stands_alone(text, start, end)
        return not self._lexicon.torn(text, start, end)

    def _verify(
        self, text: str, phrase: Phrase, offset: int, first: int, length: int, *, refuse: bool
    ) -> Hit | None:
        """Best span around a surviving piece: its two sides are compared with what stands beside it."""
        budget = phrase.edits
        left, right = phrase.text[:offset], phrase.text[offset + length :]
        before = _side(left, text, first, budget, backwards=True)
        if before is None:
            return None
        after = _side(right, text, first + length, budget - before[0], backwards=False)
        if after is None:
            return None
        start, end = first - before[1], first + length + after[1]
        if refuse and not self._is_damage(text, start, end, phrase):
            return None
        distance = before[0] + after[0]
        return start, end, round(100.0 * (1 - distance / len(phrase.text)), 1)

    def _is_damage(self, text: str, start: int, end: int, phrase: Phrase) -> bool:
        """True when what differs looks like lost, added or replaced characters and not like other words."""
        window = text[start:end]
        last = len(phrase.text) - 1
        for op in Levenshtein.editops(phrase.text, window):
            if op.tag == "delete":
                # A lost first or last character proves nothing: the phrase simply is not there.
                if op.src_pos in phrase.protected or op.src_pos in (0, last):
                    return False
                continue
            if op.tag == "replace" and op.src_pos in (0, last) and last < _LONG - 1:
                # So does a different one, unless the rest is long enough to speak for itself.
                return False
            place = start + op.dest_pos
            if place >= end or text[place] in _NO_EDIT:
                return False
            if op.tag == "replace" and op.src_pos in phrase.protected:
                return False
            if self._lexicon.covers(text, place):
                return False
        return True


def _pieces(phrase: Phrase) -> list[tuple[int, str]]:
    """Offset and text of the k + 1 pieces of a phrase, as even in length as possible."""
    count = phrase.edits + 1
    size, extra = divmod(len(phrase.text), count)
    result, offset = [], 0
    for number in range(count):
        length = size + (number < extra)
        result.append((offset, phrase.text[offset : offset + length]))
        offset += length
    return result


def _side(part: str, text: str, edge: int, budget: int, *, backwards: bool) -> tuple[int, int] | None:
    """Least distance and length of the text beside ``edge`` that spells ``part`` within ``budget`` edits."""
    if not part:
        return 0, 0
    best: tuple[int, int] | None = None
    for shift in sorted(range(-budget, budget + 1), key=abs):
        length = len(part) + shift
        if length < 0:
            continue
        a, b = (edge - length, edge) if backwards else (edge, edge + length)
        if a < 0 or b > len(text):
            continue
        limit = budget if best is None else best[0] - 1
        if limit < 0:
            break
        distance = Levenshtein.distance(part, text[a:b], score_cutoff=limit)
        if distance <= limit:
            best = distance, length
    return best


def _best(hits: list[Hit]) -> list[Hit]:
    """Hits in order; of overlapping ones the most similar stays, of equals the first."""
    result: list[Hit] = []
    for hit in hits:
        if result and hit[0] < result[-1][1]:
            if hit[2] > result[-1][2]:
                result[-1] = hit
            continue
        result.append(hit)
    return result
