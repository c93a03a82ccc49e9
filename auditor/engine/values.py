"""What the engine's stages hand to each other."""

from __future__ import annotations

from msgspec import Struct

from auditor.model import Evidence, Nearest, Role, Status

ACHIEVED = frozenset({Role.PREFACE, Role.ACHIEVEMENTS, Role.CLOSING})
"""Parts of a report that tell what was done."""
OPEN = frozenset({Role.PROBLEMS, Role.PLAN})
"""Parts that tell what is still to be done."""
MAX_QUOTE = 200
"""Characters of original text that a quotation has at most."""


class Verdict(Struct, frozen=True):
    """Status of one element; ``nearest`` is filled for weak and missing ones."""

    status: Status
    reason: str | None
    evidence: tuple[Evidence, ...] = ()
    nearest: Nearest | None = None
