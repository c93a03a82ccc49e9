"""What the archive tells of one unit over the years.

The classes mirror the JSON of schema ``fazhi-history/1`` field by field.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from auditor.model import ElementResult, Level, Result, Status
from auditor.render.summary import WAIVED, entry_of
from auditor.store.archive import Archive, Stored

SCHEMA = "fazhi-history/1"


class Change(Struct, frozen=True):
    """An element judged otherwise than in the year before."""

    id: str
    name: str
    headline: bool
    before: Status
    after: Status


class Year(Struct, frozen=True):
    """The result that stands for one report year: the last one stored."""

    year: int | None
    file: str
    unit: str | None
    level: Level | None
    sha256: str
    ruleset: str
    rules_digest: str
    score: float
    passed: bool | None
    failures: tuple[str, ...]
    covered: int
    weak: int
    missing: int
    waived: int
    others: int
    """Other results stored for this year, of earlier drafts or by other rules."""
    since: int | None
    """The year that the changes count from; null when there is none before."""
    lost: tuple[Change, ...]
    """Missing now; ``weaker`` was covered and is weak."""
    weaker: tuple[Change, ...]
    stronger: tuple[Change, ...]
    """Was weak and is covered; ``won`` was missing."""
    won: tuple[Change, ...]


class History(Struct, frozen=True):
    schema: str
    unit: str
    """As asked for."""
    remarks: tuple[str, ...]
    years: tuple[Year, ...]
    """From the first to the last; results without a year stand at the end and are compared with nothing."""


def history(archive: Archive, unit: str, under: str = "") -> History | None:
    """All years of a unit; null when there is no result. Raises StoreError."""
    by_year: dict[int | None, list[Stored]] = {}
    for stored in archive.of_unit(unit, under):
        by_year.setdefault(stored.report_year, []).append(stored)
    if not by_year:
        return None
    years: list[Year] = []
    remarks: list[str] = []
    before: Result | None = None
    for number in sorted(by_year, key=lambda year: (year is None, year or 0)):
        found = by_year[number]
        result = archive.result(found[0])
        named = f"{number} 年度" if number is not None else "年度不明的结果"
        if len({stored.report_sha256 for stored in found}) > 1:
            remarks.append(
                f"{named}有几份不同的报告，取最后存入的 {found[0].file}；同名的单位请用 --under 分开"
            )
        if number is None:
            before = None
        elif before is not None and before.ruleset.digest != result.ruleset.digest:
            remarks.append(f"{named}与上一份用的规则不同，只比较两边都有的要素")
        years.append(_year(number, result, before, len(found) - 1, years[-1].year if years else None))
        before = result
    return History(SCHEMA, unit, tuple(remarks), tuple(years))


def _year(number: int | None, result: Result, before: Result | None, others: int, since: int | None) -> Year:
    entry = entry_of(result)
    old = {element.id: element for element in before.elements} if before else {}

    def changes(wanted: Callable[[Status, Status], bool]) -> tuple[Change, ...]:
        return tuple(
            Change(e.id, e.name, e.headline, old[e.id].status, e.status)
            for e in result.elements
            if e.id in old and _turned(old[e.id], e) and wanted(old[e.id].status, e.status)
        )

    return Year(
        year=number,
        file=entry.file,
        unit=entry.unit,
        level=entry.level,
        sha256=entry.sha256,
        ruleset=result.ruleset.id,
        rules_digest=result.ruleset.digest,
        score=entry.total,
        passed=entry.passed,
        failures=entry.failures,
        covered=entry.statuses.count("c"),
        weak=entry.statuses.count("w"),
        missing=entry.statuses.count("m"),
        waived=entry.statuses.count(WAIVED),
        others=others,
        since=since if before else None,
        lost=changes(lambda a, b: b is Status.MISSING),
        weaker=changes(lambda a, b: a is Status.COVERED and b is Status.WEAK),
        stronger=changes(lambda a, b: a is Status.WEAK and b is Status.COVERED),
        won=changes(lambda a, b: a is Status.MISSING),
    )


def _turned(before: ElementResult, after: ElementResult) -> bool:
    """Judged on both sides, and otherwise."""
    return Status.NA not in (before.status, after.status) and before.status is not after.status
