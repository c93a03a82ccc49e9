"""How often heads came to court, of the hearings they were asked to: 诉讼892件；通知负责人出庭641件，实际出庭628件，出庭率98.0%.

Only what a court asked the head to attend can be the base of that rate; all cases of the year are another matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from msgspec import Struct

from auditor.figures.judge import finding, percent, ratio_bounds, shown
from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.figures.shares import fits, percent_as_written
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

MOST = 8
"""Figures before the rate, and behind it, that are looked at."""
_NAME = regex(r"(?:[出到]庭(?:应诉)?|(?:负责人|领导)[^，。；、]{0,4}应诉)(?:率|比例)(?:（[^（）]*）)?$")
_HEAD = r"(?:负责人|负责同志|领导|一把手|首长|正职|班子成员)"
_COME = r"(?:出庭|到庭|应诉|出席庭审|参加庭审)"
_ASKED = regex(
    rf"(?:通知|要求|点名|建议|传唤|应当?由|应当?(?![诉急用对答])|须由?|需由|需要?)[^，。；、]{{0,12}}?{_HEAD}?[^，。；、]{{0,6}}?{_COME}|"
    rf"{_COME}(?:应诉)?通知"
)
_OBEYED = regex(
    r"(?:按照?|依照?|根据|遵照|经)[^，。；、]{0,10}(?:通知|要求)[^，。；、]{0,4}(?:实际|已|均|全部)|按(?:要求|通知|期)"
)
"""按要求出庭110件: asked and come at once."""
_CAME = regex(rf"(?:{_COME}(?:应诉)?|[坐站走][到上进在]了?被告席)(?:的|了|案件|的案件)*$")
_REALLY = regex(rf"(?:实际|已|均|全部)[^，。；、]{{0,10}}{_COME}")
_NARROW = regex(
    r"正职|主要|一把手|分管|副职|副[省市州县区乡镇局主]|[省市州县区乡镇局]长|主任|班子|委托|律师|代理|顾问|工作人员|承办人"
)
"""Some of the heads, or somebody else: no figure of all heads who came."""
_ANYBODY = regex(r"^(?:行政机关|单位|机关|部门|本局|案件|诉讼|委托)[^，。；、负领]*$")
"""行政机关出庭率100%: somebody always came, if not the head."""
_PAST = regex(r"上年|去年|同期|上一年|前年")
_NOT = regex(r"[未没无缺不]|免于|因故")


class Hearing(Struct, frozen=True):
    """What was asked for and what was done, as told around one rate."""

    asked: Item
    came: Item | None
    """None: only some of the heads are told, or several figures could be meant."""
    same: tuple[Item, ...]
    """All figures of that measure."""


def _asked(item: Item) -> bool:
    words = item.lead or ("" if item.shared else item.tail)
    if not item.plain or _ASKED.search(words) is None or _NOT.search(words):
        return False
    return not _OBEYED.search(words) and not _REALLY.search(words)


def _came(item: Item) -> bool:
    words = item.lead or item.tail
    return item.plain and _CAME.search(words) is not None and not _NOT.search(words) and not _asked(item)


def hearing_of(period: Period, before: Sequence[Item], rate: Item, after: Sequence[Item]) -> Hearing | None:
    """The hearings that the rate is taken of; None when the text does not tell how many the head was asked to."""
    name = next((name for name in rate.q.names if _NAME.search(name)), None)
    if name is None:
        return None
    upper = next((k for k, i in enumerate(after) if i.q.kind is QKind.RATE), len(after))
    ahead, behind = before[-MOST:], after[: min(upper, MOST)]
    for items in (ahead, [*ahead, *behind]):
        told = _around(period, items, rate, name)
        if told is not None:
            return told
    return None


def _around(period: Period, items: Sequence[Item], rate: Item, name: str) -> Hearing | None:
    all_asked = [i for i in items if _asked(i)]
    if not all_asked:
        return None
    asked = next((i for i in reversed(all_asked) if i.q.start < rate.q.start), all_asked[0])
    same = tuple(i for i in items if i.plain and like(i, asked))
    came = [i for i in same if i.q.start > asked.q.start and _came(i)]
    if not came:
        return None
    low, *_, high = sorted((asked.q.end, came[0].q.start, rate.q.start))
    apart = "；" in period.text[max(0, low - period.start) : max(0, high - period.start)]
    if _PAST.search(asked.gap) and not _PAST.search(rate.gap):
        return Hearing(asked, None, same)
    all_heads = [i for i in came if not _NARROW.search(i.words)]
    if _NARROW.search(name):
        # 主要负责人出庭率 is that of some of the heads, who have to be told for it.
        return None if len(all_heads) < len(came) else Hearing(asked, None, same)
    return None if apart else Hearing(asked, all_heads[0] if all_heads else None, same)


def check_appearance(doc: Document, period: Period, rate: Item, told: Hearing) -> Finding | None:
    """None when any fair pair gives the rate, with what was let off or several of those who came taken together."""
    asked, came = told.asked, told.came
    name = next(name for name in rate.q.names if _NAME.search(name))
    if came is None or rate.q.operator or (_ANYBODY.match(name) and rate.q.value == 100) or _fits(rate, told):
        return None
    bounds = ratio_bounds(came, asked)
    if bounds is None:
        return None
    value = came.q.amount / asked.q.amount * 100
    alone = sum(_asked(i) for i in told.same) == 1 and sum(_came(i) for i in told.same) == 1
    sure = alone and abs(value - rate.q.value) >= 1
    stated = percent_as_written(rate)
    return finding(
        doc, period, [i for i in (asked, came, rate) if i.q.start >= period.start], "rate",
        Severity.ERROR if sure else Severity.WARNING,
        f"{shown(came.q.amount, came)}÷{shown(asked.q.amount, asked)}={percent(value, rate.q.decimals)}，"
        f"与所写的{name}{stated}不符",
        percent(value, rate.q.decimals), stated,
    )  # fmt: skip


def _fits(rate: Item, told: Hearing) -> bool:
    parts = [i for i in told.same if i.q.start > told.asked.q.start]
    runs = [joint for k in range(len(parts)) for joint in accumulate(i.q.amount for i in parts[k:])]
    # 通知120件，经法院同意未出庭5件: what was let off may be taken out of the base.
    let_off = [told.asked.q.amount - i.q.amount for i in parts if not _came(i)]
    # 市本级通知30件、县区90件，负责人出庭28件、85件: both are told place by place.
    bases = [told.asked.q.amount, *accumulate(i.q.amount for i in (told.asked, *parts)), *let_off]
    bases.append(sum((i.q.amount for i in told.same if _asked(i)), Decimal(0)))
    if any(fits(rate, n, d) for n in runs for d in bases):
        return True
    return any(fits(rate, n.q.amount, d.q.amount) for n in told.same for d in told.same if n is not d)
