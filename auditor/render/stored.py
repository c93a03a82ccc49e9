"""Results read back from files, for ``--baseline``, ``audit render`` and ``audit verify``."""

from __future__ import annotations

from pathlib import Path

from auditor.model import Result
from auditor.reasons import os_reason
from auditor.render.json import StoredResultError, from_json

MAX_BYTES = 64 * 1024 * 1024
_SUMMARY = "summary.json"


def stored_result(path: Path) -> Result:
    """One stored result. Raises StoredResultError."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise StoredResultError(f"{path}：读不了这个文件（{os_reason(error)}），请检查路径和权限") from error
    if len(data) > MAX_BYTES:
        raise StoredResultError(f"{path}：超过 {MAX_BYTES // 1024 // 1024} MB，不像核查结果，请检查路径")
    try:
        return from_json(data)
    except StoredResultError as error:
        raise StoredResultError(f"{path}：{error}") from error


def stored_results(path: Path) -> tuple[Result, ...]:
    """A stored result, or all of those in a folder. Raises StoredResultError."""
    if not path.is_dir():
        return (stored_result(path),)
    files = sorted(p for p in path.rglob("*.json") if p.is_file() and p.name != _SUMMARY)
    if not files:
        raise StoredResultError(f"{path}：文件夹里没有核查结果（.json）")
    return tuple(stored_result(file) for file in files)
