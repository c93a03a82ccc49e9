"""Compares two levels with the change that is said to lead from one to the other."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from auditor.figures import units
from auditor.figures.base_years import against_another_year
from auditor.figures.judge import change_bounds, finding, number, percent, rounded, shown, states
from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.figures.subjects import CHANGE, COMPARISON
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

BASE = regex(
    r"(?:(?:较|比)(?:年初|上季度|上半年|上月|改革前|整合前|整治前|(?:调整|优化|清理|精简|压减|下放|合并|机构改革|改版|实施|试点)前|三年前|前年|原来|此前|最初|\d{1,2}月底?)|上年度?|去年|上一年度?|前一年|上年同期|去年同期|同期|20\d\d年度?)(?:[^，。；：\d]{0,10})$"
)
_FILL = regex(
    r"同比|环比|新增|相比|分别|幅度|数量|总量|总数|净|总体|整体|也|均|则|将|已|又|累计|共|约|较|比|上年度?|去年|同期|的|了|有所|"
    r"大幅|明显|显著|进一步|实际|占|年|\d|和|及|与|并|其中|同|为|全部|逐年|相应|直接|合计|，|、"
)
_GENERIC = frozenset(
    {
        "案件",
        "人数",
        "件数",
        "起数",
        "数量",
        "总数",
        "全年",
        "全县",
        "全市",
        "全区",
        "次数",
        "户数",
        "同比",
        "较上",
        "上年",
        "比上",
        "去年",
    }
)
_FASTER = regex(r"提速|效率|速度|时效|效能|质效")
_BY_YEAR = regex(r"[年月]均|平均每[年月]")
"""年均增长35.3%: how many years lie between is hardly ever told, and there are two ways to reckon."""
_RATE_NAMED = regex(r"率|占比|比重|比例|度|覆盖面|指数")
_COUNTED = (QKind.COUNT, QKind.MONEY, QKind.RATE)


def usable(item: Item) -> bool:
    return item.q.exact and item.q.kind in _COUNTED


def is_change(item: Item) -> bool:
    exact = item.q.exact or (item.q.unit == "%" and item.q.upper is None)
    return exact and item.q.kind is QKind.CHANGE and item.q.direction != 0


def own_subject(item: Item) -> str:
    """Noun that the clause of a change names for itself; empty in 同比下降34.6%."""
    lead = item.lead
    lead = regex(r"[多少][\u4e00-\u9fff]{1,3}$").sub("", lead)
    match = CHANGE.search(lead)
    rest = COMPARISON.sub("", lead[: match.start()] if match else lead)
    return _FILL.sub("", rest)


def related(subject: str, item: Item) -> bool:
    """The words around ``item`` share a telling pair of characters with ``subject``."""
    words = item.lead + item.tail
    pairs = {subject[i : i + 2] for i in range(len(subject) - 1)} - _GENERIC
    return any(p in words for p in pairs)


def compare(doc: Document, period: Period, old: Item, new: Item, change: Item) -> Finding | None:
    """Finding when ``change`` does not lead from ``old`` to ``new``; None when it does or cannot be told."""
    if _BY_YEAR.search(change.lead) or against_another_year(doc, old, new, change):
        return None
    gap = new.q.amount - old.q.amount
    ratio = old.q.kind is QKind.RATE
    sign = change.q.direction
    if gap < 0 < sign and _FASTER.search(change.lead):
        return _quicker(doc, period, old, new, change)
    if gap * sign < 0:
        return direction(doc, period, [old, new, change], old, new, "升" if sign > 0 else "降")
    if change.q.unit == units.POINTS or (ratio and change.q.unit == "%"):
        if not ratio:
            return _points_of_counts(doc, period, old, new, change)
        ulp = max(old.q.ulp_of_rate, new.q.ulp_of_rate, change.q.ulp_of_rate)
        if change.q.unit == "%" and per_cent_ok(old, new, change):
            return None
        if abs(abs(gap) - change.q.value) <= (ulp if ulp < 1 else 0):
            return _points_as_per_cent(doc, period, old, new, change) if change.q.unit == "%" else None
        expected = number(abs(gap)) + "个百分点"
        sums = f"{number(max(new.q.value, old.q.value))}-{number(min(new.q.value, old.q.value))}={expected}"
    elif change.q.unit == "%":
        bounds = change_bounds(new, old)
        if bounds is None or per_cent_ok(old, new, change):
            return None
        value = abs(gap) / old.q.amount * 100
        expected = percent(value, change.q.decimals)
        sums = (
            f"从{shown(old.q.amount, old)}到{shown(new.q.amount, new)}，变化"
            f"{shown(abs(gap), new)}÷{shown(old.q.amount, old)}={expected}"
        )
    elif change.q.unit == "倍":
        if old.q.amount <= 0:
            return None
        times = new.q.amount / old.q.amount
        slack = Decimal("0.1") if change.q.decimals else Decimal("0.6")
        if change.q.value == 1 and not change.q.decimals:
            # 增长一倍: twice as many, told roughly.
            if Decimal("1.8") <= times < Decimal("2.95"):
                return None
        elif min(abs(times - change.q.value), abs(times - 1 - change.q.value)) <= slack:
            return _times_in_all(doc, period, old, new, change, times, slack)
        expected = number(rounded(times - 1, 1)) + "倍"
        sums = f"从{shown(old.q.amount, old)}到{shown(new.q.amount, new)}，增长{expected}"
    elif like(change, new):
        slack = (old.q.ulp + new.q.ulp + change.q.ulp) / 2
        if abs(abs(gap) - change.q.amount) <= slack:
            return None
        expected = shown(abs(gap), change)
        big, small = (new, old) if gap > 0 else (old, new)
        sums = f"{shown(big.q.amount, big)}-{shown(small.q.amount, small)}={expected}"
    else:
        return None
    stated = shown(change.q.amount, change) if like(change, new) else number(change.q.value) + change.q.unit
    return finding(
        doc,
        period,
        [old, new, change],
        "change",
        Severity.ERROR,
        f"{sums}，与所写的变化{stated}不符",
        expected,
        stated,
    )


def _points_of_counts(doc: Document, period: Period, old: Item, new: Item, change: Item) -> Finding | None:
    """64期，上年56期，增长14.3个百分点: counts grow by so many per cent; None where the points may be those of a rate."""
    if old.q.amount <= 0 or _RATE_NAMED.search(change.gap) or not per_cent_ok(old, new, change):
        return None
    value = number(change.q.value)
    return finding(
        doc, period, [old, new, change], "change", Severity.WARNING,
        f"从{shown(old.q.amount, old)}到{shown(new.q.amount, new)}，变化的幅度是{value}%，不是{value}个百分点："
        "数量的增减幅度用%，百分点只用于两个比率之差",
        f"{value}%", f"{value}个百分点",
    )  # fmt: skip


def _points_as_per_cent(doc: Document, period: Period, old: Item, new: Item, change: Item) -> Finding | None:
    """优秀率由62.5%提升至75.0%，提升12.5%: the points between two rates, written as a share of the first."""
    if old.q.amount <= 0 or not change.q.exact:
        return None
    gap, stated = number(abs(new.q.amount - old.q.amount)), number(change.q.value) + "%"
    share = percent(abs(new.q.amount - old.q.amount) / old.q.amount * 100, change.q.decimals)
    return finding(
        doc, period, [old, new, change], "change", Severity.WARNING,
        f"从{shown(old.q.amount, old)}到{shown(new.q.amount, new)}，相差{gap}个百分点，写成了{stated}："
        f"两个比率之差应当写百分点，按百分比算则是{share}",
        f"{gap}个百分点", stated,
    )  # fmt: skip


def _times_in_all(
    doc: Document, period: Period, old: Item, new: Item, change: Item, times: Decimal, slack: Decimal
) -> Finding | None:
    """由240项增加到720项，增长3倍: three times as many are two times more; None where the figure may be that of the growth."""
    near = change.q.ulp_of_rate / 2 if change.q.decimals else Decimal("0.3")
    more = times - 1
    if abs(more - change.q.value) <= slack or abs(times - change.q.value) > near or not change.q.exact:
        return None
    stated, rise = number(change.q.value) + "倍", number(rounded(more, 1)) + "倍"
    return finding(
        doc, period, [old, new, change], "change", Severity.WARNING,
        f"{shown(new.q.amount, new)}是{shown(old.q.amount, old)}的{number(rounded(times, 2))}倍，增长的是{rise}，"
        f"与所写的增长{stated}不符（“是原来的{stated}”才相符）",
        rise, stated,
    )  # fmt: skip


def _quicker(doc: Document, period: Period, old: Item, new: Item, change: Item) -> Finding | None:
    """由10个工作日压减到3个工作日，提速70%: less time is more speed, by the share saved or by how much more is done in it."""
    if change.q.unit != "%" or old.q.unit not in units.TIME or new.q.amount <= 0:
        return None
    saved, gained = change_bounds(new, old), change_bounds(old, new)
    if saved is None or gained is None or per_cent_ok(old, new, change) or states(change.q, *gained):
        return None
    return other_share(doc, period, old, new, change, "用时少", "提速")


def other_share(
    doc: Document, period: Period, old: Item, new: Item, change: Item, moved: str, named: str
) -> Finding:
    """Warning that ``new`` is another share of ``old`` away from it than ``change`` says."""
    gap = abs(new.q.amount - old.q.amount)
    expected = percent(gap / old.q.amount * 100, change.q.decimals)
    stated = number(change.q.value) + change.q.unit
    return finding(
        doc, period, [old, new, change], "change", Severity.WARNING,
        f"从{shown(old.q.amount, old)}到{shown(new.q.amount, new)}，{moved}{shown(gap, new)}÷{shown(old.q.amount, old)}"
        f"={expected}，与所写的{named}{stated}不符",
        expected, stated,
    )  # fmt: skip


def per_cent_ok(old: Item, new: Item, change: Item) -> bool:
    bounds = change_bounds(new, old)
    if bounds is None:
        return True
    low, high = sorted((abs(bounds[0]), abs(bounds[1])))
    if bounds[0] < 0 < bounds[1]:
        low = Decimal(0)
    return states(change.q, low, high)


def direction(
    doc: Document, period: Period, items: Iterable[Item], old: Item, new: Item, said: str
) -> Finding:
    was, now = shown(old.q.amount, old), shown(new.q.amount, new)
    real = "升" if new.q.amount > old.q.amount else "降"
    return finding(
        doc, period, list(items), "direction", Severity.ERROR,
        f"从{was}到{now}是{real}，与所写的“{said}”方向相反", f"由{was}{real}至{now}", said,
    )  # fmt: skip
