"""Figures that fall short of what a document demands."""

from __future__ import annotations

import pytest

from auditor.figures.quantities import quantities
from auditor.figures.tables import TableError
from auditor.figures.thresholds import check_thresholds, thresholds
from auditor.model import Level, ReaderInfo, Severity
from auditor.rulebook.files import locate
from auditor.rulebook.shelf import load_book
from auditor.text.parse import parse

TABLE = thresholds(load_book(locate("outline-2021")).tables["thresholds"])
REPORT = "远江县人民政府2023年度法治政府建设情况报告\n\n一、主要工作\n{}\n二、存在的不足\n普法不够深入。\n\n远江县人民政府\n2024年1月8日\n"


def found(
    sentence: str, level: Level = Level.COUNTY, year: int = 2023
) -> list[tuple[str | None, str | None, Severity]]:
    doc = parse(REPORT.format(sentence), ReaderInfo("text", "utf-8"))
    findings = check_thresholds(doc, quantities(doc), year, level, TABLE)
    return [(f.stated, f.expected, f.severity) for f in findings]


def test_one_lecture_is_too_few() -> None:
    assert found("县政府常务会议举办法治专题讲座1次。") == [("1次", "2次", Severity.WARNING)]


def test_forty_hours_are_too_few() -> None:
    assert found("组织行政执法人员培训，人均培训40学时。") == [("40学时", "60学时", Severity.WARNING)]


def test_a_rate_below_100_is_a_note() -> None:
    assert found("制定规范性文件4件，报备率98%。") == [("98%", "100%", Severity.NOTE)]


@pytest.mark.parametrize(
    "sentence",
    [
        "县政府常务会议举办法治专题讲座2次。",
        "县政府领导班子举办法治专题讲座1次，县政府常务会议会前学法12次。",
        "村里举办法治讲座1次。",
        "组织行政执法人员培训，人均培训62学时。",
        "组织行政执法人员培训3期。",
        "上年组织行政执法人员培训，人均培训40学时。",
        "制定规范性文件4件，报备率和及时率均达100%。",
        "公职律师覆盖率98%。",
    ],
)
def test_enough_or_another_matter(sentence: str) -> None:
    assert found(sentence) == []


def test_a_shortfall_owned_up_to_is_no_finding() -> None:
    text = REPORT.format("开展行政执法人员培训3期。").replace(
        "普法不够深入。", "组织行政执法人员培训不够，人均培训仅40学时。"
    )
    doc = parse(text, ReaderInfo("text", "utf-8"))
    assert not check_thresholds(doc, quantities(doc), 2023, Level.COUNTY, TABLE)


def test_levels_and_years() -> None:
    assert found("局务会举办法治专题讲座1次，领导班子讲座1次。", Level.DEPT) == []
    assert found("县政府常务会议举办法治专题讲座1次。", year=2019) == []


@pytest.mark.parametrize(
    "change",
    [
        {"least": 0},
        {"words": []},
        {"near": []},
        {"severity": "fatal"},
        {"least_": 1},
        {"levels": ["village"]},
    ],
)
def test_bad_tables_are_refused(change: dict[str, object]) -> None:
    row: dict[str, object] = {
        "id": "x",
        "words": [["甲"]],
        "near": ["乙"],
        "unit": ["次"],
        "least": 2,
        "years": {"first": 2021},
        "document": "某",
        "verified": False,
        "source": "某",
    }
    thresholds({"thresholds": [row]})
    with pytest.raises(TableError):
        thresholds({"thresholds": [row | change]})
