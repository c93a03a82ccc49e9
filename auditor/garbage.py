"""Python's search for garbage, put off where it would find none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def collect_seldom() -> None:
    """Search for cyclic garbage from now on, but not among what is there already, and not at every turn."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    gc.enable()


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for cyclic garbage inside: work that makes many objects and no cycles only pays for it."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
