"""Word documents after GB/T 9704—2012: page, grid, faces and page numbers; the only module that knows python-docx.

Faces are named, not embedded: an office's Word has 仿宋_GB2312, 方正小标宋, 黑体 and 楷体_GB2312, and Word itself
substitutes what it lacks.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

BODY_SIZE, TITLE_SIZE, NUMBER_SIZE = 16.0, 22.0, 14.0  # points: 3号, 2号, 4号
LINE = 28.95  # points; 22 lines fill the 225 mm of the type area
# 28 characters of 16 pt need 448 pt and the type area holds 442.2: every character gives up a quarter of a point.
_TIGHTER = -5  # twentieths of a point
_FIXED = datetime(2000, 1, 1, tzinfo=UTC)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


class Face(StrEnum):
    """Typefaces the standard asks for."""

    TITLE = "方正小标宋简体"
    BODY = "仿宋_GB2312"
    HEI = "黑体"
    KAI = "楷体_GB2312"
    SONG = "宋体"


class Word:
    """One document, written from top to bottom."""

    def __init__(self, title: str, author: str | None) -> None:
        self._document: Any = docx.Document()
        self._properties(title, author or "")
        self._page()
        self._normal()
        self._page_numbers()

    def data(self) -> bytes:
        """The file; the same content gives the same bytes."""
        buffer = io.BytesIO()
        self._document.save(buffer)
        return _settled(buffer.getvalue())

    def title(self, lines: tuple[str, ...]) -> None:
        for line in lines:
            self._paragraph(line, Face.TITLE, TITLE_SIZE, style="Title", align=WD_ALIGN_PARAGRAPH.CENTER)
        self.blank()

    def blank(self) -> None:
        self._paragraph("", Face.BODY, BODY_SIZE)

    def text(self, text: str, *, indent: bool = True) -> None:
        self._paragraph(text, Face.BODY, BODY_SIZE, indent=indent)

    def item(self, lead: str, text: str) -> None:
        """A paragraph whose first words are set in 楷体."""
        paragraph = self._paragraph(lead, Face.KAI, BODY_SIZE, indent=True)
        _run(paragraph, text, Face.BODY, BODY_SIZE)

    def heading(self, text: str, level: int = 1) -> None:
        face = Face.HEI if level == 1 else Face.KAI
        self._paragraph(text, face, BODY_SIZE, indent=True, style=f"Heading {level}")

    def number(self, text: str) -> None:
        """The document number, right, above the title."""
        self._paragraph(text, Face.BODY, BODY_SIZE, align=WD_ALIGN_PARAGRAPH.RIGHT)

    def signature(self, organisation: str, date: str) -> None:
        self.blank()
        for line, shift in ((organisation, 2), (date, 3)):
            paragraph = self._paragraph(line, Face.BODY, BODY_SIZE, align=WD_ALIGN_PARAGRAPH.RIGHT)
            paragraph.paragraph_format.right_indent = Pt(BODY_SIZE * shift)
            paragraph.paragraph_format.keep_with_next = line is organisation

    def annex(self, number: str, title: str) -> None:
        """Starts a new page."""
        paragraph = self._paragraph(number, Face.HEI, BODY_SIZE)
        paragraph.paragraph_format.page_break_before = True
        self.title((title,))

    def small(self, text: str, face: Face = Face.BODY) -> None:
        """A line in the compact face of the annexes."""
        paragraph = self._paragraph(text, face, 10.5)
        paragraph.paragraph_format.line_spacing = Pt(16)

    def table(self, head: tuple[str, ...], widths: tuple[int, ...], rows: Sequence[tuple[str, ...]]) -> None:
        """A table in the compact face; widths in mm, lines in a cell parted by ``\\n``. One cell spans the row."""
        table = self._document.add_table(rows=0, cols=len(head), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        self._row(table, head, widths, Face.HEI, repeat=True)
        for row in rows:
            self._row(table, row, widths, Face.BODY if len(row) > 1 else Face.HEI)

    def _row(
        self, table: Any, texts: tuple[str, ...], widths: tuple[int, ...], face: Face, *, repeat: bool = False
    ) -> None:
        row = table.add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if repeat:
            properties.append(OxmlElement("w:tblHeader"))
        cells = row.cells
        if len(texts) == 1:
            cells = (cells[0].merge(cells[-1]),)
        else:
            for cell, width in zip(cells, widths, strict=True):
                cell.width = Mm(width)
        for cell, text in zip(cells, texts, strict=True):
            paragraph = cell.paragraphs[0]
            for number, line in enumerate(text.split("\n")):
                if number:
                    paragraph = cell.add_paragraph()
                _run(paragraph, line, face, 9)
                paragraph.paragraph_format.line_spacing = Pt(13)

    def _paragraph(
        self,
        text: str,
        face: Face,
        size: float,
        *,
        indent: bool = False,
        style: str | None = None,
        align: WD_ALIGN_PARAGRAPH | None = None,
    ) -> Any:
        paragraph = self._document.add_paragraph(style=style)
        form = paragraph.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
        form.space_before = form.space_after = Pt(0)
        if indent:
            form.first_line_indent = Pt(size * 2)
            first = paragraph._p.get_or_add_pPr().get_or_add_ind()
            first.set(qn("w:firstLineChars"), "200")
        if align is not None:
            form.alignment = align
        if text:
            _run(paragraph, text, face, size)
        return paragraph

    def _properties(self, title: str, author: str) -> None:
        core = self._document.core_properties
        core.title, core.author, core.last_modified_by, core.comments = title, author, author, ""
        core.created = core.modified = _FIXED
        core.language, core.revision = "zh-CN", 1

    def _page(self) -> None:
        section = self._document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(23)
        # No document grid: programs disagree on how it rounds, and exact line and character spacing say it all.
        for grid in section._sectPr.findall(qn("w:docGrid")):
            section._sectPr.remove(grid)

    def _normal(self) -> None:
        """Built-in styles keep their names, for navigation and screen readers, but none of their looks."""
        for name in ("Normal", "Title", "Heading 1", "Heading 2"):
            style = self._document.styles[name]
            font = style.font
            font.size, font.bold, font.italic = Pt(BODY_SIZE), False, False
            font.color.rgb = docx.shared.RGBColor(0, 0, 0)
            _faces(style.element.get_or_add_rPr(), Face.BODY)
            style.element.rPr.append(_language())
            borders = style.element.pPr.find(qn("w:pBdr")) if style.element.pPr is not None else None
            if borders is not None:
                style.element.pPr.remove(borders)

    def _page_numbers(self) -> None:
        """— 1 — in 4号, right on odd pages and left on even ones."""
        self._document.settings.odd_and_even_pages_header_footer = True
        section = self._document.sections[0]
        for footer, align in (
            (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
            (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        ):
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            paragraph.alignment = align
            form = paragraph.paragraph_format
            form.left_indent = form.right_indent = Pt(NUMBER_SIZE)
            _run(paragraph, "— ", Face.SONG, NUMBER_SIZE)
            _field(_run(paragraph, "", Face.SONG, NUMBER_SIZE), "PAGE")
            _run(paragraph, " —", Face.SONG, NUMBER_SIZE)


def _run(paragraph: Any, text: str, face: Face, size: float) -> Any:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.bold = False
    properties = run._r.get_or_add_rPr()
    _faces(properties, face)
    if size == BODY_SIZE:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(_TIGHTER))
        # The schema wants it before the size.
        properties.find(qn("w:sz")).addprevious(spacing)
    return run


def _faces(properties: Any, face: Face) -> None:
    fonts = properties.get_or_add_rFonts()
    for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{key}"), None)
    for key in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{key}"), face.value)
    fonts.set(qn("w:hint"), "eastAsia")


def _language() -> Any:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    return language


def _field(run: Any, code: str) -> None:
    for kind in ("begin", None, "end"):
        if kind is None:
            node = OxmlElement("w:instrText")
            node.text = code
        else:
            node = OxmlElement("w:fldChar")
            node.set(qn("w:fldCharType"), kind)
        run._r.append(node)


def _settled(data: bytes) -> bytes:
    """The same package with the clock taken out of it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return buffer.getvalue()
