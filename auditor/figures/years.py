"""The years of a report: title, headings and text must speak of the same one.

What belongs to another year and is told as this year's is mostly text left over from an older report. Other years
are legitimate in plans and programmes, numbers of documents, comparisons, and beginnings (自2022年以来).
"""

from __future__ import annotations

import re

from auditor.figures.judge import at
from auditor.model import Finding, Role, Severity
from auditor.regex import regex
from auditor.text.document import Document, Kind

_YEAR = regex(r"(?<!\d)(20[0-3]\d)年(?:度)?")
_ADVERB = regex(
    r"(20[0-3]\d)年(?:度)?(?:，|全年|[全我本][县市区镇局省乡州街盟旗]|[县市区镇乡局省州]委|[县市区镇乡局省州](?:人民)?政府|共(?!有)|累计|"
    r"\d{1,2}月(?:\d{1,2}日|份|底|初|中旬|上旬|下旬)?，)"
)
_LEGITIMATE = regex(
    r"以来|至今|同比|相比|对比|[较比与](?:20\d\d年|上年|去年)|上年|去年|往年|上一年|连续|命名|荣获|获评|获得|授予|被评|"
    r"曾|历年|近年|[印颁下]发|出台|施行|修订|规划|纲要|计划|方案|考核|评估|反馈|年度报告|情况(?:的)?报告|基数|起|始|审计|预算|决算|换届|结转|整改|回头看"
)
_TITLE_YEAR = regex(r"(20[0-3]\d)(?:年|－|—)?")

_INTENT = regex(r"将|要|拟|计划|重点|继续|力争|坚持")


def check_years(doc: Document, report_year: int | None) -> list[Finding]:
    """Warnings of kind year; nothing when the report year is unknown."""
    if report_year is None:
        return []
    return [*_title(doc, report_year), *_headings(doc, report_year), *_stale(doc, report_year)]


def _title(doc: Document, report_year: int) -> list[Finding]:
    title, span = doc.metadata.title, doc.metadata.title_span
    if not title:
        return []
    match = regex(r"(?<!\d)(20[0-3]\d)(?=年)").search(_fold(title))
    if match is None or int(match[1]) == report_year:
        return []
    found = Finding(
        "year-title",
        "year",
        Severity.WARNING,
        f"标题写的是{match[1]}年，报告年度是{report_year}年",
        expected=f"{report_year}年",
        stated=f"{match[1]}年",
    )
    if span is None or not 0 <= span[0] < span[1] <= len(doc.text):
        return [found]
    a, b = span
    return [
        Finding(
            found.id, "year", found.severity, found.message, doc.text[a:b], a, b, doc.line(a), found.expected, found.stated
        )
    ]  # fmt: skip


def _fold(text: str) -> str:
    return text.translate(str.maketrans("０１２３４５６７８９", "0123456789"))


def _headings(doc: Document, report_year: int) -> list[Finding]:
    """一、2022年主要举措 in a report for 2023; a plan that is told for the report year or an earlier one."""
    out = []
    for sentence in doc.sentences:
        if sentence.kind is not Kind.HEADING:
            continue
        text = doc.norm.text[sentence.start : sentence.end]
        years = [int(y) for y in _YEAR.findall(text)]
        if len(years) != 1 or regex(r"[—–~\-－至]|《|〔|以来|规划|纲要|方案|自20").search(text):
            continue
        year = years[0]
        if sentence.role is Role.PLAN:
            wrong = year <= report_year and bool(regex(r"打算|安排|计划|思路|重点|展望").search(text))
            expected = report_year + 1
        elif sentence.role in (Role.ACHIEVEMENTS, Role.PROBLEMS):
            wrong = year != report_year
            expected = report_year
        else:
            continue
        if wrong:
            out.append(
                at(
                    doc, sentence.start, _trim(text, sentence.start), "year", "heading", Severity.WARNING,
                    f"这一部分的标题写的是{year}年，应当是{expected}年", f"{expected}年", f"{year}年",
                )
            )  # fmt: skip
    return out


def _trim(text: str, start: int) -> int:
    return start + len(text.rstrip("\n"))


def _stale(doc: Document, report_year: int) -> list[Finding]:
    """2022年，全县… among the achievements of 2024; 2024年，我们将… as the plan of a report for 2024."""
    out = []
    text = doc.norm.text
    for sentence in doc.sentences:
        if sentence.kind in (Kind.TITLE, Kind.SIGNATURE):
            continue
        piece = text[sentence.start : sentence.end]
        for match in _ADVERB.finditer(piece[:400]):
            before = piece[: match.start()]
            if before and before[-1] not in "，；：。）、":
                continue
            year = int(match[1])
            found = _judge(doc, sentence.role, piece, match, year, report_year, sentence.start)
            if found:
                out.append(found)
                break
    return out


def _judge(
    doc: Document, role: Role, piece: str, match: re.Match[str], year: int, report_year: int, offset: int
) -> Finding | None:
    start = offset + match.start()
    end = offset + min(len(piece.rstrip("\n")), match.end() + 40)
    years = {int(y) for y in _YEAR.findall(piece)}
    if role in (Role.ACHIEVEMENTS, Role.PREFACE, Role.PROBLEMS):
        if year >= report_year or report_year in years or len(years) > 1 or _LEGITIMATE.search(piece):
            return None
        message = f"报告的是{report_year}年的情况，这里写的却是{year}年，可能是往年报告留下的文字"
        expected = f"{report_year}年"
    elif role is Role.PLAN:
        if year > report_year or not _INTENT.search(piece[match.end() : match.end() + 60]):
            return None
        if len(years) > 1 or regex(r"以来|回顾|虽然|取得|完成了").search(piece):
            return None
        message = f"下一年的安排写成了{year}年，应当是{report_year + 1}年"
        expected = f"{report_year + 1}年"
    else:
        return None
    return at(doc, start, end, "year", "stale", Severity.WARNING, message, expected, f"{year}年")
