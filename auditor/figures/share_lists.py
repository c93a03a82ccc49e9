"""Shares of one whole that end in 其他: 土地类占42.3%，治安类占31.5%，其他占26.2% make up 100 per cent."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from auditor.figures.judge import HUNDRED, finding, number
from auditor.figures.passages import RANK, Item, Period
from auditor.figures.quantity import QKind
from auditor.figures.readings import overlap_told
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

FAR = Decimal(15)
"""Points off beyond which the shares hardly claim to be those of one whole."""
_SHARE = regex(r"^[^，。；：、]{1,16}?(?:所?占比?(?:例|重)?|比例|比重)(?:为|是|达|达到)?$")
_REST = regex(r"^(?:其他|其它|其余|剩余|余下)")
_RATE = regex(r"率[^，。；：、]{0,4}$")
_OUTSIDE = regex(r"占(?:全|同|总|GDP|财政)|[中里内]占|的占|增|降|年")
_TWICE = regex(r"多选|可选多|选[两三多]项|涉及多|多个(?:类型|领域)|同时|兼")


def check_share_list(doc: Document, period: Period, previous: Period | None) -> list[Finding]:
    """The shares of a list that names its rest, where no fair reading of where it begins gives 100 per cent."""
    items = period.items
    out: list[Finding] = []
    if _TWICE.search(period.text) or overlap_told(period.text):
        return out
    for index, item in enumerate(items):
        if index < 2 or not _REST.match(item.lead) or not _is_share(items, index):
            continue
        chosen = _members(items, index)
        if len(chosen) < 3:
            continue
        shares = [i.q.value for i in chosen]
        joint = sum(shares, Decimal(0))
        if abs(joint - HUNDRED) > FAR or _fits_somewhere(period, previous, chosen):
            continue
        parts = "+".join(number(v) for v in shares)
        more = "超过" if joint > HUNDRED else "不足"
        out.append(
            finding(
                doc, period, [chosen[0], item], "shares", Severity.WARNING,
                f"各占比之和为{parts}={number(joint)}%，{more}100%，可能漏写、多写了一类或写错了占比",
                "100%", f"{number(joint)}%",
            )
        )  # fmt: skip
    return out


def _is_share(items: Sequence[Item], index: int) -> bool:
    item = items[index]
    if item.q.kind is not QKind.RATE or item.q.unit != "%" or not item.q.exact:
        return False
    return _SHARE.search(item.lead) is not None and not _OUTSIDE.search(item.lead)


def _members(items: Sequence[Item], last: int) -> list[Item]:
    """Shares up to the one at ``last``, from where 其中, a stronger mark or another figure stands before them."""
    chosen = [items[last]]
    for at in range(last, 0, -1):
        here, before = items[at], items[at - 1]
        if "其中" in here.gap or (at != last and RANK[here.sep] > RANK[items[at + 1].sep]):
            # 、 between the members and ， before 其他 is one list; but ， before a list of 、 begins it.
            break
        if not _is_share(items, at - 1):
            # An inexact share, or a change told between two of them, may hide a member of the list.
            return [] if here.sep != "；" and _hides(before) else chosen
        chosen.insert(0, before)
    return chosen


def _hides(item: Item) -> bool:
    return item.q.kind is QKind.CHANGE or (item.q.kind is QKind.RATE and _RATE.search(item.lead) is None)


def _fits_somewhere(period: Period, previous: Period | None, chosen: Sequence[Item]) -> bool:
    """True when some end of the list makes 100 per cent, or all of it makes a share told before."""
    ulp = max(i.q.ulp_of_rate for i in chosen)
    for first in range(len(chosen) - 1):
        if _near(sum((i.q.value for i in chosen[first:]), Decimal(0)), HUNDRED, ulp, len(chosen)):
            return True
    joint = sum((i.q.value for i in chosen), Decimal(0))
    told = [
        *(previous.items if previous else ()),
        *period.items,
        *(i for _, inner in period.brackets for i in inner),
    ]
    start = chosen[0].q.start
    return any(
        i.q.unit == "%"
        and i.q.start < start
        and _near(joint, i.q.value, max(ulp, i.q.ulp_of_rate), len(chosen))
        for i in told
    )


def _near(joint: Decimal, whole: Decimal, ulp: Decimal, count: int) -> bool:
    """Half a digit each way, where all were rounded; up to a digit each, where all were cut off."""
    return -ulp * count / 2 <= whole - joint <= ulp * count
