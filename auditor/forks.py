"""Work in a fork of this process: it starts at once, with everything that is loaded, and only its answer comes back.

Only on Linux and only while this process has one thread: a fork copies no other threads, but the locks they hold.
"""

from __future__ import annotations

import contextlib
import gc
import math
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from typing import Self

_CHUNK = 1 << 16
_PAUSE = 0.002
_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG: the child ends with its parent."""


class Ended(Exception):
    """The child ran longer than it may, or said more than it may."""


class CannotStart(Exception):
    """The system gave no process."""


def possible() -> bool:
    """Whether a fork is safe here and now."""
    if sys.platform != "linux":
        return False
    try:
        # Threads of libraries count as well, and those the interpreter does not know.
        return len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208
    except OSError:
        return False


class Fork:
    """A child that runs ``work`` and gives its exit code and answer; as a context it does not outlive the block.

    Raises CannotStart.
    """

    def __init__(self, work: Callable[[], tuple[int, bytes]]) -> None:
        self._over = False
        parent = os.getpid()
        try:
            self._source, sink = os.pipe()
        except OSError as error:
            raise CannotStart from error
        try:
            self._child = os.fork()
        except OSError as error:
            os.close(self._source)
            os.close(sink)
            raise CannotStart from error
        if self._child == 0:
            _work_and_exit(work, sink, parent)
        os.close(sink)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._source)
        if not self._over:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)

    def answer(self, seconds: float = math.inf, most: float = math.inf) -> tuple[int, bytes]:
        """Exit code (negative: the signal that ended it) and all that the child says, at most ``most`` bytes.

        Raises Ended where that takes more than ``seconds``.
        """
        end = time.monotonic() + seconds
        said = self._said(end, most)
        return self._code(end), said

    def _said(self, end: float, most: float) -> bytes:
        parts: list[bytes] = []
        size = 0
        poll = select.poll()
        poll.register(self._source, select.POLLIN)
        while True:
            left = end - time.monotonic()
            if left <= 0 or size > most:
                raise Ended
            if poll.poll(None if left == math.inf else 1000 * left):
                part = os.read(self._source, _CHUNK)
                if not part:
                    return b"".join(parts)
                parts.append(part)
                size += len(part)

    def _code(self, end: float) -> int:
        """Exit code of a child that has said everything and is about to end."""
        while True:
            ended, status = os.waitpid(self._child, os.WNOHANG)
            if ended:
                self._over = True
                return os.waitstatus_to_exitcode(status)
            if time.monotonic() > end:
                raise Ended
            time.sleep(_PAUSE)


def _work_and_exit(work: Callable[[], tuple[int, bytes]], sink: int, parent: int) -> None:
    """The child's whole life. Never returns, whatever happens: nothing of the parent's may go on in it."""
    code = 1
    try:
        # Imported here: it takes a moment, and the parent has other things to do.
        import ctypes

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() == parent:
            sink = _alone(sink)
            gc.freeze()
            code, answer = work()
            _write(sink, answer)
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
