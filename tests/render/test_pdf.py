"""The PDF itself: layout after GB/T 9704, fonts, structure, safety, sameness."""

from __future__ import annotations

import io
import json
import re
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from auditor.model import Result
from auditor.render import pdf
from auditor.render.errors import PdfUnavailable, RenderError
from auditor.render.fonts import choose_faces, installed_fonts
from auditor.render.inking import ink
from auditor.render.pdf import PdfDocument, render_pdf
from auditor.render.printable import visible
from auditor.render.view import Letterhead
from tests.render import factory

MM = 72 / 25.4
PITCH, EM = 28.95, 15.75
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, 184 * MM, 37 * MM, 262 * MM
OFFICE = Letterhead(
    "中共云溪县委全面依法治县委员会办公室", "云溪县人民政府", "云依法办〔2025〕12号", "2025-04-11"
)

try:
    choose_faces(installed_fonts())
    pdf.load_weasyprint()
except PdfUnavailable as error:  # pragma: no cover
    pytest.skip(str(error), allow_module_level=True)

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="没有poppler-utils")


def payload_of(result: Result) -> bytes:
    return msgspec.json.format(msgspec.json.encode(result), indent=1)


def make(result: Result, letterhead: Letterhead | None = None) -> PdfDocument:
    return render_pdf(result, letterhead, payload=payload_of(result))


@pytest.fixture(scope="module")
def paper() -> PdfDocument:
    return make(factory.make_result(), OFFICE)


@pytest.fixture(scope="module")
def hostile() -> PdfDocument:
    return make(factory.make_hostile())


@pytest.fixture(scope="module")
def long() -> PdfDocument:
    """Names and numbers of any length in the letterhead and in the report."""
    result = factory.make_result()
    result = replace(result, report=replace(result.report, issuer="很长的单位名称" * 12, title="标题" * 90))
    return make(result, Letterhead("很长的机关名称" * 9, "主送" * 60, "号" * 90, "日期" * 40))


def reader(document: PdfDocument) -> PdfReader:
    return PdfReader(io.BytesIO(document.data))


def layout(html: str) -> Any:
    """HTML of a test laid out as the paper would be."""
    faces, _ = choose_faces(installed_fonts())
    return pdf._lay_out(pdf.load_weasyprint(), faces, ink(html, faces))


def squeezed(document: PdfDocument) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in reader(document).pages))


def first_annex(document: PdfDocument) -> int:
    """Number of pages before annex 1."""
    texts = [page.extract_text() for page in reader(document).pages]
    return next(i for i, text in enumerate(texts) if text.lstrip().startswith("附件1"))


@dataclass(frozen=True)
class Line:
    left: float
    right: float
    middle: float
    """Points from the top of the page to the middle of the line."""
    text: str


def lines_of(document: PdfDocument, page: int, tmp: Path) -> list[Line]:
    """Lines of one page as poppler sees them, words at the same height put together."""
    file = tmp / "paper.pdf"
    file.write_bytes(document.data)
    run = subprocess.run(
        ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(file), "-"],
        capture_output=True,
        check=True,
    )
    pattern = r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
    rows: list[Line] = []
    for x0, y0, x1, y1, text in re.findall(pattern, run.stdout.decode()):
        middle = (float(y0) + float(y1)) / 2
        near = [i for i, row in enumerate(rows) if abs(row.middle - middle) < 6]
        if near:
            old = rows[near[0]]
            left, right = min(old.left, float(x0)), max(old.right, float(x1))
            rows[near[0]] = Line(left, right, old.middle, old.text + text)
        else:
            rows.append(Line(float(x0), float(x1), middle, text))
    return sorted(rows, key=lambda row: row.middle)


@needs_poppler
def test_lines_of_28_characters_on_a_grid_in_the_type_area(paper: PdfDocument, tmp_path: Path) -> None:
    page = lines_of(paper, 1, tmp_path)
    number, lines = page[-1], page[:-1]
    steps = [(line.middle - lines[0].middle) / PITCH for line in lines if line.left < LEFT + 40]
    # Faces differ a little in where their boxes sit in the line, by less than a tenth of it.
    assert all(abs(step - round(step)) < 0.1 for step in steps)
    assert lines[0].middle == pytest.approx(TOP + PITCH / 2, abs=3)
    assert lines[-1].middle < BOTTOM - PITCH / 2 + 3
    assert all(line.left > LEFT - 1 and line.right < RIGHT + 1 for line in lines)
    # The paragraph's first line: two characters of indent and 26 of text.
    full = next(line for line in lines if line.text.startswith("审核机关中共云溪县委"))
    assert full.left == pytest.approx(LEFT + 2 * EM, abs=1)
    assert full.text == "审核机关中共云溪县委全面依法治县委员会办公室对送审单" and len(full.text) == 26
    assert (full.right - LEFT) / EM == pytest.approx(28, abs=0.1)
    assert number.text == "—1—" and number.middle == pytest.approx(BOTTOM + 7 * MM + 7, abs=4)


@needs_poppler
def test_a_page_holds_22_lines_and_a_line_28_characters(tmp_path: Path) -> None:
    """The style sheet by itself, with text that fills it."""
    text = "<p>" + "法" * 26 + "</p>" + "<p>" + "治" * 700 + "</p>"
    document = layout(f"<html lang='zh-CN'><body>{text}</body></html>")
    *lines, _ = lines_of(PdfDocument(document.write_pdf(), ()), 1, tmp_path)
    assert len(lines) == 22
    assert {len(line.text) for line in lines} == {26, 28}
    assert lines[-1].middle - lines[0].middle == pytest.approx(21 * PITCH, abs=0.5)


@needs_poppler
def test_page_numbers_stand_outside(paper: PdfDocument, tmp_path: Path) -> None:
    odd, even = lines_of(paper, 1, tmp_path)[-1], lines_of(paper, 2, tmp_path)[-1]
    assert (odd.text, even.text) == ("—1—", "—2—")
    assert odd.right == pytest.approx(RIGHT - 14, abs=2) and even.left == pytest.approx(LEFT + 14, abs=2)


@needs_poppler
def test_signature_and_date(paper: PdfDocument, tmp_path: Path) -> None:
    *_, office, date, _ = lines_of(paper, 2, tmp_path)
    assert office.text == OFFICE.organisation and date.text == "2025年4月11日"
    assert office.right == pytest.approx(RIGHT - 2 * EM, abs=2)
    assert date.left == pytest.approx(office.left + 2 * EM, abs=2)


@needs_poppler
def test_nothing_leaves_the_type_area_on_any_page(hostile: PdfDocument, tmp_path: Path) -> None:
    for page in range(1, len(reader(hostile).pages) + 1):
        for line in lines_of(hostile, page, tmp_path)[:-1]:
            assert line.left > LEFT - 2 and line.right < RIGHT + 2, (page, line)
            assert TOP - 2 < line.middle < BOTTOM + 2, (page, line)


def test_the_body_keeps_to_two_pages(paper: PdfDocument, hostile: PdfDocument, long: PdfDocument) -> None:
    documents = (paper, hostile, long, make(factory.make_good()), make(factory.make_poor()))
    assert [first_annex(document) for document in documents] == [2] * 5


def test_order_and_completeness(paper: PdfDocument) -> None:
    text = squeezed(paper)
    parts = (
        "一、核查结论",
        "二、四项重点内容",
        "三、公布前须补正的内容",
        "四、数字和日期核查",
        "五、分组得分",
    )
    places = [text.index(part) for part in (*parts, "附件：1.", "附件1须补正", "附件2要素", "附件3核查依据")]
    assert places == sorted(places)
    result = factory.make_result()
    for element in result.elements:
        assert element.id in text
        for evidence in element.evidence:
            assert re.sub(r"\s", "", evidence.quote) in text
    assert result.report.sha256 in text and result.ruleset.digest in text
    assert "未经外部校验工具确认" in text and "待填" not in text


def test_only_the_chosen_fonts_are_embedded(paper: PdfDocument, hostile: PdfDocument) -> None:
    faces, _ = choose_faces(installed_fonts())
    allowed = {face.family.replace(" ", "-") for face in faces.values()}
    for document in (paper, hostile):
        names = set()
        for page in reader(document).pages:
            for font in page["/Resources"]["/Font"].values():
                names.add(font.get_object()["/BaseFont"].partition("+")[2])
        stems = {name.removesuffix("-Bold").removesuffix("-Subset") for name in names}
        assert stems <= allowed and len(names) <= len(faces)


def test_hostile_text_stays_text(hostile: PdfDocument) -> None:
    text = squeezed(hostile)
    assert "<script>alert(1)</script>" in text and "{{7*7}}" in text
    for mark in ("〔U+202E〕", "〔U+0000〕", "〔U+200B〕", "〔U+E000〕"):
        assert mark in text
    assert "\u202e" not in text and "\x00" not in text
    assert all("/Annots" not in page for page in reader(hostile).pages)


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    make(factory.make_small())
    from weasyprint.urls import FatalURLFetchingError

    fetcher = pdf._fetcher({"fazhi-font:body": b"x"})
    for url in (
        "http://127.0.0.1:9/",
        "https://example.org/",
        "file:///etc/passwd",
        "data:,x",
        "fazhi-font:kai",
    ):
        with pytest.raises(FatalURLFetchingError):
            fetcher.fetch(url)
    assert fetcher.fetch("fazhi-font:body").read() == b"x"


def test_a_resource_in_the_template_stops_the_rendering() -> None:
    with pytest.raises(RenderError, match="不允许取用外部资源"):
        layout("<html><body><img src='file:///etc/passwd'/></body></html>")


def test_a_template_with_an_open_tag_is_refused() -> None:
    with pytest.raises(RenderError, match="标签不配对"):
        layout("<html><body><p>甲<br></p></body></html>")


def test_every_character_survives_the_parser_of_the_paper() -> None:
    """What is not allowed in XML is a mark before it gets there."""
    text = "".join(map(chr, range(0x11000)))
    assert "".join(ElementTree.fromstring(f"<p>{escape(visible(text))}</p>").itertext()) == visible(text)


def test_same_input_same_bytes(paper: PdfDocument, tmp_path: Path) -> None:
    """Made again in a process of its own."""
    script = (
        "import sys; from tests.render.test_pdf import *;"
        "sys.stdout.buffer.write(make(factory.make_result(), OFFICE).data)"
    )
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, check=True)
    assert run.stdout == paper.data


def test_the_result_is_embedded(paper: PdfDocument) -> None:
    document = reader(paper)
    assert json.loads(document.attachments["result.json"][0]) == json.loads(payload_of(factory.make_result()))
    specification = document.root_object["/AF"][0].get_object()
    assert specification["/AFRelationship"] == "/Data"
    stream = specification["/EF"]["/F"].get_object()
    assert stream["/Subtype"] == "/application/json"
    assert stream["/Params"]["/ModDate"].startswith("D:20000101")


@needs_poppler
def test_the_chart_stays_in_the_type_area(tmp_path: Path) -> None:
    document = make(factory.make_good())
    for page in (1, 2):
        lines = lines_of(document, page, tmp_path)[:-1]
        assert all(line.left > LEFT - 1 and line.right < RIGHT + 1 for line in lines), (page, lines)


def test_archive_structures(paper: PdfDocument) -> None:
    document = reader(paper)
    root = document.root_object
    assert root["/Lang"] == "zh-CN" and root["/MarkInfo"]["/Marked"]
    assert root["/OutputIntents"] and root["/StructTreeRoot"]["/K"]
    assert document.metadata is not None
    assert document.metadata.title == "关于云溪县人民政府2024年法治政府建设年度报告的核查报告"
    assert document.metadata.author == OFFICE.organisation
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert 'part="3"' in xmp and 'conformance="A"' in xmp

    def titles(items: list[object]) -> list[str]:
        return [t for item in items for t in (titles(item) if isinstance(item, list) else [item.title])]  # type: ignore[attr-defined]

    marks = titles(document.outline)
    assert "一、核查结论" in marks and "要素核查一览表" in marks


def test_each_line_hangs_on_its_own_paragraph_or_cell(paper: PdfDocument) -> None:
    """No span per printed line; every mark of a page leads back to the element that lists it."""
    document = reader(paper)
    tree = document.root_object["/StructTreeRoot"]
    numbers = tree["/ParentTree"]["/Nums"]
    marks = 0
    for page in range(len(document.pages)):
        for mark, owner in enumerate(numbers[2 * page + 1].get_object()):
            element = owner.get_object()
            assert mark in [kid for kid in element["/K"] if isinstance(kid, int)], (page, mark)
            assert element["/Pg"].get_object() == document.pages[page]
            marks += 1

    def walk(element: Any) -> int:
        kids = [kid.get_object() for kid in element["/K"] if not isinstance(kid, int)]
        assert all(kid["/P"].get_object() == element for kid in kids)
        return sum(isinstance(kid, int) for kid in element["/K"]) + sum(map(walk, kids))

    # The engine keeps each page's number out of the tree.
    assert walk(tree["/K"][0].get_object()) == marks - len(document.pages) > 500


def test_size(paper: PdfDocument) -> None:
    poor = make(factory.make_poor())
    assert len(paper.data) < 400_000 and len(poor.data) < 450_000, (len(paper.data), len(poor.data))


@pytest.mark.parametrize("variant", ["pdf/ua-1", "pdf/a-3b"])
def test_other_variants(variant: str) -> None:
    result = factory.make_small()
    document = render_pdf(result, payload=payload_of(result), variant=variant)
    assert document.remarks == () and "result.json" in reader(document).attachments


def test_unknown_variant() -> None:
    with pytest.raises(RenderError, match="pdf/a-3a"):
        render_pdf(factory.make_good(), payload=b"{}", variant="pdf/a-9z")


def test_a_failing_variant_gives_way_to_a_simpler_one(monkeypatch: pytest.MonkeyPatch) -> None:
    real = pdf._write

    def write(weasyprint: object, document: object, variant: str | None, payload: bytes) -> bytes:
        if variant in ("pdf/a-3a", "pdf/a-3u"):
            raise ValueError("broken")
        return real(weasyprint, document, variant, payload)

    monkeypatch.setattr(pdf, "_write", write)
    document = make(factory.make_small())
    assert [r.partition("：")[0] for r in document.remarks] == [
        "按PDF/A-3a写出失败，改用PDF/A-3u",
        "按PDF/A-3u写出失败，改用PDF/A-3b",
    ]
    text = squeezed(document)
    assert "改用PDF/A-3b" in text and "本文件按PDF/A-3b的结构生成" in text


def test_a_character_no_font_has_becomes_a_mark_and_a_remark(monkeypatch: pytest.MonkeyPatch) -> None:
    faces, _ = choose_faces(installed_fonts())
    inked = ink("<html lang='zh'><body><p>甲𓀀乙</p><p class='kai'>\U0001f600</p></body></html>", faces)
    assert "甲〔U+13000〕乙" in inked.html and "<p class='kai'>" in inked.html
    assert inked.lacking >= {"𓀀"} and "U+13000" in inked.remarks()[0]


def test_missing_pango_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango')")
    script = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from auditor.render.errors import PdfUnavailable\n"
        "from auditor.render.pdf import load_weasyprint\n"
        "assert 'weasyprint' not in sys.modules\n"
        "try: load_weasyprint()\n"
        "except PdfUnavailable as error: sys.stdout.buffer.write(str(error).encode())"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert "apt install libpango-1.0-0" in run.stdout.decode()


def test_without_the_subset_library_a_remark_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf.subsetting, "available", lambda: False)
    document = make(factory.make_small())
    assert any("apt install libharfbuzz-subset0" in remark for remark in document.remarks)
