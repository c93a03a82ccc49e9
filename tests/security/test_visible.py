"""Control and direction characters and formulas of a report: shown as marks, never obeyed."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from auditor.cli.streams import plain, tame
from auditor.letterhead import Office
from auditor.render.formats import FORMATS, Setting
from auditor.render.summary import entry_of, frame_of, summarise
from auditor.render.summary_formats import summary_formats
from auditor.render.summary_terminal import glance
from auditor.render.terminal import summary
from tests.render import factory
from tests.render.reading import sheet_rows, word_text
from tests.security.helpers import GOOD, run

HIDDEN = "\u202e\u2066\u200b\u200f\u061c\ufeff\x07\x1b[2J\x9b\x00"


def hidden(text: str, allowed: str = "\n") -> set[str]:
    return {c for c in text if unicodedata.category(c) in ("Cc", "Cf") and c not in allowed}


def test_the_terminal_shows_them() -> None:
    text = summary(factory.make_hostile(), ("out/x.json",), columns=80, colour=False)
    assert hidden(text) == set() and "U+202E" in text


def test_the_page_shows_them() -> None:
    (part,) = FORMATS["html"].parts
    text = part.render(factory.make_hostile(), Setting()).data.decode()
    assert hidden(text, "\n\t") == set() and "〔U+202E〕" in text


@pytest.mark.parametrize("name", ["md", "github", "docx", "letter"])
def test_other_papers_show_them(name: str) -> None:
    part = FORMATS[name].parts[0]
    data = part.render(factory.make_hostile(), Setting()).data
    text = word_text(data) if part.suffix.endswith(".docx") else data.decode()
    assert hidden(text, "\n\t") == set()


@pytest.mark.slow
def test_the_pdf_shows_them(tmp_path: Path) -> None:
    import io

    from pypdf import PdfReader

    (part,) = FORMATS["pdf"].parts
    data = part.render(factory.make_hostile(), Setting()).data
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    assert hidden(text) == set() and "U+202E" in text


def test_streams_let_only_our_own_colours_pass() -> None:
    assert tame("\x1b[1;31m红\x1b[0m\n\r\x1b[K") == "\x1b[1;31m红\x1b[0m\n\r\x1b[K"
    assert hidden(tame(HIDDEN)) == set()
    assert (
        tame("\x1b]0;标题\x07\x1b[2J\x1b[5n\rx")
        == "〔U+001B〕]0;标题〔U+0007〕〔U+001B〕[2J〔U+001B〕[5n〔U+000D〕x"
    )
    assert hidden(plain("\x1b[31m甲\n乙"), "") == set()


def test_a_report_full_of_them_through_the_command(tmp_path: Path) -> None:
    text = GOOD.read_text(encoding="utf-8")
    report = tmp_path / "报告.txt"
    report.write_text(
        text.replace("法治", "法\u200b治").replace("人民政府", "人民政府\u202e").replace("全", "\u2066全"),
        encoding="utf-8",
    )
    done = run(report, "-f", "md,html", "-o", tmp_path / "out")
    assert done.returncode in (0, 1), done.stderr
    assert hidden(done.stdout) == set()
    for path in (tmp_path / "out").iterdir():
        assert hidden(path.read_text(encoding="utf-8"), "\n\t") == set(), path.name


FORMULAS = ("=1+1", "=HYPERLINK(\"http://127.0.0.1/\")", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1", "＝1+1", "=cmd|'/c calc'!A1", "http://127.0.0.1/", "1e5")  # fmt: skip


def formulas() -> object:
    from msgspec.structs import replace

    result = factory.make_small()
    elements = tuple(
        replace(
            e,
            name=f,
            reason=f,
            advice=f,
            sought=(f,),
            evidence=tuple(replace(v, quote=f) for v in e.evidence),
        )
        for e, f in zip(result.elements, FORMULAS, strict=False)
    )
    report = replace(
        result.report, title=FORMULAS[0], issuer=FORMULAS[1], region=FORMULAS[4], file=FORMULAS[8]
    )
    return replace(result, elements=elements, report=report)


def strings_only(data: bytes, sheets: int) -> None:
    """No cell is a formula (``sheet_rows`` asserts that), and nothing of the report became a number or a link."""
    for number in range(1, sheets + 1):
        for row in sheet_rows(data, number):
            assert not any(isinstance(value, float) and value == 1e5 for value in row)
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not any(
            b"<hyperlink" in package.read(name) or b"<f>" in package.read(name) for name in package.namelist()
        )
        assert not any("externalLink" in name or "vba" in name for name in package.namelist())


def test_workbooks_hold_no_formulas() -> None:
    from auditor.model import Result

    result = formulas()
    assert isinstance(result, Result)
    (part,) = FORMATS["xlsx"].parts
    strings_only(part.render(result, Setting()).data, 3)
    collected = summarise([frame_of(result)], [entry_of(result)], [], [])
    made = {form.suffix: form.render(collected, Office()).data for form in summary_formats(("xlsx", "html"))}
    strings_only(made[".xlsx"], 1)
    assert hidden(glance(collected, (), columns=80, colour=False)) == set()
    assert b"<script src" not in made[".html"]
