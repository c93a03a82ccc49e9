"""The audit as an official paper: every sentence, cell and bar ready to print, free of layout.

A view is computed from a result and a letterhead; a renderer only places its strings. All strings have passed
``printable``, so nothing in them is hidden; escaping for the output format is the renderer's duty.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from auditor.model import Result
from auditor.render import annexes, wording
from auditor.render.annexes import ElementGroup, FindingRow, GapRow, Pair
from auditor.render.body import (
    GroupBar,
    HeadlineItem,
    MendItem,
    conclusion_lines,
    findings_text,
    for_reference,
    group_bars,
    headline_items,
    mend_items,
    report_year,
)
from auditor.render.printable import printable, short

ANNEX_TITLES = ("须补正事项清单", "要素核查一览表", "核查依据与复核说明")


class Letterhead(Struct, frozen=True):
    """What the reviewing office adds; null where it is to be filled in by hand."""

    organisation: str | None = None
    """审核机关, signs the paper."""
    addressee: str | None = None
    """主送机关."""
    document_number: str | None = None
    date: str | None = None
    """ISO date, or as it shall be printed."""


class Limits(Struct, frozen=True):
    """How much of the long lists stands in the body; the annexes are always whole."""

    mend: int = 8
    findings: int = 3
    reasons: int = 3


class Body(Struct, frozen=True):
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


class Annexes(Struct, frozen=True):
    gate_lines: tuple[str, ...]
    gaps_intro: str
    gaps: tuple[GapRow, ...]
    findings: tuple[FindingRow, ...]
    elements: tuple[ElementGroup, ...]
    place_head: str
    """Head of the column that says where the first evidence stands."""
    provenance: tuple[Pair, ...]
    decisions: tuple[str, ...]
    verify: tuple[str, ...]
    to_fill: str | None


class AuditView(Struct, frozen=True):
    """The whole paper."""

    heading: str
    """The title in one line, also the file's title."""
    organisation: str | None
    """The signing office, null while it is to be filled in."""
    body: Body
    annexes: Annexes | None
    """Null in a trial of the body alone."""


def build_view(
    result: Result, letterhead: Letterhead | None = None, limits: Limits | None = None
) -> AuditView:
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
    return body_builder(result, letterhead)(limits or Limits())


def body_builder(result: Result, letterhead: Letterhead | None) -> Callable[[Limits], Body]:
    """Bodies of one result for many limits: making its strings printable costs more than the rest."""
    clean, head = _clean(result), printable(letterhead or Letterhead())
    return lambda limits: _body(clean, head, limits)


def _body(clean: Result, head: Letterhead, limits: Limits) -> Body:
    unit, year = _unit(clean), report_year(clean)
    mend, mend_intro = mend_items(clean, limits.mend, for_reference(clean))
    return Body(
        title_lines=_title_lines(unit, year),
        document_number=short(head.document_number, 28) if head.document_number else None,
        addressee=short(head.addressee or "（主送机关待填）", 54),
        opening=_opening(clean, head, unit),
        conclusion=conclusion_lines(clean, limits.reasons, year),
        headline=headline_items(clean),
        mend_intro=mend_intro,
        mend=mend,
        findings=findings_text(clean, limits.findings),
        groups=group_bars(clean),
        annex_titles=ANNEX_TITLES,
        organisation=short(head.organisation or "（审核机关待填）", 24),
        date=short(wording.date_words(head.date) if head.date else "（成文日期待填）", 22),
    )


def _annexes(result: Result, head: Letterhead) -> Annexes:
    clean, reference = _clean(result), for_reference(result)
    blanks = (
        ("审核机关", head.organisation),
        ("主送机关", head.addressee),
        ("发文字号", head.document_number),
        ("成文日期", head.date),
    )
    empty = "、".join(name for name, value in blanks if not value)
    return Annexes(
        gate_lines=annexes.gate_lines(clean),
        gaps_intro=annexes.gaps_intro(clean),
        gaps=annexes.gap_rows(clean, reference),
        findings=annexes.finding_rows(clean),
        elements=annexes.element_groups(clean, reference),
        place_head=wording.place_head(result),
        provenance=annexes.provenance(clean),
        decisions=annexes.decision_notes(clean),
        verify=annexes.verify_steps(),
        to_fill=f"{empty}（写入配置文件audit.yaml后重新生成，或在印制前填写）" if empty else None,
    )


def _clean(result: Result) -> Result:
    # The report's text is not printed; its quotations are.
    return printable(replace(result, report=replace(result.report, text="")))


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
    called = (
        f"《{short(title.strip('《》'), 36)}》"
        if title
        else f"年度报告（文件{short(result.report.file, 24)}，未见标题）"
    )
    who = short(head.organisation or "（审核机关待填）", 26)
    return f"审核机关{who}对送审单位{unit}的{called}作了公布前核查，现将结果报告如下。"
