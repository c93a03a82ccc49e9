"""What every reader hands over, and how it refuses."""

from __future__ import annotations

from msgspec import Struct

from auditor.regex import regex

_LINE_ENDS = regex(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


class Refused(ValueError):
    """The file cannot be read for judging; the message is one Chinese sentence: what, and what to do."""


class Extracted(Struct, frozen=True):
    text: str
    """What a reader of the document sees, line ends as ``\\n``."""
    format: str
    """docx, doc, pdf, html, mhtml, ofd, markdown, text, …"""
    encoding: str | None = None
    """Only for formats that are text themselves."""
    warnings: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    """Positions in ``text`` at which pages 2, 3, … begin, where the container knows pages."""
    facts: tuple[tuple[str, str], ...] = ()
    """Label and value of what the container says beside the text, such as (发布日期, 2024-02-21)."""


def tidy(text: str) -> str:
    """Line ends of all kinds as ``\\n``."""
    return _LINE_ENDS.sub("\n", text)


def header(facts: tuple[tuple[str, str], ...], text: str) -> str:
    """The facts that the text does not state, as lines in front of it: 发布日期：2024-02-21."""
    head = text[:4000]
    lines = [f"{label}：{value}" for label, value in facts if value and value not in head]
    return "".join(line + "\n" for line in lines)
