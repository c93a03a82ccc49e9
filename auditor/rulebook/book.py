"""A compiled rule book: what the engine applies to a report."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from auditor.matching.lexicon import Lexicon
from auditor.matching.likeness import Likeness
from auditor.matching.phrases import PhraseIndex
from auditor.matching.program import Concept, Sequence
from auditor.model import Basis, Level, Role, RulesetInfo, Status, Tier
from auditor.rulebook.schema import Aside, YearsSpec


class Count(msgspec.Struct, frozen=True, array_like=True, gc=False):
    things: tuple[tuple[Sequence, ...], ...]
    least: int
    most: int | None


class Depends(msgspec.Struct, frozen=True, array_like=True, gc=False):
    ids: tuple[str, ...]
    status: frozenset[Status]
    least: int


class Condition(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One compiled way in which an element is met; see ``schema.ConditionSpec``."""

    written: memoryview
    """``label`` as it is kept: most are never asked for."""
    all: tuple[Sequence, ...]
    any: tuple[Sequence, ...]
    within: str
    distance: int | None
    unless: tuple[Sequence, ...]
    unless_sentence: tuple[Sequence, ...]
    context: tuple[Sequence, ...]
    count: Count | None
    elements: Depends | None
    heading: bool
    negated: bool
    grounds: bool
    roles: frozenset[Role] | None
    reason: str | None
    needs: tuple[int, ...]
    """Lists of words without which the condition cannot hold."""
    ideas: tuple[int, ...]
    """Concepts without which it cannot hold."""

    @property
    def label(self) -> str:
        """The rule's own words, shown as ``phrase`` of the evidence."""
        return str(self.written, "utf-8")


class Element(msgspec.Struct, frozen=True, array_like=True, gc=False):
    id: str
    name: str
    group: str
    headline: bool
    tier: Tier
    levels: frozenset[Level] | None
    weight: float
    basis: tuple[Basis, ...]
    """The clauses of the documents in force for this book; empty when the element is not in the book."""
    cite: tuple[str, ...]
    """The same clauses as citations in words, e.g. 《纲要》第9项."""
    sought: tuple[str, ...]
    advice_weak: str
    advice_missing: str
    structure: str | None
    admit: frozenset[Aside]
    learned: bool
    """Whether its passages must read like the examples the book was taught with."""
    ignored: tuple[str, ...]
    """The look-alikes in the rule's own words."""
    ignore: tuple[Sequence, ...]
    covered: tuple[Condition, ...]
    weak: tuple[Condition, ...]
    mention: tuple[Condition, ...]
    described: str
    """Pairs of neighbouring characters in the name and in ``sought``, one behind the other: what a nearest passage is
    measured by."""
    phrased: str
    """The same in the first phrases of 4 characters and more that the element looks for."""


class Group(msgspec.Struct, frozen=True, array_like=True):
    id: str
    name: str


class RuleBook(Struct, frozen=True):
    info: RulesetInfo
    years: YearsSpec
    groups: tuple[Group, ...]
    elements: tuple[Element, ...]
    concepts: tuple[Concept, ...]
    index: PhraseIndex
    lexicon: Lexicon
    likeness: Likeness | None
    tables: dict[str, Any]
    """Plain data of further tables (deadlines, citations) by file stem."""
