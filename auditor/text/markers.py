"""How headings and enumerations are numbered in Chinese official writing."""

from __future__ import annotations

from auditor.regex import regex

NUMERALS = "一二三四五六七八九十"
_PATTERNS = (
    (
        1,
        regex(
            rf"第[{NUMERALS}]{{1,3}}(?:部分|章)[、：，]?|[{NUMERALS}]{{1,3}}、|[{NUMERALS}]{{1,2}}[.](?![0-9])"
        ),
    ),
    (2, regex(rf"（[{NUMERALS}]{{1,3}}）[、.]?|[㈠-㈩]")),
    (3, regex(r"[0-9]{1,2}(?:[.](?![0-9])|[.](?=20[0-9]{2}年)|、)|[⒈-⒛]")),
    (4, regex(r"（[0-9]{1,2}）|[0-9]{1,2}）|[⑴-⒇]|[①-⑳]")),
)
_FIRST = (
    frozenset(f"第（0123456789{NUMERALS}")
    | {chr(c) for c in range(0x2460, 0x249C)}
    | set("㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩")
)

LEAD = regex(
    rf"[{NUMERALS}]{{1,2}}(?:是|要|抓)|首先[，、]?|其次[，、]?|再次[，、]?|最后，|第[{NUMERALS}]{{1,2}}[，、]"
)
"""Beginning of an enumerated sentence inside a paragraph: 一是, 首先, 第一，."""

ENUMERATOR = regex(
    rf"[{NUMERALS}]{{1,2}}是|首先|第[{NUMERALS}]{{1,2}}[，、]|（[{NUMERALS}]{{1,2}}）|（[0-9]{{1,2}}）|[0-9]{{1,2}}[.、](?![0-9])|①"
)
"""What may follow a colon as the first item of a list."""

TERMINAL = frozenset("。！？；：…")
OPENING = "，、（《〈〔—"
CLOSING = "，、。；！？）》〉〕%"


def heading_marker(text: str) -> tuple[int, int] | None:
    """(depth 1 to 4, length of the marker) when the text starts with a heading number, else None."""
    if not text or text[0] not in _FIRST:
        return None
    for depth, pattern in _PATTERNS:
        m = pattern.match(text)
        if m:
            return depth, m.end()
    return None


def marker_value(marker: str) -> int:
    """The number that a heading marker states, 0 when it cannot be read."""
    digits = "".join(c for c in marker if c.isascii() and c.isdigit())
    if digits:
        return int(digits)
    numeral = "".join(c for c in marker if c in NUMERALS)
    if numeral:
        tens, ten, ones = numeral.rpartition("十")
        if ten:
            # 十二二、 is a slip of the writer, no number.
            if len(tens) > 1 or len(ones) > 1:
                return 0
            return 10 * (NUMERALS.index(tens) + 1 if tens else 1) + (NUMERALS.index(ones) + 1 if ones else 0)
        return NUMERALS.index(numeral[0]) + 1 if len(numeral) == 1 else 0
    first = ord(marker[0])
    base = next((b for b in (0x2460, 0x2474, 0x2488, 0x3220) if b <= first < b + 20), None)
    return first - base + 1 if base is not None else 0


def lead_value(sentence: str) -> int:
    """The number of an enumerated sentence (二是, 第二，, 2., （二）), 0 when it has none."""
    m = LEAD.match(sentence)
    if m:
        return marker_value(m.group()) if any(c in NUMERALS for c in m.group()) else 0
    mark = heading_marker(sentence)
    return marker_value(sentence[: mark[1]]) if mark else 0
