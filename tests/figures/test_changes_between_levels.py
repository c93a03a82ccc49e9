"""From which figure a change starts and in which unit it is told; what stands level with what; how long something took.

Every wrong sentence stands beside right ones of the same build that stay silent.
"""

from __future__ import annotations

import pytest

from auditor.figures.arithmetic import check_arithmetic
from auditor.figures.quantities import quantities
from auditor.model import Finding, Severity
from auditor.text.document import Metadata
from tests.figures.helpers import alarms, document

ERROR, WARNING = Severity.ERROR, Severity.WARNING
YEARS = "投诉2020年230件、2021年260件、2022年390件，"
PLACES = "巡回法庭2020年开庭230场、2021年开庭260场、2022年开庭390场"


def told(text: str, year: int | None = None) -> list[Finding]:
    if year is None:
        return alarms(text)
    doc = document(text, meta=Metadata(report_year=year))
    return [f for f in check_arithmetic(doc, quantities(doc)) if f.severity is not Severity.NOTE]


@pytest.mark.parametrize(
    "text",
    [
        YEARS + "2022年比2020年增长69.6%，比2021年增长50%。",
        YEARS + "较2020年增加160件，增长69.6%。",
        YEARS + "与2020年相比增长69.6%。",
        YEARS + "两年增长69.6%。",
        YEARS + "三年累计增长69.6%。",
        YEARS + "较2021年、2020年分别增长50%、69.6%。",
        YEARS + "同比增长50%。",
        "投诉由2021年的260件增加到2022年的390件，比2020年增长69.6%。",
        "投诉由2021年的260件增加到2022年的390件，比2020年增加160件，增长69.6%。",
        "今年受理390件，上年为260件，比2020年增长69.6%。",
        "办结率由85%提高到92%，提高7个百分点，比2019年提高12个百分点。",
        "投诉2020年230件，2022年390件，2022年比上年增长50%。",
        # A part of the year is not held against the whole of another one.
        "投诉2021年260件，2022年1—9月234件，比2021年同期增长20%。",
    ],
)
def test_a_change_starts_from_the_year_that_it_names(text: str) -> None:
    assert told(text, 2022) == []


@pytest.mark.parametrize(
    ("text", "severity", "message"),
    [
        (YEARS + "2022年比2020年增长59.6%，比2021年增长50%。", ERROR, "从230件到390件，变化160件÷230件=69.6%，与所写的变化59.6%不符"),
        (YEARS + "2022年比2020年增长69.6%，比2021年增长60%。", ERROR, "从260件到390件，变化130件÷260件=50%，与所写的变化60%不符"),
        (YEARS + "2021年比2020年增长23%，2022年比2021年增长50%。", ERROR, "从230件到260件，变化30件÷230件=13%，与所写的变化23%不符"),
        (YEARS + "同比增长55%。", ERROR, "从260件到390件，变化130件÷260件=50%，与所写的变化55%不符"),
        ("今年受理390件，上年为260件，比2021年增长60%。", ERROR, "从260件到390件，变化130件÷260件=50%，与所写的变化60%不符"),
        (PLACES + "，2022年比2020年增长59.6%。", ERROR, "从230场到390场，变化160场÷230场=69.6%，与所写的变化59.6%不符"),
        ("败诉率2020年15.2%、2021年12.7%、2022年9.8%，2022年比2020年下降6.4个百分点。", ERROR, "15.2-9.8=5.4个百分点，与所写的变化6.4个百分点不符"),
    ],
)  # fmt: skip
def test_wrong_changes_of_figures_told_year_by_year(text: str, severity: Severity, message: str) -> None:
    assert [(f.severity, f.message) for f in told(text, 2022)] == [(severity, message)]


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        (PLACES + "。2022年比上年增长50%。", False),
        (PLACES + "。2022年比上年增长13%。", True),
        (PLACES + "，三年累计880场。2022年比2020年增长59.6%。", True),
        (PLACES + "，三年累计880场。2022年比2020年增长69.6%。", False),
        (PLACES + "。2022年比上年减少130场。", True),
        # Its own year is not named, another matter is, or something else was told in between.
        (PLACES + "。比上年增长13%。", False),
        (PLACES + "。2022年旁听人数比上年增长13%。", False),
        (PLACES + "，旁听3万人次。2022年比上年增长13%。", False),
        (PLACES + "。\n2022年比上年增长13%。", False),
        (PLACES + "。2022年比2019年增长13%。", False),
        (PLACES + "。2022年比上年增加130场，增长50%。", False),
    ],
)
def test_figures_year_by_year_in_the_sentence_before(text: str, flagged: bool) -> None:
    assert [f.severity for f in told(text, 2022)] == [WARNING] * flagged


def test_a_step_and_its_rate_are_blamed_once() -> None:
    (found,) = told(PLACES + "。2022年比上年增加120场，增长50%。", 2022)
    assert "120场÷270场=44.4%" in found.message
    (found,) = told(PLACES + "，较2020年增加120场，增长44.4%。", 2022)
    assert found.message == "390场-230场=160场，与所写的变化120场不符"


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("2022年巡查河道520处，整改500处。与2021年的400处相比，巡查量增长25%。", True),
        ("2022年巡查河道520处，整改500处。与2021年的400处相比，整改量增长30%。", True),
        ("2022年巡查河道520处，整改500处。较上年的400处，巡查数量增长25%。", True),
        ("2022年巡查河道520处，整改500处。与2021年的400处相比，巡查量增长30%。", False),
        ("2022年巡查河道520处，整改500处。与2021年的400处相比，整改量增长25%。", False),
        ("2022年巡查河道520处，整改500处。与2021年的400处相比，总数增长25%。", False),
        ("2022年巡查河道520处，整改500处。与2021年的400处相比，检查量增长28%。", False),
        ("2021年巡查河道520处，整改500处。与2021年的400处相比，巡查量增长25%。", False),
        ("全年巡查河道520处，巡查水库60处。与2021年的400处相比，巡查量增长45%。", False),
        ("2022年巡查河道520处。\n与2021年的400处相比，巡查量增长25%。", False),
        ("2022年巡查河道520处。与2021年的400处相比，巡查量增长25%，达到500处。", False),
    ],
)
def test_the_level_in_the_sentence_before(text: str, flagged: bool) -> None:
    assert [f.severity for f in told(text, 2022)] == [WARNING] * flagged


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("站点由30个增加到90个，增加3倍。", True),
        ("站点由30个增加到75个，增长2.5倍。", True),
        ("今年受理投诉160件，上年为40件，增长4倍。", True),
        ("站点由30个增加到60个，增长2倍。", True),
        ("站点由30个增加到90个，增长了2倍。", False),
        ("站点由30个增加到90个，是原来的3倍。", False),
        ("站点由30个增至90个，增至3倍。", False),
        ("站点由30个增加到60个，翻了一番。", False),
        ("站点由30个增加到60个，增长1倍。", False),
        ("站点由30个增加到75个，增长1.5倍。", False),
        ("站点由30个增加到95个，增长近3倍。", False),
        ("站点由30个增加到95个，增长2倍多。", False),
        # Told roughly, either may be meant.
        ("站点由10个增加到44个，增长4倍。", False),
        ("站点由20个增加到50个，增长2.6倍。", False),
    ],
)
def test_so_many_times_more_or_in_all(text: str, flagged: bool) -> None:
    assert [f.severity for f in told(text)] == [WARNING] * flagged


def test_what_is_said_of_times() -> None:
    (found,) = told("站点由30个增加到90个，增加3倍。")
    assert found.message == "90个是30个的3倍，增长的是2倍，与所写的增长3倍不符（“是原来的3倍”才相符）"
    assert (found.expected, found.stated) == ("2倍", "3倍")


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("收到申请88件，与上年的80件持平。", True),
        ("收到申请90件，与上年（80件）持平。", True),
        ("收到申请90件，与2022年的80件相比，基本持平。", True),
        ("参评率95.2%，与上年的93.1%持平。", True),
        ("拨付经费120万元，与去年的150万元大体持平。", True),
        ("收到申请80件，与上年的80件持平。", False),
        ("收到申请86件，与上年的80件基本持平。", False),
        ("立案5起，与上年的4起基本持平。", False),
        ("拨付经费1.2亿元，与去年的1.21亿元持平。", False),
        ("参评率95.2%，与上年的95.23%持平。", False),
        # A large figure is level with one that is hardly any different.
        ("巡查2014次，与2022年的2010次持平。", False),
        ("收到申请约90件，与上年的80件持平。", False),
        ("收到申请90余件，与上年的80件持平。", False),
        # The whole of a list, another matter, what stood further ahead.
        ("收到甲类申请30件、乙类申请50件，与上年的80件持平。", False),
        ("收到申请90件，答复数与上年的80件持平。", False),
        ("收到申请90件，答复80件，与上年的90件持平。", False),
        ("收到申请90件，与上年的80件相比，答复率持平。", False),
    ],
)
def test_level_with_last_year(text: str, flagged: bool) -> None:
    assert [f.severity for f in told(text)] == [WARNING] * flagged


def test_what_is_said_of_what_is_not_level() -> None:
    assert [f.message for f in told("收到申请90件，与2022年的80件相比，基本持平。")] == [
        "90件与80件相差10件，与所写的“基本持平”不符"
    ]
    assert [f.message for f in told("参评率95.2%，与上年的93.1%持平。")] == [
        "95.2%与93.1%相差2.1个百分点，与所写的“持平”不符"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("参评率84.5%，比全省平均水平（81.2%）高2.3个百分点。", "84.5-81.2=3.3个百分点，与所写的相差2.3个百分点不符"),
        ("参评率84.5%，比上年提高1个百分点，比全省平均水平81.2%高出4.3个百分点。", "84.5-81.2=3.3个百分点，与所写的相差4.3个百分点不符"),
        ("参评率84.5%，超国家规定80%的目标3.5个百分点。", "84.5-80=4.5个百分点，与所写的相差3.5个百分点不符"),
        ("参评率84.5%，超过80%的目标3.5个百分点。", "84.5-80=4.5个百分点，与所写的相差3.5个百分点不符"),
        ("参评率84.5%，比要求的90%低4.5个百分点。", "90-84.5=5.5个百分点，与所写的相差4.5个百分点不符"),
        ("“一网、一窗”参评率84.5%，高于年度指标80%2.5个百分点。", "84.5-80=4.5个百分点，与所写的相差2.5个百分点不符"),
    ],
)  # fmt: skip
def test_points_above_a_mark(text: str, message: str) -> None:
    assert [(f.severity, f.message) for f in told(text)] == [(WARNING, message)]


@pytest.mark.parametrize(
    "text",
    [
        "参评率84.5%，比全省平均水平（81.2%）高3.3个百分点。",
        "参评率84.5%，超国家规定80%的目标4.5个百分点。",
        "参评率84.5%，比全省平均水平高2.3个百分点。",
        "参评率84.5%，其中城区83.5%，比全省平均水平81.2%高2.3个百分点。",
        "甲类、乙类参评率分别为84.5%、92%，比全省平均水平81.2%高2.3个百分点。",
        "参评率84.5%，比年初目标80%高4.5个百分点，比上年的82%提高2.5个百分点。",
        "差错率8.2%，低于控制在10%以内的目标1.2个百分点。",
        "参评率约84.5%，比全省平均水平81.2%高2.3个百分点。",
        "参评率84.5%，回访率比全省平均水平81.2%高2.3个百分点。",
    ],
)
def test_points_above_a_mark_that_fit_or_are_of_something_else(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected", "stated"),
    [
        ("培训由40期增加到50期，增长25个百分点。", "25%", "25个百分点"),
        ("受理申请90件，上年为75件，增长20个百分点。", "20%", "20个百分点"),
        ("拨付经费由80万元减至60万元，下降25.0个百分点。", "25%", "25个百分点"),
        ("网办率由80%提升至92%，提升12%。", "12个百分点", "12%"),
        ("网办率80%，较上年的75.5%提高4.5%。", "4.5个百分点", "4.5%"),
        ("差错率由3%降至2%，下降1%。", "1个百分点", "1%"),
    ],
)
def test_per_cent_and_points(text: str, expected: str, stated: str) -> None:
    assert [(f.severity, f.expected, f.stated) for f in told(text)] == [(WARNING, expected, stated)]


def test_what_is_said_of_per_cent_and_points() -> None:
    assert [f.message for f in told("培训由40期增加到50期，增长25个百分点。")] == [
        "从40期到50期，变化的幅度是25%，不是25个百分点：数量的增减幅度用%，百分点只用于两个比率之差"
    ]
    assert [f.message for f in told("网办率由80%提升至92%，提升12%。")] == [
        "从80%到92%，相差12个百分点，写成了12%：两个比率之差应当写百分点，按百分比算则是15%"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "培训由40期增加到50期，增长25%。",
        "培训由40期增加到50期，占比提高25个百分点。",
        "培训50期，上年40期，参训率提高25个百分点。",
        # It is not known what these points are.
        "培训由40期增加到50期，提高30个百分点。",
        "网办率由80%提升至92%，提升12个百分点。",
        "网办率由80%提升至92%，提升15%。",
        "网办率由80%提升至92%，提升约12%。",
    ],
)
def test_per_cent_and_points_as_they_should_be(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "year", "flagged"),
    [
        ("作出决策14件，比上年少4件，2022年为17件。", 2023, True),
        ("作出决策14件，较去年减少4件（2022年为17件）。", 2023, True),
        ("作出决策26件，比上一年增加8件，2022年为20件。", 2023, True),
        ("作出决策14件，比上年少3件，2022年为17件。", 2023, False),
        ("作出决策14件，比上年少4件，2021年为17件。", 2023, False),
        ("作出决策14件，比上年少4件；接待来访20件，2022年为17件。", 2023, False),
        ("作出决策14件，比上年少4件，2022年受理投诉17件。", 2023, False),
    ],
)
def test_the_year_before_behind_its_change(text: str, year: int, flagged: bool) -> None:
    assert [f.severity for f in told(text, year)] == [ERROR] * flagged


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("草案于3月1日至3月20日公开征求意见，为期30天，收到意见8条。", "3月1日至3月20日首尾都算是20天，与所写的30天不符"),
        ("草案于3月1日—20日公示，为期7日。", "3月1日—20日首尾都算是20天，与所写的7天不符"),
        ("自2022年12月20日至2023年1月10日公示，公示期10天。", "2022年12月20日至2023年1月10日首尾都算是22天，与所写的10天不符"),
        ("3月1日至3月20日进行了为期三十天的公开征求意见。", "3月1日至3月20日首尾都算是20天，与所写的30天不符"),
        ("3月1日至3月20日举办培训班，为期30天。", "3月1日至3月20日首尾都算是20天，与所写的30天不符"),
    ],
)  # fmt: skip
def test_days_between_two_dates(text: str, message: str) -> None:
    assert [(f.severity, f.message) for f in told(text)] == [(WARNING, message)]


@pytest.mark.parametrize(
    "text",
    [
        "草案于4月1日至4月30日公示，为期30天。",
        "草案于4月1日至5月1日公示，为期30天。",
        # One day more or less is no matter, nor are working days or a month.
        "草案于4月1日至4月29日公示，为期30天。",
        "草案于4月1日至4月20日公示，为期14个工作日。",
        "4月1日至4月30日，开展为期一个月的宣传。",
        # What takes less than the span: a course, its turns, what comes behind.
        "4月1日至4月30日，举办为期5天的培训班3期。",
        "4月1日至4月30日举办培训班，为期5天。",
        "4月1日至4月30日分三批开展培训，为期15天。",
        "4月1日至4月30日开展评选，公示期7天。",
        "4月1日至4月30日开展评选并公示，为期7天。",
        "4月1日至4月30日开展督查，共20天。",
        "3月1日至7日公示7天，4月10日至5月9日征求意见30天。",
        # No such day, no year to turn.
        "草案于2月20日至2月31日公示，为期30天。",
        "草案于12月20日至1月10日公示，为期10天。",
    ],
)
def test_days_that_fit_or_are_not_told_of_the_span(text: str) -> None:
    assert told(text) == []
