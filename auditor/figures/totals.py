"""Builds the claims of lists that end in their total (共45项, 合计…) or in the rest (其余43人)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from auditor.figures.judge import total
from auditor.figures.lists import AMONG, MOST, MOVED, REST, Claim, like, sums_up
from auditor.figures.passages import RANK, Item, Period

TOLD = Decimal("0.1")
"""全年共…: the sum of what stands before only where it comes this near."""
_YEAR = re.compile(r"^(?:全年|年内|一年来|全年度)(?:共|总共|共计|累计)[^，。；：]{0,4}$")
_NOUN = re.compile(
    r"^[^，。；：]{0,6}(?:共计?|合计|总计|总共|一共|累计)有?[\u4e00-\u9fff]{0,6}?([\u4e00-\u9fff]{2})$"
)
_TOTAL = re.compile(r"(?:共计|合计|总计|总共|一共)(?:为|达)?$")
_GROUPED = re.compile(
    r"^([两三四五六七八九])(?:级|类|项|者|部门|方面|批|地|镇|县|市|家|所)[^，。；：]{0,4}(?:共计?|合计|总计|总共|一共)[^，。；：]{0,10}$"
)
_COUNT = {name: value for value, name in enumerate("两三四五六七八九", 2)}
_ENDING = re.compile(r"(?:总数|总量|总额|总计)(?:为|达|达到)?$")
_STEM = re.compile(r"^([\u4e00-\u9fff]{2,12}?)(?:共计|合计|总计|总共)(?:为|达)?$")
_SPANS = (
    (re.compile(r"^全年"), frozenset({"一季度", "二季度", "三季度", "四季度"})),
    (re.compile(r"^全年"), frozenset({"上半年", "下半年"})),
    (re.compile(r"^(?:上半年|半年)"), frozenset({"一季度", "二季度"})),
    (re.compile(r"^前三季度"), frozenset({"一季度", "二季度", "三季度"})),
)


def whole_span(whole: Item, parts: Sequence[Item]) -> bool:
    """True when the parts are the quarters or halves of the span that ``whole`` names."""
    if len(parts) == 4 and re.match("全年", whole.lead) and "四个季度" in parts[0].lead:
        return True
    told = [re.findall(r"[一二三四]季度|[上下]半年", p.lead) for p in parts]
    if any(len(words) != 1 for words in told):
        return False
    names = frozenset(words[0] for words in told)
    return len(names) == len(parts) and any(w.search(whole.lead) and names == need for w, need in _SPANS)


def total_claims(period: Period) -> list[Claim]:
    """Lists that end in 共45项, 合计…."""
    out = []
    items = period.items
    for index, item in enumerate(items):
        if index < 2 or not item.plain or AMONG.search(item.gap):
            continue
        before = [i for i in range(index) if like(items[i], item) and items[i].q.kind is item.q.kind]
        limit: Decimal | None = None
        spans = any(re.search(r"季度|半年", items[i].lead) for i in before)
        if spans and item.lead.startswith("全年") and not whole_span(item, [items[i] for i in before]):
            # 一、二、四季度 and 全年: a quarter is not told.
            continue
        parts_before = [items[i] for i in before]
        if not sums_up(item) and not whole_span(item, parts_before) and not _same_noun(item, parts_before):
            if item.sep != "，" or not (_YEAR.search(item.lead) or _ENDING.search(item.lead)):
                continue
            limit = TOLD
        if "累计" in item.lead:
            limit = TOLD
        before = before[-MOST:]
        if len(before) < 2 or not all(items[i].plain for i in before) or before[-1] < index - 2:
            continue
        chosen = [before[-1]]
        style = items[before[-1]].sep
        for at in reversed(before[:-1]):
            below = items[chosen[0]]
            if chosen[0] - at > 2 or RANK[below.sep] > max(1, RANK[style]) or AMONG.search(below.gap):
                break
            chosen.insert(0, at)
        parts = tuple(items[i] for i in chosen)
        if len(chosen) < 2 or any(MOVED.search(p.lead) for p in parts):
            continue
        stock = any(re.search(r"新增|新建|新设|注销|撤并|增补", p.lead) for p in parts)
        if stock and not re.search(r"涉及|调整|合计|共计", item.lead):
            continue
        sums: set[Decimal] = set()
        running = Decimal(0)
        for count, at in enumerate(reversed(before), 1):
            running += items[at].q.amount
            sums.add(items[at].q.amount)
            if count > 1:
                sums.add(running)
        out.append(Claim(item, parts, "total", True, False, style, tuple(sums), (item.q.amount,), limit))
    return out


def _head(part: Item) -> str:
    """First two characters of a label without the words for the year; something that occurs nowhere when too short."""
    label = re.sub(r"^(?:今年|全年|年内|本年度?|共)+", "", part.label)
    return label[:2] if len(label) >= 2 else "\0"


def _same_noun(item: Item, parts: Sequence[Item]) -> bool:
    """配备专职网格员368名，兼职网格员142名，共有网格员510名."""
    if grouped := _GROUPED.match(item.lead):
        return len(parts) == _COUNT[grouped[1]]
    if len(parts) > 1 and _TOTAL.search(item.lead) and all(_head(p) in item.lead for p in parts):
        # 新建38个，改造提升26个，新建和改造提升共计64个.
        return True
    if (stem := _STEM.match(item.lead)) and len(parts) > 1:
        return all(stem[1][:2] in p.label for p in parts[-2:])
    match = _NOUN.search(item.lead)
    return match is not None and len(parts) > 1 and all(p.label.endswith(match[1]) for p in parts[-2:])


def rest_claims(period: Period) -> list[Claim]:
    """其余43人: what came before and the rest make the whole."""
    out = []
    items = period.items
    for index, item in enumerate(items):
        if index < 2 or not item.plain or not REST.search(item.lead):
            continue
        before = [i for i in range(max(0, index - MOST), index) if like(items[i], item)]
        if len(before) < 2 or not all(items[i].plain for i in before):
            continue
        candidates = [
            i for i in before[:-1]
            if items[i].q.amount > max([items[k].q.amount for k in before if k > i] + [item.q.amount])
        ]  # fmt: skip
        if not candidates:
            continue
        at = candidates[-1]
        parts = (*(items[k] for k in before if k > at), item)
        sums: set[Decimal] = set()
        for start in range(len(before)):
            sums.add(total([items[k] for k in before[start:]]) + item.q.amount)
            sums.add(items[before[start]].q.amount + item.q.amount)
        wholes = {items[i].q.amount for i in before}
        out.append(Claim(items[at], parts, "rest", True, False, "，", tuple(sums), tuple(wholes)))
    return out
