"""Compares stated figures with reckoned ones the way people round, and writes findings."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from auditor.digests import sha256
from auditor.figures import units
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import Quantity
from auditor.figures.subjects import CLAUSE
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

HUNDRED = Decimal(100)
_AVERAGE = regex(
    r"平均|(?:[人户次场部期批所村镇份家队日月周]|(?<!案)件|(?<!全)年)均(?![已按由在能未有无可完]|办[结完毕复成])|每[一个]?[\u4e00-\u9fff]{1,2}$"
)
_WIDE = Context(prec=2000)
"""A report may state a figure of any length, and rounding one that does not fit would be an error."""
QUOTE = 240
"""Longest quote of a finding in normalised characters."""


def number(value: Decimal) -> str:
    """Plain decimal notation without needless zeros."""
    text = format(value.normalize(), "f")
    return "0" if text in ("-0", "") else text


def shown(value: Decimal, item: Item) -> str:
    """A value in the smallest unit, written in the unit of ``item``: 3426000 元 becomes 342.6万元."""
    unit = item.q.unit
    scaled = value / units.factor(unit)
    if item.q.scale == 10**4 and unit:
        return number(scaled / 10**4) + "万" + unit
    return number(scaled) + unit


def plus(parts: Sequence[Item]) -> str:
    """19+8+5, in the unit of the first part; 7.1+3.2 where all count in 万; 18+12-4 where one is taken off."""
    factor = _worth(parts)
    return "+".join(number(p.q.amount / factor) for p in parts).replace("+-", "-")


def summed(parts: Sequence[Item], whole: Item) -> str:
    """19+8+5=32件; 8000+5000=13000万元（即1.3亿元） where the whole is told in another unit."""
    factor, joint = _worth(parts), total(parts)
    told = shown(joint, whole)
    if factor != _worth([whole]):
        many = "万" if factor > units.factor(parts[0].q.unit) else ""
        told = f"{number(joint / factor)}{many}{parts[0].q.unit}（即{told}）"
    return f"{plus(parts)}={told}"


def _worth(parts: Sequence[Item]) -> Decimal:
    """What 1 is worth in the sum of ``parts``, in the smallest unit of the first one."""
    factor = units.factor(parts[0].q.unit)
    return factor * 10**4 if all(p.q.scale == 10**4 for p in parts) else factor


def total(parts: Sequence[Item]) -> Decimal:
    return sum((p.q.amount for p in parts), Decimal(0))


def total_ulp(parts: Sequence[Item]) -> Decimal:
    """What cutting off the last digits of all parts can hide."""
    return sum((p.q.ulp for p in parts), Decimal(0))


def adds_up(parts: Sequence[Item], whole: Decimal, whole_ulp: Decimal = Decimal(0)) -> bool:
    """True when the parts make the whole, exactly or within what rounding or cutting off every figure can do."""
    ulp = joint_ulp([p.q.ulp for p in parts] + [whole_ulp])
    gap = whole - total(parts)
    # Half up, every figure may be half a digit off; the errors of a few figures hardly ever add up to two digits.
    # Cut off, every part lacks less than its own last digit: 1.2亿元 beside 5400万元 and 1600万元 hides but one of them.
    # In a long list it takes all parts together, each near its limit, to lack a digit for all but one of them.
    most = len(parts) if len(parts) <= 3 else len(parts) - 1
    cut = min(ulp * most, max(ulp, total_ulp(parts)))
    return abs(gap) <= slack(len(parts), ulp) or 0 <= gap < cut


def exceeds(part: Item, whole: Item) -> bool:
    """True when the part is larger than its whole, however both were rounded: 1.3万件 and 13020件 may be the same."""
    if _AVERAGE.search(whole.lead) and not _AVERAGE.search(part.lead):
        # 检查412户次，户均3次，其中专项检查86次: what is told of each holds no part of all.
        return False
    over = part.q.amount - whole.q.amount
    return over > 0 and over >= max(whole.q.ulp, (part.q.ulp + whole.q.ulp) / 2)


def joint_ulp(ulps: Sequence[Decimal]) -> Decimal:
    """What one digit of the coarsest figure is worth; half of it when others are finer (7.5万元, 6万元)."""
    top = max(ulps)
    return top if min(ulps) == top else max(top / 2, min(u for u in ulps if u or not top))


def slack(count: int, ulp: Decimal) -> Decimal:
    """How far the sum of ``count`` figures rounded to ``ulp`` may be off."""
    return ulp if count <= 3 else 2 * ulp


def per_cent_fits(low: Decimal, high: Decimal, stated: Decimal, decimals: int) -> bool:
    """True when ``stated`` is a fair rounding (half up, cut off) of some value between ``low`` and ``high``."""
    unit = Decimal(1) / Decimal(10) ** decimals
    return low - unit < stated <= high + unit / 2


_AT_LEAST = frozenset(
    [
        "以上",
        "超过",
        "超",
        "逾",
        "突破",
        "不少于",
        "不低于",
        "至少",
        "高于",
        "大于",
        "多于",
        "最少",
        "有余",
        "强",
    ]
)
_BEYOND = frozenset(["多", "余"])
_CLOSE = frozenset(["近", "将近", "接近"])
_BELOW = frozenset(
    [
        "近",
        "不到",
        "不足",
        "将近",
        "接近",
        "以下",
        "以内",
        "不超过",
        "不高于",
        "低于",
        "少于",
        "弱",
        "至多",
        "最多",
    ]
)


def states(rate: Quantity, low: Decimal, high: Decimal) -> bool:
    """True when a percentage fairly tells some value between ``low`` and ``high``: 98.5%, 三成, 近五成, 四成以上."""
    value, ulp = rate.value, rate.ulp_of_rate
    if not rate.operator:
        return per_cent_fits(low, high, value, rate.decimals)
    if rate.operator in _AT_LEAST:
        return high >= value - ulp / 2 if ulp <= 1 else high >= value - 1
    if rate.operator in _BEYOND:
        return high >= value - Decimal("0.5") and low < value + max(ulp, Decimal(1))
    if rate.operator in _CLOSE and high < value - max(ulp, Decimal(8)):
        # 近三分之二 is hardly less than six tenths.
        return False
    if rate.operator in _BELOW:
        return low <= value + Decimal("0.5")
    return low - max(ulp, Decimal(3)) <= value <= high + max(ulp, Decimal(3))


def ratio_bounds(n: Item, d: Item) -> tuple[Decimal, Decimal] | None:
    """Per cent of ``n`` in ``d`` between the bounds that rounded figures leave; None when ``d`` may be zero."""
    # 36.4万元 of 40万元: beside a finer figure the coarser one is hardly rounded to its last digit.
    top = joint_ulp((n.q.ulp, d.q.ulp)) if n.q.ulp and d.q.ulp else max(n.q.ulp, d.q.ulp)
    half_n, half_d = min(n.q.ulp, top) / 2, min(d.q.ulp, top) / 2
    if d.q.amount - half_d <= 0:
        return None
    low = (n.q.amount - half_n) / (d.q.amount + half_d) * HUNDRED
    return low, (n.q.amount + half_n) / (d.q.amount - half_d) * HUNDRED


def change_bounds(new: Item, old: Item) -> tuple[Decimal, Decimal] | None:
    """Change in per cent (signed) from ``old`` to ``new`` between the bounds of rounded figures."""
    bounds = ratio_bounds(new, old)
    return None if bounds is None else (bounds[0] - HUNDRED, bounds[1] - HUNDRED)


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half up, as people round."""
    return value.quantize(Decimal(1).scaleb(-max(decimals, 0)), ROUND_HALF_UP, _WIDE)


def percent(value: Decimal, decimals: int) -> str:
    """A percentage with at least one decimal, so that a reader sees how far off the stated one is."""
    return number(rounded(value, max(decimals, 1))) + "%"


def finding(
    doc: Document,
    period: Period,
    items: Sequence[Item],
    relation: str,
    severity: Severity,
    message: str,
    expected: str,
    stated: str,
) -> Finding:
    """Finding about ``items``; the quote runs from the clause of the first to the end of the last."""
    first, last = min(i.q.start for i in items), max(i.q.end for i in items)
    marks = [match.end() for match in CLAUSE.finditer(doc.norm.text, max(period.start, first - 60), first)]
    start = marks[-1] if marks else period.start if first - period.start <= 60 else first
    # The clause is quoted to its end when little of it is left: 已有19个聘请了法律顾问.
    closing = CLAUSE.search(doc.norm.text, last, min(period.end, last + 13))
    if closing and "、" not in doc.norm.text[last : closing.start()]:
        last = closing.start()
    if last - start > QUOTE:
        start = max(first, last - QUOTE)
    return at(doc, start, last, "arithmetic", relation, severity, message, expected, stated)


def told_again(
    doc: Document,
    period: Period,
    items: Sequence[Item],
    was: Item,
    before: str,
    now: str,
    *,
    what: str = "同一数量",
    sums: str = "",
) -> Finding:
    """Warning that ``items`` tell ``now`` what stands as ``before`` (the result of ``sums``) at the place of ``was``."""
    place = doc.place(doc.norm.original(was.q.start, was.q.end)[0])
    message = f"{what}在{place}写为{sums or before}，此处写为{now}，前后不一致"
    return finding(doc, period, items, "restated", Severity.WARNING, message, before, now)


def at(
    doc: Document,
    start: int,
    end: int,
    kind: str,
    relation: str,
    severity: Severity,
    message: str,
    expected: str | None = None,
    stated: str | None = None,
) -> Finding:
    """Finding about the normalised span ``start:end`` with a stable id."""
    a, b = doc.norm.original(start, end)
    normal = doc.norm.text[start:end]
    digest = sha256(f"{relation}\0{normal}".encode("utf-8", "replace")).hexdigest()[:8]
    return Finding(
        id=f"{kind}-{relation}-{digest}",
        kind=kind,
        severity=severity,
        message=message,
        quote=doc.text[a:b],
        start=a,
        end=b,
        line=doc.line(a),
        expected=expected,
        stated=stated,
    )
