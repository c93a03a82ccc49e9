"""The tables of the archive and how they change: numbered steps, each applied once, the number kept beside them.

A list of statements is enough for a handful of tables that one program writes, and needs no library and no folder of
scripts that must be found at run time.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.store.database import Database
from auditor.store.errors import StoreError

Step = tuple[str, ...]
STEPS: tuple[Step, ...] = (
    (
        """
        CREATE TABLE audit_results (
            id {number},
            digest TEXT NOT NULL UNIQUE,
            unit TEXT,
            region TEXT,
            level TEXT,
            report_year INTEGER,
            file TEXT NOT NULL,
            report_sha256 TEXT NOT NULL,
            ruleset TEXT NOT NULL,
            rules_digest TEXT NOT NULL,
            options_digest TEXT NOT NULL,
            tool_version TEXT NOT NULL,
            score DOUBLE PRECISION NOT NULL,
            passed SMALLINT,
            statuses TEXT NOT NULL,
            result {blob} NOT NULL
        )
        """,
        "CREATE INDEX audit_results_unit ON audit_results (unit, report_year)",
        "CREATE INDEX audit_results_report ON audit_results (report_sha256)",
        """
        CREATE TABLE audit_elements (
            rules_digest TEXT NOT NULL,
            position INTEGER NOT NULL,
            id TEXT NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (rules_digest, position)
        )
        """,
    ),
)
"""``digest`` is that of the whole result: the same report, rules, options and name give the same bytes, so that the
same result is stored once, while a better program's other verdict is stored beside the old one. ``passed`` is 1, 0 or
null without a gate. ``statuses`` has one letter per element (c, w, m, n; x waived), named by ``audit_elements``,
``position`` counting from 1. ``result`` is the JSON compressed with zlib."""
VERSION = "audit_schema"
"""The table with the number of steps applied."""


def bring_up(database: Database, steps: Sequence[Step] = STEPS) -> None:
    """Apply the steps that are missing. Raises StoreError, also for tables of a newer program."""
    if _applied(database, steps) == len(steps):
        return
    with database.transaction():
        database.lock_schema()
        # Another process may have been faster.
        done = _applied(database, steps)
        if done is None:
            _check_empty(database)
            database.run(f"CREATE TABLE {VERSION} (version INTEGER NOT NULL)")
            database.run(f"INSERT INTO {VERSION} (version) VALUES (0)")
        for step in steps[done or 0 :]:
            for statement in step:
                database.run(statement.format(number=database.number, blob=database.blob))
        database.run(f"UPDATE {VERSION} SET version = ?", (len(steps),))


def check(database: Database, steps: Sequence[Step] = STEPS) -> None:
    """Refuse to read tables that are not as this program knows them. Raises StoreError."""
    done = _applied(database, steps)
    if done is None:
        raise StoreError(f"结果库 {database.shown} 里没有核查结果，请先用 audit 报告 --store 存入")
    if done < len(steps):
        raise StoreError(
            f"结果库 {database.shown} 是旧版程序建的，请先用本版程序 audit 报告 --store 存一次，表会自动更新"
        )


def _applied(database: Database, steps: Sequence[Step]) -> int | None:
    """Steps applied so far; null for a database without an archive. Raises StoreError for a newer one."""
    if VERSION not in database.tables():
        return None
    rows = database.run(f"SELECT version FROM {VERSION}")
    if len(rows) != 1 or not isinstance(rows[0][0], int) or rows[0][0] < 0:
        raise StoreError(f"结果库 {database.shown} 的版本记录坏了，请换备份或另给一个库")
    if rows[0][0] > len(steps):
        raise StoreError(f"结果库 {database.shown} 是更新版本的程序建的，请升级本程序后再用")
    return int(rows[0][0])


def _check_empty(database: Database) -> None:
    if not database.others and database.tables():
        raise StoreError(f"结果库 {database.shown} 是别的程序的数据库，没有写入，请另给一个文件")
