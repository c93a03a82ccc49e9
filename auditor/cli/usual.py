"""Usual words of the main command, read without Typer.

``command`` declares the command line, and Typer reads it, explains it and refuses what is wrong. Loading Typer takes a
fifth of a run over one report, though, and most runs ask for a report and a format in plain words. Those few options
are read here to the same effect; whatever else is said is left to Typer.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from auditor.cli.options import Ask, asked

VALUES = {
    "-o": "out",
    "--out": "out",
    "-f": "format_",
    "--format": "format_",
    "--rules": "rules",
    "--gate": "gate",
    "--as-of": "as_of",
    "--published": "published",
    "--organisation": "organisation",
    "--addressee": "addressee",
    "--document-number": "document_number",
    "--date": "date",
    "--deadline": "deadline",
    "--store": "store",
}
"""Options with a text behind them, by the parameter they give."""
SEVERAL = frozenset({"format_"})
"""Those of which every value counts, and not only the last."""
FLAGS = {"--no-gate": "no_gate", "--no-cache": "no_cache", "-q": "quiet", "--quiet": "quiet"}
STDOUT = "-"


def usual(words: list[str]) -> Ask | None:
    """What the words after ``audit`` ask for; None where Typer has to say. Raises UsageError."""
    reports: list[Path] = []
    given: dict[str, Any] = {}
    left = iter(words)
    for word in left:
        if word and not word.startswith("-"):
            reports.append(Path(word))
        elif word in FLAGS:
            given[FLAGS[word]] = True
        else:
            name, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
            if name not in VALUES:
                return None
            value = value if equals else next(left, "")
            if not value or (value.startswith("-") and value != STDOUT):
                return None
            field = VALUES[name]
            given[field] = [*given.get(field, ()), value] if field in SEVERAL else value
    return asked(reports=reports, **given)
