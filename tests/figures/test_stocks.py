"""Relations over places and forms: averages, bounds, stocks told twice, vacant posts, tables, plans."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.figures.helpers import alarms


@given(st.integers(100, 9000), st.integers(1, 90))
def test_bound(bound: int, off: int) -> None:
    for text in ("全县登记志愿者突破{}名，目前登记{}名。", "全年检查超过{}次，实际达到{}次。"):
        assert not alarms(text.format(bound, bound + off))
        assert len(alarms(text.format(bound, bound - off))) == 1
    text = "全年信访不足{}件，共{}件。"
    assert not alarms(text.format(bound, bound - off))
    assert len(alarms(text.format(bound, bound + off))) == 1


@given(st.integers(10, 300), st.integers(1, 200), st.booleans())
def test_compared_with_a_figure_named_beside(told: int, off: int, over: bool) -> None:
    text = "全年开展培训{}期，{}上年的{}期。"
    word, other = ("超过", "低于") if over else ("低于", "超过")
    bound = told - off if over else told + off
    if bound <= 0:
        return
    assert not alarms(text.format(told, word, bound))
    assert len(alarms(text.format(told, other, bound))) == 1


@given(st.integers(10, 90), st.integers(1, 9), st.integers(1, 5))
def test_posts(posts: int, vacant: int, off: int) -> None:
    for text in (
        "执法大队核定编制{}名，实有{}名，空编{}名。",
        "执法大队核定编制{}名，实有{}名。\n二是力量不足，执法大队目前仍空编{}名。",
    ):
        assert not alarms(text.format(posts, posts - vacant, vacant))
        assert len(alarms(text.format(posts, posts - vacant, vacant + off))) == 1


@given(st.integers(5, 400), st.integers(1, 90))
def test_what_is_left_open_is_told_alike(left: int, off: int) -> None:
    text = "全年审结行政复议案件，尚未审结{}件。\n还有不足，尚未审结的行政复议案件仍有{}件。"
    assert not alarms(text.format(left, left))
    assert len(alarms(text.format(left, left + off))) == 1


@given(st.integers(10, 90), st.integers(1, 9), st.integers(1, 9))
def test_what_of_all_is_not_yet_done(whole: int, left: int, off: int) -> None:
    text = "承接赋权事项{}项，实际行使{}项。\n问题是{}项赋权事项中仍有{}项未能行使。"
    assert not alarms(text.format(whole, whole - left, whole, left))
    assert len(alarms(text.format(whole, whole - left, whole, left + off))) == 1


@given(
    st.lists(st.tuples(st.integers(20, 900), st.integers(20, 900)), min_size=3, max_size=6), st.integers(1, 9)
)
def test_table(rows: list[tuple[int, int]], off: int) -> None:
    def table(shift: int) -> str:
        lines = ["项目 合计 城区 乡镇"]
        lines += [
            f"事项{'甲乙丙丁戊己'[n]} {a + b + (shift if n == 1 else 0)} {a} {b}"
            for n, (a, b) in enumerate(rows)
        ]
        return "\n".join(lines)

    assert not alarms(table(0))
    found = alarms(table(off))
    assert len(found) == 1 and found[0].quote and found[0].quote.startswith("事项乙")
    a, b = rows[1]
    assert f"{a}+{b}={a + b}" in found[0].message


def test_table_whose_columns_never_add_up_says_nothing() -> None:
    assert not alarms("年度 总数 诉讼 复议\n2021年 126 62 48\n2022年 148 71 54\n2023年 162 80 60")


@given(st.integers(20, 900), st.integers(20, 900))
def test_plan(planned: int, done: int) -> None:
    rate = round(done / planned * 100, 1)
    text = "年初计划抽检{}批次，实际完成{}批次，完成计划的{}%。"
    assert not alarms(text.format(planned, done, rate))
    assert len(alarms(text.format(planned, done, round(rate + 2, 1)))) == 1


@pytest.mark.parametrize(
    "piece",
    [
        "和" * 70 + "两类合计3件、5件、",
        "执法大队仍有仍有仍有仍有仍有仍有仍有仍有仍有空编3名，",
        "63项中已承接45项，63项中仍有16项未承接。",
        "行政复议案件未审结5件。",
        "项目 合计 甲 乙\n一 5 2 3\n",
        "一二队核定编制9名，实有7名。",
        "全年审结的915件行政复议案件中，被撤销的有3件。",
        "全年58件案件中，被撤销或确认违法的有6件。全年审结行政复议案件58件，其中撤销8件。",
        "情况：\n领域 立案（件） 结案（件）\n甲类 5 2\n乙类 3 2\n上述两个领域立案9件。\n",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    began = time.process_time()
    alarms(piece * (40_000 // len(piece)))
    assert time.process_time() - began < 8
