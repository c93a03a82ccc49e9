"""Inside a paragraph of a Word document: runs, breaks, fields, revisions and what is hidden."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from auditor.readers.docx_draft import Draft
from auditor.readers.docx_styles import Styles, flag

MARK = "\x00"
"""Stands where a page begins until the positions are counted; cannot occur in XML."""
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MATH_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/math}"
_UNDERSTOOD = frozenset(("wps", "wpg", "wpc", "wpi", "w14", "w15", "w16", "wp14", "a14", "wne", "cx", "v"))
_TINY = frozenset("1234")
"""Font sizes in half-points that nobody can read."""


class Paragraph:
    """What is collected while a paragraph is read."""

    __slots__ = ("add", "boxes", "hidden", "notes", "pieces", "shaded")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.boxes: list[Element] = []
        self.notes: list[str] = []
        self.hidden = False
        self.shaded = False
        self.add = self.pieces.append


class Inline:
    """Collects the text of paragraphs, one after the other; fields may reach over several."""

    def __init__(self, w: str, styles: Styles, draft: Draft, *, suspicious: bool) -> None:
        """``suspicious``: white characters occur in the document."""
        self._w = w
        self._styles = styles
        self._draft = draft
        self._suspicious = suspicious
        self._fields: list[bool] = []
        self.shaded = 0
        """How many filled shapes and cells, in which white is common, are around the paragraph."""
        skip = self._skip
        self._inline: dict[str, Callable[[Element, Paragraph], None]] = {
            w + "r": self._run,
            w + "del": self._deletion,
            w + "moveFrom": self._deletion,
            w + "ins": self._insertion,
            w + "moveTo": self._insertion,
            w + "pPr": skip,
            w + "rPr": skip,
            w + "sdtPr": skip,
            w + "sdtEndPr": skip,
            w + "smartTagPr": skip,
            w + "customXmlPr": skip,
            w + "rt": skip,
            w + "rubyPr": skip,
            w + "t": self._text,
            w + "tab": lambda e, p: p.add("\t"),
            w + "ptab": lambda e, p: p.add("\t"),
            w + "br": self._break,
            w + "cr": lambda e, p: p.add("\n"),
            w + "noBreakHyphen": lambda e, p: p.add("-"),
            w + "lastRenderedPageBreak": lambda e, p: p.add(MARK),
            w + "fldChar": self._field,
            w + "footnoteReference": lambda e, p: p.notes.append("foot" + e.get(w + "id", "")),
            w + "endnoteReference": lambda e, p: p.notes.append("end" + e.get(w + "id", "")),
            w + "commentReference": self._comment,
            w + "txbxContent": lambda e, p: p.boxes.append(e),
            w + "instrText": skip,
            w + "delText": skip,
            w + "sym": skip,
            MC + "AlternateContent": self._alternative,
            _MATH + "t": self._text,
            _MATH_STRICT + "t": self._text,
        }

    def read(self, element: Element, paragraph: Paragraph) -> None:
        """Add all text of a paragraph."""
        self._inside(element, paragraph)
        if self._fields and not self._fields[-1]:
            self._fields.clear()  # an instruction never goes on in the next paragraph

    def _inside(self, parent: Element, paragraph: Paragraph) -> None:
        handlers = self._inline
        for child in parent:
            handler = handlers.get(child.tag)
            if handler is not None:
                handler(child, paragraph)
            elif len(child):
                self._inside(child, paragraph)

    def _skip(self, element: Element, paragraph: Paragraph) -> None:
        return

    def _run(self, run: Element, paragraph: Paragraph) -> None:
        properties = run.find(self._w + "rPr")
        hidden = paragraph.hidden if properties is None else self._is_hidden(properties, paragraph)
        if hidden:
            self._conceal(run, paragraph)
        else:
            self._inside(run, paragraph)

    def _is_hidden(self, properties: Element, paragraph: Paragraph) -> bool:
        w = self._w
        vanish = flag(properties.find(w + "vanish"), w)
        if vanish is None:
            named = properties.find(w + "rStyle")
            vanish = paragraph.hidden or (named is not None and self._styles.hidden(named.get(w + "val")))
        if vanish:
            return True
        if self._suspicious and not self.shaded and not paragraph.shaded:
            colour = properties.find(w + "color")
            if colour is not None and colour.get(w + "val", "").upper() == "FFFFFF":
                return properties.find(w + "shd") is None and properties.find(w + "highlight") is None
        size = properties.find(w + "sz")
        return size is not None and size.get(w + "val") in _TINY

    def _conceal(self, run: Element, paragraph: Paragraph) -> None:
        """Read a hidden run only to report it; fields and page breaks in it still count."""
        shadow = Paragraph()
        self._inside(run, shadow)
        text = "".join(shadow.pieces)
        if MARK in text:
            paragraph.add(MARK)
        text = text.replace(MARK, "")
        if text.strip():
            self._draft.hidden.append(text)

    def _text(self, element: Element, paragraph: Paragraph) -> None:
        if element.text and all(self._fields):
            text = element.text
            if "\n" in text or "\r" in text:
                text = text.replace("\r", " ").replace("\n", " ")
            paragraph.add(text)

    def _break(self, element: Element, paragraph: Paragraph) -> None:
        paragraph.add("\n")

    def _field(self, element: Element, paragraph: Paragraph) -> None:
        """Between begin and separate stands the instruction, after it the result that the reader sees."""
        kind = element.get(self._w + "fldCharType")
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _deletion(self, element: Element, paragraph: Paragraph) -> None:
        self._draft.deleted += 1

    def _insertion(self, element: Element, paragraph: Paragraph) -> None:
        self._draft.inserted += 1
        self._inside(element, paragraph)

    def _comment(self, element: Element, paragraph: Paragraph) -> None:
        self._draft.comments += 1

    def _alternative(self, element: Element, paragraph: Paragraph) -> None:
        chosen = self.choose(element)
        if chosen is not None:
            self._inside(chosen, paragraph)

    def choose(self, element: Element) -> Element | None:
        """One branch of alternative content: reading both would double every text box."""
        for choice in element.iterfind(MC + "Choice"):
            if _UNDERSTOOD.issuperset(choice.get("Requires", "").split()):
                return choice
        return element.find(MC + "Fallback")
