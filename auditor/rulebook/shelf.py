"""Compiled rule books kept between runs, for compiling takes far longer than judging.

One file per rule folder in the user's private cache folder. It is used only when it was made by the same program from
the same rule files: untouched since, by size, times and number of every file, or else with the same SHA-256. It holds plain data, decoded into typed records; no code can hide in it. What was learned from the examples is
left where it is, among the rule files.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from auditor.digests import sha256
from auditor.folders import has, keep, kept, mapped
from auditor.garbage import uncollected
from auditor.matching.heads import Heads
from auditor.matching.lexicon import Lexicon
from auditor.matching.likeness import FILE as LIKENESS
from auditor.matching.likeness import Likeness
from auditor.matching.phrases import PhraseIndex, PhraseTable
from auditor.matching.program import Concept
from auditor.model import RulesetInfo
from auditor.rulebook.book import Element, Group, RuleBook
from auditor.rulebook.faults import RulesError
from auditor.rulebook.files import book_folders, deciding, digest, locate, stamp
from auditor.rulebook.schema import BookFile, YearsSpec, convert
from auditor.rulebook.yaml import loads

MAX_BYTES = 64 * 1024 * 1024
MAX_BOOKS = 12
"""Compiled books kept; those not made for the longest time go first."""
_PARTS = ("matching", "rulebook", "model.py")
"""Of the program: what decides how a compiled book looks."""
_SIZE = struct.Struct("<I")
"""Bytes of the head of a kept book, before it."""


class _Head(msgspec.Struct, frozen=True, array_like=True):
    program: str
    rules: str
    """Digest of the rule files."""
    stamp: str
    """What the system said of both."""
    folders: tuple[str, ...]
    likeness: str | None
    """File of the model."""
    tables: dict[str, Any]


class _Content(msgspec.Struct, frozen=True, array_like=True):
    info: RulesetInfo
    years: YearsSpec
    groups: tuple[Group, ...]
    elements: tuple[Element, ...]
    concepts: tuple[Concept, ...]
    table: PhraseTable
    words: Heads


def book_for(rules: str | None, year: int | None) -> RuleBook:
    """The rule book of that name or folder, else the shipped one for a report year; loaded once. Raises RulesError."""
    return book_in(folder_for(rules, year))


def folder_for(rules: str | None, year: int | None) -> Path:
    """Where that book is. Raises RulesError."""
    return (locate(rules) if rules else choose(year)).resolve()


def is_kept(folder: Path) -> bool:
    """Whether the book of a folder was compiled before, by whatever program."""
    return has(_name(folder))


def tables_in(folder: Path) -> dict[str, Any]:
    """The plain tables of the book of a folder, without the rest of it where it is kept. Raises RulesError."""
    kept_book = _current(folder)
    return book_in(folder).tables if kept_book is None else kept_book[0].tables


def load_book(folder: Path) -> RuleBook:
    """The rule book of a folder, compiled or as it was compiled before. Raises RulesError."""
    folder = folder.resolve()
    book = _stored(folder)
    if book is None:
        # Reading and compiling rules needs more of the program than using them.
        from auditor.rulebook.compile import compile_book
        from auditor.rulebook.load import read

        source = read(folder)
        book = compile_book(source)
        _keep(folder, book, source.folders)
    return book


book_in = lru_cache(maxsize=8)(load_book)
"""``load_book``, once."""


def choose(year: int | None) -> Path:
    """Folder of the shipped book for a report year; the newest one when the year is unknown. Raises RulesError."""
    newest: tuple[int, Path] | None = None
    # The newest last by name: most reports are of its years, and the others need not be looked at.
    for folder in reversed(book_folders()):
        years = _years(folder)
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


def _years(folder: Path) -> YearsSpec:
    raw = (folder / "book.yaml").read_bytes()
    return convert(loads(raw, "book.yaml", again=True), BookFile).years


def _name(folder: Path) -> str:
    """Under which a folder's compiled book is kept."""
    return f"rules-{_sha(str(folder).encode())[:32]}"


def _parts(folder: Path) -> tuple[_Head | None, memoryview]:
    """Head and content of the kept book, the content still encoded; no head where there is none."""
    whole = kept(_name(folder), MAX_BYTES) or memoryview(b"")
    start = _SIZE.size
    try:
        (size,) = _SIZE.unpack_from(whole)
        head = msgspec.msgpack.decode(whole[start : start + size], type=_Head)
    except (ValueError, struct.error):
        return None, whole[:0]
    return head, whole[start + size :]


def _current(folder: Path) -> tuple[_Head, memoryview] | None:
    """Head and content of the kept book, if program and rules are what they were; stamps that changed are noted."""
    head, content = _parts(folder)
    if head is None:
        return None
    folders = list(map(Path, head.folders))
    try:
        now = _stamp(folders)
        if now != head.stamp:
            if (head.program, head.rules) != (_program(), digest(folders)):
                return None
            _put(folder, msgspec.structs.replace(head, stamp=now), content)
    except OSError:
        return None
    return head, content


def _stored(folder: Path) -> RuleBook | None:
    current = _current(folder)
    if current is None:
        return None
    head, content = current
    try:
        with uncollected():
            found = msgspec.msgpack.decode(content, type=_Content)
        likeness = None if head.likeness is None else Likeness(mapped(Path(head.likeness)))
        lexicon = Lexicon(found.words)
        index = PhraseIndex(found.table, lexicon)
    except (OSError, ValueError):
        return None
    return RuleBook(
        info=found.info,
        years=found.years,
        groups=found.groups,
        elements=found.elements,
        concepts=found.concepts,
        index=index,
        lexicon=lexicon,
        likeness=likeness,
        tables=head.tables,
    )


def _keep(folder: Path, book: RuleBook, folders: list[Path]) -> None:
    """Keep the compiled book; where that is not possible the next run compiles again."""
    content = msgspec.msgpack.encode(
        _Content(
            info=book.info,
            years=book.years,
            groups=book.groups,
            elements=book.elements,
            concepts=book.concepts,
            table=book.index.table,
            words=book.lexicon.table,
        )
    )
    try:
        said = _stamp(folders)
    except OSError:
        # A file went away under way.
        return
    models = [model for place in folders if (model := place / LIKENESS).is_file()]
    head = _Head(
        program=_program(),
        rules=book.info.digest,
        stamp=said,
        folders=tuple(map(str, folders)),
        likeness=str(models[-1]) if models else None,
        tables=book.tables,
    )
    _put(folder, head, content)


def _put(folder: Path, head: _Head, content: bytes | memoryview) -> None:
    encoded = msgspec.msgpack.encode(head)
    keep(_name(folder), b"".join([_SIZE.pack(len(encoded)), encoded, content]), MAX_BOOKS)


def _stamp(folders: list[Path]) -> str:
    """Of the program's files and of the rule files. Raises OSError."""
    return stamp([*_program_files(), *chain.from_iterable(map(deciding, folders))])


def _program() -> str:
    """SHA-256 of the program's files."""
    total = sha256()
    for file in _program_files():
        total.update(file.read_bytes())
    return total.hexdigest()


def _program_files() -> list[Path]:
    """What makes and reads a compiled book."""
    package = Path(__file__).resolve().parent.parent
    parts = map(package.joinpath, _PARTS)
    return [file for part in parts for file in (sorted(part.glob("*.py")) if part.is_dir() else [part])]


def _sha(data: bytes) -> str:
    return sha256(data).hexdigest()
