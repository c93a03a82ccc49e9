"""What cannot be: rates above 100 %, parts above their whole, 100 % beside an unfinished remainder, wrong products."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from auditor.figures import units
from auditor.figures.judge import finding, number, shown
from auditor.figures.limits import check_limit
from auditor.figures.lists import like
from auditor.figures.means import check_mean
from auditor.figures.passages import Item, Period
from auditor.figures.per_capita import check_per_capita
from auditor.figures.quantity import QKind
from auditor.figures.share_lists import check_share_list
from auditor.figures.shares import SHARE, percent_as_written
from auditor.figures.subsets import check_subset
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

_CAN_EXCEED = regex(
    r"资本|资金|投资|增长|增幅|增速|完成|达成|执行(?!完毕|到位)|结收|收支|负债|收缴|入库|投入|保障|利用|使用|产值|拨备|结案|办结|涨|比率|保值"
)
_OF_ONE = regex(r"(?:占比|比重)分别(?:为|是|达)?$")
_IN_TIME = regex(r"期限内|期内|限内|按期|按时|及时|如期|限时")
"""What was done in time is a part of what was due, whatever was carried over."""
_OF_AIM = regex(
    r"(?:完成|达成|达到|超额|实现|占|为|是|相当于)[^，。；：]{0,24}(?:计划|任务|目标|指标|预算|上年|去年|同期|定额|核定|设计|应)[^。；：]{0,16}$"
)
"""完成年度目标4000套的105%: a share of what was planned may exceed it."""
_DONE = regex(r"办结|整改|完成|结案|审结|化解|答复|办复|回复|处理|调解|销号|办理|清零|支付|兑付")
_LEFT = regex(
    r"正在办理|正在审理|正在整改|正在调解|正在处理|尚未办结|尚未结案|尚未整改|尚未完成|未办结|未结案|未审结|未整改|未完成|"
    r"未答复|未办复|未回复|未化解|未处理|在办|尚未答复|尚未化解|未支付|未兑付|未销号|仍在办理|仍在整改"
)
_ALL = regex(
    r"(?:已|均已|现已)(?:经)?(?:按要求)?全部(?:办结|办理完毕|整改到位|整改完成|完成整改|化解|答复|销号|办复)"
)
_HEDGED = regex(r"按期|按时|及时|到期|限时|限期|时限|法定|应")
_EACH = regex(
    r"(?:各|每个?(?:村|镇|乡镇|社区|所|站|单位|部门|家|户|人|个)?)(?:均|都)?(?:配备|聘请|配|选派|派驻|培养|设立|设|明确|选聘|确定|建立|有|安排)?[^，。；：、]{0,10}$"
)
_PER = regex(r"每个?([件人户亩名场期份部台次村镇乡])[^，。；：]{0,10}$")
_PRODUCT = regex(
    r"^(?:总共|共计|合计|总计|一共|共)(?:配备|选派|派驻|培养|聘请|选聘|设立|计|有|安排|配发|发放|奖励|补助|补贴|支付|投入|培训|授课|宣讲|巡回审理)?(?:资金|补贴|补助)?$"
)

_GIVEN = regex(
    r"(?:总共|共计|合计|总计|一共|共)(?:已)?(?:配备|选派|派驻|培养|培育|聘请|选聘|设立|有|安排|配发|发放|建成|建立)(?:了)?([\u4e00-\u9fff]{2,8})$"
)


def check_bounds(doc: Document, period: Period, previous: Period | None) -> list[Finding]:
    out: list[Finding] = []
    items = period.items
    everything = [*items, *(i for _, inner in period.brackets for i in inner)]
    for item in everything:
        if item.q.kind is QKind.RATE and item.q.unit == "%" and item.q.value > 100:
            out += _above(doc, period, item)
    for index, item in enumerate(items):
        if index:
            out += check_subset(doc, period, items, index)
            out += check_limit(doc, period, items, index)
        if item.q.kind is QKind.RATE and item.q.value == 100 and not item.q.operator:
            out += _remainder(doc, period, items, index)
        out += _all_done(doc, period, items, index)
        out += _product(doc, period, items, index)
        out += check_mean(doc, period, items, index, previous)
    out += _shares(doc, period, items)
    out += check_share_list(doc, period, previous)
    out += check_per_capita(doc, period, previous)
    out += _all_but(doc, period, previous)
    return out


def _above(doc: Document, period: Period, item: Item) -> list[Finding]:
    names = item.q.names
    if not names or any(_CAN_EXCEED.search(n) and not _IN_TIME.search(n) for n in names):
        return []
    if _OF_AIM.search(period.text, max(0, item.q.start - period.start - 40), item.q.start - period.start):
        return []
    if not all(regex(r"率|占比|比例|比重|满意度|知晓度|覆盖").search(n) for n in names):
        return []
    stated = percent_as_written(item)
    return [
        finding(
            doc, period, [item], "above", Severity.ERROR,
            f"{'、'.join(names)}{stated}超过了100%", "不超过100%", stated,
        )
    ]  # fmt: skip


def _remainder(doc: Document, period: Period, items: Sequence[Item], index: int) -> list[Finding]:
    """办结率100% while 33件正在办理."""
    rate = items[index]
    done = [n for n in rate.q.names if _DONE.search(n) and not _HEDGED.search(n)]
    if not done:
        return []
    for other in [*items[index + 1 : index + 3], *reversed(items[max(0, index - 3) : index])]:
        if (
            other.plain
            and other.q.kind is QKind.COUNT
            and other.q.value > 0
            and _LEFT.search(other.lead[-14:] + other.tail[:14])
        ):
            if _HEDGED.search(other.words):
                continue
            return [
                finding(
                    doc, period, [rate, other], "remainder", Severity.WARNING,
                    f"{done[0]}写为100%，但另有{shown(other.q.amount, other)}尚未办完",
                    "低于100%", "100%",
                )
            ]  # fmt: skip
    return []


def _all_done(doc: Document, period: Period, items: Sequence[Item], index: int) -> list[Finding]:
    """已全部办结 beside 尚有5件未办结."""
    left = items[index]
    if not (index and left.plain and left.q.value > 0 and _LEFT.search(left.lead[-14:] + left.tail[:14])):
        return []
    told = period.text[max(0, items[index - 1].q.end - period.start) : left.q.start - period.start]
    if not like(items[index - 1], left) or not _ALL.search(told) or _HEDGED.search(told + left.tail):
        return []
    return [
        finding(
            doc, period, [items[index - 1], left], "remainder", Severity.WARNING,
            f"先说已全部办完，又说另有{shown(left.q.amount, left)}尚未办完", "没有剩余", shown(left.q.amount, left),
        )
    ]  # fmt: skip


def _of_unit(name: str, number_of: Item) -> bool:
    if name in "村镇乡":
        return number_of.q.group == "个" and name in number_of.tail[:2]
    return units.unit_class(name) == number_of.q.group


def _product(doc: Document, period: Period, items: Sequence[Item], index: int) -> list[Finding]:
    """为17个村各配备3名，共51名."""
    if index < 2:
        return []
    number_of, each, whole = items[index - 2], items[index - 1], items[index]
    first = _PER.search(number_of.lead) if like(number_of, whole) else None
    if first:
        # 每件补贴200元，全年412件，合计8.24万元: what each one gets may come first.
        number_of, each = each, number_of
    if not (
        number_of.plain and each.plain and whole.plain and like(each, whole) and not like(number_of, each)
    ):
        return []
    if (
        not _EACH.search(each.gap)
        or (first and not _of_unit(first[1], number_of))
        or not _in_all(whole.lead, each)
        or each.sep == "；"
        or whole.sep == "；"
    ):
        return []
    product = number_of.q.amount * each.q.amount
    half = max(whole.q.ulp, number_of.q.ulp * each.q.amount, each.q.ulp * number_of.q.amount) / 2
    if abs(product - whole.q.amount) <= half:
        return []
    return [
        finding(
            doc, period, [number_of, each, whole], "product", Severity.WARNING,
            f"{shown(number_of.q.amount, number_of)}×{shown(each.q.amount, each)}={shown(product, whole)}，"
            f"与所写的{shown(whole.q.amount, whole)}不符",
            shown(product, whole), shown(whole.q.amount, whole),
        )
    ]  # fmt: skip


def _in_all(lead: str, each: Item) -> bool:
    """共配备, also with the noun that every one of them was told to get: 每村配备法律顾问1名，共配备法律顾问17名."""
    if _PRODUCT.search(lead):
        return True
    match = _GIVEN.match(lead)
    return match is not None and len(match[1]) >= 2 and each.lead.endswith(match[1])


def _all_but(doc: Document, period: Period, previous: Period | None) -> list[Finding]:
    """办复率100%。另有3件未办复."""
    left = period.items[0] if period.items else None
    rate = previous.items[-1] if previous and previous.items else None
    if not left or not rate or rate.q.kind is not QKind.RATE or rate.q.value != 100 or rate.q.operator:
        return []
    done = [n for n in rate.q.names if _DONE.search(n) and not _HEDGED.search(n)]
    words = left.lead[-14:] + left.tail[:14]
    if not done or not left.plain or left.q.value <= 0 or left.q.start - period.start > 12:
        return []
    if not _LEFT.search(words) or _HEDGED.search(left.words):
        return []
    return [
        finding(
            doc, period, [left], "remainder", Severity.WARNING,
            f"前文{done[0]}写为100%，但另有{shown(left.q.amount, left)}尚未办完", "低于100%", "100%",
        )
    ]  # fmt: skip


def _shares(doc: Document, period: Period, items: Sequence[Item]) -> list[Finding]:
    """Shares of one whole in one list: 分别占45%、35%、25%."""
    for index, item in enumerate(items):
        shared = SHARE.search(item.lead) or _OF_ONE.search(item.lead)
        if item.q.kind is not QKind.RATE or not shared or "分别" not in item.lead:
            continue
        chosen = [item]
        for later in items[index + 1 :]:
            if later.q.kind is not QKind.RATE or later.sep not in ("、", "") or len(later.lead) > 1:
                break
            chosen.append(later)
        joint = sum((i.q.value for i in chosen), Decimal(0))
        slack = Decimal(len(chosen)) / 2 / Decimal(10) ** min(i.q.decimals for i in chosen)
        if len(chosen) >= 2 and joint > 100 + slack and all(i.q.exact for i in chosen):
            parts = "+".join(number(i.q.value) for i in chosen)
            return [
                finding(
                    doc, period, chosen, "shares", Severity.ERROR,
                    f"各占比之和为{parts}={number(joint)}%，超过了100%", "不超过100%", f"{number(joint)}%",
                )
            ]  # fmt: skip
    return []
