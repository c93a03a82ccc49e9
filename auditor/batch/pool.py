"""Worker processes for a batch: each has a thread that feeds it, so that it is known which report a lost worker held.

The standard executor gives up the whole batch when one worker dies; here one report is lost, and a new worker goes on.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import auditor
from auditor.batch.atomic import sweep
from auditor.batch.channel import receive, send
from auditor.batch.plan import CACHE_FOLDER, Plan, Task
from auditor.batch.work import Answer, Ending
from auditor.reasons import os_reason

SECONDS = 900.0
"""Longest time for one report; readers and matching have closer limits of their own."""
_ANSWERS = 16
"""How many answers per worker may wait for the parent."""


class CannotStart(OSError):
    """No worker could be started; the message is one Chinese sentence."""


class Pool:
    """Runs tasks on worker processes. Use as a context; leaving it ends the workers."""

    def __init__(self, plan: Plan, size: int, *, seconds: float = SECONDS) -> None:
        self._plan = plan
        self._seconds = seconds
        self._size = size
        self._answers: queue.Queue[Answer | BaseException | None] = queue.Queue(_ANSWERS * size)
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._killed = False
        self._workers: set[subprocess.Popen[bytes]] = set()
        self._held: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def run(self, tasks: Iterable[Task]) -> Iterator[Answer]:
        """Answers as they come, one for every task that was begun; after ``stop`` only those under way.

        Raises CannotStart.
        """
        source = iter(tasks)
        threads = [
            threading.Thread(target=self._feed, args=(source,), daemon=True) for _ in range(self._size)
        ]
        for thread in threads:
            thread.start()
        running = len(threads)
        while running:
            # A time-out, since a wait without one cannot be interrupted on every system.
            try:
                answer = self._answers.get(timeout=0.5)
            except queue.Empty:
                continue
            if answer is None:
                running -= 1
            elif isinstance(answer, BaseException):
                raise answer
            else:
                yield answer

    def do(self, task: Task) -> Answer:
        """One task, on a worker that is kept for the next one; from one thread at a time. Raises CannotStart."""
        worker, self._held = self._held or self._start(), None
        if worker is None:
            raise CannotStart("核查进程已经结束")
        answer, last = self._ask(worker, task)
        if last:
            self._end(worker)
        else:
            self._held = worker
        return answer

    def stop(self) -> None:
        """No new tasks; those under way are finished."""
        self._stopping.set()

    def kill(self) -> None:
        """End all workers at once."""
        self._stopping.set()
        with self._lock:
            self._killed = True
            workers = list(self._workers)
        for worker in workers:
            with contextlib.suppress(OSError):
                worker.kill()
        for worker in workers:
            worker.wait()
            self._swept(worker.pid)

    def _feed(self, source: Iterator[Task]) -> None:
        """One worker at a time, until the tasks are used up; runs in a thread."""
        worker: subprocess.Popen[bytes] | None = None
        try:
            while not self._stopping.is_set():
                with self._lock:
                    task = next(source, None)
                if task is None:
                    break
                if worker is None:
                    worker = self._start()
                if worker is None:
                    break
                answer, last = self._ask(worker, task)
                if last:
                    self._end(worker)
                    worker = None
                self._answers.put(answer)
        except BaseException as error:
            self._answers.put(error)
        finally:
            if worker is not None:
                self._end(worker)
            self._answers.put(None)

    def _ask(self, worker: subprocess.Popen[bytes], task: Task) -> tuple[Answer, bool]:
        """The worker's answer, and whether the worker is done for."""
        assert worker.stdin is not None and worker.stdout is not None
        late = threading.Event()

        def give_up() -> None:
            late.set()
            worker.kill()

        timer = threading.Timer(self._seconds, give_up)
        timer.daemon = True
        timer.start()
        try:
            send(worker.stdin, task)
            answer, last = receive(worker.stdout)
            return answer, last
        except (EOFError, OSError):
            reason = f"核查超过 {self._seconds:g} 秒，已停止" if late.is_set() else _death(worker.wait())
            return Answer(task.number, Ending.BROKEN, reason=reason), True
        finally:
            timer.cancel()

    def _start(self) -> subprocess.Popen[bytes] | None:
        """A worker that knows the plan; null when the pool has been killed meanwhile. Raises CannotStart."""
        root = str(Path(auditor.__file__).resolve().parent.parent)
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH")))),
            "PYTHONUTF8": "1",
        }
        try:
            # Under the lock, so that no worker starts behind the back of ``kill``.
            with self._lock:
                if self._killed:
                    return None
                worker = subprocess.Popen(
                    # -P: a folder named auditor where the user happens to stand is not imported.
                    [sys.executable, "-P", "-m", "auditor.batch.worker"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    env=environment,
                    # A session of its own: Ctrl-C reaches the parent alone, which lets the workers finish.
                    start_new_session=True,
                )
                self._workers.add(worker)
        except OSError as error:
            raise CannotStart(f"启动不了核查进程（{os_reason(error)}），请检查系统资源，或用 -j 1") from error
        assert worker.stdin is not None
        # A worker that is dead already shows when it is asked.
        with contextlib.suppress(OSError):
            send(worker.stdin, self._plan)
        return worker

    def _end(self, worker: subprocess.Popen[bytes]) -> None:
        with self._lock:
            self._workers.discard(worker)
        for stream in (worker.stdin, worker.stdout):
            with contextlib.suppress(OSError):
                assert stream is not None
                stream.close()
        if worker.wait() != 0:
            self._swept(worker.pid)

    def _swept(self, pid: int) -> None:
        sweep(self._plan.out, pid)
        if self._plan.cache:
            for folder in (self._plan.out / CACHE_FOLDER).glob("??"):
                sweep(folder, pid)


def _death(code: int) -> str:
    how = f"被信号 {-code} 终止" if code < 0 else f"以代码 {code} 退出"
    return f"核查这份报告的进程{how}（可能是内存不够），其他报告不受影响，可以再运行一次"


def cores() -> int:
    """Processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
