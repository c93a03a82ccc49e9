"""The words of the paper, without any layout."""

from __future__ import annotations

from msgspec.structs import replace

from auditor.model import Basis, Finding, GateFailure, GateResult, Severity, Status, Tier
from auditor.render.terminal import summary
from auditor.render.view import Letterhead, Limits, build_view
from auditor.render.wording import cite_all, date_words, number, percent, status_word, verdict_clause
from tests.render import factory

OFFICE = Letterhead("云溪县司法局", "云溪县人民政府", "云司〔2025〕1号", "2025-04-01")


def element(element_id: str, year: int = 2024):  # type: ignore[no-untyped-def]
    return next(e for e in factory.make_result(year=year).elements if e.id == element_id)


def test_statutory_and_outline_gaps_are_named_as_the_contract_says() -> None:
    assert verdict_clause(element("第一责任人.履职"), reference=False) == "法定内容缺失"
    assert verdict_clause(element("三项制度.法制审核"), reference=False) == "对照《纲要》第15项未提及"
    assert (
        verdict_clause(element("述法.覆盖"), reference=False) == "对照《纲要》第32项（条款号待核）写得不充分"
    )
    view = build_view(factory.make_result())
    assert "违反" not in repr(view)


def test_after_the_outline_its_elements_are_for_reference() -> None:
    view = build_view(factory.make_result(year=2026))
    words = {row.id: row.status for group in view.annexes.elements for row in group.rows}
    assert words["三项制度.法制审核"] == "未提及（参照）"
    assert words["第一责任人.履职"] == "法定内容缺失"
    assert any("仅作参照" in text for text in view.body.conclusion)
    newer = factory.make_result(year=2026)
    newer = replace(newer, ruleset=replace(newer.ruleset, title="新纲要（2026—2030年）规则集"))
    assert not any("参照" in text for text in build_view(newer).body.conclusion)


def test_decisions_are_shown_and_are_no_gaps() -> None:
    view = build_view(factory.make_result())
    rows = {row.id: row for group in view.annexes.elements for row in group.rows}
    assert rows["化解.行政裁决"].status == "已豁免" and rows["化解.行政裁决"].points == "—"
    assert rows["监督.专门监督"].status == "人工认定"
    assert "李审核" in (rows["化解.行政裁决"].note or "")
    assert not {"化解.行政裁决", "监督.专门监督"} & {gap.id for gap in view.annexes.gaps}


def test_what_is_covered_tells_why_to_look_at_it_unless_a_decision_covers_it() -> None:
    """What a rule missed is no longer said of an element that the office confirmed."""
    result = factory.make_result()
    reason = "整句读来是在写这件事，请核对"
    doubted = next(e for e in result.elements if e.status is Status.COVERED and e.decision is None)
    elements = tuple(
        replace(e, reason=reason) if e.id in (doubted.id, "监督.专门监督") else e for e in result.elements
    )
    told = replace(result, elements=elements)
    annexes = build_view(told).annexes
    assert annexes is not None
    rows = {row.id: row for group in annexes.elements for row in group.rows}
    assert reason in (rows[doubted.id].note or "") and rows[doubted.id].doubt == reason
    assert reason not in (rows["监督.专门监督"].note or "") and rows["监督.专门监督"].doubt is None
    for columns in (44, 100):
        screen = summary(told, (), columns=columns, colour=False)
        assert "请核对（1 项" in screen and doubted.name in screen
        assert "请核对（" not in summary(result, (), columns=columns, colour=False)


def test_every_element_and_every_gap_stands_in_the_annexes() -> None:
    result = factory.make_result()
    view = build_view(result)
    rows = [row for group in view.annexes.elements for row in group.rows]
    assert [row.id for row in rows] == [e.id for e in result.elements]
    gaps = [e.id for e in result.elements if e.status in (Status.WEAK, Status.MISSING) and not e.decision]
    assert [gap.id for gap in view.annexes.gaps] == gaps
    assert all(gap.basis and gap.advice and gap.place for gap in view.annexes.gaps)
    assert len(view.annexes.findings) == len(result.findings)


def test_what_to_mend_puts_the_gate_first_and_says_where() -> None:
    view = build_view(factory.make_result())
    first = view.body.mend[0]
    assert (first.number, first.name, first.found) == ("1", "第一责任人职责", "法定内容缺失。全文没有写到。")
    assert first.basis == "《督察工作规定》第25条（条款号待核）"
    assert first.place == "“（一）加强党对法治政府建设的领导”部分"
    assert len(view.body.mend) == 6
    cut = build_view(factory.make_result(), limits=Limits(mend=2))
    assert len(cut.body.mend) == 2 and cut.body.mend_intro.endswith("先列2项，余见附件1。")


def test_a_gate_that_failed_on_a_figure_only_says_so() -> None:
    good = factory.make_good()
    finding = Finding("算术.合计", "arithmetic", Severity.ERROR, "分项之和不等于合计", "合计", 0, 2, 1)
    gate = GateResult(False, "default", (GateFailure("finding:算术.合计", finding.message),))
    view = build_view(replace(good, findings=(finding,), gate=gate))
    assert view.body.mend == () and "差错1处须改正" in view.body.mend_intro


def test_the_four_headline_items() -> None:
    items = build_view(factory.make_result()).body.headline
    assert [item.name for item in items] == ["述法", "行政执法三项制度", "规范性文件备案", "负责人出庭应诉"]
    assert items[0].summary == "4项覆盖2项；不充分：述法覆盖面；缺失：述法列入述职考核。"
    assert items[2].summary.startswith("3项覆盖2项") and items[3].summary == "3项均已覆盖。"


def test_letterhead_is_optional_and_what_is_left_is_said() -> None:
    bare, full = build_view(factory.make_result()), build_view(factory.make_result(), OFFICE)
    assert bare.body.addressee == "（主送机关待填）" and bare.body.document_number is None
    assert (bare.annexes.to_fill or "").startswith("审核机关、主送机关、发文字号、成文日期")
    assert full.annexes.to_fill is None
    assert (full.body.organisation, full.body.date) == ("云溪县司法局", "2025年4月1日")
    assert "审核机关云溪县司法局对送审单位云溪县人民政府" in full.body.opening


def test_gate_words() -> None:
    assert build_view(factory.make_good()).body.conclusion[0].startswith("通过公布前核查")
    assert build_view(factory.make_result()).body.conclusion[0].startswith("未通过公布前核查")
    off = replace(factory.make_result(), gate=GateResult(None, None))
    assert "未设门禁" in build_view(off).body.conclusion[0]


def test_clauses_of_one_document_stand_together() -> None:
    bases = (
        Basis(factory.OUTLINE, "第4项", "", True),
        Basis(factory.OUTLINE, "5", "", True),
        Basis(factory.INSPECTION, "25", "", False),
    )
    assert cite_all(bases) == "《纲要》第4项、第5项；《督察工作规定》第25条（条款号待核）"
    assert (
        status_word(replace(element("数字.数据共享"), tier=Tier.STATUTORY), reference=True) == "法定内容缺失"
    )


def test_small_words() -> None:
    assert (number(14.0), number(72.5), percent(1, 8), percent(0, 0)) == ("14", "72.5", "13%", "—")
    assert date_words("2025-04-01") == "2025年4月1日" and date_words("四月") == "四月"
