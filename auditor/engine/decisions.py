"""Decisions of the reviewing office (``--waivers``): who decided what, why, and until when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from auditor.digests import sha256
from auditor.model import Decision, ElementResult, Finding, ReportInfo, Status, UnusedDecision
from auditor.rulebook.faults import Loaded, RulesError
from auditor.rulebook.schema import Record, Text, convert
from auditor.rulebook.yaml import loads, read_bounded
from auditor.score import points


class DecisionSpec(Record, frozen=True):
    """One entry of the waivers file; everything is required except that it names an element or a finding."""

    report: Text
    """Name of the unit, or (the first 8 or more hex digits of) the digest of the report."""
    decision: Text
    reason: Text
    approver: Text
    approved_on: Text
    expires_on: Text
    element: Text | None = None
    finding: Text | None = None
    quote: Text | None = None


class Waivers(Struct, frozen=True):
    entries: tuple[DecisionSpec, ...]
    digest: str
    as_of: date


class Decided(Struct, frozen=True):
    elements: tuple[ElementResult, ...]
    findings: tuple[Finding, ...]
    unused: tuple[UnusedDecision, ...]
    expired: tuple[UnusedDecision, ...]


def load_waivers(path: Path, as_of: date) -> Waivers:
    """Read a waivers file; incomplete entries are refused. Raises RulesError."""
    raw = read_bounded(path, path.name, "豁免文件")
    loaded = loads(raw, path.name)
    data = loaded.data if loaded.data is not None else []
    if not isinstance(data, list):
        raise RulesError(f"{path.name}：豁免文件应当是一个列表，每项以“- ”开头")
    entries = convert(Loaded(loaded.name, data, loaded.lines), list[DecisionSpec])
    for number, entry in enumerate(entries):
        _check(entry, loaded.where(f"$[{number}]"))
    return Waivers(tuple(entries), sha256(raw).hexdigest(), as_of)


def _check(entry: DecisionSpec, where: str) -> None:
    if (entry.element is None) == (entry.finding is None):
        raise RulesError(f"{where}：element 和 finding 要写且只写一个")
    if entry.decision not in ("waive", "confirm"):
        raise RulesError(
            f"{where}：decision 只能写 waive（豁免）或 confirm（人工认定），不能写“{entry.decision}”"
        )
    if entry.decision == "confirm" and (entry.element is None or entry.quote is None):
        raise RulesError(f"{where}：confirm 要写明 element 和报告原文 quote")
    for key in ("approved_on", "expires_on"):
        iso_date(getattr(entry, key), f"{where}：{key}")
    if entry.expires_on < entry.approved_on:
        raise RulesError(f"{where}：expires_on 早于 approved_on，请核对日期")


def iso_date(text: str, where: str) -> date:
    """A date written YYYY-MM-DD; raises RulesError."""
    try:
        value = date.fromisoformat(text)
    except ValueError:
        value = None
    if value is None or len(text) != 10:
        raise RulesError(f"{where} 应写成 2026-03-01 这样的日期，不能写“{text}”")
    return value


def apply(
    waivers: Waivers | None,
    report: ReportInfo,
    elements: tuple[ElementResult, ...],
    findings: tuple[Finding, ...],
) -> Decided:
    """Put each entry that names this report where it belongs; every other one is listed as unused or expired."""
    if waivers is None:
        return Decided(elements, findings, (), ())
    unused, expired = [], []
    for entry in waivers.entries:
        if not _names(entry, report):
            unused.append(_listed(entry))
            continue
        if waivers.as_of > date.fromisoformat(entry.expires_on):
            expired.append(_listed(entry))
            continue
        decision = Decision(
            kind="waived" if entry.decision == "waive" else "confirmed",
            quote=entry.quote,
            reason=entry.reason,
            approver=entry.approver,
            approved_on=entry.approved_on,
            expires_on=entry.expires_on,
        )
        hit = False
        if entry.element is not None:
            elements, hit = _decide_element(elements, entry, decision, report)
        else:
            hit = any(f.id == entry.finding and f.decision is None for f in findings)
            findings = tuple(
                replace(f, decision=decision) if f.id == entry.finding and f.decision is None else f
                for f in findings
            )
        if not hit:
            unused.append(_listed(entry))
    return Decided(elements, findings, tuple(unused), tuple(expired))


def _decide_element(
    elements: tuple[ElementResult, ...], entry: DecisionSpec, decision: Decision, report: ReportInfo
) -> tuple[tuple[ElementResult, ...], bool]:
    hit, result = False, []
    for element in elements:
        open_gap = element.status in (Status.WEAK, Status.MISSING) and element.decision is None
        if element.id == entry.element and open_gap:
            if decision.kind == "waived":
                element, hit = replace(element, decision=decision), True
            elif _squashed(entry.quote or "") in _squashed(report.text):
                gained = points(Status.COVERED, element.weight)
                element = replace(element, status=Status.COVERED, points=gained, decision=decision)
                hit = True
        result.append(element)
    return tuple(result), hit


def _names(entry: DecisionSpec, report: ReportInfo) -> bool:
    wanted = entry.report.strip()
    digest = wanted.removeprefix("sha256:").lower()
    if len(digest) >= 8 and report.sha256.startswith(digest):
        return True
    return wanted in (report.issuer, report.region)


def _squashed(text: str) -> str:
    return "".join(text.split())


def _listed(entry: DecisionSpec) -> UnusedDecision:
    return UnusedDecision(
        target=entry.element or entry.finding or "",
        kind=entry.decision,
        reason=entry.reason,
        approver=entry.approver,
        expires_on=entry.expires_on,
    )
