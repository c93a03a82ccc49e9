"""How much of the long lists fits into the two pages of the body.

An estimate in half lines of the type area; the layout engine has the last word, so it need only be near.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator
from math import ceil

from msgspec.structs import replace

from auditor.model import Result
from auditor.render.view import Body, Letterhead, Limits, body_builder

HALF_LINES = 2 * 2 * 22
_LINE = 27.6  # characters of a body line, less what is lost to punctuation that may not start a line
# Characters per line of the columns of the table in part three: element and basis, found, expected and place.
_COLUMNS = (11.6, 12.0, 19.8)
# Findings and reasons of the gate shown; what gives way first, so that some things to mend stay in the body.
_STEPS = ((3, 3), (2, 3), (2, 2), (1, 2), (1, 1), (0, 1))
_WANTED = 3
_MOST = 12


def width(text: str) -> float:
    """Width in ems: 1 for a Chinese character, 0.55 for a Latin one."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.55 for c in text)


def _lines(text: str, per_line: float, indent: float = 0) -> int:
    return max(1, ceil((width(text) + indent) / per_line))


def body_height(body: Body) -> int:
    """Estimated height of the body in half lines."""
    paragraphs = [body.opening, *body.conclusion, body.mend_intro, body.findings]
    paragraphs += [f"{item.number}{item.name}。{item.summary}" for item in body.headline]
    full = sum(_lines(text, _LINE, 2) for text in paragraphs)
    # Number, title and the blank line after it; addressee; five headings; blank line and list of annexes; blank
    # line, signature and date.
    full += bool(body.document_number) + len(body.title_lines) + 1 + _lines(f"{body.addressee}：", _LINE)
    full += 5 + 1 + len(body.annex_titles) + 1 + 2
    halves = 1 + ceil(len(body.groups) / 2)
    if body.mend:
        halves += 1
        for item in body.mend:
            first = _lines(f"{item.number}.{item.name}", _COLUMNS[0]) + _lines(item.basis, _COLUMNS[0])
            found = _lines(item.found, _COLUMNS[1])
            halves += max(first, found, _lines(f"{item.expected}写在{item.place}。", _COLUMNS[2]))
    return 2 * full + halves + halves % 2


def _longest(build: Callable[[Limits], Body], findings: int, reasons: int) -> Limits | None:
    """The longest list of things to mend that leaves room for the rest; None where there is no room at all."""

    def is_too_much(mend: int) -> bool:
        return body_height(build(Limits(mend, findings, reasons))) > HALF_LINES

    if not is_too_much(_MOST):
        return Limits(_MOST, findings, reasons)
    # Each cut of the whole list needs the line that says how many are left out.
    whole = len(build(Limits(_MOST, findings, reasons)).mend)
    most = bisect_left(range(whole), True, key=is_too_much) - 1
    return None if most < 0 else Limits(most, findings, reasons)


def limit_steps(result: Result, letterhead: Letterhead | None) -> Iterator[Limits]:
    """Limits to try in turn: first the estimate, then ever less, down to none of the lists."""
    best = Limits(0, 0, 0)
    build = body_builder(result, letterhead)
    for findings, reasons in _STEPS:
        limits = _longest(build, findings, reasons)
        if limits is not None and (limits.mend > best.mend or best == Limits(0, 0, 0)):
            best = limits
        if best.mend >= _WANTED:
            break
    yield best
    while best.mend or best.findings or best.reasons:
        if best.mend:
            best = replace(best, mend=best.mend - 1)
        elif best.findings:
            best = replace(best, findings=best.findings - 1)
        else:
            best = replace(best, reasons=best.reasons - 1)
        yield best
