"""The words of the audit: how a status, a legal basis, a decision and a number are said in Chinese."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.model import (
    Basis,
    Decision,
    ElementResult,
    Evidence,
    Finding,
    Nearest,
    Result,
    Severity,
    Status,
    Tier,
)
from auditor.regex import regex
from auditor.text.location import LINED, place_words

OUTLINE_LAST_YEAR = 2025
"""Last report year of the newest outline known here; later ones show outline elements for reference only."""

_YEAR = regex("[0-9]{4}")

SEVERITY_NAMES = {Severity.ERROR: "差错", Severity.WARNING: "存疑", Severity.NOTE: "提示"}
KIND_NAMES = {
    "arithmetic": "算术",
    "date": "日期",
    "deadline": "期限",
    "year": "年度",
    "citation": "引用",
    "structure": "结构",
    "reader": "读取",
}
_SHORT_NAMES = (
    ("法治政府建设实施纲要", "《纲要》"),
    ("督察工作规定", "《督察工作规定》"),
    ("第一责任人职责规定", "《第一责任人职责规定》"),
)
UNVERIFIED = "（条款号待核）"


def outline_last_year(ruleset_title: str) -> int:
    """Last report year the rule book's outline covers: the year in the book's title where it is a newer one."""
    return max([OUTLINE_LAST_YEAR, *(int(year) for year in _YEAR.findall(ruleset_title))])


def number(value: float) -> str:
    """At most one decimal, none where it is zero: 72.5, 14."""
    text = f"{value:.1f}"
    return text.removesuffix(".0")


def percent(part: float, whole: float) -> str:
    """A share as a whole number of per cent, a dash where there is nothing to share."""
    return f"{int(100 * part / whole + 0.5)}%" if whole else "—"


def date_words(text: str) -> str:
    """``2024-03-01`` as 2024年3月1日; anything else as it was typed."""
    parts = text.split("-")
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts) and len(parts[0]) == 4:
        return f"{parts[0]}年{int(parts[1])}月{int(parts[2])}日"
    return text


def place(at: Evidence | Nearest | Finding) -> str:
    """Where a passage stands, for a person with the report's file: 第12行, 第12段（第3页）; empty if nowhere."""
    return place_words(at.line, at.paragraph, at.page)


def places(passages: Iterable[Evidence]) -> str:
    """Several places, each once: 第3、12行, 第12段（第3页）、第14段（第4页）."""
    found = list(passages)
    if any(at.page for at in found):
        return "、".join(dict.fromkeys(map(place, found)))
    numbers = dict.fromkeys(map(place_number, found))
    unit = "行" if any(at.paragraph is None for at in found) else "段"
    return f"第{'、'.join(numbers)}{unit}" if numbers else ""


def place_number(at: Evidence) -> str:
    """The place in a narrow column under `place_head`: 12, or 12（3）with the page."""
    return f"{at.paragraph or at.line}" + (f"（{at.page}）" if at.page else "")


def place_head(result: Result) -> str:
    """Head of a column of places: 行, 段 or 段（页）."""
    if has_lines(result):
        return "行"
    paged = any(at.page for element in result.elements for at in element.evidence)
    return "段（页）" if paged else "段"


def has_lines(result: Result) -> bool:
    """Whether places in the report's file are told by its lines."""
    return result.report.reader.format in LINED


def document_name(basis: Basis) -> str:
    """The everyday name of a legal document, in title marks."""
    for part, name in _SHORT_NAMES:
        if part in basis.document:
            return name
    return basis.document if basis.document.startswith("《") else f"《{basis.document}》"


def is_outline(basis: Basis) -> bool:
    return "纲要" in basis.document


def article(basis: Basis) -> str:
    """第32项 for a bare 32 of an outline, 第25条 for one of a regulation, else as the rule book says."""
    text = basis.article.strip()
    if text.isdigit():
        return f"第{text}项" if is_outline(basis) else f"第{text}条"
    return text


def cite(basis: Basis) -> str:
    """《纲要》第32项, with a note where the clause could not be checked."""
    return document_name(basis) + article(basis) + ("" if basis.verified else UNVERIFIED)


def cite_all(bases: tuple[Basis, ...], separator: str = "；") -> str:
    """All clauses, those of one document together: 《纲要》第4项、第5项（条款号待核）."""
    groups: dict[tuple[str, bool], list[str]] = {}
    for basis in bases:
        articles = groups.setdefault((document_name(basis), basis.verified), [])
        if article(basis) not in articles:
            articles.append(article(basis))
    parts = [
        name + "、".join(articles) + ("" if verified else UNVERIFIED)
        for (name, verified), articles in groups.items()
    ]
    return separator.join(parts) or "规则集未列依据"


def is_doubtful(element: ElementResult) -> bool:
    """Covered for a reason that a reader should look at."""
    return element.status is Status.COVERED and element.reason is not None and element.decision is None


def is_waived(element: ElementResult) -> bool:
    return element.decision is not None and element.decision.kind == "waived"


def is_confirmed(element: ElementResult) -> bool:
    return element.decision is not None and element.decision.kind == "confirmed"


def reason_of(element: ElementResult) -> str | None:
    """Why the rules judged so; what they missed is no longer said of an element that the office confirmed."""
    return None if is_confirmed(element) else element.reason


def is_gap(element: ElementResult) -> bool:
    """Weak or missing, and no person has decided otherwise."""
    return element.status in (Status.WEAK, Status.MISSING) and element.decision is None


def status_word(element: ElementResult, *, reference: bool) -> str:
    """The verdict in a table cell."""
    if is_waived(element):
        return "已豁免"
    if is_confirmed(element):
        return "人工认定"
    if element.status is Status.COVERED:
        return "已覆盖"
    if element.status is Status.NA:
        return "不适用"
    statutory = element.tier is Tier.STATUTORY
    missing = "法定内容缺失" if statutory else "未提及"
    word = "不充分" if element.status is Status.WEAK else missing
    return f"{word}（参照）" if reference and not statutory else word


def verdict_clause(element: ElementResult, *, reference: bool, notes: bool = True) -> str:
    """The verdict on a gap as a clause: 法定内容缺失, or 对照《纲要》第32项未提及.

    ``notes`` adds 条款号待核 where due; leave it out only beside a citation that has it.
    """
    missing = element.status is Status.MISSING
    if element.tier is Tier.STATUTORY:
        return "法定内容缺失" if missing else "法定内容写得不充分"
    outline = [basis for basis in element.basis if is_outline(basis)] or list(element.basis[:1])
    what = "未提及" if missing else "写得不充分"
    if not outline:
        return what
    where = document_name(outline[0]) + "、".join(dict.fromkeys(article(basis) for basis in outline))
    note = "" if all(basis.verified for basis in outline) or not notes else UNVERIFIED
    return f"{'参照' if reference else '对照'}{where}{note}{what}"


def decision_words(decision: Decision) -> str:
    """Who decided what, why, and until when."""
    kind = "人工认定" if decision.kind == "confirmed" else "已豁免"
    quote = f"依据原文“{decision.quote}”；" if decision.quote else ""
    return (
        f"{kind}：{quote}理由：{decision.reason}；批准人：{decision.approver}，"
        f"{date_words(decision.approved_on)}批准，有效期至{date_words(decision.expires_on)}"
    )
