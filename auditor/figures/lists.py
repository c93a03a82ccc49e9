"""What a list of parts is: where it begins and ends, and every fair reading of its sum and its whole."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from auditor.figures.bands import cover_all
from auditor.figures.families import FAMILIES, OPEN_ENDED, OVERLAP, ROUGH, Family
from auditor.figures.passages import RANK, Item
from auditor.figures.quantity import QKind
from auditor.figures.units import UNIT_CLASS
from auditor.regex import regex

MOST = 16
"""Longest list that is added up."""
AMONG = regex(r"其中")
OUT_OF = regex(r"^[^，。；：、]{0,16}?(?:中|里|当中|里头|里面)(?:，|：)[^，。；：]{0,16}$")
"""120件案件中，民事…: the whole stands right before."""
WITHIN = regex(
    r"^[^，。；：、]{0,12}(?<![其集邻乡])(?:中(?![心队小层央期等型断介])|当中|里头?)(?=[^，。；：、]{2,14}$)"
)
"""120件案件中民事40件、…: the same without a mark."""
COLON = regex(r"^[^，。；：]{0,12}：[^，。；：]{1,14}$")
"""办理案件120件：民事…."""
INCLUDE = regex(r"(?:包括|包含|涵盖|覆盖|用于|(?<!包)含(?!量))[：]?[^，。；：]{0,20}$")
SPLIT = regex(
    r"(?:(?<!部)分为|(?<!部)分成|(?:评估|评查|检查|考核|清查|核查|审查|处理|办理)?(?:结论|结果|等次)(?:分别)?为|分别为|分别是|分别|(?:来源|去向|渠道|用途|投向|构成|结构)(?:分别)?[为是]|依次为|依次是|依次|具体为|具体是|具体包括|构成为|具体如下|(?<=[，：])即(?![由从办时刻可将使查知改收便日期]))[：，]?[^，。；：]{0,20}$|"
    r"分[两二三四五六七八九十\d]{1,2}[类档种级批块项个片组][^，。；：]{0,8}[：，][^，。；：]{0,20}$|"
    r"分[两二三四五六]([批期轮次])[^。；：]{0,30}[：，](?:其中)?第一\1[^，。；：]{0,10}$|"
    r"，分(?![别局管期批析中支布流工组会层享配数红班类级发赴头片散阶步领行])[^，。；：]{2,12}$|构成[：，][^，。；：]{0,20}$"
)
BY = regex(
    r"(?:从|按|按照)[^，。；]{1,12}?(?:看|来看|分|划分|统计|区分|计)[，：]?|按(?:类别|类型|领域|来源|性质|区域|行业|门类|种类|业务|条线|案由|对象|渠道|程序|层级|地区|部门|方式|结果|阶段|内容|案件类型)[，：]?"
)
LOOSE = regex(
    r"前[两二三四五六七八九十\d]+(?:名|位|项|类|大|个)|排名|居前|靠前|位列|最多|主要|重点|特别|尤其|大多|例如|比如|如[：，]|部分为"
)
TOTAL = regex(
    r"(?:(?:以上|上述|前述|这|上面)?(?:[两二三四五六七八九\d]个?(?:类|项|者|笔|级|方面|环节|渠道|领域|层级|部分|块|种|样|批|家|地|季度|月|年|部门|镇|乡|县|市|村|单位|边|头)?)(?:案件|事项|资金|人员|活动)?)?"
    r"(?:合起来|加起来|加在一起|加到一起|合在一起|放在一起|相加|加总|合并计算|汇总|算下来)(?:一共|总共|共计|共)?(?:就|正好|恰好|刚好)?(?:是|为|有|计)?(?:这|全部)?$|"
    r"(?:以上|上述|前述|这|上面)?(?:[两二三四五六七八九十\d]{1,2}个?(?:类|项|者|笔|级|方面|等次|种类|档次|等级|环节|渠道|领域|层级|部分|块|种|样|批次|批|次|家|地|支|个?(?:季度|月份|月|年度|年|部门|乡镇|镇|县|村|单位)|个)?(?:案件|事项|情形|措施|问题|文件|文书|资金|人员|(?:重点)?人群|对象|活动|检查|行为|纠纷|渠道|信息)?|各[类项级地种][\u4e00-\u9fff]{0,4})?"
    r"(?<!公)(?:总共|共计|合计|总计|一共|总数|总量|共)(?:涉及|计|为|达到|达|有|是|办理|完成|约|调整|动态调整|清理|梳理|受理|审查|审核|处理|"
    r"处置|办结|审结|开展|举办|组织|评查|抽查|检查|发放|收到|查处|征集|排查|接待|取消|修改|公开|发布|刊发|推送|报送|公示|立案|查办|处罚|移送|投入|发放|支出|核查|检测|抽检|走访|出动|印发|参训|参与|参加|解除|培训|配备|聘请|发现|整改|化解|调解|审理|办件|发出|制发|建成|创建)?[：]?$|"
    r"(?:以上|上述|前述|这)?[两二三四五六七八九]个[\u4e00-\u9fff]{1,5}(?:合计|总计|共计)[\u4e00-\u9fff]{0,2}$|"
    r"[两二三四五六七八九]个?(?:家|类|项|级|方面|渠道|领域|部门|单位|地|镇|县|市|种)累计(?:投入|办理|受理|完成|支出|发放|查处|收到)?$"
)
_TOTAL_LIKE = regex(r"[合加放相汇算总共累]")
"""One of these stands in whatever ``TOTAL`` finds."""
MOVED = regex(
    r"(?:由|从(?![轻严重事业])|较|比|同比|上年|去年|同期|20\d\d年)[^，。；]{0,10}$|自(?:原[来先]?|上年|去年|年初)?的?$|(?:增|减|升|降|压|缩|调整|提高|精简|扩大|变)[^，。；]{0,4}(?:至|到|为)$"
)
"""Words before a figure that is a level or a base and no part of a sum: 由420项减少到380项."""
JOINT = r"(?<![公中])共(?![同享建治青性管用]|有产权|有制)"
"""共 that sums up, and not that of 公共, 共享, 共同, 共有产权."""
APART = regex(
    rf"^(?:另有|另外|另|此外|同时|并|还|全年|累计|期末|年末|年终|账面|结余|余额|{JOINT}|其中|已|现(?![场行]))"
)
SUBTOTAL = regex(rf"^(?:总共|共计|合计|总计|一共|小计|{JOINT})")
_ASIDE = regex(
    r"^(?:对|将|由|向|给|为|把)(?!.*[不未没差其余另剩])[^，。；：]{2,16}的$|^(?:其中)?(?:选送|报送|选报|推荐|推选|送评|参评)的$"
)
"""，对得分靠后的3个单位…: what something was done to is no member of the list before it, unless it may be its rest.

，选送的2卷获奖: those sent to a contest were picked from the members that have been told.
"""
REST = regex(r"(?:其余|其它|余下|剩下|剩余|其他)(?:的)?$")
ACTION = regex(
    r"移送|罚款|没收|罚没|结案|办结|审结|立案|挽回|出动|发放|参与|整改|通报|问责|处分|责令|约谈|督促|开展|组织|查处|签订|达成|"
    r"发现|提出|化解|召开|制定|印发|出台|培训|举办|受理|办理|答复|回复|完成|建立|追究|作出|下达|收缴|追回|解决"
)
"""Verbs that begin another step of the work, not another part of the same thing."""
CONSEQUENCE = regex(
    r"移送|罚款|没收|罚没|问责|处分|通报|约谈|责令|挽回|查处|立案|处罚|追究|追回|收缴|督促|出动|发放|培训|制定|印发|出台|召开"
)
"""What may befall the same case more than once: such labels are never parts of one sum."""


class Claim(Struct, frozen=True):
    """Parts that are said to make up a whole."""

    whole: Item
    parts: tuple[Item, ...]
    kind: str
    """among, bracket, include, split, composed, by, family, total, rest."""
    closed: bool
    """The list claims to be complete by its own words."""
    loose: bool
    """主要…, …等: it says that it is not complete."""
    style: str
    """Mark between the parts."""
    sums: tuple[Decimal, ...]
    """Sums under every fair reading of where the list ends."""
    wholes: tuple[Decimal, ...]
    """Every quantity that could be meant as the whole, and sums of neighbours among them."""
    limit: Decimal | None = None
    """How far off, as a share of the whole, the sum may be for the claim to be believed at all."""
    carried: tuple[Item, ...] = ()
    """What is added to the whole before comparing: 上年结转5件."""


def like(a: Item, b: Item) -> bool:
    one, two = a.q.unit, b.q.unit
    return one == two or UNIT_CLASS.get(one, one) == UNIT_CLASS.get(two, two)


def run(items: Sequence[Item], first: int) -> tuple[tuple[int, ...], str]:
    """Indices of the list that begins at ``first`` and the mark that separates its members."""
    head = items[first]
    chosen, style, pending, rated = [first], "", "", False
    for index in range(first + 1, min(len(items), first + 3 * MOST)):
        item = items[index]
        sep = item.sep if RANK[item.sep] > RANK[pending] else pending
        if AMONG.search(item.gap) or BY.search(item.gap) or SUBTOTAL.search(item.lead) or sums_up(item):
            break
        if nested(items, index):
            continue
        if MOVED.search(item.lead) and index + 1 < len(items) and items[index + 1].q.kind is QKind.CHANGE:
            # 网上120件，比上年的100件增长20%: the level of last year is no member, and another step may follow.
            break
        if items[index - 1].label and item.lead.startswith(f"{items[index - 1].label}中"):
            # 治安警情2150起，治安警情中夜间发生1290起: a part of that member.
            break
        if not like(item, head) or not item.plain:
            pending = sep
            if item.q.kind is QKind.RATE and "占" not in item.lead:
                # A rate closes what was said of one thing; only ； or 、 carries the list past it.
                rated = True
            if (
                item.plain
                and like(item, head) is False
                and RANK[sep] > 1
                and item.sep != "、"
                and len(item.lead) > 12
            ):
                break
            continue
        if rated and sep == "，":
            break
        rated = False
        catch_all = bool(OPEN_ENDED.search(item.lead))
        if (APART.search(item.lead) and not catch_all) or aside(item):
            break
        if not style:
            style = sep
        elif RANK[sep] > RANK[style] and not (catch_all or regex(r"和|及|以及").match(item.lead)):
            break
        chosen.append(index)
        pending = ""
        if len(chosen) >= MOST:
            break
    return tuple(chosen), style


def trimmed(items: Sequence[Item], indices: tuple[int, ...], style: str) -> tuple[int, ...]:
    """The list without what follows a full set of outcomes or, behind commas, begins another step of the work."""
    parts = [items[i] for i in indices]
    for count in range(len(parts), 1, -1):
        if not (family := tags_of(parts[:count])):
            continue
        goes_on = count < len(parts) and parts[count].sep == "、" and not OVERLAP.search(parts[count].label)
        if not (goes_on and family[0].name in ROUGH):
            return indices[:count]
    if style == "，" and not ACTION.search(parts[0].label):
        for count, part in enumerate(parts):
            if count and ACTION.search(part.label):
                return indices[:count]
    return indices


def aside(item: Item) -> bool:
    """True for a figure told behind a comma about what something was done to: ，对得分靠后的3个单位进行约谈."""
    return item.sep == "，" and item.tail != "" and _ASIDE.match(item.lead) is not None


def prefix_sums(items: Sequence[Item], indices: Sequence[int], style: str) -> set[Decimal]:
    """Sums of the list under other fair readings: cut short before a new action, run on, a nested list left out."""
    first = indices[0]
    rest = [i for i in range(first, min(len(items), first + 2 * MOST)) if like(items[i], items[first])]
    rest = [i for i in rest if items[i].q.exact and not aside(items[i])][:MOST]
    sums: set[Decimal] = set()
    running = Decimal(0)
    for count, index in enumerate(rest, 1):
        running += items[index].q.amount
        following = items[rest[count]] if count < len(rest) else None
        if count >= len(indices) or (
            count >= 2 and style == "，" and following is not None and ACTION.search(following.label)
        ):
            sums.add(running)
        if following is not None and AMONG.search(following.gap):
            # A nested list may follow its own parent; the outer list then goes on behind it.
            for skip in range(count + 1, len(rest)):
                tail = Decimal(0)
                for later in rest[skip:]:
                    tail += items[later].q.amount
                    sums.add(running + tail)
    return sums


def whole_readings(before: Sequence[Item], like_item: Item, earlier: Sequence[Item] = ()) -> set[Decimal]:
    """Every earlier quantity that could be the whole, and sums of neighbours (上年结转5件，新收30件)."""
    values = [i.q.amount for i in before if like(i, like_item) and i.q.kind is like_item.q.kind][-MOST:]
    out = set(values)
    for start in range(len(values)):
        running = Decimal(0)
        for value in values[start : start + 6]:
            running += value
            out.add(running)
    out |= {i.q.amount for i in earlier if like(i, like_item)}
    return out


def last_like(items: Sequence[Item], item: Item, distance: int = 6) -> int | None:
    """Index of the nearest earlier plain quantity of the same group."""
    for index in range(len(items) - 1, max(-1, len(items) - 1 - distance), -1):
        if like(items[index], item) and items[index].plain:
            return index
        if like(items[index], item) and not items[index].q.exact:
            return None
    return None


def paired(parts: Sequence[Item]) -> bool:
    """Two parts of which one denies the other."""
    return len(parts) == 2 and opposites(parts[0].label, parts[1].label)


def tags_of(parts: Sequence[Item]) -> tuple[Family, list[str | None]] | None:
    """The family that every one of the parts belongs to and whose demands they meet."""
    words = "|".join(p.words for p in parts)
    for family in FAMILIES:
        if not family.possible(words):
            continue
        tags = [family.tag(p) for p in parts]
        if all(tags) and family.complete(tags):
            return family, tags
    return None


def closed_list(parts: Sequence[Item]) -> bool:
    """A last part 其他 or a full set of outcomes: nothing can be left over."""
    if len(parts) > 1 and any(OPEN_ENDED.search(p.lead) for p in parts[1:]):
        return True
    return paired(parts) or tags_of(parts) is not None or cover_all(parts)


_NEGATION = regex(r"^(?:未能|没有|尚未|不予|未予|未|不|非|没)")
_MODAL = regex(
    r"^(?:其中|已经|已|全部|予以|均|都|有|属于|属|表示|为|现|目前|另有|另|还有|还|仍|尚有|剩余|暂)+"
)


def opposites(a: str, b: str) -> bool:
    """True when one label denies the other: 采纳 and 未采纳, 属实 and 不属实, 涉企 and 非涉企."""
    if b == "没有" and regex(r"(?:都|已|均)?(?:有|配|设|成立|建|装|完成|签|落实|开通|通过|实现)").match(a):
        return True
    one, two = (_MODAL.sub("", label).removesuffix("的").removesuffix("了") for label in (a, b))
    for yes, no in ((one, two), (two, one)):
        denied = _NEGATION.match(no)
        core = no[denied.end() :] if denied else ""
        if core and yes == core:
            return True
        if len(core) >= 2 and (
            yes == core or (len(yes) <= 10 and (yes.endswith(core) or yes.startswith(core)))
        ):
            return not _NEGATION.match(yes)
    return False


def same_shape(labels: Sequence[str]) -> bool:
    """Short names that begin or end alike: 进校园、进企业; A级、B级; 口头述法、书面述法."""
    if any(not label or len(label) > 9 for label in labels):
        return False
    heads, ends = {label[0] for label in labels}, {label[-1] for label in labels}
    if len(labels) == 2:
        heads, ends = {label[:2] for label in labels}, {label[-2:] for label in labels}
    return (len(heads) == 1 or len(ends) == 1) and len(set(labels)) == len(labels)


def is_loose(gap: str, parts: Sequence[Item]) -> bool:
    return bool(LOOSE.search(gap[-24:])) or parts[-1].tail.startswith("等") or "等其" in parts[-1].tail[:3]


def nested(items: Sequence[Item], index: int) -> bool:
    """限期整改类12个已整改10个: nothing stands between, so the figure at ``index`` speaks of the one before it."""
    before, item = items[index - 1], items[index]
    return (
        before.shared
        and item.sep == ""
        and like(before, item)
        and bool(regex(r"已|均已|其中|中|有|现已|目前").match(item.lead))
    )


def sums_up(item: Item) -> bool:
    """True for 共45项 with nothing between, also where it follows the last noun at once (…负责人共21人)."""
    if _TOTAL_LIKE.search(item.lead) is None:
        return False
    match = TOTAL.search(item.lead)
    return match is not None and (match.start() == 0 or item.sep == "")
