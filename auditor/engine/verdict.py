"""From candidates to a status with reason, evidence and nearest passage."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from auditor.engine.candidates import Candidate, Outcome, Strength, of_strength, quoted
from auditor.engine.form import CHECKS, TRAILING
from auditor.engine.likely import NEAR, TOLD, Likely, LikelyPassage, odds, percent
from auditor.engine.nearest import NearestPassage
from auditor.engine.values import ACHIEVED, MAX_QUOTE, OPEN, Verdict
from auditor.garbage import uncollected
from auditor.matching.evaluate import Matcher
from auditor.model import Evidence, Level, Nearest, Role, Status, Tier
from auditor.rulebook.book import Condition, Element, RuleBook
from auditor.text.document import Document, Kind, Span

MAX_EVIDENCE = 5
_ONLY_SAID = (
    (Outcome.GROUNDS, "只作目的、依据提到，没有写出做法、结果或数字"),
    (Outcome.DEMAND, "只提出要求，没有写出做法、结果或数字"),
    (Outcome.TOPIC, "只作会议、课程的题目提到，没有写出做法、结果或数字"),
)
"""Outcomes that name the matter without saying that anything was done, and the reason told."""
_NOT_FOUND = "全文没有提到"
_READS = "整句读来像例句"
"""What stands for the words of a rule where none decided."""


class Scope(Struct, frozen=True):
    """Which elements apply to this report."""

    book: RuleBook
    level: Level | None

    def exclusion(self, element: Element) -> str | None:
        """Why an element does not apply, or None."""
        if not element.basis and element.tier is not Tier.STATUTORY:
            return f"{self.book.info.title}没有这一项要求"
        if self.level is not None and element.levels is not None and self.level not in element.levels:
            return "这一层级的单位不要求写这一项"
        return None


def judge(
    doc: Document, book: RuleBook, level: Level | None, *, only: str | None = None, by_rules: bool = False
) -> tuple[dict[str, Verdict], Matcher]:
    """Verdict on every element by id (or on ``only`` and what it depends on).

    ``by_rules``: only what the rules find covers an element, not what merely reads like its examples.
    """
    with uncollected():
        return _judge(doc, book, level, only, by_rules)


def _judge(
    doc: Document, book: RuleBook, level: Level | None, only: str | None, by_rules: bool
) -> tuple[dict[str, Verdict], Matcher]:
    matcher = Matcher(doc, book.index, book.concepts, book.likeness)
    scope = Scope(book, level)
    nearest = NearestPassage(doc, matcher.units)
    likely = LikelyPassage(matcher)
    verdicts: dict[str, Verdict] = {}
    by_id = {element.id: element for element in book.elements}

    def visit(element: Element) -> Verdict:
        known = verdicts.get(element.id)
        if known is not None:
            return known
        excluded = scope.exclusion(element)
        if excluded is not None:
            verdict = Verdict(Status.NA, excluded)
        elif element.structure is not None:
            verdict = CHECKS[element.structure](doc)
        else:
            needed = {
                other: visit(by_id[other])
                for condition in (*element.covered, *element.weak, *element.mention)
                if condition.elements is not None
                for other in condition.elements.ids
                if other in by_id
            }
            verdict = _by_rules(element, matcher, needed)
            if verdict.status is Status.MISSING and not by_rules:
                verdict = _by_likeness(verdict, likely.find(element), matcher)
        if verdict.status in (Status.WEAK, Status.MISSING) and verdict.nearest is None:
            near = nearest.find(element)
            verdict = Verdict(verdict.status, verdict.reason, verdict.evidence, near)
        verdicts[element.id] = verdict
        return verdict

    for element in book.elements:
        if only is None or element.id == only:
            visit(element)
    return verdicts, matcher


def _by_rules(element: Element, matcher: Matcher, needed: Mapping[str, Verdict]) -> Verdict:
    found: list[Candidate] = []
    clear = _Quotes(matcher)
    for candidate in of_strength(element, Strength.COVERED, matcher):
        found.append(candidate)
        if candidate.outcome is Outcome.COUNTS and clear.literal(candidate):
            clear.add(candidate)
            if clear.full:
                # No later place could take the room of these.
                return Verdict(Status.COVERED, None, clear.chosen())
    strong = [c for c in found if c.outcome is Outcome.COUNTS]
    if strong:
        return Verdict(Status.COVERED, None, _evidence(strong, matcher))
    for condition in element.covered:
        if _depends_holds(condition, needed):
            return Verdict(Status.COVERED, None, _borrowed(condition, needed))
    found += of_strength(element, Strength.WEAK, matcher)
    found += of_strength(element, Strength.MENTION, matcher)
    weak = [c for c in found if c.outcome is Outcome.COUNTS]
    if weak:
        reason = next((c.condition.reason for c in weak if c.condition.reason), None)
        return Verdict(Status.WEAK, reason or "写到了，但没有写出做法、结果或数字", _evidence(weak, matcher))
    for condition in element.weak:
        if _depends_holds(condition, needed):
            return Verdict(Status.WEAK, condition.reason, _borrowed(condition, needed))
    bare = [c for c in found if c.outcome is Outcome.HEADING]
    if bare:
        return Verdict(Status.WEAK, "只有标题，没有写出做法、结果或数字", _evidence(bare, matcher))
    for outcome, reason in _ONLY_SAID:
        said = [c for c in found if c.outcome is outcome]
        if said:
            return Verdict(Status.WEAK, reason, _evidence(said, matcher))
    open_ends = [c for c in found if c.outcome in (Outcome.PLAN, Outcome.PROBLEM)]
    if open_ends:
        return Verdict(Status.WEAK, _open_reason(open_ends, matcher), _evidence(open_ends, matcher))
    reason = _NOT_FOUND
    if any(c.outcome is Outcome.NEGATED for c in found):
        reason = "提到了，但写的是没有开展"
    unlike = next((c for c in found if c.outcome is Outcome.UNLIKE), None)
    if unlike is not None:
        read = Likely(unlike.start, unlike.end, odds(element, unlike.start, unlike.end, matcher))
        near = _near(_as_read(read, matcher))
        return Verdict(Status.MISSING, "只有几个词凑得上，整句不像在写这件事，请看一眼", (), near)
    return Verdict(Status.MISSING, reason)


def _by_likeness(verdict: Verdict, likely: Likely | None, matcher: Matcher) -> Verdict:
    """The verdict on an element that the rules miss, given the passage that reads most like its examples."""
    if likely is None:
        return verdict
    told = _as_read(likely, matcher)
    if likely.odds >= TOLD:
        return Verdict(Status.COVERED, "没有用常见的说法，整句读来是在写这件事，请核对", (told,))
    if verdict.nearest is not None:
        return verdict
    reason = verdict.reason
    if likely.odds >= NEAR and reason == _NOT_FOUND:
        reason = "没有写明，有一句读来相近，请看一眼"
    return Verdict(Status.MISSING, reason, (), _near(told))


def _as_read(likely: Likely, matcher: Matcher) -> Evidence:
    """A passage with how sure the model is of it."""
    role = matcher.doc.sentences[matcher.units.sentence[likely.start]].role
    return _cut(likely.start, likely.end, role, _READS, percent(likely.odds), matcher)


def _near(told: Evidence) -> Nearest:
    """A passage that does not count, for the reader to judge."""
    return Nearest(told.quote, told.start, told.end, told.line, told.similarity)


def _open_reason(found: list[Candidate], matcher: Matcher) -> str:
    roles = {c.role for c in found} & OPEN
    if roles == OPEN:
        return "只在存在不足和下一年安排中提到，本年度没有写做了什么"
    doc, sentence = matcher.doc, matcher.units.sentence
    if all(doc.sentences[sentence[c.start]].role in ACHIEVED for c in found):
        return "还在筹备、办理，或写的是以后的安排，本年度没有写做成了什么"
    if Role.PLAN in roles:
        return "仅在下一年安排中提到，本年度没有写做了什么"
    return "仅在存在不足中提到，本年度没有写做了什么"


def _depends_holds(condition: Condition, needed: Mapping[str, Verdict]) -> bool:
    depends = condition.elements
    if depends is None:
        return False
    met = sum(1 for other in depends.ids if other in needed and needed[other].status in depends.status)
    return met >= depends.least


def _borrowed(condition: Condition, needed: Mapping[str, Verdict]) -> tuple[Evidence, ...]:
    """Evidence of the elements a condition rests on, first of each."""
    assert condition.elements is not None
    firsts = [
        needed[other].evidence[0]
        for other in condition.elements.ids
        if other in needed and needed[other].status in condition.elements.status and needed[other].evidence
    ]
    return tuple(dict.fromkeys(firsts))[:MAX_EVIDENCE]


class _Quotes:
    """The quotes that go into a verdict: no place twice."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._chosen: list[Evidence] = []
        self._spans: list[Span] = []

    @property
    def full(self) -> bool:
        return len(self._chosen) == MAX_EVIDENCE

    def add(self, candidate: Candidate) -> None:
        """Quote a candidate unless it overlaps what was quoted before."""
        start, end = quoted(candidate.start, candidate.end, self._matcher)
        if not any(a < end and start < b for a, b in self._spans):
            self._spans.append((start, end))
            self._chosen.append(quote(candidate, self._matcher))

    def literal(self, candidate: Candidate) -> bool:
        """True when no other candidate could be better evidence: word for word, and not in a heading."""
        return candidate.similarity == 100 and not self.heading(candidate)

    def heading(self, candidate: Candidate) -> bool:
        doc, units = self._matcher.doc, self._matcher.units
        return doc.sentences[units.sentence[candidate.start]].kind is Kind.HEADING

    def chosen(self) -> tuple[Evidence, ...]:
        return tuple(self._chosen)


def _evidence(found: list[Candidate], matcher: Matcher) -> tuple[Evidence, ...]:
    """Best quotes: literal before fuzzy, body before heading, rule order, text order."""
    quotes = _Quotes(matcher)
    for candidate in sorted(found, key=lambda c: (-c.similarity, quotes.heading(c))):
        if quotes.full:
            break
        quotes.add(candidate)
    return quotes.chosen()


def quote(candidate: Candidate, matcher: Matcher) -> Evidence:
    """The clauses around a candidate, at most 200 characters of original text."""
    c = candidate
    return _cut(c.start, c.end, c.role, c.condition.label, c.similarity, matcher)


def _cut(start: int, end: int, role: Role, phrase: str, similarity: float, matcher: Matcher) -> Evidence:
    """A normalised span as evidence: its clauses, at most 200 characters of original text."""
    doc = matcher.doc
    a, b = doc.norm.original(*quoted(start, end, matcher))
    if b - a > MAX_QUOTE:
        # White space that reading left out makes the original longer.
        a, b = doc.norm.original(start, end)
        b = min(b, a + MAX_QUOTE)
    text = doc.text[a:b]
    trimmed = text.rstrip(TRAILING)
    b = a + len(trimmed)
    sentence = doc.sentences[matcher.units.sentence[start]]
    heading = doc.sections[sentence.section].heading if sentence.section >= 0 else ""
    return Evidence(
        quote=trimmed,
        start=a,
        end=b,
        line=doc.line(a),
        section=heading,
        role=role,
        phrase=phrase,
        similarity=similarity,
    )
