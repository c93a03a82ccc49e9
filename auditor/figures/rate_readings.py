"""Every fair reading of what a rate divides: where one of them gives the stated figure, nothing is said."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from auditor.figures.judge import HUNDRED, ratio_bounds, states
from auditor.figures.lists import like
from auditor.figures.passages import Item
from auditor.figures.rate_words import LISTED
from auditor.figures.shares import fits
from auditor.regex import regex

_BAD = regex(r"[不未差无否违超失缺逾漏退剩余错]|问题|检出|例外")

_VERDICT = regex(r"维持|纠错|胜诉|败诉|满意|合格|驳回|撤销|违法|成功|办结|审结|未结")


def with_carried(rate: Item, before: Sequence[Item], added: Sequence[Item]) -> bool:
    """上年结转4件。今年新接46件，办结45件，办结率90%: what the sentence before carried over is dealt with too."""
    plain = [i for i in before if i.plain][-4:]
    return any(
        fits(rate, n.q.amount, d.q.amount + old.q.amount)
        for old in added
        for n in plain
        for d in plain
        if n is not d and like(n, d) and like(n, old)
    )


def fits_somehow(
    rate: Item, n: Item, numerators: Sequence[Item], items: Sequence[Item], denominators: Sequence[Item]
) -> bool:
    """True when any fair pair of figures, or of their sums, gives the stated rate."""
    same = [i for i in items if like(i, n)]
    left_out = [i for i in (n, *(i for i in same[-6:] if i is not n)) if _BAD.search(i.label)]
    siblings = beside(n, same)
    denominators = [d for d in denominators if not any(d is other for other in siblings)]
    for d in same:
        if any(d is other for other in siblings):
            continue
        bounds = ratio_bounds(n, d) if d is not n else None
        if bounds and states(rate.q, *bounds):
            return True
        if any(_leaves_out(rate, bad, d) for bad in left_out if _beside_in(bad, n, d)):
            return True
    for first in numerators:
        for d in same:
            if first is n and any(d is other for other in siblings):
                continue
            if d is not first and fits(rate, first.q.amount, d.q.amount):
                # A pair of an earlier subject speaks for that subject only when no figure stands between.
                if first is not n and rate.q.value == 100:
                    continue
                return True
    values = [i.q.amount for i in denominators]
    for start in range(len(values)):
        running = Decimal(0)
        for value in values[start : start + 6]:
            running += value
            if fits(rate, n.q.amount, running):
                return True
    if _fits_run(rate, n, same):
        return True
    joint = sum((i.q.amount for i in numerators), Decimal(0))
    others = sum((i.q.amount for i in same if i not in numerators), Decimal(0))
    if fits(rate, joint, others):
        return True
    return any(fits(rate, joint, d.q.amount) for d in denominators)


def _beside_in(bad: Item, n: Item, whole: Item) -> bool:
    """True when the whole has room for both; a figure beside itself takes its room once."""
    return bad is not whole and (bad is n or bad.q.amount + n.q.amount <= whole.q.amount)


def _leaves_out(rate: Item, bad: Item, whole: Item) -> bool:
    """差评1条 of 6012 and 好评率99.98%, 不合格3卷、基本合格20卷 of 120 and 合格率97.5%: one figure is what the rate leaves out."""
    bounds = ratio_bounds(bad, whole)
    return bounds is not None and states(rate.q, HUNDRED - bounds[1], HUNDRED - bounds[0])


def beside(n: Item, same: Sequence[Item]) -> list[Item]:
    """审结9件，胜诉8件、败诉1件: the other parts of the whole told right before; no rate is taken of one of them."""
    at = next((k for k, i in enumerate(same) if i is n), 0)
    for first in range(at, max(0, at - 4), -1):
        for last in range(max(at, first + 1), min(len(same), first + 5)):
            parts = same[first : last + 1]
            whole = same[first - 1]
            listed = all(i.sep == "、" for i in parts[1:]) or all(_VERDICT.search(i.label) for i in parts)
            if listed and sum((i.q.amount for i in parts), Decimal(0)) == whole.q.amount:
                return [i for i in parts if i is not n]
    return []


def _fits_run(rate: Item, n: Item, same: Sequence[Item]) -> bool:
    """True for n of itself and its neighbours (调撤486件，裁决512件), or of n with those before it (优秀, 良好, 及格)."""
    at = next((k for k, i in enumerate(same) if i is n), None)
    if at is None:
        return False
    running = n.q.amount
    for other in same[at + 1 : at + 5]:
        running += other.q.amount
        if fits(rate, n.q.amount, running):
            return True
    running = n.q.amount
    for other in same[at + 1 : at + 5]:
        if other.sep != "、" or any(kind.search(other.label) for kind in (_BAD, _VERDICT, LISTED)):
            break
        # 取得专业证书900人、岗位证书240人: the verb of the first goes for both.
        running += other.q.amount
        if any(fits(rate, running, d.q.amount) for d in same[:at]):
            return True
    running = n.q.amount
    for k in range(at - 1, max(-1, at - 6), -1):
        running += same[k].q.amount
        if any(fits(rate, running, d.q.amount) for d in same[:k]):
            return True
    return False
