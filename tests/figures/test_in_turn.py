"""分别 hands out figures in order: to the pairs before it, or to every village and no part of the whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.figures.test_plain_wordings import alarms

PAIRS = ("审批环节由{}个精简为{}个", "申报材料由{}份减为{}份", "办理时限由{}天压缩到{}天")


@given(st.integers(2, 3), st.lists(st.integers(10, 90), min_size=3, max_size=3), st.data())
def test_changes_told_in_turn(count: int, befores: list[int], data: st.DataObject) -> None:
    afters = [data.draw(st.integers(1, before - 2)) for before in befores]
    rates = [f"{(b - a) / b * 100:.1f}%" for b, a in zip(befores, afters, strict=True)][:count]
    head = "，".join(
        pair.format(b, a) for pair, b, a in list(zip(PAIRS, befores, afters, strict=True))[:count]
    )
    assert not alarms(f"{head}，分别压减{'、'.join(rates[:-1])}和{rates[-1]}。")
    last = float(rates[-1][:-1])
    rates[-1] = f"{last + (7 if last < 80 else -7):.1f}%"
    assert len(alarms(f"{head}，分别压减{'、'.join(rates[:-1])}和{rates[-1]}。")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "投诉由120件降至90件，信访由80件降至60件，分别下降25%、25%、30%。",
        "时限由20天减少到8天，分别较法定、承诺时限压缩60%和40%。",
        "培育法律明白人1720名，每村（社区）分别达到1名和20名。",
        "全县配备调解员860名，每镇、每村分别配备10名和3名。",
        "复议申请从2022年的320件增长到2024年的586件，年均增长35.3%。",
        "检查由2021年的900次减少到2024年的460次，年均下降20%。",
    ],
)
def test_what_has_no_one_reading_is_left_alone(text: str) -> None:
    assert not alarms(text)
