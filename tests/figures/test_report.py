from __future__ import annotations

from auditor.figures.report import figures
from tests.figures.helpers import document


def test_one_figure_for_each_subject() -> None:
    text = "印发后15日内报送备案，报备率和及时率均为100%。"
    found = [f for f in figures(document(text)) if f.unit == "%"]
    assert [(f.subject, f.value) for f in found] == [("报备率", 100.0), ("及时率", 100.0)]
    assert {f.quote for f in found} == {"印发后15日内报送备案，报备率和及时率均为100%"}


def test_quotes_are_original_text() -> None:
    text = "首段。\n\n 全年立案２６８件， 结案２５１件，结案率 ９３．７％；其他。"
    for figure in figures(document(text)):
        assert text[figure.start : figure.end] == figure.quote
    rate = next(f for f in figures(document(text)) if f.unit == "%")
    assert (rate.subject, rate.value, rate.line) == ("结案率", 93.7, 3)
    assert rate.quote.endswith("９３．７％")


def test_counts_of_the_checklist_only() -> None:
    text = "办理行政复议案件86件，种树3000棵，购置大米44吨。"
    assert [(f.subject, f.value, f.unit) for f in figures(document(text))] == [("行政复议案件", 86.0, "件")]


def test_quote_ends_where_the_next_point_begins() -> None:
    text = "占比达100%三是全面提升政务服务水平。"
    assert figures(document(text))[0].quote == "占比达100%"


def test_percentage_of_a_table_bears_the_name_of_its_row() -> None:
    text = "指标 上年 本年 同比\n行政检查（户次） 46210 31880 -31.0%\n行政许可（件） 3214 3536 10.0%\n"
    found = [(f.subject, f.value) for f in figures(document(text)) if f.unit == "%"]
    assert found == [("行政检查（户次）", 31.0), ("行政许可（件）", 10.0)]
