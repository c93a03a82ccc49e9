"""Which reports are audited and where their results go."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from auditor.cli.options import UsageError

SUFFIXES = (
    ".txt", ".md", ".docx", ".doc", ".wps", ".pdf", ".html", ".htm", ".mhtml", ".mht", ".ofd", ".rtf", ".odt",
)  # fmt: skip
"""What is looked for in a folder. The kind of a file is told by its content; single files may have any name."""
DEFAULT_FOLDER = Path("reports_in")
DEFAULT_OUT = Path("audit_out")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u202a-\u202e\u2066-\u2069]+')


@dataclass(frozen=True, slots=True)
class Job:
    path: Path
    shown: str
    """Path relative to the folder that was asked for, with forward slashes; the bare name for single files."""
    stem: str
    """Name of the result files, without suffix."""


class NotWritten(OSError):
    """A result that could not be written; the message is one Chinese sentence."""


def collect(paths: Iterable[Path]) -> list[Job]:
    """All reports to audit, in order of path. Raises UsageError when there is nothing."""
    found: dict[Path, str] = {}
    for path in paths:
        if path.is_dir():
            inside = [p for p in sorted(path.rglob("*")) if p.is_file() and p.suffix.lower() in SUFFIXES]
            inside = [p for p in inside if not any(map(_is_aside, p.relative_to(path).parts))]
            if not inside:
                raise UsageError(f"文件夹“{path}”里没有报告（认得的后缀：{' '.join(SUFFIXES)}）")
            for item in inside:
                found.setdefault(item, readable(item.relative_to(path).as_posix()))
        elif path.exists():
            found.setdefault(path, readable(path.name))
        else:
            raise UsageError(f"找不到“{path}”，请检查路径")
    return list(_named(found))


def _is_aside(part: str) -> bool:
    """Hidden files, Word's lock files, what browsers save beside a page, and our own results."""
    return part.startswith((".", "~$")) or part.endswith(("_files", ".files")) or part == DEFAULT_OUT.name


def _named(found: dict[Path, str]) -> Iterator[Job]:
    """Result names: the report's stem; two of one name get a suffix from their path."""
    import hashlib

    stems: dict[str, int] = {}
    for path in found:
        stems[_safe(path.stem)] = stems.get(_safe(path.stem), 0) + 1
    for path, shown in found.items():
        stem = _safe(path.stem)
        if stems[stem] > 1:
            digest = hashlib.sha256(path.read_bytes() + shown.encode("utf-8", "replace")).hexdigest()[:8]
            stem = f"{stem}-{digest}"
        yield Job(path, shown, stem)


def _safe(stem: str) -> str:
    """A file name that stays inside the output folder whatever the report is called."""
    name = _UNSAFE.sub("_", stem).strip(" .") or "report"
    while len(os.fsencode(name)) > 180:
        name = name[:-1]
    return name


def readable(name: str) -> str:
    """A file name as text: under an ASCII locale the system hands over Chinese names as undecoded bytes."""
    return os.fsencode(name).decode("utf-8", "replace")


def write_atomic(path: Path, data: bytes) -> None:
    """Write a whole file or nothing. Raises NotWritten."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".audit-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise NotWritten(
            f"{path}：写不进去（{error.strerror or error}），请检查磁盘空间和文件夹权限"
        ) from error
