"""Was the report made and published in time? Compares the dates found with the table of the rule book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from auditor.figures.tables import Deadline
from auditor.model import Finding, Level, Severity
from auditor.text.document import Document


def check_deadlines(
    doc: Document,
    report_year: int | None,
    level: Level | None,
    table: Sequence[Deadline],
    published: str | None,
) -> list[Finding]:
    """Warnings for late dates, notes for unknown ones; a date given by the user wins over one found in the text."""
    meta = doc.metadata
    if report_year is None or level is None:
        if not table:
            return []
        unknown = "报告年度" if report_year is None else "层级"
        return [_plain("unknown", Severity.NOTE, f"没有读出{unknown}，不能核对报告和公开的期限")]
    entry = next(
        (
            d
            for d in table
            if d.first <= report_year and (d.last is None or report_year <= d.last) and level in d.levels
        ),
        None,
    )
    if entry is None:
        return []
    out = []
    shown = published or meta.published_date
    source = "命令行给出的日期" if published else "网页信息里的发布日期"
    if entry.report_by:
        limit = date(report_year + 1, *entry.report_by)
        written = _date(meta.written_date)
        if written is None:
            found = _plain(
                "report-unknown", Severity.NOTE, f"文中没有成文日期，不能核对是否在{_cn(limit)}前报告"
            )
        elif written > limit:
            found = _placed(
                doc, meta.written_span, "report-late", Severity.WARNING,
                f"落款成文日期是{_cn(written)}，晚于向{entry.recipients}报告的期限{_cn(limit)}",
                f"不晚于{limit.isoformat()}", written.isoformat(),
            )  # fmt: skip
        else:
            found = None
        if found:
            out.append(replace(found, basis=(entry.basis,)))
    if entry.publish_by:
        limit = date(report_year + 1, *entry.publish_by)
        day = _date(shown)
        if day is None:
            found = _plain(
                "publish-unknown",
                Severity.NOTE,
                f"没有公开日期，不能核对是否在{_cn(limit)}前公开；可用 --published 日期 补充",
            )
        elif day > limit:
            span = None if published else meta.published_span
            found = _placed(
                doc, span, "publish-late", Severity.WARNING,
                f"公开日期是{_cn(day)}（{source}），晚于期限{_cn(limit)}",
                f"不晚于{limit.isoformat()}", day.isoformat(),
            )  # fmt: skip
        else:
            found = None
        if found:
            out.append(replace(found, basis=(entry.basis,)))
    return out


def _date(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _cn(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _plain(relation: str, severity: Severity, message: str) -> Finding:
    return Finding(f"deadline-{relation}", "deadline", severity, message)


def _placed(
    doc: Document,
    span: tuple[int, int] | None,
    relation: str,
    severity: Severity,
    message: str,
    expected: str,
    stated: str,
) -> Finding:
    finding = Finding(f"deadline-{relation}", "deadline", severity, message, expected=expected, stated=stated)
    if span is None or not 0 <= span[0] < span[1] <= len(doc.text):
        return finding
    return replace(
        finding, quote=doc.text[span[0] : span[1]], start=span[0], end=span[1], line=doc.line(span[0])
    )
