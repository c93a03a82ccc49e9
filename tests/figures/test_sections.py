"""A figure of one section told again in another: who is meant, and what is narrower or of another body."""

from __future__ import annotations

import pytest

from tests.figures.helpers import alarms

HOLDERS = "一、主要成效\n全县持有行政执法证件人员{}人，全部通过年度考试。\n二、存在的问题\n{}\n"
POSTS = "镇综合行政执法队核定编制16名，截至12月底实有13人，缺编3人。\n二、存在的问题\n{}\n"
LOST = "全年行政诉讼案件46件，败诉4件，败诉率8.7%。\n二、存在的问题\n{}\n"
STAFF = "街道综合行政执法队在岗28人，其中持证执法人员16人、协管员12人。\n二、存在的问题\n{}\n"


@pytest.mark.parametrize(
    "later",
    [
        "全县1084名持证执法人员中法律专业毕业的偏少。",
        "截至年底，全县1084名持证执法人员里45岁以下的不到四成。",
        "全县持证执法人员仅1084人。",
    ],
)
def test_holders_of_certificates(later: str) -> None:
    assert len(alarms(HOLDERS.format(1048, later))) == 1
    assert not alarms(HOLDERS.format(1084, later))


@pytest.mark.parametrize(
    "later",
    [
        "全县1032名持证执法人员参加了知识更新培训。",
        "乡镇1084名持证执法人员中法律专业毕业的偏少。",
        "上年全县持证执法人员1084人。",
    ],
)
def test_other_holders(later: str) -> None:
    assert not alarms(HOLDERS.format(1048, later))


def test_posts_of_a_body() -> None:
    assert len(alarms(POSTS.format("镇综合行政执法队实有仅12人，难以满足需要。"))) == 1
    assert not alarms(POSTS.format("镇综合行政执法队实有仅13人，难以满足需要。"))
    assert not alarms(POSTS.format("镇便民服务中心实有仅12人，难以满足需要。"))
    assert not alarms(POSTS.format("镇综合行政执法队年初实有12人。"))


@pytest.mark.parametrize("later", ["全年仍有6件行政诉讼案件败诉。", "全年行政诉讼败诉案件6件。"])
def test_lost_cases(later: str) -> None:
    assert len(alarms(LOST.format(later))) == 1
    assert not alarms(LOST.format(later.replace("6", "4")))


@pytest.mark.parametrize(
    "later",
    [
        "因程序违法败诉的行政诉讼案件3件。",
        "上年行政诉讼败诉案件6件。",
        "二审行政诉讼败诉1件。",
        "县公安局行政诉讼败诉2件。",
    ],
)
def test_other_lost_cases(later: str) -> None:
    assert not alarms(LOST.format(later))


def test_part_of_a_named_whole() -> None:
    assert len(alarms(STAFF.format("综合行政执法队28人中持证执法人员仅18人。"))) == 1
    assert not alarms(STAFF.format("综合行政执法队28人中持证执法人员仅16人。"))
    assert not alarms(STAFF.format("县应急执法大队28人中持证执法人员仅18人。"))
    assert not alarms(STAFF.format("综合行政执法队28人中年轻执法人员仅18人。"))


def test_units_of_a_body() -> None:
    text = "全局6个局属单位、11个机关科室均签订责任书。\n{}\n"
    assert len(alarms(text.format("全局7个局属单位中有2个未配备法制员。"))) == 1
    assert not alarms(text.format("全局6个局属单位中有2个未配备法制员。"))
    assert not alarms(text.format("有7个局属单位未配备法制员。"))


def test_cases_of_the_sentence_before() -> None:
    text = "全年立案732件，结案698件，罚没款486万元。案件总量比2023年的655件增长{}%。"
    assert not alarms(text.format("11.8"))
    assert [f.expected for f in alarms(text.format("17.8"))] == ["11.8%"]
    # Two kinds side by side: nothing says that the first is all.
    assert not alarms("办理民事案件412件、行政案件86件。案件总量比上年的455件增长9.5%。")


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("审核合同协议64份、规范性文件2件、重大决策3件，共计71件。", "64+2+3=69件"),
        ("按专业划分，426件案件中医疗142件、公共场所163件、传染病58件、学校84件。", "142+163+58+84=447件"),
        ("上年结转14件，本年新收86件，共办理100件，审结91件，结转下年度11件。", "91+11=102件，与总数100件"),
        ("14个司法所中有5个在编人员不足3名，占比超过四成。", "5个÷14个=35.7%"),
        ("原有持证人员1164人，注销退休人员证件138个，现有持证人员1036人。", "1164人-138个=1026人"),
        ("拆除面积6230平方米，其中存量4180平方米、新增2150平方米。", "4180+2150=6330平方米"),
    ],
)
def test_sum_is_written_out(text: str, sums: str) -> None:
    (found,) = alarms(text)
    assert sums in found.message
