"""Compares stated figures with reckoned ones the way people round, and writes findings."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from auditor.figures.passages import Item, Period
from auditor.figures.subjects import CLAUSE
from auditor.model import Finding, Severity
from auditor.text.document import Document

HUNDRED = Decimal(100)
QUOTE = 240
"""Longest quote of a finding in normalised characters."""


def number(value: Decimal) -> str:
    """Plain decimal notation without needless zeros."""
    text = format(value.normalize(), "f")
    return "0" if text in ("-0", "") else text


def shown(value: Decimal, item: Item) -> str:
    """A value in the smallest unit, written in the unit of ``item``: 3426000 元 becomes 342.6万元."""
    unit = item.q.unit
    factor = item.q.amount / item.q.value if item.q.value else Decimal(1)
    scaled = value / (factor if factor else Decimal(1))
    if item.q.scale == 10**4 and unit:
        return number(scaled / 10**4) + "万" + unit
    return number(scaled) + unit


def plus(parts: Sequence[Item]) -> str:
    """19+8+5, in the unit of the first part."""
    factor = parts[0].q.amount / parts[0].q.value if parts[0].q.value else Decimal(1)
    return "+".join(number(p.q.amount / factor) for p in parts)


def total(parts: Sequence[Item]) -> Decimal:
    return sum((p.q.amount for p in parts), Decimal(0))


def adds_up(parts: Sequence[Item], whole: Decimal, whole_ulp: Decimal = Decimal(0)) -> bool:
    """True when the parts make the whole, exactly or within what rounding or cutting off every figure can do."""
    ulp = max([p.q.ulp for p in parts] + [whole_ulp])
    gap = whole - total(parts)
    # Half up, every figure may be half a digit off; the errors of a few figures hardly ever add up to two digits.
    return abs(gap) <= slack(len(parts), ulp) or 0 <= gap < ulp * len(parts) or gap == 0


def slack(count: int, ulp: Decimal) -> Decimal:
    """How far the sum of ``count`` figures rounded to ``ulp`` may be off."""
    return ulp if count <= 3 else 2 * ulp


def per_cent_fits(low: Decimal, high: Decimal, stated: Decimal, decimals: int) -> bool:
    """True when ``stated`` is a fair rounding (half up, cut off) of some value between ``low`` and ``high``."""
    unit = Decimal(1) / Decimal(10) ** decimals
    return low - unit < stated <= high + unit / 2


def ratio_bounds(n: Item, d: Item) -> tuple[Decimal, Decimal] | None:
    """Per cent of ``n`` in ``d`` between the bounds that rounded figures leave; None when ``d`` may be zero."""
    half_n, half_d = n.q.ulp / 2, d.q.ulp / 2
    if d.q.amount - half_d <= 0:
        return None
    low = (n.q.amount - half_n) / (d.q.amount + half_d) * HUNDRED
    return low, (n.q.amount + half_n) / (d.q.amount - half_d) * HUNDRED


def change_bounds(new: Item, old: Item) -> tuple[Decimal, Decimal] | None:
    """Change in per cent (signed) from ``old`` to ``new`` between the bounds of rounded figures."""
    bounds = ratio_bounds(new, old)
    return None if bounds is None else (bounds[0] - HUNDRED, bounds[1] - HUNDRED)


def rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-max(decimals, 0)), ROUND_HALF_UP)


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
    start = first
    for match in CLAUSE.finditer(doc.norm.text, max(period.start, first - 60), first):
        start = match.end()
    if start == first:
        start = max(period.start, first - 60) if first - period.start <= 60 else first
    if last - start > QUOTE:
        start = first if last - first <= QUOTE else max(first, last - QUOTE)
    return at(doc, start, last, "arithmetic", relation, severity, message, expected, stated)


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
    digest = hashlib.sha256(f"{relation}\0{normal}".encode("utf-8", "replace")).hexdigest()[:8]
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
