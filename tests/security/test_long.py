"""Long input: two megabytes are judged within the stated time and memory, more is refused at once."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from auditor.text.decode import MAX_BYTES, MAX_CHARACTERS
from tests.security.helpers import AUDIT, GOOD, refused, run

_MEASURED = """
import resource, subprocess, sys, time
started = time.monotonic()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(done.returncode, time.monotonic() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


TARGET = 5
"""Seconds that two megabytes should take where nothing else is running; told when missed."""


def measured(*words: object) -> tuple[int, float, float, float]:
    """Code, seconds, processor seconds and peak MiB of the command."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(AUDIT), *map(str, words)],
        capture_output=True,
        text=True,
        check=True,
    )
    code, *numbers = done.stdout.split()
    return int(code), *map(float, numbers)  # type: ignore[return-value]


def long_text(size: int) -> str:
    """A report of so many bytes in UTF-8 with three parts, the first of them very long."""
    text = GOOD.read_text(encoding="utf-8")
    end = text.index("\n", text.index("一、")) + 1
    stop = text.index("\n二、")
    body = text[end:stop]
    times = (size - len(text.encode())) // len(body.encode())
    return text[:end] + "\n".join([body] * times) + text[stop:]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["report", "one line", "one sentence", "headings", "figures"])
def test_two_megabytes(kind: str, tmp_path: Path) -> None:
    head = "清渠县人民政府2024年度法治政府建设情况报告\n一、主要工作\n法治政府建设工作情况如下。\n"
    texts = {
        "report": long_text(2_000_000),
        "one line": head + "".join(long_text(2_000_000).split()),
        "one sentence": head + "法治政府建设督察，" * 74_000 + "法治政府建设督察。",
        "headings": head + "".join(f"（一）法治{n}\n" for n in range(110_000)),
        "figures": head + "".join(f"办理案件{n}件，办结{n - 1}件，办结率98%；" for n in range(1, 38_000)),
    }
    report = tmp_path / "报告.txt"
    report.write_text(texts[kind], encoding="utf-8")
    assert 1_700_000 < report.stat().st_size < 2_400_000
    code, seconds, processor, memory = measured(
        report, "-f", "json", "-q", "--no-gate", "-o", tmp_path / "out"
    )
    assert code == 0
    json.loads((tmp_path / "out" / "报告.json").read_bytes())
    assert memory < 500, memory
    # Processor time, since other programs may be running.
    assert processor < 40, (seconds, processor)
    if seconds >= TARGET:
        pytest.xfail(f"目标是 {TARGET} 秒，用了 {seconds:.1f} 秒（见 benchmarks/RESULTS.md）")


def test_above_the_limit_is_refused_soon(tmp_path: Path) -> None:
    report = tmp_path / "报告.txt"
    for text, word in (
        ("法" * (MAX_CHARACTERS + 10), str(MAX_CHARACTERS)),
        ("法治政府\n" * (MAX_BYTES // 13 + 10), "MiB"),
    ):
        report.write_text(text, encoding="utf-8")
        started = time.monotonic()
        refused(run(report, "-f", "json", "-o", tmp_path / "out"), word, "上限")
        assert time.monotonic() - started < 5
