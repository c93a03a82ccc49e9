"""Reports of one unit over the years, and the command."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.batch.helpers import GOOD, command, run, towns

__all__ = ["GOOD", "UNIT", "archive_years", "at_once", "rows", "run", "towns", "years"]
UNIT = "清渠县"


def years(folder: Path) -> list[Path]:
    """The good report of 2024, and one of 2025 that leaves out how documents are filed."""
    folder.mkdir(parents=True, exist_ok=True)
    text = GOOD.read_text(encoding="utf-8")
    later = text.replace("2025年", "2026年").replace("2024", "2025")
    later = "\n".join(line for line in later.split("\n") if "备案" not in line)
    paths = [folder / "2024.txt", folder / "2025.txt"]
    for path, content in zip(paths, (text, later), strict=True):
        path.write_text(content, encoding="utf-8")
    return paths


def archive_years(tmp_path: Path, store: str) -> None:
    """Store both years: one alone, both in a batch, so that one comes twice."""
    first, second = years(tmp_path / "in")
    one = run(first, "-q", "-f", "json", "-o", tmp_path / "one", "--store", store)
    assert one.returncode == 0, one.stderr
    both = run(first, second, "-q", "-f", "md", "-o", tmp_path / "both", "--store", store)
    assert both.returncode == 1, both.stderr


def rows(path: Path, statement: str) -> list[tuple[object, ...]]:
    import sqlite3

    connection = sqlite3.connect(path)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


def at_once(tmp_path: Path, store: str) -> None:
    """Three batches of the same reports in an archive that none of them finds, all at the same time."""
    towns(tmp_path / "in", 6)
    running = [
        subprocess.Popen(
            command(tmp_path / "in", "-q", "-f", "json", "-o", tmp_path / f"out{n}", "-j", 1, "--store", store),
            stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )
        for n in range(3)
    ]  # fmt: skip
    told = [process.communicate(timeout=120)[1] for process in running]
    assert [process.returncode for process in running] == [1, 1, 1], told
