"""What the command line adds to a policy's verdict (``--fail-on``) and what it excuses (``--baseline``).

Both change the one verdict that stands in the result, so every format says the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from auditor.model import ElementResult, FailOn, GateFailure, GateResult, Result, Severity, Status, Tier
from auditor.regex import regex
from auditor.score import counts

_RANK = {Status.NA: 0, Status.COVERED: 0, Status.WEAK: 1, Status.MISSING: 2}
FINDING = "finding:"
MINIMUM = "minimum_score"
_SPACE = regex(r"\s+")


def fail_on(result: Result, kinds: Iterable[FailOn], *, statutory_only: bool) -> Result:
    """The result with further failures; ``statutory_only`` spares outline elements shown for reference.

    A switched-off gate stays off.
    """
    wanted = frozenset(kinds)
    if not wanted or result.gate.passed is None:
        return result
    known = {failure.rule for failure in result.gate.failures}
    more: list[GateFailure] = []
    least = 1 if FailOn.WEAK in wanted else 2 if FailOn.MISSING in wanted else 3
    for element in result.elements:
        open_gap = counts(element) and _RANK[element.status] >= least
        if open_gap and element.id not in known and not (statutory_only and element.tier is Tier.OUTLINE):
            more.append(GateFailure(element.id, f"{_gap_words(element)}（{element.name}）"))
    if FailOn.ERROR in wanted:
        more += [
            GateFailure(FINDING + f.id, f.message)
            for f in result.findings
            if f.severity is Severity.ERROR and f.decision is None and FINDING + f.id not in known
        ]
    return _with_failures(result, (*result.gate.failures, *more), result.gate.warnings)


def _gap_words(element: ElementResult) -> str:
    if element.tier is Tier.STATUTORY:
        return "法定内容缺失" if element.status is Status.MISSING else "法定内容写得不充分"
    return "没有提及" if element.status is Status.MISSING else "写得不充分"


def identity(result: Result) -> tuple[str, int | None]:
    """Whose report of which year this is: the unit's name, or the file's name where none could be read."""
    report = result.report
    unit = _SPACE.sub("", report.issuer or report.region or "") or f"file:{report.file}"
    return unit, result.options.year or report.report_year


def excuse(result: Result, baselines: Iterable[Result]) -> tuple[Result, Result | None]:
    """The result with failures that its baseline already had turned into warnings, and that baseline, if any.

    Old is: the same element with the same or a worse status, the same finding, or a score that did not fall.
    """
    mine = identity(result)
    baseline = next((item for item in baselines if identity(item) == mine), None)
    if baseline is None:
        return result, None
    if result.gate.passed is None:
        return result, baseline
    before = {e.id: _RANK[e.status] for e in baseline.elements if counts(e)}
    now = {e.id: _RANK[e.status] for e in result.elements}
    findings = {f.id for f in baseline.findings if f.decision is None}

    def old(failure: GateFailure) -> bool:
        if failure.rule == MINIMUM:
            return result.score.total >= baseline.score.total
        if failure.rule.startswith(FINDING):
            return failure.rule.removeprefix(FINDING) in findings
        return now.get(failure.rule, 3) <= before.get(failure.rule, 0)

    new = tuple(failure for failure in result.gate.failures if not old(failure))
    excused = tuple(
        GateFailure(f.rule, f"{f.message}（基线中已有，不计）") for f in result.gate.failures if old(f)
    )
    return _with_failures(result, new, (*excused, *result.gate.warnings)), baseline


def _with_failures(
    result: Result, failures: tuple[GateFailure, ...], warnings: tuple[GateFailure, ...]
) -> Result:
    return replace(result, gate=GateResult(not failures, result.gate.policy, failures, warnings))
