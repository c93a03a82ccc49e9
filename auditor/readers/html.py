"""Web pages saved from government sites: the article and its index block, without the page around it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.readers.docx import row_lines
from auditor.readers.extracted import Extracted, Refused
from auditor.readers.isolate import read_isolated
from auditor.readers.limits import MAX_PART, MIB
from auditor.readers.numerals import written
from auditor.text import furniture, head
from auditor.text.fold import fold
from auditor.text.signature import is_signature

MISSING = (
    "没有安装读取网页所需的组件，请运行 pip install 'fazhi-auditor[formats]' 后再试，或把正文另存为文本文件。"
)
_EMPTY = "网页里没有正文（报告可能是图片或附件），无法判断，请打开附件或另存文字版后再试。"

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
_SPACES = re.compile(r"[ \t\r\n\f]+")
_PROSE = re.compile(r"[，。；]")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.I)
_SPLIT_TITLE = re.compile(r"\s*[-_|–—\u3000]+\s*")
_INDEX = re.compile(r"索引号|文号|发布|发文|公开|日期|时间|来源|成文|印发|有效|主题|机构|机关|名称|标题")
_BARE_LABEL = re.compile(
    r"(?:信息)?索引号|(?:备注/)?文号|发文字号|发文机关|发文机构|发布机构|发布机关|发布单位|(?:发布|公开|生成|成文|印发|发文|公文生成)(?:日期|时间)"
    r"|主题分类|主题词|关键词|有效性|名称|标题|信息来源|来源|信息名称|体裁分类|效力状态|内容概述"
)
_DATE = re.compile(r"(20[0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})")
_FACTS = (
    ("发布日期", ("pubdate", "publishdate", "pub_date", "publish_date", "publishtime", "article:published_time", "dcterms.issued", "dc.date.issued"),
     re.compile(r"(?:发布|公开)(?:日期|时间)|(?<![\u4e00-\u9fff])(?:日期|时间)")),
    ("索引号", ("indexnumber", "index_number", "indexno", "syh", "suoyinhao", "索引号"), re.compile("索引号")),
    ("文号", ("filenumber", "file_number", "documentnumber", "docno", "wh", "wenhao", "文号", "发文字号"), re.compile("文号|发文字号")),
    ("来源", ("contentsource", "source"), re.compile("来源")),
)  # fmt: skip
_SHARE = 0.95
"""Part of all running text that the article holds at least. High, because a lost paragraph is worse than a stray one."""
_CONTAINERS = frozenset(
    ("article", "body", "center", "div", "fieldset", "form", "main", "section", "table", "tbody", "td", "tr")
)
_LOOK_BACK = 150
_LOOK_AHEAD = 8
_PLAIN_TAGS = 20_000
_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{4000}")


@dataclass(slots=True)
class _Line:
    text: str
    links: int
    """Characters of it that stand in links."""
    element: int
    """Index of the block element around it, in document order."""


@dataclass(slots=True)
class _Page:
    lines: list[_Line] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    hidden: list[tuple[str, int]] = field(default_factory=list)


def read_html(data: bytes, charset: str | None = None) -> Extracted:
    """The article of a web page. ``charset`` is what the transport said. Raises Refused."""
    if len(data) > MAX_PART:
        raise Refused(f"网页文件超过 {MAX_PART // MIB} MiB，不像是一份年度报告，请只保存正文后再试。")
    # Thousands of attributes or tags are slow to parse: such pages go to a child process.
    if data.count(b"<") <= _PLAIN_TAGS and _LONG_TAG.search(data) is None:
        return read_here(data, charset)
    return read_isolated("html", data, *([charset] if charset else []))


def read_here(data: bytes, charset: str | None) -> Extracted:
    """`read_html` in this process."""
    try:
        from lxml import etree
    except ImportError as error:
        raise Refused(MISSING) from error
    markup, encoding, warnings = decode_html(data, charset)
    parser = etree.HTMLParser(target=_Reader(), no_network=True)
    try:
        parser.feed(markup)
        seen: _Reader = parser.close()
    except etree.LxmlError as error:
        raise Refused(_EMPTY) from error
    page = seen.page
    lines, first, last = _article(page)
    if sum(len(line) for line in lines) < 30:
        raise Refused(_EMPTY)
    text = "\n".join(lines) + "\n"
    hidden = "".join(h for h, element in page.hidden if first <= element < last)
    if hidden:
        shown = hidden if len(hidden) <= 40 else hidden[:40] + "…"
        warnings += (f"网页正文含有不显示的文字 {len(hidden)} 个字符（“{shown}”），不计入核查。",)
    title, facts = _meta(seen, lines[:40])
    return Extracted((title + "\n" if title else "") + text, "html", encoding, warnings, facts=facts)


def decode_html(data: bytes, charset: str | None) -> tuple[str, str, tuple[str, ...]]:
    """Markup, encoding and warnings. Never fails: what cannot be decoded becomes U+FFFD for the quality gate."""
    for bom, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):  # fmt: skip
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace"), name, ()
    declared = _CHARSET.search(data[:8192])
    names = [charset, declared.group(1).decode("ascii") if declared else None]
    known = [n for n in map(_codec, names) if n is not None]
    for name in ("utf-8", *known, "gb18030"):
        try:
            return data.decode(name), name, ()
        except (UnicodeDecodeError, LookupError):
            continue
    name = known[0] if known else "gb18030"
    return data.decode(name, "replace"), name, ("网页里有几处字符与它声明的编码不符，请核对引文。",)


def _codec(name: str | None) -> str | None:
    """Canonical name of a text encoding; gb2312 and gbk are read as gb18030."""
    if name is None:
        return None
    lower = name.lower()
    if lower in ("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936"):
        return "gb18030"
    try:
        found = codecs.lookup(lower)
    except (LookupError, ValueError):
        # A name with a zero byte is no ordinary unknown name to Python.
        return None
    return found.name if found.name.startswith(("utf", "gb", "big5", "iso8859", "cp125", "ascii")) else None


class _Reader:
    """Takes the events of the parser and cuts the page into lines; keeps no tree."""

    def __init__(self) -> None:
        self.page = _Page()
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

    def close(self) -> _Reader:
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
            made = [_Line(text, links, self._elements[-1]) for text in row_lines(_labelled(cells))]
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
                self.page.lines.append(_Line(self._prefix + line, min(links, len(line)), element))
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
    return kind, int(start) if start.isdigit() and len(start) < 6 else 1


def _article(page: _Page) -> tuple[list[str], int, int]:
    """Lines of the article with its title, index block and signature; first and last element of the article."""
    count = len(page.parents)
    prose = [0] * (count + 1)
    ends = list(range(1, count + 1))
    for line in page.lines:
        if len(line.text) >= 20 and 3 * line.links < len(line.text) and _PROSE.search(line.text):
            prose[line.element] += len(line.text)
    children: list[list[int]] = [[] for _ in range(count)]
    for i in range(count - 1, -1, -1):
        parent = page.parents[i]
        if parent >= 0:
            prose[parent] += prose[i]
            ends[parent] = max(ends[parent], ends[i])
            children[parent].append(i)
    if not count or not prose[0]:
        return [line.text for line in page.lines], 0, count
    at = 0
    while True:
        inner = next(
            (c for c in children[at] if prose[c] >= _SHARE * prose[0] and page.tags[c] in _CONTAINERS), None
        )
        if inner is None:
            break
        at = inner
    first, last = at, ends[at]
    inside = [i for i, line in enumerate(page.lines) if first <= line.element < last]
    begin, end = inside[0], inside[-1] + 1
    lines = [line.text for line in page.lines[max(0, begin - _LOOK_BACK) : begin] if _belongs(line)]
    lines += [page.lines[i].text for i in inside if not _is_navigation(page.lines[i])]
    for line in page.lines[end : end + _LOOK_AHEAD]:
        if line.links or not is_signature(fold(line.text)):
            break
        lines.append(line.text)
    return lines, first, last


def _is_navigation(line: _Line) -> bool:
    """Whether a line is nothing but links."""
    return 5 * line.links > 4 * len(line.text) and not head.is_title(fold(line.text))


def _belongs(line: _Line) -> bool:
    """Whether a line above the article is its title or part of its index block."""
    text = fold(line.text)
    if not text or 2 * line.links > len(line.text):
        return False
    if head.is_title(text) or furniture.is_document_number(text):
        return True
    return len(text) <= 160 and _INDEX.search(text) is not None and furniture.is_furniture(text)


def _meta(seen: _Reader, lines: list[str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A title when the text has none, and what the meta tags say that the text does not."""
    named, whole = seen.meta, seen.title.strip()
    title = ""
    if not any(head.is_title(fold(line)) for line in lines):
        for candidate in (named.get("articletitle", ""), whole, *_SPLIT_TITLE.split(whole[:300])):
            if head.is_title(fold(candidate)):
                title = " ".join(candidate.split())
                break
    facts: list[tuple[str, str]] = []
    shown = "\n".join(fold(line) for line in lines)
    for label, names, stated in _FACTS:
        value = next((named[name] for name in names if name in named), "")
        if label == "发布日期":
            if re.search(rf"(?:{stated.pattern})：?20[0-9]{{2}}", shown):
                continue
            date = _DATE.search(value)
            value = f"{date.group(1)}-{int(date.group(2)):02d}-{int(date.group(3)):02d}" if date else ""
        elif re.search(rf"(?:{stated.pattern})：[^：\n]", shown):
            continue
        if value:
            facts.append((label, value))
    return title, tuple(facts)
