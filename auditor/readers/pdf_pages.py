"""PDF pages through PDFium. Runs in the child process only: the library is C++ and reads hostile files."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2_raw as pdfium
from msgspec import Struct, field

from auditor.readers.extracted import Extracted, Refused
from auditor.readers.limits import MAX_PAGES, MAX_TEXT
from auditor.readers.paged import assemble
from auditor.readers.paged_lines import Page
from auditor.readers.pdf_characters import Characters, Objects, objects_of
from auditor.readers.quality import uncommon

_FEW = 25
"""Characters below which a page with a large picture counts as scanned: a page number or a stamp is no text."""
_OUTLINES = 150
"""Vector shapes on a page without text from which the text must have been turned into curves."""
_VERSION = "请提供文字版（Word，或能选中文字的 PDF）。"


class _Found(Struct):
    scanned: list[int] = field(default_factory=list)
    outlined: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)
    """Pages whose text lies invisible over a scan."""
    hidden: list[str] = field(default_factory=list)
    characters: int = 0


def read_pages(data: bytes) -> Extracted:
    """Text and pages. Raises Refused."""
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        error = pdfium.FPDF_GetLastError()
        if error == pdfium.FPDF_ERR_PASSWORD:
            raise Refused("这份 PDF 加了密码，读不了内容，请去掉密码后再试。")
        if error == pdfium.FPDF_ERR_SECURITY:
            raise Refused("这份 PDF 用了读不了的加密方式，请去掉加密后再试。")
        raise Refused("这份 PDF 已损坏，无法打开，请重新导出或重新下载后再试。")
    count = pdfium.FPDF_GetPageCount(document)
    if not 0 < count <= MAX_PAGES:
        raise Refused(f"这份 PDF 有 {count} 页，不像是一份年度报告，请只给报告正文。")
    found = _Found()
    pages = [_page(document, number, found) for number in range(count)]
    _refuse(found, count)
    text, starts = assemble(pages)
    warnings: list[str] = []
    if found.recognised:
        warnings.append(f"第 {_numbers(found.recognised)} 页是带识别文字的扫描件，文字可能有误，请核对引文。")
    if found.hidden:
        hidden = "".join(found.hidden)
        shown = hidden if len(hidden) <= 40 else hidden[:40] + "…"
        warnings.append(f"PDF 含有看不见的文字 {len(hidden)} 个字符（“{shown}”），不计入核查。")
    return Extracted(text, "pdf", None, tuple(warnings), starts)


def _refuse(found: _Found, count: int) -> None:
    for numbers, what in (
        (found.scanned, "是扫描图片，没有文字"),
        (found.outlined, "的文字已转成图形，提取不出来"),
        (found.garbled, "提取出的是乱码（字体没有带文字编码）"),
    ):
        if len(numbers) == count:
            raise Refused(f"这份 PDF 全部 {count} 页{what}，无法判断，{_VERSION}")
        if numbers:
            raise Refused(f"这份 PDF 的第 {_numbers(numbers)} 页{what}，无法判断，{_VERSION}")


def _numbers(pages: list[int]) -> str:
    """1、3—5、8; at most a dozen entries."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    parts = [str(r[0]) if len(r) == 1 else f"{r[0]}—{r[-1]}" for r in runs]
    return "、".join(parts[:12]) + ("等" if len(parts) > 12 else "")


@contextmanager
def _opened(document: Any, number: int) -> Iterator[tuple[Any, Any]]:
    """A page and its text; closed afterwards, so that a long document takes no more memory than a short one."""
    page = pdfium.FPDF_LoadPage(document, number)
    text = pdfium.FPDFText_LoadPage(page) if page else None
    if not text:
        raise Refused(f"这份 PDF 的第 {number + 1} 页已损坏，无法读取，请重新导出后再试。")
    try:
        yield page, text
    finally:
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


def _page(document: Any, number: int, found: _Found) -> Page:
    with _opened(document, number) as (page, text):
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
        turns = pdfium.FPDFPage_GetRotation(page) % 4
        out = Page(pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))
        # The objects are looked at only where they can matter: little text, or text that may be hidden.
        objects: list[Objects] = []

        def drawn() -> Objects:
            if not objects:
                objects.append(objects_of(page))
            return objects[0]

        reader = Characters(text, turns, (box.left, box.bottom), (out.width, out.height), drawn)
        reader.read(out.pieces)
        found.characters += reader.visible
        if found.characters > MAX_TEXT:
            raise Refused(f"这份 PDF 的文字超过 {MAX_TEXT} 个字符，不像是一份年度报告，请只给报告正文。")
        if reader.visible < _FEW:
            least = 0.2 * out.width * out.height
            if any((right - left) * (top - bottom) > least for left, bottom, right, top in drawn().pictures):
                found.scanned.append(number + 1)
            elif reader.visible < 5 and drawn().paths > _OUTLINES:
                found.outlined.append(number + 1)
        elif reader.bad > max(5, 0.1 * reader.visible) or uncommon("".join(p.text for p in out.pieces)) > 0.3:
            found.garbled.append(number + 1)
        if reader.overlaid > 0.5 * max(1, reader.visible):
            found.recognised.append(number + 1)
        if reader.hidden:
            found.hidden.append("".join(reader.hidden))
    return out
