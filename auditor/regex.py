"""Regular expressions compiled once per machine and not once per run.

CPython compiles patterns with Python code: the five hundred of a verdict take longer than the verdict. What comes out
is a list of numbers, which ``_sre.compile`` (what ``re`` itself ends in) checks and turns into a pattern object. The
numbers, with what a match can begin with at their head (``openings``), are kept in the user's private cache folder, by
version of Python. Wherever this inner interface is not what is expected here, patterns are compiled the ordinary way:
slower, with the same result.
"""

from __future__ import annotations

import atexit
import re
import sys
from array import array
from functools import cache
from importlib import import_module
from typing import Any

import msgspec

from auditor.folders import keep, kept

MAX_BYTES = 16 * 1024 * 1024
_FORM = 2
"""Of the codes kept: goes up when they are made in another way."""
_MOST = 4
"""Versions of Python kept."""


class _Code(msgspec.Struct, frozen=True, array_like=True, gc=False):
    flags: int
    numbers: bytes
    groups: int
    names: dict[str, int]


_CODES = msgspec.msgpack.Decoder(_Code)


class _Shelf:
    """Codes by flags and pattern, encoded until one is asked for; read at the first, written when new ones were made."""

    def __init__(self) -> None:
        self._sre: Any = None
        self._codes: dict[str, msgspec.Raw] = {}
        self._name = ""
        self._new = False
        try:
            self._sre = import_module("_sre")
            self._parser, self._compiler = import_module("re._parser"), import_module("re._compiler")
            unit = array("I").itemsize
            self._name = (
                f"regex-{_FORM}-{sys.implementation.cache_tag}-{sys.hexversion:x}-{self._sre.MAGIC}-{unit}"
            )
            if unit != self._sre.CODESIZE:
                self._sre = None
            else:
                self._codes = self._kept()
        except (ImportError, AttributeError):
            self._sre = None

    def _kept(self) -> dict[str, msgspec.Raw]:
        content = kept(self._name, MAX_BYTES)
        try:
            return {} if content is None else msgspec.msgpack.decode(content, type=dict[str, msgspec.Raw])
        except ValueError:
            return {}

    def pattern(self, text: str, flags: int) -> re.Pattern[str]:
        if self._sre is None:
            return re.compile(text, flags)
        key = f"{flags}:{text}"
        try:
            known = self._codes.get(key)
            code = self._make(key, text, flags) if known is None else _CODES.decode(known)
            indexed: list[str | None] = [None] * (code.groups + 1)
            for name, number in code.names.items():
                indexed[number] = name
            numbers = array("I", code.numbers).tolist()
            made: re.Pattern[str] = self._sre.compile(
                text, code.flags, numbers, code.groups, code.names, tuple(indexed)
            )
            return made
        except (ImportError, AttributeError, TypeError, ValueError, IndexError, RuntimeError, OverflowError):
            self._codes.pop(key, None)
            return re.compile(text, flags)

    def _make(self, key: str, text: str, flags: int) -> _Code:
        # Imported here: most runs find every pattern kept.
        from auditor.openings import skipping

        tree = self._parser.parse(text, flags)
        state = tree.state
        whole = int(flags | state.flags)
        numbers = array("I", skipping(self._compiler._code(tree, flags), tree, whole)).tobytes()
        code = _Code(whole, numbers, state.groups - 1, dict(state.groupdict))
        self._codes[key] = msgspec.Raw(msgspec.msgpack.encode(code))
        self._new = True
        return code

    def write(self) -> None:
        """Keep what was made here, beside what other processes have kept meanwhile."""
        if self._new:
            self._new = False
            keep(self._name, msgspec.msgpack.encode({**self._kept(), **self._codes}), _MOST)


_shelf: _Shelf | None = None


@cache
def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile`` for patterns of the program itself, which are the same in every run. Raises re.error."""
    global _shelf
    if _shelf is None:
        _shelf = _Shelf()
        atexit.register(remember)
    return _shelf.pattern(pattern, int(flags))


def remember() -> None:
    """Keep the patterns made in this process; happens by itself at an ordinary end."""
    if _shelf is not None:
        _shelf.write()
