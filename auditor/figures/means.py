"""Averages: 320人参加，累计9600学时，人均30学时; 赔付460万元，平均每件5.6万元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from auditor.figures import units
from auditor.figures.judge import finding, per_cent_fits, shown
from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.model import Finding, Severity
from auditor.text.document import Document

_MEAN = re.compile(
    r"(?:(?P<each>平均每个?|每个?)(?P<noun>乡镇|镇街|街道|部门|单位|社区|[\u4e00-\u9fff])(?:（[^（）]{1,6}）)?(?P<after>平均)?|(?P<unit>[人户件次场案部期批])均|平均)"
    r"[^，。；：、]{0,8}$"
)
_AS_UNIT = {
    "案": "件",
    "村": "个",
    "镇": "个",
    "乡": "个",
    "乡镇": "个",
    "镇街": "个",
    "街道": "个",
    "部门": "个",
    "单位": "个",
    "社区": "个",
    "名": "人",
}
_PLACES = frozenset({"村", "镇", "乡", "乡镇", "镇街", "街道", "部门", "单位", "社区"})


def check_mean(doc: Document, period: Period, items: Sequence[Item], index: int) -> list[Finding]:
    mean = items[index]
    match = _MEAN.search(mean.lead)
    if not match or not mean.plain or not mean.q.value or (match["each"] == "每" and not match["after"]):
        return []
    name = match["noun"] or match["unit"]
    if not name:
        return []
    key = units.unit_class(_AS_UNIT.get(name, name))
    near = [*items[max(0, index - 4) : index], *items[index + 1 : index + 2]]
    totals = [i for i in items[max(0, index - 4) : index] if like(i, mean)]
    totals += [i for i in items[index + 1 : index + 2] if like(i, mean) and re.match(r"总|共|累计", i.lead)]
    counts = [i for i in near if i.q.group == key and not like(i, mean)]
    if name in _PLACES:
        counts = [i for i in counts if name[0] in i.tail or name[0] in i.lead]
    if not 1 <= len(totals) <= 2 or not 1 <= len(counts) <= 2:
        return []
    if not all(i.plain and i.q.amount > 0 for i in (*totals, *counts)):
        return []
    scale = mean.q.amount / mean.q.value
    for whole in totals:
        for count in counts:
            low = (whole.q.amount - whole.q.ulp / 2) / (count.q.amount + count.q.ulp / 2) / scale
            high = (
                (whole.q.amount + whole.q.ulp / 2)
                / max(count.q.amount - count.q.ulp / 2, Decimal("0.1"))
                / scale
            )
            decimals = mean.q.decimals if mean.q.scale == 1 else mean.q.decimals - 4
            if per_cent_fits(low, high, mean.q.value, decimals):
                return []
    whole, count = totals[-1], counts[-1]
    value = (whole.q.amount / count.q.amount / scale).quantize(Decimal("0.01"))
    stated = shown(mean.q.amount, mean)
    expected = shown(value * scale, mean)
    return [
        finding(
            doc, period, [whole, count, mean], "mean", Severity.WARNING,
            f"{shown(whole.q.amount, whole)}÷{shown(count.q.amount, count)}={expected}，与所写的平均数{stated}不符",
            expected, stated,
        )
    ]  # fmt: skip
