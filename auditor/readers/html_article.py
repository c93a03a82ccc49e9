"""The article of a web page: where the running text stands, with the title, index block and signature around it."""

from __future__ import annotations

import re

from auditor.readers.html_lines import Line, Page
from auditor.text import furniture, head
from auditor.text.fold import fold
from auditor.text.signature import is_signature

_PROSE = re.compile(r"[，。；]")
_INDEX = re.compile(r"索引号|文号|发布|发文|公开|日期|时间|来源|成文|印发|有效|主题|机构|机关|名称|标题")
_SHARE = 0.95
"""Part of all running text that the article holds at least. High, because a lost paragraph is worse than a stray one."""
_CONTAINERS = frozenset(
    ("article", "body", "center", "div", "fieldset", "form", "main", "section", "table", "tbody", "td", "tr")
)
_LOOK_BACK = 150
_LOOK_AHEAD = 8


def article(page: Page) -> tuple[list[str], int, int]:
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


def prose_of(lines: list[str]) -> int:
    """Characters of the lines that hold sentences."""
    return sum(len(line) for line in lines if _PROSE.search(line))


def _is_navigation(line: Line) -> bool:
    """Whether a line is nothing but links."""
    return 5 * line.links > 4 * len(line.text) and not head.is_title(fold(line.text))


def _belongs(line: Line) -> bool:
    """Whether a line above the article is its title or part of its index block."""
    text = fold(line.text)
    if not text or 2 * line.links > len(line.text):
        return False
    if head.is_title(text) or furniture.is_document_number(text):
        return True
    return len(text) <= 160 and _INDEX.search(text) is not None and furniture.is_furniture(text)
