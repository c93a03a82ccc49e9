"""What the main command was asked to do, checked once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from auditor.model import FailOn, Level
from auditor.render.formats import FORMATS

DEFAULT_OUT = "audit_out"
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


def asked(
    *,
    reports: Iterable[Path] = (),
    out: str = DEFAULT_OUT,
    format_: list[str] | None = None,
    rules: str | None = None,
    year: int | None = None,
    level: Level | None = None,
    gate: str | None = None,
    no_gate: bool = False,
    fail_under: float | None = None,
    fail_on_: list[str] | None = None,
    baseline: Iterable[Path] = (),
    waivers: Path | None = None,
    as_of: str | None = None,
    published: str | None = None,
    organisation: str | None = None,
    addressee: str | None = None,
    document_number: str | None = None,
    date: str | None = None,
    deadline: str | None = None,
    jobs: int | None = None,
    no_cache: bool = False,
    store: str | None = None,
    cluster: str | None = None,
    quiet: bool = False,
    verbose: int = 0,
) -> Ask:
    """What the options of the command line come to. Raises UsageError."""
    if fail_under is not None and not 0 <= fail_under <= 100:
        raise UsageError("--fail-under 应在 0 到 100 之间")
    return Ask(
        reports=tuple(reports),
        out=None if out == "-" else Path(out),
        formats=formats(format_),
        rules=rules,
        year=year,
        level=level,
        gate=gate,
        no_gate=no_gate,
        fail_under=fail_under,
        fail_on=fail_on(fail_on_),
        baselines=tuple(baseline),
        waivers=waivers,
        as_of=as_of,
        published=published,
        letterhead=letterhead(organisation, addressee, document_number, date, deadline),
        jobs=jobs,
        cache=not no_cache,
        quiet=quiet,
        verbose=verbose,
        store=store,
        cluster=cluster,
    )


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
