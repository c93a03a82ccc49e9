"""Everything that is measured, in one run on the machine at hand, written to benchmarks/RESULTS.md.

    python benchmarks/run.py [--quick] [--peers PYTHON] [--counts 100,1000] [--only matching,cold]

``--peers`` is the python of an environment that has spaczz and spaCy (too heavy for ours):
``python3 -m venv .venv-peers && .venv-peers/bin/pip install spacy spaczz jieba``; ``regex`` and ``fuzzysearch`` are
used when they are installed. The machine should have nothing else to do.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import cold, many, matching, papers, readers  # noqa: E402
from benchmarks.rounds import ROUNDS, machine  # noqa: E402

TARGET = ROOT / "benchmarks" / "RESULTS.md"
NOTES = ROOT / "benchmarks" / "notes.md"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds and reports, to try the command")
    parser.add_argument("--peers", metavar="PYTHON")
    parser.add_argument("--counts", default="100,1000,5000", help="numbers of reports in a batch")
    parser.add_argument("--only", default="matching,cold,papers,many,readers", help="parts, with commas")
    chosen = parser.parse_args()
    rounds = 3 if chosen.quick else ROUNDS
    counts = (20, 50) if chosen.quick else tuple(int(n) for n in chosen.counts.split(","))
    parts: dict[str, tuple[str, Callable[[], list[str]]]] = {
        "matching": ("匹配", lambda: matching.report(rounds, chosen.peers)),
        "cold": ("冷启动：一份报告，只要 JSON", lambda: cold.report(rounds)),
        "papers": ("文书", lambda: papers.report(rounds)),
        "many": ("许多报告", lambda: many.report(counts, 2 * counts[-1])),
        "readers": ("各种格式的读取", lambda: readers.report(rounds)),
    }
    sections = _sections()
    for name in chosen.only.split(","):
        title, part = parts[name]
        print(f"== {title}", flush=True)
        load = os.getloadavg()[0]
        found = part()
        print("\n".join(found), flush=True)
        when = f"（{date.today().isoformat()}，{rounds} 轮，开始时系统负载 {load:.1f}；`--only {name}`）"
        sections[title] = [when, "", *found]
    lines = [
        "# 测得的时间和内存",
        "",
        f"{machine()}。",
        "每轮把各种做法各跑一次，取各轮比值的中位数；绝对时间只作参考。",
        "命令：`.venv/bin/python benchmarks/run.py --peers .venv-peers/bin/python --counts 100,1000,5000`；"
        "加 `--only` 只重测几节，其余保留。",
        "",
    ]
    for title, _ in parts.values():
        if title in sections:
            lines += [f"## {title}", "", *sections[title], ""]
    if NOTES.is_file():
        lines += [NOTES.read_text(encoding="utf-8").rstrip(), ""]
    TARGET.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def _sections() -> dict[str, list[str]]:
    """The sections of the last results by title; those not measured now stay."""
    found: dict[str, list[str]] = {}
    title = None
    for line in TARGET.read_text(encoding="utf-8").splitlines() if TARGET.is_file() else ():
        if line.startswith("## "):
            title = line.removeprefix("## ")
            found[title] = []
        elif title is not None and (line or found[title]):
            found[title].append(line)
    for lines in found.values():
        while lines and not lines[-1]:
            lines.pop()
    return found


if __name__ == "__main__":
    main()
