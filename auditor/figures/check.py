"""Everything the tool says about figures and dates, in one call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.model import Figure, Finding, Level
from auditor.text.document import Document


def check_figures(
    doc: Document, tables: Mapping[str, Any], *, year: int | None, level: Level | None, published: str | None
) -> tuple[tuple[Figure, ...], tuple[Finding, ...]]:
    """Figures of the report, and findings on sums, rates, dates, deadlines and citations, in order of place."""
    return (), ()
