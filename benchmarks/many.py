"""Many reports: throughput, memory at growing numbers, resume after kill -9, long input, copies between reports.

python benchmarks/many.py [--counts 100,1000,5000] [--copies 5000]
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from auditor.text.fold import fold  # noqa: E402
from auditor.text.signature import is_signature  # noqa: E402
from benchmarks.generate import generate  # noqa: E402
from benchmarks.rounds import memory_together, process  # noqa: E402
from tests.compare import makers  # noqa: E402

AUDIT = str(Path(sys.executable).with_name("audit"))
JSON = ("-f", "json", "--quiet")


def throughput(counts: tuple[int, ...]) -> list[str]:
    """Reports per second and peak memory (of the largest process) by the number of reports; then the same again."""
    lines = [
        "| 报告数 | 进程 | 秒 | 每秒 | 峰值内存 MiB（最大的一个进程） | 没有变动再跑一次（秒） |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for count in counts:
        for jobs in (1, 2) if count == min(counts) else (2,):
            with tempfile.TemporaryDirectory() as folder:
                reports, out = Path(folder) / "in", Path(folder) / "out"
                generate(reports, count, seed=1)
                command = [AUDIT, str(reports), *JSON, "-j", str(jobs), "-o", str(out)]
                first, again = process(command), process(command)
                lines.append(
                    f"| {count} | {jobs} | {first.seconds:.1f} | {count / first.seconds:.1f} | {first.peak:.0f} "
                    f"| {again.seconds:.1f} |"
                )
    return lines


def killed(count: int = 300) -> list[str]:
    """A run killed with SIGKILL half-way and run again: the same files as one that was left alone."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        generate(base / "in", count, seed=2)
        whole = [AUDIT, str(base / "in"), *JSON, "-j", "2", "-o", str(base / "whole")]
        start = time.perf_counter()
        process(whole)
        took = time.perf_counter() - start
        command = [AUDIT, str(base / "in"), *JSON, "-j", "2", "-o", str(base / "out")]
        run = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(took / 2)
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        done = len(list((base / "out").glob("*.json")))
        start = time.perf_counter()
        process(command)
        rest = time.perf_counter() - start
        same = _files(base / "whole") == _files(base / "out")
    told = "逐字节相同" if same else "不相同"
    return [
        f"{count} 份跑到一半（已出 {done} 份结果）被 kill -9，再运行一次用 {rest:.1f} 秒（从头 {took:.1f} 秒），"
        f"全部结果与没有中断的{told}。"
    ]


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*") if path.is_file()}


def long_input(megabytes: float = 2.0) -> list[str]:
    """One text of this size, made of the samples without their signatures: what follows one would be an annex."""
    texts = [
        "\n".join(
            line for line in path.read_text(encoding="utf-8").splitlines() if not is_signature(fold(line))
        )
        for path in sorted((ROOT / "reports_in").glob("*.txt"))
    ]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "长报告.txt"
        block = "\n".join(texts)
        size = len(block.encode())
        report.write_text(block * (int(megabytes * 1_000_000) // size), encoding="utf-8")
        command = [AUDIT, str(report), "-f", "json", "--year", "2024", "-o", folder]
        runs = [process(command) for _ in range(5)]
        seconds = statistics.median(run.seconds for run in runs)
        memory = memory_together(command)
        real = report.stat().st_size / 1_000_000
    return [
        f"{real:.1f} MB 的文本（5 次的中位数）：{seconds:.1f} 秒，两个进程的峰值内存合计 {memory:.0f} MiB，退出码 {runs[0].code}。"
    ]


def copies(count: int) -> list[str]:
    """Shared passages among this many reports in words of their own, of which every tenth took two from another."""
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder) / "in"
        planted = {frozenset(pair) for pair in makers.folder(reports, count)}
        result = Path(folder) / "copies.json"
        done = process(
            [AUDIT, "compare", str(reports), "--copies", "-f", "json", "--least", "1", "-o", str(result)]
        )
        found = json.loads(result.read_text(encoding="utf-8")) if result.is_file() else {"pairs": []}
        pairs = {frozenset((pair["first"], pair["second"])) for pair in found["pairs"]}
    return [
        f"{count} 份各写各的报告（每份约 5,000 字，其中 {len(planted)} 份抄了另一份的两段）之间查雷同：{done.seconds:.0f} 秒，"
        f"峰值内存 {done.peak:.0f} MiB，抄的找出 {len(planted & pairs)} 对，另报 {len(pairs - planted)} 对，退出码 {done.code}。"
    ]


def report(counts: tuple[int, ...], copied: int) -> list[str]:
    """All tables as Markdown lines."""
    parts = [throughput(counts), killed(), long_input(), copies(copied)]
    return [line for part in parts for line in (*part, "")]


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--counts", default="100,1000,5000")
    options.add_argument("--copies", type=int, default=5000)
    chosen = options.parse_args()
    numbers = tuple(int(part) for part in chosen.counts.split(","))
    print("\n".join(report(numbers, chosen.copies)))
