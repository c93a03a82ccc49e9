"""A batch from tasks to summary: order restored, one entry kept per report, the worst code of all."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from sys import intern
from typing import Protocol, Self

from msgspec import Struct, field
from msgspec.structs import replace

from auditor.batch.plan import Plan, Task
from auditor.batch.pool import SECONDS, Pool
from auditor.batch.work import Answer, Ending
from auditor.exits import Exit, worst
from auditor.render.summary import Entry, Frame, Summary, Unaudited, summarise
from auditor.store.record import Record


class Watch(Protocol):
    """Who is told how a batch goes on."""

    def done(self, answer: Answer) -> None:
        """A report has ended; in order of ending."""

    def told(self, task: Task, answer: Answer) -> None:
        """The same, in order of the tasks."""

    def stopping(self) -> None:
        """An interruption: what is under way is being finished."""


class Collected(Struct):
    """What is kept of the reports that ended."""

    entries: list[Entry] = field(default_factory=list)
    frames: dict[str, Frame] = field(default_factory=dict)
    unaudited: list[Unaudited] = field(default_factory=list)
    unwritten: list[str] = field(default_factory=list)
    kept: int = 0
    code: Exit = Exit.PASSED

    def add(self, task: Task, answer: Answer) -> None:
        self.code = worst([self.code, _code(answer)])
        self.kept += answer.ending is Ending.KEPT
        if answer.faults:
            self.unwritten.append(task.shown)
        if answer.entry is None or answer.frame is None:
            self.unaudited.append(Unaudited(task.shown, answer.reason or "原因不明"))
            return
        intern(answer.entry.ruleset)
        self.frames.setdefault(answer.entry.ruleset, answer.frame)
        self.entries.append(answer.entry)

    def summary(self) -> Summary:
        return summarise(self.frames.values(), self.entries, self.unaudited, self.unwritten)


class Workers(Protocol):
    """Those who do the work; a context that ends them when it is left."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def run(self, tasks: Iterable[Task]) -> Iterator[Answer]:
        """One answer for every task that was begun. Raises CannotStart."""
        ...

    def stop(self) -> None:
        """No new tasks; those under way are finished."""


def run_batch(
    tasks: Sequence[Task],
    plan: Plan,
    jobs: int,
    watch: Watch,
    *,
    seconds: float = SECONDS,
    workers: Workers | None = None,
    keep: Callable[[Record], None] | None = None,
) -> Collected:
    """Do all tasks, on ``jobs`` processes of this machine when no ``workers`` are given.

    ``keep`` gets the record of every result. Raises KeyboardInterrupt when interrupted, after what was under way has
    been finished; CannotStart.
    """
    collected = Collected()
    waiting: dict[int, Answer] = {}
    following = 0
    interrupted = False

    def stop() -> None:
        nonlocal interrupted
        interrupted = True
        watch.stopping()
        pool.stop()

    if workers is None:
        workers = Pool(plan, max(1, min(jobs, len(tasks))), seconds=seconds)
    with workers as pool, _on_interrupt(stop):
        for answer in pool.run(tasks):
            if answer.record is not None:
                if keep is not None:
                    keep(answer.record)
                # Answers may wait for earlier ones; records are large.
                answer = replace(answer, record=None)
            collected.add(tasks[answer.number], answer)
            watch.done(answer)
            waiting[answer.number] = answer
            while following in waiting:
                watch.told(tasks[following], waiting.pop(following))
                following += 1
        for number in sorted(waiting):
            watch.told(tasks[number], waiting[number])
    if interrupted:
        raise KeyboardInterrupt
    return collected


@contextmanager
def _on_interrupt(stop: Callable[[], None]) -> Iterator[None]:
    """The first Ctrl-C calls ``stop``, the second one interrupts as usual."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)

    def handle(number: int, frame: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        stop()

    signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _code(answer: Answer) -> Exit:
    if answer.faults or answer.ending is Ending.BROKEN:
        return Exit.NOT_WRITTEN
    if answer.entry is None:
        return Exit.NOT_AUDITED
    return Exit.FAILED if answer.entry.passed is False else Exit.PASSED
