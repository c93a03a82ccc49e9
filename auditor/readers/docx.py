"""Word documents (.docx and kin): the text in reading order, as it stands when every revision is accepted."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from auditor.readers.archive import Archive
from auditor.readers.docx_styles import Numbering, Styles, flag, number_reference
from auditor.readers.extracted import Extracted, Refused, tidy
from auditor.readers.limits import MAX_TEXT
from auditor.readers.xml import check_depth, local, parse

_MARK = "\x00"
"""Stands where a page begins until the positions are counted; cannot occur in XML."""
_BLANK = _MARK + " \t\n\u3000\xa0"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MATH_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/math}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_UNDERSTOOD = frozenset(("wps", "wpg", "wpc", "wpi", "w14", "w15", "w16", "wp14", "a14", "wne", "cx", "v"))
_CONTENTS = re.compile(rb'"toc ', re.I)
"""Beginning of the names of the styles of a table of contents."""
_MAX_CELL = 60
"""A row whose cells are all shorter stands on one line."""
_TINY = frozenset("1234")
"""Font sizes in half-points that nobody can read."""


def read_docx(data: bytes) -> Extracted:
    """Text of a Word document. Raises Refused."""
    with Archive(data) as archive:
        main = _main_part(archive)
        raw = archive.read(main)
        root = parse(raw)
        check_depth(root)
        folder = posixpath.dirname(main)
        related = _relations(archive, main)

        def part(kind: str) -> bytes:
            name = related.get(kind, f"{folder}/{kind}.xml" if folder else f"{kind}.xml")
            return archive.read(name) if name in archive else b""

        w = root.tag.rpartition("}")[0] + "}"
        body = root.find(w + "body")
        if local(root.tag) != "document" or body is None:
            raise Refused("这份 Word 文档里没有正文，可能已损坏，请用 Word 或 WPS 重新保存后再试。")
        # Most of a file's XML is styles that nothing refers to: parse them only where they can matter.
        referred = b"pStyle" in raw or b"rStyle" in raw
        defined = part("styles") if referred else b""
        listed = b"numPr" in defined
        styled = listed or b"vanish" in defined or _CONTENTS.search(defined) is not None
        styles = Styles(_tree(defined) if styled else None, w)
        counted = listed or b"numPr" in raw
        numbering = Numbering(_tree(part("numbering")) if counted else None, styles, w)
        notes: dict[str, Element] = {}
        for kind, reference in (("footnotes", b"footnoteReference"), ("endnotes", b"endnoteReference")):
            found = _tree(part(kind)) if reference in raw else None
            for note in found if found is not None else ():
                if note.get(w + "type", "normal") == "normal":
                    notes[kind[:-5] + note.get(w + "id", "")] = note
        walker = Walker(w, styles, numbering, notes, suspicious=b"FFFFFF" in raw or b"ffffff" in raw)
        lines = _bounded(walker.blocks(body))
    text, pages = _positions(lines)
    pictures = any(n.startswith(f"{folder}/media/") for n in archive.names())
    if pictures and len(text.strip()) < 30:
        raise Refused("这份 Word 文档里只有图片没有文字（可能是扫描件），无法判断，请提供文字版。")
    return Extracted(text, "docx", None, walker.warnings(), pages)


def _bounded(lines: Iterator[str]) -> list[str]:
    """All lines, or a refusal as soon as they are too many."""
    found: list[str] = []
    length = 0
    for line in lines:
        length += len(line)
        if length > MAX_TEXT:
            raise Refused(f"这份 Word 文档的文字超过 {MAX_TEXT} 个字符，请只保留报告正文后再试。")
        found.append(line)
    return found


def _tree(content: bytes) -> Element | None:
    if not content:
        return None
    root = parse(content)
    check_depth(root)
    return root


def _main_part(archive: Archive) -> str:
    try:
        for item in parse(archive.read("_rels/.rels")):
            if item.get("Type", "").endswith("/officeDocument"):
                name = posixpath.normpath(item.get("Target", "").lstrip("/"))
                if name in archive:
                    return name
    except KeyError:
        pass
    if "word/document.xml" in archive:
        return "word/document.xml"
    raise Refused("这份 Word 文档里没有正文，可能已损坏，请用 Word 或 WPS 重新保存后再试。")


def _relations(archive: Archive, main: str) -> dict[str, str]:
    """Last word of the relation's type to part name; external targets never."""
    folder, name = posixpath.split(main)
    try:
        root = parse(archive.read(posixpath.join(folder, "_rels", name + ".rels")))
    except KeyError:
        return {}
    found: dict[str, str] = {}
    for item in root:
        if item.get("TargetMode") == "External":
            continue
        target = item.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        found.setdefault(item.get("Type", "").rpartition("/")[2], posixpath.normpath(path))
    return found


def _positions(lines: list[str]) -> tuple[str, tuple[int, ...]]:
    marked = tidy("".join(line + "\n" for line in lines))
    if _MARK not in marked:
        return marked, ()
    pages: list[int] = []
    parts = marked.split(_MARK)
    length = len(parts[0])
    for piece in parts[1:]:
        if length > 0 and (not pages or pages[-1] != length):
            pages.append(length)
        length += len(piece)
    return "".join(parts), tuple(pages)


class Walker:
    """Goes through the body once, in document order."""

    def __init__(
        self, w: str, styles: Styles, numbering: Numbering, notes: dict[str, Element], *, suspicious: bool
    ) -> None:
        self._w = w
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._suspicious = suspicious
        self._shaded = 0
        self._noted = 0
        self._fields: list[bool] = []
        self._carried = ""
        self._inserted = self._deleted = self._comments = self._embedded = 0
        self._hidden: list[str] = []
        skip = self._skip
        self._inline: dict[str, Callable[[Element, _Paragraph], None]] = {
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
            w + "lastRenderedPageBreak": lambda e, p: p.add(_MARK),
            w + "fldChar": self._field,
            w + "footnoteReference": lambda e, p: p.notes.append("foot" + e.get(w + "id", "")),
            w + "endnoteReference": lambda e, p: p.notes.append("end" + e.get(w + "id", "")),
            w + "commentReference": self._comment,
            w + "txbxContent": lambda e, p: p.boxes.append(e),
            w + "instrText": skip,
            w + "delText": skip,
            w + "sym": skip,
            _MC + "AlternateContent": self._alternative,
            _MATH + "t": self._text,
            _MATH_STRICT + "t": self._text,
        }

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
                self._embedded += 1
            elif tag == _MC + "AlternateContent":
                chosen = self._choose(child)
                if chosen is not None:
                    yield from self.blocks(chosen)
        if self._carried:  # the mark of the very last paragraph was deleted
            text, self._carried = self._carried, ""
            yield text

    def warnings(self) -> tuple[str, ...]:
        """What the reader of the verdict has to know of the draft."""
        found: list[str] = []
        if self._inserted or self._deleted:
            found.append(
                f"文稿带有未定稿的修订（插入 {self._inserted} 处、删除 {self._deleted} 处），"
                "已按接受全部修订后的文字核查，请定稿后再报送。"
            )
        if self._comments:
            found.append(f"文稿带有 {self._comments} 处批注，批注内容不计入核查。")
        if self._hidden:
            hidden = "".join(self._hidden)
            shown = " ".join(hidden.split())
            shown = shown if len(shown) <= 40 else shown[:40] + "…"
            found.append(
                f"文稿含有看不见的文字 {len(hidden)} 个字符（“{shown}”），不计入核查，请删除或改为正常显示。"
            )
        if self._embedded:
            found.append(f"文稿嵌入了 {self._embedded} 个其他文件，嵌入内容没有读取，请把文字粘贴到正文里。")
        return tuple(found)

    # Paragraphs and tables

    def _paragraph(self, element: Element) -> Iterator[str]:
        w = self._w
        properties = element.find(w + "pPr")
        style: str | None = self._styles.default
        joined = False
        num: str | None = None
        level: int | None = None
        paragraph = _Paragraph()
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
        self._inside(element, paragraph)
        if self._fields and not self._fields[-1]:
            self._fields.clear()  # an instruction never goes on in the next paragraph
        text = self._carried + "".join(paragraph.pieces)
        self._carried = ""
        if joined:
            self._deleted += 1
            self._carried = text
            if not (paragraph.boxes or paragraph.notes):
                return
            text = ""
        else:
            label = self._label(style, num, level)
            if label and text.strip(_BLANK):
                page = _MARK if text.startswith(_MARK) else ""
                text = page + label + text.lstrip(_MARK + " \t\u3000")
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

    def _attached(self, paragraph: _Paragraph) -> Iterator[str]:
        """Text boxes and notes anchored in a paragraph, directly below it."""
        for box in paragraph.boxes:
            self._shaded += 1  # white on a filled shape is common
            yield from (line for line in self.blocks(box) if line.strip())
            self._shaded -= 1
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
                self._deleted += 1
                continue
            cells: list[list[str]] = []
            for cell in self._children(row, "tc"):
                own = cell.find(w + "tcPr")
                if own is not None and own.find(w + "cellDel") is not None:
                    self._deleted += 1
                    continue
                self._shaded += 1  # header cells are often white on colour
                cells.append([line for line in self.blocks(cell) if line.strip(_BLANK)])
                self._shaded -= 1
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

    # Inside a paragraph

    def _inside(self, parent: Element, paragraph: _Paragraph) -> None:
        handlers = self._inline
        for child in parent:
            handler = handlers.get(child.tag)
            if handler is not None:
                handler(child, paragraph)
            elif len(child):
                self._inside(child, paragraph)

    def _skip(self, element: Element, paragraph: _Paragraph) -> None:
        return

    def _run(self, run: Element, paragraph: _Paragraph) -> None:
        properties = run.find(self._w + "rPr")
        hidden = paragraph.hidden if properties is None else self._is_hidden(properties, paragraph)
        if hidden:
            self._conceal(run, paragraph)
        else:
            self._inside(run, paragraph)

    def _is_hidden(self, properties: Element, paragraph: _Paragraph) -> bool:
        w = self._w
        vanish = flag(properties.find(w + "vanish"), w)
        if vanish is None:
            named = properties.find(w + "rStyle")
            vanish = paragraph.hidden or (named is not None and self._styles.hidden(named.get(w + "val")))
        if vanish:
            return True
        if self._suspicious and not self._shaded and not paragraph.shaded:
            colour = properties.find(w + "color")
            if colour is not None and colour.get(w + "val", "").upper() == "FFFFFF":
                return properties.find(w + "shd") is None and properties.find(w + "highlight") is None
        size = properties.find(w + "sz")
        return size is not None and size.get(w + "val") in _TINY

    def _conceal(self, run: Element, paragraph: _Paragraph) -> None:
        """Read a hidden run only to report it; fields and page breaks in it still count."""
        shadow = _Paragraph()
        self._inside(run, shadow)
        text = "".join(shadow.pieces)
        if _MARK in text:
            paragraph.add(_MARK)
        text = text.replace(_MARK, "")
        if text.strip():
            self._hidden.append(text)

    def _text(self, element: Element, paragraph: _Paragraph) -> None:
        if element.text and all(self._fields):
            text = element.text
            if "\n" in text or "\r" in text:
                text = text.replace("\r", " ").replace("\n", " ")
            paragraph.add(text)

    def _break(self, element: Element, paragraph: _Paragraph) -> None:
        paragraph.add("\n")

    def _field(self, element: Element, paragraph: _Paragraph) -> None:
        """Between begin and separate stands the instruction, after it the result that the reader sees."""
        kind = element.get(self._w + "fldCharType")
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _deletion(self, element: Element, paragraph: _Paragraph) -> None:
        self._deleted += 1

    def _insertion(self, element: Element, paragraph: _Paragraph) -> None:
        self._inserted += 1
        self._inside(element, paragraph)

    def _comment(self, element: Element, paragraph: _Paragraph) -> None:
        self._comments += 1

    def _alternative(self, element: Element, paragraph: _Paragraph) -> None:
        chosen = self._choose(element)
        if chosen is not None:
            self._inside(chosen, paragraph)

    def _choose(self, element: Element) -> Element | None:
        """One branch of alternative content: reading both would double every text box."""
        for choice in element.iterfind(_MC + "Choice"):
            if _UNDERSTOOD.issuperset(choice.get("Requires", "").split()):
                return choice
        return element.find(_MC + "Fallback")


class _Paragraph:
    """What is collected while a paragraph is read."""

    __slots__ = ("add", "boxes", "hidden", "notes", "pieces", "shaded")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.boxes: list[Element] = []
        self.notes: list[str] = []
        self.hidden = False
        self.shaded = False
        self.add = self.pieces.append


def row_lines(cells: list[list[str]]) -> Iterator[str]:
    """A table row: on one line when every cell is short, otherwise cell after cell."""
    filled = [cell for cell in cells if cell]
    if all(len(cell) == 1 and len(cell[0]) <= _MAX_CELL for cell in filled):
        if filled:
            yield "\t".join(cell[0].strip(" \u3000") for cell in filled)
    else:
        for cell in filled:
            yield from cell
