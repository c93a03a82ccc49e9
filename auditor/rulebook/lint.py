"""Faults of a rule book that compile but would mislead: rules that can never match, elements without examples."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.rulebook.book import Element, RuleBook
from auditor.rulebook.compile import all_patterns, names_of, phrases_of
from auditor.rulebook.load import Source
from auditor.rulebook.schema import ConditionSpec

#: Least number of examples of each kind.
LEAST_COVERED = 6
LEAST_WEAK = 3
LEAST_NEAR = 6
_NEVER = "“”‘’\"'「」『』 \u3000\t,;:()?!"
_SENTENCE_END = "。；！？\n"


def lint(source: Source, book: RuleBook) -> list[str]:
    """Faults as Chinese sentences with file and line; empty when there are none."""
    return [*_phrases(source), *_cases(source, book)]


def _phrases(source: Source) -> Iterator[str]:
    used: set[str] = set()
    for whose, pattern in all_patterns(source):
        yield from _never(whose, pattern.source, [phrase.text for phrase in phrases_of(pattern)])
        used.update(names_of(pattern))
    for spec, _, place in source.elements.values():
        for condition in (*spec.covered, *spec.weak, *spec.mention):
            if isinstance(condition, ConditionSpec) and condition.roles == []:
                yield f"{place}：要素“{spec.id}”有一条 roles 是空的，永远不会成立，请删去或补上"
    for name, (concept, place) in source.concepts.items():
        if not concept.any:
            yield f"{place}：概念“{name}”没有任何说法，请补上"
        if name not in used:
            yield f"{place}：概念“{name}”没有用到，请删去"


def _never(place: str, source: str, texts: list[str]) -> Iterator[str]:
    for text in texts:
        bad = [c for c in text if c in _NEVER]
        if bad:
            yield f"{place}的模式“{source}”里有“{bad[0]}”，归一后的文本里没有这个字，永远不会成立，请删去"
            return
        if any(c in _SENTENCE_END for c in text):
            yield f"{place}的模式“{source}”跨了句号，永远不会成立，请拆开"
            return


def _cases(source: Source, book: RuleBook) -> Iterator[str]:
    known = {element.id for element in book.elements}
    for identity, (_, place) in source.cases.items():
        if identity not in known:
            yield f"{place}：例句写给了不存在的要素“{identity}”，请核对编号"
    for element in book.elements:
        if element.structure is not None:
            continue
        yield from _enough(source, element)


def _enough(source: Source, element: Element) -> Iterator[str]:
    if element.id not in source.cases:
        yield f"{source.elements[element.id][2]}：要素“{element.id}”没有例句，请在 .cases.yaml 里补上"
        return
    case, place = source.cases[element.id]
    if len(case.covered) < LEAST_COVERED:
        yield f"{place}：要素“{element.id}”的 covered 例句只有 {len(case.covered)} 条，至少要 {LEAST_COVERED} 条"
    if len(case.near) < LEAST_NEAR:
        yield f"{place}：要素“{element.id}”的 near 例句只有 {len(case.near)} 条，至少要 {LEAST_NEAR} 条"
    # An element that only one part of the report can meet has no weak form.
    bound = not element.weak and not element.mention and all(c.roles is not None for c in element.covered)
    weak = len(case.weak) + len(case.weak_problems) + len(case.plan)
    if weak < LEAST_WEAK and not bound:
        yield f"{place}：要素“{element.id}”的 weak、weak_problems、plan 例句合计只有 {weak} 条，至少要 {LEAST_WEAK} 条"
