"""Numerator, denominator and rate: 反馈问题22条，整改完成20条，整改率95.2%.

The name of the rate says which figure is its numerator (整改率: the one at 整改); the denominator is the nearest
figure of the same kind before it, or the one the name calls for (出庭率: 开庭, 应诉). Whenever any fair pair of
figures in the passage yields the stated rate, nothing is said.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from auditor.figures.adjacent import check_adjacent
from auditor.figures.appearances import check_appearance, hearing_of
from auditor.figures.bases import check_named
from auditor.figures.bearers import of_own_stream, of_several, without_sisters
from auditor.figures.benchmarks import LEVEL, is_benchmark, moved_to
from auditor.figures.compare import is_change
from auditor.figures.complements import check_complement
from auditor.figures.judge import finding, percent, ratio_bounds, shown
from auditor.figures.last_years import this_years
from auditor.figures.lists import MOST, like
from auditor.figures.matters import NEAR, of_another, of_own_clause
from auditor.figures.passages import Item, Period
from auditor.figures.plans import check_plan, is_plan
from auditor.figures.quantity import QKind
from auditor.figures.rate_readings import beside, fits_somehow, with_carried
from auditor.figures.rate_rows import check_row, paired_rows
from auditor.figures.rate_words import (
    CARRIED_IN,
    HEDGED,
    SETTLED,
    TAKEN_OUT,
    VISITS,
    carried_out,
    denied,
    due_behind,
    has_own,
    is_due,
    numerator,
    opens_with,
    spoken,
    taken_in_behind,
)
from auditor.figures.shares import check_list, check_share, fits, is_share, percent_as_written
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

_OUTCOME = regex(
    r"纠错|维持|驳回|撤销|变更|违法(?![案行建线占企用])|终止|调撤|和解|移送|结转|罚款|处分|问责|采纳|合格|优秀|不予|废止|失效|满意|未|不"
)
_FAILED = regex(r"败诉|败|不|未|没有?|差$")
"""What a rate of success leaves out."""
_WHAT_WAS_DUE = regex(r"应(?!诉|急|用|答|对|收|付|届|聘|约)|通知|开庭|庭审")
"""Words of a rate's name that its base has to bear."""
_SECOND = regex(r"补[考测训检]|复[查检考评审]|重[考审评测]|改判|整改后|处理后|督促|引导|帮扶")
"""A second try: 补考后合格率 is not that of the first one."""
_IN_PLACE = regex(r"到岗|在岗|在编|到位|覆盖|落实|配备|到账|入驻|进驻")
_ACTUAL = regex(r"^(?:其中)?(?:已(?!经)|实有|实到|实际|现有)")
_COURT = regex(r"开庭|应诉|诉讼|应出庭|应当出庭|被诉|庭审")
_BASE = regex(
    r"(?:较|比|与|同)(?:上年|去年|同期|上一年|20\d\d年)|(?<!对)(?:上年|去年|上年同期|去年同期|同期|20\d\d年)(?:的|为|是)?$"
)
_RECEIVED = regex(
    r"受理|收|接|立案|办理|反馈|抽|应|参加|参训|开庭|申请|提出|征求|征集|发放|检查|检验|检测|测评|任务|案件|移交|交办|排查|核查|报名|调解"
)
_LAST_YEAR = regex(
    r"^(?:而|上年度?|去年)*(?:上年度?|去年|上一年度?)(?:同期)?(?:的)?[\u4e00-\u9fff]{2,10}率(?:仅?为|是|达到?)?$"
)
_YEAR_END = regex(r"^(?:到|截至)?年[底末]")
_AIM = regex(r"任务|计划|目标")
_THIS_YEAR = regex(r"今年|本年|当年|年内")
_EXCEPTED = regex(r"需要?[省国上]|授权|撤销|撤回|终止|中止|撤诉|暂缓|核销|取消|无法|不具备|未到")
_SPAN = regex(r"[上下]半年|季度")
_SEVERAL = regex(r"(?:[两三四五各]|[二三四五]个)(?:类|项|者|种|级|方面|渠道)[^，。；]{0,10}率")
_OF_EACH = regex(
    r"(?:乡镇|镇街|街道|[县市区旗乡镇村]|社区|部门|单位|地区|地方|机关|站所|企业)(?:（[^（）]{0,8}）)?[^，。；：、（）]{0,8}(?:率|比例|占比)(?:均|都|也)?"
    r"(?:低于|高于|超过|不足|不到|达到?|保持在|在)"
)
"""有10个县败诉率低于10%: the rate is that of each of them, and no share of the ten."""
_FEWER = regex(
    r"(?:合并|精简|压减|压缩|整合|缩减|核减|撤并|归并|瘦身)率$|(?:压减|压缩|缩减|核减|精简|减少|下降|降低|缩短|削减|压降)[至到为]?$"
)
"""由1320项合并为860项，合并率34.8%, 由412名核减为386名，核减26名（6.3%）: the rate tells how many fewer there are."""
_OUT_OF = regex(r"^[^，。；]{0,12}中(?:，)?(?:共)?(?:已)?(?:有|已有|的)?$")
_RESULT = regex(r"合格|优秀|优良|良好|及格|通过|达标|满意|正确")
_ATTENDED = regex(r"(?:参加|参与|参训|参考|应考|报名)(?!率)")
"""有452名参加了测试，合格率98.9%: who took part is not who passed."""
_ASKED = regex(r"申请|要求|提出|报名|计划|收到|受理")
_WAITING = regex(r"未到期|未到(?:办理|整改)?期限|尚在(?:办理|法定)?期限|按程序|按计划|序时|长期(?:坚持|整改)")


def check_rates(doc: Document, period: Period, previous: Period | None) -> list[Finding]:
    flat = [*period.items, *(i for _, inner in period.brackets for i in inner)]
    if not any(i.q.unit == "%" for i in flat):
        return []
    flat.sort(key=lambda i: i.q.start)
    out = check_list(doc, period, flat)
    flat = this_years(period, flat)
    for index, item in enumerate(flat):
        if item.q.kind is not QKind.RATE or item.q.upper is not None or item.q.unit != "%":
            continue
        found: Finding | None = None
        if is_plan(flat, index):
            found = check_plan(doc, period, flat, index)
        elif is_share(flat, index):
            found = check_named(doc, period, flat, index) or check_share(doc, period, flat, index)
        else:
            before = flat[:index]
            context = _context(period, flat, index, previous)
            if told := hearing_of(period, [*context, *before], item, flat[index + 1 :]):
                out += filter(None, [check_appearance(doc, period, item, told)])
                continue
            if _OF_EACH.match(item.gap) or is_benchmark(period, item):
                continue
            fewer = next(filter(_FEWER.search, item.q.names), None)
            levels = before[:-1] if before and is_change(before[-1]) else before
            # 分别压减58.3%、61.1%: the second one belongs to the pair before.
            if fewer and levels and before[-1].q.unit != "%" and LEVEL.search(levels[-1].lead):
                out += filter(None, [check_complement(doc, period, levels, item, fewer)])
                continue
            if rows := paired_rows(period.items, item):
                out += filter(None, [check_row(doc, period, item, rows)])
                continue
            if of_several(flat, index):
                continue
            added = [i for i in previous.items if i.plain and CARRIED_IN.search(i.lead)] if previous else []
            for name in item.q.names:
                found = found or _rate(doc, period, [*context, *before], item, flat[index + 1 :], name)
            if found and with_carried(item, before, added):
                found = None
            found = found or _in_order(doc, period, item, previous)
        if found:
            out.append(found)
    return out


def _in_order(doc: Document, period: Period, rate: Item, previous: Period | None) -> Finding | None:
    at = next((k for k, i in enumerate(period.items) if i is rate), None)
    return None if at is None else check_adjacent(doc, period, at, previous)


def _context(period: Period, flat: Sequence[Item], index: int, previous: Period | None) -> list[Item]:
    """Figures of the sentence before, where the rate or its numerator opens a new one."""
    if previous is None:
        return []
    if index == 0:
        return list(previous.items) if flat[0].q.start - period.start <= 20 else []
    n = flat[0]
    if index == 1 and n.plain and n.q.start - period.start <= 16 and len(previous.items) == 1:
        # 受理投诉120件。办结115件，办结率95.8%.
        whole = previous.items[0]
        return [whole] if like(whole, n) and whole.plain and _RECEIVED.search(whole.words) else []
    return []


def _rate(
    doc: Document, period: Period, before: Sequence[Item], rate: Item, after: Sequence[Item], name: str
) -> Finding | None:
    if (
        name.startswith("序时")
        or _LAST_YEAR.search(rate.lead)
        or (_YEAR_END.search(rate.lead) and before and not _YEAR_END.search(before[-1].lead))
    ):
        # 办结296件，上年办结率为91.2%; 序时完成率 is one of what was due by now.
        return None
    if _SEVERAL.search(rate.lead):
        # 备案162家、21家，两类备案率均为100%: one rate of several lists.
        return None
    plain = [i for i in before if i.plain and not _BASE.search(i.lead)][-MOST:]
    upper = next((k for k, i in enumerate(after) if i.q.kind is QKind.RATE), len(after))
    behind = [i for i in after[: min(upper, 4)] if i.plain]
    if not behind:
        # 优秀率32.2%，合格率97.1%，其中优秀412卷: the figures follow all the rates.
        start = next((k for k, i in enumerate(after) if i.q.kind is not QKind.RATE), len(after))
        behind = [i for i in after[start : start + 4] if i.plain] if 0 < start < 4 else []
    numerators = [
        i for i in numerator(name, plain) if not is_due(i) and not has_own([*before, rate], i, name)
    ]
    attended = _RESULT.search(name) and before and _ATTENDED.search(before[-1].words)
    if before and _OUT_OF.search(before[-1].gap) and before[-1].plain and rate.sep != "；" and not attended:
        # 24家单位中，18家…，覆盖率75%: the wording itself names part and whole.
        numerators = [before[-1]]
    last = before[-1] if before else None
    if not numerators and last and last.plain and _IN_PLACE.search(name) and _ACTUAL.search(last.lead):
        # 核定编制240名，实有192人，到岗率80%: 实有 and 已 say which figure is the part.
        numerators = [last]
    if not numerators and last and spoken(before, name):
        # 七件陈年积案啃下五件，化解率71.4%.
        numerators = [last]
    if not _RESULT.search(name) and carried_out(before) and (not numerators or numerators[-1] is before[-2]):
        numerators = [before[-1]]
    if not numerators and len(before) > 1 and opens_with(name, before[-2]):
        # 办结群众反映的用工、医患等信访事项54件，全年受理57件: the verb stands before the first of the kinds.
        numerators = [before[-2]] if taken_in_behind(before[-2], before) else []
    if not numerators and last and last.plain and denied(name, last):
        return check_complement(doc, period, plain, rate, name)
    if numerators:
        n = numerators[-1]
        denominators = [i for i in plain if i.q.start < n.q.start and like(i, n) and i not in numerators]
        denominators = denominators or due_behind(n, plain)
        if not denominators and not CARRIED_IN.search(period.text):
            behind_n = taken_in_behind(n, before)
            denominators = [
                i
                for i in behind_n
                if i.q.amount and abs(n.q.amount / i.q.amount * 100 - rate.q.value) <= NEAR
            ]
        if not denominators:
            # 申请听证18件，16件举行听证，听证率88.9%: what was asked for bears the name of the rate too.
            denominators = [i for i in numerators[:-1] if like(i, n) and _ASKED.search(i.lead)]
    else:
        # The rate may come first: 办结率95%，受理200件，办结190件.
        if not behind or behind[0].sep == "；":
            return None
        numerators = [i for i in numerator(name, behind) if not regex(r"正在|尚|未").search(i.lead[-10:])]
        if not numerators:
            return None
        n = numerators[0]
        denominators = [i for i in [*behind, *plain] if i is not n and like(i, n)]
        between = [i for i in after if i.q.kind is QKind.RATE and i.q.start < n.q.start]
        if any(fits(r, n.q.amount, d.q.amount) for r in between for d in denominators):
            # 金额履行率90%，案件履行率83.3%，18件中履行15件: they are those of the rate that stands nearer.
            return None
    if (now := moved_to(n, [*plain, *behind])) is not None:
        denominators = [i for i in denominators if i is not now]
        if any(fits(rate, i.q.amount, d.q.amount) for i in (n, now) for d in denominators):
            return None
        n = n if rate.lead.endswith(("由", "从")) else now
    # What is itself the outcome of something (维持, 纠错, 合格) or has a rate of its own is no denominator.
    rated = {i.q.start for i, j in itertools.pairwise(before) if j.q.kind is QKind.RATE}
    denominators = [i for i in denominators if not _is_outcome(i, name) and i.q.start not in rated]
    siblings = beside(n, [i for i in plain if like(i, n)])
    denominators = [i for i in denominators if not any(i is other for other in siblings)]
    denominators = [i for i in denominators if not of_another(period, i, n, rate)]
    denominators = without_sisters(name, n, [*plain, *behind], denominators)
    if of_own_clause(period, n, rate, before) or of_own_stream(period, name, n, before):
        return None
    possible = [i for i in denominators if i.q.amount >= n.q.amount]
    if any(not i.q.exact and like(i, n) for i in before):
        return None
    if rate.q.operator and not (len(possible) == 1 and n is last):
        return None
    if not possible:
        # More done than there was: only where one single figure can be the denominator.
        neighbour = bool(denominators) and denominators[-1].q.unit == n.q.unit and n.sep in ("，", "、", "；")
        if (
            not neighbour
            or not _RECEIVED.search(denominators[0].words)
            or HEDGED.search(name)
            or rate.q.value > 100
        ):
            return None
        possible = [max(denominators, key=lambda i: i.q.amount)]
    if fits_somehow(rate, n, numerators, [*plain, *behind], denominators):
        return None
    due = [i for i in behind if is_due(i) and like(i, n)]
    if any(fits(rate, i.q.amount, d.q.amount) for i in numerators for d in due):
        # 出庭58件，其中正职出庭21件；出庭应诉率100%（应出庭58件）: what was due stands behind the rate.
        return None
    if rate.q.value == 100 and _WAITING.search(period.text):
        return None
    d = possible[-1]
    if TAKEN_OUT.search(period.text, max(0, d.q.end - period.start), max(0, rate.q.start - period.start)):
        return None
    if n is not last and last is not None and last.plain and like(last, n) and _AIM.search(last.lead):
        # 首批任务36项，完成34项，第二批任务28项，完成率96.4%.
        return None
    if (second := _SECOND.search(name)) and second[0] not in n.words:
        return None
    if any(word not in d.words for word in _WHAT_WAS_DUE.findall(name)):
        # 开庭54件，出庭47件、经同意未出庭7件，应出庭案件出庭率100%: what was due is not told.
        return None
    if "累计" in rate.lead and _THIS_YEAR.search(n.lead):
        return None
    if (
        regex(r"问题|隐患").match(name)
        and d.q.unit in VISITS
        and not regex(r"问题|隐患").search(d.words + n.words)
    ):
        # 开展检查46次，整改完毕42次，问题整改率: problems were not counted.
        return None
    out = [i.q.amount for i in plain if like(i, n) and _EXCEPTED.search(i.lead)]
    if any(fits(rate, n.q.amount, d.q.amount - x) for x in out):
        # 改革事项46项，需要省级授权的4项，完成40项，完成率95.2%.
        return None
    old = [i.q.amount for i in [*plain, *behind] if like(i, n) and i is not n and CARRIED_IN.search(i.lead)]
    if any(fits(rate, n.q.amount - x, d.q.amount) for x in old):
        # 移送84件，立案76件（含上年移送5件），立案率84.5%: of this year's only.
        return None
    if _SPAN.search(n.lead) and not _SPAN.search(d.lead):
        # 全年督办46件，前三季度办结41件.
        return None
    if regex(r"出庭|应诉").search(name):
        court = [i for i in possible if _COURT.search(i.words)]
        d = court[-1] if court else d
    if (
        regex(r"其中").search(n.gap)
        and possible[-1] is d
        and len(possible) > 1
        and rate.q.value == 100
        and not (
            d.q.amount == n.q.amount + sum(i.q.amount for i in siblings)
            and any(_FAILED.search(i.label) for i in siblings)
            and name.removesuffix("率")[-2:] in n.words
        )
    ):
        # But 审结13件，其中胜诉12件、败诉1件 is told in full: 胜诉率 is one of these 13.
        return None
    bounds = ratio_bounds(n, d)
    if bounds is None:
        return None
    value = n.q.amount / d.q.amount * 100
    sure = len(possible) == 1 and not HEDGED.search(name) and abs(value - rate.q.value) >= 1
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


def _is_outcome(item: Item, name: str) -> bool:
    """维持, 纠错, 移送: unless the rate is named after it (移送立案率)."""
    match = _OUTCOME.search(item.lead[-8:])
    if match and match[0] == "违法" and SETTLED.search(name):
        # 判定违法47个，已整改41个: what was found is what has to be put right.
        return False
    return match is not None and not (
        len(match[0]) > 1 and name.startswith(match[0]) and name != match[0] + "率"
    )
