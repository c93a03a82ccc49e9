"""A worker of a cluster: it passes reports on to a process of its own, exactly as one machine does.

So a report that takes too long, or too much memory, ends in the same way everywhere, and the engine's worker stays
free to answer its scheduler. Nothing here needs the engine.
"""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
import weakref
from pathlib import Path

from auditor.batch.parcel import Parcel, unpack
from auditor.batch.plan import Plan, Task, fonts_digest, program_digest
from auditor.batch.pool import CannotStart, Pool
from auditor.batch.work import Answer
from auditor.folders import cache_folder


class Unfit(Exception):
    """This worker would not judge as the others do; the message is one Chinese sentence."""


class Station:
    """Does tasks on this machine. Pickled as its parcel, and made anew where it arrives."""

    def __init__(self, parcel: Parcel) -> None:
        self._parcel = parcel
        self._lock = threading.Lock()
        self._plan: Plan | None = None
        self._own = threading.local()
        self._pools: list[Pool] = []
        self._folders: list[str] = []
        # The engine forgets the station when the run is over or its client is gone: then the processes end.
        weakref.finalize(self, _close, self._pools, self._folders)

    def __reduce__(self) -> tuple[type[Station], tuple[Parcel]]:
        return Station, (self._parcel,)

    def do(self, task: Task) -> Answer:
        """One report; each thread of the worker has a process for itself. Raises Unfit."""
        pool: Pool | None = getattr(self._own, "pool", None)
        if pool is None:
            pool = self._own.pool = Pool(self._ready(), 1)
            self._pools.append(pool)
        try:
            return pool.do(task)
        except CannotStart as error:
            raise Unfit(f"{_machine()}{error}") from error

    def _ready(self) -> Plan:
        with self._lock:
            if self._plan is None:
                _check(self._parcel)
                try:
                    self._plan = unpack(self._parcel, self._place())
                except OSError as error:
                    raise Unfit(f"{_machine()}放不下规则（{error}），请检查磁盘空间和权限") from error
            return self._plan

    def _place(self) -> Path:
        """For the user's own rules: one folder for the same rules, since compiled rules are kept by their folder."""
        shelf = cache_folder()
        if shelf is not None:
            return shelf / f"sent-{self._parcel.digest[:32]}"
        folder = tempfile.mkdtemp(prefix="audit-rules-")
        self._folders.append(folder)
        return Path(folder)


def _machine() -> str:
    return f"工作机 {socket.gethostname()} "


def _check(parcel: Parcel) -> None:
    machine = _machine()
    if program_digest() != parcel.program:
        raise Unfit(f"{machine}上的程序或自带规则与本机不同，结果会不一样，请装同一版本并重启工作进程")
    if fonts_digest(parcel.plan.formats) != parcel.fonts:
        raise Unfit(f"{machine}上的字体与本机不同，PDF 会不一样，请装同样的字体，或只出 -f json")
    if not (parcel.plan.out / parcel.mark).exists():
        raise Unfit(f"{machine}看不到结果文件夹 {parcel.plan.out}，它要在各机同一路径的共享文件夹里")
    if parcel.sample is not None and not Path(parcel.sample).exists():
        raise Unfit(f"{machine}看不到报告 {parcel.sample}，报告要在各机同一路径的共享文件夹里")


def _close(pools: list[Pool], folders: list[str]) -> None:
    for pool in pools:
        pool.kill()
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def begin(parcel: Parcel) -> Station:
    """Runs once on some worker; the others get the station from there."""
    return Station(parcel)


def work(station: Station, tasks: list[Task]) -> list[Answer]:
    """Runs on a worker for every bundle of reports."""
    return [station.do(task) for task in tasks]
