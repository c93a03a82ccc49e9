"""Headings: numbered, free-standing, or run into the paragraph they open."""

from __future__ import annotations

from msgspec import Struct

from auditor.regex import regex
from auditor.text.markers import LEAD, TERMINAL, heading_marker, marker_value
from auditor.text.roles import heading_roles
from auditor.text.signature import is_signature

RUN_IN_LIMIT = 45
_STANDALONE_LIMIT = 60
_TOP_LIMIT = 150
"""Characters of a heading 一、… that stands above its part; some reports put a whole task into it."""
_SENTENCE_LIMIT = 32
_FREE_LIMIT = 30
_FREE_ABOVE_LIST = 45
"""The same above a paragraph numbered one: a heading whose own number was lost in copying."""
_STOPS = "。！？；"
_MEASURED = regex(r"[0-9]+(?:[.][0-9]+)?[余多]?(?:%|万|[次件个项名人场期份条家户起宗部处类批台篇])")
_NARRATED = regex(r"我们|[我本][省市州盟县区旗镇乡街局厅委办院处所站中单](?!级|域|情)")
"""Who did something: 我局将…列为…。 tells, a heading does not."""
_COLON = regex(
    r"[^：。！？；（）]{4,30}(?<!如下)(?<!包括)(?<!表现在)(?<!表现为)(?<!主要是)(?<!指出)(?<!强调)(?<!要求)(?<!提出)：(?=.{20})"
)
"""A heading that a colon divides from its paragraph."""
_DAMAGED = (
    (2, regex(r"（[\u4e00-\u9fff]?）(?=[\u4e00-\u9fff])")),
    (1, regex(r"(?:[\u4e00-\u9fff]、|、)(?=[\u4e00-\u9fff0-9])")),
)
"""Heading numbers of which one character was lost or replaced."""


class Heading(Struct, frozen=True):
    depth: int
    length: int
    """Characters of the heading within its paragraph, closing 。 or ： not counted."""
    stop: int
    """Where the heading's sentence ends within the paragraph, 。 included."""
    certain: bool
    """False for a numbered paragraph whose first sentence is too long for a heading or holds figures."""


def find_headings(paragraphs: list[str], first: int, year: int | None) -> list[Heading | None]:
    """The heading that each paragraph is or begins with; paragraphs before `first` have none."""
    found: list[Heading | None] = [None] * len(paragraphs)
    marks = [_mark(p) for p in paragraphs]
    for i in range(first, len(paragraphs)):
        following = i + 1 < len(paragraphs)
        mark = marks[i]
        if mark is not None:
            found[i] = _numbered(paragraphs[i], mark, following and marks[i + 1] != mark)
    settled = {h.depth for h in found if h is not None and h.certain}
    counts = {d: [0, 0] for d in range(1, 5)}
    for h in found:
        if h is not None:
            counts[h.depth][h.certain] += 1
    for i in range(first, len(paragraphs)):
        h = found[i]
        if h is not None and not h.certain and counts[h.depth][1] <= counts[h.depth][0]:
            found[i] = None  # items of a list, not headings
        elif h is None and marks[i] is None:
            found[i] = _damaged(paragraphs[i], settled) or _free(paragraphs, i, first, year, settled)
    return found


def _mark(paragraph: str) -> tuple[int, int] | None:
    return heading_marker(paragraph)


def _first_stop(paragraph: str) -> int:
    """Position of the first sentence end outside brackets, or -1."""
    depth = 0
    for m in regex(r"[（）。！？；]").finditer(paragraph[:400]):
        char = m.group()
        if char == "（":
            depth += 1
        elif char == "）":
            depth = max(0, depth - 1)
        elif depth == 0 or char == "。":
            return m.start()
    return -1


def _numbered(paragraph: str, mark: tuple[int, int], opens: bool) -> Heading | None:
    depth, skip = mark
    stop = _first_stop(paragraph)
    measured = _MEASURED.search(paragraph, skip, stop if stop >= 0 else len(paragraph)) is not None
    colon = _COLON.match(paragraph, skip) if depth <= 2 else None
    if colon is not None and not _MEASURED.search(colon.group()):
        return Heading(depth, colon.end() - 1, colon.end(), True)
    if stop < 0:
        text = paragraph.rstrip("：")
        if "：" in text[:RUN_IN_LIMIT] and len(text) > _STANDALONE_LIMIT:
            return Heading(depth, text.index("："), text.index("：") + 1, False)
        limit = _TOP_LIMIT if depth == 1 and opens else _STANDALONE_LIMIT
        certain = len(text) <= limit and not (measured and depth >= 3)
        return Heading(
            depth, min(len(text), _cut(paragraph)) if not certain else len(text), len(paragraph), certain
        )
    if stop == len(paragraph) - 1:
        limit = _STANDALONE_LIMIT if depth == 1 else _SENTENCE_LIMIT
        if paragraph[stop] == "。" and stop <= limit and depth <= 2 and not measured and opens:
            return Heading(depth, stop, stop + 1, True)
        return Heading(depth, _cut(paragraph), stop + 1, False) if depth <= 2 else None
    following = heading_marker(paragraph[stop + 1 : stop + 8])
    if following is not None and following[0] == depth:
        return None  # （一）…。（二）…。 in one paragraph is a list
    if stop <= RUN_IN_LIMIT + skip and paragraph[stop] != "；":
        return Heading(depth, stop, stop + 1, not measured and not _NARRATED.match(paragraph, skip))
    return Heading(depth, _cut(paragraph), stop + 1, False)


def _cut(paragraph: str) -> int:
    """Length of a heading taken from an over-long first sentence: up to its first comma."""
    m = regex(r"[，、：；。]").search(paragraph[4:60])
    return m.start() + 4 if m else min(len(paragraph), 30)


def _damaged(paragraph: str, settled: set[int]) -> Heading | None:
    for depth, pattern in _DAMAGED:
        m = pattern.match(paragraph)
        if not m or depth not in settled:
            continue
        h = _numbered(paragraph, (depth, m.end()), True)
        if (
            h is not None
            and h.certain
            and (depth == 2 or h.stop == len(paragraph))
            # 市、县联动开展评查。 is a sentence; a top heading that lost its numeral seldom ends in a full stop.
            and (
                depth == 2
                or paragraph[-1] not in TERMINAL
                or heading_roles(paragraph[m.end() :], None, False)
            )
            and "，" not in paragraph[: m.end()]
        ):
            return h
    return None


def _free(paragraphs: list[str], i: int, first: int, year: int | None, settled: set[int]) -> Heading | None:
    """A short line without number or full stop above a paragraph."""
    text = paragraphs[i]
    bare = text.rstrip("：")
    if i + 1 >= len(paragraphs) or LEAD.match(text):
        return None
    below = heading_marker(paragraphs[i + 1])
    first_below = below is not None and marker_value(paragraphs[i + 1][: below[1]]) == 1
    if not 2 <= len(bare) <= (_FREE_ABOVE_LIST if first_below else _FREE_LIMIT):
        return None
    if any(c in bare for c in "。；！？：") or bare.count("，") > 2 or _MEASURED.search(bare):
        return None
    if is_signature(text) or (is_signature(paragraphs[i + 1]) and i + 2 >= len(paragraphs)):
        return None
    broken_above = (
        i > first and paragraphs[i - 1][-1] not in TERMINAL and len(paragraphs[i - 1]) > _FREE_LIMIT
    )
    if broken_above and not heading_roles(bare, year, top=False):
        return None  # the rest of that paragraph rather than a heading
    roles = heading_roles(bare, year, top=True)
    if text[-1] == "：":
        return (
            Heading(1, len(bare), len(text), True)
            if heading_roles(bare, year, top=False) and len(bare) <= 20
            else None
        )
    strong = bool(heading_roles(bare, year, top=False))
    if not strong and len(paragraphs[i + 1]) <= len(text) + 4 and below is None:
        return None
    depth = 1 if strong or 1 not in settled or (roles and len(bare) <= 12) else 2
    return Heading(depth, len(bare), len(text), True)
