"""The output formats: one table from name to the files it writes. Formats never decide.

A part is a function from a result to the bytes of one file. Its module is imported on first use, so that a run
pays only for the formats it asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct, field

from auditor.letterhead import Office
from auditor.model import Result

if TYPE_CHECKING:
    from auditor.render.view import Letterhead


class Setting(Struct, frozen=True):
    """What a format may know beside the result."""

    office: Office = field(default_factory=Office)
    path: str | None = None
    """Where the report lies, relative to the working folder, with forward slashes; for annotations."""


class Rendered(Struct, frozen=True):
    data: bytes
    remarks: tuple[str, ...] = ()
    """What the user should know about the file."""


class Part(Struct, frozen=True):
    """One file of a format; ``render`` raises RenderError."""

    suffix: str
    render: Callable[[Result, Setting], Rendered]


class Format(Struct, frozen=True):
    title: str
    parts: tuple[Part, ...]
    text: bool = False
    """May go to standard output."""
    failed: Callable[[str, str], bytes] | None = None
    """File for a report that could not be audited, from its path and the reason; null where there is none."""


def _json(result: Result, setting: Setting) -> Rendered:
    from auditor.render.json import to_json

    return Rendered(to_json(result))


def _pdf(result: Result, setting: Setting) -> Rendered:
    from auditor.render.json import to_json
    from auditor.render.pdf import render_pdf

    document = render_pdf(result, letterhead(setting.office), payload=to_json(result))
    return Rendered(document.data, document.remarks)


def _markdown(result: Result, setting: Setting) -> Rendered:
    from auditor.render.markdown import render_markdown

    return Rendered(render_markdown(result).encode())


def _html(result: Result, setting: Setting) -> Rendered:
    from auditor.render.html import render_html

    return Rendered(render_html(result).encode())


def _xlsx(result: Result, setting: Setting) -> Rendered:
    from auditor.render.xlsx import render_xlsx

    return Rendered(render_xlsx(result))


def _sarif(result: Result, setting: Setting) -> Rendered:
    from auditor.render.sarif import render_sarif

    return Rendered(render_sarif(result, setting.path))


def _sarif_full(result: Result, setting: Setting) -> Rendered:
    from auditor.render.sarif import render_sarif

    return Rendered(render_sarif(result, setting.path, full=True))


def _sarif_failed(path: str, reason: str) -> bytes:
    from auditor.render.sarif import render_failed

    return render_failed(path, reason)


def _junit(result: Result, setting: Setting) -> Rendered:
    from auditor.render.junit import render_junit

    return Rendered(render_junit(result))


def _junit_failed(path: str, reason: str) -> bytes:
    from auditor.render.junit import render_failed

    return render_failed(path, reason)


def _github(result: Result, setting: Setting) -> Rendered:
    from auditor.render.github import render_github

    return Rendered(render_github(result, setting.path).encode())


def _github_failed(path: str, reason: str) -> bytes:
    from auditor.render.github import render_failed

    return render_failed(path, reason).encode()


def _docx(result: Result, setting: Setting) -> Rendered:
    from auditor.render.docx import render_docx

    return Rendered(render_docx(result, letterhead(setting.office)))


def _letter_pdf(result: Result, setting: Setting) -> Rendered:
    from auditor.render.letter import letter_pdf

    document = letter_pdf(result, setting.office)
    return Rendered(document.data, document.remarks)


def _letter_docx(result: Result, setting: Setting) -> Rendered:
    from auditor.render.letter import letter_docx

    return Rendered(letter_docx(result, setting.office))


FORMATS: dict[str, Format] = {
    "pdf": Format("公文版式的 PDF", (Part(".pdf", _pdf),)),
    "json": Format("完整结果", (Part(".json", _json),), text=True),
    "html": Format("对照阅读的网页", (Part(".html", _html),), text=True),
    "md": Format("合并请求的评论", (Part(".md", _markdown),), text=True),
    "docx": Format("可改的 Word 文稿", (Part(".docx", _docx),)),
    "letter": Format("整改通知", (Part(".letter.docx", _letter_docx), Part(".letter.pdf", _letter_pdf))),
    "xlsx": Format("Excel 工作簿", (Part(".xlsx", _xlsx),)),
    "sarif": Format(
        "SARIF 2.1.0，只写缺项和问题", (Part(".sarif", _sarif),), text=True, failed=_sarif_failed
    ),
    "sarif-full": Format(
        "SARIF 2.1.0，含已覆盖和不适用的",
        (Part(".full.sarif", _sarif_full),),
        text=True,
        failed=_sarif_failed,
    ),
    "junit": Format("JUnit XML", (Part(".junit.xml", _junit),), text=True, failed=_junit_failed),
    "github": Format("GitHub 注解", (Part(".github.txt", _github),), text=True, failed=_github_failed),
}


def letterhead(office: Office) -> Letterhead:
    """The part of the office's data that stands on the audit itself."""
    from auditor.render.view import Letterhead

    return Letterhead(office.organisation, office.addressee, office.document_number, office.date)
