"""From a file to a document: the type is told by content, not by name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from auditor.model import Level, ReaderInfo
from auditor.text.decode import MAX_BYTES, Unreadable, decode
from auditor.text.document import Document
from auditor.text.parse import Unsuitable, parse


class NotAudited(ValueError):
    """A report that cannot be judged; the message is one Chinese sentence: what, where, what to do."""


@dataclass(frozen=True, slots=True)
class Read:
    document: Document
    sha256: str


def read_report(path: Path, *, year: int | None = None, level: Level | None = None) -> Read:
    """Read one report. Raises NotAudited."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Unreadable(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，不像是一份年度报告，请只给正文")
        data = path.read_bytes()
    except OSError as error:
        raise NotAudited(f"{path}：读不了这个文件（{_os_reason(error)}），请检查路径和权限") from error
    except Unreadable as error:
        raise NotAudited(f"{path}：{error}") from error
    try:
        decoded = decode(data)
        reader = ReaderInfo("text", decoded.encoding, tuple(decoded.warnings))
        document = parse(decoded.text, reader, year=year, level=level)
    except (Unreadable, Unsuitable) as error:
        raise NotAudited(f"{path}：{error}") from error
    return Read(document, hashlib.sha256(data).hexdigest())


def _os_reason(error: OSError) -> str:
    known = {
        FileNotFoundError: "文件不存在",
        PermissionError: "没有读取权限",
        IsADirectoryError: "这是文件夹",
    }
    return known.get(type(error), error.strerror or "系统错误")
