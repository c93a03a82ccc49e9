"""Patterns compiled for search: lists of words become numbers, simple patterns of one list become one.

The notation's tree (``pattern``) keeps what a person wrote; the program is what a report is searched with and what is
kept on disk between runs.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from auditor.matching.pattern import Atom, Choice, Literal, Number, Pattern, Ref
from auditor.matching.phrases import Phrase, PhraseTable, phrase_table


class Words(msgspec.Struct, frozen=True, array_like=True, tag=0, gc=False):
    """Any phrase of the list of this number."""

    number: int


class Idea(msgspec.Struct, frozen=True, array_like=True, tag=1, gc=False):
    """The concept of this number."""

    number: int


class Value(msgspec.Struct, frozen=True, array_like=True, tag=2, gc=False):
    """A number class by name."""

    name: str


class Either(msgspec.Struct, frozen=True, array_like=True, tag=3, gc=False):
    """Any of these sequences."""

    options: tuple[Sequence, ...]


Step = Words | Idea | Value | Either


class Sequence(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Steps in order; ``gaps[i]`` is the most characters between step i and step i + 1 (0: adjacent)."""

    number: int
    """Names the sequence within its program; equal sequences share it."""
    steps: tuple[Step, ...]
    gaps: tuple[int, ...]
    needs: tuple[int, ...]
    """Lists of words without which it cannot hold."""
    ideas: tuple[int, ...]
    """Concepts without which it cannot hold."""


class Concept(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A named idea: any of the sequences, except inside the ``ignore`` spans."""

    name: str
    sequences: tuple[Sequence, ...]
    ignore: tuple[Sequence, ...] = ()


class Compiler:
    """Gives numbers to lists of words, sequences and concepts of one rule book."""

    def __init__(self, concepts: Iterable[str]) -> None:
        self._concepts = {name: number for number, name in enumerate(concepts)}
        self._lists: dict[tuple[Phrase, ...], int] = {}
        self._sequences: dict[tuple[tuple[Step, ...], tuple[int, ...]], Sequence] = {}

    def sequence(self, pattern: Pattern) -> Sequence:
        """One pattern. Raises KeyError for a concept nobody defined."""
        steps = tuple(self._step(atom) for atom in pattern.atoms)
        known = self._sequences.get((steps, pattern.gaps))
        if known is None:
            needs = tuple(dict.fromkeys(step.number for step in steps if isinstance(step, Words)))
            ideas = tuple(dict.fromkeys(step.number for step in steps if isinstance(step, Idea)))
            known = Sequence(len(self._sequences), steps, pattern.gaps, needs, ideas)
            self._sequences[steps, pattern.gaps] = known
        return known

    def any_of(self, patterns: Iterable[Pattern]) -> tuple[Sequence, ...]:
        """Patterns of which any may hold: those that are mere lists of words become one list."""
        simple: dict[Phrase, None] = {}
        rest: list[Pattern] = []
        for pattern in patterns:
            first = pattern.atoms[0]
            if len(pattern.atoms) == 1 and isinstance(first, Literal):
                simple.update(dict.fromkeys(first.phrases))
            else:
                rest.append(pattern)
        merged = [Pattern("", (Literal(tuple(simple)),), ())] if simple else []
        return tuple(dict.fromkeys(self.sequence(pattern) for pattern in (*merged, *rest)))

    def table(self) -> PhraseTable:
        """The phrases of everything compiled so far."""
        return phrase_table(tuple(self._lists))

    def _step(self, atom: Atom) -> Step:
        match atom:
            case Literal(phrases):
                return Words(self._lists.setdefault(phrases, len(self._lists)))
            case Ref(name):
                return Idea(self._concepts[name])
            case Number(name):
                return Value(name)
            case Choice(options):
                return Either(tuple(self.sequence(option) for option in options))
