"""How much a passage reads like the examples of an element, learned from labelled passages.

Words of a rule may meet by chance: 党群服务中心开设书画室 has a service centre and an opening, and is no approval
service. And deeds are told in words that no rule has. What a passage is about shows in all its characters, not only in
those that a rule asks for. For every element a linear model over characters and pairs of neighbouring characters
(logistic regression on their counts over the root of their number) was fitted to labelled passages by
``scripts/learn.py``; here it is only added up, clause by clause: no pair reaches from one clause into the next, so
that passages of several clauses are sums.

A model is plain numbers in one file: a head of msgpack, then sorted keys of characters and pairs (little-endian
unsigned 32 bit), then one byte per element and key, 128 more than the weight. Nothing in it can run; sizes are
checked.
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from math import sqrt
from typing import NamedTuple

import msgspec

from auditor.regex import regex

FILE = "likeness.bin"
"""Name of the model among the rule files."""
VERSION = 3
_SIZE = struct.Struct("<I")
_LARGEST = 1000.0
"""A bias or unit beyond this says nothing, and could grow beyond what can be reckoned with."""
_ZERO = 128
"""How a weight of nothing is stored."""
_FIGURES = regex(r"[0-9]+(?:\.[0-9]+)?")


Run = tuple[int, int, float]
"""Clauses from the first up to another one, and one over the root of how much they consist of."""


class LikenessError(ValueError):
    """The file is no model; the message is one Chinese sentence."""


class Head(msgspec.Struct, frozen=True, array_like=True):
    version: int
    elements: tuple[str, ...]
    bias: tuple[float, ...]
    scale: tuple[float, ...]
    """What one unit of an element's weights is worth."""
    keys: int


def keys(clause: str) -> list[int]:
    """The characters and pairs of neighbours of a clause as numbers, as often as they stand; every figure reads as 0."""
    codes = [*map(ord, _FIGURES.sub("0", clause))]
    found = [code for code in codes if code <= 0xFFFF]
    found += [(a << 16) | b for a, b in pairwise(codes) if a <= 0xFFFF and b <= 0xFFFF]
    return found


class Likeness:
    """The model of a rule book, which never changes."""

    def __init__(self, data: bytes | memoryview) -> None:
        """Raises LikenessError."""
        view = memoryview(data)
        try:
            (size,) = _SIZE.unpack_from(view)
            head = msgspec.msgpack.decode(view[_SIZE.size : _SIZE.size + size], type=Head)
        except (struct.error, ValueError) as error:
            raise LikenessError("例句模型的文件头读不懂，请重新生成") from error
        body = view[_SIZE.size + size :]
        count = len(head.elements)
        if (
            head.version != VERSION
            or not len(head.bias) == len(head.scale) == count
            or not 0 <= head.keys <= len(body)
            or len(body) != head.keys * (4 + count)
        ):
            raise LikenessError("例句模型的大小和文件头说的不一致，请重新生成")
        if not all(-_LARGEST <= number <= _LARGEST for number in (*head.bias, *head.scale)):
            raise LikenessError("例句模型里的数大得不合理，请重新生成")
        stored = array("I", body[: head.keys * 4].tobytes())
        if stored.itemsize != 4:
            raise LikenessError("这台机器的整数宽度不合例句模型，无法使用")
        if sys.byteorder == "big":
            stored.byteswap()
        self._keys = stored
        self._weights = body[head.keys * 4 :]
        self._columns = {name: i for i, name in enumerate(head.elements)}
        self._bias, self._scale = head.bias, head.scale

    def knows(self, element: str) -> bool:
        return element in self._columns

    def place(self, key: int) -> int:
        """Row of a key, -1 where it was not learned."""
        place = bisect_left(self._keys, key)
        return place if place < len(self._keys) and self._keys[place] == key else -1

    def column(self, element: str) -> tuple[float, float, bytes]:
        """Bias, unit and weights (as stored, one per row). Raises KeyError for a stranger."""
        number, count = self._columns[element], len(self._keys)
        weights = bytes(self._weights[number * count : (number + 1) * count])
        return self._bias[number], self._scale[number], weights


class Reading:
    """A model at work on the clauses of one report: keeps what it looked up, and goes with the report."""

    def __init__(self, model: Likeness, clauses: Sequence[str]) -> None:
        self._model = model
        self._clauses = clauses
        self._places: dict[int, int] = {}
        self._rows: list[list[int] | None] = [None] * len(clauses)
        self._columns: dict[str, _Column] = {}

    def odds(self, element: str, first: int, last: int) -> float:
        """Log-odds that clauses ``first`` to ``last`` tell what the element asks for. Raises KeyError for a stranger."""
        column = self._column(element)
        total = count = 0
        for number in range(first, last + 1):
            known = column.sums.get(number)
            if known is None:
                rows = self._look_up(number)
                known = column.sums[number] = column.sum(rows), len(rows)
            total += known[0]
            count += known[1]
        return column.odds(total, count)

    def runs(self, spans: Iterable[tuple[int, int]]) -> list[Run]:
        """Runs of clauses (numbers of the first and the last) as ``scan`` takes them."""
        counts = [0, *accumulate(len(self._look_up(number)) for number in range(len(self._clauses)))]
        return [(first, last + 1, 1 / sqrt(counts[last + 1] - counts[first] or 1)) for first, last in spans]

    def scan(self, element: str, runs: list[Run]) -> list[float]:
        """Log-odds of many runs at once. Raises KeyError for a stranger."""
        column = self._column(element)
        totals = [0, *accumulate(map(column.sum, map(self._look_up, range(len(self._clauses)))))]
        bias, unit = column.bias, column.unit
        return [bias + unit * (totals[stop] - totals[first]) * scale for first, stop, scale in runs]

    def _column(self, element: str) -> _Column:
        column = self._columns.get(element)
        if column is None:
            column = self._columns[element] = _Column(*self._model.column(element), {})
        return column

    def _look_up(self, clause: int) -> list[int]:
        """Rows of what a clause consists of."""
        rows = self._rows[clause]
        if rows is None:
            places = self._places
            rows = self._rows[clause] = []
            for key in keys(self._clauses[clause]):
                place = places.get(key)
                if place is None:
                    place = places[key] = self._model.place(key)
                if place >= 0:
                    rows.append(place)
        return rows


class _Column(NamedTuple):
    """The model of one element."""

    bias: float
    unit: float
    weights: bytes
    sums: dict[int, tuple[int, int]]
    """Of the clauses that were asked for, with how much they consist of."""

    def sum(self, rows: list[int]) -> int:
        return sum(map(self.weights.__getitem__, rows)) - _ZERO * len(rows)

    def odds(self, total: int, count: int) -> float:
        return self.bias + self.unit * total / sqrt(count) if count else self.bias


def encode(elements: dict[str, tuple[float, list[float]]], found: list[int]) -> bytes:
    """A model from bias and weights per element, weights in the order of the sorted keys ``found``."""
    bias, scale, columns = [], [], []
    for own, weights in elements.values():
        unit = max(map(abs, weights), default=0.0) / 127 or 1.0
        bias.append(own)
        scale.append(unit)
        columns.append(bytes(_ZERO + round(weight / unit) for weight in weights))
    head = msgspec.msgpack.encode(Head(VERSION, tuple(elements), tuple(bias), tuple(scale), len(found)))
    stored = array("I", found)
    if sys.byteorder == "big":
        stored.byteswap()
    return b"".join([_SIZE.pack(len(head)), head, stored.tobytes(), *columns])
