"""Stocks that moved and are told again: 房间由年初的640间增至年末的1920间 … 年末1290间房间分布不均."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from auditor.figures.judge import finding, shown, told_again
from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.figures.restated import HOLDERS, OFFICE
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

MOST = 60
"""Moves of a report that are remembered."""
_FROM = regex(
    r"^(?P<noun>[^，。；：]{2,24}?)(?:数量|总数|总量|人数|数)?(?:已)?(?:由|从)(?:年初|上年末?|上年底|去年底?|20\d\d年[末底]?|期初|原来|原有)(?:的)?$"
)
_TO = regex(
    r"(?:增加|增|上升|升|提高|扩大|扩充|扩建|发展|降|下降|减少|减|压减|缩减|精简|调整|变|达)(?:到|至|为)(?:了)?(?P<when>年[末底]|期末|目前|现在|今年|当前|截至年底)?(?:的)?$"
)
_NOW = regex(
    r"^(?:(?:到|截至|至)?(?:20\d\d年)?(?:年[末底]|期末|12月底)|目前|现有|现|当前|全[县市区镇局省乡州]|我[县市区镇局省])+(?:的|有|共有|仅有|只有)?$"
)
_HEAD = regex(r"^(?:[一二三四五六七]是|全[县市区镇局省乡州]|我[县市区镇局省乡]|全年|年内|今年|使|推动|其中)+")
_GOES_ON = regex(
    r"[中里]|均|都|全部|仍|尚|还|已|未|没|不|大多|多数|分布|使用|由|仅|只|建设|配备|年龄|开放|启用|$"
)


_ALL = regex(
    r"^(?:[一二三四五六七]是|(?:到|截至|至)?(?:20\d\d年)?(?:年[末底]|期末|12月底)|目前|现|当前|，)*(?:全(?P<region>[县市区镇省乡州])|全(?P<town>街道))"
    r"(?:目前|现|共|实)?有?(?P<noun>[\u4e00-\u9fff]{3,12}?)(?:目前|现|共|总共)?(?:仅|只|才|仅仅|为|有|共)*$"
)
"""年末全镇持证执法人员仅19人: all that the region has."""
_BODY = regex(
    r"^(?P<body>[\u4e00-\u9fff]{1,16}(?:大队|支队|中队|总队|队|局|所|中心|办|站))(?P<noun>[\u4e00-\u9fff]{3,12})$"
)
_RANK = {"省": 4, "市": 3, "州": 3, "县": 2, "区": 2, "镇": 1, "乡": 1, "街道": 1}


class _Move(Struct, frozen=True):
    noun: str
    new: Item


def check_levels(doc: Document, passages: Sequence[Period]) -> list[Finding]:
    """Warnings at later figures of the end of the year that are not those to which their stock moved."""
    moves: list[_Move] = []
    out: list[Finding] = []
    for period in passages:
        for item in period.items:
            if moves and item.plain and _NOW.match(item.lead):
                out += _again(doc, period, item, moves)
            elif moves and item.plain and "全" in item.lead:
                out += _fewer(doc, period, item, moves)
        for old, new in pairwise(period.items):
            if "由" not in old.lead and "从" not in old.lead:
                continue
            told = _FROM.match(old.lead) if old.plain and new.plain and like(old, new) else None
            if told and _TO.search(new.lead) and new.sep in ("", "，") and len(moves) < MOST:
                moves.append(_Move(_HEAD.sub("", told["noun"]), new))
    return out


def _again(doc: Document, period: Period, item: Item, moves: Sequence[_Move]) -> list[Finding]:
    if OFFICE.search(period.text[: item.q.start - period.start]):
        # 东河镇力量不足，目前15名执法人员…: those of one office.
        return []
    same = [m for m in moves if like(m.new, item) and _names(item.tail, m.noun)]
    if len({m.noun for m in same}) != 1 or any(m.new.q.amount == item.q.amount for m in same):
        return []
    was = same[-1].new
    return [
        told_again(
            doc,
            period,
            [item],
            was,
            shown(was.q.amount, was),
            shown(item.q.amount, item),
            what=f"“{same[-1].noun}”",
        )
    ]


def _fewer(doc: Document, period: Period, item: Item, moves: Sequence[_Move]) -> list[Finding]:
    """镇执法队持证人员由14人增加到21人 … 全镇持证执法人员仅19人: one body has more of them than all have together."""
    told = _ALL.match(HOLDERS.sub("持证执法", item.lead)) if item.sep != "、" and not item.tail else None
    if told is None:
        return []
    rank = _RANK[told["region"] or told["town"]]
    for move in moves:
        body = _BODY.match(HOLDERS.sub("持证执法", move.noun))
        if body is None or body["noun"] != told["noun"] or not like(move.new, item):
            continue
        above = [_RANK[c] for c in body["body"] if c in _RANK]
        if move.new.q.amount <= item.q.amount or max(above, default=0) > rank:
            continue
        was, now = shown(move.new.q.amount, move.new), shown(item.q.amount, item)
        place = doc.place(doc.norm.original(move.new.q.start, move.new.q.end)[0])
        message = f"“{move.noun}”在{place}写为{was}，此处说全部只有{now}，部分多于全部"
        return [finding(doc, period, [item], "restated", Severity.WARNING, message, f"不少于{was}", now)]
    return []


def _names(tail: str, noun: str) -> bool:
    """The figure is followed by the noun of the stock and by nothing that narrows it."""
    # 社区矫正在册对象 and 在册社区矫正对象 are the same.
    if len(noun) < 2 or sorted(tail[: len(noun)]) != sorted(noun):
        return False
    return _GOES_ON.match(tail, len(noun)) is not None
