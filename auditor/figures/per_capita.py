"""How many there are for every ten thousand people: 常住人口86.2万人，有律师362名，每万人拥有律师4.2名."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from auditor.figures.compare import BASE
from auditor.figures.judge import finding, rounded, shown
from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

ROOM = Decimal("0.03")
"""How far off a ratio may be besides its rounding: populations are told of another day, or rounded further."""
_EACH = regex(
    r"(?:平均)?每(?P<many>百|千|万|十万|百万)(?:名|个)?(?P<people>常住人口|户籍人口|人口|人|居民|群众)(?:中|里)?"
    r"(?:平均)?(?:拥有|有|配备|配有|享有|配置)?(?P<noun>[^，。；：、\d每]{2,10}?)(?:数|数量|人数)?(?:为|达到|达|约|有|超过)?$"
)
_MANY = {"百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6}
_PEOPLE = regex(
    r"(?:(?:常住|户籍|总)人口|^(?:全[省市州县区镇乡旗]|现有|共有|辖区|辖|总)*人口)(?:总数|总量)?(?:为|约|达|有|共)*$"
)
_GENERAL = regex(r"^(?:(?:现|共|拥|已|全[省市县区]|执|从)*有?|执业|专职|注册|专业|持证)+")
_NOT_ALL = regex(r"新增|其中|增加|减少|另有|招录|新聘|培训|培养|党员|女|授权|申请|受理|评选|表彰")


def check_per_capita(doc: Document, period: Period, previous: Period | None) -> list[Finding]:
    """Findings where the stated ratio is none of what the populations and the only number of such people yield."""
    out: list[Finding] = []
    told = [*(previous.items if previous else ()), *period.items]
    populations = [i for i in told if i.plain and i.q.group == "人" and _PEOPLE.search(i.lead)]
    if not populations:
        return out
    for mean in period.items:
        match = _EACH.search(mean.lead) if mean.plain and mean.q.value > 0 else None
        if match is None or BASE.search(mean.lead[: match.start()]):
            continue
        noun = _GENERAL.sub("", match["noun"])
        alike = [
            i for i in told if like(i, mean) and i is not mean and i not in populations and noun in i.words
        ]
        whole = _only(alike, mean)
        if whole is None or len(noun) < 2:
            continue
        unit = Decimal(_MANY[match["many"]])
        values = [whole.q.amount * unit / p.q.amount for p in populations if p.q.amount > 0]
        if not values or any(_fits(mean, value) for value in values):
            continue
        value = values[-1]
        if not mean.q.value / 2 <= value <= mean.q.value * 2:
            continue
        people = populations[-1]
        expected = shown(rounded(value, max(1, mean.q.decimals)), mean)
        stated = shown(mean.q.amount, mean)
        within = [i for i in (people, whole, mean) if period.start <= i.q.start < period.end]
        out.append(
            finding(
                doc, period, within, "mean", Severity.WARNING,
                f"{shown(whole.q.amount, whole)}÷{shown(people.q.amount, people)}，每{match['many']}人为{expected}，"
                f"与所写的{stated}不符",
                expected, stated,
            )
        )  # fmt: skip
    return out


def _only(alike: Sequence[Item], mean: Item) -> Item | None:
    """The one count of those people that is told before the ratio; None where several or inexact ones are."""
    counts = [
        i
        for i in alike
        if i.q.kind is QKind.COUNT and not _NOT_ALL.search(i.lead) and not BASE.search(i.lead)
    ]
    if len(counts) != 1 or not counts[0].plain or counts[0].q.start > mean.q.start:
        return None
    return counts[0]


def _fits(mean: Item, value: Decimal) -> bool:
    return abs(value - mean.q.value) <= mean.q.ulp_of_rate + value * ROOM
