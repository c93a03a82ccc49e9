"""A child process that starts at once: a fork of this one, cut off from its files and bounded like any other.

Only on Linux and only while this process has one thread: a fork copies no other threads, but the locks they hold.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import select
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from auditor.readers.limits import MEMORY, MIB, OUT_OF_MEMORY
from auditor.readers.worker import CannotStart, Ended, limit, load, reply

_OWN = 96 * MIB
"""What a new interpreter takes before it reads anything; a fork has that already."""
_MAX_ANSWER = 64 * MIB
_CHUNK = 1 << 16
_PAUSE = 0.002
_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG: the child ends with its parent."""


def possible() -> bool:
    """Whether a fork is safe here and now."""
    if sys.platform != "linux":
        return False
    try:
        # Threads of libraries count as well, and those the interpreter does not know.
        return sum(1 for _ in Path("/proc/self/task").iterdir()) == 1
    except OSError:
        return False


def run(reader: str, data: bytes, words: Sequence[str], seconds: float) -> tuple[int, bytes]:
    """Exit code (negative: the signal that ended it) and answer of a fork. Raises Ended or CannotStart."""
    # The libraries are loaded here, once for all files; the data is looked at in the child alone.
    load(reader)
    memory = _address_space() + MEMORY - _OWN
    end = time.monotonic() + seconds
    try:
        source, sink = os.pipe()
    except OSError as error:
        raise CannotStart from error
    try:
        child = os.fork()
    except OSError as error:
        os.close(source)
        os.close(sink)
        raise CannotStart from error
    if child == 0:
        _read_and_exit(reader, data, words, sink, memory)
    os.close(sink)
    code: int | None = None
    try:
        answer = _collect(source, end)
        code = _code(child, end)
    finally:
        os.close(source)
        if code is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    return code, answer


def _read_and_exit(reader: str, data: bytes, words: Sequence[str], sink: int, memory: int) -> None:
    """The child's whole life. Never returns, whatever happens: nothing of the parent's may go on in it."""
    code = 1
    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
        sink = _alone(sink)
        limit(memory)
        gc.freeze()
        code, answer = reply(reader, data, words)
        _write(sink, answer.encode("ascii"))
    except MemoryError:
        code = OUT_OF_MEMORY
    finally:
        os._exit(code)


def _alone(sink: int) -> int:
    """Keep one descriptor, now number 3, and let everything else go; the standard streams lead nowhere."""
    import fcntl

    nowhere = os.open(os.devnull, os.O_RDWR)
    kept = fcntl.fcntl(sink, fcntl.F_DUPFD, 3)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.dup2(kept, 3)
    os.closerange(4, os.sysconf("SC_OPEN_MAX"))
    return 3


def _write(sink: int, answer: bytes) -> None:
    rest = memoryview(answer)
    while rest:
        rest = rest[os.write(sink, rest) :]


def _collect(source: int, end: float) -> bytes:
    """All that the child says. Raises Ended."""
    parts: list[bytes] = []
    size = 0
    poll = select.poll()
    poll.register(source, select.POLLIN)
    while True:
        left = end - time.monotonic()
        if left <= 0 or size > _MAX_ANSWER:
            raise Ended
        if poll.poll(1000 * left):
            part = os.read(source, _CHUNK)
            if not part:
                return b"".join(parts)
            parts.append(part)
            size += len(part)


def _code(child: int, end: float) -> int:
    """Exit code of a child that has said everything and is about to end. Raises Ended."""
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > end:
            raise Ended
        time.sleep(_PAUSE)


def _address_space() -> int:
    """Bytes of address space this process takes."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
