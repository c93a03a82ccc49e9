"""Title, unit, level, year, dates and numbers, from wherever the report states them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.model import Level, ReaderInfo
from auditor.text.document import Metadata
from auditor.text.parse import parse
from tests.text.samples import NUMBERED, PLAIN, WEB

READER = ReaderInfo("txt", "utf-8")
BODY = (
    "\n\n为深入推进法治政府建设，现将情况报告如下：\n\n一、主要举措和成效\n\n（一）加强学习。全年组织法治讲座3次。{extra}\n\n"
    "二、存在的问题\n\n基层力量不足。\n\n三、下一步打算\n\n继续推进依法行政。\n\n{signature}\n"
)


def metadata(title: str, extra: str = "", signature: str = "") -> Metadata:
    return parse(title + BODY.format(extra=extra, signature=signature), READER).metadata


def test_numbered_report() -> None:
    m = parse(NUMBERED, READER).metadata
    assert m.title == "松岭县人民政府关于2023年度法治政府建设情况的报告"
    assert (m.region, m.issuer, m.level) == ("松岭县", "松岭县人民政府", Level.COUNTY)
    assert (m.report_year, m.written_date, m.published_date) == (2023, "2024-01-30", None)
    assert m.written_span is not None
    assert NUMBERED[slice(*m.written_span)] == "二〇二四年一月三十日"
    assert m.remarks == ()


def test_index_block() -> None:
    m = parse(WEB, READER).metadata
    assert (m.region, m.issuer, m.level) == ("松岭县", "松岭县交通运输局", Level.DEPT)
    assert (m.report_year, m.written_date, m.published_date) == (2022, "2023-01-18", "2023-01-20")
    assert m.document_number == "松交〔2023〕4号"
    assert m.published_span is not None
    assert WEB[slice(*m.published_span)] == "2023-01-20"


def test_silent_report() -> None:
    m = parse(PLAIN, READER).metadata
    assert (m.region, m.issuer, m.level, m.written_date) == ("青湾镇", "青湾镇人民政府", Level.TOWN, None)


def test_overrides() -> None:
    m = parse(NUMBERED, READER, year=2021, level=Level.CITY).metadata
    assert (m.report_year, m.level) == (2021, Level.CITY)


def test_title_over_two_lines_keeps_its_characters() -> None:
    text = "松岭县卫生健康委员会２０２３年度法治政府\n建设情况报告"
    m = metadata(text, signature="2024.1.12")
    assert m.title == "松岭县卫生健康委员会２０２３年度法治政府建设情况报告"
    assert m.title_span == (0, len(text))
    assert (m.level, m.report_year, m.written_date) == (Level.DEPT, 2023, "2024-01-12")


@pytest.mark.parametrize(
    ("title", "region", "issuer", "level"),
    [
        ("江临省人民政府关于2023年度法治政府建设情况的报告", "江临省", "江临省人民政府", Level.PROVINCE),
        ("阿勒坎自治州2023年度法治政府建设工作报告", "阿勒坎自治州", "阿勒坎自治州人民政府", Level.CITY),
        ("宁溪市云岩区2023年法治政府建设工作报告", "宁溪市云岩区", "宁溪市云岩区人民政府", Level.COUNTY),
        ("宁溪市松岭市2023年法治政府建设工作报告", "宁溪市松岭市", "宁溪市松岭市人民政府", Level.COUNTY),
        ("乌兰旗2023年法治政府建设工作报告", "乌兰旗", "乌兰旗人民政府", Level.COUNTY),
        (
            "云岩经济技术开发区管理委员会2023年法治政府建设情况报告",
            "云岩经济技术开发区",
            "云岩经济技术开发区管理委员会",
            Level.COUNTY,
        ),
        (
            "白石县青龙街道办事处2024年法治政府建设年度报告",
            "白石县青龙街道",
            "白石县青龙街道办事处",
            Level.TOWN,
        ),
        ("郑川市城市管理局2023年度法治政府建设工作总结", "郑川市", "郑川市城市管理局", Level.DEPT),
        ("松岭县市场监督管理局2023年度法治政府建设工作总结", "松岭县", "松岭县市场监督管理局", Level.DEPT),
        (
            "国家税务总局松岭县税务局2023年度法治政府建设情况报告",
            "松岭县",
            "国家税务总局松岭县税务局",
            Level.DEPT,
        ),
        ("2023年松岭县法治政府建设年度报告", "松岭县", "松岭县人民政府", Level.COUNTY),
        ("关于松岭县司法局2023年法治政府建设情况的报告", "松岭县", "松岭县司法局", Level.DEPT),
    ],
)
def test_units_in_titles(title: str, region: str, issuer: str, level: Level) -> None:
    m = metadata(title)
    assert (m.title, m.region, m.issuer, m.level) == (title, region, issuer, level)


def test_city_or_county_level_city() -> None:
    title = "北原市人民政府2023年度法治政府建设情况报告"
    city = metadata(title, "各县（市、区）均完成清理，起草地方性法规2件。")
    county = metadata(title, "各镇（街道）均配备法律顾问，乡镇街道建立调解室。")
    unknown = metadata(title)
    assert (city.level, county.level, unknown.level) == (Level.CITY, Level.COUNTY, Level.CITY)
    assert all("北原市" in m.remarks[0] and "--level" in m.remarks[0] for m in (city, county, unknown))


@pytest.mark.parametrize(
    ("signature", "iso"),
    [
        ("松岭县人民政府\n2024年3月1日", "2024-03-01"),
        ("松岭县人民政府 2024 年 3 月 1 日", "2024-03-01"),
        ("松岭县人民政府\n２０２４年３月１日", "2024-03-01"),
        ("松岭县人民政府\n二○二四年三月一日", "2024-03-01"),
        ("松岭县人民政府\n二〇二四年十一月二十一日", "2024-11-21"),
        ("（此件公开发布）\n松岭县人民政府\n2024年3月1日", "2024-03-01"),
        ("松岭县人民政府\n20243月1日", "2024-03-01"),
        ("松岭县人民政府\n202431", None),
        ("松岭县人民政府\n2024年3月", None),
        ("松岭县人民政府\n2024年2月30日", None),
        ("", None),
    ],
)
def test_written_dates(signature: str, iso: str | None) -> None:
    assert metadata("松岭县2023年度法治政府建设情况报告", signature=signature).written_date == iso


def test_damaged_date_with_a_clean_twin() -> None:
    index = "发布机构：松岭县人民政府\n公文生成日期：2024-01-30\n"
    m = metadata(index + "松岭县人民政府2023年法治政府建设情况的报告", signature="松岭县人民政府\n2024130")
    assert m.written_date == "2024-01-30"


@pytest.mark.parametrize(
    "line",
    ["来源：松岭县司法局 时间：2024-02-19 09:37", "发布时间：2024年2月19日 浏览量：3", "发X日期：2024/2/19"],
)
def test_published_dates(line: str) -> None:
    assert metadata(f"松岭县2023年法治政府建设工作报告\n\n{line}").published_date == "2024-02-19"


def test_years_without_a_title() -> None:
    body = "2022年，松岭县推进法治政府建设，各项工作取得新成效，全年开展检查20次，办理案件30件。\n"
    assert parse(body, READER).metadata.report_year == 2022
    plain = "松岭县推进法治政府建设，各项工作取得新成效，全年开展检查20次，办理案件30件。\n\n松岭县人民政府\n2024年1月3日\n"
    m = parse(plain, READER).metadata
    assert m.report_year == 2023
    assert any("2023年" in remark for remark in m.remarks)


def test_the_year_of_a_plan_is_the_year_after() -> None:
    body = "松岭镇推进法治政府建设，全年开展检查20次，办理案件30件，现将情况报告如下。\n"
    for heading, year in (("三、2024年打算", 2023), ("三、2024年做了什么", 2024)):
        text = f"松岭镇人民政府法治政府建设情况报告\n\n{body}一、主要做法\n开展检查20次。\n{heading}\n抓好队伍建设。\n"
        assert parse(text, READER).metadata.report_year == year


def test_the_year_of_which_the_opening_reports() -> None:
    for told in ("现把2023年的情况报告如下：", "现就2023年度有关工作报告如下。"):
        text = f"松岭镇人民政府法治政府建设情况报告\n\n松岭镇一年来推进法治政府建设，干部群众都尽了力，{told}\n\n开展检查20次。\n"
        assert parse(text, READER).metadata.report_year == 2023


def test_a_year_with_plans_for_it_is_not_reported_on() -> None:
    plan = "2024年，镇里准备接着把执法队的班子带硬，争取评上全县法治政府建设示范乡镇。"
    text = "松岭镇人民政府法治政府建设情况报告\n\n{}\n\n开展检查20次，办理案件30件。\n\n松岭镇人民政府\n2024年1月3日\n"
    assert parse(text.format(plan), READER).metadata.report_year == 2023
    told = "2024年，镇里把执法队的班子带硬，评上全县法治政府建设示范乡镇，各项工作有了起色。"
    assert parse(text.format(told), READER).metadata.report_year == 2024


def test_the_imprint_is_no_signature() -> None:
    imprint = "抄送：县委，县人大常委会办公室。\n松岭县人民政府办公室　　　2024年3月27日印发"
    signed = "松岭县人民政府\n2024年3月26日"
    m = metadata("松岭县人民政府关于2023年度法治政府建设情况的报告", signature=f"{signed}\n\n{imprint}")
    assert (m.issuer, m.written_date) == ("松岭县人民政府", "2024-03-26")
    alone = metadata("松岭县人民政府关于2023年度法治政府建设情况的报告", signature=imprint)
    assert (alone.issuer, alone.written_date) == ("松岭县人民政府", "2024-03-27")


def test_a_signature_that_has_lost_its_line_ends() -> None:
    body = "一、主要做法。" + "全年开展检查20次，办理案件30件。" * 8
    for tail, date in (
        ("松岭县人民政府2024年1月20日", "2024-01-20"),
        ("松岭县在会上通报了2024年1月20日的检查", None),
    ):
        text = f"松岭县人民政府2023年度法治政府建设情况报告\n{body}{tail}\n"
        assert parse(text, READER).metadata.written_date == date


def test_document_number_in_the_text_is_not_the_reports() -> None:
    m = metadata("松岭县2023年法治政府建设工作报告", "印发《实施方案》（松发〔2022〕11号）。")
    assert m.document_number is None
    m = metadata("松岭县2023年法治政府建设工作报告\n\n松政〔2024〕3号")
    assert m.document_number == "松政〔2024〕3号"


GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"


@pytest.mark.skipif(not GOLD.is_dir(), reason="没有标注语料 ../shared/gold，跳过")
def test_gold_metadata_and_sections() -> None:
    right = total = 0
    for path in sorted(GOLD.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_name(path.name.replace(".gold.json", ".txt")).read_text(encoding="utf-8-sig")
        document = parse(text, READER)
        for key, want in gold["metadata"].items():
            if key == "issuer" and want is None:
                continue  # may be inferred
            total += 1
            right += getattr(document.metadata, key) == want
        got = [(s.depth, s.role.value) for s in document.sections]
        if "sections" in gold:
            assert got == [(s["level"], s["role"]) for s in gold["sections"]], path.name
    assert right / total >= 0.95


ANNEX = "附件1\n\n2023年度行政执法情况表\n\n" + "\n\n".join(
    f"类别{n}    {n + 10}    {n + 3}" for n in range(12)
)


def test_annexes_may_follow_the_signature() -> None:
    title = "松岭县人民政府关于2023年度法治政府建设情况的报告"
    m = metadata(title, signature=f"松岭县人民政府\n2024年1月30日\n\n{ANNEX}")
    assert (m.issuer, m.written_date) == ("松岭县人民政府", "2024-01-30")


def test_the_signature_of_a_forwarding_notice_is_not_that_of_the_report() -> None:
    notice = "松岭县司法局文件\n\n关于报送年度报告的通知\n\n松岭县司法局\n2024年1月5日\n\n"
    m = metadata(
        notice + "松岭县人民政府关于2023年度法治政府建设情况的报告",
        extra="全县行政机关共办理行政复议案件36件，依法行政水平不断提高，各乡镇、各部门都有明显进步。" * 3,
        signature="松岭县人民政府\n2024年1月30日",
    )
    assert m.written_date == "2024-01-30"
