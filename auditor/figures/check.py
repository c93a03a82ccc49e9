"""Everything the tool says about figures and dates, in one call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.figures import tables as plain
from auditor.figures.arithmetic import check_arithmetic, unique
from auditor.figures.dates import check_dates
from auditor.figures.quantities import quantities
from auditor.figures.report import figures
from auditor.figures.thresholds import check_thresholds, thresholds
from auditor.model import Figure, Finding, Level
from auditor.text.document import Document


def check_figures(
    doc: Document, tables: Mapping[str, Any], *, year: int | None, level: Level | None, published: str | None
) -> tuple[tuple[Figure, ...], tuple[Finding, ...]]:
    """Figures of the report, and findings on sums, rates, dates, deadlines and citations, in order of place.

    ``tables`` holds the plain data of the rule book's tables by name; raises ``TableError`` when one is malformed.
    """
    found = quantities(doc)
    deadlines = plain.deadlines(tables.get("deadlines"))
    citations = plain.citations(tables.get("citations"))
    demanded = thresholds(tables.get("thresholds"))
    findings = [
        *check_arithmetic(doc, found),
        *check_thresholds(doc, found, year, level, demanded),
        *check_dates(doc, year, level, deadlines, published, citations),
    ]
    # Findings without a place (an unknown date) come last.
    findings.sort(key=lambda f: (f.start is None, f.start or 0, f.end or 0, f.id))
    return figures(doc, found), unique(findings)
