"""Figures that stand where the parts of a whole would stand and are none: handed out in turn, overlapping, picked, divided again."""

from __future__ import annotations

from decimal import Decimal

from auditor.figures.judge import HUNDRED, adds_up, total
from auditor.figures.lists import Claim, like
from auditor.figures.numerals import DIGITS
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.figures.shares import fits
from auditor.regex import regex

_IN_TURN = regex(r"分别|依次")
_NAMED_NOTHING = regex(r"^，[^，。；：、和与及]{2,14}(?:分别|依次)[^，。；：、和与及]{0,6}$")
_SHARED_OUT = regex(r"占(?:比|到|了|总数的?|总量的?|全部的?)?(?:为|达到|达)?$")
_DESCRIBES = regex(r"(?:次|个|项|人|年|天|家|户|级)?(?:及?以[上下内]|左右)?的\d")
_BODIES = regex(
    r"(?:街道|乡镇|镇街|[两二三四五六七八九]个?[县区市镇乡村局]|社区|部门|单位|行业|领域|企业)(?:分别|依次)"
)
"""三个街道分别为: some of the bodies there are."""
_ROLE = regex(r"法[制治]审核|公职律师|法律顾问|法律职业|持有|取得|党员")
"""法制审核人员5人 beside 一线执法人员48人: nobody says that there are no others."""
_SAME_ONES = regex(
    r"(?:部分|有的|有些|一些|个别|不少|少数|其中有)[^，。；]{0,10}(?:同时|重复|重合|交叉|兼|多[项重种个类]|两[项重种个类])|"
    r"(?<![不未须])同时(?:具备|具有|符合|满足|属于|涉及|享受|适用|获得|拥有|兼)|(?<![不未])存在(?:重复|重合|交叉|重叠)"
)
"""部分企业同时具备两种以上资格: more than there are, as the sentence says itself."""
_AND_SO_ON = regex(
    r"^等(?:(?P<count>[两二三四五六七八九十]|\d{1,2})个?(?:类|项|家|个|种|级|方面|部门|领域|单位|地|镇|县|乡|村)?)?"
)
FEW = Decimal("0.15")
"""Bodies that leave more than this of the whole open are some of them."""


def are_no_parts(period: Period, claim: Claim) -> bool:
    """True when the figures of ``claim`` are, by the words around them, not said to make up its whole."""
    over = total(claim.parts) > claim.whole.q.amount
    return (
        _handed_out(period, claim)
        or _describing(period, claim)
        or _moved(period, claim)
        or _divided_first(claim)
        or _in_pairs(period, claim)
        or (_overlap_told(period, claim) if over else _goes_on(period, claim) or _picked(period, claim))
    )


def _at(period: Period, item: Item) -> int:
    """Index of ``item`` in its sentence; -1 where it stands in a bracket or in the sentence before."""
    return next((k for k, i in enumerate(period.items) if i.q.start == item.q.start), -1)


def _goes_on(period: Period, claim: Claim) -> bool:
    """公安24项、住建19项等，共117项: some of them are named; with 等两个部门 behind two, these are all."""
    if claim.kind != "total":
        return False
    match = _AND_SO_ON.match(period.text[max(p.q.end for p in claim.parts) - period.start :])
    if match is None:
        return False
    count = match["count"]
    return count is None or (int(count) if count.isdigit() else DIGITS.get(count, 0)) != len(claim.parts)


def _handed_out(period: Period, claim: Claim) -> bool:
    """市级38件、县级29件，审结分别为36件和25件: as many figures as members before, each belongs to one of them."""
    first, at = claim.parts[0], _at(period, claim.whole)
    if at < 1 or claim.kind != "split" or _IN_TURN.search(first.gap) is None:
        return False
    start = at
    while start > 0 and period.items[start].sep == "、" and period.items[start - 1].plain:
        start -= 1
    if at - start + 1 == len(claim.parts) > 1:
        return True
    # 市级38件，县级29件，审结分别为36件和25件: no names of their own before 分别 or behind it.
    row = period.items[max(0, at + 1 - len(claim.parts)) : at + 1]
    return (
        len(row) == len(claim.parts) > 1
        and all(i.plain and i.sep in ("，", "、") and i.lead for i in row[1:])
        and not any(mark in claim.whole.gap for mark in "、和与及")
        and _NAMED_NOTHING.search(first.gap) is not None
        and not any(p.lead for p in claim.parts[1:])
    )


def _describing(period: Period, claim: Claim) -> bool:
    """检查1次的1126家、2次的487家: how often, and no part."""
    return sum(_DESCRIBES.match(period.text, p.q.end - period.start) is not None for p in claim.parts) > 1


def _moved(period: Period, claim: Claim) -> bool:
    """较上年分别增加2件、4件和减少1件: the bare 4件 is a change, too."""
    for part in claim.parts:
        at = _at(period, part)
        before = period.items[at - 1] if at > 0 else None
        if (
            before
            and not part.lead
            and part.sep == "、"
            and before.q.kind is QKind.CHANGE
            and _IN_TURN.search(before.gap)
        ):
            return True
    return False


def _divided_first(claim: Claim) -> bool:
    """其中计划外1.22万次，投诉触发0.83万次、上级交办0.21万次、其他0.18万次: what 、 joins makes up the first part."""
    first, *others = claim.parts
    return (
        len(others) > 1
        and others[0].sep == "，"
        and all(p.sep == "、" for p in others[1:])
        and adds_up(others, first.q.amount, first.q.ulp)
    )


def _in_pairs(period: Period, claim: Claim) -> bool:
    """学校412家、14家，共2340家、213家: two figures are told of each."""
    at = _at(period, claim.whole)
    if claim.kind != "total" or not 0 <= at < len(period.items) - 1:
        return False
    behind, last = period.items[at + 1], claim.parts[-1]
    return last.sep == behind.sep == "、" and behind.plain and not behind.lead and like(behind, claim.whole)


def _overlap_told(period: Period, claim: Claim) -> bool:
    return _SAME_ONES.search(period.text, max(p.q.end for p in claim.parts) - period.start) is not None


def _picked(period: Period, claim: Claim) -> bool:
    """True when the parts are told as some of the whole only, and leave others open."""
    parts, whole = claim.parts, claim.whole.q.amount
    behind = [_share_behind(period, p) for p in parts]
    last = behind[-1]
    if last and last.q.value < HUNDRED and fits(last, total(parts), whole):
        # 三个街道分别为862件、743件、618件，合计占53.9%.
        return True
    if claim.kind == "split" and _BODIES.search(parts[0].gap) and whole - total(parts) > whole * FEW:
        return True
    if claim.closed:
        return False
    if all(rate and fits(rate, p.q.amount, whole) for p, rate in zip(parts, behind, strict=True)):
        # 57人，其中一线48人，占84.2%，法制审核5人，占8.8%: the shares do not claim to be all.
        return True
    return len(parts) == 2 and claim.whole.q.group == "人" and any(_ROLE.search(p.label) for p in parts)


def _share_behind(period: Period, part: Item) -> Item | None:
    """The 占84.2% right behind ``part``, in a bracket or not."""
    at = _at(period, part)
    if at < 0:
        return None
    inner = [i for parent, members in period.brackets if parent == at for i in members[:1]]
    for item in (*inner, *period.items[at + 1 : at + 2]):
        if item.q.kind is QKind.RATE and _SHARED_OUT.search(item.lead) and item.sep != "；":
            return item
    return None
