"""Time and memory of every reader, on the sample reports.

    python benchmarks/readers.py [--rounds N]

First: one file in a fresh process, with the import of what its reader needs. Warm: one more of the same process, as in
a batch. Processor time beside time on the clock, so that other work on the machine can be told from ours. Memory: the
peak of the process, and of the largest child it starts. LibreOffice only where installed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.rounds import ROUNDS  # noqa: E402

FORMATS = ("text", "markdown", "docx", "docx, numbered", "html", "mhtml", "ofd", "pdf", "doc")
HEAD = ("格式", "文件 KiB", "首份毫秒", "处理器毫秒", "再读毫秒", "处理器毫秒", "峰值 MiB", "子进程 MiB")
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
        return kind, *["没有装"] * (len(HEAD) - 1)
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


def report(rounds: int) -> list[str]:
    """The table as Markdown lines."""
    return [
        "每种格式读样例报告（reports_in/）；“首份”是新进程连同导入，“再读”是同一进程里再读一份，“子进程”是读 PDF 和 .doc 的那个。",
        "",
        "| " + " | ".join(HEAD) + " |",
        "|---|" + "---:|" * (len(HEAD) - 1),
        *("| " + " | ".join(row(kind, rounds)) + " |" for kind in FORMATS),
    ]


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--rounds", type=int, default=ROUNDS)
    print("\n".join(report(options.parse_args().rounds)))
