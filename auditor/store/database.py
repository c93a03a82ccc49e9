"""What the archive needs of a database, so that one set of statements serves both kinds."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Row = tuple[Any, ...]


class Database(Protocol):
    """An open connection. Statements are written with ``?`` for values; every method raises StoreError."""

    shown: str
    """How the archive is called in messages."""
    blob: str
    """Column type for bytes."""
    number: str
    """Column type of a key that counts up by itself."""
    others: bool
    """Other programs may have tables in this database."""

    def run(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """All rows of one statement; none for statements that return nothing."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing, with the right to write from the start."""
        ...

    def lock_schema(self) -> None:
        """Inside a transaction: wait until nobody else changes the tables."""
        ...

    def tables(self) -> set[str]:
        """Names of the tables that are found without naming a schema."""
        ...

    def close(self) -> None: ...
