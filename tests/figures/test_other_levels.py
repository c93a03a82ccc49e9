"""Which figure a change starts from and leads to: never a stock carried over, a part of a list or another year's base."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.figures.helpers import alarms


@pytest.mark.parametrize(
    "text",
    [
        # What was left over is no level of last year.
        "全市新收仲裁申请1286件，同比增长23.5%，加上上年结转97件，共1383件。",
        "受理634件，同比下降11%，含上年遗留88件。",
        "接收办件1268件，同比下降3.1%，上年末在册1273件。",
        # The figure that is compared with comes first.
        "与上年实际巡查211次相比，减少73次，下降34.6%。",
        "上年兑现奖补2.31亿元，今年增加5500万元，增长23.8%。",
        "去年受理231件，今年多受理55件，增长23.8%。",
        # Two years, one after the other.
        "投诉总量较2023年的243件下降11.5%，较2022年的198件增长8.6%。",
        # As many rates as changes.
        "环节由9个减至3个，材料由22份减至8份，压减66.7%、63.6%。",
        "电力报装由32天压缩至17天，供水接入由12天压缩至4天，提速46.9%和66.7%。",
        # The change is that of the whole list.
        "查处违法案件4316件，其中超载1872件、非法营运963件、其他1481件，同比下降9.9%（上年4790件）。",
        "市区办理563件，县域办理1237件，总量同比2023年的1650件增长9.1%。",
        "上半年立案412件，下半年立案438件，全年比2023年的810件增加40件。",
        "共办案1263件，其中一般程序412件，占32.6%；简易程序851件，占67.4%；同比减少8.2%（2023年1376件）。",
        # The share of what went away.
        "编制由412名核减为386名，核减26名（6.3%）。",
        "审批时限由20个工作日压缩至5个工作日（75%）。",
    ],
)
def test_right_levels(text: str) -> None:
    assert not alarms(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年复核案件863件：公安类412件、人社类213件、其他238件，同比下降14.1%（2023年900件）。", "4.1%"),
        ("上年为86件，今年增加51件，增长49.3%。", "59.3%"),
        ("投诉由120件降至90件，信访由80件降至60件，下降25%、35%。", "25%"),
        ("编制由412名核减为386名，核减26名（16.3%）。", "6.3%"),
        ("查处违法案件412起，比上年增加52起，增长12.6%。", "14.4%"),
    ],
)
def test_wrong_changes_are_told_with_the_right_sum(text: str, expected: str) -> None:
    (found,) = alarms(text)
    assert f"={expected}" in found.message


@given(st.integers(20, 900), st.lists(st.integers(20, 900), min_size=3, max_size=5), st.data())
def test_the_whole_of_a_list_may_be_what_changed(before: int, parts: list[int], data: st.DataObject) -> None:
    whole = sum(parts)
    gap = whole - before
    if abs(gap) < before / 20:
        return
    word = "增长" if gap > 0 else "下降"
    named = "、".join(f"{name}{part}件" for name, part in zip("甲乙丙丁戊", parts, strict=False))
    told = f"办理{whole}件，其中{named}，同比{word}{abs(gap) / before * 100:.1f}%（上年{before}件）。"
    assert not [f for f in alarms(told) if "变化" in f.message or "方向" in f.message]
