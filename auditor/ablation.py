"""Does every concept and every exclusion of the rules earn its place by an example that fails without it?

Each is taken out in turn and the examples of the elements that use it are judged again; one that turns wrong is proof
enough. What no example misses is either dead or unproven. Used by ``audit rules test --each``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from auditor.engine.verdict import judge
from auditor.matching.program import Either, Idea, Sequence
from auditor.proof import Case, document_of
from auditor.rulebook.book import Condition, Element, RuleBook
from auditor.text.document import Document


class Part(Struct, frozen=True):
    """Something that can be taken out of a book; ``name`` says what in words."""

    name: str
    element: str | None
    """The element it belongs to; None for a concept."""
    without: Callable[[RuleBook], RuleBook]


def unproven(book: RuleBook, cases: Iterable[Case], year: int) -> Iterator[Part]:
    """The parts that no example needs, concepts last."""
    by_element: dict[str, list[Case]] = {}
    for case in cases:
        by_element.setdefault(case.element, []).append(case)
    users: dict[int, list[Element]] = {}
    texts: dict[str, list[tuple[Case, Document]]] = {}
    for element in book.elements:
        if not element.basis or element.id not in by_element:
            continue
        texts[element.id] = [(case, document_of(element, case, year)) for case in by_element[element.id]]
        for number in _concepts_of(element, book):
            users.setdefault(number, []).append(element)
        for part in _exclusions(element):
            if not _needed(part, book, [element], texts):
                yield part
    for number, elements in sorted(users.items()):
        concept = book.concepts[number]
        for part in _parts(number, concept.name, has_ignore=bool(concept.ignore)):
            if not _needed(part, book, elements, texts):
                yield part


def _needed(
    part: Part, book: RuleBook, elements: Iterable[Element], texts: dict[str, list[tuple[Case, Document]]]
) -> bool:
    """True when an example that the whole book judges right goes wrong without the part."""
    less = part.without(book)
    for element in elements:
        for case, doc in texts[element.id]:
            level = doc.metadata.level
            verdicts, _ = judge(doc, less, level, only=element.id)
            if verdicts[element.id].status is not case.expected:
                return True
    return False


def _exclusions(element: Element) -> Iterator[Part]:
    """The lists of look-alikes of an element, and of what may not stand beside each condition."""
    if element.ignore:

        def bare(book: RuleBook) -> RuleBook:
            return _with(book, msgspec.structs.replace(element, ignore=()))

        yield Part(f"要素“{element.id}”的 ignore", element.id, bare)
    for kind in ("covered", "weak", "mention"):
        conditions: tuple[Condition, ...] = getattr(element, kind)
        for place, condition in enumerate(conditions):
            for key in ("unless", "unless_sentence"):
                if getattr(condition, key):
                    changed = msgspec.structs.replace(condition, **{key: ()})
                    rest = (*conditions[:place], changed, *conditions[place + 1 :])
                    less = msgspec.structs.replace(element, **{kind: rest})
                    name = f"要素“{element.id}”{kind} 第 {place + 1} 条（{condition.label[:40]}）的 {key}"
                    yield Part(name, element.id, lambda book, less=less: _with(book, less))  # type: ignore[misc]


def _parts(number: int, name: str, *, has_ignore: bool) -> Iterator[Part]:
    """A concept as a whole, and its look-alikes."""

    def gone(book: RuleBook) -> RuleBook:
        return _with_concept(book, number, sequences=())

    def open_to_all(book: RuleBook) -> RuleBook:
        return _with_concept(book, number, ignore=())

    yield Part(f"概念“{name}”", None, gone)
    if has_ignore:
        yield Part(f"概念“{name}”的 ignore", None, open_to_all)


def _with(book: RuleBook, element: Element) -> RuleBook:
    elements = tuple(element if e.id == element.id else e for e in book.elements)
    return replace(book, elements=elements)


def _with_concept(book: RuleBook, number: int, **changes: tuple[()]) -> RuleBook:
    concepts = list(book.concepts)
    concepts[number] = msgspec.structs.replace(concepts[number], **changes)
    return replace(book, concepts=tuple(concepts))


def _concepts_of(element: Element, book: RuleBook) -> set[int]:
    """Numbers of the concepts an element uses, directly or through others."""
    waiting = _ideas(element.ignore)
    for condition in (*element.covered, *element.weak, *element.mention):
        for sequences in (
            condition.all,
            condition.any,
            condition.unless,
            condition.unless_sentence,
            condition.context,
            *(condition.count.things if condition.count else ()),
        ):
            waiting += _ideas(sequences)
    found: set[int] = set()
    while waiting:
        number = waiting.pop()
        if number not in found:
            found.add(number)
            concept = book.concepts[number]
            waiting += _ideas((*concept.sequences, *concept.ignore))
    return found


def _ideas(sequences: Iterable[Sequence]) -> list[int]:
    found: list[int] = []
    for sequence in sequences:
        for step in sequence.steps:
            if isinstance(step, Idea):
                found.append(step.number)
            elif isinstance(step, Either):
                found += _ideas(step.options)
    return found
