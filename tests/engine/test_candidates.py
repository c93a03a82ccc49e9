"""Every place where a rule's words stand, and why it counts or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.engine.candidates import MAX_ANCHORS, Outcome, Strength
from auditor.model import ReaderInfo, Role, Status
from auditor.text.parse import parse
from tests.engine.rules import book, found, report, verdict, words


@pytest.mark.parametrize(
    ("sentence", "where", "outcome"),
    [
        ("组织案卷评查。", Role.ACHIEVEMENTS, Outcome.COUNTS),
        ("组织案卷评查。", Role.PLAN, Outcome.PLAN),
        ("案卷评查不多。", Role.PROBLEMS, Outcome.PROBLEM),
        ("（三）案卷评查\n各单位有了起色。", Role.ACHIEVEMENTS, Outcome.HEADING),
        ("没有组织案卷评查。", Role.ACHIEVEMENTS, Outcome.NEGATED),
        ("按照案卷评查要求，换了厨师。", Role.ACHIEVEMENTS, Outcome.GROUNDS),
        ("食堂参加案卷评查。", Role.ACHIEVEMENTS, Outcome.EXCLUDED),
    ],
)
def test_outcomes(tmp_path: Path, sentence: str, where: Role, outcome: Outcome) -> None:
    rules = book(tmp_path, "covered: [{all: [案卷评查], unless: [食堂]}]")
    doc = report(sentence, where)
    (one,) = found(rules, doc)
    assert (words(doc, one), one.outcome, one.role) == ("案卷评查", outcome, where)
    assert (one.strength, one.similarity) == (Strength.COVERED, 100)


def test_title_and_signature_are_no_evidence(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [远江县人民政府]")
    got = found(rules, report("远江县人民政府组织评查。"))
    assert [c.outcome for c in got] == [Outcome.FURNITURE, Outcome.COUNTS, Outcome.FURNITURE]


def test_grounds_are_one_clause_before_the_main_one(tmp_path: Path) -> None:
    outcomes = {
        "按照案卷评查要求，换了厨师。": Outcome.GROUNDS,
        # Words on both sides of a colon tell more than grounds.
        "按照案卷评查安排：成立规范工作专班的要求，换了厨师。": Outcome.COUNTS,
    }
    rules = book(tmp_path, "covered: [{all: [案卷评查], any: [要求]}]")
    got = {text: [c.outcome for c in found(rules, report(text))] for text in outcomes}
    assert got == {text: [outcome] for text, outcome in outcomes.items()}


def test_a_single_character_at_the_head_of_a_sentence(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [按]")
    doc = report("按有关要求，换了厨师。")
    assert [(words(doc, c), c.outcome) for c in found(rules, doc)][-1] == ("按", Outcome.GROUNDS)


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("组织评查，抽取案卷9宗。", Outcome.COUNTS),
        ("组织评查，三天看完，抽取案卷9宗。", Outcome.COUNTS),
        ("组织评查，三天看完，食堂换了厨师，整理案卷9宗。", Outcome.APART),
    ],
)
def test_words_of_one_condition_stand_in_clauses_that_are_near(
    tmp_path: Path, sentence: str, outcome: Outcome
) -> None:
    rules = book(tmp_path / "a", "covered: [{all: [评查, 案卷]}]")
    assert [c.outcome for c in found(rules, report(sentence))] == [outcome]
    bounded = book(tmp_path / "b", "covered: [{all: [评查, 案卷], within: 40}]")
    assert [c.outcome for c in found(bounded, report(sentence))] == [Outcome.COUNTS]
    between = book(tmp_path / "c", "covered: [{all: [评查, 厨师, 案卷]}]")
    assert [c.outcome for c in found(between, report(sentence))] in ([], [Outcome.COUNTS])


def test_roles_take_the_place_of_the_usual_parts(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [{all: [案卷评查], roles: [problems]}]")
    assert [c.outcome for c in found(rules, report("没有案卷评查。", Role.PROBLEMS))] == [Outcome.COUNTS]
    assert [c.outcome for c in found(rules, report("组织案卷评查。"))] == [Outcome.ROLE]


def test_the_distance_is_measured_from_the_first_to_the_last_character(tmp_path: Path) -> None:
    doc = report("执法公示和法制审核。")
    for most, count in ((9, 1), (8, 0)):
        rules = book(tmp_path / str(most), f"covered: [{{all: [法制审核, 执法公示], within: {most}}}]")
        assert [words(doc, c) for c in found(rules, doc)] == ["执法公示和法制审核"] * count


@pytest.mark.parametrize(
    ("within", "counts"), [("clause", [1, 0, 0]), ("sentence", [1, 1, 0]), ("paragraph", [1, 1, 1])]
)
def test_units(tmp_path: Path, within: str, counts: list[int]) -> None:
    rules = book(tmp_path, f"covered: [{{all: [执法公示, 法制审核], within: {within}}}]")
    texts = ("推行执法公示和法制审核。", "推行执法公示，开展法制审核。", "推行执法公示。开展法制审核。")
    assert [len(found(rules, report(text))) for text in texts] == counts
    assert not found(rules, report("推行执法公示。\n开展法制审核。"))


def test_words_of_a_paragraph_are_marked_at_the_first_named_pattern(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [{all: [法制审核, 执法公示], within: paragraph}]")
    doc = report("推行执法公示。换了厨师。开展法制审核。")
    assert [words(doc, c) for c in found(rules, doc)] == ["法制审核"]
    # Also where the other pattern is the scarcer one and chooses.
    doc = report("开展法制审核。推行执法公示。再抓法制审核。")
    assert [words(doc, c) for c in found(rules, doc)] == ["法制审核"]


def test_one_place_does_not_serve_two_patterns(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [{all: [案卷, 案卷评查]}]")
    assert not found(rules, report("组织案卷评查。"))
    doc = report("组织案卷评查，整理案卷。")
    assert [words(doc, c) for c in found(rules, doc)] == ["案卷评查，整理案卷"]


def test_the_scarcest_pattern_chooses_the_nearest_of_the_others(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [{all: [案卷, 评查]}]")
    doc = report("案卷多，案卷杂，评查细，案卷全。")
    assert [words(doc, c) for c in found(rules, doc)] == ["案卷杂，评查"]
    # Of two equally near the first.
    doc = report("案卷和评查和案卷。")
    assert [words(doc, c) for c in found(rules, doc)] == ["案卷和评查"]
    # Of patterns equally scarce the first named.
    doc = report("案卷评查，案卷旧，评查少。")
    assert [words(doc, c) for c in found(rules, doc)] == ["案卷评查", "评查，案卷"]


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("案卷评查，归档案卷。", "案卷评查"),
        ("案卷的评查案卷。", "评查案卷"),
        # From the last character of one to the first of the other, however long they are.
        ("案卷很多，评查细，卷宗材料目录全。", "评查细，卷宗材料目录"),
        # Of two that end alike the longer, which begins first.
        ("执法案卷评查。", "执法案卷评查"),
    ],
)
def test_nearness_is_the_gap_between_two_places(tmp_path: Path, text: str, nearest: str) -> None:
    rules = book(tmp_path, "covered: [{all: ['(案卷|执法案卷|卷宗材料目录)', 评查]}]")
    doc = report(text)
    assert [words(doc, c) for c in found(rules, doc)] == [nearest]


def test_three_patterns_stand_together_nearest_to_the_scarcest(tmp_path: Path) -> None:
    doc = report("公示多，论证多而杂，决策少，论证细，公示全。")
    for n, (within, count) in enumerate((("sentence", 1), ("10", 1), ("9", 0))):
        rules = book(tmp_path / str(n), f"covered: [{{all: [公示, 决策, 论证], within: {within}}}]")
        assert [words(doc, c) for c in found(rules, doc)] == ["决策少，论证细，公示"] * count
        assert not found(rules, report("公示多，决策少，公示全。"))


def test_of_three_patterns_none_takes_the_only_place_of_another(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [{all: [决策, 案卷, 案卷评查]}]")
    doc = report("决策后案卷评查，整理案卷。")
    assert [words(doc, c) for c in found(rules, doc)] == ["决策后案卷评查，整理案卷"]
    assert not found(rules, report("决策后案卷评查，整理卷宗。"))


def test_three_patterns_of_a_paragraph_are_marked_at_the_first_named(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [{all: [公示, 决策, 论证], within: paragraph}]")
    doc = report("决策都经论证。论证细。再作公示。公示广。")
    assert [words(doc, c) for c in found(rules, doc)] == ["公示"]


@pytest.mark.parametrize("others", ["案卷", "案卷, 归档"])
def test_a_place_without_neighbours_hides_no_other(tmp_path: Path, others: str) -> None:
    # Both 案卷 lie inside the first place; the second place has them free.
    rules = book(tmp_path, f"covered: [{{all: ['(案卷和案卷|评查)', {others}]}}]")
    doc = report("案卷和案卷，评查，归档，归档。")
    (one,) = found(rules, doc)
    assert words(doc, one).startswith("案卷，评查")


@pytest.mark.parametrize("order", ["{0}, {1}", "{1}, {0}", "{0}, {1}, {2}", "{2}, {1}, {0}"])
def test_a_group_is_as_similar_as_its_least_similar_word(tmp_path: Path, order: str) -> None:
    names = order.format("行政执法案卷评查工作", "推进", "扎实")
    rules = book(tmp_path, f"covered: [{{all: [{names}]}}]")
    (one,) = found(rules, report("扎实推进行政执法案件评查工作。"))
    assert one.similarity == 90
    (one,) = found(rules, report("扎实推进行政执法案卷评查工作。"))
    assert one.similarity == 100


def test_a_flood_of_places_is_bounded(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [{all: [案卷, 评查]}]")
    doc = report("案卷评查，" * (MAX_ANCHORS + 5) + "完。")
    assert len(found(rules, doc)) == MAX_ANCHORS


def test_any_alone_and_beside_all(tmp_path: Path) -> None:
    alone = book(tmp_path / "a", "covered: [{any: [执法公示, 法制审核]}]")
    doc = report("推行法制审核，推行执法公示。")
    assert [words(doc, c) for c in found(alone, doc)] == ["法制审核", "执法公示"]
    both = book(tmp_path / "b", "covered: [{all: [推行], any: [执法公示, 法制审核]}]")
    doc = report("推行法制审核。\n推行垃圾分类。\n宣传执法公示。")
    assert [words(doc, c) for c in found(both, doc)] == ["推行法制审核"]


def test_counting_has_a_lower_and_an_upper_end(tmp_path: Path) -> None:
    things = "count: {of: [[公众参与, 听取意见], [专家论证], [风险评估]], min: 2"
    rules = book(tmp_path / "a", f"covered: [{{any: [决策, 立项], {things}, max: 2}}}}]")
    expected = {
        "决策都经公众参与、专家论证。": 1,
        "立项都经听取意见、专家论证。": 1,
        "决策都经公众参与、听取意见。": 0,
        "决策都经公众参与、专家论证、风险评估。": 0,
        "食堂都经公众参与、专家论证。": 0,
    }
    assert {text: len(found(rules, report(text))) for text in expected} == expected
    doc = report("专家论证、公众参与后决策。")
    assert [words(doc, c) for c in found(rules, doc)] == ["专家论证、公众参与后决策"]


def test_counting_goes_on_after_a_unit_that_fails(tmp_path: Path) -> None:
    things = "count: {of: [[公众参与], [专家论证], [风险评估]], min: 2, max: 2}"
    rules = book(tmp_path, f"covered: [{{all: [决策], {things}}}]")
    doc = report(
        "决策都经公众参与。食堂都经公众参与、专家论证。决策都经公众参与、专家论证、风险评估。"
        "决策都经专家论证、风险评估。"
    )
    assert [words(doc, c) for c in found(rules, doc)] == ["决策都经专家论证、风险评估"]


def test_unless_sentence_looks_beyond_the_clause_but_not_beyond_the_sentence(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [{all: [案卷评查], unless_sentence: [合同]}]")
    texts = ("组织案卷评查，审查合同。", "组织案卷评查。审查合同。")
    outcomes = [found(rules, report(text))[0].outcome for text in texts]
    assert outcomes == [Outcome.EXCLUDED, Outcome.COUNTS]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("规范性文件管理更严。报备率很高。", Outcome.COUNTS),
        ("（三）管好规范性文件\n报备率很高。", Outcome.COUNTS),
        # Two levels of heading above, the second of several under the first.
        ("（三）管好规范性文件\n1.起草\n换了厨师。\n2.报备\n报备率很高。", Outcome.COUNTS),
        ("（三）管好规范性文件\n1.报备\n报备率很高。", Outcome.COUNTS),
        # A heading elsewhere, another paragraph, a heading that follows.
        ("（三）管好规范性文件\n换了厨师。\n（四）管好食堂\n报备率很高。", Outcome.CONTEXT),
        ("规范性文件管理更严。\n报备率很高。", Outcome.CONTEXT),
        ("报备率很高。\n（三）管好规范性文件\n换了厨师。", Outcome.CONTEXT),
    ],
)
def test_context(tmp_path: Path, text: str, outcome: Outcome) -> None:
    rules = book(tmp_path, "covered: [{all: [报备率], context: [规范性文件]}]")
    doc = report(text)
    assert [c.outcome for c in found(rules, doc) if words(doc, c) == "报备率"] == [outcome]


def test_the_first_heading_is_above_its_sections_and_no_others(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [{all: [报备率], context: [工作和成效]}]")
    for text, where, outcome in (
        ("（三）食堂\n报备率很高。", Role.ACHIEVEMENTS, Outcome.COUNTS),
        ("报备率不高。", Role.PROBLEMS, Outcome.CONTEXT),
    ):
        assert [c.outcome for c in found(rules, report(text, where))] == [outcome]


def test_a_report_may_begin_with_its_first_heading(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [{all: [报备率], context: [规范性文件]}]")
    text = "一、法治政府建设工作\n现将情况报告如下，全年平稳有序。\n二、管好规范性文件\n组织清理。\n{}报备率很高。\n"
    for heading, outcome in (("（一）报备\n", Outcome.COUNTS), ("三、管好食堂\n", Outcome.CONTEXT)):
        doc = parse(text.format(heading), ReaderInfo("text", "utf-8"), year=2023)
        assert [c.outcome for c in found(rules, doc)] == [outcome]


def test_concepts_have_look_alikes_of_their_own(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: ['{送货}']", concepts="{送货: {any: [送货], ignore: [不必送货]}}")
    assert [len(found(rules, report(text))) for text in ("天天送货。", "近处不必送货。")] == [1, 0]


def test_look_alikes_never_count(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [案卷]\nignore: [案卷柜]")
    doc = report("买了案卷柜，整理案卷。")
    assert len(found(rules, doc)) == 1
    assert verdict(rules, report("买了案卷柜。")).status is Status.MISSING


@pytest.mark.parametrize(
    "condition",
    [
        "all: [案卷, 归档]",
        "any: [案卷, 卷宗]",
        "all: [归档], any: [案卷, 卷宗]",
        "count: {of: [[案卷], [归档]], min: 2}",
        "all: [案卷], count: {of: [[归档], [上架]], min: 2}",
        "any: [案卷], count: {of: [[归档], [上架]], min: 2}",
    ],
)
def test_look_alikes_serve_no_kind_of_condition(tmp_path: Path, condition: str) -> None:
    rules = book(tmp_path, f"covered: [{{{condition}}}]\nignore: [案卷柜]")
    assert len(found(rules, report("整理案卷、归档、上架。"))) == 1
    assert not found(rules, report("买了案卷柜、归档、上架。"))


def test_a_mention_among_the_achievements_is_no_candidate_that_counts(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [案卷评查]\nmention: [案卷]")
    assert [(c.strength, c.outcome) for c in found(rules, report("整理案卷。"))] == [
        (Strength.MENTION, Outcome.ROLE)
    ]


@pytest.mark.parametrize(
    ("sentence", "turned"),
    [
        ("案卷评查和回访尚未开展。", True),
        ("食堂尚未开张，组织案卷评查。", False),
        ("组织案卷评查，食堂尚未开张。", False),
        ("尚未组织开展案卷评查。", True),
        ("没有厨师的单位组织案卷评查。", False),
    ],
)
def test_a_negation_reaches_as_far_as_its_clause(tmp_path: Path, sentence: str, turned: bool) -> None:
    (one,) = found(book(tmp_path, "covered: [案卷评查]"), report(sentence))
    assert (one.outcome is Outcome.NEGATED) is turned
