"""Tables that are long, partial or damaged, and what a reader takes of their rows and of the text around them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from auditor.figures.arithmetic import check_arithmetic
from auditor.figures.grid import MOST_ROWS
from auditor.figures.quantities import quantities
from auditor.figures.report import figures
from auditor.figures.rows import glued
from auditor.model import ReaderInfo
from auditor.text.parse import parse
from tests.figures.helpers import alarms, document, read

MANY = MOST_ROWS + 20
FIELDS = (
    "各领域办案情况如下：\n领域 立案（件） 罚没款（万元）\n市场监管 312 186.2\n城市管理 846 62.5\n交通运输 157 94.3\n"
    "合计 1315 343.0\n{}\n"
)


def villages(rows: int, *columns: str, first: bool) -> str:
    """Every village has 4, 5, 6, … in the columns; the row of totals comes first or last."""
    body = [
        f"第{n}村 " + " ".join(str(n % 7 + 3 + k) for k in range(len(columns))) for n in range(1, rows + 1)
    ]
    total = "合计 " + " ".join(
        str(sum(n % 7 + 3 + k for n in range(1, rows + 1))) for k in range(len(columns))
    )
    lines = [total, *body] if first else [*body, total]
    head = ["村名 " + " ".join(columns)] if len(columns) > 1 else []
    return "各村情况如下：\n" + "\n".join([*head, *lines]) + "\n"


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("columns", [("受理数",), ("受理数", "办结数"), ("受理数", "办结数", "培训数")])
def test_more_rows_than_are_looked_at(columns: tuple[str, ...], first: bool) -> None:
    """Where rows are left out, their total is not the sum of the others."""
    assert not alarms(villages(MANY, *columns, first=first))
    assert not alarms(villages(20, *columns, first=first))


def test_total_of_a_table_of_villages() -> None:
    text = villages(20, "受理数", "办结数", first=True)
    (found,) = alarms(text.replace("合计 123", "合计 153"))
    assert (found.expected, found.stated) == ("123", "153")


def test_a_row_is_told_once() -> None:
    """Its sum is wrong, and so is its rate."""
    rows = "甲局 120 110 10 91.7%\n乙局 80 60 20 75.0%\n丙局 64 60 4 93.8%\n丁局 50 40 10 80.0%\n戊局 90 81 19 70.0%\n"
    (found,) = alarms("单位 应报 已报 未报 报备率\n" + rows)
    assert found.quote == "戊局 90 81 19 70.0%" and "81+19=100" in found.message


def test_shares_of_a_wrong_total() -> None:
    """The shares fit their sum: only the total is wrong."""
    text = "类别 件数 占比\n民事 48 40.0%\n刑事 36 30.0%\n行政 24 20.0%\n执行 12 10.0%\n合计 {} 100%\n"
    assert not alarms(text.format(120))
    (found,) = alarms(text.format(125))
    assert "48+36+24+12=120" in found.message


def test_one_column_beside_rates() -> None:
    text = "领域 立案数 办结率\n城管 48 100%\n交通 36 98.1%\n农业 24 100%\n合计 {} 99.1%\n"
    assert [f.expected for f in alarms(text.format(118))] == ["108"]
    # The same digits in another order; and a total that surely counts something else.
    assert [f.expected for f in alarms(text.format(180))] == ["108"]
    assert not alarms(text.format(236))


@pytest.mark.parametrize(
    "text",
    [
        # Nothing was due: 100 % is a convention.
        "单位 应报 已报 报备率\n甲局 120 110 91.7%\n乙局 80 60 75.0%\n丙局 64 60 93.8%\n丁局 0 0 100%\n",
        # The total of all fields above a choice of them.
        "领域 立案数 结案数 罚款数\n城管 48 40 12\n交通 36 30 8\n农业 24 20 6\n合计 128 95 36\n",
        # A list of lines whose first member has no line of its own, and one in two measure words.
        "城管类，312件\n违法建设 6件\n噪声扰民 20件\n合计 338件\n",
        "违法建设 6件\n噪声扰民 20户\n合计 30件\n",
    ],
)
def test_tables_left_alone(text: str) -> None:
    assert not alarms(text)


@pytest.mark.parametrize(
    "later",
    [
        "城市管理专项行动立案864件。",
        "城市管理疑难案件立案864件。",
        "以上三个领域全年涉企案件立案1351件。",
    ],
)
def test_text_on_a_part_of_what_the_table_counts(later: str) -> None:
    assert not alarms(FIELDS.format(later))


def test_table_of_the_page_furniture() -> None:
    """What the normalised text leaves out is judged in no way."""
    text = "全年共办理案件20件。\n违法建设 16\n噪声扰民 20\n合计 63\n"
    whole, prose = document(text), document("全年共办理案件20件。\n")
    assert alarms(text)
    hidden = replace(prose, text=text, line_starts=whole.line_starts)
    assert not check_arithmetic(hidden, quantities(hidden))


def test_page_number_in_the_midst_of_a_sentence() -> None:
    text = (
        "远江镇人民政府2024年度法治政府建设情况报告\n\n一、主要工作\n镇司法所利用赶集、庙会开展宣传\n— 1 —\n32场次，"
        "综合执法队开展日\n— 2 —\n常检查212次。\n二、下一步打算\n继续努力。\n\n远江镇人民政府\n2025年1月8日\n"
    )
    doc = parse(text, ReaderInfo("text", "utf-8"))
    assert [(int(q.value), q.unit) for q in quantities(doc) if q.unit] == [(32, "场次"), (212, "次")]


def test_letters_set_apart_are_no_cells() -> None:
    assert glued("某县 2 0 2 3 年 法治政府建设情况报告\n") == []


def test_percentage_between_words_is_no_cell() -> None:
    assert [f.subject for f in figures(document("群众 满意率 98.5% 稳步提升\n"))] == ["群众满意率"]


def test_percentage_far_behind_in_a_long_line() -> None:
    text = "各部门按照职责分工抓好落实，" * 40 + "群众满意率98.5%。"
    assert [f.subject for f in figures(document(text))] == ["群众满意率"]


def test_quantities_outside_of_all_sentences() -> None:
    """They are read, and nothing is said of them twice."""
    doc = document("全县普法经费120万元。\n全县普法经费130万元。\n")
    assert check_arithmetic(doc, quantities(doc))
    bare = replace(doc, sentences=doc.sentences[:1])
    assert [q.sentence for q in quantities(bare)] == [0, -1]
    assert not check_arithmetic(bare, quantities(bare))


def test_multiples_behind_the_upper_end_of_a_range() -> None:
    (found,) = read("全年培训15至20万人次。")
    assert (found.value, found.upper, found.unit) == (Decimal(150_000), Decimal(200_000), "人次")


def test_figures_of_a_list_need_the_word_that_announces_them() -> None:
    """And days are no list of counts."""
    assert [int(q.value) for q in read("投诉分别为86、124、57件。")] == [86, 124, 57]
    assert [int(q.value) for q in read("按第3、4、57件批复办理。")] == [57]
    assert [int(q.value) for q in read("用时分别为3、5、7天。")] == [7]


@pytest.mark.parametrize(
    "text",
    [
        "走访百家企业、千户居民。",
        "化解零件纠纷。",
        "接待群众两三百人，走访七八十户，调解二三件。",
        "每期培训三十至五六十人。",
    ],
)
def test_round_words_are_no_figures(text: str) -> None:
    assert read(text) == ()


def test_a_figure_behind_a_word_that_ends_like_a_numeral() -> None:
    (found,) = read("全县统一二十项证明事项。")
    assert (found.value, found.unit) == (Decimal(20), "项")


def test_every_name_of_a_rate() -> None:
    names = "备案率、及时率、合法率、规范率、审核率、公开率和清理率"
    found = figures(document(f"{names}均为100%。"))
    assert [f.subject for f in found] == names.replace("和", "、").split("、")
    (found_one,) = figures(document("群众满意率，连续三年，均达到98%以上。"))
    assert (found_one.subject, found_one.value) == ("群众满意率", 98.0)


def test_quote_begins_behind_a_closing_bracket() -> None:
    assert figures(document("（其中12件正在办理。）化解率88.1%。"))[-1].quote == "化解率88.1%"


def test_quote_of_the_last_words_of_a_report() -> None:
    assert figures(document("全年公开政府信息12条"))[0].quote == "全年公开政府信息12条"
