"""Results kept between runs in a hidden folder of the output folder.

Two kinds of record, both named by digests and written atomically: a verdict (the whole result, compressed, whatever
formats were asked for) and a receipt (what was written for one choice of formats, with the digest of every file, so
that a file changed or lost since is made again). A damaged record counts as none.
"""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from auditor.batch.atomic import NotWritten, write_atomic
from auditor.batch.plan import CACHE_FOLDER, Plan, Task
from auditor.batch.shelf import Shelf, Written
from auditor.model import Result
from auditor.render.summary import Entry, Frame

T = TypeVar("T")
MAX_BYTES = 256 * 1024 * 1024
"""Of a record, unpacked."""


class Verdict(Struct, frozen=True):
    result: Result
    remarks: tuple[str, ...]


class Receipt(Struct, frozen=True):
    """All that is needed of a report whose results are there."""

    entry: Entry
    frame: Frame
    files: tuple[Written, ...]
    remarks: tuple[str, ...]


class Cache:
    """Records of one output folder; without ``plan.cache`` nothing is found and nothing kept."""

    def __init__(self, plan: Plan) -> None:
        self._on = plan.cache
        self._out = plan.out
        self._folder = plan.out / CACHE_FOLDER
        self._terms = plan.terms_digest
        self._paper = "\0".join((plan.paper_digest, *plan.formats))

    def key(self, task: Task, sha256: str) -> str:
        """Of the verdict on report bytes of this digest under the name it is shown by."""
        return _hash(self._terms, sha256, task.shown)

    def receipt(self, task: Task, key: str) -> Receipt | None:
        """What was written, provided all of it is still there unchanged."""
        receipt = self._load(self._receipt_path(task, key), Receipt)
        if receipt is None or not all(map(Shelf(self._out, task.stem).holds, receipt.files)):
            return None
        return receipt

    def verdict(self, key: str) -> Verdict | None:
        return self._load(self._path(key, "verdict"), Verdict)

    def keep_verdict(self, key: str, verdict: Verdict) -> None:
        self._keep(self._path(key, "verdict"), verdict)

    def keep_receipt(self, task: Task, key: str, receipt: Receipt) -> None:
        self._keep(self._receipt_path(task, key), receipt)

    def _receipt_path(self, task: Task, key: str) -> Path:
        return self._path(
            _hash(key, self._paper, task.stem, task.place or "", str(task.place is None)), "receipt"
        )

    def _path(self, key: str, kind: str) -> Path:
        # Many files in one folder are slow on some disks.
        return self._folder / key[:2] / f"{key[2:]}.{kind}"

    def _load(self, path: Path, kind: type[T]) -> T | None:
        if not self._on:
            return None
        try:
            return msgspec.msgpack.decode(
                zlib.decompressobj().decompress(path.read_bytes(), MAX_BYTES), type=kind
            )
        except (OSError, zlib.error, msgspec.DecodeError, UnicodeDecodeError):
            return None

    def _keep(self, path: Path, record: object) -> None:
        if not self._on:
            return
        try:
            write_atomic(path, zlib.compress(msgspec.msgpack.encode(record), 3), durable=False)
        except NotWritten:
            # The results stand; only the next run has to do this report again.
            return


def _hash(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogateescape")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()
