"""Builds the claims of lists that are announced: 其中, 包括, 分为, 从…看, a colon, brackets; or that show by their labels."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from auditor.figures import lists
from auditor.figures.alternatives import in_one_measure
from auditor.figures.bands import cover_all
from auditor.figures.compare import BASE, is_change
from auditor.figures.families import CARRIED, OPEN_ENDED
from auditor.figures.judge import total
from auditor.figures.lists import (
    AMONG,
    BY,
    COLON,
    INCLUDE,
    OUT_OF,
    SPLIT,
    WITHIN,
    Claim,
    closed_list,
    is_loose,
    last_like,
    like,
    prefix_sums,
    run,
    same_shape,
    trimmed,
    whole_readings,
)
from auditor.figures.matters import of_before
from auditor.figures.numerals import DIGITS
from auditor.figures.passages import Item, Period
from auditor.figures.readings import one_of_them
from auditor.figures.within import beyond, enumerated
from auditor.regex import regex

ANSWER = Decimal("0.15")
"""A whole of the sentence before is believed when the sum comes this near to it."""
_LEAVING = regex(r"(?:由|从|自)(?:上年|去年|原来|原有)?的?$")
_FOR_EACH = regex(r"每[^，。；、]{0,8}(?:分别|达|为|有|配|不少于)|(?:人|村|镇|户|平)均")
"""每村分别达到1名和20名: for every one, and no parts of all."""
_OF_YEAR = regex(r"(?:上年度?|去年|同期|前年|上一年|20\d\d年)[^，。；]{0,4}分别")
_AT_END = regex(r"(?:[期年季月][末初]|年底|存量|结存|在列|在册|保有量?|实有)[^，。；\d]{0,6}分别")
"""新增86家、213家，期末分别为312家、863家: the stock is no part of what came in."""
_DIVIDED = regex(
    r"分(?:为|成|作)了?(?P<count>[两二三四五六七八九])个?(?:档次?|类型?|级|种类?|组|段|部分|批|等次|等级|层次|片区?|领域|方面|梯队)[^，。；：]{0,6}[，：]其中"
)
"""分为三档，其中…: the list is whole where it has as many members as were announced."""
_CLOSED = regex(r"(?<![未待])(?:审结|办结|结案)$")
_RULING = regex(r"^(?:依法|直接|决定)?(?:维持|驳回|撤销|变更|确认违法|责令|终止|调解|和解|撤回|不予处罚)")
_OPEN_CASE = regex(r"未审结|未办结|未结|在审|在办|正在[审办]|审理中|办理中")
_COMPARED = regex(r"(?:相比|相较|比较|对比)")
"""与2022年的3906件相比: what this year's figure is held against."""
OPEN = Decimal("0.05")
"""A list that may go on is believed to be complete only when it comes this near."""
SHAPE = Decimal("0.12")
"""And a list without any announcement when it comes this near."""


def _cue(items: Sequence[Item], index: int) -> str:
    """Kind of announcement before ``items[index]``; empty when there is none."""
    item = items[index]
    if AMONG.search(item.gap):
        return "among"
    if index and OUT_OF.search(item.gap) and like(items[index - 1], item):
        return "among"
    if BY.search(item.gap):
        return "by"
    if SPLIT.search(item.gap):
        return "split"
    if INCLUDE.search(item.gap):
        return "include"
    if index and COLON.search(item.gap) and like(items[index - 1], item):
        return "colon"
    if index and WITHIN.search(item.gap) and (enumerated(items, index) or beyond(items, index)):
        # 按来源统计，218件案件中…: announced as kinds of one thing.
        return "by" if BY.search(items[index - 1].gap) else "within"
    return ""


def cues(period: Period) -> tuple[str, ...]:
    """What announces a list at each figure of the sentence; empty where nothing does or the figure is not plain."""
    items = period.items
    return tuple(_cue(items, index) if item.plain else "" for index, item in enumerate(items))


def cue_claims(period: Period, previous: Period | None, told: Sequence[str]) -> list[Claim]:
    """Lists that 其中, 包括, 分为, 从…看 or a colon announce; ``told`` is what ``cues`` found."""
    items, out = in_one_measure(period), []
    for index, kind in enumerate(told):
        if not kind:
            continue
        claim = _announced(items, index, kind, previous)
        if claim:
            out.append(claim)
    return out


def _announced(items: Sequence[Item], index: int, kind: str, previous: Period | None) -> Claim | None:
    item = items[index]
    if _LEAVING.search(item.lead) and lists.MOVED.search(
        "".join(i.lead for i in items[index + 1 : index + 2])
    ):
        # 由96项减少到68项，其中必要的由41项减至29项: the level of a part, and where it went.
        return None
    indices, style = run(items, index)
    indices = trimmed(items, indices, style)
    parts = tuple(items[i] for i in indices)
    if kind in ("within", "by"):
        # The words before 中 are those of the whole.
        parts = (replace(parts[0], label=WITHIN.sub("", parts[0].label)), *parts[1:])
    at = _not_base(items, last_like(items[:index], item), item)
    earlier = [i for i in previous.items if i.plain] if previous else []
    limit = ANSWER if kind == "within" else None
    if at is None:
        # 受理412件。其中，民事298件…: the whole ends the sentence before.
        opens = kind == "by" or (kind in ("among", "split") and index == 0)
        if not opens or previous is None or (j := last_like(previous.items, item, 12)) is None:
            return None
        if len(parts) < 2:
            return None
        pool = [i for i in earlier if like(i, item)] or [previous.items[j]]
        pool = [i for i in pool if not _held_against(i)]
        # 受理2318件，比上年的1906件增长21.6%。其中…: last year's are not what is divided.
        pool = [i for i in pool if not _is_base(previous.items, i)] or pool
        if not pool:
            return None
        whole, limit = min(pool, key=lambda i: abs(i.q.amount - total(parts))), ANSWER
    else:
        whole = items[at]
    told_apart = bool(regex(r"分别|依次|^(?:其中)?第一[批期组轮次]").search(item.lead))
    if _FOR_EACH.search(item.gap):
        return None
    if (
        kind == "split"
        and at is not None
        and (_OF_YEAR.search(item.gap) or _AT_END.search(item.gap) or _in_order(items, at))
    ):
        # 在编214人，上年分别为210人和206人; 上年分别受理86件和31件，今年分别受理…: two rows, and no whole.
        return None
    if kind == "split" and at is not None and (at < index - 1 or len(item.gap) > (44 if told_apart else 24)):
        return None
    if kind == "colon" and not _spelled_out(parts, style):
        return None
    if (
        style == "；"
        and "：" not in item.gap
        and not (closed_list(parts) or same_shape([p.label for p in parts]))
    ):
        # 其中市政府被诉86件；开庭1015件: behind ； another matter begins.
        parts, indices, style = parts[:1], indices[:1], ""
    wholes = whole_readings(items[:index], item, earlier)
    if kind == "among" and at is not None and at == index - 1:
        # Another matter of the sentence before is no whole where the list has one of its own.
        earlier = [i for i in earlier if of_before(whole, i)]
        wholes = _near_readings(items[:index], at, item, earlier)
    behind = items[indices[-1] + 1 : indices[-1] + 2]
    if kind == "among" and at == index - 1 and behind and _still_open(whole, parts, behind[0]):
        wholes.discard(whole.q.amount + behind[0].q.amount)
    if behind and like(behind[0], item) and lists.sums_up(behind[0]):
        # 按类型分，…，合起来264件: the total behind the list is what it is measured by.
        wholes.add(behind[0].q.amount)
    if kind == "by":
        nearest = min(wholes, key=lambda w: (abs(w - total(parts)), w))
        pool = [i for i in [*earlier, *items[:index]] if like(i, item) and i.q.amount == nearest]
        whole = pool[-1] if pool else whole
    follows = [i for i in items[indices[-1] + 1 : indices[-1] + 2] if like(i, item) and i.plain]
    # Nor is last year's level a member (，比上年的14件减少5件), which its change gives away.
    step = items[indices[-1] + 2 : indices[-1] + 3]
    follows = [
        i for i in follows if not lists.aside(i) and not (BASE.search(i.lead) and any(map(is_change, step)))
    ]
    if follows and not lists.sums_up(follows[0]) and limit is None and kind != "split":
        # 其中驳回22件、撤诉8件，败诉3件: the list may go on behind a comma.
        limit = OPEN
    return Claim(
        whole,
        parts,
        kind,
        closed_list(parts)
        or (kind == "split" and len(parts) > 1)
        or ((divided := _DIVIDED.search(item.gap)) is not None and DIGITS[divided["count"]] == len(parts))
        or (len(parts) > 1 and _all_named(whole, [p.label for p in parts])),
        is_loose(item.gap, parts),
        style,
        tuple(prefix_sums(items, indices, style)),
        tuple(wholes),
        limit,
    )


def _not_base(items: Sequence[Item], at: int | None, item: Item) -> int | None:
    """收到436件，较上年的302件上升44.4%，其中…: the level of last year is passed over with its change."""
    if at is None or not _is_base(items, items[at]):
        return at
    now = last_like(items[:at], item)
    return at if now is None else now


def _is_base(items: Sequence[Item], item: Item) -> bool:
    """A level of another year that is told as such, or with its change right behind it."""
    behind = next((i for i in items if i.q.start > item.q.start), None)
    stepped = behind is not None and is_change(behind) and BASE.search(item.lead) is not None
    return stepped or _held_against(item)


def _held_against(item: Item) -> bool:
    """与2022年的3906件相比."""
    return BASE.search(item.lead) is not None and _COMPARED.match(item.tail) is not None


def _still_open(whole: Item, parts: Sequence[Item], behind: Item) -> bool:
    """案件31件，审结30件，其中维持22件、…，未审结1件: what has a ruling was closed, so all 31 are no whole of the rulings."""
    rulings = _CLOSED.search(whole.lead) is not None and all(_RULING.search(p.label) for p in parts)
    return rulings and behind.plain and like(behind, whole) and _OPEN_CASE.search(behind.label) is not None


def _in_order(items: Sequence[Item], at: int) -> bool:
    """True for the last member of a list that 分别 announced."""
    return items[at].sep == "、" and any("分别" in i.gap for i in items[max(0, at - 4) : at])


def _near_readings(before: Sequence[Item], at: int, item: Item, earlier: Sequence[Item]) -> set[Decimal]:
    """诉讼6件；复议申请5件，其中…: what stands before ； is another matter, unless it is added to the whole or carried over."""
    stop = max((k for k in range(at + 1) if before[k].sep == "；"), default=0)
    if not stop or any(CARRIED.search(i.lead) for i in [*before, *earlier]):
        return whole_readings(before, item, earlier)
    out = whole_readings(before[stop:], item)
    running = Decimal(0)
    for other in reversed(before[: at + 1]):
        if like(other, item):
            running += other.q.amount
            out.add(running)
    return out


def _spelled_out(parts: Sequence[Item], style: str) -> bool:
    """A colon is followed by a list of names and not by what was done."""
    if len(parts) < 2 or style not in ("、", "，"):
        return False
    return style == "、" or not any(len(p.label) > 10 or lists.ACTION.search(p.label) for p in parts)


def bare_claims(period: Period, told: Sequence[str]) -> list[Claim]:
    """Lists behind their whole that nothing announces but labels of one shape: 评价120家，A级65家、B级40家、C级15家."""
    items, out = period.items, []
    covered = set(run(items, 0)[0]) if told and told[0] else set[int]()
    for index in range(1, len(items) - 1):
        whole, first = items[index - 1], items[index]
        if told[index]:
            covered |= set(run(items, index)[0])
        if index - 1 in covered or not (whole.plain and first.plain and like(whole, first)) or told[index]:
            continue
        if first.sep != "，" or len(first.gap) > 40:
            continue
        indices, style = run(items, index)
        parts = tuple(items[i] for i in indices)
        labels = [p.label for p in parts]
        if len(parts) < 2 or indices[-1] != index + len(parts) - 1 or lists.MOVED.search(first.lead):
            continue
        rest = bool(OPEN_ENDED.search(parts[-1].lead))
        if rest and one_of_them(whole, parts):
            continue
        banded = cover_all(parts)
        if style != "、" and not (style == "，" and (len(parts) == 2 or rest or same_shape(labels))):
            continue
        if not (
            rest or same_shape(labels) or _named_before(whole, labels) or _chosen(whole, parts) or banded
        ):
            continue
        if not rest and any(lists.CONSEQUENCE.search(label) for label in labels):
            continue
        if any(p.q.amount >= whole.q.amount for p in parts):
            continue
        wholes = whole_readings(items[:index], first)
        sums = prefix_sums(items, indices, style)
        joint = total(parts)
        for other in reversed(items[max(0, index - 5) : index]):
            # The figure before may be one more part of something told earlier.
            joint += other.q.amount if like(other, first) else 0
            sums.add(joint)
        loose = is_loose(first.gap, parts)
        out.append(
            Claim(whole, parts, "bare", rest or banded, loose, style, tuple(sums), tuple(wholes), SHAPE)
        )
    return out


def _chosen(whole: Item, parts: Sequence[Item]) -> bool:
    """聘任监督员45名，机关干部12名、企业职工14名、社区工作者13名、教师6名: a body and where its members come from."""
    if (
        len(parts) >= 3
        and regex(r"(?:共有?|总计|合计|总数|总额|总量|总金额)$").search(whole.lead)
        and parts[0].sep == "，"
    ):
        # 持证人员共2310人，市直426人、县区1302人、乡镇582人.
        return all(p.sep == "、" for p in parts[1:])
    return len(parts) >= 4 and whole.q.group == "人" and bool(regex(r"聘|选|组成|组建|评").search(whole.lead))


def _named_before(whole: Item, labels: Sequence[str]) -> bool:
    """免罚轻罚案件218件，免罚167件，轻罚51件: the whole names its parts."""
    return all(2 <= len(label) <= 8 and label in whole.words for label in labels) and len(set(labels)) == len(
        labels
    )


def _all_named(whole: Item, labels: Sequence[str]) -> bool:
    """违规收费和罚款386.7万元，其中收费…、罚款…: it names these parts and no others."""
    told = len(regex(r"[、和与及]").findall(whole.words)) + 1
    return told == len(labels) and "等" not in whole.words and _named_before(whole, labels)


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
        # 办结96件（上年结转4件、新收98件），未办结6件: the bracket may speak of what follows too.
        behind = period.items[parent + 1 : parent + 2]
        wholes = [whole.q.amount, *(whole.q.amount + i.q.amount for i in behind if like(i, whole))]
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
                tuple(wholes),
            )
        )
    return out
