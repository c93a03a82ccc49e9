"""Where a place stands, in the terms of the file the report came in: line of a text, paragraph and page of the rest.

A paragraph is a line of the extracted text that is not blank: the readers put every paragraph and every row of a
table on a line of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

LINED = frozenset(("text", "markdown"))
"""Formats whose lines a reader sees numbered in any editor; all others have paragraphs."""
_PAGED = frozenset(("pdf", "ofd"))
"""Formats that always have pages, if only one."""


def paragraph_at(text: str, container: str, position: int) -> int | None:
    """1-based paragraph of an original position, None where lines are counted; 1 before the first paragraph."""
    if container in LINED:
        return None
    return max(1, bisect_right(_starts(text), position))


def page_at(pages: tuple[int, ...], container: str, position: int) -> int | None:
    """1-based page; ``pages`` are the positions at which pages 2, 3, … begin. None where no pages are known."""
    return bisect_right(pages, position) + 1 if pages or container in _PAGED else None


def place_words(line: int | None, paragraph: int | None, page: int | None) -> str:
    """第12行, 第12段 or 第12段（第3页）: the one wording of a place; empty where there is none."""
    if paragraph is None:
        return f"第{line}行" if line else ""
    return f"第{paragraph}段" + (f"（第{page}页）" if page else "")


@lru_cache(maxsize=2)
def _starts(text: str) -> tuple[int, ...]:
    """Positions at which the lines begin that are not blank."""
    starts: list[int] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            starts.append(at)
        at += len(line) + 1
    return tuple(starts)
