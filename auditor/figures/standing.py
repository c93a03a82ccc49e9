"""Stocks told in one place and again in another: what is still open, what of N is not yet done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from msgspec import Struct, field

from auditor.figures.judge import finding, shown, told_again
from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.figures.posts import Posts
from auditor.figures.quantity import QKind
from auditor.figures.subjects import akin
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

_TOPIC = regex(
    r"行政复议|行政应诉|行政诉讼|信访积案|信访|投诉举报|行政处罚|法律援助|劳动仲裁|人事争议|行政裁决|人民调解|行政调解|行政赔偿|信息公开|建议提案|矛盾纠纷|仲裁"
)
_SAME = {"行政应诉": "行政诉讼", "劳动仲裁": "仲裁", "人事争议": "仲裁"}
_LEFT = regex(
    r"(?:尚|还|仍)?(?:未|没有)(?:能)?(?:办结|审结|结案|办理完毕|办完|审理完毕|化解|了结)|结转(?:至|到)?(?:下一?年度?|次年|明年|20\d\d年度?)|在办|在审|未结"
)
_CARRIED_IN = regex(
    r"(?:上一?年度?|去年|往年|历年|20\d\d年度?)[^，。；]{0,4}(?:结转|遗留|转入)(?!(?:至|到)?(?:下|次|明|20))"
)
_ANY_CARRIED = regex(r"结转")
_PLAIN_WORDS = regex(
    r"截至|年末|年底|目前|现在?|全[县市区镇局省州]|我[县市区镇局省州]|对|尚|仍|还|未|没有|能|办结|审结|结案|了结|化解|办理完毕|在办|在审|未结|结转|下一?年度?|次年|明年|"
    r"20\d\d年度?|至|到|的|有|共|为|是|余|剩|案件|申请|事项|件|针对|积极|依法|妥善|审理|办理|加快|推进|一是|二是|三是|四是|五是|，|、|于|待|存"
)
_OTHER_SCOPE = regex(r"其中|超期|疑难|重大|涉企|群体|市级|县级|省级|乡镇|街道|部门|分局|法院|月|季度|半年")

_STILL = regex(r"(?:仍|还|尚)有$")
_ANY_CASES = regex(
    r"(?:案件|积案|申请|纠纷|工单|事项)?(?:尚|仍|还)?(?:未|没有)(?:能)?(?:办结|审结|结案|化解|了结|办完|办理完毕|审理完毕)$"
)
"""Nothing but the cases themselves stands between their number and what was not done."""
_WIDER = regex(r"全[国省市县区州]|各级|各[县市区]|[两三四]级|领域|系统|条线|战线|专项|园区")
"""More than the body itself, or less."""
_SINCE = regex(r"[^，。；]{0,16}，[^，。；]{0,12}(?:新收|新增|新受理|\d月)")
_SPAN = regex(r"[上下]半年|季度|\d月")
_FIELD = regex(r"复议|诉讼|应诉|仲裁|裁决|调解|信访|投诉|处罚|赔偿|援助|法院")

_T = TypeVar("_T")
MOST = 24
"""What is remembered of one subject."""
_NOT_DONE = regex(
    r"(?:未能|尚未|没有|还没有?|未)(?:在?(?:年内|年底之?前?|年末之?前?|当年内?|年度内|本年度?内?))?(?:实际|完成|全部|真正)?([\u4e00-\u9fff]{2})"
)


_REMAINING = regex(r"[中里]，?(?:目前|现|至今|截至[^，。；]{1,6})?，?(?:尚|仍|还|只|却)?有?$")
_ALIKE = tuple(
    regex(words)
    for words in (
        r"整改|销号|到位|解决",
        r"完工|竣工|完成|建成",
        r"办结|审结|结案|办理完毕|审理完毕",
        r"化解|调解成功|了结",
        r"答复|回复|办复",
        r"持证|持有|取得",
    )
)
"""Words for the same end of the work."""


def verbs(verb: str) -> re.Pattern[str]:
    """Words that say the same as ``verb``."""
    return next((words for words in _ALIKE if words.match(verb)), re.compile(re.escape(verb)))


class _Memory(Struct):
    """What was told so far, by subject; every list is kept short, so that the work stays linear."""

    left: dict[str, list[tuple[Item, Period]]] = field(default_factory=dict)
    narrow: dict[str, list[Decimal]] = field(default_factory=dict)
    carried: dict[str, list[Decimal]] = field(default_factory=dict)
    pairs: dict[tuple[str, Decimal], list[tuple[Item, Item]]] = field(default_factory=dict)


def _keep(told: list[_T], new: _T) -> None:
    if len(told) < MOST:
        told.append(new)


def check_standing(doc: Document, passages: Sequence[Period]) -> list[Finding]:
    """Warnings at the later of two places."""
    memory, posts, out = _Memory(), Posts(doc), list[Finding]()
    topic, paragraph = "", -2
    for period in passages:
        here = doc.norm.text.rfind("\n", max(0, period.start - 4000), period.start)
        if here != paragraph:
            topic, paragraph = "", here
            if found := _last(_TOPIC, doc.norm.text[max(0, here) : period.start]):
                topic = found
        out += _left(doc, period, memory, topic)
        out += posts.look(period)
        out += _undone(doc, period, memory)
        topic = _last(_TOPIC, period.text) or topic
    return out


def _last(pattern: re.Pattern[str], text: str) -> str:
    hits = pattern.findall(text[-1200:])
    return str(hits[-1]) if hits else ""


def _left(doc: Document, period: Period, memory: _Memory, topic: str) -> list[Finding]:
    """尚未审结347件 … 尚未审结的行政复议案件仍有374件."""
    out: list[Finding] = []
    for item in period.items:
        if not item.plain or item.q.kind is not QKind.COUNT:
            continue
        words = item.lead[-24:] + ("" if item.shared else item.tail[:16])
        if not (_LEFT.search(words) or _ANY_CARRIED.search(item.lead) or _CARRIED_IN.search(item.lead)):
            continue
        own = _last(_TOPIC, words) or _of_clause(period, item)
        about = own or _last(_TOPIC, period.text[: item.q.start - period.start]) or topic
        key = f"{_SAME.get(about, about)}/{item.q.group}"
        bare = not own and bool(_ANY_CARRIED.search(item.lead)) and not _LEFT.search(words)
        if bare or _CARRIED_IN.search(item.lead):
            _keep(memory.carried.setdefault(key, []), item.q.amount)
            continue
        if not about or not (_LEFT.search(words) or _ANY_CARRIED.search(item.lead)) or "其中" in item.gap:
            continue
        known = memory.left.setdefault(key, [])
        if own and known and _general(item) and not _OTHER_SCOPE.search(words):
            values = [i.q.amount for i, _ in known] + memory.carried.get(key, [])
            if (
                item.q.amount not in values
                and known[-1][1] is not period
                and len({i.q.amount for i, _ in known}) == 1
                and item.q.amount not in memory.narrow.get(key, [])
                and all(i.q.amount != item.q.amount for i in known[-1][1].items)
            ):
                was = known[-1][0]
                before, now = shown(was.q.amount, was), shown(item.q.amount, item)
                what = f"“{about}”未办结的案件"
                out.append(told_again(doc, period, [item], was, before, now, what=what))
        if _general(item) and not _OTHER_SCOPE.search(words):
            _keep(known, (item, period))
        else:
            _keep(memory.narrow.setdefault(key, []), item.q.amount)
    return out


def _of_clause(period: Period, item: Item) -> str:
    """行政复议案件大幅增长，截至年底仍有98件案件未审结: the one subject that the same point of the sentence speaks of."""
    if not _STILL.search(item.lead) or not _ANY_CASES.match(item.tail):
        return ""
    before = period.text[max(0, item.q.start - period.start - 80) : item.q.start - period.start]
    clause = before[before.rfind("；") + 1 :]
    found = _TOPIC.findall(clause)
    if _SINCE.match(period.text, item.q.end - period.start):
        # 目前仍有51件未审结，其中今年1月新收9件: told of a later day.
        return ""
    if len(set(found)) != 1 or any(c.isdigit() for c in clause):
        return ""
    if _OTHER_SCOPE.search(clause) or _WIDER.search(clause):
        return ""
    return "" if _FIELD.search(_TOPIC.sub("", clause)) else str(found[0])


def _general(item: Item) -> bool:
    """The clause speaks of all that is left and of nothing narrower."""
    rest = _PLAIN_WORDS.sub("", _TOPIC.sub("", item.lead))
    return not rest


def _undone(doc: Document, period: Period, memory: _Memory) -> list[Finding]:
    """63项，实际行使45项 … 63项中仍有16项未行使."""
    out: list[Finding] = []
    items = period.items
    for whole, part in pairwise(items):
        if not (whole.plain and part.plain and like(whole, part)) or part.q.amount > whole.q.amount:
            continue
        if whole.q.amount < 5 or part.sep == "；" or part.q.spelled:
            continue
        key = (part.q.group, whole.q.amount)
        words = part.lead[-14:] + "|" + part.tail[:14]
        if (denied := _NOT_DONE.search(words)) is None:
            if not _SPAN.search(part.lead):
                # 计划26期，上半年完成10期: not all that was done.
                _keep(memory.pairs.setdefault(key, []), (whole, part))
            continue
        verb = denied[1]
        same = verbs(verb)
        told = [(w, p) for w, p in memory.pairs.get(key, []) if same.search(p.lead[-14:] + "|" + p.tail[:14])]
        if not told or not _REMAINING.search(part.gap) or _other_noun(told[-1][0], whole):
            continue
        if (
            any(w.q.amount - p.q.amount == part.q.amount for w, p in told)
            or len({p.q.amount for _, p in told}) > 1
        ):
            continue
        w, p = told[-1]
        rest = shown(w.q.amount - p.q.amount, part)
        stated = shown(part.q.amount, part)
        out.append(
            finding(
                doc, period, [whole, part], "left", Severity.WARNING,
                f"前文写{shown(w.q.amount, w)}中已{verb}{shown(p.q.amount, p)}，"
                f"尚余{shown(w.q.amount, w)}-{shown(p.q.amount, p)}={rest}，与此处所写的未{verb}{stated}不符",
                rest, stated,
            )
        )  # fmt: skip
    return out


def _other_noun(a: Item, b: Item) -> bool:
    """True when both wholes name what they count and share no pair of characters."""
    one, two = a.lead + a.tail, b.lead + _REMAINING.sub("", b.tail)
    if len(one) < 2 or len(two) < 2:
        return False
    return not akin(one, two)
