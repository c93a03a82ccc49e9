"""Lists right behind 中: 732件案件中食品安全类241件、…; 198件中满意191件、基本满意9件."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.figures.families import FAMILIES
from auditor.figures.judge import total
from auditor.figures.lists import WITHIN, like
from auditor.figures.passages import Item

_EXCLUSIVE = tuple(
    family
    for family in FAMILIES
    if family.name in ("受理情况", "去留", "查证结果", "公开答复", "评查等次", "复议结果", "满意程度", "准驳")
)


def enumerated(items: Sequence[Item], index: int) -> bool:
    """732件案件中食品安全类241件、产品质量类87件、…: at least three side by side right behind their whole."""
    whole, members = items[index - 1], items[index : index + 3]
    return (
        len(members) == 3
        and whole.plain
        and all(like(whole, m) and m.plain and m.lead for m in members)
        and all(m.sep == "、" for m in members[1:])
    )


def beyond(items: Sequence[Item], index: int) -> bool:
    """198件中满意191件、基本满意9件: two classes that leave each other out are more than there were."""
    whole, pair = items[index - 1], items[index : index + 2]
    if len(pair) < 2 or pair[1].sep != "、" or not all(like(whole, p) and p.plain for p in (whole, *pair)):
        return False
    if total(pair) <= whole.q.amount or any(p.q.amount > whole.q.amount for p in pair):
        return False
    return _exclusive(WITHIN.sub("", pair[0].label), pair[1].label)


def _exclusive(one: str, two: str) -> bool:
    """True when nothing is of both classes: 满意 and 基本满意, 维持 and 撤销; 合格 may hold 优秀, 基本满意以上 holds 满意."""
    if "以上" in one + two:
        return False
    for family in _EXCLUSIVE:
        tags = [
            next((name for name, pattern in family.classes if pattern.search(label)), "")
            for label in (one, two)
        ]
        if all(tags) and tags[0] != tags[1] and "other" not in tags:
            return "passed" not in tags or "failed" in tags
    return False
