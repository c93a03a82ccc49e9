"""Rows of tables as lines of text, the same in every container."""

from __future__ import annotations

from collections.abc import Iterator

_MAX_CELL = 60
"""A row whose cells are all shorter stands on one line."""


def row_lines(cells: list[list[str]]) -> Iterator[str]:
    """A table row: on one line when every cell is short, otherwise cell after cell."""
    filled = [cell for cell in cells if cell]
    if all(len(cell) == 1 and len(cell[0]) <= _MAX_CELL for cell in filled):
        if filled:
            yield "\t".join(cell[0].strip(" \u3000") for cell in filled)
    else:
        for cell in filled:
            yield from cell
