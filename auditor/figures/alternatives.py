"""Lists whose members are counted in several measure words, and wholes that are told in two of them.

证书和证明18640本（份），其中权属证书12115本、登记证明6425份; 决定书520件、笔录40份、其他300件.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from auditor.figures import units
from auditor.figures.judge import adds_up
from auditor.figures.lists import AMONG, Claim
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.regex import regex

_OTHER = regex(rf"(?:（(?:/|或)?(?P<inner>{units.PATTERN})）|/(?P<plain>{units.PATTERN}))(?=[，：。；、]|$)")


def in_one_measure(period: Period) -> Sequence[Item]:
    """The figures of the sentence, the members of such a list all in the measure word of their whole."""
    items = period.items
    if "）" not in period.text and "/" not in period.text:
        return items
    out = list(items)
    for index, whole in enumerate(items[:-1]):
        match = _OTHER.match(period.text, whole.q.end - period.start)
        counted = whole.plain and whole.q.kind is QKind.COUNT
        if match is None or not counted or not AMONG.search(items[index + 1].gap):
            continue
        either = (whole.q.unit, match["inner"] or match["plain"])
        for at in range(index + 1, len(items)):
            part = items[at]
            if part.q.unit not in either or (at > index + 1 and part.sep != "、"):
                break
            out[at] = replace(part, q=replace(part.q, unit=whole.q.unit))
    return out


def of_any_measure(period: Period, claim: Claim) -> bool:
    """决定书520件、笔录40份、其他300件 of 860: what 、 joins belongs to the sum, whatever it is counted in.

    制定文件3件，审查合同40份，合计审查48件: before a total, so does what commas join.
    """
    starts = [p.q.start for p in claim.parts]
    summed = claim.kind == "total"
    end = claim.whole.q.start if summed else max(starts) + 1
    within = [i for i in period.items if min(starts) <= i.q.start < end]
    marks = ("、", "，") if summed else ("、",)
    if len(within) == len(claim.parts) or any(i.sep not in marks for i in within[1:]):
        return False
    counted = all(i.plain and i.q.kind is QKind.COUNT for i in within)
    return counted and adds_up(within, claim.whole.q.amount, claim.whole.q.ulp)
