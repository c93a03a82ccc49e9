"""The child process: one reader, a line of words and the data on standard input, the answer as JSON on standard output."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Sequence
from importlib import import_module

from msgspec import to_builtins

from auditor.forks import CannotStart, Ended
from auditor.readers.extracted import Refused
from auditor.readers.limits import MEMORY, OUT_OF_MEMORY, SECONDS

_READERS = {
    "pdf": ("auditor.readers.pdf_pages", "read_pages"),
    "paper": ("auditor.readers.paper", "read_paper"),
    "html": ("auditor.readers.html", "read_here"),
    "mhtml": ("auditor.readers.mhtml", "read_here"),
}


def main(words: list[str]) -> int:
    limit()
    first, _, data = sys.stdin.buffer.read().partition(b"\n")
    code, answer = reply(words[0], data, json.loads(first))
    sys.stdout.write(answer)
    return code


def limit(memory: int = MEMORY) -> None:
    """Memory (bytes of address space) and processor time of this process; not on systems without such limits."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            hard = resource.getrlimit(kind)[1]
            # A limit the system has set already may be lower, and cannot be raised.
            value = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (value, value))


def load(reader: str) -> None:
    """Import a reader and its libraries."""
    import_module(_READERS[reader][0])


def reply(reader: str, data: bytes, words: Sequence[str]) -> tuple[int, str]:
    """Exit code, and the answer as ASCII JSON."""
    module, function = _READERS[reader]
    try:
        found = getattr(import_module(module), function)(data, *words)
        return 0, json.dumps(to_builtins(found), ensure_ascii=True)
    except Refused as error:
        return 0, json.dumps({"refused": str(error)})
    except (MemoryError, RecursionError):
        return OUT_OF_MEMORY, ""


def run_new(reader: str, data: bytes, words: Sequence[str], seconds: float) -> tuple[int, bytes]:
    """Exit code and answer of a new interpreter. Raises Ended or CannotStart."""
    import os
    import subprocess
    from pathlib import Path

    import auditor

    root = str(Path(auditor.__file__).resolve().parent.parent)
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH")))),
        "PYTHONIOENCODING": "utf-8",
    }
    # -P: a folder named auditor where the user happens to stand is not imported.
    command = [sys.executable, "-P", "-m", "auditor.readers.worker", reader]
    # Words go in with the data: what a file says may not be fit for a command line.
    given = json.dumps(list(words)).encode() + b"\n" + data
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, timeout=seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Ended from error
    except OSError as error:
        raise CannotStart from error
    return done.returncode, done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
