"""Word documents (.docx and kin): the text in reading order, as it stands when every revision is accepted."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from auditor.readers.archive import Archive
from auditor.readers.docx_blocks import Blocks
from auditor.readers.docx_draft import Draft
from auditor.readers.docx_inline import MARK
from auditor.readers.docx_package import main_part, relations, tree
from auditor.readers.docx_styles import Numbering, Styles
from auditor.readers.extracted import Extracted, Refused, tidy
from auditor.readers.limits import MAX_TEXT
from auditor.readers.xml import check_depth, local, parse

_SCAN = 48 * 1024
"""Bytes from which a picture may be a scanned page."""
_BESIDE = 100
"""Characters for each such picture below which the pictures must be the report."""
_CONTENTS = re.compile(rb'"toc ', re.I)
"""Beginning of the names of the styles of a table of contents."""


def read_docx(data: bytes) -> Extracted:
    """Text of a Word document. Raises Refused."""
    with Archive(data) as archive:
        main = main_part(archive)
        raw = archive.read(main)
        root = parse(raw)
        check_depth(root)
        folder = posixpath.dirname(main)
        related = relations(archive, main)

        def part(kind: str) -> bytes:
            name = related.get(kind, f"{folder}/{kind}.xml" if folder else f"{kind}.xml")
            return archive.read(name) if name in archive else b""

        w = root.tag.rpartition("}")[0] + "}"
        body = root.find(w + "body")
        if local(root.tag) != "document" or body is None:
            raise Refused("这份 Word 文档里没有正文，可能已损坏，请用 Word 或 WPS 重新保存后再试。")
        # Most of a file's XML is styles that nothing refers to: parse them only where they can matter.
        referred = b"pStyle" in raw or b"rStyle" in raw
        defined = part("styles") if referred else b""
        listed = b"numPr" in defined
        styled = listed or b"vanish" in defined or _CONTENTS.search(defined) is not None
        styles = Styles(tree(defined) if styled else None, w)
        counted = listed or b"numPr" in raw
        numbering = Numbering(tree(part("numbering")) if counted else None, styles, w)
        notes: dict[str, Element] = {}
        for kind, reference in (("footnotes", b"footnoteReference"), ("endnotes", b"endnoteReference")):
            found = tree(part(kind)) if reference in raw else None
            for note in found if found is not None else ():
                if note.get(w + "type", "normal") == "normal":
                    notes[kind[:-5] + note.get(w + "id", "")] = note
        draft = Draft()
        suspicious = b"FFFFFF" in raw or b"ffffff" in raw
        blocks = Blocks(w, styles, numbering, notes, draft, suspicious=suspicious)
        lines = _bounded(blocks.blocks(body))
    text, pages = _positions(lines)
    _refuse_scans([archive.size(n) for n in archive.names() if n.startswith(f"{folder}/media/")], text)
    return Extracted(text, "docx", None, draft.warnings(), pages)


def _refuse_scans(pictures: list[int], text: str) -> None:
    """Refuse a document whose pages are pictures; ``pictures`` are their sizes in bytes."""
    letters = len(text) - sum(map(str.isspace, text))
    if pictures and letters < 30:
        raise Refused("这份 Word 文档里只有图片没有文字（可能是扫描件），无法判断，请提供文字版。")
    scans = sum(size >= _SCAN for size in pictures)
    if scans >= 2 and letters < _BESIDE * scans:
        raise Refused(
            f"这份 Word 文档里有 {scans} 张大图片，文字只有 {letters} 个（可能是扫描件），无法判断，请提供文字版。"
        )


def _bounded(lines: Iterator[str]) -> list[str]:
    """All lines, or a refusal as soon as they are too many."""
    found: list[str] = []
    length = 0
    for line in lines:
        length += len(line)
        if length > MAX_TEXT:
            raise Refused(f"这份 Word 文档的文字超过 {MAX_TEXT} 个字符，请只保留报告正文后再试。")
        found.append(line)
    return found


def _positions(lines: list[str]) -> tuple[str, tuple[int, ...]]:
    marked = tidy("".join(line + "\n" for line in lines))
    if MARK not in marked:
        return marked, ()
    pages: list[int] = []
    parts = marked.split(MARK)
    length = len(parts[0])
    for piece in parts[1:]:
        if length > 0 and (not pages or pages[-1] != length):
            pages.append(length)
        length += len(piece)
    return "".join(parts), tuple(pages)
