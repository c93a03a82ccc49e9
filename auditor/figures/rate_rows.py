"""Rates handed out to two rows of figures: 市、县分别收案86件、40件，结案60件、30件，结案率分别为69.8%、75.0%."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.figures.judge import HUNDRED, finding, percent, shown
from auditor.figures.lists import like
from auditor.figures.matters import NEAR
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.figures.rate_words import CARRIED_IN, HEDGED, TAKEN_OUT, numerator
from auditor.figures.shares import fits, percent_as_written
from auditor.model import Finding, Severity
from auditor.text.document import Document

Row = Sequence[Item]
_BACK = 16
"""Figures before the rates among which the two rows are looked for."""


def paired_rows(items: Sequence[Item], rate: Item) -> tuple[Row, list[tuple[Row, Row]]] | None:
    """The row of rates that ``rate`` is in, and each two rows before it of which the later one is no larger."""
    at = next((k for k, i in enumerate(items) if i is rate), None)
    if at is None:
        return None
    rates = next((row for row in _rows(items, max(0, at - _BACK)) if any(i is rate for i in row)), ())
    first = next((k for k, i in enumerate(items) if rates and i is rates[0]), 0)
    if len(rates) < 2 or any(i.q.kind is not QKind.RATE or i.q.names != rate.q.names for i in rates):
        # 报备率和及时率分别为100%、98%: one pair of figures may have two rates.
        return None
    told = [
        row for row in _rows(items[:first], max(0, first - _BACK))
        if len(row) == len(rates) and all(i.plain and i.q.amount > 0 for i in row)
    ]  # fmt: skip
    in_turn = [i for i in items[max(0, first - _BACK) : first] if i.plain][-2 * len(rates) :]
    # 网上受理863件，办结821件，现场受理412件，办结380件: each place with both of its figures.
    turns = [(in_turn[::2], in_turn[1::2])] if not told and len(in_turn) == 2 * len(rates) else []
    pairs: list[tuple[Row, Row]] = [
        (whole, part)
        for whole, part in [*((w, p) for k, p in enumerate(told) for w in told[:k]), *turns]
        if all(like(w, p) and 0 < p.q.amount <= w.q.amount for w, p in zip(whole, part, strict=True))
    ]
    # Rates of several places without rows of their own: what is told of all of them cannot be divided.
    return rates, pairs


def check_row(
    doc: Document, period: Period, rate: Item, told: tuple[Row, list[tuple[Row, Row]]]
) -> Finding | None:
    """The rate against the figures in its own place; told only where the rest of the row bears the rows out."""
    rates, pairs = told
    at = next(k for k, i in enumerate(rates) if i is rate)
    if any(fits(rate, part[at].q.amount, whole[at].q.amount) for whole, part in pairs):
        return None
    sure = next((
        (whole[at], part[at]) for whole, part in reversed(pairs)
        if all(
            fits(r, p.q.amount, w.q.amount)
            for r, w, p in zip(rates, whole, part, strict=True) if r is not rate
        )
    ), None)  # fmt: skip
    if sure is None and len(pairs) == 1 and not CARRIED_IN.search(period.text):
        # All of the rates are wrong: believed where each comes near.
        sure = _near(rates, *pairs[0], at)
    if sure is None or not rate.q.exact or TAKEN_OUT.search(period.text):
        return None
    d, n = sure
    value, name = n.q.amount / d.q.amount * HUNDRED, rate.q.names[0]
    reckoned, stated = percent(value, rate.q.decimals), percent_as_written(rate)
    plainly = not HEDGED.search(name) and abs(value - rate.q.value) >= 1
    return finding(
        doc, period, [d, n, rate], "rate", Severity.ERROR if plainly else Severity.WARNING,
        f"{shown(n.q.amount, n)}÷{shown(d.q.amount, d)}={reckoned}，与所写的{name}{stated}不符",
        reckoned, stated,
    )  # fmt: skip


def _near(rates: Row, whole: Row, part: Row, at: int) -> tuple[Item, Item] | None:
    values = (p.q.amount / w.q.amount * HUNDRED for w, p in zip(whole, part, strict=True))
    alike = all(abs(v - r.q.value) <= NEAR for v, r in zip(values, rates, strict=True))
    return (whole[at], part[at]) if alike and numerator(rates[0].q.names[0], part) else None


def _rows(items: Sequence[Item], start: int) -> list[list[Item]]:
    """Figures of one kind with nothing stronger than 、 between them."""
    out = list[list[Item]]()
    for item in items[start:]:
        last = out[-1][-1] if out else None
        if last and item.sep == "、" and item.q.kind is last.q.kind and like(item, last):
            out[-1].append(item)
        else:
            out.append([item])
    return out
