"""Small documents for the tests of figures, made without the reader."""

from __future__ import annotations

import unicodedata

from auditor.figures.arithmetic import check_arithmetic
from auditor.figures.quantities import quantities
from auditor.figures.quantity import Quantity
from auditor.model import Finding, Level, ReaderInfo, Role, Severity
from auditor.text.document import Document, Kind, Metadata, Normalised, Sentence

_SAME = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？"}


def document(
    text: str, role: Role = Role.ACHIEVEMENTS, meta: Metadata | None = None, **roles: Role
) -> Document:
    """A document whose paragraphs are body text in ``role``; a keyword p0=… gives paragraph 0 another role."""
    chars: list[str] = []
    offsets: list[int] = []
    for at, raw in enumerate(text):
        for char in unicodedata.normalize("NFKC", raw):
            if (char.isspace() and char != "\n") or char in "“”‘’\"'":
                continue
            chars.append(_SAME.get(char, char))
            offsets.append(at)
            break
    normal = "".join(chars)
    sentences: list[Sentence] = []
    start = paragraph = 0
    for at, char in enumerate(normal):
        if char in "。！？；\n":
            if at + 1 > start:
                where = roles.get(f"p{paragraph}", role)
                kind = Kind.HEADING if normal[start] in "一二三四（" and char == "\n" else Kind.BODY
                sentences.append(Sentence(start, at + 1, where, kind, paragraph, -1))
            start = at + 1
            paragraph += char == "\n"
    if start < len(normal):
        where = roles.get(f"p{paragraph}", role)
        sentences.append(Sentence(start, len(normal), where, Kind.BODY, paragraph, -1))
    lines = (0, *(at + 1 for at, char in enumerate(text) if char == "\n"))
    return Document(
        text,
        Normalised(normal, (*offsets, len(text))),
        tuple(sentences),
        (),
        meta or Metadata(),
        ReaderInfo("text", "utf-8"),
        (),
        lines,
    )


def read(text: str) -> tuple[Quantity, ...]:
    return quantities(document(text))


def alarms(text: str) -> list[Finding]:
    """Errors and warnings on the sums of ``text``."""
    doc = document(text)
    found = check_arithmetic(doc, quantities(doc))
    for item in found:
        assert item.quote and item.start is not None and item.end is not None
        assert text[item.start : item.end] == item.quote
        assert item.kind == "arithmetic" and item.message and item.id.startswith("arithmetic-")
    return [f for f in found if f.severity is not Severity.NOTE]


COUNTY = Level.COUNTY
