"""JUnit XML: a suite per report, a case per element and finding, and one for the gate itself.

A case fails only where the gate failed on it, so that a build reads the same verdict here as from the exit code.
Gaps that do not stop the report, waived and inapplicable elements are skipped, each with its reason.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from auditor.model import ElementResult, Finding, Result, Status
from auditor.render import wording
from auditor.render.body import for_reference
from auditor.render.issues import Issue, Weight, issues_of, located, status_counts, verdict_line
from auditor.render.printable import visible

_GATE = "门禁"
_FINDINGS = "数字和日期"


def render_junit(result: Result) -> bytes:
    """The document of one report; no time stamps, for there is no clock."""
    suite = Element("testsuite", name=visible(result.report.file))
    properties = SubElement(suite, "properties")
    values = {
        "verdict": verdict_line(result),
        "score": f"{result.score.total:.1f}",
        **{status.value: str(count) for status, count in status_counts(result).items()},
        "ruleset": result.ruleset.id,
        "sha256": result.report.sha256,
    }
    for name, value in values.items():
        SubElement(properties, "property", name=name, value=visible(value))
    issues = {issue.rule: issue for issue in issues_of(result)}
    groups = {group.id: group.name for group in result.score.groups}
    reference = for_reference(result)
    _gate_case(suite, result)
    for element in result.elements:
        case = _case(suite, groups.get(element.group, element.group), f"{element.id} {element.name}")
        _element(case, element, issues.get(element.id), reference=reference)
    for finding in result.findings:
        case = _case(suite, _FINDINGS, f"{finding.id}")
        _finding(case, finding, issues.get(finding.id))
    return _document(suite)


def render_failed(path: str, reason: str) -> bytes:
    """The document of a report that could not be audited: one case in error."""
    suite = Element("testsuite", name=visible(path))
    case = _case(suite, "读取", visible(path))
    SubElement(case, "error", message=visible(reason), type="unreadable")
    return _document(suite)


def _document(suite: Element) -> bytes:
    cases = list(suite.iter("testcase"))
    counts = {
        "tests": len(cases),
        "failures": sum(case.find("failure") is not None for case in cases),
        "errors": sum(case.find("error") is not None for case in cases),
        "skipped": sum(case.find("skipped") is not None for case in cases),
    }
    root = Element("testsuites")
    for node in (root, suite):
        for name, count in counts.items():
            node.set(name, str(count))
        node.set("time", "0")
    root.append(suite)
    indent(root, " ")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def _case(suite: Element, classname: str, name: str) -> Element:
    return SubElement(suite, "testcase", classname=visible(classname), name=visible(name), time="0")


def _gate_case(suite: Element, result: Result) -> None:
    gate = result.gate
    case = _case(suite, _GATE, visible(gate.policy or "未设"))
    if gate.passed is None:
        SubElement(case, "skipped", message="未设门禁")
    elif not gate.passed:
        failure = SubElement(case, "failure", message=verdict_line(result), type="gate")
        failure.text = "\n".join(visible(f.message) for f in gate.failures)
    if gate.warnings:
        SubElement(case, "system-out").text = "\n".join(visible(f"提醒：{w.message}") for w in gate.warnings)


def _element(case: Element, element: ElementResult, issue: Issue | None, *, reference: bool) -> None:
    properties = SubElement(case, "properties")
    SubElement(properties, "property", name="status", value=element.status.value)
    word = wording.status_word(element, reference=reference)
    if wording.is_waived(element) and element.decision is not None:
        SubElement(case, "skipped", message=visible(wording.decision_words(element.decision)))
    elif element.status is Status.NA:
        SubElement(case, "skipped", message=visible(f"不适用：{element.reason or ''}".rstrip("：")))
    elif issue is not None and issue.weight is Weight.FAILURE:
        failure = SubElement(
            case, "failure", message=visible(f"{word}：{issue.message}"), type=element.status.value
        )
        failure.text = _where(issue)
    elif issue is not None:
        SubElement(case, "skipped", message=visible(f"{word}（不影响门禁）：{issue.message}"))
    if element.evidence:
        lines = [f"{wording.place(e)}：{e.quote}" for e in element.evidence]
        SubElement(case, "system-out").text = "\n".join(visible(line) for line in lines)


def _finding(case: Element, finding: Finding, issue: Issue | None) -> None:
    word = wording.SEVERITY_NAMES[finding.severity]
    if finding.decision is not None:
        SubElement(case, "skipped", message=visible(wording.decision_words(finding.decision)))
    elif issue is not None and issue.weight is Weight.FAILURE:
        failure = SubElement(case, "failure", message=issue.message, type=finding.severity.value)
        failure.text = _where(issue)
    else:
        SubElement(case, "skipped", message=visible(f"{word}（不影响门禁）：{finding.message}"))
    if finding.quote:
        place = f"{wording.place(finding)}：" if finding.line else ""
        SubElement(case, "system-out").text = visible(f"{place}{finding.quote}")


def _where(issue: Issue) -> str:
    return located(issue).rstrip("。") or "全文没有对应的位置"
