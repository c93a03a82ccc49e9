"""Clauses that name a matter though nothing was done in it: denied, told only as a purpose or a ground, or demanded."""

from __future__ import annotations

from auditor.regex import regex
from auditor.text.document import Span

_LOOK_BACK = 6
_LOOK_AHEAD = 14
#: 未 and 没有 shortly before the words; 未经…不得 and the like say that the thing is done.
_NEGATED_BEFORE = regex(
    r"(?:(?<!有)没有|没能|没顾上|没来得及|顾不上|未能|未及时|从未|并未|尚未|还未|未曾|未予|尚无|暂无|暂未|缺乏|缺少|(?<!够)不够|未(?!经|来|成年|雨|诉|检|按))"
    r"[^，。；、的]{0,4}$"
)
_NEGATED_AFTER = regex(
    r"^[^，。；的]{0,8}(?:尚未(?!发生)|没顾上|没来得及|还未|还没有|(?<!有)没有(?!发生)|未能|未开展|未落实|未建立|未实现|不到位|不及时|滞后|不够|缺失|"
    r"空白|不健全|不规范|不完善|不充分|(?<!不)走过场|(?<!不)流于形式|有待|亟待|仍需|还需)(?!的?(?:问题|现象|情形|情况))"
)


#: 按照…要求， and 为适应…需要， before the main clause: what stands in there is why something was done, not what.
_GROUNDS = regex(
    r"^(?:[全我本][县市区省镇乡州旗局厅委街]\w{0,4})?(?:为|着眼|按照?|依照|根据|依据|适应|遵照|顺应|围绕|对照|结合)[^，。；]{2,60}"
    r"(?:需要|要求|目标|部署|精神|规定|安排|形势|打基础|打好基础|打牢基础|蓄后劲)，$"
    r"|^在[^，。；]{2,60}(?:背景|形势|趋势|前提|大环境)[之以]?下，$"
)
#: 为提高效率，: what something was done for, unless the clause itself says that it was done.
_PURPOSE = regex(
    r"^(?:[一二三四五六七八九十]是)?为了?(?:进一步|切实|更好地?|深入|全面|有效|不断|持续|着力|有力|从源头上?|尽快|认真|扎实)?"
    r"(?:提高|提升|增强|推进|推动|加强|规范|确保|保证|保障|优化|打造|营造|防止|防范|避免|预防|减少|方便|落实|贯彻|促进|健全|完善"
    r"|强化|深化|做好|巩固|加快|维护|解决|破解|构建|实现|遏制|压实|树立|普及)"
    r"(?![^，]*(?:组织|开展|举办|印发|制定|出台|召开|修订|建成|开通|设立|成立|举行|编制|聘请|安排|[0-9]))[^，。；]{2,60}，$"
)
#: 以数据之通破办事之堵，: a slogan in front of what was done.
_SLOGAN = regex(
    r"^(?:[一二三四五六七八九十]是)?以[^，。；]{2,30}之[^，。；]{1,2}(?:破|解|促|换|赢|增|添|赋|护|保|强|固|聚|谋|助|优|答|夯|激|提|绘|铸|筑|推|御|治|开|续)"
    r"[^，。；0-9]{2,30}，$"
)
#: 要加大力度， and 强调必须…： what a speech demands, which nobody has done yet.
_DEMAND = regex(
    r"(?:[^，。；：]{0,8}(?:强调|指出|提出|明确)[，：]?)?(?:要(?![求素件点闻道紧害么])|必须|务必)"
)
#: A denial anywhere in a passage that no rule has looked at word by word.
_DENIED = regex(
    r"(?<!有)没有(?!发生)|没能|没顾上|没来得及|未能|未及时|从未|并未|尚未(?!发生)|还未|未曾|未予|尚无|暂无|暂未|未开展|未建立|有待|亟待|仍需"
)


def denied(text: str, start: int, end: int, clauses: Span) -> bool:
    """Whether the words ``start:end`` are denied right before or after them, within their clauses."""
    before = text[max(clauses[0], start - _LOOK_BACK) : start]
    after = text[end : min(clauses[1], end + _LOOK_AHEAD)]
    return bool(_NEGATED_BEFORE.search(before) or _NEGATED_AFTER.search(after))


def denies(passage: str) -> bool:
    """Whether anything in a passage is said not to have been done."""
    return _DENIED.search(passage) is not None


def explains(clause: str) -> bool:
    """Whether a clause before the main one tells only why or on what ground the rest was done."""
    return bool(_GROUNDS.match(clause) or _PURPOSE.match(clause) or _SLOGAN.match(clause))


def demands(clause: str) -> bool:
    """Whether a clause tells only what ought to be done."""
    return _DEMAND.match(clause) is not None
