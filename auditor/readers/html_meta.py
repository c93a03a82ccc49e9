"""What the head of a web page says: a title where the article has none, and dates and numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from auditor.text import head
from auditor.text.fold import fold

_SPLIT_TITLE = re.compile(r"\s*[-_|–—\u3000]+\s*")
_DATE = re.compile(r"(20[0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})")
_FACTS = (
    ("发布日期", ("pubdate", "publishdate", "pub_date", "publish_date", "publishtime", "article:published_time", "dcterms.issued", "dc.date.issued"),
     re.compile(r"(?:发布|公开)(?:日期|时间)|(?<![\u4e00-\u9fff])(?:日期|时间)")),
    ("索引号", ("indexnumber", "index_number", "indexno", "syh", "suoyinhao", "索引号"), re.compile("索引号")),
    ("文号", ("filenumber", "file_number", "documentnumber", "docno", "wh", "wenhao", "文号", "发文字号"), re.compile("文号|发文字号")),
    ("来源", ("contentsource", "source"), re.compile("来源")),
)  # fmt: skip


def facts_of(
    named: Mapping[str, str], whole: str, lines: list[str]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A title when the text has none, and what the meta tags say that the text does not.

    ``named``: the meta tags; ``whole``: the title of the page; ``lines``: the first lines of the article.
    """
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
