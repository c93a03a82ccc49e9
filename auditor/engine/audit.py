"""One report through the whole audit: silent, no files, no clock, no exit codes."""

from __future__ import annotations

from contextlib import nullcontext

from msgspec import Struct

import auditor
from auditor.beside import beside
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


def audit(
    doc: Document,
    book: RuleBook,
    policy: Policy | None,
    waivers: Waivers | None,
    request: Request,
    *,
    file: str,
    sha256: str,
    idle: bool = False,
) -> Result:
    """Judge a report that was read: statuses, figures, findings, decisions, score and gate.

    ``idle`` says that nothing else is at work: figures and elements may then be looked at on two cores.
    """
    meta = doc.metadata
    year = request.year if request.year is not None else meta.report_year
    level = request.level if request.level is not None else meta.level

    def check() -> Checked:
        # Imported here: where a fork does it, this process needs nothing of the figures.
        from auditor.figures.check import check_figures

        return check_figures(doc, book.tables, year=year, level=level, published=request.published)

    with beside(check, Checked) if idle else nullcontext(check) as checked:
        verdicts, _ = judge(doc, book, level)
        elements = tuple(_result(element, verdicts[element.id], book, year) for element in book.elements)
        figures, findings = checked()
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
