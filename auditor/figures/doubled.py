"""Lists in which every member is told in two measures: 86宗3886亩，其中工业用地36宗2138亩、住宅用地18宗806亩、….

The one measure proves what the list is: where its parts make its whole, those of the other must do so too. Where
neither does, the list is no full one and nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from auditor.figures.judge import adds_up
from auditor.figures.lists import AMONG, COLON, INCLUDE, MOST, SPLIT, Claim, like
from auditor.figures.passages import Item, Period
from auditor.regex import regex

_LINK = regex(
    r"[、，]?(?:共?涉及|涉案金额|总?面积|金额|资金|罚款|罚没款|罚没|总?价款|合计|共|计|约谈|惠及|覆盖|涉)?"
)
"""All that may stand between the two figures of one member."""
LIMIT = Decimal("0.3")
"""How far off, as a share of the whole, the sum may be; beyond it the second figures surely count something else."""


def doubled_claims(period: Period) -> list[Claim]:
    items, out = period.items, []
    for index in range(2, len(items) - 3):
        one, two = items[index - 2 : index]
        if not _announces(items[index].gap) or not _pair(one, two):
            continue
        members, style = _members(items, index, one, two)
        if len(members) < 2:
            continue
        firsts = tuple(a for a, _ in members)
        # The name of a member stands before its first figure.
        seconds = tuple(replace(b, lead=a.lead, label=a.label, sep=a.sep) for a, b in members)
        proven = adds_up(firsts, one.q.amount, one.q.ulp)
        if proven == adds_up(seconds, two.q.amount, two.q.ulp):
            continue
        whole, parts = (two, seconds) if proven else (one, firsts)
        out.append(Claim(whole, parts, "among", True, False, style, (), (whole.q.amount,), LIMIT))
    return out


def _announces(gap: str) -> bool:
    return any(cue.search(gap) for cue in (AMONG, COLON, INCLUDE, SPLIT))


def _pair(one: Item, two: Item) -> bool:
    return one.plain and two.plain and not like(one, two) and _LINK.fullmatch(two.gap) is not None


def _members(items: Sequence[Item], first: int, one: Item, two: Item) -> tuple[list[tuple[Item, Item]], str]:
    """Pairs from ``first`` on and their mark; none when the list goes on with a member of one figure only."""
    found: list[tuple[Item, Item]] = []
    style = ""
    for at in range(first, len(items), 2):
        a = items[at]
        if found and style and a.sep != style:
            break
        if not like(a, one) and not like(a, two):
            break
        if at + 1 == len(items) or not like(a, one) or not like(items[at + 1], two) or len(found) == MOST:
            return [], ""
        if not _pair(a, items[at + 1]):
            return [], ""
        if found:
            style = a.sep
        found.append((a, items[at + 1]))
    return found, style
