"""How far a stated figure may be off: exactly to the limit, and not beyond it."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from msgspec.structs import replace

from auditor.figures.judge import (
    adds_up,
    change_bounds,
    joint_ulp,
    number,
    per_cent_fits,
    percent,
    plus,
    ratio_bounds,
    rounded,
    shown,
    slack,
    states,
    total,
)
from auditor.figures.passages import Item, periods
from auditor.figures.quantities import quantities
from auditor.figures.quantity import Quantity
from tests.figures.helpers import alarms, document, read


def items(text: str) -> tuple[Item, ...]:
    doc = document(text)
    return periods(doc, quantities(doc))[0].items


def item(figure: str) -> Item:
    (one,) = items(f"受理{figure}。")
    return one


def parts(*figures: str) -> list[Item]:
    return [item(figure) for figure in figures]


def rate(value: str, operator: str = "", decimals: int = 0) -> Quantity:
    (one,) = read("合格率98%。")
    return replace(one, value=D(value), operator=operator, decimals=decimals)


@pytest.mark.parametrize(
    ("value", "text"),
    [("100", "100"), ("1.50", "1.5"), ("-0", "0"), ("0.00", "0"), ("1E+3", "1000"), ("-2.50", "-2.5")],
)
def test_numbers_are_written_plainly(value: str, text: str) -> None:
    assert number(D(value)) == text


@pytest.mark.parametrize(
    ("value", "like", "text"),
    [
        ("3426000", "12.5万元", "342.6万元"),
        ("3426000", "8元", "3426000元"),
        ("15000", "1.3万件", "1.5万件"),
        ("15000", "20件", "15000件"),
        ("5", "0件", "5件"),
    ],
)
def test_values_are_written_in_the_unit_of_a_figure(value: str, like: str, text: str) -> None:
    assert shown(D(value), item(like)) == text


@pytest.mark.parametrize(
    ("figures", "text", "value"),
    [
        (("19件", "8件", "5件"), "19+8+5", "32"),
        (("0件", "8件"), "0+8", "8"),
        (("7.1万元", "3.25万元"), "7.1+3.25", "103500"),
        (("7.1万元", "800元"), "7.1+0.08", "71800"),
        (("1.3万件", "2.5万件"), "1.3+2.5", "38000"),
        # Not all in ten thousands: written out.
        (("1.3万件", "500件"), "13000+500", "13500"),
    ],
)
def test_sums_are_written_in_the_unit_of_their_first_part(
    figures: tuple[str, ...], text: str, value: str
) -> None:
    assert (plus(parts(*figures)), total(parts(*figures))) == (text, D(value))


def test_one_digit_of_the_coarsest_figure() -> None:
    assert joint_ulp([D(0), D(0)]) == 0
    assert joint_ulp([D(1000), D(1000)]) == 1000
    # Beside finer figures half of it, but not less than a digit of the finest that is rounded.
    assert joint_ulp([D(10000), D(1000)]) == 5000
    assert joint_ulp([D(1000), D(800)]) == 800
    assert joint_ulp([D(0), D(1000)]) == 1000
    assert [slack(count, D(10)) for count in (1, 3, 4)] == [10, 10, 20]


@pytest.mark.parametrize(
    ("figures", "whole", "fits"),
    [
        (("5件", "6件"), "11", True),
        (("5件", "6件"), "12", False),
        (("5件", "6件"), "10", False),
        # Rounded half up: one digit for up to three parts, two digits beyond.
        (("7.1万元", "3.2万元"), "102000", True),
        (("7.1万元", "3.2万元"), "101999", False),
        (("1.1万元", "1.1万元", "1.1万元", "1.1万元"), "42000", True),
        (("1.1万元", "1.1万元", "1.1万元", "1.1万元"), "41999", False),
        # Cut off: less than one digit for every part.
        (("7.1万元", "3.2万元"), "104999", True),
        (("7.1万元", "3.2万元"), "105000", False),
        (("7.1吨", "3.2吨"), "10.45", True),
        (("7.1吨", "3.2吨"), "10.5", False),
    ],
)
def test_parts_add_up_within_rounding(figures: tuple[str, ...], whole: str, fits: bool) -> None:
    found = parts(*figures)
    assert adds_up(found, D(whole), found[0].q.ulp) is fits


def test_a_whole_is_exact_unless_its_digit_is_told() -> None:
    assert adds_up(parts("5件", "6件"), D(11)) and not adds_up(parts("5件", "6件"), D(12))
    assert adds_up(parts("5件", "6件"), D(20), D(10))


@pytest.mark.parametrize(
    ("low", "high", "stated", "decimals", "fits"),
    [
        ("66.5", "66.5", "67", 0, True),
        ("66.49", "66.49", "67", 0, False),
        ("66.99", "66.99", "66", 0, True),
        ("67", "67", "66", 0, False),
        ("66.65", "66.65", "66.7", 1, True),
        ("66.64", "66.64", "66.7", 1, False),
        ("66.64", "66.65", "66.7", 1, True),
        ("66.59", "66.7", "66.5", 1, True),
        ("66.6", "66.7", "66.5", 1, False),
    ],
)
def test_a_percentage_may_be_rounded_or_cut_off(
    low: str, high: str, stated: str, decimals: int, fits: bool
) -> None:
    assert per_cent_fits(D(low), D(high), D(stated), decimals) is fits


@pytest.mark.parametrize(
    ("stated", "low", "high", "fits"),
    [
        (rate("67"), "66.5", "66.5", True),
        (rate("67"), "66.4", "66.4", False),
        (rate("66.7", decimals=1), "66.64", "66.64", False),
        # 以上: not less, but for rounding; of tenths (四成以上) one per cent less.
        (rate("90", "以上"), "0", "89.5", True),
        (rate("90", "以上"), "0", "89.49", False),
        (rate("90.0", "以上", 1), "0", "89.95", True),
        (rate("90.0", "以上", 1), "0", "89.94", False),
        (rate("40", "超过", -1), "0", "39", True),
        (rate("40", "超过", -1), "0", "38.99", False),
        # 多: between the figure and the next of its kind.
        (rate("90", "多"), "89.5", "89.5", True),
        (rate("90", "多"), "89", "89.49", False),
        (rate("90", "多"), "90.99", "95", True),
        (rate("90", "余"), "91", "95", False),
        (rate("90.0", "余", 1), "90.99", "95", True),
        (rate("60", "多", -1), "69.9", "70", True),
        (rate("60", "多", -1), "70", "71", False),
        # 近: below, but not far below.
        (rate("90", "近"), "90.5", "91", True),
        (rate("90", "近"), "90.51", "91", False),
        (rate("90", "近"), "80", "82", True),
        (rate("90", "近"), "80", "81.99", False),
        (rate("50", "接近", -1), "30", "40", True),
        (rate("50", "接近", -1), "30", "39.99", False),
        # 不足: anything below.
        (rate("90", "不足"), "10", "20", True),
        (rate("90", "不足"), "90.5", "91", True),
        (rate("90", "不足"), "90.51", "91", False),
        # 约: three per cent to either side, of tenths ten.
        (rate("90", "约"), "93", "95", True),
        (rate("90", "约"), "93.01", "95", False),
        (rate("90", "约"), "80", "87", True),
        (rate("90", "约"), "80", "86.99", False),
        (rate("90", "约", -1), "100", "100", True),
        (rate("90", "约", -1), "70", "80", True),
        (rate("90", "约", -1), "70", "79.99", False),
    ],
)
def test_what_a_percentage_with_its_word_tells(stated: Quantity, low: str, high: str, fits: bool) -> None:
    assert states(stated, D(low), D(high)) is fits


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        ("1件", "4件", "1/4", "1/4"),
        ("3件", "1件", "3/1", "3/1"),
        # Both rounded to the same digit.
        ("1.5万元", "2.5万元", "1.45/2.55", "1.55/2.45"),
        # The coarser one counts as rounded to half of its digit.
        ("1.25万元", "2万元", "1.245/2.25", "1.255/1.75"),
        # Exact beside rounded.
        ("3件", "1.2万件", "3/12500", "3/11500"),
    ],
)
def test_a_share_of_rounded_figures_lies_between_bounds(part: str, whole: str, low: str, high: str) -> None:
    expected = [D(text.split("/")[0]) / D(text.split("/")[1]) * 100 for text in (low, high)]
    bounds, change = ratio_bounds(item(part), item(whole)), change_bounds(item(part), item(whole))
    assert bounds is not None and change is not None
    assert [round(value, 12) for value in bounds] == [round(value, 12) for value in expected]
    assert [round(value, 12) for value in change] == [round(value - 100, 12) for value in expected]


def test_of_nothing_there_is_no_share() -> None:
    assert ratio_bounds(item("3件"), item("0件")) is None
    assert ratio_bounds(item("3万元"), item("0万元")) is None
    assert change_bounds(item("3件"), item("0件")) is None


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [("2.5", 0, "3"), ("3.5", 0, "4"), ("2.45", 1, "2.5"), ("25.4", -1, "25"), ("2.449", 2, "2.45")],
)
def test_rounding_is_half_up(value: str, decimals: int, text: str) -> None:
    assert str(rounded(D(value), decimals)) == text


def test_a_reckoned_percentage_has_a_decimal_more_where_the_stated_one_has_none() -> None:
    value = D(200) / D(3)
    assert [percent(value, decimals) for decimals in (-1, 0, 1, 2)] == ["66.7%", "66.7%", "66.7%", "66.67%"]
    assert percent(D(25), 1) == "25%"


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        # Points: a digit of the coarsest of the three; whole numbers are exact.
        ("满意率由81.2%提高到90.55%，提高{}个百分点。", "9.41", "9.46"),
        ("满意率由81.25%提高到90.5%，提高{}个百分点。", "9.31", "9.36"),
        ("满意率由81.25%提高到90.56%，提高{}个百分点。", "9.4", "9.5"),
        ("满意率由80%提高到90%，提高{}个百分点。", "10", "9"),
        # A rate may also rise by a share of itself; points written as such a share are told.
        ("满意率由80%提高到90%，提高{}%。", "12.5", "13.5"),
        ("满意率由80%提高到90%，提高{}%。", "12", "10"),
        # Times: as much again, or as much in all where the figure is told roughly.
        ("受理案件由20件增至50件，增长{}倍。", "1.4", "1.3"),
        ("受理案件由20件增至50件，增长{}倍。", "1.6", "1.7"),
        ("受理案件由20件增至50件，增长{}倍。", "2.6", "2.7"),
        ("受理案件由10件增至46件，增长{}倍。", "3", "6"),
        ("受理案件由10件增至44件，增长{}倍。", "5", "2"),
        ("受理案件由1件增至9件，增长{}倍。", "8", "5"),
        # 一倍 is told roughly.
        ("受理案件由100件增至{}件，增长1倍。", "180", "179"),
        ("受理案件由100件增至{}件，增长1倍。", "294", "295"),
        ("受理案件由100件增至{}件，增长1.0倍。", "210", "250"),
        # Money: half a digit of each of the three.
        ("投入资金由120.4万元增至135.7万元，增加{}万元。", "15.2", "15.1"),
        ("投入资金由120.4万元增至135.7万元，增加{}万元。", "15.20", "15.19"),
        ("投入资金由12.5万元增至12.5万元，增长{}%。", "0.1", "1.9"),
        ("受理案件由50件增至51件，增加{}件。", "1", "2"),
    ],
)
def test_changes_at_their_limits(text: str, right: str, wrong: str) -> None:
    assert not alarms(text.format(right))
    assert len(alarms(text.format(wrong))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "受理案件由0件增至5件，增长5倍。",
        "受理案件由0件增至5件，增长5%。",
        "满意率由0%提高到50%，提高40%。",
    ],
)
def test_nothing_rises_by_no_share_of_itself(text: str) -> None:
    assert not alarms(text)
