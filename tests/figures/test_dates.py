from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from auditor.figures import tables
from auditor.figures.check import check_figures
from auditor.figures.dates import check_dates
from auditor.model import Finding, Level, Role, Severity
from auditor.text.document import Document, Metadata
from tests.figures.helpers import document

COMMON = Path(__file__).resolve().parents[2] / "rules" / "common"


def plain(name: str) -> Any:
    return yaml.safe_load((COMMON / f"{name}.yaml").read_text(encoding="utf-8"))


DEADLINES = tables.deadlines(plain("deadlines"))
CITATIONS = tables.citations(plain("citations"))


def check(
    text: str,
    year: int | None = 2023,
    level: Level | None = Level.COUNTY,
    published: str | None = None,
    role: Role = Role.ACHIEVEMENTS,
    **meta: Any,
) -> list[Finding]:
    base: dict[str, Any] = {"written_date": "2024-01-30", "published_date": "2024-02-10"} | meta
    doc: Document = document(text, role, Metadata(**base))
    return list(check_dates(doc, year, level, DEADLINES, published, CITATIONS))


def kinds(found: list[Finding]) -> list[tuple[str, Severity]]:
    return [(f.kind, f.severity) for f in found]


def test_in_time_and_tidy() -> None:
    assert check("2023年，全县各项工作有序推进。") == []


@pytest.mark.parametrize(
    ("level", "year", "day", "late"),
    [
        (Level.COUNTY, 2023, "2024-03-01", False),
        (Level.COUNTY, 2023, "2024-03-02", True),
        (Level.DEPT, 2019, "2020-03-10", True),
        (Level.TOWN, 2020, "2021-03-10", True),
        (Level.PROVINCE, 2023, "2024-04-01", False),
        (Level.PROVINCE, 2023, "2024-04-02", True),
        (Level.COUNTY, 2018, "2019-03-31", False),
        (Level.COUNTY, 2018, "2019-04-01", True),
    ],
)
def test_report_by(level: Level, year: int, day: str, late: bool) -> None:
    found = check("正文。", year, level, written_date=day, published_date=None)
    assert (Severity.WARNING in [f.severity for f in found if "report" in f.id]) is late


def test_publish_by() -> None:
    late = check("正文。", published_date="2024-04-02")
    assert [f.id for f in late] == ["deadline-publish-late"]
    assert "2024年4月2日" in late[0].message and late[0].basis[0].verified
    assert check("正文。", published_date="2024-04-02", published="2024-03-30") == []
    assert "命令行" in check("正文。", published="2024-05-01")[0].message


def test_unknown_dates_are_said() -> None:
    found = check("正文。", written_date=None, published_date=None)
    assert kinds(found) == [("deadline", Severity.NOTE)] * 2
    assert kinds(check("正文。", None)) == [("deadline", Severity.NOTE)]
    assert kinds(check("正文。", level=None)) == [("deadline", Severity.NOTE)]


def test_damaged_number_with_a_clean_twin() -> None:
    found = check("泉港政函〔2024〕2号\n泉港政函〔20242号\n正文。")
    assert [(f.kind, f.severity, f.quote) for f in found] == [("date", Severity.WARNING, "〔20242号")]
    assert check("泉港政函〔20242号\n正文。") == []


def test_damaged_date_with_a_clean_twin() -> None:
    found = check("公文生成日期：2024-01-30\n正文。\n   2024130   ")
    assert [(f.quote, f.line) for f in found] == [("2024130", 3)]
    assert check("正文。\n2024130") == []


def test_no_such_day() -> None:
    assert kinds(check("会议于2023年2月30日召开。")) == [("date", Severity.ERROR)]
    assert kinds(check("会议于2月30日召开。")) == [("date", Severity.ERROR)]
    assert check("会议于2023年2月28日召开。") == []


def test_signature_and_year() -> None:
    assert kinds(check("正文。", written_date="2023-02-01", published_date="2024-02-10")) == [
        ("date", Severity.WARNING)
    ]
    assert kinds(check("正文。", written_date="2024-02-20")) == [("date", Severity.WARNING)]


@pytest.mark.parametrize(
    "text",
    [
        "2022年，全县共办理行政复议案件35件。",
        "一是抓学习。2022年，县政府举办讲座2次。",
        "2022年度，我县深入推进依法行政。",
        "2022年5月，召开依法治县委员会会议。",
    ],
)
def test_text_of_another_year(text: str) -> None:
    assert kinds(check(text)) == [("year", Severity.WARNING)]


@pytest.mark.parametrize(
    "text",
    [
        "2023年，全县共办理行政复议案件35件。",
        "2022年以来，全县共办理案件35件。",
        "受理35件，较2022年增长12%。",
        "2022年为60件，2023年为50件，同比下降。",
        "落实《法治政府建设实施方案（2021—2025年）》。",
        "依据泸发〔2022〕11号文件。",
        "对2016年以来印发的34件规范性文件开展清理。",
        "按时将2022年度法治政府建设情况报告报送县司法局。",
        "2022年，我县被命名为示范县。",
        "实施“八五”普法规划。",
        "2024年1月，组织开展述法。",
    ],
)
def test_other_years_that_belong_here(text: str) -> None:
    assert check(text) == []


def test_plan_for_the_wrong_year() -> None:
    assert kinds(check("2023年，我县将继续推进依法行政。", role=Role.PLAN)) == [("year", Severity.WARNING)]
    assert check("2024年，我县将继续推进依法行政。", role=Role.PLAN) == []


def test_headings() -> None:
    assert kinds(check("一、2022年主要工作\n做了工作。")) == [("year", Severity.WARNING)]
    assert check("一、2023年主要工作\n做了工作。") == []
    assert kinds(check("三、2023年工作打算\n继续努力。", role=Role.PLAN)) == [("year", Severity.WARNING)]
    assert check("三、2024年工作打算\n继续努力。", role=Role.PLAN) == []


def test_title_of_another_year() -> None:
    found = check("某县２０２２年报告\n正文。", title="某县２０２２年报告", title_span=(0, 9))
    assert [(f.kind, f.quote) for f in found] == [("year", "某县２０２２年报告")]


@pytest.mark.parametrize(
    ("year", "text", "quoted"),
    [
        (2023, "认真落实《法治政府建设实施纲要（2015-2020年）》。", True),
        (2020, "认真落实《法治政府建设实施纲要（2015-2020年）》。", False),
        (2023, "认真落实《法治政府建设实施纲要(2021—2025年)》。", False),
        (2021, "《法治政府建设实施纲要（2015—2020年）》圆满收官。", False),
        (2022, "学习新修订的行政复议法。", True),
        (2023, "学习新修订的《行政复议法》。", False),
        (2023, "依照《合同法》审查合同。", True),
        (2020, "学习《民法典》。", False),
        (2019, "学习《民法典》。", True),
        (2023, "废止了与《合同法》不符的文件。", False),
    ],
)
def test_citations(year: int, text: str, quoted: bool) -> None:
    found = [
        f
        for f in check(text, year, written_date=f"{year + 1}-01-30", published_date=f"{year + 1}-02-01")
        if f.kind == "citation"
    ]
    assert bool(found) is quoted
    assert all(f.severity is Severity.WARNING and f.basis for f in found)


@pytest.mark.parametrize(
    "data",
    [
        "x",
        [{"id": "a"}],
        [{"id": "a", "document": "b", "verified": True, "source": "c", "extra": 1}],
        [{"id": "a", "document": "b", "verified": "ja", "source": "c", "years": {"first": 2019}}],
        [{"id": "a", "document": "b", "verified": True, "source": "c", "years": {}}],
        [
            {
                "id": "a",
                "document": "b",
                "verified": True,
                "source": "c",
                "years": {"first": 1},
                "report_by": "13-01",
            }
        ],
        [
            {
                "id": "a",
                "document": "b",
                "verified": True,
                "source": "c",
                "years": {"first": 1},
                "levels": ["x"],
            }
        ],
    ],
)
def test_bad_tables_are_refused_in_chinese(data: Any) -> None:
    with pytest.raises(tables.TableError) as caught:
        tables.deadlines(data)
    assert any("\u4e00" <= c <= "\u9fff" for c in str(caught.value))
    assert str(caught.value).startswith("deadlines.yaml ")


def test_bad_citations_are_refused() -> None:
    with pytest.raises(tables.TableError):
        tables.citations(
            [
                {
                    "id": "a",
                    "document": "b",
                    "verified": True,
                    "source": "c",
                    "names": ["法"],
                    "from": "2020-01-01",
                }
            ]
        )


def test_everything_together() -> None:
    text = "2023年，收到申请58件，受理51件、不予受理6件，办结率98%。"
    doc = replace(document(text), metadata=Metadata(written_date="2024-03-05"))
    found, findings = check_figures(
        doc,
        {"deadlines": plain("deadlines"), "citations": plain("citations")},
        year=2023,
        level=Level.COUNTY,
        published=None,
    )
    assert [f.subject for f in found if f.unit == "%"] == ["办结率"]
    assert [f.kind for f in findings] == ["arithmetic", "deadline", "deadline"]
    assert check_figures(doc, {}, year=None, level=None, published=None)[1][0].kind == "arithmetic"
