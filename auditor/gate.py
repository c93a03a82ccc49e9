"""The gate: a policy file decides whether a report may be published."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from auditor.digests import sha256
from auditor.model import (
    ElementResult,
    Finding,
    GateFailure,
    GateResult,
    Level,
    Score,
    Severity,
    Status,
    Tier,
)
from auditor.rulebook.faults import RulesError
from auditor.rulebook.schema import Record, Text, convert
from auditor.rulebook.yaml import loads, read_bounded
from auditor.score import counts

_RANK = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}


class RuleSpec(Record, frozen=True):
    """Fails (or warns) when one of ``elements`` has one of ``status``, at these levels and from this report year on."""

    elements: list[Text]
    status: list[Status]
    message: Text
    levels: list[Level] | None = None
    first_year: int | None = None
    outline: bool = False
    """True: outline elements fail even in years in which they are shown for reference only."""


class PolicySpec(Record, frozen=True):
    id: Text
    title: Text
    minimum_score: float | None = None
    findings: Text = "error"
    fail: list[RuleSpec] = []
    warn: list[RuleSpec] = []


class Policy(Struct, frozen=True):
    spec: PolicySpec
    digest: str


def load_policy(path: Path, known: frozenset[str], minimum: float | None = None) -> Policy:
    """Read a policy; ``minimum`` overrides its least score. A policy that no report can trip is refused. RulesError."""
    raw = read_bounded(path, path.name, "门禁文件")
    loaded = loads(raw, path.name, again=True)
    spec = convert(loaded, PolicySpec)
    if spec.findings not in ("error", "warning", "note", "none"):
        raise RulesError(f"{loaded.where('$.findings')}：findings 只能写 error、warning、note 或 none")
    if spec.minimum_score is not None and not 0 <= spec.minimum_score <= 100:
        raise RulesError(f"{loaded.where('$.minimum_score')}：minimum_score 应在 0 到 100 之间")
    for kind, rules in (("fail", spec.fail), ("warn", spec.warn)):
        for number, rule in enumerate(rules):
            where = loaded.where(f"$.{kind}[{number}]")
            if not rule.elements or not set(rule.status) - {Status.NA}:
                raise RulesError(f"{where}：elements 和 status 不能是空的（na 不算），否则这一条永远不起作用")
            for element in rule.elements:
                if element not in known:
                    raise RulesError(f"{where}：没有要素“{element}”，请核对编号（audit rules list 可查）")
    if minimum is not None:
        spec = PolicySpec(
            id=spec.id,
            title=spec.title,
            minimum_score=minimum,
            findings=spec.findings,
            fail=spec.fail,
            warn=spec.warn,
        )
    if not spec.fail and not spec.minimum_score and spec.findings == "none":
        raise RulesError(
            f"{path.name}：这份门禁没有任何能拦下报告的条件，请至少写一条 fail、minimum_score 或 findings"
        )
    return Policy(spec, sha256(raw).hexdigest())


def apply_gate(
    policy: Policy | None,
    elements: tuple[ElementResult, ...],
    findings: tuple[Finding, ...],
    score: Score,
    *,
    year: int | None,
    level: Level | None,
    reference_after: int | None,
) -> GateResult:
    """Judge one report. ``reference_after``: report years after it are judged on statutory elements only."""
    if policy is None:
        return GateResult(None, None)
    spec = policy.spec
    failures: list[GateFailure] = []
    statutory_only = reference_after is not None and year is not None and year > reference_after
    if spec.minimum_score is not None and score.total < spec.minimum_score:
        message = f"总分 {score.total:.1f} 低于 {spec.minimum_score:g}"
        failures.append(GateFailure("minimum_score", message))
    by_id = {element.id: element for element in elements}
    for rule in spec.fail:
        failures += _tripped(rule, by_id, year, level, statutory_only)
    if spec.findings != "none":
        least = _RANK[Severity(spec.findings)]
        failures += [
            GateFailure(f"finding:{f.id}", f.message)
            for f in findings
            if f.decision is None and _RANK[f.severity] >= least
        ]
    warnings: list[GateFailure] = []
    for rule in spec.warn:
        warnings += _tripped(rule, by_id, year, level, statutory_only)
    return GateResult(not failures, spec.id, tuple(failures), tuple(warnings))


def _tripped(
    rule: RuleSpec,
    by_id: dict[str, ElementResult],
    year: int | None,
    level: Level | None,
    statutory_only: bool,
) -> list[GateFailure]:
    if rule.levels is not None and level is not None and level not in rule.levels:
        return []
    if rule.first_year is not None and year is not None and year < rule.first_year:
        return []
    result = []
    for identity in rule.elements:
        element = by_id.get(identity)
        if element is None or not counts(element) or element.status not in rule.status:
            continue
        if statutory_only and element.tier is Tier.OUTLINE and not rule.outline:
            continue
        result.append(GateFailure(identity, f"{rule.message}（{element.name}）"))
    return result
