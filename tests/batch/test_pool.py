"""Worker processes: lost, hanging and interrupted ones. A named pipe holds a worker still until the test lets go."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from auditor.batch.atomic import sweep
from auditor.batch.plan import Task
from auditor.batch.pool import Pool
from auditor.batch.run import run_batch
from auditor.batch.work import Answer, Ending
from auditor.exits import Exit
from tests.batch.helpers import ROOT, plan, task

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="这个系统没有命名管道")


class Silent:
    """Remembers in which order it was told."""

    def __init__(self) -> None:
        self.order: list[int] = []

    def done(self, answer: Answer) -> None:
        pass

    def told(self, task: Task, answer: Answer) -> None:
        self.order.append(answer.number)

    def stopping(self) -> None:
        pass


def tasks_with_pipe(folder: Path, count: int, at: int) -> list[Task]:
    """Reports that end at once, since they are none, and one pipe."""
    folder.mkdir()
    paths = [folder / f"{number}.txt" for number in range(count)]
    for path in paths:
        path.write_bytes(b"")
    paths[at].unlink()
    os.mkfifo(paths[at])
    return [task(path, number) for number, path in enumerate(paths)]


def test_a_killed_worker_costs_one_report(tmp_path: Path) -> None:
    tasks = tasks_with_pipe(tmp_path / "in", 4, at=1)
    endings: dict[int, Answer] = {}
    with Pool(plan(tmp_path / "out"), 1) as pool:
        for answer in pool.run(tasks):
            endings[answer.number] = answer
            if answer.number == 0:
                (worker,) = pool._workers
                threading.Timer(0.3, worker.kill).start()
    unread = Ending.UNAUDITED
    assert [endings[n].ending for n in range(4)] == [unread, Ending.BROKEN, unread, unread]
    assert "信号 9" in (endings[1].reason or "")


def test_a_report_that_takes_too_long_is_given_up_and_news_keep_the_order(tmp_path: Path) -> None:
    tasks = tasks_with_pipe(tmp_path / "in", 3, at=0)
    watch = Silent()
    collected = run_batch(tasks, plan(tmp_path / "out"), 2, watch, seconds=5)
    assert watch.order == [0, 1, 2]
    assert [item.file for item in collected.unaudited if "已停止" in item.reason] == ["0.txt"]
    assert collected.code is Exit.NOT_WRITTEN


def test_what_a_lost_worker_left_half_written_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".audit-77-abc").write_bytes(b"half")
    (tmp_path / ".audit-78-abc").write_bytes(b"another's")
    sweep(tmp_path, 77)
    assert [p.name for p in tmp_path.iterdir()] == [".audit-78-abc"]


def test_workers_end_when_the_pool_is_left(tmp_path: Path) -> None:
    tasks = tasks_with_pipe(tmp_path / "in", 2, at=1)
    held: list[subprocess.Popen[bytes]] = []
    with Pool(plan(tmp_path / "out"), 1) as pool:
        for _ in pool.run(tasks):
            held = list(pool._workers)
            break
    assert held and all(worker.poll() is not None for worker in held)


def test_a_large_parent_does_not_wear_out_its_workers(tmp_path: Path) -> None:
    # Large for the workers' own limit, which they must not take for theirs.
    script = """
import sys
from pathlib import Path
from auditor.batch import worker
from auditor.batch.pool import Pool
from tests.batch.helpers import ROOT, plan, task
ballast = b"x" * (worker.MEMORY + 50) * 1024 * 1024
folder = Path(sys.argv[1])
paths = [folder / f"{number}.txt" for number in range(3)]
for path in paths:
    path.write_bytes(b"")
with Pool(plan(folder / "out"), 1) as pool:
    held = [{w.pid for w in pool._workers} for _ in pool.run([task(p, n) for n, p in enumerate(paths)])]
print(len(held[0]), len(set().union(*held)))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, timeout=60, cwd=ROOT
    )
    assert done.stdout.split() == ["1", "1"], done.stderr


def test_no_worker_starts_behind_the_back_of_a_killed_pool(tmp_path: Path) -> None:
    pool = Pool(plan(tmp_path / "out"), 1)
    pool.kill()
    assert pool._start() is None and not pool._workers
