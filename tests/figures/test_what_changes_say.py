"""What a finding on a told change says, and the right sentence beside each wrong one that stays silent."""

from __future__ import annotations

import pytest

from auditor.figures.arithmetic import check_arithmetic
from auditor.figures.quantities import quantities
from auditor.model import Finding, Severity
from auditor.text.document import Metadata
from tests.figures.helpers import alarms, document

ERROR, WARNING = Severity.ERROR, Severity.WARNING
Said = tuple[str, Severity, str, str, str | None, str | None]


def said(found: Finding) -> Said:
    """Relation, severity, quote, message, what would be right, what is written."""
    relation = found.id.removeprefix("arithmetic-")[:-9]
    return relation, found.severity, found.quote or "", found.message, found.expected, found.stated


def told(text: str) -> list[Said]:
    return [said(found) for found in alarms(text)]


def relations(text: str) -> list[str]:
    return [one[0] for one in told(text)]


def messages(text: str) -> list[str]:
    return [one[3] for one in told(text)]


def changed(sums: str, change: str) -> str:
    return f"{sums}，与所写的变化{change}不符"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "案件由148项增至236项，实现翻番。",
            (
                "change",
                WARNING,
                "案件由148项增至236项",
                "236项÷148项=1.59倍，与所写的“翻番”不符",
                "2倍",
                "翻番",
            ),
        ),
        (
            "全年平稳。网点由10个增加到35个，翻了两番。",
            (
                "change",
                WARNING,
                "网点由10个增加到35个",
                "35个÷10个=3.5倍，与所写的“翻了两番”不符",
                "4倍",
                "翻了两番",
            ),
        ),
        (
            "案件由100件降至57件，数量减半。",
            (
                "change",
                WARNING,
                "案件由100件降至57件",
                "57件÷100件=0.57倍，与所写的“减半”不符",
                "0.5倍",
                "减半",
            ),
        ),
        (
            "案件由100件增至80件。",
            (
                "direction",
                ERROR,
                "案件由100件增至80件",
                "从100件到80件是降，与所写的“升”方向相反",
                "由100件降至80件",
                "升",
            ),
        ),
        (
            "案件由80件减至100件。",
            (
                "direction",
                ERROR,
                "案件由80件减至100件",
                "从80件到100件是升，与所写的“降”方向相反",
                "由80件升至100件",
                "降",
            ),
        ),
        (
            "事项由420项减少到380项，共取消50项。",
            (
                "change",
                WARNING,
                "事项由420项减少到380项，共取消50项",
                "从420项到380项，相差40项，与所写的50项不符",
                "40项",
                "50项",
            ),
        ),
        (
            "事项由380项增加到420项，共增加50项。",
            (
                "change",
                ERROR,
                "事项由380项增加到420项，共增加50项",
                "420项-380项=40项，与所写的变化50项不符",
                "40项",
                "50项",
            ),
        ),
        (
            "证明由12个减为5个、材料由36份减为14份，分别压减58.3%和66.1%。",
            (
                "change",
                WARNING,
                "证明由12个减为5个、材料由36份减为14份，分别压减58.3%和66.1%",
                "从36份到14份，变化22份÷36份=61.1%，与所写的变化66.1%不符",
                "61.1%",
                "66.1%",
            ),
        ),
        (
            "今年受理投诉100件，是去年30件的2.5倍。",
            (
                "change",
                WARNING,
                "今年受理投诉100件，是去年30件的2.5倍",
                "100件÷30件=3.33倍，与所写的2.5倍不符",
                "3.33倍",
                "2.5倍",
            ),
        ),
        (
            "今年受理投诉120件，是去年80件的2.5倍。",
            (
                "change",
                WARNING,
                "今年受理投诉120件，是去年80件的2.5倍",
                "120件÷80件=1.5倍，与所写的2.5倍不符",
                "1.5倍",
                "2.5倍",
            ),
        ),
    ],
)
def test_what_is_told(text: str, expected: Said) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("志愿者由100名增加到180名，实现翻番。", False),
        ("志愿者由100名增加到179名，实现翻番。", True),
        ("志愿者由100名增加到180名，翻了一番。", False),
        ("志愿者由100名增加到179名，翻了一番。", True),
        ("网点由10个增加到40个，翻了两番。", False),
        ("网点由10个增加到36个，翻了两番。", False),
        ("网点由10个增加到35个，翻了两番。", True),
        ("案件由100件降至55件，数量减半。", False),
        ("案件由100件降至56件，数量减半。", True),
        ("案件由100件降至55件，下降了一半。", False),
        ("案件由100件降至56件，下降了一半。", True),
        ("网点由30个增加到61个，增长了一倍。", False),
        ("网点由30个增加到41个，增长了一倍。", True),
        # Nothing is twice nothing; one is a base like any other.
        ("网点由0个增加到5个，实现翻番。", False),
        ("网点由1个增加到2个，实现翻番。", False),
        ("网点由1个增加到3个，翻两番。", True),
        # The word stands behind the figures of its own sentence.
        ("宣传到位，实现翻番。志愿者由120名增加到150名。", False),
        ("全年平稳。注册志愿者由120名增加到250名，实现翻番。", False),
        ("全年平稳。注册志愿者由120名增加到200名，实现翻番。", True),
    ],
)
def test_twice_four_times_half(text: str, flagged: bool) -> None:
    assert relations(text) == ["change"] * flagged


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("今年受理投诉120件，是去年80件的1.5倍。", False),
        ("今年受理投诉127件，是去年80件的1.5倍。", False),
        ("今年受理投诉129件，是去年80件的1.5倍。", True),
        ("今年受理投诉111件，是去年80件的1.5倍。", True),
        ("今年受理投诉5件，是去年0件的1.5倍。", False),
        ("今年受理投诉5件，是去年1件的5倍。", False),
        ("今年受理投诉5件，是去年1件的8倍。", True),
        ("今年受理投诉120件，是去年80件的约2.5倍。", False),
        ("今年受理投诉120件，是去年80个村的2.5倍。", False),
        ("今年受理投诉120件，罚款80件，处以货值2.5倍罚款。", False),
        ("一季度检查12次。今年受理投诉120件，相当于去年80件的2.5倍。", True),
    ],
)
def test_so_many_times(text: str, flagged: bool) -> None:
    assert relations(text) == ["change"] * flagged


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What stands behind two levels in the wrong direction is not blamed once more.
        ("案件由100件增至80件，增加20件，增长20%。", ["direction"]),
        ("案件由80件增至100件，增加20件，增长25%。", []),
        ("事项由420项减少到380项，共取消40项。", []),
        ("事项由420项减少到380项；共取消50项。", []),
        ("案件由80件增至100件，增加20件，增长30%。", ["change"]),
        ("案件由80件增至100件；同比下降30%。", []),
        ("案件由100件增至80件，投诉由50件增至40件。", ["direction", "direction"]),
        # Some went and some came.
        ("事项由420项减少到380项，共取消50项，新增10项。", []),
        ("事项由420项减少到380项，共取消50项，涉及8个部门，受理60项。", ["change"]),
        ("证明由12个减为5个、材料由36份减为14份，分别压减58.3%和61.1%。", []),
        ("证明由12个减为4个、材料由33份减为12份，压减66.7%、63.6%，涉及8个部门。", []),
        ("证明由12个减为4个、材料由33份减为12份，压减66.7%、73.6%，涉及8个部门。", ["change"]),
        ("证明由1个增为3个、材料由10份增为15份，分别增长200%和50%。", []),
        ("证明由1个增为3个、材料由10份增为15份，分别增长100%和50%。", ["change"]),
        ("证明由0个增为3个、材料由10份增为15份，分别增长100%和50%。", []),
        # The change ahead of its figures.
        ("案件同比下降20%，由50件降至40件。", []),
        ("案件同比下降30%，由50件降至40件。", ["change"]),
        ("增加18项、减少25项，由1206项变为1199项。", []),
    ],
)
def test_from_one_level_to_another(text: str, expected: list[str]) -> None:
    assert relations(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年受理80件，2023年受理100件，2024年受理120件，增长20%。", []),
        (
            "2022年受理80件，2023年受理100件，2024年受理120件，增长40%。",
            [changed("从100件到120件，变化20件÷100件=20%", "40%")],
        ),
        ("2023年受理100件，2023年办结80件，增长20%。", []),
        ("受理投诉120件，去年为100件，较前年的80件增长50%。", []),
        (
            "受理投诉120件，去年为100件，较前年的80件增长60%。",
            [changed("从80件到120件，变化40件÷80件=50%", "60%")],
        ),
    ],
)
def test_years_in_order(text: str, expected: list[str]) -> None:
    assert messages(text) == expected


def test_what_was_closed_is_measured_by_what_was_closed() -> None:
    assert not told("2023年受理100件，2023年办结80件，2024年办结96件，增长20%。")
    assert messages("2023年受理100件，2023年办结80件，2024年办结96件，增长30%。") == [
        changed("从80件到96件，变化16件÷80件=20%", "30%")
    ]


def test_two_wrong_changes_of_one_sentence_are_both_told() -> None:
    assert messages("申请材料由12件减为5件、跑动次数由36次减为14次，分别压减73.6%和83.6%。") == [
        changed("从12件到5件，变化7件÷12件=58.3%", "73.6%"),
        changed("从36次到14次，变化22次÷36次=61.1%", "83.6%"),
    ]


@pytest.mark.parametrize(
    ("text", "year", "flagged"),
    [
        ("受理案件1200件，同比下降19%（2023年为1482件）。", 2024, False),
        ("受理案件1200件，同比下降18.6%（2023年为1482件）。", 2024, True),
        ("受理案件1200件，同比下降18.6%；2023年为1482件。", 2024, True),
        ("受理案件1200件，同比下降18.6%（2023年为1482件）。", None, True),
        ("受理案件1200件，同比上升18.6%（2023年为1012件）。", 2024, False),
        # Another year than the one before, or nothing said of a year.
        ("受理案件1200件，同比下降18.6%（2023年为1482件）。", 2025, False),
        ("受理案件1200件，同比下降18.6%（2023年为1482件）。", 2022, False),
        ("受理案件1200件，同比下降18.6%（2022年为1482件）。", 2024, False),
        ("受理案件1200件，环比下降18.6%（2023年为1482件）。", 2024, False),
        ("受理案件1200件，同比下降18.6%，2023年立案1482件。", 2024, False),
        ("同比下降19%（2023年为1482件），今年受理1200件。", 2024, False),
        ("同比下降15.6%（2023年为1482件），今年受理1200件。", 2024, True),
    ],
)
def test_the_year_before_in_figures(text: str, year: int | None, flagged: bool) -> None:
    doc = document(text, meta=Metadata(report_year=year))
    found = [f for f in check_arithmetic(doc, quantities(doc)) if f.severity is not Severity.NOTE]
    assert [said(f)[0] for f in found] == ["change"] * flagged


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("办结率较上年的81.2%提高7.3个百分点，达到88.5%。", []),
        (
            "办结率较上年的81.2%提高6.3个百分点，达到88.5%。",
            [changed("88.5-81.2=7.3个百分点", "6.3个百分点")],
        ),
        (
            "办结率较上年的81.2%提高6.3个百分点，升至88.5%。",
            [changed("88.5-81.2=7.3个百分点", "6.3个百分点")],
        ),
        (
            "办结率较上年的81.2%提高6.3个百分点，现为88.5%。",
            [changed("88.5-81.2=7.3个百分点", "6.3个百分点")],
        ),
        (
            "办结率较上年的88.5%下降6.3个百分点，降至81.2%。",
            [changed("88.5-81.2=7.3个百分点", "6.3个百分点")],
        ),
        ("较上年的200件增加50件，增长25%，达到250件。", []),
        (
            "较上年的200件增加50件，增长30%，达到250件。",
            [changed("从200件到250件，变化50件÷200件=25%", "30%")],
        ),
        # Without a change, in another clause, of another unit, of another matter.
        ("比上年的80件、前年的60件都多，达到100件。", []),
        ("比上年的200件增加50件；信访下降30%，达到70件。", []),
        ("比上年的200件增加50件；累计达到900件。", []),
        ("比上年的200件增加50件，为8个镇服务。", []),
        ("较上年的200件增加50件，信访达到88件。", []),
        ("较上年的200件，信访增加50件、投诉减少40件，总数达到210件。", []),
    ],
)
def test_the_new_level_behind_its_change(text: str, expected: list[str]) -> None:
    assert messages(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上年办理案件80件，今年办理案件100件，办案数增长25%。", []),
        (
            "上年办理案件80件，今年办理案件100件，办案数增长30%。",
            [changed("从80件到100件，变化20件÷80件=25%", "30%")],
        ),
        (
            "上年罚没款80万元，今年罚没款100万元，罚款额增长30%。",
            [changed("从80万元到100万元，变化20万元÷80万元=25%", "30%")],
        ),
        ("受理信访120件，受理投诉100件，上年为80件，投诉量增长25%。", []),
        (
            "受理信访120件，受理投诉100件，上年为80件，投诉量增长30%。",
            [changed("从80件到100件，变化20件÷80件=25%", "30%")],
        ),
        (
            "立案1264件，其中市容类702件、渣土类318件、其他244件，上年为1420件，立案数下降21%。",
            [changed("从1420件到1264件，变化156件÷1420件=11%", "21%")],
        ),
        # The change of another matter, or of another clause.
        ("上年受理投诉80件，今年受理投诉100件，信访下降20%。", []),
        ("受理投诉1286件，其中信访下降20%，上年为1500件。", []),
        ("受理投诉1286件，其中信访减少14件，同比下降14.3%，上年为1500件。", []),
        ("受理投诉1286件，信访减少14件，上年为1500件，降幅14.3%。", []),
        ("受理投诉1286件，罚没款30万元，同比下降20%，上年受理1500件，下降14.3%。", []),
        ("受理投诉100件，上年为80件；办理件数下降20%。", []),
        # A figure that follows is not what the change was told of.
        (
            "上年受理投诉80件，今年受理投诉100件，增长50%，另办理提案120件。",
            [changed("从80件到100件，变化20件÷80件=25%", "50%")],
        ),
    ],
)
def test_whose_change_it_is(text: str, expected: list[str]) -> None:
    assert messages(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Of several levels the one is named to which the change leads most nearly.
        (
            "受理投诉1200件，其中大额1040件，较上年的1000件增长30%。",
            [changed("从1000件到1200件，变化200件÷1000件=20%", "30%")],
        ),
        (
            "受理投诉1200件，其中大额1040件，较上年的1000件增加30件。",
            [changed("1040件-1000件=40件", "30件")],
        ),
        ("受理投诉1200件，其中大额1040件，较上年的1000件增长20%。", []),
        ("受理投诉1200件，其中大额1040件，较上年的1000件增加40件。", []),
        # Or all of them together.
        ("受理甲类50件、乙类30件、丙类70件，同比增长50.0%（上年100件）。", []),
        ("受理甲类50件、乙类30件、丙类21件，同比增长1.0%（上年100件）。", []),
        ("受理甲类1件、乙类1件、丙类1件，同比增加2件（上年1件）。", []),
        (
            "受理甲类50件、乙类30件、丙类70件，同比增长80.0%（上年60件）。",
            [changed("从60件到70件，变化10件÷60件=16.7%", "80%")],
        ),
    ],
)
def test_several_levels_ahead(text: str, expected: list[str]) -> None:
    assert messages(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("受理投诉1286件，减少214件，下降14.3%，上年为1500件。", []),
        (
            "受理投诉1286件，减少214件，下降15.3%，上年为1500件。",
            [changed("从1500件到1286件，变化214件÷1500件=14.3%", "15.3%")],
        ),
        (
            "受理投诉1286件，同比下降15.3%，上年为1500件；信访下降10%。",
            [changed("从1500件到1286件，变化214件÷1500件=14.3%", "15.3%")],
        ),
        (
            "受理投诉1286件，同比减少114件，上年为1500件，降幅14.3%。",
            [changed("1500件-1286件=214件", "114件")],
        ),
        ("受理投诉1286件，同比减少214件，上年为1500件，降幅14.3%。", []),
        ("受理投诉100件，上年为80件，增加20件，增长25%。", []),
        (
            "受理投诉100件，上年为80件，增加20件，增长30%。",
            [changed("从80件到100件，变化20件÷80件=25%", "30%")],
        ),
        ("检查30次，投入2136万元，比上年增加136万元，增长6.8%，上年投入2000万元。", []),
        (
            "检查30次，投入2136万元，比上年增加126万元，增长6.8%，上年投入2000万元。",
            [changed("2136万元-2000万元=136万元", "126万元")],
        ),
        # The step of a part that is told roughly.
        ("投入2136万元，其中省级约300万元，比上年增加20万元，增长6.8%，上年投入2000万元。", []),
        # Points may be those of the whole, whatever follows.
        ("满意率88%，其中窗口满意率95%，同比提高3个百分点，上年为85%。", []),
        ("满意率88%，其中窗口满意率95%，同比提高3个百分点，上年为85%；信访下降20%。", []),
        ("满意率88%，其中窗口满意率95%，同比提高3个百分点，上年为85%，受理投诉300件。", []),
        ("满意率88%，其中窗口满意率95%，同比提高3个百分点，上年为85%，受理投诉300件，同比下降20%。", []),
        ("满意率88%，其中窗口满意率95%，同比提高3.5%，上年为85%，提高3个百分点。", []),
    ],
)
def test_step_rate_and_base_are_blamed_once(text: str, expected: list[str]) -> None:
    assert messages(text) == expected


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("全年平稳，同比下降19%，上年为1482件，今年为1200件。", False),
        ("全年平稳，同比下降18.6%，上年为1482件，今年为1200件。", True),
    ],
)
def test_both_levels_behind_the_change(text: str, flagged: bool) -> None:
    assert relations(text) == ["change"] * flagged


@pytest.mark.parametrize(
    "text",
    [
        "受理甲类1件、乙类1件、丙类1件，同比增加3件（上年0件）。",
        "受理甲类11件、乙类12件，同比增加23件，上年为0件。",
        "受理甲类11件、乙类12件、丙类13件，同比增加36件（上年0件）。",
    ],
)
def test_several_parts_may_come_from_nothing(text: str) -> None:
    assert told(text) == []


def test_levels_behind_their_change_are_named() -> None:
    assert messages("全年平稳，同比下降18.6%，上年为1482件，今年为1200件。") == [
        "从1482件到1200件，变化282件÷1482件=19%，与所写的变化18.6%不符"
    ]
