"""How many cases were lost in court or put right on review, told in one place and again in another."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from auditor.figures.judge import shown, told_again
from auditor.figures.passages import Item, Period
from auditor.figures.restated import OFFICE
from auditor.model import Finding, Role
from auditor.regex import regex
from auditor.text.document import Document

_FILL = (
    r"(?:全年|年内|今年|本年度?|20\d\d年度?|全[县市区镇局省州]|我[县市区镇局省]|仍有|还有|尚有|有|共|发生|累计|出现|案件|的|仅|为|达|一审|法院判决|判决|被|"
    r"行政诉讼|行政应诉|行政案件|应诉|行政机关|行政复议|复议|，|其中)*"
)
_TOPICS = (
    ("败诉", regex(r"诉讼|应诉"), regex(rf"{_FILL}败诉{_FILL}"), regex(rf"{_FILL}败诉")),
    ("纠错", regex(r"复议"), regex(rf"{_FILL}(?:被)?纠错{_FILL}"), regex(rf"{_FILL}(?:被)?纠错")),
)
_PART = regex(r"二审|再审|上年|去年|同期|上半年|下半年|季度|\d月|累计")


def check_lost(doc: Document, passages: Sequence[Period]) -> list[Finding]:
    """Warnings at the later of two places; silent where more than one figure of the kind was told before."""
    out: list[Finding] = []
    for word, topic, before, behind in _TOPICS:
        was: Item | None = None
        amounts: set[Decimal] = set()
        spans: set[Decimal] = set()
        for period in passages:
            if word not in period.text:
                continue
            for item in period.items:
                if not item.plain or item.q.group != "件" or word not in item.words:
                    continue
                plan = item.q.sentence < 0 or doc.sentences[item.q.sentence].role is Role.PLAN
                whole = topic.search(period.text) and not OFFICE.search(
                    period.text[: item.q.start - period.start]
                )
                general = before.fullmatch(item.lead) and (not item.tail or item.shared)
                general = bool(general) or bool(
                    before.fullmatch(item.lead + word) and behind.match(item.tail)
                )
                if plan or not whole or not general or _PART.search(period.text):
                    spans.add(item.q.amount)
                    continue
                amount = item.q.amount
                known = amount in amounts or amount in spans
                if was and len(amounts) == 1 and not known and was.q.start < period.start:
                    out.append(_again(doc, period, item, was, word))
                amounts.add(amount)
                was = item
    return out


def _again(doc: Document, period: Period, item: Item, was: Item, word: str) -> Finding:
    before, now = shown(was.q.amount, was), shown(item.q.amount, item)
    return told_again(doc, period, [item], was, before, now, what=f"{word}的案件")
