"""A result as it is stored: what is asked for in columns, the whole as compressed JSON."""

from __future__ import annotations

import hashlib
import zlib

import msgspec
from msgspec import Struct

from auditor.model import Result
from auditor.render.json import StoredResultError, from_json, to_json
from auditor.render.stored import MAX_BYTES
from auditor.render.summary import entry_of
from auditor.store.errors import StoreError

MAX_NAME = 200
"""Characters of a name in a column; names come from reports, and an index bears no endless ones."""


class Record(Struct, frozen=True):
    """One row of ``audit_results`` without its number, and the elements that its statuses stand for."""

    digest: str
    unit: str | None
    region: str | None
    level: str | None
    report_year: int | None
    file: str
    report_sha256: str
    ruleset: str
    rules_digest: str
    options_digest: str
    tool_version: str
    score: float
    passed: int | None
    statuses: str
    result: bytes
    elements: tuple[tuple[str, str], ...]
    """Id and name, in the order of the checklist."""


def record_of(result: Result) -> Record:
    data = to_json(result)
    entry = entry_of(result)
    return Record(
        digest=hashlib.sha256(data).hexdigest(),
        unit=_name(entry.unit),
        region=_name(result.report.region),
        level=entry.level.value if entry.level else None,
        report_year=entry.year,
        file=_name(result.report.file) or "",
        report_sha256=result.report.sha256,
        ruleset=result.ruleset.id,
        rules_digest=result.ruleset.digest,
        options_digest=hashlib.sha256(msgspec.json.encode(result.options)).hexdigest(),
        tool_version=result.tool.version,
        score=result.score.total,
        passed=None if entry.passed is None else int(entry.passed),
        statuses=entry.statuses,
        result=zlib.compress(data, 6),
        elements=tuple((element.id, element.name) for element in result.elements),
    )


def result_of(stored: bytes, shown: str) -> Result:
    """The whole result from its column; ``shown`` names the archive. Raises StoreError."""
    try:
        return from_json(zlib.decompressobj().decompress(stored, MAX_BYTES))
    except (zlib.error, StoredResultError, TypeError) as error:
        raise StoreError(
            f"结果库 {shown} 里有一份结果已经损坏，请换备份，或重新核查后存入另一个库"
        ) from error


def _name(text: str | None) -> str | None:
    # PostgreSQL has no place for NUL in a text.
    return None if text is None else text.replace("\0", "")[:MAX_NAME]
