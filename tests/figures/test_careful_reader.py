"""Sentences as a careful reader takes them: what only looks wrong is left alone, what is wrong is told with its sum."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.figures.helpers import alarms
from tests.figures.test_batches import lines

LISTS = [
    # A rough whole leaves room for one more part.
    "全年受理投诉约120件，办结98件，按类别分，产品类70件、服务类51件。",
    # The parts are those of all problems, and what was put right of each is no part beside them.
    "反馈问题22个，整改到位20个，其中教育类13个已整改12个、卫生类9个已整改8个。",
    # What is only taken note of need not be told, and the rest of a total may be left out.
    "共收到代表建议23件，其中已解决13件、列入计划5件。",
    "全年收到信访总量186件，其中国家局转送21件、县本级受理119件。",
    "检查企业4862户，其中化工、矿山企业1135户、3698户。",
    # One person may be punished twice.
    "给予处理12人，其中政务处分6人、党纪处分9人、诫勉谈话3人。",
    # One case may hold several accidents or applications.
    "受理案件20件，其中涉及交通事故32起。",
    "受理群体性案件26起，其中劳动争议申请86件、工伤赔偿申请42件。",
    # What stands in brackets may be a base or another count.
    "受理案件80件（上年105件），同比下降23.8%。",
    "受理案件120件（民事80件（含涉企12件）、行政40件）。",
    "全年受理（含上年结转5件、转办3件）复议申请120件。",
    "受理投诉412件。其中民事298件，其中涉企12件。",
    # The list divides what was told first, or closes with a rest that has no figure.
    "反馈问题22个，交办20个，其中教育类13个已整改12个、卫生类9个。",
    "电话受理684件、网络受理326件，全年共受理1106件，其余为来访。",
    # Behind the colon stands what was done, and no list.
    "整改问题22个：已完成20个。",
    "受理申请22件：组织听证12件，制发建议书15件。",
    # The whole is not the figure right before.
    "审结的237件案件中，以调解、和解方式结案112件，占47.3%；撤销、变更、确认违法分别为14件、3件、9件。",
    # Another matter comes between, with its own subject.
    "审结案件118件，其中维持66件，驳回32件，组织各乡镇各部门主要负责人集中旁听庭审26场次，发出建议书40件。",
    "法律顾问12名，以及14名公职律师，共26名。",
    "收到申请11件，受理9件、不予受理2件，下半年收到补正后受理4件、不予受理1件。",
    "收到复议申请约268件，予以受理241件，不予受理19件，其他方式处理9件。",
    # Totals that name how many they add, with a rough one or papers of several measure words among them.
    "农民工862人、妇女约246人、残疾人84人，三类重点人群合计1196人。",
    "出具意见14件，合同62份、决策3件、文件5件，三类合计70件。",
    "出具意见14件，合同62份，决策3件，三类文件合计79件。",
    "全年调解纠纷300件，其中房屋买卖126件、物业服务64件、劳动争议60件，房屋买卖和物业服务三类合计250件。",
    # Bodies made up of parts: rough ones, and members told apart in brackets.
    "调解专家库共60人，由退休法官15人、律师约44人组成。",
    "法律顾问队伍共136名，由外聘律师88名、公职律师48名（含兼职12名）组成，列席会议36人次。",
    # Each house has one head, who is counted as a person.
    "51家单位主要负责人均完成述法，会议述法12人，其余39人书面述法。",
    "3个县区、4个市直部门的主要负责人当面述法，其余49名述法对象提交书面报告。",
    # A list in two measures with a member of one figure, or with other words between the two.
    "全年出让土地86宗3886亩，其中工业用地36宗2138亩、住宅用地18宗806亩，其他用地32宗942亩。",
    "全年出让土地86宗3886亩，其中工业用地36宗2138亩、住宅用地18宗806亩、涉及企业26家。",
    "全年出让土地86宗3886亩，其中工业用地36宗2138亩、住宅用地50宗，盘活闲置土地1748亩。",
]

SHARES = [
    # Each of them is a share of its own kind.
    "检查企业84家，占60%；检查商户28家，占8%；检查摊点42家，占12%。",
    "受理案件260件，其中民事案件86件、行政案件约72件，两类案件共占60.8%。",
    "受理案件260件，其中民事案件86件、接待来访36批次、行政案件72件，三类共占74.6%。",
    # Not every one of the 120 is an enterprise.
    "检查市场主体120家。企业中存在问题的41家，占68.3%。",
    # More than eight parts, and parts that a comma sets apart.
    "东街86件、西街72件、北街64件、南街20件、河东10件、河西10件、城关镇10件、柳林镇10件、白水镇10件，合计占全区412件的70.9%。",
    "投诉86件，咨询72件、求助64件，合计占全区412件的53.9%。",
    "受理投诉约90件，西街64件，合计占全区412件的37.4%。",
]

RATES = [
    # The rough figure may be the base.
    "发出问卷约800份，收回776份，回收率96.4%。",
    "年度37项任务完成35项，完成率94.6%，未完成的约2项已结转。",
    # 100 % of those in which it was demanded.
    "开庭80件，其中要求负责人出庭75件，出庭率100%。",
    "行政诉讼案件120件，开庭80件，其中涉及重大公共利益、负责人出庭的12件，出庭率100%。",
    # The rate is that of what passed, and one figure beside it tells what failed.
    "评查案卷120卷，不合格3卷、基本合格20卷，合格率97.5%。",
    "检出不合格41批次，抽检合格率98.3%。",
    # The plan was met with both kinds together, or what was done is counted otherwise.
    "计划抽检6000批次，完成食品4128批次、药品2100批次，完成计划的103.8%。",
    "计划抽检6000批次，出动执法人员310人次，完成计划的102.1%。",
]

CHANGES = [
    # Rough, and right within what rough means.
    "受理投诉7起，比上年减少5起，下降近42%。",
    # The total grew, not the part told last.
    "全年办理案件120件，其中涉企案件5件，增加8件，增长7.1%。",
    "今年办理120件，上年办理100件，同期办结90件，增长20%。",
    "受理案件120件，上年100件，罚款金额增长30%。",
    "受理案件120件，比上年的100件有所增加，信访量增长30%。",
    # Points of a share and men of a team are no steps of the number of cases or teams.
    "行政诉讼案件由80件增至100件，占比提高3个百分点。",
    "执法中队由8个增至10个，增加30人。",
    # 不足 the double is no claim of it.
    "今年受理120件，不足去年80件的2倍。",
    # Other stocks, and those out of which something went.
    "新建法治小广场9个，村级法治文化阵地由23个增加到37个。",
    "专职网格员由48名增至52名，新增网格12个，退出8名。",
    "新增7名，总数由21名增加到27名，退出1名。",
]

BOUNDS = [
    "全区普法志愿者突破2000名，目前男1870名。",
    "建成普法主题公园突破30个，全县14个乡镇设立便民中心。",
    # Rounded figures are no smaller and no larger than what they round.
    "办件1.2万件，超过上年的12010件。",
    "受理诉求1.3万件，其中网上13020件。",
    "投入资金0.86亿元，其中县级8610万元。",
    "抽检1.2万批次，合格12010批次。",
]

TWICE = [
    # Two regions; the year before; a figure told in coarser units; a third place that tells the same.
    "全县投入普法经费120万元。\n全市投入普法经费3600万元。",
    "全省行政机关负责人出庭应诉率92.3%。\n全市行政机关负责人出庭应诉率95.6%。",
    "全县排查矛盾纠纷1563件。\n全镇排查矛盾纠纷1536件。",
    "全年普法经费1.3万元。\n二、保障\n全年普法经费13000元。",
    "63项赋权事项，实际行使45项。\n63项中仍有18项未行使。",
    # Some cases were both heard and looked into.
    "全年审结行政复议案件58件，其中听证审理40件、组织调查35件。\n58件行政复议案件中听证审理、组织调查的有50件。",
    "全年新收行政复议案件58件，其中撤销6件。连同上年结转案件，全年撤销8件，审结58件。\n"
    "二、问题\n审结的58件行政复议案件中，撤销的有8件。",
]


@pytest.mark.parametrize("text", [*LISTS, *SHARES, *RATES, *CHANGES, *BOUNDS, *TWICE])
def test_left_alone(text: str) -> None:
    assert not alarms(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("开展宣讲80场，其中进机关、进学校分别为30场、60场。", "30+60=90场，与总数80场不符"),
        ("现有执法人员20名，其中持证执法人员22人。", "分项22人大于它所属的总数20名"),
        ("下拨办案经费860元，其中县级配套172万元。", "分项172万元大于它所属的总数860元"),
        ("受理诉求1.3万件，其中网上14020件。", "分项14020件大于它所属的总数1.3万件"),
        ("受理行政复议案件20件，其中行政处罚类25件，占35%。", "分项25件大于它所属的总数20件"),
        (
            "拖欠账款清偿3268元，其中机关1268万元、事业单位846万元、国有企业1154万元。",
            "1268+846+1154=3268万元（即32680000元），与总数3268元不符",
        ),
        (
            "投入1.2亿元，其中省级8000万元、市级5000万元。",
            "8000+5000=13000万元（即1.3亿元），与总数1.2亿元不符",
        ),
        ("受理1.2万件，其中网上8600件、电话4500件。", "8600+4500=13100件（即1.31万件），与总数1.2万件不符"),
        ("51家单位主要负责人均完成述法，会议述法12人，其余38人书面述法。", "12+38=50家，与总数51家不符"),
        ("审查决策事项14件、合同62份，合计73件。", "14+62=76件，与总数73件不符"),
        ("法律顾问12名，以及14名公职律师，共28名。", "12+14=26名，与总数28名不符"),
    ],
)
def test_parts(text: str, message: str) -> None:
    (found,) = alarms(text)
    assert message in found.message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("东街86件、西街72件、北街64件，合计占全区412件的63.9%。", "53.9%"),
        ("新招录公务员48名。新录用人员中法学专业的12人，占35%。", "25%"),
        ("应审136件，与上年一样实审129件，审核率90.9%。", "94.9%"),
        ("受理20件，办结20件，下半年又受理25件，办结22件，办结率100%。", "88%"),
        ("全年立案处罚69起。比上年减少5起，下降42%。", "6.8%"),
        ("受理46件，办结48件，办结率95%。", "104.3%"),
        ("超期0条。县委依法治县办转来问题清单41条，补齐短板36条，整改率92.8%。", "87.8%"),
        ("新增7名，累计由21名增加到29名。", "28名"),
        ("受理案件120件，上年100件，办案量增长30%。", "20%"),
        ("全区162个村（社区）共培育法律明白人1944名，平均每个村（社区）14名。", "12名"),
        ("行政复议工作扎实推进。年末尚未审结34件。\n二、问题\n尚未审结的行政复议案件仍有43件。", "34件"),
        ("63项赋权事项，实际行使45项。\n63项中仍有16项未行使。", "18项"),
        ("63项赋权事项，实际行使45项，63项赋权事项中仍有16项未行使。", "18项"),
    ],
)
def test_what_would_be_right(text: str, expected: str) -> None:
    assert [found.expected for found in alarms(text)] == [expected]


def test_sums_of_impossible_parts_are_not_held_against_others() -> None:
    """The list itself is wrong: what is told of two of its members later has nothing to be measured by."""
    text = (
        "全年审结行政复议案件58件，其中维持40件、驳回45件。\n二、问题\n58件行政复议案件中维持、驳回的有60件。"
    )
    (found,) = alarms(text)
    assert "40+45=85件，与总数58件不符" in found.message


def test_told_otherwise_is_told_once_and_at_the_later_place() -> None:
    text = "58件行政复议案件中被撤销的有8件。\n全年审结行政复议案件58件，其中撤销6件。\n58件行政复议案件中被撤销的有8件。\n"
    assert [f.line for f in alarms(text)] == [3]


@pytest.mark.parametrize(
    "text",
    [
        "全年受理行政复议案件0件，办结0件，办结率100%。",
        "收到建议0件，采纳0件，占0%。",
        "投诉86件，占总数0件的70%。",
        "投诉86件、咨询72件，合计占全区0件的53.9%。",
        "全局现有行政执法人员0名。执法人员中本科以上学历的78名，占85.4%。",
        "抽检食品0批次，检出不合格0批次，合格率100%。",
        "受理申请12件，较上年的0件增加12件，增长100%。",
        "行政复议申请较上年的0件增加12件，增长100%。",
        "受理申请3件，增加3件，增长100%。",
        "应审0件，实审0件，完成率100%。",
    ],
)
def test_nothing_is_divided_by_zero(text: str) -> None:
    """A year in which there was nothing of a kind."""
    assert not alarms(text)


_FIGURE = re.compile(r"\d+(?:\.\d+)?")


@given(st.sampled_from(sorted(lines("+") + lines("-"))), st.data())
def test_any_figure_may_be_zero(text: str, data: st.DataObject) -> None:
    figures = list(_FIGURE.finditer(text))
    for one in reversed(
        data.draw(st.lists(st.sampled_from(figures), max_size=3, unique=True)) if figures else []
    ):
        text = text[: one.start()] + "0" + text[one.end() :]
    alarms(text)
