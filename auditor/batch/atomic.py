"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

from auditor.folders import fresh
from auditor.reasons import os_reason

_MASK = os.umask(0o077)
os.umask(_MASK)
_MODE = 0o666 & ~_MASK
"""Of finished files: what the user's mask allows; a temporary file is private."""
_STALE = 600.0
"""Seconds after which a temporary file is nobody's any more: writing one takes a moment."""


class NotWritten(OSError):
    """A result that could not be written; the message is one Chinese sentence."""


def spare(source: Path, target: Path) -> None:
    """Refuse to write a result over the report it is about. Raises NotWritten."""
    try:
        same = target.samefile(source)
    except OSError:
        # Nothing there, or not to be looked at: writing will tell.
        return
    if same:
        raise NotWritten(f"{target}：这是送审的报告本身，结果不能覆盖它，请用 -o 换一个文件夹")


def write_atomic(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write a whole file or nothing; ``durable`` also waits for the disk. Raises NotWritten."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        made, out = fresh(path.parent, f".audit-{os.getpid()}-")
        try:
            with out:
                out.write(data)
                if durable:
                    out.flush()
                    os.fsync(out.fileno())
            made.chmod(_MODE)
            made.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                made.unlink()
            raise
    except OSError as error:
        raise NotWritten(f"{path}：写不进去（{os_reason(error)}），请检查磁盘空间和文件夹权限") from error


def sweep_stale(folder: Path) -> None:
    """Remove what runs that were killed long ago left half-written in a folder."""
    with contextlib.suppress(OSError):
        for path in folder.glob(".audit-*-*"):
            # Age, not process numbers: another machine may be writing into the same folder.
            with contextlib.suppress(OSError):
                if path.is_file() and time.time() - path.stat().st_mtime > _STALE:
                    path.unlink()


def sweep(folder: Path, pid: int) -> None:
    """Remove what a killed process left half-written in a folder."""
    with contextlib.suppress(OSError):
        for path in folder.glob(f".audit-{pid}-*"):
            path.unlink(missing_ok=True)
