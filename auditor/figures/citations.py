"""Documents quoted before they existed or after they had lost their force."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from auditor.figures.judge import at
from auditor.figures.tables import Citation
from auditor.model import Finding, Role, Severity
from auditor.text.document import Document

NEAR = 30
_PAST = ("废止", "原来的", "修订前", "清理")


def check_citations(doc: Document, report_year: int | None, table: Sequence[Citation]) -> list[Finding]:
    """Warnings, one for each document and direction; the first place is quoted."""
    if report_year is None:
        return []
    out = []
    for entry in table:
        begins, ends = int(entry.begins[:4]), int(entry.ends[:4]) if entry.ends else None
        if begins <= report_year and (ends is None or ends >= report_year):
            continue
        found = _first(doc, entry, report_year, early=begins > report_year)
        if found:
            out.append(found)
    return out


def _first(doc: Document, entry: Citation, year: int, *, early: bool) -> Finding | None:
    text = doc.norm.text
    for match in _pattern(entry.names).finditer(text):
        around = text[max(0, match.start() - NEAR) : match.end() + NEAR]
        if any(word in around for word in entry.unless) or any(word in around for word in _PAST):
            continue
        if early and _role(doc, match.start()) is Role.PLAN and int(entry.begins[:4]) <= year + 1:
            continue
        if early:
            message = f"{entry.document}{_day(entry.begins)}才有，{year}年度的报告里不会已经依照它办理"
        else:
            message = (
                f"{entry.document}到{_day(entry.ends or '')}为止，{year}年度的报告不应再当作现行文件引用"
            )
            message += f"，现行的是{entry.replaced_by}" if entry.replaced_by else ""
        finding = at(
            doc, match.start(), match.end(), "citation", entry.id, Severity.WARNING, message,
            entry.replaced_by, match[0],
        )  # fmt: skip
        return replace(finding, basis=(entry.basis,))
    return None


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def _role(doc: Document, position: int) -> Role | None:
    low, high = 0, len(doc.sentences)
    while low < high:
        middle = (low + high) // 2
        if doc.sentences[middle].end <= position:
            low = middle + 1
        else:
            high = middle
    return doc.sentences[low].role if low < len(doc.sentences) else None


@lru_cache(maxsize=256)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Names as reports write them: any dash, any bracket, 年 or none. A name in 《》 needs the marks."""
    parts = []
    for name in sorted(names, key=len, reverse=True):
        piece = ""
        for char in name:
            if char in "—-–～":
                piece += r"[—–~～\-－至]{1,2}"
            elif char in "（）":
                piece += r"[（(]?" if char == "（" else r"[）)]?"
            elif char == "年":
                piece += "年?"
            elif char in "“”‘’":
                continue
            else:
                piece += re.escape(char)
        parts.append(piece)
    return re.compile("|".join(parts))
