"""Flattened tables: what most rows show is the rule, and a row that does not keep it is told."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.figures.quantity import QKind
from auditor.figures.rows import glued, rows
from tests.figures.helpers import alarms, read

NAMES = ("公共场所", "学校卫生", "医疗卫生", "传染病防治", "职业卫生", "生活饮用水")
_COUNTS = st.lists(st.tuples(st.integers(20, 900), st.integers(1, 19)), min_size=4, max_size=6)


def per_cent(done: int, due: int) -> Decimal:
    return (Decimal(done) / due * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


def table(counts: list[tuple[int, int]], wrong: int = -1) -> str:
    """Due, done, left, rate and the row of totals; the rate of row ``wrong`` is seven points off."""
    lines = ["专业 任务数（家） 完成数（家） 关闭数（家） 完成率"]
    for at, (due, left) in enumerate(counts):
        rate = per_cent(due - left, due) - (7 if at == wrong else 0)
        lines.append(f"{NAMES[at]} {due} {due - left} {left} {rate}%")
    due, left = sum(d for d, _ in counts), sum(x for _, x in counts)
    lines.append(f"合计 {due} {due - left} {left} {per_cent(due - left, due)}%")
    return "分专业情况如下：\n" + "\n".join(lines) + "\n"


@given(_COUNTS)
def test_true_table_is_left_alone(counts: list[tuple[int, int]]) -> None:
    assert not alarms(table(counts))


@given(_COUNTS, st.integers(0, 3))
def test_wrong_rate_is_found(counts: list[tuple[int, int]], wrong: int) -> None:
    found = alarms(table(counts, wrong))
    assert [f.quote.split()[0] for f in found] == [NAMES[wrong]]


@given(_COUNTS, st.integers(0, 3), st.integers(1, 400))
def test_wrong_remainder_is_found(counts: list[tuple[int, int]], wrong: int, off: int) -> None:
    due, left = counts[wrong]
    row = f"{NAMES[wrong]} {due} {due - left} {left} "
    text = table(counts).replace(row, f"{NAMES[wrong]} {due} {due - left} {left + off} ")
    assert any(f.quote.startswith(NAMES[wrong]) for f in alarms(text))


def test_change_in_a_column() -> None:
    text = "镇名 2023年 2024年 增幅\n城关镇 120 132 10.0%\n河口镇 86 97 12.8%\n大坪镇 80 72 -10.0%\n白云镇 75 78 {}\n"
    assert not alarms(text.format("4.0%"))
    assert [f.expected for f in alarms(text.format("14.0%"))] == ["4%"]


@pytest.mark.parametrize(
    "text",
    [
        # A score is the share of nothing.
        "单位 投诉 举报 满意率\n一所 32 12 95.6%\n二所 41 9 97.2%\n三所 27 14 94.1%\n四所 38 11 98.0%\n",
        # Two rows prove no rule against a third.
        "单位 应报 已报 报送率\n甲镇 12 12 100%\n乙镇 10 9 90.0%\n丙镇 14 13 100%\n",
        "序号 单位 得分 排名\n1 财政局 96 1\n2 教育局 95 2\n3 民政局 93 3\n",
        "年度 检查 处罚 培训\n2022年 310 120 190\n2023年 286 118 168\n2024年 301 96 211\n",
    ],
)
def test_columns_without_a_rule(text: str) -> None:
    assert not alarms(text)


def test_bare_figures_of_a_row_stay_apart() -> None:
    """1563 1498 65 95.8% is no rate of 156,314,986,595.8 %."""
    text = "分专业情况如下：\n公共场所 812 776 36 95.6%\n合计 1563 1498 65 95.8%\n"
    assert [q.value for q in read(text) if q.kind is QKind.RATE] == [Decimal("95.6"), Decimal("95.8")]
    assert not alarms(text)


@pytest.mark.parametrize(
    "text", ["2 0 2 3年法治政府建设年度报告\n", "全年受理 12 件，办结 11 件。\n", "2023 1 2\n", "合计 12\n"]
)
def test_other_lines_are_no_rows_of_bare_figures(text: str) -> None:
    assert glued(text) == []


@given(st.text(alphabet="12 %\n合计　│５．，", max_size=80))
def test_rows_never_crash(text: str) -> None:
    rows(text)
    for start, end in glued(text):
        assert 0 <= start < end <= len(text)
        assert not any(c.isspace() for c in text[start:end])
