"""Generated accounts, shortfalls, named bases, stocks told again and columns of differences: true ones are never flagged."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.figures.helpers import alarms

SIZE = st.integers(20, 400)
OFF = st.sampled_from([-19, -7, 7, 19])


@given(SIZE, SIZE, SIZE, OFF)
def test_account(old: int, came: int, went: int, off: int) -> None:
    left = old + came - went
    assume(left > 20)
    text = (
        "上年结余救助资金{}万元，本年度财政拨入{}万元，发放救助金{}万元，其中住院救助5万元，期末结余{}万元。"
    )
    assert not alarms(text.format(old, came, went, left))
    (found,) = alarms(text.format(old, came, went, left + off))
    assert f"{old}万元+{came}万元-{went}万元={left}万元" in found.message


def test_account_that_was_closed_before() -> None:
    assert not alarms("上年结转经费12万元已于3月支出完毕，今年安排80万元，支出71万元，结余9万元。")
    assert not alarms("上年结转经费12万元，今年安排80万元，项目评审71万元，结余9万元。")


@given(st.integers(100, 900), st.integers(5, 90), OFF)
def test_shortfall(plan: int, short: int, off: int) -> None:
    assume(short + off > 0)
    text = "全年任务{}万元，实际完成{}万元，尚差{}万元。"
    assert not alarms(text.format(plan, plan - short, short))
    (found,) = alarms(text.format(plan, plan - short, short + off))
    assert f"={short}万元" in found.message
    over = "年度计划{}场，实际开展{}场，超额完成{}场。"
    assert not alarms(over.format(plan, plan + short, short))
    assert len(alarms(over.format(plan, plan + short, short + off))) == 1


@given(st.integers(200, 400), st.integers(100, 180), st.integers(30, 90))
def test_named_base(whole: int, base: int, part: int) -> None:
    def share(n: int, d: int) -> Decimal:
        return (Decimal(n) / d * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)

    text = "办理案件{}件，其中民事{}件、其他{}件，民事案件中涉欠薪{}件，占{}的{}%。"
    right, other = share(part, base), share(part, whole)
    # The share of the rest, alone or with the part, may be meant.
    assume(other not in (share(whole - base, base), share(whole - base + part, base)))
    assert not alarms(text.format(whole, base, whole - base, part, "民事案件", right))
    assert not alarms(text.format(whole, base, whole - base, part, "全部案件", other))
    (found,) = alarms(text.format(whole, base, whole - base, part, "民事案件", other))
    assert f"民事案件{base}件=" in found.message


@given(st.integers(100, 400), st.integers(30, 90), OFF)
def test_level_told_again(old: int, came: int, off: int) -> None:
    text = "隔离房间由年初的{}间增至年末的{}间。\n资源分布不均，年末{}间{}使用率不高。"
    assert not alarms(text.format(old, old + came, old + came, "隔离房间"))
    assert not alarms(text.format(old, old + came, old + came + off, "备用隔离房间"))
    assert len(alarms(text.format(old, old + came, old + came + off, "隔离房间"))) == 1


def test_level_of_one_office() -> None:
    text = "执法人员由年初的32名增至年末的40名。\n{}力量不足，目前15名执法人员均为兼职。"
    assert not alarms(text.format("东河镇"))
    assert len(alarms(text.format("一线"))) == 1


@pytest.mark.parametrize("name", ["增减", "增减（件）", "比上年增加", "较上年变化"])
@pytest.mark.parametrize("off", [0, 10, -3])
def test_column_of_differences(name: str, off: int) -> None:
    text = f"类别 2023年 2024年 {name}\n合同 143 168 25\n文件 41 32 -9\n其他 210 247 {37 + off}\n合计 394 447 —\n"
    found = alarms(text)
    assert len(found) == (off != 0)
    assert not found or "247-210=37" in found[0].message


@pytest.mark.parametrize("name", ["增长（%）", "增长率", "排名", "完成数"])
def test_column_of_something_else(name: str) -> None:
    assert not alarms(f"类别 2023年 2024年 {name}\n合同 143 168 17\n文件 41 32 9\n其他 210 247 18\n")


@pytest.mark.parametrize("left", [4, 5])
def test_column_of_the_rest(left: int) -> None:
    text = f"乡镇 应整改 已整改 未整改\n龙泉镇 26 24 2\n青山镇 18 15 3\n白水乡 31 27 {left}\n长岭乡 14 14 0\n"
    assert bool(alarms(text)) is (left == 5)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("组建由律师16名、公证员4名和调解员21名组成的{}人宣讲团。", "16+4+21=41"),
        ("统筹资金用途为师资22万元、场地16万元，其他支出4万元，共{}万元。", "22+16+4=42"),
    ],
)
def test_whole_behind_its_parts(text: str, message: str) -> None:
    told = int(message.rpartition("=")[2])
    assert not alarms(text.format(told))
    (found,) = alarms(text.format(told + 11 if "名" in text else told + 5))
    assert message in found.message
