"""Every pair of reports is read and judged once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.compare.compare import compare
from auditor.compare.inputs import Report, load
from auditor.compare.model import Comparison
from tests.compare.reports import PAIRS

Texts = dict[str, tuple[Path, Path]]


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Texts:
    """The invented pairs as files, by name."""
    folder = tmp_path_factory.mktemp("pairs")
    out = {}
    for name, (last, this, _) in PAIRS.items():
        paths = folder / f"{name}-1.txt", folder / f"{name}-2.txt"
        for path, text in zip(paths, (last, this), strict=True):
            path.write_text(text, encoding="utf-8")
        out[name] = paths
    return out


@pytest.fixture(scope="session")
def read(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Report]:
    """Reads a report given as text."""
    folder = tmp_path_factory.mktemp("texts")
    known: dict[str, Report] = {}

    def reader(text: str) -> Report:
        if text not in known:
            path = folder / f"{len(known)}.txt"
            path.write_text(text, encoding="utf-8")
            known[text] = load(path, path.name)
        return known[text]

    return reader


@pytest.fixture(scope="session")
def compared(read: Callable[[str], Report]) -> dict[str, tuple[Report, Report, Comparison]]:
    """The invented pairs, compared."""
    out = {}
    for name, (last, this, _) in PAIRS.items():
        a, b = read(last), read(this)
        out[name] = a, b, compare(a, b)
    return out
