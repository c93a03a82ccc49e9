"""The installed command, small rule books, and a server that must never be asked."""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.small_book import CLAUSES, MANIFEST

ROOT = Path(__file__).resolve().parents[2]
AUDIT = Path(sys.executable).parent / "audit"
GOOD = next(ROOT.glob("reports_in/清渠县*.txt"))

ELEMENT = """group: 甲
elements:
  - id: 甲.一
    name: 第一项
    basis: [X-1]
    sought: [第一件事]
    advice: {weak: 补充, missing: 补写}
    covered: %s
"""


def run(
    *words: object, cwd: Path | None = None, env: dict[str, str] | None = None, timeout: float = 60
) -> subprocess.CompletedProcess[str]:
    """The installed command; its output as text."""
    return subprocess.run(
        [str(AUDIT), *map(str, words)], capture_output=True, text=True, encoding="utf-8", cwd=cwd,
        env={**os.environ, "COLUMNS": "100", **(env or {})}, timeout=timeout,
    )  # fmt: skip


def refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """Code 2, one sentence with these words on standard error, nothing on standard output."""
    assert done.returncode == 2, (done.returncode, done.stderr)
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr and "内部错误" not in done.stderr
    assert done.stdout == ""
    for word in words:
        assert word in done.stderr, done.stderr


def book(folder: Path, covered: str = "['第一件事情']", **more: str) -> Path:
    """A rule book of one element; ``covered`` is YAML, ``more`` further files by stem."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {"book": MANIFEST, "clauses": CLAUSES, "elements": ELEMENT % covered, **more}
    for stem, text in files.items():
        (folder / f"{stem}.yaml").write_text(text, encoding="utf-8")
    return folder


class _Asked(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"secret-from-the-net")

    do_HEAD = do_POST = do_GET

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """Address of a server on this machine and the paths it was asked for so far."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Asked)
    server.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", server.asked  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
