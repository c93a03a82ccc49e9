"""Standard input, output and error as the program needs them: always there, in UTF-8, and harmless to a terminal.

What reaches a terminal may quote a report, a file name or a rule book. Control and direction characters in it are
shown as marks, whoever printed them; only our own colours and the redrawing of the progress bar pass.
"""

from __future__ import annotations

import errno
import io
import os
import sys

from auditor.reasons import os_reason
from auditor.regex import regex

_HARMFUL = regex(
    r"(\x1b\[[0-9;]{0,12}m|\r\x1b\[K)"
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_GONE = (errno.EPIPE, errno.EBADF)


class Unheard(BaseException):
    """Standard output takes no more. No Exception: no handler of faults may take it for one of its own."""

    def __init__(self, error: OSError) -> None:
        super().__init__(os_reason(error))
        self.broken = error.errno == errno.EPIPE
        """The reader went away, as ``head`` does: nothing to complain about."""
        self.gone = error.errno in _GONE
        """Nobody was to read it, or nobody does any more."""


class _Stream(io.TextIOWrapper):
    def __init__(self, descriptor: int, before: io.TextIOWrapper | None) -> None:
        # On some systems the buffer of a terminal is of a special kind: take over what is there.
        buffer = before.buffer if before else io.BufferedWriter(io.FileIO(descriptor, "w", closefd=False))
        at_once = descriptor == 2 or buffer.isatty()
        super().__init__(buffer, "utf-8", "backslashreplace", "\n", line_buffering=at_once)

    def write(self, text: str) -> int:
        super().write(tame(text))
        return len(text)


class _Output(_Stream):
    def write(self, text: str) -> int:
        try:
            return super().write(text)
        except OSError as error:
            raise Unheard(error) from error

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as error:
            raise Unheard(error) from error


class _Errors(_Stream):
    """What cannot be said is dropped: an audit does not fail because nobody hears its remarks."""

    def write(self, text: str) -> int:
        try:
            return super().write(text)
        except OSError:
            return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except OSError:
            return


def tame(text: str) -> str:
    """Text that cannot move a cursor, hide or reorder anything; line breaks, tabs and our colours stay."""
    return _HARMFUL.sub(lambda found: found.group(1) or f"〔U+{ord(found.group()):04X}〕", text)


def note(text: str) -> None:
    """A remark or fault on standard error, one line of plain text: nothing in it is a colour of ours."""
    print(plain(text), file=sys.stderr)


def plain(text: str) -> str:
    """The text of a remark on one line."""
    return tame(text.replace("\x1b", "〔U+001B〕").replace("\n", " "))


def set_up() -> None:
    """Make the three streams fit for use, also where the caller closed them."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            _occupy(descriptor)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout, sys.stderr = _Output(1, _before(sys.stdout)), _Errors(2, _before(sys.stderr))


def _before(stream: object) -> io.TextIOWrapper | None:
    return stream if isinstance(stream, io.TextIOWrapper) else None


def _occupy(descriptor: int) -> None:
    """No report or result may be opened under the number of a standard stream. Writing to a closed one fails."""
    spare = os.open(os.devnull, os.O_WRONLY if descriptor == 2 else os.O_RDONLY)
    os.dup2(spare, descriptor, inheritable=True)
    if spare != descriptor:
        os.close(spare)


def put(data: bytes) -> None:
    """Bytes to standard output, all of them or Unheard."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        raise Unheard(error) from error


def speak(text: str) -> bool:
    """Text beside results that stand in files; False where it could not be stored, with a word about it.

    That nobody listens (``audit … | head -1``, ``audit … >&-``) is no fault.
    """
    try:
        print(text, end="", flush=True)
    except Unheard as error:
        silence()
        if not error.gone:
            print(f"结果没有写成：标准输出写不进去（{error}），结果文件不受影响", file=sys.stderr)
        return error.gone
    return True


def silence() -> None:
    """Whatever is still to come on standard output goes nowhere, so that the end of the program is quiet."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
