"""From a folder of YAML files to the typed records of a rule book.

A book is a folder with a manifest ``book.yaml`` and any number of other YAML files, sorted by name: a file with
``group`` holds elements, one with ``document`` clauses, one with ``concepts`` shared concepts, one with ``cases``
examples, ``words.txt`` vocabulary; everything else is a table for checks on figures and dates. A book that
``extends`` another starts from all of its files; elements and concepts of the same id replace the inherited ones.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct, field

from auditor.matching.likeness import FILE as LIKENESS
from auditor.matching.likeness import Likeness, LikenessError
from auditor.rulebook.faults import Loaded, RulesError
from auditor.rulebook.files import CASES, digest, locate, rule_files, shown_name
from auditor.rulebook.schema import (
    BookFile,
    CaseFile,
    CaseSpec,
    ClauseFile,
    ClauseSpec,
    ConceptFile,
    ConceptSpec,
    ElementSpec,
    GroupFile,
    convert,
)
from auditor.rulebook.yaml import load, read_bounded, text_of


class Source(Struct):
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
    likeness: Likeness | None = None
    """What was learned from labelled passages, nearest to this book."""
    learned: set[str] = field(default_factory=set)
    """Elements that it was learned for and that no book since has written anew."""
    folders: list[Path] = field(default_factory=list)
    """The folders read, from the book everything starts from to this one."""

    @property
    def digest(self) -> str:
        """SHA-256 of everything that decides a verdict (examples do not)."""
        return digest(self.folders)


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
    source.folders.append(folder)
    own: set[str] = set()
    for path in rule_files(folder):
        if path.name.endswith(CASES) and not cases:
            continue
        name = shown_name(folder, path)
        if path.suffix == ".txt":
            source.words.update(text_of(read_bounded(path, name, "这个文件"), name).split())
        else:
            _take(source, load(path, name), own)
    _take_likeness(source, folder, own)
    for gone in manifest.switch_off:
        if source.elements.pop(gone, None) is None:
            raise RulesError(f"{manifest_file.where('$.switch_off')}：没有要素“{gone}”，无法停用，请核对编号")
    return source


def _take_likeness(source: Source, folder: Path, own: set[str]) -> None:
    path = folder / LIKENESS
    if not path.is_file():
        source.learned -= own
        return
    name = shown_name(folder, path)
    try:
        source.likeness = Likeness(read_bounded(path, name, "例句模型"))
    except LikenessError as error:
        raise RulesError(f"{name}：{error}") from error
    source.learned = {identity for identity in source.elements if source.likeness.knows(identity)}


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
