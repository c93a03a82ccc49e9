"""Which year a change is told against: 2023年比2021年增长74.1% leads from the figure of 2021 and from no other one."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.figures.passages import Item
from auditor.regex import regex
from auditor.text.document import Document

_YEAR = regex(r"(20\d\d)年")
_NAMED = regex(r"(?:较|比|与|和|同|[高低多少对]于)(20\d\d)年")
_BEFORE = regex(r"(?:较|比)(?:上年|去年|上一年)|同比")
_LAST = regex(r"(?:上年|去年|上一年)(?:度|同期|全年)?(?:的|为|是)?$")
_OF_SEVERAL = regex(r"[、和及](?:20\d\d|上|去)年(?:相比，?)?分别")
_OVER_YEARS = regex(
    r"([两二三四五六七八九十])年(?:来|间|内|里|累计|共|合计|总共|总计|总体)*[增上提升翻扩涨下降减压缩回]"
)
_PART = regex(r"[上下]半年|季度|\d月|截至|同期")
_COUNTED = "两二三四五六七八九十"


def year_of(item: Item) -> int | None:
    """The year that stands last before a figure."""
    years = _YEAR.findall(item.lead)
    return int(years[-1]) if years else None


def against_another_year(doc: Document, old: Item, new: Item, change: Item) -> bool:
    """True when the change names another year to start from than that of ``old``, or a span of years that fits neither."""
    said = change.gap[change.gap.rfind("；") + 1 :]
    was, now = year_of(old), year_of(new)
    if was and now and _over_other_span(said, now - was):
        return True
    if _OF_SEVERAL.search(said):
        # 比2022年、2021年分别增长46%、74.1%: each of them starts elsewhere.
        return True
    if ("同期" in said or "同比" in said) and _PART.search(new.lead) and not _PART.search(old.lead):
        # 2022年260件，2023年1—9月210件，比2022年同期增长8%: not from the whole year.
        return True
    named = _NAMED.findall(said)
    current = now or doc.metadata.report_year
    if named:
        year = int(named[-1])
        if was:
            return was != year
        # 由85%提高到92%，比2019年提高12个百分点: without a year the first level is that of last year, most likely.
        return year != current - 1 if current else _LAST.search(old.lead) is not None
    if was and (match := _BEFORE.search(said)):
        told = _YEAR.findall(said[: match.start()])
        current = int(told[-1]) if told else current
        return current is not None and was != current - 1
    return False


def _over_other_span(said: str, apart: int) -> bool:
    """三年增长74.1% beside figures of two years in turn; 三年 may be the years told or the steps between them."""
    match = _OVER_YEARS.search(said)
    if match is None:
        return False
    many = max(2, _COUNTED.index(match[1]) + 1)
    return apart == 1 or apart not in (many, many - 1)


def told_elsewhere(doc: Document, old: Item, levels: Sequence[Item], changes: Sequence[Item]) -> set[int]:
    """Where those of the changes begin that start from another year than ``old``.

    比2021年增加160件，增长69.6%: the second one goes on from the year of the first.
    """
    out, goes_on = set[int](), False
    for change in changes:
        named = _NAMED.search(change.gap) or _BEFORE.search(change.gap) or "；" in change.gap
        goes_on = (goes_on and not named) or all(against_another_year(doc, old, i, change) for i in levels)
        if goes_on:
            out.add(change.q.start)
    return out
