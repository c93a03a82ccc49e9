"""The pattern notation of the rules: one line of text into a small tree.

=====================  =====================================================================================
``法治督察``            the words, with the slips their length allows (none up to 4 characters)
``府[检]联动``          a bracketed character may not differ
``=述法``               must stand on word boundaries, no slips
``!执法监督``           no slips
``(开展|组织|)督察``     alternatives; an empty one makes the group optional
``{规范性文件}``        a concept, or one of the number classes {数} {率} {件数} {场次} {人数} {日期}
``A…B``                B after A in the same sentence, at most 12 characters between; ``……`` at most 40
=====================  =====================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from auditor.matching.numbers import CLASSES
from auditor.matching.phrases import Phrase

SHORT_GAP = 12
LONG_GAP = 40
MAX_EXPANSION = 512
MAX_LENGTH = 2000
MAX_ATOMS = 30
"""Words, concepts and groups in a row: each is looked for at every place of the one before."""


class PatternError(ValueError):
    """A pattern that cannot be read; the message is one Chinese sentence."""


class Literal(Struct, frozen=True):
    """Any of these phrases."""

    phrases: tuple[Phrase, ...]


class Ref(Struct, frozen=True):
    """A concept by name."""

    name: str


class Number(Struct, frozen=True):
    """A number class by name."""

    name: str


class Choice(Struct, frozen=True):
    """Any of these patterns."""

    options: tuple[Pattern, ...]


Atom = Literal | Ref | Number | Choice


class Pattern(Struct, frozen=True):
    """Atoms in order; ``gaps[i]`` is the most characters between atom i and atom i + 1 (0: adjacent)."""

    source: str
    atoms: tuple[Atom, ...]
    gaps: tuple[int, ...]


class _Gap(Struct, frozen=True):
    most: int


class _Group(Struct, frozen=True):
    options: tuple[tuple[_Item, ...], ...]


class _Name(Struct, frozen=True):
    name: str


_Item = str | _Gap | _Group | _Name


def parse(source: str, *, exact: bool = False) -> Pattern:
    """Pattern of one line of the notation, ``exact``: without slips as if it began with ``!``. Raises PatternError."""
    if len(source) > MAX_LENGTH:
        raise PatternError(f"模式超过 {MAX_LENGTH} 字，请拆成几条")
    source = source.strip()
    if exact and source[:1] not in ("=", "!"):
        source = "!" + source
    flag, body = (source[0], source[1:]) if source[:1] in ("=", "!") else ("", source)
    items, end = _items(body, 0, depth=0)
    if end != len(body):
        raise PatternError(f"模式“{source}”第 {end + 1} 字处多了一个“{body[end]}”")
    if not items:
        raise PatternError("模式是空的")
    return _build(source, items, _phrase_maker(flag))


def _items(body: str, start: int, *, depth: int) -> tuple[tuple[_Item, ...], int]:
    """Items up to the end of the body or to the ``|`` or ``)`` that ends this branch."""
    if depth > 6:
        raise PatternError(f"模式“{body}”括号嵌套过深")
    items: list[_Item] = []
    i = start
    while i < len(body):
        char = body[i]
        if char in "|)":
            break
        if char == "(":
            options = []
            while True:
                branch, i = _items(body, i + 1, depth=depth + 1)
                options.append(branch)
                if i >= len(body):
                    raise PatternError(f"模式“{body}”缺少右括号")
                if body[i] == ")":
                    break
            items.append(_Group(tuple(options)))
            i += 1
        elif char == "{":
            close = body.find("}", i)
            if close < 0:
                raise PatternError(f"模式“{body}”缺少右花括号")
            items.append(_Name(body[i + 1 : close]))
            i = close + 1
        elif char == "…":
            long = body.startswith("……", i)
            items.append(_Gap(LONG_GAP if long else SHORT_GAP))
            i += 2 if long else 1
        else:
            if char == "}":
                raise PatternError(f"模式“{body}”多了一个右花括号")
            stop = i
            while stop < len(body) and body[stop] not in "|(){}…":
                stop += 1
            items.append(body[i:stop])
            i = stop
    return tuple(items), i


def _phrase_maker(flag: str) -> Callable[[str], Phrase]:
    def make(raw: str) -> Phrase:
        text, protected = "", set()
        inside = False
        for char in raw:
            if char == "[":
                inside = True
            elif char == "]":
                inside = False
            else:
                if inside:
                    protected.add(len(text))
                text += char
        if inside:
            raise PatternError(f"“{raw}”缺少右方括号")
        return Phrase(text, frozenset(protected), alone=flag == "=", exact=flag == "!")

    return make


def _build(source: str, items: tuple[_Item, ...], make: Callable[[str], Phrase]) -> Pattern:
    atoms: list[Atom] = []
    gaps: list[int] = []
    pending: int | None = None
    for run in _runs(items):
        if isinstance(run, _Gap):
            if not atoms or pending is not None:
                raise PatternError(f"模式“{source}”里“…”前后都要有词")
            pending = run.most
            continue
        if isinstance(run, _Name):
            atom: Atom = Number(run.name) if run.name in CLASSES else Ref(run.name)
        elif isinstance(run, _Group):
            atom = Choice(tuple(_build(source, option, make) for option in run.options if option))
            if len(atom.options) < len(run.options):
                raise PatternError(f"模式“{source}”里带概念或“…”的括号不能有空的一项")
        else:
            atom = Literal(tuple(make(text) for text in run))
            if any(not phrase.text for phrase in atom.phrases):
                raise PatternError(f"模式“{source}”里有一段可以为空")
        if atoms:
            gaps.append(pending or 0)
        atoms.append(atom)
        pending = None
    if pending is not None:
        raise PatternError(f"模式“{source}”里“…”前后都要有词")
    if len(atoms) > MAX_ATOMS:
        raise PatternError(f"模式“{source[:40]}…”里一连 {len(atoms)} 段，超过 {MAX_ATOMS} 段，请拆成几条")
    return Pattern(source, tuple(atoms), tuple(gaps))


def _runs(items: tuple[_Item, ...]) -> Iterator[_Gap | _Name | _Group | tuple[str, ...]]:
    """Neighbouring words and groups of words multiplied out into phrases; the rest as it is."""
    texts: list[str] | None = None
    for item in items:
        options = [item] if isinstance(item, str) else _expand(item) if isinstance(item, _Group) else None
        if options is not None:
            if len(texts or [""]) * len(options) > MAX_EXPANSION:
                raise PatternError(f"一段词展开后超过 {MAX_EXPANSION} 种，请拆成几条或改用概念")
            texts = options if texts is None else [a + b for a in texts for b in options]
            continue
        if texts is not None:
            yield tuple(dict.fromkeys(texts))
            texts = None
        assert not isinstance(item, str)
        yield item
    if texts is not None:
        yield tuple(dict.fromkeys(texts))


def _expand(group: _Group) -> list[str] | None:
    """All words a group can stand for, or None when it holds concepts or gaps."""
    result: list[str] = []
    for option in group.options:
        texts = [""]
        for item in option:
            more = [item] if isinstance(item, str) else _expand(item) if isinstance(item, _Group) else None
            if more is None:
                return None
            # Reckoned before it is multiplied out: a short line can stand for billions of words.
            if len(texts) * len(more) + len(result) > MAX_EXPANSION:
                raise PatternError(f"一个括号展开后超过 {MAX_EXPANSION} 种，请拆成几条或改用概念")
            texts = [a + b for a in texts for b in more]
        result += texts
        if len(result) > MAX_EXPANSION:
            raise PatternError(f"一个括号展开后超过 {MAX_EXPANSION} 种，请拆成几条或改用概念")
    return result


def atoms_of(pattern: Pattern) -> Iterator[Literal | Ref | Number]:
    """All simple atoms of a pattern, depth first."""
    for atom in pattern.atoms:
        if isinstance(atom, Choice):
            for option in atom.options:
                yield from atoms_of(option)
        else:
            yield atom
