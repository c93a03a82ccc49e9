"""Where the program keeps what it can make again: one private folder of the user.

A kept file is used only when nobody else can have written it and its content is whole (CRC-32 in front); anything
else counts as none. What is kept is plain data: a forged file can mislead only the user who could forge it.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import stat
import struct
import sys
import zlib
from pathlib import Path
from typing import BinaryIO

SWITCH = "AUDIT_CACHE"
"""Environment variable: another folder, or ``off``."""
NAME = "fazhi-auditor"
_SUM = struct.Struct("<I")
_MAPPED: dict[str, int] = (
    {"flags": mmap.MAP_PRIVATE | mmap.MAP_POPULATE, "prot": mmap.PROT_READ}
    if sys.platform == "linux"
    else {"access": mmap.ACCESS_READ}
)
"""How a kept file is mapped: whole and at once where the system can."""


def cache_folder() -> Path | None:
    """The user's cache folder, made when needed; None when switched off, not possible or not private."""
    wish = os.environ.get(SWITCH, "")
    if wish == "off":
        return None
    try:
        folder = Path(wish) if wish else _usual()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return folder if private(folder) else None


def kept(name: str, limit: int) -> memoryview | None:
    """Content kept under a name, at most ``limit`` bytes; None when there is none or it is not to be trusted."""
    folder = cache_folder()
    if folder is None:
        return None
    place = folder / name
    try:
        if place.stat().st_size > limit + _SUM.size or not private(place):
            return None
        whole = mapped(place)
        (total,) = _SUM.unpack_from(whole)
    except (OSError, ValueError, struct.error):
        return None
    content = whole[_SUM.size :]
    return content if zlib.crc32(content) == total else None


def mapped(path: Path) -> memoryview:
    """Content of a file that is only ever replaced and never written into, not copied: megabytes take a while.

    Raises OSError, and ValueError where the file is empty.
    """
    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, **_MAPPED))


def has(name: str) -> bool:
    """Whether something is kept under a name, to be trusted or not."""
    folder = cache_folder()
    try:
        return folder is not None and (folder / name).is_file()
    except OSError:
        return False


def keep(name: str, content: bytes, most: int) -> None:
    """Keep content under a name, as ``put`` does; what cannot be kept is made again by the next run."""
    folder = cache_folder()
    if folder is not None:
        with contextlib.suppress(OSError):
            put(folder, name, _SUM.pack(zlib.crc32(content)) + content, most)


def put(folder: Path, name: str, data: bytes, most: int) -> Path:
    """Write a file whole or not at all; of names with the same prefix (up to “-”) the newest ``most`` stay.

    Raises OSError.
    """
    made, out = fresh(folder, ".new-")
    try:
        with out:
            out.write(data)
        made.replace(folder / name)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
    alike = folder.glob(name.partition("-")[0] + "-*")
    # Another run may remove a file first.
    with contextlib.suppress(OSError):
        for old in sorted(alike, key=lambda path: path.stat().st_mtime_ns)[:-most]:
            old.unlink(missing_ok=True)
    return folder / name


def fresh(folder: Path, prefix: str) -> tuple[Path, BinaryIO]:
    """A new private file under a name nobody has, to be written and then given its own. Raises OSError.

    What ``tempfile`` does for many cases at ten times the cost: a run over one report makes one such file.
    """
    path = folder / f"{prefix}{os.urandom(8).hex()}"
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return path, os.fdopen(os.open(path, flags, 0o600), "wb")


def private(path: Path) -> bool:
    """True when nobody but this user (or the administrator) can write there."""
    if os.name != "posix":
        return True
    try:
        found = path.stat()
    except OSError:
        return False
    return found.st_uid in (os.getuid(), 0) and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _usual() -> Path:
    """The platform's place for caches. Raises RuntimeError when there is no home folder."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / NAME
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / NAME
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if base.startswith("/") else Path.home() / ".cache") / NAME
