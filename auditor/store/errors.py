"""What can go wrong with the archive; every message is one Chinese sentence."""

from __future__ import annotations


class StoreError(Exception):
    """The archive cannot be opened, read or written."""


class Unusable(StoreError):
    """A wrong address or a library that is not installed: nothing was tried."""
