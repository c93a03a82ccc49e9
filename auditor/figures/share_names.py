"""Whose share is told: 大气和噪声两类占77.3% names members of the list before it, 分别占 hands shares out in turn."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.figures.lists import like
from auditor.figures.passages import Item
from auditor.regex import regex

_NAMED = regex(
    r"(?:^|，)(?P<names>[\u4e00-\u9fffA-Z、]{4,40}?)(?:[等这]?[两三四五六]个?(?:大类|类型?|项|者|种|个|部分|方面|行业|领域|渠道|环节)?)?"
    r"(?:案件|事项|问题|投诉|举报|纠纷|诉求)?(?:合计|合起来|加起来|共计?|累计|一共|就)?占[^，。；：、]{0,12}$"
)
_MARK = regex(r"、|(?<![参总饱缓温附])和(?![解谐])|(?<![参给赋授])与(?!会)|(?<![普涉以])及(?![时其格])")


def named_members(before: Sequence[Item], rate: Item) -> list[Item] | None:
    """The members that the clause of ``rate`` names, in any short form; None: it names none, empty: not to be told."""
    told = _NAMED.search(rate.gap)
    names = _MARK.split(told["names"]) if told else []
    if len(names) < 2 or "分别" in rate.gap:
        return None
    found = [_named(before, name) for name in names]
    members = [item for item in found if item is not None]
    apart = len({item.q.start for item in members}) == len(names)
    return members if apart and all(like(item, members[0]) for item in members) else []


def _named(before: Sequence[Item], name: str) -> Item | None:
    """大气 for 大气污染746件; None where no label or several bear the name."""
    stem = name.removesuffix("类")
    found = [i for i in before if i.plain and len(stem) > 1 and stem in i.label]
    return found[0] if len(found) == 1 else None


def of_other_measures(flat: Sequence[Item], index: int) -> bool:
    """287件、标的额1.94亿元，分别占44.8%和41.9%: the first share is not that of the figure right before it."""
    return index > 1 and "分别" in flat[index].gap and not like(flat[index - 2], flat[index - 1])
