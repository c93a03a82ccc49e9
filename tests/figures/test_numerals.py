from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.figures.numerals import CHARACTERS, parse_integer, parse_number
from tests.figures.chinese import to_chinese


@given(st.integers(0, 10**16 - 1))
def test_integers_round_trip(value: int) -> None:
    assert parse_integer(to_chinese(value)) == value


@given(st.decimals(0, 10**8, places=3))
def test_decimals_round_trip(value: Decimal) -> None:
    assert parse_number(to_chinese(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十", 20),
        ("两百", 200),
        ("一万二千", 12000),
        ("一万二", 12000),
        ("三百五", 350),
        ("一百零五", 105),
        ("二〇二四", 2024),
        ("三亿五千万", 350_000_000),
        ("十", 10),
        ("一亿零五", 100_000_005),
    ],
)
def test_readings(text: str, value: int) -> None:
    assert parse_integer(text) == value


def test_decimal_part() -> None:
    assert parse_number("九十八点五") == Decimal("98.5")


@pytest.mark.parametrize(
    "text", ["", "十百", "二十二十", "百", "万", "一万一万", "点五", "九十八点", "a", "一" * 40]
)
def test_malformed(text: str) -> None:
    assert parse_number(text) is None


@given(st.text(alphabet=CHARACTERS + "点", max_size=60))
def test_never_crashes(text: str) -> None:
    value = parse_number(text)
    assert value is None or value >= 0


def test_out_of_range() -> None:
    with pytest.raises(ValueError):
        to_chinese(-1)
