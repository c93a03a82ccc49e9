"""Checks on the form of a report that no pattern expresses: title, sections, date.

Rules name a check by ``structure:``; the checklist's group 要件 says what each demands.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from auditor.engine.values import MAX_QUOTE, Verdict
from auditor.model import Evidence, Role, Section, Status
from auditor.regex import regex
from auditor.text.document import Document, Kind, Sentence

TRAILING = " \t\r\n\u3000，,；;：:、"
"""What a quotation does not end in."""

_YEAR = regex(r"(?:19|20)\d{2}|二[〇零○Oo0]{1}[一二三四五六七八九〇零○]{2}")
_UNIT = regex(
    r"人民政府|管理委员会|管委会|办事处|街道|委员会|[省市县区镇乡旗盟州厅局委办院所]|大队|支队|中心|公司|兵团|团场"
)
_GENRE = regex(r"报告|情况|总结|年报")
_MONTH = regex(
    r"(?:20\d{2}|二[〇零○][一二三四五六七八九〇零○]{2})年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?!\d|[一二三四五六七八九十])"
)


def title(doc: Document) -> Verdict:
    """要件.标题: unit, year, 法治政府建设 and genre all stand in the title."""
    span = doc.metadata.title_span
    if doc.metadata.title is None or span is None:
        return Verdict(Status.MISSING, "没有找到标题")
    text = regex(r"\s").sub("", unicodedata.normalize("NFKC", doc.metadata.title))
    lacking = []
    core = text.split("法治政府")[0]
    if not _UNIT.search(core):
        lacking.append("主体（地区或单位）")
    if not _YEAR.search(text):
        lacking.append("年度")
    if "法治政府建设" not in text:
        lacking.append("“法治政府建设”")
    if not _GENRE.search(text):
        lacking.append("文种（报告、情况、总结）")
    evidence = (_evidence(doc, *span, Role.PREFACE, "标题"),)
    if lacking:
        return Verdict(Status.WEAK, "标题里缺少" + "、".join(lacking), evidence)
    return Verdict(Status.COVERED, None, evidence)


def achievements(doc: Document) -> Verdict:
    """要件.举措成效: a section of its own, with a heading, on what was done."""
    for section in doc.sections:
        if (
            section.role is Role.ACHIEVEMENTS
            and section.depth >= 1
            and section.heading
            and not _is_item(doc, section)
        ):
            end = min(section.end, section.start + max(len(section.heading) + 6, 12))
            a, b = _trim(doc, section.start, _line_end(doc, section.start, end))
            return Verdict(
                Status.COVERED,
                None,
                (_evidence(doc, a, b, Role.ACHIEVEMENTS, "举措成效的章节标题", section.heading),),
            )
    body = [s for s in _told(doc) if s.role is Role.ACHIEVEMENTS]
    if not body:
        body = [s for s in _told(doc) if s.role is Role.PREFACE]
    if not body:
        return Verdict(Status.MISSING, "没有写上一年度的主要举措和成效")
    evidence = tuple(_sentence(doc, s, "举措成效的内容") for s in body[:2])
    return Verdict(Status.WEAK, "写了举措和成效，但没有可辨认的章节标题", evidence)


def _is_item(doc: Document, section: Section) -> bool:
    """Whether a heading is but the topic sentence of a numbered item: 3.会上议法成惯例。全年……"""
    if not regex(r"[0-9]+[.、]").match(unicodedata.normalize("NFKC", section.heading)):
        return False
    rest = doc.text[section.start + len(section.heading) : section.end].partition("\n")[0]
    return len(rest.strip()) > len("。")


def plan(doc: Document) -> Verdict:
    """要件.下年安排: at least two items for the coming year."""
    told = [s for s in _told(doc) if s.role is Role.PLAN]
    heads = [s for s in doc.sentences if s.role is Role.PLAN and s.kind is Kind.HEADING]
    if not told and not heads:
        if doc.planned:
            spans = (doc.norm.original(*span) for span in doc.planned[:2])
            evidence = tuple(
                _evidence(doc, a, min(b, a + MAX_QUOTE), Role.PLAN, "下一年安排") for a, b in spans
            )
            return Verdict(Status.WEAK, "下一年安排只零散夹在成效里，没有集中分条写明", evidence)
        return Verdict(Status.MISSING, "没有写下一年度的安排")
    text = doc.norm.text
    items = sum(
        1
        for s in (*told, *heads)
        if regex(
            r"(?:[一二三四五六七八九十]是|第?[一二三四五六七八九十]+[、，]|（[一二三四五六七八九十0-9]+）|[0-9]+[.、])"
        ).match(text[s.start : s.end])
    )
    evidence = tuple(_sentence(doc, s, "下一年安排") for s in (*heads[:1], *told[:2]))
    # A heading such as 三、下一步打算 is itself numbered and is no item.
    items -= min(
        1, len([h for h in heads if regex(r"打算|安排|思路|计划|下一步|展望").search(text[h.start : h.end])])
    )
    if items >= 2 or len(told) >= 3:
        return Verdict(Status.COVERED, None, evidence)
    return Verdict(Status.WEAK, "下一年安排只有一两句，没有分条写明", evidence)


def date(doc: Document) -> Verdict:
    """要件.成文日期: a date with year, month and day, at the end or on the page."""
    meta = doc.metadata
    evidence = tuple(
        _evidence(doc, *span, Role.CLOSING, phrase)
        for value, span, phrase in (
            (meta.written_date, meta.written_span, "成文日期"),
            (meta.published_date, meta.published_span, "发布日期"),
        )
        if value is not None and span is not None
    )
    if meta.written_date or meta.published_date:
        return Verdict(Status.COVERED, None, evidence)
    tail = doc.text[-200:]
    match = _MONTH.search(regex(r"[ \t\u3000]").sub("", unicodedata.normalize("NFKC", tail)))
    if match:
        return Verdict(Status.WEAK, f"只写到年月（{match.group()}），没有写日")
    return Verdict(Status.MISSING, "没有找到成文日期、公文生成日期或发布日期")


CHECKS: dict[str, Callable[[Document], Verdict]] = {
    "标题": title,
    "举措成效": achievements,
    "下年安排": plan,
    "成文日期": date,
}


def _told(doc: Document) -> list[Sentence]:
    return [s for s in doc.sentences if s.kind in (Kind.BODY, Kind.LEAD)]


def _sentence(doc: Document, sentence: Sentence, phrase: str) -> Evidence:
    a, b = doc.norm.original(sentence.start, sentence.end)
    heading = doc.sections[sentence.section].heading if sentence.section >= 0 else ""
    return _evidence(doc, a, min(b, a + MAX_QUOTE), sentence.role, phrase, heading)


def _line_end(doc: Document, start: int, end: int) -> int:
    cut = doc.text.find("\n", start, end)
    return cut if cut > start else end


def _trim(doc: Document, start: int, end: int) -> tuple[int, int]:
    while start < end and doc.text[start].isspace():
        start += 1
    while end > start and doc.text[end - 1].isspace():
        end -= 1
    return start, end


def _evidence(doc: Document, start: int, end: int, role: Role, phrase: str, section: str = "") -> Evidence:
    start, end = _trim(doc, start, end)
    return Evidence(
        quote=doc.text[start:end],
        start=start,
        end=end,
        line=doc.line(start),
        section=section,
        role=role,
        phrase=phrase,
        similarity=100.0,
    )
