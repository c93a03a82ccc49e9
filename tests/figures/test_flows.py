"""Generated stocks, averages and complements: true ones are never flagged, false ones always."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from auditor.figures.tables import TableError, deadlines
from auditor.figures.thresholds import thresholds
from auditor.rulebook.faults import RulesError
from tests.figures.helpers import alarms, read

SIZE = st.integers(20, 400)
OFF = st.sampled_from([-9, -4, 4, 9])


@given(st.integers(300, 900), st.integers(2, 90), st.integers(2, 90), OFF)
def test_levels_and_moves(old: int, out: int, came: int, off: int) -> None:
    assume(came + off > 0)
    text = "许可事项由{old}项调整为{new}项，其中取消{out}项、新增{came}项。"
    new = old - out + came
    assume(new != old)
    assert not alarms(text.format(old=old, new=new, out=out, came=came))
    assert alarms(text.format(old=old, new=new, out=out, came=came + off))


@given(SIZE, st.integers(2, 19), st.integers(2, 90), OFF)
def test_balance(start: int, out: int, came: int, off: int) -> None:
    text = "年初在册{}人，年内接收{}人，解除{}人，年末在册{}人。"
    assert not alarms(text.format(start, came, out, start + came - out))
    assert len(alarms(text.format(start, came, out, start + came - out + off))) == 1


@given(st.integers(100, 400), st.integers(2, 90), OFF)
def test_net(came: int, gone: int, off: int) -> None:
    text = "今年以来新发执法证{}个，注销{}个，净增{}个。"
    assert not alarms(text.format(came, gone, came - gone))
    assert len(alarms(text.format(came, gone, came - gone + off))) == 1


@given(st.integers(3, 90), st.integers(5, 300), st.integers(2, 9))
def test_average(count: int, mean: int, off: int) -> None:
    text = "举办培训班{}期，培训干部{}人次，平均每期{}人次。"
    assert not alarms(text.format(count, count * mean, mean))
    assert len(alarms(text.format(count, count * mean, mean + off))) == 1


@given(st.integers(100, 3000), st.integers(1, 40), st.sampled_from(["-3.3", "-1.4", "0.7"]))
def test_complement(whole: int, failed: int, off: str) -> None:
    rate = (Decimal(whole - failed) / whole * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    wrong = rate + Decimal(off)
    assume(wrong < 100 and abs(wrong - Decimal(failed) / whole * 100) > 2)
    text = "抽检产品{}批次，检出不合格{}批次，合格率{}%。"
    assert not alarms(text.format(whole, failed, rate))
    assert len(alarms(text.format(whole, failed, wrong))) == 1


@given(SIZE, SIZE, SIZE, st.sampled_from([-3, -2, 2, 3]))
def test_unit_told_once(a: int, b: int, c: int, off: int) -> None:
    text = "三个部门受理案件分别为{}、{}、{}件，共{}件。"
    assume(a + b + c + off not in (a, b, c, b + c))
    assert not alarms(text.format(a, b, c, a + b + c))
    assert len(alarms(text.format(a, b, c, a + b + c + off))) == 1


@pytest.mark.parametrize(
    ("text", "value", "operator"),
    [
        ("查实率四成三。", "43", ""),
        ("占三成以上。", "30", "以上"),
        ("增长近五成。", "50", "近"),
        ("缩短三分之二。", "66.7", "约"),
        ("减少一半。", "50", ""),
    ],
)
def test_rates_in_words(text: str, value: str, operator: str) -> None:
    found = [q for q in read(text) if q.unit == "%"]
    assert [(q.value, q.operator) for q in found] == [(Decimal(value), operator)]


@pytest.mark.parametrize("text", ["中心一成立就开门。", "三成员单位会商。", "五成立法项目。"])
def test_no_rates_in_words(text: str) -> None:
    assert not [q for q in read(text) if q.unit == "%" and q.value == 10]
    assert not [q for q in read(text) if q.unit == "%" and "成员" in text]


@pytest.mark.parametrize("broken", ["x", [1], [{"id": "a"}], [{"id": "a", "strange": 1}]])
def test_broken_tables_are_faults_of_the_rules(broken: object) -> None:
    assert issubclass(TableError, RulesError)
    for decode in (deadlines, thresholds):
        with pytest.raises(RulesError):
            decode(broken)
