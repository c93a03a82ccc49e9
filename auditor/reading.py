"""From a file to a document: the type is told by content, not by name."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from auditor.digests import sha256
from auditor.exits import NotAudited
from auditor.model import Level, ReaderInfo, Role
from auditor.readers.dispatch import extract
from auditor.readers.extracted import Refused, header
from auditor.readers.limits import MAX_FILE, MIB
from auditor.reasons import os_reason
from auditor.text.decode import Unreadable
from auditor.text.document import Document, Kind
from auditor.text.parse import Unsuitable, parse

_ENDS = "。！？；：…）》"
_UNFINISHED = "正文最后一句没有写完（“…{}”），文件可能没有导出完整，请核对原文。"
_CUT_OFF = "正文在“…{}”处中断，后面的下年安排和落款都没有，文件不完整，无法判断，请提供完整的报告。"
_LONG = 600
"""Characters (normalised) from which a text is more than a fragment that someone typed."""


class Read(Struct, frozen=True):
    document: Document
    sha256: str


def read_report(path: Path, *, year: int | None = None, level: Level | None = None) -> Read:
    """Read one report. Raises NotAudited."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except OSError as error:
        raise NotAudited(f"{path}：读不了这个文件（{os_reason(error)}），请检查路径和权限") from error
    if len(data) > MAX_FILE:
        raise NotAudited(f"{path}：文件超过 {MAX_FILE // MIB} MiB，不像是一份年度报告，请只给正文")
    try:
        document = read_bytes(data, path.name, year=year, level=level)
    except (Unreadable, Unsuitable, Refused) as error:
        raise NotAudited(f"{path}：{error}") from error
    return Read(document, sha256(data).hexdigest())


def read_bytes(
    data: bytes, name: str = "", *, year: int | None = None, level: Level | None = None
) -> Document:
    """Read a report from memory. Raises Refused, Unreadable or Unsuitable."""
    found = extract(data, name)
    head = header(found.facts, found.text)
    reader = ReaderInfo(found.format, found.encoding, found.warnings)
    pages = tuple(len(head) + position for position in found.pages)
    document = parse(head + found.text, reader, year=year, level=level, pages=pages)
    rest = _unfinished(document)
    if rest is None:
        return document
    if _is_cut_off(document):
        raise Refused(_CUT_OFF.format(rest))
    warnings = (*found.warnings, _UNFINISHED.format(rest))
    return replace(document, reader=replace(reader, warnings=warnings))


def _is_cut_off(document: Document) -> bool:
    """Whether a text that stops in mid-sentence also lacks what ends every report: what is lost is not missing."""
    ends = (Role.PLAN, Role.CLOSING)
    return (
        len(document.norm.text) >= _LONG
        and document.metadata.written_date is None
        and not any(sentence.role in ends for sentence in document.sentences)
    )


def _unfinished(document: Document) -> str | None:
    """The end of the text when it stops in mid-sentence, without a signature after it."""
    signed = document.metadata.written_span
    if not document.sentences or (signed and signed[1] >= len(document.text.rstrip())):
        return None
    last = document.sentences[-1]
    text = document.norm.text[last.start : last.end].rstrip("\n")
    if last.kind is not Kind.BODY or len(text) < 12 or text[-1] in _ENDS:
        return None
    return text[-12:]
