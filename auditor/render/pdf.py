"""The audit as a PDF after GB/T 9704—2012, ordinary format, without red head and seal.

The only module that knows WeasyPrint; it is imported on first use, since a verdict without a PDF must not pay for it.
"""

from __future__ import annotations

import ctypes.util
import logging
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from msgspec import Struct

from auditor.garbage import uncollected
from auditor.model import Result
from auditor.render import fontstore, subsetting
from auditor.render.errors import PdfUnavailable, RenderError
from auditor.render.fit import limit_steps
from auditor.render.fonts import SUBSET_COMMAND, Face, Role, choose_faces, describe, installed_fonts
from auditor.render.inking import Inked, ink
from auditor.render.shipped import shipped_text, template
from auditor.render.view import AuditView, Letterhead, Limits, build_body, build_view

ATTACHMENT = "result.json"
BODY_PAGES = 2
PANGO_COMMAND = "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
# Each variant with the simpler one to fall back on; null is a plain PDF.
FALLBACK: dict[str | None, str | None] = {
    "pdf/ua-1": "pdf/a-3a",
    "pdf/a-3a": "pdf/a-3u",
    "pdf/a-3u": "pdf/a-3b",
    "pdf/a-3b": None,
}
_VARIANT_NAMES = {
    "pdf/ua-1": "PDF/UA-1",
    "pdf/a-3a": "PDF/A-3a",
    "pdf/a-3u": "PDF/A-3u",
    "pdf/a-3b": "PDF/A-3b",
    None: "普通PDF",
}
_LINE_KEYS = {"Type", "S", "K", "Pg", "P"}
_TAGGED = ("pdf/a-3a", "pdf/ua-1")
# An attachment must carry dates, and the clock must not get in: the same input gives the same bytes.
_FIXED_DATE = datetime(2000, 1, 1, tzinfo=UTC)
_FIRST_ANNEX = "annex-1"
_FONT_SCHEME = "fazhi-font:"


LayOut = Callable[[str | None, tuple[str, ...]], tuple[Any, tuple[str, ...]]]
"""From a variant and remarks so far to the laid-out document and all remarks."""


class PdfDocument(Struct, frozen=True):
    data: bytes
    remarks: tuple[str, ...]
    """What the user should know: stand-in glyphs, a simpler variant, a missing library."""


def render_pdf(
    result: Result, letterhead: Letterhead | None = None, *, payload: bytes, variant: str = "pdf/a-3a"
) -> PdfDocument:
    """The paper with ``payload``, the JSON of the result, embedded as result.json.

    Raises PdfUnavailable where fonts or libraries are missing and RenderError for an unknown variant.
    """

    def start(faces: dict[Role, Face]) -> LayOut:
        return _Paper(load_weasyprint(), result, letterhead, faces).lay_out

    return _render(start, payload, variant)


def render_other(markup: str, *, variant: str = "pdf/a-3a") -> PdfDocument:
    """Another paper in the same page, grid and faces, without an attachment. Raises as ``render_pdf`` does.

    ``markup`` is its HTML with every value escaped.
    """

    def start(faces: dict[Role, Face]) -> LayOut:
        def lay_out(current: str | None, notes: tuple[str, ...]) -> tuple[Any, tuple[str, ...]]:
            inked = ink(markup, faces)
            return _lay_out(load_weasyprint(), faces, inked), (*notes, *inked.remarks())

        return lay_out

    return _render(start, None, variant)


def _render(start: Callable[[dict[Role, Face]], LayOut], payload: bytes | None, variant: str) -> PdfDocument:
    """The paper in the variant asked for, else in the next simpler one."""
    if variant not in FALLBACK:
        known = "、".join(name for name in FALLBACK if name)
        raise RenderError(f"不认识的PDF格式“{variant}”，可用：{known}")
    faces, remarks = choose_faces(installed_fonts())
    weasyprint = load_weasyprint()
    notes = list(remarks)
    if not subsetting.available():
        notes.append(f"缺少libharfbuzz-subset0，PDF大几倍、慢约8倍，请安装：{SUBSET_COMMAND}")
    lay_out = start(faces)
    current: str | None = variant
    while True:
        document, remarks = lay_out(current, tuple(notes))
        try:
            return PdfDocument(_write(weasyprint, document, current, payload), remarks)
        except (RenderError, MemoryError):
            raise
        except Exception as error:
            if current is None:
                raise RenderError(f"PDF未能写出：{type(error).__name__}：{error}") from error
            simpler = FALLBACK[current]
            notes.append(f"按{_VARIANT_NAMES[current]}写出失败，改用{_VARIANT_NAMES[simpler]}：{error}")
            current = simpler


def _write(weasyprint: Any, document: Any, variant: str | None, payload: bytes | None) -> bytes:
    if payload is not None:
        attachment = weasyprint.Attachment(
            string=payload,
            name=ATTACHMENT,
            description="核查结果（机器可读）",
            created=_FIXED_DATE,
            modified=_FIXED_DATE,
            relationship="Data",
        )
        document.metadata.attachments.append(attachment)
    with uncollected(), _fatal_as_render_error():
        data: bytes = document.write_pdf(
            pdf_variant=variant, pdf_tags=variant in _TAGGED, finisher=_merge_spans
        )
    return data


def _merge_spans(document: Any, pdf: Any) -> None:
    """Hang each line of text on its paragraph or cell itself.

    The engine gives every printed line a structure element of its own, two thirds of all: several times the work for
    a screen reader and for the file. Their numbers stay, as empty objects nothing refers to.
    """
    elements = {item.reference: item for item in pdf.objects if _entry(item, "Type") == "/StructElem"}
    moved: dict[bytes, bytes] = {}
    for parent in elements.values():
        page = parent.get("Pg")
        for place, kid in enumerate(parent["K"]):
            line = elements.get(kid) if isinstance(kid, bytes) else None
            if line is None or set(line) != _LINE_KEYS or line["S"] != "/Span" or line["Pg"] != page:
                continue
            if len(line["K"]) == 1 and isinstance(line["K"][0], int):
                parent["K"][place] = line["K"][0]
                moved[kid] = parent.reference
    for reference in moved:
        elements[reference].clear()
    for item in pdf.objects:
        # The tree from a page's marks back to their elements.
        for marks in _entry(item, "Nums") or ():
            if isinstance(marks, list):
                marks[:] = [moved.get(mark, mark) for mark in marks]


def _entry(item: Any, key: str) -> Any:
    """An entry of a PDF object; null where it is no dictionary or has none."""
    return item.get(key) if isinstance(item, dict) else None


class _Paper:
    """One rendering of one result."""

    def __init__(
        self, weasyprint: Any, result: Result, letterhead: Letterhead | None, faces: dict[Role, Face]
    ) -> None:
        self._weasyprint = weasyprint
        self._result = result
        self._letterhead = letterhead
        self._faces = faces
        self._steps = limit_steps(result, letterhead)
        self._limits = next(self._steps)

    def lay_out(self, variant: str | None, notes: tuple[str, ...]) -> tuple[Any, tuple[str, ...]]:
        """The laid-out document, which names its variant and remarks, and those remarks."""
        document, remarks = self._attempt(variant, notes)
        if not _fits(document):
            # The estimate was too generous: find what fits in the layout of the body alone, then do all of it again.
            self._limits = self._fitting_limits()
            document, remarks = self._attempt(variant, notes)
        return document, remarks

    def _attempt(self, variant: str | None, notes: tuple[str, ...]) -> tuple[Any, tuple[str, ...]]:
        view = build_view(self._result, self._letterhead, self._limits)
        conformance = _conformance(variant)
        inked = ink(_markup(view, self._faces, notes, conformance), self._faces)
        lacks = inked.remarks()
        remarks = (*notes, *lacks)
        if lacks:
            # Only inking tells what the fonts lack, and the paper itself says so.
            inked = ink(_markup(view, self._faces, remarks, conformance), self._faces)
        return _lay_out(self._weasyprint, self._faces, inked), remarks

    def _fitting_limits(self) -> Limits:
        limits = self._limits
        for limits in self._steps:
            body = build_body(self._result, self._letterhead, limits)
            view = AuditView("", None, body, None)
            inked = ink(_markup(view, self._faces, (), ""), self._faces)
            if _fits(_lay_out(self._weasyprint, self._faces, inked)):
                break
        return limits


def _fits(document: Any) -> bool:
    """Whether the body of the laid-out paper keeps to its pages; what follows it begins with the first annex."""
    before = len(document.pages)
    for number, page in enumerate(document.pages):
        if _FIRST_ANNEX in page.anchors:
            before = number
            break
    return before <= BODY_PAGES


def _lay_out(weasyprint: Any, faces: dict[Role, Face], inked: Inked) -> Any:
    """The pages of inked HTML, set in the faces cut down to its characters."""
    from weasyprint.text.fonts import FontConfiguration

    cuts = {
        role: data
        for role, face in faces.items()
        if (data := fontstore.cut(face.file, face.index, inked.used[role])) is not None
    }
    fetcher = _fetcher({f"{_FONT_SCHEME}{role.value}": data for role, data in cuts.items()})
    config = FontConfiguration()
    with uncollected(), _fatal_as_render_error():
        css = weasyprint.CSS(string=_stylesheet(faces, cuts.keys()), font_config=config, url_fetcher=fetcher)
        return _tree(weasyprint, inked.html, fetcher).render(stylesheets=[css], font_config=config)


def _tree(weasyprint: Any, html: str, fetcher: Any) -> Any:
    """Our HTML as the engine holds it.

    Its own parser, written in Python, mends whatever the web holds, which takes a twentieth of all the time. Ours is
    well-formed, and what came from outside is escaped in it. Raises RenderError where it is not.
    """
    from cssselect2 import ElementWrapper

    parsed = weasyprint.HTML(string="", url_fetcher=fetcher)
    try:
        root = ElementTree.fromstring(html)
    except ElementTree.ParseError as error:
        raise RenderError(f"PDF未能生成：模板里的标签不配对（{error}）") from error
    parsed.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
    parsed.etree_element = parsed.wrapper_element.etree_element
    return parsed


def _markup(view: AuditView, faces: dict[Role, Face], remarks: tuple[str, ...], conformance: str) -> str:
    """The HTML of the paper, every value escaped; without annexes where the view has none."""
    return template("audit.html.j2").render(
        view=view,
        body=view.body,
        annexes=view.annexes,
        with_annexes=view.annexes is not None,
        group_rows=_columns(view.body.groups),
        fonts=[describe(face) for face in faces.values()],
        remarks=remarks,
        conformance=conformance,
    )


def _columns(items: tuple[Any, ...]) -> tuple[tuple[Any, ...], ...]:
    """Rows of two that read down the first column, then the second."""
    half = (len(items) + 1) // 2
    return tuple(items[i : i + 1] + items[half + i : half + i + 1] for i in range(half))


def _conformance(variant: str | None) -> str:
    if variant is None:
        return "本文件为普通PDF，未按PDF/A或PDF/UA的结构生成。"
    return f"本文件按{_VARIANT_NAMES[variant]}的结构生成，未经外部校验工具确认是否符合该标准。"


def _stylesheet(faces: dict[Role, Face], cut: Collection[Role]) -> str:
    """The style sheet with the families filled in; those cut down are loaded from memory under a name of their own."""
    css = shipped_text("audit.css")
    rules = []
    for role, face in faces.items():
        family = _quoted(f"{face.family} Subset" if role in cut else face.family)
        if role in cut:
            source = f"{_FONT_SCHEME}{role.value}"
            rules.append(
                f"@font-face {{ font-family: {family}; font-weight: {face.css_weight}; src: url({source}) }}"
            )
        css = css.replace(f'"@{role.value}@"', family).replace(
            f'"@{role.value}-weight@"', str(face.css_weight)
        )
    return "\n".join((*rules, css))


def _quoted(family: str) -> str:
    """A family name as a CSS string."""
    return '"' + family.replace("\\", "\\\\").replace('"', '\\"') + '"'


@lru_cache(maxsize=1)
def load_weasyprint() -> Any:
    """WeasyPrint, imported on first use. Raises PdfUnavailable where Pango is missing."""
    try:
        with _quick_library_search():
            import weasyprint
    except OSError as error:
        raise PdfUnavailable(f"生成PDF需要Pango，请先安装：{PANGO_COMMAND}") from error
    except ImportError as error:
        raise PdfUnavailable("生成PDF需要weasyprint，请先安装：pip install weasyprint") from error
    # Its messages are for developers; what a user must know is in our remarks.
    logging.getLogger("weasyprint").addHandler(logging.NullHandler())
    return weasyprint


@contextmanager
def _quick_library_search() -> Iterator[None]:
    """Keeps the import from running a compiler to search for libraries that the loader finds by itself."""
    if not sys.platform.startswith("linux"):
        yield
        return
    original = ctypes.util.find_library

    def by_loader(name: str) -> str | None:
        return None

    ctypes.util.find_library = by_loader
    try:
        yield
    finally:
        ctypes.util.find_library = original


@contextmanager
def _fatal_as_render_error() -> Iterator[None]:
    """Turns the refusal of our fetcher, which is no Exception, into an error of this layer."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        yield
    except FatalURLFetchingError as error:
        raise RenderError(f"PDF未能生成：{error}") from error


def _fetcher(files: dict[str, bytes]) -> Any:
    """A fetcher that serves the given bytes and refuses all else: no network, no files, no redirects."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Closed(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> Any:
            data = files.get(url)
            if data is None:
                raise FatalURLFetchingError(f"不允许取用外部资源：{url[:80]}")
            return URLFetcherResponse(url, data, {"Content-Type": "font/otf"})

    return Closed(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
