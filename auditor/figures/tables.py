"""Deadlines and validity of documents, decoded from the plain data of the rule book's tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from auditor.model import Basis, Level
from auditor.regex import regex
from auditor.rulebook.faults import RulesError


class TableError(RulesError):
    """A table of the rule book that cannot be used; the message names the entry and what is wrong with it, in Chinese."""


class Deadline(Struct, frozen=True):
    id: str
    first: int
    last: int | None
    """Report years for which it holds; open at the end when None."""
    levels: tuple[Level, ...]
    report_by: tuple[int, int] | None
    """Month and day of the year after the report year."""
    publish_by: tuple[int, int] | None
    recipients: str
    document: str
    verified: bool
    source: str

    @property
    def basis(self) -> Basis:
        return Basis(self.document, "", f"规定了报告和公开年度情况的期限（{self.source}）", self.verified)


class Citation(Struct, frozen=True):
    id: str
    document: str
    names: tuple[str, ...]
    begins: str
    """ISO date from which it can be quoted."""
    ends: str | None
    """ISO date of its last day, None while it is in force."""
    replaced_by: str | None
    unless: tuple[str, ...]
    """Words near the quotation that show that the past is meant."""
    verified: bool
    source: str

    @property
    def basis(self) -> Basis:
        return Basis(self.document, "", self.source, self.verified)


def deadlines(data: Any) -> tuple[Deadline, ...]:
    """Entries of the table ``deadlines``: a list, or a mapping with that list. Raises TableError."""
    return tuple(_deadline(entry, n) for n, entry in enumerate(entries(data, "deadlines"), 1))


def citations(data: Any) -> tuple[Citation, ...]:
    """Entries of the table ``citations``. Raises TableError."""
    return tuple(_citation(entry, n) for n, entry in enumerate(entries(data, "citations"), 1))


def entries(data: Any, name: str) -> Sequence[Mapping[str, Any]]:
    """Rows of a table; none when it is absent. Raises TableError."""
    if data is None:
        return ()
    rows = data.get(name) if isinstance(data, Mapping) else data
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise TableError(f"{name}.yaml 的表 {name} 应当是一串条目，每条是键值结构")
    return rows


def place(name: str, number: int) -> str:
    """Where an entry stands; every table has a file of its own name."""
    return f"{name}.yaml 的表 {name} 第 {number} 条"


def check_keys(entry: Mapping[str, Any], known: set[str], where: str) -> None:
    """Refuse unknown keys and entries without the four that every table needs. Raises TableError."""
    unknown = sorted(str(key) for key in entry if key not in known)
    if unknown:
        raise TableError(f"{where}：不认识的键“{'、'.join(unknown)}”，可用的键是 {'、'.join(sorted(known))}")
    missing = sorted(key for key in ("id", "document", "verified", "source") if key not in entry)
    if missing:
        raise TableError(f"{where}：缺少“{'、'.join(missing)}”")
    if not isinstance(entry["verified"], bool):
        raise TableError(f"{where}：verified 只能写 true 或 false")


def _deadline(entry: Mapping[str, Any], number: int) -> Deadline:
    where = place("deadlines", number)
    known = {
        "id",
        "years",
        "levels",
        "report_by",
        "publish_by",
        "recipients",
        "document",
        "verified",
        "source",
    }
    check_keys(entry, known, where)
    first, last = years_of(entry, where)
    return Deadline(
        str(entry["id"]),
        first,
        last,
        levels_of(entry, where),
        _day(entry.get("report_by"), where),
        _day(entry.get("publish_by"), where),
        str(entry.get("recipients") or ""),
        str(entry["document"]),
        entry["verified"],
        str(entry["source"]),
    )


def years_of(entry: Mapping[str, Any], where: str) -> tuple[int, int | None]:
    """First and last report year of an entry; the last is None when it is open. Raises TableError."""
    years = entry.get("years")
    if not isinstance(years, Mapping) or not isinstance(years.get("first"), int):
        raise TableError(f"{where}：years 要写 first（起始报告年度），可再写 last")
    last = years.get("last")
    if last is not None and not isinstance(last, int):
        raise TableError(f"{where}：years 的 last 应当是年份")
    return years["first"], last


def levels_of(entry: Mapping[str, Any], where: str) -> tuple[Level, ...]:
    """Levels of an entry; all of them when it names none. Raises TableError."""
    try:
        return tuple(Level(str(level)) for level in entry.get("levels") or list(Level))
    except ValueError as error:
        raise TableError(f"{where}：levels 里有不认识的层级") from error


def _day(value: Any, where: str) -> tuple[int, int] | None:
    if value is None:
        return None
    match = regex(r"(\d\d)-(\d\d)").fullmatch(str(value))
    if match:
        month, day = int(match[1]), int(match[2])
        try:
            date(2024, month, day)
        except ValueError:
            match = None
        else:
            return month, day
    raise TableError(f'{where}：日期要写成“月-日”，如 "03-01"，现在是“{value}”')


def _citation(entry: Mapping[str, Any], number: int) -> Citation:
    where = place("citations", number)
    known = {"id", "document", "names", "from", "until", "replaced_by", "unless", "verified", "source"}
    check_keys(entry, known, where)
    names = entry.get("names")
    if not isinstance(names, list) or not names or not all(isinstance(n, str) and len(n) >= 4 for n in names):
        raise TableError(f"{where}：names 要写至少一个不少于四个字的名称")
    unless = entry.get("unless") or []
    if not isinstance(unless, list):
        raise TableError(f"{where}：unless 应当是一串词")
    return Citation(
        str(entry["id"]),
        str(entry["document"]),
        tuple(names),
        _iso(entry.get("from"), where),
        _iso(entry["until"], where) if entry.get("until") is not None else None,
        str(entry["replaced_by"]) if entry.get("replaced_by") else None,
        tuple(str(word) for word in unless),
        entry["verified"],
        str(entry["source"]),
    )


def _iso(value: Any, where: str) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise TableError(f"{where}：日期要写成 2024-01-31 的样子，现在是“{value}”") from error
