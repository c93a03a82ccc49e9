"""One report in a fresh process: beside bare Python and beside importing all libraries.

python benchmarks/cold.py
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.rounds import ROUNDS, process  # noqa: E402

REPORT = ROOT / "reports_in" / "清渠县2024年度法治政府建设情况报告.txt"
AUDIT = Path(sys.executable).with_name("audit")
EVERYTHING = (
    "import logging,warnings;warnings.simplefilter('ignore');import jieba;jieba.setLogLevel(logging.ERROR);"
    "jieba.initialize();import yaml,rapidfuzz.fuzz,jinja2,weasyprint,typer"
)


def report(rounds: int = ROUNDS) -> list[str]:
    """The table as Markdown lines."""
    with tempfile.TemporaryDirectory() as folder:
        audit = [str(AUDIT), str(REPORT), "-f", "json", "-o", f"{folder}/out"]
        # A cache folder of its own: what other versions have left in the user's is no part of a run.
        kept = {"AUDIT_CACHE": f"{folder}/cache"}
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "只导入 typer": [sys.executable, "-c", "import typer"],
            "audit 报告.txt -f json": audit,
            "audit 报告.txt -f json（规则未编译过）": audit,
            "导入全部库并载入 jieba 默认词典": [sys.executable, "-c", EVERYTHING],
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        peaks: dict[str, float] = {}
        process(audit, kept)
        for _ in range(rounds):
            for name, command in commands.items():
                env = {"AUDIT_CACHE": "off"} if "未编译" in name else kept
                done = process(command, env)
                taken[name].append(done.seconds)
                peaks[name] = max(peaks.get(name, 0.0), done.peak)
    bare = taken["python -c pass"]
    everything = taken["导入全部库并载入 jieba 默认词典"]
    lines = [
        "| 命令 | 毫秒 | 与空 Python 之比 | 与导入全部库之比 | 峰值内存 MiB |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, values in taken.items():
        first = statistics.median(v / b for v, b in zip(values, bare, strict=True))
        second = statistics.median(v / b for v, b in zip(values, everything, strict=True))
        middle = statistics.median(values) * 1000
        lines.append(f"| {name} | {middle:.0f} | {first:.1f} | {second:.3f} | {peaks[name]:.0f} |")
    return lines


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=ROUNDS)
    print("\n".join(report(options.parse_args().rounds)))
