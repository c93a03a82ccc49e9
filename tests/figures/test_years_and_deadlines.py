"""Which year a passage speaks of, when a report was due, what may be quoted: the cases beside those of test_dates."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from auditor.figures import tables
from auditor.figures.dates import check_dates
from auditor.figures.tables import Citation, Deadline
from auditor.figures.years import check_years
from auditor.model import Finding, Level, ReaderInfo, Role, Severity
from auditor.text.document import Metadata
from auditor.text.parse import parse
from tests.figures.helpers import document

DEADLINE: dict[str, Any] = {
    "id": "a",
    "document": "某规定",
    "verified": True,
    "source": "某网",
    "years": {"first": 2019},
    "report_by": "03-01",
    "publish_by": "04-01",
    "recipients": "本级党委和人大常委会",
}
CITATION: dict[str, Any] = {
    "id": "a",
    "document": "《“七五”普法规划》",
    "verified": True,
    "source": "某网",
    "names": ["“七五”普法规划"],
    "from": "2016-03-25",
    "until": "2020-12-31",
}
TEXT = "某县2023年报告\n正文。\n2024年4月12日"


def dated(entry: dict[str, Any] | None = None, year: int = 2023, **meta: Any) -> list[Finding]:
    table: tuple[Deadline, ...] = tables.deadlines([DEADLINE | (entry or {})])
    doc = document(TEXT, meta=Metadata(**meta))
    return list(check_dates(doc, year, Level.COUNTY, table, None))


def years(text: str, role: Role = Role.ACHIEVEMENTS, **meta: Any) -> list[str]:
    return [f.message for f in check_years(document(text, role, Metadata(**meta)), 2023)]


def test_late_dates_are_quoted_where_they_stand() -> None:
    late = dated(
        written_date="2024-04-12", written_span=(14, 24), published_date="2024-04-20", published_span=(14, 24)
    )
    assert [(f.id, f.quote, f.line) for f in late] == [
        ("deadline-report-late", "2024年4月12日", 3),
        ("deadline-publish-late", "2024年4月12日", 3),
    ]
    assert "晚于向本级党委和人大常委会报告的期限2024年3月1日" in late[0].message


def test_dates_in_the_wrong_order_are_quoted_where_they_stand() -> None:
    (found,) = dated(
        {"report_by": None}, written_date="2024-04-12", written_span=(14, 24), published_date="2024-03-20"
    )
    assert (found.id, found.quote, found.line) == ("date-order", "2024年4月12日", 3)


def test_a_rule_may_only_say_when_to_publish() -> None:
    assert dated({"report_by": None}, published_date="2024-03-30") == []
    assert dated({"publish_by": None}, written_date="2024-02-20") == []


def test_before_any_rule_there_was_no_deadline() -> None:
    assert dated(year=2016, written_date="2017-03-20", published_date="2017-04-30") == []


def test_a_day_that_does_not_exist_is_no_date() -> None:
    found = dated({"publish_by": None}, written_date="2024-02-30")
    assert [f.id for f in found] == ["deadline-report-unknown"]


def test_days_of_the_calendar() -> None:
    assert not list(check_dates(document("会议于3月28日召开，2月29日补开。"), 2023, Level.COUNTY, (), None))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"years": {"first": 2019, "last": "2020年"}}, "last 应当是年份"),
        ({"report_by": "3月1日"}, "日期要写成“月-日”"),
        ({"report_by": "02-30"}, "日期要写成“月-日”"),
    ],
)
def test_bad_deadlines(change: dict[str, Any], words: str) -> None:
    with pytest.raises(tables.TableError, match=words):
        tables.deadlines([DEADLINE | change])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"unless": "终期"}, "unless 应当是一串词"),
        ({"from": "2016年3月"}, "日期要写成 2024-01-31 的样子"),
        ({"until": "2020-13-01"}, "日期要写成 2024-01-31 的样子"),
    ],
)
def test_bad_citations(change: dict[str, Any], words: str) -> None:
    with pytest.raises(tables.TableError, match=words):
        tables.citations([CITATION | change])


def quoted(text: str, year: int, role: Role = Role.ACHIEVEMENTS, **change: Any) -> list[str | None]:
    table: tuple[Citation, ...] = tables.citations([CITATION | change])
    return [f.stated for f in check_dates(document(text, role), year, Level.COUNTY, (), None, table)]


def test_a_name_is_found_with_and_without_quotation_marks() -> None:
    assert quoted("落实“七五”普法规划。", 2023) == ["七五普法规划"]
    assert quoted("落实七五普法规划。", 2023) == ["七五普法规划"]
    assert quoted("落实七五普法规划。", 2019) == []


def test_the_plan_may_speak_of_what_the_next_year_brings() -> None:
    law: dict[str, Any] = {"names": ["新修订的行政复议法"], "from": "2023-09-01", "until": None}
    text = "推进行政复议体制改革。组织学习新修订的行政复议法。"
    assert quoted(text, 2022, Role.PLAN, **law) == []
    assert quoted(text, 2022, **law) == ["新修订的行政复议法"]
    assert quoted(text, 2021, Role.PLAN, **law) == ["新修订的行政复议法"]


def test_titles() -> None:
    assert years("正文。", title="某县2023年报告") == []
    assert years("正文。", title="某县法治政府建设情况报告") == []
    # A title of the web page that stands nowhere in the text.
    (found,) = check_years(document("正文。", meta=Metadata(title="某县2022年报告")), 2023)
    assert (found.message, found.quote) == ("标题写的是2022年，报告年度是2023年", None)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("一、落实2021年规划情况\n做了工作。", Role.ACHIEVEMENTS),
        ("一、2019—2022年制度建设\n做了工作。", Role.ACHIEVEMENTS),
        ("一、2022年附表\n表。", Role.CLOSING),
        ("2022年，表内各项按原口径统计。", Role.CLOSING),
        # Told of what came first in an earlier year, in the middle of a clause.
        ("会议传达2022年，全市部署的任务。", Role.ACHIEVEMENTS),
        # The plan looks back first.
        ("2023年，我县取得了成绩，要继续保持。", Role.PLAN),
        ("2023年，我县将把2024年的任务分解到人。", Role.PLAN),
    ],
)
def test_other_years_in_their_place(text: str, role: Role) -> None:
    assert years(text, role) == []


def test_a_whole_report_of_its_year() -> None:
    text = (
        "远江县人民政府2023年度法治政府建设情况报告\n\n2023年，全县依法行政。\n一、主要工作\n开展培训2次。\n"
        "二、2024年工作打算\n继续努力。\n\n远江县人民政府\n2024年1月8日\n"
    )
    doc = parse(text, ReaderInfo("text", "utf-8"))
    assert check_years(doc, 2023) == []
    later = replace(doc, metadata=replace(doc.metadata, title="远江县2021年报告"))
    assert [f.severity for f in check_years(later, 2023)] == [Severity.WARNING]
