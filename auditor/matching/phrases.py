"""Fuzzy search for tens of thousands of phrases at once.

Phrases come in lists (any of these words); what a search answers is where each list has a place. Phrases without
slips are looked up by their text: at every position the first two characters tell which lengths are worth a look.
A phrase with k allowed edits is cut into k + 1 pieces; by the pigeonhole principle one piece survives unharmed in
every text within Levenshtein distance k, so looking up the pieces finds every candidate (Wu and Manber 1992 call
this the partition approach). Candidates are then verified exactly. A difference that spells another word is a
different word, not damage, and is refused (府检联动 is not 府院联动).

The time is linear in the text and nearly independent of the number of phrases.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain, islice

import msgspec
from msgspec import Struct
from rapidfuzz.distance import Levenshtein

from auditor.matching.heads import HeadIndex, Heads, heads
from auditor.matching.lexicon import POLARITY, Lexicon, WordMap, pairs_of

MAX_HITS = 2000
"""Most places kept of one list of phrases; bounds the work on hostile text."""
_LONG = 8
_LONG_HEAD = 4
_NO_EDIT = frozenset("，。；：、！？（）《》\n0123456789%.") | POLARITY


class Phrase(Struct, frozen=True, order=True):
    """A literal to look for. ``protected`` are the positions that may not differ; ``alone`` asks for word boundaries."""

    text: str
    protected: frozenset[int] = frozenset()
    alone: bool = False
    exact: bool = False

    @property
    def edits(self) -> int:
        """Allowed Levenshtein distance: one slip from 5 characters on, two from 10 on."""
        return 0 if self.exact or self.alone else allowed_edits(len(self.text))


def allowed_edits(length: int) -> int:
    """Slips allowed in a phrase of ``length`` characters: at least 80 % of it must be right."""
    return 0 if length < 5 else 1 if length < 10 else 2


#: A place in the normalised text: start, end, similarity in per cent.
Hit = tuple[int, int, float]
Owners = tuple[int, ...]


class Loose(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A phrase with slips and the lists it stands in."""

    text: str
    protected: frozenset[int]
    edits: int
    owners: Owners


class Begun(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The phrases without slips that begin with the same two characters."""

    short: dict[str, Owners]
    """Phrases of 2 and 3 characters -> lists they stand in."""
    lengths: tuple[int, ...]
    """Lengths of those."""
    seconds: str
    """Third and fourth character of the longer phrases, pair behind pair."""
    ends: memoryview
    """Where the content of each of those pairs ends, unsigned 32 bit of this machine."""
    content: memoryview
    """The longer phrases that begin with the two pairs as ``short`` has them, encoded."""

    def longer(self, second: str) -> memoryview | None:
        """Content of a second pair."""
        place = self.seconds.find(second)
        while place % 2 and place > 0:
            # Half of one pair and half of the next.
            place = self.seconds.find(second, place + 1)
        if place < 0 or len(second) < 2:
            return None
        ends, number = self.ends.cast("I"), place // 2
        return self.content[ends[number - 1] if number else 0 : ends[number]]


class PhraseTable(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """All phrases of a rule book in the form in which they are searched and stored."""

    size: int
    """Number of different phrases."""
    singles: dict[str, Owners]
    """Phrases of one character."""
    fixed: Heads
    """First two characters -> ``Begun``, encoded."""
    alone: dict[str, Owners]
    """Phrases that must stand on word boundaries."""
    loose: tuple[Loose, ...]
    pieces: dict[str, tuple[tuple[int, int], ...]]
    """Piece -> number in ``loose`` and offset in the phrase."""
    piece_lengths: dict[str, tuple[int, ...]]


def phrase_table(lists: Sequence[Sequence[Phrase]]) -> PhraseTable:
    """The table of lists of phrases; a list's number is its index."""
    members: dict[Phrase, list[int]] = {}
    for number, phrases in enumerate(lists):
        for phrase in _different(phrases):
            members.setdefault(phrase, []).append(number)
    singles: dict[str, Owners] = {}
    fixed: dict[str, dict[str, Owners]] = {}
    alone: dict[str, Owners] = {}
    loose: list[Loose] = []
    for phrase, numbers in members.items():
        text, owners = phrase.text, tuple(numbers)
        if phrase.edits:
            loose.append(Loose(text, phrase.protected, phrase.edits, owners))
        elif phrase.alone:
            alone[text] = owners
        elif len(text) == 1:
            singles[text] = owners
        else:
            fixed.setdefault(text[:2], {})[text] = owners
    pieces: dict[str, list[tuple[int, int]]] = {}
    for number, slack in enumerate(loose):
        for offset, piece in _pieces(slack):
            pieces.setdefault(piece, []).append((number, offset))
    return PhraseTable(
        size=len(members),
        singles=singles,
        fixed=heads({head: msgspec.msgpack.encode(_begun(texts)) for head, texts in fixed.items()}),
        alone=alone,
        loose=tuple(loose),
        pieces={piece: tuple(places) for piece, places in pieces.items()},
        piece_lengths=_lengths(pieces, 2),
    )


def _begun(owners: dict[str, Owners]) -> Begun:
    short = {text: lists for text, lists in owners.items() if len(text) < _LONG_HEAD}
    long: dict[str, dict[str, Owners]] = {}
    for text, lists in owners.items():
        if text not in short:
            long.setdefault(text[2:_LONG_HEAD], {})[text] = lists
    contents = [msgspec.msgpack.encode(texts) for texts in long.values()]
    return Begun(
        short=short,
        lengths=tuple(sorted({len(text) for text in short})),
        seconds="".join(long),
        ends=memoryview(array("I", accumulate(map(len, contents))).tobytes()),
        content=memoryview(b"".join(contents)),
    )


def _different(phrases: Iterable[Phrase]) -> Iterable[Phrase]:
    """Each text once, as the most forgiving phrase of the list has it."""
    found: dict[str, Phrase] = {}
    for phrase in phrases:
        # A short phrase has no slips anyway: one entry, whether or not the rule says ``!``.
        entry = phrase if phrase.edits else Phrase(phrase.text, alone=phrase.alone, exact=not phrase.alone)
        known = found.get(entry.text)
        if known is None or (known.alone, -known.edits) > (entry.alone, -entry.edits):
            found[entry.text] = entry
    return found.values()


def _lengths(texts: Iterable[str], head: int) -> dict[str, tuple[int, ...]]:
    """Lengths by the first ``head`` characters, shortest first."""
    found: dict[str, set[int]] = {}
    for text in texts:
        found.setdefault(text[:head], set()).add(len(text))
    return {start: tuple(sorted(lengths)) for start, lengths in found.items()}


_BEGUN = msgspec.msgpack.Decoder(Begun)
_OWNED = msgspec.msgpack.Decoder(dict[str, Owners])
_NONE: Mapping[str, Owners] = {}


class Found:
    """Where the lists of phrases have places in one text."""

    def __init__(self, lists: Mapping[int, list[list[Hit]]]) -> None:
        self._lists = lists
        self._merged: dict[int, list[Hit]] = {}
        self.present = frozenset(lists)
        """Numbers of the lists that have a place."""

    def hits(self, number: int) -> list[Hit]:
        """Places of a list in order of position, at most MAX_HITS."""
        known = self._merged.get(number)
        if known is None:
            parts = self._lists.get(number, [])
            known = parts[0] if len(parts) == 1 else sorted(chain.from_iterable(parts))[:MAX_HITS]
            self._merged[number] = known
        return known


class PhraseIndex:
    """Searches one text after another for all phrases of a table."""

    def __init__(self, table: PhraseTable, lexicon: Lexicon) -> None:
        self.table = table
        self._lexicon = lexicon
        self._fixed_heads = HeadIndex(table.fixed)
        self._begun: dict[str, Begun] = {}
        self._long: dict[str, dict[str, Owners]] = {}
        """First four characters -> longer phrases; of the beginnings met so far."""

    def candidates(self, text: str) -> Found:
        """Every place within the allowed edits of each list's phrases, before different words are refused."""
        return self._search(text, pairs_of(text), None)

    def search(self, text: str) -> Found:
        """Places of all lists."""
        pairs = pairs_of(text)
        return self._search(text, pairs, self._lexicon.map(text, pairs))

    def _search(self, text: str, pairs: list[str], words: WordMap | None) -> Found:
        table = self.table
        lists: defaultdict[int, list[list[Hit]]] = defaultdict(list)
        for char, hits in self._single(text).items():
            for owner in table.singles[char]:
                lists[owner].append(hits)
        for part, hits in self._fixed(text, pairs, words).items():
            owned = self._begun[part[:2]].short if len(part) < _LONG_HEAD else self._long[part[:_LONG_HEAD]]
            for owner in owned[part]:
                lists[owner].append(hits)
        for part, hits in self._alone(text, words).items():
            for owner in table.alone[part]:
                lists[owner].append(hits)
        for number, hits in self._loose(text, pairs, words).items():
            for owner in table.loose[number].owners:
                lists[owner].append(hits)
        return Found(lists)

    def _single(self, text: str) -> dict[str, list[Hit]]:
        """Phrases of one character."""
        found: dict[str, list[Hit]] = {char: [] for char in self.table.singles.keys() & set(text)}
        for char, hits in found.items():
            start = text.find(char)
            while start >= 0 and len(hits) < MAX_HITS:
                hits.append((start, start + 1, 100.0))
                start = text.find(char, start + 1)
        return found

    def _fixed(self, text: str, pairs: list[str], words: WordMap | None) -> dict[str, list[Hit]]:
        """Phrases that stand as they are; a short one only where it is not an accident of two neighbouring words."""
        begun, long = self._begun, self._long
        begun.update((head, _BEGUN.decode(content)) for head, content in self._fixed_heads.new(pairs))
        found: defaultdict[str, list[Hit]] = defaultdict(list)
        for start, known in enumerate(map(begun.get, pairs)):
            if known is None:
                continue
            for length in known.lengths:
                end = start + length
                part = text[start:end]
                if part in known.short and (words is None or not words.torn(start, end)):
                    found[part].append((start, end, 100.0))
            if known.seconds:
                head = text[start : start + _LONG_HEAD]
                for part in long.get(head) or self._longer(known, head):
                    if text.startswith(part, start):
                        found[part].append((start, start + len(part), 100.0))
        for hits in found.values():
            del hits[MAX_HITS:]
        return found

    def _longer(self, known: Begun, head: str) -> Mapping[str, Owners]:
        """The phrases that begin with four characters met for the first time."""
        content = known.longer(head[2:])
        if content is None:
            return _NONE
        self._long[head] = _OWNED.decode(content)
        return self._long[head]

    def _alone(self, text: str, words: WordMap | None) -> dict[str, list[Hit]]:
        """Phrases that must begin and end with a word."""
        found: dict[str, list[Hit]] = {}
        for part in self.table.alone:
            start = text.find(part)
            while start >= 0:
                end = start + len(part)
                if words is None or self._lexicon.stands_alone(text, start, end):
                    found.setdefault(part, []).append((start, end, 100.0))
                start = text.find(part, start + 1)
        return found

    def _loose(self, text: str, pairs: list[str], words: WordMap | None) -> dict[int, list[Hit]]:
        """Phrases with slips, by number."""
        table = self.table
        heads, pieces, loose = table.piece_lengths, table.pieces, table.loose
        found: dict[int, dict[int, Hit]] = {}
        for first, lengths in enumerate(map(heads.get, pairs)):
            for length in lengths or ():
                end = first + length
                for number, offset in pieces.get(text[first:end], ()):
                    phrase = loose[number]
                    whole, budget = phrase.text, phrase.edits
                    start = first - offset
                    if start >= 0 and text.startswith(whole, start):
                        found.setdefault(number, {})[start] = (start, start + len(whole), 100.0)
                        continue
                    if budget == 1:
                        # One edit spares the near end of the other piece, or else its far end, moved by one at most.
                        if offset == 0:
                            far = first + len(whole)
                            if (
                                text[end : end + 1] != whole[length]
                                and whole[-1] not in text[far - 2 : far + 1]
                            ):
                                continue
                        elif (
                            text[first - 1] != whole[offset - 1]
                            and whole[0] not in text[max(0, start - 1) : max(0, start + 2)]
                        ):
                            continue
                    known = found.get(number)
                    # Places come in the order of the text: only the last few can reach here, however many there are.
                    if known is not None and any(
                        s <= first < e for s, e, _ in islice(reversed(known.values()), 2 * len(whole))
                    ):
                        continue
                    hit = _verify(text, phrase, offset, first, length, words)
                    if hit is not None:
                        found.setdefault(number, {})[hit[0]] = hit
        return {number: _best(sorted(places.values())) for number, places in found.items()}


def _verify(
    text: str, phrase: Loose, offset: int, first: int, length: int, words: WordMap | None
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
    if words is not None and not _is_damage(text, start, end, phrase, words):
        return None
    distance = before[0] + after[0]
    return start, end, round(100.0 * (1 - distance / len(phrase.text)), 1)


def _is_damage(text: str, start: int, end: int, phrase: Loose, words: WordMap) -> bool:
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
        if words.covers(place):
            return False
    return True


def _pieces(phrase: Loose) -> list[tuple[int, str]]:
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
