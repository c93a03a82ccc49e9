"""Candidate passages of one element: every place where one of its conditions holds, and why it counts or not."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from auditor.engine.likely import alike
from auditor.engine.undone import demands, denied, explains
from auditor.engine.values import ACHIEVED, MAX_QUOTE
from auditor.matching.evaluate import Matcher
from auditor.matching.phrases import Hit
from auditor.matching.program import Sequence
from auditor.model import Role
from auditor.rulebook.book import Condition, Element
from auditor.rulebook.schema import Aside
from auditor.text.document import Document, Kind, Span

MAX_ANCHORS = 20
_CLAUSES_ON = 2
"""How many clauses further on the next of a condition's words may stand, where the rule sets no distance."""


class Strength(StrEnum):
    """Which list of the rule a condition stands in."""

    COVERED = "covered"
    WEAK = "weak"
    MENTION = "mention"


class Outcome(StrEnum):
    """Whether a candidate counts, and if not, why."""

    COUNTS = "算数"
    PLAN = "写在下一年安排里"
    PROBLEM = "写在存在不足里"
    HEADING = "只是标题"
    NEGATED = "意思是没有做"
    GROUNDS = "只是目的或依据"
    DEMAND = "只是提出要求"
    TOPIC = "只是会议、课程的题目"
    OTHERS = "说的是人大、法院等别的机关做的事"
    UNLIKE = "几个词凑齐了，整句话不像在写这件事"
    EXCLUDED = "同句另有排除的词"
    APART = "几个词隔得太远，说的不是一件事"
    ROLE = "不在这一条要求的部分"
    CONTEXT = "上下文没有写明对象"
    FURNITURE = "标题或落款，不作证据"


class Candidate(Struct, frozen=True):
    start: int
    end: int
    """Normalised span of the words that matched."""
    similarity: float
    strength: Strength
    condition: Condition
    role: Role
    outcome: Outcome


def candidates(element: Element, matcher: Matcher) -> list[Candidate]:
    """All candidates of an element, conditions in the order of the rule, places in the order of the text."""
    return [c for strength in Strength for c in of_strength(element, strength, matcher)]


def of_strength(element: Element, strength: Strength, matcher: Matcher) -> Iterator[Candidate]:
    """Candidates of one list of the rule, found one by one."""
    conditions = {
        Strength.COVERED: element.covered,
        Strength.WEAK: element.weak,
        Strength.MENTION: element.mention,
    }[strength]
    ignore = matcher.spans(element.ignore)
    for condition in conditions:
        if condition.elements is None and matcher.possible(condition.needs, condition.ideas):
            for hit, parts in _places(condition, matcher, ignore):
                yield _judge(element, condition, strength, hit, parts, matcher)


def _places(
    condition: Condition, matcher: Matcher, ignore: tuple[Span, ...]
) -> Iterator[tuple[Hit, tuple[Hit, ...]]]:
    """Extents at which a condition's words stand together, with the hits they are made of."""
    if condition.count is not None:
        yield from _counted(condition, matcher, ignore)
        return
    if len(condition.all) == 1 and not condition.any:
        for hit in matcher.hits(condition.all[0], ignore):
            yield hit, (hit,)
        return
    unit = condition.within
    grouped: list[dict[int, list[Hit]]] = []
    for pattern in condition.all:
        grouped.append(matcher.by_unit(pattern, unit, ignore))
        if not grouped[-1]:
            return
    if condition.any:
        hits = matcher.any_hits(condition.any, ignore)
        if not grouped:
            for hit in hits:
                yield hit, (hit,)
            return
        grouped.append(matcher.grouped(hits, unit))
    grouped_by_size = sorted(grouped, key=len)
    common = set(grouped_by_size[0]).intersection(*grouped_by_size[1:])
    for number in sorted(common):
        yield from _together([by_unit[number] for by_unit in grouped], condition.distance)


def _together(places: list[list[Hit]], distance: int | None) -> Iterator[tuple[Hit, tuple[Hit, ...]]]:
    """For each place of the scarcest pattern the nearest places of the others, none overlapping."""
    if len(places) == 2:
        yield from _paired(places[0], places[1], distance)
        return
    # The pattern with the fewest places chooses first, or a greedy neighbour may take its only one.
    order = sorted(range(len(places)), key=lambda n: len(places[n]))
    for anchor in places[order[0]][:MAX_ANCHORS]:
        parts = {order[0]: anchor}
        for number in order[1:]:
            nearest = _nearest(places[number], anchor, parts.values())
            if nearest is None:
                break
            parts[number] = nearest
        else:
            ordered = tuple(parts[number] for number in range(len(places)))
            start, end = min(p[0] for p in ordered), max(p[1] for p in ordered)
            if distance is None or end - start <= distance:
                yield (start, end, min(p[2] for p in ordered)), ordered


def _paired(left: list[Hit], right: list[Hit], distance: int | None) -> Iterator[tuple[Hit, tuple[Hit, ...]]]:
    """The same for two patterns, which most conditions have."""
    swap = len(right) < len(left)
    few, many = (right, left) if swap else (left, right)
    for anchor in few[:MAX_ANCHORS]:
        nearest = _nearest(many, anchor, (anchor,))
        if nearest is None:
            continue
        start = anchor[0] if anchor[0] < nearest[0] else nearest[0]
        end = anchor[1] if anchor[1] > nearest[1] else nearest[1]
        if distance is None or end - start <= distance:
            similarity = anchor[2] if anchor[2] < nearest[2] else nearest[2]
            yield (start, end, similarity), ((nearest, anchor) if swap else (anchor, nearest))


def _counted(
    condition: Condition, matcher: Matcher, ignore: tuple[Span, ...]
) -> Iterator[tuple[Hit, tuple[Hit, ...]]]:
    """Units in which enough of the listed things are named (and everything else that is required stands)."""
    assert condition.count is not None
    unit = condition.within
    things = [
        {
            number: hits[0]
            for number, hits in matcher.grouped(matcher.any_hits(patterns, ignore), unit).items()
        }
        for patterns in condition.count.things
    ]
    needed = [matcher.by_unit(pattern, unit, ignore) for pattern in condition.all]
    if condition.any:
        needed.append(matcher.grouped(matcher.any_hits(condition.any, ignore), unit))
    for number in sorted({number for thing in things for number in thing}):
        named = [thing[number] for thing in things if number in thing]
        if len(named) < condition.count.least or any(number not in other for other in needed):
            continue
        if condition.count.most is not None and len(named) > condition.count.most:
            continue
        parts = tuple(sorted(named + [other[number][0] for other in needed]))
        yield (parts[0][0], max(p[1] for p in parts), min(p[2] for p in parts)), parts


def _nearest(places: list[Hit], anchor: Hit, taken: Collection[Hit]) -> Hit | None:
    """The place nearest to the anchor, of equals the first, that overlaps none of those taken."""
    best: Hit | None = None
    least = sys.maxsize
    start, end, _ = anchor
    for hit in places:
        ahead = hit[0] - end
        if ahead >= least:
            # Places come in order: all that follow are farther away.
            break
        behind = start - hit[1]
        distance = ahead if ahead > 0 else behind if behind > 0 else 0
        if distance < least:
            for other in taken:
                if hit[0] < other[1] and other[0] < hit[1]:
                    break
            else:
                best, least = hit, distance
    return best


def _judge(
    element: Element,
    condition: Condition,
    strength: Strength,
    hit: Hit,
    parts: tuple[Hit, ...],
    matcher: Matcher,
) -> Candidate:
    start, end, similarity = hit
    if condition.within == "paragraph":
        # The words may stand sentences apart: the first named pattern marks the passage.
        start, end = parts[0][0], parts[0][1]
    role = _role(start, parts, matcher)
    outcome = _outcome(condition, strength, start, end, parts, role, matcher)
    if outcome is Outcome.COUNTS and role in ACHIEVED:
        outcome = _aside(element, strength, parts, matcher.doc) or outcome
    if outcome is Outcome.COUNTS and element.learned and not alike(element, start, end, matcher):
        outcome = Outcome.UNLIKE
    return Candidate(start, end, similarity, strength, condition, role, outcome)


def _role(start: int, parts: tuple[Hit, ...], matcher: Matcher) -> Role:
    """Role of the sentence; that of plans where one of the words stands in a clause about the time to come."""
    doc, sentence = matcher.doc, matcher.units.sentence
    number = sentence[start]
    role = doc.sentences[number].role
    if role not in ACHIEVED or not doc.planned:
        return role
    words = (part[0] for part in parts if sentence[part[0]] == number)
    return Role.PLAN if any(map(doc.is_planned, words)) else role


def _outcome(
    condition: Condition,
    strength: Strength,
    start: int,
    end: int,
    parts: tuple[Hit, ...],
    role: Role,
    matcher: Matcher,
) -> Outcome:
    doc = matcher.doc
    sentences = doc.sentences[matcher.units.sentence[start] : matcher.units.sentence[end - 1] + 1]
    for sentence in sentences:
        if sentence.kind is Kind.TITLE or sentence.kind is Kind.SIGNATURE:
            return Outcome.FURNITURE
    clauses = matcher.units.clauses(start, end)
    if condition.unless and matcher.stands_in(condition.unless, clauses):
        return Outcome.EXCLUDED
    if condition.unless_sentence:
        whole = (sentences[0].start, sentences[-1].end)
        if matcher.stands_in(condition.unless_sentence, whole):
            return Outcome.EXCLUDED
    bounded = condition.distance is not None or condition.count is not None
    if condition.within == "sentence" and not bounded and _apart(parts, matcher):
        return Outcome.APART
    if condition.context and not _in_context(condition.context, start, matcher):
        return Outcome.CONTEXT
    if condition.roles is not None:
        return Outcome.COUNTS if role in condition.roles else Outcome.ROLE
    if strength is Strength.MENTION and role in ACHIEVED:
        return Outcome.ROLE
    if role is Role.PLAN:
        return Outcome.PLAN
    if role is Role.PROBLEMS:
        return Outcome.PROBLEM
    if not condition.negated and _negated(doc, parts, clauses):
        return Outcome.NEGATED
    if (
        strength is Strength.COVERED
        and not condition.heading
        and all(s.kind is Kind.HEADING for s in sentences)
    ):
        return Outcome.HEADING
    if strength is Strength.COVERED and not condition.grounds:
        return _only_said(start, end, clauses, sentences[-1].end, matcher) or Outcome.COUNTS
    return Outcome.COUNTS


def _apart(parts: tuple[Hit, ...], matcher: Matcher) -> bool:
    """True when whole clauses about other things stand between the words of a condition."""
    clause = matcher.units.clause
    places = sorted(clause[part[0]] for part in parts)
    return any(after - before > _CLAUSES_ON for before, after in pairwise(places))


def _only_said(start: int, end: int, clauses: Span, sentence_end: int, matcher: Matcher) -> Outcome | None:
    """What one clause that holds everything tells instead of a deed: why the rest was done, or what is demanded."""
    if matcher.units.clause[start] != matcher.units.clause[end - 1]:
        return None
    clause = matcher.doc.norm.text[slice(*clauses)]
    if clauses[1] < sentence_end and explains(clause):
        return Outcome.GROUNDS
    return Outcome.DEMAND if demands(clause) else None


def _aside(element: Element, strength: Strength, parts: tuple[Hit, ...], doc: Document) -> Outcome | None:
    """What a passage is instead of a deed of this body, unless the element admits it."""
    topical = strength is Strength.COVERED and doc.topics and Aside.TOPICS not in element.admit
    if topical and any(doc.is_topic(part[0]) for part in parts):
        # Rules that name the course itself as weak mean it.
        return Outcome.TOPIC
    if doc.others and Aside.OTHERS not in element.admit and any(doc.is_others(part[0]) for part in parts):
        return Outcome.OTHERS
    return None


def quoted(start: int, end: int, matcher: Matcher) -> Span:
    """The clauses around a passage (normalised), itself alone where they are too long to be quoted."""
    clauses = matcher.units.clauses(start, end)
    return clauses if clauses[1] - clauses[0] <= MAX_QUOTE else (start, end)


def _in_context(sequences: tuple[Sequence, ...], start: int, matcher: Matcher) -> bool:
    """True when one of the patterns stands in the same paragraph or in a heading of its section."""
    doc, units = matcher.doc, matcher.units
    paragraph = units.paragraph[start]
    section = doc.sentences[units.sentence[start]].section
    above = units.above[section] if section >= 0 else -1
    for sequence in sequences:
        for a, _, _ in matcher.hits(sequence):
            if units.paragraph[a] == paragraph:
                return True
            other = doc.sentences[units.sentence[a]]
            if other.kind is Kind.HEADING and a < start and other.section in (section, above):
                return True
    return False


def _negated(doc: Document, parts: tuple[Hit, ...], clauses: Span) -> bool:
    return any(denied(doc.norm.text, start, end, clauses) for start, end, _ in parts)
