"""One report whose papers are slow to make: what the last run left is used when nothing has changed since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from auditor.batch.cache import Cache, Receipt, Verdict
from auditor.batch.plan import Plan, Task
from auditor.batch.work import Shelf, digest_of
from auditor.model import Result
from auditor.pipeline import Judged
from auditor.render.formats import Setting
from auditor.render.summary import entry_of, frame_of
from auditor.render.writing import Outcome, write_all


@dataclass(frozen=True, slots=True)
class Done:
    result: Result
    remarks: tuple[str, ...]
    outcomes: tuple[Outcome, ...]


def once(task: Task, plan: Plan, judge: Callable[[], Judged]) -> Done:
    """The verdict and its files, made or found; raises what ``judge`` raises."""
    cache = Cache(plan)
    sha256 = digest_of(Path(task.path))
    key = cache.key(task, sha256) if sha256 else None
    verdict = cache.verdict(key) if key is not None else None
    receipt = cache.receipt(task, key) if key is not None else None
    if verdict is not None and receipt is not None:
        names = (Outcome(f"{task.stem}{file.suffix}") for file in receipt.files)
        return Done(verdict.result, receipt.remarks, tuple(names))
    if verdict is None:
        judged = judge()
        verdict = Verdict(judged.result, judged.remarks)
    shelf = Shelf(task, plan.out)
    outcomes = tuple(write_all(plan.formats, verdict.result, Setting(plan.office, task.place), shelf.store))
    if key is not None and verdict.result.report.sha256 == sha256 and not any(o.fault for o in outcomes):
        told = (*verdict.remarks, *(remark for outcome in outcomes for remark in outcome.remarks))
        entry, frame = entry_of(verdict.result), frame_of(verdict.result)
        cache.keep_verdict(key, verdict)
        cache.keep_receipt(task, key, Receipt(entry, frame, tuple(shelf.files), told))
    return Done(verdict.result, verdict.remarks, outcomes)
