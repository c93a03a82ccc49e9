"""What the main command was asked to do, checked once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from auditor.model import Level

FORMATS = ("pdf", "json")


@dataclass(frozen=True, slots=True)
class Ask:
    reports: tuple[Path, ...]
    out: Path | None
    """None: standard output."""
    formats: tuple[str, ...]
    rules: str | None
    year: int | None
    level: Level | None
    gate: Path | None
    no_gate: bool
    fail_under: float | None
    waivers: Path | None
    as_of: str | None
    published: str | None
    jobs: int | None
    quiet: bool
    verbose: int


class UsageError(ValueError):
    """Wrong use of the command line; the message is one Chinese sentence."""


def formats(given: list[str] | None) -> tuple[str, ...]:
    """Formats in the order asked for, each once. Raises UsageError."""
    names = [name.strip().lower() for item in given or ["pdf,json"] for name in item.split(",")]
    for name in names:
        if name not in FORMATS:
            raise UsageError(f"不认识的格式“{name}”，可以写：{'、'.join(FORMATS)}")
    return tuple(dict.fromkeys(names))
