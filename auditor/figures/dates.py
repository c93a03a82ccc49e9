"""Dates of a report: damaged ones, impossible ones, ones that contradict each other, and the deadlines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from auditor.figures.citations import check_citations
from auditor.figures.deadlines import check_deadlines
from auditor.figures.judge import at
from auditor.figures.tables import Citation, Deadline
from auditor.figures.years import check_years
from auditor.model import Finding, Level, Severity
from auditor.regex import regex
from auditor.text.document import Document

_WIDE = tuple(zip("０１２３４５６７８９［］（）－．／", "0123456789[]()-./", strict=True))
_NUMBER = regex(r"[〔\[(](20\d\d)[〕\])][ \u3000]*第?[ \u3000]*(\d{1,4})[ \u3000]*号")
_BROKEN_NUMBER = regex(
    r"(?=[〔\[2])(?:[〔\[](20\d\d)[ \u3000]*(\d{1,4})[ \u3000]*号|(?<![〔\[(\d])(20\d\d)[〕\]](\d{1,4})号|(?<=[字发函办司府政])(20\d\d)(\d{1,4})号)"
)
"""Here and below a first look at one character spares most of the text the rest."""
_CLEAN_DATE = regex(r"(?=2)(?<!\d)(20\d\d)(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})(?!\d)")
_BROKEN_DATE = regex(r"(?m)^[ \t\u3000\xa0]*(20\d\d)年?(\d{1,2})月?(\d{1,2})日?[ \t\u3000\xa0]*$")
_DATE = regex(r"(?=[12])(?<!\d)((?:19|20)\d\d)(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})(?!\d)(日?)")
_MONTH_DAY = regex(r"(?=\d)(?<![\d年])(\d{1,2})月(\d{1,2})日")


def check_dates(
    doc: Document,
    report_year: int | None,
    level: Level | None,
    deadlines: Sequence[Deadline],
    published: str | None,
    citations: Sequence[Citation] = (),
) -> tuple[Finding, ...]:
    """Findings of kinds date, deadline, year and citation. ``published`` is an ISO date given by the user."""
    return (
        *_damaged(doc),
        *_impossible(doc),
        *_order(doc, report_year, published),
        *check_deadlines(doc, report_year, level, deadlines, published),
        *check_years(doc, report_year),
        *check_citations(doc, report_year, citations),
    )


def _damaged(doc: Document) -> list[Finding]:
    """Document numbers and dates that lost a mark, where a clean twin in the report shows what was meant.

    Looks at the original text: heads and signatures stand there that the normalised text leaves out.
    """
    text = _folded(doc.text)
    out: list[Finding] = []
    numbers = {m[1] + m[2]: f"〔{m[1]}〕{m[2]}号" for m in _NUMBER.finditer(text)}
    for match in _BROKEN_NUMBER.finditer(text):
        clean = numbers.get("".join(g for g in match.groups() if g))
        if clean:
            out.append(_original(doc, match.span(), "number-damaged", f"文号“{match[0]}”缺了符号", clean))
    dates: dict[str, str] = {}
    for match in _CLEAN_DATE.finditer(text):
        year, month, day = match[1], int(match[2]), int(match[3])
        if _exists(int(year), month, day):
            for digits in (f"{year}{month}{day}", f"{year}{month:02}{day:02}"):
                dates[digits] = f"{year}年{month}月{day}日"
    for match in _BROKEN_DATE.finditer(text):
        line = match[0].strip(" \t\u3000\xa0")
        clean = dates.get(regex(r"\D").sub("", line))
        if clean and not ("年" in line and "月" in line and "日" in line):
            start = match.start() + match[0].index(line)
            out.append(
                _original(doc, (start, start + len(line)), "date-damaged", f"日期“{line}”缺了年月日", clean)
            )
    return out


def _folded(text: str) -> str:
    """Widths folded one to one, so that positions stay those of the original text."""
    for wide, plain in _WIDE:
        text = text.replace(wide, plain)
    return text


def _original(doc: Document, span: tuple[int, int], relation: str, message: str, clean: str) -> Finding:
    quote = doc.text[span[0] : span[1]]
    return Finding(
        f"date-{relation}", "date", Severity.WARNING, f"{message}，本文别处写作“{clean}”",
        quote, span[0], span[1], doc.line(span[0]), clean, quote,
    )  # fmt: skip


def _impossible(doc: Document) -> list[Finding]:
    out: list[Finding] = []
    text = doc.norm.text
    for match in _DATE.finditer(text):
        if not _exists(int(match[1]), int(match[2]), int(match[3])):
            out.append(_no_such_day(doc, match))
    for match in _MONTH_DAY.finditer(text):
        # 29 February is possible in some year.
        if not _exists(2024, int(match[1]), int(match[2])):
            out.append(_no_such_day(doc, match))
    return out


def _no_such_day(doc: Document, match: re.Match[str]) -> Finding:
    # Version numbers and section numbers look like dates too: only 年月日 is surely one.
    sure = "月" in match[0]
    return at(
        doc, match.start(), match.end(), "date", "impossible", Severity.ERROR if sure else Severity.NOTE,
        f"日历上没有“{match[0]}”这一天", None, match[0],
    )  # fmt: skip


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _order(doc: Document, report_year: int | None, published: str | None) -> list[Finding]:
    """Signature, publication and report year in their natural order."""
    meta = doc.metadata
    shown = published or meta.published_date
    out: list[Finding] = []
    if meta.written_date and shown and shown < meta.written_date:
        out.append(
            _meta(
                doc, meta.written_span, "order", Severity.WARNING,
                f"公开日期{shown}早于成文日期{meta.written_date}", None, meta.written_date,
            )
        )  # fmt: skip
    if report_year is not None and meta.written_date:
        year = int(meta.written_date[:4])
        if meta.written_date < f"{report_year}-11-01" or year > report_year + 2:
            out.append(
                _meta(
                    doc, meta.written_span, "written", Severity.WARNING,
                    f"成文日期{meta.written_date}与报告年度{report_year}年对不上", f"{report_year + 1}年", meta.written_date,
                )
            )  # fmt: skip
    return out


def _meta(
    doc: Document,
    span: tuple[int, int] | None,
    relation: str,
    severity: Severity,
    message: str,
    expected: str | None,
    stated: str | None,
) -> Finding:
    if span is None or not 0 <= span[0] < span[1] <= len(doc.text):
        return Finding(f"date-{relation}", "date", severity, message, expected=expected, stated=stated)
    a, b = span
    return Finding(
        f"date-{relation}", "date", severity, message, doc.text[a:b], a, b, doc.line(a), expected, stated
    )
