"""Text from outside made safe to print: what cannot be seen is shown as a mark such as ``〔U+202E〕``.

A report may carry control characters, direction overrides or lone surrogates, by accident or to mislead. On paper
they would vanish, reorder a line or break the file, so every renderer that prints passes its strings through here.
"""

from __future__ import annotations

import unicodedata
from typing import TypeVar

from msgspec import Struct

from auditor.regex import regex

T = TypeVar("T")

_WIDE = frozenset("WF")
_LINE_BREAKS = frozenset("\n\r\v\f\x85\u2028\u2029")
_VARIATION_SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
_SELECTORS = frozenset(map(chr, _VARIATION_SELECTORS))
# Nearly every string is of these alone and needs no look at each character.
_PLAIN = regex("[!-~\u00b7\u2013-\u2014\u2018-\u201d\u2026\u3001-\u3011\u4e00-\u9fff\uff01-\uff5e]*")


def mark(char: str) -> str:
    """The visible stand-in of one character: ``〔U+0000〕``."""
    return f"〔U+{ord(char):04X}〕"


def visible(text: str) -> str:
    """One line of text in which nothing is hidden.

    White space of any kind becomes one space, and a line break between two Chinese characters vanishes (it is a
    trace of wrapping). Control, format, private and unassigned characters, surrogates, variation selectors and
    piled-up combining signs become marks. Idempotent.
    """
    if _PLAIN.fullmatch(text):
        return text
    out: list[str] = []
    space = broken = False
    stacked = 0
    for char in text:
        category = unicodedata.category(char)
        if char in _LINE_BREAKS or char == "\t" or category == "Zs":
            space = True
            broken = broken or char in _LINE_BREAKS
            continue
        if space and out and not (broken and _is_wide(out[-1][-1]) and _is_wide(char)):
            out.append(" ")
        space = broken = False
        stacked = stacked + 1 if category in ("Mn", "Me") else 0
        if char == "\u2011":
            # NOTE: the no-break hyphen can stall line breaking in the layout engine; it prints like a hyphen.
            out.append("-")
        elif category[0] == "C" or char in _SELECTORS or stacked > 1 or (stacked and not out):
            out.append(mark(char))
        else:
            out.append(char)
    return "".join(out)


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in _WIDE


def printable(value: T) -> T:
    """The same value with every string in it made visible; walks records and tuples."""
    if isinstance(value, str):
        # An enum member is a string too, but a closed word of ours.
        return visible(value) if type(value) is str else value  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(printable(item) for item in value)  # type: ignore[return-value]
    if isinstance(value, Struct):
        return type(value)(*(printable(getattr(value, name)) for name in value.__struct_fields__))
    return value


def short(text: str, limit: int) -> str:
    """At most ``limit`` characters, the last one an ellipsis where something was left out."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
