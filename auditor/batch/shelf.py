"""Where the result files of one report go: into one folder, whole, never over the report itself."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from auditor.batch.atomic import spare, write_atomic
from auditor.digests import sha256
from auditor.reasons import readable


class Written(Struct, frozen=True):
    """One result file of a report; SHA-256 in hex."""

    suffix: str
    sha256: str


class Shelf:
    """Stores the files of one report and remembers their digests."""

    def __init__(self, out: Path, stem: str, source: Path | None = None) -> None:
        self._out = out
        self._stem = stem
        self._source = source
        self.files: list[Written] = []

    def store(self, suffix: str, data: bytes) -> str:
        """Write one file; its path as told to the user. Raises NotWritten."""
        target = self.path(suffix)
        if self._source is not None:
            spare(self._source, target)
        write_atomic(target, data)
        self.files.append(Written(suffix, sha256(data).hexdigest()))
        return readable(str(target))

    def path(self, suffix: str) -> Path:
        return self._out / f"{self._stem}{suffix}"

    def holds(self, file: Written) -> bool:
        """True while the file is there unchanged."""
        try:
            data = self.path(file.suffix).read_bytes()
        except OSError:
            return False
        return sha256(data).hexdigest() == file.sha256
