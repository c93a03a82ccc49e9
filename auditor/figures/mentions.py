"""What a figure of running text says it counts: deeds, noun, span of time, whose it is and what narrows it."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.regex import regex

_DEEDS: dict[str, str] = {
    "收到": "收到|接到|新收|接收|接报|收取申请",
    "受理": "受理",
    "办结": "审结|办结|结案|办理完毕",
    "办理": "办理|承办",
    "立案": "立案",
    "查处": "查处|查办",
    "调解": "调解|调处",
    "成功": "成功|达成协议",
    "化解": "化解",
    "排查": "排查",
    "发现": "发现|查出|查找|检出",
    "反馈": "反馈|交办|移交",
    "整改": "整改|销号",
    "移送": "移送",
    "审查": "审查|审核",
    "清理": "清理|梳理",
    "备案": "备案|报备",
    "制发": "制定|出台|制发|印发|下发|发出",
    "废止": "废止|失效",
    "修改": "修改|修订",
    "评查": "评查|抽评",
    "败诉": "败诉",
    "胜诉": "胜诉",
    "纠错": "纠错",
    "撤销": "撤销",
    "维持": "维持",
    "驳回": "驳回",
    "退回": "退回",
    "出庭": "出庭",
    "答复": "答复|回复|办复",
    "公开": "予以公开|部分公开|不予公开|主动公开",
    "持证": "持证|持有有效执法证件|持有行政执法证件|持有行政执法证书|持有行政执法证|持有执法证件|持有执法证|取得行政执法资格|取得执法资格|"
    "取得行政执法证件|取得行政执法证|取得执法证件|取得执法证",
    "聘任": "聘请|聘任|选聘|聘用",
    "配备": "配备",
    "培育": "培育|培养",
    "建成": "建成|创建|建立|设立|新建",
    "检查": "检查|抽查|抽检",
    "宣传": "宣传|培训|举办|开展|召开",
    "罚没": "罚没款|罚没金额|罚没收入|罚没",
    "罚款": "罚款金额|罚款",
    "没收": "没收",
    "投入": "投入|筹措|安排",
    "兑现": "兑现|兑付",
    "挽回": "挽回|追回|追缴",
    "清偿": "清偿|清欠",
    "支付": "拨付|支付",
    "减免": "减免|减轻",
}
_CLASS = {word: name for name, words in _DEEDS.items() for word in words.split("|")}
_DEED = regex("|".join(sorted(_CLASS, key=len, reverse=True)).replace("设立", "(?<!建)设立"))
_NO_DEED = regex(r"组织|员|委员|意见|建议|方案|中心|协议|机构|机关|书(?!面)|站(?!在)|组(?!织)|平台")
"""调解组织 and 检查组 are bodies."""
_DENIAL = regex(r"(?:未|不予|不|没有|尚未)$")
NOUN_END = regex(
    r"^(?!全部|均|都|已|未|没|不|正在|仍|尚|还|通过|得到|参加|集中|主要)(?P<noun>[\u4e00-\u9fff]{2,14}?)(?=[中里]|当中|全部|均|都|已|仍|尚|还|大多|多数|多为|大部分|集中|主要|涉及|作用|目录|名录|普遍|平均|参加|参与|开展|"
    r"完成|得到|实现|通过|录入|纳入|逐|建立|明确|实行|看|来看|分布|没有|未|办理|质量|化解|在|被|超|近|约|占|为|以|[一二三四五六七八九半]成|半数|\d|，|。|；|$)"
)
"""The noun right behind a figure: 行政复议案件 of 915件行政复议案件全部实现网上流转."""
_DID = regex(r"已?(?:参加|参与|开展|完成|得到|实现|通过|录入|纳入|建立|实行|没有|未|办理|化解|在|被)")
WITHIN = r"(?<![其集])(?:中(?![心队小层央期等型断介])|里)"
"""The word 中 or 里 that makes a part of what stands before it, and no piece of another word."""
OUT_OF = regex(rf"[^，。；：、]{{0,16}}{WITHIN}")
"""120件行政复议案件中，…: what follows is a part of that figure."""
GENERIC = regex(
    r"(?=[案事工情总数金资款申决人干职作涉所占收上面实进环阶经程为合共累全年内今本2截目我各现先依高多达])(?:案件|事项|工作|情况|总数|总量|总额|金额|数量|资金|款项|申请|决定|人员|干部|职工|人数|作出|涉及|所涉|占用|收缴|上缴|面积|实施|进行|"
    r"环节|阶段|经济(?=损失)|程序(?!违)|实际|为(?:企业|群众|消费者|当事人|受援人|市场主体|经营主体|农民工|劳动者|民营企业)|"
    r"合计|总计|共计|累计|全年度?|年内|今年|本年度?|20\d\d年度?|截至目前|目前|截至年底|年底|年末|"
    r"全[县市区镇局省乡州]|[我本][县市区镇局省乡委厅院]|各级|各类|现有|实有|先后|依法|高达|多达|达到)"
)
"""Words that do not change what is counted."""
BODY = regex(
    r"^[\u4e00-\u9fff]{0,8}?(?:调解组织|调解委员会|行政机关|执法部门|执法机关|复议机构|复议机关|仲裁机构|公证机构|法院|公安机关|[局厅委]|大队|支队|政府|中心)"
)
"""Whose figure it is, told in front: left out where the figure is taken up again."""
_FREE = frozenset("的了共被有仅只仍尚还达为在对从将由已经各其所等类个中及和与、之出到过均是该涉款数就以针")
NARROWING = regex(
    r"(?<![我全本公])局(?!机关|党组|面|部|限|势)|支队|大队|中队|(?<![我全本])[镇乡](?!村|镇|街)|街道|部门|检察院|公司|领域|系统|条线|战线|本级|"
    r"[省市县区镇村]级|[省市县区]直|基层|专项|行动(?!计划)|试点|园区|社区|村(?!务)|涉企|涉外|重大|疑难|复杂|简易程序|普通程序|二审|再审|听证|速裁|"
    r"网上|线上|未成年|农民工|妇女|老年|热线|部分|个别|其他|其余|另|骨干|行业性|专业性|[公检]安机关|个[县市区镇]|"
    r"[东西南北城][\u4e00-\u9fff]?[县区镇]"
)
"""Bodies within the unit, parts of the work, kinds of cases: what was done there is not what was done in all."""
NEW = regex(r"新(?=取得|增|培|聘|建|发|办|招)|首次")
_TIME = regex(
    r"累计|以来|上半年|下半年|[一二三四前]季度|(?<!\d)\d{1,2}月(?!底|末)|20\d\d年|上年|去年|上一年|前年|往年|历年|近年|同期|期间|近[两三四五]年|当月|年初|第[一二三四五六七八九十\d]{1,2}[轮批次期]|复查|回头看|复评"
)
_NOT_SO = regex(
    r"(?=[计拟力目任要上去同往不比较增减降升均至第每合总小共由从到后余剩原])(?:计划|拟|力争|目标|任务|要求|上年|去年|同期|往年|不少于|比|较|增|减(?![免轻])|降|升|均|至少|第|每|合计|总计|小计|共计$|由|从(?![事业轻重严])|至$|到$|后$|余|剩|原)"
)
"""A plan, a step, a base, a mean, a sum of what stands before: nothing that is told twice as one figure."""
_YEAR = regex(r"20\d\d年")
_THIS_YEAR = regex(r"全年|年内|今年|本年|20\d\d年(?!以来)")
_NONE: frozenset[str] = frozenset()
_YEAR_DONE = regex(r"(?:今年|本年|20\d\d年|年初)以来|全年累计|年内累计|12月31日")
WHOLE = regex(r"全[县市区镇局省乡州]|全街道|全系统|[我本][县市区镇局省乡州委厅]|全年|年内|共")
STRESS = regex(r"(?:仍|还|只|仅|尚)有?$|(?:仅|只有|高达|多达|达到?)$|仍|尚|还|仅")
TOPIC = regex(
    r"复议|诉讼|应诉|败诉|信访|信息公开|法律援助|仲裁|调解|处罚|许可|建议|提案|规范性文件|合同|检查"
)


class Mention(Struct, frozen=True):
    item: Item
    period: Period
    noun: str
    """The noun right behind the figure, where one stands there."""
    label: str
    """Words before the figure and the noun behind it, without those that change nothing."""
    stem: str
    """The label without the verbs."""
    deeds: frozenset[str]
    parent: Item | None
    """What a part told behind 其中 belongs to."""
    unsure: bool
    """May be one more part of an earlier whole."""
    size: float
    """The amount, near enough to turn down most comparisons."""


def deeds_of(words: str) -> frozenset[str]:
    """Classes of the verbs in ``words``; a denied one is another deed (未受理)."""
    return frozenset(deeds_in(words))


def deeds_in(words: str) -> list[str]:
    """The same in the order in which they are told."""
    found = []
    for match in _DEED.finditer(words) if len(words) > 1 else ():
        name = _CLASS[match[0]]
        if _NO_DEED.match(words, match.end()):
            continue
        found.append("未" + name if _DENIAL.search(words, max(0, match.start() - 2), match.start()) else name)
    return found


def without_deeds(words: str, deeds: frozenset[str]) -> str:
    if not deeds:
        return words
    return _DEED.sub(lambda m: "" if _CLASS[m[0]] in deeds or "未" + _CLASS[m[0]] in deeds else m[0], words)


def mentions(period: Period) -> list[Mention]:
    """The exact counts and sums of a sentence with what they count."""
    out: list[Mention] = []
    parent: Item | None = None
    unsure = False
    for index, item in enumerate(period.items):
        before = period.items[index - 1] if index else None
        if "其中" in item.gap or (
            before is not None and ("中" in item.gap or "里" in item.gap) and OUT_OF.match(item.gap)
        ):
            parent, unsure = before, False
        elif item.sep == "；":
            parent, unsure = None, False
        elif parent is not None and item.sep != "、" and item.gap:
            unsure = True
        if not item.plain or item.q.spelled or item.q.kind not in (QKind.COUNT, QKind.MONEY):
            continue
        match = NOUN_END.match(item.tail) if item.tail else None
        # 行政复议案件八成以上…: behind the noun stands a share of it.
        follows = period.items[index + 1].q.kind if item.shared and index + 1 < len(period.items) else None
        cut = item.shared and match is not None and match.end() == len(item.tail)
        noun = match["noun"] if match and not (cut and follows is not QKind.RATE) else ""
        words = item.lead + noun
        deeds = deeds_of(words)
        # 全县1032名持证人员参加了培训: those who did something are hardly all.
        some = (
            unsure
            or _NOT_SO.search(item.lead) is not None
            or (noun != "" and not item.lead.endswith("的") and _DID.match(item.tail, len(noun)) is not None)
        )
        if not deeds and parent is not None:
            deeds = deeds_of(parent.lead)
        label = bare(words) if len(words) > 1 else words
        out.append(
            Mention(
                item,
                period,
                noun,
                label,
                without_deeds(label, deeds),
                deeds,
                parent,
                some,
                float(item.q.amount),
            )
        )
    return out


def bare(words: str) -> str:
    return GENERIC.sub("", words)


def covered(words: str, text: str) -> bool:
    """True when ``words`` are made of pieces of ``text`` and of characters that say nothing."""
    at = 0
    while at < len(words):
        end = at + 2
        if end > len(words) or words[at:end] not in text:
            if words[at] not in _FREE:
                return False
            at += 1
            continue
        while end < len(words) and words[at : end + 1] in text:
            end += 1
        at = end
    return True


def times(text: str, report_year: int | None) -> frozenset[str]:
    """Spans of time, comparisons and plans that ``text`` names, but for the year of the report itself."""
    found = _TIME.findall(_YEAR_DONE.sub("", text))
    return frozenset(found) - {f"{report_year}年"} if found else _NONE


def time_of(m: Mention) -> str:
    """The words that say when the figure was reached: its clause, and the opening of the sentence."""
    lead = m.item.lead
    if _THIS_YEAR.search(lead):
        return lead
    opening = m.period.text[: m.period.items[0].q.start - m.period.start]
    before = m.period.text[len(opening) : max(len(opening), m.item.q.start - m.period.start)]
    years = _YEAR.findall(before)
    return (_YEAR.sub("", opening) + years[-1] if years else opening) + "|" + lead


def slipped(a: Item, b: Item) -> bool:
    """The same digits in another order, or one digit of three or more changed, as they are written."""
    if a.q.unit == b.q.unit and a.q.scale == b.q.scale:
        return digits_slip(a.q.value / a.q.scale, b.q.value / b.q.scale)
    return digits_slip(a.q.amount, b.q.amount)


def digits_slip(a: Decimal, b: Decimal) -> bool:
    """True for figures whose digits a slip of the pen may have mixed up."""
    places = max(0, -int(a.normalize().as_tuple().exponent), -int(b.normalize().as_tuple().exponent))
    one, two = (str(int(v * 10**places)) for v in (a, b))
    if len(one) != len(two) or len(one) < 2 or one == two:
        return False
    if len(one) >= 3 and sum(x != y for x, y in zip(one, two, strict=True)) == 1:
        return True
    return sorted(one) == sorted(two)
