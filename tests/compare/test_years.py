"""Two successive years: promises, repeats, figures, elements."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.compare.compare import compare
from auditor.compare.inputs import Report
from auditor.compare.model import Comparison, Differs, Jump, Kept, Mode, Turn
from tests.compare.reports import COUNTY_2022, COUNTY_2023, DEPARTMENT_2024, PAIRS, TOWN_2023

Compared = dict[str, tuple[Report, Report, Comparison]]
Read = Callable[[str], Report]


@pytest.mark.parametrize("name", PAIRS)
def test_promises(compared: Compared, name: str) -> None:
    promises = compared[name][2].promises
    assert tuple(p.status.value for p in promises) == PAIRS[name][2], [p.last.quote for p in promises]


@pytest.mark.parametrize("name", PAIRS)
def test_quotes_are_the_text_of_the_reports(compared: Compared, name: str) -> None:
    last, this, found = compared[name]
    assert found.mode is Mode.YEARS
    places = [(last, p.last) for p in found.promises] + [(this, x) for p in found.promises for x in p.found]
    for repeat in (*found.problems, *found.achievements):
        places += [(last, repeat.last), (this, repeat.this)]
    for turn in found.elements:
        places += [(last, turn.last)] if turn.last else []
        places += [(this, turn.this)] if turn.this else []
    assert places
    for report, place in places:
        text = report.document.text
        assert text[place.start : place.end] == place.quote
        assert place.line == text.count("\n", 0, place.start) + 1
    for move in found.figures:
        assert last.document.text[move.last.start : move.last.end] == move.last.quote
        assert this.document.text[move.this.start : move.this.end] == move.this.quote


def test_gone_has_no_passage_and_others_have(compared: Compared) -> None:
    for _, _, found in compared.values():
        for promise in found.promises:
            assert bool(promise.found) is (promise.status is not Kept.GONE)


def test_slogans_are_no_promises(compared: Compared) -> None:
    county = compared["county"][2]
    assert not any("坚实保障" in p.last.quote for p in county.promises)
    assert any("没有写明具体任务" in remark for remark in county.remarks)


def test_a_promise_listed_again_among_the_problems_is_not_done(read: Read) -> None:
    last = read(TOWN_2023.replace("村规民约的合法性审查走在后面", "普法力量不足"))
    this = read(
        TOWN_2023.replace("2023年", "2024年")
        .replace("2024年1月10日", "2025年1月10日")
        .replace("村规民约的合法性审查走在后面", "全镇村规民约逐村合法性审查尚未开展")
        .replace("对全镇16个村的村规民约逐村开展合法性审查；", "")
    )
    promise = next(p for p in compare(last, this).promises if "村规民约" in p.last.quote)
    assert promise.status is Kept.CONTINUED
    assert "尚未开展" in promise.found[0].quote


def test_problems_word_for_word(compared: Compared) -> None:
    (county,) = compared["county"][2].problems
    assert county.differs is Differs.NOTHING
    assert "执法队伍力量薄弱" in county.this.quote
    (department,) = compared["department"][2].problems
    assert department.differs is Differs.WORDS
    assert 92 <= department.similarity < 100


def test_achievements_copied(compared: Compared) -> None:
    county = {r.this.quote: r for r in compared["county"][2].achievements}
    kept = next(r for quote, r in county.items() if "夜间咨询窗口" in quote)
    assert kept.differs is Differs.NOTHING
    renewed = next(r for quote, r in county.items() if "案卷175卷" in quote)
    assert renewed.differs is Differs.FIGURES
    department = [r for r in compared["department"][2].achievements if r.differs is Differs.YEAR]
    assert ["非法采砂" in r.this.quote for r in department] == [True]


def test_figures_that_moved(compared: Compared) -> None:
    moves = {name: [(m.kind, m.subject) for m in c.figures] for name, (_, _, c) in compared.items()}
    assert moves["county"] == [
        (Jump.FACTOR, "重大行政执法决定"),
        (Jump.FELL, "农村学法用法示范户"),
    ]
    assert [kind for kind, _ in moves["department"]] == [Jump.FACTOR, Jump.FELL]
    assert moves["town"] == [(Jump.FACTOR, "矛盾纠纷")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("组织法治宣传活动14场次", "组织法治宣传活动139场次"),  # not quite ten times
        ("聘请法律顾问1名", "聘请法律顾问12名"),  # too few to wonder
        ("全年累计调解矛盾纠纷236件", "全年累计调解矛盾纠纷190件"),  # one year only
        ("上年调解矛盾纠纷20件，今年调解矛盾纠纷236件", "上年调解矛盾纠纷236件，今年调解矛盾纠纷240件"),
    ],
)
def test_figures_that_may_move(read: Read, before: str, after: str) -> None:
    base = TOWN_2023.replace("镇村两级调解矛盾纠纷236件，涉及土地流转、邻里界址等多种类型。", "{}。")
    base = base.replace("聘请法律顾问1名，", "").replace("组织法治宣传活动14场次，", "")
    last = read(base.format(before))
    this = read(base.format(after).replace("双槐镇2023年", "双槐镇2024年"))
    assert compare(last, this).figures == ()


def test_elements_lost_and_won(compared: Compared) -> None:
    turns = {e.id: e for e in compared["county"][2].elements}
    assert turns["述法.覆盖"].turn in (Turn.LOST, Turn.WEAKER)
    assert turns["述法.覆盖"].last is not None
    assert turns["执法.柔性执法"].turn in (Turn.WON, Turn.STRONGER)
    assert Turn.OPEN not in {e.turn for e in turns.values()}


def test_unrelated_reports_share_nothing(read: Read) -> None:
    found = compare(read(COUNTY_2022), read(DEPARTMENT_2024))
    assert not found.problems
    assert not found.achievements
    assert not found.figures
    assert not any(p.status is Kept.DONE for p in found.promises)
    assert any("单位不同" in remark for remark in found.remarks)


def test_order_of_years_is_mended(read: Read) -> None:
    found = compare(read(COUNTY_2023), read(COUNTY_2022))
    assert (found.last.year, found.this.year) == (2022, 2023)
    assert "对调" in found.remarks[0]
