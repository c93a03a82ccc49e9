"""Markdown for a merge request comment: the verdict, what to mend, findings, and every element at the end."""

from __future__ import annotations

from auditor.model import Result
from auditor.regex import regex
from auditor.render.annexes import ElementRow, FindingRow, GapRow
from auditor.render.issues import conclusion, suggestion, verdict_line
from auditor.render.view import AuditView, build_view

# Everything Markdown or a host gives a meaning to: marks, HTML, mentions, references, bare links.
_SPECIAL = regex(r"[\\`*_{}\[\]()#+!|<>&~@$^=]|(?<=www)\.|:(?=//)")
_ICONS = {True: "✅", False: "❌", None: "ℹ️"}


def escape(text: str) -> str:
    """Text that stays text in Markdown, on one line."""
    return _SPECIAL.sub(lambda match: f"&#{ord(match.group())};", text)


def render_markdown(result: Result) -> str:
    """The comment; every string of the report escaped."""
    view = build_view(result)
    assert view.annexes is not None
    body = view.body
    lines = [
        f"## {_ICONS[result.gate.passed]} {escape(view.heading)}",
        "",
        f"**{escape(verdict_line(result))}**",
        "",
    ]
    lines += [line for text in conclusion(result) for line in (escape(text), "")]
    lines += ["### 四项重点内容", ""]
    lines += [f"- {escape(item.name)}：{escape(item.summary)}" for item in body.headline]
    lines += ["", "### 门禁", "", *(f"- {escape(text)}" for text in view.annexes.gate_lines)]
    lines += ["", "### 须补正的内容", "", escape(view.annexes.gaps_intro), ""]
    if view.annexes.gaps:
        lines += _table(
            ("序", "要素", "结论", "说明", "怎样补、写在哪里"), [_gap(gap) for gap in view.annexes.gaps]
        )
    lines += ["", "### 数字和日期", ""]
    if view.annexes.findings:
        lines += _table(("序", "类别", "问题", "原文"), [_finding(row) for row in view.annexes.findings])
    else:
        lines.append("未发现问题。")
    lines += ["", *_elements(view), "", *_provenance(view), ""]
    return "\n".join(lines)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return lines + ["| " + " | ".join(cells) + " |" for cells in rows]


def _gap(gap: GapRow) -> tuple[str, ...]:
    seen = f"{gap.passage.lead}：“{gap.passage.quote}”" if gap.passage else ""
    return (
        gap.number,
        f"{escape(gap.name)}<br>{escape(gap.id)}",
        escape(gap.verdict),
        "<br>".join(escape(text) for text in (gap.reason or "", seen) if text) or "—",
        f"{escape(gap.advice)}<br>{escape(suggestion(gap.place))}。",
    )


def _finding(row: FindingRow) -> tuple[str, ...]:
    said = [row.message, row.compare or "", row.decision or ""]
    seen = f"{row.passage.lead}：“{row.passage.quote}”" if row.passage else "—"
    return (
        row.number,
        f"{escape(row.severity)}<br>{escape(row.kind)}",
        "<br>".join(escape(text) for text in said if text),
        escape(seen),
    )


def _elements(view: AuditView) -> list[str]:
    assert view.annexes is not None
    rows = [row for group in view.annexes.elements for row in group.rows]
    lines = ["<details>", f"<summary>全部 {len(rows)} 项</summary>", ""]
    for group in view.annexes.elements:
        lines += [f"**{escape(group.name)}**（{escape(group.summary)}）", ""]
        head = ("序", "要素", "编号", "结论", "得点", view.annexes.place_head)
        lines += [*_table(head, [_row(row) for row in group.rows]), ""]
    return [*lines, "</details>"]


def _row(row: ElementRow) -> tuple[str, ...]:
    status = f"{row.status}：{row.doubt}" if row.doubt else row.status
    return tuple(escape(text) for text in (row.number, row.name, row.id, status, row.points, row.place))


def _provenance(view: AuditView) -> list[str]:
    assert view.annexes is not None
    pairs = [f"- {escape(pair.label)}：{escape(pair.value)}" for pair in view.annexes.provenance]
    notes = [f"- {escape(note)}" for note in view.annexes.decisions]
    return ["<details>", "<summary>核查依据</summary>", "", *pairs, *notes, "", "</details>"]
