"""Elements and findings that turned from the first report to the second."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from auditor.compare.model import ElementTurn, FindingTurn, Place, Turn
from auditor.model import ElementResult, Evidence, Finding, Result, Status
from auditor.text.location import place_words

_RANK = {Status.MISSING: 0, Status.WEAK: 1, Status.COVERED: 2}
_NUMBER = re.compile(r"[0-9]+(?:[.][0-9]+)?")
_SAME_FINDING = 80.0


def element_turns(last: Result, this: Result, *, still_open: bool) -> tuple[ElementTurn, ...]:
    """Elements lost, weaker, stronger or won, in checklist order; with ``still_open`` also the gaps that stayed."""
    before = {e.id: e for e in last.elements}
    out = []
    for after in this.elements:
        old = before.get(after.id)
        if old is None or old.status is Status.NA or after.status is Status.NA:
            continue
        turn = _turn(old.status, after.status, still_open)
        if turn is None:
            continue
        out.append(
            ElementTurn(
                turn=turn,
                id=after.id,
                name=after.name,
                group=after.group,
                tier=after.tier,
                headline=after.headline,
                before=old.status,
                after=after.status,
                reason=after.reason,
                last=_evidence(old),
                this=_evidence(after),
            )
        )
    return tuple(out)


def _turn(before: Status, after: Status, still_open: bool) -> Turn | None:
    change = _RANK[after] - _RANK[before]
    if change < 0:
        return Turn.LOST if after is Status.MISSING else Turn.WEAKER
    if change > 0:
        return Turn.WON if before is Status.MISSING else Turn.STRONGER
    return Turn.OPEN if still_open and after is not Status.COVERED else None


def _evidence(element: ElementResult) -> Place | None:
    if not element.evidence:
        return None
    first = element.evidence[0]
    return Place(first.quote, first.start, first.end, first.line, _words(first), first.role, first.section)


def finding_turns(last: Result, this: Result) -> tuple[FindingTurn, ...]:
    """Findings of two drafts: those that stayed or are new in the order of the second, then those mended."""
    free = list(last.findings)
    out = []
    for finding in this.findings:
        old = next((f for f in free if _same(f, finding)), None)
        if old is not None:
            free.remove(old)
        out.append(_told(finding, Turn.NEW if old is None else Turn.OPEN))
    return tuple(out + [_told(finding, Turn.MENDED) for finding in free])


def _same(a: Finding, b: Finding) -> bool:
    if a.id == b.id:
        return True
    if a.kind != b.kind or _NUMBER.sub("#", a.message) != _NUMBER.sub("#", b.message):
        return False
    if a.quote is None or b.quote is None:
        return a.quote is b.quote
    return bool(fuzz.ratio(_NUMBER.sub("#", a.quote), _NUMBER.sub("#", b.quote)) >= _SAME_FINDING)


def _told(f: Finding, turn: Turn) -> FindingTurn:
    return FindingTurn(
        turn, f.id, f.kind, f.severity.value, f.message, f.quote, f.start, f.end, f.line, _words(f)
    )


def _words(place: Evidence | Finding) -> str:
    return place_words(place.line, place.paragraph, place.page)
