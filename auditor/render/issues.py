"""What is wrong with a report, one by one, for the formats machines read: gaps and findings with place and weight.

The weight comes from the gate alone, so that a format can never judge otherwise than the exit code.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from auditor.gate_options import FINDING
from auditor.model import ElementResult, Finding, Result, Severity, Status
from auditor.render import wording
from auditor.render.body import conclusion_lines, for_reference, report_year
from auditor.render.placement import place_of
from auditor.render.printable import visible
from auditor.score import counts
from auditor.text.location import place_words


class Weight(StrEnum):
    """Failure: the gate failed on it; gap: it does not stop the report; note: for information."""

    FAILURE = "failure"
    GAP = "gap"
    NOTE = "note"


class Issue(Struct, frozen=True):
    rule: str
    """Element id, or id of the finding."""
    weight: Weight
    title: str
    message: str
    line: int | None
    """1-based; of the evidence, the nearest heading or the finding."""
    start: int | None
    end: int | None
    """Original positions; the heading of the section where a missing element belongs."""
    anchored: bool
    """True: the place is where it belongs, not where it stands."""
    place: str
    """The place in words, empty where there is none."""
    element: ElementResult | None = None
    finding: Finding | None = None


def issues_of(result: Result) -> tuple[Issue, ...]:
    """Open gaps and findings: what fails the gate first, then in checklist order, findings after elements."""
    failed = {failure.rule: failure.message for failure in result.gate.failures}
    found = [*_gaps(result, failed), *_findings(result, failed)]
    order = list(Weight)
    return tuple(sorted(found, key=lambda issue: order.index(issue.weight)))


def status_counts(result: Result) -> dict[Status, int]:
    """Elements by status, those without effect on the score left out; the same numbers everywhere."""
    judged = [e for e in result.elements if counts(e)]
    return {status: sum(e.status is status for e in judged) for status in Status if status is not Status.NA}


def verdict_word(result: Result) -> str:
    return {True: "通过门禁", False: "未通过门禁", None: "未设门禁"}[result.gate.passed]


def verdict_line(result: Result) -> str:
    """Verdict, policy, score and counts in one line."""
    policy = f"（{visible(result.gate.policy)}）" if result.gate.policy else ""
    numbers = status_counts(result)
    return (
        f"{verdict_word(result)}{policy}，总分{result.score.total:.1f}；"
        f"已覆盖{numbers[Status.COVERED]}项，不充分{numbers[Status.WEAK]}项，缺失{numbers[Status.MISSING]}项"
    )


def _gaps(result: Result, failed: dict[str, str]) -> Iterator[Issue]:
    reference = for_reference(result)
    for element in result.elements:
        if not wording.is_gap(element) and element.id not in failed:
            continue
        words, section = place_of(element, result)
        start, end, place = None, None, ""
        anchored = not element.evidence
        if element.evidence:
            start, end = element.evidence[0].start, element.evidence[0].end
            place = wording.place(element.evidence[0])
        elif section is not None:
            start = section.start
            end = min(section.end, section.start + len(section.heading)) or section.end
            place = place_words(line_of(result, start), section.paragraph, section.page)
        verdict = wording.verdict_clause(element, reference=reference)
        parts = [verdict, element.reason or "", element.advice or ""]
        message = "。".join(part.rstrip("。") for part in parts if part) + "。"
        if anchored:
            message += f"{suggestion(words)}。"
        yield Issue(
            rule=element.id,
            weight=Weight.FAILURE if element.id in failed else Weight.GAP,
            title=visible(f"{element.name}：{wording.status_word(element, reference=reference)}"),
            message=visible(message),
            line=line_of(result, start),
            start=start,
            end=end,
            anchored=anchored,
            place=place,
            element=element,
        )


def _findings(result: Result, failed: dict[str, str]) -> Iterator[Issue]:
    for finding in result.findings:
        if finding.decision is not None:
            continue
        note = finding.severity is Severity.NOTE
        kind = wording.KIND_NAMES.get(finding.kind, finding.kind)
        stops = FINDING + finding.id in failed
        yield Issue(
            rule=finding.id,
            weight=Weight.FAILURE if stops else Weight.NOTE if note else Weight.GAP,
            title=visible(f"{kind}：{wording.SEVERITY_NAMES[finding.severity]}"),
            message=visible(finding.message.rstrip("。") + "。"),
            line=finding.line,
            start=finding.start,
            end=finding.end,
            anchored=False,
            place=wording.place(finding),
            finding=finding,
        )


def conclusion(result: Result) -> tuple[str, ...]:
    """The conclusion without the reasons of the gate, for formats that list them right below."""
    lines = conclusion_lines(result, 0, report_year(result))
    return tuple(visible(line) for line in lines if not line.startswith("未通过的原因"))


def located(issue: Issue) -> str:
    """Lead of a message that says where: 见第12段（第3页）。 Empty where there is no place."""
    if not issue.place:
        return ""
    return f"{'应写在' if issue.anchored else '见'}{issue.place}。"


def suggestion(place: str) -> str:
    """Where to put what is missing, as a clause: 建议写在“……”部分, or 建议新增……."""
    return f"建议{place}" if place.startswith("新增") else f"建议写在{place}"


def line_of(result: Result, position: int | None) -> int | None:
    """1-based line of an original position."""
    return None if position is None else result.report.text.count("\n", 0, position) + 1
