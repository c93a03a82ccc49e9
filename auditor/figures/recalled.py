"""Sentences that lean on a figure told shortly before: the level of a change, the whole of a share.

总体合格率98.8%。…总体合格率较上年的98.1%提高0.9个百分点; 执法人员176人。…执法人员中具有法律背景的41人，占32.3%.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.figures.compare import BASE, compare, is_change, own_subject, usable
from auditor.figures.judge import finding, percent, shown
from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.figures.shares import fits, percent_as_written
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

MOST = 4
"""Sentences that are remembered for counts."""
NAMES = 400
"""Names of rates that are remembered."""
_AGAINST = regex(
    r"(?:较|比|与|同)(?:上一?年度?|去年|前一年|上年同期|去年同期|年初|20\d\d年度?)[^，。；：\d]{0,4}$"
)
_ENDING = regex(r"(?:总人次|总人数|总数量|总数|总量|总额|数量|件数|人数|户数|次数|数|量|额|总)$")
_HEAD = regex(r"^(?:全年|年内|今年|本年度?|20\d\d年度?|全[县市区镇省局乡州]|我[县市区镇省局乡]|其|总体)+")
_GENERIC = frozenset({"案件", "全年", "全市", "全县", "全区", "全省", "人数", "总数", "办理", "行政"})
_WITHIN = regex(
    r"(?:^|现有|全[县市区镇省局乡]|在|上述|其)(?P<noun>[\u4e00-\u9fff]{2,10})[中里](?!心|层|央|小|介|型|期|等|医|共)(?:，)?(?P<who>[\u4e00-\u9fff]{0,16})$"
)
_CASES = regex(r"案件|立案|办案|查办|查处")
_BODY = regex(r"本级|市级|县级|省级|乡级|部门|乡镇|街道|镇街|分局|支队|大队|基层")
"""Bodies within the region: what one of them did is not what all did."""
_SHARE = regex(r"(?:仅|只|约|已)?占(?:比|总数的?|总人数的?|全部的?)?(?:为|达|达到|仅为|仅)?")


class Recalled:
    """Goes through the sentences of one report in order and remembers what later ones may lean on."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        self._near: list[Period] = []
        self._rates: dict[str, list[Item]] = {}

    def look(self, period: Period) -> list[Finding]:
        """Findings of the next sentence; those before it of the same paragraph are what it may lean on."""
        if self._near and self._doc.norm.text.find("\n", self._near[-1].end - 1, period.start) >= 0:
            self._near = []
        out: list[Finding] = []
        for index in range(len(period.items) - 1):
            out += self._change(period, index)
            out += self._share(period, index)
        for item in period.items:
            if (
                item.q.kind is QKind.RATE
                and len(item.q.names) == 1
                and usable(item)
                and not BASE.search(item.lead)
            ):
                known = self._rates.setdefault(_HEAD.sub("", item.q.names[0]), [])
                if len(known) < MOST and len(self._rates) < NAMES:
                    known.append(item)
        self._near = [*self._near[-MOST + 1 :], period]
        return out

    def _change(self, period: Period, index: int) -> list[Finding]:
        base, change = period.items[index], period.items[index + 1]
        if not (usable(base) and _AGAINST.search(base.lead) and is_change(change)) or change.sep == "；":
            return []
        others = [i for i in period.items if i is not base and usable(i) and like(i, base)]
        if others or any("其中" in i.gap for i in period.items[: index + 1]):
            return []
        if base.q.kind is QKind.RATE:
            name = _HEAD.sub("", base.q.names[0]) if len(base.q.names) == 1 else ""
            known = self._rated(name) if len(name) >= 3 else []
        else:
            known = self._counted(period, base, change)
        values = {i.q.value for i in known}
        if len(values) != 1:
            return []
        found = compare(self._doc, period, base, known[-1], change)
        if found is None:
            return []
        return [_quoted(self._doc, period, [base, change], found)]

    def _rated(self, name: str) -> list[Item]:
        """Rates of that name, or in the sentences before one whose name ends in it (全市政务服务事项网上可办率)."""
        near = [i for p in self._near for i in p.items if i.q.kind is QKind.RATE and len(i.q.names) == 1]
        near = [i for i in near if usable(i) and not BASE.search(i.lead)]
        known = self._rates.get(name, [])
        known = [i for i in known if len(name) >= 5 or any(i is other for other in near)]
        return known or [i for i in near if len(name) >= 4 and i.q.names[0].endswith(name)]

    def _counted(self, period: Period, base: Item, change: Item) -> list[Item]:
        """Figures before this sentence that the subject of the change names; none when any other one fits."""
        pool = [
            i for p in self._near for i in p.items if usable(i) and like(i, base) and not BASE.search(i.lead)
        ]
        if any(compare(self._doc, period, base, i, change) is None for i in pool):
            return []
        own = own_subject(change)
        subject = own if len(own) >= 2 else _AGAINST.sub("", base.lead)
        subject = _HEAD.sub("", _ENDING.sub("", _ENDING.sub("", subject)))
        pairs = {subject[k : k + 2] for k in range(len(subject) - 1)} - _GENERIC
        heads = [i for i in pool if i.sep != "、" and "其中" not in i.gap]
        if not pairs and subject == "案件" and own == "":
            # 案件总量比2023年的655件…: the cases with which each of the sentences before begins.
            return self._cases(base)
        if not pairs:
            # 与上年的212件相比，增长12.3%: the only matter of the sentence before.
            last = self._near[-1].items if self._near else ()
            heads = [i for i in heads if last and i is last[0]]
            return heads if not subject else []
        heads = [i for i in heads if _BODY.findall(i.lead) == _BODY.findall(change.lead + base.lead)]
        named = [i for i in heads if all(p in i.words for p in pairs)]
        if not named and len(subject) == 2:
            # 办案数 after 办理行政处罚案件: the short word holds one character of each.
            named = [i for i in heads if _abridged(subject, i)]
        return named if len({i.q.amount for i in named}) == 1 else []

    def _cases(self, base: Item) -> list[Item]:
        """What the nearest sentences on cases open with, when it is one and the same figure and no list of them."""
        told: list[Item] = []
        for period in self._near[-2:]:
            opening = next((i for i in period.items if i.plain), None)
            if opening is None or not like(opening, base) or not _CASES.search(opening.words):
                continue
            at = period.items.index(opening)
            if any(i.sep == "、" and like(i, base) for i in period.items[at + 1 : at + 2]):
                return []
            told.append(opening)
        return told if len({i.q.amount for i in told}) == 1 else []

    def _share(self, period: Period, index: int) -> list[Finding]:
        part, rate = period.items[index], period.items[index + 1]
        if (
            index
            or not part.plain
            or rate.q.unit != "%"
            or not _SHARE.fullmatch(rate.lead)
            or rate.sep != "，"
        ):
            return []
        match = _WITHIN.search(part.lead) or (_AMONG_THEM.match(part.lead) if part.q.group == "人" else None)
        if match is None or part.q.amount <= 0:
            return []
        noun = match.groupdict().get("noun") or ""
        pool = [i for p in self._near for i in p.items if i.plain and like(i, part)]
        if not noun:
            pool = [i for i in (self._near[-1].items if self._near else ()) if i.plain and like(i, part)]
        if any(fits(rate, part.q.amount, i.q.amount) for i in [*pool, *period.items]):
            return []
        heads = [
            i for i in pool
            if i.q.amount >= part.q.amount and i.sep != "、" and (_bears(i, noun) if noun else "其中" not in i.gap)
        ]  # fmt: skip
        last = self._near[-1].items if self._near else ()
        if (
            noun
            and not heads
            and len(last) == 1
            and pool
            and pool[-1] is last[0]
            and last[0].q.amount > 0
            and _takes_up(last[0], noun)
        ):
            heads = [last[0]]
        if len({i.q.amount for i in heads}) != 1 or (not noun and len(pool) != 1):
            return []
        whole = heads[-1]
        value = percent(part.q.amount / whole.q.amount * 100, rate.q.decimals)
        return [
            finding(
                self._doc, period, [part, rate], "share", Severity.WARNING,
                f"{shown(part.q.amount, part)}÷{shown(whole.q.amount, whole)}={value}，"
                f"与所写的占比{percent_as_written(rate)}不符",
                value, percent_as_written(rate),
            )
        ]  # fmt: skip


_AMONG_THEM = regex(r"其中[\u4e00-\u9fff]{2,14}$")


def _abridged(short: str, item: Item) -> bool:
    """办案 for 办理行政处罚案件, 收件 for 收到…申请…件."""
    at = item.lead.find(short[0])
    return at >= 0 and (short[1] in item.lead[at + 1 :] or (short[1] in "件案" and item.q.group == "件"))


def _takes_up(item: Item, noun: str) -> bool:
    """新录用人员 after 新招录公务员48名: the one figure of the sentence before, told in half the same characters."""
    if not noun.endswith(("人员", "学员", "成员", "队员")):
        return False
    return len(set(noun[:-2]) & set(item.lead[-8:])) >= 2


def _bears(item: Item, noun: str) -> bool:
    return noun in item.lead or item.tail.startswith(noun)


def _quoted(doc: Document, period: Period, items: Sequence[Item], found: Finding) -> Finding:
    """The same finding with a quote of this sentence only."""
    return finding(
        doc,
        period,
        items,
        "change",
        Severity.WARNING,
        found.message,
        found.expected or "",
        found.stated or "",
    )
