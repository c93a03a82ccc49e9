"""One piece of work done beside another, on a second core, where the system allows it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import msgspec

from auditor import forks, regex

T = TypeVar("T")


@contextmanager
def beside(work: Callable[[], T], kind: Any) -> Iterator[Callable[[], T]]:
    """Begin ``work`` in a fork of this process; what is given waits for its value.

    ``kind`` is the type of the value, one that msgspec can encode. Without a second core or a safe fork, or where the
    fork came to nothing, the work is done here instead: with the same value, or the error that ended it.
    """

    def worked() -> tuple[int, bytes]:
        value = msgspec.msgpack.encode(work())
        regex.remember()
        return 0, value

    try:
        fork = forks.Fork(worked) if _second_core() and forks.possible() else None
    except forks.CannotStart:
        fork = None
    if fork is None:
        yield work
        return

    def value() -> T:
        code, said = fork.answer()
        if code != 0:
            return work()
        found: T = msgspec.msgpack.decode(said, type=kind)
        return found

    with fork:
        yield value


def _second_core() -> bool:
    return hasattr(os, "sched_getaffinity") and len(os.sched_getaffinity(0)) > 1
