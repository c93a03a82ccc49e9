"""Reads back what the formats wrote, with parsers of their own."""

from __future__ import annotations

import html
import io
import re
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_VOID = frozenset(("meta", "br", "link", "input", "rect"))


class Page(HTMLParser):
    """Tags in order with their attributes, and the text."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and tag != "rect":
            assert self.open.pop() == tag, (tag, self.getpos())

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "script"):
            self.text += data

    def having(self, name: str) -> list[tuple[str, dict[str, str | None]]]:
        return [(tag, attrs) for tag, attrs in self.tags if name in attrs]


def word_text(data: bytes) -> str:
    """Text of a Word document's body, a line per paragraph."""
    root = part(data, "word/document.xml")
    return "\n".join("".join(t.text or "" for t in p.iter(f"{WORD}t")) for p in root.iter(f"{WORD}p"))


def word_rows(data: bytes) -> list[list[str]]:
    """Cells of all tables of a Word document, row by row."""
    root = part(data, "word/document.xml")
    return [
        [
            "\n".join("".join(t.text or "" for t in p.iter(f"{WORD}t")) for p in cell.iter(f"{WORD}p"))
            for cell in row
        ]
        for row in ([c for c in r if c.tag == f"{WORD}tc"] for r in root.iter(f"{WORD}tr"))
    ]


def part(data: bytes, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return ElementTree.fromstring(package.read(name))


def sheet_rows(data: bytes, number: int) -> list[list[str | float | None]]:
    """Cells of a sheet (1-based), row by row."""
    shared = [
        "".join(t.text or "" for t in si.iter(f"{SHEET}t")) for si in part(data, "xl/sharedStrings.xml")
    ]
    rows = []
    for row in part(data, f"xl/worksheets/sheet{number}.xml").iter(f"{SHEET}row"):
        cells: list[str | float | None] = []
        for cell in row:
            value = cell.find(f"{SHEET}v")
            assert cell.find(f"{SHEET}f") is None, "a formula"
            if value is None or value.text is None:
                cells.append(None)
            else:
                cells.append(shared[int(value.text)] if cell.get("t") == "s" else float(value.text))
        rows.append(cells)
    return rows


def plain(markdown: str) -> str:
    return html.unescape(markdown)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
