"""The documents that sum up a batch: one table from format to file, like the formats of a single result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from auditor.letterhead import Office
from auditor.render.formats import Rendered
from auditor.render.summary import Summary

STEM = "summary"


class SummaryFormat(Struct, frozen=True):
    suffix: str
    render: Callable[[Summary, Office], Rendered]
    """Raises RenderError."""


def _json(summary: Summary, office: Office) -> Rendered:
    from auditor.render.summary_json import render_json

    return Rendered(render_json(summary))


def _xlsx(summary: Summary, office: Office) -> Rendered:
    from auditor.render.summary_xlsx import render_xlsx

    return Rendered(render_xlsx(summary))


def _html(summary: Summary, office: Office) -> Rendered:
    from auditor.render.summary_html import render_html

    return Rendered(render_html(summary, office).encode())


def _pdf(summary: Summary, office: Office) -> Rendered:
    from auditor.render.summary_pdf import render_pdf

    document = render_pdf(summary, office)
    return Rendered(document.data, document.remarks)


_FORMATS = {
    "json": SummaryFormat(".json", _json),
    "xlsx": SummaryFormat(".xlsx", _xlsx),
    "html": SummaryFormat(".html", _html),
    "pdf": SummaryFormat(".pdf", _pdf),
}


def summary_formats(asked: Iterable[str]) -> Iterator[SummaryFormat]:
    """The JSON always, and every other one that was asked for the reports."""
    wanted = {"json", *asked}
    return (form for name, form in _FORMATS.items() if name in wanted)
