"""summary.json of a batch, schema ``fazhi-audit-summary/1``."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

import auditor
from auditor.render.summary import SCHEMA, WAIVED, Entry, Fault, Gap, Ranked, Summary, share


def render_json(summary: Summary) -> bytes:
    """UTF-8, indented by one space like the results, one trailing newline."""
    verdicts = summary.verdicts()
    options = summary.frames[0].options if summary.frames else None
    document = {
        "schema": SCHEMA,
        "tool": {"name": "fazhi-auditor", "version": auditor.__version__},
        "rulesets": [frame.ruleset for frame in summary.frames],
        "options": options,
        "counts": {
            "reports": summary.reports,
            "audited": len(summary.ranking),
            "passed": verdicts[True],
            "failed": verdicts[False],
            "unjudged": verdicts[None],
            "unaudited": len(summary.unaudited),
            "unwritten": len(summary.unwritten),
            "late": len({entry.file for entry, _ in summary.late()}),
        },
        "scores": summary.scores,
        "groups": [
            {
                "id": group.id,
                "name": group.name,
                "points": group.points,
                "possible": group.possible,
                "share": share(group.points, group.possible),
                "weakest": {"unit": group.weakest[0], "share": group.weakest[1]} if group.weakest else None,
            }
            for group in summary.groups
        ],
        "reports": [_report(item, summary) for item in summary.ranking],
        "gaps": [_gap(gap) for gap in summary.gaps()],
        "headline": [_gap(gap) for gap in summary.headline()],
        "late": [_fault(entry, fault) for entry, fault in summary.late()],
        "unaudited": summary.unaudited,
        "unwritten": summary.unwritten,
        "finding_kinds": _kinds(summary),
        "findings": [_fault(entry, fault) for entry, fault in summary.faults()],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def _report(item: Ranked, summary: Summary) -> dict[str, Any]:
    entry = item.entry
    count = Counter(entry.statuses)
    return {
        "rank": item.rank,
        "file": entry.file,
        "sha256": entry.sha256,
        "unit": entry.unit,
        "title": entry.title,
        "level": entry.level,
        "year": entry.year,
        "ruleset": next(f.ruleset.id for f in summary.frames if f.ruleset.digest == entry.ruleset),
        "total": entry.total,
        "passed": entry.passed,
        "failures": entry.failures,
        "covered": count["c"],
        "weak": count["w"],
        "missing": count["m"],
        "na": count["n"],
        "waived": count[WAIVED],
        "groups": {
            group.id: value for group, value in zip(summary.groups, summary.shares(entry), strict=True)
        },
        "missing_elements": [element.id for element in summary.by_status(entry, "m")],
        "weak_elements": [element.id for element in summary.by_status(entry, "w")],
        "findings": len(entry.findings),
        "written_date": entry.written_date,
        "published_date": entry.published_date,
    }


def _gap(gap: Gap) -> dict[str, Any]:
    element = gap.element
    return {
        "id": element.id,
        "name": element.name,
        "group": element.group,
        "tier": element.tier,
        "headline": element.headline,
        "covered": gap.covered,
        "weak": gap.weak,
        "missing": gap.missing,
        "na": gap.na,
        "waived": gap.waived,
        "missing_share": share(gap.missing, gap.judged),
    }


def _fault(entry: Entry, fault: Fault) -> dict[str, Any]:
    return {
        "file": entry.file,
        "unit": entry.unit,
        "id": fault.id,
        "kind": fault.kind,
        "severity": fault.severity,
        "message": fault.message,
        "line": fault.line,
        "page": fault.page,
        "place": fault.place,
    }


def _kinds(summary: Summary) -> list[dict[str, Any]]:
    """How many undecided findings there are of each kind and severity, the commonest first."""
    count = Counter(
        (fault.kind, fault.severity)
        for item in summary.ranking
        for fault in item.entry.findings
        if not fault.decided
    )
    ordered = sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"kind": kind, "severity": severity, "count": number} for (kind, severity), number in ordered]
