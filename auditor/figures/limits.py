"""A bound and the figure told beside it: 突破500个，总数达到487个; 26场，超过上年的31场."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.figures.judge import finding, number, shown
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

_OVER = frozenset(
    [
        "超过",
        "超",
        "逾",
        "突破",
        "高于",
        "多于",
        "大于",
        "余",
        "多",
        "有余",
        "以上",
        "不少于",
        "不低于",
        "至少",
        "不止",
    ]
)
_UNDER = frozenset(
    ["不足", "不到", "低于", "少于", "以下", "以内", "不超过", "不高于", "至多", "最多", "近", "将近", "接近"]
)
_AT_MOST = frozenset(["以内", "不超过", "不高于", "至多", "最多"])
_AIM = regex(r"计划|目标|任务|指标|要求|力争|确保|争取|预计|原定|应(?!诉|急)|不得|规定|标准|将|拟|需要")
_FREE = regex(
    r"截至|年末|年底|目前|现在|实际上?|事实上|现|总数|总量|总计|总额|合计|共计|累计|一共|共|全年|全县|全市|全区|全镇|全省|达到|达|为|实有|有|已|登记|"
    r"注册|在册|在岗|发生|数量|数|的|是|完成|开展|增至|升至|降至|增加到|上升到|下降到|到|年内|仅|只|约|其|人数|件数|户数|规模|则|却|具体|精确|准确|统计|办理"
)
_ELSEWHERE = regex(r"其中|另|新增|同比|较|比|上年|去年|(?<!目)前|首|最|平均|每|人均|个别|部分|今年(?!以来)")
_EVER = regex(r"累计|历年|历史|以来|连续")
_ONE = regex(r"每|各|平均|单|人均")
_BEYOND = regex(
    r"^(?:(?P<own>[\u4e00-\u9fff]{0,6}?)(?:数量|总量|总数|总额|金额|数额|件数|起数|宗数|场数|场次|次数|人数|户数|份数|条数))?(?:已|也|均|大幅|明显|远|远远|首次|略|再次)*(?P<word>超过|超出|高于|多于|突破|低于|少于|不及|不足)了?"
    r"(?:上一?年度?|去年|前年|上年同期|去年同期|年初|全年|年度|全市|全省|全国|本年度?|既定|预定|20\d\d年度?)*(?:计划|任务|目标|平均|要求|水平|指标)?(?:数|值|量|总数|总量|全年)?的?$"
)
_CALLED = regex(r"^(?:其|全年|案件|事项)+")
"""What is counted in general."""
_THEN = regex(
    r"(?P<word>超过|高于|多于|突破|低于|少于|不足)了?(?:上一?年度?|去年|前年|上年同期|去年同期|20\d\d年度?)(?:全年)?(?:总数|总量)?的?$"
)
_REACHES = regex(r"^(?:实际|全年|共|已)*(?:达到?|为|共)$")


def check_limit(doc: Document, period: Period, items: Sequence[Item], index: int) -> list[Finding]:
    """``items[index]`` and the figure before it."""
    one, two = items[index - 1], items[index]
    if (
        one.q.unit != two.q.unit
        or one.q.kind not in (QKind.COUNT, QKind.MONEY)
        or two.q.kind is not one.q.kind
    ):
        return []
    if (
        two.sep != "，"
        or one.q.upper is not None
        or two.q.upper is not None
        or one.q.spelled
        or two.q.spelled
    ):
        return []
    if one.q.operator and two.plain:
        return _bound(doc, period, one, two)
    if two.tail and not regex(r"大关|的?(?:目标|任务|计划|水平|总量|总数)").match(two.tail):
        return []
    if one.plain and two.plain:
        match = _BEYOND.fullmatch(two.lead)
        if match and _of_the_same(match["own"] or "", one):
            return _beside(doc, period, one, two, match["word"])
        if (match := _THEN.search(one.lead)) and _REACHES.fullmatch(two.lead):
            return _beside(doc, period, two, one, match["word"])
    return []


def _bound(doc: Document, period: Period, bound: Item, told: Item) -> list[Finding]:
    """突破2000名，目前登记在册1870名."""
    if bound.tail and not regex(r"大关|关口|$").match(bound.tail):
        return []
    if _AIM.search(bound.lead) or _ELSEWHERE.search(told.lead) or told.tail.startswith(("的", "中")):
        return []
    if _EVER.search(bound.lead) and not regex(r"累计|总数|总量").search(told.lead):
        return []
    rest = _FREE.sub("", told.lead)
    if rest and _ONE.search(bound.lead):
        return []
    if len(rest) > 1 and not all(rest[k : k + 2] in bound.lead for k in range(len(rest) - 1)):
        return []
    if len(rest) == 1 and rest not in bound.lead:
        return []
    if told.tail and not all(told.tail[k : k + 2] in bound.lead for k in range(min(3, len(told.tail) - 1))):
        return []
    word, low = bound.q.operator, bound.q.amount
    if word in _OVER and told.q.amount < low:
        return _report(doc, period, [bound, told], told, bound, "小于", f"所写的“{word}”")
    if word in _UNDER and (told.q.amount > low or (told.q.amount == low and word not in _AT_MOST)):
        sign = "大于" if told.q.amount > low else "等于"
        return _report(doc, period, [bound, told], told, bound, sign, f"所写的“{word}”")
    return []


def _of_the_same(own: str, told: Item) -> bool:
    """案件数量, 申请件数: what the bound counts is what was told before it; 办结数量 may be of something else."""
    own = _CALLED.sub("", own)
    return (
        own in told.words if len(own) < 2 else all(own[k : k + 2] in told.words for k in range(len(own) - 1))
    )


def _beside(doc: Document, period: Period, told: Item, bound: Item, word: str) -> list[Finding]:
    """26场，超过上年的31场."""
    over = word in ("超过", "超出", "高于", "多于", "突破")
    gap = told.q.amount - bound.q.amount
    if gap == 0 or (gap > 0) == over or abs(gap) < max(told.q.ulp, bound.q.ulp):
        # 1.2万件，超过上年的12010件: rounded, it may well be more.
        return []
    sign = "大于" if gap > 0 else "小于"
    return _report(doc, period, [told, bound], told, bound, sign, f"所写的“{word}”")


def _report(
    doc: Document, period: Period, items: list[Item], told: Item, bound: Item, sign: str, said: str
) -> list[Finding]:
    a, b = shown(told.q.amount, told), shown(bound.q.amount, bound)
    return [
        finding(
            doc, period, items, "bound", Severity.WARNING, f"{a}{sign}{b}，与{said}不符（相差"
            f"{number(abs(told.q.value - bound.q.value))}{told.q.unit}）",
            f"{'不小于' if sign == '小于' else '小于'}{b}", a,
        )
    ]  # fmt: skip
