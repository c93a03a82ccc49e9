"""A batch on the machines of a Dask scheduler (extra ``cluster``), in place of the processes of this machine.

The engine places the reports, repeats those of lost workers and carries the parcel; here is only how many reports are
out at a time, and what its failures mean.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import socket
import time
import uuid
import warnings
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from msgspec.structs import replace

from auditor.batch.atomic import NotWritten, write_atomic
from auditor.batch.parcel import make_parcel
from auditor.batch.plan import Plan, Task
from auditor.batch.pool import CannotStart
from auditor.batch.station import Unfit, begin, work
from auditor.batch.work import Answer, Ending

CONNECT = 10.0
"""Seconds to reach the scheduler."""
PATIENCE = 60.0
"""Seconds to wait for a worker when there is none."""
_SCHEMES = ("tcp", "tls")
_AHEAD = 2
"""Bundles out per thread of the cluster: one in hand and one waiting."""
_BUNDLE = 8
"""Threads for which a bundle grows by one report: a large cluster would keep its scheduler busy with single ones."""
_MOST = 16
"""Reports in a bundle."""
_RECOUNT = 2.0
"""Seconds between looks at how large the cluster is."""


class Unusable(ValueError):
    """A wrong address, or the library is not installed; the message is one Chinese sentence."""


class Cluster:
    """Runs tasks on the workers of a scheduler. Use as a context; leaving it gives back what is still out."""

    def __init__(
        self, address: str, plan: Plan, tasks: Iterable[Task], *, patience: float = PATIENCE
    ) -> None:
        """Nothing is reached yet. Raises Unusable, and RulesError for rules that cannot be sent."""
        self._library = _library()
        self._address = _checked(address)
        self._run = uuid.uuid4().hex[:12]
        self._parcel = make_parcel(plan, list(tasks), f".audit-{self._run}")
        self._patience = patience
        self._client: Any = None
        self._station: Any = None
        self._flying: dict[str, tuple[Any, list[Task]]] = {}
        self._landed: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._stopping = False
        self._threads = 0
        self._again: list[Task] = []
        self._counted = float("-inf")
        self._alone: float | None = None

    def __enter__(self) -> Cluster:
        """Reach the scheduler. Raises CannotStart."""
        if not self._connect():
            raise CannotStart(f"连不上调度器 {self._address}，请检查地址和调度器是否已经启动")
        return self

    def _connect(self) -> bool:
        parts = urlsplit(self._address)
        try:
            # The engine keeps trying where nobody listens.
            socket.create_connection((parts.hostname or "", parts.port or 0), CONNECT).close()
            with warnings.catch_warnings():
                # What differs between the machines shows by digest, in Chinese.
                warnings.simplefilter("ignore")
                self._client = self._library.Client(
                    self._address, timeout=CONNECT, set_as_default=False, name=f"audit-{self._run}"
                )
        except (OSError, TimeoutError):
            return False
        try:
            write_atomic(self._mark, b"")
            self._station = self._client.submit(
                begin, self._parcel, key=f"audit-{self._run}-plan", pure=False
            )
        except NotWritten as error:
            self.kill()
            raise CannotStart(str(error)) from error
        except BaseException:
            self.kill()
            raise
        return True

    def __exit__(self, *_: object) -> None:
        self.kill()

    def run(self, tasks: Iterable[Task]) -> Iterator[Answer]:
        """Answers as they come, one for every task that was begun; after ``stop`` only those under way.

        Raises CannotStart, also when the cluster is lost on the way.
        """
        source = iter(tasks)
        while True:
            self._fill(source)
            if not self._flying:
                return
            try:
                # A time-out, since a wait without one cannot be interrupted on every system.
                future = self._landed.get(timeout=0.5)
            except queue.Empty:
                continue
            _, bundle = self._flying.pop(future.key)
            yield from self._answers(future, bundle)

    def stop(self) -> None:
        """No new tasks; those under way are finished."""
        self._stopping = True

    def kill(self) -> None:
        """Give back all that is out and leave the cluster; what its workers have in hand they finish."""
        self._stopping = True
        client, self._client = self._client, None
        if client is None:
            return
        with contextlib.suppress(Exception):
            client.cancel([future for future, _ in self._flying.values()], force=True)
        self._flying.clear()
        self._station = None
        with contextlib.suppress(Exception):
            client.close(timeout=CONNECT)
        with contextlib.suppress(OSError):
            self._mark.unlink()

    @property
    def _mark(self) -> Path:
        return self._parcel.plan.out / self._parcel.mark

    def _fill(self, source: Iterator[Task]) -> None:
        """Send tasks until every thread of the cluster has enough to do."""
        self._look()
        while not self._stopping and len(self._flying) < max(1, _AHEAD * self._threads):
            if self._again:
                bundle, key = [self._again.pop()], "again"
            else:
                size = min(max(1, self._threads // _BUNDLE), _MOST)
                bundle, key = list(islice(source, size)), "first"
            if not bundle:
                return
            key = f"audit-{self._run}-{key}-{bundle[0].number}"
            # The same path on every machine.
            sent = [replace(task, path=str(Path(task.path).absolute())) for task in bundle]
            future = self._client.submit(work, self._station, sent, key=key, pure=False)
            self._flying[key] = future, bundle
            future.add_done_callback(self._landed.put)

    def _look(self) -> None:
        """How large the cluster is now. Raises CannotStart when it has been without workers for too long."""
        now = time.monotonic()
        if now - self._counted < _RECOUNT:
            return
        self._counted = now
        try:
            self._threads = sum(self._client.nthreads().values())
        except Exception as error:
            raise self._lost() from error
        if self._threads:
            self._alone = None
        elif self._alone is None:
            self._alone = now
        elif now - self._alone > self._patience:
            raise CannotStart(
                f"调度器 {self._address} 上 {self._patience:g} 秒没有工作进程，请启动 dask worker 后再运行，会接着做"
            )

    def _answers(self, future: Any, bundle: list[Task]) -> list[Answer]:
        try:
            return self._fetched(future)
        except Unfit as error:
            raise CannotStart(str(error)) from error
        except self._library.KilledWorker:
            if len(bundle) > 1:
                # One of them may be at fault: each for itself.
                self._again += bundle
                return []
            reason = "核查这份报告的工作进程接连被终止（可能是内存不够），其他报告不受影响，可以再运行一次"
            return [Answer(bundle[0].number, Ending.BROKEN, reason=reason)]
        except self._library.CancelledError as error:
            raise self._lost() from error
        except Exception as error:
            raise CannotStart(
                f"工作进程做不了这件事（{type(error).__name__}：{error}），调度器、工作进程要与本机用同一套程序启动"
            ) from error

    def _fetched(self, future: Any) -> list[Answer]:
        """The answers; when they were lost with their worker, once they have been made again."""
        while True:
            try:
                answers: list[Answer] = future.result(timeout=_RECOUNT)
            except TimeoutError:
                self._look()
            else:
                return answers

    def _lost(self) -> CannotStart:
        return CannotStart(f"与调度器 {self._address} 的联系断了，请检查后再运行一次，会接着做")


def _checked(address: str) -> str:
    """The address with its scheme. Raises Unusable."""
    full = address if "://" in address else f"tcp://{address}"
    try:
        parts = urlsplit(full)
        if parts.scheme in _SCHEMES and parts.hostname and parts.port:
            return full
    except ValueError:
        pass
    raise Unusable(f"--cluster 的地址“{address}”不对，请写成 tcp://10.0.0.1:8786 的样子")


class _Library:
    """The names used of the engine."""

    def __init__(self) -> None:
        from distributed import CancelledError, Client, KilledWorker

        self.Client: Any = Client
        self.KilledWorker = KilledWorker
        self.CancelledError = CancelledError


def _library() -> _Library:
    try:
        library = _Library()
    except ImportError as error:
        raise Unusable(
            "用 --cluster 要用 Dask distributed，请先安装：pip install 'fazhi-auditor[cluster]'"
        ) from error
    if not os.environ.get("AUDIT_DEBUG"):
        # What it has to say is said here, in Chinese.
        for name in ("distributed", *logging.root.manager.loggerDict):
            if name.partition(".")[0] in ("distributed", "tornado", "asyncio"):
                logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return library
