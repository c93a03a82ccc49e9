"""Encoding of web pages: what the bytes are, then what the page or the transport says."""

from __future__ import annotations

import codecs
import re

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.I)


def decode_html(data: bytes, charset: str | None) -> tuple[str, str, tuple[str, ...]]:
    """Markup, encoding and warnings. Never fails: what cannot be decoded becomes U+FFFD for the quality gate."""
    for bom, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):  # fmt: skip
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace"), name, ()
    declared = _CHARSET.search(data[:8192])
    names = [charset, declared.group(1).decode("ascii") if declared else None]
    known = [n for n in map(_codec, names) if n is not None]
    for name in ("utf-8", *known, "gb18030"):
        try:
            return data.decode(name), name, ()
        except (UnicodeDecodeError, LookupError):
            continue
    name = known[0] if known else "gb18030"
    return data.decode(name, "replace"), name, ("网页里有几处字符与它声明的编码不符，请核对引文。",)


def _codec(name: str | None) -> str | None:
    """Canonical name of a text encoding; gb2312 and gbk are read as gb18030."""
    if name is None:
        return None
    lower = name.lower()
    if lower in ("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936"):
        return "gb18030"
    try:
        found = codecs.lookup(lower)
    except (LookupError, ValueError):
        # A name with a zero byte is no ordinary unknown name to Python.
        return None
    return found.name if found.name.startswith(("utf", "gb", "big5", "iso8859", "cp125", "ascii")) else None
