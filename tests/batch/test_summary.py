"""The summary as data and as documents."""

from __future__ import annotations

import io
import json
import random

import msgspec
import pypdf
import pytest
from msgspec.structs import replace

from auditor.cli import files
from auditor.letterhead import Office
from auditor.model import Result, Status
from auditor.render.errors import PdfUnavailable
from auditor.render.fonts import choose_faces, installed_fonts
from auditor.render.pdf import load_weasyprint
from auditor.render.summary import Entry, Summary, Unaudited, entry_of, frame_of, summarise
from auditor.render.summary_formats import STEM, summary_formats
from auditor.render.summary_html import render_html
from auditor.render.summary_json import render_json
from auditor.render.summary_terminal import glance
from auditor.render.summary_view import PAPER, SHADES, Room, build_view, shade
from auditor.render.summary_xlsx import render_xlsx
from auditor.render.terminal import width
from tests.render import factory
from tests.render.reading import Page, sheet_rows, squeezed

try:
    choose_faces(installed_fonts())
    load_weasyprint()
    PDF = True
except PdfUnavailable:  # pragma: no cover
    PDF = False
needs_pdf = pytest.mark.skipif(not PDF, reason="没有Pango或中文字体")
BAD = Unaudited("坏.txt", "<b>没有</b>内容\u202e")


def named(result: Result, unit: str, file: str) -> Result:
    return replace(result, report=replace(result.report, issuer=unit, file=file))


def results() -> list[Result]:
    poor = factory.make_poor()
    return [
        # The poor one has other elements, so it must be of another rule book.
        named(replace(poor, ruleset=replace(poor.ruleset, digest="0" * 64)), "丙县人民政府", "丙.txt"),
        named(factory.make_good(), "乙县人民政府", "乙.txt"),
        named(factory.make_result(), "丁县人民政府", "丁.txt"),
        named(factory.make_good(), "甲县人民政府", "甲.txt"),
    ]


def summary_of(some: list[Result], unaudited: tuple[Unaudited, ...] = (BAD,)) -> Summary:
    frames = {result.ruleset.digest: frame_of(result) for result in some}
    return summarise(frames.values(), map(entry_of, some), unaudited)


def test_passed_before_failed_then_by_score_and_equals_share_a_rank() -> None:
    ranking = summary_of(results()).ranking
    assert [item.entry.passed is not False for item in ranking] == sorted(
        (item.entry.passed is not False for item in ranking), reverse=True
    )
    names = [item.entry.unit for item in ranking]
    first, second = names.index("乙县人民政府"), names.index("甲县人民政府")
    assert abs(first - second) == 1
    assert ranking[first].rank == ranking[second].rank


def test_the_order_of_reports_does_not_matter() -> None:
    some = results()
    expected = render_json(summary_of(some))
    for seed in range(5):
        random.Random(seed).shuffle(some)
        assert render_json(summary_of(some)) == expected


def test_counts_of_an_element_add_up_to_the_reports() -> None:
    summary = summary_of(results())
    for gap in summary.elements:
        assert 3 <= gap.covered + gap.weak + gap.missing + gap.na + gap.waived <= 4


def test_gaps_start_with_what_most_reports_lack() -> None:
    missing = [gap.missing for gap in summary_of(results()).gaps()]
    assert missing == sorted(missing, reverse=True) and missing[0] > 0


def test_an_entry_is_small_and_survives_the_way_between_processes() -> None:
    entry = entry_of(factory.make_result())
    data = msgspec.msgpack.encode(entry)
    assert msgspec.msgpack.decode(data, type=Entry) == entry
    assert len(data) < 4000


def test_waived_elements_are_no_gaps() -> None:
    result = factory.make_result()
    waived = {e.id for e in result.elements if e.decision is not None and e.decision.kind == "waived"}
    summary = summary_of([result])
    assert waived and all(gap.waived == 1 for gap in summary.elements if gap.element.id in waived)
    assert not waived & {gap.element.id for gap in summary.gaps()}


def test_two_rule_books_in_one_batch() -> None:
    new = factory.make_good()
    old = replace(
        new,
        ruleset=replace(new.ruleset, id="outline-2015", digest="0" * 64),
        elements=new.elements[5:],
        report=replace(new.report, file="旧.txt"),
    )
    summary = summary_of([old, new])
    assert [frame.ruleset.id for frame in summary.frames] == ["outline-2015", new.ruleset.id]
    assert [gap.element.id for gap in summary.elements] == [e.id for e in new.elements]
    first = summary.elements[0]
    assert first.covered + first.weak + first.missing + first.na + first.waived == 1


def test_late_reports_are_listed_and_decided_ones_are_not() -> None:
    result = factory.make_result()
    late = replace(result.findings[0], id="deadline-report-late", kind="deadline", decision=None)
    summary = summary_of([replace(result, findings=(late,))])
    assert [fault.id for _, fault in summary.late()] == ["deadline-report-late"]
    assert summary.faults() == []
    decision = next(e.decision for e in result.elements if e.decision is not None)
    assert summary_of([replace(result, findings=(replace(late, decision=decision),))]).late() == []


def test_json_says_what_the_contract_of_a_batch_asks() -> None:
    summary = json.loads(render_json(summary_of(results())))
    assert summary["schema"] == "fazhi-audit-summary/1"
    assert summary["counts"]["reports"] == 5 and summary["counts"]["unaudited"] == 1
    assert len(summary["reports"]) == 4
    assert all(set(r["groups"]) == {g["id"] for g in summary["groups"]} for r in summary["reports"])
    assert [item["headline"] for item in summary["headline"]] == [True] * len(summary["headline"])
    for report, result in zip(
        sorted(summary["reports"], key=lambda r: r["file"]),
        sorted(results(), key=lambda r: r.report.file),
        strict=True,
    ):
        assert report["total"] == result.score.total and report["passed"] == result.gate.passed


def test_nothing_audited_is_still_a_summary() -> None:
    empty = summarise([], [], [BAD])
    assert json.loads(render_json(empty))["scores"] is None
    assert "没有内容" not in render_html(empty, Office())
    assert "1 份未能核查" in glance(empty, [], columns=80, colour=False)
    assert sheet_rows(render_xlsx(empty), 6)[1][0] == "坏.txt"


def test_page_is_closed_and_escapes_what_reports_say() -> None:
    hostile = named(factory.make_hostile(), "<script>alert(1)</script>县", "甲.txt")
    source = render_html(summary_of([hostile, *results()]), Office())
    page = Page(source)
    assert not {tag for tag, _ in page.tags} & {"script", "img", "iframe", "b"}
    assert page.having("style") == [] and page.having("onclick") == []
    assert "<script>alert(1)</script>县" in page.text
    assert "\u202e" not in source and "〔U+202E〕" in source


def test_page_gives_every_cell_of_the_heat_table_a_number() -> None:
    summary = summary_of(results())
    view = build_view(summary, Office(), PAPER)
    assert len(view.heat) == 4
    for row, item in zip(view.heat, summary.ranking, strict=True):
        for cell, value in zip(row.cells, summary.shares(item.entry), strict=True):
            assert cell.text == ("—" if value is None else str(int(value + 0.5)))
            assert cell.shade == shade(value)


@pytest.mark.parametrize(
    ("value", "name"), [(100.0, "s0"), (90.0, "s0"), (89.9, "s1"), (0.0, "s4"), (None, "")]
)
def test_shades(value: float | None, name: str) -> None:
    assert shade(value) == name
    assert name in ("", *(step[1] for step in SHADES))


def test_long_tables_are_cut_and_say_so() -> None:
    view = build_view(summary_of(results()), Office(), Room(best=1, worst=2, gaps=3, others=1))
    assert len(view.ranking) == len(view.heat) == 3
    assert [row.rank for row in view.ranking][-1] == str(summary_of(results()).ranking[-1].rank)
    assert "共4份" in view.ranking_cut and len(view.gaps) == 3 and view.gaps_cut


def test_workbook_leaves_nothing_out() -> None:
    summary = summary_of(results())
    data = render_xlsx(summary)
    assert len(sheet_rows(data, 1)) == 5
    assert [row[1] for row in sheet_rows(data, 1)[1:]] == [item.entry.named for item in summary.ranking]
    assert len(sheet_rows(data, 2)[0]) == 2 + len(summary.groups)
    assert len(sheet_rows(data, 3)) == 1 + len(summary.gaps())
    assert data == render_xlsx(summary_of(results()))


def test_glance_fits_the_terminal_and_ends_with_the_verdict() -> None:
    some = [named(r, r.report.issuer or "" + "很长的单位名称" * 9, r.report.file) for r in results()]
    text = glance(summary_of(some), ["out/summary.json"], columns=80, colour=False)
    assert text.splitlines()[-1].startswith("结论：")
    assert max(map(width, text.splitlines())) <= 80


def test_formats_follow_what_was_asked() -> None:
    def suffixes(*asked: str) -> list[str]:
        return [form.suffix for form in summary_formats(asked)]

    assert suffixes("pdf", "json") == [".json", ".pdf"]
    assert suffixes("docx", "sarif") == [".json"]
    assert suffixes("html", "xlsx") == [".json", ".xlsx", ".html"]
    assert files._SUMMARY == STEM


def test_every_status_has_a_letter() -> None:
    entry = entry_of(factory.make_result())
    assert len(entry.statuses) == len(factory.make_result().elements)
    assert set(entry.statuses) <= set("cwmnx") and len(Status) == 4


@needs_pdf
def test_paper_names_every_unit_and_is_the_same_every_time() -> None:
    from auditor.render.summary_pdf import render_pdf

    summary = summary_of(results())
    office = Office(organisation="某市司法局", date="2025-04-10")
    data = render_pdf(summary, office).data
    assert data == render_pdf(summary, office).data
    text = squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages))
    for item in summary.ranking:
        assert text.count(item.entry.named) >= 2
    for title in ("排名", "单位与分组对照", "四项重点内容", "最常见的缺项", "逾期的报告", "未能核查的报告"):
        assert title in text
    assert "某市司法局" in text and "2025年4月10日" in text and "坏.txt" in text
