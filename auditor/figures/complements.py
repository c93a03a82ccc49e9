"""Rates beside what they leave out: 抽检2460批次，检出不合格41批次，合格率98.3%."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.figures.judge import HUNDRED, finding, percent, ratio_bounds, shown, states
from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.figures.rate_readings import fits_somehow
from auditor.figures.shares import percent_as_written
from auditor.model import Finding, Severity
from auditor.text.document import Document


def check_complement(
    doc: Document, period: Period, plain: Sequence[Item], rate: Item, name: str
) -> Finding | None:
    """The last of ``plain`` is what the rate leaves out of the figure before it; None when anything fits."""
    if len(plain) < 2 or not like(plain[-2], plain[-1]) or plain[-1].sep == "；":
        return None
    whole, failed = plain[-2:]
    bounds = ratio_bounds(failed, whole)
    if bounds is None or failed.q.amount >= whole.q.amount:
        return None
    same = [i for i in plain if like(i, whole)]
    if states(rate.q, HUNDRED - bounds[1], HUNDRED - bounds[0]) or fits_somehow(
        rate, failed, [failed], same, same
    ):
        return None
    value = HUNDRED - failed.q.amount / whole.q.amount * 100
    return finding(
        doc, period, [whole, failed, rate], "rate", Severity.WARNING,
        f"（{shown(whole.q.amount, whole)}-{shown(failed.q.amount, failed)}）÷{shown(whole.q.amount, whole)}="
        f"{percent(value, rate.q.decimals)}，与所写的{name}{percent_as_written(rate)}不符",
        percent(value, rate.q.decimals), percent_as_written(rate),
    )  # fmt: skip
