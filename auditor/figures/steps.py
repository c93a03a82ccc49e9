"""Step and per cent together: 减少5起，下降42%; 较上年的1450件增加174件，增长12%."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from auditor.figures import units
from auditor.figures.compare import BASE, is_change, own_subject, related
from auditor.figures.judge import finding, number, per_cent_fits, percent, shown
from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

_YEAR = regex(r"(20\d\d)年")
_AGAINST = regex(r"^(?:[与同和较比])")


def check_pair(
    doc: Document,
    period: Period,
    items: Sequence[Item],
    index: int,
    previous: Period | None,
    done: set[int],
) -> list[Finding]:
    """减少5起，下降42%: the figure of this year stands before and gives the base."""
    one, two = items[index], items[index + 1]
    if (
        not (is_change(one) and is_change(two))
        or two.sep == "；"
        or one.q.start in done
        or two.q.start in done
    ):
        return []
    step, rate = (one, two) if two.q.unit == "%" else (two, one)
    if rate.q.unit != "%" or step.q.unit in ("%", units.POINTS, "倍") or len(own_subject(two)) >= 2:
        return []
    if step.q.direction != rate.q.direction or not rate.q.exact:
        return []
    if index and _stated_base(items[index - 1], step) and one is step:
        return _check_step(doc, period, items[index - 1], step, rate, done)
    before = [i for i in items[:index] if i.plain and like(i, step)]
    near = [i for i in previous.items if i.plain and like(i, step)] if previous else []
    subject = own_subject(one)
    if any(
        _pair_fits(i, step, rate) or (_past(doc, i, one) and _of_base(i, step, rate))
        for i in [*before, *near]
    ):
        return []
    if len(subject) >= 2:
        candidates = [i for i in [*near, *before] if related(subject, i)]
    else:
        candidates = [i for i in before if items.index(i) == index - 1 and items[index].sep != "；"]
        if not before and near and previous and near[-1] is previous.items[-1] and _opens(doc, period, one):
            candidates = [near[-1]]
    if not candidates:
        return []
    now = candidates[-1]
    if _past(doc, now, one):
        # 上年为86件，今年增加51件，增长59.3%.
        return _check_step(doc, period, now, step, rate, done) if now.q.start >= period.start else []
    base = now.q.amount - step.q.direction * step.q.amount
    if base <= 0:
        return []
    value = step.q.amount / base * 100
    done.update((step.q.start, rate.q.start))
    word = "-" if step.q.direction > 0 else "+"
    return [
        finding(
            doc, period, [i for i in (now, one, two) if i.q.start >= period.start], "change", Severity.ERROR,
            f"本年{shown(now.q.amount, now)}，上年应为{number(now.q.amount)}{word}{number(step.q.amount)}="
            f"{shown(base, now)}，{shown(step.q.amount, step)}÷{shown(base, now)}={percent(value, rate.q.decimals)}，"
            f"与所写的{number(rate.q.value)}%不符",
            percent(value, rate.q.decimals), number(rate.q.value) + "%",
        )
    ]  # fmt: skip


def _stated_base(base: Item, step: Item) -> bool:
    """较上年的1450件增加174件."""
    return base.plain and like(base, step) and step.sep == "" and bool(BASE.search(base.lead))


def _past(doc: Document, item: Item, change: Item) -> bool:
    """Last year's figure; one of a year that is not known to be over before the change counts as none."""
    match = BASE.search(item.lead)
    if match is None:
        return False
    year, later = _YEAR.search(match[0]), _YEAR.search(change.lead)
    now = int(later[1]) if later else doc.metadata.report_year
    compared = _AGAINST.search(item.lead) is not None
    return compared or year is None or (now is not None and int(year[1]) < now)


def _of_base(base: Item, step: Item, rate: Item) -> bool:
    if base.q.amount <= 0:
        return False
    value = step.q.amount / base.q.amount * 100
    return per_cent_fits(value, value, rate.q.value, rate.q.decimals)


def _check_step(
    doc: Document, period: Period, base: Item, step: Item, rate: Item, done: set[int]
) -> list[Finding]:
    done.update((step.q.start, rate.q.start))
    if base.q.amount <= 0:
        return []
    half = (base.q.ulp + step.q.ulp) / 2
    low = (step.q.amount - half) / (base.q.amount + half) * 100
    high = (step.q.amount + half) / max(base.q.amount - half, Decimal("0.0001")) * 100
    if per_cent_fits(low, high, rate.q.value, rate.q.decimals):
        return []
    value = percent(step.q.amount / base.q.amount * 100, rate.q.decimals)
    stated = number(rate.q.value) + "%"
    return [
        finding(
            doc, period, [base, step, rate], "change", Severity.ERROR,
            f"{shown(step.q.amount, step)}÷{shown(base.q.amount, base)}={value}，与所写的变化{stated}不符", value, stated,
        )
    ]  # fmt: skip


def _opens(doc: Document, period: Period, item: Item) -> bool:
    return item.q.start - period.start <= 24


def _pair_fits(now: Item, step: Item, rate: Item) -> bool:
    base = now.q.amount - step.q.direction * step.q.amount
    if base <= 0:
        return False
    slack = (now.q.ulp + step.q.ulp) / 2
    low = (step.q.amount - slack) / (base + 2 * slack) * 100
    high = (step.q.amount + slack) / max(base - 2 * slack, Decimal("0.0001")) * 100
    return per_cent_fits(low, high, rate.q.value, rate.q.decimals)
