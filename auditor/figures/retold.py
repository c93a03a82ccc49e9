"""Figures told again in another place in other words: 审结951件 … 全年审结的915件行政复议案件.

Two mentions are the same only where each is made of words that stand around the other one, both name the same deed,
the same span of time and no narrower body or kind; and only where nothing else in the report has the later figure.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

from auditor.figures.contexts import REGION, Contexts
from auditor.figures.judge import shown, told_again
from auditor.figures.lists import like
from auditor.figures.mentions import (
    BODY,
    STRESS,
    TOPIC,
    WHOLE,
    Mention,
    bare,
    covered,
    deeds_of,
    slipped,
)
from auditor.figures.quantity import QKind
from auditor.figures.restated import same_figure
from auditor.model import Finding
from auditor.regex import regex
from auditor.text.document import Document

MOST = 24
"""Mentions that are remembered under one key."""
_OF_THEIR_OWN = frozenset({"罚没", "罚款", "没收", "持证", "败诉", "胜诉", "纠错", "挽回"})
"""Deeds that name what is counted without a noun."""
_OFTEN = frozenset({"宣传", "检查", "制发", "建成", "配备"})
"""Deeds that are told piece by piece: another figure is another piece, unless its digits are those of the first."""
_EVERYONE = regex(r"(?:各级|行政机关|负责人|主要|机关|政府|部门)*")
_EDGES = "的仅只仍有共被，、"


def check_retold(doc: Document, told: Sequence[Mention], known: Sequence[Finding]) -> list[Finding]:
    """Warnings at the later of two places; figures that ``known`` findings quote are left alone."""
    index: dict[tuple[str, str], list[Mention]] = {}
    sizes: dict[tuple[str, float], list[Mention]] = {}
    for m in told:
        for key in _keys(m):
            entries = index.setdefault(key, [])
            if len(entries) < MOST:
                entries.append(m)
        if m.size >= 10:
            sizes.setdefault((m.item.q.group, m.size), []).append(m)
    # Figures that stand more than once, by sentence: whatever else is told beside one of them may be told again too.
    often: dict[int, set[int]] = {}
    for group in sizes.values():
        if len(group) > 1:
            for m in group:
                often.setdefault(m.period.start, set()).add(m.item.q.start)
    out: list[Finding] = []
    taken = _merged(known)
    seen: set[int] = set()
    look = Contexts(doc)
    for m in told:
        if not _speaks_for_all(m, often):
            continue
        other = _told_otherwise(look, m, index)
        if other is None:
            continue
        first, later = sorted((m, other), key=lambda x: x.item.q.start)
        if later.item.q.start in seen:
            continue
        seen.add(later.item.q.start)
        at = doc.norm.original(later.item.q.start, later.item.q.end)[0]
        before = bisect_right(taken, (at, math.inf)) - 1
        if before < 0 or taken[before][1] <= at:
            out.append(_report(doc, first, later))
    return out


def _merged(known: Sequence[Finding]) -> list[tuple[int, float]]:
    """Original spans that findings quote, in order and without overlaps."""
    out: list[tuple[int, float]] = []
    for start, end in sorted((f.start or 0, f.end or 0) for f in known):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _keys(m: Mention) -> list[tuple[str, str]]:
    group = m.item.q.group
    keys = [(group, deed) for deed in m.deeds]
    stem = m.stem.strip(_EDGES)
    if len(stem) >= 2:
        keys.append((group, "/" + stem[-2:]))
    # 行政规范性文件现行有效238件 and 现行有效的328件行政规范性文件: whatever ends the label, both speak of documents.
    keys += [(group, "/" + topic) for topic in dict.fromkeys(TOPIC.findall(m.label))]
    return keys


def _definite(m: Mention) -> bool:
    """审结的915件行政复议案件: speaks of what was told."""
    return m.item.lead.endswith("的") and len(m.item.lead) > 2 and m.noun != ""


def _named_only(m: Mention) -> bool:
    """2861件行政许可决定: nothing but the noun, or the whole before it."""
    return m.noun != "" and m.label == bare(m.noun)


def _speaks_for_all(m: Mention, often: dict[int, set[int]]) -> bool:
    """A figure that is taken up again (审结的915件…) or told of the whole, and not a part of a list."""
    if m.item.sep == "、" and (m.item.lead or len(m.noun) < 4):
        return False
    if m.parent is not None:
        # 查处的4127件案件中，…所涉耕地1.39万亩: a part of a whole that was told before, itself told again.
        between = [i for i in m.period.items if m.parent.q.start < i.q.start < m.item.q.start]
        if "其中" in m.item.gap or any(i.q.kind is not QKind.RATE for i in between):
            # 8426件中，预付卡类2134件，挽回损失…: of the one kind only.
            return False
        return m.parent.q.start in often.get(m.period.start, ())
    if m.unsure:
        return False
    lead = m.item.lead
    return (
        _definite(m)
        or _named_only(m)
        or WHOLE.search(lead) is not None
        or STRESS.search(lead) is not None
        or bool(often.get(m.period.start, set()) - {m.item.q.start})
    )


def _told_otherwise(
    look: Contexts, m: Mention, index: dict[tuple[str, str], list[Mention]]
) -> Mention | None:
    """The mention that tells the figure of ``m`` otherwise; None when none does or some tells the same."""
    if m.size <= 0:
        return None
    pool: dict[int, Mention] = {}
    for key in _keys(m):
        for o in index.get(key, ()):
            if o.period is m.period:
                continue
            far = o.size / m.size
            if 0.5 < far < 2 and (o.size == m.size or same_figure(o.item, m.item)):
                return None
            if 0.1 < far < 10:
                pool[o.item.q.start] = o
    fitting = [o for o in pool.values() if not o.unsure and _same(look, m, o)]
    if not fitting:
        return None
    slips = [o for o in fitting if slipped(o.item, m.item)]
    chosen = slips or fitting
    if len({o.item.q.amount for o in chosen}) != 1 or any(_explains(o, m) for o in chosen):
        return None
    return min(chosen, key=lambda o: o.item.q.start)


def _explains(o: Mention, m: Mention) -> bool:
    """The figure of ``m`` is a sum or difference of that of ``o`` and a neighbour: what was left or carried over."""
    near = [i.q.amount for i in o.period.items if i is not o.item and like(i, o.item)]
    return any(m.item.q.amount in (o.item.q.amount + x, abs(o.item.q.amount - x)) for x in near)


def _same(look: Contexts, m: Mention, o: Mention) -> bool:
    shared = m.deeds & o.deeds
    if m.deeds and o.deeds and not shared:
        return False
    far = max(m.size, o.size) / min(m.size, o.size)
    slip = slipped(m.item, o.item)
    if not slip and far > 2:
        return False
    around_m, around_o = look.around(m), look.around(o)
    sure = slip and _digits(m) >= 3
    again = sure and _definite(m)
    own, label = m.stem, o.stem
    if sure and _named_only(m):
        label = BODY.sub("", label)
    if not _word_for_word(m, o) and not (covered(own, around_o) and (again or covered(label, around_m))):
        return False
    if shared and not (_all_told(m.deeds - shared, around_o) and _all_told(o.deeds - shared, around_m)):
        return False
    mine, theirs = look.at(m), look.at(o)
    if mine.region and theirs.region and mine.region != theirs.region:
        return False
    if mine.topics and theirs.topics and not set(mine.topics[-2:]) & set(theirs.topics[-3:]):
        return False
    if mine.times != theirs.times and not _undated(look.doc, mine.times, theirs.times, m, o):
        return False
    if any(t not in around_o for t in mine.narrow):
        return False
    # 区市场监管局…挽回经济损失318.6万元 … 全年挽回损失381.6万元: the same words, and a slip of the pen.
    alike = sure and shared and len(own.strip(_EDGES)) >= 2 and own.strip(_EDGES) == label.strip(_EDGES)
    taken_up = again or (alike and not mine.region)
    if not taken_up and any(t not in around_m for t in theirs.narrow):
        return False
    return _enough(m, o, own.strip(_EDGES), label.strip(_EDGES), slip, far)


def _word_for_word(m: Mention, o: Mention) -> bool:
    """应出庭的36件行政诉讼案件 takes up 行政机关负责人应出庭行政诉讼案件, all of which speaks of every body."""
    words = bare(m.item.lead + m.noun).replace("的", "")
    told = bare(o.item.lead).replace("的", "")
    if not _definite(m) or len(words) < 6 or not told.endswith(words):
        return False
    return _EVERYONE.fullmatch(told[: len(told) - len(words)]) is not None


def _all_told(deeds: frozenset[str], around: str) -> bool:
    """The deeds are those of the same case (立案查处), or told near by."""
    return not deeds - {"立案", "查处"} or deeds <= deeds_of(around) | {"立案", "查处"}


def _digits(m: Mention) -> int:
    return len(str(int(m.item.q.value / m.item.q.scale))) + m.item.q.decimals


def _undated(doc: Document, mine: frozenset[str], theirs: frozenset[str], m: Mention, o: Mention) -> bool:
    """Where the year of the report is not known, the first mention may name it and the second one not."""
    if doc.metadata.report_year is not None:
        return False
    first, later = (mine, theirs) if m.item.q.start < o.item.q.start else (theirs, mine)
    return not later and len(first) == 1 and all(t.endswith("年") and t[:2] == "20" for t in first)


def _enough(m: Mention, o: Mention, noun: str, other: str, slip: bool, far: float) -> bool:
    """Whether what both say in common is enough to take their figures for one."""
    shared = m.deeds & o.deeds
    sure = slip and _digits(m) >= 3
    if m.parent is not None:
        return sure and len(noun) >= 2
    if sure:
        return bool(noun) or bool(shared & _OF_THEIR_OWN)
    if noun == other:
        if slip and len(noun) >= 2 and WHOLE.search(m.item.lead):
            return True
        if len(noun) >= 4 and STRESS.search(m.item.lead):
            return far <= 2
    anchored = _anchored(m, o)
    if slip and anchored and len(noun) >= 4:
        return True
    if len(noun) < 2:
        return "持证" in shared and REGION.search(m.item.lead) is not None
    taken_up = _definite(m) and m.item.lead[-3:-1] in o.item.lead
    if not shared and not taken_up:
        return anchored
    if shared and shared <= _OFTEN and not (_definite(m) and "宣传" not in shared and len(noun) >= 4):
        return False
    return far <= (2 if anchored else 1.5)


def _anchored(m: Mention, o: Mention) -> bool:
    """Both sentences hold the same other figure."""
    mine = {(i.q.group, i.q.amount) for i in m.period.items if i is not m.item and i.q.amount >= 10}
    return any((i.q.group, i.q.amount) in mine for i in o.period.items if i is not o.item)


def _report(doc: Document, first: Mention, later: Mention) -> Finding:
    before, now = shown(first.item.q.amount, first.item), shown(later.item.q.amount, later.item)
    return told_again(doc, later.period, [later.item], first.item, before, now)
