"""A scheduler and workers as processes of this machine."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.batch.helpers import ROOT


class Engine:
    """Use through ``engine``; everything started ends with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--scheduler-file", str(self._file), "--port", "0")
        self.workers: list[subprocess.Popen[bytes]] = []
        wait_for(lambda: self._file.exists() and self._file.read_text().endswith("}"))
        self.address: str = json.loads(self._file.read_text())["address"]

    def add_worker(self, *words: str) -> subprocess.Popen[bytes]:
        number = len(self.workers)
        local = str(self._folder / f"local{number}")
        worker = self._start(
            "worker", self.address, "--nthreads", "1", "--no-nanny", "--local-directory", local, *words
        )
        self.workers.append(worker)
        return worker

    def _start(self, kind: str, *words: str) -> subprocess.Popen[bytes]:
        log = (self._folder / f"{kind}.log").open("ab")
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        with log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", kind, *words, "--host", "127.0.0.1", "--no-dashboard"],
                stdout=log, stderr=log, cwd=self._folder, env={**os.environ, "PYTHONPATH": path, "AUDIT_CACHE": str(self._folder / "cache")},
            )  # fmt: skip

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
        for process in (*self.workers, self.scheduler):
            process.wait()


@contextlib.contextmanager
def engine(folder: Path, workers: int = 0) -> Iterator[Engine]:
    pytest.importorskip("distributed", reason="没有装 Dask distributed：pip install 'fazhi-auditor[cluster]'")
    folder.mkdir(parents=True, exist_ok=True)
    made = Engine(folder)
    try:
        for _ in range(workers):
            made.add_worker()
        yield made
    finally:
        made.end()


def wait_for(what: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.05)
