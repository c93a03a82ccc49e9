"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


class NotWritten(OSError):
    """A result that could not be written; the message is one Chinese sentence."""


def spare(source: Path, target: Path) -> None:
    """Refuse to write a result over the report it is about. Raises NotWritten."""
    if target.exists() and target.samefile(source):
        raise NotWritten(f"{target}：这是送审的报告本身，结果不能覆盖它，请用 -o 换一个文件夹")


def write_atomic(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write a whole file or nothing; ``durable`` also waits for the disk. Raises NotWritten."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".audit-{os.getpid()}-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                if durable:
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


def sweep(folder: Path, pid: int) -> None:
    """Remove what a killed process left half-written in a folder."""
    with contextlib.suppress(OSError):
        for path in folder.glob(f".audit-{pid}-*"):
            path.unlink(missing_ok=True)
