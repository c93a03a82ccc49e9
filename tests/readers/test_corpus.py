"""The hostile corpus through the command itself: bounded time and memory, one sentence, code 2, nothing fetched."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from auditor.readers.limits import MIB
from tests.readers.corpus import harmless, refused

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="时间和内存只在 Linux 上这样量"),
]
SECONDS, MEMORY = 20, 1024 * MIB


@dataclass
class Server:
    """Notes who asks it."""

    address: str
    met: list[bytes] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        found = Server(f"http://127.0.0.1:{listening.getsockname()[1]}")

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    found.met.append(connection.recv(200))

        threading.Thread(target=serve, daemon=True).start()
        yield found
        listening.shutdown(socket.SHUT_RDWR)


def run(path: Path) -> tuple[int, str, float, int]:
    """Exit code, messages, seconds and the peak memory in bytes of the largest process of ``audit``."""
    probe = (
        "import resource, subprocess, sys\n"
        "code = subprocess.run(sys.argv[1:]).returncode\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
        "sys.exit(code)"
    )
    audit = [sys.executable, "-c", "import sys; from auditor.cli import main; sys.exit(main())"]
    command = [sys.executable, "-c", probe, *audit, path.name, "-f", "json", "-o", "out"]
    start = time.monotonic()
    done = subprocess.run(command, cwd=path.parent, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stderr, time.monotonic() - start, 1024 * int(done.stdout.split()[-1])


@pytest.mark.parametrize("name", refused(""))
def test_refused(name: str, tmp_path: Path, server: Server) -> None:
    path = tmp_path / name
    path.write_bytes(refused(server.address)[name]())
    code, said, seconds, memory = run(path)
    print(f"{name}：{seconds:.1f} 秒，{memory / MIB:.0f} MiB，{said.strip()}")
    assert code == 2, said
    assert len([line for line in said.splitlines() if re.search("[\u4e00-\u9fff].*。", line)]) == 1, said
    assert "Traceback" not in said
    assert seconds < SECONDS + 2 and memory < MEMORY
    assert server.met == []
    assert sorted(os.listdir(tmp_path)) in ([name], sorted([name, "out"]))  # noqa: PTH208


@pytest.mark.parametrize("name", harmless(""))
def test_harmless(name: str, tmp_path: Path, server: Server) -> None:
    path = tmp_path / name
    path.write_bytes(harmless(server.address)[name]())
    code, said, seconds, memory = run(path)
    print(f"{name}：{seconds:.1f} 秒，{memory / MIB:.0f} MiB，{said.strip()}")
    assert code in (0, 1), said
    assert seconds < SECONDS and memory < MEMORY
    assert server.met == []
