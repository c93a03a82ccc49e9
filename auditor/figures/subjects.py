"""Finds what a quantity counts: the noun before or after it, the name of a rate, the scope, the direction.

Works on normalised text; ``lead`` is the text of the quantity's own clause before it, ``tail`` the text after it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from auditor.figures.quantity import QKind, Quantity
from auditor.regex import regex

WINDOW = 160
"""Longest stretch looked at on either side of a quantity."""
_STOP = regex(r"[。！？\n]")
CLAUSE = regex(r"[，；：。！？（）\n]")
_PUNCTUATION = regex(r"[，；：。！？（）、\n]")

UP = "增长 增加 上升 提高 提升 增幅 升幅 涨幅 净增 多 上涨 递增 攀升 提速 扩大 增收"
DOWN = "下降 减少 降低 压减 压缩 缩减 精简 净减 减幅 降幅 回落 缩短 少 下滑 削减 递减 核减 压降"
_UP = "|".join(sorted(UP.split(), key=len, reverse=True)).replace(
    "提升", "(?<!改造)(?<!优化)(?<!整治)(?<!创建)提升"
)
_DOWN = "|".join(sorted(DOWN.split(), key=len, reverse=True))
CHANGE = regex(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|率|比例)?(?:分别)?(?:达到|达|为|约|近|逾|超过|超)?$"
)
_CHANGE_ENDS = frozenset({*"了率例别到达为约近逾过超", *(word[-1] for word in f"{UP} {DOWN}".split())})
"""Characters with which ``CHANGE`` may end."""
_NEW = regex(r"(?:(?P<up>新增|多)|(?P<down>少))[\u4e00-\u9fff]{0,3}$")
_LEVEL = regex(r"(?<![幅率例])为$|达到?$")
"""压缩为9个工作日 states the new level, 降幅为9件 the step."""
COMPARISON = regex(
    r"同比|环比|(?:较|比|与|同)(?:上年|去年|上一年|前一年|同期|上季|上月|20\d\d年|历史)[^，。；]{0,8}?(?:相比)?|比上年|上年同期|去年同期"
)
_FAR_CHANGE = regex(
    rf"(?P<up>{_UP.replace('|多', '').replace('|少', '')})|(?P<down>{_DOWN.replace('|少', '')})"
)
NAME = regex(
    r"[\u4e00-\u9fff“”A-Za-z0-9+]{0,18}?(?:率(?!先|领|队|众|直|性)|占比|比例|比重|满意度|知晓度|覆盖面|公信力|好评度)"
)
_JOINED = regex(r"(?:、|和|与|及|以及)$")
_ENDS_JOINED = regex(r"(?:和|及|与|以及|并)$")
_JOINED_END = regex(r"(?:和|及|与|以及|并|共)$")
_FILLER = regex(
    r"(?:(?:均|都|皆|也|全部|双双|分别|连续[一二三四五六七八九十\d]{1,2}年|持续|稳定|始终|一直|继续|平均|预计|实现|已|"
    r"仅|高|再次|首次|同比|总体|整体|全面|实现了|再|依然|仍|长期|稳步)*"
    r"(?:达到了|达到|达|为|是|保持在|保持|稳定在|维持在|提升至|提升到|提高到|提高至|上升至|上升到|增至|升至|升到|"
    r"降至|下降到|下降至|降到|超过|超|突破|高于|不低于|不少于|至|到|在|约|近|由|从|自|占|逾)*)$"
)
_AFTER_RATE = regex(r"^(?:以上|以内|左右)?(?:的)?([\u4e00-\u9fff]{0,10}?(?:率(?!先|领)|覆盖|比例|占比))")
_SCOPE = regex(
    r"(?=[自2累上去同今])(?:自?(?:20\d\d年(?:度)?(?:\d{1,2}月)?以来)|20\d\d年(?:度)?|累计|上年同期|去年同期|上年|去年|同期|今年以来)"
)
_ADVERBS = regex(
    r"^(?:今年以来|本年度|全年|年内|年度|目前|截至目前|截至|累计|共计|合计|总计|共|已经|已|现有|现|其中|全县|全市|全区|"
    r"全镇|全省|全乡|全街道|我县|我市|我区|我镇|我局|我省|本县|本局|本镇|县级|市级|另有|另|还|并|先后|分别|"
    r"通过|有|为|对|以来|的|地|20\d\d年度?以来|20\d\d年度?|和|及(?!时)|与|、|以及)+"
)
_VERBS = regex(
    r"^(?:办理|受理|收到|接到|接收|开展|组织|举办|召开|审理|审查|审核|审结|办结|发放|发布|发出|印发|制定|出台|建立|"
    r"建成|设立|配备|聘请|聘任|培养|培训|查处|立案|调解|化解|排查|检查|抽查|抽取|移送|公开|主动公开|公布|完成|实现|"
    r"提供|梳理|清理|修订|修改|废止|作出|下发|新增|解决|接待|评查|调处|报备|备案|参加|列席|反馈|代理|归集|录入|"
    r"采集|处置|处理|答复|认领|完善|承办)(?=[\u4e00-\u9fff]{2})"
)
_TAIL_END = regex(
    r"[的就在对将已被向从由均逐]|进行|实现|开展|全部|参加|报告|完成|通过|得到|予以|提交|召开|办结|接受|提出|负责"
)


def akin(one: str, two: str) -> bool:
    """True when the words share a pair of neighbouring characters."""
    return any(one[k : k + 2] in two for k in range(len(one) - 1))


def lead_of(text: str, floor: int, start: int) -> str:
    """Text of the clause before ``start``, not reaching back over ``floor``; list marks at its head are dropped."""
    piece = text[max(floor, start - WINDOW) : start]
    cut = 0
    for match in CLAUSE.finditer(piece):
        cut = match.end()
    if cut == 0 and (first := _PUNCTUATION.search(piece)):
        cut = first.end()
    if cut and cut == len(piece) and piece.endswith("）") and (at := piece.rfind("（")) > 0:
        # 保留（继续有效）180件: the words before the bracket carry the meaning.
        return lead_of(text, floor, max(start - WINDOW, floor, 0) + at) + piece[at:]
    return piece[cut:].lstrip("、")


def tail_of(text: str, end: int, ceiling: int) -> str:
    """Text after ``end`` up to the next punctuation mark or ``ceiling``."""
    piece = text[end : min(ceiling, end + WINDOW)]
    match = _PUNCTUATION.search(piece)
    return piece[: match.start()] if match else piece


def attach(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """The quantities with subject, scope, direction and kind filled in from their surroundings."""
    out: list[Quantity] = []
    stops = [-1, *(m.start() for m in _STOP.finditer(text))]
    for index, q in enumerate(found):
        floor = found[index - 1].end if index else 0
        ceiling = found[index + 1].start if index + 1 < len(found) else len(text)
        # Start of the full sentence (up to 。！？ or paragraph end), at most 3 windows back.
        opening = max(q.start - 3 * WINDOW, stops[bisect_left(stops, q.start) - 1] + 1)
        out.append(_attach(text, q, floor, opening, ceiling, out))
    return out


def _newly(text: str, lead: str, start: int) -> re.Match[str] | None:
    """较2020年新增9名 or 比去年多查处16起 states a step; 新增9名 alone is a figure of its own."""
    close = lead[-5:]
    match = _NEW.search(lead) if "增" in close or "多" in close or "少" in close else None
    return match if match and COMPARISON.search(lead_of(text, max(0, start - 24), start)) else None


def _attach(
    text: str, q: Quantity, floor: int, opening: int, ceiling: int, before: Sequence[Quantity]
) -> Quantity:
    if q.kind in (QKind.DATE, QKind.DOCUMENT, QKind.NAME):
        return q
    start = max(floor, opening)
    lead, tail = lead_of(text, start, q.start), tail_of(text, q.end, ceiling)
    scope = _scope(text, q.start, opening)
    change = CHANGE.search(lead) if lead[-1:] in _CHANGE_ENDS else None
    change = change or (_newly(text, lead, q.start) if lead else None)
    direction = (1 if change["up"] else -1) if change else 0
    if q.kind is QKind.RATE:
        names = rate_names(text, max(opening, q.start - WINDOW), q.start, tail)
        if not change and not names:
            hits = list(_FAR_CHANGE.finditer(lead))
            far = hits[-1] if hits else None
            if far and not regex(r"[到至]$|为$").search(lead):
                change, direction = far, 1 if far["up"] else -1
        if change:
            subject = _clean(COMPARISON.sub("", lead[: change.start()]) + change[0]) or change[0]
            return _with(q, subject, scope, QKind.CHANGE, direction)
        if not names:
            previous = before[-1].subject if before and before[-1].end == floor and not lead else ""
            names = (_clean(lead) or tail[:12] or previous or "比例",)
        return _with(q, names[-1] if len(names) == 1 else "、".join(names), scope, q.kind, names=names)
    if change and not _LEVEL.search(change[0]):
        subject = _clean(COMPARISON.sub("", lead[: change.start()])) or _near_noun(tail) or change[0]
        return _with(q, subject, scope, QKind.CHANGE, direction)
    # 157件建议和150件提案: what stands before 和 belongs to the figure before.
    subject = "" if _ENDS_JOINED.search(lead) else _clean(lead)
    noun = _near_noun(tail)
    if noun and (not subject or len(subject) < 2 or subject in _BARE_VERBS):
        subject = noun
    return _with(q, subject or noun or q.unit, scope, q.kind)


def _with(
    q: Quantity, subject: str, scope: str, kind: QKind, direction: int = 0, names: tuple[str, ...] = ()
) -> Quantity:
    """``q`` with what its surroundings tell."""
    return Quantity(
        subject, q.value, q.unit, scope, q.operator, kind, q.sentence, q.start, q.end, q.decimals, q.scale, direction,
        q.upper, q.spelled, names,
    )  # fmt: skip


_BARE_VERBS = frozenset(
    [
        "办理",
        "受理",
        "收到",
        "接到",
        "召开",
        "开展",
        "举办",
        "审结",
        "办结",
        "发放",
        "发出",
        "印发",
        "制定",
        "出台",
        "设立",
        "配备",
        "聘请",
        "聘任",
        "培训",
        "查处",
        "调解",
        "化解",
        "检查",
        "抽取",
        "移送",
        "完成",
        "提供",
        "修订",
        "修改",
        "废止",
        "建成",
        "新增",
    ]
)


def _clean(lead: str) -> str:
    subject = _ADVERBS.sub("", lead.rstrip())[-24:]
    shorter = _VERBS.sub("", subject)
    return shorter if len(shorter) >= 2 else subject


def _near_noun(tail: str) -> str:
    match = _TAIL_END.search(tail)
    noun = tail[: match.start()] if match else tail
    return _JOINED_END.sub("", noun)[:16]


def _scope(text: str, start: int, opening: int) -> str:
    low = max(opening, start - 60)
    last = ""
    for match in _SCOPE.finditer(text, low, start):
        last = match[0]
    return last


def rate_names(text: str, low: int, start: int, tail: str) -> tuple[str, ...]:
    """Names of the rate whose figure starts at ``start``: all of 报备率和及时率均为…, or the one after 100%的…."""
    piece = text[low:start]
    piece = piece[max((piece.rfind(mark) for mark in "；：。"), default=-1) + 1 :]
    base = piece[: _filler_start(piece)]
    names: list[str] = []
    clause = base
    while (name := _last_name(clause)) is not None:
        names.insert(0, name)
        clause = clause[: len(clause) - len(name)]
        joint = _JOINED.search(clause)
        if not joint:
            break
        clause = clause[: joint.start()]
    if names:
        return tuple(_clean_name(n) for n in names)
    if match := _AFTER_RATE.match(tail):
        return ((_clean(lead_of(text, low, start)) if match[1] in ("覆盖", "全覆盖") else "") + match[1],)
    own = piece[max((piece.rfind(mark) for mark in "，（）"), default=-1) + 1 :]
    found = [m[0] for m in NAME.finditer(own)]
    if found and len(own) - own.rfind(found[-1]) - len(found[-1]) <= 15:
        return (_clean_name(found[-1]),)
    return ()


def _filler_start(piece: str) -> int:
    """Start of 均达到, 连续三年保持在, … at the end of ``piece``; a comma before it may be crossed."""
    cut = len(piece)
    for _ in range(2):
        reach = max(0, cut - 24)
        cut = reach + len(_FILLER.sub("", piece[reach:cut], count=1))
        if cut and piece[cut - 1] in "，" and cut < len(piece):
            cut -= 1
        else:
            break
    return cut


def _last_name(clause: str) -> str | None:
    """Name of a rate at the very end of ``clause``."""
    ending = regex(r"(?:率|占比|比例|比重|满意度|知晓度|覆盖面|好评度)$").search(clause[-6:])
    if not ending:
        return None
    piece = clause[-22:]
    cut = max((piece.rfind(mark, 0, len(piece) - 1) for mark in "，；：（）、。\n%"), default=-1) + 1
    for joint in ("和", "与", "以及", "及"):
        # 办结率和满意率: the joint counts only when a name of a rate stands before it.
        at = piece.rfind(joint, cut, len(piece) - 2)
        if at > cut and regex(r"(?:率|占比|比例|满意度|知晓度)$").search(piece[cut:at]):
            cut = max(cut, at + len(joint))
    return piece[cut:]


_NAME_HEAD = regex(
    r"^(?:今年以来|本年度|全年|年内|目前|截至目前|累计|共|其中|全县|全市|全区|全镇|全省|20\d\d年度?(?:以来)?|使|实现|确保|、|，)+"
)


def _clean_name(name: str) -> str:
    cleaned = _NAME_HEAD.sub("", regex(r"^.*[\d%](?:件|项|人|次|个|家|户|份|起|条)?").sub("", name))
    return cleaned or name
