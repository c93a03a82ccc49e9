"""Which figure a rate is about: the words by which its numerator is known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.figures.lists import like
from auditor.figures.passages import Item
from auditor.figures.quantity import QKind
from auditor.figures.subjects import akin
from auditor.regex import regex

HEDGED = regex(
    r"应结|应办|应整?改|应答|应复|按期|按时|及时|到期|限时|限期|时限|超期|规范(?!性)|满意|知晓|好评|准确|合法率|提交|送达|一次性|法定|实体|序时|最终|快速|当庭"
)
"""Rates about a manner: only a figure named in the same words can be their numerator."""
_WORDS: tuple[tuple[str, str], ...] = (
    ("办结", r"办结|办理完|结案|审结|已结"),
    ("办复", r"办复|答复|回复|办结"),
    ("答复", r"答复|回复|办复"),
    ("回复", r"回复|答复|办复"),
    ("结案", r"结案|审结|办结|已结"),
    ("审结", r"审结|办结|结案"),
    ("整改", r"整改|销号"),
    ("销号", r"销号|整改"),
    ("完成", r"完成|办结"),
    ("调撤", r"调撤|和解|撤诉|调解"),
    ("调成", r"调成|成功|达成"),
    ("成功", r"成功|达成|调成"),
    ("化解", r"化解|成功|办结"),
    # 坐到被告席上的16件: said plainly, whoever comes to court sits there.
    ("出庭", r"出庭|[坐站走][到上进在]了?被告席"),
    ("应诉", r"出庭|[坐站走][到上进在]了?被告席"),
    ("胜诉", r"胜诉"),
    ("败诉", r"败诉"),
    ("纠错", r"纠错"),
    ("纠正", r"纠正"),
    ("合格", r"(?<!不)合格|达标"),
    ("达标", r"达标|合格"),
    ("优秀", r"优秀|优良"),
    ("通过", r"通过|合格"),
    ("覆盖", r"覆盖|配备"),
    ("兑", r"兑付|兑现"),
    ("清欠", r"清欠|清掉|清偿|结清|兑付"),
    ("网上可办", r"(?<!全程)网办|网上可?办|网上能办"),
    ("网办", r"网办|网上办|网上可办"),
    ("公示", r"公示"),
    ("参训", r"参训|参加"),
    ("参与", r"参与|参加"),
    ("到课", r"到课|参加"),
    ("持证", r"持证|(?:取得|持有)(?!法律职业|国家|律师|心理|社工|社会工作|学)"),
    ("调解", r"调解|调处"),
    ("处置", r"处置|处理"),
    ("处理", r"处理|处置"),
    ("履行", r"履行|执行"),
    ("预算执行", r"支出|执行|支付"),
    ("执行", r"执行|履行"),
    ("采纳", r"采纳"),
    ("录入", r"录入"),
    ("审核", r"审核"),
    ("审查", r"审查"),
    ("备", r"报备|备案"),
    ("回收", r"收回|回收"),
    ("查实", r"查实|属实"),
    ("签约", r"签约|签订"),
    ("使用", r"使用|用上|启用"),
    ("到会", r"到会|参会|出席"),
    ("出席", r"出席|到会|参会"),
    ("受理", r"受理"),
    ("公开", r"公开"),
    ("支持", r"支持"),
)
_TAKEN_IN = regex(
    r"^(?:全年|年内|今年|本年度?|一年来|期间)?(?:共计?|累计|总共|一共)?(?:受理|收到|接到|接收|接单|收案|受案|承办|登记|发现|查出|排查出?|接报)"
    r"(?P<noun>[\u4e00-\u9fff]{0,10})$"
)
_OTHER_SPAN = regex(r"上年|去年|往年|历年|积案|遗留|结转|[上下]半年|季度|\d月|其中|累计")
"""What was dealt with need not have come in within the year."""
_OF_ANY = regex(r"案件|事项|工作|问题|各类")
_IN_FULL = {"取": "取得", "获": "获得", "领": "领取", "参": "参加", "建": "建立", "签": "签订", "发": "发放"}
"""Verbs of which the name of a rate keeps one character: 取证率, 获奖率, 参保率, 建档率."""
_NOT_PLAINLY = regex(r"[未不尚待需拟]|没有|一次|首次|新|另|累计|原")
_OF_WHICH = regex(r"^[\u4e00-\u9fff]{2,10}(?:案件|决定|事项|问题|文件|人员|批次|工单)中")
"""审结案件中直接纠错率: the rate is not named after what it is taken of."""
LISTED = regex("|".join(words for _, words in _WORDS))
"""Verbs that name the numerator of some rate."""
VISITS = frozenset({"次", "家", "户", "场", "场次"})
"""Measure words of what is visited: a rate of the problems found there has another base."""
_SPOKEN = regex(
    r"(?:啃下|啃掉|拿下|清掉|清理掉|解开|结清|办成|办妥|调好|调成|劝和|了结|摆平|消掉|攻下|解决|改好|改掉|改完|改)了?$"
)
SETTLED = regex(r"办结|化解|清欠|清偿|调解|解决|整改|完成|销号|结案|调处|办成|清零|清理")
TAKEN_OUT = regex(r"剔除|除外|不含|不计|扣除|重复件|去重|排除重复|合并(?:后|办理)")
"""Words between the whole and the rate that change what the rate is taken of."""
CARRIED_IN = regex(r"结转|旧存|积存|上年|去年|往年")
_PAPERS = regex(
    r"(?:整改|改正|处理|调解|办理|处置|化解)(?:通知|意见|方案|程序|事项|清单|台账|建议|指令|措施|报告)[书函]?|成案"
)
_NARROW = regex(
    r"(?P<way>一次性|立即|现场|首次|初次|当场|调解|和解|撤诉|裁决|判决|速裁|简易程序)(?:化解|调解|办结|结案|审结|履行|解决|整改|合格|通过)"
)
_NEGATED = regex(r"未|不(?!断)|尚|限期|责令|正在|待|需|拟|应(?!诉)|结转")
_DUE = regex(r"应当?(?!诉|急|用|对|征)|预算|计划|任务|目标|(?<!急)需(?!求)|核定|编制|定额|拟|要求")
_SHOULD = regex(
    r"预算(?!执行)|应当?(?!诉|急|用|对|征|收账|答|约|届|聘)(?=[\u4e00-\u9fff])|(?:要求|通知)[^，。；]{0,6}负责人"
)
_DENIALS = ("不", "未", "未能", "没有", "不予")
_REAL = regex(r"实(?!施|现|践|行|验|地|名|体|事)|已|完成|支出|到位|支付|执行|落实|兑现|开展")


def without_papers(label: str) -> str:
    """下发整改通知586处, 进入调解程序486起: what the verb names here is a paper or a step and no outcome."""
    return _PAPERS.sub("", label)


def narrow(label: str, name: str) -> bool:
    """调解结案368件, 一次性化解452件: one way of several to the outcome, unless the rate is named after it."""
    hit = _NARROW.search(label)
    return hit is not None and hit["way"] not in name


def verbs_of(outcome: str) -> re.Pattern[str] | None:
    """Verbs that tell the numerator of a rate named after ``outcome``; None when no other verb is known for it."""
    found = [words for key, words in _WORDS if key in outcome]
    return re.compile("|".join(found)) if found else None


def numerator(name: str, items: Sequence[Item]) -> list[Item]:
    """Figures that the name of the rate calls its numerator, in order."""
    found = _called(name, items)
    wide = [i for i in found if not narrow(i.label, name)]
    # 审结1204件，调解结案746件，快速结案率91.2%: one way of several is not all of them.
    return wide or (found if len(found) > 1 else [])


def _called(name: str, items: Sequence[Item]) -> list[Item]:
    """Figures whose words are those of the rate."""
    stem = regex(r"(?:率|占比|比例|比重|满意度|进度)$").sub("", _OF_WHICH.sub("", name))
    if hedge := HEDGED.search(name):
        manner = re.compile(re.escape(hedge[0]) + "(?![度率])")
        told = [i for i in items if manner.search(i.lead) and not regex(r"未|不").search(i.lead[-6:])]
        # 42家单位制定清单，其中38家按期完成: the manner stands behind the figure.
        return told or [i for i in items if i.lead in ("", "其中") and not i.shared and manner.match(i.tail)]
    full = [
        i for i in items
        if len(stem) >= 2 and stem in _own(i) and not _NEGATED.search(_own(i)[-8:].replace(stem, ""))
    ]  # fmt: skip
    if full:
        return full
    # 不合格产品处置率 is one of what was dealt with and none of what passed.
    pattern = next((words for key, words in _WORDS if key in stem and not _denied_in(stem, key)), None)
    if pattern is None:
        if len(stem) < 2:
            return []
        pattern = re.escape(stem[-2:])
    chosen = re.compile(pattern)
    found = [i for i in items if _matches(i, chosen)] or _spelled_out(stem, items)
    # 圆了48个，圆梦率…: the verb of the name, as it is spoken.
    return found or [i for i in items if i.lead.endswith(stem[:1] + "了")]


def _spelled_out(stem: str, items: Sequence[Item]) -> list[Item]:
    """取得证书2156人 for 取证率: the name takes one character of the verb and one of its object."""
    verb = _IN_FULL.get(stem[0]) if len(stem) == 2 else None
    if verb is None:
        return []
    # 首次取得, 未取得: told in another way than the rate.
    told = [(i, *i.lead.rpartition(verb)) for i in items if verb in i.lead]
    return [i for i, ahead, _, what in told if not _NOT_PLAINLY.search(ahead) and stem[1] in what[:10]]


def _denied_in(stem: str, key: str) -> bool:
    at = stem.find(key)
    return at > 0 and stem[at - 1] in "不未" and at + len(key) < len(stem)


def _own(item: Item) -> str:
    """Label of a figure, but not the words that lead on to the next one."""
    return without_papers(item.label) if item.lead or not item.shared else ""


def _matches(item: Item, pattern: re.Pattern[str]) -> bool:
    for part in (
        without_papers(item.lead),
        "" if item.shared or pattern.search(item.lead) else item.tail,
    ):
        hit = pattern.search(part)
        if hit is None:
            continue
        # 出庭应诉 is no 应 of what is still due.
        behind = "" if part.startswith("应诉", hit.end()) else part[hit.end() : hit.end() + 1]
        if not _NEGATED.search(part[max(0, hit.start() - 4) : hit.start()] + behind):
            return True
    return False


def is_due(item: Item) -> bool:
    """应公示1846条: what should have been done is never the numerator."""
    return bool(_SHOULD.search(item.lead)) and not regex(r"已|实际").search(item.lead)


def due_behind(n: Item, items: Sequence[Item]) -> list[Item]:
    """Denominators that stand behind their numerator: 实有46人，编制50人."""
    return [i for i in items if i.q.start > n.q.start and i.q.group == n.q.group and _DUE.search(i.lead)]


def taken_in_behind(n: Item, before: Sequence[Item]) -> list[Item]:
    """What was taken in, told right behind what came of it: 办结信访事项54件，全年受理57件，办结率…."""
    if len(before) < 2 or before[-2] is not n:
        return []
    last = before[-1]
    alike = last.plain and last.sep == "，" and last.q.unit == n.q.unit and last.q.amount >= n.q.amount
    told = _TAKEN_IN.search(last.lead) if alike and not _OTHER_SPAN.search(n.lead) else None
    noun = _OF_ANY.sub("", told["noun"]) if told else ""
    return [last] if told and (len(noun) < 2 or akin(noun, n.words)) else []


def opens_with(name: str, item: Item) -> bool:
    """True for a figure at the end of several kinds whose clause begins with the verb of the rate."""
    verbs = verbs_of(name) if item.plain and "等" in item.lead and "、" in item.gap else None
    return verbs is not None and verbs.match(item.gap.rpartition("，")[2]) is not None


def carried_out(items: Sequence[Item]) -> bool:
    """True when the last two figures are what was due and what was done: 应审136件，实审129件."""
    if len(items) < 2:
        return False
    due, real = items[-2:]
    if not (due.plain and real.plain and due.q.group == real.q.group) or real.sep == "；":
        return False
    if _NEGATED.search(real.lead[-8:]):
        return False
    if not real.lead and regex(r"均|都|全部|已").match(real.tail):
        # 评估事项18项，16项均已完成.
        return True
    return bool(_DUE.search(due.lead) and _REAL.search(real.lead) and not _DUE.search(real.lead))


def has_own(told: Sequence[Item], item: Item, name: str) -> bool:
    """受理206件，办结201件，办结率97.6%；热线受理2.87万件，办结率98.3%: the 201 have their rate, and another matter began.

    ``told`` are the figures up to the rate ``name`` that is looked at, which is the last one.
    """
    at = next((k for k, i in enumerate(told) if i is item), len(told))
    own, behind = told[at + 1 : at + 2], told[at + 2 :]
    if not behind or own[0].q.kind is not QKind.RATE or name not in own[0].q.names:
        return False
    return any(like(i, item) or i.sep == "；" for i in behind)


def denied(name: str, item: Item) -> bool:
    """True when ``item`` counts what the rate leaves out: 不合格46批次 beside 合格率."""
    stem = regex(r"率$").sub("", name)[-2:]
    # No pattern: those are kept from run to run, and these words are the report's.
    return len(stem) == 2 and any(word + stem in item.lead[-10:] for word in _DENIALS)


def spoken(before: Sequence[Item], name: str) -> bool:
    """七件陈年积案啃下五件，化解率71.4%: the verb as people speak stands at the part."""
    if len(before) < 2 or not (before[-2].plain and before[-1].plain and before[-2].shared):
        return False
    return bool(SETTLED.search(name) and _SPOKEN.search(before[-1].lead)) and like(before[-2], before[-1])
