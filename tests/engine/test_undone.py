"""Clauses in front of the main one that tell only why, on what ground or under which slogan the rest was done."""

from __future__ import annotations

import pytest

from auditor.engine.undone import demands, denies, explains


@pytest.mark.parametrize(
    "clause",
    [
        "以数据共享之通破群众跑腿之堵，",
        "二是以学法之勤促执法之精，",
        "以公开之力助推阳光执法，",
        "为进一步规范行政检查，",
        "为了切实提升审查质量，",
        "按照上级统一部署，",
        "在机构改革的大背景下，",
        "围绕建设法治政府的目标，",
    ],
)
def test_why(clause: str) -> None:
    assert explains(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "以案释法12场，",
        "以县政府名义印发文件3件，",
        "以法治之力护航项目26个，",
        "为规范行政检查印发清单，",
        "为企业办理备案，",
        "围绕民生实事开展听证6场，",
        "根据审查意见修改条款，",
    ],
)
def test_a_deed(clause: str) -> None:
    assert not explains(clause)


def test_what_is_demanded_or_denied() -> None:
    assert demands("必须公示执法结果") and demands("会议强调要公示执法结果")
    assert not demands("要件齐全的当场备案") and not demands("按要求公示执法结果")
    assert denies("尚未建立评估制度") and denies("没有组织听证")
    assert not denies("尚未发生败诉") and not denies("有没有越权逐条核对")
