"""What the main command was asked to do, checked once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from msgspec import Struct

from auditor.model import FailOn, Level
from auditor.render.formats import FORMATS

DEFAULT_FORMATS = "pdf,json"


class Ask(Struct, frozen=True):
    reports: tuple[Path, ...]
    out: Path | None
    """None: standard output."""
    formats: tuple[str, ...]
    rules: str | None
    year: int | None
    level: Level | None
    gate: str | None
    no_gate: bool
    fail_under: float | None
    fail_on: tuple[FailOn, ...]
    baselines: tuple[Path, ...]
    waivers: Path | None
    as_of: str | None
    published: str | None
    letterhead: dict[str, str | None]
    """What the options say of the office, by the key of ``audit.yaml``."""
    jobs: int | None
    cache: bool
    """Keep results of a batch for the next run, and take those kept."""
    quiet: bool
    verbose: int
    store: str | None = None
    """Address of the result archive."""
    cluster: str | None = None
    """Address of a scheduler."""


class UsageError(ValueError):
    """Wrong use of the command line; the message is one Chinese sentence."""


def formats(given: list[str] | None, default: str = DEFAULT_FORMATS) -> tuple[str, ...]:
    """Formats in the order asked for, each once. Raises UsageError."""
    names = [name.lower() for name in _words(given or [default])]
    for name in names:
        if name not in FORMATS:
            raise UsageError(f"不认识的格式“{name}”，可以写：{'、'.join(FORMATS)}")
    return tuple(dict.fromkeys(names))


def fail_on(given: list[str] | None) -> tuple[FailOn, ...]:
    """What stops a report beside the policy. Raises UsageError."""
    kinds = []
    for word in _words(given or []):
        if word not in set(FailOn):
            raise UsageError(f"--fail-on 不认识“{word}”，可以写：{'、'.join(FailOn)}")
        kinds.append(FailOn(word))
    return tuple(dict.fromkeys(kinds))


def _words(given: Iterable[str]) -> list[str]:
    return [word.strip() for item in given for word in item.split(",")]


Organisation = Annotated[
    str | None, typer.Option("--organisation", metavar="机关", help="审核机关，公文和通知的落款")
]
Addressee = Annotated[str | None, typer.Option("--addressee", metavar="机关", help="主送机关")]
DocumentNumber = Annotated[str | None, typer.Option("--document-number", metavar="文号", help="发文字号")]
PaperDate = Annotated[str | None, typer.Option("--date", metavar="日期", help="成文日期")]
Deadline = Annotated[str | None, typer.Option("--deadline", metavar="日期", help="整改通知的补正期限")]


def letterhead(
    organisation: str | None,
    addressee: str | None,
    document_number: str | None,
    date: str | None,
    deadline: str | None,
) -> dict[str, str | None]:
    """The options on the office by the key of ``audit.yaml``."""
    return {
        "organisation": organisation,
        "addressee": addressee,
        "document_number": document_number,
        "date": date,
        "deadline": deadline,
    }
