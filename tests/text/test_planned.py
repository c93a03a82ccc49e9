"""Clauses about the time to come in the middle of an account."""

from __future__ import annotations

import pytest

from auditor.text.planned import planned

YEAR = 2023


def clauses(text: str, year: int | None = YEAR) -> list[str]:
    return [text[a:b] for a, b in planned(text, year)]


@pytest.mark.parametrize(
    "clause",
    [
        "柜台服务细则已列入2024年修订台账",
        "夜市执法规程排进明年的工作要点",
        "县档案馆会同司法局正谋划卷宗抽检制度",
        "镇里正抓紧筹备人民调解室",
        "监管云图正在联调",
        "三个街道的服务窗口还在选址",
        "信用核验模块尚在搭建",
        "律师团服务期届满",
        "外聘专家的合同已经到期",
        "预警平台拟自2024年起换成新版",
        "案卷抽查制度预计二季度出台",
        "老旧预案准备开春后重写",
        "执法证年审计划在年后再办",
        "轮训将于明年三月开班",
        "清单编制预计2024年完成",
        "拟新建公共法律服务站6个",
        "县里拟推行柔性执法清单",
        "届时群众在村口就能办证",
    ],
)
def test_what_is_still_to_come(clause: str) -> None:
    assert clauses(f"全年办结案件12件，{clause}。") == [clause]


@pytest.mark.parametrize(
    "clause",
    [
        "年初列入2023年计划的任务全部完成",
        "列入上年台账的问题逐一销号",
        "对拟建项目开展环评审批32件",
        "对拟出台的文件逐件审核",
        "拟推行的措施都作了风险评估",
        "法律顾问合同到期后续聘5人",
        "顾问聘期届满重新选聘律师4名",
        "依法纠正谋划不周的项目3个",
        "公正办理案件96件",
        "正在办理的案件逐件回访",
        "实施方案经常委会审议通过",
        "将在建工程全部纳入检查",
        "印发方案并分解任务32项",
        "足额提取准备金200万元",
        "应急物资储备库扩容至900平方米",
    ],
)
def test_what_was_done(clause: str) -> None:
    assert clauses(f"全年办结案件12件，{clause}。") == []


@pytest.mark.parametrize(
    "coming", ["将于2024年选3个镇试行", "拟在年后启动", "待财政批复后再启动", "计划明年推开"]
)
def test_what_was_prepared_for_it_counts_no_more(coming: str) -> None:
    """The next clause of the sentence says for what."""
    prepared = "服务点下沉的方案已经会签"
    assert clauses(f"{prepared}，{coming}。")[0] == prepared
    assert clauses(f"{prepared}。{coming}。")[0] == coming
    assert clauses(f"{prepared}，已在3个镇试行。") == []


def test_what_is_meant_goes_on_to_the_end_of_its_sentence() -> None:
    text = "拟建全县数据底座，打通公安、民政接口，目前已完成立项。机构名录已经公布。"
    assert clauses(text) == ["拟建全县数据底座，打通公安、民政接口"]


def test_without_a_year_no_named_year_is_to_come() -> None:
    text = "执法规程已列入2024年修订台账。"
    assert clauses(text, None) == [] and clauses(text, 2024) == []
    assert clauses(text) == [text.removesuffix("。")]


def test_what_overlaps_is_one_passage() -> None:
    text = "全年办案12件，实施细则正在起草，将视情择期出台。"
    assert clauses(text) == ["实施细则正在起草，将视情择期出台"]


def test_telling_words_far_into_a_clause_say_nothing_of_its_beginning() -> None:
    assert clauses("全年" + "宣讲法律法规" * 20 + "拟于年后推开。") == []
