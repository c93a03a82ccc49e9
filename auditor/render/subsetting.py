"""Fonts cut down to the characters of one paper, by HarfBuzz, in memory and in milliseconds.

The layout engine subsets too, but keeps the glyph numbers of the whole font, which makes files several times larger
and loads 26 MB collections. HarfBuzz's subset library does the exact cut here before the engine sees the font.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

_LIBRARIES = {
    "linux": ("libharfbuzz.so.0", "libharfbuzz-subset.so.0"),
    "darwin": ("libharfbuzz.0.dylib", "libharfbuzz-subset.0.dylib"),
    "win32": ("libharfbuzz-0.dll", "libharfbuzz-subset-0.dll"),
}
# From hb-subset.h: drop hints, flatten subroutines (compresses better), keep the outline of the missing glyph.
_FLAGS = 0x01 | 0x04 | 0x40
_DROP_TABLES = 3  # HB_SUBSET_SETS_DROP_TABLE_TAG
# Layout features beyond the plain glyphs are not used in the paper, and vertical metrics are not either.
_UNUSED_TABLES = (
    "GSUB",
    "GPOS",
    "GDEF",
    "BASE",
    "VORG",
    "vmtx",
    "vhea",
    "DSIG",
    "EBDT",
    "EBLC",
    "EBSC",
    "gasp",
)


class _HarfBuzz:
    """The few functions needed, with their types."""

    def __init__(self, core: ctypes.CDLL, subset: ctypes.CDLL) -> None:
        pointer, number = ctypes.c_void_p, ctypes.c_uint
        self.version = _function(core, "hb_version_string", ctypes.c_char_p)
        self.blob_from_file = _function(core, "hb_blob_create_from_file_or_fail", pointer, ctypes.c_char_p)
        self.blob_data = _function(core, "hb_blob_get_data", pointer, pointer, ctypes.POINTER(number))
        self.blob_destroy = _function(core, "hb_blob_destroy", None, pointer)
        self.face_create = _function(core, "hb_face_create", pointer, pointer, number)
        self.face_blob = _function(core, "hb_face_reference_blob", pointer, pointer)
        self.face_destroy = _function(core, "hb_face_destroy", None, pointer)
        self.set_add = _function(core, "hb_set_add", None, pointer, ctypes.c_uint32)
        self.input_create = _function(subset, "hb_subset_input_create_or_fail", pointer)
        self.input_unicodes = _function(subset, "hb_subset_input_unicode_set", pointer, pointer)
        self.input_set = _function(subset, "hb_subset_input_set", pointer, pointer, number)
        self.input_flags = _function(subset, "hb_subset_input_set_flags", None, pointer, number)
        self.input_destroy = _function(subset, "hb_subset_input_destroy", None, pointer)
        self.subset = _function(subset, "hb_subset_or_fail", pointer, pointer, pointer)


def _function(library: ctypes.CDLL, name: str, result: Any, *arguments: Any) -> Any:
    function = getattr(library, name)
    function.restype, function.argtypes = result, arguments
    return function


@lru_cache(maxsize=1)
def _load() -> _HarfBuzz | None:
    names = _LIBRARIES.get(sys.platform)
    try:
        return _HarfBuzz(ctypes.CDLL(names[0]), ctypes.CDLL(names[1])) if names else None
    except (OSError, AttributeError):
        # Absent, or older than the functions above.
        return None


def available() -> bool:
    """Whether HarfBuzz's subset library is on this machine."""
    return _load() is not None


def version() -> str:
    """Version of HarfBuzz, empty where it is not there."""
    hb = _load()
    return bytes(hb.version()).decode() if hb is not None else ""


def subset_font(file: str, index: int, characters: Iterable[str]) -> bytes | None:
    """The font with these characters only, as OTF or TTF; null where it cannot be cut.

    The same font and characters give the same bytes.
    """
    hb = _load()
    if hb is None:
        return None
    blob = hb.blob_from_file(file.encode())
    if not blob:
        return None
    face = hb.face_create(blob, index)
    hb.blob_destroy(blob)
    request = hb.input_create()
    result = None
    try:
        if not request:
            return None
        unicodes = hb.input_unicodes(request)
        for character in sorted(set(characters)):
            hb.set_add(unicodes, ord(character))
        dropped = hb.input_set(request, _DROP_TABLES)
        for tag in _UNUSED_TABLES:
            hb.set_add(dropped, int.from_bytes(tag.encode(), "big"))
        hb.input_flags(request, _FLAGS)
        result = hb.subset(face, request)
        return _contents(hb, result) if result else None
    finally:
        for destroy, thing in (
            (hb.input_destroy, request),
            (hb.face_destroy, face),
            (hb.face_destroy, result),
        ):
            if thing:
                destroy(thing)


def _contents(hb: _HarfBuzz, face: int) -> bytes | None:
    blob = hb.face_blob(face)
    length = ctypes.c_uint()
    data = hb.blob_data(blob, ctypes.byref(length))
    content = ctypes.string_at(data, length.value) if data else None
    hb.blob_destroy(blob)
    return content or None
