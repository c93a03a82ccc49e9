"""Compiled rule books kept between runs: the same book, or none."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from auditor import folders
from auditor.rulebook import shelf
from auditor.rulebook.book import RuleBook
from auditor.rulebook.compile import compile_book
from auditor.rulebook.faults import RulesError
from auditor.rulebook.files import digest, locate
from auditor.rulebook.load import Source, read
from auditor.rulebook.shelf import choose, load_book

from .test_load import ELEMENT, MANIFEST, book

posix = pytest.mark.skipif(os.name != "posix", reason="只有 POSIX 系统有这种权限")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv(folders.SWITCH, str(folder))
    return folder


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Folders that were compiled and not taken from the shelf."""
    calls: list[Path] = []

    def watched(source: Source) -> RuleBook:
        calls.append(source.folder)
        return compile_book(source)

    monkeypatch.setattr("auditor.rulebook.compile.compile_book", watched)
    return calls


def files(place: Path) -> list[Path]:
    return sorted(place.glob("rules-*"))


def same(a: RuleBook, b: RuleBook) -> bool:
    parts = ("info", "years", "groups", "elements", "concepts", "tables")
    alike = all(getattr(a, part) == getattr(b, part) for part in parts)
    assert (a.likeness is None) is (b.likeness is None)
    return alike and a.index.table == b.index.table and a.lexicon.words == b.lexicon.words


def test_a_kept_book_is_the_compiled_one(place: Path, compiled: list[Path]) -> None:
    folder = locate("outline-2015")
    fresh = compile_book(read(folder))
    assert same(load_book(folder), fresh)
    assert len(compiled) == 1
    assert same(load_book(folder), fresh)
    assert len(compiled) == 1
    assert len(files(place)) == 1


def test_changed_rules_are_compiled_again(tmp_path: Path, place: Path, compiled: list[Path]) -> None:
    folder = book(tmp_path / "own")
    load_book(folder)
    book(folder, element=ELEMENT.replace("第一件事情", "第二件事情"))
    assert load_book(folder).elements[0].phrased == "事情二件件事第二"
    assert len(compiled) == 2


def test_rules_that_were_only_touched_are_read_once_and_not_compiled(
    tmp_path: Path, place: Path, compiled: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = book(tmp_path / "own")
    read_again: list[Path] = []

    def watched(folders: Iterable[Path]) -> str:
        listed = list(folders)
        read_again.extend(listed)
        return digest(listed)

    monkeypatch.setattr(shelf, "digest", watched)
    load_book(folder)
    load_book(folder)
    assert not read_again
    os.utime(folder / "book.yaml", (1, 1))
    load_book(folder)
    load_book(folder)
    assert len(read_again) == len(compiled) == 1


def test_tables_come_without_the_rest_of_the_book_where_it_is_kept(
    tmp_path: Path, place: Path, compiled: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = book(tmp_path / "own")
    (folder / "deadlines.yaml").write_text("table: deadlines\ndays: 90\n", encoding="utf-8")
    assert not shelf.is_kept(folder)
    tables = shelf.tables_in(folder)
    assert shelf.is_kept(folder) and tables == load_book(folder).tables
    shelf.book_in.cache_clear()
    monkeypatch.setattr(shelf, "_stored", lambda folder: pytest.fail("the whole book was loaded"))
    assert shelf.tables_in(folder) == tables
    assert len(compiled) == 1


def test_other_words_of_the_same_length_and_time_count(
    tmp_path: Path, place: Path, compiled: list[Path]
) -> None:
    folder = book(tmp_path / "own")
    file = folder / "elements.yaml"
    load_book(folder)
    before = file.stat()
    book(folder, element=ELEMENT.replace("第一件事情", "第二件事情"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = file.stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert load_book(folder).elements[0].phrased == "事情二件件事第二"
    assert len(compiled) == 2


def test_a_change_in_the_book_below_counts(tmp_path: Path, place: Path, compiled: list[Path]) -> None:
    below = book(tmp_path / "below")
    child = tmp_path / "child"
    child.mkdir()
    (child / "book.yaml").write_text(
        MANIFEST.replace("id: own", "id: child\nextends: below"), encoding="utf-8"
    )
    assert load_book(child).elements[0].phrased == "一件事情件事第一"
    book(below, element=ELEMENT.replace("第一件事情", "第二件事情"))
    assert load_book(child).elements[0].phrased == "事情二件件事第二"


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "text", "size"])
def test_a_damaged_file_counts_as_none(
    damage: str, tmp_path: Path, place: Path, compiled: list[Path]
) -> None:
    folder = book(tmp_path / "own")
    load_book(folder)
    (kept,) = files(place)
    data = kept.read_bytes()
    middle = len(data) - 20
    kept.write_bytes(
        {
            "cut": data[:-7],
            "flip": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
            "empty": b"",
            "text": "不是规则".encode(),
            "size": b"99999999999\n" + data,
        }[damage]
    )
    assert load_book(folder).elements[0].id == "甲.一"
    assert len(compiled) == 2


def test_another_program_compiles_again(
    tmp_path: Path, place: Path, compiled: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = book(tmp_path / "own")
    part = tmp_path / "part.py"
    part.write_text("one = 1\n", encoding="utf-8")
    monkeypatch.setattr(shelf, "_program_files", lambda: [part])
    load_book(folder)
    os.utime(part, (1, 1))
    load_book(folder)
    assert len(compiled) == 1
    part.write_text("two = 2\n", encoding="utf-8")
    load_book(folder)
    assert len(compiled) == 2


def test_the_program_that_made_a_book_is_all_that_makes_and_reads_it() -> None:
    names = {"/".join(path.parts[-2:]) for path in shelf._program_files()}
    assert {"matching/phrases.py", "rulebook/shelf.py", "rulebook/book.py", "auditor/model.py"} <= names
    assert all(path.is_file() for path in shelf._program_files())


@posix
def test_what_others_can_write_is_not_trusted(tmp_path: Path, place: Path, compiled: list[Path]) -> None:
    folder = book(tmp_path / "own")
    load_book(folder)
    (kept,) = files(place)
    kept.chmod(0o666)
    load_book(folder)
    assert len(compiled) == 2
    place.chmod(0o777)
    load_book(folder)
    assert len(compiled) == 3


def test_the_shelf_can_be_switched_off(
    tmp_path: Path, compiled: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(folders.SWITCH, "off")
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    folder = book(tmp_path / "own")
    load_book(folder)
    load_book(folder)
    assert len(compiled) == 2
    assert not (tmp_path / "home").exists()


def test_without_a_place_to_write_books_are_compiled(
    tmp_path: Path, compiled: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv(folders.SWITCH, str(tmp_path / "file" / "below"))
    assert load_book(book(tmp_path / "own")).elements[0].id == "甲.一"
    assert len(compiled) == 1


def test_only_so_many_books_are_kept(tmp_path: Path, place: Path) -> None:
    for number in range(shelf.MAX_BOOKS + 3):
        load_book(book(tmp_path / f"book-{number}"))
    assert len(files(place)) == shelf.MAX_BOOKS


def test_the_year_chooses_the_book_with_and_without_the_shelf(place: Path) -> None:
    for _ in range(2):
        assert choose(2018).name == "outline-2015"
        assert choose(2024).name == "outline-2021"
        assert choose(None).name == "outline-2021"
        with pytest.raises(RulesError, match="2016 年以前的报告不核查"):
            choose(2014)
        load_book(choose(2018))
        load_book(choose(2024))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 的缓存文件夹另有规定")
def test_the_usual_place_follows_the_platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(folders.SWITCH)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    if sys.platform != "darwin":
        assert folders.cache_folder() == tmp_path / "xdg" / folders.NAME
        monkeypatch.setenv("XDG_CACHE_HOME", "relative")
        monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
        assert folders.cache_folder() == tmp_path / "home" / ".cache" / folders.NAME
