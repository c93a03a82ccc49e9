"""One self-contained page: the checklist beside the report's text, evidence marked in place and linked both ways.

Complete without JavaScript: every passage carries numbered links to what it supports and every element links to its
passages. The script, allowed by its digest alone, adds filters and highlighting.
"""

from __future__ import annotations

import base64
import hashlib

from markupsafe import Markup
from msgspec import Struct

from auditor.model import ElementResult, Evidence, Finding, Nearest, Result, Severity, Status
from auditor.render import wording
from auditor.render.body import for_reference
from auditor.render.issues import conclusion, status_counts, verdict_line
from auditor.render.passages import anchor, element_key, finding_key, lines_of
from auditor.render.placement import place_of
from auditor.render.printable import printable
from auditor.render.shipped import shipped_text, template
from auditor.render.view import build_view


class Link(Struct, frozen=True):
    """A quotation and where in the text it stands."""

    lead: str
    quote: str
    target: str


class Item(Struct, frozen=True):
    """One element of the checklist, or one finding."""

    key: str
    number: str
    id: str
    name: str
    headline: bool
    kind: str
    """``covered``, ``weak``, ``missing``, ``na``, ``waived``, ``confirmed``; of a finding its severity."""
    status: str
    """The raw status or severity, for machines."""
    word: str
    gap: bool
    note: str | None
    passages: tuple[Link, ...]
    near: Link | None
    facts: tuple[tuple[str, str], ...]
    """Label and text: basis, what was sought, advice and the like."""


class ItemGroup(Struct, frozen=True):
    name: str
    summary: str
    items: tuple[Item, ...]


def render_html(result: Result) -> str:
    """The page; every value of the report is escaped by the template."""
    view = build_view(result)
    assert view.annexes is not None
    css, script = shipped_text("page.css"), shipped_text("page.js")
    groups = _groups(result)
    findings = tuple(_finding(number, f) for number, f in enumerate(result.findings, 1))
    lines = lines_of(result)
    titles = {item.key: item for group in groups for item in group.items} | {f.key: f for f in findings}
    return template("page.html.j2").render(
        view=view,
        body=view.body,
        annexes=view.annexes,
        groups=groups,
        findings=findings,
        titles=titles,
        lines=lines,
        lined=wording.has_lines(result),
        anchors={name for line in lines for piece in line.pieces for name in piece.anchors},
        conclusion=conclusion(result),
        verdict_line=verdict_line(result),
        gate={True: "passed", False: "failed", None: "none"}[result.gate.passed],
        score=f"{result.score.total:.1f}",
        counts={status.value: count for status, count in status_counts(result).items()},
        scores=[
            (g.name, g.points, g.possible, g.covered, g.weak, g.missing)
            for g in printable(result.score).groups
        ],
        number=wording.number,
        css=Markup(css),
        script=Markup(script),
        policy=(
            f"default-src 'none'; style-src '{_digest(css)}'; script-src '{_digest(script)}'; "
            "base-uri 'none'; form-action 'none'"
        ),
    )


def _digest(source: str) -> str:
    """The source as a content security policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _groups(result: Result) -> tuple[ItemGroup, ...]:
    names = {group.id: group.name for group in result.score.groups}
    reference = for_reference(result)
    items: dict[str, list[Item]] = {}
    statuses: dict[str, list[Status]] = {}
    for number, element in enumerate(result.elements, 1):
        items.setdefault(element.group, []).append(_element(number, element, result, reference=reference))
        statuses.setdefault(element.group, []).append(element.status)
    words = (
        (Status.COVERED, "已覆盖"),
        (Status.WEAK, "不充分"),
        (Status.MISSING, "缺失"),
        (Status.NA, "不适用"),
    )
    out = []
    for group, members in items.items():
        summary = "，".join(f"{word}{n}" for status, word in words if (n := statuses[group].count(status)))
        out.append(printable(ItemGroup(names.get(group, group), summary, tuple(members))))
    return tuple(out)


def _element(number: int, element: ElementResult, result: Result, *, reference: bool) -> Item:
    gap = wording.is_gap(element)
    facts = [("依据", "；".join(dict.fromkeys(_basis(b.gist, wording.cite(b)) for b in element.basis)))]
    if gap:
        facts.append(("判定", wording.verdict_clause(element, reference=reference)))
    facts += [
        ("查找内容", "；".join(element.sought)),
        ("补正建议", element.advice if gap and element.advice else ""),
        ("建议位置", place_of(element, result)[0] if gap else ""),
        ("审核决定", wording.decision_words(element.decision) if element.decision else ""),
    ]
    kind = element.decision.kind if element.decision is not None else element.status.value
    return Item(
        key=element_key(number),
        number=str(number),
        id=element.id,
        name=element.name,
        headline=element.headline,
        kind=kind,
        status=element.status.value,
        word=wording.status_word(element, reference=reference),
        gap=gap,
        note=wording.reason_of(element),
        passages=tuple(_link(wording.place(e), e) for e in element.evidence),
        near=_near(element.nearest),
        facts=tuple((label, text) for label, text in facts if text),
    )


def _basis(gist: str, cite: str) -> str:
    return f"{cite}：{gist}" if gist else cite


def _link(lead: str, passage: Evidence | Nearest) -> Link:
    return Link(lead, passage.quote, anchor(passage.start))


def _near(near: Nearest | None) -> Link | None:
    if near is None:
        return None
    return _link(f"最接近的文字，{wording.place(near)}，相似度{wording.number(near.similarity)}%", near)


def _finding(number: int, finding: Finding) -> Item:
    facts = [
        ("写作", finding.stated or ""),
        ("应为", finding.expected or ""),
        ("依据", wording.cite_all(finding.basis) if finding.basis else ""),
        ("审核决定", wording.decision_words(finding.decision) if finding.decision else ""),
    ]
    passages: tuple[Link, ...] = ()
    if finding.quote is not None and finding.start is not None:
        passages = (Link(wording.place(finding) or "原文", finding.quote, anchor(finding.start)),)
    kind = wording.KIND_NAMES.get(finding.kind, finding.kind)
    return printable(
        Item(
            key=finding_key(number),
            number=f"问{number}",
            id=finding.id,
            name=f"{kind}：{finding.message}",
            headline=False,
            kind="waived" if finding.decision else finding.severity.value,
            status=finding.severity.value,
            word="已豁免" if finding.decision else wording.SEVERITY_NAMES[finding.severity],
            gap=finding.decision is None and finding.severity is not Severity.NOTE,
            note=None,
            passages=passages,
            near=None,
            facts=tuple((label, text) for label, text in facts if text),
        )
    )
