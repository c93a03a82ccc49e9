"""A part told beside its whole that is larger than it: 17个村中已有19个, 应出庭20件，实际出庭22件, 参考503人，合格517人."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from auditor.figures.judge import exceeds, finding, shown
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

_OUT_OF = regex(
    r"^[^，。；]{0,12}(?<![高初职])中(?:，[^，。；、]{0,8}|(?:目前|共|已|仍|尚|还|现)*(?:有|的)?)$"
)
"""17个村中已有19个; 高中716人 are no part of 大专以上688人 before them."""
_SOME = regex(r"(?:其中)?(?:已有|目前已有|有|现已有|其中)")
_WITHIN: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (regex(whole), regex(part))
    for whole, part in (
        (r"考核|参加|参训|参考|参评|实考|报考|受训|抽检|抽查|抽取|评查|测试|检测|检验", r"^(?:其中)?(?:均|已)?(?:考核|考试|测试|检测|检验)?(?:合格|达标|通过|优秀|及格)"),
        (r"(?:提出|征集|征求|收到|收集)[^，。；]{0,10}(?:意见|建议)", r"^(?:其中)?(?:已|共|均)?(?:予以)?(?:采纳|吸收)"),
        (r"开庭|应出庭|应诉案件", r"^(?:其中|行政机关|单位)*(?:负责人)?(?:实际)?出庭"),
        (r"(?:执法人员|执法队员|工作人员|在编人员|在岗人员|调解员|队员|干部|职工)", r"^(?:其中)?(?:已|均)?(?:持证|持有|取得)"),
        (r"(?:发现|查出|排查|反馈|指出)[^，。；]{0,10}(?:问题|隐患|短板)", r"^(?:其中)?(?:已|均|目前)?(?:完成)?(?:整改|销号)(?:完成|到位|销号)?$"),
        (r"(?:发放|发出)[^，。；]{0,8}(?:问卷|调查表|测评表|票)", r"^(?:其中|实际)?(?:收回|回收)"),
    )
)  # fmt: skip


def check_subset(doc: Document, period: Period, items: Sequence[Item], index: int) -> list[Finding]:
    whole, part = items[index - 1], items[index]
    if not (whole.plain and part.plain and whole.q.unit == part.q.unit and exceeds(part, whole)):
        return []
    if sum(
        (i.q.amount for i in items[:index] if i.q.group == part.q.group), Decimal(0)
    ) >= part.q.amount and (sum(i.q.group == part.q.group for i in items[:index]) > 1):
        # 自查发现123个，督查发现67个，整改172个: all of them together are the whole.
        return []
    found = (
        _out_of(doc, period, whole, part)
        or _same_thing(doc, period, whole, part)
        or _due_and_done(doc, period, whole, part)
    )
    if found or part.sep == "；" or regex(r"不|未").search(part.lead):
        return found
    if part.sep == "、" and not part.lead:
        # 3个考核优秀、4个良好: names behind their figures; the first one's is no name of the second.
        return []
    rated = index + 1 < len(items) and items[index + 1].q.kind is QKind.RATE
    # 县（市、区）持证1426人: what stands before a bracket belongs to the clause too.
    own = part.gap.rpartition("，")[2] or part.lead or part.tail
    if rated or not any(w.search(whole.words) and p.search(own) for w, p in _WITHIN):
        return []
    return _too_many(doc, period, whole, part)


def _too_many(doc: Document, period: Period, whole: Item, part: Item) -> list[Finding]:
    return [
        finding(
            doc, period, [whole, part], "larger", Severity.WARNING,
            f"{shown(part.q.amount, part)}大于它所属的总数{shown(whole.q.amount, whole)}",
            f"不超过{shown(whole.q.amount, whole)}", shown(part.q.amount, part),
        )
    ]  # fmt: skip


def _same_thing(doc: Document, period: Period, whole: Item, part: Item) -> list[Finding]:
    """全市共8个县，已有9个县…."""
    noun = whole.tail[:2]
    if not noun or not part.tail.startswith(noun) or not _SOME.fullmatch(part.lead) or part.sep == "；":
        return []
    if not regex(r"(?:共有?|辖|现有|有)$").search(whole.lead):
        return []
    return _too_many(doc, period, whole, part)


def _out_of(doc: Document, period: Period, whole: Item, part: Item) -> list[Finding]:
    """5件中有6件."""
    if not _OUT_OF.search(part.gap):
        return []
    return [
        finding(
            doc, period, [whole, part], "larger", Severity.ERROR,
            f"{shown(part.q.amount, part)}大于它所属的总数{shown(whole.q.amount, whole)}",
            f"不超过{shown(whole.q.amount, whole)}", shown(part.q.amount, part),
        )
    ]  # fmt: skip


def _due_and_done(doc: Document, period: Period, due: Item, real: Item) -> list[Finding]:
    """应出庭20件，实际出庭22件."""
    a = regex(r"应当?(?!诉|急|用|对|征)([\u4e00-\u9fff]{1,6})").search(due.lead)
    b = regex(r"实际?(?!施|现|践|行|验|地)([\u4e00-\u9fff]{1,6})").search(real.lead)
    if not a or not b or a[1][:1] != b[1][:1]:
        return []
    return [
        finding(
            doc, period, [due, real], "larger", Severity.WARNING,
            f"实际数{shown(real.q.amount, real)}大于应有数{shown(due.q.amount, due)}",
            f"不超过{shown(due.q.amount, due)}", shown(real.q.amount, real),
        )
    ]  # fmt: skip
