"""Less time is more speed: 由10个工作日压减到3个工作日，提速70%."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.figures.test_plain_wordings import alarms

SHAPES = (
    "审批时限由{}个工作日压减到{}个工作日，提速{}%。",
    "平均办理时间从{}天缩短至{}天，效率提升{}%。",
    "排队时间由{}分钟降到{}分钟，速度提高{}%。",
)


@given(st.sampled_from(SHAPES), st.integers(4, 60), st.data())
def test_the_share_saved_and_the_gain_are_both_speed(shape: str, before: int, data: st.DataObject) -> None:
    after = data.draw(st.integers(1, before // 2))
    saved, gained = (before - after) / before * 100, (before - after) / after * 100
    for share in (saved, gained):
        assert not alarms(shape.format(before, after, f"{share:.1f}"))
    off = saved - 6
    assert len(alarms(shape.format(before, after, f"{off:.1f}"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "提交材料由8份减至3份，办事效率提升60%。",
        "平均用时由20分钟压缩到5分钟，提速3倍。",
        "审批时限由30个工作日压减到12个工作日，提速六成。",
    ],
)
def test_what_cannot_be_told_is_left_alone(text: str) -> None:
    assert not alarms(text)


def test_fewer_cases_are_no_rise() -> None:
    assert len(alarms("案件由30件下降到12件，上升60%。")) == 1
