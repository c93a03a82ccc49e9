"""What the engine's stages hand to each other."""

from __future__ import annotations

from msgspec import Struct

from auditor.model import Evidence, Nearest, Status

MAX_QUOTE = 200
"""Characters of original text that a quotation has at most."""


class Verdict(Struct, frozen=True):
    """Status of one element; ``nearest`` is filled for weak and missing ones."""

    status: Status
    reason: str | None
    evidence: tuple[Evidence, ...] = ()
    nearest: Nearest | None = None
