"""Figures told again: in other words, as a part of the same whole, in a table and in the text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.figures.arithmetic import check_arithmetic
from auditor.figures.mentions import covered, deeds_of, digits_slip
from auditor.figures.quantities import quantities
from auditor.text.document import Metadata
from tests.figures.helpers import alarms, document

TABLE = (
    "各领域办案情况如下：\n领域 立案（件） 罚没款（万元）\n市场监管 312 186.2\n城市管理 846 62.5\n交通运输 157 94.3\n"
    "合计 1315 343.0\n{}\n"
)


@given(st.integers(100, 900), st.integers(1, 30))
def test_taken_up_again(closed: int, off: int) -> None:
    text = "全年受理行政复议申请{}件，审结{}件。\n全县审结的{}件行政复议案件中，听证审理的较少。"
    assert not alarms(text.format(closed + 71, closed, closed))
    if off in (closed, 71) or closed - off in (closed + 71, 71):
        return
    assert len(alarms(text.format(closed + 71, closed, closed - off))) == 1


@given(st.integers(20, 90), st.integers(2, 9), st.integers(1, 9))
def test_part_of_the_same_whole(whole: int, part: int, off: int) -> None:
    text = "全年办理行政复议案件{}件，其中撤销{}件。\n二是{}件行政复议案件中被撤销的达{}件。"
    assert not alarms(text.format(whole, part, whole, part))
    assert len(alarms(text.format(whole, part, whole, part + off))) == 1
    assert not alarms(text.format(whole, part, whole + 100, part + off))


@pytest.mark.parametrize(
    ("later", "message"),
    [
        ("以上三个领域全年立案1351件。", "“合计”一行的“立案（件）”"),
        ("上述领域罚没款合计334.0万元。", "“合计”一行的“罚没款（万元）”"),
        ("城市管理领域全年立案864件。", "“城市管理”一行的“立案（件）”"),
    ],
)
def test_cell_and_text(later: str, message: str) -> None:
    (found,) = alarms(TABLE.format(later))
    assert message in found.message


@pytest.mark.parametrize(
    "later",
    [
        "以上三个领域全年立案1315件，罚没款343.0万元。",
        "以上两个领域全年立案1351件。",
        "上年三个领域立案1351件。",
        "城市管理领域违法建设案件立案684件。",
        "城市管理领域立案800余件。",
    ],
)
def test_cell_and_other_text(later: str) -> None:
    assert not alarms(TABLE.format(later))


def test_deeds() -> None:
    assert deeds_of("全年审结") == {"办结"}
    assert deeds_of("不予受理") == {"未受理"}
    assert deeds_of("人民调解组织排查矛盾纠纷") == {"排查"}
    assert deeds_of("立案查处") == {"立案", "查处"}


def test_covered() -> None:
    assert covered("审结的行政复议", "行政复议案件受理98件，审结")
    assert not covered("涉企行政复议", "行政复议案件")
    assert covered("", "") and not covered("市", "县")


@pytest.mark.parametrize(
    ("year", "first", "told"),
    [(2023, "2023年", 1), (2023, "2022年", 0), (2023, "", 1), (None, "2023年", 1)],
)
def test_the_year_of_the_first_figure(year: int | None, first: str, told: int) -> None:
    text = f"{first}全县调解组织排查各类矛盾纠纷1563件。\n调解组织排查各类矛盾纠纷1536件，少数未能化解。"
    doc = document(text, meta=Metadata(report_year=year))
    assert len(check_arithmetic(doc, quantities(doc))) == told


def test_behind_a_long_table() -> None:
    """The year stands above the table, and the sentence below it still belongs there."""
    rows = "".join(f"第{n}村 {n + 3} {n + 1}\n" for n in range(1, 31))
    text = f"全县调解组织排查各类矛盾纠纷1563件。\n2022年各村情况如下：\n村名 受理数 办结数\n{rows}"
    assert len(alarms(text + "全县调解组织排查各类矛盾纠纷1536件。")) == 1


@pytest.mark.parametrize(
    ("a", "b", "slip"),
    [
        ("915", "951", True),
        ("903.30", "930.30", True),
        ("1.38", "1.83", True),
        ("217", "271", True),
        ("26", "62", True),
        ("26", "36", False),
        ("126", "136", True),
        ("126", "137", False),
        ("915", "915", False),
        ("98", "102", False),
    ],
)
def test_slip_of_the_pen(a: str, b: str, slip: bool) -> None:
    one, two = Decimal(a), Decimal(b)
    assert digits_slip(one, two) is slip and digits_slip(two, one) is slip
