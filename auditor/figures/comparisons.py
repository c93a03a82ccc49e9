"""A figure and the one it is held beside: 与上年的47件持平; 比全市平均水平87.2%高出3.3个百分点."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from auditor.figures import units
from auditor.figures.compare import usable
from auditor.figures.judge import finding, number, shown
from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

_WITH_LAST = regex(
    r"[^，。；：、（）\d]{0,6}，(?:数量|总数|总量)?(?:[也均]|同样)*[与和同跟较比](?:上年度?|去年|上一年度?|前一年|前年|20\d\d年度?|上年同期|去年同期)"
    r"(?:同期|全年)?的?（?"
)
_LEVEL = regex(r"）?(?:相比)?，?(?P<how>基本|大体上?|大致|总体|整体|相对|几乎|略有变化但)*(?:保持|实现)?持平")
_PLAIN_GRACE, _ROUGH_GRACE, _FEW = Decimal("0.01"), Decimal("0.1"), Decimal(2)
"""What 持平 may hide of a large figure, 基本持平 of any, and 基本持平 of a small one."""
_WORDS = r"(?:全[国省市县区州盟镇乡]|[国省市县区州部]|年度|年初|上级|既定|预定|下达|设定|规定|考核|计划|总体|同期|同类|行业|国家|所?定|的|了|）|（)*"
_NOUN = (
    r"(?:平均(?:水平|值|线|数)?|均值|目标(?:值|任务|要求)?|指标(?:值)?|要求(?:值)?|标准(?:值)?|序时进度|任务)"
)
_VERB = r"(?P<verb>高于|高出|超过|超出|超|低于|低出|优于|好于|领先于?|落后于?|快于|慢于|较|比)"
_MARKED = regex(rf"，{_VERB}{_WORDS}(?P<noun>{_NOUN})?{_WORDS}")
_THEN = regex(
    rf"）?的?{_WORDS}(?P<noun>{_NOUN})?，?(?P<way>高出?|低出?|超出?|超过|多出?|少|快|慢|领先|落后|提高|提升|好)?了?"
)
_MORE = frozenset(["高于", "高出", "超过", "超出", "超", "高", "多", "多出"])
_LESS = frozenset(["低于", "低出", "低", "少"])


def check_comparisons(doc: Document, period: Period) -> list[Finding]:
    flat = sorted(
        [*period.items, *(i for _, inner in period.brackets for i in inner)], key=lambda i: i.q.start
    )
    out = list[Finding]()
    for index in range(1, len(flat)):
        out += _level(doc, period, flat, index)
        if index + 1 < len(flat):
            out += _apart(doc, period, flat, index)
    return out


def _level(doc: Document, period: Period, flat: Sequence[Item], index: int) -> list[Finding]:
    """案件52件，与上年的47件持平: two figures that are not the same."""
    now, base = flat[index - 1], flat[index]
    told = _LEVEL.match(period.text, base.q.end - period.start)
    if told is None or not (usable(now) and usable(base) and like(now, base)) or now.lead.endswith("分别"):
        return []
    ahead = [i.q.amount for i in flat[:index] if like(i, base) and usable(i)]
    if not _WITH_LAST.fullmatch(_between(period, now, base)) or (now.sep == "、" and len(ahead) > 1):
        return []
    grace = base.q.amount * (_ROUGH_GRACE if told["how"] else _PLAIN_GRACE)
    if told["how"] and base.q.kind is QKind.COUNT:
        grace = max(grace, _FEW)
    sums = [*ahead, *accumulate(reversed(ahead))]
    if any(abs(value - base.q.amount) <= max(grace, base.q.ulp, now.q.ulp) for value in sums):
        return []
    apart = abs(now.q.amount - base.q.amount)
    gap = number(apart) + units.POINTS if now.q.unit == "%" else shown(apart, now)
    said = (told["how"] or "") + "持平"
    return [
        finding(
            doc, period, [now, base], "change", Severity.WARNING,
            f"{shown(now.q.amount, now)}与{shown(base.q.amount, base)}相差{gap}，与所写的“{said}”不符",
            shown(base.q.amount, base), shown(now.q.amount, now),
        )
    ]  # fmt: skip


def _apart(doc: Document, period: Period, flat: Sequence[Item], index: int) -> list[Finding]:
    """胜诉率90.5%，比全市平均水平87.2%高出2.3个百分点; 占31.2%，超省定30%的目标2.2个百分点."""
    bench, points = flat[index], flat[index + 1]
    if points.q.unit != units.POINTS or not points.q.exact or points.q.value <= 0:
        return []
    if bench.q.kind is not QKind.RATE or bench.q.unit != "%" or bench.q.upper is not None:
        return []
    ahead = [i for i in flat[:index] if i.q.kind is QKind.RATE and i.q.unit == "%"]
    own = ahead[-1] if ahead else None
    if own is None or not usable(own) or (own.sep == "、" and len(ahead) > 1):
        return []
    last = flat[index - 1]
    marked = _MARKED.fullmatch(_between(period, last, bench))
    then = _THEN.fullmatch(_between(period, bench, points))
    if marked is None or then is None or not (marked["noun"] or then["noun"]):
        return []
    if last is not own and not (last.q.unit == units.POINTS and flat[index - 2] is own):
        return []
    if bench.q.operator and bench.q.operator != marked["verb"]:
        return []
    fits = [_leads(i, bench, points) for i in ahead if usable(i)]
    word = then["way"] or marked["verb"]
    gap = own.q.value - bench.q.value
    if any(fits) or gap == 0 or (gap < 0 and word in _MORE) or (gap > 0 and word in _LESS):
        # On which side of the mark it lies is another matter.
        return []
    expected, stated = number(abs(gap)) + "个百分点", number(points.q.value) + "个百分点"
    big, small = sorted((own.q.value, bench.q.value), reverse=True)
    return [
        finding(
            doc, period, [own, bench, points], "change", Severity.WARNING,
            f"{number(big)}-{number(small)}={expected}，与所写的相差{stated}不符", expected, stated,
        )
    ]  # fmt: skip


def _leads(own: Item, bench: Item, points: Item) -> bool:
    ulp = max(own.q.ulp_of_rate, bench.q.ulp_of_rate, points.q.ulp_of_rate)
    return abs(abs(own.q.value - bench.q.value) - points.q.value) <= (ulp if ulp < 1 else 0)


def _between(period: Period, one: Item, two: Item) -> str:
    return period.text[one.q.end - period.start : two.q.start - period.start]
