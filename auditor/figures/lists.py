"""Finds lists of parts and the totals they belong to; ``parts.py`` judges them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from auditor.figures.families import CARRIED, FAMILIES, OPEN_ENDED, Family
from auditor.figures.judge import total
from auditor.figures.passages import RANK, Item, Period
from auditor.figures.quantity import QKind

MOST = 16
"""Longest list that is added up."""
AMONG = re.compile(r"其中")
INCLUDE = re.compile(r"(?:包括|包含|涵盖|(?<!包)含(?!量))[：]?[^，。；：]{0,20}$")
SPLIT = re.compile(
    r"(?:分为|分别为|分别是|分别|具体为|具体是|具体包括|构成为|具体如下|即)[：，]?[^，。；：]{0,20}$"
)
BY = re.compile(
    r"(?:从|按|按照)[^，。；]{1,12}?(?:看|来看|分|划分|统计|区分|计)[，：]?|按(?:类别|类型|领域|来源|性质|区域|行业)[，：]?"
)
LOOSE = re.compile(r"主要|重点|特别|尤其|大多|例如|比如|如[：，]|部分为")
TOTAL = re.compile(
    r"(?<!公)(?:总共|共计|合计|总计|一共|共)(?:涉及|计|为|达到|达|有|是|办理|完成|约|调整|动态调整|清理|梳理|受理|审查|审核|处理|"
    r"处置|办结|审结|开展|举办|组织|评查|抽查|检查|发放|收到|查处|征集|排查|接待|取消|修改)?[：]?$"
)
MOVED = re.compile(
    r"(?:由|从|自|较|比|同比|上年|去年|同期|20\d\d年)[^，。；]{0,10}$|(?:增|减|升|降|压|缩|调整|提高|精简|扩大|变更)[^，。；]{0,4}(?:至|到|为)$"
)
"""Words before a figure that is a level or a base and no part of a sum: 由420项减少到380项."""
APART = re.compile(r"^(?:另有|另外|另|此外|同时|并|还|全年|累计|共|其中|已|现)")
SUBTOTAL = re.compile(r"^(?:总共|共计|合计|总计|一共|小计|共)")
REST = re.compile(r"(?:其余|其它|余下|剩下|剩余|其他)(?:的)?$")
ACTION = re.compile(
    r"移送|罚款|没收|罚没|结案|办结|审结|立案|挽回|出动|发放|参与|整改|通报|问责|处分|责令|约谈|督促|开展|组织|查处|签订|达成|"
    r"发现|提出|化解|召开|制定|印发|出台|培训|举办|受理|办理|答复|回复|完成|建立|追究|作出|下达|收缴|追回|解决"
)
"""Verbs that begin another step of the work, not another part of the same thing."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Parts that are said to make up a whole."""

    whole: Item
    parts: tuple[Item, ...]
    kind: str
    """among, bracket, include, split, by, family, total, rest."""
    closed: bool
    """The list claims to be complete by its own words."""
    loose: bool
    """主要…, …等: it says that it is not complete."""
    style: str
    """Mark between the parts."""
    sums: tuple[Decimal, ...]
    """Sums under every fair reading of where the list ends."""
    wholes: tuple[Decimal, ...]
    """Every quantity that could be meant as the whole, and sums of neighbours among them."""


def like(a: Item, b: Item) -> bool:
    return a.q.group == b.q.group


def run(items: Sequence[Item], first: int) -> tuple[tuple[int, ...], str]:
    """Indices of the list that begins at ``first`` and the mark that separates its members."""
    head = items[first]
    chosen, style, pending, rated = [first], "", "", False
    for index in range(first + 1, min(len(items), first + 3 * MOST)):
        item = items[index]
        sep = item.sep if RANK[item.sep] > RANK[pending] else pending
        if AMONG.search(item.gap) or BY.search(item.gap) or SUBTOTAL.search(item.lead) or sums_up(item):
            break
        if not like(item, head) or not item.plain:
            pending = sep
            if item.q.kind is QKind.RATE and "占" not in item.lead:
                # A rate closes what was said of one thing; only ； or 、 carries the list past it.
                rated = True
            if (
                item.plain
                and like(item, head) is False
                and RANK[sep] > 1
                and item.sep != "、"
                and len(item.lead) > 12
            ):
                break
            continue
        if not sep and not item.lead:
            sep = "、"
        if rated and sep == "，":
            break
        rated = False
        catch_all = bool(OPEN_ENDED.search(item.lead))
        if APART.search(item.lead) and not catch_all:
            break
        if not style:
            style = sep
        elif RANK[sep] > RANK[style] and not (catch_all or re.match(r"和|及|以及", item.lead)):
            break
        chosen.append(index)
        pending = ""
        if len(chosen) >= MOST:
            break
    return tuple(chosen), style


def trimmed(items: Sequence[Item], indices: tuple[int, ...], style: str) -> tuple[int, ...]:
    """The list without what follows a full set of outcomes or, behind commas, begins another step of the work."""
    parts = [items[i] for i in indices]
    for count in range(len(parts), 1, -1):
        if tags_of(parts[:count]):
            return indices[:count]
    if style == "，" and not ACTION.search(parts[0].label):
        for count, part in enumerate(parts):
            if count and ACTION.search(part.label):
                return indices[:count]
    return indices


def prefix_sums(items: Sequence[Item], indices: Sequence[int], style: str) -> set[Decimal]:
    """Sums of the list under other fair readings: cut short before a new action, run on, a nested list left out."""
    first = indices[0]
    rest = [i for i in range(first, min(len(items), first + 2 * MOST)) if like(items[i], items[first])]
    rest = [i for i in rest if items[i].q.exact][:MOST]
    sums: set[Decimal] = set()
    running = Decimal(0)
    for count, index in enumerate(rest, 1):
        running += items[index].q.amount
        following = items[rest[count]] if count < len(rest) else None
        if count >= len(indices) or (
            count >= 2 and style == "，" and following is not None and ACTION.search(following.label)
        ):
            sums.add(running)
        if following is not None and AMONG.search(following.gap):
            # A nested list may follow its own parent; the outer list then goes on behind it.
            for skip in range(count + 1, len(rest)):
                tail = Decimal(0)
                for later in rest[skip:]:
                    tail += items[later].q.amount
                    sums.add(running + tail)
    return sums


def whole_readings(before: Sequence[Item], like_item: Item, earlier: Sequence[Item] = ()) -> set[Decimal]:
    """Every earlier quantity that could be the whole, and sums of neighbours (上年结转5件，新收30件)."""
    values = [i.q.amount for i in before if like(i, like_item) and i.q.kind is like_item.q.kind][-MOST:]
    out = set(values)
    for start in range(len(values)):
        running = Decimal(0)
        for value in values[start : start + 6]:
            running += value
            out.add(running)
    out |= {i.q.amount for i in earlier if like(i, like_item)}
    return out


def last_like(items: Sequence[Item], item: Item, distance: int = 6) -> int | None:
    """Index of the nearest earlier plain quantity of the same group."""
    for index in range(len(items) - 1, max(-1, len(items) - 1 - distance), -1):
        if like(items[index], item) and items[index].plain:
            return index
        if like(items[index], item) and not items[index].q.exact:
            return None
    return None


def tags_of(parts: Sequence[Item]) -> tuple[Family, list[str | None]] | None:
    """The family that every one of the parts belongs to and whose demands they meet."""
    for family in FAMILIES:
        tags = [family.tag(p) for p in parts]
        if all(tags) and family.complete(tags):
            return family, tags
    return None


def closed_list(parts: Sequence[Item]) -> bool:
    """A last part 其他 or a full set of outcomes: nothing can be left over."""
    return (len(parts) > 1 and any(OPEN_ENDED.search(p.lead) for p in parts[1:])) or tags_of(
        parts
    ) is not None


def is_loose(gap: str, parts: Sequence[Item]) -> bool:
    return bool(LOOSE.search(gap[-24:])) or parts[-1].tail.startswith("等") or "等其" in parts[-1].tail[:3]


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


def sums_up(item: Item) -> bool:
    """True for 共45项 with nothing between, also where it follows the last noun at once (…负责人共21人)."""
    match = TOTAL.search(item.lead)
    return match is not None and (match.start() == 0 or item.sep == "")


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
