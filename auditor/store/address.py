"""Where an archive is: a file for SQLite, a server for PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from auditor.store.errors import Unusable

_FORMS = "写文件名（如 results.db）、sqlite:///results.db 或 postgresql://用户@主机/库名"


class Address(Struct, frozen=True):
    shown: str
    """For messages: without user and password."""
    path: Path | None
    """File of SQLite; null for PostgreSQL."""
    url: str = ""
    """Of PostgreSQL, as given."""


def parse(text: str) -> Address:
    """A bare path is a file of SQLite. Raises Unusable."""
    scheme, mark, rest = text.partition("://")
    if not mark:
        return _file(text)
    match scheme.lower():
        case "sqlite":
            # Three slashes: relative; four: absolute.
            if not rest.startswith("/") or "?" in rest:
                raise Unusable(f"--store 的地址“{text}”不对，请{_FORMS}")
            return _file(unquote(rest[1:]))
        case "postgresql" | "postgres":
            return Address(_shown(text), None, text)
    raise Unusable(f"--store 不认识“{scheme}://”，请{_FORMS}")


def _file(name: str) -> Address:
    if not name.strip() or "\0" in name:
        raise Unusable(f"--store 没有写结果库的地址，请{_FORMS}")
    return Address(name, Path(name))


def _shown(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "本机", f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise Unusable(f"--store 里 PostgreSQL 的地址写得不对，请{_FORMS}") from error
    return f"PostgreSQL {host}{port}{parts.path}"
