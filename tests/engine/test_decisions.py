"""Decisions of the reviewing office."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.engine.decisions import apply, load_waivers
from auditor.model import ElementResult, Finding, ReaderInfo, ReportInfo, Severity, Status, Tier
from auditor.rulebook.faults import RulesError

ENTRY = {
    "report": "远江县人民政府",
    "element": "述法.开展",
    "decision": "waive",
    "reason": "本级未要求",
    "approver": "李某",
    "approved_on": "2026-01-10",
    "expires_on": "2026-03-31",
}
REPORT = ReportInfo(
    "a.txt",
    "ab" * 32,
    None,
    "远江县",
    "远江县人民政府",
    None,
    2025,
    None,
    None,
    None,
    20,
    "年底进行了 述职。",
    ReaderInfo("text", "utf-8"),
)
ELEMENT = ElementResult(
    "述法.开展", "述法", "党的领导", Tier.OUTLINE, True, Status.MISSING, 2.0, 0.0, "没有", None
)
FINDING = Finding("arithmetic-1", "arithmetic", Severity.ERROR, "不符")


def write(folder: Path, *entries: dict[str, str]) -> Path:
    path = folder / "waivers.yaml"
    lines = [
        f"{'- ' if n == 0 else '  '}{k}: '{v}'" for entry in entries for n, (k, v) in enumerate(entry.items())
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def decided(folder: Path, as_of: date = date(2026, 2, 1), **changes: str):
    entry = {k: v for k, v in {**ENTRY, **changes}.items() if v}
    return apply(load_waivers(write(folder, entry), as_of), REPORT, (ELEMENT,), (FINDING,))


def test_waived(tmp_path: Path) -> None:
    result = decided(tmp_path)
    decision = result.elements[0].decision
    assert decision is not None and decision.kind == "waived"
    assert result.elements[0].status is Status.MISSING
    assert result.unused == result.expired == ()


def test_confirmed_by_a_quote_of_the_report(tmp_path: Path) -> None:
    result = decided(tmp_path, decision="confirm", quote="年底进行了述职")
    assert (result.elements[0].status, result.elements[0].points) == (Status.COVERED, 2.0)


def test_a_quote_that_is_not_there_confirms_nothing(tmp_path: Path) -> None:
    result = decided(tmp_path, decision="confirm", quote="并不存在的话")
    assert result.elements[0].status is Status.MISSING
    assert len(result.unused) == 1


@pytest.mark.parametrize(("day", "valid"), [(date(2026, 3, 31), True), (date(2026, 4, 1), False)])
def test_valid_through_the_last_day(tmp_path: Path, day: date, valid: bool) -> None:
    result = decided(tmp_path, as_of=day)
    assert (result.elements[0].decision is not None) is valid
    assert len(result.expired) == (not valid)


@pytest.mark.parametrize("report", ["远江县", "ab" * 4, "sha256:" + "ab" * 32])
def test_reports_are_named_by_unit_or_digest(tmp_path: Path, report: str) -> None:
    assert decided(tmp_path, report=report).elements[0].decision is not None


@pytest.mark.parametrize("report", ["远", "另一县", "ab" * 3, "cd" * 16])
def test_other_reports_are_untouched(tmp_path: Path, report: str) -> None:
    result = decided(tmp_path, report=report)
    assert result.elements[0].decision is None
    assert len(result.unused) == 1


def test_a_finding_is_waived(tmp_path: Path) -> None:
    result = decided(tmp_path, element="", finding="arithmetic-1")
    assert result.findings[0].decision is not None


def test_an_entry_without_effect_is_listed(tmp_path: Path) -> None:
    assert decided(tmp_path, element="没有.这个").unused[0].target == "没有.这个"


@pytest.mark.parametrize("key", [k for k in ENTRY if k != "element"])
def test_everything_is_required(tmp_path: Path, key: str) -> None:
    with pytest.raises(RulesError, match=f"缺少“{key}”"):
        decided(tmp_path, **{key: ""})


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"element": ""}, "写且只写一个"),
        ({"finding": "x"}, "写且只写一个"),
        ({"decision": "skip"}, "只能写 waive"),
        ({"decision": "confirm"}, "quote"),
        ({"expires_on": "2026/03/31"}, "这样的日期"),
        ({"expires_on": "20260331"}, "这样的日期"),
        ({"approved_on": "2026-02-30"}, "这样的日期"),
        ({"expires_on": "2025-12-31"}, "早于"),
        ({"until": "2026-03-31"}, "不认识的键"),
    ],
)
def test_incomplete_entries_are_refused(tmp_path: Path, changes: dict[str, str], word: str) -> None:
    with pytest.raises(RulesError, match=word):
        decided(tmp_path, **changes)
