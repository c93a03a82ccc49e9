"""One report: what an earlier run left is used when nothing has changed since, else verdict and files are made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from auditor.batch.cache import Cache, Receipt, Verdict
from auditor.batch.plan import Plan, Task
from auditor.batch.shelf import Shelf
from auditor.model import Result
from auditor.pipeline import Judged
from auditor.readers.limits import MAX_FILE
from auditor.reasons import readable
from auditor.render.formats import Setting
from auditor.render.summary import entry_of, frame_of
from auditor.render.writing import told, write_all


class Made(Struct, frozen=True):
    """The end of one report: its receipt, and what could not be written."""

    receipt: Receipt
    result: Result | None
    """None where nobody asked for it and the receipt was enough."""
    faults: tuple[str, ...] = ()
    kept: bool = False
    """True when an earlier run had done everything."""

    def paths(self, task: Task, plan: Plan) -> list[str]:
        """The result files, as told to the user."""
        shelf = Shelf(plan.out, task.stem)
        return [readable(str(shelf.path(file.suffix))) for file in self.receipt.files]


def once(task: Task, plan: Plan, judge: Callable[[], Judged], *, result: bool) -> Made:
    """Bring one report to its end, with its ``result`` where that is asked for; raises what ``judge`` raises."""
    cache = Cache(plan)
    sha256 = digest_of(Path(task.path)) if plan.cache else None
    key = cache.key(task, sha256) if sha256 else None
    receipt = cache.receipt(task, key) if key is not None else None
    if receipt is not None and not result:
        return Made(receipt, None, kept=True)
    verdict = cache.verdict(key) if key is not None else None
    if receipt is not None and verdict is not None:
        return Made(receipt, verdict.result, kept=True)
    if verdict is None:
        judged = judge()
        verdict = Verdict(judged.result, judged.remarks)
        if verdict.result.report.sha256 != sha256:
            # The file changed between the two readings: this verdict must not be found under the first one's name.
            key = None
        if key is not None:
            cache.keep_verdict(key, verdict)
    shelf = Shelf(plan.out, task.stem, Path(task.path))
    outcomes = write_all(plan.formats, verdict.result, Setting(plan.office, task.place), shelf.store)
    remarks, faults = told(outcomes)
    receipt = Receipt(
        entry_of(verdict.result), frame_of(verdict.result), tuple(shelf.files), (*verdict.remarks, *remarks)
    )
    if key is not None and not faults:
        cache.keep_receipt(task, key, receipt)
    return Made(receipt, verdict.result, faults)


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
