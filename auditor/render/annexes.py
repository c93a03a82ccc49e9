"""The annexes of the paper: all gaps, all findings, every element, and where it all comes from."""

from __future__ import annotations

from msgspec import Struct

from auditor.model import LEVEL_NAMES, ElementResult, FailOn, Finding, Result, Status
from auditor.render import wording
from auditor.render.placement import place_of

_FAIL_ON = {
    FailOn.MISSING: "缺失一项即不通过",
    FailOn.WEAK: "缺失或不充分一项即不通过",
    FailOn.ERROR: "数字、日期有错误即不通过",
}


class Pair(Struct, frozen=True):
    label: str
    value: str


class Passage(Struct, frozen=True):
    """A quotation with what leads up to it, for example 最接近的文字（第12行，相似度63%）."""

    lead: str
    quote: str


class GapRow(Struct, frozen=True):
    number: str
    name: str
    id: str
    basis: tuple[str, ...]
    """Each clause with its gist."""
    verdict: str
    reason: str | None
    sought: str | None
    passage: Passage | None
    advice: str
    place: str


class FindingRow(Struct, frozen=True):
    number: str
    severity: str
    kind: str
    message: str
    passage: Passage | None
    compare: str | None
    """What the report states against what would be right."""
    basis: str | None
    decision: str | None


class ElementRow(Struct, frozen=True):
    number: str
    name: str
    id: str
    status: str
    points: str
    quote: str | None
    note: str | None
    """Reason, decision, or where further evidence stands."""
    doubt: str | None
    """Why a reader should look at what is covered."""
    place: str
    """Number of the line or paragraph, with the page where it is known."""


class ElementGroup(Struct, frozen=True):
    name: str
    summary: str
    rows: tuple[ElementRow, ...]


def display_name(element: ElementResult) -> str:
    return f"★{element.name}" if element.headline else element.name


def gate_lines(result: Result) -> tuple[str, ...]:
    """Every reason the gate gave, then its warnings; one line says so where there is none."""
    gate = result.gate
    lines = [f"未通过：{failure.message}" for failure in gate.failures]
    lines += [f"提醒：{warning.message}" for warning in gate.warnings]
    if gate.passed is None:
        lines.insert(0, "本次未设门禁。")
    elif gate.passed:
        lines.insert(0, "门禁通过。")
    return tuple(lines)


def gaps_intro(result: Result) -> str:
    gaps = [e for e in result.elements if wording.is_gap(e)]
    if not gaps:
        return "没有缺项。"
    missing = sum(e.status is Status.MISSING for e in gaps)
    return f"共{len(gaps)}项，其中缺失{missing}项、不充分{len(gaps) - missing}项，按清单顺序排列；★为四项重点内容。"


def gap_rows(result: Result, reference: bool) -> tuple[GapRow, ...]:
    """Every weak or missing element without a decision, in checklist order."""
    gaps = [element for element in result.elements if wording.is_gap(element)]
    return tuple(_gap_row(order, element, result, reference) for order, element in enumerate(gaps, 1))


def _gap_row(order: int, element: ElementResult, result: Result, reference: bool) -> GapRow:
    passage = None
    if element.evidence:
        seen = element.evidence[0]
        passage = Passage(f"已有文字（{wording.place(seen)}）", seen.quote)
    elif element.nearest is not None:
        near = element.nearest
        share = wording.number(near.similarity)
        passage = Passage(f"最接近的文字（{wording.place(near)}，相似度{share}%）", near.quote)
    return GapRow(
        number=str(order),
        name=display_name(element),
        id=element.id,
        basis=tuple(
            dict.fromkeys(
                f"{wording.cite(b)}：{b.gist}" if b.gist else wording.cite(b) for b in element.basis
            )
        ),
        # The clause stands beside it, with its note where it could not be checked.
        verdict=wording.verdict_clause(element, reference=reference, notes=False),
        reason=f"{element.reason.rstrip('。')}。" if element.reason else None,
        sought="、".join(element.sought) or None,
        passage=passage,
        advice=element.advice or "补写本项的做法、结果和数字。",
        place=place_of(element, result)[0],
    )


def finding_rows(result: Result) -> tuple[FindingRow, ...]:
    return tuple(_finding_row(order, finding) for order, finding in enumerate(result.findings, 1))


def _finding_row(order: int, finding: Finding) -> FindingRow:
    compare = None
    if finding.stated is not None and finding.expected is not None:
        compare = f"写作{finding.stated}，应为{finding.expected}"
    elif finding.expected is not None:
        compare = f"应为{finding.expected}"
    where = wording.place(finding) or "原文"
    return FindingRow(
        number=str(order),
        severity=wording.SEVERITY_NAMES[finding.severity],
        kind=wording.KIND_NAMES.get(finding.kind, finding.kind),
        message=finding.message,
        passage=Passage(where, finding.quote) if finding.quote else None,
        compare=compare,
        basis=wording.cite_all(finding.basis) if finding.basis else None,
        decision=wording.decision_words(finding.decision) if finding.decision else None,
    )


def element_groups(result: Result, reference: bool) -> tuple[ElementGroup, ...]:
    """Every element in checklist order under its group, with the first evidence and the lines of the rest."""
    names = {group.id: group.name for group in result.score.groups}
    out: list[ElementGroup] = []
    number = 0
    for group in dict.fromkeys(element.group for element in result.elements):
        members = [element for element in result.elements if element.group == group]
        rows = []
        for element in members:
            number += 1
            rows.append(_element_row(number, element, reference))
        counts = "，".join(
            f"{word}{count}"
            for status, word in (
                (Status.COVERED, "已覆盖"),
                (Status.WEAK, "不充分"),
                (Status.MISSING, "缺失"),
                (Status.NA, "不适用"),
            )
            if (count := sum(element.status is status for element in members))
        )
        out.append(ElementGroup(names.get(group, group), counts, tuple(rows)))
    return tuple(out)


def _element_row(number: int, element: ElementResult, reference: bool) -> ElementRow:
    notes: list[str] = []
    if element.decision is not None:
        notes.append(wording.decision_words(element.decision))
    if reason := wording.reason_of(element):
        notes.append(reason)
    first = element.evidence[0] if element.evidence else None
    others = [e for e in element.evidence[1:] if first and wording.place(e) != wording.place(first)]
    if others:
        notes.append(f"另见{wording.places(others)}")
    counted = element.status is not Status.NA and not wording.is_waived(element)
    return ElementRow(
        number=str(number),
        name=display_name(element),
        id=element.id,
        status=wording.status_word(element, reference=reference),
        points=f"{wording.number(element.points)}/{wording.number(element.weight)}" if counted else "—",
        quote=first.quote if first else None,
        note="；".join(note.rstrip("。；") for note in notes) + "。" if notes else None,
        doubt=element.reason if wording.is_doubtful(element) else None,
        place=wording.place_number(first) if first else "—",
    )


def provenance(result: Result) -> tuple[Pair, ...]:
    """Where the audit comes from, so that anyone can make it again."""
    report, rules, options, reader = result.report, result.ruleset, result.options, result.report.reader
    year = options.year or report.report_year
    level = options.level or report.level
    rows = [
        Pair(
            "送审文件",
            f"{report.file}（{reader.format}{'，' + reader.encoding if reader.encoding else ''}，{report.characters}字）",
        ),
        Pair("文件摘要", f"SHA-256 {report.sha256}"),
        Pair("报告标题", report.title or "未见标题"),
        Pair(
            "送审单位", "，".join(dict.fromkeys(x for x in (report.issuer, report.region) if x)) or "未能读出"
        ),
        Pair(
            "层级和年度",
            f"{LEVEL_NAMES[level] if level else '层级未能读出'}{'（人工指定）' if options.level else ''}；"
            f"{f'{year}年度' if year else '年度未能读出'}{'（人工指定）' if options.year else ''}",
        ),
        Pair(
            "报告日期",
            f"成文日期{wording.date_words(report.written_date) if report.written_date else '未见'}；"
            f"公布日期{wording.date_words(report.published_date) if report.published_date else '未见'}"
            + (f"；文号{report.document_number}" if report.document_number else ""),
        ),
        Pair("核查工具", f"{result.tool.name} {result.tool.version}，结果格式{result.schema}"),
        Pair("规则集", f"{rules.title}（{rules.id}，版本{rules.version}）"),
        Pair("规则摘要", f"SHA-256 {rules.digest}"),
        Pair(
            "门禁规则",
            f"{options.gate or result.gate.policy or '未设'}"
            + (f"，SHA-256 {options.gate_digest}" if options.gate_digest else ""),
        ),
    ]
    added = [
        *([f"总分不低于{options.fail_under:g}"] if options.fail_under is not None else []),
        *(_FAIL_ON[kind] for kind in options.fail_on),
    ]
    if added:
        rows.append(Pair("另加条件", "；".join(added)))
    if options.baseline_digest:
        rows.append(Pair("基线", f"以前已有的缺项不计；以前的结果SHA-256 {options.baseline_digest}"))
    if options.waivers_digest:
        on = f"，按{wording.date_words(options.as_of)}判断期限" if options.as_of else ""
        rows.append(Pair("审核决定", f"SHA-256 {options.waivers_digest}{on}"))
    rows.append(
        Pair(
            "计分方法", "点数＝权重×（已覆盖1，不充分0.5，缺失0）；总分＝100×得点÷满点，不适用和已豁免的不计"
        )
    )
    if reader.warnings:
        rows.append(Pair("读取提示", "；".join(reader.warnings)))
    return tuple(rows)


def decision_notes(result: Result) -> tuple[str, ...]:
    """Decisions of the office that met nothing in the report, or whose term is over."""
    return tuple(
        f"{lead}：{item.target}，{item.reason}（批准人{item.approver}，有效期至{wording.date_words(item.expires_on)}）"
        for lead, items in (
            ("未用到的决定", result.decisions_unused),
            ("已过期的决定", result.decisions_expired),
        )
        for item in items
    )


def verify_steps() -> tuple[str, ...]:
    """How a reader checks this paper without trusting whoever printed it."""
    return (
        "核查只看报告文本写了什么、写得是否有据，不核实所写事项本身是否属实。",
        "本文件内嵌核查结果result.json，可用任一PDF阅读器取出；其中的引文可按字符位置在原文中逐字找到。",
        "取得送审文件和本文件后运行“audit verify 本文件.pdf 送审文件”，即核对各项摘要、重新核查并报告差异。",
        "同一送审文件、同一规则和选项总是得到同一结果；核查过程不联网，也不使用时钟。",
    )
