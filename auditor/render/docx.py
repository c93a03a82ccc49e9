"""The audit as an editable Word document: the same paper as the PDF, from the same view, without Pango."""

from __future__ import annotations

from msgspec.structs import replace

from auditor.model import Result
from auditor.render.annexes import FindingRow, GapRow
from auditor.render.fit import limit_steps
from auditor.render.issues import suggestion
from auditor.render.view import Annexes, Body, Letterhead, build_view
from auditor.render.word import Face, Word

_SPARE = 2  # items left out of the body's list, so that it keeps to two pages


def render_docx(result: Result, letterhead: Letterhead | None = None) -> bytes:
    """The document's bytes."""
    # The estimate is the PDF's; a word processor's own fonts and page breaks take a few lines more.
    limits = next(limit_steps(result, letterhead))
    limits = replace(limits, mend=max(0, limits.mend - _SPARE))
    view = build_view(result, letterhead, limits)
    assert view.annexes is not None
    word = Word(view.heading, view.organisation)
    _body(word, view.body)
    _gaps(word, view.body, view.annexes)
    _elements(word, view.body, view.annexes)
    _provenance(word, view.body, view.annexes)
    return word.data()


def _body(word: Word, body: Body) -> None:
    if body.document_number:
        word.number(body.document_number)
    word.title(body.title_lines)
    word.text(f"{body.addressee}：", indent=False)
    word.text(body.opening)
    word.heading("一、核查结论")
    for text in body.conclusion:
        word.text(text)
    word.heading("二、四项重点内容")
    for item in body.headline:
        word.item(f"{item.number}{item.name}。", item.summary)
    word.heading("三、公布前须补正的内容")
    word.text(body.mend_intro)
    if body.mend:
        rows = [
            (f"{m.number}.{m.name}\n{m.basis}", m.found, f"{m.expected}{suggestion(m.place)}。")
            for m in body.mend
        ]
        word.table(("要素和依据", "核查发现", "应当写明的内容和建议位置"), (43, 44, 69), rows)
    word.heading("四、数字和日期核查")
    word.text(body.findings)
    word.heading("五、分组得分")
    half = (len(body.groups) + 1) // 2
    cells = [(bar.name, bar.share, bar.points) for bar in body.groups] + [("", "", "")]
    pairs = [cells[n] + cells[min(half + n, len(body.groups))] for n in range(half)]
    word.table(("分组", "得分率", "得点") * 2, (38, 20, 20) * 2, pairs)
    word.blank()
    for number, title in enumerate(body.annex_titles, 1):
        word.text(f"附件：{number}.{title}" if number == 1 else f"　　　{number}.{title}")
    word.signature(body.organisation, body.date)


def _gaps(word: Word, body: Body, annexes: Annexes) -> None:
    word.annex("附件1", body.annex_titles[0])
    word.small("一、门禁", Face.HEI)
    for number, text in enumerate(annexes.gate_lines, 1):
        word.small(f"{number}.{text}")
    word.small("二、缺项", Face.HEI)
    word.small(annexes.gaps_intro)
    if annexes.gaps:
        head = ("序", "要素和依据", "核查情况", "补正建议")
        word.table(head, (9, 50, 56, 41), [_gap(gap) for gap in annexes.gaps])
    word.small("三、数字、日期等问题", Face.HEI)
    if annexes.findings:
        rows = [_finding(row) for row in annexes.findings]
        word.table(("序", "类别", "问题", "原文"), (9, 15, 78, 54), rows)
    else:
        word.small("未发现问题。")


def _gap(gap: GapRow) -> tuple[str, ...]:
    said = [f"{gap.verdict}。", gap.reason or "", f"查找内容：{gap.sought}" if gap.sought else ""]
    if gap.passage:
        said.append(f"{gap.passage.lead}：“{gap.passage.quote}”")
    return (
        gap.number,
        "\n".join((gap.name, gap.id, *gap.basis)),
        "\n".join(text for text in said if text),
        f"{gap.advice}\n{suggestion(gap.place)}。",
    )


def _finding(row: FindingRow) -> tuple[str, ...]:
    said = [row.message, row.compare or "", f"依据：{row.basis}" if row.basis else "", row.decision or ""]
    quote = f"{row.passage.lead}：“{row.passage.quote}”" if row.passage else "—"
    return (row.number, f"{row.severity}\n{row.kind}", "\n".join(text for text in said if text), quote)


def _elements(word: Word, body: Body, annexes: Annexes) -> None:
    word.annex("附件2", body.annex_titles[1])
    rows: list[tuple[str, ...]] = []
    for group in annexes.elements:
        rows.append((f"{group.name}（{group.summary}）",))
        for row in group.rows:
            said = [f"“{row.quote}”" if row.quote else "", row.note or ""]
            text = "\n".join(part for part in said if part)
            rows.append((row.number, f"{row.name}\n{row.id}", row.status, row.points, text, row.place))
    head = ("序", "要素", "结论", "得点", "原文依据或说明", annexes.place_head)
    word.table(head, (9, 36, 22, 13, 65, 11), rows)


def _provenance(word: Word, body: Body, annexes: Annexes) -> None:
    word.annex("附件3", body.annex_titles[2])
    rows = [(pair.label, pair.value) for pair in annexes.provenance]
    if annexes.to_fill:
        rows.append(("待填事项", annexes.to_fill))
    if annexes.decisions:
        rows.append(("未生效的决定", "\n".join(annexes.decisions)))
    word.table(("项目", "内容"), (28, 128), rows)
    word.small("本文稿可以修改，不含内嵌的核查结果；需要可复核的文本，以同时生成的PDF为准。")
