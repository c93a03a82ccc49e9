"""Time and memory of every reader, on the sample reports: a Markdown table on standard output.

usage: python benchmarks/readers.py [--rounds N] [--write]

First: one file in a fresh process, with the import of what its reader needs. Warm: one more of the same process, as in
a batch. Processor time beside time on the clock, so that other work on the machine can be told from ours. Memory: the
peak of the process, and of the largest child it starts. LibreOffice only where installed. --write puts the table into
benchmarks/readers.md, with the machine, the date and the versions in its head.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

OUT = Path(__file__).with_suffix(".md")
FORMATS = ("text", "markdown", "docx", "docx, numbered", "html", "mhtml", "ofd", "pdf", "doc")
LEAST = 7
HEAD = ("format", "file KiB", "first ms", "first CPU ms", "warm ms", "warm CPU ms", "peak MiB", "child MiB")
CHILD = """
import json, resource as r, sys, time
from pathlib import Path
def cpu():
    a, b = r.getrusage(r.RUSAGE_SELF), r.getrusage(r.RUSAGE_CHILDREN)
    return a.ru_utime + a.ru_stime + b.ru_utime + b.ru_stime
from auditor.readers.dispatch import extract
files = [p.read_bytes() for p in sorted(Path(sys.argv[1]).iterdir())]
start, before = time.perf_counter(), cpu()
extract(files[0])
first = [time.perf_counter() - start, cpu() - before]
warm, used = [], []
for _ in range(int(sys.argv[2])):
    for data in files:
        start, before = time.perf_counter(), cpu()
        extract(data)
        warm.append(time.perf_counter() - start)
        used.append(cpu() - before)
# The peak of this program alone; the resource usage also counts the process that started it.
own = next(int(n.split()[1]) / 1024 for n in open("/proc/self/status") if n.startswith("VmHWM"))
print(json.dumps([first, warm, used, own, r.getrusage(r.RUSAGE_CHILDREN).ru_maxrss / 1024]))
"""


def make(kind: str) -> list[bytes]:
    """The samples in one format; none where the program that makes it is not installed."""
    from tests.readers.helpers import SAMPLES, to_docx, to_ofd, to_page, to_pdf

    texts = [path.read_text(encoding="utf-8") for path in SAMPLES]
    if kind == "docx, numbered":
        return [to_docx(text, numbered=True) for text in texts]
    if kind == "mhtml":
        head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n--B\r\nContent-Type: text/html\r\n\r\n'
        return [head + to_page(text) + b"\r\n--B--\r\n" for text in texts]
    if kind == "doc":
        return _doc([to_docx(text) for text in texts])
    if kind == "markdown":
        return [("# 标题\n## 标题\n" + text).encode() for text in texts]
    makers = {"text": str.encode, "docx": to_docx, "html": to_page, "ofd": to_ofd, "pdf": to_pdf}
    return [makers[kind](text) for text in texts]


def _doc(files: list[bytes]) -> list[bytes]:
    from auditor.readers.office import find_office

    program = find_office()
    if program is None:
        return []
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        for n, data in enumerate(files):
            (base / f"{n}.docx").write_bytes(data)
        profile = f"-env:UserInstallation={(base / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "doc:MS Word 97", "--outdir", folder]
        subprocess.run([*command, *map(str, base.glob("*.docx"))], check=True, capture_output=True)
        return [(base / f"{n}.doc").read_bytes() for n in range(len(files))]


def row(kind: str, rounds: int) -> tuple[str, ...]:
    """Medians over all fresh processes and all their files."""
    files = make(kind)
    if not files:
        return kind, *["not installed"] * (len(HEAD) - 1)
    # The office suite takes seconds for each file, and nothing of it stays warm.
    processes, inside = (3, 1) if kind == "doc" else (rounds, rounds)
    first: list[float] = []
    first_used: list[float] = []
    warm: list[float] = []
    used: list[float] = []
    own: list[float] = []
    child: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for n, data in enumerate(files):
            (Path(folder) / str(n)).write_bytes(data)
        for n in range(processes):
            command = [sys.executable, "-c", CHILD, folder, str(inside if n == 0 or kind == "doc" else 0)]
            done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
            one, several, cpu, peak, below = json.loads(done.stdout)
            first.append(one[0])
            first_used.append(one[1])
            warm += several
            used += cpu
            own.append(peak)
            child.append(below)
    size = sum(map(len, files)) / len(files) / 1024
    times = (1e3 * statistics.median(values) for values in (first, first_used, warm, used))
    return (
        kind,
        f"{size:.0f}",
        *(f"{value:.1f}" for value in times),
        f"{max(own):.0f}",
        f"{max(child):.0f}" if max(child) else "–",
    )


def table(rounds: int) -> Iterator[str]:
    yield "| " + " | ".join(HEAD) + " |"
    yield "|---|" + "---:|" * (len(HEAD) - 1)
    for kind in FORMATS:
        yield "| " + " | ".join(row(kind, rounds)) + " |"


def head(rounds: int) -> list[str]:
    """What the numbers depend on."""
    model = platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        names = (
            line.partition(":")[2].strip()
            for line in cpuinfo.read_text().splitlines()
            if "model name" in line
        )
        model = next(names, model)
    load = os.getloadavg()[0]
    return [
        "# Readers: time and memory per format",
        "",
        f"- {datetime.now(UTC):%Y-%m-%d}, {model}, {os.cpu_count()} cores, load {load:.1f} at the start",
        f"- {platform.system()} {platform.release()}, Python {platform.python_version()}, {', '.join(_versions())}",
        f"- medians of {rounds} rounds over the sample reports (`reports_in/`); .doc: 3 rounds",
        "- first: a fresh process with its imports; warm: one more file of that process; child: what reads PDF and .doc",
        "- made by `python benchmarks/readers.py --write`",
        "",
    ]


def _versions() -> Iterator[str]:
    for name in ("fazhi-auditor", "pypdfium2", "lxml"):
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"no {name}"
    from auditor.readers.office import find_office

    program = find_office()
    if program is None:
        yield "no LibreOffice"
        return
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout.split()
    yield " ".join(said[:2])


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--rounds", type=int, default=LEAST, help=f"at least {LEAST}")
    options.add_argument("--write", action="store_true", help=f"also into {OUT.name}")
    chosen = options.parse_args()
    rounds = max(LEAST, chosen.rounds)
    lines = head(rounds)
    print("\n".join(lines))
    for line in table(rounds):
        print(line, flush=True)
        lines.append(line)
    if chosen.write:
        OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    raise SystemExit(main())
