"""Whether two figures speak of one matter, and which figure stands for a whole list of parts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from auditor.figures.compare import is_change
from auditor.figures.families import OPEN_ENDED
from auditor.figures.judge import HUNDRED, adds_up
from auditor.figures.lists import ACTION, AMONG, COLON, INCLUDE, MOST, SPLIT, last_like, like, run
from auditor.figures.passages import Item, Period
from auditor.figures.rate_words import LISTED
from auditor.figures.shares import fits
from auditor.figures.subjects import akin
from auditor.regex import regex

NEAR = Decimal(12)
"""Points between the stated and the reckoned rate up to which a figure behind ； may be the base."""
_VERBS = regex(
    LISTED.pattern
    + r"|办理|收到|接到|接收|开展|组织|举办|召开|审理|审核|立案|排查|检查|核查|抽查|抽检|检验|检测|移送|移交|交办|转办|"
    r"提出|提交|作出|出具|发现|查处|梳理|清理|清查|反馈|制定|印发|建立|聘请|聘任|设立|登记|签订|参加|参与|新增|共计|合计|累计"
)
_FILL = regex(
    r"全年|年内|今年|本年度?|其中|目前|20\d\d年度?|全[县市区镇省局乡]|[我本]?[县市区镇省局乡](?=受理|办)|案件|事项|工作|情况|"
    r"到位|完毕|成功|通过|达成|顺利|已|共|均|经|对|的|了|有|为|将|应|实际|按期|按时|及时|完成|直接|依法"
)
_DONE = regex(r"办结|审结|结案|处理|处置|答复|办理|作出|裁决|化解|调解|完成|整改|查实|核查")
_TAKEN_IN = regex(r"收|接|受理|申请|登记|立案|提出|交办|转办|移送")


def apart(item: Item, other: Item) -> bool:
    """True when ``item`` names a matter of its own that ``other`` does not: 农业用地备案43宗 and 清理文件64件.

    办结115件 names none, so it may belong to whatever stands before it.
    """
    own = _noun(item)
    return own != "" and not akin(own, other.words)


def of_before(whole: Item, other: Item) -> bool:
    """True when ``other``, of the sentence before, may be what the parts of ``whole`` make up instead of it.

    收到申请9件。复议案件办结7件，其中…: what was taken in is what was dealt with, however it is called.
    """
    same = whole.q.unit == other.q.unit and _DONE.search(whole.lead) and _TAKEN_IN.search(other.lead)
    return bool(same) or not apart(whole, other)


def _noun(item: Item) -> str:
    """The noun nearest to a figure, verbs and fillers cut out; what stands before it comes first."""
    behind = "" if item.shared else item.tail
    pieces = [*reversed(_cut(item.lead)), *_cut(behind)]
    return next((piece for piece in pieces if len(piece) >= 2), "")


def _cut(words: str) -> list[str]:
    return regex(r"\W+").split(_FILL.sub("|", _VERBS.sub("|", words)))


def of_another(period: Period, d: Item, n: Item, rate: Item) -> bool:
    """True when ``n`` is no part of the earlier ``d``: it names another matter behind ；, or is far too small for it.

    回收1164份；对法治建设满意的1092份，满意率91.8%: what stands behind the nearest ； and comes near may still be meant.
    100% of the only figure behind it says that it was all of them.
    """
    between = period.text[max(0, d.q.end - period.start) : max(0, n.q.start - period.start)]
    stops = between.count("；") if d.q.start >= period.start else 0
    if d.q.amount <= 0 or not apart(n, d):
        return False
    value = n.q.amount / d.q.amount * HUNDRED
    if not stops:
        return value * 2 < rate.q.value
    return stops > 1 or rate.q.value == HUNDRED or abs(value - rate.q.value) > NEAR


def of_own_clause(period: Period, n: Item, rate: Item, items: Sequence[Item]) -> bool:
    """1208所学校配备副校长1172名，配备率97.0%: a figure of the same clause gives the rate, whatever it counts."""
    stop = period.start + period.text.rfind("；", 0, max(0, n.q.start - period.start)) + 1
    return any(
        not like(i, n)
        and i.plain
        and i.q.kind is n.q.kind
        and stop <= i.q.start < rate.q.start
        and fits(rate, n.q.amount, i.q.amount)
        for i in items
    )


def _whole_of_list(items: Sequence[Item], at: int) -> tuple[Item, bool] | None:
    """The whole of the list of parts that ends right before ``at``, and whether the list is a full one."""
    for first in range(at - 2, max(0, at - MOST), -1):
        announced = any(cue.search(items[first].gap) for cue in (AMONG, COLON, INCLUDE, SPLIT))
        if not announced and (items[first].sep != "，" or items[first + 1].sep != "、"):
            continue
        indices, _ = run(items, first)
        k = last_like(items[:first], items[first])
        parts = [items[i] for i in indices]
        if indices[-1] == at - 1 and k is not None and all(p.plain for p in parts):
            whole = items[k]
            full = adds_up(parts, whole.q.amount, whole.q.ulp)
            if full or announced:
                return whole, full or len(parts) > 2 or bool(OPEN_ENDED.search(parts[-1].lead))
        if announced:
            break
    return None


def with_whole(items: Sequence[Item], base: Item, current: list[Item]) -> list[Item]:
    """立案1264件，其中…、其他90件，比上年的1420件下降11%: behind a full list, and a bracket, the whole is meant."""
    at = next((k for k, i in enumerate(items) if i is base), None)
    if at is None:
        return current
    # What stands in a bracket is never the nearest to a figure outside of it.
    current = sorted(current, key=lambda i: any(i is other for other in items))
    while at and is_change(items[at - 1]):
        at -= 1
    told = _whole_of_list(items, at)
    if told is None or base.sep == "；" or not like(told[0], base):
        return current
    rest = [i for i in current if i is not told[0]]
    return [*rest, told[0]] if told[1] else [told[0], *rest]


def of_one_noun(whole: Item, labels: Sequence[str]) -> bool:
    """培训班6期: 校长班、科室干部班、举办者班 end in the noun of the whole, whatever verbs their names hold."""
    noun = labels[0][-1]
    if not all(label.endswith(noun) and len(label) > 2 for label in labels):
        return False
    # 立案, 结案 end in the same character, but that is one of the verb.
    steps = [m.end() == len(label) for label in labels for m in ACTION.finditer(label)]
    return not any(steps) and (noun in whole.lead[-3:] or noun in whole.tail[:4])
