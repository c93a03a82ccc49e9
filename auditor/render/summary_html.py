"""The summary of a batch as one self-contained page: no script, nothing fetched, fit for print."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from auditor.letterhead import Office
from auditor.render.summary import Summary
from auditor.render.summary_view import PAGE, build_view

_TEMPLATES = Path(__file__).with_name("templates")


def render_html(summary: Summary, office: Office) -> str:
    """The page; every value is escaped by the template."""
    css = (_TEMPLATES / "summary.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return template("summary.html.j2").render(
        view=build_view(summary, office, PAGE),
        css=Markup(css),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
    )


@lru_cache(maxsize=2)
def template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
