"""Policies: what they may say and what they stop."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.gate import apply_gate, load_policy
from auditor.model import (
    Decision,
    ElementResult,
    Finding,
    GateResult,
    Level,
    Score,
    Severity,
    Status,
    Tier,
)
from auditor.rulebook.faults import RulesError
from auditor.rulebook.files import shipped

WAIVED = Decision("waived", None, "理由", "某人", "2026-01-01", "2026-12-31")
DEFAULT = shipped() / "gate.yaml"
STATUTORY = ("要件.举措成效", "要件.存在不足", "要件.下年安排", "第一责任人.履职")
HEADLINE = ("述法.开展", "三项制度.总体", "规范性文件.备案", "出庭应诉.制度")
KNOWN = frozenset((*STATUTORY, *HEADLINE))


def element(identity: str, status: Status, decision: Decision | None = None) -> ElementResult:
    tier = Tier.STATUTORY if identity in STATUTORY else Tier.OUTLINE
    return ElementResult(identity, identity, "甲", tier, False, status, 2, 0, None, None, decision=decision)


def gate(
    identity: str,
    status: Status = Status.MISSING,
    *,
    total: float = 90.0,
    year: int | None = 2024,
    level: Level | None = Level.COUNTY,
    findings: tuple[Finding, ...] = (),
    decision: Decision | None = None,
    after: int | None = 2025,
) -> GateResult:
    policy = load_policy(DEFAULT, KNOWN)
    elements = tuple(
        element(i, status if i == identity else Status.COVERED, decision if i == identity else None)
        for i in sorted(KNOWN)
    )
    return apply_gate(
        policy, elements, findings, Score(total, 0, 0), year=year, level=level, reference_after=after
    )


@pytest.mark.parametrize("identity", [*STATUTORY, *HEADLINE])
def test_missing_stops_a_county(identity: str) -> None:
    result = gate(identity)
    assert result.passed is False
    assert [f.rule for f in result.failures] == [identity]


@pytest.mark.parametrize("identity", [*STATUTORY, *HEADLINE])
def test_weak_does_not(identity: str) -> None:
    assert gate(identity, Status.WEAK).passed is True


@pytest.mark.parametrize("level", [Level.TOWN, Level.DEPT])
@pytest.mark.parametrize("identity", HEADLINE)
def test_headlines_only_warn_towns_and_departments(identity: str, level: Level) -> None:
    result = gate(identity, level=level)
    assert result.passed is True
    assert [w.rule for w in result.warnings] == [identity]


@pytest.mark.parametrize("level", [Level.PROVINCE, Level.CITY, Level.TOWN, Level.DEPT])
def test_statutory_content_stops_every_level(level: Level) -> None:
    assert gate("第一责任人.履职", level=level).passed is False


@pytest.mark.parametrize(
    ("identity", "year", "passed"),
    [
        ("述法.开展", 2020, True),
        ("述法.开展", 2021, False),
        ("三项制度.总体", 2018, True),
        ("三项制度.总体", 2019, False),
    ],
)
def test_first_years(identity: str, year: int, passed: bool) -> None:
    assert gate(identity, year=year).passed is passed


@pytest.mark.parametrize(("total", "passed"), [(60.0, True), (59.9, False)])
def test_least_score(total: float, passed: bool) -> None:
    assert gate("无", total=total).passed is passed


def test_waived_does_not_stop() -> None:
    assert gate("述法.开展", decision=WAIVED).passed is True


@pytest.mark.parametrize(
    ("severity", "decision", "passed"),
    [(Severity.ERROR, None, False), (Severity.ERROR, WAIVED, True), (Severity.WARNING, None, True)],
)
def test_only_undecided_errors_stop(severity: Severity, decision: Decision | None, passed: bool) -> None:
    finding = Finding("f", "arithmetic", severity, "不符", decision=decision)
    assert gate("无", findings=(finding,)).passed is passed


def test_after_the_outline_only_statutory_elements_stop() -> None:
    assert gate("述法.开展", year=2026).passed is True
    assert gate("第一责任人.履职", year=2026).passed is False


def test_no_gate() -> None:
    result = apply_gate(None, (), (), Score(0, 0, 0), year=2024, level=None, reference_after=None)
    assert result.passed is None and result.policy is None


def test_fail_under_overrides(tmp_path: Path) -> None:
    policy = load_policy(DEFAULT, KNOWN, 95.0)
    result = apply_gate(policy, (), (), Score(94.9, 0, 0), year=2024, level=None, reference_after=None)
    assert result.passed is False


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("id: x\ntitle: x\nfindings: none\n", "没有任何能拦下报告的条件"),
        ("id: x\ntitle: x\nmin: 60\n", "不认识的键“min”"),
        ("id: x\ntitle: x\nfindings: fatal\n", "findings 只能写"),
        ("id: x\ntitle: x\nminimum_score: 120\n", "0 到 100"),
        ("id: x\ntitle: x\nfail: [{elements: [无此], status: [missing], message: m}]\n", "没有要素“无此”"),
        ("id: x\ntitle: x\nfail: [{elements: [], status: [missing], message: m}]\n", "不能是空的"),
        ("id: x\ntitle: x\nfail: [{elements: [述法.开展], status: [na], message: m}]\n", "不能是空的"),
        ("- 1\n", "这里应当是"),
    ],
)
def test_policies_that_cannot_work_are_refused(text: str, word: str, tmp_path: Path) -> None:
    path = tmp_path / "gate.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulesError, match=word.replace("（", ".").replace("）", ".")):
        load_policy(path, KNOWN)
