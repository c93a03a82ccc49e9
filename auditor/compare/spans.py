"""Exact passages that two texts share: long equal runs, joined over small differences."""

from __future__ import annotations

from msgspec import Struct

SEED = 12
"""Equal characters that begin a run."""
GAP = 16
"""Runs no farther apart than this in both texts are one passage."""
_TRIES = 6
"""Places of one seed that are looked at."""


class Span(Struct, frozen=True):
    """A shared passage: half-open in both texts; ``equal`` counts the characters that are the same."""

    a: int
    a_end: int
    b: int
    b_end: int
    equal: int


def shared_spans(a: str, b: str) -> list[Span]:
    """Passages in order of ``b``. Near linear: every character of ``b`` is tried against few places of ``a``."""
    seeds: dict[str, list[int]] = {}
    for i in range(len(a) - SEED + 1):
        places = seeds.setdefault(a[i : i + SEED], [])
        if len(places) < _TRIES:
            places.append(i)
    runs: list[Span] = []
    j, floor = 0, 0
    while j + SEED <= len(b):
        found = seeds.get(b[j : j + SEED])
        if found is None:
            j += 1
            continue
        best = max(found, key=lambda i: (_ahead(a, i, b, j), -i))
        size = _ahead(a, best, b, j)
        back = _behind(a, best, b, j, floor)
        runs.append(Span(best - back, best + size, j - back, j + size, size + back))
        j = floor = j + size
    return _join(runs)


def _ahead(a: str, i: int, b: str, j: int) -> int:
    size, step = SEED, 64
    while step:
        if a[i + size : i + size + step] == b[j + size : j + size + step] and j + size + step <= len(b):
            if i + size + step > len(a):
                break
            size += step
        else:
            step //= 2
    while i + size < len(a) and j + size < len(b) and a[i + size] == b[j + size]:
        size += 1
    return size


def _behind(a: str, i: int, b: str, j: int, floor: int) -> int:
    back = 0
    while i - back > 0 and j - back > floor and a[i - back - 1] == b[j - back - 1]:
        back += 1
    return back


def _join(runs: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and 0 <= run.a - last.a_end <= GAP and 0 <= run.b - last.b_end <= GAP:
            joined[-1] = Span(last.a, run.a_end, last.b, run.b_end, last.equal + run.equal)
        else:
            joined.append(run)
    return joined


def union(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The half-open intervals joined where they overlap, in order."""
    out: list[tuple[int, int]] = []
    for a, b in sorted(intervals):
        if out and a <= out[-1][1]:
            out[-1] = out[-1][0], max(b, out[-1][1])
        else:
            out.append((a, b))
    return out
