"""The audit as an official paper: every sentence, cell and bar ready to print, free of layout.

A view is computed from a result and a letterhead; a renderer only places its strings. All strings have passed
``printable``, so nothing in them is hidden; escaping for the output format is the renderer's duty.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from auditor.model import Result, Status
from auditor.render import annexes, wording
from auditor.render.annexes import ElementGroup, FindingRow, GapRow, Pair
from auditor.render.placement import place_of
from auditor.render.printable import printable, short

HEADLINE_ITEMS = (
    ("述法", ("述法.",)),
    ("行政执法三项制度", ("三项制度.",)),
    ("规范性文件备案", ("规范性文件.备案",)),
    ("负责人出庭应诉", ("出庭应诉.",)),
)
ANNEX_TITLES = ("须补正事项清单", "要素核查一览表", "核查依据与复核说明")
_ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the reviewing office adds; null where it is to be filled in by hand."""

    organisation: str | None = None
    """审核机关, signs the paper."""
    addressee: str | None = None
    """主送机关."""
    document_number: str | None = None
    date: str | None = None
    """ISO date, or as it shall be printed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of the long lists stands in the body; the annexes are always whole."""

    mend: int = 8
    findings: int = 3
    reasons: int = 3


@dataclass(frozen=True, slots=True)
class HeadlineItem:
    number: str
    """（一）"""
    name: str
    summary: str


@dataclass(frozen=True, slots=True)
class MendItem:
    """One thing to mend before publication."""

    number: str
    name: str
    basis: str
    found: str
    expected: str
    place: str


@dataclass(frozen=True, slots=True)
class GroupBar:
    name: str
    points: str
    """14.5/18"""
    share: str
    """81%, a dash where nothing in the group applies."""
    bar: str
    """Width of the bar as a CSS percentage."""


@dataclass(frozen=True, slots=True)
class Body:
    """The paper proper, top to bottom, down to the signature."""

    title_lines: tuple[str, ...]
    document_number: str | None
    """Null leaves the line out: the number usually comes with the office's red head."""
    addressee: str
    opening: str
    conclusion: tuple[str, ...]
    headline: tuple[HeadlineItem, ...]
    mend_intro: str
    mend: tuple[MendItem, ...]
    findings: str
    groups: tuple[GroupBar, ...]
    annex_titles: tuple[str, ...]
    organisation: str
    date: str


@dataclass(frozen=True, slots=True)
class Annexes:
    gate_reasons: tuple[str, ...]
    gaps_intro: str
    gaps: tuple[GapRow, ...]
    findings: tuple[FindingRow, ...]
    elements: tuple[ElementGroup, ...]
    provenance: tuple[Pair, ...]
    decisions: tuple[str, ...]
    verify: tuple[str, ...]
    to_fill: str | None


@dataclass(frozen=True, slots=True)
class AuditView:
    """The whole paper."""

    heading: str
    """The title in one line, also the file's title."""
    organisation: str | None
    """The signing office, null while it is to be filled in."""
    body: Body
    annexes: Annexes | None
    """Null in a trial of the body alone."""


def build_view(result: Result, letterhead: Letterhead | None = None, limits: Limits | None = None) -> AuditView:
    """The view of one result; without ``limits`` the lists of the body are as long as two pages usually hold."""
    body = build_body(result, letterhead, limits)
    return AuditView(
        heading="".join(body.title_lines),
        organisation=printable(letterhead.organisation) if letterhead else None,
        body=body,
        annexes=_annexes(result, letterhead or Letterhead()),
    )


def build_body(result: Result, letterhead: Letterhead | None = None, limits: Limits | None = None) -> Body:
    """The body alone, for a renderer that tries how much of it fits."""
    clean, head, limits = _clean(result), printable(letterhead or Letterhead()), limits or Limits()
    unit, year = _unit(clean), report_year(clean)
    mend, mend_intro = _mend(clean, limits.mend, _for_reference(clean))
    return Body(
        title_lines=_title_lines(unit, year),
        document_number=short(head.document_number, 28) if head.document_number else None,
        addressee=short(head.addressee or "（主送机关待填）", 54),
        opening=_opening(clean, head, unit),
        conclusion=_conclusion(clean, limits.reasons, year),
        headline=_headline(clean),
        mend_intro=mend_intro,
        mend=mend,
        findings=_findings(clean, limits.findings),
        groups=_groups(clean),
        annex_titles=ANNEX_TITLES,
        organisation=short(head.organisation or "（审核机关待填）", 24),
        date=short(wording.date_words(head.date) if head.date else "（成文日期待填）", 22),
    )


def _annexes(result: Result, head: Letterhead) -> Annexes:
    clean, reference = _clean(result), _for_reference(result)
    blanks = (
        ("审核机关", head.organisation),
        ("主送机关", head.addressee),
        ("发文字号", head.document_number),
        ("成文日期", head.date),
    )
    empty = "、".join(name for name, value in blanks if not value)
    return Annexes(
        gate_reasons=tuple(failure.message for failure in clean.gate.failures)
        + tuple(f"提醒：{item.message}" for item in clean.gate.warnings),
        gaps_intro=_gaps_intro(clean),
        gaps=annexes.gap_rows(clean, reference),
        findings=annexes.finding_rows(clean),
        elements=annexes.element_groups(clean, reference),
        provenance=annexes.provenance(clean),
        decisions=annexes.decision_notes(clean),
        verify=annexes.verify_steps(),
        to_fill=f"{empty}（写入配置文件audit.yaml后重新生成，或在印制前填写）" if empty else None,
    )


def _clean(result: Result) -> Result:
    # The report's text is not printed; its quotations are.
    return printable(replace(result, report=replace(result.report, text="")))


def _for_reference(result: Result) -> bool:
    return (report_year(result) or 0) > wording.OUTLINE_LAST_YEAR


def report_year(result: Result) -> int | None:
    """The year the audit went by: the user's, else the report's own."""
    return result.options.year or result.report.report_year


def _unit(result: Result) -> str:
    report = result.report
    return short(report.issuer or report.region or "（送审单位待填）", 30)


def _title_lines(unit: str, year: int | None) -> tuple[str, ...]:
    """The title in lines of at most 20 characters, each a unit of sense."""
    first = f"关于{unit}"
    lines = (first,) if len(first) <= 20 else (first[: (len(first) + 1) // 2], first[(len(first) + 1) // 2 :])
    return (*lines, f"{year}年法治政府建设年度报告的核查报告" if year else "法治政府建设年度报告的核查报告")


def _opening(result: Result, head: Letterhead, unit: str) -> str:
    title = result.report.title
    called = f"《{short(title.strip('《》'), 36)}》" if title else f"年度报告（文件{short(result.report.file, 24)}，未见标题）"
    who = short(head.organisation or "（审核机关待填）", 26)
    return (
        f"审核机关{who}对送审单位{unit}的{called}作了公布前核查，现将结果报告如下。"
    )


def _conclusion(result: Result, reasons: int, year: int | None) -> tuple[str, ...]:
    gate, score = result.gate, result.score
    failures = gate.failures
    verdict = {True: "通过公布前核查", False: "未通过公布前核查", None: "本次未设门禁，不作是否通过的判定"}[gate.passed]
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
        f"应核查{len(judged)}项：{counts}"
        + (f"；另有{'、'.join(aside)}。" if aside else "。")
    )
    out = [first]
    if failures and reasons:
        shown = [f"（{i}）{short(f.message.rstrip('。；'), 42)}" for i, f in enumerate(failures[:reasons], 1)]
        rest = f"；共{len(failures)}条，全部列于附件1" if len(failures) > reasons else ""
        out.append(f"未通过的原因：{'；'.join(shown)}{rest}。")
    elif failures:
        out.append(f"未通过的原因共{len(failures)}条，列于附件1。")
    if _for_reference(result):
        out.append(f"{year}年度尚无新纲要的规则集，《纲要》各项仅作参照，只有法定内容计入门禁。")
    return tuple(out)


def _headline(result: Result) -> tuple[HeadlineItem, ...]:
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
            parts.append(f"{len(judged)}项中覆盖{len(by_status[Status.COVERED])}项")
            for status, word in ((Status.WEAK, "不充分"), (Status.MISSING, "缺失")):
                if by_status[status]:
                    parts.append(f"{word}：{short('、'.join(short(e.name, 12) for e in by_status[status]), 40)}")
        if confirmed:
            parts.append(f"人工认定{confirmed}项")
        if waived:
            parts.append(f"已豁免{waived}项")
        summary = "；".join(parts) + "。" if parts else "本次不适用。"
        out.append(HeadlineItem(f"（{_ORDINALS[order]}）", name, summary))
    return tuple(out)


def _mend(result: Result, limit: int, reference: bool) -> tuple[tuple[MendItem, ...], str]:
    """Elements the gate failed on, then other gaps of the headline; in each the missing before the weak."""
    named = [f"{failure.rule} {failure.message}" for failure in result.gate.failures]
    # Longest id first, each taken out once met: 规范性文件.备案率 must not count as 规范性文件.备案.
    failed: set[str] = set()
    for element in sorted(result.elements, key=lambda e: -len(e.id)):
        if any(element.id in text for text in named):
            failed.add(element.id)
            named = [text.replace(element.id, " ") for text in named]
    gaps = [e for e in result.elements if wording.is_gap(e) and (e.headline or e.id in failed)]
    gaps.sort(key=lambda e: (e.id not in failed, e.status is Status.WEAK))
    items = tuple(
        MendItem(
            number=str(order),
            name=e.name,
            basis=wording.cite_all(e.basis, "、"),
            found=_found(wording.verdict_clause(e, reference=reference), e.reason),
            expected=short(e.advice or "补写本项的做法、结果和数字。", 80),
            place=place_of(e, result)[0],
        )
        for order, e in enumerate(gaps, 1)
    )
    if not items:
        return (), "没有须在公布前补正的要素。"
    blocking = sum(e.id in failed for e in gaps)
    what = f"其中门禁未过{blocking}项" if blocking else "均属四项重点内容"
    shown = max(limit, 0)
    tail = "见附件1" if not shown else f"先列{shown}项，余见附件1" if shown < len(items) else "列表如下"
    return items[:shown], f"须补正{len(items)}项，{what}；{tail}。"


def _found(verdict: str, reason: str | None) -> str:
    return f"{verdict}。{short(reason, 60)}" if reason else f"{verdict}。"


def _findings(result: Result, limit: int) -> str:
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
        f"（{i}）" + (f"第{f.line}行，" if f.line else "") + short(f.message.rstrip("。；"), 48)
        for i, f in enumerate(ranked[:limit], 1)
    ]
    if not shown:
        return f"共{counts}，全部列于附件1。"
    rest = "其余见附件1。" if len(ranked) > limit else "详见附件1。"
    return f"共{counts}。{'；'.join(shown)}。{rest}"


def _groups(result: Result) -> tuple[GroupBar, ...]:
    return tuple(
        GroupBar(
            name=short(group.name, 9),
            points=f"{wording.number(group.points)}/{wording.number(group.possible)}",
            share=wording.percent(group.points, group.possible),
            bar=f"{max(0.0, min(100.0, 100 * group.points / group.possible)) if group.possible else 0:.1f}%",
        )
        for group in result.score.groups
    )


def _gaps_intro(result: Result) -> str:
    gaps = [e for e in result.elements if wording.is_gap(e)]
    if not gaps:
        return "没有缺项。"
    missing = sum(e.status is Status.MISSING for e in gaps)
    return f"共{len(gaps)}项，其中缺失{missing}项、不充分{len(gaps) - missing}项，按清单顺序排列；★为四项重点内容。"
