"""What stands in the body of the paper: conclusion, headline items, things to mend, findings, scores."""

from __future__ import annotations

from msgspec import Struct

from auditor.model import Result, Status
from auditor.render import wording
from auditor.render.placement import place_of
from auditor.render.printable import short

HEADLINE_ITEMS = (
    ("述法", ("述法.",)),
    ("行政执法三项制度", ("三项制度.",)),
    ("规范性文件备案", ("规范性文件.备案",)),
    ("负责人出庭应诉", ("出庭应诉.",)),
)
_ORDINALS = "一二三四五六七八九十"


class HeadlineItem(Struct, frozen=True):
    number: str
    """（一）"""
    name: str
    summary: str


class MendItem(Struct, frozen=True):
    """One thing to mend before publication."""

    number: str
    name: str
    basis: str
    found: str
    expected: str
    place: str


class GroupBar(Struct, frozen=True):
    name: str
    points: str
    """14.5/18"""
    share: str
    """81%, or 不适用 where nothing in the group applies; ``points`` is empty then."""
    bar: str
    """Width of the bar as a CSS percentage."""


def report_year(result: Result) -> int | None:
    """The year the audit went by: the user's, else the report's own."""
    return result.options.year or result.report.report_year


def for_reference(result: Result) -> bool:
    """Whether the report year lies after the outline, so that its elements are shown for reference only."""
    return (report_year(result) or 0) > wording.outline_last_year(result.ruleset.title)


def conclusion_lines(result: Result, reasons: int, year: int | None) -> tuple[str, ...]:
    gate, score = result.gate, result.score
    failures = gate.failures
    verdict = {True: "通过公布前核查", False: "未通过公布前核查", None: "本次未设门禁，不作是否通过的判定"}[
        gate.passed
    ]
    judged = [e for e in result.elements if e.status is not Status.NA and not wording.is_waived(e)]
    confirmed = sum(wording.is_confirmed(e) for e in judged)
    counts = "，".join(
        f"{name}{sum(e.status is status for e in judged)}项{note}"
        for status, name, note in (
            (Status.COVERED, "已覆盖", f"（其中人工认定{confirmed}项）" if confirmed else ""),
            (Status.WEAK, "不充分", ""),
            (Status.MISSING, "缺失", ""),
        )
    )
    aside = [
        f"{name}{count}项"
        for name, count in (
            ("不适用", sum(e.status is Status.NA for e in result.elements)),
            ("已豁免", sum(wording.is_waived(e) for e in result.elements)),
        )
        if count
    ]
    first = (
        f"{verdict}。总分{score.total:.1f}分（得点{wording.number(score.points)}/{wording.number(score.possible)}）。"
        f"应核查{len(judged)}项：{counts}" + (f"；另有{'、'.join(aside)}。" if aside else "。")
    )
    out = [first]
    if failures and reasons:
        shown = [f"（{i}）{short(f.message.rstrip('。；'), 42)}" for i, f in enumerate(failures[:reasons], 1)]
        rest = f"；共{len(failures)}条，全部列于附件1" if len(failures) > reasons else ""
        out.append(f"未通过的原因：{'；'.join(shown)}{rest}。")
    elif failures:
        out.append(f"未通过的原因共{len(failures)}条，列于附件1。")
    if for_reference(result):
        out.append(f"{year}年度尚无新纲要的规则集，《纲要》各项仅作参照，只有法定内容计入门禁。")
    return tuple(out)


def headline_items(result: Result) -> tuple[HeadlineItem, ...]:
    out = []
    for order, (name, prefixes) in enumerate(HEADLINE_ITEMS):
        members = [e for e in result.elements if e.headline and e.id.startswith(prefixes)]
        judged = [e for e in members if e.status is not Status.NA and not wording.is_waived(e)]
        waived = sum(wording.is_waived(e) for e in members)
        confirmed = sum(wording.is_confirmed(e) for e in judged)
        by_status = {s: [e for e in judged if e.status is s] for s in Status}
        parts = []
        if judged and len(by_status[Status.COVERED]) == len(judged):
            parts.append(f"{len(judged)}项均已覆盖")
        elif judged:
            parts.append(f"{len(judged)}项覆盖{len(by_status[Status.COVERED])}项")
            for status, word in ((Status.WEAK, "不充分"), (Status.MISSING, "缺失")):
                if by_status[status]:
                    parts.append(
                        f"{word}：{short('、'.join(short(e.name, 12) for e in by_status[status]), 40)}"
                    )
        if confirmed:
            parts.append(f"人工认定{confirmed}项")
        if waived:
            parts.append(f"已豁免{waived}项")
        summary = "；".join(parts) + "。" if parts else "本次不适用。"
        out.append(HeadlineItem(f"（{_ORDINALS[order]}）", name, summary))
    return tuple(out)


def mend_items(result: Result, limit: int, reference: bool) -> tuple[tuple[MendItem, ...], str]:
    """Elements the gate failed on, then other gaps of the headline; in each the missing before the weak."""
    failed = {failure.rule for failure in result.gate.failures}
    gaps = [e for e in result.elements if wording.is_gap(e) and (e.headline or e.id in failed)]
    gaps.sort(key=lambda e: (e.id not in failed, e.status is Status.WEAK))
    items = tuple(
        MendItem(
            number=str(order),
            name=e.name,
            basis=wording.cite_all(e.basis, "、"),
            found=_found(wording.verdict_clause(e, reference=reference, notes=False), e.reason),
            expected=short(e.advice or "补写本项的做法、结果和数字。", 80),
            place=place_of(e, result)[0],
        )
        for order, e in enumerate(gaps, 1)
    )
    if not items:
        wrong = sum(failure.rule.startswith("finding:") for failure in result.gate.failures)
        return (
            (),
            f"要素没有须补正的；差错{wrong}处须改正，见下文。" if wrong else "没有须在公布前补正的要素。",
        )
    blocking = sum(e.id in failed for e in gaps)
    what = f"其中门禁未过{blocking}项" if blocking else "均属四项重点内容"
    shown = max(limit, 0)
    tail = "见附件1" if not shown else f"先列{shown}项，余见附件1" if shown < len(items) else "列表如下"
    return items[:shown], f"须补正{len(items)}项，{what}；{tail}。"


def _found(verdict: str, reason: str | None) -> str:
    return f"{verdict}。{short(reason.rstrip('。'), 60)}。" if reason else f"{verdict}。"


def findings_text(result: Result, limit: int) -> str:
    """Figures and dates in one paragraph: how many, and the gravest."""
    open_ones = [f for f in result.findings if f.decision is None]
    if not open_ones:
        return "未发现数字、日期方面的问题。"
    order = list(wording.SEVERITY_NAMES)
    ranked = sorted(open_ones, key=lambda f: order.index(f.severity))
    counts = "、".join(
        f"{name}{count}处"
        for severity, name in wording.SEVERITY_NAMES.items()
        if (count := sum(f.severity is severity for f in open_ones))
    )
    shown = [
        f"（{i}）" + (f"{wording.place(f)}，" if f.line else "") + short(f.message.rstrip("。；"), 48)
        for i, f in enumerate(ranked[:limit], 1)
    ]
    if not shown:
        return f"共{counts}，全部列于附件1。"
    rest = "其余见附件1。" if len(ranked) > limit else "详见附件1。"
    return f"共{counts}。{'；'.join(shown)}。{rest}"


def group_bars(result: Result) -> tuple[GroupBar, ...]:
    return tuple(
        GroupBar(
            name=short(group.name, 9),
            points=f"{wording.number(group.points)}/{wording.number(group.possible)}"
            if group.possible
            else "",
            share=wording.percent(group.points, group.possible) if group.possible else "不适用",
            bar=f"{max(0.0, min(100.0, 100 * group.points / group.possible)) if group.possible else 0:.1f}%",
        )
        for group in result.score.groups
    )
