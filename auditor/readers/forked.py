"""A reader in a fork of this process, bounded like any other child."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from auditor.forks import Fork
from auditor.readers.limits import MEMORY, MIB, OUT_OF_MEMORY
from auditor.readers.worker import limit, load, reply

_OWN = 96 * MIB
"""What a new interpreter takes before it reads anything; a fork has that already."""
_MAX_ANSWER = 64 * MIB


def run(reader: str, data: bytes, words: Sequence[str], seconds: float) -> tuple[int, bytes]:
    """Exit code (negative: the signal that ended it) and answer of a fork. Raises Ended or CannotStart."""
    # The libraries are loaded here, once for all files; the data is looked at in the child alone.
    load(reader)
    memory = _address_space() + MEMORY - _OWN

    def read() -> tuple[int, bytes]:
        try:
            limit(memory)
            code, answer = reply(reader, data, words)
            return code, answer.encode("ascii")
        except MemoryError:
            return OUT_OF_MEMORY, b""

    with Fork(read) as fork:
        return fork.answer(seconds, _MAX_ANSWER)


def _address_space() -> int:
    """Bytes of address space this process takes."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
