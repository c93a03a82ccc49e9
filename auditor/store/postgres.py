"""An archive on a PostgreSQL server; people and machines may share it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from auditor.store.database import Row
from auditor.store.errors import StoreError, Unusable

SECONDS = 10
"""How long to wait for the server to answer."""
_LOCK = 0x66617A6869
"""Of those who change the tables; any number that other programs are unlikely to take."""


class Postgres:
    blob = "BYTEA"
    number = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    others = True

    def __init__(self, url: str, shown: str) -> None:
        """Connect. Raises StoreError; Unusable without the library."""
        self.shown = shown
        try:
            import psycopg
        except ImportError as error:
            raise Unusable(
                "用 PostgreSQL 存结果要用 psycopg，请先安装：pip install 'fazhi-auditor[store]'"
            ) from error
        self._library = psycopg
        self._secrets = _secrets(url)
        with self._said():
            self._connection: Any = psycopg.connect(
                url,
                autocommit=True,
                connect_timeout=SECONDS,
                client_encoding="utf8",
                application_name="audit",
                # Poolers between here and the server do not know prepared statements.
                prepare_threshold=None,
            )
        self.run("SET lock_timeout = '30s'")

    def run(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        with self._said():
            cursor = self._connection.execute(statement.replace("?", "%s"), values or None)
            return cursor.fetchall() if cursor.description else []

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        with self._said(), self._connection.transaction():
            yield

    def lock_schema(self) -> None:
        self.run("SELECT pg_advisory_xact_lock(?)", (_LOCK,))

    def tables(self) -> set[str]:
        rows = self.run("SELECT tablename FROM pg_tables WHERE schemaname = ANY (current_schemas(false))")
        return {name for (name,) in rows}

    def close(self) -> None:
        with contextlib.suppress(self._library.Error):
            self._connection.close()

    @contextlib.contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except self._library.Error as error:
            raise StoreError(self._told(error)) from error

    def _told(self, error: Any) -> str:
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        for secret in self._secrets:
            first = first.replace(secret, "***")
        connected = hasattr(self, "_connection")
        match (error.sqlstate or "")[:2]:
            case "42" if error.sqlstate == "42501":
                return f"结果库 {self.shown} 没有权限（{first}），请让数据库管理员授权"
            case "53":
                return f"结果库 {self.shown} 的服务器资源不够（{first}），请让数据库管理员处理"
            case "55":
                return f"结果库 {self.shown} 一直被别的程序占用，请稍后再试"
            case _ if not connected:
                return f"连不上结果库 {self.shown}（{first}），请检查地址、用户、口令和服务器"
            case _ if self._connection.closed:
                return f"与结果库 {self.shown} 的联系断了（{first}），请检查服务器"
        return f"结果库 {self.shown} 出错（{first}），请让数据库管理员查看"


def _secrets(url: str) -> set[str]:
    """Passwords in the address, which must not reach a message."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return {url}
    found = {parts.password or "", *parse_qs(parts.query).get("password", [])}
    return {word for secret in found if secret for word in (secret, unquote(secret))}
