"""Web pages as lines: the events of the parser are cut into lines of text, no tree is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field

from auditor.readers.numerals import written
from auditor.readers.rows import row_lines
from auditor.text.fold import fold

_DROPPED = frozenset(
    re.findall(
        r"\S+",
        "script style template noscript iframe svg object embed select option textarea button input nav footer"
        " aside canvas audio video map del rt rp datalist dialog",
    )
)
_BLOCKS = frozenset(
    re.findall(
        r"\S+",
        "address article blockquote body center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6"
        " header hr li main ol p pre section summary table tbody td tfoot th thead tr ul caption legend",
    )
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt|;|$)", re.I
)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|wps|ofd|zip|rar)(?:[?#]|$)", re.I)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BARE_LABEL = re.compile(
    r"(?:信息)?索引号|(?:备注/)?文号|发文字号|发文机关|发文机构|发布机构|发布机关|发布单位|(?:发布|公开|生成|成文|印发|发文|公文生成)(?:日期|时间)"
    r"|主题分类|主题词|关键词|有效性|名称|标题|信息来源|来源|信息名称|体裁分类|效力状态|内容概述"
)


class Line(Struct):
    text: str
    links: int
    """Characters of it that stand in links."""
    element: int
    """Index of the block element around it, in document order."""


class Page(Struct):
    lines: list[Line] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    hidden: list[tuple[str, int]] = field(default_factory=list)
    """Text that is not shown, and the block element around it."""
    pictures: list[int] = field(default_factory=list)
    """Block elements around pictures."""
    attached: bool = False
    """Whether the page links to documents."""


class Reader:
    """Takes the events of the parser and cuts the page into lines; keeps no tree."""

    def __init__(self) -> None:
        self.page = Page()
        self.meta: dict[str, str] = {}
        self.title = ""
        self._in_title = False
        self._skipped = 0
        self._unseen: list[str] | None = None
        self._pieces: list[str] = []
        self._links = 0
        self._in_link = 0
        self._raw = 0
        self._elements: list[int] = []
        self._rows: list[list[list[str]]] = []
        self._marks: list[int] = []
        self._row_links: list[int] = []
        self._counters: list[tuple[str, int] | None] = []
        self._prefix = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._skipped:
            self._skipped += 1
            return
        if tag == "br":
            self._pieces.append("\n")
        elif tag == "meta":
            self._note_meta(attributes)
        elif tag == "title":
            self._in_title = True
        elif tag in _DROPPED:
            self._skipped = 1
        elif attributes and self._is_hidden(attributes):
            self._skipped = 1
            self._unseen = []
        elif tag == "a":
            self._in_link += 1
            self.page.attached |= _DOCUMENT.search(attributes.get("href") or "") is not None
        elif tag == "img":
            self.page.pictures.append(self._elements[-1] if self._elements else 0)
        elif tag in _BLOCKS:
            self._open(tag, attributes)

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
            if not self._skipped and self._unseen is not None:
                text = _SPACES.sub("", "".join(self._unseen))
                if text:
                    self.page.hidden.append((text, self._elements[-1] if self._elements else 0))
                self._unseen = None
        elif tag == "a":
            self._in_link -= 1
        elif tag == "title":
            self._in_title = False
        elif tag in _BLOCKS:
            self._leave(tag)

    def data(self, text: str) -> None:
        if self._skipped:
            if self._unseen is not None:
                self._unseen.append(text)
        elif self._in_title:
            self.title += text[:500] if len(self.title) < 500 else ""
        else:
            if not self._raw:
                text = _SPACES.sub(" ", text)
            self._pieces.append(text)
            if self._in_link:
                self._links += len(text)

    def comment(self, text: str) -> None:
        return

    def close(self) -> Reader:
        self._flush()
        return self

    def _is_hidden(self, attributes: Mapping[str, str]) -> bool:
        style = attributes.get("style")
        return "hidden" in attributes or (style is not None and _HIDDEN.search(style) is not None)

    def _note_meta(self, attributes: Mapping[str, str]) -> None:
        name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        content = (attributes.get("content") or "").strip()
        if name and content and len(content) <= 200:
            self.meta.setdefault(name, " ".join(content.split()))

    def _open(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._flush()
        page = self.page
        page.parents.append(self._elements[-1] if self._elements else -1)
        page.tags.append(tag)
        self._elements.append(len(page.parents) - 1)
        if tag == "pre":
            self._raw += 1
        elif tag == "tr":
            self._rows.append([])
            self._marks.append(len(page.lines))
        elif tag in ("td", "th") and self._rows:
            self._marks[-1] = len(page.lines)
        elif tag == "ol":
            self._counters.append(_list_style(attributes))
        elif tag == "ul":
            self._counters.append(None)
        elif tag == "li" and self._counters:
            counter = self._counters[-1]
            if counter is not None:
                style, number = counter
                self._counters[-1] = (style, number + 1)
                chinese = style == "chineseCounting"
                self._prefix = written(number, style) + ("、" if chinese else ".")

    def _leave(self, tag: str) -> None:
        if not self._elements:
            return
        self._flush()
        page = self.page
        if tag == "pre":
            self._raw -= 1
        elif tag in ("ol", "ul") and self._counters:
            self._counters.pop()
        elif tag in ("td", "th") and self._rows:
            start = self._marks[-1]
            cell = page.lines[start:]
            # The cells of a row are put on lines when the row ends; a cell of many lines is a layout table.
            if len(cell) <= 1 and (not cell or len(cell[0].text) <= 60):
                del page.lines[start:]
                self._rows[-1].append([line.text.strip() for line in cell])
                self._row_links.append(sum(line.links for line in cell))
            else:
                self._empty_row()
        elif tag == "tr" and self._rows:
            self._empty_row()
            self._rows.pop()
            self._marks.pop()
        self._elements.pop()

    def _empty_row(self) -> None:
        """Put the short cells collected so far on a line of their own."""
        cells = self._rows[-1]
        page = self.page
        if any(cells):
            links = sum(self._row_links)
            made = [Line(text, links, self._elements[-1]) for text in row_lines(_labelled(cells))]
            # A long cell already stands in the page: the short ones before it come first.
            at = self._marks[-1] if self._marks[-1] <= len(page.lines) else len(page.lines)
            page.lines[at:at] = made
        cells.clear()
        self._row_links.clear()
        self._marks[-1] = len(page.lines)

    def _flush(self) -> None:
        """Close the line that is being collected."""
        if not self._pieces:
            return
        text = "".join(self._pieces)
        links, self._links = self._links, 0
        self._pieces.clear()
        element = self._elements[-1] if self._elements else 0
        for part in text.split("\n"):
            line = part.strip(" \t\r\f") if not self._raw else part.rstrip()
            if line.strip("\u3000\xa0\u200b \t"):
                self.page.lines.append(Line(self._prefix + line, min(links, len(line)), element))
                self._prefix = ""


def _labelled(cells: list[list[str]]) -> list[list[str]]:
    """Index tables often hold bare labels: 索引号 | X becomes 索引号： | X."""
    out: list[list[str]] = []
    for i, cell in enumerate(cells):
        text = cell[0] if cell else ""
        if i + 1 < len(cells) and len(text) <= 16 and _BARE_LABEL.fullmatch(fold(text)):
            out.append([text + "："])
        else:
            out.append(cell)
    return out


def _list_style(attributes: Mapping[str, str]) -> tuple[str, int] | None:
    style = (attributes.get("style") or "").lower()
    if "none" in style and "list-style" in style:
        return None
    kinds = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
    kind = kinds.get(attributes.get("type") or "", "decimal")
    if re.search(r"cjk-ideographic|chinese|japanese", style):
        kind = "chineseCounting"
    start = attributes.get("start") or "1"
    return kind, int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
