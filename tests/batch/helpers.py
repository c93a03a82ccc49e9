"""Plans, tasks and the command for tests of batches."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from auditor.batch.plan import Plan, Task, make_plan
from auditor.letterhead import Office
from auditor.pipeline import Terms

ROOT = Path(__file__).resolve().parents[2]
AUDIT = Path(sys.executable).parent / "audit"
GOOD = next(ROOT.glob("reports_in/清渠县*.txt"))
POOR = next(ROOT.glob("reports_in/石梁县*.txt"))
TOWN = "云溪县白亭镇人民政府2024年法治政府建设年度报告\n\n　　全年开展普法宣传{}场次。\n\n云溪县白亭镇人民政府\n2025年1月20日\n"
"""A report that is read and judged in no time; the number makes it another one."""


def plan(
    out: Path, formats: tuple[str, ...] = ("json",), *, cache: bool = True, terms: Terms | None = None
) -> Plan:
    return make_plan(terms or Terms(), Office(), formats, out, cache=cache)


def task(path: Path, number: int = 0) -> Task:
    return Task(number, str(path), path.name, path.stem, None)


def towns(folder: Path, count: int) -> list[Path]:
    """Small reports named 0.txt, 1.txt and so on."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(TOWN.format(number + 3), encoding="utf-8")
    return paths


def command(*words: object) -> list[str]:
    return [str(AUDIT), *map(str, words)]


def run(
    *words: object, cwd: Path | None = None, timeout: float = 120, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*words), capture_output=True, text=True, encoding="utf-8", cwd=cwd, timeout=timeout,
        env={**os.environ, "COLUMNS": "100", **(env or {})},
    )  # fmt: skip


def results(folder: Path) -> dict[str, bytes]:
    """Every visible file below a folder and its bytes."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and not p.name.startswith(".")}
