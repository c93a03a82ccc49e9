"""The order in which a reader takes the lines of a page: by columns where there are columns, else downwards."""

from __future__ import annotations

from itertools import pairwise

from msgspec.structs import replace

from auditor.readers.paged_lines import SAME_LINE, Line, Page


def _merged(lines: list[Line]) -> list[Line]:
    """Neighbours in reading order that stand side by side, the cells of a row, become one line."""
    out: list[Line] = []
    for line in lines:
        last = out[-1] if out else None
        if last is not None and abs(last.y - line.y) <= SAME_LINE * line.size and line.x0 >= last.x1:
            out[-1] = replace(last, text=last.text + "\t" + line.text, x1=line.x1)
        else:
            out.append(line)
    return out


def ordered(lines: list[Line], page: Page, size: float, whole: tuple[float, float]) -> list[Line]:
    """Reading order: drawing order where it makes sense, else by columns and height."""
    jumps = sum(1 for a, b in pairwise(lines) if b.y < a.y - size and b.x0 < a.x1)
    gutter = _gutter(lines, page, size)
    if gutter is None:
        if jumps > 0.12 * len(lines):
            lines = sorted(lines, key=lambda line: (round(line.y / (0.5 * size)), line.x0))
        return [replace(line, column=whole) for line in _merged(lines)]
    columns = [
        [line for line in lines if line.x1 <= gutter],
        [line for line in lines if line.x0 >= gutter],
    ]
    west, east = (column_of(column, size) for column in columns)
    if jumps > 0.12 * len(lines) or not _by_columns(lines, gutter):
        lines = _banded(lines, gutter)
    return [
        replace(line, column=west if line.x1 <= gutter else east if line.x0 >= gutter else whole)
        for line in lines
    ]


def _gutter(lines: list[Line], page: Page, size: float) -> float | None:
    """The x at which two columns of running text part, None for one column."""
    if len(lines) < 12:
        return None
    for step in range(40, 61):
        x = step / 100 * page.width
        crossing = sum(1 for line in lines if line.x0 < x - 0.3 * size and line.x1 > x + 0.3 * size)
        west = [line for line in lines if line.x1 <= x]
        east = [line for line in lines if line.x0 >= x]
        if crossing > 0.15 * len(lines) or min(len(west), len(east)) < 0.25 * len(lines):
            continue
        # Columns of running text are full of long lines; the cells of a table are not.
        if min(_long(west, size), _long(east, size)) >= 0.5:
            return x
    return None


def _long(lines: list[Line], size: float) -> float:
    return sum(1 for line in lines if line.x1 - line.x0 >= 9 * size) / len(lines)


def _by_columns(lines: list[Line], gutter: float) -> bool:
    """Whether the drawing order finishes one column before it begins the next."""
    sides = [line.x0 >= gutter for line in lines]
    changes = sum(1 for a, b in pairwise(sides) if a != b)
    return changes <= 0.2 * len(lines)


def _banded(lines: list[Line], gutter: float) -> list[Line]:
    """Between lines that cross the gutter, the left column before the right one."""
    out: list[Line] = []
    west: list[Line] = []
    east: list[Line] = []
    for line in sorted(lines, key=lambda line: line.y):
        if line.x1 <= gutter:
            west.append(line)
        elif line.x0 >= gutter:
            east.append(line)
        else:
            out += [*west, *east, line]
            west, east = [], []
    return [*out, *west, *east]


def column_of(lines: list[Line], size: float) -> tuple[float, float]:
    """The leftmost place where more than a few lines begin, and the rightmost where more than a few end."""
    return (
        _edge([line.x0 for line in lines], size),
        -_edge([-line.x1 for line in lines], size),
    )


def _edge(places: list[float], size: float) -> float:
    if not places:
        return 0.0
    ordered = sorted(places)
    least = max(1, round(0.04 * len(ordered)))
    for i, x in enumerate(ordered):
        if i + least <= len(ordered) and ordered[i + least - 1] - x <= 0.6 * size:
            return x
    return ordered[0]
