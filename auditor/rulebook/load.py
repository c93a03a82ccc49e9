"""From a folder of YAML files to a compiled rule book.

A book is a folder with a manifest ``book.yaml`` and any number of other YAML files, sorted by name: a file with
``group`` holds elements, one with ``document`` clauses, one with ``concepts`` shared concepts, one with ``cases``
examples, ``words.txt`` vocabulary; everything else is a table for checks on figures and dates. A book that
``extends`` another starts from all of its files; elements and concepts of the same id replace the inherited ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditor.matching.evaluate import Concept
from auditor.matching.lexicon import Lexicon
from auditor.matching.pattern import Literal, Pattern, PatternError, Ref, atoms_of, parse
from auditor.matching.phrases import Phrase, PhraseIndex
from auditor.model import Basis, RulesetInfo, Tier
from auditor.rulebook.book import Condition, Count, Depends, Element, Group, RuleBook
from auditor.rulebook.schema import (
    BookFile,
    CaseFile,
    CaseSpec,
    ClauseFile,
    ClauseSpec,
    ConceptFile,
    ConceptSpec,
    ConditionSpec,
    ElementSpec,
    GroupFile,
    convert,
)
from auditor.rulebook.yaml import Loaded, RulesError, load

STATUTORY_CLAUSE = "DC-25"
MAX_FILES = 200
WORDING = 60
"""Phrases per element by which a nearest passage is measured: the first ones of the rule."""


@dataclass(slots=True)
class Source:
    """All files of a book and of those it extends, typed but not yet compiled."""

    manifest: BookFile
    folder: Path
    elements: dict[str, tuple[ElementSpec, str, str]] = field(default_factory=dict)
    """id -> record, group, place (file and line) for messages."""
    concepts: dict[str, tuple[ConceptSpec, str]] = field(default_factory=dict)
    clauses: dict[str, tuple[ClauseFile, ClauseSpec]] = field(default_factory=dict)
    documents: dict[str, ClauseFile] = field(default_factory=dict)
    cases: dict[str, tuple[CaseSpec, str]] = field(default_factory=dict)
    tables: dict[str, Any] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    digest: Any = field(default_factory=hashlib.sha256)


def shipped() -> Path:
    """Folder of the rule books that came with the program."""
    package = Path(__file__).resolve().parent.parent
    bundled = package / "_rules"
    return bundled if bundled.is_dir() else package.parent / "rules"


def book_folders() -> list[Path]:
    """Folders of the shipped rule books, in order of name."""
    return sorted(path.parent for path in shipped().glob("*/book.yaml"))


def locate(name: str) -> Path:
    """Folder of a book given by shipped name, by folder or by its manifest file. Raises RulesError."""
    path = Path(name)
    if path.is_file() and path.name == "book.yaml":
        return path.parent
    if path.is_dir() and (path / "book.yaml").is_file():
        return path
    for folder in book_folders():
        if folder.name == name:
            return folder
    known = "、".join(folder.name for folder in book_folders())
    raise RulesError(f"找不到规则集“{name}”：请给出规则集名称（{known}）或含有 book.yaml 的文件夹")


def read(folder: Path, *, cases: bool = False, _seen: tuple[Path, ...] = ()) -> Source:
    """All files of a book and of what it extends; ``cases`` also reads the examples. Raises RulesError."""
    folder = folder.resolve()
    if folder in _seen:
        raise RulesError(f"{folder.name}/book.yaml：extends 绕成了一圈，请去掉其中一个")
    manifest_file = load(folder / "book.yaml", f"{folder.name}/book.yaml")
    manifest = convert(manifest_file, BookFile)
    if manifest.extends is not None:
        sibling = folder.parent / manifest.extends
        parent = sibling if (sibling / "book.yaml").is_file() else locate(manifest.extends)
        source = read(parent, cases=cases, _seen=(*_seen, folder))
        source.manifest, source.folder = _merged(source.manifest, manifest), folder
    else:
        source = Source(manifest, folder)
    source.digest.update((folder / "book.yaml").read_bytes())
    files = sorted(
        p for p in folder.rglob("*") if p.suffix in (".yaml", ".yml", ".txt") and p.name != "book.yaml"
    )
    if len(files) > MAX_FILES:
        raise RulesError(f"{folder.name}：规则文件超过 {MAX_FILES} 个，请检查是不是给错了文件夹")
    own: set[str] = set()
    for path in files:
        is_case = path.name.endswith(".cases.yaml")
        if is_case and not cases:
            continue
        name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
        if not is_case:
            source.digest.update(name.encode() + b"\0" + path.read_bytes())
        if path.suffix == ".txt":
            source.words.update(path.read_text(encoding="utf-8").split())
        else:
            _take(source, load(path, name), own)
    for gone in manifest.switch_off:
        if source.elements.pop(gone, None) is None:
            raise RulesError(f"{manifest_file.where('$.switch_off')}：没有要素“{gone}”，无法停用，请核对编号")
    return source


def _merged(parent: BookFile, child: BookFile) -> BookFile:
    known = {group.id for group in parent.groups}
    groups = parent.groups + [group for group in child.groups if group.id not in known]
    return BookFile(
        id=child.id,
        title=child.title,
        version=child.version,
        years=child.years,
        extends=child.extends,
        documents=child.documents or parent.documents,
        groups=groups,
        switch_off=child.switch_off,
    )


def _take(source: Source, loaded: Loaded, own: set[str]) -> None:
    data = loaded.data
    if not isinstance(data, dict):
        raise RulesError(f"{loaded.name}：应当是键值结构，请对照 docs/rules.md")
    if "group" in data:
        group = convert(loaded, GroupFile)
        _take_concepts(source, loaded, group.concepts, own)
        for number, element in enumerate(group.elements):
            place = loaded.where(f"$.elements[{number}]")
            if element.id in own:
                raise RulesError(f"{place}：要素编号“{element.id}”重复，请改名或删去一处")
            own.add(element.id)
            source.elements[element.id] = (element, group.group, place)
    elif "document" in data and "items" in data:
        document = convert(loaded, ClauseFile)
        source.documents[document.document] = document
        for item in document.items:
            key = f"{document.document}-{item.n}" if item.n != "0" else document.document
            source.clauses[key] = (document, item)
    elif "cases" in data:
        for number, case in enumerate(convert(loaded, CaseFile).cases):
            source.cases[case.id] = (case, loaded.where(f"$.cases[{number}]"))
    elif "concepts" in data:
        _take_concepts(source, loaded, convert(loaded, ConceptFile).concepts, own)
    else:
        source.tables[Path(loaded.name).stem] = data


def _take_concepts(
    source: Source, loaded: Loaded, concepts: dict[str, list[str] | ConceptSpec], own: set[str]
) -> None:
    for name, spec in concepts.items():
        place = loaded.where(f"$.concepts.{name}")
        if "{" + name in own:
            raise RulesError(f"{place}：概念“{name}”在本规则集里定义了两次，请改名或合并")
        own.add("{" + name)
        record = ConceptSpec(any=spec) if isinstance(spec, list) else spec
        source.concepts[name] = (record, place)


def compile_book(source: Source) -> RuleBook:
    """Check references and build the phrase index. Raises RulesError."""
    manifest = source.manifest
    concepts = {
        name: Concept(name, _patterns(spec.any, place), _patterns(spec.ignore, place, exact=True))
        for name, (spec, place) in source.concepts.items()
    }
    _check_concepts(concepts, source)
    order = {group.id: number for number, group in enumerate(manifest.groups)}
    elements = []
    for spec, group, place in source.elements.values():
        if group not in order:
            raise RulesError(f"{place}：分组“{group}”没有在 book.yaml 的 groups 里登记，请补上")
        elements.append(_element(spec, group, place, source))
    elements.sort(key=lambda element: order[element.group])
    _check_dependencies(elements, source)
    for element in elements:
        _check_references(patterns_of(element), concepts, source.elements[element.id][2])
    patterns = [p for element in elements for p in patterns_of(element)]
    patterns += [p for concept in concepts.values() for p in (*concept.patterns, *concept.ignore)]
    lexicon = Lexicon(source.words)
    index = PhraseIndex((phrase for pattern in patterns for phrase in phrases_of(pattern)), lexicon)
    info = RulesetInfo(manifest.id, manifest.title, manifest.version, source.digest.hexdigest())
    groups = tuple(Group(group.id, group.name) for group in manifest.groups)
    return RuleBook(
        info, manifest.years, groups, tuple(elements), concepts, index, lexicon, dict(source.tables)
    )


def load_book(folder: Path) -> RuleBook:
    """Read and compile a rule book. Raises RulesError."""
    return compile_book(read(folder))


def choose(year: int | None) -> Path:
    """Folder of the shipped book for a report year; the newest one when the year is unknown. Raises RulesError."""
    newest: tuple[int, Path] | None = None
    for folder in book_folders():
        years = convert(load(folder / "book.yaml"), BookFile).years
        if years.first == 0:
            continue
        if year is not None and years.first <= year and (years.last is None or year <= years.last):
            return folder
        if newest is None or years.first > newest[0]:
            newest = (years.first, folder)
    if year is not None:
        raise RulesError(
            f"报告年度 {year} 没有对应的规则集：2016 年以前的报告不核查，如年度读错请用 --year 指定"
        )
    if newest is None:
        raise RulesError("没有找到任何规则集，请重新安装程序")
    return newest[1]


def phrases_of(pattern: Pattern) -> Iterator[Phrase]:
    for atom in atoms_of(pattern):
        if isinstance(atom, Literal):
            yield from atom.phrases


def patterns_of(element: Element) -> Iterator[Pattern]:
    yield from element.ignore
    for condition in (*element.covered, *element.weak, *element.mention):
        yield from condition_patterns(condition)


def condition_patterns(condition: Condition) -> Iterator[Pattern]:
    yield from (
        *condition.all,
        *condition.any,
        *condition.unless,
        *condition.unless_sentence,
        *condition.context,
    )
    if condition.count is not None:
        for thing in condition.count.things:
            yield from thing


def _patterns(sources: Iterable[str], place: str, *, exact: bool = False) -> tuple[Pattern, ...]:
    """Compiled patterns; what excludes is ``exact``, for a slip that turns a word into a look-alike proves nothing."""
    try:
        return tuple(parse(text, exact=exact) for text in sources)
    except PatternError as error:
        raise RulesError(f"{place}：{error}") from error


def _condition(spec: str | ConditionSpec, place: str) -> Condition:
    if isinstance(spec, str):
        spec = ConditionSpec(all=[spec])
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
        things = tuple(_patterns(thing, place) for thing in spec.count.of)
        if not 1 <= spec.count.min <= len(things):
            raise RulesError(f"{place}：count 的 min 应在 1 到列出的 {len(things)} 项之间")
        count = Count(things, spec.count.min, spec.count.max)
    depends = None
    if spec.elements is not None:
        depends = Depends(tuple(spec.elements.ids), frozenset(spec.elements.status), spec.elements.min)
    shown = [*spec.all, *("、".join(spec.any).split("\n"))] if spec.any else list(spec.all)
    label = " + ".join(shown) if shown else (spec.reason or "列出的各项")
    return Condition(
        label=label,
        all=_patterns(spec.all, place),
        any=_patterns(spec.any, place),
        within=within,
        distance=distance,
        unless=_patterns(spec.unless, place, exact=True),
        unless_sentence=_patterns(spec.unless_sentence, place, exact=True),
        context=_patterns(spec.context, place),
        count=count,
        elements=depends,
        heading=spec.heading,
        negated=spec.negated,
        roles=frozenset(spec.roles) if spec.roles is not None else None,
        reason=spec.reason,
    )


def _element(spec: ElementSpec, group: str, place: str, source: Source) -> Element:
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
    covered = tuple(_condition(c, place) for c in spec.covered)
    sought = (p for condition in covered for p in (*condition.all, *condition.any))
    wording = dict.fromkeys(p.text for pattern in sought for p in phrases_of(pattern) if len(p.text) >= 4)
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
        ignore=_patterns(spec.ignore, place, exact=True),
        covered=covered,
        weak=tuple(_condition(c, place) for c in spec.weak),
        mention=tuple(_condition(c, place) for c in spec.mention),
        wording=tuple(wording)[:WORDING],
    )


def _check_references(patterns: Iterable[Pattern], concepts: Mapping[str, Concept], place: str) -> None:
    for pattern in patterns:
        for atom in atoms_of(pattern):
            if isinstance(atom, Ref) and atom.name not in concepts:
                raise RulesError(f"{place}：没有名为“{atom.name}”的概念，请先在 concepts 里定义")


def _check_concepts(concepts: dict[str, Concept], source: Source) -> None:
    """Concepts may use each other, but not in a circle."""
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in done:
            return
        place = source.concepts[name][1]
        if name in trail:
            raise RulesError(f"{place}：概念“{name}”绕一圈用到了自己，请拆开")
        patterns = (*concepts[name].patterns, *concepts[name].ignore)
        _check_references(patterns, concepts, place)
        for pattern in patterns:
            for atom in atoms_of(pattern):
                if isinstance(atom, Ref):
                    visit(atom.name, (*trail, name))
        done.add(name)

    for name in concepts:
        visit(name, ())


def _check_dependencies(elements: list[Element], source: Source) -> None:
    known = {element.id: element for element in elements}

    def visit(element: Element, trail: tuple[str, ...]) -> None:
        place = source.elements[element.id][2]
        if element.id in trail:
            raise RulesError(f"{place}：要素“{element.id}”绕一圈依赖自己，请拆开")
        for condition in (*element.covered, *element.weak, *element.mention):
            for other in condition.elements.ids if condition.elements else ():
                if other not in known:
                    raise RulesError(f"{place}：elements 里的“{other}”不是要素编号，请核对")
                visit(known[other], (*trail, element.id))

    for element in elements:
        visit(element, ())
