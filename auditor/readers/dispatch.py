"""One table from kind of file to reader. Readers are imported when their kind turns up."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from auditor.readers.extracted import Extracted, Refused
from auditor.readers.kinds import FileKind, kind_of
from auditor.readers.limits import MAX_TEXT
from auditor.readers.quality import BAD, check_characters
from auditor.text.decode import decode


def extract(data: bytes, name: str = "") -> Extracted:
    """Text of a report of any kind.

    Raises Refused, or Unreadable of the text layer for text files; both messages are one Chinese sentence.
    """
    kind = kind_of(data, name)
    if kind is FileKind.TEXT:
        decoded = decode(data)
        return Extracted(decoded.text, "text", decoded.encoding, decoded.warnings)
    try:
        found = _READERS[kind](data)
    except (RecursionError, MemoryError) as error:
        raise Refused("文件内部的结构异常庞大，不像一份正常文档，已停止读取，请核实来源。") from error
    if len(found.text) > MAX_TEXT:
        raise Refused(
            f"文件里有 {len(found.text)} 个字符，超过 {MAX_TEXT} 个的上限，请只保留报告正文后再试。"
        )
    warnings = check_characters(found.text)
    # A character that stands for "cannot be read" stays one character, so that positions hold.
    text = BAD.sub("\ufffd", found.text)
    if not text.strip():
        raise Refused(
            "文件里没有文字（可能是扫描件或图片），无法判断，请提供文字版（Word、PDF 或文本文件）。"
        )
    return replace(found, text=text, warnings=(*found.warnings, *warnings))


def _markdown(data: bytes) -> Extracted:
    from auditor.readers.markdown import read_markdown

    decoded = decode(data)
    found = read_markdown(decoded.text, decoded.encoding)
    return replace(found, warnings=(*decoded.warnings, *found.warnings))


def _docx(data: bytes) -> Extracted:
    from auditor.readers.docx import read_docx

    return read_docx(data)


def _pdf(data: bytes) -> Extracted:
    from auditor.readers.pdf import read_pdf

    return read_pdf(data)


def _html(data: bytes) -> Extracted:
    from auditor.readers.html import read_html

    return read_html(data)


def _mhtml(data: bytes) -> Extracted:
    from auditor.readers.mhtml import read_mhtml

    return read_mhtml(data)


def _ofd(data: bytes) -> Extracted:
    from auditor.readers.ofd import read_ofd

    return read_ofd(data)


def _office(kind: FileKind) -> Callable[[bytes], Extracted]:
    def read(data: bytes) -> Extracted:
        from auditor.readers.office import read_office

        return read_office(data, kind)

    return read


_READERS: dict[FileKind, Callable[[bytes], Extracted]] = {
    FileKind.MARKDOWN: _markdown,
    FileKind.DOCX: _docx,
    FileKind.PDF: _pdf,
    FileKind.HTML: _html,
    FileKind.MHTML: _mhtml,
    FileKind.OFD: _ofd,
    FileKind.DOC: _office(FileKind.DOC),
    FileKind.RTF: _office(FileKind.RTF),
    FileKind.ODT: _office(FileKind.ODT),
    FileKind.WORD_XML: _office(FileKind.WORD_XML),
}
