"""Builds the claims that parts make up a whole: announced lists, brackets, totals, full sets of outcomes, rests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from auditor.figures.families import CARRIED, FAMILIES, Family
from auditor.figures.judge import total
from auditor.figures.lists import (
    AMONG,
    BY,
    INCLUDE,
    MOST,
    MOVED,
    REST,
    SPLIT,
    Claim,
    closed_list,
    is_loose,
    last_like,
    like,
    prefix_sums,
    run,
    sums_up,
    trimmed,
    whole_readings,
)
from auditor.figures.passages import RANK, Item, Period


def cue_claims(period: Period, previous: Period | None) -> list[Claim]:
    """Lists that 其中, 包括, 分为 or 从…看 announce."""
    items, out = period.items, []
    for index, item in enumerate(items):
        if not item.plain:
            continue
        kind = (
            "among" if AMONG.search(item.gap)
            else "by" if BY.search(item.gap)
            else "split" if SPLIT.search(item.gap)
            else "include" if INCLUDE.search(item.gap)
            else ""
        )  # fmt: skip
        if not kind:
            continue
        indices, style = run(items, index)
        indices = trimmed(items, indices, style)
        parts = tuple(items[i] for i in indices)
        at = last_like(items[:index], item)
        earlier = [i for i in previous.items if i.plain] if previous else []
        if at is None:
            if kind != "by" or previous is None or (j := last_like(previous.items, item, 12)) is None:
                continue
            whole = previous.items[j]
        else:
            whole = items[at]
        if kind == "split" and (at is None or at < index - 1 or len(item.gap) > 24):
            continue
        wholes = whole_readings(items[:index], item, earlier)
        if kind == "by":
            nearest = min(wholes, key=lambda w: (abs(w - total(parts)), w))
            pool = [i for i in [*earlier, *items[:index]] if like(i, item) and i.q.amount == nearest]
            whole = pool[-1] if pool else whole
        out.append(
            Claim(
                whole,
                parts,
                kind,
                closed_list(parts) or (kind == "split" and len(parts) > 1),
                is_loose(item.gap, parts),
                style,
                tuple(prefix_sums(items, indices, style)),
                tuple(wholes),
            )
        )
    return out


def bracket_claims(period: Period) -> list[Claim]:
    """Lists in brackets behind a total."""
    out = []
    for parent, inner in period.brackets:
        if parent < 0 or not inner:
            continue
        whole = period.items[parent]
        first = next((k for k, i in enumerate(inner) if i.plain and like(i, whole)), None)
        if first is None or not whole.plain or whole.q.end + 12 < inner[0].q.start - len(inner[0].lead) - 2:
            continue
        indices, style = run(inner, first)
        parts = tuple(inner[i] for i in indices)
        sums = tuple(prefix_sums(inner, indices, style))
        gap = inner[first].gap
        out.append(
            Claim(
                whole,
                parts,
                "bracket",
                closed_list(parts),
                is_loose(gap, parts),
                style,
                sums,
                (whole.q.amount,),
            )
        )
    return out


def whole_year(parts: Sequence[Item]) -> bool:
    """True when the parts are the quarters or the halves of a year."""
    told = [set(re.findall(r"[一二三四]季度|[上下]半年", p.lead)) for p in parts]
    return all(told) and len(parts) in (2, 4) and len(set().union(*told)) == len(parts)


def total_claims(period: Period) -> list[Claim]:
    """Lists that end in 共45项, 合计…."""
    out = []
    items = period.items
    for index, item in enumerate(items):
        if index < 2 or not item.plain or AMONG.search(item.gap):
            continue
        before = [i for i in range(index) if like(items[i], item) and items[i].q.kind is item.q.kind]
        if not sums_up(item) and not (
            item.lead.startswith("全年") and whole_year([items[i] for i in before])
        ):
            continue
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
        out.append(Claim(item, parts, "total", True, False, style, tuple(sums), (item.q.amount,)))
    return out


def family_claims(period: Period) -> list[Claim]:
    """Full sets of outcomes that follow their whole without 其中."""
    out = []
    items = period.items
    for family in FAMILIES:
        tags = [family.tag(i) if i.plain else None for i in items]
        index = 0
        while index < len(items):
            if tags[index] is None:
                index += 1
                continue
            chosen = [index]
            skip: set[int] = set()
            for later in range(index + 1, min(len(items), index + 2 * MOST)):
                item = items[later]
                if later in skip or not like(item, items[index]) or not item.plain:
                    continue
                if AMONG.search(item.gap):
                    skip |= set(run(items, later)[0])
                    continue
                if tags[later] is None:
                    break
                if family.whole.search(item.lead) and later > index and _restarts(item):
                    break
                chosen.append(later)
            present = [tags[i] for i in chosen]
            if len(chosen) >= 2 and family.complete(present):
                claim = _family_claim(items, chosen, family, tags)
                if claim:
                    out.append(claim)
                    index = chosen[-1] + 1
                    continue
            index += 1
    return out


def _restarts(item: Item) -> bool:
    return bool(re.search(r"收到|接到|新收", item.lead))


def _family_claim(
    items: Sequence[Item], chosen: Sequence[int], family: Family, tags: Sequence[str | None]
) -> Claim | None:
    parts = tuple(items[i] for i in chosen)
    biggest = max(p.q.amount for p in parts)
    before = [i for i in range(chosen[0]) if like(items[i], parts[0]) and items[i].q.kind is parts[0].q.kind]
    if any(not items[i].plain for i in before[-2:]):
        return None
    usable = [
        i for i in before
        if items[i].q.amount >= biggest and family.whole.search(items[i].words) and not CARRIED.search(items[i].lead)
        and not re.search(r"不予|未", items[i].lead) and chosen[0] - i <= 5
    ]  # fmt: skip
    if not usable:
        # Nothing is large enough: then only a whole that stands right before the list can be meant.
        at = before[-1] if before else -1
        near = at >= 0 and chosen[0] - at == 1 and family.whole.search(items[at].lead)
        if not near or not items[at].plain or re.search(r"不予|未", items[at].lead):
            return None
        usable = [at]
    whole = items[usable[-1]]
    wholes = whole_readings([items[i] for i in before], parts[0])
    carried = any(CARRIED.search(items[i].lead) for i in before)
    if carried and whole.q.amount in wholes:
        # 上年结转5件，新收30件: only both together are what has to be dealt with.
        joint = sum((items[i].q.amount for i in before if CARRIED.search(items[i].lead)), Decimal(0))
        wholes.add(whole.q.amount + joint)
    sums = {total(parts)}
    running = Decimal(0)
    for count, part in enumerate(parts, 1):
        running += part.q.amount
        if family.complete([tags[i] for i in chosen[:count]]):
            sums.add(running)
    sums |= _leading(items, chosen)
    return Claim(whole, parts, "family", True, False, "，", tuple(sums), tuple(wholes))


def _leading(items: Sequence[Item], chosen: Sequence[int]) -> set[Decimal]:
    """Sums with one more neighbour on the right: 另有1件 may stand behind without a word of the family."""
    out: set[Decimal] = set()
    running = total([items[i] for i in chosen])
    for later in range(chosen[-1] + 1, min(len(items), chosen[-1] + 4)):
        if like(items[later], items[chosen[0]]) and items[later].plain:
            running += items[later].q.amount
            out.add(running)
    return out


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
