"""What a body is made up of: 法律顾问队伍共136名，由外聘律师88名、公职律师48名组成."""

from __future__ import annotations

from auditor.figures.judge import total
from auditor.figures.lists import LOOSE, MOST, Claim, like, whole_readings
from auditor.figures.passages import Period
from auditor.regex import regex

_MADE = regex(r"[^，。；：、\d]{0,10}?(?:，|，?共同|，?联合)?(?:组成|构成|组建)")
"""Behind the last part; 由 stands before the first one."""
_OF = regex(r"^[^，。；：、]{0,10}[，：](?:具体|主要|分别|现)?由[^，。；：、]{0,16}$")
_WHOLE = regex(r"(?:共同|联合)?(?:组成|构成|组建)(?:了)?(?:的)?(?:一支|一个)?(?:共)?")
_ALL = regex(r"[等]?，?(?:共计?|合计|总计|一共)")
_JOINS = regex(r"[^，。；：]{0,4}、|和|与|以及|及")
_AND = regex(r"(?:和|与|以及|及)[^，。；：、]{1,14}$")
"""…33名和高校教师19名: the last part needs no other mark."""
_BY = regex(r"由[^，。；：、]{0,16}$")
_OPEN = regex(r"等|若干|以及(?!\d)|(?<![两三四五六七八九几个大])部分")
"""部分网格员 leaves the list open, 三部分构成 does not."""


def composed_claims(period: Period) -> list[Claim]:
    """Lists between 由 and 组成 or 构成 right behind the figure of the whole."""
    if "组成" not in period.text and "构成" not in period.text and "组建" not in period.text:
        return []
    out, items = _behind(period), period.items
    for index in range(1, len(items) - 1):
        whole, first = items[index - 1], items[index]
        if not (whole.plain and first.plain and like(whole, first)) or not _OF.match(first.gap):
            continue
        last = index
        while last + 1 < len(items) and last - index < MOST:
            following = items[last + 1]
            if not (following.plain and like(following, first)):
                break
            if following.sep not in ("、", "，") and not (following.sep == "" and _AND.match(following.gap)):
                break
            if _ends(period, items[last].q.end):
                break
            last += 1
        parts = items[index : last + 1]
        rest = _ends(period, parts[-1].q.end)
        if len(parts) < 2 or rest is None or _OPEN.search(rest) or LOOSE.search(first.gap):
            continue
        wholes = tuple(whole_readings(items[:index], first))
        out.append(Claim(whole, tuple(parts), "composed", True, False, "、", (total(parts),), wholes))
    return out


def _behind(period: Period) -> list[Claim]:
    """由律师16名、公证员4名和调解员21名组成的41人宣讲团: the whole follows the word."""
    out: list[Claim] = []
    items = period.items
    for index in range(2, len(items)):
        whole = items[index]
        told = _WHOLE.fullmatch(whole.gap) or (_ALL.fullmatch(whole.gap) and _MADE.match(whole.tail))
        if not whole.plain or not told:
            continue
        first = index - 1
        while first > 0 and _JOINS.match(items[first].gap) and not _BY.search(items[first].gap):
            first -= 1
        parts = items[first:index]
        if (
            len(parts) < 2
            or not _BY.search(parts[0].gap)
            or not all(p.plain and like(p, whole) for p in parts)
        ):
            continue
        if any(_OPEN.search(p.gap) for p in parts[1:]) or parts[-1].tail.startswith("等"):
            continue
        out.append(
            Claim(whole, tuple(parts), "composed", True, False, "、", (total(parts),), (whole.q.amount,))
        )
    return out


def _ends(period: Period, end: int) -> str | None:
    """Words from the last part to 组成; None where the list goes on."""
    match = _MADE.match(period.text, end - period.start)
    return match[0] if match else None
