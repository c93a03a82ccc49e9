"""Levels that a rate is held against, and counts that moved: 高于全省平均水平（95%）, 优良断面由12个增至13个."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.regex import regex

LEVEL = regex(r"[为到至成]了?$")
_HELD_AGAINST = regex(
    r"(?:高于|低于|高出|优于|好于|快于|慢于|领先于?|落后于?|超过|超出|超|(?<!占)比(?!例|重)|较)[^，。；：、（）]{0,6}"
    r"(?:平均|均值|目标|要求|标准|序时|全[省国市州县区])[^，。；：、（）]{0,10}$"
)
_AIMED_AT = regex(r"超额完成$")
"""超额完成95%的目标."""
_OF_OTHERS = regex(
    r"^[，；](?:而|同期)?(?:(?:全[省国]|行业|同类)平均|(?:年度|年初|全年|既定|[省市]定)?目标)[^，。；：、（）]{0,10}$"
)
"""Behind the own rate: 办结率98.6%，全省平均办结率95.1%."""
_MARK = regex(
    r"(?:目标值?|[序时]{2}进度|要求值?|指标值?|平均(?:水平|值|线)?|均值|标准值?|基准值?|"
    r"(?:较|比|于)(?:上年度?|去年|20\d\d年|全[省国市州县区])(?:同期)?(?:水平)?)$"
)


def is_benchmark(period: Period, rate: Item) -> bool:
    """高于全省平均办结率95.1%, 高于目标值（95%）: what the own rate is held against is reckoned from other figures."""
    if _HELD_AGAINST.search(rate.gap) or _AIMED_AT.search(rate.gap):
        return True
    if _OF_OTHERS.search(rate.gap) and any(
        i.q.kind is QKind.RATE and i.q.start < rate.q.start for i in period.items
    ):
        return True
    at = max(0, rate.q.start - period.start - 1)
    return period.text[at : at + 1] == "（" and _MARK.search(period.text, max(0, at - 24), at) is not None


def moved_to(n: Item, items: Sequence[Item]) -> Item | None:
    """14个断面中优良断面由12个增至13个: where ``n`` came to; the two are levels of one count and no part and whole."""
    behind = next((i for i in items if i.q.start > n.q.start), None)
    if behind is None or not n.lead.endswith(("由", "从")) or not like(behind, n):
        return None
    return behind if LEVEL.search(behind.lead) else None
