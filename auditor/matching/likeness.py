"""How much a passage reads like the examples of an element, learned from labelled passages.

Words of a rule may meet by chance: 党群服务中心开设书画室 has a service centre and an opening, and is no approval
service. What a passage is about shows in all its characters, not only in those that a rule asks for. For every
element a linear model over characters and pairs of neighbouring characters (logistic regression on presence, each
passage scaled to length one) was fitted to labelled passages by ``scripts/learn.py``; here it is only added up.

A model is plain numbers in one file: a head of msgpack, then sorted keys of characters and pairs (little-endian
unsigned 32 bit), then one signed byte per element and key. Nothing in it can run; sizes are checked.
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_left
from itertools import pairwise
from math import sqrt

import msgspec

from auditor.regex import regex

FILE = "likeness.bin"
"""Name of the model among the rule files."""
_VERSION = 1
_SIZE = struct.Struct("<I")
_FIGURES = regex(r"[0-9]+(?:\.[0-9]+)?")


class LikenessError(ValueError):
    """The file is no model; the message is one Chinese sentence."""


class Head(msgspec.Struct, frozen=True, array_like=True):
    version: int
    elements: tuple[str, ...]
    bias: tuple[float, ...]
    scale: tuple[float, ...]
    """What one unit of an element's weights is worth."""
    keys: int


def keys(text: str) -> set[int]:
    """The distinct characters and pairs of neighbours of a passage as numbers; every figure reads as 0."""
    codes = [*map(ord, _FIGURES.sub("0", text))]
    found = {code for code in codes if code <= 0xFFFF}
    found.update((a << 16) | b for a, b in pairwise(codes) if a <= 0xFFFF and b <= 0xFFFF)
    return found


class Likeness:
    """The model of a rule book, which never changes."""

    def __init__(self, data: bytes | memoryview) -> None:
        """Raises LikenessError."""
        view = memoryview(data)
        self.data = view
        """The model as it is in its file."""
        try:
            (size,) = _SIZE.unpack_from(view)
            head = msgspec.msgpack.decode(view[_SIZE.size : _SIZE.size + size], type=Head)
        except (struct.error, msgspec.DecodeError) as error:
            raise LikenessError("例句模型的文件头读不懂，请重新生成") from error
        body = view[_SIZE.size + size :]
        count = len(head.elements)
        if (
            head.version != _VERSION
            or not len(head.bias) == len(head.scale) == count
            or not 0 <= head.keys <= len(body)
            or len(body) != head.keys * (4 + count)
        ):
            raise LikenessError("例句模型的大小和文件头说的不一致，请重新生成")
        stored = array("I", body[: head.keys * 4].tobytes())
        if stored.itemsize != 4:
            raise LikenessError("这台机器的整数宽度不合例句模型，无法使用")
        if sys.byteorder == "big":
            stored.byteswap()
        self._keys = stored
        self._weights = body[head.keys * 4 :].cast("b")
        self._columns = {name: i for i, name in enumerate(head.elements)}
        self._bias, self._scale = head.bias, head.scale

    def knows(self, element: str) -> bool:
        return element in self._columns

    def reading(self) -> Reading:
        """The model at work on one report."""
        return Reading(self)

    def place(self, key: int) -> int:
        """Row of a key, -1 where it was not learned."""
        place = bisect_left(self._keys, key)
        return place if place < len(self._keys) and self._keys[place] == key else -1

    def score(self, element: str, rows: list[int]) -> float:
        """Log-odds that a passage with these rows tells what the element asks for. Raises KeyError for a stranger."""
        column = self._columns[element]
        if not rows:
            return self._bias[column]
        base, weights = column * len(self._keys), self._weights
        total = sum([weights[base + row] for row in rows])
        return self._bias[column] + self._scale[column] * total / sqrt(len(rows))


class Reading:
    """A model at work on one report: keeps what it looked up, and goes with the report."""

    def __init__(self, model: Likeness) -> None:
        self._model = model
        self._places: dict[int, int] = {}
        self._rows: dict[str, list[int]] = {}

    def of(self, element: str, text: str) -> float:
        """Log-odds that a passage (normalised) tells what the element asks for. Raises KeyError for a stranger."""
        rows = self._rows.get(text)
        if rows is None:
            rows = self._rows[text] = [row for row in map(self._place, keys(text)) if row >= 0]
        return self._model.score(element, rows)

    def _place(self, key: int) -> int:
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = self._model.place(key)
        return place


def encode(elements: dict[str, tuple[float, list[float]]], found: list[int]) -> bytes:
    """A model from bias and weights per element, weights in the order of the sorted keys ``found``."""
    bias, scale, columns = [], [], []
    for own, weights in elements.values():
        unit = max(map(abs, weights), default=0.0) / 127 or 1.0
        bias.append(own)
        scale.append(unit)
        columns.append(array("b", [round(weight / unit) for weight in weights]))
    head = msgspec.msgpack.encode(Head(_VERSION, tuple(elements), tuple(bias), tuple(scale), len(found)))
    stored = array("I", found)
    if sys.byteorder == "big":
        stored.byteswap()
    return b"".join(
        [_SIZE.pack(len(head)), head, stored.tobytes(), *(column.tobytes() for column in columns)]
    )
