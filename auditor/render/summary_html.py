"""The summary of a batch as one self-contained page: no script, nothing fetched, fit for print."""

from __future__ import annotations

import base64
import hashlib

from markupsafe import Markup

from auditor.letterhead import Office
from auditor.render.shipped import shipped_text, template
from auditor.render.summary import Summary
from auditor.render.summary_view import PAGE, build_view


def render_html(summary: Summary, office: Office) -> str:
    """The page; every value is escaped by the template."""
    css = shipped_text("summary.css")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return template("summary.html.j2").render(
        view=build_view(summary, office, PAGE),
        css=Markup(css),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
    )
