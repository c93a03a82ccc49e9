"""Faults of a rule book that compile but would mislead: rules that can never match, elements without examples."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.matching.pattern import Ref, atoms_of
from auditor.rulebook.book import Element, RuleBook
from auditor.rulebook.load import Source, condition_patterns, patterns_of, phrases_of

#: Least number of examples of each kind.
LEAST_COVERED = 6
LEAST_WEAK = 3
LEAST_NEAR = 6
_NEVER = "“”‘’\"'「」『』 \u3000\t,;:()?!"
_SENTENCE_END = "。；！？\n"


def lint(source: Source, book: RuleBook) -> list[str]:
    """Faults as Chinese sentences with file and line; empty when there are none."""
    return [*_phrases(source, book), *_cases(source, book)]


def _phrases(source: Source, book: RuleBook) -> Iterator[str]:
    for element in book.elements:
        place = source.elements[element.id][2]
        for pattern in patterns_of(element):
            yield from _never(
                f"{place}：要素“{element.id}”", pattern.source, [p.text for p in phrases_of(pattern)]
            )
        for condition in (*element.covered, *element.weak, *element.mention):
            if condition.heading and condition.roles is not None and not condition.roles:
                yield f"{place}：要素“{element.id}”有一条 roles 是空的，永远不会成立，请删去或补上"
            if not list(condition_patterns(condition)) and condition.elements is None:
                yield f"{place}：要素“{element.id}”有一条没有任何模式，请补上"
    for name, concept in book.concepts.items():
        place = source.concepts[name][1]
        for pattern in (*concept.patterns, *concept.ignore):
            yield from _never(f"{place}：概念“{name}”", pattern.source, [p.text for p in phrases_of(pattern)])
        if not concept.patterns:
            yield f"{place}：概念“{name}”没有任何说法，请补上"
    used = set(_names(book))
    for name in book.concepts:
        if name not in used:
            yield f"{source.concepts[name][1]}：概念“{name}”没有用到，请删去"


def _names(book: RuleBook) -> Iterator[str]:
    everything = [p for element in book.elements for p in patterns_of(element)]
    everything += [p for c in book.concepts.values() for p in (*c.patterns, *c.ignore)]
    for pattern in everything:
        for atom in atoms_of(pattern):
            if isinstance(atom, Ref):
                yield atom.name


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
