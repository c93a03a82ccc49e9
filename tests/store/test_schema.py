"""How the tables come into being and change with the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.store import schema
from auditor.store.errors import StoreError
from auditor.store.sqlite import Locked, Sqlite

LATER = (
    *schema.STEPS,
    ("ALTER TABLE audit_results ADD COLUMN note TEXT", "CREATE TABLE audit_more (x {blob})"),
)


def opened(path: Path, *, create: bool = True) -> Sqlite:
    return Sqlite(path, path.name, create=create, seconds=0.2)


def test_an_archive_grows_with_the_program_and_not_back(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    database = opened(path)
    schema.bring_up(database)
    with pytest.raises(StoreError, match="旧版"):
        schema.check(database, LATER)
    schema.bring_up(database, LATER)
    schema.bring_up(database, LATER)
    assert "audit_more" in database.tables()
    assert database.run("SELECT version FROM audit_schema") == [(len(LATER),)]
    for refused in (schema.bring_up, schema.check):
        with pytest.raises(StoreError, match="升级"):
            refused(database)


def test_a_step_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    database = opened(tmp_path / "x.db")
    schema.bring_up(database)
    with pytest.raises(StoreError):
        schema.bring_up(database, (*schema.STEPS, ("CREATE TABLE half (x TEXT)", "CREATE NONSENSE")))
    assert "half" not in database.tables()
    assert database.run("SELECT version FROM audit_schema") == [(len(schema.STEPS),)]


def test_who_only_reads_changes_nothing(tmp_path: Path) -> None:
    schema.bring_up(opened(tmp_path / "x.db"))
    reader = opened(tmp_path / "x.db", create=False)
    with pytest.raises(StoreError):
        reader.run("DELETE FROM audit_results")
    empty = tmp_path / "empty.db"
    empty.touch()
    with pytest.raises(StoreError, match="没有核查结果"):
        schema.check(opened(empty, create=False))


def test_a_lock_that_is_held_too_long_is_told(tmp_path: Path) -> None:
    first, second = opened(tmp_path / "x.db"), opened(tmp_path / "x.db")
    with first.transaction(), pytest.raises(Locked, match="占用"), second.transaction():
        pass
