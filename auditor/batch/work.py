"""One report of a batch, in a worker: take what is kept, else audit; write the files; answer with a small entry."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from auditor.batch.once import once
from auditor.batch.plan import Plan, Task
from auditor.batch.shelf import Shelf
from auditor.exits import NotAudited
from auditor.pipeline import Judged, judge_report
from auditor.render.summary import Entry, Frame
from auditor.render.writing import told, write_failed
from auditor.rulebook.faults import RulesError
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


class Answer(Struct, frozen=True):
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
        return _do(task, plan)
    except Exception as error:
        if os.environ.get("AUDIT_DEBUG"):
            raise
        return Answer(task.number, Ending.BROKEN, reason=f"程序内部错误（{type(error).__name__}：{error}）")


def _do(task: Task, plan: Plan) -> Answer:
    def judge() -> Judged:
        return judge_report(Path(task.path), task.shown, plan.terms)

    try:
        made = once(task, plan, judge, result=plan.record)
    except (NotAudited, RulesError) as error:
        reason = str(error).removeprefix(f"{task.path}：")
        shelf = Shelf(plan.out, task.stem, Path(task.path))
        remarks, faults = told(write_failed(plan.formats, task.place or task.shown, reason, shelf.store))
        return Answer(task.number, Ending.UNAUDITED, reason=reason, remarks=remarks, faults=faults)
    return Answer(
        task.number,
        Ending.KEPT if made.kept else Ending.DONE,
        made.receipt.entry,
        made.receipt.frame,
        remarks=made.receipt.remarks,
        faults=made.faults,
        record=record_of(made.result) if plan.record and made.result is not None else None,
    )
