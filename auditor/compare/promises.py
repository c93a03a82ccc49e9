"""Last year's plan against this year's report.

A promise is one sentence of the plan. It is measured by its own telling words: what share of them, weighted by how
rare they are, stands in a passage of this year. Elements that both speak of count for it as well. Precision first:
``gone`` is said only when nothing near stands anywhere in this year's report.
"""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from auditor.compare.inputs import Report
from auditor.compare.model import Kept, Promise
from auditor.compare.words import LONG_TERM, Weights, pairs, pieces, shared_terms
from auditor.engine.values import ACHIEVED
from auditor.model import Role
from auditor.text.document import Kind

CLEAR = 0.50
"""From this share on a passage speaks of the same thing."""
LIKELY = 0.34
"""From this share on it does so when a long rare term or an element is shared as well."""
TOGETHER = 0.60
"""What up to three passages must hold together."""
NEAR = 0.22
"""Below this share, and without a rare term or an element, nothing is near."""
ADDS = 0.15
_LEAST_PAIRS = 4
_LEAST_LENGTH = 5
_INTRODUCES = re.compile(r"(?:以下|如下)[^。]{0,12}[：。]?$|：$")
_NEGATED = re.compile(r"尚未|还未|未能|没有(?!发生)|未开展|未完成|有待|还需|仍需|不到位|滞后")


class _Passage(Struct, frozen=True):
    start: int
    end: int
    text: str
    role: Role
    pairs: frozenset[str]
    elements: frozenset[str]
    whole: bool
    """False for headings, which tell a topic but nothing done."""

    @property
    def done(self) -> bool:
        return self.role in ACHIEVED and self.whole and not _NEGATED.search(self.text)

    @property
    def ahead(self) -> bool:
        return self.role in (Role.PLAN, Role.PROBLEMS) or _NEGATED.search(self.text) is not None


class _Near(Struct, frozen=True):
    share: float
    terms: tuple[str, ...]
    elements: frozenset[str]
    passage: _Passage


def promises(last: Report, this: Report) -> tuple[tuple[Promise, ...], int]:
    """Every promise in the order of the plan, and how many sentences of the plan name no task."""
    theirs = _passages(this)
    mine = _plan(last)
    weights = Weights([p.pairs for p in (*theirs, *_passages(last))])
    out, vague = [], 0
    for item in mine:
        promise = _promise(item, theirs, weights, last, this)
        if len(item.pairs) < _LEAST_PAIRS:
            # 加强行政复议工作 names a field and no task: whatever is written on it cannot show that it was kept.
            if promise.status is Kept.GONE or not item.pairs:
                vague += 1
                continue
            if promise.status is Kept.DONE:
                promise = replace(promise, status=Kept.UNCLEAR)
        out.append(promise)
    return tuple(out), vague


def _passages(report: Report) -> list[_Passage]:
    doc = report.document
    out: list[_Passage] = []
    for number, s in enumerate(doc.sentences):
        if s.kind in (Kind.TITLE, Kind.SIGNATURE):
            continue
        text = report.text(s.start, s.end).rstrip("\n")
        end = s.start + len(text)
        elements = report.speaks.get(number, frozenset())
        whole = s.kind is not Kind.HEADING
        out.append(_Passage(s.start, end, text, s.role, pairs(pieces(text)), elements, whole))
    return out


def _plan(report: Report) -> list[_Passage]:
    """Sentences of the plan; a heading only where nothing stands below it."""
    doc = report.document
    out = []
    for number, s in enumerate(doc.sentences):
        if s.role is not Role.PLAN or s.kind in (Kind.TITLE, Kind.SIGNATURE):
            continue
        text = report.text(s.start, s.end).rstrip("\n")
        if _INTRODUCES.search(text) or len(text) < _LEAST_LENGTH:
            continue
        if s.kind in (Kind.HEADING, Kind.LEAD):
            after = doc.sentences[number + 1] if number + 1 < len(doc.sentences) else None
            below = after is not None and after.role is Role.PLAN and after.kind is Kind.BODY
            top = s.kind is Kind.HEADING and s.section >= 0 and doc.sections[s.section].depth <= 1
            if below or top:
                continue
        elements = report.speaks.get(number, frozenset())
        out.append(_Passage(s.start, s.start + len(text), text, s.role, pairs(pieces(text)), elements, True))
    return out


def _promise(item: _Passage, theirs: list[_Passage], weights: Weights, last: Report, this: Report) -> Promise:
    runs = pieces(item.text)
    total = weights.total(item.pairs) or 1.0
    near = []
    for passage in theirs:
        shared = item.pairs & passage.pairs
        elements = item.elements & passage.elements
        if shared or elements:
            share = weights.total(shared) / total
            terms = shared_terms(runs, passage.text) if share >= 0.05 else ()
            near.append(_Near(share, terms, elements, passage))
    # Most of the promise's words first, then shared elements, then the order of the report.
    near.sort(key=lambda n: (-n.share - 0.05 * bool(n.elements), n.passage.start))
    status, found, share = _judge(item, near, weights, total)
    return Promise(
        status=status,
        last=last.place(item.start, item.end),
        found=tuple(this.place(n.passage.start, n.passage.end) for n in found),
        similarity=round(100 * share, 1),
        terms=tuple(dict.fromkeys(t for n in found for t in n.terms))[:6],
        elements=tuple(sorted({e for n in found for e in n.elements})),
    )


def _judge(
    item: _Passage, near: list[_Near], weights: Weights, total: float
) -> tuple[Kept, list[_Near], float]:
    done = [n for n in near if n.passage.done]
    ahead = [n for n in near if n.passage.ahead]
    best = next((n for n in done if _same(n, weights)), None)
    again = next((n for n in ahead if _same(n, weights)), None)
    if best is not None:
        return Kept.DONE, [best, again] if again else [best], best.share
    several, share = _together(item, done, weights, total)
    if several and (again is None or share >= again.share):
        return Kept.DONE, several, share
    if again is not None:
        return Kept.CONTINUED, [again], again.share
    close = [n for n in near if _close(n, weights)]
    if close:
        return Kept.UNCLEAR, close[:1], close[0].share
    return Kept.GONE, [], near[0].share if near else 0.0


def _same(near: _Near, weights: Weights) -> bool:
    if near.share >= CLEAR:
        return True
    long = any(len(t) >= LONG_TERM and weights.rare(t) for t in near.terms)
    return near.share >= LIKELY and (long or bool(near.elements))


def _close(near: _Near, weights: Weights) -> bool:
    if near.share >= NEAR or near.elements:
        return True
    # 重大行政 in 重大行政决策 and in 重大行政处罚 says little: alone a term must be longer.
    return any(len(t) > LONG_TERM and weights.rare(t) for t in near.terms)


def _together(item: _Passage, done: list[_Near], weights: Weights, total: float) -> tuple[list[_Near], float]:
    """Up to three passages that hold a promise of several tasks between them; none when they do not."""
    held: set[str] = set()
    chosen: list[_Near] = []
    for near in done[:12]:
        new = (item.pairs & near.passage.pairs) - held
        long = any(len(t) >= LONG_TERM for t in near.terms)
        if weights.total(new) / total >= ADDS and (long or near.elements):
            held |= new
            chosen.append(near)
        if len(chosen) == 3:
            break
    share = weights.total(held) / total
    return (chosen, share) if share >= TOGETHER else ([], share)
