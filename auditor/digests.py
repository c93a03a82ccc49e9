"""SHA-256 for a program that ends in a moment: loading OpenSSL takes longer than all the digests of one report."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Protocol, cast

_LARGE = 1024 * 1024
"""Bytes from which OpenSSL, several times as fast, has saved more than its loading took."""
_OWN = ("_sha2", "_sha256")
"""CPython's own module, from 3.12 on and before; ``random`` reaches for its sister in the same way."""


class Digest(Protocol):
    """A hash object as ``hashlib`` makes it."""

    def update(self, data: bytes | memoryview, /) -> None: ...

    def digest(self) -> bytes: ...

    def hexdigest(self) -> str: ...


def sha256(data: bytes | memoryview = b"") -> Digest:
    """``hashlib.sha256``, by CPython's own code as long as nothing else needs OpenSSL."""
    if len(data) < _LARGE and "_hashlib" not in sys.modules:
        for name in _OWN:
            try:
                return cast(Digest, import_module(name).sha256(data))
            except ImportError:
                continue
    import hashlib

    return hashlib.sha256(data)
