"""Web pages saved from government sites: the article and its index block, without the page around it."""

from __future__ import annotations

import re

from auditor.readers.extracted import Extracted, Refused, tidy
from auditor.readers.html_article import article, prose_of
from auditor.readers.html_decode import decode_html
from auditor.readers.html_lines import Reader
from auditor.readers.html_meta import facts_of
from auditor.readers.isolate import read_isolated
from auditor.readers.limits import MAX_PART, MIB

MISSING = (
    "没有安装读取网页所需的组件，请运行 pip install 'fazhi-auditor[formats]' 后再试，或把正文另存为文本文件。"
)
_EMPTY = "网页里没有正文（报告可能是图片或附件），无法判断，请打开附件或另存文字版后再试。"
_FEW = 60
"""Characters of running text below which the report must be in the pictures or attachments of the page."""
_PLAIN_TAGS = 20_000
_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{4000}")


def read_html(data: bytes, charset: str | None = None) -> Extracted:
    """The article of a web page. ``charset`` is what the transport said. Raises Refused."""
    if len(data) > MAX_PART:
        raise Refused(f"网页文件超过 {MAX_PART // MIB} MiB，不像是一份年度报告，请只保存正文后再试。")
    # Thousands of attributes or tags are slow to parse: such pages go to a child process.
    if data.count(b"<") <= _PLAIN_TAGS and _LONG_TAG.search(data) is None:
        return read_here(data, charset)
    return read_isolated("html", data, *([charset] if charset else []))


def read_here(data: bytes, charset: str | None = None) -> Extracted:
    """`read_html` in this process."""
    try:
        from lxml import etree
    except ImportError as error:
        raise Refused(MISSING) from error
    markup, encoding, warnings = decode_html(data, charset)
    parser = etree.HTMLParser(target=Reader(), no_network=True)
    try:
        parser.feed(markup)
        seen: Reader = parser.close()
    except etree.LxmlError as error:
        raise Refused(_EMPTY) from error
    page = seen.page
    lines, first, last = article(page)
    elsewhere = page.attached or any(first <= element < last for element in page.pictures)
    if sum(map(len, lines)) < 30 or (elsewhere and prose_of(lines) < _FEW):
        raise Refused(_EMPTY)
    text = tidy("\n".join(lines) + "\n")
    hidden = "".join(h for h, element in page.hidden if first <= element < last)
    if hidden:
        shown = hidden if len(hidden) <= 40 else hidden[:40] + "…"
        warnings += (f"网页正文含有不显示的文字 {len(hidden)} 个字符（“{shown}”），不计入核查。",)
    title, facts = facts_of(seen.meta, seen.title.strip(), lines[:40])
    return Extracted((title + "\n" if title else "") + text, "html", encoding, warnings, facts=facts)
