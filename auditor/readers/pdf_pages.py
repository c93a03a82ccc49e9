"""PDF pages through PDFium. Runs in the child process only: the library is C++ and reads hostile files."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from auditor.readers.extracted import Extracted, Refused
from auditor.readers.limits import MAX_PAGES, MAX_TEXT
from auditor.readers.paged import Page, Piece, assemble
from auditor.readers.quality import BAD, uncommon

_FEW = 25
"""Characters below which a page with a large picture counts as scanned: a page number or a stamp is no text."""
_MAX_OBJECTS = 20_000
_OUTLINES = 150
"""Vector shapes on a page without text from which the text must have been turned into curves."""
_INVISIBLE = 3
_SPACES = frozenset(
    (0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0x85, 0xA0, *range(0x2000, 0x200D), 0x2028, 0x2029, 0x3000, 0xFEFF)
)
_VERSION = "请提供文字版（Word，或能选中文字的 PDF）。"


@dataclass(slots=True)
class _Objects:
    """What a page draws beside text: boxes in page space (left, bottom, right, top)."""

    pictures: list[tuple[float, float, float, float]] = field(default_factory=list)
    shapes: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Filled with a colour that is not white."""
    paths: int = 0


@dataclass(slots=True)
class _Found:
    scanned: list[int] = field(default_factory=list)
    outlined: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)
    """Pages whose text lies invisible over a scan."""
    hidden: list[str] = field(default_factory=list)
    characters: int = 0


def read_pages(data: bytes) -> Extracted:
    """Text and pages. Raises Refused."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise Refused("这份 PDF 加了密码，读不了内容，请去掉密码后再试。") from error
        if "ecurity" in str(error):
            raise Refused("这份 PDF 用了读不了的加密方式，请去掉加密后再试。") from error
        raise Refused("这份 PDF 已损坏，无法打开，请重新导出或重新下载后再试。") from error
    count = len(document)
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


def _page(document: pypdfium2.PdfDocument, number: int, found: _Found) -> Page:
    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise Refused(f"这份 PDF 的第 {number + 1} 页已损坏，无法读取，请重新导出后再试。") from error
    width, height = page.get_size()
    out = Page(width, height)
    # The objects are looked at only where they can matter: little text, or text that may be hidden.
    objects: list[_Objects] = []

    def drawn() -> _Objects:
        if not objects:
            objects.append(_objects(page.raw))
        return objects[0]

    reader = _Characters(text.raw, page.get_rotation(), width, height, drawn)
    reader.read(out.pieces)
    found.characters += reader.visible
    if found.characters > MAX_TEXT:
        raise Refused(f"这份 PDF 的文字超过 {MAX_TEXT} 个字符，不像是一份年度报告，请只给报告正文。")
    if reader.visible < _FEW:
        area = width * height
        if any((right - left) * (top - bottom) > 0.2 * area for left, bottom, right, top in drawn().pictures):
            found.scanned.append(number + 1)
        elif reader.visible < 5 and drawn().paths > _OUTLINES:
            found.outlined.append(number + 1)
    elif reader.bad > max(5, 0.1 * reader.visible) or uncommon("".join(p.text for p in out.pieces)) > 0.3:
        found.garbled.append(number + 1)
    if reader.overlaid > 0.5 * max(1, reader.visible):
        found.recognised.append(number + 1)
    if reader.hidden:
        found.hidden.append("".join(reader.hidden))
    text.close()
    page.close()
    return out


@dataclass(frozen=True, slots=True)
class _Run:
    """What the characters of one text object share."""

    base: tuple[float, float]
    """Where its first character stands."""
    size: float
    """Character size as drawn, in page units."""
    white: bool
    suspicious: bool
    """White, invisible or tiny: nothing or little may be seen of it."""


class _Characters:
    """The characters of a page, one by one, as pieces of lines."""

    def __init__(
        self, raw: Any, rotation: int, width: float, height: float, drawn: Callable[[], _Objects]
    ) -> None:
        self._raw = raw
        self._rotation = rotation
        self._width = width
        self._height = height
        self._drawn = drawn
        self.visible = self.bad = self.overlaid = 0
        self.hidden: list[str] = []

    def read(self, pieces: list[Piece]) -> None:
        raw = self._raw
        count = min(pdfium.FPDFText_CountChars(raw), MAX_TEXT + 1)
        box = pdfium.FS_RECTF()
        rect = ctypes.byref(box)
        generated, unicode = pdfium.FPDFText_IsGenerated, pdfium.FPDFText_GetUnicode
        get_object, get_box = pdfium.FPDFText_GetTextObject, pdfium.FPDFText_GetLooseCharBox
        fails = pdfium.FPDFText_HasUnicodeMapError
        address = 0
        run = _Run((0.0, 0.0), 1.0, False, False)
        middle = 0.0
        x0 = x1 = base = size = 0.0
        units: list[int] = []
        for i in range(count):
            code = unicode(raw, i)
            if code in _SPACES or generated(raw, i) == 1 or not get_box(raw, i, rect):
                continue
            item = get_object(raw, i)
            here = ctypes.addressof(item.contents) if item else 0
            centre = box.bottom + box.top
            # A text object has one baseline, except in vertical writing.
            if here != address or address == 0 or abs(centre - middle) > run.size:
                address = here
                run = self._run(i, item)
                middle = centre
            if run.suspicious and self._conceals(run, box, code):
                continue
            self.visible += 1
            if fails(raw, i) == 1 or not 0 < code < 0x110000 or BAD.match(chr(code)):
                self.bad += 1
                code = 0xFFFD
            left, right, baseline = self._place(box, run.base)
            if units and abs(baseline - base) <= 0.02 * size and -0.3 * size <= left - x1 <= 0.2 * size:
                units.append(code)
                x1 = max(x1, right)
                continue
            if units:
                pieces.append(Piece(_string(units), x0, x1, base, size))
            units, x0, x1, base, size = [code], left, right, baseline, min(200.0, max(1.0, run.size))
        if units:
            pieces.append(Piece(_string(units), x0, x1, base, size))

    def _run(self, i: int, item: Any) -> _Run:
        raw = self._raw
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(raw, i, ctypes.byref(x), ctypes.byref(y))
        matrix = pdfium.FS_MATRIX()
        size: float = pdfium.FPDFText_GetFontSize(raw, i)
        if pdfium.FPDFText_GetMatrix(raw, i, ctypes.byref(matrix)):
            size *= math.hypot(matrix.c, matrix.d)
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        known = pdfium.FPDFText_GetFillColor(raw, i, *map(ctypes.byref, (red, green, blue, alpha)))
        white = bool(known) and (alpha.value == 0 or min(red.value, green.value, blue.value) > 247)
        invisible = bool(item) and pdfium.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE
        return _Run((x.value, y.value), size, white, white or invisible or 0 < size < 1.2)

    def _place(self, box: Any, origin: tuple[float, float]) -> tuple[float, float, float]:
        """Left, right and baseline as the page is shown, y downwards."""
        if self._rotation == 90:
            return box.bottom, box.top, origin[0]
        if self._rotation == 180:
            return self._width - box.right, self._width - box.left, origin[1]
        if self._rotation == 270:
            return self._width - box.top, self._width - box.bottom, self._height - origin[0]
        return box.left, box.right, self._height - origin[1]

    def _conceals(self, run: _Run, box: Any, code: int) -> bool:
        """Whether nothing makes a suspicious character visible; notes it then."""
        objects = self._drawn()
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        if _covers(objects.pictures, x, y):
            self.overlaid += 1
            return False
        if run.white and _covers(objects.shapes, x, y):
            return False
        self.hidden.append(chr(code) if 0 < code < 0xD800 else "\ufffd")
        return True


def _covers(boxes: list[tuple[float, float, float, float]], x: float, y: float) -> bool:
    return any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in boxes)


def _string(units: list[int]) -> str:
    text = "".join(map(chr, units))
    if any(0xD800 <= unit < 0xE000 for unit in units):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _objects(page: Any) -> _Objects:
    out = _Objects()
    left = [_MAX_OBJECTS]

    def look(item: Any, depth: int) -> None:
        if left[0] <= 0:
            return
        left[0] -= 1
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 4:
            for k in range(min(max(0, pdfium.FPDFFormObj_CountObjects(item)), left[0])):
                look(pdfium.FPDFFormObj_GetObject(item, k), depth + 1)
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            out.pictures.append(_bounds(item))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            out.paths += 1
            if _is_coloured(item):
                out.shapes.append(_bounds(item))

    for i in range(min(max(0, pdfium.FPDFPage_CountObjects(page)), _MAX_OBJECTS)):
        look(pdfium.FPDFPage_GetObject(page, i), 0)
    return out


def _bounds(item: Any) -> tuple[float, float, float, float]:
    values = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *map(ctypes.byref, values))
    return values[0].value, values[1].value, values[2].value, values[3].value


def _is_coloured(item: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(mode), ctypes.byref(stroke))
    if mode.value == 0:
        return False
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFPageObj_GetFillColor(item, *map(ctypes.byref, (red, green, blue, alpha)))
    return alpha.value > 40 and min(red.value, green.value, blue.value) < 225
