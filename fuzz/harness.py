"""One target under atheris. Faults are stored, told once each, and the run goes on; ``run.py`` starts this."""

from __future__ import annotations

import hashlib
import shlex
import sys
import traceback
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]
with atheris.instrument_imports(include=["auditor"]):
    # Readers are imported when their kind turns up, too late to be instrumented.
    import targets

    import auditor.readers.docx
    import auditor.readers.html
    import auditor.readers.markdown
    import auditor.readers.mhtml
    import auditor.readers.ofd
    import auditor.readers.pdf_pages  # noqa: F401
import mutate  # noqa: E402


def _site(error: BaseException) -> str:
    """Where in the program the fault arose: the same place is told once."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if "/auditor/" in f.filename] or list(frames)
    last = own[-1]
    return f"{type(error).__name__} {Path(last.filename).name}:{last.lineno} {frames[-1].lineno}"


def main() -> None:
    name, findings, *words = sys.argv[1:]
    target, folder = targets.TARGETS[name], Path(findings)
    known: set[str] = set()

    def one(data: bytes) -> None:
        try:
            target(data)
        except MemoryError:
            raise
        except Exception as error:
            site = _site(error)
            if site in known:
                return
            known.add(site)
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / hashlib.sha256(data).hexdigest()[:12]
            path.write_bytes(data)
            print(f"FINDING {site} {path}\n{traceback.format_exc(limit=-6)}", file=sys.stderr, flush=True)

    tokens = mutate.TOKENS.get(name)

    def custom(data: bytes, size: int, seed: int) -> bytes:
        if tokens is None or seed % 5 == 0:
            return atheris.Mutate(data, size)
        return mutate.mutate(data, size, seed, tokens)

    # Merging starts this program again by a shell, by the first of these words.
    again = shlex.join([sys.executable, *sys.argv[:3]])
    atheris.Setup([again, *words], one, custom_mutator=custom)
    atheris.Fuzz()


main()
