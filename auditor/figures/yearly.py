"""Figures of one matter year by year, and changes told of them further on: 2021年326场、2022年402场…。2022年比2021年增长23.3%."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from auditor.figures.base_years import year_of
from auditor.figures.compare import BASE, compare, is_change, usable
from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

_FIRST = regex(r"20\d\d年度?(?P<noun>[\u4e00-\u9fff]{0,10}?)(?:为|是|共|达到?)?$")
_NEXT = regex(
    r"(?:到|至|增至|升至|降至|增长到|上升到|下降到|增加到|减少到)?20\d\d年度?(?:的|增至|升至|降至|达到?)?(?P<noun>[\u4e00-\u9fff]{0,10}?)(?:为|是|共|达到?|增至|升至|降至)?"
)
_TOTAL = regex(r"(?:[两二三四五六七八九十]年)?(?:累计|合计|共计|总计|共)(?:开展|举办|办理|受理|达到?|为)?")
_HOW = r"(?:大幅度?|明显|显著|同比|实际|累计|共|又|再|也|则|，)*"
_MOVED = r"(?:增长|增加|增多|上升|提高|提升|增幅|下降|减少|降低|回落|下滑|降幅|多|少)(?:了|达|为|约)?"
_AGAINST = regex(
    rf"[，：]?(?:其中，?)?(?:(?P<new>20\d\d)年)?(?:较|比|与|和|同)(?P<old>20\d\d|上|去)年(?:同期|相比|的)?，?{_HOW}{_MOVED}"
)
_OPENED = regex(r"^(?:[与和同较比])(?:上年度?|去年度?|上一年度?|20\d\d年度?)(?:同期|全年)?的?$")
_DEED = regex(
    r"(?:相比)?，?(?P<deed>受理|收案|办理|办结|审结|结案|立案|查处|处罚|排查|化解|调解|调处|检查|抽查|巡查|评查|审查|培训|整改|移送|援助|接待)"
    rf"(?:总量|总数|数量|件数|起数|次数|量|数){_HOW}{_MOVED}"
)


def check_yearly(doc: Document, period: Period, previous: Period | None) -> list[Finding]:
    """Findings on changes of ``period`` whose two levels stand in it year by year, or in the sentence before it."""
    own = _series(period.items)
    out = _told_of(doc, period, own, period.items) if own else []
    if previous is not None and "\n" not in doc.norm.text[previous.end - 1 : period.start]:
        before = _series(previous.items)
        opening = period.items[:1]
        if before and not own and before[-1] in _alone(previous.items) and _names_both(opening):
            out += [replace(f, severity=Severity.WARNING) for f in _told_of(doc, period, before, opening)]
        out += _compared_first(doc, period, previous)
    return out


def _series(items: Sequence[Item]) -> list[Item]:
    """Two figures or more of the same thing, each behind its own year, as the first run of the sentence tells them."""
    run, noun = list[Item](), ""
    for item in items:
        if run and (year_of(item) or 0) > (year_of(run[-1]) or 0):
            told = _NEXT.fullmatch(item.lead)
            if (
                told
                and told["noun"] == noun
                and usable(item)
                and like(item, run[-1])
                and item.sep in ("、", "，")
            ):
                run.append(item)
                continue
        if len(run) > 1:
            break
        first = _FIRST.search(item.lead) if usable(item) else None
        run, noun = ([item], first["noun"]) if first else ([], "")
    return run if len(run) > 1 else []


def _alone(items: Sequence[Item]) -> list[Item]:
    """The items, where none but changes and a sum of all years stands behind the last figure told with its year; else nothing."""
    at = max((k for k, i in enumerate(items) if usable(i) and year_of(i)), default=-1)
    rest = [i for i in items[at + 1 :] if not is_change(i)]
    return list(items) if all(_TOTAL.fullmatch(i.lead) and like(i, items[at]) for i in rest) else []


def _names_both(items: Sequence[Item]) -> bool:
    """2023年比上年增长…: the sentence begins with the change and names its own year."""
    return any((match := _AGAINST.fullmatch(i.gap)) and match["new"] for i in items)


def _told_of(doc: Document, period: Period, series: Sequence[Item], items: Sequence[Item]) -> list[Finding]:
    levels = {year_of(i): i for i in series}
    last = max(year for year in levels if year)
    out = list[Finding]()
    for item in items:
        if item.q.start <= series[-1].q.start:
            continue
        match = _AGAINST.fullmatch(item.gap) if is_change(item) else None
        if match is None:
            if is_change(item) or (_TOTAL.fullmatch(item.lead) and like(item, series[-1])):
                continue
            break
        now = int(match["new"]) if match["new"] else last
        was = int(match["old"]) if match["old"].isdigit() else now - 1
        new, old = levels.get(now), levels.get(was)
        found = compare(doc, period, old, new, item) if new and old else None
        rate = _rate_behind(period, item)
        if found and new and old and (rate is None or compare(doc, period, old, new, rate)):
            # 比上年增加46件，增长11.4%: where only one of the two is wrong, the pair tells it.
            out.append(found)
    return out


def _rate_behind(period: Period, step: Item) -> Item | None:
    """The per cent told right behind a step of the same change."""
    if step.q.unit == "%":
        return None
    behind = next((i for i in period.items if i.q.start > step.q.start), None)
    return behind if behind and is_change(behind) and behind.q.unit == "%" and behind.sep == "，" else None


def _compared_first(doc: Document, period: Period, previous: Period) -> list[Finding]:
    """2023年排查4318件，调处4246件。与2022年的3906件相比，排查量增长8.7%: of the sentence before, the figure of that very deed.

    What names no deed is looked at by ``recalled``, which is content with any figure that fits.
    """
    if len(period.items) < 2:
        return []
    base, change = period.items[:2]
    if not (base.plain and is_change(change) and _OPENED.match(base.lead) and base.gap == base.lead):
        return []
    told = _DEED.fullmatch(change.gap)
    if told is None or any(i.plain and like(i, base) for i in period.items[2:]):
        return []
    named = [i for i in previous.items if told["deed"] in i.words and like(i, base)]
    if len(named) != 1 or not named[0].plain or _is_past(doc, named[0], base) or "其中" in named[0].gap:
        return []
    found = compare(doc, period, base, named[0], change)
    return [replace(found, severity=Severity.WARNING)] if found else []


def _is_past(doc: Document, item: Item, base: Item) -> bool:
    """上年排查3906件。…: a figure of last year, or of no later year than the base."""
    match = BASE.search(item.lead)
    if match is None:
        return False
    own, was = year_of(item), year_of(base)
    now = doc.metadata.report_year
    return own is None or own <= (was or (now - 1 if now else own))
