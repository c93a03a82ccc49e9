"""Figures of last year told beside this year's: 出庭率由上年的95.2%提高到100%; 2023年为247件、491万元，案均1.99万元.

The counts of the sentence are this year's, so nothing of last year may be reckoned from them.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.regex import regex

_REACH = 60
"""Characters on either side of a rate among which its 由 and 提高到 are looked for."""
_FROM = regex(
    r"(?:(?<![理事案缘自])由(?!于)|从(?![业事重轻严宽快优速源众而中])|(?<![占同环对])比(?![例重])|较(?![大高低好多少为])|[自与在](?=上年|去年|年初|20\d\d年))"
    r"[^，。；：（）率看到至达为成]{0,30}$"
)
_OF_LAST_YEAR = regex(
    r"(?:由|从|自|较|比|与|在)(?:上年度?|去年|上一年度?|前一年|前年|年初|20\d\d年度?)(?:同期|全年|底|末)?的?$"
)
_VERB = (
    r"(?:提高|提升|上升|升高|回升|跃升|攀升|蹿升|升|上涨|涨|增长|增加|增|跃|扩大|扩|拓展|"
    r"下降|降低|回落|下滑|压降|压减|压缩|减少|降|减|跌|缩小|收窄|缩|变化|变|改善|优化|转)"
)
_HOW = r"(?:（[^（）]*）)?(?:的(?:水平|基础上?))?(?:又|再|已|则|分别|均|都|大幅度?|明显|显著|稳步|稳定|进一步|逐步|逐年|小幅|略微?|微|快速|迅速|直接|持续|一路|有所)*"
_TO = r"(?:到|至|为|成|达到?)"
_RISES = regex(rf"(?:，(?=[再又]))?{_HOW}{_VERB}了?(?:\d[\d.]*个(?:百分)?点)?，?(?:{_VERB}|并)?{_TO}")
_ON_TO = regex(
    rf"(?:（[^（）]*）)?[^。；：，]{{0,24}}(?:，[^。；：，]{{0,8}})?{_TO}了?[^，。；：、\d（）]{{0,8}}\d[\d.]*%"
)
_GOES_ON = regex(rf"[，、]?[^，。；：、率占比度]{{0,8}}{_TO}了?[^，。；：、率占比度]{{0,8}}")
_OTHER_YEAR = regex(
    r"^[，；、：]?(?:而|比|较|与|同|和)?(?:上年度?|去年|上一年度?|前一年|前年|20\d\d年度?)(?:同期|全年)?"
)
_THIS_YEAR = regex(r"^[，；、：]?(?:而|到)?(?:今年|本年|当年)")


def this_years(period: Period, flat: Sequence[Item]) -> list[Item]:
    """The items without rates of last year; 出庭率由上年的95.2%提高2.4个百分点至97.6% reads as 出庭率97.6%."""
    out, old = list[Item](), list[Item]()
    for index, item in enumerate(flat):
        if item.q.kind is QKind.RATE and item.q.unit == "%" and is_old_rate(period, item):
            old.append(item)
            continue
        behind = flat[index - 1] if old else None
        if behind and behind.q.kind is QKind.CHANGE and flat[index - 2] is old[-1]:
            behind = flat[index - 2]
        following = flat[index + 1] if index + 1 < len(flat) else None
        in_turn = following and following.q.kind is QKind.RATE and following.sep == "、"
        if (
            old
            and behind is old[-1]
            and item.q.kind is QKind.RATE
            and not in_turn
            and _GOES_ON.fullmatch(item.gap)
        ):
            if out and out[-1].q.kind is QKind.CHANGE and out[-1] is flat[index - 1]:
                out.pop()
            item = _named_as(item, old[0])
        if item.q.kind is not QKind.CHANGE:
            old = []
        out.append(item)
    return out


def _named_as(new: Item, old: Item) -> Item:
    gap, lead = _FROM.sub("", old.gap), _FROM.sub("", old.lead)
    q = replace(new.q, names=old.q.names)
    return replace(new, q=q, gap=gap, lead=lead, sep=old.sep, label=lead or new.label)


def is_old_rate(period: Period, rate: Item) -> bool:
    """True for 95.2% in 出庭率由上年的95.2%提高到100%: only the rate behind 到 is that of the counts."""
    start, end = rate.q.start - period.start, rate.q.end - period.start
    before, after = period.text[max(0, start - _REACH) : max(0, start)], period.text[end : end + _REACH]
    if _RISES.match(after) or _OF_LAST_YEAR.search(before):
        return True
    return bool(_FROM.search(before) and _ON_TO.match(after))


def of_two_years(items: Sequence[Item], index: int, whole: Item, count: Item) -> bool:
    """办案213件，…；2023年为247件、491万元，案均1.99万元: what stands behind 2023年 is not divided by what stands before it."""
    last = max(whole.q.start, count.q.start)
    if any(i.q.start <= last and _OTHER_YEAR.match(i.gap) for i in items[index + 1 :]):
        return True
    for item in reversed(items[:index]):
        if _THIS_YEAR.match(item.gap):
            return False
        if item.plain and _OTHER_YEAR.match(item.gap):
            return min(whole.q.start, count.q.start) < item.q.start
    return False
