"""Which figures a rate can be of at all: sister counts, streams of work and shares handed out in turn bar others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.regex import regex

_SHARE_NAME = regex(r"(?:占比|比例|比重)$")
_ALL = regex(r"^(?:全年|年内|今年|共|累计|总|全[县市区镇局省])+")


def without_sisters(name: str, n: Item, items: Sequence[Item], possible: Sequence[Item]) -> list[Item]:
    """计划内检查6.14万次、计划外检查1.22万次，计划外占比16.6%: what is listed beside others is not the whole of a share."""
    if not _SHARE_NAME.search(name):
        return list(possible)
    listed = {
        i.q.start
        for first, second in pairwise(items)
        if second.sep == "、" and like(first, second)
        for i in (first, second)
    }
    if n.q.start not in listed:
        # 网上312条、来信46条，采纳126条，采纳比例35.2%: both together may be the whole.
        return list(possible)
    return [d for d in possible if d.q.start not in listed or n.label.endswith(_ALL.sub("", d.label) or "|")]


def of_own_stream(period: Period, name: str, n: Item, items: Sequence[Item]) -> bool:
    """投诉办结2402件，调解成功1316件；举报立案163件，立案率21.8%: the second stream has a base of its own, told elsewhere."""
    stem = name.removesuffix("率")
    if n.sep != "；" or not n.lead.endswith(stem) or not 2 <= len(n.lead) - len(stem) <= 6:
        return False
    stop = n.q.start - period.start - len(n.gap) + n.gap.rfind("；")
    part = period.text[period.text.rfind("；", 0, max(0, stop)) + 1 : max(0, stop)]
    start = period.start + stop - len(part)
    told = [i for i in items if start <= i.q.start < n.q.start and like(i, n)]
    return len(told) > 1 and n.lead.removesuffix(stem) not in part


def _run(items: Sequence[Item], index: int) -> list[Item]:
    """The rates handed out by 分别 that ``index`` is one of; empty when there are no two of them."""
    first = index
    while first and items[first].sep == "、" and items[first - 1].q.kind is QKind.RATE:
        first -= 1
    if items[first].q.kind is not QKind.RATE or "分别" not in items[first].gap:
        return []
    rest = takewhile(lambda i: i.q.kind is QKind.RATE and i.sep == "、", items[first + 1 :])
    run = [items[first], *rest]
    return run if len(run) > 1 else []


def of_several(items: Sequence[Item], index: int) -> bool:
    """县级2件、部门3件、乡镇6件，问题率分别为1.1%、1.2%和5.3%: one name for several rates, each of another bearer."""
    run = _run(items, index)
    return bool(run) and len(run[0].q.names) == 1 and all(i.q.names == run[0].q.names for i in run)
