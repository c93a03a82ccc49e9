"""Builds the claims of full sets of outcomes that follow their whole without 其中: 受理9件、不予受理2件."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from auditor.figures.families import CARRIED, FAMILIES, Family
from auditor.figures.judge import total
from auditor.figures.lists import AMONG, MOST, Claim, like, run, whole_readings
from auditor.figures.passages import Item, Period


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


