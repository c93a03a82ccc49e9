"""What was planned, what was done and how far apart they are: 任务5200万元，完成4940万元，尚差260万元."""

from __future__ import annotations

from auditor.figures.judge import finding, shown
from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

_PLAN = regex(r"计划|任务|目标|指标|年初(?:确定|拟定|提出|安排)|要求|应(?!诉|急|用|对)|核定|定额")
_DONE = regex(r"完成|实际|实现|建成|达到|已|实(?=[有到际])|落实|清偿|清理|到位")
SHORT = regex(
    r"^(?:但|仍|还|尚)*(?:(?:较|比|与|距离?|离)(?:年初|年度|省定|市定|县定|下达|既定|全年)?(?:的)?(?:目标|计划|任务|指标|要求)(?:任务|数|值)?)?(?:仍|还|尚)?(?:相差|尚差|差|少|短少|缺口为?|缺口|尚缺|缺|短缺|欠账?)(?:了)?$"
)
_OVER = regex(
    r"^(?:(?:较|比)(?:年初|年度|省定|市定|县定|下达|既定|全年)?(?:的)?(?:目标|计划|任务|指标)(?:任务|数|值)?)?(?:超额(?:完成)?|超出|多完成|超完成|多)(?:了)?$"
)


def check_shortfalls(doc: Document, period: Period) -> list[Finding]:
    """Warnings where the gap told is not that between the plan and what was done."""
    out: list[Finding] = []
    items = [i for i in period.items if i.q.unit != "%"]
    for plan, done, gap in zip(items, items[1:], items[2:], strict=False):
        if gap.q.kind is QKind.RATE or "；" in (done.sep, gap.sep) or not gap.q.exact:
            continue
        if not (plan.plain and done.plain and like(plan, done) and like(done, gap)):
            continue
        if not planned(plan, done):
            continue
        short, over = SHORT.search(gap.lead), _OVER.search(gap.lead)
        if not (short or over) or (
            gap.tail and gap.q.kind is not QKind.CHANGE and gap.tail[0] not in "未的没"
        ):
            continue
        out += _compare(doc, period, plan, done, gap, short is not None)
    return out


def planned(plan: Item, done: Item) -> bool:
    """任务5200万元，完成4940万元: what was due, and what was done of it."""
    return bool(_PLAN.search(plan.lead) and _DONE.search(done.lead)) and not _PLAN.search(done.lead)


def _compare(doc: Document, period: Period, plan: Item, done: Item, gap: Item, short: bool) -> list[Finding]:
    apart = (plan.q.amount - done.q.amount) * (1 if short else -1)
    if apart <= 0 or abs(apart - gap.q.amount) <= (plan.q.ulp + done.q.ulp + gap.q.ulp) / 2:
        # What was done beyond the plan and is yet called short is told of something else.
        return []
    one, two = (plan, done) if short else (done, plan)
    expected, stated = shown(apart, gap), shown(gap.q.amount, gap)
    return [
        finding(
            doc, period, [plan, done, gap], "change", Severity.WARNING,
            f"{shown(one.q.amount, one)}-{shown(two.q.amount, two)}={expected}，与所写的{stated}不符", expected, stated,
        )
    ]  # fmt: skip
