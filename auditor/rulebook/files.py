"""The files of a rule book: where they are and what they amount to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from auditor.digests import sha256
from auditor.matching.likeness import FILE as LIKENESS
from auditor.rulebook.faults import RulesError

MAX_FILES = 200
MANIFEST = "book.yaml"
CASES = ".cases.yaml"
"""Ending of the files with examples, which decide no verdict."""


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
    if path.is_file() and path.name == MANIFEST:
        return path.parent
    if path.is_dir() and (path / MANIFEST).is_file():
        return path
    for folder in book_folders():
        if folder.name == name:
            return folder
    known = "、".join(folder.name for folder in book_folders())
    raise RulesError(f"找不到规则集“{name}”：请给出规则集名称（{known}）或含有 book.yaml 的文件夹")


def digest(folders: Iterable[Path]) -> str:
    """SHA-256 of the rule files of these folders, without the examples."""
    total = sha256()
    for folder in folders:
        for path in deciding(folder):
            if path.name != MANIFEST:
                total.update(shown_name(folder, path).encode() + b"\0")
            total.update(path.read_bytes())
    return total.hexdigest()


def stamp(files: Iterable[Path]) -> str:
    """What the system says of files: other than before when one of them was written, replaced, added or removed.

    Raises OSError.
    """
    total = sha256()
    for path in files:
        said = path.stat()
        words = (said.st_size, said.st_mtime_ns, said.st_ctime_ns, said.st_ino, said.st_dev, path)
        total.update(" ".join(map(str, words)).encode(errors="surrogateescape") + b"\0")
    return total.hexdigest()


def deciding(folder: Path) -> Iterator[Path]:
    """The files of a folder that decide verdicts. Raises RulesError."""
    yield folder / MANIFEST
    yield from (path for path in rule_files(folder) if not path.name.endswith(CASES))
    if (model := folder / LIKENESS).is_file():
        yield model


def rule_files(folder: Path) -> list[Path]:
    """Rule files of a book besides its manifest, in order of name. Raises RulesError."""
    files = sorted(
        p for p in folder.rglob("*") if p.suffix in (".yaml", ".yml", ".txt") and p.name != MANIFEST
    )
    if len(files) > MAX_FILES:
        raise RulesError(f"{folder.name}：规则文件超过 {MAX_FILES} 个，请检查是不是给错了文件夹")
    return files


def shown_name(folder: Path, path: Path) -> str:
    """The name of a rule file in messages."""
    return f"{folder.name}/{path.relative_to(folder).as_posix()}"
