"""The child process: one reader, its data on standard input, its answer as JSON on standard output."""

from __future__ import annotations

import contextlib
import json
import sys
from dataclasses import asdict

from auditor.readers.extracted import Extracted, Refused
from auditor.readers.isolate import OUT_OF_MEMORY
from auditor.readers.limits import MEMORY, SECONDS


def main(words: list[str]) -> int:
    limit()
    reader, *rest = words
    data = sys.stdin.buffer.read()
    try:
        answer = asdict(_read(reader, data, rest))
    except Refused as error:
        answer = {"refused": str(error)}
    except (MemoryError, RecursionError):
        return OUT_OF_MEMORY
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))
    return 0


def limit() -> None:
    """Memory and processor time of this process; not on systems without such limits."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(reader: str, data: bytes, words: list[str]) -> Extracted:
    if reader == "pdf":
        from auditor.readers.pdf_pages import read_pages

        return read_pages(data)
    if reader == "html":
        from auditor.readers.html import read_here

        return read_here(data, words[0] if words else None)
    if reader == "mhtml":
        from auditor.readers.mhtml import read_here as read_archive

        return read_archive(data)
    raise ValueError(reader)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
