"""How the lists of a rule become a status: roles, headings, negation, context, dependence."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.engine.verdict import judge
from auditor.model import Level, ReaderInfo, Role, Status
from auditor.proof import carrier
from auditor.rulebook.book import RuleBook
from auditor.text.parse import parse
from tests.engine.rules import book, verdict


def status(rules: RuleBook, text: str, number: int = 0) -> tuple[Status, str | None]:
    found = verdict(rules, parse(text, ReaderInfo("text", "utf-8"), year=2023, level=Level.COUNTY), number)
    return found.status, found.reason


def placed(sentence: str, where: Role = Role.ACHIEVEMENTS) -> str:
    return carrier(sentence, where, level=Level.COUNTY, year=2023)


@pytest.mark.parametrize(
    ("where", "expected"),
    [(Role.ACHIEVEMENTS, Status.COVERED), (Role.PROBLEMS, Status.WEAK), (Role.PLAN, Status.WEAK)],
)
def test_only_achievements_cover(tmp_path: Path, where: Role, expected: Status) -> None:
    assert (
        status(book(tmp_path, "covered: [案卷评查]"), placed("组织开展案卷评查2次。", where))[0] is expected
    )


def test_plan_is_named_as_the_reason(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [案卷评查]")
    assert "仅在下一年安排中提到" in (status(rules, placed("组织案卷评查。", Role.PLAN))[1] or "")
    for pending in ("案卷评查办法正在征求各镇意见。", "案卷评查拟委托高校承担。"):
        assert "还在筹备、办理" in (status(rules, placed(pending))[1] or "")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("全年没有组织案卷评查。", Status.MISSING),
        ("案卷评查尚未开展。", Status.MISSING),
        ("未经案卷评查的单位一律不得评优。", Status.COVERED),
        ("案卷评查发现不规范的问题12个。", Status.COVERED),
        ("办案够不够细，全靠案卷评查。", Status.COVERED),
    ],
)
def test_negation_turns_the_meaning(tmp_path: Path, sentence: str, expected: Status) -> None:
    assert status(book(tmp_path, "covered: [案卷评查]"), placed(sentence))[0] is expected


def test_negation_can_be_what_is_sought(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [{all: [行政诉讼案件], negated: true}]")
    assert status(rules, placed("全年没有发生行政诉讼案件。"))[0] is Status.COVERED


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("按照市里开展案卷评查的要求，机关更换了一批电脑。", Status.WEAK),
        ("为适应案卷评查工作需要，新购置打印机3台。", Status.WEAK),
        ("全县根据案卷评查的统一部署，认真抓好各项工作。", Status.WEAK),
        ("适应案卷评查由县里统一组织之后的新形势，更新了电脑。", Status.WEAK),
        ("为进一步做好案卷评查、提升办案质量，机关更换了一批电脑。", Status.WEAK),
        ("以案卷评查为主要办法，发现问题12个。", Status.COVERED),
        ("县长强调，要把案卷评查抓实抓细。", Status.WEAK),
        ("全县大会提出：必须抓好案卷评查。", Status.WEAK),
        ("要求各镇开展案卷评查，发现问题12个。", Status.COVERED),
        ("各单位主要负责人参加案卷评查，发现问题12个。", Status.COVERED),
        ("按照市里的要求，组织案卷评查2次。", Status.COVERED),
        ("按照应评尽评要求组织案卷评查2次，发现问题12个。", Status.COVERED),
        ("为规范执法行为组织案卷评查2次，发现问题12个。", Status.COVERED),
        ("为各镇案卷评查骨干授课2次，发放资料120份。", Status.COVERED),
        ("工作力度加大，开展案卷评查2次，达到市里要求。", Status.COVERED),
    ],
)
def test_grounds_and_demands_alone_are_weak(tmp_path: Path, sentence: str, expected: Status) -> None:
    rules = book(tmp_path / "a", "covered: [案卷评查]")
    assert status(rules, placed(sentence))[0] is expected
    allowed = book(tmp_path / "b", "covered: [{all: [案卷评查], grounds: true}]")
    assert status(allowed, placed(sentence))[0] is Status.COVERED


@pytest.mark.parametrize(
    ("sentence", "aside", "expected"),
    [
        ("围绕案卷评查等议题召开座谈会。", "topics", Status.WEAK),
        ("县委党校开设案卷评查课程。", "topics", Status.WEAK),
        ("以深化案卷评查、提升办案质量为牵引，机关更换了一批电脑。", "topics", Status.WEAK),
        ("传达学习全省案卷评查会议精神。", "topics", Status.WEAK),
        ("县法院组织案卷评查，发现问题12个。", "others", Status.MISSING),
    ],
)
def test_topics_and_deeds_of_other_bodies_count_only_where_admitted(
    tmp_path: Path, sentence: str, aside: str, expected: Status
) -> None:
    rules = book(tmp_path, "covered: [案卷评查]", f"admit: [{aside}]\ncovered: [案卷评查]")
    assert status(rules, placed(sentence))[0] is expected
    assert status(rules, placed(sentence), 1)[0] is Status.COVERED


def test_a_course_may_be_named_as_weak(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [案卷评查]\nweak: [{all: [案卷评查, 课程], reason: 只讲了课}]")
    assert status(rules, placed("开设案卷评查课程。")) == (Status.WEAK, "只讲了课")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("台账补齐了，明年开展案卷评查两轮。", Status.WEAK),
        ("人手仍然紧张，但明年起每季度组织案卷评查，结果逐家反馈。", Status.WEAK),
        ("办案渐渐规范，下一步将委托律师，组织案卷评查。", Status.WEAK),
        ("办案渐渐规范，2024年起组织案卷评查。", Status.WEAK),
        ("案卷评查扩面工作将视市里统一安排陆续启动。", Status.WEAK),
        ("拟在年后铺开案卷评查，人手另行调配。", Status.WEAK),
        ("案卷评查办法正在征求各镇意见，机关更换了一批电脑。", Status.WEAK),
        ("案卷评查系统尚在招标，机关更换了一批电脑。", Status.WEAK),
        ("案卷评查工作尚待启动。", Status.WEAK),
        ("案卷评查拟委托高校承担。", Status.WEAK),
        ("争取尽快铺开案卷评查。", Status.WEAK),
        ("案卷评查推迟到明年进行。", Status.WEAK),
        ("组织案卷评查2次，对正在办理的案件当场提醒。", Status.COVERED),
        ("对正在修订的办法一并参照，组织案卷评查2次。", Status.COVERED),
        ("办法正在征求意见，组织案卷评查2次。", Status.COVERED),
        ("在推行案卷评查的背景下，机关更换了一批电脑。", Status.WEAK),
        ("着眼下一步，把案卷评查做细。结果逐家反馈。", Status.WEAK),
        ("着眼下一步，人手另行调配。案卷评查每季一次。", Status.WEAK),
        ("组织案卷评查2次，明年扩大到乡镇。", Status.COVERED),
        ("组织案卷评查2次，结果将陆续反馈。", Status.COVERED),
        ("将案卷评查逐步纳入日常，全年组织2次。", Status.COVERED),
        ("台账补齐，明年方案早作打算，今年组织案卷评查2次。", Status.COVERED),
        ("为明年创建打基础，组织案卷评查2次。", Status.COVERED),
        ("研究明年工作时听取案卷评查结果2次。", Status.COVERED),
        ("2023年起组织案卷评查，至今已有6轮。", Status.COVERED),
        ("出台办法，明年元旦起施行案卷评查新标准。", Status.COVERED),
    ],
)
def test_what_is_to_come_is_no_achievement(tmp_path: Path, sentence: str, expected: Status) -> None:
    assert status(book(tmp_path, "covered: [案卷评查]"), placed(sentence))[0] is expected


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        ("对照标准，基础工作还不够扎实。案卷评查走了形式。", Status.WEAK),
        ("案卷评查走过场的现象仍有发生。", Status.WEAK),
        ("窗口人手偏少，案卷评查不够细。问题的根源在于责任没有压到岗位。", Status.WEAK),
        ("组织案卷评查2次。究其原因，办案量大，监督不足。", Status.COVERED),
        ("对照标准，组织案卷评查2次，查出不够规范的卷宗9宗。", Status.COVERED),
        ("开展案卷评查，走过场的现象得到纠正。", Status.COVERED),
    ],
)
def test_shortcomings_among_achievements(tmp_path: Path, account: str, expected: Status) -> None:
    assert status(book(tmp_path, "covered: [案卷评查]"), placed(account))[0] is expected


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        (
            "1.开会议事成惯例。全年开会9次，议定事项12件。\n2.办案渐渐规范。全年办案31件，都已办结。",
            Status.WEAK,
        ),
        (
            "1.开会议事成惯例\n全年开会9次，议定事项12件。\n2.办案渐渐规范\n全年办案31件，都已办结。",
            Status.COVERED,
        ),
        (
            "一、开会议事成惯例。全年开会9次，议定事项12件。\n二、办案规范。全年办案31件，都已办结。",
            Status.COVERED,
        ),
    ],
)
def test_a_topic_sentence_is_no_heading_of_achievements(
    tmp_path: Path, account: str, expected: Status
) -> None:
    text = f"远江县2023年法治政府建设情况报告\n现将有关情况报告如下。\n{account}\n"
    found = verdict(book(tmp_path, "structure: 举措成效"), parse(text, ReaderInfo("text", "utf-8")))
    assert found.status is expected


def test_plans_strewn_over_the_account_are_a_weak_plan(tmp_path: Path) -> None:
    rules = book(tmp_path, "structure: 下年安排")
    account = (
        "远江县2023年法治政府建设情况报告\n现将有关情况报告如下。\n一、主要做法和成效\n办理案件9件{}。\n"
    )
    strewn = parse(account.format("，明年将逐件回访"), ReaderInfo("text", "utf-8"))
    found = verdict(rules, strewn)
    assert (found.status, [e.quote for e in found.evidence]) == (Status.WEAK, ["明年将逐件回访"])
    none = parse(account.format("，逐件回访"), ReaderInfo("text", "utf-8"))
    assert verdict(rules, none).status is Status.MISSING


def test_a_bare_heading_is_weak_unless_the_rule_says_so(tmp_path: Path) -> None:
    text = placed("（三）开展案卷评查工作\n各单位按要求做好有关事项，工作有了新的起色。")
    assert status(book(tmp_path / "a", "covered: [案卷评查]"), text)[0] is Status.WEAK
    assert (
        status(book(tmp_path / "b", "covered: [{all: [案卷评查], heading: true}]"), text)[0] is Status.COVERED
    )


def test_mention_counts_only_in_problems_and_plan(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [案卷评查发现]\nmention: [案卷]")
    assert status(rules, placed("案卷整整齐齐。"))[0] is Status.MISSING
    assert status(rules, placed("案卷质量不高。", Role.PROBLEMS))[0] is Status.WEAK


def test_weak_gives_its_own_reason(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: ['案卷评查{件数}']\nweak: [{all: [案卷评查], reason: 没有件数}]")
    assert status(rules, placed("组织了案卷评查。")) == (Status.WEAK, "没有件数")


def test_unless_looks_at_the_clause_and_unless_sentence_at_the_sentence(tmp_path: Path) -> None:
    text = placed("组织案卷评查，参加合同审查。")
    assert (
        status(book(tmp_path / "a", "covered: [{all: [案卷评查], unless: [合同]}]"), text)[0]
        is Status.COVERED
    )
    rules = book(tmp_path / "b", "covered: [{all: [案卷评查], unless_sentence: [合同]}]")
    assert status(rules, text)[0] is Status.MISSING


def test_context_may_stand_in_the_heading(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [{all: [报备率], context: [规范性文件]}]")
    assert status(rules, placed("（三）加强规范性文件管理\n全年报备率达到较高水平。"))[0] is Status.COVERED
    assert status(rules, placed("（三）加强食堂管理\n全年报备率达到较高水平。"))[0] is Status.MISSING


def test_counting_listed_things(tmp_path: Path) -> None:
    rules = book(
        tmp_path, "covered: [{all: [决策], count: {of: [[公众参与], [专家论证], [风险评估]], min: 2}}]"
    )
    assert status(rules, placed("重大决策都经公众参与、专家论证。"))[0] is Status.COVERED
    assert status(rules, placed("重大决策都经公众参与。"))[0] is Status.MISSING


def test_dependence_on_other_elements(tmp_path: Path) -> None:
    depends = "covered: [{elements: {ids: [甲.0, 甲.1], status: [covered], min: 2}}]\n"
    depends += "weak: [{elements: {ids: [甲.0, 甲.1], status: [covered, weak]}, reason: 只写到一项}]"
    rules = book(tmp_path, "covered: [执法公示]", "covered: [法制审核]", depends)
    assert status(rules, placed("推行执法公示、法制审核。"), 2)[0] is Status.COVERED
    assert status(rules, placed("推行执法公示。"), 2) == (Status.WEAK, "只写到一项")
    assert status(rules, placed("整修了院落。"), 2)[0] is Status.MISSING


def test_quotes_are_cut_from_the_original(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [案卷评查]")
    doc = parse(placed("　组织“案 卷”评查 ２ 次，评出优秀案卷。"), ReaderInfo("text", "utf-8"), year=2023)
    verdicts, _ = judge(doc, rules, Level.COUNTY)
    evidence = verdicts["甲.0"].evidence[0]
    assert evidence.quote == doc.text[evidence.start : evidence.end] == "组织“案 卷”评查 ２ 次"
    assert doc.text.splitlines()[evidence.line - 1].strip().startswith("组织")


def test_missing_shows_the_nearest_passage(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [行政执法案卷评查]")
    doc = parse(placed("组织行政执法案件回访。"), ReaderInfo("text", "utf-8"), year=2023)
    verdicts, _ = judge(doc, rules, Level.COUNTY)
    nearest = verdicts["甲.0"].nearest
    assert nearest is not None and "行政执法案件回访" in nearest.quote


def test_order_of_rules_does_not_matter(tmp_path: Path) -> None:
    one = book(tmp_path / "a", "covered: [案卷评查]", "covered: [执法公示]")
    two = book(tmp_path / "b", "covered: [执法公示]", "covered: [案卷评查]")
    text = placed("组织案卷评查。")
    assert status(one, text, 0) == status(two, text, 1)
    assert status(one, text, 1) == status(two, text, 0)
