"""The return letter (整改通知) to the unit: only what to mend, by when, with the clause and a suggested place.

Its wording is a text template the office can replace; it is run in a sandbox in a process of its own and gives plain
lines, so that a template can change words but neither the layout nor anything else.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from auditor.letterhead import Office
from auditor.model import Finding, Result, Severity
from auditor.render import wording
from auditor.render.body import for_reference, mend_items, report_year
from auditor.render.errors import RenderError
from auditor.render.filling import Unfilled, fill, fill_apart
from auditor.render.issues import Weight, issues_of, suggestion, verdict_line
from auditor.render.pdf import PdfDocument, render_other
from auditor.render.printable import printable, short, visible
from auditor.render.shipped import shipped_text
from auditor.render.shipped import template as page


class Block(Struct, frozen=True):
    text: str
    heading: bool


class Letter(Struct, frozen=True):
    title_lines: tuple[str, ...]
    number: str | None
    addressee: str
    blocks: tuple[Block, ...]
    organisation: str
    signed: bool
    """False while the signing office is to be filled in."""
    date: str

    @property
    def heading(self) -> str:
        return "".join(self.title_lines)


class Mend(Struct, frozen=True):
    """One element to write up, as the template sees it."""

    number: str
    name: str
    basis: str
    found: str
    expected: str
    place: str


class Fault(Struct, frozen=True):
    """One finding to check, as the template sees it."""

    number: str
    where: str
    message: str
    compare: str
    basis: str


def build_letter(result: Result, office: Office) -> Letter:
    """The letter, every string printable. Raises RenderError for a template that does not work."""
    template = office.letter_template
    result, office = printable(result), printable(replace(office, letter_template=None))
    unit = short(result.report.issuer or result.report.region or "（送审单位待填）", 30)
    organisation = office.organisation or "（审核机关待填）"
    values = {
        "unit": unit,
        "year": report_year(result),
        "report": _named(result),
        "deadline": wording.date_words(office.deadline) if office.deadline else "（补正期限待填）",
        "organisation": organisation,
        "verdict": verdict_line(result),
        "items": _mends(result),
        "faults": _faults(result),
        "reference": for_reference(result),
    }
    text = _filled(template, values)
    titles = tuple(line[2:].strip() for line in text if line.startswith("# "))
    blocks = tuple(
        Block(line.removeprefix("## "), line.startswith("## ")) for line in text if not line.startswith("# ")
    )
    return Letter(
        title_lines=titles or (f"关于补正{unit}年度报告的通知",),
        number=office.letter_number,
        addressee=unit,
        blocks=blocks,
        organisation=organisation,
        signed=office.organisation is not None,
        date=wording.date_words(office.date) if office.date else "（成文日期待填）",
    )


def letter_pdf(result: Result, office: Office) -> PdfDocument:
    """The letter as PDF, in the page and the faces of the audit."""
    letter = build_letter(result, office)
    return render_other(page("letter.html.j2").render(letter=letter))


def letter_docx(result: Result, office: Office) -> bytes:
    """The letter as an editable Word document."""
    from auditor.render.word import Word

    letter = build_letter(result, office)
    word = Word(letter.heading, letter.organisation if letter.signed else None)
    if letter.number:
        word.number(letter.number)
    word.title(letter.title_lines)
    word.text(f"{letter.addressee}：", indent=False)
    for block in letter.blocks:
        if block.heading:
            word.heading(block.text)
        else:
            word.text(block.text)
    word.signature(letter.organisation, letter.date)
    return word.data()


def _filled(template: str | None, values: dict[str, Any]) -> list[str]:
    """Lines of the filled template, blank ones left out."""
    try:
        text = (
            fill_apart(template, values)
            if template is not None
            else fill(shipped_text("letter.txt.j2"), values)
        )
    except Unfilled as error:
        name = "整改通知的模板" if template is not None else "自带的通知模板"
        raise RenderError(f"{name}有误：{visible(str(error))}，请对照 docs/letter.md 改正") from error
    return [visible(line) for line in text.splitlines() if line.strip()]


def _named(result: Result) -> str:
    report = result.report
    return (
        f"《{short(report.title.strip('《》'), 60)}》"
        if report.title
        else f"年度报告（文件{short(report.file, 40)}）"
    )


def _mends(result: Result) -> tuple[Mend, ...]:
    """What the gate failed on and the other gaps of the headline, the same list as in the audit."""
    items, _ = mend_items(result, len(result.elements), for_reference(result))
    return tuple(
        Mend(item.number, item.name, item.basis, item.found, item.expected, suggestion(item.place))
        for item in items
    )


def _faults(result: Result) -> tuple[Fault, ...]:
    """Findings that stop the report or are more than a note."""
    stops = {issue.rule for issue in issues_of(result) if issue.weight is Weight.FAILURE}
    open_ones = [
        f
        for f in result.findings
        if f.decision is None and (f.severity is not Severity.NOTE or f.id in stops)
    ]
    return tuple(_fault(number, finding) for number, finding in enumerate(open_ones, 1))


def _fault(number: int, finding: Finding) -> Fault:
    compare = f"写作{finding.stated}，应为{finding.expected}" if finding.stated and finding.expected else ""
    return Fault(
        number=str(number),
        where=f"原文{wording.place(finding)}，" if finding.line else "",
        message=finding.message.rstrip("。"),
        compare=compare,
        basis=wording.cite_all(finding.basis) if finding.basis else "",
    )
