"""Later sentences that take up a figure of an earlier one: 排查出的147处隐患中, 8名队员中仅有5人持证, 尚有7个未完工.

A reference is believed only where it names the same thing in the same measure word and nothing told before has its
value; what could be another body, another period or a narrower class is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct, field

from auditor.figures.judge import finding, shown, told_again
from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.figures.restated import HOLDERS
from auditor.figures.standing import verbs
from auditor.model import Finding, Role, Severity
from auditor.regex import regex
from auditor.text.document import Document

MOST = 40
"""What is remembered under one key; keeps the work linear."""
_OPEN = regex(r"(?:尚有|仍有|还有|尚余|还剩)$|(?:尚|仍|还)有[^，。；：\d]{0,2}$")
_NOT_DONE = regex(
    r"^[\u4e00-\u9fff]{0,4}?(?:未能|尚未|没有|还没有?|未)(?:按期|全部|实际|完成)?(?P<verb>[\u4e00-\u9fff]{2})"
)
_OUT_OF = regex(
    r"[中里]，?(?:目前|现|至今)?，?(?P<name>[^，。；：、中里]{4,12}?)?(?:仅|只|才|仅仅)?(?:有|为)?$"
)
_DENIED = regex(r"未|没|不|无|尚|待")
_ALL = regex(
    r"^[\u4e00-\u9fff]{0,6}?(?:已)?(?:全部|均已?|全员|悉数)(?:已|依法|按期|按要求)*(?P<verb>持证|取得|持有|[\u4e00-\u9fff]{2})"
)
_SAID = regex(
    r"(?P<scope>^|[\u4e00-\u9fff]{0,8}?)(?P<verb>立案查处|查处|立案|排查|发现|反馈|受理|收到|办理|审结|办结|调解|制定|印发|开展|举办|组织|抽查|检查|交办|查出|梳理|"
    r"移送|承办|建成|聘请|配备|培育|评查|清理|新增|签订|作出|下达|发放)(?:出|到|过)?的$"
)
_PLAIN_SCOPE = regex(
    r"(?:[一二三四五六七八九]是|从|对|在|全年|年内|今年|本年度?|20\d\d年度?|全[县市区镇省局乡州]|我[县市区镇省局乡]|本[县市区镇局]|共|累计|上述|前述|已|所)*"
)
_NOUN = regex(
    r"^(?P<noun>[\u4e00-\u9fff]{2,10}?)(?:[中里]|当中|$|仍|尚|还|均|多|大多|大部分|集中|主要|涉及|虽|已|全部)"
)
_KIND = regex(r"(?:类)?(?:行政处罚案件|行政案件|违法案件|案件|纠纷|问题|工单|投诉|事项|诉求|信访件)$")
_FAULTY = regex(r"(?:不同程度)?(?:存在|发现|查出|有)(?:各类)?(?:问题|瑕疵)(?:的?[\u4e00-\u9fff]{2,3})?$")
"""36卷存在问题, 发现问题案卷36卷."""
_ANNOUNCED = regex(r"^(?:其中|包括|分别为|涉及)+")
_OPENS = frozenset("其包分涉")
"""Characters with which ``_ANNOUNCED`` may begin."""
_WHEN = regex(r"年|新|首次|再次|省级|市级|县级|国家级")
_NARROW = regex(r"其中|上年|去年|同期|个别|部分|上半年|下半年|季度|\d月|每|平均|新增|较|比")


class _Told(Struct):
    pairs: dict[str, list[tuple[Item, Item]]] = field(default_factory=dict)
    """Whole and part next to each other, by measure word."""
    all_of: dict[str, list[tuple[Item, str]]] = field(default_factory=dict)
    parts: dict[str, list[tuple[Item, str]]] = field(default_factory=dict)
    """Members of lists with the words of their sentence before them, by measure word."""


def check_references(doc: Document, passages: Sequence[Period]) -> list[Finding]:
    """Warnings, each at the later of two places."""
    told, out = _Told(), []
    for period in passages:
        if is_plan(doc, period):
            continue
        for index, item in enumerate(period.items):
            if not item.plain or item.q.kind is not QKind.COUNT:
                continue
            found = _open(doc, period, index, told) or _kind(doc, period, item, told)
            if found is None and index:
                found = _some(doc, period, period.items[index - 1], item, told)
            if found:
                out.append(found)
        _remember(period, told)
    return out


def is_plan(doc: Document, period: Period) -> bool:
    q = period.items[0].q if period.items else None
    return q is None or q.sentence < 0 or doc.sentences[q.sentence].role is Role.PLAN


def _remember(period: Period, told: _Told) -> None:
    for whole, part in pairwise(period.items):
        if whole.plain and part.plain and like(whole, part) and part.q.amount <= whole.q.amount:
            _keep(told.pairs, part.q.group, (whole, part))
    for item in period.items:
        if not item.plain or item.q.kind is not QKind.COUNT:
            continue
        if item.tail and (match := _ALL.match(item.tail)):
            _keep(told.all_of, item.q.group, (item, item.tail[match.start("verb") :]))
        if item.lead:
            before = period.text[: item.q.start - period.start][-160:]
            _keep(told.parts, item.q.group + _label(item)[:2], (item, before))


def _keep(
    store: dict[str, list[tuple[Item, Item]]] | dict[str, list[tuple[Item, str]]], key: str, new: object
) -> None:
    known: list[object] = store.setdefault(key, [])  # type: ignore[assignment]
    if len(known) < MOST:
        known.append(new)


def _label(item: Item) -> str:
    return _ANNOUNCED.sub("", item.lead) if item.lead[:1] in _OPENS else item.lead


def _open(doc: Document, period: Period, index: int, told: _Told) -> Finding | None:
    """年度计划改造的老旧小区尚有7个未完工: the whole and what was done stand in an earlier sentence."""
    item = period.items[index]
    if not _OPEN.search(item.lead) or not (denied := _NOT_DONE.match(item.tail)):
        return None
    about = _OPEN.sub("", item.lead)
    if (index and like(period.items[index - 1], item)) or len(about) < 4 or _NARROW.search(about):
        return None
    same = verbs(denied["verb"])
    near = [
        (w, p) for w, p in told.pairs.get(item.q.group, [])
        if same.search(p.lead[-10:] + "|" + p.tail[:6]) and not _DENIED.search(p.lead[-10:]) and _bears(w, about)
    ]  # fmt: skip
    rests = {w.q.amount - p.q.amount for w, p in near}
    if len(rests) != 1 or item.q.amount in rests:
        return None
    w, p = near[-1]
    rest = shown(w.q.amount - p.q.amount, item)
    return finding(
        doc, period, [item], "left", Severity.WARNING,
        f"前文写共{shown(w.q.amount, w)}、已完成{shown(p.q.amount, p)}，尚余{shown(w.q.amount, w)}-{shown(p.q.amount, p)}"
        f"={rest}，与此处所写的{shown(item.q.amount, item)}不符",
        rest, shown(item.q.amount, item),
    )  # fmt: skip


def _bears(whole: Item, about: str) -> bool:
    """The last noun of ``about`` (改造的老旧小区) is what ``whole`` counts."""
    noun = about.rpartition("的")[2][-6:]
    return len(noun) >= 2 and _common(noun, whole.lead + "|" + whole.tail) >= max(2, len(noun) - 2)


def _some(doc: Document, period: Period, whole: Item, part: Item, told: _Told) -> Finding | None:
    """8名队员中仅有5人持有行政执法证 beside 8人，其中6人取得行政执法证 or 8名队员全部持证."""
    if not (whole.plain and like(whole, part) and part.q.amount < whole.q.amount) or not _OUT_OF.search(
        part.gap
    ):
        return None
    if part.sep not in ("", "，") or _DENIED.search(part.lead[-6:] + part.tail[:4]):
        return None
    if len(name := _called(part)) >= 5:
        return _narrowed(doc, period, whole, part, name, told)
    noun = regex(r"[中里].*$").sub("", whole.tail)
    object_ = part.tail[:14]
    for earlier, said in told.all_of.get(part.q.group, []):
        if (
            earlier.q.amount == whole.q.amount
            and _common(noun, earlier.lead + earlier.tail) >= 2
            and _same_end(said, object_)
        ):
            return _other(doc, period, whole, part, earlier)
    same = [
        p for w, p in told.pairs.get(part.q.group, [])
        if w.q.amount == whole.q.amount and _common(noun, w.lead + w.tail) >= 2
        and not _DENIED.search(p.lead[-6:] + p.tail[:4]) and _same_end(object_, p.tail or p.lead[-14:])
    ]  # fmt: skip
    if len({p.q.amount for p in same}) != 1 or same[-1].q.amount == part.q.amount:
        return None
    return _other(doc, period, whole, part, same[-1])


def _called(part: Item) -> str:
    """持证执法人员 in 28人中持证执法人员仅18人; empty where nothing but 仅有 stands there."""
    match = _OUT_OF.search(part.gap)
    return HOLDERS.sub("持证执法", match["name"] or "") if match and not part.tail else ""


def _narrowed(
    doc: Document, period: Period, whole: Item, part: Item, name: str, told: _Told
) -> Finding | None:
    """28人中持证执法人员仅18人 beside 在岗28人，其中持证执法人员16人."""
    about = _unit_of(whole)
    same = [
        p for w, p in told.pairs.get(part.q.group, [])
        if w.q.amount == whole.q.amount and HOLDERS.sub("持证执法", _label(p)) == name
        and min(len(about), len(_unit_of(w))) >= 3 and (about in _unit_of(w) or _unit_of(w) in about)
    ]  # fmt: skip
    if len({p.q.amount for p in same}) != 1 or same[-1].q.amount == part.q.amount:
        return None
    return _other(doc, period, whole, part, same[-1])


def _unit_of(whole: Item) -> str:
    """街道综合行政执法队 in 街道综合行政执法队在岗28人."""
    return regex(r"(?:目前|现|共|在岗|在编|现有|实有|共有|有|人员)+$").sub("", _label(whole))[-16:]


def _same_end(a: str, b: str) -> bool:
    """持有行政执法证 and 取得行政执法证, 持证上岗 and 持证: both end in the same object."""
    a, b = a[:14].removesuffix("的"), b[:14].removesuffix("的")
    if _WHEN.search(a) or _WHEN.search(b):
        return False
    if a.startswith("持证") and b.startswith("持证"):
        return True
    if _FAULTY.match(a) and _FAULTY.match(b):
        return True
    return _common(a, b) >= 3 and a[-2:] == b[-2:]


def _kind(doc: Document, period: Period, item: Item, told: _Told) -> Finding | None:
    """全年立案查处的29件渔政案件 beside 立案查处…186件，其中…渔政26件."""
    said = _SAID.search(item.lead) if item.lead.endswith("的") else None
    named = _NOUN.match(item.tail) if said else None
    if not said or not named or not _PLAIN_SCOPE.fullmatch(said["scope"]):
        return None
    kind = _KIND.sub("", named["noun"])
    if len(kind) < 2 or kind == named["noun"]:
        return None
    verb = said["verb"][-2:]
    same = [
        i for i, before in told.parts.get(item.q.group + kind[:2], [])
        if kind in (_KIND.sub("", _label(i)), _KIND.sub("", _label(i) + "案件")) and (said["verb"] in before or verb in before)
    ]  # fmt: skip
    if len({i.q.amount for i in same}) != 1 or same[-1].q.amount == item.q.amount:
        return None
    return _other(doc, period, item, item, same[-1])


def _other(doc: Document, period: Period, first: Item, item: Item, was: Item) -> Finding:
    before, now = shown(was.q.amount, was), shown(item.q.amount, item)
    return told_again(doc, period, [first, item], was, before, now)


def _common(a: str, b: str) -> int:
    """Length of the longest run of characters of ``a`` (at most 30 of them) that stands in ``b``."""
    a, best = a[-30:], 0
    for start in range(len(a)):
        while start + best < len(a) and a[start : start + best + 1] in b:
            best += 1
    return best
