"""Cuts a report into periods (full sentences) and shows each quantity with the words around it.

A period ends at 。！？ or at the end of its paragraph, never at ；, because lists of parts run over semicolons.
Quantities in brackets are kept apart: they speak about the quantity before the bracket.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from auditor.figures.quantity import QKind, Quantity
from auditor.figures.subjects import lead_of, tail_of
from auditor.regex import regex
from auditor.text.document import Document

RANK = {"": 0, "、": 1, "，": 2, "：": 2, "；": 3}
LONGEST = 60
"""Quantities of one period that are looked at; a longer list is cut, which keeps the work bounded."""
_JOINT = regex(r"(?:和|与|及|以及|并)$")
_EACH = regex(r"[每各第][^，。；、]{0,6}$|(?:一件事|只|最多|至少|不止|不下|再次|又|同)[^，。；、]{0,3}$")
_NOUN = regex(r"[\u4e00-\u9fff]{2,8}[一二两三四五六七八九\d]")
_STILL = regex(
    r"(?:没有?|未|不|正在|尚|还)[\u4e00-\u9fff]{0,6}[，。；\n]|没有?$|(?:正在|还在)[\u4e00-\u9fff]{1,3}$"
)
_LEFT = regex(r"(?:剩下|还剩|只剩|尚余|余下|其余|剩余)的?$")
_HEAD = regex(r"^(?:其中|另外|另|还|有|对|和|及|以及|与|并|共)+")
_ENDS = regex(r"[。！？\n]")
_TIMES = frozenset("×✕*")


class Item(Struct, frozen=True):
    """One quantity in its passage. ``gap`` is all text since the quantity before it on the same level."""

    q: Quantity
    gap: str
    lead: str
    tail: str
    sep: str
    """Strongest mark in the gap: ；, ，, 、 or nothing."""
    shared: bool
    """No mark stands between this quantity and the next: the tail is the lead of that one (46件积案办结41件)."""
    label: str
    """Words that name the quantity: those before it, or those after it where nothing stands before."""
    plain: bool
    """An exact count or sum of money that is no change and no rate."""

    @property
    def words(self) -> str:
        """Words before and after it: where the label may stand on either side."""
        return self.lead + "|" + self.tail


class Period(Struct, frozen=True):
    """A full sentence; positions are normalised ones."""

    text: str
    start: int
    end: int
    items: tuple[Item, ...]
    brackets: tuple[tuple[int, tuple[Item, ...]], ...] = field(default=())
    """Lists in brackets with the index of the item before them (-1: none)."""


def periods(doc: Document, found: Sequence[Quantity]) -> tuple[Period, ...]:
    """All periods that hold quantities which can be reckoned with, in order."""
    text = doc.norm.text
    # 45岁以上的33人: an age describes and is never reckoned with; nor is a factor, 县级9×20条共180条.
    usable = [
        q for q in found
        if q.kind in (QKind.COUNT, QKind.RATE, QKind.CHANGE, QKind.MONEY) and q.unit not in ("岁", "周岁")
        and text[q.start - 1 : q.start] not in _TIMES and text[q.end : q.end + 1] not in _TIMES
    ]  # fmt: skip
    out: list[Period] = []
    index, start = 0, 0
    ends = [m.end() for m in _ENDS.finditer(text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    for end in ends:
        first = index
        while index < len(usable) and usable[index].start < end:
            index += 1
        if index > first:
            out.append(_period(text, start, end, usable[first:index]))
        start = end
    return tuple(out)


def _period(text: str, start: int, end: int, found: Sequence[Quantity]) -> Period:
    kept = _without_idioms(text, found)[:LONGEST]
    opened = _brackets(text, start, end)
    items: list[Item] = []
    groups: dict[int, list[tuple[Quantity, int]]] = {}
    parents: dict[int, int] = {}
    levels = [_inside(opened, q.start) for q in kept]
    outer = [q for q, level in zip(kept, levels, strict=True) if level is None]
    for q, level in zip(kept, levels, strict=True):
        if level is not None:
            groups.setdefault(level[0], []).append((q, level[1]))
            parents.setdefault(level[0], len(items) - 1)
            continue
        following = outer[len(items) + 1].start if len(items) + 1 < len(outer) else end
        items.append(_item(text, items[-1].q.end if items else start, q, following))
    brackets: list[tuple[int, tuple[Item, ...]]] = []
    for opening, members in groups.items():
        inner: list[Item] = []
        for position, (q, closing) in enumerate(members):
            ceiling = members[position + 1][0].start if position + 1 < len(members) else closing
            inner.append(_item(text, inner[-1].q.end if inner else opening + 1, q, ceiling))
        brackets.append((parents[opening], tuple(inner)))
    return Period(text[start:end], start, end, tuple(items), tuple(brackets))


def _item(text: str, floor: int, q: Quantity, ceiling: int) -> Item:
    gap = _outside(text[floor : q.start])
    tail = tail_of(text, q.end, ceiling)
    lead = lead_of(text, floor, q.start)
    sep = "；" if "；" in gap else "，" if "，" in gap or "：" in gap else "、" if "、" in gap else ""
    if joint := _JOINT.search(lead):
        # 7名班子成员和14名站所负责人: the joint is a list mark.
        if not sep:
            sep, lead = "、", ""
        elif lead == joint[0]:
            lead = ""
    shared = (
        ceiling - q.end == len(tail) and not _JOINT.search(tail) and text[ceiling : ceiling + 1].isalnum()
    )
    if ceiling - q.end == len(tail):
        tail = _JOINT.sub("", tail)
    plain = q.exact and q.kind in (QKind.COUNT, QKind.MONEY)
    return Item(q, gap, lead, tail, sep, shared, _HEAD.sub("", lead) or tail, plain)


def _outside(gap: str) -> str:
    """The gap without what stands in brackets."""
    if "（" not in gap and "）" not in gap:
        return gap
    depth, out = 0, []
    for char in gap:
        if char == "（":
            depth += 1
        elif char == "）":
            depth = max(0, depth - 1)
        elif depth == 0:
            out.append(char)
    return "".join(out)


def _brackets(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Outermost bracket pairs of the period as (position of （, position of ）)."""
    out: list[tuple[int, int]] = []
    if text.find("（", start, end) < 0:
        return out
    opened, depth = -1, 0
    for position in range(start, end):
        char = text[position]
        if char == "（":
            if depth == 0:
                opened = position
            depth += 1
        elif char == "）" and depth:
            depth -= 1
            if depth == 0:
                out.append((opened, position))
    return out


def _inside(pairs: Sequence[tuple[int, int]], position: int) -> tuple[int, int] | None:
    low, high = 0, len(pairs)
    while low < high:
        middle = (low + high) // 2
        if pairs[middle][1] < position:
            low = middle + 1
        else:
            high = middle
    return pairs[low] if low < len(pairs) and pairs[low][0] < position < pairs[low][1] else None


def _without_idioms(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Drops 三件 or 一次 written out unless the sentence counts that way elsewhere too."""
    if not any(q.spelled for q in found):
        return list(found)
    counted: dict[str, int] = {}
    alone: set[int] = set()
    rated = max((q.start for q in found if q.kind is QKind.RATE), default=-1)
    for q in found:
        if q.kind is not QKind.COUNT or text[q.start : q.end][:1].isdigit():
            continue
        # 七件陈年积案啃下五件，化解率…: with a rate behind it, a clause may begin with its whole.
        if q.spelled and (_stands_alone(text, q) or (q.start < rated and _opens_clause(text, q))):
            alone.add(q.start)
        counted[q.group] = counted.get(q.group, 0) + (not q.spelled or q.start in alone)
    figures = [q.group for q in found if q.kind is QKind.COUNT and not q.spelled]
    return [
        q for q in found
        if not q.spelled
        or (counted.get(q.group, 0) >= 2 and q.start in alone)
        # 保留26项，降低标准9项，其余七项: the rest of what was told in Arabic figures.
        or (figures.count(q.group) >= 2 and _LEFT.search(text, max(0, q.start - 5), q.start))
    ]  # fmt: skip


def _opens_clause(text: str, q: Quantity) -> bool:
    return text[q.start - 1 : q.start] in ("", "，", "。", "；", "\n") and bool(_NOUN.match(text, q.end))


def _stands_alone(text: str, q: Quantity) -> bool:
    """True when a clause ends with the quantity and does not speak of every or each: 受理九件，."""
    if text[q.end : q.end + 1] not in ("，", "。", "；", "、", "）", "（", "\n", "") and not _STILL.match(
        text, q.end
    ):
        return bool(_LEFT.search(text, max(0, q.start - 5), q.start))
    return not _EACH.search(text[max(0, q.start - 8) : q.start])
