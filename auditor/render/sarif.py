"""SARIF 2.1.0 for code scanning: what is open in a report, or (``full``) every element of the checklist.

Only results of kind ``fail`` are written by default: platforms take passed ones for alerts.

Positions count Unicode code points, as the log declares. Fingerprints are made of the unit, the year and the rule,
never of lines, so that an edit elsewhere does not make an old gap new.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any
from urllib.parse import quote

import auditor
from auditor.gate_options import identity
from auditor.model import ElementResult, Finding, Result, Status
from auditor.render import wording
from auditor.render.issues import Issue, Weight, issues_of, located, status_counts, verdict_line
from auditor.render.printable import short, visible

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Weight.FAILURE: "error", Weight.GAP: "warning", Weight.NOTE: "note"}
_NAME = "fazhi-auditor"
_SNIPPET = 200  # characters

Json = dict[str, Any]


def render_sarif(result: Result, path: str | None = None, *, full: bool = False) -> bytes:
    """One run; ``path`` is the report's place in the repository where it is known."""
    issues = issues_of(result)
    told = {issue.rule for issue in issues}
    settled = [element for element in result.elements if full and element.id not in told]
    named = {_rule_id(issue): _rule(issue.element, issue.finding) for issue in issues}
    named |= {element.id: _rule(element, None) for element in settled}
    rules = list(named)
    uri = _uri(path or result.report.file)
    unit, year = identity(result)
    run: Json = {
        "tool": {
            "driver": {
                "name": _NAME,
                "version": result.tool.version,
                "language": "zh-CN",
                "rules": list(named.values()),
                "properties": {"ruleset": result.ruleset.id, "rulesetDigest": result.ruleset.digest},
            }
        },
        "automationDetails": {"id": f"fazhi-audit/{short(visible(unit), 60)}/{year or 'unknown'}/"},
        "columnKind": "unicodeCodePoints",
        "artifacts": [
            {
                "location": {"uri": uri},
                "roles": ["analysisTarget"],
                "hashes": {"sha-256": result.report.sha256},
                **({"encoding": result.report.reader.encoding} if result.report.reader.encoding else {}),
            }
        ],
        "invocations": [{"executionSuccessful": True}],
        "results": [
            *(_result(issue, rules, result, uri) for issue in issues),
            *(_settled(element, rules, result, uri) for element in settled),
        ],
        "properties": {
            "verdict": verdict_line(result),
            "gatePassed": result.gate.passed,
            "policy": result.gate.policy,
            "score": result.score.total,
            "counts": {status.value: count for status, count in status_counts(result).items()},
            "notApplicable": sum(e.status is Status.NA for e in result.elements),
        },
    }
    return _log(run)


def render_failed(path: str, reason: str) -> bytes:
    """The log of a report that could not be audited."""
    note = {"level": "error", "message": {"text": visible(reason)}}
    run: Json = {
        "tool": {"driver": {"name": _NAME, "version": auditor.__version__, "language": "zh-CN"}},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": _uri(path)}, "roles": ["analysisTarget"]}],
        "invocations": [{"executionSuccessful": False, "toolExecutionNotifications": [note]}],
        "results": [],
    }
    return _log(run)


def _log(run: Json) -> bytes:
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1).encode() + b"\n"


def _rule_id(issue: Issue) -> str:
    """Element id; findings by kind, since their own ids hold a digest of the passage."""
    return issue.rule if issue.finding is None else f"finding.{issue.finding.kind}"


def _rule(element: ElementResult | None, finding: Finding | None) -> Json:
    if element is None:
        assert finding is not None
        name = wording.KIND_NAMES.get(finding.kind, finding.kind)
        return {"id": f"finding.{finding.kind}", "shortDescription": {"text": f"{name}核对"}}
    entry: Json = {"id": element.id, "shortDescription": {"text": visible(element.name)}}
    if element.basis:
        gists = (f"{wording.cite(b)}：{b.gist}" if b.gist else wording.cite(b) for b in element.basis)
        entry["fullDescription"] = {"text": visible("；".join(dict.fromkeys(gists)))}
    if element.sought:
        entry["help"] = {"text": visible("查找：" + "；".join(element.sought))}
    tags = [element.tier.value, *(["headline"] if element.headline else [])]
    entry["properties"] = {"group": element.group, "tags": tags}
    return entry


def _result(issue: Issue, rules: list[str], result: Result, uri: str) -> Json:
    rule = _rule_id(issue)
    # The region counts in the text that was read; in a Word or PDF file a person needs the paragraph and the page.
    where = "" if wording.has_lines(result) else located(issue)
    entry: Json = {
        "ruleId": rule,
        "ruleIndex": rules.index(rule),
        "kind": "fail",
        "level": _LEVELS[issue.weight],
        "message": {"text": f"{issue.title}。{where}{issue.message}"},
        "locations": [{"physicalLocation": _place(issue.start, issue.end, issue.line, result, uri)}],
        "partialFingerprints": {"fazhiAudit/v1": fingerprint(result, issue.rule)},
    }
    properties: Json = {"failsGate": issue.weight is Weight.FAILURE}
    if issue.element is not None:
        properties["status"] = issue.element.status.value
        properties["where"] = "应写处" if issue.anchored else "原文"
    if issue.finding is not None:
        properties["finding"] = issue.finding.id
        properties["severity"] = issue.finding.severity.value
    entry["properties"] = properties
    return entry


def _settled(element: ElementResult, rules: list[str], result: Result, uri: str) -> Json:
    """An element with nothing open: covered, not applicable, or waived by the office."""
    first = element.evidence[0] if element.evidence else None
    start, end, line = (first.start, first.end, first.line) if first else (None, None, None)
    words = wording.status_word(element, reference=False)
    said = wording.reason_of(element)
    reason = f"。{said.rstrip('。')}" if said else ""
    return {
        "ruleId": element.id,
        "ruleIndex": rules.index(element.id),
        "kind": "pass" if element.status is Status.COVERED else "notApplicable",
        "level": "none",
        "message": {"text": visible(f"{element.name}：{words}{reason}。")},
        "locations": [{"physicalLocation": _place(start, end, line, result, uri)}],
        "partialFingerprints": {"fazhiAudit/v1": fingerprint(result, element.id)},
        "properties": {"failsGate": False, "status": element.status.value, "where": "原文"},
    }


def fingerprint(result: Result, rule: str) -> str:
    """Hex digest over unit, year and rule."""
    parts = (*map(str, identity(result)), rule)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()


def _place(start: int | None, end: int | None, line: int | None, result: Result, uri: str) -> Json:
    place: Json = {"artifactLocation": {"uri": uri, "index": 0}}
    text = result.report.text
    if start is None or end is None or end <= start:
        # What is missing and belongs nowhere in particular stands at the top.
        place["region"] = {"startLine": line or 1}
        return place
    first, last = text[:start], text[:end]
    place["region"] = {
        "startLine": first.count("\n") + 1,
        "startColumn": start - (first.rfind("\n") + 1) + 1,
        "endLine": last.count("\n") + 1,
        "endColumn": end - (last.rfind("\n") + 1) + 1,
        "charOffset": start,
        "charLength": end - start,
        "snippet": {"text": short(visible(text[start:end]), _SNIPPET)},
    }
    return place


def _uri(path: str) -> str:
    """A relative URI reference with forward slashes."""
    return quote(path.encode("utf-8", "backslashreplace"), safe="/")
