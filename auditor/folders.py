"""Where the program keeps what it can make again: one private folder of the user."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

SWITCH = "AUDIT_CACHE"
"""Environment variable: another folder, or ``off``."""
NAME = "fazhi-auditor"


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
