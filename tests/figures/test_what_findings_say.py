"""What a finding on the sums tells its reader: relation, severity, message, what would be right, what is written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from auditor.figures.arithmetic import check_arithmetic
from auditor.figures.compare import is_change, own_subject, related, usable
from auditor.figures.judge import at, finding
from auditor.figures.passages import Item, periods
from auditor.figures.quantities import quantities
from auditor.figures.quantity import QKind
from auditor.model import Severity
from tests.figures.helpers import alarms, document

ERROR, WARNING = Severity.ERROR, Severity.WARNING
Said = tuple[str, Severity, str, str | None, str | None]


def told(text: str) -> list[Said]:
    return [
        (
            found.id.removeprefix("arithmetic-")[:-9],
            found.severity,
            found.message,
            found.expected,
            found.stated,
        )
        for found in alarms(text)
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "受理案件由80件增至100件，增长30%。",
            ("change", ERROR, "从80件到100件，变化20件÷80件=25%，与所写的变化30%不符", "25%", "30%"),
        ),
        (
            "受理案件由50件增至50件，增长5%。",
            ("change", ERROR, "从50件到50件，变化0件÷50件=0%，与所写的变化5%不符", "0%", "5%"),
        ),
        (
            "满意率由80%提高到90%，提高20%。",
            ("change", ERROR, "90-80=10个百分点，与所写的变化20%不符", "10个百分点", "20%"),
        ),
        (
            "满意率由90%下降到80%，下降9个百分点。",
            ("change", ERROR, "90-80=10个百分点，与所写的变化9个百分点不符", "10个百分点", "9个百分点"),
        ),
        (
            "受理案件由10件增至47件，增长3倍。",
            ("change", ERROR, "从10件到47件，增长3.7倍，与所写的变化3倍不符", "3.7倍", "3倍"),
        ),
        (
            "投入资金由120.4万元增至135.7万元，增加15.1万元。",
            (
                "change",
                ERROR,
                "135.7万元-120.4万元=15.3万元，与所写的变化15.1万元不符",
                "15.3万元",
                "15.1万元",
            ),
        ),
        (
            "受理案件由51件减至50件，减少3件。",
            ("change", ERROR, "51件-50件=1件，与所写的变化3件不符", "1件", "3件"),
        ),
        (
            "受理案件由50件增至51件，增加3件。",
            ("change", ERROR, "51件-50件=1件，与所写的变化3件不符", "1件", "3件"),
        ),
        (
            "受理案件80件，比上年的100件增长20%。",
            ("direction", ERROR, "从100件到80件是降，与所写的“升”方向相反", "由100件降至80件", "升"),
        ),
        (
            "受理案件120件，比上年的100件下降20%。",
            ("direction", ERROR, "从100件到120件是升，与所写的“降”方向相反", "由100件升至120件", "降"),
        ),
        (
            "群众满意率和知晓率均达到105.5%。",
            ("above", ERROR, "群众满意率、知晓率105.5%超过了100%", "不超过100%", "105.5%"),
        ),
        (
            "受理投诉120件，办结率100%，正在办理33件。",
            ("remainder", WARNING, "办结率写为100%，但另有33件尚未办完", "低于100%", "100%"),
        ),
        (
            "受理投诉33件，已全部办结，尚有5件未办结。",
            ("remainder", WARNING, "先说已全部办完，又说另有5件尚未办完", "没有剩余", "5件"),
        ),
        (
            "办复率100%。另有3件未办复。",
            ("remainder", WARNING, "前文办复率写为100%，但另有3件尚未办完", "低于100%", "100%"),
        ),
        (
            "为17个村各配备法律明白人3名，共61名。",
            ("product", WARNING, "17个×3名=51名，与所写的61名不符", "51名", "61名"),
        ),
        (
            "每件补贴200元，全年412件，合计8.25万元。",
            ("product", WARNING, "412件×200元=8.24万元，与所写的8.25万元不符", "8.24万元", "8.25万元"),
        ),
        (
            "三类案件分别占45.5%、35.2%、25%。",
            ("shares", ERROR, "各占比之和为45.5+35.2+25=105.7%，超过了100%", "不超过100%", "105.7%"),
        ),
    ],
)
def test_message(text: str, said: Said) -> None:
    assert told(text) == [said]


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("还有33件正在办理，受理投诉120件，办结率100%。", True),
        ("受理投诉120件，办结率100%，正在办理1件。", True),
        ("受理投诉120件，办结率100%，正在办理0件。", False),
        ("受理投诉120件，办结率约100%，正在办理33件。", False),
        ("受理投诉120件，按期办结率100%，正在办理33件。", False),
        # In time or within the term: another matter; the next figure may still be none.
        ("办结率100%，法定期限内未办结2件。", False),
        ("办结率100%，法定期限内未办结2件，超期未办结3件。", True),
        # Two figures ahead and three back.
        ("办结率100%，受理甲类20件，正在办理33件。", True),
        ("办结率100%，受理甲类20件，受理乙类30件，正在办理33件。", False),
        ("正在办理33件，受理甲类20件，受理乙类30件，办结率100%。", True),
        ("正在办理33件，受理甲类20件，受理乙类30件，受理丙类40件，办结率100%。", False),
        ("受理投诉33件，已全部办结，尚有1件未办结。", True),
        ("受理投诉33件，已全部办结，未办结5件。", True),
        ("换了厨师。受理投诉33件，已全部办结，尚有5件未办结，按时报告。", True),
        ("受理投诉33件，已全部办结，尚有0件未办结。", False),
        ("受理投诉33件，已全部按时办结，尚有5件未办结。", False),
        ("受理投诉33件，已全部办结，尚有5人未答复。", False),
        ("办复率100%。\n另有3件未办复。", True),
        ("办复率100%。\n\n换了厨师。\n另有3件未办复。", False),
        ("办复率约100%。另有3件未办复。", False),
        ("按期办复率100%。另有3件未办复。", False),
        ("办复率100%。另有3件按期未办复。", False),
        ("办复率100%。另有0件未办复。", False),
        ("办复率100%。另有1件未办复。", True),
        ("办复率99%。另有3件未办复。", False),
        ("满意率100%。另有3件未办复。", False),
        ("办复率100%。未办复3件。", True),
        # Near the beginning of the sentence that follows.
        ("办复率100%。经核查全县各单位目前另有3件未办复。", True),
        ("办复率100%。经核查全县各单位到目前另有3件未办复。", False),
    ],
)
def test_all_done_and_something_left(text: str, flagged: bool) -> None:
    assert [said[0] for said in told(text)] == ["remainder"] * flagged


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("每个村配备顾问1名，全县17个村，共配备顾问18名。", True),
        ("每个村配备顾问1名，全县17个村，共配备顾问17名。", False),
        ("每个镇配备顾问1名，全县17个村，共配备顾问18名。", False),
        ("每件补贴200元，全年412件，合计8.24万元。", False),
        ("每件补贴200元，全年412人，合计8.25万元。", False),
        ("为17个村各配备法律明白人3名；共61名。", False),
        ("走访17个村；各配备法律明白人3名，共61名。", False),
        ("为17个村各配备法律明白人约3名，共61名。", False),
        ("为17个村配备法律明白人3名，共61名。", False),
        # As far as the digits of all three go.
        ("为17个村各补助3万元，共59.5万元。", False),
        ("为17个村各补助3万元，共59.6万元。", True),
        ("为17个村各补助300元，共0.5万元。", False),
        ("为17个村各补助300元，共0.6万元。", True),
        ("为1.2万户各补助300元，共375万元。", False),
        ("为1.2万户各补助300元，共376万元。", True),
    ],
)
def test_so_many_each(text: str, flagged: bool) -> None:
    assert [said[0] for said in told(text)] == ["product"] * flagged


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("两类案件分别占51%、51%。", True),
        ("两类案件分别占51%、50%。", False),
        # Half a digit of the coarsest for every share.
        ("三类案件分别占34%、34%、33.5%。", False),
        ("三类案件分别占34%、34%、33.6%。", True),
        ("三类案件分别占33.4%、33.4%、33.4%。", True),
        ("三类案件分别占33.4%、33.4%、33.3%。", False),
        ("两类案件占51%、51%。", False),
        ("两类案件分别约占51%、约51%。", False),
        ("两类案件分别占51%，女性占51%。", False),
        ("两类案件分别占51%，51%。", False),
        ("两类案件分别占51%、51件。", False),
        ("三类案件分别占45%、占35%、占25%。", True),
        ("两类案件分别占51%、女性51%。", False),
        ("三类案件分别占33.4%、33.4%、33.34%。", False),
        ("受理案件90件，三类案件分别占45%、35%、25%。", True),
        ("甲乙两地合格率分别为60%、70%。", False),
    ],
)
def test_shares_of_one_whole(text: str, flagged: bool) -> None:
    assert [said[0] for said in told(text)] == ["shares"] * flagged


def test_one_sentence_may_hold_several() -> None:
    assert [said[0] for said in told("满意率达到100.5%，知晓率达到106%。")] == ["above", "above"]
    assert [said[0] for said in told("满意率达到105%，办结率100%，正在办理33件。")] == ["above", "remainder"]


def test_of_what_was_planned_more_than_all_may_be_done() -> None:
    assert [said[0] for said in told("覆盖率105%。")] == ["above"]
    assert not told("占计划的覆盖率105%。")


def test_a_mean_rests_on_the_sentence_before() -> None:
    text = "320名执法人员参加培训，累计12800学时。人均{}学时。"
    assert not told(text.format(40))
    assert [said[0] for said in told(text.format(60))] == ["mean"]


def quoted(text: str) -> str | None:
    """The quote of a finding about all figures of the last sentence."""
    doc = document(text)
    period = periods(doc, quantities(doc))[-1]
    return finding(doc, period, period.items, "sum", WARNING, "某", "", "").quote


@pytest.mark.parametrize("before", ["", "换了厨师。" * 50])
@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("一是平稳，二是受理5件，三是平稳。", "二是受理5件"),
        # Without a mark from the beginning of the sentence, unless that is far.
        ("好" * 60 + "5件。", "好" * 60 + "5件"),
        ("好" * 61 + "5件。", "5件"),
        ("平稳，" + "好" * 59 + "5件。", "好" * 59 + "5件"),
        ("平稳，" + "好" * 60 + "5件。", "5件"),
        # To the end of the clause when little of it is left and nothing is listed.
        ("办结5件" + "好" * 12 + "，平稳。", "办结5件" + "好" * 12),
        ("办结5件" + "好" * 13 + "，平稳。", "办结5件"),
        ("办结5件好、平稳。", "办结5件"),
        # At most 240 characters: first the words before go, then the first figures.
        ("办结5件，" + "好" * 233 + "6件。", "办结5件，" + "好" * 233 + "6件"),
        ("办结5件，" + "好" * 234 + "6件。", "5件，" + "好" * 234 + "6件"),
        ("办结5件，" + "好" * 235 + "6件。", "5件，" + "好" * 235 + "6件"),
        ("办结5件，" + "好" * 237 + "6件。", "，" + "好" * 237 + "6件"),
    ],
)
def test_how_far_a_quote_reaches(before: str, sentence: str, quote: str) -> None:
    assert quoted(before + sentence) == quote


def test_broken_characters_have_an_id_too() -> None:
    doc = document("办结5件\ud800。")
    assert at(doc, 0, 5, "date", "order", WARNING, "某").id.startswith("date-order-")


def only(text: str) -> Item:
    doc = document(text)
    return periods(doc, quantities(doc))[0].items[-1]


def test_which_figures_can_be_compared() -> None:
    assert usable(only("受理案件5件。")) and usable(only("合格率98%。"))
    assert not usable(only("受理案件约5件。")) and not usable(only("同比增长5%。"))


def test_which_figures_are_changes() -> None:
    assert is_change(only("同比增长5%。")) and is_change(only("同比增加5件。"))
    # A percentage may be told roughly, a number not; a range tells no change that can be reckoned.
    assert is_change(only("同比增长约5%。")) and not is_change(only("同比增加约5件。"))
    change = only("同比增长5%。")
    assert not is_change(replace(change, q=replace(change.q, upper=Decimal(8))))
    assert not is_change(replace(change, q=replace(change.q, direction=0)))
    assert not is_change(only("受理案件5件。")) and not is_change(only("合格率98%。"))
    assert not is_change(replace(change, q=replace(change.q, kind=QKind.RATE)))


def test_a_finding_is_cut_from_the_report() -> None:
    text = "全年平稳。\n一是宣传到位，  受理投诉 120 件，办结 100 件，办结率 90%，群众满意。"
    doc = document(text)
    (found,) = check_arithmetic(doc, quantities(doc))
    assert found.quote == "受理投诉 120 件，办结 100 件，办结率 90%"
    assert found.start == text.index("受理") and found.end == text.index("，群众")
    assert (found.line, found.kind) == (2, "arithmetic")
    (found,) = alarms("一是平稳。二是受理投诉33件，已全部办结，尚有5件未办结。")
    assert found.quote == "二是受理投诉33件，已全部办结，尚有5件未办结"


def test_ids_tell_relation_and_words() -> None:
    one, other = document("办结5件。"), document("换了厨师，\n办结 5 件。")
    a = at(one, 0, 5, "date", "order", WARNING, "某")
    b = at(other, 6, 11, "date", "order", WARNING, "某")
    assert a.id == b.id and a.id.startswith("date-order-") and len(a.id) == len("date-order-") + 8
    assert (
        a.id
        != at(one, 0, 5, "date", "late", WARNING, "某").id
        != at(one, 0, 4, "date", "late", WARNING, "某").id
    )
    assert (a.expected, a.stated, b.line, b.quote) == (None, None, 2, "办结 5 件。")


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("受理案件90件，同比下降10%。", ""),
        ("受理案件90件，其中农村公路投诉同比下降10%。", "农村公路投诉"),
        ("受理案件90件，案件数量较上年同期有所下降10%。", "案件"),
    ],
)
def test_the_subject_of_a_change(text: str, subject: str) -> None:
    doc = document(text)
    change = periods(doc, quantities(doc))[0].items[-1]
    assert own_subject(change) == subject


def test_related_words_share_a_telling_pair() -> None:
    doc = document("养护农村公路90公里。")
    (one,) = periods(doc, quantities(doc))[0].items
    assert related("高速公路", one) and related("公路", one) and related("养护站", one)
    assert not related("铁路", one) and not related("路", one)
    doc = document("办理案件90件。")
    (one,) = periods(doc, quantities(doc))[0].items
    assert not related("案件", one)


def test_a_zero_keeps_the_unit_of_its_figure() -> None:
    (found,) = told("共投入资金90万元，其中省级0万元、市级30万元、县级50万元。")
    assert found[2].startswith("各分项之和为0+30+50=80万元，与总数90万元不符")


def test_a_figure_of_any_length_is_told_and_stops_nothing() -> None:
    (found,) = told("全县支出由1元增至999999999999999亿元，增长5.3333%。")
    assert "9999999999999989999999900%" in found[2]
    assert told(f"人均支出{'9' * 3000}元，比上年的1元增长2倍。") is not None


def test_times_are_rounded_half_up() -> None:
    (found,) = told("受理案件由80件增至180件，增长3倍。")
    assert found[3] == "1.3倍"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "收到申请436件，较上年的302件上升44.4%，其中受理398件、不予受理36件。",
            "各分项之和为398+36=434件，与总数436件不符，相差2件",
        ),
        (
            "立案1264件，其中市容类702件、渣土类318件、违建类154件、其他90件，比上年的1420件下降21.0%。",
            "从1420件到1264件，变化156件÷1420件=11%，与所写的变化21%不符",
        ),
        (
            "调解纠纷1500件（邻里类600件、其他900件），比上年的1250件增长25%。",
            "从1250件到1500件，变化250件÷1250件=20%，与所写的变化25%不符",
        ),
        (
            "核查图斑643个，判定违法47个，已整改到位41个，整改率85.4%。",
            "41个÷47个=87.2%，与所写的整改率85.4%不符",
        ),
        (
            "检查26家网吧、18家歌舞厅、14处广告共68家。",
            "各分项之和为26+18+14=58家，与总数68家不符，相差10家",
        ),
        (
            "核发权证和证明18640本（份），其中权证12115本、证明6425份。",
            "各分项之和为12115+6425=18540本，与总数18640本不符，相差100本",
        ),
    ],
)
def test_the_whole_that_was_meant_is_named(text: str, message: str) -> None:
    """Neither the level of last year nor the last part stands for the whole."""
    (found,) = told(text)
    assert found[2].startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "镇执法队持证人员由年初的11人增加到年末的18人。\n年末全镇持证执法人员仅16人。",
            "“镇执法队持证人员”在第1行写为18人，此处说全部只有16人，部分多于全部",
        ),
        (
            "抽取案卷240卷，评出优秀96卷、合格138卷、不合格6卷。\n年度评查的240卷案卷中仍有9卷被评为不合格。",
            "“不合格”的数量在第1行写为6卷，此处写为9卷，前后不一致",
        ),
        (
            "行政复议案件审结316件，未审结42件。\n行政复议案件持续增加，截至年底仍有24件案件未审结。",
            "“行政复议”未办结的案件在第1行写为42件，此处写为24件，前后不一致",
        ),
        (
            "计划项目12件，完成9件。\n列入计划的12件项目中有5件未能在年底前完成。",
            "前文写12件中已完成9件，尚余12件-9件=3件，与此处所写的未完成5件不符",
        ),
        (
            "查处案件40件，其中食品类18件、药品类12件、器械类10件，罚款合计36万元，平均每件1.2万元。",
            "36万元÷40件=0.9万元，与所写的平均数1.2万元不符",
        ),
        (
            "行政复议案件审结28件；诉讼案件审结13件，其中胜诉12件、败诉1件，胜诉率为100%。",
            "12件÷13件=92.3%，与所写的胜诉率100%不符",
        ),
        (
            "收到申请54件，申请数量超过上年的61件。",
            "54件小于61件，与所写的“超过”不符（相差7件）",
        ),
        (
            "198件中满意191件、基本满意9件。",
            "各分项之和为191+9=200件，与总数198件不符，相差2件",
        ),
        (
            "老人526名，按年龄分为三档，其中80至89周岁391人、90至99周岁128人、100周岁及以上5人。",
            "各分项之和为391+128+5=524名，与总数526名不符，相差2名",
        ),
    ],
)
def test_told_in_full_or_told_again(text: str, message: str) -> None:
    (found,) = told(text)
    assert found[2].startswith(message)


@pytest.mark.parametrize(
    "text",
    [
        "调解队伍共43人，由专职12人、兼职31人（含退休干部9人）组成。",
        "调解队伍共43人，由专职12人、兼职21人（含退休干部9人）组成。",
        "由律师16名、公证员等4名和调解员21名组成的45人宣讲团开展活动。",
        "抽查60卷，合格57卷、优秀21卷、不合格3卷。",
        "抽取的60卷案卷中合格57卷、优秀21卷，逐卷反馈。",
    ],
)
def test_lists_that_may_overlap_or_go_on(text: str) -> None:
    assert not told(text)
