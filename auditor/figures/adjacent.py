"""A rate right behind two counts of one measure word: 交办信访积案46件，息诉罢访38件，化解率82.6%.

Whole, what was done, rate: the order itself says what was divided, whatever verb tells that it was done. It is believed
only for rates of an outcome, where nothing speaks for another base, and where the stated rate comes near: a rate of
something else (满意率, 诉求解决率 of the firms visited) hardly ever lies within a few points of the two figures.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal

from auditor.figures.judge import HUNDRED, finding, percent, ratio_bounds, shown, states
from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.figures.rate_words import (
    HEDGED,
    LISTED,
    TAKEN_OUT,
    VISITS,
    is_due,
    narrow,
    verbs_of,
    without_papers,
)
from auditor.figures.shares import fits, percent_as_written
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

NEAR = Decimal(12)
"""Points between the stated and the reckoned rate up to which the order of the figures is believed."""
_LOW = Decimal(30)
"""Per cent done below which the smaller figure is hardly what was done of the larger one."""
_BACK = 10
"""Figures looked at for another pair that explains the rate."""
_CORE = regex(
    r"^(?P<head>.*?)(?P<core>(?:(?:调解|化解|劝阻|调处|和解|整改|履约|攻坚|办理)(?:成功|完成|办结|到位)|办结|化解|整改|成功|完成|调解|合格|履行|"
    r"劝阻|当场|采纳|采用|吸收|回复|答复|办复|反馈|处置|处理|兑现|落实|兑付|签约|解决|销号|结案|审结|执结|清偿|清欠|清零|通过|达标|优秀|优良|"
    r"就业|安置|就业安置|更新|改造|修复|追回|返还|息诉|息访|破案|拆除|纠正|改正|销案|落地|办成|救助))率$"
)
_NAME_FILL = regex(r"^(?:总体|整体|综合|全年|年内|平均|案件|问题|任务|事项|纠纷|矛盾|矛盾纠纷|建议)+$")
_INTAKE = regex(
    r"受理|收到|接到|收案|收件|立案|检查|抽检|检测|检验|送检|抽查|评查|审查|审核|走访|回访|参加|参考|参训|到考|实考|应考|补考|测评|"
    r"培训|发放|收回|回收|发出|下达|印发|召开|开展|组织|举办|移送|移交|转办|交办|约谈|责令|签订|送达|建成|新增|新建|新发|"
    r"重点|涉|听证|审议|裁决|开庭|登记|备案|公示|排查|发现|提出|上报|报送|其他|其余|另|未|不|尚|正在|待|剩|余|占|罚|累计|"
    r"问责|处分|通报|提交|启动|介入|介绍|分流|指派|申请|委托|邀请|聘|选|评|认定|抽取|核查|核实|复查|公开|发布|录入"
)
"""What opens a step of the work, is a class of the cases, or follows another rule: not the done part of the whole."""
_ELSE = regex(
    r"上年|去年|同期|上一年|往年|历年|累计|上半年|下半年|季度|(?<!\d)\d{1,2}月|目标|计划|任务数|较|比|同比|全省|全国|平均|其中"
)
_RATE_LEAD = regex(
    r"上年|去年|同期|目标|计划|全省|全国|全市平均|力争|确保|要求|标准|以上|阶段|到期|较|比(?!例)|其中|分别"
)
_RESULT = regex(
    r"了(?!解)|完(?!善|税)|好(?!评|转)|妥|(?<!形)成(?!员|立|年|果|人|效|为|本|品|交额)|掉|清(?!单|理|查|算|洁|退|收|廉)|到位|"
    r"(?:拿|办|劝|拦|签|攻|啃|拆|改|谈|压|按|退|停)下|(?:劝|拦|止|稳|堵|拉|守)住|(?:用|走|住|配|装|补|干|还|追|领|交)上(?!门|级|报)|过(?:关|线|审)|"
    r"和$|和好|言和|拢|罢|(?<!开)除(?!外)|销(?!售|毁)|落地|付(?!费)|(?:做|办|找|拿|改|领|退|还|追|修|排|补)到|(?<!团)结(?!合|构|对|婚|业|果)|断(?!卡)|"
    r"(?:劝|制|阻|停|终)止|息(?!化|网|公开)|摘|齐(?!抓)|到手"
)
"""A verb told with its result: 谈拢, 改到位, 办好, 劝住. 派单, 纳入, 接收 are steps on the way and are not believed."""
_ALIKE: tuple[tuple[str, str], ...] = (
    ("成功", r"成功|达成|调成|和好|谈拢|劝好|握手"),
    ("结案", r"结案|审结|作出(?:处理|处罚)?决定"),
    ("回复|答复|办复|反馈", r"回复|答复|办复|回信|回音|回函|回应|复函|回了"),
    ("就业|安置", r"找到|上岗|岗位|就业|安置|工作"),
    ("采纳|采用|吸收", r"采纳|采用|吸收|用上|写进|写入|变成|听进"),
    ("合格|通过|达标|优秀|优良", r"(?<!不)合格|过关|过线|达到|达标|通过|挑不出|无问题"),
    ("履行", r"(?:自动|主动|自觉)[^，]{0,3}(?:履行|缴|交|照办|付)|履行|交清|缴清"),
    ("签约", r"签约|签下|签订"),
    ("清零|销号|销案", r"清零|销号|销案|销账|清掉|清完"),
    ("整改|纠正|改正", r"整改|改正|纠正|改到位|改好|改完|改了|销号|销账"),
    ("化解|息", r"化解|息诉|息访|罢访|办结"),
    ("兑付|清偿|清欠|返还|追回", r"付|还(?!有|在)|清|退|领|拿到|到手|到账|补发|追回"),
    ("落实", r"落实|到位|改好|改完|改了"),
    ("办结|办成|完成", r"办结|办理完|办完|办好|办妥|完成|落地"),
)
_QUALITY = regex(r"合格|优秀|优良|达标|通过|兑付|清偿|清欠|返还|追回")
_STEP = regex(
    r"一次性|首次|初次|当日|按期|按时|及时|限期|简易|形成|开工|启动|动工|进场|部分|初步|阶段|网上办|女|男|自行"
)


def check_adjacent(doc: Document, period: Period, index: int, previous: Period | None) -> Finding | None:
    """``index`` is the rate's place in ``period.items``; None when anything speaks for another reading."""
    items = period.items
    if index < 2:
        return None
    whole, done, rate = items[index - 2 : index + 1]
    value = _value(whole, done, rate)
    core = _core(whole, done, rate) if value is not None else None
    if value is None or core is None or not _chained(items, index) or _bracketed(period, index):
        return None
    if TAKEN_OUT.search(period.text, whole.q.end - period.start, rate.q.start - period.start):
        return None
    if not _done(done, core, rate.q.names[0]):
        return None
    if abs(value - rate.q.value) > NEAR or value < _LOW or _explained(items, index, previous):
        return None
    reckoned, stated = percent(value, rate.q.decimals), percent_as_written(rate)
    return finding(
        doc, period, [whole, done, rate], "rate", Severity.WARNING,
        f"{shown(done.q.amount, done)}÷{shown(whole.q.amount, whole)}={reckoned}，"
        f"与所写的{rate.q.names[0]}{stated}不符",
        reckoned, stated,
    )  # fmt: skip


def _value(whole: Item, done: Item, rate: Item) -> Decimal | None:
    """Per cent of ``done`` in ``whole`` where both are exact counts of one measure word and in clauses side by side."""
    if not (whole.plain and done.plain and like(whole, done) and rate.q.exact and rate.q.unit == "%"):
        return None
    if not 0 < done.q.amount < whole.q.amount or rate.q.value >= HUNDRED or len(rate.q.names) != 1:
        return None
    if (
        rate.sep != "，"
        or rate.gap.count("，") != 1
        or done.sep not in ("", "，")
        or done.gap.count("，") > 1
    ):
        return None
    if _ELSE.search(whole.lead) or _ELSE.search(done.lead) or is_due(done) or _RATE_LEAD.search(rate.lead):
        return None
    return done.q.amount / whole.q.amount * HUNDRED


def _core(whole: Item, done: Item, rate: Item) -> str | None:
    """The outcome that the rate names; None when its name speaks of something that was not told."""
    name = rate.q.names[0]
    match = _CORE.match(name)
    told = whole.lead + "|" + done.lead + "|" + done.tail + "|" + whole.tail
    if match is None:
        return None
    head = match["head"]
    if regex(r"问题|隐患").search(head) and done.q.unit in VISITS and not regex(r"问题|隐患").search(told):
        return None
    hedge = HEDGED.search(name)
    if hedge and hedge[0] not in done.words:
        return None
    if (
        head
        and not _NAME_FILL.match(head)
        and not all(head[k : k + 2] in told for k in range(max(1, len(head) - 1)))
    ):
        return None
    return match["core"]


def _chained(items: Sequence[Item], index: int) -> bool:
    """No third figure of the kind in the same part of the sentence: with it, the base could be another one."""
    for at in range(index - 2, 0, -1):
        if items[at].sep == "；":
            return True
        if like(items[at - 1], items[index - 1]):
            return False
    return True


def _bracketed(period: Period, index: int) -> bool:
    return any(parent in (index - 2, index - 1) for parent, _ in period.brackets)


def _done(done: Item, core: str, name: str) -> bool:
    """What the smaller figure tells may be the outcome: the same verb, or another one that is told with its result."""
    label = without_papers(done.label)
    step = _STEP.search(label)
    if not label or narrow(label, name) or (step and step[0] not in name):
        return False
    alike = next((words for keys, words in _ALIKE if regex(keys).search(core)), None)
    if alike and regex(alike).search(label) and not regex(r"未|尚|没|拟|待|正在").search(label):
        return True
    verbs = verbs_of(core) if "成功" not in core else None
    if verbs is not None and verbs.search(label):
        return not regex(r"[未不无没待拟]|尚|正在").search(label)
    if _QUALITY.search(core):
        # 计划860批次，检完842批次，合格率98.6%: a step carried out says nothing of how good it was.
        return False
    return bool(_RESULT.search(label)) and not LISTED.search(label) and not _INTAKE.search(label)


def _explained(items: Sequence[Item], index: int, previous: Period | None) -> bool:
    """True when another pair of figures of this sentence or the one before gives the rate."""
    rate, done = items[index], items[index - 1]
    near = [*(previous.items[-_BACK:] if previous else ()), *items[max(0, index - _BACK) : index + 4]]
    # A figure that is not exact may be the base: nothing can be told then.
    if any(like(i, done) and not i.q.exact for i in near):
        return True
    pool = [i for i in near if i.plain]
    for n in pool:
        for d in pool:
            if n is d or not like(n, d):
                continue
            bounds = ratio_bounds(n, d)
            if bounds is None:
                continue
            if states(rate.q, *bounds) or states(rate.q, HUNDRED - bounds[1], HUNDRED - bounds[0]):
                return True
    alike = [i.q.amount for i in pool if like(i, done)]
    return any(
        fits(rate, n, a + b) or fits(rate, a + b, n) for n in alike for a, b in itertools.pairwise(alike)
    )
