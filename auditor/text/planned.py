"""Clauses about the time to come in the middle of an account: 清单已公布，明年起逐项核对。"""

from __future__ import annotations

from auditor.regex import regex
from auditor.text.document import Span

_COMING = r"(?:明年|来年|下一?年|翌年|下一步|下步|下一?阶段|今后一个时期)(?![骤轮级])"
_ONSET = (
    r"(?<![^，；。：\n])(?:但|而|并|且|同时|因此|为此)?(?:我[们县市区镇乡局厅委]|全[县市区镇乡局])?"
    r"(?:还|也|正)?(?:力争|争取|计划|打算|准备|拟|将|要|需)?(?:在|于|到|从|待)?"
)
#: What ends a run of planned clauses within a sentence, and what says that even the first was done.
_BACK = r"(?:今年|全年|目前|年内|本年|截至|同时[^，。；]{0,4}已|已)"
#: A rule that was made takes effect later: 明年元旦起施行.
_DONE = r"(?![^，；。\n]{0,24}(?:已|编制完成|均完成|了[，。；]|起[^，；。\n]{0,6}(?:施行|实施|生效)))"
_RUN = rf"{_DONE}[^，；。\n]{{1,200}}(?:，(?!{_BACK}){_DONE}[^，；。\n]{{1,200}}){{0,20}}"
_WILL = r"[^，；。]{0,6}(?:起|将|要|拟|计划|打算|准备|力争|争取|继续)"

#: 扩面工作将视市里安排陆续启动, 拟在年后推开, 谋划开展一批活动: the whole clause is about the time to come.
_INTENDED = (
    r"(?<![^，。；：\n])(?:[^，。；：\n]{0,60}[^，。；：\n即])?"
    r"(?:将(?:继续|进一步|陆续|逐步|适时|尽快|视|择机)|(?<!模)拟(?:于|在|从|待)|谋划(?:开展|推进|实施|建设|出台|推出)"
    r"|待[^，。；：\n]{2,20}后(?:再|即)?(?:启动|推开|出台|开展|实施))"
)


def planned(text: str, year: int | None) -> tuple[Span, ...]:
    """Spans of clauses that tell what is to come after the report's year, in order; they end with their sentence."""
    named = "" if year is None else rf"|{year + 1}年(?={_WILL})"
    pattern = regex(rf"(?:{_ONSET}(?:{_COMING}{named})|{_INTENDED}){_RUN}")
    return tuple(match.span() for match in pattern.finditer(text))
