"""Numerator, denominator and rate: 反馈问题22条，整改完成20条，整改率95.2%.

The name of the rate says which figure is its numerator (整改率: the one at 整改); the denominator is the nearest
figure of the same kind before it, or the one the name calls for (出庭率: 开庭, 应诉). Whenever any fair pair of
figures in the passage yields the stated rate, nothing is said.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from decimal import Decimal

from auditor.figures.judge import finding, per_cent_fits, percent, ratio_bounds, shown
from auditor.figures.lists import MOST, like
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.model import Finding, Severity
from auditor.text.document import Document

_HEDGED = re.compile(
    r"按期|按时|及时|到期|限时|限期|时限|超期|规范|满意|知晓|好评|准确|合法率|提交|送达|一次性|法定"
)
"""Rates about a manner: only a figure named in the same words can be their numerator."""
_WORDS: tuple[tuple[str, str], ...] = (
    ("办结", r"办结|办理完|结案|审结|已结"),
    ("办复", r"办复|答复|回复|办结"),
    ("答复", r"答复|回复|办复"),
    ("回复", r"回复|答复|办复"),
    ("结案", r"结案|审结|办结|已结"),
    ("审结", r"审结|办结|结案"),
    ("整改", r"整改|销号"),
    ("销号", r"销号|整改"),
    ("完成", r"完成|办结"),
    ("调撤", r"调撤|和解|撤诉|调解"),
    ("调成", r"调成|成功|达成"),
    ("成功", r"成功|达成|调成"),
    ("化解", r"化解|成功|办结"),
    ("出庭", r"出庭"),
    ("应诉", r"出庭"),
    ("胜诉", r"胜诉"),
    ("败诉", r"败诉"),
    ("纠错", r"纠错"),
    ("纠正", r"纠正"),
    ("合格", r"(?<!不)合格|达标"),
    ("达标", r"达标|合格"),
    ("优秀", r"优秀|优良"),
    ("通过", r"通过|合格"),
    ("覆盖", r"覆盖|配备"),
    ("兑", r"兑付|兑现"),
    ("网办", r"网办|网上办|网上可办"),
    ("公示", r"公示"),
    ("参训", r"参训|参加"),
    ("参与", r"参与|参加"),
    ("到课", r"到课|参加"),
    ("持证", r"持证|取得|持有"),
    ("调解", r"调解|调处"),
    ("处置", r"处置|处理"),
    ("处理", r"处理|处置"),
    ("履行", r"履行|执行"),
    ("预算执行", r"支出|执行|支付"),
    ("执行", r"执行|履行"),
    ("采纳", r"采纳"),
    ("录入", r"录入"),
    ("审核", r"审核"),
    ("审查", r"审查"),
    ("备", r"报备|备案"),
    ("回收", r"收回|回收"),
    ("查实", r"查实|属实"),
)
_NEGATED = re.compile(r"未|不(?!断)|尚|限期|正在|待|需|拟|应(?!诉)|结转")
_OUTCOME = re.compile(
    r"纠错|维持|驳回|撤销|变更|违法|终止|调撤|和解|移送|结转|罚款|处分|问责|采纳|合格|优秀|不予|废止|失效|满意|未|不"
)
_IN_PLACE = re.compile(r"到岗|在岗|在编|到位|覆盖|落实|配备|到账|入驻|进驻")
_ACTUAL = re.compile(r"^(?:其中)?(?:已(?!经)|实有|实到|实际|现有)")
_COURT = re.compile(r"开庭|应诉|诉讼|应出庭|应当出庭|被诉|庭审")
_BASE = re.compile(
    r"(?:较|比|与|同)(?:上年|去年|同期|上一年|20\d\d年)|(?<!对)(?:上年|去年|上年同期|去年同期|同期|20\d\d年)(?:的|为|是)?$"
)
_RECEIVED = re.compile(
    r"受理|收|接|立案|办理|反馈|抽|应|参加|参训|开庭|申请|提出|征求|征集|发放|检查|检验|检测|测评|任务|案件|移交|交办|排查|核查|报名|调解"
)
_OUT_OF = re.compile(r"^[^，。；]{0,12}中(?:，)?(?:共)?(?:已)?(?:有|已有|的)?$")
_AMONG = re.compile(r"其中|中(?:，)?(?:共)?(?:已)?(?:有|已有)?$|包括|分为")
SHARE = re.compile(r"占(?:比|到|了)?(?:[^，。；：、\d]{0,12}的)?(?:比例|比重)?(?:分别)?(?:为|达到|达)?$")
_OUTSIDE = re.compile(r"占(?:全国|全省|全市|全州|全区|全县|同期|同类|GDP|财政|地区)")
_WAITING = re.compile(
    r"未到期|未到(?:办理|整改)?期限|尚在(?:办理|法定)?期限|按程序|按计划|序时|长期(?:坚持|整改)"
)


def check_rates(doc: Document, period: Period, previous: Period | None) -> list[Finding]:
    flat = sorted(
        [*period.items, *(i for _, inner in period.brackets for i in inner)], key=lambda i: i.q.start
    )
    out: list[Finding] = []
    for index, item in enumerate(flat):
        if item.q.kind is not QKind.RATE or not item.q.exact or item.q.unit != "%":
            continue
        whole = flat[index - 1] if index > 1 else None
        if whole and item.gap == "的" and re.search(r"占[^，。；]{0,12}$", whole.lead):
            found = _share_of(doc, period, flat[index - 2], whole, item)
        elif SHARE.search(item.lead) and not re.search(r"占.{0,12}率", item.lead):
            found = _share(doc, period, flat, index)
        else:
            before = flat[:index]
            lonely = index == 0 and previous is not None and item.q.start - period.start <= 20
            context = list(previous.items) if lonely and previous else []
            found = None
            for name in item.q.names:
                found = found or _rate(doc, period, [*context, *before], item, flat[index + 1 :], name)
        if found:
            out.append(found)
    return out


def _numerator(name: str, items: Sequence[Item]) -> list[Item]:
    """Figures that the name of the rate calls its numerator, in order."""
    stem = re.sub(r"(?:率|占比|比例|比重|满意度)$", "", name)
    if hedge := _HEDGED.search(name):
        return [i for i in items if hedge[0] in i.lead and not re.search(r"未|不", i.lead[-6:])]
    full = [i for i in items if len(stem) >= 2 and stem in _own(i) and not _NEGATED.search(_own(i)[-8:])]
    if full:
        return full
    pattern = next((words for key, words in _WORDS if key in stem), None)
    if pattern is None:
        if len(stem) < 2:
            return []
        pattern = re.escape(stem[-2:])
    chosen = re.compile(pattern)
    return [i for i in items if _matches(i, chosen)]


def _own(item: Item) -> str:
    """Label of a figure, but not the words that lead on to the next one."""
    return item.label if item.lead or not item.shared else ""


def _matches(item: Item, pattern: re.Pattern[str]) -> bool:
    for part in (item.lead, "" if item.shared or pattern.search(item.lead) else item.tail):
        hit = pattern.search(part)
        if hit and not _NEGATED.search(
            part[max(0, hit.start() - 4) : hit.start()] + part[hit.end() : hit.end() + 1]
        ):
            return True
    return False


def _rate(
    doc: Document, period: Period, before: Sequence[Item], rate: Item, after: Sequence[Item], name: str
) -> Finding | None:
    plain = [i for i in before if i.plain and not _BASE.search(i.lead)][-MOST:]
    upper = next((k for k, i in enumerate(after) if i.q.kind is QKind.RATE), len(after))
    behind = [i for i in after[: min(upper, 4)] if i.plain]
    numerators = _numerator(name, plain)
    if before and _OUT_OF.search(before[-1].gap) and before[-1].plain and rate.sep != "；":
        # 24家单位中，18家…，覆盖率75%: the wording itself names part and whole.
        numerators = [before[-1]]
    last = before[-1] if before else None
    if not numerators and last and last.plain and _IN_PLACE.search(name) and _ACTUAL.search(last.lead):
        # 核定编制240名，实有192人，到岗率80%: 实有 and 已 say which figure is the part.
        numerators = [last]
    if numerators:
        n = numerators[-1]
        denominators = [i for i in plain if i.q.start < n.q.start and like(i, n) and i not in numerators]
    else:
        # The rate may come first: 办结率95%，受理200件，办结190件.
        if not behind or behind[0].sep == "；":
            return None
        numerators = [i for i in _numerator(name, behind) if not re.search(r"正在|尚|未", i.lead[-10:])]
        if not numerators:
            return None
        n = numerators[0]
        denominators = [i for i in [*behind, *plain] if i is not n and like(i, n)]
    # What is itself the outcome of something (维持, 纠错, 合格) or has a rate of its own is no denominator.
    rated = {i.q.start for i, j in itertools.pairwise(before) if j.q.kind is QKind.RATE}
    denominators = [i for i in denominators if not _OUTCOME.search(i.lead[-8:]) and i.q.start not in rated]
    possible = [i for i in denominators if i.q.amount >= n.q.amount]
    if any(not i.q.exact and like(i, n) for i in before):
        return None
    if not possible:
        # More done than there was: only where one single figure can be the denominator.
        neighbour = bool(denominators) and denominators[-1].q.unit == n.q.unit and n.sep in ("，", "、", "；")
        if (
            not neighbour
            or not _RECEIVED.search(denominators[0].words)
            or _HEDGED.search(name)
            or rate.q.value > 100
        ):
            return None
        possible = [max(denominators, key=lambda i: i.q.amount)]
    if _fits_somehow(rate, n, numerators, [*plain, *behind], denominators):
        return None
    if rate.q.value == 100 and _WAITING.search(period.text):
        return None
    d = possible[-1]
    if re.search(r"出庭|应诉", name):
        court = [i for i in possible if _COURT.search(i.words)]
        d = court[-1] if court else d
    if re.search(r"其中", n.gap) and possible[-1] is d and len(possible) > 1 and rate.q.value == 100:
        return None
    bounds = ratio_bounds(n, d)
    if bounds is None:
        return None
    value = n.q.amount / d.q.amount * 100
    sure = len(possible) == 1 and not _HEDGED.search(name) and abs(value - rate.q.value) >= 1
    return finding(
        doc,
        period,
        [i for i in (d, n, rate) if i.q.start >= period.start],
        "rate",
        Severity.ERROR if sure else Severity.WARNING,
        f"{shown(n.q.amount, n)}÷{shown(d.q.amount, d)}={percent(value, rate.q.decimals)}，"
        f"与所写的{name}{percent_as_written(rate)}不符",
        percent(value, rate.q.decimals),
        percent_as_written(rate),
    )


def percent_as_written(rate: Item) -> str:
    return format(rate.q.value, "f") + "%"


def _fits(rate: Item, n: Decimal, d: Decimal) -> bool:
    if d <= 0:
        return False
    value = n / d * 100
    return per_cent_fits(value, value, rate.q.value, rate.q.decimals)


def _fits_somehow(
    rate: Item, n: Item, numerators: Sequence[Item], items: Sequence[Item], denominators: Sequence[Item]
) -> bool:
    """True when any fair pair of figures, or of their sums, gives the stated rate."""
    same = [i for i in items if like(i, n)]
    for d in same:
        bounds = ratio_bounds(n, d) if d is not n else None
        if bounds and per_cent_fits(bounds[0], bounds[1], rate.q.value, rate.q.decimals):
            return True
    for first in numerators:
        for d in same:
            if d is not first and _fits(rate, first.q.amount, d.q.amount):
                # A pair of an earlier subject speaks for that subject only when no figure stands between.
                if first is not n and rate.q.value == 100:
                    continue
                return True
    values = [i.q.amount for i in denominators]
    for start in range(len(values)):
        running = Decimal(0)
        for value in values[start : start + 6]:
            running += value
            if _fits(rate, n.q.amount, running):
                return True
    joint = sum((i.q.amount for i in numerators), Decimal(0))
    others = sum((i.q.amount for i in same if i not in numerators), Decimal(0))
    if _fits(rate, joint, others):
        return True
    return any(_fits(rate, joint, d.q.amount) for d in denominators)


def _share(doc: Document, period: Period, flat: Sequence[Item], index: int) -> Finding | None:
    """…120件，占40%: the figure just before is the part, an earlier one of its kind the whole."""
    rate = flat[index]
    if index < 2 or _OUTSIDE.search(rate.lead):
        return None
    part = flat[index - 1]
    if not part.plain or rate.sep == "；":
        return None
    same = [i for i in flat[: index - 1] if like(i, part)]
    if not same or any(not i.q.exact for i in same):
        return None
    cue = next((k for k in range(index - 1, -1, -1) if _AMONG.search(flat[k].gap)), None)
    if cue is None:
        # 行政处罚类349件，占比31%；投诉举报类296件，占比27%: the whole stands elsewhere.
        return None
    later = [i for i in flat[index + 1 :] if like(i, part) and i.plain][:4]
    values = [i.q.amount for i in [*same, *later]]
    readings = set(values)
    for start in range(len(values)):
        running = Decimal(0)
        for value in values[start : start + 6]:
            running += value
            readings.add(running)
    if any(_fits(rate, part.q.amount, r) for r in readings) or any(
        _fits(rate, i.q.amount, j.q.amount) for i in same for j in same if i is not j
    ):
        return None
    wholes = [i for i in flat[:cue] if like(i, part) and i.plain and i.q.amount >= part.q.amount]
    if not wholes:
        return None
    whole = wholes[-1]
    value = part.q.amount / whole.q.amount * 100
    return finding(
        doc, period, [whole, part, rate], "share", Severity.WARNING,
        f"{shown(part.q.amount, part)}÷{shown(whole.q.amount, whole)}={percent(value, rate.q.decimals)}，"
        f"与所写的占比{percent_as_written(rate)}不符",
        percent(value, rate.q.decimals), percent_as_written(rate),
    )  # fmt: skip


def _share_of(doc: Document, period: Period, part: Item, whole: Item, rate: Item) -> Finding | None:
    """35件，占总数50件的70%."""
    if not (part.plain and whole.plain and like(part, whole)) or _fits(rate, part.q.amount, whole.q.amount):
        return None
    if whole.q.amount <= 0:
        return None
    value = part.q.amount / whole.q.amount * 100
    return finding(
        doc, period, [part, whole, rate], "share", Severity.ERROR,
        f"{shown(part.q.amount, part)}÷{shown(whole.q.amount, whole)}={percent(value, rate.q.decimals)}，"
        f"与所写的占比{percent_as_written(rate)}不符",
        percent(value, rate.q.decimals), percent_as_written(rate),
    )  # fmt: skip
