"""Builds the claims of totals that call their parts by name or count papers of several kinds: 两类合计200件."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from auditor.figures.judge import total
from auditor.figures.lists import MOST, Claim, like
from auditor.figures.numerals import DIGITS
from auditor.figures.passages import Item, Period
from auditor.figures.totals import MANY, MIXED, TOLD, papers, side_by_side
from auditor.regex import regex

_KINDS = regex(r"(?:以上|上述)?([两二三四五])(?:类|项|者|种)(?:文件|事项|材料)?(?:合计|共计|总计|共)")
_NAMED = regex(
    r"(?:(?P<count>[两二三四五])个?(?:大类|类|项|者|级|种|部分|领域|方面|部门|家)?)?(?:案件|纠纷|问题|事项|人员|资金)?"
    r"(?:合计|总计|一共|共计|合起来|加起来|共)(?:[有为达是])?$"
)
_PAPERS = frozenset({"件", "份", "部", "本"})
_OPENER = regex(r"^(?:其中|全年|年内|受理|办理|收到|接到|化解|调处|处理|查处)+")
_JOINTS = regex(r"[、和与及]")


def named_claims(period: Period) -> list[Claim]:
    """其中房屋买卖和物业服务两类合计200件: the parts are called by their names."""
    out = []
    items = period.items
    for index, item in enumerate(items):
        match = _NAMED.search(item.lead) if index >= 2 and item.plain else None
        if match is None:
            continue
        names = _JOINTS.split(_OPENER.sub("", item.lead[: match.start()]))
        if not 2 <= len(names) <= 5:
            continue
        if match["count"] and len(names) != DIGITS[match["count"]]:
            continue
        pool = [i for i in items[max(0, index - MOST) : index] if like(i, item) and i.plain and i.label]
        chosen = []
        for name in names:
            hits = [i for i in pool if _called(i, name)]
            if len(hits) == 1:
                chosen.append(hits[0])
        if len(chosen) != len(names) or len({i.q.start for i in chosen}) != len(names):
            continue
        out.append(Claim(item, tuple(chosen), "total", True, False, "、", (), (item.q.amount,)))
    return out


def _called(part: Item, name: str) -> bool:
    label = regex(r"^.*(?:分为|分别为|包括)").sub("", part.label)
    label = regex(r"(?:方面|领域)?(?:类|型|案件|纠纷|事项|问题)*(?:有|为)?$").sub("", label)
    name = regex(r"(?:类|型)?(?:案件|纠纷|事项|问题)?$").sub("", name)
    if not part.lead and part.shared:
        # 300件纠纷分为房屋买卖126件: the words behind the whole belong to the first part.
        return False
    return len(name) >= 2 and (
        label == name or (len(label) >= 2 and (label.startswith(name) or name.startswith(label)))
    )


def mixed_claims(period: Period) -> list[Claim]:
    """议题72件、合同133份，合计205件: papers counted in different measure words."""
    items = period.items
    out = []
    for one, two, whole in zip(items, items[1:], items[2:], strict=False):
        if whole.lead not in ("合计", "共计", "共", "总计") or whole.sep != "，" or two.sep != "、":
            continue
        units = {one.q.unit, two.q.unit, whole.q.unit}
        if not (one.plain and two.plain and whole.plain) or len(units) != 2 or not units <= MIXED:
            continue
        if whole.tail or one.sep == "、" or like(one, two):
            continue
        out.append(Claim(whole, (one, two), "total", True, False, "、", (), (whole.q.amount,), TOLD))
    for index, whole in enumerate(items):
        if len(told_of := papers(items, index)) > 2:
            parts = tuple(told_of)
            out.append(Claim(whole, parts, "total", True, False, "、", (), (whole.q.amount,), TOLD))
    for index, whole in enumerate(items):
        told = _KINDS.fullmatch(whole.lead)
        count = DIGITS[told[1]] if told else 0
        if not told or index < count or whole.sep != "，" or not whole.plain or whole.tail:
            continue
        parts = tuple(items[index - count : index])
        units = {p.q.unit for p in (*parts, whole)}
        if len(units) < 2 or not units <= MIXED or not all(p.plain for p in parts):
            continue
        if any(p.sep != "、" for p in parts[1:]) or parts[0].sep == "、":
            continue
        out.append(Claim(whole, parts, "total", True, False, "、", (), (whole.q.amount,), TOLD))
    for index, whole in enumerate(items):
        if index > 1 and (parts := tuple(side_by_side(items, index))):
            if "等" in whole.lead or any(p.tail.startswith("等") for p in parts):
                continue
            # Only what is counted like the whole may be meant, or only the last few.
            sums = (
                total([p for p in parts if like(p, whole)]),
                *(total(parts[k:]) for k in range(len(parts))),
            )
            out.append(Claim(whole, parts, "total", True, False, "、", sums, (whole.q.amount,), MANY))
        if index > 1 and (parts := tuple(_clause_by_clause(items, index))):
            sums = tuple(total(some) for count in (1, 2, 3) for some in combinations(parts, count))
            out.append(Claim(whole, parts, "total", True, False, "，", sums, (whole.q.amount,), TOLD))
    return out


def _clause_by_clause(items: Sequence[Item], index: int) -> list[Item]:
    """审查合同73件，出具意见书29份，共计102件: one paper in every clause; empty where it is told otherwise."""
    whole = items[index]
    if whole.lead not in ("共计", "合计", "总计") or whole.sep != "，" or whole.tail or not _paper(whole):
        return []
    first = index
    while first and _paper(items[first - 1]) and items[first].sep == "，" and index - first < 4:
        first -= 1
    parts = list(items[first:index])
    if first and items[first].sep == "、":
        return []
    told = all(p.lead and not p.tail and "其中" not in p.gap for p in parts)
    return parts if len(parts) > 1 and told and len({p.q.group for p in parts}) > 1 else []


def _paper(item: Item) -> bool:
    return item.plain and item.q.unit in _PAPERS
