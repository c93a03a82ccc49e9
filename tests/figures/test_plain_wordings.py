"""Plain wordings of closed lists, rulings, adjustments and totals: the right figures pass, the wrong ones are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.figures.helpers import alarms

PAIRS = [
    # What was picked for a contest is no member beside those that were told.
    (
        "所内评议案卷48卷，其中优秀29卷、合格{}卷，推荐的4卷参加市里评比。",
        19,
        15,
        "29+15=44卷",
    ),
    # A list of what was published may name deeds.
    ("发布信息930条，其中疫情通报260条、查处结果310条、办事指南等{}条。", 360, 350, "260+310+350=920条"),
    # Rulings are those of the closed cases, never of all.
    ("复议案件27件，审结25件，其中维持17件、终止5件、撤销{}件，未审结2件。", 3, 5, "17+5+5=27件"),
    # What runs on into the next year is not done.
    ("年初定了21件实事，到年底办成17件，还有{}件跨年接着办。", 4, 6, "17+6=23件"),
    # The level of last year behind a list does not leave the list open.
    (
        "全年制发13件，其中以局党组名义4件、以局办公室名义{}件，比上年的18件减少5件。",
        9,
        8,
        "4+8=12件",
    ),
    # The sentence opens with the name of one figure of the sentence before.
    ("收到申请76件，受理63件、不予受理13件。受理案件中已审结57件，尚未审结{}件。", 6, 9, "57+9=66件"),
    ("来电940件，其中咨询类700件、投诉类240件。投诉类已办结221件，未办结{}件。", 19, 23, "221+23=244件"),
    # There are never more cases won and lost than cases.
    ("全年办理行政诉讼案件19件，胜诉16件，败诉{}件。", 3, 5, "16+5=21件"),
    ("动态调整权责事项88项，其中新增31项、取消22项、变更{}项。", 35, 30, "31+22+30=83项"),
    # Files that were gone through, in everyday words.
    ("共过筛文件52件，留用{}件、改了再用6件、作废18件。", 28, 29, "29+6+18=53件"),
    ("31件文件逐件过筛，宣布停止执行9件、作出修改4件、继续使用{}件。", 18, 19, "9+4+19=32件"),
    # 多年 is no 43件多.
    ("43件多年积案办结{}件，办结率88.4%。", 38, 36, "36件÷43件"),
    # The total takes up the verb that opens the list.
    ("全年修订规章4件、规范性文件17件，共修订{}件。", 21, 23, "4+17=21件"),
]


@pytest.mark.parametrize(("text", "right", "wrong", "sums"), PAIRS)
def test_lists(text: str, right: int, wrong: int, sums: str) -> None:
    assert not alarms(text.format(right))
    (found,) = alarms(text.format(wrong))
    assert sums in found.message


@pytest.mark.parametrize(
    "text",
    [
        # Those sent back may be the rest of the list.
        "评议案卷48卷，其中优秀29卷、合格15卷，存在瑕疵的4卷退回重做。",
        # 其中 without 审结 divides all cases, and the open one is among them.
        "复议案件27件，其中维持17件、终止5件、撤销3件，未审结2件。",
        # What was started for the next year is no rest of this year's tasks.
        "年度任务30个，完成28个，启动跨年项目4个。",
        # Cases carried over, or counted in another measure word, may be among them.
        "收到申请76件，受理63件，上年结转5件。受理案件中已审结57件，尚未审结11件。",
        "收到线索90条，其中立案41条、转办49条。立案案件已办结30件，未办结8件。",
        # Some cases are withdrawn, one may be heard twice, and older ones may be decided.
        "行政诉讼案件19件，胜诉13件，败诉2件。",
        "行政诉讼案件19件，一审胜诉14件、败诉4件，二审胜诉3件、败诉1件。",
        "行政诉讼案件19件，上年结转3件，胜诉16件，败诉5件。",
        # Of the whole list, most items stay as they are.
        "调整后权责事项共128项，新增31项、取消22项、变更30项。",
        "权责事项由880项调整为889项，新增31项、取消22项、变更30项。",
        "动态调整权责事项88项，新增31项，取消22项，变更30项，下放5项。",
        # The members have verbs of their own.
        "修订规章4件、废止规范性文件17件，共修订6件。",
        "修订规章4件、规范性文件17件等，共修订26件。",
        # A rate of each of them, and no share of the ten.
        "全市12个县（市、区）中有10个县（市、区）败诉率低于10%，2个高于10%。",
        "18个乡镇中有15个乡镇化解率超过95%。",
        "检查计划由1320项合并为860项，合并率34.8%。",
        "证明材料由85项精简到23项，精简率72.9%。",
    ],
)
def test_left_alone(text: str) -> None:
    assert not alarms(text)


def _share(text: str, whole: int, rest: int, off: int) -> None:
    """The right share passes, one that is ``off`` points less does not."""
    part = whole - rest
    assert not alarms(text.format(whole, part, part / whole * 100))
    assert len(alarms(text.format(whole, part, part / whole * 100 - off))) == 1


@given(st.integers(20, 300), st.integers(1, 15))
def test_seat_of_the_defendant(cases: int, absent: int) -> None:
    _share("行政案件{}件，由负责同志坐到被告席上的{}件，负责人出庭率{:.1f}%。", cases, absent, 3)


@given(st.integers(300, 2000), st.integers(10, 250))
def test_can_be_done_online(matters: int, left: int) -> None:
    _share("政务服务事项{}项，可网办{}项，网上可办率{:.1f}%。", matters, left, 2)


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ("人均超过1.4万元", False),
        # 1.49 is 1.5 as people round.
        ("人均超1.5万元", False),
        ("人均超过0.8万元", False),
        ("人均超过1.8万元", True),
        ("人均突破2万元", True),
    ],
)
def test_mean_is_no_less_than_told(told: str, wrong: bool) -> None:
    assert bool(alarms(f"帮86名职工追回欠薪128万元，{told}。")) is wrong


def test_stock_in_force() -> None:
    text = "上年末规范性文件91件，今年新增14件，废止9件，现行有效{}件。"
    assert not alarms(text.format(96))
    assert len(alarms(text.format(98))) == 1


def test_fewer_by_another_share() -> None:
    assert len(alarms("检查计划由1320项合并为860项，合并率38.4%。")) == 1
