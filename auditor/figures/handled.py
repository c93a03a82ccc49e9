"""Hazards and disputes split by who dealt with them: 上报隐患1085条，镇级处置942条、上报县级部门143条."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from auditor.figures.judge import total
from auditor.figures.lists import Claim, like, whole_readings
from auditor.figures.passages import Item, Period
from auditor.regex import regex

OVER, UNDER = Decimal("0.1"), Decimal("0.05")
"""How far off the sum may be: what is still looked at is often not told."""
_MATTER = regex(r"隐患|纠纷|矛盾|问题|事件|诉求|线索|事项|风险|苗头|信访|警情|投诉|工单")
_BY = r"(?:[省市县区镇乡村]|乡镇|镇街|街道|社区|村居|村社|网格|站所?|所|中心|本|基层|班子)"
_OWN = regex(
    rf"^(?:其中|由|经|已|在)*(?:(?:{_BY}(?:级|里|层面|一级|本级)?(?:部门|单位)?|网格员)(?:自行|自主|直接|就地|当场|现场|立即|组织|负责|内部|联合|已)*|自行|就地|属地)"
    r"(?:处置|处理|化解|解决|整改|办结|消除|消化|排除|销号|了结)(?:成功|完毕|到位|完成|掉)?(?:了|的)?$"
)
_UP = regex(
    r"^(?:其中|另|并|已|需|无力处置|无法解决|难以化解)*(?:逐级|及时|按程序)*(?:上报|上交|提级|提请|转报|呈报|报送|报请|上送|上呈|报|交由|由)"
    rf"(?:至|到|给|由|送|了)*(?:上一?级|{_BY})[^，。；、\d]{{0,12}}$|^(?:其中|另|已|需)*提级(?:处置|处理|办理|化解|上报)(?:了|的)?$"
)
_OPEN = regex(r"正在|其余|剩余|剩下|余下|尚有|还有|仍有|未|限期|跟踪|持续|在办|若干|以及|等")
"""The list does not claim to be full."""
_AGAIN = regex(r"先[^，。；、]{1,8}[再后]|后又|再次|均[^，。；、]{0,6}上报|全部上报|同时上报|同步上报")
_DONE = regex(r"(?:处置|处理|化解|解决|整改|办结|消除|完成)[^，。；、]{0,2}$")


def handled_claims(period: Period) -> list[Claim]:
    """What was settled below and what was passed on above are all there was: nothing is both."""
    items = period.items
    if not _MATTER.search(period.text) or _AGAIN.search(period.text):
        return []
    out: list[Claim] = []
    for first in range(1, len(items) - 1):
        whole = items[first - 1]
        if items[first].sep != "，" or not _is_whole(whole):
            continue
        parts = _parts(items, first)
        if not parts:
            continue
        gap, base = whole.q.amount - total(parts), whole.q.amount
        behind = period.text[whole.q.end - period.start :]
        if gap > 0 and (gap > base * UNDER or _OPEN.search(behind)):
            continue
        if gap < 0 and (-gap > base * OVER or any("整改" in p.lead for p in parts)):
            # What was put right may be reported all the same.
            continue
        wholes = whole_readings(items[:first], whole)
        # 上报县级部门3条，县级处置3条: one may be told twice; 另有1件 may stand behind without a word of the list.
        sums, joint = {total(parts) - p.q.amount for p in parts}, total(parts)
        for later in items[first + len(parts) : first + len(parts) + 3]:
            if later.plain and like(later, whole):
                joint += later.q.amount
                sums.add(joint)
        out.append(Claim(whole, parts, "rest", True, False, "、", tuple(sums), tuple(wholes)))
    return out


def _is_whole(item: Item) -> bool:
    return item.plain and _MATTER.search(item.words) is not None and not _DONE.search(item.lead)


def _parts(items: Sequence[Item], first: int) -> tuple[Item, ...]:
    """The list at ``first``, told level by level; empty unless it names two of them."""
    parts: list[Item] = []
    levels = set[str]()
    for item in items[first : first + 6]:
        if not item.plain or not like(item, items[first - 1]) or item.sep not in ("、", "，"):
            break
        label = item.lead or item.label
        up, own = _UP.match(label), _OWN.match(label)
        if not (up or own):
            break
        levels.add("" if up else label[:2])
        parts.append(item)
    return tuple(parts) if len(levels) > 1 else ()
