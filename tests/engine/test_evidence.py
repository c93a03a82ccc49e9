"""What a verdict shows beside its status: reasons, quotes, the nearest passage."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.engine.candidates import candidates
from auditor.engine.verdict import judge, quote
from auditor.model import Level, ReaderInfo, Role, Status
from auditor.text.parse import parse
from tests.engine.rules import book, report, verdict

REVIEW = "covered: [案卷评查]"


def test_at_most_five_quotes_in_the_order_of_the_text(tmp_path: Path) -> None:
    months = "一二三四五六七"
    doc = report("".join(f"{month}月组织案卷评查。" for month in months))
    evidence = verdict(book(tmp_path, REVIEW), doc).evidence
    assert [e.quote for e in evidence] == [f"{month}月组织案卷评查。" for month in months[:5]]
    for e in evidence:
        assert doc.text[e.start : e.end] == e.quote
        assert (e.role, e.phrase, e.similarity) == (Role.ACHIEVEMENTS, "案卷评查", 100)
        assert e.section == "一、主要工作和成效"


def test_many_places_cover_only_when_they_count(tmp_path: Path) -> None:
    rules = book(tmp_path, REVIEW)
    many = "".join(f"{month}月组织案卷评查。" for month in "一二三四五六七")
    assert verdict(rules, report(many)).status is Status.COVERED
    assert verdict(rules, report(many, Role.PLAN)).status is Status.WEAK
    assert verdict(rules, report(many.replace("组织", "没有组织"))).status is Status.MISSING


def test_no_place_is_quoted_twice(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [案卷评查, 组织案卷]")
    assert len(verdict(rules, report("组织案卷评查，评出优秀案卷。")).evidence) == 1
    # Two clauses of one sentence are two places.
    assert len(verdict(rules, report("上半年搞案卷评查，下半年组织案卷归档。")).evidence) == 2
    # Also where the later rule stands in the clause just before.
    assert len(verdict(rules, report("上半年组织案卷归档，下半年搞案卷评查。")).evidence) == 2


def test_word_for_word_comes_before_what_is_nearly_so(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [行政执法案卷评查工作]")
    evidence = verdict(rules, report("推进行政执法案件评查工作。\n深入开展行政执法案卷评查工作。")).evidence
    assert [e.quote for e in evidence] == ["深入开展行政执法案卷评查工作。", "推进行政执法案件评查工作。"]
    assert evidence[0].similarity == 100 > evidence[1].similarity
    many = "推进行政执法案件评查工作。\n" * 5
    evidence = verdict(rules, report(many + "深入开展行政执法案卷评查工作。")).evidence
    assert [e.similarity for e in evidence] == [100, 90, 90, 90, 90]


def test_the_body_comes_before_a_heading(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [{all: [案卷评查], heading: true}]")
    evidence = verdict(rules, report("（三）开展案卷评查\n全年组织案卷评查2次。")).evidence
    assert [e.quote for e in evidence] == ["全年组织案卷评查2次。", "（三）开展案卷评查"]
    many = "".join(f"（{number}）开展案卷评查\n换了厨师。\n" for number in "三四五六七")
    evidence = verdict(rules, report(many + "全年组织案卷评查2次。")).evidence
    assert [e.quote for e in evidence][:2] == ["全年组织案卷评查2次。", "（三）开展案卷评查"]
    assert len(evidence) == 5


def test_weak_places_are_quoted_five_times_at_most(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [案卷评查发现]\nweak: [案卷评查]")
    doc = report("".join(f"{month}月组织案卷评查。" for month in "一二三四五六七"))
    got = verdict(rules, doc)
    assert (got.status, len(got.evidence)) == (Status.WEAK, 5)


def test_a_quote_is_at_most_two_hundred_characters(tmp_path: Path) -> None:
    rules = book(tmp_path, REVIEW)
    (one,) = verdict(rules, report("全县各级各部门" + "认真细致" * 50 + "组织案卷评查。")).evidence
    # A clause too long to quote: the words themselves.
    assert one.quote == "案卷评查"
    far = book(tmp_path / "far", "covered: [{all: [案卷评查, 优秀案卷], within: paragraph}]")
    (two,) = verdict(far, report("组织案卷评查。评出优秀案卷。")).evidence
    assert two.quote == "组织案卷评查。"
    wide = book(tmp_path / "wide", "covered: [{all: [案卷评查, 评出优秀]}]")
    (three,) = verdict(wide, report("案卷评查" + "认真细致" * 60 + "评出优秀。")).evidence
    assert len(three.quote) == 200 and three.quote.startswith("案卷评查认真")


@pytest.mark.parametrize(("length", "quotes"), [(200, 1), (201, 2)])
def test_a_clause_of_two_hundred_characters_is_quoted_whole(tmp_path: Path, length: int, quotes: int) -> None:
    clause = "案卷评查" + "细" * (length - 9) + "案卷评查。"
    evidence = verdict(book(tmp_path, REVIEW), report(clause)).evidence
    assert [e.quote for e in evidence] == ([clause] if quotes == 1 else ["案卷评查"] * 2)


def test_a_quote_names_its_section(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [远江县人民政府]")
    body = "一、法治政府建设主要工作\n" + "远江县人民政府组织评查，现将情况报告如下。\n" * 3
    doc = parse(body, ReaderInfo("text", "utf-8"), year=2023)
    assert {e.section for e in verdict(rules, doc).evidence} == {"一、法治政府建设主要工作"}
    # The title stands before all sections; only `audit explain` shows it.
    titled = parse("远江县人民政府2023年度法治政府建设情况报告\n\n" + body, ReaderInfo("text", "utf-8"))
    _, matcher = judge(titled, rules, Level.COUNTY)
    title = quote(candidates(rules.elements[0], matcher)[0], matcher)
    assert title.line == 1 and title.section == ""


def test_quotes_end_without_a_comma(tmp_path: Path) -> None:
    for mark in "，；、：":
        (one,) = verdict(
            book(tmp_path / hex(ord(mark)), REVIEW), report(f"组织案卷评查{mark}食堂换了厨师。")
        ).evidence
        assert not one.quote.endswith(mark) and one.quote.startswith("组织案卷评查")


@pytest.mark.parametrize(
    ("text", "where", "status", "reason"),
    [
        (
            "组织案卷评查。",
            Role.PLAN,
            Status.WEAK,
            "仅在下一年安排中提到，本年度没有写做了什么",
        ),
        ("案卷评查质量不高。", Role.PROBLEMS, Status.WEAK, "仅在存在不足中提到，本年度没有写做了什么"),
        ("全年没有组织案卷评查。", Role.ACHIEVEMENTS, Status.MISSING, "提到了，但写的是没有开展"),
        ("食堂换了厨师。", Role.ACHIEVEMENTS, Status.MISSING, "全文没有提到"),
        (
            "（三）开展案卷评查\n各单位有了新的起色。",
            Role.ACHIEVEMENTS,
            Status.WEAK,
            "只有标题，没有写出做法、结果或数字",
        ),
        (
            "按照市里开展案卷评查的要求，机关更换了电脑。",
            Role.ACHIEVEMENTS,
            Status.WEAK,
            "只作目的、依据提到，没有写出做法、结果或数字",
        ),
    ],
)
def test_reasons(tmp_path: Path, text: str, where: Role, status: Status, reason: str) -> None:
    got = verdict(book(tmp_path, REVIEW), report(text, where))
    assert (got.status, got.reason) == (status, reason)
    assert bool(got.evidence) is (status is Status.WEAK)


def test_shortcomings_and_plans_together(tmp_path: Path) -> None:
    doc = report("案卷评查质量不高。\n三、2024年工作打算\n（一）组织案卷评查。", Role.PROBLEMS)
    got = verdict(book(tmp_path, REVIEW), doc)
    assert got.reason == "只在存在不足和下一年安排中提到，本年度没有写做了什么"
    assert {e.role for e in got.evidence} == {Role.PROBLEMS, Role.PLAN}


def test_covered_gives_no_reason_and_no_nearest_passage(tmp_path: Path) -> None:
    got = verdict(book(tmp_path, REVIEW), report("组织案卷评查。"))
    assert (got.status, got.reason, got.nearest) == (Status.COVERED, None, None)


def test_weak_without_a_reason_of_its_own(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [案卷评查发现]\nweak: [案卷, {all: [评查], reason: 只写评查}]")
    assert verdict(rules, report("整理案卷。")).reason == "写到了，但没有写出做法、结果或数字"
    assert verdict(rules, report("整理案卷，组织评查。")).reason == "只写评查"


def test_levels_decide_what_applies(tmp_path: Path) -> None:
    rules = book(tmp_path, REVIEW + "\nlevels: [county]")
    doc = report("组织案卷评查。")
    assert verdict(rules, doc, level=Level.COUNTY).status is Status.COVERED
    town = verdict(rules, doc, level=Level.TOWN)
    assert (town.status, town.reason) == (Status.NA, "这一层级的单位不要求写这一项")
    # Nobody is spared for want of a level.
    assert verdict(rules, doc, level=None).status is Status.COVERED
    assert (town.evidence, town.nearest) == ((), None)


def test_what_no_document_demands_does_not_apply(tmp_path: Path) -> None:
    doc = report("组织案卷评查。")
    got = verdict(book(tmp_path / "a", REVIEW, basis=""), doc)
    assert (got.status, got.reason) == (Status.NA, "试验没有这一项要求")
    statutory = book(tmp_path / "b", REVIEW + "\ntier: statutory", basis="")
    assert verdict(statutory, doc).status is Status.COVERED


def test_form_is_checked_without_patterns(tmp_path: Path) -> None:
    got = verdict(book(tmp_path, "structure: 标题"), report("换了厨师。"))
    assert got.status is Status.COVERED
    assert [e.quote for e in got.evidence] == ["远江县人民政府2023年度法治政府建设情况报告"]


def test_only_judges_one_element_and_what_it_rests_on(tmp_path: Path) -> None:
    depends = "covered: [{elements: {ids: [甲.0], status: [covered]}}]"
    rules = book(tmp_path, REVIEW, "covered: [执法公示]", depends)
    verdicts, _ = judge(report("组织案卷评查。"), rules, Level.COUNTY, only="甲.2")
    assert set(verdicts) == {"甲.0", "甲.2"}
    assert verdicts["甲.2"].evidence == verdicts["甲.0"].evidence != ()


def test_a_rule_that_rests_on_others_borrows_one_quote_of_each(tmp_path: Path) -> None:
    depends = "covered: [{elements: {ids: [甲.0, 甲.1, 甲.2], status: [covered], min: 2}}]"
    rules = book(tmp_path, REVIEW, "covered: [执法公示]", "covered: [法制审核]", REVIEW, depends)
    doc = report("组织案卷评查。\n再次组织案卷评查。\n推行法制审核。")
    got = verdict(rules, doc, 4)
    assert [e.quote for e in got.evidence] == ["组织案卷评查。", "推行法制审核。"]
    # One that does not count lends nothing: here a plan makes 执法公示 weak.
    doc = report("组织案卷评查。\n推行法制审核。\n三、2024年工作打算\n（一）推行执法公示。")
    assert [e.quote for e in verdict(rules, doc, 4).evidence] == ["组织案卷评查。", "推行法制审核。"]
    same = book(tmp_path / "same", REVIEW, REVIEW, depends.replace("甲.1, 甲.2", "甲.1"))
    assert len(verdict(same, doc, 2).evidence) == 1


def test_own_words_come_before_those_of_others(tmp_path: Path) -> None:
    depends = "covered: [法制审核, {elements: {ids: [甲.0], status: [covered]}}]\n"
    depends += "weak: [{elements: {ids: [甲.0], status: [weak]}, reason: 只写到一项}]"
    rules = book(tmp_path, "covered: [案卷评查发现]\nweak: [案卷评查]", depends)
    assert [e.quote for e in verdict(rules, report("案卷评查发现问题。\n推行法制审核。"), 1).evidence] == [
        "推行法制审核。"
    ]
    got = verdict(rules, report("组织案卷评查。"), 1)
    assert (got.status, got.reason) == (Status.WEAK, "只写到一项")
    assert [e.quote for e in got.evidence] == ["组织案卷评查。"]


def test_nothing_near_is_nothing_shown(tmp_path: Path) -> None:
    assert verdict(book(tmp_path, "covered: [噪声扰民]"), report("换了厨师。")).nearest is None


def test_the_nearest_passage_is_cut_from_the_report(tmp_path: Path) -> None:
    doc = report("推进案件回访。\n行政执法案卷归档。\n开展行政执法。")
    near = verdict(book(tmp_path, "covered: [行政执法案卷评查]"), doc).nearest
    assert near is not None and near.quote == "行政执法案卷归档。"
    assert doc.text[near.start : near.end] == near.quote
    assert near.line == doc.text[: near.start].count("\n") + 1
    assert 50 < near.similarity < 100


def test_of_a_long_sentence_the_nearest_clauses_are_shown(tmp_path: Path) -> None:
    far = [f"第{n}批干部到{n}号院里走访慰问老党员" for n in range(6)]
    doc = report("，".join([*far, "行政执法案卷归档", "逐卷编号"]) + "。")
    near = verdict(book(tmp_path, "covered: [行政执法案卷评查]"), doc).nearest
    assert near is not None and near.quote.endswith("走访慰问老党员，行政执法案卷归档，逐卷编号。")
    assert len(near.quote) <= 80 and doc.text[near.start : near.end] == near.quote
    first = report("，".join(["行政执法案卷归档", *far]) + "。")
    near = verdict(book(tmp_path, "covered: [行政执法案卷评查]"), first).nearest
    assert (
        near is not None and near.quote.startswith("行政执法案卷归档，第0批") and near.quote[-1] not in "，。"
    )


def test_a_long_nearest_passage_is_cut(tmp_path: Path) -> None:
    doc = report("行政执法案卷归档" + "认真细致" * 60 + "。")
    near = verdict(book(tmp_path, "covered: [行政执法案卷评查]"), doc).nearest
    assert near is not None and len(near.quote) == 200 and near.quote.startswith("行政执法案卷归档")
    doc = report("行政执法案卷归档" + "细" * 191 + " " + "细" * 20 + "。")
    near = verdict(book(tmp_path, "covered: [行政执法案卷评查]"), doc).nearest
    assert near is not None and near.quote == "行政执法案卷归档" + "细" * 191


@pytest.mark.parametrize(
    ("text", "quote", "similarity"),
    [
        # More pairs, then pairs that fewer sentences have, then pairs of the description.
        ("噪声渐渐小了。扰民和投诉少了。", "扰民和投诉少了。", 40.0),
        ("投诉不多不少。投诉有多有少。噪声渐渐小了。", "噪声渐渐小了。", 20.0),
        ("噪声渐渐小了。逐户上门回访。", "逐户上门回访。", 33.3),
        ("逐户上门回访。噪声、扰民和投诉少了。", "噪声、扰民和投诉少了。", 60.0),
        ("回访说噪声扰民。", "回访说噪声扰民。", 33.3),
        # A heading has no mark at its end.
        ("（三）治理噪声\n换了厨师。", "（三）治理噪声", 20.0),
    ],
)
def test_what_makes_a_sentence_near(tmp_path: Path, text: str, quote: str, similarity: float) -> None:
    near = verdict(book(tmp_path, "covered: [噪声扰民投诉]", sought="回访率"), report(text)).nearest
    assert near is not None and (near.quote, near.similarity) == (quote, similarity)


def test_scraps_are_near_to_nothing(tmp_path: Path) -> None:
    rules = book(tmp_path, "covered: [噪声扰民投诉]")
    assert verdict(rules, report("噪声扰民。")).nearest is None
    near = verdict(rules, report("噪声少多了。")).nearest
    assert near is not None and near.quote == "噪声少多了。"


def test_three_pairs_of_a_hundred_are_just_near(tmp_path: Path) -> None:
    sought = "".join(chr(code) for code in range(0x5000, 0x5000 + 100))
    rules = book(tmp_path, "covered: [噪声]", sought=sought)
    near = verdict(rules, report(f"刻着{sought[:4]}。")).nearest
    assert near is not None and near.similarity == 3.0
    assert verdict(rules, report(f"刻着{sought[:3]}。")).nearest is None


def test_title_and_signature_are_near_to_nothing(tmp_path: Path) -> None:
    # The carrier's title and signature name the county's government.
    assert verdict(book(tmp_path, "covered: [远江县人民政府规章]"), report("换了厨师。")).nearest is None
