"""Clauses about the time to come in the middle of an account: 清单已公布，明年起逐项核对。"""

from __future__ import annotations

from operator import itemgetter

from auditor.regex import regex
from auditor.text.document import Span, apart

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

#: 办法正在征求意见, 平台尚在招标, 拟委托高校承担: begun or meant, not done; the clause alone.
_PENDING = regex(
    r"(?<![^，。；：\n])(?![^，。；：\n]{0,60}(?:已(?!经?报批|列入)|均|全部完成))[^，。；：\n]{0,80}?"
    r"(?:(?:正在|仍在|尚在|还在|正[与和由向同在])[^，。；：\n]{0,24}?(?:起草|草拟|拟订|拟制|征求|编制|修编|修订|修改|酝酿|论证|筹备|筹建|招标"
    r"|采购|会商|沟通|磋商|报批|申报|布设|调试|办理|研究)(?!的|中的)"
    r"|(?:尚|仍|还)待(?:启动|出台|印发|开展|建成|上线|批复|落地|理顺|推开)"
    r"|(?<!模)拟(?:待|随|委托|由|报|提请|采用|投入|安排|适时|另行|再|明年)"
    r"|(?:争取|力争)(?:尽快|早日|尽早)|向上争取(?:资金|项目|支持)|储备(?:项目)?库"
    r"|(?:作为|列为|列入)下一?步|推(?:迟|延)?[到至](?:明年|来年|下一?年))[^，。；：\n]*"
)


def planned(text: str, year: int | None) -> tuple[Span, ...]:
    """Spans that tell what is to come after the report's year or is still under way, in order.

    Clauses about the time to come end with their sentence, those about what is pending by themselves.
    """
    named = "" if year is None else rf"|{year + 1}年(?={_WILL})"
    pattern = regex(rf"(?:{_ONSET}(?:{_COMING}{named})|{_INTENDED}){_RUN}")
    # All begin where a clause does; of two that begin together the first, which reaches further, is kept.
    found = [match.span() for each in (pattern, _PENDING) for match in each.finditer(text)]
    return apart(sorted(found, key=itemgetter(0)))
