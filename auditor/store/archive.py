"""The archive as the commands use it: add a result, find what is known of a unit."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import astuple

from auditor.model import Result
from auditor.store import schema
from auditor.store.address import parse
from auditor.store.database import Database
from auditor.store.errors import StoreError
from auditor.store.postgres import Postgres
from auditor.store.record import Record, result_of
from auditor.store.sqlite import Sqlite

_COLUMNS = tuple(name for name in Record.__struct_fields__ if name != "elements")
_INSERT = (
    f"INSERT INTO audit_results ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
    " ON CONFLICT (digest) DO NOTHING"
)
_ELEMENT = (
    "INSERT INTO audit_elements (rules_digest, position, id, name) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (rules_digest, position) DO NOTHING"
)
_GOVERNMENT = "人民政府"
MOST = 2000
"""Results of one unit that are listed."""
NEAR = 8
"""Names proposed for one that is not there."""


class Stored(Struct, frozen=True):
    """What is known of a stored result without unpacking it."""

    number: int
    """Grows with every result added."""
    unit: str | None
    report_year: int | None
    file: str
    report_sha256: str


class Archive:
    """An open archive; every method raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._books: set[str] = set()

    def add(self, record: Record) -> None:
        """Store a result; one that is there already is left as it is."""
        if record.rules_digest not in self._books:
            with self._database.transaction():
                for position, (identity, name) in enumerate(record.elements, 1):
                    self._database.run(_ELEMENT, (record.rules_digest, position, identity, name))
            self._books.add(record.rules_digest)
        self._database.run(_INSERT, astuple(record)[: len(_COLUMNS)])

    def of_unit(self, unit: str, under: str = "") -> list[Stored]:
        """Results of a unit, the last added first; ``县`` and ``县人民政府`` are one.

        ``under``: only reports whose file begins with this, for units of one name in different places.
        """
        short = unit.removesuffix(_GOVERNMENT)
        rows = self._database.run(
            "SELECT id, unit, report_year, file, report_sha256 FROM audit_results"
            " WHERE unit IN (?, ?) AND substr(file, 1, ?) = ? ORDER BY id DESC LIMIT ?",
            (short, short + _GOVERNMENT, len(under), under, MOST),
        )
        return [Stored(*row) for row in rows]

    def of_year(self, unit: str, year: int, under: str = "") -> Stored | None:
        """The result of a unit for a report year that was added last."""
        return next((found for found in self.of_unit(unit, under) if found.report_year == year), None)

    def near(self, unit: str) -> list[str]:
        """Names of units that contain the words, shortest first."""
        pattern = unit.removesuffix(_GOVERNMENT)
        for char in "!%_":
            pattern = pattern.replace(char, "!" + char)
        rows = self._database.run(
            "SELECT unit FROM audit_results WHERE unit LIKE ? ESCAPE '!'"
            " GROUP BY unit ORDER BY length(unit), unit LIMIT ?",
            (f"%{pattern}%", NEAR),
        )
        return [name for (name,) in rows]

    def result(self, stored: Stored) -> Result:
        rows = self._database.run("SELECT result FROM audit_results WHERE id = ?", (stored.number,))
        if not rows:
            raise StoreError(f"结果库 {self._database.shown} 里的结果刚被删掉，请再试一次")
        return result_of(rows[0][0], self._database.shown)


@contextlib.contextmanager
def open_archive(address: str, *, write: bool) -> Iterator[Archive]:
    """The archive at an address; made, and its tables brought up to date, when it is to be written.

    Raises StoreError; Unusable when nothing could be tried.
    """
    place = parse(address)
    database: Database = (
        Postgres(place.url, place.shown)
        if place.path is None
        else Sqlite(place.path, place.shown, create=write)
    )
    try:
        if write:
            schema.bring_up(database)
        else:
            schema.check(database)
        yield Archive(database)
    finally:
        database.close()
