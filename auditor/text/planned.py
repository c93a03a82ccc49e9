"""Clauses about the time to come in the middle of an account: 清单已公布，明年起逐项核对。

Each pattern is the telling words alone, which are found quickly; what they tell of is the clause they stand in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from auditor.regex import regex
from auditor.text.document import Span, merged
from auditor.text.pending import pending

_END = regex("[，；。：\n]")
"""What ends a clause."""
_ROOM = 80
"""Characters of a clause that may stand in front of the telling words."""

_COMING = r"(?:明年|来年|下一?年|翌年|下一步|下步|下一?阶段|今后一个时期)(?![骤轮级])"
_ONSET = (
    r"(?<![^，；。：\n])(?:但|而|并|且|同时|因此|为此)?(?:我[们县市区镇乡局厅委]|全[县市区镇乡局])?"
    r"(?:还|也|正)?(?:力争|争取|计划|打算|准备|拟|将|要|需)?(?:在|于|到|从|待)?"
)
#: What ends a run of planned clauses within a sentence, and what says that even the first was done.
_BACK = r"(?:今年|全年|目前|年内|本年|截至|同时[^，。；]{0,4}已|已)"
#: A rule that was made takes effect later: 明年元旦起施行.
_DONE = r"(?![^，；。\n]{0,24}(?:已|编制完成|均完成|了[，。；]|起[^，。；\n]{0,6}(?:施行|实施|生效)))"
_RUN = rf"{_DONE}[^，；。\n]{{0,200}}(?:，(?!{_BACK}){_DONE}[^，；。\n]{{1,200}}){{0,20}}"
_WILL = r"[^，；。]{0,6}(?:起|将|要|拟|计划|打算|准备|力争|争取|继续)"

_TIME = r"(?:[0-9]|明年|来年|次年|年[后内底中初]|下|春节|开春|节后|[一二三四]季|近期|今后|不久)"
#: 扩面工作将视市里安排陆续启动, 拟在年后推开, 谋划开展一批活动: the whole clause is about the time to come.
_INTENDED = (
    r"(?<!即)(?:将(?:继续|进一步|陆续|逐步|适时|尽快|视|择机)|(?<!模)拟(?:于|在|从|待|自)|谋划(?:开展|推进|实施|建设|出台|推出)"
    r"|届时[^，；。：\n]{0,16}(?:可|将|能|要|会)|预计(?:于|在|到)?(?:年后|节后|春节|开春|年底前|[上下]半年|[一二三四]季度)"
    r"|(?:准备|打算|计划)(?:于|在|到|等|待)?(?:年后|节后|春节|开春|下半年|条件成熟)"
    r"|待[^，；。：\n]{2,20}后(?:再|即)?(?:启动|推开|出台|开展|实施))"
)
#: 拟建统一数据中台: begins its clause, and is not what others mean to do (拟建项目, 拟出台的文件).
_MEANT = (
    r"(?<![^，；。：\n])[^，。；：\n对就凡把将向模]{0,10}(?<!模)拟(?:新?建|设立|开通|增设|购置|打造|引进|开展|组织|举办|推行|实行|探索|启动)"
    r"(?![^，。；：\n]{0,20}(?:的|项目|工程|事项))"
)

#: 办法正在征求意见, 平台尚在招标, 拟委托高校承担: begun or meant, not done.
_UNDER_WAY = (
    r"(?:正在|仍在|尚在|还在|正[与和由向同在])[^，；。：\n]{0,24}?(?:起草|草拟|拟订|拟制|征求|编制|修编|修订|修改|酝酿|论证|筹备|筹建|招标"
    r"|采购|会商|沟通|磋商|报批|申报|布设|调试|办理|研究|谋划|筹划|物色|遴选|比选|选址|开发|搭建|施工|装修|安装|测试|联调|会签|审批|走程序)"
    r"(?!的|中的)"
    r"|(?<![公改修纠真端反校更方立])正(?:积极|抓紧|加紧|着手|牵头)?(?:谋划|筹划|筹备|筹建|酝酿|起草|草拟|物色|招标|联调|会签|走程序)(?!的|中的)"
    r"|(?:尚|仍|还)待(?:启动|出台|印发|开展|建成|上线|批复|落地|理顺|推开)"
    r"|(?<!模)拟(?:待|随|委托|由|报|提请|采用|投入|安排|适时|另行|再|明年)"
    r"|(?:争取|力争)(?:尽快|早日|尽早)|向上争取(?:资金|项目|支持)|(?:项目储备|储备项目)库"
    r"|(?:作为|列为|列入)下一?步|推(?:迟|延)?[到至](?:明年|来年|下一?年)"
)
#: 法律顾问聘期届满, and nothing about its renewal.
_EXPIRED = r"(?:聘期|聘用期|服务期|合同|协议)(?:即将|已经?|均已)?(?:届满|到期)(?!后|[^，；。：\n]{0,12}(?:续|重新|收回))"
#: 方案已报批，将在来年选点: what was prepared for something that is still to come.
_PREPARED = (
    r"(?:方案|初稿|草稿|讨论稿|送审稿|征求意见稿|预算|选址|图纸|可研)"
    rf"(?=[^，；。：\n]{{0,40}}，[^，；。：\n]{{0,4}}(?:(?<!模)拟(?:于|在|从|待|自)|将(?:于|在|从|自)(?={_TIME})|待|预计|准备|计划|打算|争取|力争))"
)
#: 已列入2025年改革台账, 排进明年的盘子.
_LISTED = (
    r"(?<!拟)(?:列入|纳入|写入|写进|排进|排入|放进|编入|列进|报入)了?(?:{})[^，；。：\n]{{0,16}}?"
    r"(?:计划|台账|清单|要点|预算|盘子|项目|任务|安排|议程|日程|重点|规划)(?!的)"
)
#: What is under way in one part is done in the other.
_DONE_TOO = regex(r"已(?!经?报批|列入)|均|全部完成")


def planned(text: str, year: int | None) -> tuple[Span, ...]:
    """Spans that tell what is to come after the report's year or is still under way, in order.

    What is to come goes on to the end of its sentence, what is under way to that of its clause.
    """
    next_year = "明年|来年|次年|下一?年度?" + (f"|{year + 1}年度?" if year is not None else "")
    named = "" if year is None else rf"|{year + 1}年(?={_WILL})"
    dated = rf"(?:将|(?<!模)拟|预计|争取|计划)(?:于|在|自|从|到)?(?:{next_year})"
    clauses = _Clauses(text)
    found = [match.span() for match in regex(_MEANT + _RUN).finditer(text)]
    for begin, _, end in clauses.with_words(rf"(?:{_ONSET}(?:{_COMING}{named})|{_INTENDED}|{dated}){_RUN}"):
        found.append((begin, end))
    for begin, stop, _ in clauses.with_words(_UNDER_WAY):
        if not _DONE_TOO.search(text, begin, stop):
            found.append((begin, stop))
    for begin, stop, _ in clauses.with_words(f"{_EXPIRED}|{_PREPARED}|{_LISTED.format(next_year)}"):
        found.append((begin, stop))
    return merged((*found, *pending(text)))


class _Clauses:
    """The clauses of a text by the words that stand in them."""

    def __init__(self, text: str) -> None:
        self._text = text
        ends = [match.start() for match in _END.finditer(text)]
        self._ends = [*ends, len(text)]
        self._begins = [0, *(end + 1 for end in ends)]

    def with_words(self, words: str) -> Iterator[tuple[int, int, int]]:
        """Where the clauses begin and end that have telling words not too far in, and where those words end."""
        for match in regex(words).finditer(self._text):
            number = bisect_right(self._begins, match.start()) - 1
            begin = self._begins[number]
            if match.start() - begin <= _ROOM:
                yield begin, self._ends[number], match.end()
