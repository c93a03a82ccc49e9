"""The body of a Word document in reading order: paragraphs with their numbers, tables, text boxes, notes."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from auditor.readers.docx_draft import Draft
from auditor.readers.docx_inline import MARK, MC, Inline, Paragraph
from auditor.readers.docx_styles import Numbering, Styles, number_reference
from auditor.readers.rows import row_lines

_BLANK = MARK + " \t\n\u3000\xa0"


class Blocks:
    """Goes through the body once, in document order."""

    def __init__(
        self,
        w: str,
        styles: Styles,
        numbering: Numbering,
        notes: dict[str, Element],
        draft: Draft,
        *,
        suspicious: bool,
    ) -> None:
        """``w``: prefix of the names; ``notes``: by kind and id; ``suspicious``: white characters occur."""
        self._w = w
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._draft = draft
        self._inline = Inline(w, styles, draft, suspicious=suspicious)
        self._noted = 0
        self._carried = ""

    def blocks(self, parent: Element) -> Iterator[str]:
        """Lines of the paragraphs and tables below ``parent``."""
        w = self._w
        for child in parent:
            tag = child.tag
            if tag == w + "p":
                yield from self._paragraph(child)
            elif tag == w + "tbl":
                yield from self._table(child)
            elif tag in (w + "sdt", w + "customXml", w + "smartTag", w + "ins", w + "moveTo"):
                if not self._is_contents(child):
                    yield from self.blocks(child)
            elif tag == w + "sdtContent":
                yield from self.blocks(child)
            elif tag == w + "altChunk":
                self._draft.embedded += 1
            elif tag == MC + "AlternateContent":
                chosen = self._inline.choose(child)
                if chosen is not None:
                    yield from self.blocks(chosen)
        if self._carried:  # the mark of the very last paragraph was deleted
            text, self._carried = self._carried, ""
            yield text

    def _paragraph(self, element: Element) -> Iterator[str]:
        w = self._w
        properties = element.find(w + "pPr")
        style: str | None = self._styles.default
        joined = False
        num: str | None = None
        level: int | None = None
        paragraph = Paragraph()
        if properties is not None:
            named = properties.find(w + "pStyle")
            if named is not None:
                style = named.get(w + "val")
                if self._styles.contents(style):
                    return
            num, level = number_reference(properties, w)
            mark = properties.find(w + "rPr")
            joined = mark is not None and mark.find(w + "del") is not None
            paragraph.shaded = properties.find(w + "shd") is not None
        paragraph.hidden = self._styles.hidden(style)
        self._inline.read(element, paragraph)
        text = self._carried + "".join(paragraph.pieces)
        self._carried = ""
        if joined:
            self._draft.deleted += 1
            self._carried = text
            if not (paragraph.boxes or paragraph.notes):
                return
            text = ""
        else:
            label = self._label(style, num, level)
            if label and text.strip(_BLANK):
                page = MARK if text.startswith(MARK) else ""
                text = page + label + text.lstrip(MARK + " \t\u3000")
            yield text
        yield from self._attached(paragraph)

    def _label(self, style: str | None, num: str | None, level: int | None) -> str:
        if num is None:
            num, own = self._styles.number(style)
            if num is None:
                return ""
            tied = self._numbering.level_of_style(num, style)
            level = level if level is not None else tied if tied is not None else own
        if num == "0":
            return ""
        return self._numbering.advance(num, level or 0)

    def _attached(self, paragraph: Paragraph) -> Iterator[str]:
        """Text boxes and notes anchored in a paragraph, directly below it."""
        for box in paragraph.boxes:
            self._inline.shaded += 1  # white on a filled shape is common
            yield from (line for line in self.blocks(box) if line.strip())
            self._inline.shaded -= 1
        for key in paragraph.notes:
            note = self._notes.pop(key, None)
            if note is None:
                continue
            text = "".join(line.strip() for line in self.blocks(note))
            if text:
                self._noted += 1
                yield f"注{self._noted}：{text}"

    def _table(self, table: Element) -> Iterator[str]:
        for row in self._children(table, "tr"):
            w = self._w
            properties = row.find(w + "trPr")
            if properties is not None and properties.find(w + "del") is not None:
                self._draft.deleted += 1
                continue
            cells: list[list[str]] = []
            for cell in self._children(row, "tc"):
                own = cell.find(w + "tcPr")
                if own is not None and own.find(w + "cellDel") is not None:
                    self._draft.deleted += 1
                    continue
                self._inline.shaded += 1  # header cells are often white on colour
                cells.append([line for line in self.blocks(cell) if line.strip(_BLANK)])
                self._inline.shaded -= 1
            yield from row_lines(cells)

    def _children(self, parent: Element, name: str) -> Iterator[Element]:
        """Rows of a table or cells of a row, also inside content controls and revision marks."""
        w = self._w
        for child in parent:
            if child.tag == w + name:
                yield child
            elif child.tag in (w + "sdt", w + "sdtContent", w + "customXml", w + "ins", w + "moveTo"):
                yield from self._children(child, name)

    def _is_contents(self, element: Element) -> bool:
        """Whether a content control holds the table of contents."""
        gallery = element.find(f"{self._w}sdtPr/{self._w}docPartObj/{self._w}docPartGallery")
        return gallery is not None and gallery.get(self._w + "val") == "Table of Contents"
