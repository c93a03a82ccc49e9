"""A compiled rule book: what the engine applies to a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor.matching.evaluate import Concept
from auditor.matching.lexicon import Lexicon
from auditor.matching.pattern import Pattern
from auditor.matching.phrases import PhraseIndex
from auditor.model import Basis, Level, Role, RulesetInfo, Status, Tier
from auditor.rulebook.schema import YearsSpec


@dataclass(frozen=True, slots=True)
class Count:
    things: tuple[tuple[Pattern, ...], ...]
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Depends:
    ids: tuple[str, ...]
    status: frozenset[Status]
    least: int


@dataclass(frozen=True, slots=True)
class Condition:
    """One compiled way in which an element is met; see ``schema.ConditionSpec``."""

    label: str
    """The rule's own words, shown as ``phrase`` of the evidence."""
    all: tuple[Pattern, ...]
    any: tuple[Pattern, ...]
    within: str
    distance: int | None
    unless: tuple[Pattern, ...]
    unless_sentence: tuple[Pattern, ...]
    context: tuple[Pattern, ...]
    count: Count | None
    elements: Depends | None
    heading: bool
    negated: bool
    roles: frozenset[Role] | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Element:
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
    ignore: tuple[Pattern, ...]
    covered: tuple[Condition, ...]
    weak: tuple[Condition, ...]
    mention: tuple[Condition, ...]
    wording: tuple[str, ...]
    """Phrases of 4 characters and more that the element looks for: what a nearest passage is measured by."""


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class RuleBook:
    info: RulesetInfo
    years: YearsSpec
    groups: tuple[Group, ...]
    elements: tuple[Element, ...]
    concepts: Mapping[str, Concept]
    index: PhraseIndex
    lexicon: Lexicon
    tables: Mapping[str, Any]
    """Plain data of further tables (deadlines, citations) by file stem."""
