"""Bands of age or marks: 35岁以下, 36至50岁, 51岁以上 leave each other out, and may leave nothing over."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from auditor.figures.passages import Item
from auditor.regex import regex

_BAND = regex(
    r"(?:(?P<low>\d{1,3})(?:周?岁|分)?(?:至|到|—|－|-|~)(?P<high>\d{1,3})(?P<unit>周?岁|分)|"
    r"(?P<edge>\d{1,3})(?P<of>周?岁|分)(?:（含）|\(含\)|及|含|\(不含\)|（不含）)?(?P<side>以上|以下|以内))"
    r"(?:的|老人|老年人|人员|职工|群众)?$"
)
_TOP = 10**4


def _read(label: str) -> tuple[int, int, str] | None:
    """Lowest and highest year or mark of a band, and its unit without 周."""
    if not label or not ("岁" in label or "分" in label):
        return None
    match = _BAND.search(label)
    if match is None:
        return None
    if match["edge"] is None:
        return int(match["low"]), int(match["high"]), match["unit"][-1]
    edge = int(match["edge"])
    return (edge, _TOP, match["of"][-1]) if match["side"] == "以上" else (0, edge, match["of"][-1])


def bands_of(parts: Sequence[Item]) -> list[tuple[int, int]] | None:
    """The bands in order where every part is one of the same measure and none reaches into another; None otherwise."""
    read = [_read(p.label) for p in parts[:8]]
    known = [band for band in read if band is not None]
    if len(known) < len(parts) or len(known) < 2 or len({unit for _, _, unit in known}) != 1:
        return None
    spans = sorted((low, high) for low, high, _ in known)
    apart = all(one[1] <= two[0] for one, two in pairwise(spans))
    return spans if apart else None


def cover_all(parts: Sequence[Item]) -> bool:
    """True where the bands run from the bottom to the top without a gap."""
    spans = bands_of(parts)
    if not spans or spans[0][0] > 0 or spans[-1][1] < _TOP:
        return False
    return all(two[0] - one[1] <= 1 for one, two in pairwise(spans))
