"""One report through the whole audit: silent, no files, no clock, no exit codes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

import auditor
from auditor.engine.decisions import Waivers, apply
from auditor.engine.places import placed
from auditor.engine.values import Verdict
from auditor.engine.verdict import judge
from auditor.gate import Policy, apply_gate
from auditor.model import (
    SCHEMA,
    ElementResult,
    Figure,
    Finding,
    Level,
    Options,
    ReportInfo,
    Result,
    Status,
    Tool,
)
from auditor.rulebook.book import Element, RuleBook
from auditor.score import points, score
from auditor.text.document import Document

NAME = "fazhi-auditor"
Checked = tuple[tuple[Figure, ...], tuple[Finding, ...]]


class Request(Struct, frozen=True):
    """What the user asked for, beside the report itself."""

    year: int | None = None
    level: Level | None = None
    published: str | None = None


def check(doc: Document, tables: dict[str, Any], request: Request) -> Checked:
    """Figures and dates of a report that was read, and what is wrong with them."""
    # Imported here: a process that leaves this to another needs nothing of it.
    from auditor.figures.check import check_figures

    year, level = _asked(doc, request)
    return check_figures(doc, tables, year=year, level=level, published=request.published)


def _asked(doc: Document, request: Request) -> tuple[int | None, Level | None]:
    """Year and level as the user says, else as the report does."""
    meta = doc.metadata
    return (
        request.year if request.year is not None else meta.report_year,
        request.level if request.level is not None else meta.level,
    )


def audit(
    doc: Document,
    book: RuleBook,
    policy: Policy | None,
    waivers: Waivers | None,
    request: Request,
    *,
    file: str,
    sha256: str,
    checked: Callable[[], Checked] | None = None,
) -> Result:
    """Judge a report that was read: statuses, figures, findings, decisions, score and gate.

    ``checked`` gives what ``check`` found, where that was begun elsewhere.
    """
    meta = doc.metadata
    year, level = _asked(doc, request)
    verdicts, _ = judge(doc, book, level)
    elements = tuple(_result(element, verdicts[element.id], book, year) for element in book.elements)
    figures, findings = checked() if checked else check(doc, book.tables, request)
    report = ReportInfo(
        file=file,
        sha256=sha256,
        title=meta.title,
        region=meta.region,
        issuer=meta.issuer,
        level=level,
        report_year=year,
        written_date=meta.written_date,
        published_date=request.published or meta.published_date,
        document_number=meta.document_number,
        characters=len(doc.text),
        text=doc.text,
        reader=doc.reader,
    )
    decided = apply(waivers, report, elements, findings)
    total = score(decided.elements, book.groups)
    gate = apply_gate(
        policy,
        decided.elements,
        decided.findings,
        total,
        year=year,
        level=level,
        reference_after=book.years.reference_after,
    )
    options = Options(
        gate=policy.spec.id if policy else None,
        gate_digest=policy.digest if policy else None,
        waivers_digest=waivers.digest if waivers else None,
        as_of=waivers.as_of.isoformat() if waivers else None,
        year=request.year,
        level=request.level,
    )
    result = Result(
        schema=SCHEMA,
        tool=Tool(NAME, auditor.__version__),
        ruleset=book.info,
        options=options,
        report=report,
        sections=doc.sections,
        elements=decided.elements,
        figures=figures,
        findings=decided.findings,
        decisions_unused=decided.unused,
        decisions_expired=decided.expired,
        score=total,
        gate=gate,
    )
    return placed(result, doc)


def _result(element: Element, verdict: Verdict, book: RuleBook, year: int | None) -> ElementResult:
    gap = verdict.status in (Status.WEAK, Status.MISSING)
    advice = None
    if gap:
        advice = element.advice_weak if verdict.status is Status.WEAK else element.advice_missing
    return ElementResult(
        id=element.id,
        name=element.name,
        group=element.group,
        tier=element.tier,
        headline=element.headline,
        status=verdict.status,
        weight=element.weight,
        points=points(verdict.status, element.weight),
        reason=verdict.reason,
        advice=advice,
        basis=element.basis,
        evidence=verdict.evidence,
        sought=element.sought if gap else (),
        nearest=verdict.nearest if gap else None,
    )
