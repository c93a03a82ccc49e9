"""Which reports are audited and where their results go."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from auditor.cli.options import DEFAULT_OUT, UsageError
from auditor.digests import sha256
from auditor.reasons import os_reason, readable
from auditor.regex import regex

SUFFIXES = (
    ".txt", ".md", ".docx", ".doc", ".wps", ".pdf", ".html", ".htm", ".mhtml", ".mht", ".ofd", ".rtf", ".odt",
)  # fmt: skip
"""What is looked for in a folder. The kind of a file is told by its content; single files may have any name."""
DEFAULT_FOLDER = Path("reports_in")
_SUMMARY = "summary"
"""Stem of a batch's own files."""
_UNSAFE = regex(
    r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]+'
)
_DEVICE = regex(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)", re.I)
"""Names that are devices on Windows, whatever follows the first dot."""


class Job(Struct, frozen=True):
    path: Path
    shown: str
    """Path relative to the folder that was asked for, with forward slashes; the bare name for single files."""
    stem: str
    """Name of the result files, without suffix."""


def collect(paths: Iterable[Path], out: Path | None = None) -> list[Job]:
    """All reports to audit, in order of path; results in ``out`` are none. Raises UsageError when there is nothing."""
    found: dict[Path, tuple[Path, str]] = {}
    for path in paths:
        if is_folder(path):
            for item in _inside(path, out):
                found.setdefault(_real(item), (item, readable(item.relative_to(path).as_posix())))
        elif _is_there(path):
            found.setdefault(_real(path), (path, readable(path.name)))
        else:
            raise UsageError(f"找不到“{path}”，请检查路径")
    return list(_named(list(found.values())))


def is_folder(path: Path) -> bool:
    """Also false for what may not be looked at."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _is_there(path: Path) -> bool:
    """Also true for what may not be looked at: reading it will tell why."""
    try:
        return path.exists()
    except OSError:
        return True


def _inside(folder: Path, out: Path | None) -> list[Path]:
    """Reports below a folder. Raises UsageError when there is none or results would lie among them."""
    aside = None if out is None else _real(out)
    if aside == _real(folder):
        raise UsageError(
            f"结果不能放在报告所在的文件夹“{folder}”里，不然下次会被当成报告，请用 -o 另给一个文件夹"
        )

    def refuse(error: OSError) -> None:
        name = readable(str(error.filename))
        raise UsageError(f"打不开文件夹“{name}”（{os_reason(error)}），请检查权限") from error

    files: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=refuse):
        here = Path(place)
        folders[:] = [name for name in folders if not _is_aside(name) and _real(here / name) != aside]
        files += [here / n for n in names if Path(n).suffix.lower() in SUFFIXES and not _is_aside(n)]
    files = sorted(path for path in files if path.is_file())
    if not files:
        raise UsageError(f"文件夹“{folder}”里没有报告（认得的后缀：{' '.join(SUFFIXES)}）")
    return files


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _is_aside(part: str) -> bool:
    """Hidden files, Word's lock files, what browsers save beside a page, and our own results."""
    return part.startswith((".", "~$")) or part.endswith(("_files", ".files")) or part == DEFAULT_OUT


def _named(found: list[tuple[Path, str]]) -> Iterator[Job]:
    """Result names: the report's stem; those that would meet get a digest of the path shown, else of the place."""
    stems = Counter(_folded(path) for path, _ in found)
    shown_as = Counter((_folded(path), shown) for path, shown in found)
    for path, shown in found:
        stem = _safe(path.stem)
        if stems[_folded(path)] > 1 or _is_taken(stem):
            # The digest of the name holds when the report is mended; reports of one name from two folders need more.
            alone = shown_as[_folded(path), shown] == 1
            told = shown if alone else readable(path.as_posix())
            digest = sha256(told.encode("utf-8", "replace")).hexdigest()[:8]
            stem = f"{stem}-{digest}"
        yield Job(path, shown, stem)


def _folded(path: Path) -> str:
    """The same for names that meet on a disk that does not tell case."""
    return _safe(path.stem).casefold()


def _is_taken(stem: str) -> bool:
    """Names that would meet the batch's own files, or another format's file of another report."""
    return stem.casefold() == _SUMMARY or stem.casefold().endswith((".letter", ".junit", ".github", ".full"))


def _safe(stem: str) -> str:
    """A file name that stays inside the output folder whatever the report is called."""
    name = _UNSAFE.sub("_", stem).strip(" .") or "report"
    while len(os.fsencode(name)) > 180:
        name = name[:-1]
    return f"_{name}" if _DEVICE.match(name) else name
