"""The characters that a match of a regular expression can begin with.

CPython skips quickly to where a match can begin, but only knows where that is when every alternative begins with a
plain character. The patterns of a report are long lists of alternatives, some of which begin with a look behind, a
group or something optional; each is then tried at each character. What they can begin with is known all the same.
Everything here is over the inner forms of ``re``: the parsed pattern and the list of numbers it is compiled to.
"""

from __future__ import annotations

from collections.abc import Iterable
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _constants as c  # type: ignore[attr-defined]
from typing import Any

Item = tuple[Any, Any]
"""Of a set of characters: one, a range or a class."""
_WIDTHLESS = (c.AT, c.ASSERT, c.ASSERT_NOT)
_REPEATS = (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT)


class _Anything(Exception):
    """There are too many to list."""


def skipping(numbers: list[int], tree: Any, flags: int) -> list[int]:
    """The compiled numbers of a parsed pattern, with the characters it can begin with at their head.

    Unchanged where they are there already, where they cannot be listed or where the empty text matches.
    """
    code, skip, mask, least, most = numbers[:5]
    if code != c.INFO or mask or not least or flags & (c.SRE_FLAG_IGNORECASE | c.SRE_FLAG_LOCALE):
        return numbers
    try:
        items, passed = _first(tree)
    except _Anything:
        return numbers
    if passed:
        return numbers
    charset, _ = compiler._optimize_charset(list(dict.fromkeys(items)))
    block: list[int] = []
    compiler._compile_charset(charset, flags, block)
    return [c.INFO, 4 + len(block), c.SRE_INFO_CHARSET, least, most, *block, *numbers[1 + skip :]]


def _first(parts: Iterable[Item]) -> tuple[list[Item], bool]:
    """What parts in a row can begin with, and whether they can be passed without a character. Raises _Anything."""
    found: list[Item] = []
    for kind, value in parts:
        if kind in _WIDTHLESS:
            # They only forbid some of what follows.
            continue
        items, passed = _of(kind, value)
        found += items
        if not passed:
            return found, False
    return found, True


def _of(kind: Any, value: Any) -> tuple[list[Item], bool]:
    if kind is c.LITERAL:
        return [(kind, value)], False
    if kind is c.IN and value[0][0] is not c.NEGATE:
        return list(value), False
    if kind is c.SUBPATTERN:
        _, added, removed, inner = value
        if not (added or removed):
            return _first(inner)
    if kind is c.ATOMIC_GROUP:
        return _first(value)
    if kind is c.BRANCH:
        branches = [_first(branch) for branch in value[1]]
        return [item for items, _ in branches for item in items], any(passed for _, passed in branches)
    if kind in _REPEATS:
        least, _, inner = value
        items, passed = _first(inner)
        return items, passed or least == 0
    raise _Anything
