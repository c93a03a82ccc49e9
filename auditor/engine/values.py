"""What the engine's stages hand to each other."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model import Evidence, Nearest, Status


@dataclass(frozen=True, slots=True)
class Verdict:
    """Status of one element; ``nearest`` is filled for weak and missing ones."""

    status: Status
    reason: str | None
    evidence: tuple[Evidence, ...] = ()
    nearest: Nearest | None = None
