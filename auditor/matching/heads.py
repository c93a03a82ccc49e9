"""What begins with the same two characters, looked up without taking the rest apart.

A report holds a few hundred of the ten thousand beginnings of a rule book. As one array of numbers and one run of
bytes they cost nothing to load, and a pair is found by halving.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

import msgspec

_BYTES = 8
"""Of one number."""
_MOST = 50_000
"""Pairs remembered as asked for; a run over thousands of reports begins anew when it has met more."""


class Heads(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Contents by pair of characters, as they are kept; numbers are of this machine's byte order."""

    pairs: memoryview
    """The pairs as unsigned 64 bit numbers, in order."""
    ends: memoryview
    """Where the content of each ends, unsigned 64 bit."""
    content: memoryview


def heads(contents: Mapping[str, bytes]) -> Heads:
    """Contents by their pair; one character alone is a pair too."""
    numbered = sorted((_number(pair), content) for pair, content in contents.items())
    ends = accumulate(len(content) for _, content in numbered)
    return Heads(
        _packed(number for number, _ in numbered), _packed(ends), memoryview(b"".join(c for _, c in numbered))
    )


def _number(pair: str) -> int:
    return ord(pair[0]) << 32 | (ord(pair[1]) if len(pair) > 1 else 0)


def _packed(numbers: Iterable[int]) -> memoryview:
    return memoryview(array("Q", numbers).tobytes())


class HeadIndex:
    """Finds the contents of one pair after another."""

    def __init__(self, stored: Heads) -> None:
        """Raises ValueError where the sizes do not fit together."""
        if len(stored.pairs) % _BYTES or len(stored.pairs) != len(stored.ends):
            raise ValueError("heads and ends of contents differ in number")
        self._pairs = stored.pairs.cast("Q")
        self._ends = stored.ends.cast("Q")
        self._content = stored.content
        self._asked: set[str] = set()

    def new(self, pairs: Iterable[str]) -> Iterator[tuple[str, memoryview]]:
        """Those of the pairs that have a content and were not asked for before."""
        known, ends = self._pairs, self._ends
        size = len(known)
        if len(self._asked) > _MOST:
            self._asked.clear()
        fresh = set(pairs) - self._asked
        self._asked |= fresh
        for pair in fresh:
            number = _number(pair)
            place = bisect_left(known, number)
            if place < size and known[place] == number:
                yield pair, self._content[ends[place - 1] if place else 0 : ends[place]]

    def __iter__(self) -> Iterator[memoryview]:
        """All contents, in order of the pairs."""
        start = 0
        for end in self._ends:
            yield self._content[start:end]
            start = end
