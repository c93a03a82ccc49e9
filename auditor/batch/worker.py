"""A worker process: the plan on standard input, then one task after another, an answer to each on standard output.

It ends when its standard input ends, so that it never outlives the parent by more than one report.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import BinaryIO

from auditor.batch.channel import receive, send
from auditor.batch.work import do

MEMORY = 700
"""MiB; a worker that ever held more is replaced after its report, so that memory stays flat in long batches."""


def main() -> int:
    answers = _private_output()
    tasks = sys.stdin.buffer
    try:
        plan = receive(tasks)
        while True:
            task = receive(tasks)
            answer = do(task, plan)
            last = _peak() > MEMORY
            send(answers, (answer, last))
            if last:
                return 0
    except (EOFError, BrokenPipeError):
        return 0


def _private_output() -> BinaryIO:
    """Standard output for answers alone: whatever a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _peak() -> float:
    """Highest memory so far in MiB; 0 where the system does not tell."""
    # NOTE: ru_maxrss on Linux starts with what the parent held, so that a large parent would wear out every worker.
    with contextlib.suppress(OSError, ValueError):
        for line in Path("/proc/self/status").read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    try:
        import resource
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    sys.exit(main())
