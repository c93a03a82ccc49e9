"""What is fuzzed: one function per layer, from bytes to nothing, that raises only when something is wrong.

Every refusal that the layer promises is swallowed; every promise that a result makes is checked. Nothing here needs
a fuzzer, so that tests can run the corpus again.
"""

from __future__ import annotations

import io
import struct
import tempfile
import zipfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from auditor.engine.verdict import judge
from auditor.figures.check import check_figures
from auditor.matching.likeness import FILE as LIKENESS
from auditor.matching.pattern import PatternError
from auditor.matching.pattern import parse as parse_pattern
from auditor.model import Level, ReaderInfo
from auditor.readers.dispatch import extract
from auditor.readers.extracted import Extracted, Refused
from auditor.rulebook.book import RuleBook
from auditor.rulebook.compile import compile_book
from auditor.rulebook.faults import RulesError
from auditor.rulebook.files import locate
from auditor.rulebook.load import read
from auditor.rulebook.shelf import load_book
from auditor.text.decode import Unreadable
from auditor.text.document import Document
from auditor.text.normalise import layout
from auditor.text.parse import Unsuitable, parse

SEPARATOR = b"\n%%%%\n"
"""Between the parts of one input."""


def _refused(error: Exception) -> None:
    """A refusal says something."""
    assert len(str(error)) >= 8, f"refusal is no sentence: {error!r}"


def _sound(found: Extracted) -> None:
    """What holds of everything a reader hands over."""
    assert "\r" not in found.text
    assert "\x00" not in found.text
    assert list(found.pages) == sorted(found.pages), found.pages
    assert all(0 <= page <= len(found.text) for page in found.pages), found.pages
    found.text.encode()


def _extract(data: bytes, name: str = "") -> None:
    try:
        _sound(extract(data, name))
    except (Refused, Unreadable) as error:
        _refused(error)


def _stored(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


_RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    b"</Relationships>"
)


def docx(data: bytes) -> None:
    """A whole container, or its parts: body, styles, numbering, footnotes, relations."""
    if data.startswith(b"PK"):
        return _extract(data)
    names = ("document.xml", "styles.xml", "numbering.xml", "footnotes.xml", "_rels/document.xml.rels")
    parts = {"[Content_Types].xml": b"<Types/>", "_rels/.rels": _RELATIONS}
    parts |= {f"word/{name}": part for name, part in zip(names, data.split(SEPARATOR), strict=False) if part}
    return _extract(_stored(parts))


def ofd(data: bytes) -> None:
    """A whole container, or its parts: root, document, pages."""
    if data.startswith(b"PK"):
        return _extract(data)
    names = (
        "OFD.xml",
        "Doc_0/Document.xml",
        "Doc_0/Pages/Page_0/Content.xml",
        "Doc_0/Pages/Page_1/Content.xml",
    )
    return _extract(_stored(dict(zip(names, data.split(SEPARATOR), strict=False))))


def html(data: bytes) -> None:
    """A page, in this process whatever its size."""
    from auditor.readers.html import read_here

    try:
        _sound(read_here(data, None))
    except Refused as error:
        _refused(error)


def text(data: bytes) -> None:
    """What is told to be text, Markdown or a web archive by its content; the first byte chooses the name."""
    names = ("", "报告.txt", "报告.md", "报告.mhtml")
    if data:
        _extract(data[1:], names[data[0] % len(names)])


def pdf(data: bytes) -> None:
    """A PDF through the library, without the child process around it; else pieces of text on pages."""
    if data.startswith(b"%PDF"):
        from auditor.readers.pdf_pages import read_pages

        try:
            found = read_pages(data)
        except Refused as error:
            return _refused(error)
        assert list(found.pages) == sorted(found.pages), found.pages
        return None
    return _pages(data)


def _pages(data: bytes) -> None:
    from auditor.readers.paged import assemble
    from auditor.readers.paged_lines import Page, Piece

    pages: list[Page] = []
    for block in data.split(SEPARATOR)[:20]:
        page = Page(595.0, 842.0)
        at = 0
        while at + 12 <= len(block):
            x, y, size, width, count = struct.unpack_from("<HHHHI", block, at)
            piece = block[at + 12 : at + 12 + count % 120].decode("utf-8", "replace")
            at += 12 + count % 120
            if piece.strip():
                x0 = x / 64 - 100
                page.pieces.append(Piece(piece, x0, x0 + width / 64, y / 48 - 100, size / 2048 + 0.01))
        pages.append(page)
    joined, starts = assemble(pages)
    assert list(starts) == sorted(starts) and all(0 <= start <= len(joined) for start in starts)


def normalise(data: bytes) -> None:
    """Layout of any text: positions rise, and every character comes from its own place."""
    report = data.decode("utf-8", "replace")
    norm = layout(report).norm
    assert len(norm.offsets) == len(norm.text) + 1
    assert all(a < b for a, b in zip(norm.offsets, norm.offsets[1:], strict=False))
    assert all(0 <= place <= len(report) for place in norm.offsets[:-1])
    for char, place in zip(norm.text, norm.offsets, strict=False):
        if char != "\n" and "一" <= char <= "鿿" and "一" <= report[place] <= "鿿":
            assert char == report[place], (char, report[place], place)


def _document(data: bytes) -> Document | None:
    try:
        return parse(data.decode("utf-8", "replace"), ReaderInfo("text", "utf-8"))
    except Unsuitable as error:
        _refused(error)
        return None


def structure(data: bytes) -> None:
    """Sections and sentences of any text: in order, inside the text, one role each."""
    doc = _document(data)
    if doc is None:
        return
    size = len(doc.text)
    end = 0
    for sentence in doc.sentences:
        assert end <= sentence.start < sentence.end <= len(doc.norm.text), sentence
        assert -1 <= sentence.section < len(doc.sections), sentence
        end = sentence.end
        a, b = doc.norm.original(sentence.start, sentence.end)
        assert 0 <= a < b <= size + 1
    end = 0
    for section in doc.sections:
        assert end <= section.start <= section.end <= size + 1, section
        end = section.start
    for span in (doc.metadata.title_span, doc.metadata.written_span, doc.metadata.published_span):
        assert span is None or 0 <= span[0] <= span[1] <= size, span


@lru_cache(maxsize=1)
def _book() -> RuleBook:
    return load_book(locate("outline-2021"))


def figures(data: bytes) -> None:
    """Figures, sums and dates of any text: every quote is cut from the text where it is said to stand."""
    doc = _document(data)
    if doc is None:
        return
    numbers, findings = check_figures(doc, _book().tables, year=None, level=Level.COUNTY, published=None)
    for number in numbers:
        assert doc.text[number.start : number.end] == number.quote
        assert doc.line(number.start) <= number.line <= doc.line(number.end)
    for finding in findings:
        assert finding.message
        if finding.start is not None and finding.end is not None:
            assert doc.text[finding.start : finding.end] == finding.quote


MANIFEST = "id: own\ntitle: 自用规则\nversion: '1'\nyears: {first: 2021}\ngroups: [{id: 甲, name: 甲组}]\n"
CLAUSES = (
    "document: X\ntitle: 《某规定》\nshort: 《某规定》\nissued: 2020年\narticle: 第{n}条\n"
    "items: [{n: '1', gist: 要做的事}]\n"
)
ELEMENTS = """group: 甲
elements:
  - {id: 甲.一, name: 第一件, basis: [X-1], sought: [法治督察], advice: {weak: 补充, missing: 补写}, covered: [法治督察]}
  - {id: 甲.二, name: 第二件, basis: [X-1], sought: [法治讲座], advice: {weak: 补充, missing: 补写}, covered: [法治讲座]}
"""
_REPORT = (
    "远江县人民政府2024年度法治政府建设情况报告\n\n一、主要工作和成效\n开展法治督察12次，第一件事情已经办好，"
    "行政规范性文件备案率100%。\n二、存在的不足\n个别部门还有差距。\n三、下一步安排\n继续推进法治政府建设。\n"
)


@lru_cache(maxsize=2)
def _own_book(use: str) -> Path:
    """Folder of a small sound book of its own."""
    folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{use}-"))
    for name, content in (("book", MANIFEST), ("clauses", CLAUSES), ("elements", ELEMENTS)):
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    return folder


@lru_cache(maxsize=1)
def _small() -> Document:
    return parse(_REPORT, ReaderInfo("text", "utf-8"))


def rules(data: bytes) -> None:
    """A rule file beside a sound manifest, and each of its lines as a pattern; what loads is applied to a report."""
    for line in data.decode("utf-8", "replace").splitlines()[:20]:
        try:
            parse_pattern(line.strip(" -\"'"))
        except PatternError:
            continue
    folder = _own_book("rules")
    (folder / "elements.yaml").write_bytes(data)
    try:
        source = read(folder)
        compiled = compile_book(source)
        judge(_small(), compiled, Level.COUNTY)
        check_figures(_small(), compiled.tables, year=2024, level=Level.COUNTY, published=None)
    except RulesError as error:
        _refused(error)


def model(data: bytes) -> None:
    """What was learned from examples, beside a sound rule; it is asked of every passage of a report."""
    folder = _own_book("model")
    (folder / LIKENESS).write_bytes(data)
    try:
        compiled = compile_book(read(folder))
    except RulesError as error:
        return _refused(error)
    verdicts, _ = judge(_small(), compiled, Level.COUNTY)
    for verdict in verdicts.values():
        for told in (*verdict.evidence, *([verdict.nearest] if verdict.nearest else [])):
            assert 0 <= told.similarity <= 100, told
    return None


TARGETS: dict[str, Callable[[bytes], None]] = {
    f.__name__: f for f in (docx, ofd, html, text, pdf, normalise, structure, rules, figures, model)
}
