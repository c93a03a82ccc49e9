"""A PostgreSQL server of its own for a test: an unprivileged user, a folder that is removed, a port nobody uses."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PASSWORD = "geheim-!%41"


@dataclass(frozen=True)
class Server:
    folder: Path
    port: int
    binaries: Path
    user: str | None
    """The user to run as when the test runs as root, which PostgreSQL refuses."""

    def command(self, name: str, *words: str) -> None:
        options: dict[str, Any] = {}
        if self.user is not None:
            owner = pwd.getpwnam(self.user)
            options = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        subprocess.run(
            [str(self.binaries / name), *words], check=True, cwd=self.folder, timeout=60,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options,
        )  # fmt: skip

    def start(self) -> None:
        settings = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        data, log = str(self.folder / "data"), str(self.folder / "log")
        self.command("pg_ctl", "-D", data, "-l", log, "-w", "-o", settings, "start")

    def stop(self) -> None:
        self.command("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")

    def url(self, user: str = "audit", password: str = PASSWORD, database: str = "postgres") -> str:
        from urllib.parse import quote

        return f"postgresql://{user}:{quote(password, safe='')}@127.0.0.1:{self.port}/{database}"

    def run(self, statement: str) -> list[tuple[Any, ...]]:
        import psycopg

        with psycopg.connect(self.url(), autocommit=True) as connection:
            cursor = connection.execute(statement)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []


@contextlib.contextmanager
def server() -> Iterator[Server]:
    """A running server; skips the test where there is none to run."""
    pytest.importorskip("psycopg", reason="没有装 psycopg：pip install 'fazhi-auditor[store]'")
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="audit-pg-"))
    try:
        user = _user(folder)
        made = Server(folder, _free_port(), binaries, user)
        secret = folder / "secret"
        secret.write_text(PASSWORD + "\n")
        secret.chmod(0o644)
        made.command(
            "initdb", "-D", str(folder / "data"), "-U", "audit", "-E", "UTF8", "--locale=C", "--no-sync",
            "--auth=scram-sha-256", f"--pwfile={secret}",
        )  # fmt: skip
        made.start()
        try:
            yield made
        finally:
            with contextlib.suppress(subprocess.CalledProcessError):
                made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    found = shutil.which("initdb")
    if found is None:
        places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        if not places:
            pytest.skip("没有装 PostgreSQL：apt-get install postgresql")
        found = str(places[-1])
    return Path(found).resolve().parent


def _user(folder: Path) -> str | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            shutil.chown(folder, pwd.getpwnam(name).pw_uid)
            return name
    pytest.skip("没有可以用来运行 PostgreSQL 的普通账号")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
