"""The score: weighted share of what the report covers (contract, "Score")."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from auditor.model import ElementResult, GroupScore, HeadlineScore, Score, Status
from auditor.rulebook.book import Group

#: Points per unit of weight.
SHARES = {Status.COVERED: 1.0, Status.WEAK: 0.5, Status.MISSING: 0.0, Status.NA: 0.0}


def points(status: Status, weight: float) -> float:
    return SHARES[status] * weight


def counts(element: ElementResult) -> bool:
    """False for elements that neither gain nor cost points: not applicable, or validly waived."""
    waived = element.decision is not None and element.decision.kind == "waived"
    return element.status is not Status.NA and not waived


def score(elements: Iterable[ElementResult], groups: Iterable[Group]) -> Score:
    """Total and parts; points are sums of weight × share, the total is per cent rounded half up to one decimal."""
    counted = [element for element in elements if counts(element)]
    gained = sum((element.points for element in counted), 0.0)
    possible = sum((element.weight for element in counted), 0.0)
    parts = []
    for group in groups:
        mine = [element for element in counted if element.group == group.id]
        parts.append(
            GroupScore(
                id=group.id,
                name=group.name,
                points=sum((e.points for e in mine), 0.0),
                possible=sum((e.weight for e in mine), 0.0),
                covered=sum(e.status is Status.COVERED for e in mine),
                weak=sum(e.status is Status.WEAK for e in mine),
                missing=sum(e.status is Status.MISSING for e in mine),
            )
        )
    headline = tuple(
        HeadlineScore(id=e.id, name=e.name, points=e.points, possible=e.weight, status=e.status)
        for e in counted
        if e.headline
    )
    return Score(
        total=percent(gained, possible),
        points=gained,
        possible=possible,
        groups=tuple(parts),
        headline=headline,
    )


def percent(gained: float, possible: float) -> float:
    """100 × gained / possible, rounded half up to one decimal; 0 when nothing is possible."""
    if not possible:
        return 0.0
    exact = Decimal(str(gained)) * 100 / Decimal(str(possible))
    return float(exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))
