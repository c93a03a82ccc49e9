"""Rates, shares and averages that no figure beside them divides: each right sentence stays silent, a wrong one is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.figures.helpers import alarms

COUNTS = st.integers(40, 900)


@given(st.integers(2, 4), st.lists(COUNTS, min_size=4, max_size=4, unique=True), st.data())
def test_rows_are_divided_place_by_place(width: int, taken: list[int], data: st.DataObject) -> None:
    taken = taken[:width]
    done = [data.draw(st.integers(count // 2, count - 1)) for count in taken]
    rates = [f"{n / d * 100:.1f}%" for n, d in zip(done, taken, strict=True)]
    places = "、".join("甲乙丙丁"[:width])
    head = f"{places}分别收案{'、'.join(f'{d}件' for d in taken)}，结案{'、'.join(f'{n}件' for n in done)}，结案率分别为"
    assert not alarms(f"{head}{'、'.join(rates)}。")
    last = float(rates[-1][:-1])
    rates[-1] = f"{last - 17:.1f}%"
    found = alarms(f"{head}{'、'.join(rates)}。")
    # A wrong rate may by chance be that of the places taken together.
    assert all(f"{done[-1]}件÷{taken[-1]}件" in f.message for f in found) and len(found) <= 1


@pytest.mark.parametrize(
    "text",
    [
        # Two rows and a row of rates.
        "市、县两级分别受理复议案件412件、863件，审结386件、814件，结案率分别为93.7%、94.3%。",
        "许可、处罚事项分别为126项、412项，网上可办分别为124项、206项，可办率分别为98.4%、50.0%。",
        "第一批、第二批分别公布8项、12项，完成7项、9项，完成率分别为87.5%、75.0%。",
        "收案市级86件、县级40件，结案市级60件、县级30件，结案率分别为69.8%、75.0%。",
        "2023年、2024年收案86件、40件，结案60件、30件，结案率69.8%和75.0%。",
        "市、县分别收案86件、40件，共126件，结案60件、30件，共90件，结案率分别为69.8%、75.0%。",
        "网上受理863件，办结821件，现场受理412件，办结380件，办结率分别为95.1%、92.2%。",
        # Rates of several places, and counts of all of them.
        "市、县结案率分别为69.8%、75.0%，分别收案86件、40件，结案60件、30件。",
        "受理875件，办结863件，市、县办结率分别为98.9%和97.2%。",
        # An average is no whole.
        "现场检查412矿次，单矿平均34次，其中夜查86次，占20.9%。",
        "检查412户次，户均3次，其中专项检查86次。",
        "检查412家次，平均每家3次，其中夜间86次。",
        "年均办案86件，其中2024年112件。",
        "法律顾问参加会议126场次，人均6次，其中党政常务会41次。",
        # What the own rate is held against.
        "完成率98.6%，较序时进度（91.7%）快6.9个百分点，全年目标完成863件/875件。",
        "完成率98.6%，高于目标值（95%），共完成863件/875件。",
        "办结率98.6%，高于全省平均水平（95%），办结863件，受理875件。",
        "办结率98.6%，高于考核要求（95%），受理875件、办结863件。",
        "办结率98.6%，较上年（95%）提高3.6个百分点，受理875件、办结863件。",
        "受理875件，办结863件，办结率98.6%，高于全省平均办结率95.1%。",
        "受理875件，办结863件，办结率98.6%，比全省平均办结率95.1%高3.5个百分点。",
        "受理875件，办结863件，办结率98.6%，年度目标办结率95.1%。",
        "受理875件，办结863件，办结率98.6%，超额完成95%的目标任务。",
        # The level that a rate came from.
        "受理875件，办结863件，办结率由上年的95%提升至98.6%。",
        "受理875件，办结863件，办结率较上年95%提升3.6个百分点。",
        # An average of each place, and places of one kind.
        "累计培育法律明白人12630名，平均每村（社区）5.4名；建成全国民主法治示范村（社区）11个、省级78个。",
        "累计培育学法用户863户，平均每村3.5户，新增示范村12个。",
        "建成示范村26个，培养法律明白人1263名，村均5名。",
        # Who speaks is not who listens.
        "普法讲师团86人分12组，巡讲126场，受众1.86万人次，平均每场148人。",
        "讲师团186人，巡讲126场，平均每场148人。",
        "法治宣讲团32人，全年宣讲86场，平均每场126人。",
        "法治副校长126名，授课412场，平均每场220人。",
        # The target in the bracket is that of the rate before it.
        "新增就业2.63万人，完成年度目标的105.2%（目标2.5万人），再就业6312人，完成目标的110.7%（目标5700人）。",
        # Two kinds of places are one whole.
        "全市共122个村、26个社区中，已建成民主法治示范村（社区）118个，占79.7%。",
        # From one level to another.
        "国控断面水质优良比例由85.7%提升到92.9%（14个断面中优良断面由12个增至13个）。",
        "50家企业中合格企业由40家增至45家，合格率由80%提高到90%。",
    ],
)
def test_right_figures_stay_silent(text: str) -> None:
    assert not alarms(text)


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("市、县分别收案86件、40件，结案60件、30件，结案率分别为79.8%、75.0%。", "60件÷86件=69.8%"),
        ("许可、处罚分别办理86件、40件，按时办结60件、30件，按时办结率分别为69.8%、79.0%。", "30件÷40件=75%"),
        ("网上受理863件，办结821件，现场受理412件，办结380件，办结率分别为95.1%、82.2%。", "380件÷412件=92.2%"),
        ("检查412次，其中夜查486次。", "分项486次大于"),
        ("全年均办结86件，其中简易程序112件。", "分项112件大于"),
        ("完成率97.6%，高于目标值（95%），共完成863件/875件。", "863件÷875件=98.6%"),
        ("受理875件，办结863件，办结率97.6%，高于全省平均办结率95.1%。", "863件÷875件=98.6%"),
        ("受理875件，办结863件（办结率95.1%）。", "863件÷875件=98.6%"),
        ("培养法律明白人1263名，村均8名，覆盖253个行政村。", "1263名÷253个=4.99名"),
        ("培训12期1200人，平均每期120人。", "1200人÷12期=100人"),
        ("计划抽检6000批次，完成6128批次，完成计划的108.1%。", "6128批次÷6000批次=102.1%"),
        ("全市共122个村、26个社区中，已建成示范村118个，占89.7%。", "118个÷（122+26）=79.7%"),
        ("全市122个村中，已建成示范村118个，占89.7%。", "118个÷122个=96.7%"),
        ("50家企业中合格企业由40家增至45家，合格率由80%提高到95%。", "45家÷50家=90%"),
    ],
)  # fmt: skip
def test_wrong_figures_are_told(text: str, sums: str) -> None:
    (found,) = alarms(text)
    assert sums in found.message


def test_all_of_a_row_may_be_wrong() -> None:
    assert len(alarms("市、县分别收案86件、40件，结案60件、30件，结案率分别为79.8%、85.0%。")) == 2
    assert not alarms("上年结转6件、4件，收案86件、40件，结案60件、30件，结案率分别为65.2%、68.2%。")
