"""Time and memory of every reader, on the sample reports: a table on standard output.

usage: python benchmarks/readers.py [--rounds N]

Processor time, not time on the clock, so that other work on the machine matters less; both the reader alone (its
import included once) and the peak memory of the process or of the child it starts. LibreOffice only where installed.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

FORMATS = ("text", "markdown", "docx", "docx, numbered", "html", "mhtml", "ofd", "pdf", "doc")


def make(kind: str) -> list[bytes]:
    """The samples in one format."""
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
    import tempfile

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


def measure(folder: Path, rounds: int) -> dict[str, float]:
    """In a fresh process: milliseconds for the first file, for a warm one, and peak memory in MiB."""
    code = (
        "import sys, json, time, resource as r\nfrom pathlib import Path\nfrom auditor.readers.dispatch import extract\n"
        "def cpu():\n    a, b = r.getrusage(r.RUSAGE_SELF), r.getrusage(r.RUSAGE_CHILDREN)\n"
        "    return a.ru_utime + a.ru_stime + b.ru_utime + b.ru_stime\n"
        "files = [p.read_bytes() for p in sorted(Path(sys.argv[1]).iterdir())]\n"
        "t = cpu(); extract(files[0]); first = cpu() - t\nbest = []\n"
        "for _ in range(int(sys.argv[2])):\n    t = cpu(); [extract(f) for f in files]; best.append(cpu() - t)\n"
        # The peak of this program alone; the resource usage also counts the process that started it.
        "own = next(int(n.split()[1]) / 1024 for n in open('/proc/self/status') if n.startswith('VmHWM'))\n"
        "child = r.getrusage(r.RUSAGE_CHILDREN).ru_maxrss / 1024\n"
        "print(json.dumps([1e3 * first, 1e3 * min(best) / len(files), own, child]))"
    )
    command = [sys.executable, "-c", code, str(folder), str(rounds)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    first, warm, own, child = json.loads(done.stdout)
    return {"first": first, "warm": warm, "own": own, "child": child}


def main() -> int:
    import tempfile

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    rounds = options.parse_args().rounds
    print(f"{'format':16}{'KiB':>7}{'first ms':>10}{'warm ms':>9}{'MiB':>7}{'child MiB':>11}")
    for kind in FORMATS:
        files = make(kind)
        if not files:
            print(f"{kind:16}  LibreOffice is not installed")
            continue
        with tempfile.TemporaryDirectory() as folder:
            for n, data in enumerate(files):
                (Path(folder) / str(n)).write_bytes(data)
            size = sum(map(len, files)) / len(files) / 1024
            m = measure(Path(folder), 1 if kind == "doc" else rounds)
        child = f"{m['child']:11.0f}" if m["child"] else f"{'–':>11}"
        print(f"{kind:16}{size:7.0f}{m['first']:10.1f}{m['warm']:9.2f}{m['own']:7.0f}{child}", flush=True)
    return 0


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    raise SystemExit(main())
