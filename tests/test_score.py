"""The score of the contract."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from auditor.model import Decision, ElementResult, GroupScore, HeadlineScore, Status, Tier
from auditor.rulebook.book import Group
from auditor.score import counts, percent, points, score

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


def test_the_rows_of_groups_and_of_what_matters_most() -> None:
    elements = [
        replace(element(Status.COVERED, 3.0), headline=True, id="甲.首", name="首"),
        element(Status.COVERED, 2.0),
        replace(element(Status.WEAK, 2.0, group="乙"), headline=True),
        element(Status.MISSING, 4.0, group="乙"),
        replace(element(Status.MISSING, decision=WAIVED), headline=True),
        element(Status.NA, 9.0),
    ]
    result = score(elements, [Group("甲", "甲组"), Group("乙", "乙组"), Group("丙", "丙组")])
    assert (result.points, result.possible, result.total) == (6.0, 11.0, 54.5)
    assert result.groups == (
        GroupScore("甲", "甲组", 5.0, 5.0, 2, 0, 0),
        GroupScore("乙", "乙组", 1.0, 6.0, 0, 1, 1),
        GroupScore("丙", "丙组", 0.0, 0.0, 0, 0, 0),
    )
    assert result.headline == (
        HeadlineScore("甲.首", "首", 3.0, 3.0, Status.COVERED),
        HeadlineScore("甲.一", "一", 1.0, 2.0, Status.WEAK),
    )


def test_elements_may_come_one_by_one() -> None:
    assert score(iter([element(Status.COVERED)]), iter([Group("甲", "甲组")])).groups[0].covered == 1


@pytest.mark.parametrize(
    ("status", "gained"),
    [(Status.COVERED, 3.0), (Status.WEAK, 1.5), (Status.MISSING, 0.0), (Status.NA, 0.0)],
)
def test_points(status: Status, gained: float) -> None:
    assert points(status, 3.0) == gained


def test_only_a_waiver_takes_an_element_out() -> None:
    confirmed = replace(WAIVED, kind="confirmed")
    assert counts(element(Status.COVERED, decision=confirmed))
    assert counts(element(Status.MISSING))
    assert not counts(element(Status.MISSING, decision=WAIVED))
    assert not counts(element(Status.NA, decision=confirmed))


def test_nothing_is_still_a_number_with_a_point() -> None:
    # JSON would say 0 for one report and 0.0 for another.
    result = score([], [Group("甲", "甲组")])
    row = result.groups[0]
    assert [type(n) for n in (result.points, result.possible, row.points, row.possible)] == [float] * 4
