"""Which kind of file the bytes are. The name is asked last, and only to tell Markdown from plain text."""

from __future__ import annotations

import re
from enum import StrEnum

from auditor.readers.extracted import Refused


class FileKind(StrEnum):
    TEXT = "text"
    MARKDOWN = "markdown"
    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    MHTML = "mhtml"
    OFD = "ofd"
    DOC = "doc"
    """Word before 2007 and WPS writer, which share a container."""
    RTF = "rtf"
    ODT = "odt"
    WORD_XML = "word-xml"


_HEAD = 65_536
_TAGS = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s|<title>|<div[\s>]|<p[\s>]|<table[\s>]", re.I
)
_MARKUP_START = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*<")
_MIME = re.compile(rb"^(?:MIME-Version:|Content-Type:\s*multipart/|From:\s*<Saved by)", re.I | re.M)
_ATX = re.compile(rb"^ {0,3}#{1,6} +\S", re.M)
_PICTURES = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF",
)  # fmt: skip
_PACKED = (b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ")


def kind_of(data: bytes, name: str = "") -> FileKind:
    """Kind of a file by its content. Raises Refused for kinds that no report comes in."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(data)
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return FileKind.PDF
    if data.startswith(b"{\\rtf"):
        return FileKind.RTF
    if data.startswith(_PICTURES) and b"\x00" in head:
        raise Refused("这是图片，没有可以核查的文字，无法判断，请提供文字版（Word、PDF 或文本文件）。")
    if data.startswith(_PACKED):
        raise Refused("这是压缩文件，请先解压，再核查里面的报告。")
    if _MIME.search(head[:2048]) and b"multipart/related" in head[:8192].lower():
        return FileKind.MHTML
    plain = head.replace(b"\x00", b"")
    if _MARKUP_START.match(head):
        if b"<w:wordDocument" in plain or b"<pkg:package" in plain:
            return FileKind.WORD_XML
        if _TAGS.search(plain):
            return FileKind.HTML
    if b"\x00" not in head and (name.lower().endswith((".md", ".markdown")) or len(_ATX.findall(data)) >= 2):
        return FileKind.MARKDOWN
    return FileKind.TEXT


def _zipped(data: bytes) -> FileKind:
    from auditor.readers.archive import Archive

    with Archive(data) as archive:
        names = archive.names()
        if "OFD.xml" in archive:
            return FileKind.OFD
        if "mimetype" in archive:
            mime = archive.read("mimetype")[:100]
            if b"opendocument.text" in mime:
                return FileKind.ODT
            if b"opendocument" in mime:
                raise Refused("这是表格或演示文稿，不是报告，请给出报告的 Word、PDF 或文本文件。")
        if any(n.startswith(("xl/", "ppt/")) for n in names):
            raise Refused("这是表格或演示文稿，不是报告，请给出报告的 Word、PDF 或文本文件。")
        if "word/document.xml" in archive or ("[Content_Types].xml" in archive and "_rels/.rels" in archive):
            return FileKind.DOCX
    raise Refused("这是压缩文件，请先解压，再核查里面的报告。")


def _compound(data: bytes) -> FileKind:
    """OLE container: the names of its streams tell what it is."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise Refused("这份 Word 文档加了密码，读不了内容，请去掉密码后再试。")
    if holds("WordDocument"):
        return FileKind.DOC
    if holds("Workbook") or holds("PowerPoint Document"):
        raise Refused("这是表格或演示文稿，不是报告，请给出报告的 Word、PDF 或文本文件。")
    return FileKind.DOC
