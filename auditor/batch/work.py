"""One report of a batch, in a worker: take what is kept, else audit; write the files; answer with a small entry."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from auditor.batch.atomic import spare, write_atomic
from auditor.batch.cache import Cache, Receipt, Verdict, Written
from auditor.batch.plan import Plan, Task
from auditor.readers.limits import MAX_FILE
from auditor.render.formats import Setting
from auditor.render.summary import Entry, Frame, entry_of, frame_of
from auditor.render.writing import Outcome, write_all, write_failed
from auditor.store.record import Record, record_of


class Ending(StrEnum):
    """How a report ended."""

    DONE = "done"
    KEPT = "kept"
    """Nothing to do: the results of an earlier run still hold."""
    UNAUDITED = "unaudited"
    """The report or the rules do not allow a verdict."""
    BROKEN = "broken"
    """Our fault: an internal error, or the worker died."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one report."""

    number: int
    ending: Ending
    entry: Entry | None = None
    frame: Frame | None = None
    reason: str | None = None
    """Why there is no entry; without the report's path."""
    remarks: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    """Results that could not be written."""
    record: Record | None = None
    """For the result archive, when the plan asks for it."""


def do(task: Task, plan: Plan) -> Answer:
    """Bring one report to an end; nothing but an interruption is raised."""
    try:
        return _do(task, plan, Cache(plan))
    except Exception as error:
        if os.environ.get("AUDIT_DEBUG"):
            raise
        return Answer(task.number, Ending.BROKEN, reason=f"程序内部错误（{type(error).__name__}：{error}）")


def _do(task: Task, plan: Plan, cache: Cache) -> Answer:
    sha256 = digest_of(Path(task.path)) if plan.cache else None
    key = cache.key(task, sha256) if sha256 else None
    receipt = cache.receipt(task, key) if key is not None else None
    if receipt is not None and not plan.record:
        return _kept(task, receipt)
    verdict = cache.verdict(key) if key is not None else None
    if receipt is not None and verdict is not None:
        return _kept(task, receipt, record_of(verdict.result))
    if verdict is None:
        found = _judge(task, plan)
        if isinstance(found, Answer):
            return found
        verdict = found
        if key is not None and verdict.result.report.sha256 == sha256:
            cache.keep_verdict(key, verdict)
    entry, frame = entry_of(verdict.result), frame_of(verdict.result)
    shelf = Shelf(task, plan.out)
    outcomes = write_all(plan.formats, verdict.result, Setting(plan.office, task.place), shelf.store)
    more, faults = _told(outcomes)
    remarks = (*verdict.remarks, *more)
    if key is not None and not faults and verdict.result.report.sha256 == sha256:
        cache.keep_receipt(task, key, Receipt(entry, frame, tuple(shelf.files), remarks))
    record = record_of(verdict.result) if plan.record else None
    return Answer(task.number, Ending.DONE, entry, frame, remarks=remarks, faults=faults, record=record)


def _kept(task: Task, receipt: Receipt, record: Record | None = None) -> Answer:
    entry, frame = receipt.entry, receipt.frame
    return Answer(task.number, Ending.KEPT, entry, frame, remarks=receipt.remarks, record=record)


def _judge(task: Task, plan: Plan) -> Verdict | Answer:
    # Imported here: a run that finds everything kept needs no rule book.
    from auditor.exits import NotAudited
    from auditor.pipeline import judge_report
    from auditor.rulebook.faults import RulesError

    try:
        judged = judge_report(Path(task.path), task.shown, plan.terms)
    except (NotAudited, RulesError) as error:
        reason = str(error).removeprefix(f"{task.path}：")
        outcomes = write_failed(plan.formats, task.place or task.shown, reason, Shelf(task, plan.out).store)
        remarks, faults = _told(outcomes)
        return Answer(task.number, Ending.UNAUDITED, reason=reason, remarks=remarks, faults=faults)
    return Verdict(judged.result, judged.remarks)


class Shelf:
    """Stores the files of one report and remembers their digests."""

    def __init__(self, task: Task, out: Path) -> None:
        self._source = Path(task.path)
        self._stem = task.stem
        self._out = out
        self.files: list[Written] = []

    def store(self, suffix: str, data: bytes) -> str:
        name = f"{self._stem}{suffix}"
        spare(self._source, self._out / name)
        write_atomic(self._out / name, data)
        self.files.append(Written(suffix, hashlib.sha256(data).hexdigest()))
        return name


def _told(outcomes: Iterable[Outcome]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    remarks: list[str] = []
    faults: list[str] = []
    for outcome in outcomes:
        remarks += outcome.remarks
        if outcome.fault is not None:
            faults.append(outcome.fault)
    return tuple(remarks), tuple(faults)


def digest_of(path: Path) -> str | None:
    """SHA-256 (hex) of a report's bytes; null for what will not be audited, or can be read only once (a pipe)."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except OSError:
        return None
    return hashlib.sha256(data).hexdigest() if len(data) <= MAX_FILE else None
