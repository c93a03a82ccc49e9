"""Two drafts of one report: what was mended, what is open, what was lost."""

from __future__ import annotations

from collections.abc import Callable

from auditor.compare.compare import compare
from auditor.compare.inputs import Report
from auditor.compare.model import Mode, Turn
from tests.compare.reports import COUNTY_2022

FIRST = COUNTY_2022.replace("调解成功率97.6%", "调解成功1800件，成功率99.6%")
SECOND = (
    COUNTY_2022.replace("，36名党政主要负责人述法全覆盖", "")
    .replace("收到行政复议申请45件", "印发行政规范性文件6件，均按期报市政府备案。收到行政复议申请45件")
    .replace("县长带头学法4次", "县长带头学法4次，出席法治讲座2次")
)


def test_mended_open_and_lost(read: Callable[[str], Report]) -> None:
    found = compare(read(FIRST), read(SECOND))
    assert found.mode is Mode.DRAFTS
    assert not found.promises
    assert not found.figures
    turns = {e.id: e.turn for e in found.elements}
    assert turns["规范性文件.备案"] in (Turn.WON, Turn.STRONGER)
    assert turns["述法.覆盖"] in (Turn.LOST, Turn.WEAKER)
    assert Turn.OPEN in turns.values()
    mended = [f for f in found.findings if f.turn is Turn.MENDED]
    assert any("99.6" in (f.quote or "") + f.message for f in mended)


def test_the_same_file_twice(read: Callable[[str], Report]) -> None:
    found = compare(read(FIRST), read(FIRST))
    assert "一字不差" in found.remarks[0]
    assert {e.turn for e in found.elements} <= {Turn.OPEN}
    assert {f.turn for f in found.findings} <= {Turn.OPEN}


def test_drafts_can_be_compared_as_years(read: Callable[[str], Report]) -> None:
    found = compare(read(FIRST), read(SECOND), Mode.YEARS)
    assert found.mode is Mode.YEARS
    assert found.promises
