"""Running the release scripts."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "scripts"


def run(
    *words: object, env: Mapping[str, str] | None = None, cwd: Path | None = None, timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """A command to its end; ``env`` replaces the whole environment."""
    return subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, encoding="utf-8", cwd=cwd,
        env=dict(os.environ if env is None else env), timeout=timeout, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def checksums(folder: Path) -> None:
    """Write SHA256SUMS for everything in a folder, as the bundle has it."""
    names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    done = run("sha256sum", *(name for name in names if name != "SHA256SUMS"), cwd=folder)
    (folder / "SHA256SUMS").write_text(done.stdout, encoding="utf-8")
