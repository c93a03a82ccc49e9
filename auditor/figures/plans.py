"""Plans and what was done of them: 计划抽检6000批次，完成6128批次，完成计划的102.1%."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from auditor.figures.judge import finding, percent, ratio_bounds, shown, states
from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

_OF_PLAN = regex(
    r"(?:完成|达到?|占|为|达成|实现)(?:了)?(?:年初|全年|年度|本年|既定|[省市县]定|(?:上级|[省市县](?:政府)?)下达的?)?(?:计划|任务|目标|指标)(?:任务|总数|数|量|总量|值)?的$"
)
_PLAN = regex(r"计划|任务|目标|指标|要求")


def is_plan(flat: Sequence[Item], index: int) -> bool:
    """True when the percentage is said to be one of the plan: 完成计划的105%, 完成年度目标4000套的105%."""
    rate = flat[index]
    if _OF_PLAN.search(rate.lead):
        return True
    return index > 1 and rate.gap == "的" and bool(_OF_PLAN.search(flat[index - 1].lead + "的"))


def _of_this(flat: Sequence[Item], index: int) -> Sequence[Item]:
    """The figures since the last ； or percentage: 完成任务12.5万亩的118.6%；处置3.27万亩，完成任务3.6万亩的…."""
    first = index
    while first > max(0, index - 6) and flat[first - 1].q.kind is not QKind.RATE:
        first -= 1
        if flat[first].sep == "；":
            break
    return flat[first:index]


def _of_earlier_rate(period: Period, item: Item) -> bool:
    """建成9个，完成目标的100%（目标9个），乡级63个，完成目标的…: a bracket behind a percentage is that one's."""
    return any(
        parent >= 0 and period.items[parent].q.kind is QKind.RATE and any(i is item for i in inner)
        for parent, inner in period.brackets
    )


def check_plan(doc: Document, period: Period, flat: Sequence[Item], index: int) -> Finding | None:
    """The figure of the plan divides the other one; silent when any pair before the rate gives it."""
    rate = flat[index]
    plain = [i for i in _of_this(flat, index) if i.plain and not _of_earlier_rate(period, i)]
    planned = [i for i in plain if _PLAN.search(i.lead)]
    if len(planned) != 1 or rate.sep == "；" or not rate.q.exact:
        return None
    plan = planned[0]
    done = [i for i in plain if i is not plan and like(i, plan)]
    if not done or plan.q.amount <= 0:
        return None
    for n in done:
        bounds = ratio_bounds(n, plan)
        if bounds is None or states(rate.q, *bounds):
            return None
    if len(done) != 1:
        return None
    value = percent(done[0].q.amount / plan.q.amount * Decimal(100), rate.q.decimals)
    stated = format(rate.q.value, "f") + "%"
    return finding(
        doc, period, [plan, done[0], rate], "rate", Severity.WARNING,
        f"{shown(done[0].q.amount, done[0])}÷{shown(plan.q.amount, plan)}={value}，与所写的完成计划{stated}不符",
        value, stated,
    )  # fmt: skip
