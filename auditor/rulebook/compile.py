"""From typed records to a compiled rule book: patterns parsed, references checked, phrases indexed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from auditor.matching.lexicon import LONGEST, Lexicon
from auditor.matching.pattern import Literal, Pattern, PatternError, Ref, atoms_of, parse
from auditor.matching.phrases import Phrase, PhraseIndex
from auditor.matching.program import Compiler, Concept, Sequence
from auditor.model import Basis, RulesetInfo, Tier
from auditor.rulebook.book import Condition, Count, Depends, Element, Group, RuleBook
from auditor.rulebook.faults import RulesError
from auditor.rulebook.load import Source
from auditor.rulebook.schema import ConditionSpec, ElementSpec

STATUTORY_CLAUSE = "DC-25"
MAX_CHAIN = 40
"""Concepts that may use one another in a row."""
WORDING = 60
"""Phrases per element by which a nearest passage is measured: the first ones of the rule."""


def compile_book(source: Source) -> RuleBook:
    """Check references and build the phrase index. Raises RulesError."""
    manifest = source.manifest
    _check_concepts(source)
    compiler = Compiler(source.concepts)
    order = {group.id: number for number, group in enumerate(manifest.groups)}
    elements = []
    for spec, group, place in source.elements.values():
        if group not in order:
            raise RulesError(f"{place}：分组“{group}”没有在 book.yaml 的 groups 里登记，请补上")
        elements.append(_element(spec, group, place, source, compiler))
    elements.sort(key=lambda element: order[element.group])
    _check_dependencies(elements, source)
    concepts = tuple(
        Concept(
            name,
            compiler.any_of(patterns(spec.any, place)),
            compiler.any_of(patterns(spec.ignore, place, exact=True)),
        )
        for name, (spec, place) in source.concepts.items()
    )
    lexicon = Lexicon.of(word for word in source.words if 2 <= len(word) <= LONGEST)
    return RuleBook(
        info=RulesetInfo(manifest.id, manifest.title, manifest.version, source.digest),
        years=manifest.years,
        groups=tuple(Group(group.id, group.name) for group in manifest.groups),
        elements=tuple(elements),
        concepts=concepts,
        index=PhraseIndex(compiler.table(), lexicon),
        lexicon=lexicon,
        likeness=source.likeness,
        tables=dict(source.tables),
    )


def written(spec: ConditionSpec) -> Iterator[tuple[list[str], bool]]:
    """The lists of patterns a condition is written with, and whether they exclude (and so forgive no slip)."""
    yield from ((spec.all, False), (spec.any, False), (spec.context, False))
    yield from ((spec.unless, True), (spec.unless_sentence, True))
    if spec.count is not None:
        for thing in spec.count.of:
            yield thing, False


def patterns_of(spec: ElementSpec, place: str) -> Iterator[Pattern]:
    """Every pattern of an element. Raises RulesError."""
    yield from patterns(spec.ignore, place, exact=True)
    for condition in (*spec.covered, *spec.weak, *spec.mention):
        for texts, exact in written(_record(condition)):
            yield from patterns(texts, place, exact=exact)


def all_patterns(source: Source) -> Iterator[tuple[str, Pattern]]:
    """Every pattern of a book with whose it is, in words for messages. Raises RulesError."""
    for spec, _, place in source.elements.values():
        for pattern in patterns_of(spec, place):
            yield f"{place}：要素“{spec.id}”", pattern
    for name, (concept, place) in source.concepts.items():
        whose = f"{place}：概念“{name}”"
        for pattern in (*patterns(concept.any, place), *patterns(concept.ignore, place, exact=True)):
            yield whose, pattern


def phrases_of(pattern: Pattern) -> Iterator[Phrase]:
    """The phrases of a pattern, in the order of the notation."""
    for atom in atoms_of(pattern):
        if isinstance(atom, Literal):
            yield from atom.phrases


def names_of(pattern: Pattern) -> Iterator[str]:
    """The concepts a pattern refers to."""
    for atom in atoms_of(pattern):
        if isinstance(atom, Ref):
            yield atom.name


def patterns(sources: Iterable[str], place: str, *, exact: bool = False) -> tuple[Pattern, ...]:
    """Parsed patterns; what excludes is ``exact``, for a slip that turns a word into a look-alike proves nothing."""
    try:
        return tuple(parse(text, exact=exact) for text in sources)
    except PatternError as error:
        raise RulesError(f"{place}：{error}") from error


def _record(spec: str | ConditionSpec) -> ConditionSpec:
    return ConditionSpec(all=[spec]) if isinstance(spec, str) else spec


class _Place:
    """Compiles the patterns of one element and says where they stand when something is wrong."""

    def __init__(self, place: str, source: Source, compiler: Compiler) -> None:
        self.place = place
        self._source = source
        self._compiler = compiler

    def each(self, texts: Iterable[str]) -> tuple[Sequence, ...]:
        """All of which are asked for."""
        return tuple(self._compiler.sequence(pattern) for pattern in self._known(texts, exact=False))

    def any_of(self, texts: Iterable[str], *, exact: bool = False) -> tuple[Sequence, ...]:
        """Any of which is enough."""
        return self._compiler.any_of(self._known(texts, exact=exact))

    def _known(self, texts: Iterable[str], *, exact: bool) -> tuple[Pattern, ...]:
        found = patterns(texts, self.place, exact=exact)
        _check_references(found, self._source, self.place)
        return found


def _condition(spec: ConditionSpec, at: _Place) -> Condition:
    place = at.place
    distance: int | None = None
    within = "sentence"
    if isinstance(spec.within, int):
        distance = spec.within
        if not 1 <= distance <= 400:
            raise RulesError(f"{place}：within 的字数应在 1 到 400 之间")
    elif spec.within in ("clause", "sentence", "paragraph"):
        within = spec.within
    else:
        raise RulesError(f"{place}：within 只能写 clause、sentence、paragraph 或字数，不能写“{spec.within}”")
    if not (spec.all or spec.any or spec.count or spec.elements):
        raise RulesError(f"{place}：这一条没有 all、any、count、elements，永远不会成立，请补上")
    count = None
    if spec.count is not None:
        things = tuple(at.any_of(thing) for thing in spec.count.of)
        if not 1 <= spec.count.min <= len(things):
            raise RulesError(f"{place}：count 的 min 应在 1 到列出的 {len(things)} 项之间")
        count = Count(things, spec.count.min, spec.count.max)
    depends = None
    if spec.elements is not None:
        depends = Depends(tuple(spec.elements.ids), frozenset(spec.elements.status), spec.elements.min)
    shown = [*spec.all, *("、".join(spec.any).split("\n"))] if spec.any else list(spec.all)
    needed = at.each(spec.all)
    return Condition(
        written=memoryview((" + ".join(shown) if shown else (spec.reason or "列出的各项")).encode()),
        all=needed,
        any=at.any_of(spec.any),
        within=within,
        distance=distance,
        unless=at.any_of(spec.unless, exact=True),
        unless_sentence=at.any_of(spec.unless_sentence, exact=True),
        context=at.any_of(spec.context),
        count=count,
        elements=depends,
        heading=spec.heading,
        negated=spec.negated,
        grounds=spec.grounds,
        roles=frozenset(spec.roles) if spec.roles is not None else None,
        reason=spec.reason,
        needs=tuple(dict.fromkeys(number for sequence in needed for number in sequence.needs)),
        ideas=tuple(dict.fromkeys(number for sequence in needed for number in sequence.ideas)),
    )


def _element(spec: ElementSpec, group: str, place: str, source: Source, compiler: Compiler) -> Element:
    basis, cite = [], []
    for key in spec.basis:
        if key not in source.clauses:
            raise RulesError(f"{place}：依据“{key}”不在条款表里，请核对条款号")
        document, item = source.clauses[key]
        if source.manifest.documents and document.document not in source.manifest.documents:
            continue
        article = item.cite or ("" if item.n == "0" else document.article.replace("{n}", item.n))
        basis.append(Basis(document.title, article, item.gist, item.verified))
        cite.append(document.short + article)
    statutory = any(key == STATUTORY_CLAUSE or key.startswith(STATUTORY_CLAUSE + "-") for key in spec.basis)
    tier = spec.tier or (Tier.STATUTORY if statutory else Tier.OUTLINE)
    if spec.structure is None and not spec.covered:
        raise RulesError(f"{place}：要素“{spec.id}”没有 covered，永远不会成立，请补上")
    default = 2.0 if spec.headline or tier is Tier.STATUTORY else 1.0
    at = _Place(place, source, compiler)
    return Element(
        id=spec.id,
        name=spec.name,
        group=group,
        headline=spec.headline,
        tier=tier,
        levels=frozenset(spec.levels) if spec.levels is not None else None,
        weight=spec.weight if spec.weight is not None else default,
        basis=tuple(basis),
        cite=tuple(cite),
        sought=tuple(spec.sought),
        advice_weak=spec.advice.weak,
        advice_missing=spec.advice.missing,
        structure=spec.structure,
        admit=frozenset(spec.admit),
        learned=spec.likeness and spec.id in source.learned,
        ignored=tuple(spec.ignore),
        ignore=at.any_of(spec.ignore, exact=True),
        covered=tuple(_condition(_record(c), at) for c in spec.covered),
        weak=tuple(_condition(_record(c), at) for c in spec.weak),
        mention=tuple(_condition(_record(c), at) for c in spec.mention),
        described=_pairs([spec.name, *spec.sought]),
        phrased=_pairs(_wording(spec, place)),
    )


def _pairs(texts: Iterable[str]) -> str:
    """Neighbouring characters that are no punctuation, pair behind pair."""
    found = {text[i : i + 2] for text in texts for i in range(len(text) - 1)}
    return "".join(sorted(pair for pair in found if pair.isalnum()))


def _wording(spec: ElementSpec, place: str) -> tuple[str, ...]:
    """The first phrases of 4 characters and more that the element looks for."""
    found: dict[str, None] = {}
    for condition in map(_record, spec.covered):
        for pattern in patterns([*condition.all, *condition.any], place):
            found.update(dict.fromkeys(p.text for p in phrases_of(pattern) if len(p.text) >= 4))
        if len(found) >= WORDING:
            break
    return tuple(found)[:WORDING]


def _check_references(found: Iterable[Pattern], source: Source, place: str) -> None:
    for pattern in found:
        for name in names_of(pattern):
            if name not in source.concepts:
                raise RulesError(f"{place}：没有名为“{name}”的概念，请先在 concepts 里定义")


def _check_concepts(source: Source) -> None:
    """Concepts may use each other, but not in a circle."""
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in done:
            return
        spec, place = source.concepts[name]
        if len(trail) > MAX_CHAIN:
            raise RulesError(f"{place}：概念“{name}”一层套一层超过 {MAX_CHAIN} 层，请减少层数")
        if name in trail:
            raise RulesError(f"{place}：概念“{name}”绕一圈用到了自己，请拆开")
        found = (*patterns(spec.any, place), *patterns(spec.ignore, place, exact=True))
        _check_references(found, source, place)
        for pattern in found:
            for other in names_of(pattern):
                visit(other, (*trail, name))
        done.add(name)

    for name in source.concepts:
        visit(name, ())


def _check_dependencies(elements: list[Element], source: Source) -> None:
    known: Mapping[str, Element] = {element.id: element for element in elements}

    done: set[str] = set()

    def visit(element: Element, trail: tuple[str, ...]) -> None:
        if element.id in done:
            return
        place = source.elements[element.id][2]
        if element.id in trail:
            raise RulesError(f"{place}：要素“{element.id}”绕一圈依赖自己，请拆开")
        if len(trail) > MAX_CHAIN:
            raise RulesError(f"{place}：要素一层依赖一层超过 {MAX_CHAIN} 层，请简化")
        for condition in (*element.covered, *element.weak, *element.mention):
            for other in condition.elements.ids if condition.elements else ():
                if other not in known:
                    raise RulesError(f"{place}：elements 里的“{other}”不是要素编号，请核对")
                visit(known[other], (*trail, element.id))
        done.add(element.id)

    for element in elements:
        visit(element, ())
