"""Shares: 120件，占40%; 35件，占总数50件的70%; 两类共占七成六."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal

from auditor.figures.judge import finding, percent, plus, shown, states, total
from auditor.figures.lists import MOST, OUT_OF, like
from auditor.figures.numerals import DIGITS
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.figures.share_names import named_members, of_other_measures
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

SHARE = regex(r"占(?:比|到|了)?(?:[^，。；：、\d]{0,12}的)?(?:比例|比重)?(?:分别)?(?:为|达到|达)?$")
_OUTSIDE = regex(r"占(?:全国|全省|全市|全州|全区|全县|同期|同类|GDP|财政|地区)")
_AMONG = regex(r"其中|中(?:，)?(?:共)?(?:已)?(?:有|已有)?$|包括|分为")
_BARE = regex(
    r"占(?:比|到|了|总数的?|总量的?|全部的?)?(?:为|达到|达)?(?:已|仅|只|高)?(?:超过|超|过|近|接近|将近|约|逾|不到|不足)?$"
)
_WORDED = regex(r"(?:已|仅|只|约|将?近|已?超过?|过|不到|不足|接近|达到?|刚过)*")
_PLAINLY = regex(r"占比?(?:为|达|达到)?")
_INNER = regex(r"[中里内][^，]{2,12}占")
_ALL = regex(r"[两三四五](?:类|者|项|种|级|个)|合计|共|总共|加起来|一并|三者|两者|合起来")
_AMOUNTS = regex(r"(?:即|共|有|计|共计|共有|合计|为|达|达到)")
_JOINT = regex(r"([两三四])(?:类|项|者|种|个|部分|方面)(?:案件|事项|合计|一共|共|加起来|就|，)*占")
_INSIDE = regex(r"^[^，。；：、]{0,12}[中里](?:有)?[^，。；：、]{0,10}$")
_APART = regex(r"^(?:另有|另外|另|此外|同时|全年|累计|共)|上年|去年|同期")


def is_share(flat: Sequence[Item], index: int) -> bool:
    """True when the percentage at ``index`` is a share and no named rate."""
    rate = flat[index]
    if _worded(flat, index):
        return True
    return _of_whole(flat, index) or (
        bool(SHARE.search(rate.lead) or _BARE.search(rate.lead))
        and not regex(r"占.{0,12}率").search(rate.lead)
    )


def _worded(flat: Sequence[Item], index: int) -> bool:
    """68名执法人员中女性33人，超过半数: a fraction in words needs no 占."""
    rate = flat[index]
    if index < 2 or rate.q.kind is not QKind.RATE or rate.sep != "，" or rate.q.decimals > 0:
        return False
    if rate.tail or not rate.q.operator or not _WORDED.fullmatch(rate.lead):
        return False
    return flat[index - 1].plain and (_out_of(flat, index - 1) or bool(_AMONG.search(flat[index - 1].gap)))


def _of_whole(flat: Sequence[Item], index: int) -> bool:
    if index < 2 or not regex(r"[^，。；：、]{0,8}的").fullmatch(flat[index].gap):
        return False
    return bool(regex(r"占[^，。；]{0,12}$").search(flat[index - 1].lead))


def check_list(doc: Document, period: Period, flat: Sequence[Item]) -> list[Finding]:
    """维持84件，占60%；撤销14件，占10%；终止42件，占36%: each pair tells the same whole, so one of them cannot stand apart."""
    pairs = [
        (part, rate) for part, rate in itertools.pairwise(flat)
        if part.plain and rate.q.unit == "%" and rate.q.exact and _BARE.fullmatch(rate.lead) and rate.sep in ("，", "")
        and part.q.amount > 0 and rate.q.value > 0 and like(part, flat[0] if flat[0].plain else part)
    ]  # fmt: skip
    if len(pairs) < 3 or flat[0] is not pairs[0][0] or any("其中" in i.gap for i in flat):
        return []
    spans = [
        (
            p.q.amount / (r.q.value + r.q.ulp_of_rate),
            p.q.amount / max(r.q.value - r.q.ulp_of_rate, Decimal("0.1")),
        )
        for p, r in pairs
    ]
    if max(low for low, _ in spans) <= min(high for _, high in spans):
        return []
    whole = total([p for p, _ in pairs])
    wrong = [(p, r) for p, r in pairs if not fits(r, p.q.amount, whole)]
    if len(wrong) != 1:
        return []
    part, rate = wrong[0]
    value = part.q.amount / whole * 100
    expected, stated = percent(value, rate.q.decimals), percent_as_written(rate)
    return [
        finding(
            doc, period, [part, rate], "share", Severity.WARNING,
            f"各类合计{plus([p for p, _ in pairs])}={shown(whole, part)}，{shown(part.q.amount, part)}占{expected}，"
            f"与所写的{stated}不符",
            expected, stated,
        )
    ]  # fmt: skip


def percent_as_written(rate: Item) -> str:
    return format(rate.q.value, "f") + "%"


def fits(rate: Item, n: Decimal, d: Decimal) -> bool:
    """True when ``n`` of ``d`` is what the rate says."""
    if d <= 0:
        return False
    value = n / d * 100
    return states(rate.q, value, value)


def check_share(doc: Document, period: Period, flat: Sequence[Item], index: int) -> Finding | None:
    """…120件，占40%: the figure just before is the part, an earlier one of its kind the whole."""
    if _of_whole(flat, index):
        if _ALL.search(flat[index - 1].lead):
            return _joint_share(doc, period, flat, index)
        return _share_of(doc, period, flat[index - 2], flat[index - 1], flat[index])
    rate = flat[index]
    after = flat[index + 1] if index + 1 < len(flat) else None
    if index and after and _AMOUNTS.fullmatch(after.lead) and after.sep == "，" and len(rate.q.names) == 1:
        # 调解员4620人，专职占18%，共843人.
        whole = flat[index - 1]
        return _share_of(doc, period, after, whole, rate) if _BARE.search(rate.lead) else None
    if index < 2 or _OUTSIDE.search(rate.lead) or _INNER.search(rate.lead):
        return None
    if rate.sep == "；":
        return None
    if _described(flat, index):
        # 14个司法所中有5个在编人员不足3名，占比…: the last figure only tells which ones are meant.
        return _out_of_whole(doc, period, flat[index - 3], flat[index - 2], rate)
    part = flat[index - 1]
    named = named_members(flat[:index], rate)
    if not part.plain or named == [] or of_other_measures(flat, index):
        return None
    same = [i for i in flat[: index - 1] if like(i, part)]
    if not same or any(not i.q.exact for i in same):
        return None
    joint = _JOINT.search(rate.gap)
    parts = [part]
    if joint:
        parts = list(flat[max(0, index - DIGITS[joint[1]]) : index])
        if not all(like(p, part) and p.plain for p in parts):
            return None
    parts = named or parts
    cue = next((k for k in range(index - 1, -1, -1) if _AMONG.search(flat[k].gap) or _out_of(flat, k)), None)
    if cue is None and len(same) == 1 and _BARE.fullmatch(rate.lead) and _beside(flat, index):
        # 审核决定2860件，提出纠正意见74件，占2.6%.
        cue = index - 1
    if cue is None:
        # 行政处罚类349件，占比31%；投诉举报类296件，占比27%: the whole stands elsewhere.
        return None
    later = [i for i in flat[index + 1 :] if like(i, part) and i.plain][:4]
    values = [i.q.amount for i in [*same, *later]]
    readings = set(values)
    for start in range(len(values)):
        running = Decimal(0)
        for value in values[start : start + 6]:
            running += value
            readings.add(running)
    listed = _listed(flat, cue - 1) if cue else ()
    if cue == index - 1 and len(parts) == 1 and _out_of(flat, cue) and _PLAINLY.fullmatch(rate.lead):
        # 审结的51件案件中撤销4件，占…: the wording leaves one whole only.
        readings, same = {flat[cue - 1].q.amount, total(listed)}, []
    if any(
        fits(rate, n, r) for r in readings for n in (total(parts), *_numerators(flat, index, part, cue))
    ) or any(fits(rate, i.q.amount, j.q.amount) for i in same for j in same if i is not j):
        return None
    wholes = [i for i in flat[:cue] if like(i, part) and i.plain and 0 < i.q.amount >= part.q.amount]
    if not wholes:
        return None
    whole = wholes[-1]
    n, base, told = total(parts), whole.q.amount, shown(whole.q.amount, whole)
    if any(i is whole for i in listed[:-1]):
        base, told = total(listed), f"（{plus(listed)}）"
    value = n / base * 100
    summed = f"（{plus(parts)}）" if len(parts) > 1 else ""
    return finding(
        doc, period, [whole, *parts, rate], "share", Severity.WARNING,
        f"{shown(n, part)}{summed}÷{told}={percent(value, rate.q.decimals)}，"
        f"与所写的占比{percent_as_written(rate)}不符",
        percent(value, rate.q.decimals), percent_as_written(rate),
    )  # fmt: skip


def _described(flat: Sequence[Item], index: int) -> bool:
    if index < 3 or not _BARE.search(flat[index].lead):
        return False
    whole, part, about = flat[index - 3 : index]
    return (
        about.sep == "" and not like(about, part) and whole.plain and part.plain and _out_of(flat, index - 2)
    )


def _out_of_whole(doc: Document, period: Period, whole: Item, part: Item, rate: Item) -> Finding | None:
    if whole.q.amount <= 0 or fits(rate, part.q.amount, whole.q.amount):
        return None
    value = percent(part.q.amount / whole.q.amount * 100, rate.q.decimals)
    stated = rate.q.operator + percent_as_written(rate)
    return finding(
        doc, period, [whole, part, rate], "share", Severity.WARNING,
        f"{shown(part.q.amount, part)}÷{shown(whole.q.amount, whole)}={value}，与所写的占比{stated}不符", value, stated,
    )  # fmt: skip


def _out_of(flat: Sequence[Item], k: int) -> bool:
    return (
        k > 0
        and bool(OUT_OF.search(flat[k].gap) or _INSIDE.search(flat[k].gap))
        and like(flat[k - 1], flat[k])
    )


def _listed(flat: Sequence[Item], last: int) -> Sequence[Item]:
    """122个村、26个社区中: the figure at ``last`` and those listed with it are one whole together."""
    first = last
    while first and flat[first].sep == "、" and flat[first - 1].plain and like(flat[first - 1], flat[last]):
        first -= 1
    return flat[first : last + 1]


def _beside(flat: Sequence[Item], index: int) -> bool:
    whole, part, rate = flat[index - 2 : index + 1]
    return like(whole, part) and part.sep == "，" and rate.sep == "，" and not _APART.search(part.lead)


def _numerators(flat: Sequence[Item], index: int, part: Item, first: int) -> set[Decimal]:
    """The part, and sums of it with its neighbours before: 优秀35卷、合格40卷，合格以上占…."""
    out, running = set[Decimal](), Decimal(0)
    for item in reversed(flat[max(0, index - 6, first) : index]):
        if not like(item, part):
            break
        running += item.q.amount
        out |= {running, item.q.amount}
    return out


def _joint_share(doc: Document, period: Period, flat: Sequence[Item], index: int) -> Finding | None:
    """甲86件、乙72件、丙64件，合计占全区412件的53.9%."""
    whole, rate = flat[index - 1 : index + 1]
    told: list[Item] = []
    for item in reversed(flat[max(0, index - 1 - MOST) : index - 1]):
        if not (item.plain and like(item, whole)):
            break
        told.insert(0, item)
        if fits(rate, total(told), whole.q.amount) or fits(rate, item.q.amount, whole.q.amount):
            return None
    # 投诉86件，咨询72件、求助64件，合计占…: what ， parts may be summed up too, but only the list is sure to be.
    parts = told[max((k for k, i in enumerate(told) if i.sep != "、"), default=0) :]
    if len(parts) < 2 or not whole.plain or whole.q.amount <= 0:
        return None
    value = percent(total(parts) / whole.q.amount * 100, rate.q.decimals)
    return finding(
        doc, period, [*parts, whole, rate], "share", Severity.WARNING,
        f"（{plus(parts)}）÷{shown(whole.q.amount, whole)}={value}，与所写的占比{percent_as_written(rate)}不符",
        value, percent_as_written(rate),
    )  # fmt: skip


def _share_of(doc: Document, period: Period, part: Item, whole: Item, rate: Item) -> Finding | None:
    """35件，占总数50件的70%."""
    # The wording itself names part and whole, whatever their measure words: 286件，占受理线索440条的65%.
    alike = like(part, whole) or (part.q.kind is whole.q.kind and whole.sep == "，")
    if not (part.plain and whole.plain and alike) or fits(rate, part.q.amount, whole.q.amount):
        return None
    if whole.q.amount <= 0:
        return None
    value = part.q.amount / whole.q.amount * 100
    return finding(
        doc, period, [part, whole, rate], "share", Severity.ERROR,
        f"{shown(part.q.amount, part)}÷{shown(whole.q.amount, whole)}={percent(value, rate.q.decimals)}，"
        f"与所写的占比{percent_as_written(rate)}不符",
        percent(value, rate.q.decimals), percent_as_written(rate),
    )  # fmt: skip
