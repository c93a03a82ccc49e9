"""An archive in one file. Several processes of one machine may write at the same time."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from auditor.store.database import Row
from auditor.store.errors import StoreError

SECONDS = 30.0
"""How long to wait for others that are writing."""


class Sqlite:
    blob = "BLOB"
    number = "INTEGER PRIMARY KEY"
    others = False

    def __init__(self, path: Path, shown: str, *, create: bool, seconds: float = SECONDS) -> None:
        """Open the file; without ``create`` it must exist and is not changed. Raises StoreError."""
        self.shown = shown
        self._seconds = seconds
        if path.is_dir():
            raise StoreError(f"结果库 {shown} 是文件夹，请写明数据库文件，如 {shown}/results.db")
        if not create and not path.exists():
            raise StoreError(f"找不到结果库 {shown}，请检查路径")
        uri = f"{path.absolute().as_uri()}?{'mode=rwc' if create else _reading(path)}"
        with self._said():
            self._connection = sqlite3.connect(uri, uri=True, timeout=seconds, isolation_level=None)
        try:
            # A file made by others must not run functions of its own while it is read.
            self.run("PRAGMA trusted_schema = OFF")
            self.run("SELECT count(*) FROM sqlite_master")
            if create:
                self._share()
            else:
                self.run("PRAGMA query_only = ON")
        except BaseException:
            self.close()
            raise

    def _share(self) -> None:
        """Readers do not wait for writers. Power loss may cost the last results, which the next run adds again."""
        deadline = time.monotonic() + self._seconds
        while True:
            try:
                with self._said():
                    if self._connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                        self._connection.execute("PRAGMA journal_mode = WAL")
                break
            except Locked:
                # The change of mode does not wait by itself when two processes make the file at once.
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        self.run("PRAGMA synchronous = NORMAL")

    def run(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        with self._said():
            return self._connection.execute(statement, values).fetchall()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        self.run("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise
        self.run("COMMIT")

    def lock_schema(self) -> None:
        """The transaction holds the whole file."""

    def tables(self) -> set[str]:
        return {name for (name,) in self.run("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def close(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._connection.close()

    @contextlib.contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _told(error, self.shown) from error


def _reading(path: Path) -> str:
    """How to open a file for reading alone: sharing with writers takes the right to write beside it."""
    alone = not path.with_name(path.name + "-wal").exists()
    if alone and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return "mode=ro&immutable=1"
    return "mode=rw"


class Locked(StoreError):
    """Others are writing."""


def _told(error: sqlite3.Error, shown: str) -> StoreError:
    # Extended codes carry the primary one in their low byte.
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Locked(f"结果库 {shown} 一直被别的程序占用，请稍后再试")
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return StoreError(f"结果库 {shown} 不是 SQLite 数据库，或者已经损坏，请换备份或另给一个文件")
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_AUTH:
            return StoreError(f"结果库 {shown} 打不开或没有写权限，请检查文件、所在文件夹和权限")
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return StoreError(f"结果库 {shown} 读写出错（{error}），请检查磁盘空间和磁盘状况")
    return StoreError(f"结果库 {shown} 出错（{error}），请检查是不是 audit 建的库")
