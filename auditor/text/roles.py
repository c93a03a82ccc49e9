"""Cues that tell achievements, problems and plans apart, in headings and sentence by sentence."""

from __future__ import annotations

from auditor.model import Role
from auditor.regex import regex
from auditor.text.markers import LEAD, heading_marker

_PROBLEM_NOUN = r"(?:问题|不足|困难|差距|短板|弱项|薄弱)"
_STRONG_PROBLEM = regex(
    rf"(?:存在|面临|主要|当前|目前|工作中|有关|查摆)[^，。]{{0,8}}{_PROBLEM_NOUN}"
    rf"|^{_PROBLEM_NOUN}{{1,2}}(?:[和与及、]|$|：|主要|环节|原因)|{_PROBLEM_NOUN}(?:[和与及、]|及其)(?:{_PROBLEM_NOUN}|原因|下|今|明|打算|改进|整改|对策)"
    rf"|(?:不足之处|问题清单|薄弱环节)$|存在(?:的)?(?:主要)?$"
    rf"|(?:找|晒|亮|摆|对标|对照)[^，。]{{0,6}}(?:差距|不足|短板)$|{_PROBLEM_NOUN}(?:的)?(?:成因|剖析)"
)
_PLAIN_PROBLEM = regex(
    r"(?:没有?|未|未能)(?:做|办|干|管|抓|落实|完成|解决)(?:好|到位|完|到|到家)(?:的)?(?:[一几]件|一些)?(?:事|活|地方|之处|工作|方面)?$"
    r"|^(?:还|究竟|到底)?(?:差|欠|缺|弱)在(?:哪|什么)|(?:问题|不足|差距|毛病|短板)(?:还)?(?:出)?在(?:哪里?|何处|什么地方)$"
    r"|(?:不够|不行|不好|不满意|不到位|不完善|欠缺|遗憾|欠账)(?:的)?(?:地方|之处|方面|事|事情)?$"
    r"|(?:哪些|什么)(?:地方|方面|事|事情)?[^，。、]{0,6}(?:不够|不太|不行|不好|没做|欠|差)[^，。]{0,6}(?:$|[、，])"
    r"|(?:遇到|碰到|面对|不容回避|不容忽视|自己找出?)的(?:难处|难题|毛病|问题|困难)$|^(?:短板|弱项|不足|难处|困难|问题)(?:和|与|、)(?:挑战|考验|难处)$"
    r"|^[^，。]{0,6}(?:还|尚|仍|依然)(?:有|存在|留着?|剩)(?:哪些|什么|一些|些|不少|几处|几点|几个)?(?:短处|毛病|缺点|缺憾|软肋|硬伤|欠缺|缺陷|欠账|漏洞|难处)(?:$|[，、])"
    r"|(?:有|存在)(?:哪些|什么)(?:短处|毛病|缺点|缺憾|软肋|硬伤|缺陷|欠账|漏洞)$|^(?:自身|身上)?(?:的)?(?:短处|毛病|缺点|软肋)(?:$|[和与及、])"
)
"""The same in the words of everyday speech: 还有哪些没做好."""
_CAUSE_HEADING = regex(
    r"(?:成因|原因|症结|病根|根子)(?:分析|剖析|所在|何在|在哪里?)?$|^(?:思想)?根源(?:分析|剖析|所在)?$"
)
_WEAK_PROBLEM = regex(rf"{_PROBLEM_NOUN}|存在|题及|的问$")
_NOT_PROBLEM = regex(
    r"导向|解决|整治|化解|破解|整改(?:落实|情况|成效|到位|见)|回应|聚焦|围绕|攻坚|针对|补齐|破除|纾解|排忧|消除|克服|补短板|强弱项"
    r"|整改[^，。]{0,8}情况|问题[^，。]{0,6}(?:整改|办理)|(?:上年|去年|往年|上一年|反馈|督察|巡视|巡察|审计)[^，。]{0,10}问题"
)
_NEXT = r"(?:下一步|下步|下一阶段|下阶段|下一年度?|下年度?|今后|接下来|明年|来年|新的一年|新一年|新年度|翌年)"
_PLAN_NOUN = r"(?:打算|安排|思路|计划|规划|展望|努力方向|工作方向|设想|重点任务|重点工作|工作重点|工作举措|工作措施|工作目标|工作)"
_STRONG_PLAN = regex(
    rf"^(?:{_NEXT}|未来)|(?:和|与|及|、){_NEXT}|(?:工作)?(?:打算|努力方向|展望)$|改进(?:措施|方向|举措|意见|安排|办法)$|整改(?:措施|方向|打算|安排|思路|举措|计划)$|下.?步"
    r"|努力的?方向$|^(?:应对|解决|改进)?对策(?:建议|措施)?$|^新(?:的一)?年(?!度)|(?:今后|往后)(?:怎么|如何)?[^，。]{0,4}$"
)
_WEAK_PLAN = regex(r"打算|安排|思路|计划|展望|方向|设想|下一|明年|来年|举措建议|工作建议")
_NOT_PLAN = regex(
    r"情况|部署|落实|成效|完成|执行|回顾|总结|做法|(?:正确|政治|前进)方向|(?:把|牢|握|准|稳|坚定|锚定|引领)[^，。]{0,12}方向"
)
_DONE = regex(
    r"成效|成绩|做法|情况|进展|亮点|特色|回顾|总结|举措|经验|履职|履行|述职|述法|其他|措施|完成|开展|工作"
)
_ACCOUNT = regex(r"情况|职责|履职|履行|述职|述法|成效|成绩|做法|亮点|特色|回顾|总结|经验|进展")
_TOLD = regex(r"成效|成绩|做法|亮点|回顾|(?:开展|完成|进展|履职|工作)情况")
_YEAR = regex(r"(20[0-9]{2})年")
_ISSUE = regex(r"公报|年第[0-9]{1,3}[号期]|〔20[0-9]{2}〕")
"""A gazette or a document by its number: its year is none of plans."""


def heading_roles(heading: str, year: int | None, top: bool) -> tuple[Role, ...]:
    """Roles that a heading announces, in order; empty when it says nothing.

    `heading` is folded and may carry its number. Headings below the top level need an explicit wording, since
    words like 问题 and 计划 also name what was done. Two roles: problems and plan in one part.
    """
    mark = heading_marker(heading)
    text = heading[mark[1] :] if mark else heading.lstrip("、.，")
    text = text.rstrip("：。")
    if len(text) > 45:
        return ()
    problem = bool(
        (_STRONG_PROBLEM.search(text) and not regex(r"问题导向|解决|化解|破解").search(text))
        or _PLAIN_PROBLEM.search(text)
        or _CAUSE_HEADING.search(text)
    )
    plan = bool(_STRONG_PLAN.search(text)) or _next_year(text, year)
    if top and not problem and not plan:
        problem = bool(_WEAK_PROBLEM.search(text)) and not _NOT_PROBLEM.search(text) and len(text) <= 20
        plan = bool(_WEAK_PLAN.search(text)) and not _NOT_PLAN.search(text) and len(text) <= 24
    if problem and regex(rf"{_NEXT}|打算|努力方向|改进|整改措施|工作(?:安排|思路|计划)|对策").search(text):
        plan = True
    if problem and plan:
        where = regex(rf"{_PROBLEM_NOUN}|成因|原因|短处|毛病|缺点|欠账|漏洞").search(text)
        return (Role.PROBLEMS, Role.PLAN) if where and where.start() < 18 else (Role.PLAN, Role.PROBLEMS)
    if problem:
        return (Role.PROBLEMS,)
    if plan:
        return (Role.PLAN,)
    if top and _DONE.search(text):
        return (Role.ACHIEVEMENTS,)
    return ()


def accounts(heading: str) -> bool:
    """Whether a heading promises an account of what was done (履行职责情况), which 工作 and 措施 alone do not."""
    return _ACCOUNT.search(heading) is not None


def _next_year(text: str, year: int | None) -> bool:
    """A heading about the year after the report's, which is no report on the year itself."""
    years = [int(y) for y in _YEAR.findall(text)]
    if not years or _ISSUE.search(text):
        return False
    if year is not None:
        # The year in the title may be a slip of last year's copy: an account of what was done is no plan.
        return year + 1 in years and year not in years and not _TOLD.search(text)
    return bool(regex(_PLAN_NOUN).search(text)) and not _NOT_PLAN.search(text) and not _DONE.search(text[:-2])


_CONNECTIVE = r"(?:(?:为此|对此|因此|同时|此外|面对(?:以上|上述|这些)[^，。]{0,12}|针对(?:以上|上述|这些|存在|此|当前)[^，。]{0,16}|围绕[^，。]{0,12}|在)，?)?"
_PLAN_ONSET = regex(rf"{_CONNECTIVE}(?:在|着眼|谋划|面向|立足|展望|放眼)?{_NEXT}(?!骤|轮|级)[^。]{{0,200}}")
_YEAR_ONSET = regex(r"(?:进入|展望|到)?(20[0-9]{2})年(?:，|度)?(?!(?:1?[0-9])月|以来|[初底末]|上半年)")
_FINISHED = regex(
    r"已|了|全年|今年|一年来|累计|合计|完成|[0-9](?:%|[余多]?(?:万|[次件个项名人场期份条家户起宗部处类批台]))"
)
_INTENT = regex(r"将|要|继续|计划|拟|打算|力争|重点|努力|紧扣|进一步|争取|确保|工作思路")
_WILL = regex(
    r"^(?:(?:为此|对此|因此|同时)，?)?(?:针对(?:以上|上述|这些|存在|此|当前)[^，。]{0,20}，?)?"
    r"(?:我们?[省市州县区镇乡局委办厅]?|[全本][省市州县区镇乡局委办厅]|[省市州县区镇乡](?:委|政府)?[、县市区]?(?:政府)?|街道|我街道)?，?"
    r"(?:将|必须|需要|要)(?:继续|进一步|持续|坚持|以|认真|切实|着力|从|重点|采取|把|加|不断|深入|严格|在|针对|按照)"
)
_MEASURES = regex(r"^针对(?:以上|上述|这些|存在|此|当前)[^，。]{0,20}，[^。]{0,30}(?:将|拟|重点|采取|打算)")


def begins_plan(sentence: str, year: int | None, after_problem: bool) -> bool:
    """Whether a sentence opens what is planned. After a problem, 将… alone is enough."""
    lead = LEAD.match(sentence)
    text = sentence[lead.end() :] if lead else sentence
    if _PLAN_ONSET.match(text):
        return True
    m = _YEAR_ONSET.match(text)
    coming = m is not None and (int(m.group(1)) == year + 1 if year is not None else after_problem)
    if coming and (
        _INTENT.search(text) or (after_problem and year is not None and not _FINISHED.search(text))
    ):
        return True
    return after_problem and bool(_WILL.match(text) or _MEASURES.match(text))


_REACH = 400
"""Characters of a sentence in which its turn is looked for; keeps hostile input cheap."""
_TRAP = regex(
    r"解决|整改|化解|破解|针对|聚焦|围绕|发现|反馈|查找|查摆|排查|梳理|指出|通报|研判|纠正|督促|补齐|消除|克服|治理|整治|导向|线索|改变|扭转|杜绝|防止|防范|避免"
)
_CONTRAST = regex(
    r"(?<![晒亮摆讲谈说展报])(?<![晒亮摆讲谈说][出了过])(?:成绩|成效|进展|进步|肯定|成果|提升)[^。]{0,40}?(?:但|然而|也|还|仍|同时)[^。]{0,80}?"
    r"(?:差距|不足|问题|短板|弱项|薄弱|困难|不够|有待|不平衡)"
)
_AWARE = regex(
    r"(?:清醒|深刻|充分|客观|我们也|同时也|也|还|同时)(?:要|应|应当|应该|必须|需要)?(?:清醒|清楚|深刻)?(?:地)?(?:认识到|看到|意识到)"
)
_GAP = regex(r"(?:与|同|对照|对标|和|距|离)[^。]{2,60}?(?:有|存在|仍是|不小|一定|较大|不少)[^。，]{0,8}差距")
_STILL = regex(
    rf"(?:仍然?|还|尚|依然|依旧|不同程度地?|也|都|客观上)(?:是)?(?:存在|有)[^。，；]{{0,40}}(?:{_PROBLEM_NOUN}|现象)"
    r"|存在(?:着)?(?:一些|一定|不少|诸多|以下|薄弱|短板|不足|差距|困难|较大)[^。，；]{0,24}"
    r"|(?:现象|问题|情况|情形)(?:仍|还|尚|依然|依旧|时有|偶有|屡有|不同程度|较为|比较)[^，。；]{0,4}(?:存在|发生|出现|突出|普遍|可见)"
)
_MEASURED = regex(
    r"^(?:对照|对标|对表|比照|与|同|和)[^。；]{2,40}，[^。；]{0,30}(?:还|仍|尚|依然)(?:有|是)?(?:一定|较大|不小)?(?:的)?"
    r"(?:不够|不足|不强|不高|不到位|欠缺|缺口|薄弱|滞后|差距)"
)
"""对照上级要求，…还不够."""
_LACK = regex(
    r"^(?:但是?|然而|不过)[^。]{0,60}?(?:不够|不足|不强|不高|不到位|有待|滞后|薄弱|尚未|偏低|不平衡|不均衡|不完善|不健全|参差不齐|欠缺|缺乏|还需|仍需|尚需)"
)
_LISTED = regex(
    rf"^(?:工作中|目前|当前|我[们省市州县区镇乡局]?)?，?(?:还|也|仍|尚)?(?:主要)?(?:存在|面临)(?:着)?(?:的)?(?:主要|突出|以下|一些)?(?:{_PROBLEM_NOUN}|困难)"
    rf"|^(?:主要|突出|具体)?{_PROBLEM_NOUN}(?:是|有|：|表现|主要|在于)|^(?:主要)?不足之处"
    rf"|^{_PROBLEM_NOUN}(?:同样|也|还|仍|依然|依旧)(?!得到|已|都|均|能)[^。，：]{{0,8}}(?:不少|不小|存在|眼前|突出|明显|较多|较大)"
)
_TONE = regex(
    r"不够|不足|不强|不高|不到位|不深|不全|不细|不实|不大|不多|不严|不一|有待|亟待|亟需|滞后|薄弱|欠缺|缺乏|短缺|偏低|偏弱|偏少"
    r"|不平衡|不均衡|不完善|不健全|不规范|不及时|不明显|不清晰|参差不齐|尚未|没有|从没|没(?:跟上|到位|完成|顾上|做好)|未能|难以|困难|差距|短板|仍|还需|尚需|需进一步|较少|较弱|单一"
    r"|老龄化|流于形式|走过场|时有发生|不畅|脱节|究其原因|原因|导致|由于|不顺|不力|不熟|淡薄|隐患|矛盾突出|待提[高升]|待加强"
)
_MENDED = regex(
    r"(?:解决|化解|整改|破解|排查|消除|处置|纠正|帮助|协调|办结|查处)[^，。；]{0,20}[0-9]|整改(?:完成)?率|清零|销号"
)
_CAUSE = regex(r"^(?:究其原因|分析原因|主要原因|其原因|原因)")


def begins_problems(sentence: str) -> int:
    """How a sentence opens problems: 2 for a turn that the rest of the paragraph follows, 1 for an aside, 0 not."""
    lead = LEAD.match(sentence)
    text = (sentence[lead.end() :] if lead else sentence)[:_REACH]
    if _CONTRAST.search(text) and not regex(r"(?:得到|已|均)[^，。]{0,6}(?:解决|整改)").search(text):
        return 2
    if _AWARE.search(text) and (_TONE.search(text) or regex(_PROBLEM_NOUN).search(text)):
        return 2
    if _GAP.search(text) and not _TRAP.search(text):
        return 2
    if _LISTED.match(text) or _MEASURED.match(text):
        return 2
    if _CAUSE.match(text):
        # Without a list it may only explain the figure before it.
        return 2 if text.endswith("：") or regex(r"一是|1[.、]|①").search(text) else 1
    m = _STILL.search(text)
    if m and not _TRAP.search(text[max(0, text.rfind("，", 0, m.start())) : min(len(text), m.end() + 12)]):
        return 2 if text.endswith("：") or regex(r"但|虽然|尽管|同时|当前|目前|工作中").match(text) else 1
    m = _LACK.match(text)
    if m and not _TRAP.search(m.group()):
        return 1
    for clause in text.split("，")[1:]:
        m = _LACK.match(clause)
        if m and not _TRAP.search(m.group()):
            return 1
    return 0


_ROOT = regex(
    r"^(?:究其(?:原因|根源)|追根溯源|归根结底|这些(?:问题|不足)的|上述(?:问题|不足)的|问题的?(?:根源|症结|根子|成因|原因))"
)


def tells_of_roots(sentence: str) -> bool:
    """Whether a sentence says what the lacks told before it come from."""
    lead = LEAD.match(sentence)
    return _ROOT.match(sentence[lead.end() :] if lead else sentence) is not None


def sounds_like_problem(sentence: str) -> bool:
    """Whether a sentence speaks of a lack or its cause."""
    return _TONE.search(sentence) is not None


def speaks_of_lack(sentence: str) -> bool:
    """Whether a sentence speaks of a lack that is not at once said to be mended (化解纠纷36件)."""
    return _TONE.search(sentence) is not None and _MENDED.search(sentence) is None


def tells_of_done(sentence: str) -> bool:
    """Whether a sentence reads as an account of what was done rather than as an intention."""
    return _FINISHED.search(sentence) is not None


_LABEL = regex(r"【([^【】]{2,12})】：?|([^，。：；]{2,12})：")


def label_role(sentence: str, year: int | None, after_problem: bool) -> Role | None:
    """Role that a label at the head of a paragraph announces (存在问题：…, 【打算】…), None when there is none."""
    m = _LABEL.match(sentence)
    if not m:
        return None
    label, rest = m.group(1) or m.group(2), sentence[m.end() : m.end() + _REACH]
    roles = heading_roles(label, year, after_problem)
    if roles == (Role.PLAN,):
        return Role.PLAN if after_problem or regex(_NEXT).search(label) else None
    if roles == (Role.PROBLEMS,):
        return Role.PROBLEMS
    named = regex(rf"{_PROBLEM_NOUN}|漏洞|欠账|毛病").search(label)
    parts = [part for part in regex("[；。]").split(rest) if part]
    if named and sum(map(speaks_of_lack, parts)) * 2 >= max(1, len(parts)):
        return Role.PROBLEMS
    return None


def sounds_like_plan(sentence: str) -> bool:
    """Whether a sentence is put as an intention rather than as something lacking."""
    return _TONE.search(sentence[:60]) is None and (
        _WILL.match(sentence) is not None
        or regex(
            r"(?:进一步|持续|继续|不断|加大|加强|强化|深化|完善|健全|严格|坚持|推进|推动|着力|深入)"
        ).match(_bare(sentence))
        is not None
    )


def _bare(sentence: str) -> str:
    mark = heading_marker(sentence)
    if mark:
        return sentence[mark[1] :]
    lead = LEAD.match(sentence)
    return sentence[lead.end() :] if lead else sentence


CLOSING = regex(
    r"(?:特此|专此|以上(?:报告|情况)|此报告|现予以?报告|妥否|请(?:予)?(?:审议|审阅|批评指正)|特予)[^。]{0,20}[。！]?$"
)
"""Formulas that end a report."""
INTRODUCED = regex(r"如下|(?:报告|汇报|总结|公布|公开)[^。，]{0,6}[：。]$")
"""End of the preface: 现将有关情况报告如下."""
