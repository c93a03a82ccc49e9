"""Matters put off, waited for, only meant or left lying: 案卷评查因故顺延，细则还卡在会签。

Officials tell of unfinished business in countless ways. What they have in common is a predicate that says so, and that
nothing in its clause or right behind it says that the thing was done after all (原定来年启用，11月便转了正). The matter
itself often stands in front, as a bare topic: 败诉案件的剖析会，几家单位时间凑不拢，一直没开成.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.regex import regex
from auditor.text.document import Span

_SEGMENT = regex(r"[^。；！？\n]+")
_CLAUSE = regex(r"[^，：]+[，：]?")

_LATER = r"(?:明年|来年|次年|翌年|后年|转过年|过了?年|下个?(?:年度|年|季度|批|阶段)|下一?年度?|年后|节后|元旦后|开春|春节|春上|[一二]季度|二期|下期|以后|今后|日后|将来)"
_PUT_OFF = (
    r"(?:往后|向后|朝后)(?:顺|推|放|排|延|拖)|顺延|延后(?=至|到|举行|召开|开展|[，：]|$)|延期(?=至|到|举行|召开|开展|进行|实施|[，：]|$)|(?<!限)改期(?!的)|(?<!被)暂缓(?=[，：]|$)|缓一缓|搁置|搁下|先放一放|放一放"
    r"|排[到在]了?后[头面]"
    rf"|(?:顺|推|延|挪|移|改|放|留|拖|轮|并|缓|压|转)(?:[到至在]|待到?|入)[^，]{{0,4}}{_LATER}|留[待作][^，]{{0,6}}(?:课题|{_LATER})|{_LATER}(?:再|才)(?!次|度|也|获)"
)
#: 等 also ends a list (水务等部门), so that it waits only behind one of these or at the head of a clause.
_WAITED_FOR = (
    r"(?:(?<![^，：。；！？\n])|[要须需只还仍尚便]|统统|打算|暂时|一直)(?:等|待|候)(?!级|次|额|于|遇|业|办|人|查|遇|整改|补正)[^，的]{0,16}?"
    r"(?:批[复准下]|答复|回复|回函|下来|到位|出[台齐]|成熟|明确|开权限|模板|统一|日子|指标|接口|通知|经费|资金|时机|配套|印发|再|后)"
    r"|报[^，]{1,8}(?:候着|待批|待审)|压在[^，]{1,8}(?:待|等)?|(?<!期)待(?:审|批|议)(?!的|案|项)"
)
_MEANT = (
    rf"(?:(?<![讲说谈作的])打算|有意(?![见义思识愿向])|本想|原想|(?<!思)想[等学](?!习)|琢磨着|盘算)(?!的)|酝酿(?:着|推出|出台|制定|建立)|考虑(?:择机|适时)|预备[^，]{{2,16}}(?:再|推开|启动)"
    rf"|(?:准备|预计|计划|定于|拟(?:放|列|排|安排)[^，]{{0,3}})[^，]{{0,12}}{_LATER}|准备[^，]{{2,14}}(?:先行试|先试|试水|重做|重新做|另行)"
    r"|(?:另|择)[日期择](?!前)|(?:原则|口头)[^，]{0,3}(?:点头|同意|赞成|答应)|口头商(?:议|量)|(?:答应|谈妥)[^，]{0,20}(?:给|补|要|由|下放|日后)|表态(?:要|将)"
)
_LEFT = (
    r"卡在[^，]{1,10}(?:环节|会签|立项|审批)|停在[^，]{1,8}上|悬着|悬而未决|一直没(?!有?[断停松少中])|没[有能]?(?:办成|开成|成行|挂出|排上|立起来|下来|落实|定下来|动起来)"
    r"|未能?(?:成行|过会|启动|挂出|办成|开成|如期|落地)|(?:没能|没有)(?:过会|启动|挂出|推开|上线)|(?:也就)?没能过会"
    r"|(?:批复|批文|证|指标|经费|资金|编制|文件|模板|选址|名单|细则|结果)[^，]{0,2}(?:还|仍|尚)?[未没](?:有)?(?:下|批|到|见|定|来|出|着落)"
    r"|未(?:定|见)(?=[，：]|$)|没着落|(?:印|做|写|备)好(?:了)?(?:未|没有?|存|还没)[^，]{0,4}|未回函|不便启动"
    r"|(?:看法|意见|说法|口径)[^，]{0,4}(?:不一(?!致)|不同(?=[，：]|$)|不齐|未统一)(?![^，]{0,3}的)|还在磨|(?:几|多)(?:家|个)[^，]{0,6}还在|[^，]{0,6}来回了[^，]{1,4}趟|流转了?[^，]{1,4}圈|谈到第[^，]{1,2}轮"
    r"|刚(?:要来|签|起步)(?=[，：]|$)"
)
_DRAFTED = (
    r"(?:拟到|改到|磨到|形成|捧出|拿出|写出|摸出)[^，]{0,12}(?:第[一二三四五六]稿|[一二三]稿|讨论稿|初稿|草稿)(?!必须|后|的|前|时|即)|草拟了?[^，]{0,3}稿|(?:送审稿|讨论稿|征求意见稿|文本|文稿|草案稿)[^，]{0,6}(?:已|均已)?(?:送审|报送|于[^，]{1,8}报|报)"
    r"|(?:方案|文本|稿子|文稿)[^，]{0,6}(?:已呈|圈阅|送审(?=[，：]|$)|报批$)|送[^，]{1,10}会签(?=[，：]|$)"
)
_FORMER = r"[还仍]是20[01][0-9]年的事|[是系](?:上届|前年|19[0-9]{2}年|20[01][0-9]年)[^，]{1,14}的(?=[，：]|$)|曾于[0-9]{4}年|[0-9]{4}年定过的"

#: 存量文件清理的方案已经起草, 演练的脚本写好了: what was made ready is not yet the thing itself.
_READY = (
    r"的(?:方案|设想|想法|思路|念头|图纸|脚本|样稿|文稿|稿子|费用|预算|人手|请示件?|可研|选址|场地|房子|文本|模板|流程图)"
    r"(?:也|都)?(?:已经?|刚刚?|才|还|正|仍|尚|只)?[^，]{0,8}?(?:起草|拟[出就好定妥]|写[好出就进]|画|排[出好队]|商量|有了|留|备|凑|抽齐|腾|报批|递|呈|送|做好|定下|选|立项|汇总|流转|传阅)"
    r"(?![^，]{0,8}(?:印发|出台|公布|实施|施行|执行|通过))"
    r"|的事已?经?(?:商量|谈|说|定)|(?:只|刚刚?)(?:腾出|搭起|排出|画出|凑齐|抽齐|封顶|动工|破土|立项|起草)|(?:刚刚?|才)?(?:封顶|抽齐)(?=[，：]|$)"
    r"|(?:处在|处于|停留在|还在)(?:[^，]{0,8})(?:摸底|起步|调研|论证|筹备|酝酿|设计|会签|审批|报批|征集|流转|传阅|排队|打磨|汇总|案头)(?:阶段|环节)?(?=[，：]|$)"
    r"|(?:师资|教材|材料|名册|台账|设备)[^，]{0,6}备[妥齐](?=[，：]|$)|过了(?:可行性)?(?:论证|初审)(?=[，：]|$)|已有安排(?=[，：]|$)|有了(?:腹稿|眉目|雏形)|提上日程|达成了?初步意向"
    r"|正在(?:汇总|整理|归集|摸底|统计|协调|对接|商谈|洽谈|排版|印刷|逐条分解)|正[^，]{0,4}(?:谋划|筹划|酝酿)之中|走[^，]{0,4}招标程序"
)
#: At the end of a sentence one of these undoes all that was said of the matter before.
_UNDONE = regex(
    r"(?:没有|还没有?|尚未|仍未|从未|一直没有?|始终没有?|不曾|未能|没能|没)[^，0-9就便]{0,8}?"
    r"(?:召开|进行|启动|动笔|动工|定稿|批复|批准|批回|渠道|结论|落到|落实|到货|到位|演成|讲成|办成|开成|开张|报出|敲定|轮到|配齐|统计|组织评|评查|落地|成文|成稿|腾出"
    r"|挤出|选定|上线|启用|开通|成立|设立|建成|动静|下文|着落|一撇|推开|铺开|成行|定下来|办下来|接手|到账)(?!的)"
    r"|(?:一[项本件个人次家]|半[点个步])也没有?|(?:尚|还|仍|至今)是(?:空白|一纸|半拉子|设想)|(?:还|尚|仍)没有?(?:定|办|接|动|开|批|排)(?=[，：]|$)"
    r"|何时启动|再(?:议|研究|说)(?=[，：]|$)|另行通知|撤了下来|送审未回|沿用至今未"
)

#: Inside a clause one of these is enough.
_OPEN = regex("|".join((_PUT_OFF, _WAITED_FOR, _MEANT, _LEFT, _DRAFTED, _READY, _FORMER)))
#: Whatever was meant, it was done: in the clause itself or right behind it.
_AFTER_ALL = regex(
    r"^(?:过去|以往|此前|以前|往年|原先|长期以来|多年来)|结果|终于|好在|后来|提前|往前赶|不再|补齐|还清|没有(?:拖|干等|等|停)|不等|却(?!步)|这才|随即|现已|均已|全部|悉数"
    r"|已(?:于|经)?[^，]{0,6}(?:印发|公布|出台|到岗|到位|完成|办结|建成|上线|启用|运行|挂牌|整改|落实|清零|兑现|通过|发放|整改到位)|转了?正|(?:共|累计|先后)[^，]{0,8}[0-9]"
    r"|[0-9]+(?:\.[0-9]+)?(?:%|件|起|宗|人次|场次)"
)
#: A clause in front that tells of a deed is no bare topic.
_DEED = regex(
    r"[0-9](?![0-9]*[年月日])|[一二两三四五六七八九十百千]+(?:次|件|场|项|个|名|家|份)|已|了|过(?=$|[，：])|完成|印发|出台|建成|开展|组织|举办"
    r"|实行|推行|推进|建立|健全|制定|修订(?=《|了)|公布|加强|强化|深入|不断|持续|扎实|有效|切实|全面(?!依法)|严格|积极|进一步|实现|达到|增强|提升|召开"
    r"|设立|成立|配备|聘请|通过|纳入|深化|打造|坚持|办结"
)
#: What was counted was done, whatever is said of the rest.
_RESULT = regex(
    r"[0-9]+(?:\.[0-9]+)?(?:万|亿)?(?:余|多)?(?:件次|人次|家次|户次|场次|件|次|场|期|份|条|起|户|%|元)|全部|均已|悉数"
)


def pending(text: str) -> Iterator[Span]:
    """Clauses about unfinished business with the bare topics in front of them, in order."""
    for segment in _SEGMENT.finditer(text):
        if not (_OPEN.search(text, *segment.span()) or _UNDONE.search(text, *segment.span())):
            continue
        clauses = [match.span() for match in _CLAUSE.finditer(text, *segment.span())]
        # The first of the clauses behind the last deed, and behind the last deed with a result.
        topic = told = 0
        for number, (start, end) in enumerate(clauses):
            clause = text[start:end].rstrip("，：")
            behind = text[end : clauses[number + 1][1]] if number + 1 < len(clauses) else ""
            # A bare denial is no preparation: what it denies is missing.
            undone = number > told and _UNDONE.search(clause)
            if (undone or _OPEN.search(clause)) and not (
                _AFTER_ALL.search(clause) or _AFTER_ALL.search(behind)
            ):
                yield clauses[told if undone else topic][0], start + len(clause)
                topic = told = number + 1
            elif _DEED.search(clause):
                topic = number + 1
                if _RESULT.search(clause):
                    told = number + 1
