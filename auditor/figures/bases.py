"""Shares that name their base: 民事301件、刑事158件，民事案件中欠薪类217件，占民事案件的72.1%."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from auditor.figures.judge import finding, percent, shown
from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.figures.shares import fits, percent_as_written
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

_OF = regex(
    r"^(?P<own>[^，。；：、占]{0,8})占(?:了|到)?(?P<name>[\u4e00-\u9fff]{2,14}?)(?:总数|总量|总额|件数|人数|户数|家数|次数|数量|数|量)?的(?:比例|比重)?(?:为|达到?|已|仅|近|约|超过?|不到|不足)?$"
)
_FILL = regex(r"(?:仅|只|约|共|合计|其)+")
_NO_NAME = regex(r"^(?:总|全|同|当|其|该|所有|上年|去年|财政|地区|预算|计划|任务|目标)|总$")
_PLAINLY = regex(
    r"(?:全年|年内|今年|共|累计|其中|全[县市区镇局省乡]|查出|发现|梳理|排查|受理|收到|接收|办理|查处|抽查|检查|清理|开展|存在|主要|各类|行政|有)*"
)
_END = regex(r"(?:类|型|案件|案|事项|工单|纠纷|争议|人员|申请|问题|件)+$")


def check_named(doc: Document, period: Period, flat: Sequence[Item], index: int) -> Finding | None:
    """The share at ``index`` against the one figure that bears the name of its base; None when none does or it fits."""
    rate = flat[index]
    named = _OF.match(rate.lead)
    part = flat[index - 1] if index else None
    if named is None or part is None or not part.plain or rate.sep not in ("，", "") or "；" in rate.gap:
        return None
    if not rate.gap.lstrip("，").startswith(rate.lead) or _NO_NAME.search(named["name"]):
        return None
    own = _FILL.sub("", named["own"])
    if own and not (part.lead and part.lead.endswith(own)):
        return None
    before = [i for i in flat[: index - 1] if like(i, part)]
    bases = [i for i in before if _bears(named["name"], i, before)]
    if not bases and len(before) == 1 and rate.lead.find("总", len(named["own"])) > 0 and part.sep == "，":
        # 清理合同12460份，规范问题合同1869份，占合同总数的15%.
        bases = [i for i in before if i.lead.endswith(named["name"]) and part.lead.endswith(named["name"])]
    if len({i.q.amount for i in bases}) != 1 or not bases[-1].plain:
        return None
    base = bases[-1]
    called = _END.sub("", named["name"])
    if any(called in i.lead and fits(rate, part.q.amount, i.q.amount) for i in before):
        # 受理民事320件；审结民事280件: either may be what is called 民事案件.
        return None
    behind = [i for i in flat if i.q.start > base.q.start and i.q.start <= part.q.start and like(i, part)]
    if base.q.amount < part.q.amount or any(fits(rate, n, base.q.amount) for n in _sums(behind)):
        return None
    value = percent(part.q.amount / base.q.amount * 100, rate.q.decimals)
    stated = rate.q.operator + percent_as_written(rate)
    return finding(
        doc, period, [base, part, rate], "share", Severity.WARNING,
        f"{shown(part.q.amount, part)}÷{named['name']}{shown(base.q.amount, base)}={value}，与所写的占比{stated}不符",
        value, stated,
    )  # fmt: skip


def _bears(name: str, item: Item, before: Sequence[Item]) -> bool:
    """民事案件 and 民事, 街道执法人员 and 街道 where the noun is that of an earlier figure."""
    label, bare = _END.sub("", item.label), _END.sub("", name)
    if not item.lead or len(label) < 2 or item.tail.startswith("中的"):
        # 累计化解426件中的399件: the name is that of the second figure as well.
        return False
    if label == bare or item.label == name:
        return True
    if item.label.endswith(name) and len(name) > 2 and _PLAINLY.fullmatch(item.label[: -len(name)]):
        # 查出主要问题金额12.4亿元: all that was found.
        return True
    rest = bare.removeprefix(label) if bare.startswith(label) else ""
    return len(rest) >= 2 and any(rest in i.words for i in before if i.q.start < item.q.start)


def _sums(items: Sequence[Item]) -> list[Decimal]:
    """Every figure behind the base, and the sums of those that end at the part."""
    running, out = Decimal(0), list[Decimal]()
    for item in reversed(items[-6:]):
        running += item.q.amount
        out += [running, item.q.amount]
    return out
