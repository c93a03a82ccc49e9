"""What PDFium says of one page: its characters with their places, and what else is drawn on it."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable
from typing import Any

import pypdfium2_raw as pdfium
from msgspec import Struct, field

from auditor.readers.limits import MAX_TEXT
from auditor.readers.paged_lines import Piece
from auditor.readers.quality import BAD

_MAX_OBJECTS = 20_000
_INVISIBLE = 3
_SPACES = frozenset(
    (0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0x85, 0xA0, *range(0x2000, 0x200D), 0x2028, 0x2029, 0x3000, 0xFEFF)
)


class Objects(Struct):
    """What a page draws beside text: boxes in page space (left, bottom, right, top)."""

    pictures: list[tuple[float, float, float, float]] = field(default_factory=list)
    shapes: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Filled with a colour that is not white."""
    paths: int = 0


class _Run(Struct, frozen=True):
    """What the characters of one text object share."""

    base: tuple[float, float]
    """Where its first character stands."""
    size: float
    """Character size as drawn, in page units."""
    white: bool
    suspicious: bool
    """White, invisible or tiny: nothing or little may be seen of it."""


class Characters:
    """The characters of a page, one by one, as pieces of lines."""

    def __init__(
        self,
        raw: Any,
        turns: int,
        origin: tuple[float, float],
        size: tuple[float, float],
        drawn: Callable[[], Objects],
    ) -> None:
        """``turns``: quarter turns clockwise as shown; ``origin``: lower left corner in page space; ``size``: as shown."""
        self._raw = raw
        self._turns = turns
        self._left, self._bottom = origin
        self._width, self._height = size
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
            if here != address or address == 0 or abs(centre - middle) > run.size or self._turns % 2:
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

    def _place(self, box: Any, base: tuple[float, float]) -> tuple[float, float, float]:
        """Left, right and baseline as the page is shown, y downwards."""
        x, y = base[0] - self._left, base[1] - self._bottom
        if self._turns == 0:
            return box.left - self._left, box.right - self._left, self._height - y
        if self._turns == 1:
            return box.bottom - self._bottom, box.top - self._bottom, x
        if self._turns == 2:
            return self._width - box.right + self._left, self._width - box.left + self._left, y
        return self._width - box.top + self._bottom, self._width - box.bottom + self._bottom, self._height - x

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


def objects_of(page: Any) -> Objects:
    out = Objects()
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
