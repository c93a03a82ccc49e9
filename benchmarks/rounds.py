"""Measuring side by side: every method once per round, ratios per round, medians over the rounds.

A machine that others use swings by half within the hour; the ratio of two things done one after the other does not.
"""

from __future__ import annotations

import gc
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROUNDS = 11


@dataclass(frozen=True)
class Timing:
    """Of one method: seconds, and the ratio to the first method of the same round."""

    seconds: float
    ratio: float


def interleaved(methods: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, Timing]:
    """Medians over the rounds of wall seconds and of the ratio to the first method."""
    taken: dict[str, list[float]] = {name: [] for name in methods}
    for _ in range(rounds):
        for name, method in methods.items():
            gc.collect()
            start = time.perf_counter()
            method()
            taken[name].append(time.perf_counter() - start)
    base = next(iter(taken.values()))
    return {
        name: Timing(
            statistics.median(values),
            statistics.median(value / other for value, other in zip(values, base, strict=True)),
        )
        for name, values in taken.items()
    }


@dataclass(frozen=True)
class Process:
    """What a whole process took: seconds on the clock, peak memory of it or its largest child in MiB."""

    seconds: float
    peak: float
    code: int


def process(command: Sequence[str], env: Mapping[str, str] | None = None, cwd: str | None = None) -> Process:
    """Run a command to its end, its output thrown away."""
    # A small helper process waits for it, so that the peak of one command is not mixed with that of others.
    code = (
        "import json,resource,subprocess,sys,time;a=time.perf_counter();"
        "r=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL);"
        "print(json.dumps([time.perf_counter()-a,"
        "resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss/1024,r.returncode]))"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-E", "-c", code, *command],
        capture_output=True,
        text=True,
        check=True,
        # Compiled modules are kept, as in any installed program, whatever the developer's shell says.
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **(env or {})},
        cwd=cwd,
    )
    seconds, peak, ended = done.stdout.strip("[] \n").split(",")
    return Process(float(seconds), float(peak), int(ended))


def memory_together(command: Sequence[str]) -> float:
    """Peak memory in MiB of a command and all its children together; what they share is counted once (Linux only)."""
    peak = 0
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while running.poll() is None:
        peak = max(peak, sum(map(_proportional, _family(running.pid))))
        time.sleep(0.02)
    return peak / 1024


def _family(process: int) -> list[int]:
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [process, *(one for child in children for one in _family(int(child)))]


def _proportional(process: int) -> int:
    """KiB of a process, its share of what it shares."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def peak_of_self() -> float:
    """Peak memory of this process in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def machine() -> str:
    """The machine and the versions, in one line."""
    packages = ("rapidfuzz", "msgspec", "typer", "click", "weasyprint", "jieba")
    versions = "，".join(f"{name} {metadata.version(name)}" for name in packages)
    return f"{_processor()}，{os.cpu_count()} 核，Python {platform.python_version()}，{versions}"


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123
            names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
        return names[0] if names else platform.machine()
    except OSError:
        return platform.machine()
