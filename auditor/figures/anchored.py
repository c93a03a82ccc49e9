"""Parts of a whole told again: 21件，其中撤销3件 … 21件行政复议案件中被撤销的达5件, also two parts taken together."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from auditor.figures.judge import shown, told_again
from auditor.figures.lists import like
from auditor.figures.mentions import NARROWING, WITHIN, Mention, bare, times
from auditor.figures.passages import Item
from auditor.figures.subjects import akin
from auditor.model import Finding
from auditor.regex import regex
from auditor.text.document import Document

MOST = 6
"""Places of one figure that are looked at."""
SPAN = 4
"""Sentences behind a whole in which its parts may stand."""
_OUT_OF = regex(rf"{WITHIN}，?(?P<label>[^，。；：]{{2,24}})$")
_BEHIND = regex(rf"{WITHIN}，?(?:仍|尚|还|就|只|仅|共)?有?$")
_JOINT = regex(r"、|或者|以及|或|和|与|及")
_FILL = regex(
    r"^(?:其中|因|被|(?:评定|判定|认定|鉴定|评价|评)为|表示|判决|检出|查出|经|通过|已|予以|依法|属于|属|为|有|全部|共|仍|尚|还|由|以|或者|或|以|另|另有|包括|分别)+|"
    r"(?:案件|案卷|事项|问题|情形|的|有|仅|只|仍|达|共|为|计|就|多达|高达|了|占|人员|纠纷|类|案|、)+$"
)
_MARK = regex(r"[，。；：]")
_FAULTY = regex(r"^(?:存在|发现|查出|有)(?:各类|不同程度)?(?:的)?(?:问题|瑕疵)")
_TAIL = regex(r"^(?P<label>[\u4e00-\u9fff、]{2,14})$")
_SUMMED = regex(r"(?:共|合计|共计|总计|一共)$")
_DENIED = regex(r"未|没|不|无|尚|待|非")


def check_anchored(doc: Document, told: Sequence[Mention]) -> list[Finding]:
    """Warnings at the later of two places; ``told`` are the figures of the report in order."""
    by_period: dict[int, list[Mention]] = {}
    order: list[int] = []
    places: dict[tuple[str, Decimal], list[int]] = {}
    for m in told:
        start = m.period.start
        if start not in by_period:
            by_period[start] = []
            order.append(start)
        by_period[start].append(m)
        known = places.setdefault((m.item.q.group, m.item.q.amount), [])
        if len(known) < MOST and (not known or known[-1] != len(order) - 1):
            known.append(len(order) - 1)
    groups = [by_period[start] for start in order]
    out: list[Finding] = []
    for at, group in enumerate(groups):
        for whole, part in pairwise(group):
            if len(places[(whole.item.q.group, whole.item.q.amount)]) < 2:
                continue
            labels = _labels(whole, part)
            if labels:
                out += _told_again(doc, groups, at, whole, part, labels, places)
    return out


def _labels(whole: Mention, part: Mention) -> list[str]:
    """What the part is called in 58件案件中，被撤销、确认违法的有6件: the names, one by one and as they stand."""
    a, b = whole.item, part.item
    if not like(a, b) or b.q.amount > a.q.amount or a.q.amount < 5:
        return []
    index = whole.period.items.index(a)
    if index + 1 >= len(whole.period.items) or whole.period.items[index + 1] is not b:
        return []
    words = ""
    if match := _OUT_OF.search(b.gap):
        words = match["label"]
    elif _BEHIND.search(b.gap) and (behind := _TAIL.match(b.tail)):
        words = behind["label"]
    joined = _plain(words)
    if len(joined) < 2:
        return []
    return [joined, *(_plain(w) for w in _JOINT.split(words))]


def _plain(words: str) -> str:
    if _FAULTY.match(words.removeprefix("其中")):
        return "问题"
    words = _FILL.sub("", _FILL.sub("", words.replace("方式", "")))
    return _JOINT.sub("/", words)


def _told_again(
    doc: Document,
    groups: Sequence[Sequence[Mention]],
    at: int,
    whole: Mention,
    part: Mention,
    labels: list[str],
    places: dict[tuple[str, Decimal], list[int]],
) -> list[Finding]:
    year = doc.metadata.report_year
    narrow = NARROWING.findall(whole.item.lead + whole.item.tail[:14])
    found: dict[Decimal, tuple[Item, str]] = {}
    for place in places[(whole.item.q.group, whole.item.q.amount)]:
        if place == at:
            continue
        base = next(
            m for m in groups[place] if m.item.q.amount == whole.item.q.amount and like(m.item, whole.item)
        )
        if times(base.item.lead, year) != times(whole.item.lead, year) or not _about(base, whole):
            continue
        if any(t not in base.period.text for t in narrow):
            continue
        values = _parts(doc, groups, place, base, labels)
        if values is None:
            continue
        expected = sum((i.q.amount for i in values), Decimal(0))
        found[expected] = (values[-1], "+".join(shown(i.q.amount, i) for i in values))
    if len(found) != 1 or part.item.q.amount in found:
        return []
    ((expected, (was, sums)),) = found.items()
    if any(
        m is not part and m.item.q.amount == part.item.q.amount and _plain(bare(m.item.lead)) == labels[0]
        for place in places[(part.item.q.group, part.item.q.amount)]
        for m in groups[place]
    ):
        return []
    if was.q.start > part.item.q.start:
        return []
    before, now = shown(expected, part.item), shown(part.item.q.amount, part.item)
    sums = f"{sums}={before}" if "+" in sums else before
    return [told_again(doc, part.period, [whole.item, part.item], was, before, now, sums=sums)]


def _about(base: Mention, whole: Mention) -> bool:
    """Both wholes name something in common, or one of them names nothing at all."""
    told = base.item.lead
    if _SUMMED.fullmatch(told):
        told = base.period.text[: base.item.q.start - base.period.start][-40:]
    one = bare(told + base.noun)
    two = bare(whole.item.lead + whole.item.tail[:12])
    if whole.item.q.amount >= 1000:
        return True
    return akin(one, two)


def _parts(
    doc: Document, groups: Sequence[Sequence[Mention]], place: int, base: Mention, labels: list[str]
) -> list[Item] | None:
    """The parts of the whole ``base`` that bear the names; None when one of them is not there or there twice."""
    text = doc.norm.text
    pool: list[Mention] = []
    for group in groups[place : place + SPAN]:
        if text.find("\n", base.item.q.end, group[0].period.start) >= 0:
            break
        pool += [m for m in group if m.item.q.start > base.item.q.start and like(m.item, base.item)]
    if _SUMMED.search(base.item.lead):
        # 处罚卷180本、许可卷60本，共240本: the parts stand before their total.
        pool += [m for m in groups[place] if m.item.q.start < base.item.q.start and like(m.item, base.item)]
    joined, single = labels[0], labels[1:]
    for names in ([joined], single):
        hits = [[m.item for m in pool if _plain(_called(m)) == name] for name in names]
        if hits and all(len({i.q.amount for i in hit}) == 1 for hit in hits):
            items = [hit[0] for hit in hits]
            if sum((i.q.amount for i in items), Decimal(0)) <= base.item.q.amount and len(set(names)) == len(
                names
            ):
                return items
    return None


def _called(m: Mention) -> str:
    """The name of a part: 以调解、和解方式结案 of 其中以调解、和解方式结案47件, or what stands behind the figure."""
    name = _MARK.split(m.item.gap[-30:])[-1].lstrip("、")
    return name if name and _FILL.sub("", name) else m.item.tail[:14]
