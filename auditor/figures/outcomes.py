"""Builds the claims of full sets of outcomes that follow their whole without 其中: 受理9件、不予受理2件."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec.structs import replace

from auditor.figures.families import ADJUSTED, CARRIED, FAMILIES, RETURNED, RULED, Family
from auditor.figures.judge import total
from auditor.figures.lists import AMONG, MOST, Claim, like, nested, opposites, run, whole_readings
from auditor.figures.passages import Item, Period
from auditor.regex import regex

FAR = Decimal("0.5")
"""And one that it knows is given up when the parts are further off than this."""
NEAR = Decimal("0.18")
"""A whole that the family does not know by its words is believed when the parts come this near to it."""


def family_claims(period: Period, previous: Period | None) -> list[Claim]:
    """Full sets of outcomes that follow their whole without 其中."""
    out = []
    items = period.items
    groups = [item.q.group for item in items if item.plain]
    alike = max((groups.count(group) for group in set(groups)), default=0)
    if alike < 2 or (alike == 2 and (previous is None or not previous.items)):
        return []
    for family in (*FAMILIES, RETURNED, RULED, ADJUSTED):
        if not family.possible(period.text):
            continue
        tags = [family.tag(i) if i.plain and not _ADDED.match(i.lead) else None for i in items]
        if sum(tag is not None for tag in tags) < 2:
            continue
        index = 0
        while index < len(items):
            if tags[index] is None:
                index += 1
                continue
            chosen = _members(items, index, family, tags)
            present = [tags[i] for i in chosen]
            if len(chosen) >= 2 and family.complete(present):
                claim = _family_claim(items, chosen, family, tags, previous)
                older = (_left_out(period, claim.whole) or _held(period, claim)) if claim else ()
                if claim and not claim.carried and older:
                    claim = replace(
                        claim, carried=older, wholes=(*claim.wholes, claim.whole.q.amount + total(older))
                    )
                if claim and _doubtful(period, family, claim):
                    claim = None
                if claim:
                    out.append(claim)
                if claim or items[chosen[1]].sep == "、":
                    # 抽查案卷中优秀42卷、良好36卷、合格12卷: a list without its whole is no whole and its parts.
                    index = chosen[-1] + 1
                    continue
            index += 1
    return out


def _left_out(period: Period, whole: Item) -> tuple[Item, ...]:
    """受理512件（不含上年结转46件）: what was carried over is told in brackets and comes on top."""
    return tuple(
        inner[0]
        for parent, inner in period.brackets
        if parent >= 0
        and period.items[parent] is whole
        and len(inner) == 1
        and inner[0].plain
        and like(inner[0], whole)
        and _NOT_COUNTED.search(inner[0].gap)
        and CARRIED.search(inner[0].lead)
    )


def _held(period: Period, claim: Claim) -> tuple[Item, ...]:
    """新收96件，办结101件（含上年结转11件），在办6件: what was carried over is among the outcomes and comes on top of 96."""
    if total(claim.parts) <= claim.whole.q.amount:
        return ()
    told = [
        (period.items[parent], inner[0])
        for parent, inner in period.brackets
        if parent >= 0
        and len(inner) == 1
        and inner[0].plain
        and like(inner[0], claim.whole)
        and _OLDER.search(inner[0].lead)
        and not _NOT_COUNTED.search(inner[0].gap)
    ]
    told += [
        (one, two)
        for one, two in pairwise(period.items)
        if two.plain and like(one, two) and AMONG.search(two.gap) and _OLDER.search(two.lead)
    ]
    if any(parent is claim.whole for parent, _ in told):
        # 办理107件（含上年结转11件）: the whole holds them already.
        return ()
    return tuple(older for parent, older in told if any(parent is p for p in claim.parts))


def _members(items: Sequence[Item], first: int, family: Family, tags: Sequence[str | None]) -> list[int]:
    """Indices of the outcomes that follow ``first`` without another matter between them."""
    chosen, skip = [first], set[int]()
    for later in range(first + 1, min(len(items), first + 2 * MOST)):
        item = items[later]
        if later in skip or not like(item, items[first]) or not item.plain or nested(items, later):
            continue
        if AMONG.search(item.gap):
            skip |= set(run(items, later)[0])
            continue
        if tags[later] is None or _of_another(item):
            break
        if family.whole.search(item.lead) and _restarts(item):
            break
        chosen.append(later)
    return chosen


def _of_another(item: Item) -> bool:
    """提出修改意见31件；对现行有效的13件文件…: behind ； a figure with its noun is what the next list divides."""
    return item.sep == "；" and item.lead.endswith("的") and item.tail != ""


def _doubtful(period: Period, family: Family, claim: Claim) -> bool:
    """True when the outcomes need not make up what the family found to be their whole."""
    if family is RETURNED:
        return _open_or_again(period, claim)
    if family not in (RULED, ADJUSTED):
        return False
    whole, made = claim.whole.q.amount + total(claim.carried), total(claim.parts)
    if not family.whole.search(claim.whole.words):
        return True
    if family is RULED:
        # One case may be won at first and lost on appeal.
        return made <= whole or regex(r"二审|再审|上诉|抗诉").search(period.text) is not None
    # 调整后清单共428项，新增26项、取消32项、变更44项: far fewer than that were touched.
    return whole - made > whole * NEAR or "后" in claim.whole.lead


def _open_or_again(period: Period, claim: Claim) -> bool:
    """准予74件，退回5件 of 86: the others are still looked at; 退回3件，补正后重新登记: these were granted later."""
    if not all(_PLAINLY.fullmatch(p.label) for p in claim.parts):
        return True
    return total(claim.parts) <= claim.whole.q.amount or _AGAIN.search(period.text) is not None


def denied_claims(period: Period) -> list[Claim]:
    """Two neighbours of which one denies the other: 采纳74条，未采纳54条."""
    out = []
    items = period.items
    for index in range(1, len(items) - 1):
        one, two = items[index], items[index + 1]
        if not (one.plain and two.plain and like(one, two)) or two.sep == "；" or AMONG.search(two.gap):
            continue
        if one.sep in ("、", "；") or not opposites(one.label, two.label):
            continue
        before = [i for i in items[max(0, index - 4) : index] if like(i, one) and i.q.kind is one.q.kind]
        if not before or not before[-1].plain or before[-1] is not items[index - 1]:
            continue
        wholes = whole_readings(before, one)
        joint, sums = total((one, two)), {total((one, two))}
        for other in reversed(before):
            # 优秀35卷，合格20卷，不合格20卷: the figure before may be one more part.
            joint += other.q.amount
            sums.add(joint)
        sums |= _leading(items, (index, index + 1))
        out.append(
            Claim(before[-1], (one, two), "family", True, False, "，", tuple(sums), tuple(wholes), NEAR)
        )
    return out


def _restarts(item: Item) -> bool:
    return bool(regex(r"收到|接到|新收").search(item.lead))


def _family_claim(
    items: Sequence[Item],
    chosen: Sequence[int],
    family: Family,
    tags: Sequence[str | None],
    previous: Period | None,
) -> Claim | None:
    parts = tuple(items[i] for i in chosen)
    before = [i for i in range(chosen[0]) if like(items[i], parts[0]) and items[i].q.kind is parts[0].q.kind]
    if any(not items[i].plain for i in before[-2:]):
        return None
    known, limit = _whole(items, chosen, family, before), FAR
    earlier = [i for i in previous.items if i.plain] if previous and not before else []
    if known is None:
        pool = [
            items[i]
            for i in before[-2:]
            if chosen[0] - i <= 2 and parts[0].sep != "；" and _dominates(items, i, chosen)
        ] or _answered(earlier, parts[0], family)
        known, limit = pool[-1] if pool else None, NEAR
    if known is None or (family.name != "罚没" and _NOT_WHOLE.search(known.lead)):
        return None
    pool = _since_stop(items, before, known)
    wholes = whole_readings(pool, parts[0], earlier)
    carried = tuple(i for i in pool if CARRIED.search(i.lead) and i is not known)
    if carried and any(total(carried) + i.q.amount == known.q.amount for i in pool if i not in carried):
        # 上年结转14件，新收86件，共办理100件: the whole already holds what was carried over.
        carried = ()
    for extra in carried:
        # 上年结转5件，新收30件: only both together are what has to be dealt with.
        wholes |= {i.q.amount + extra.q.amount for i in pool if i is not extra}
    sums = {total(parts)}
    running = Decimal(0)
    for count, part in enumerate(parts, 1):
        running += part.q.amount
        if family.complete([tags[i] for i in chosen[:count]]):
            sums.add(running)
    sums |= _leading(items, chosen)
    order = [tags[i] for i in chosen]
    if family.name == "评查等次" and set(order) == {"excellent", "failed"} and total(parts) < known.q.amount:
        # 240卷，优秀96卷、不合格6卷: the others, which were just good enough, are not told.
        return None
    if "passed" in order and "excellent" in order[order.index("passed") :]:
        if "failed" not in order:
            # 合格57卷、优秀21卷 of 60: the excellent ones passed too.
            return None
        sums.add(total(parts) - parts[order.index("excellent", order.index("passed"))].q.amount)
    if any("累计" in p.lead for p in parts):
        # 今年化解19个，累计化解44个，尚余8个: this year's are among all.
        sums |= {total(parts) - p.q.amount for p in parts}
    return Claim(known, parts, "family", True, False, "，", tuple(sums), tuple(wholes), limit, carried)


def _since_stop(items: Sequence[Item], before: Sequence[int], known: Item) -> list[Item]:
    """The figures since the last ； where the whole is one of them and nothing was carried over before it."""
    pool = [items[i] for i in before]
    stop = max((i for i in before if items[i].sep == "；"), default=0)
    if known.q.start < items[stop].q.start or any(CARRIED.search(i.lead) for i in pool):
        return pool
    return [items[i] for i in before if i >= stop]


_TAKEN_UP = regex(
    r"(?P<name>[\u4e00-\u9fff]{2,8}?)(?:的?(?:案件|申请|事项|诉求|工单|问题|线索)?(?:中|当中|里)，?|的?(?:案件|申请|事项|诉求|工单|问题|线索)?)"
    r"(?:已经?|均|现|共|全年)*(?:按期|依法)?(?:办结|审结|结案|答复|办理完|完成|化解|整改|解决)"
)
_BEFORE_NAME = regex(r"^(?:全年|共|累计|决定|依法|予以|属于|属|其中)+")
_ADDED = regex(r"(?:加上|加之|连同|算上|计入|包括|含)")
"""加上上年未销号的2起: added to the whole, and no outcome."""
_NOT_COUNTED = regex(r"不含|不包[含括]|未含|未包[含括]|不计|未计|除(?!了)|另有|另外|不在内")
_OLDER = regex(rf"{CARRIED.pattern}|积案|旧案|以前年度|[上去前]年|往年|20\d\d年")
_PLAINLY = regex(r"(?:经审[查核]|均|已|依法|直接)?(?:退回|(?:准予|核准|予以|同意)[\u4e00-\u9fff]{2,4})")
_AGAIN = regex(r"补正|补充|完善|修改后|重新|再次|二次|曾|先期|次年|转来")
_NOT_WHOLE = regex(r"不予|未|罚款|处罚决定|(?:制定|出台|印发|起草|新增)(?![^，]*的)")


def _whole(
    items: Sequence[Item], chosen: Sequence[int], family: Family, before: Sequence[int]
) -> Item | None:
    """The figure that the family divides by its words."""
    biggest = max(items[i].q.amount for i in chosen)
    usable = [
        i for i in before
        if items[i].q.amount >= biggest and family.whole.search(items[i].words) and not CARRIED.search(items[i].lead)
        and not regex(r"不予|未").search(items[i].lead) and chosen[0] - i <= 5
    ]  # fmt: skip
    if usable:
        return items[usable[-1]]
    # Nothing is large enough: then only a whole that stands right before the list can be meant.
    at = before[-1] if before else -1
    near = at >= 0 and chosen[0] - at == 1 and family.whole.search(items[at].lead)
    return items[at] if near and items[at].plain else None


def _dominates(items: Sequence[Item], at: int, chosen: Sequence[int]) -> bool:
    return items[at].plain and items[at].q.amount >= max(items[i].q.amount for i in chosen)


def _answered(earlier: Sequence[Item], part: Item, family: Family) -> list[Item]:
    """The only figure of its kind in the sentence before, when the list opens the next one.

    受理84件、不予受理8件。受理案件中已审结79件、未审结5件: of several, the one whose name opens the sentence.
    """
    alike = [i for i in earlier if like(i, part)]
    if len(alike) == 1 and alike[0] is earlier[-1]:
        return alike
    if family.name != "办理进度" or any(CARRIED.search(i.words) for i in earlier):
        return []
    subject = _TAKEN_UP.match(part.gap.lstrip())
    name = _BEFORE_NAME.sub("", subject["name"]) if subject else ""
    # 线索120条，立案56条 and cases: what is counted in another measure word may be more or fewer.
    named = [i for i in alike if name and _BEFORE_NAME.sub("", i.label) == name and i.q.unit == part.q.unit]
    return named if len(named) == 1 else []


def _leading(items: Sequence[Item], chosen: Sequence[int]) -> set[Decimal]:
    """Sums with one more neighbour on the right: 另有1件 may stand behind without a word of the family."""
    out: set[Decimal] = set()
    running = total([items[i] for i in chosen])
    for later in range(chosen[-1] + 1, min(len(items), chosen[-1] + 4)):
        if like(items[later], items[chosen[0]]) and items[later].plain:
            running += items[later].q.amount
            out.add(running)
    return out
