"""Paragraphs and pages of everything a result quotes, for reports that came in a container without lines."""

from __future__ import annotations

from typing import TypeVar

from msgspec.structs import replace

from auditor.model import Evidence, Figure, Finding, Nearest, Result, Section
from auditor.text.document import Document
from auditor.text.location import LINED

Placed = TypeVar("Placed", Evidence, Nearest, Figure, Finding, Section)


def placed(result: Result, doc: Document) -> Result:
    """The result with ``paragraph`` and ``page`` filled in where the container has them."""
    if doc.reader.format in LINED:
        return result

    def put(item: Placed) -> Placed:
        at = item.start
        return item if at is None else replace(item, paragraph=doc.paragraph(at), page=doc.page(at))

    elements = tuple(
        replace(
            element,
            evidence=tuple(map(put, element.evidence)),
            nearest=None if element.nearest is None else put(element.nearest),
        )
        for element in result.elements
    )
    return replace(
        result,
        sections=tuple(map(put, result.sections)),
        elements=elements,
        figures=tuple(map(put, result.figures)),
        findings=tuple(map(put, result.findings)),
    )
