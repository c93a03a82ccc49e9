"""Where evidence stands, in the terms of the file it came in, from the real file through every output format."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from auditor.model import Evidence, Result
from auditor.pipeline import Terms, judge_report
from auditor.reading import read_bytes
from auditor.render import wording
from auditor.render.formats import FORMATS, Setting
from auditor.render.json import from_json, to_json
from auditor.render.terminal import summary
from auditor.text.location import page_at, paragraph_at, place_words
from tests.readers.helpers import SAMPLES, p, raw_docx, to_docx, to_ofd, to_page, to_pdf
from tests.render.reading import Page, sheet_rows, word_rows, word_text

REPORT = next(path for path in SAMPLES if "石梁县" in path.name)
TEXT = REPORT.read_text(encoding="utf-8")
PARAGRAPHS = [line for line in TEXT.split("\n") if line.strip()]
SECOND, THIRD = 12, 20
"""Paragraphs (counted from 0) that begin pages of the Word document."""


def as_word(text: str) -> bytes:
    """As Word itself saves it: with a mark where each page began when it was last drawn."""
    mark = "<w:r><w:lastRenderedPageBreak/></w:r>"
    lines = [line for line in text.split("\n") if line.strip()]
    return raw_docx(
        "".join(p(*([mark] if n in (SECOND, THIRD) else []), line) for n, line in enumerate(lines))
    )


FILES: dict[str, Callable[[str], bytes]] = {
    "txt": str.encode,
    "md": lambda text: ("\ufeff" + text).encode(),
    "docx": to_docx,
    "word.docx": as_word,
    "html": lambda text: to_page(text, title=""),
    "pdf": to_pdf,
    "ofd": to_ofd,
}


@lru_cache(maxsize=16)
def result(suffix: str, folder: Path) -> Result:
    path = folder / f"report.{suffix}"
    path.write_bytes(FILES[suffix](TEXT))
    return judge_report(path, path.name, Terms()).result


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("places")


def evidence(found: Result) -> list[Evidence]:
    return [e for element in found.elements for e in element.evidence]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def paragraph_of(found: Result, e: Evidence) -> int:
    """The paragraph counted anew: lines that are not blank, up to the one the evidence begins in."""
    before = found.report.text[: e.start].split("\n")
    return sum(bool(line.strip()) for line in before[:-1]) + 1


@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_lines_of_text(suffix: str, folder: Path) -> None:
    found = result(suffix, folder)
    lines = TEXT.split("\n")
    for e in evidence(found):
        assert (e.paragraph, e.page) == (None, None)
        assert lines[e.line - 1].startswith(found.report.text.split("\n")[e.line - 1])
        assert wording.place(e) == f"第{e.line}行"


@pytest.mark.parametrize("suffix", ["docx", "word.docx"])
def test_paragraphs_of_word(suffix: str, folder: Path) -> None:
    found = result(suffix, folder)
    for e in evidence(found):
        assert e.paragraph is not None
        assert bare(e.quote) in bare("".join(PARAGRAPHS[e.paragraph - 1 :]))
        assert bare(e.quote)[:6] in bare(PARAGRAPHS[e.paragraph - 1])
        page = 1 + (e.paragraph > SECOND) + (e.paragraph > THIRD)
        known = suffix == "word.docx"
        assert e.page == (page if known else None)
        assert wording.place(e) == f"第{e.paragraph}段" + (f"（第{page}页）" if known else "")
    if suffix == "word.docx":
        assert {e.page for e in evidence(found)} == {1, 2, 3}


def test_paragraphs_of_a_web_page(folder: Path) -> None:
    found = result("html", folder)
    for e in evidence(found):
        assert e.paragraph == paragraph_of(found, e) and e.page is None
        assert wording.place(e) == f"第{e.paragraph}段"


def test_pages_of_a_pdf(folder: Path) -> None:
    """The page is the one on which another program finds the words."""
    from pypdf import PdfReader

    found = result("pdf", folder)
    pages = [
        re.sub("—[0-9]+—", "", bare(page.extract_text())) for page in PdfReader(folder / "report.pdf").pages
    ]
    for e in evidence(found):
        assert e.page is not None and e.paragraph == paragraph_of(found, e)
        assert bare(e.quote)[:8] in pages[e.page - 1] + "".join(pages[e.page : e.page + 1])[:7]
        assert wording.place(e) == f"第{e.paragraph}段（第{e.page}页）"


def test_pages_of_an_ofd(folder: Path) -> None:
    found = result("ofd", folder)
    assert {e.page for e in evidence(found)} >= {1, 2, 3}


@pytest.mark.parametrize("make", [to_pdf, to_ofd])
def test_one_page_is_a_page_too(make: Callable[[str], bytes]) -> None:
    document = read_bytes(make("清渠县2023年法治政府建设情况报告\n全面推进法治政府建设，成效明显。"))
    assert document.pages == ()
    assert document.place(len(document.text) - 3) == "第2段（第1页）"


def test_findings_figures_nearest_and_sections_have_places_too(folder: Path) -> None:
    found = result("pdf", folder)
    placed = [*found.figures, *found.sections, *(f for f in found.findings if f.start is not None)]
    placed += [e.nearest for e in found.elements if e.nearest is not None]
    assert len({type(item) for item in placed}) == 4
    assert all(item.page and item.paragraph for item in placed)
    keys = json.loads(to_json(found))
    assert keys["findings"][1]["page"] == found.findings[1].page
    assert from_json(to_json(found)) == found


# Every format says the same


def pieces(found: Result) -> tuple[str, str]:
    """The place of a passage that counts and of an error, in words."""
    weak = next(e for e in found.elements if e.status == "weak" and e.evidence)
    error = next(f for f in found.findings if f.severity == "error")
    return wording.place(weak.evidence[0]), wording.place(error)


def made(found: Result, name: str, number: int = 0) -> bytes:
    return FORMATS[name].parts[number].render(found, Setting()).data


CONTAINERS = {
    "txt": "第{}行",
    "word.docx": "第{}段（第{}页）",
    "docx": "第{}段",
    "html": "第{}段",
    "pdf": "第{}段（第{}页）",
}
containers = pytest.mark.parametrize("suffix", CONTAINERS)


@containers
def test_the_wording_of_the_container(suffix: str, folder: Path) -> None:
    for words in pieces(result(suffix, folder)):
        assert re.fullmatch(re.escape(CONTAINERS[suffix]).replace(r"\{\}", "[0-9]+"), words)


@containers
@pytest.mark.parametrize("name", ["html", "md", "docx", "xlsx", "junit", "terminal", "letter", "letter.pdf"])
def test_formats_for_people(suffix: str, name: str, folder: Path) -> None:
    found = result(suffix, folder)
    passage, error = pieces(found)
    if name == "terminal":
        text = summary(found, (), columns=80, colour=False)
    elif name == "docx":
        data = made(found, name)
        text = word_text(data) + "".join(map(str, word_rows(data)))
    elif name == "letter":
        text = word_text(made(found, name))
    elif name == "letter.pdf":
        text = printed(made(found, "letter", 1))
    elif name == "xlsx":
        data = made(found, name)
        text = str(sheet_rows(data, 1))
        heads, *rows = sheet_rows(data, 2)
        row = next(row for row in rows if row[3] == "差错")
        number = "".join(
            f"第{row[heads.index(unit)]:g}{unit}"
            for unit in ("行", "段", "页")
            if unit in heads and row[heads.index(unit)]
        )
        assert number == re.sub("[（）]", "", error)
    elif name == "html":
        text = Page(made(found, name).decode()).text
    else:
        text = made(found, name).decode()
    text = bare(text)
    if name not in ("terminal", "letter", "letter.pdf"):
        assert passage in text
    if name != "xlsx":
        assert error in text
    if suffix != "txt":
        assert not re.search("第[0-9]+行", text.replace(bare(found.report.text), ""))


@containers
def test_the_printed_audit(suffix: str, folder: Path) -> None:
    found = result(suffix, folder)
    text = printed(made(found, "pdf"))
    for words in pieces(found):
        assert words in text
    assert ("原文依据或说明" + wording.place_head(found)) in text


def printed(data: bytes) -> str:
    from pypdf import PdfReader

    return bare("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def test_machines_that_know_lines_alone(folder: Path) -> None:
    """An annotation on a line of a Word file would point into the void: the message says where."""
    lined, paged = result("txt", folder), result("word.docx", folder)
    _, error = pieces(paged)
    assert ",line=" in made(lined, "github").decode()
    text = made(paged, "github").decode()
    assert ",line=" not in text and f"::见{error}。" in text
    entries = json.loads(made(paged, "sarif"))["runs"][0]["results"]
    assert any(f"见{error}。" in entry["message"]["text"] for entry in entries)
    assert any(
        "应写在第" in entry["message"]["text"] and "页）。" in entry["message"]["text"] for entry in entries
    )


def test_the_page_shows_the_numbers_that_the_places_name(folder: Path) -> None:
    found = result("word.docx", folder)
    source = made(found, "html").decode()
    numbers = [int(n) for n in re.findall(r'class="ln" aria-hidden="true">([0-9]+)<', source)]
    assert numbers == list(range(1, len(PARAGRAPHS) + 1))


def test_the_summary_of_a_batch(folder: Path) -> None:
    from auditor.render.summary import entry_of

    found = result("word.docx", folder)
    fault = next(f for f in entry_of(found).findings if f.severity == "error")
    assert fault.place == pieces(found)[1] and fault.page is not None


def test_words() -> None:
    assert place_words(12, None, None) == "第12行"
    assert place_words(12, 7, 3) == "第7段（第3页）"
    assert place_words(None, None, None) == ""
    text = "\n甲\n\n　\n乙\n"
    assert [paragraph_at(text, "docx", text.index(c)) for c in "甲乙"] == [1, 2]
    assert paragraph_at(text, "docx", 0) == 1 and paragraph_at(text, "text", 3) is None
    assert page_at((), "pdf", 9) == 1 and page_at((), "docx", 9) is None
    assert [page_at((4, 4, 8), "docx", n) for n in (3, 4, 8)] == [1, 3, 4]
