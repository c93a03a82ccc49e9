"""Lists whose whole is named again before them: 审结389件…。审结案件中调解结案286件，裁决结案103件.

What closed a case closed it once, so the parts are never more than there were; fewer are told all the time.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from auditor.figures.families import CARRIED, FAMILIES, OPEN_ENDED, OVERLAP
from auditor.figures.judge import total
from auditor.figures.lists import Claim, like, prefix_sums, run, trimmed
from auditor.figures.passages import Item, Period
from auditor.regex import regex

_NAMED = regex(
    r"^[，；]?(?:在|从)?(?:上述|以上|前述|这些|所|全年|年内|已)*(?P<name>[\u4e00-\u9fff]{2,4}?)的?[\u4e00-\u9fff]{0,4}(?:案件|事项|纠纷|申请|诉求|问题|线索|工单|文件|案|件)"
    r"(?:中(?![心队小层央期等型断介])|当中|里)(?:有|，)?"
)
"""审结案件中, 在办结的投诉事项中: a verb and the noun it was told with."""
_OF_THEM = regex(r"^(?P<name>)其中[，：]?")
"""At the head of a sentence: the only figure of its kind in the sentence before is meant."""
_HEAD = regex(r"^(?:全[省市县区州镇乡年]|今年|年内|本年度?|共计?|累计|已|依法|现)+")
_ENDED = regex(r"(?:方式)?(?:结案|办结|审结|化解|处置|处理)$")
_WAYS = regex(
    r"^(?:其中|以|经|通过)?(?:调解|和解|调解和解|裁决|仲裁裁决|判决|裁定|撤诉|撤回申请|撤回|终止|驳回|作出决定|决定)$"
)
_LEVELS = regex(r"^(?:其中|由|在)?(?:[省市县区镇乡村组]|乡镇|镇街|街道|社区|村居)(?:级|里|本级|层面)?$")
"""调解结案 and 裁决结案, 村级化解 and 镇级化解: a case is closed in one way and at one level."""
_EXCLUSIVE = tuple(f for f in FAMILIES if f.name in ("查证结果", "复议结果", "满意程度", "准驳"))
_MANY = regex(r"多次|兼|并处|同时|交叉|重复|再次|分别|次(?:数)?$")


def taken_up_claims(period: Period, previous: Period | None) -> list[Claim]:
    """Lists at the head of a clause that names its whole, told shortly before, by the verb of that figure."""
    out: list[Claim] = []
    items = period.items
    for index, item in enumerate(items[:-1]):
        if not item.plain or (index and item.sep not in ("；", "，")):
            continue
        clause = item.gap.lstrip()
        match = _NAMED.match(clause) or (None if index else _OF_THEM.match(clause))
        whole = _whole(items[:index], previous, item, match["name"]) if match else None
        if match is None or whole is None:
            continue
        indices, style = run(items, index)
        indices = trimmed(items, indices, style)
        parts = tuple(items[i] for i in indices)
        parts = (replace(parts[0], label=clause[match.end() :]), *parts[1:])
        if len(parts) < 2 or style == "；" or not _apart(parts):
            continue
        closed = any(OPEN_ENDED.search(p.lead) for p in parts[1:])
        if total(parts) <= whole.q.amount and not closed:
            continue
        sums = prefix_sums(items, indices, style)
        out.append(Claim(whole, parts, "taken up", True, False, style, tuple(sums), (whole.q.amount,)))
    return out


def _whole(before: Sequence[Item], previous: Period | None, item: Item, name: str) -> Item | None:
    """The only figure told with the verb ``name``; None where several are, or older cases came on top."""
    told = [*(previous.items if previous else ()), *before]
    if any(CARRIED.search(i.words) for i in told):
        return None
    named = [
        i
        for i in told
        if like(i, item) and i.q.unit == item.q.unit and _HEAD.sub("", i.lead).startswith(name)
    ]
    return named[0] if len(named) == 1 and named[0].plain else None


def _apart(parts: Sequence[Item]) -> bool:
    """True when no case can be in two of the parts: 调解结案 and 裁决结案, 维持 and 撤销."""
    told = [p for p in parts if not OPEN_ENDED.search(p.lead)]
    labels = [p.label for p in told]
    if len(told) < 2 or any(_MANY.search(label) or OVERLAP.search(label) for label in labels):
        return False
    cores = [_ENDED.sub("", label) for label in labels]
    ended = all(core != label for core, label in zip(cores, labels, strict=True))
    if ended and any(a in b for at, a in enumerate(cores) for to, b in enumerate(cores) if at != to):
        # 调解结案, 调解和解结案: the second may hold the first.
        return False
    if ended and any(all(kind.search(core) for core in cores) for kind in (_WAYS, _LEVELS)):
        return True
    return _ruled_apart(told)


def _ruled_apart(parts: Sequence[Item]) -> bool:
    """维持 and 撤销, 满意 and 不满意: each is another class of one set that leaves nothing in two of them."""
    for family in _EXCLUSIVE:
        tags = [family.tag(p) for p in parts]
        if all(tags) and len(set(tags)) == len(tags) and "other" not in tags:
            return True
    return False
