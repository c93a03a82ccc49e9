"""The score of the contract."""

from __future__ import annotations

import pytest

from auditor.model import Decision, ElementResult, Status, Tier
from auditor.rulebook.book import Group
from auditor.score import percent, score

WAIVED = Decision("waived", None, "理由", "某人", "2026-01-01", "2026-12-31")


def element(
    status: Status, weight: float = 1.0, decision: Decision | None = None, group: str = "甲"
) -> ElementResult:
    share = {Status.COVERED: 1.0, Status.WEAK: 0.5}.get(status, 0.0)
    return ElementResult(
        "甲.一",
        "一",
        group,
        Tier.OUTLINE,
        False,
        status,
        weight,
        share * weight,
        None,
        None,
        decision=decision,
    )


def test_weak_counts_half() -> None:
    assert score([element(Status.COVERED), element(Status.WEAK), element(Status.MISSING)], []).total == 50.0


def test_weights_count() -> None:
    assert score([element(Status.COVERED, 2.0), element(Status.MISSING)], []).total == 66.7


def test_na_and_waived_do_not_count() -> None:
    result = score(
        [element(Status.COVERED), element(Status.NA), element(Status.MISSING, decision=WAIVED)], []
    )
    assert (result.total, result.possible) == (100.0, 1.0)


def test_nothing_to_count() -> None:
    assert score([element(Status.NA)], []).total == 0.0


@pytest.mark.parametrize(
    ("gained", "possible", "shown"),
    [(1, 16, 6.3), (3, 16, 18.8), (1, 3, 33.3), (2, 3, 66.7), (0.5, 800, 0.1)],
)
def test_half_is_rounded_up(gained: float, possible: float, shown: float) -> None:
    assert percent(gained, possible) == shown


def test_groups_add_up() -> None:
    elements = [
        element(Status.COVERED),
        element(Status.WEAK, 2.0, group="乙"),
        element(Status.MISSING, group="乙"),
    ]
    result = score(elements, [Group("甲", "甲组"), Group("乙", "乙组")])
    assert sum(g.points for g in result.groups) == result.points
    assert [(g.covered, g.weak, g.missing) for g in result.groups] == [(1, 0, 0), (0, 1, 1)]
