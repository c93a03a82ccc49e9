"""Policies: what they may say and what they stop."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from auditor.gate import Policy, apply_gate, load_policy
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


def policy(folder: Path, text: str, minimum: float | None = None) -> Policy:
    path = folder / "own.yaml"
    path.write_text("id: own\ntitle: 本单位\n" + text, encoding="utf-8")
    return load_policy(path, KNOWN, minimum)


def judged(
    given: Policy,
    status: Status = Status.MISSING,
    *,
    identity: str = "述法.开展",
    findings: tuple[Finding, ...] = (),
    total: float = 90.0,
    year: int | None = 2024,
    level: Level | None = Level.COUNTY,
    after: int | None = None,
) -> GateResult:
    score = Score(total, 0, 0)
    elements = (element(identity, status),)
    return apply_gate(given, elements, findings, score, year=year, level=level, reference_after=after)


ONE = "fail: [{{elements: [述法.开展], status: [missing], message: 没写{}}}]\n"


@pytest.mark.parametrize(
    ("threshold", "stopped"),
    [
        ("none", []),
        ("error", ["e"]),
        ("warning", ["w", "e"]),
        ("note", ["n", "w", "e"]),
    ],
)
def test_findings_from_the_stated_severity_on(tmp_path: Path, threshold: str, stopped: list[str]) -> None:
    kinds = (("n", Severity.NOTE), ("w", Severity.WARNING), ("e", Severity.ERROR))
    findings = tuple(Finding(name, "arithmetic", severity, f"说{name}") for name, severity in kinds)
    result = judged(
        policy(tmp_path, f"findings: {threshold}\nminimum_score: 1\n"), Status.COVERED, findings=findings
    )
    assert [(f.rule, f.message) for f in result.failures] == [(f"finding:{n}", f"说{n}") for n in stopped]
    assert result.passed is not bool(stopped)


def test_what_a_failure_says(tmp_path: Path) -> None:
    result = judged(policy(tmp_path, ONE.format("")), total=59.96)
    assert [(f.rule, f.message) for f in result.failures] == [("述法.开展", "没写（述法.开展）")]
    assert (result.policy, result.passed, result.warnings) == ("own", False, ())
    low = judged(policy(tmp_path, "minimum_score: 60.5\n"), total=60.4)
    assert [(f.rule, f.message) for f in low.failures] == [("minimum_score", "总分 60.4 低于 60.5")]


@pytest.mark.parametrize(
    ("condition", "year", "level", "passed"),
    [
        (", levels: [town]", 2024, Level.TOWN, False),
        (", levels: [town]", 2024, Level.COUNTY, True),
        # Whoever's level or year could not be read is not spared.
        (", levels: [town]", 2024, None, False),
        (", first_year: 2022", 2021, Level.COUNTY, True),
        (", first_year: 2022", 2022, Level.COUNTY, False),
        (", first_year: 2022", None, Level.COUNTY, False),
    ],
)
def test_levels_and_first_year(
    tmp_path: Path, condition: str, year: int | None, level: Level | None, passed: bool
) -> None:
    assert judged(policy(tmp_path, ONE.format(condition)), year=year, level=level).passed is passed


@pytest.mark.parametrize(
    ("condition", "year", "after", "passed"),
    [
        ("", 2025, 2025, False),
        ("", 2026, 2025, True),
        ("", None, 2025, False),
        ("", 2026, None, False),
        (", outline: true", 2026, 2025, False),
    ],
)
def test_outline_elements_are_for_reference_after_their_years(
    tmp_path: Path, condition: str, year: int | None, after: int | None, passed: bool
) -> None:
    assert judged(policy(tmp_path, ONE.format(condition)), year=year, after=after).passed is passed


def test_every_tripped_rule_is_told(tmp_path: Path) -> None:
    given = policy(
        tmp_path,
        "fail: [{elements: [述法.开展, 出庭应诉.制度, 规范性文件.备案], status: [missing, weak], message: 甲},"
        " {elements: [规范性文件.备案], status: [weak], message: 乙}]\n",
    )
    elements = (element("规范性文件.备案", Status.WEAK), element("述法.开展", Status.NA))
    result = apply_gate(given, elements, (), Score(90, 0, 0), year=2024, level=None, reference_after=None)
    # 出庭应诉.制度 is not in the result at all; 述法.开展 does not apply: neither hides what follows.
    assert [f.message for f in result.failures] == ["甲（规范性文件.备案）", "乙（规范性文件.备案）"]


def test_the_command_line_replaces_the_score_and_nothing_else(tmp_path: Path) -> None:
    text = (
        "minimum_score: 50\nfindings: warning\n" + ONE.format("") + ONE.format("").replace("fail:", "warn:")
    )
    plain, changed = policy(tmp_path, text), policy(tmp_path, text, 70)
    assert changed.spec.minimum_score == 70 and plain.spec.minimum_score == 50
    for name in ("id", "title", "findings", "fail", "warn"):
        assert getattr(changed.spec, name) == getattr(plain.spec, name)
    assert changed.digest == plain.digest == hashlib.sha256((tmp_path / "own.yaml").read_bytes()).hexdigest()


@pytest.mark.parametrize("score", ["0", "100", "0.5"])
def test_bounds_of_the_least_score(tmp_path: Path, score: str) -> None:
    assert policy(tmp_path, f"minimum_score: {score}\n").spec.minimum_score == float(score)


@pytest.mark.parametrize("text", ["minimum_score: -0.1\n", "minimum_score: 100.1\n"])
def test_scores_outside_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(RulesError, match="0 到 100"):
        policy(tmp_path, text)


@pytest.mark.parametrize(
    "text", ["minimum_score: 0\nfindings: none\n", "findings: none\nwarn" + ONE.format("")[4:]]
)
def test_a_policy_that_can_stop_nothing_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(RulesError, match="没有任何能拦下报告的条件"):
        policy(tmp_path, text)


@pytest.mark.parametrize("kind", ["fail", "warn"])
def test_a_refusal_names_the_rule(tmp_path: Path, kind: str) -> None:
    good = "{elements: [述法.开展], status: [missing], message: m}"
    bad = "{elements: [述法.开展, 无此], status: [missing], message: m}"
    with pytest.raises(RulesError, match=r"own.yaml 第 5 行：没有要素“无此”"):
        policy(tmp_path, f"{kind}:\n- {good}\n- {bad}\n")


def test_findings_alone_are_a_policy(tmp_path: Path) -> None:
    assert policy(tmp_path, "findings: note\n").spec.findings == "note"
    assert policy(tmp_path, "minimum_score: 60\n").spec.findings == "error"


def test_an_element_for_reference_hides_none_that_follows(tmp_path: Path) -> None:
    given = policy(
        tmp_path, "fail: [{elements: [述法.开展, 第一责任人.履职], status: [missing], message: 没写}]\n"
    )
    elements = (element("述法.开展", Status.MISSING), element("第一责任人.履职", Status.MISSING))
    result = apply_gate(given, elements, (), Score(90, 0, 0), year=2026, level=None, reference_after=2025)
    assert [f.rule for f in result.failures] == ["第一责任人.履职"]


@pytest.mark.parametrize(
    ("condition", "year", "level"),
    [
        (", first_year: 2025", 2024, Level.COUNTY),
        (", levels: [town]", 2024, Level.COUNTY),
        ("", 2026, Level.COUNTY),
    ],
)
def test_warnings_keep_the_same_conditions(tmp_path: Path, condition: str, year: int, level: Level) -> None:
    warn = ONE.format(condition).replace("fail:", "warn:")
    result = judged(policy(tmp_path, "minimum_score: 1\n" + warn), year=year, level=level, after=2025)
    assert (result.passed, result.warnings) == (True, ())


def test_every_warning_is_told(tmp_path: Path) -> None:
    rule = "{{elements: [述法.开展], status: [missing], message: {}}}"
    rules = ", ".join(rule.format(name) for name in "甲乙")
    result = judged(policy(tmp_path, f"minimum_score: 1\nwarn: [{rules}]\n"))
    assert [w.message for w in result.warnings] == ["甲（述法.开展）", "乙（述法.开展）"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulesError) as caught:
        load_policy(tmp_path / "none.yaml", KNOWN)
    assert str(caught.value).startswith("none.yaml：读不了门禁文件（")


@pytest.mark.parametrize("line", ["findings: fatal", "minimum_score: 120"])
def test_a_refusal_names_the_line(tmp_path: Path, line: str) -> None:
    rules = ONE.format("").strip()
    with pytest.raises(RulesError, match=r"own.yaml 第 4 行：(?:findings|minimum_score) "):
        policy(tmp_path, f"{rules}\n{line}\n")
