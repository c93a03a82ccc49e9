"""The summary of a batch on paper, in the page and faces of the audits."""

from __future__ import annotations

from auditor.letterhead import Office
from auditor.render.pdf import PdfDocument, render_other
from auditor.render.shipped import template
from auditor.render.summary import Summary
from auditor.render.summary_view import PAPER, build_view


def render_pdf(summary: Summary, office: Office) -> PdfDocument:
    """The paper. Raises RenderError."""
    return render_other(template("summary.paper.j2").render(view=build_view(summary, office, PAPER)))
