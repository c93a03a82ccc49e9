"""Beginnings as pages on the net have them: index tables, stamps, lines above the title, openings without a title."""

from __future__ import annotations

import pytest

from auditor.model import Level, ReaderInfo
from auditor.text import furniture, head
from auditor.text.document import Metadata
from auditor.text.parse import parse
from auditor.text.places import bare_name, level_of, parse_unit

READER = ReaderInfo("txt", "utf-8")
TITLE = "松岭县水利局2024年度法治政府建设情况报告"
BODY = (
    "\n\n{opening}\n\n一、主要举措和成效\n\n（一）抓学习。办班3期，参训126人次。\n\n"
    "二、存在的问题\n\n力量不足。\n\n三、下一步打算\n\n轮训全体执法人员。\n"
)
OPENING = "为推进法治政府建设，全年做了几件实事，现将情况报告如下："


def page(head_lines: str, opening: str = OPENING) -> Metadata:
    return parse(head_lines + BODY.format(opening=opening), READER).metadata


@pytest.mark.parametrize(
    ("name", "region", "rest", "level"),
    [
        ("北原市民政局", "北原市", "民政局", Level.DEPT),
        ("北原市政务服务局", "北原市", "政务服务局", Level.DEPT),
        ("北原市政府", "北原市", "政府", Level.CITY),
        ("松岭县城市管理局", "松岭县", "城市管理局", Level.DEPT),
        ("松岭县住房和城乡建设局", "松岭县", "住房和城乡建设局", Level.DEPT),
        ("湘岭州城市管理局", "湘岭州", "城市管理局", Level.DEPT),
        ("临乡市人民政府", "临乡市", "人民政府", Level.CITY),
        ("安德镇市人民政府", "安德镇市", "人民政府", Level.CITY),
        ("津口市市人民政府", "津口市市", "人民政府", Level.CITY),
        ("北原市青旗区人民政府", "北原市青旗区", "人民政府", Level.COUNTY),
        ("北原市泰和区人民政府", "北原市泰和区", "人民政府", Level.COUNTY),
        ("和岭县卫生健康局", "和岭县", "卫生健康局", Level.DEPT),
        ("新口街道办事处", "新口街道", "办事处", Level.TOWN),
        ("沙市镇人民政府", "沙市镇", "人民政府", Level.TOWN),
        ("云岩区人民政府青龙街道办事处", "云岩区青龙街道", "办事处", Level.TOWN),
        ("乌兰旗白音苏木人民政府", "乌兰旗白音苏木", "人民政府", Level.TOWN),
        ("松岭县委", "松岭县", "委", Level.COUNTY),
        ("中共青湾镇委员会", "青湾镇", "委员会", Level.TOWN),
        ("中共松岭县水利局党组", "松岭县", "水利局党组", Level.DEPT),
        ("中共松岭县教育局委员会松岭县教育局", "松岭县", "教育局", Level.DEPT),
        ("松岭县第六师", "松岭县第六师", "", Level.CITY),
    ],
)
def test_names_taken_apart(name: str, region: str, rest: str, level: Level) -> None:
    unit = parse_unit(name)
    assert (unit.region, unit.rest, level_of(unit, "")[0]) == (region, rest, level)


def test_the_committee_that_signs_too() -> None:
    assert bare_name("中共松岭县委松岭县人民政府") == "松岭县人民政府"
    assert bare_name("中共松岭县会亭局党组松岭县会亭局") == "松岭县会亭局"
    assert bare_name("松岭县人民政府") == "松岭县人民政府"


INDEXES = {
    "brackets": "[ 索引号 ] SL01/2025-00003 [ 发文字号 ] 松水发〔2025〕6号\n[ 发布机构 ] 松岭县水利局 [ 有效性 ]\n"
    "[ 成文日期 ] 2025-01-16 [ 发布日期 ] 2025-01-20\n\n",
    "cells": "索 引 号\tSL01/2025-00003\t主题分类\t水利\n发布机构\t松岭县水利局\t文  号\t松水发〔2025〕6号\n"
    "成文日期\t2025-01-16\t发布日期\t2025-01-20\n\n",
    "pipes": "| 索引号 | SL01/2025-00003 | 发文字号 | 松水发〔2025〕6号 |\n| 发布机构 | 松岭县水利局 | |\n"
    "| 成文日期 | 2025-01-16 18:00:00 | 发布日期 | 2025-01-20 |\n",
    "list": "• 索引号\n  • SL01/2025-00003\n  • 发布机构\n  • 松岭县水利局\n  • 文号\n  • 松水发〔2025〕6号\n"
    "  • 成文日期\n  • 2025-01-16\n  • 发布日期\n  • 2025-01-20\n\n",
}


@pytest.mark.parametrize("index", INDEXES.values(), ids=INDEXES.keys())
def test_index_tables(index: str) -> None:
    m = page(index + TITLE)
    assert (m.title, m.region, m.level) == (TITLE, "松岭县", Level.DEPT)
    assert (m.written_date, m.published_date) == ("2025-01-16", "2025-01-20")
    assert m.document_number == "松水发〔2025〕6号"


def test_a_title_that_only_the_index_has() -> None:
    index = "索引号：SL01\n标题：中共青湾镇委员会 青湾镇人民政府关于2024年度法治政府建设情况的报告 | |\n发布日期：2025-01-20\n\n"
    text = index + BODY.format(opening=OPENING)
    m = parse(text, READER).metadata
    assert m.title == "中共青湾镇委员会青湾镇人民政府关于2024年度法治政府建设情况的报告"
    assert m.title_span is not None
    assert text[slice(*m.title_span)] == "中共青湾镇委员会 青湾镇人民政府关于2024年度法治政府建设情况的报告"
    assert (m.region, m.issuer, m.level) == ("青湾镇", "青湾镇人民政府", Level.TOWN)


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("松岭县水利局\n2024年度法治政府建设情况报告", TITLE),
        ("松岭县发展和改革委员会\n关于2024年法治政府建设情况的报告", None),
        ("部  门\n乡  镇\n\n2024-03-20\n\n" + TITLE, TITLE),
        ("北原市松岭县人民政府\n\n" + TITLE, TITLE),
        ("2025-01-20 17:01  |  松岭县水利局\n\n" + TITLE, TITLE),
        ("朗读\n松岭县水利局2024年度法治政府\n建设情况报告", TITLE),
        (TITLE + " | |||||||\n|\n||||", TITLE),
        ("通知公告\n法治政府建设情况报告", "法治政府建设情况报告"),
        ("松岭县政府2016年推进依法行政工作情况及2017年工作打算", None),
    ],
)
def test_lines_about_the_title(above: str, title: str | None) -> None:
    assert page(above).title == (title or "".join(above.split()))


def test_a_title_fused_with_its_text() -> None:
    text = "松岭县2024年度法治政府建设情况报告2024年，松岭县推进依法行政，各项工作取得新成效，群众满意度稳步提升。\n"
    m = parse(text, READER).metadata
    assert (m.title, m.title_span, m.report_year) == ("松岭县2024年度法治政府建设情况报告", (0, 19), 2024)
    assert head.fused_title("法治政府建设情况报告2024年的要求有三条") == 0


@pytest.mark.parametrize(
    ("stamp", "written", "published"),
    [
        ("2025-01-20 09:37", None, "2025-01-20"),
        ("2025-1-2 9:05 来源：松岭县水利局", None, "2025-01-02"),
        ("发布时间：2025-1-2 9:05", None, "2025-01-02"),
        ("2025/01/20", None, "2025-01-20"),
        ("2025-01-20 点击数： | |||", None, "2025-01-20"),
        ("（2025年1月20日）", "2025-01-20", None),
    ],
)
def test_dates_under_the_title(stamp: str, written: str | None, published: str | None) -> None:
    m = page(f"{TITLE}\n\n{stamp}")
    assert (m.title, m.written_date, m.published_date) == (TITLE, written, published)


def test_unit_and_date_under_the_title() -> None:
    m = page("2024年法治政府建设情况报告\n松岭县水利局\n（2025年2月20日）")
    assert (m.region, m.issuer, m.level) == ("松岭县", "松岭县水利局", Level.DEPT)
    assert m.written_date == "2025-02-20"


def test_a_signature_is_no_stamp() -> None:
    assert not furniture.is_stamp("2025-01-20")
    assert not furniture.is_stamp("2025年1月20日")
    assert not furniture.is_furniture("公开方式不断创新")
    assert not furniture.is_furniture("名称自主申报改革稳步推进情况")


@pytest.mark.parametrize(
    ("opening", "region", "level"),
    [
        ("2024年，松岭县政府坚持依法行政，全年工作稳步推进，群众满意度继续提高。", "松岭县", Level.COUNTY),
        ("2024年，云岭省委、省政府坚持依法行政，全年工作稳步推进，成效继续显现。", "云岭省", Level.PROVINCE),
        ("2024年，中共松岭县委、松岭县人民政府坚持依法行政，工作稳步推进。", "松岭县", Level.COUNTY),
        ("2024年，在区委领导下，新口街道办事处坚持依法行政，工作稳步推进。", "新口街道", Level.TOWN),
        ("2024年，市民政局坚持依法行政，把法治要求贯穿全年工作，成效不断显现。", None, Level.DEPT),
        ("2024年，在市委坚强领导下，市司法局以法治建设为主线，推动工作落地见效。", None, Level.DEPT),
        ("按照上级通知，现将我局2024年度法治政府建设情况报告如下，请予审阅指正。", None, Level.DEPT),
        ("根据有关规定，现将省政府2024年度法治政府建设情况报告如下，请予审阅。", None, Level.PROVINCE),
        ("2024年，县委、县政府坚持依法行政，全年各项工作稳步推进，取得新成效。", None, Level.COUNTY),
        ("2024年，全州各级政府坚持依法行政，全年各项工作稳步推进，取得新成效。", None, Level.CITY),
        ("2024年，我镇坚持依法行政，全年各项工作稳步推进，群众的满意度提高了。", None, Level.TOWN),
        (
            "坚持问题导向，举办全县法治培训班，各项工作稳步推进，县政府满意，现将我县法治政府建设情况报告如下。",
            None,
            Level.COUNTY,
        ),
    ],
)
def test_openings_without_a_title(opening: str, region: str | None, level: Level) -> None:
    m = page("", opening)
    assert (m.title, m.region, m.level) == (None, region, level)


def test_an_opening_completed_by_the_page() -> None:
    m = page("2025-01-20 17:01 | 北原市水务局\n\n市水务局2024年度法治政府建设情况报告")
    assert (m.region, m.level, m.published_date) == ("北原市", Level.DEPT, "2025-01-20")


@pytest.mark.parametrize(
    ("opening", "year"),
    [
        ("根据《法治领域改革纲要（2023—2027年）》和市里部署，2024年，我局扎实推进依法行政各项工作。", 2024),
        ("2024年以来，在县委领导下，我局扎实推进依法行政各项工作，取得了新的成效，群众满意。", 2024),
        ("我局以《2025年工作要点》为抓手，推进依法行政，现将2024年度法治政府建设情况报告如下。", 2024),
        ("- 2024年，我局扎实推进依法行政各项工作，取得了新的成效，群众比较满意，社会反响很好。", 2024),
    ],
)
def test_years_without_a_title(opening: str, year: int) -> None:
    assert page("", opening).report_year == year


def test_a_title_without_a_unit() -> None:
    m = page(
        "2024年法治政府建设年度报告\n\n发布时间：2025-03-10 来源：云岩区应急管理局",
        "2024年度，云岩区应急管理局在区委领导下推进依法行政，把法治要求贯穿全年工作，成效不断显现。",
    )
    assert (m.region, m.issuer, m.level) == ("云岩区", "云岩区应急管理局", Level.DEPT)
