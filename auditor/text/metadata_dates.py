"""Dates of a report: of its signature, of the index block, and of its publication."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import zip_longest

from msgspec import Struct

from auditor.regex import regex
from auditor.text import furniture, head
from auditor.text.fold import fold, widths
from auditor.text.normalise import Layout
from auditor.text.signature import (
    DAMAGED_DATE,
    chinese_number,
    chinese_year,
    is_date_line,
    is_unit_line,
    letter_end,
)

_ZERO = "〇○零OoО0"
_S = r"[ \t\u3000\xa0\u200b]*"
_BREAK = regex(r"[^\S\n]*\n\s*")
_CN = rf"[一二三四五六七八九十廿卅元{_ZERO}]"
_DATE = regex(
    rf"(?P<y>(?:19|20){_S}[0-9]{_S}[0-9]|二[{_ZERO}]{{1}}[一二三四五六七八九{_ZERO}]{{2}}){_S}(?P<sep>年|[-./]){_S}"
    rf"(?P<m>[0-9]{{1,2}}|[0-9]{_S}[0-9]|{_CN}{{1,3}}){_S}(?:月|[-./]){_S}"
    rf"(?P<d>[0-9]{_S}[0-9](?![0-9]?：)|[0-9]{{1,2}}|{_CN}{{1,4}}){_S}(?:日|号)?"
)
_WRITTEN = ("公文生成日期", "成文日期", "成文时间", "生成日期", "印发日期", "发文日期")
_PUBLISHED = ("发布日期", "发布时间", "公开日期", "公开时间", "更新时间", "时间", "日期")
_DATE_END = regex(r"月[0-9一二三四五六七八九十廿卅]{1,3}日$")
_NET = regex(r"20[0-9]{2}[-/][0-9]{1,2}[-/][0-9]{1,2}")
_HEAD = 5
"""Paragraphs in which a date under the title is looked for."""
_LONGEST = 400
"""Characters of a block of furniture that may hold a date."""


class Found(Struct, frozen=True):
    """A date with its original span."""

    iso: str
    span: tuple[int, int]


class Tail(Struct, frozen=True):
    """Unit and date of the signature, which may stand under the title instead."""

    issuer: str | None
    written: Found | None
    stamped: Found | None
    """A date such as 2024-02-21 under the title, which pages print and letters do not."""


class Raw:
    """Original characters of a block, widths folded, white space kept, line breaks gone."""

    __slots__ = ("_positions", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        piece = text[start:end]
        pieces: list[str] = []
        self._positions: list[int] = []
        at = 0
        for m in _BREAK.finditer(piece):
            pieces.append(piece[at : m.start()])
            self._positions.extend(range(start + at, start + m.start()))
            at = m.end()
        pieces.append(piece[at:])
        self._positions.extend(range(start + at, end))
        self.text = widths("".join(pieces))

    def found(self, m: re.Match[str]) -> Found | None:
        """The date of a match with its original span."""
        iso = _iso(m)
        if iso is None:
            return None
        end = len(m.group().rstrip()) + m.start()
        return Found(iso, self.span(m.start(), end))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Original span of a part of the text, not empty."""
        return self._positions[start], self._positions[end - 1] + 1


def index_lines(text: str, layout: Layout) -> list[Raw]:
    """The furniture that may hold entries of an index, a label on a line of its own together with the line below."""
    blocks = [b for b in layout.furniture if len(b.text) <= _LONGEST]
    lines: list[Raw] = []
    for block, below in zip_longest(blocks, blocks[1:]):
        last = below if below is not None and furniture.is_bare_label(block.text) else block
        lines.append(Raw(text, block.offsets[0], last.offsets[-1] + 1))
    return lines


def read_tail(text: str, layout: Layout, paragraphs: Sequence[str]) -> Tail:
    """Unit and date of the signature, looked for in the last paragraphs of the letter and under the title."""
    paragraphs = paragraphs[: letter_end(paragraphs)]
    issuer: str | None = None
    written: Found | None = None
    stamped: Found | None = None
    printed: Found | None = None
    ends: list[tuple[int, int]] = []
    at = 0
    for p in paragraphs:
        ends.append((at, at + len(p)))
        at += len(p) + 1
    body = next((i for i, p in enumerate(paragraphs) if head.is_body(p)), 0)
    last = max(0, len(paragraphs) - 8)
    order = [*range(len(paragraphs) - 1, last - 1, -1), *range(min(_HEAD, last))]
    for i in order:
        p = paragraphs[i]
        if len(p) > 70:
            continue
        a, b = ends[i]
        line = Raw(text, *layout.norm.original(a, b))
        found, before = _first_date(line)
        if found is None and is_date_line(p) and (damaged := DAMAGED_DATE.fullmatch(fold(line.text))):
            iso = _iso(damaged)
            found, before = (Found(iso, layout.norm.original(a, b)), "") if iso else (None, line.text)
        rest = fold(before) if found else p
        if found and p.endswith("印发"):
            # The imprint below the last line says who printed the paper and when, not who signed it.
            printed = printed or found
            continue
        if found and i < body and _NET.fullmatch(p):
            stamped = stamped or found
        elif found and written is None and (is_date_line(p) or is_unit_line(rest) or rest in ("", "（")):
            written = found
        dated = found is not None or (i + 1 < len(paragraphs) and is_date_line(paragraphs[i + 1]))
        if issuer is None and is_unit_line(rest) and (i >= 3 or dated or (i and i + 2 == len(paragraphs))):
            issuer = rest.removesuffix("（章）").removesuffix("（盖章）").removesuffix("（公章）")
    return Tail(issuer, written or printed or _run_on(text, layout, paragraphs), stamped)


def _run_on(text: str, layout: Layout, paragraphs: Sequence[str]) -> Found | None:
    """The date with which a text ends that has lost the line ends before its signature."""
    if not paragraphs or not _DATE_END.search(paragraphs[-1][-12:]):
        return None
    end = sum(map(len, paragraphs)) + len(paragraphs) - 1
    line = Raw(text, *layout.norm.original(max(end - len(paragraphs[-1]), end - 24), end))
    dates = [m for m in _DATE.finditer(line.text) if m.end() == len(line.text.rstrip())]
    return line.found(dates[-1]) if dates else None


def index_written(lines: Sequence[Raw]) -> Found | None:
    """Date of writing that the index block states."""
    return _labelled(lines, _WRITTEN) or _damaged_label(lines, written=True)


def read_published(text: str, layout: Layout, lines: Sequence[Raw], tail: Tail) -> Found | None:
    """Date of publication: labelled, else the bare stamp that a page prints above the text."""
    return (
        _labelled(lines, _PUBLISHED)
        or _damaged_label(lines, written=False)
        or _stamped(text, layout)
        or tail.stamped
    )


def _first_date(line: Raw) -> tuple[Found | None, str]:
    """The first valid date, and the text before it."""
    for m in _DATE.finditer(line.text):
        found = line.found(m)
        if found:
            return found, line.text[: m.start()]
    return None, line.text


def _iso(m: re.Match[str]) -> str | None:
    year = chinese_year(regex(r"\s").sub("", m.group("y")))
    month = chinese_number(regex(r"\s").sub("", m.group("m")))
    day = chinese_number(regex(r"\s").sub("", m.group("d")))
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _labelled(lines: Sequence[Raw], labels: tuple[str, ...]) -> Found | None:
    """The first date behind one of the labels; earlier labels win."""
    for label in labels:
        pattern = furniture.label_pattern(label)
        for line in lines:
            for m in pattern.finditer(line.text):
                before = line.text[: m.start()]
                if len(label) == 2 and before and "\u4e00" <= before[-1] <= "\u9fff":
                    continue  # 时间 as the end of another label, such as 废止时间
                stated = _DATE.match(line.text, m.end())
                found = line.found(stated) if stated else None
                if found:
                    return found
    return None


def _damaged_label(lines: Sequence[Raw], *, written: bool) -> Found | None:
    """A date in the furniture whose label is not one of the known ones by a character or two."""
    for line in lines:
        for m in _DATE.finditer(line.text):
            label = fold(line.text[max(0, m.start() - 12) : m.start()])
            if not label.endswith("：") or not regex("[日期时间]").search(label[-4:]):
                continue
            if (regex("生成|成文|公文|印发").search(label) is not None) == written and not regex(
                "废止|失效|生效|实施"
            ).search(label):
                found = line.found(m)
                if found:
                    return found
    return None


def _stamped(text: str, layout: Layout) -> Found | None:
    """The date of a stamp without a label, such as 2024-02-21 09:37, above the running text."""
    limit = next(
        (
            layout.norm.offsets[m.start()]
            for m in regex(r"[^\n]+").finditer(layout.norm.text)
            if head.is_body(m.group())
        ),
        layout.norm.offsets[-1],
    )
    for block in layout.furniture:
        if block.offsets[0] < limit and furniture.is_stamp(block.text):
            found, _ = _first_date(Raw(text, block.offsets[0], block.offsets[-1] + 1))
            if found:
                return found
    return None
