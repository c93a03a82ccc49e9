"""Proof of the rules: every example is put into a report that lacks the element, and judged.

Used by ``audit rules test`` and by the first-contact measurements in the tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from auditor.engine.verdict import judge
from auditor.model import Level, ReaderInfo, Role, Status
from auditor.rulebook.book import Element, RuleBook
from auditor.rulebook.schema import CaseSpec
from auditor.text.document import Document
from auditor.text.parse import parse

_UNITS = {
    Level.PROVINCE: ("远江省", "远江省人民政府"),
    Level.CITY: ("远江市", "远江市人民政府"),
    Level.COUNTY: ("远江县", "远江县人民政府"),
    Level.TOWN: ("远江镇", "远江镇人民政府"),
    Level.DEPT: ("远江县", "远江县民政局"),
}
_PREFERRED = (Level.COUNTY, Level.CITY, Level.PROVINCE, Level.TOWN, Level.DEPT)


class Case(Struct, frozen=True):
    element: str
    sentence: str
    where: Role
    expected: Status
    kind: str
    """covered, weak, near or plan."""


class Outcome(Struct, frozen=True):
    case: Case
    got: Status
    reason: str | None

    @property
    def right(self) -> bool:
        return self.got is self.case.expected


def carrier(sentence: str, where: Role, *, level: Level, year: int) -> str:
    """A short report that meets hardly any element, with the sentence in the asked part."""
    _, issuer = _UNITS[level]
    parts = {Role.ACHIEVEMENTS: "", Role.PROBLEMS: "", Role.PLAN: ""} | {where: sentence + "\n"}
    return (
        f"{issuer}{year}年度法治政府建设情况报告\n\n"
        f"{year}年，全年工作平稳有序，现将有关情况报告如下。\n\n"
        "一、主要工作和成效\n"
        "全年各项工作按计划推进，机关面貌有了新的变化。\n"
        f"{parts[Role.ACHIEVEMENTS]}"
        "办公用房完成修缮，职工食堂重新开张。\n\n"
        "二、存在的不足\n"
        "个别同志精神状态不佳，会风文风还要改进。\n"
        f"{parts[Role.PROBLEMS]}\n"
        f"三、{year + 1}年工作打算\n"
        "（一）改进会风文风，少开会、开短会。\n"
        f"{parts[Role.PLAN]}"
        "（二）关心职工生活，办好职工食堂。\n\n"
        f"{issuer}\n{year + 1}年1月10日\n"
    )


def level_for(element: Element, wanted: Level | None = None) -> Level:
    """A level at which the element applies."""
    if wanted is not None and (element.levels is None or wanted in element.levels):
        return wanted
    return next(level for level in _PREFERRED if element.levels is None or level in element.levels)


def document_of(element: Element, case: Case, year: int) -> Document:
    """The sentence in a carrier of a level at which the element applies."""
    level = level_for(element)
    text = carrier(case.sentence, case.where, level=level, year=year)
    return parse(text, ReaderInfo("text", "utf-8"), year=year, level=level)


def status_of(book: RuleBook, element: Element, case: Case, year: int, *, by_rules: bool = False) -> Outcome:
    """Judge one sentence in its carrier; ``by_rules``: merely reading like the examples does not cover."""
    doc = document_of(element, case, year)
    verdicts, _ = judge(doc, book, doc.metadata.level, only=element.id, by_rules=by_rules)
    verdict = verdicts[element.id]
    return Outcome(case, verdict.status, verdict.reason)


def cases_of(spec: CaseSpec) -> Iterator[Case]:
    for sentence in spec.covered:
        yield Case(spec.id, sentence, spec.where, Status.COVERED, "covered")
    for sentence in spec.weak:
        yield Case(spec.id, sentence, spec.where, Status.WEAK, "weak")
    for sentence in spec.weak_problems:
        yield Case(spec.id, sentence, Role.PROBLEMS, Status.WEAK, "weak")
    for sentence in spec.near:
        yield Case(spec.id, sentence, spec.where, Status.MISSING, "near")
    for sentence in spec.plan:
        yield Case(spec.id, sentence, Role.PLAN, Status.WEAK, "plan")


def rules_alone(book: RuleBook) -> RuleBook:
    """The book without what was learned from its examples, which would hide what the rules themselves let in."""
    return replace(book, likeness=None)


def prove(book: RuleBook, cases: Iterable[Case], year: int, *, alone: bool = False) -> Iterator[Outcome]:
    """Judge every case whose element the book applies.

    ``alone``: the rules must do it by themselves. They find what counts, so that what was learned from an example never
    stands in for a rule; and they tell near misses apart, which what was learned must not take for examples either.
    """
    known = {element.id: element for element in book.elements}
    strict = rules_alone(book)
    for case in cases:
        element = known.get(case.element)
        if element is None or not element.basis:
            continue
        if alone and case.kind == "near":
            outcome = status_of(strict, element, case, year)
            yield status_of(book, element, case, year) if outcome.right else outcome
        else:
            yield status_of(book, element, case, year, by_rules=alone)
