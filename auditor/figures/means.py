"""Averages: 320人参加，累计9600学时，人均30学时; 赔付460万元，平均每件5.6万元; 以办结案件1743件计算，案均1.2万元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec.structs import replace

from auditor.figures import units
from auditor.figures.compare import BASE
from auditor.figures.judge import finding, per_cent_fits, rounded, shown, total
from auditor.figures.last_years import of_two_years
from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.figures.subjects import akin
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

_MEAN = regex(
    r"(?:(?P<each>平均每一?个?|每一?个?)(?P<noun>乡镇|镇街|街道|部门|单位|社区|网格|班次|批次|场次|户次|家次|件次|人次|工作日|季度|[\u4e00-\u9fff])(?:（(?P<other>[^（）]{1,6})）)?(?P<after>平均)?|(?P<unit>[人户件次场案部期批所村镇份卷宗起月队家])均|平均单?(?P<single>[案件宗起])?)"
    r"(?P<what>[^，。；：、]{0,8})$"
)
_AS_UNIT = {"案": "件", "名": "人", "队": "支"}
_PLACES = frozenset({"村", "镇", "乡", "乡镇", "镇街", "街道", "部门", "单位", "社区", "所", "站", "网格"})
_BASIS = regex(r"(?:按|以|按照|上述|前述|这|该|对)[^，。；：、]{0,14}$")
_RECKONED = regex(r"^[^，。；：、]{0,4}(?:计|测算|折算|来算|为基数|平均)")
_APART = regex(r"其余|其他|另有|不含|不包括|除.{1,12}外")
_COUNTED = (QKind.COUNT, QKind.MONEY)
_MORE_THAN = ("超过", "超", "逾", "突破", "以上")
_COMPARED = regex(r"相比|相较|比较|对比")
_NEARLY = ("近", "将近", "接近")
_AND_MORE = ("余", "多")
_FAR = 12
"""Figures of the same sentence, and of the one before, among which the operands are looked for."""
_TOGETHER = regex(r"^(?:总|共|累计|合计)|共(?:[\u4e00-\u9fff]{2,4})?$")
_OF_A_KIND = regex(r"示范|试点|先进|样板|达标|创建|新增|新建|命名|建成")
_EVENTS = frozenset({"场", "期", "班", "堂", "次", "场次", "班次", "课"})
_DOERS = regex(r"团|队$|队伍|讲师|宣讲员|志愿者|律师|专家|顾问|副校长|辅导员|教官")
_TAUGHT = regex(r"培训|参训|参加|轮训|受众|听众|观众")
_TIMES = Decimal("2.5")
_GENERIC = frozenset({"案件", "全年", "全县", "全市", "全区", "全镇", "办理", "平均", "年内", "折合", "相当"})
_FILL = regex(r"(?:约|近|超过|超|突破|逾|为|达到|达|仅|金额|资金|总额|数额|办理|承办)+")
_MONEY_NOUNS = (
    "罚没",
    "罚款",
    "没收",
    "补贴",
    "补助",
    "赔偿",
    "赔付",
    "经费",
    "薪",
    "救助",
    "损失",
    "税",
    "标的",
    "奖励",
)


def check_mean(
    doc: Document, period: Period, items: Sequence[Item], index: int, previous: Period | None
) -> list[Finding]:
    mean = items[index]
    # 平均, 均 or 每 stands in whatever ``_MEAN`` finds.
    match = _MEAN.search(mean.lead) if "均" in mean.lead or "每" in mean.lead else None
    if (
        not match
        or not (mean.plain or _roughly(mean))
        or not mean.q.value
        or (match["each"] in ("每", "每个") and not match["after"] and "均" not in match["what"])
    ):
        return []
    name = match["noun"] or match["unit"] or match["single"] or _spent(match, mean, items[:index])
    if not name or _APART.search(mean.tail + items[index + 1].gap if index + 1 < len(items) else mean.tail):
        return []
    before = [i for i in items[max(0, index - _FAR) : index] if not BASE.search(i.lead)]
    near = previous.items if previous and "\n" not in (previous.text[-1:], period.text[:1]) else ()
    earlier = [i for i in near[-_FAR:] if not BASE.search(i.lead)]
    after = items[index + 1 : index + 3]
    if name == "月":
        return _monthly(doc, period, mean, name, _totals(mean, match["what"], before))
    joint = _joint(name, match["other"], before)
    counts = [joint] if joint else _counts(match, name, mean, before, after[:1])
    members: list[Item] = []
    if not counts:
        counts = _counts(match, name, mean, earlier, ()) if index <= 1 else []
        counts = counts if len(counts) == 1 else []
    else:
        counts, members = _without_members(counts)
    totals = _totals(mean, match["what"], before)
    totals = [i for i in totals if not _tells_it(match, mean, i)]
    if any(i.q.group == "人次" and i.q.start > whole.q.start for i in before for whole in totals[-1:]):
        # 讲师团186人，受众1.86万人次，平均每场148人: who came is told as visits.
        return []
    totals += [
        i for i in after if like(i, mean) and _TOGETHER.search(i.lead if i.sep else i.gap) and i.sep != "；"
    ]
    if not totals and index <= 2:
        totals = _totals(mean, match["what"], earlier)
        totals = totals if len(totals) == 1 else []
    if not 1 <= len(totals) <= 3 or not 1 <= len(counts) <= 3:
        return []
    if not all(i.plain and i.q.amount > 0 for i in (*totals, *counts)):
        return []
    counts = [i for i in counts if not _narrower(mean.lead[: match.start()], i)]
    # 平均每村5名；建成示范村26个: places of a kind that the mean does not name are none of its own.
    counts = [
        i for i in counts if name not in _PLACES or i.q.start < mean.q.start or not _OF_A_KIND.search(i.words)
    ]
    if not counts or any(_fits(mean, whole, count) for whole in totals for count in (*counts, *members)):
        return []
    # What stands behind the mean is its operand only where nothing before it can be.
    whole, count = totals[-1], next((i for i in reversed(counts) if i.q.start < mean.q.start), counts[-1])
    # 挽损215.4万元，与上年182.8万元相比…，处理投诉3077件: a base told in passing begins no other year.
    told = [i for i in items[:index] if not (BASE.search(i.lead) and _COMPARED.match(i.tail))]
    if of_two_years([*told, *items[index:]], len(told), whole, count):
        return []
    scale = mean.q.amount / mean.q.value
    value = rounded(whole.q.amount / count.q.amount / scale, 2)
    afar = min(whole.q.start, count.q.start) < period.start
    of_a_kind = name in _PLACES and _OF_A_KIND.search(count.words)
    # 户均近8000元，其中小微企业3486户: what stands behind is no other count where one stands before.
    ahead = [i for i in counts if i.q.start < mean.q.start] or counts
    unsure = afar or mean.q.operator or len(ahead) < len(counts)
    far = not mean.q.value / _TIMES <= value <= mean.q.value * _TIMES
    if far and (len(totals) * len(ahead) > 1 or of_a_kind or (unsure and not _tenfold(mean, value))):
        # So far off that the figures surely belong to something else.
        return []
    stated = shown(mean.q.amount, mean) + ("以上" if mean.q.operator in _MORE_THAN else "")
    expected = shown(value * scale, mean)
    return [
        finding(
            doc, period, [i for i in (whole, count, mean) if period.start <= i.q.start < period.end], "mean",
            Severity.WARNING,
            f"{shown(whole.q.amount, whole)}÷{shown(count.q.amount, count)}={expected}，与所写的平均数{stated}不符",
            expected, stated,
        )
    ]  # fmt: skip


def _monthly(doc: Document, period: Period, mean: Item, name: str, totals: Sequence[Item]) -> list[Finding]:
    """全年受理21600件，平均每月1800件: a year has twelve months."""
    told = [i for i in totals if i.plain and regex(r"全年|年内|一年").match(i.lead)]
    if name != "月" or len(told) != 1 or len(totals) != 1 or told[0].q.amount <= 0:
        return []
    whole, scale = told[0], mean.q.amount / mean.q.value
    value = whole.q.amount / 12 / scale
    slack = max(Decimal(1), value / 50) if mean.q.decimals == 0 else mean.q.ulp_of_rate
    if abs(value - mean.q.value) <= slack or not mean.q.value / 2 <= value <= mean.q.value * 2:
        return []
    expected, stated = shown(rounded(value, 2) * scale, mean), shown(mean.q.amount, mean)
    return [
        finding(
            doc, period, [whole, mean], "mean", Severity.WARNING,
            f"{shown(whole.q.amount, whole)}÷12个月={expected}，与所写的每月平均{stated}不符", expected, stated,
        )
    ]  # fmt: skip


def _spent(match: re.Match[str], mean: Item, before: Sequence[Item]) -> str:
    """案件 when the mean is a time and a total of the same unit is told: 用时共计9152天，…平均审理周期32天."""
    if mean.q.unit not in units.TIME or not regex(r"周期|用时|时长|时限|天数|时间").search(match["what"]):
        return ""
    told = any(like(i, mean) and regex(r"总|共|累计").search(i.lead) for i in before[-_FAR:])
    return "件" if told else ""


def _narrower(words: str, count: Item) -> bool:
    """刑事案件件均…: the mean is one of a kind that the count does not name."""
    pairs = {words[k : k + 2] for k in range(len(words) - 1)}
    told = pairs - _GENERIC - {p for p in pairs if p[0] in "件案" or p[1] in "案全"}
    return bool(told) and not any(p in count.words for p in told)


def _counts(
    match: re.Match[str], name: str, mean: Item, before: Sequence[Item], after: Sequence[Item]
) -> list[Item]:
    """What the total is divided by; only the figure that 以…计 or 上述… names where there is one."""
    keys = {units.unit_class("个" if name in _PLACES else _AS_UNIT.get(name, name))}
    if match["each"] and match["each"].endswith("个") and name not in _PLACES:
        keys = {"个"}
    if name == "人":
        keys.add("人次")
    if name in ("件", "案"):
        keys.add("件")
    found = [
        i for i in [*before, *after]
        if i.q.group in keys and i.q.kind is QKind.COUNT and not like(i, mean)
    ]  # fmt: skip
    if keys == {"个"} and name not in _PLACES:
        found = [i for i in found if any(c in i.words for c in name + match["what"][:3])]
    if name in _PLACES:
        found = [i for i in found if name[0] in i.tail or name[0] in i.lead]
    named = [
        i
        for i in found
        if _BASIS.search(i.lead) and (_RECKONED.search(i.tail) or regex(r"上述|前述").search(i.lead))
    ]
    return named[-1:] or found


def _without_members(counts: list[Item]) -> tuple[list[Item], list[Item]]:
    """23件，其中…11件、…8件、…4件: the wholes, and the members of lists that make up one of them in full."""
    wholes, members = list[Item](), list[Item]()
    at = 0
    while at < len(counts):
        wholes.append(counts[at])
        last = at + 1
        while last < len(counts) and (last == at + 1 or counts[last].sep == "、"):
            last += 1
        parts = counts[at + 1 : last]
        if len(parts) > 1 and all(i.plain for i in parts) and total(parts) == counts[at].q.amount:
            members += parts
            at = last
        else:
            at += 1
    return wholes[-4:], members


def _joint(name: str, other: str | None, before: Sequence[Item]) -> Item | None:
    """12个村、2个社区 for 平均每个村（社区）: both kinds of places are counted together."""
    if not other:
        return None
    for one, two in pairwise(before):
        kinds = [regex(r"(?:行政|自然)?").match(i.tail) for i in (one, two)]
        tails = [i.tail[k.end() if k else 0 :] for i, k in zip((one, two), kinds, strict=True)]
        named = any(
            tails[0].startswith(a) and tails[1].startswith(b) for a, b in ((name, other), (other, name))
        )
        if named and one.plain and two.plain and like(one, two) and two.sep in ("", "、"):
            return replace(one, q=replace(one.q, value=one.q.value + two.q.value))
    return None


def _tells_it(match: re.Match[str], mean: Item, whole: Item) -> bool:
    """宣讲团32人，宣讲86场，平均每场126人: those who speak are not those who listen."""
    name = match["noun"] or match["unit"]
    if mean.q.group != "人" or name not in _EVENTS:
        return False
    # More came to each event than there are in all: they are others, however they are called.
    return whole.q.amount < mean.q.amount or bool(
        _DOERS.search(whole.lead) and not _TAUGHT.search(whole.words)
    )


def _totals(mean: Item, what: str, before: Sequence[Item]) -> list[Item]:
    """What is divided: figures in the measure word of the mean, by the noun of the mean where money is told."""
    found = [i for i in before if like(i, mean) and i.q.kind is mean.q.kind]
    if mean.q.kind is not QKind.MONEY:
        return found[-4:]
    noun = _FILL.sub("", what)
    named = [i for i in found if akin(noun, i.words)]
    if named:
        return named
    if any(word in i.words for i in found for word in _MONEY_NOUNS if noun and word not in noun):
        return []
    return found[-4:]


def _tenfold(mean: Item, value: Decimal) -> bool:
    """约70元 for 700: the digits are right and the place of the last one is not."""
    room = Decimal("0.05") if mean.q.operator else Decimal("0.02")
    return any(abs(value / mean.q.value.scaleb(k) - 1) <= room for k in (-4, -3, -2, -1, 1, 2, 3, 4))


def _place(value: Decimal) -> Decimal:
    """What one of the last digit that is no nought is worth: 1000 in 8000, 100 in 1500."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)


def _roughly(mean: Item) -> bool:
    """约4.5名: believed within a tenth; 超过1.5万元: no less than that."""
    told = mean.q.operator in ("约", "大约", "约为", *_NEARLY, *_AND_MORE, *_MORE_THAN)
    return told and mean.q.upper is None and mean.q.kind in _COUNTED


def _fits(mean: Item, whole: Item, count: Item) -> bool:
    scale = mean.q.amount / mean.q.value
    low = (whole.q.amount - whole.q.ulp / 2) / (count.q.amount + count.q.ulp / 2) / scale
    high = (whole.q.amount + whole.q.ulp / 2) / max(count.q.amount - count.q.ulp / 2, Decimal("0.1")) / scale
    if mean.q.operator in _MORE_THAN:
        return high >= mean.q.value - mean.q.ulp_of_rate * mean.q.scale / 2
    place = max(mean.q.value / 10, _place(mean.q.value))
    if mean.q.operator in _AND_MORE:
        return low - place <= mean.q.value <= high + mean.q.value / 20
    if mean.q.operator in _NEARLY:
        return low - mean.q.value / 20 <= mean.q.value <= high + place
    if mean.q.operator:
        # People round an average that they call rough to the next handy figure.
        room = max(mean.q.value / 10, mean.q.ulp_of_rate * mean.q.scale / 2)
        return low - room <= mean.q.value <= high + room
    decimals = mean.q.decimals if mean.q.scale == 1 else mean.q.decimals - 4
    return per_cent_fits(low, high, mean.q.value, decimals)
