"""Builds the claims of lists that end in their total: 共45项, 合计…."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from auditor.figures.compare import BASE
from auditor.figures.judge import total
from auditor.figures.lists import ACTION, AMONG, BY, JOINT, MOST, MOVED, Claim, like, sums_up
from auditor.figures.numerals import DIGITS
from auditor.figures.passages import RANK, Item, Period
from auditor.figures.quantity import QKind
from auditor.figures.readings import balance, for_each, outside, single_pieces, taken_off
from auditor.figures.shares import fits
from auditor.figures.units import TIME
from auditor.regex import regex

MANY = Decimal("0.15")
"""各类会议共15次: kinds that were not told may be among them."""
TOLD = Decimal("0.1")
"""全年共…: the sum of what stands before only where it comes this near."""
MIXED = frozenset({"件", "份", "项", "个", "条", "部"})
"""Measure words of papers, which are added up whatever each kind of paper is counted in."""
_PLAINLY = frozenset({"共", "共计", "合计", "总计"})
_YEAR = regex(r"^(?:全年|年内|一年来|全年度)(?:共|总共|共计|累计)[^，。；：]{0,4}$")
_NOUN = regex(
    rf"^[^，。；：]{{0,6}}(?:共计|{JOINT}|合计|总计|总共|一共|累计)有?[\u4e00-\u9fff]{{0,6}}?([\u4e00-\u9fff]{{2}})$"
)
_CHANNEL = regex(
    r"网站|网页|门户|公众号|微博|微信|客户端|抖音|新媒体|窗口|线上|线下|网上|网下|网络|电话|热线|来电|来信|来访|现场|上门|掌上|手机|自助|邮件|邮箱|信函|"
    r"当面|书面|报刊|报纸|电台|网格|巡查|移送|转办|上报|交办|举报|走访|电视|广播|公报|公开栏|大厅|平台|视频号|头条号|政务|小程序|APP|短信|留言"
)
_WHOLE_YEAR = regex(r"^(?:全年|年内|本年度?|一年来|全年度|总的?|累计)")
_UNITS = regex(r"(?:共|共计|累计)[\u4e00-\u9fff]{2,4}\|(?:单位|部门|地区|点位|场所|企业|机构|主体)")
_VISITED = regex(r"(?:共|共计|累计)[\u4e00-\u9fff]{2,4}$")
_AT_LAST = regex(r"(?P<noun>[\u4e00-\u9fff]{3,12}?)(?:共计|合计|总计|一共|共)")
_JOINED = regex(r"[和与及]|类|者|其中")
"""民事和刑事合计: some of them."""
_HOLDING = regex(r"(?:共有|现有|总计有|合计有)[\u4e00-\u9fff]{2,10}$")
"""按年龄划分，…，全市共有执法人员1350人: the whole stands behind the list that was announced."""
_CLOSED = regex(r"共(?:计)?(?:办结|审结|结案|执结|化解|办理完)")
_OLD = regex(r"旧存|结转|积存")
_OWN_TOTAL = regex(r"(?:共计?|合计|总计|累计)[\u4e00-\u9fff]{0,4}$")
_JUST_ALL = regex(r"(?:总共|共计|合计|总计|一共|(?<!公)共(?:有|计)?)$")
_APART = frozenset({"人", "人次", *TIME})
"""Persons and spans of time are never added to things."""
_COUNTED = regex(
    r"^(?:以上|上述|前述|这)?([两三四五六七八九])(?:个[\u4e00-\u9fff]{1,5}|[种类项者级])[\u4e00-\u9fff]{0,4}(?:共|合计|总计|相加|加起来|合起来)"
)
_EVERY = regex(r"^各[类项级地种]")
_TOTAL = regex(r"(?:共计|合计|总计|总共|一共)(?:为|达)?$")
_GROUPED = regex(
    r"^(?:以上|上述|前述|这)?([两三四五六七八九])(?:种|级|类|项|者|部门|方面|批|地|镇|县|市|家|所)[^，。；：]{0,4}(?:共计?|合计|总计|总共|一共)[^，。；：]{0,10}$"
)
_ENDING = regex(r"(?:总数|总量|总额|总计)(?:为|达|达到)?$")
_STEM = regex(r"^([\u4e00-\u9fff]{2,12}?)(?:共计|合计|总计|总共)(?:为|达)?$")
_SHORT = regex(r"([\u4e00-\u9fff]{2,4}?)(?:共计|合计|总计|总数|共)(?:为|达)?")
_DONE_AGAIN = regex(r"(?:共|共计|合计|总计|总共|一共)([\u4e00-\u9fff]{2})")
_OTHER_DEED = regex(r"修|废|取消|新增|审|评|清理|撤|备案|公布|发布|调整|参加|列席|指导")
_OF_YEAR = regex(r"^(?:今年|全年|年内|本年度?|共)+")
_COMPARED = regex(
    r"(?:[较比]|高于|低于|多于|少于|超过)(?:上年|去年|前年|上一年|同期|往年|20\d\d年)[^，。；：]{0,8}$"
)
"""两级合计较2023年的1183件增加92件: last year's level, and no total of what stands before."""
_SPAN = regex(r"季度|半年")
_SPANS = (
    (regex(r"^全年"), frozenset({"一季度", "二季度", "三季度", "四季度"})),
    (regex(r"^全年"), frozenset({"上半年", "下半年"})),
    (regex(r"^(?:上半年|半年)"), frozenset({"一季度", "二季度"})),
    (regex(r"^前三季度"), frozenset({"一季度", "二季度", "三季度"})),
)


def whole_span(whole: Item, parts: Sequence[Item]) -> bool:
    """True when the parts are the quarters or halves of the span that ``whole`` names, and it is no other year's."""
    if BASE.search(whole.lead):
        # 上半年412件，下半年438件，全年比2023年的810件增加40件.
        return False
    if len(parts) == 4 and regex("全年").match(whole.lead) and "四个季度" in parts[0].lead:
        return True
    told = [regex(r"[一二三四]季度|[上下]半年").findall(p.lead) for p in parts]
    if any(len(words) != 1 for words in told):
        return False
    names = frozenset(words[0] for words in told)
    return len(names) == len(parts) and any(w.search(whole.lead) and names == need for w, need in _SPANS)


def total_claims(period: Period) -> list[Claim]:
    """Lists that end in 共45项, 合计…."""
    out = []
    items = period.items
    for index, item in enumerate(items):
        if index < 2 or not item.plain or AMONG.search(item.gap) or _COMPARED.search(item.lead):
            continue
        before = [i for i in range(index) if like(items[i], item) and items[i].q.kind is item.q.kind]
        if len(before) < 2 or before[-1] < index - 2 or papers(items, index):
            continue
        if side_by_side(items, index):
            continue
        told, before = before, outside(items, before)
        if len(before) < 2:
            continue
        limit: Decimal | None = None
        own = [_OWN_TOTAL.search(items[i].lead) for i in before[-2:]]
        if len(own) == 2 and any(m and item.lead.endswith(m[0]) for m in own):
            # 县共保留1360项，镇共保留70项，街道共保留39项: each is a total of its own.
            continue
        spans = any(_SPAN.search(items[i].lead) for i in before)
        if spans and item.lead.startswith("全年") and not whole_span(item, [items[i] for i in before]):
            # 一、二、四季度 and 全年: a quarter is not told.
            continue
        parts_before = [items[i] for i in before]
        if not sums_up(item) and not whole_span(item, parts_before) and not _same_noun(item, parts_before):
            channels = _WHOLE_YEAR.search(item.lead) and _by_channel(parts_before)
            units = _UNITS.fullmatch(item.lead + "|" + item.tail[:2]) and _side_by_side(parts_before)
            told_by = any(BY.search(p.gap) for p in parts_before) and _HOLDING.search(item.lead)
            if item.sep != "，" or not (
                channels
                or units
                or told_by
                or _named_again(item, parts_before)
                or _YEAR.search(item.lead)
                or _ENDING.search(item.lead)
            ):
                continue
            limit = MANY if _named_again(item, parts_before) else TOLD
        elif item.tail and _VISITED.search(item.lead) and _side_by_side(parts_before):
            # 对12个乡镇、24个部门开展督察，共抽查20个单位: a few of them.
            limit = TOLD
        if "累计" in item.lead or (item.lead.startswith("全年") and not whole_span(item, parts_before)):
            limit = TOLD
        elif _EVERY.match(item.lead):
            limit = MANY
        before = before[-MOST:]
        if not all(items[i].plain for i in before):
            continue
        chosen = [before[-1]]
        style = items[before[-1]].sep
        for at in reversed(before[:-1]):
            below = items[chosen[0]]
            if chosen[0] - at > 2 or RANK[below.sep] > max(1, RANK[style]) or AMONG.search(below.gap):
                break
            chosen.insert(0, at)
        if counted := _COUNTED.match(item.lead):
            # 三个来源合计: it says how many parts there are.
            count = DIGITS[counted[1]]
            if len(chosen) < count:
                continue
            chosen = chosen[-count:]
            between = [items[k] for k in range(chosen[0], index) if k not in chosen]
            if any(i.plain and i.q.unit in MIXED and i.sep and i.lead for i in between):
                # 意见14件，合同62份、决策3件、文件5件，三类合计70件: other measure words count towards the three.
                continue
        parts = tuple(items[i] for i in chosen)
        rates = [i for i in items[index - 1 : index] if i.q.kind is QKind.RATE]
        if any(fits(rate, p.q.amount, item.q.amount) for rate in rates for p in parts):
            # 撤回9件，撤回率23.1%，共审结39件: what the rate was taken of, and no sum.
            continue
        if len(chosen) < 2 or any(MOVED.search(p.lead) for p in parts) or for_each(parts):
            continue
        if _CLOSED.search(item.lead) and any(_OLD.search(p.lead) for p in parts):
            # 新收46件，旧存4件，共办结45件: some may still be open.
            continue
        stock = any(regex(r"新增|新建|新设|注销|撤并|增补").search(p.lead) for p in parts)
        if stock and not regex(r"涉及|调整|合计|共计").search(item.lead):
            continue
        sums: set[Decimal] = set()
        running = Decimal(0)
        for count, at in enumerate(reversed(before), 1):
            running += items[at].q.amount
            sums.add(items[at].q.amount)
            if count > 1:
                sums.add(running)
        # 其余6个中4个…，2个…，另有3个，共21个: something may follow the pieces of the rest.
        for at in range(len(before), len(told)):
            sums.add(running + total([items[i] for i in told[at:]]))
        sums |= single_pieces(items, before)
        sums |= {total(taken_off(parts)[at:]) for at in range(len(parts) - 1)}
        parts = balance(parts, item.q.amount)
        out.append(Claim(item, parts, "total", True, False, style, tuple(sums), (item.q.amount,), limit))
    return out


def side_by_side(items: Sequence[Item], index: int) -> list[Item]:
    """38家小作坊、12家农家乐、9处采石点 before 共59家; empty where one measure word counts all of them."""
    whole = items[index]
    plainly = whole.lead in _PLAINLY and whole.sep == "，" and not whole.tail
    if not plainly and not (whole.sep == "" and _JUST_ALL.search(whole.lead)):
        return []
    first = index - 1
    while first > 0 and items[first].sep == "、" and index - first < MOST:
        first -= 1
    parts = list(items[first:index])
    # 4个村的32家小卖部、…: what something belongs to is no member of the list.
    countable = all(p.plain and p.q.kind is QKind.COUNT and p.q.group not in _APART for p in [*parts, whole])
    if len(parts) < 2 or not countable or AMONG.search("".join(p.gap for p in parts[1:])):
        return []
    alike = sum(like(p, whole) for p in parts)
    return parts if 0 < alike < len(parts) else []


def _side_by_side(parts: Sequence[Item]) -> bool:
    """对12个乡镇、24个县直部门: nothing but their nouns stands between."""
    return all(p.sep == "、" and not p.lead and p.tail for p in parts[1:]) and bool(parts[0].tail)


def _named_again(whole: Item, parts: Sequence[Item]) -> bool:
    """取消14项，承接23项，调整要素61项，动态调整事项共98项: the noun before 共 takes up words of its parts."""
    match = _AT_LAST.fullmatch(whole.lead)
    if (
        match is None
        or _JOINED.search(match["noun"])
        or len(parts) < 3
        or any(p.sep == "；" for p in parts[-2:])
    ):
        return False
    noun = match["noun"]
    return any(noun[k : k + 2] in p.lead for k in range(len(noun) - 1) for p in parts[-3:])


def papers(items: Sequence[Item], index: int) -> list[Item]:
    """合同协议87份、规范性文件1件、重大决策3件 before 共91件; empty where all are counted in one measure word."""
    whole = items[index]
    if (
        whole.lead not in _PLAINLY
        or whole.sep != "，"
        or whole.q.unit not in MIXED
        or not whole.plain
        or whole.tail
    ):
        return []
    found: list[Item] = []
    for item in reversed(items[max(0, index - MOST) : index]):
        if not item.plain or item.q.unit not in MIXED or "其中" in item.gap:
            return []
        found.insert(0, item)
        if item.sep != "、":
            break
    return found if len(found) > 1 and not all(like(i, whole) for i in found) else []


def _by_channel(parts: Sequence[Item]) -> bool:
    """门户网站862条，微信公众号412条: told channel by channel."""
    return (
        len(parts) > 1 and all(_CHANNEL.search(p.label) for p in parts) and len({p.label for p in parts}) > 1
    )


def _head(part: Item) -> str:
    """First two characters of a label without the words for the year; something that occurs nowhere when too short."""
    label = _OF_YEAR.sub("", part.label)
    return label[:2] if len(label) >= 2 else "\0"


def _one_deed(verb: str, parts: Sequence[Item]) -> bool:
    """制定规章3件、规范性文件12件，共制定15件: the verb that opens the list, and no other, is taken up by its total."""
    at = next((k for k in range(len(parts) - 1, -1, -1) if parts[k].sep != "、"), 0)
    behind = parts[at + 1 :]
    opened = _OF_YEAR.sub("", parts[at].lead).startswith(verb) and len(behind) > 0
    own = any(ACTION.search(p.lead) or _OTHER_DEED.match(p.lead) or p.tail.startswith("等") for p in behind)
    return opened and not own


def _same_noun(item: Item, parts: Sequence[Item]) -> bool:
    """配备专职网格员368名，兼职网格员142名，共有网格员510名."""
    if grouped := _GROUPED.match(item.lead):
        return len(parts) == DIGITS[grouped[1]]
    if (deed := _DONE_AGAIN.fullmatch(item.lead)) and item.sep == "，" and _one_deed(deed[1], parts):
        return True
    if len(parts) > 1 and _TOTAL.search(item.lead) and all(_head(p) in item.lead for p in parts):
        # 新建38个，改造提升26个，新建和改造提升共计64个.
        return True
    if (short := _SHORT.fullmatch(item.lead)) and len(short[1]) == len(parts) > 1:
        # 制定5件、修改3件、废止4件，立改废合计12件: one character for each of them.
        return sum(c in p.label for c, p in zip(short[1], parts, strict=True)) >= 2
    if (stem := _STEM.match(item.lead)) and len(parts) > 1:
        ends = all(stem[1].endswith(p.label[-2:]) for p in parts[-2:] if len(p.label) > 2)
        return all(stem[1][:2] in p.label for p in parts[-2:]) or (
            ends and len({p.label[-2:] for p in parts[-2:]}) == 1
        )
    match = _NOUN.search(item.lead)
    return match is not None and len(parts) > 1 and all(p.label.endswith(match[1]) for p in parts[-2:])
