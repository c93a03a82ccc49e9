"""Checks the sums of a report: every relation family in turn, passage by passage."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from auditor.figures.anchored import check_anchored
from auditor.figures.bounds import check_bounds
from auditor.figures.cells import check_cells
from auditor.figures.changes import check_changes
from auditor.figures.comparisons import check_comparisons
from auditor.figures.flows import check_flows
from auditor.figures.funds import check_funds
from auditor.figures.graded import check_graded
from auditor.figures.grid import check_tables, tables_of
from auditor.figures.heads import check_heads
from auditor.figures.levels import check_levels
from auditor.figures.lost import check_lost
from auditor.figures.mentions import mentions
from auditor.figures.nested import check_nested
from auditor.figures.parts import check_parts
from auditor.figures.passages import periods
from auditor.figures.quantity import Quantity
from auditor.figures.rates import check_rates
from auditor.figures.recalled import Recalled
from auditor.figures.references import check_references, is_plan
from auditor.figures.replies import check_replies
from auditor.figures.restated import check_restated
from auditor.figures.retold import check_retold
from auditor.figures.rows import row_of
from auditor.figures.shortfalls import check_shortfalls
from auditor.figures.spans import check_spans
from auditor.figures.standing import check_standing
from auditor.figures.votes import check_votes
from auditor.figures.yearly import check_yearly
from auditor.model import Finding
from auditor.text.document import Document


def check_arithmetic(doc: Document, found: Sequence[Quantity]) -> tuple[Finding, ...]:
    """Findings of kind ``arithmetic``, in order of position; ids are unique within the report."""
    out: list[Finding] = []
    previous = None
    passages = periods(doc, [q for q in found if not _is_cell(doc, q)])
    recalled = Recalled(doc)
    for period in passages:
        near = previous if previous and period.start - previous.end <= 1 else None
        out += check_parts(doc, period, near)
        out += check_rates(doc, period, near)
        out += check_changes(doc, period, near)
        out += check_yearly(doc, period, near)
        out += check_comparisons(doc, period)
        out += check_flows(doc, period)
        out += check_funds(doc, period)
        out += check_shortfalls(doc, period)
        out += check_heads(doc, period)
        out += check_replies(doc, period, near)
        out += check_votes(doc, period, near, out)
        out += check_bounds(doc, period, near)
        out += recalled.look(period)
        previous = period
    out += check_restated(doc, passages)
    out += check_levels(doc, passages)
    out += check_standing(doc, passages)
    out += check_graded(doc, passages)
    out += check_lost(doc, passages)
    out += check_references(doc, passages)
    tables = tables_of(doc)
    out += check_tables(doc, tables)
    out += check_nested(doc)
    out += check_spans(doc)
    told = [m for period in passages if not is_plan(doc, period) for m in mentions(period)]
    out += check_anchored(doc, told)
    out += check_retold(doc, told, out)
    out += check_cells(doc, told, tables)
    return unique(sorted(out, key=lambda f: (f.start or 0, f.end or 0, f.id)))


def _is_cell(doc: Document, q: Quantity) -> bool:
    """True for a percentage of a table: its name is that of a column, whatever words are near."""
    return q.unit == "%" and row_of(doc.text, *doc.norm.original(q.start, q.end)) is not None


def unique(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """One finding per place, relation and figure; another one with the same words gets a number."""
    seen: dict[str, int] = {}
    places: set[tuple[str, int | None, int | None, str | None]] = set()
    out: list[Finding] = []
    for item in found:
        place = (item.id, item.start, item.end, item.stated)
        if place in places:
            continue
        places.add(place)
        seen[item.id] = seen.get(item.id, 0) + 1
        out.append(item if seen[item.id] == 1 else replace(item, id=f"{item.id}-{seen[item.id]}"))
    return tuple(out)
