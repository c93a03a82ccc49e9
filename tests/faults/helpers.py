"""The installed command under bad conditions, and what must hold whatever happened."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
AUDIT = Path(sys.executable).parent / "audit"
GOOD = next(ROOT.glob("reports_in/清渠县*.txt"))
TOWN = "云溪县白亭镇人民政府2024年法治政府建设年度报告\n\n　　全年开展普法宣传{}场次。\n\n云溪县白亭镇人民政府\n2025年1月20日\n"
"""A report that is judged in no time."""
NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")


def town(path: Path, number: int = 3) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TOWN.format(number), encoding="utf-8")
    return path


def command(*words: object) -> list[str]:
    return [str(AUDIT), *map(str, words)]


def environment(env: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """The usual environment with changes; None takes a variable away."""
    full: dict[str, str | None] = {**os.environ, "COLUMNS": "100", **(env or {})}
    return {key: value for key, value in full.items() if value is not None}


def run(
    *words: object,
    cwd: Path | None = None,
    env: Mapping[str, str | None] | None = None,
    before: tuple[str, ...] = (),
    timeout: float = 120,
) -> subprocess.CompletedProcess[str]:
    """The installed command, ``before`` it another that starts it."""
    return subprocess.run(
        [*before, *command(*words)], capture_output=True, text=True, encoding="utf-8", cwd=cwd,
        env=environment(env), timeout=timeout, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def shell(
    script: str, *words: object, cwd: Path | None = None, timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """A line of bash in which ``"$@"`` is the command."""
    return subprocess.run(
        ["bash", "-c", script, "bash", *command(*words)], capture_output=True, text=True, encoding="utf-8", cwd=cwd,
        env=environment(), timeout=timeout, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def told(done: subprocess.CompletedProcess[str], code: int, *words: str, lines: int = 1) -> None:
    """The code, and so many lines of Chinese on standard error with these words; no trace of the program's inside."""
    said = done.stderr.strip().splitlines()
    assert done.returncode == code, (done.returncode, done.stderr)
    assert len(said) == lines, done.stderr
    for line in said:
        assert any("一" <= char <= "鿿" for char in line), line
    for word in ("Traceback", "内部错误", "Errno", "Error"):
        assert word not in done.stderr, done.stderr
    for word in words:
        assert word in done.stderr, (word, done.stderr)


def results(folder: Path) -> dict[str, bytes]:
    """Visible files of an output folder."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and not p.name.startswith(".")}


def leftovers(folder: Path) -> list[str]:
    """Temporary files that nobody removed."""
    return sorted(p.name for p in folder.rglob(".audit-*") if p.is_file())


def as_nobody() -> tuple[str, ...]:
    """What runs a command as an unprivileged user; nothing where the tests run as one. Skips where that cannot be."""
    if os.name != "posix":
        pytest.skip("权限测试只在类 Unix 系统上")
    if os.getuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("以 root 运行又没有 setpriv，无法换成普通用户")
    probe = subprocess.run(
        [*NOBODY, *command("--version")], capture_output=True, env=environment({"HOME": "/nonexistent"})
    )
    if probe.returncode:
        pytest.skip("普通用户读不到程序所在的文件夹")
    return NOBODY


@contextmanager
def open_folder() -> Iterator[Path]:
    """A temporary folder that every user may enter; those of pytest are private, and made so again at any time."""
    with tempfile.TemporaryDirectory(prefix="audit-faults-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def starts_workers(before: tuple[str, ...]) -> bool:
    """Whether that user may start the interpreter again, as a batch does; not where it lies in a private folder."""
    script = "import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', '']).returncode)"
    return subprocess.run([*before, sys.executable, "-c", script], capture_output=True).returncode == 0


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A file system of its own. Skips where it cannot be mounted."""
    if os.name != "posix" or os.getuid() != 0:
        pytest.skip("要 root 才能挂载小磁盘")
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("这里不能挂载小磁盘")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=False)
