"""Exit codes of the contract, and the ending of a report that cannot be judged."""

from enum import IntEnum


class Exit(IntEnum):
    PASSED = 0
    """Audited, gate passed or switched off."""
    FAILED = 1
    """Audited, gate not passed."""
    NOT_AUDITED = 2
    """Wrong usage, unreadable or unsuitable report, invalid rules, gate or waivers."""
    NOT_WRITTEN = 3
    """Audited, but a result could not be written, or an internal error."""
    INTERRUPTED = 130


class NotAudited(ValueError):
    """A report that cannot be judged; the message is one Chinese sentence: what, where, what to do."""


def worst(codes: list[Exit]) -> Exit:
    """Code of a batch: 3 before 2 before 1 before 0."""
    return max(codes, default=Exit.PASSED)
