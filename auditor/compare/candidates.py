"""Which reports may share passages: MinHash signatures of their blocks, put into the buckets of an LSH index.

The library (datasketch) is imported on first use; it comes with the extra ``[compare]``.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from auditor.compare.own import Own

Blocks = tuple[Any, Any]
"""Two arrays with one row per block: digests and MinHash values."""
PERMUTATIONS = 24
SCHEME = "affine32"
BANDS, ROWS = 6, 4
"""Blocks that share eight tenths of their shingles meet in some bucket with 95 %, six tenths with 56 %."""
SHINGLE = 6
CROWD = 20
"""Of a block that more reports share than this, each report is compared with this many others only."""
PARTNERS = 20
"""Candidates kept for one report among those before it, the ones with most blocks in common."""


class Missing(ImportError):
    """The library is not installed; the message is one Chinese sentence."""


def signatures(own: Own) -> Blocks:
    """Digests (64 bits each) and MinHash values (one row of ``PERMUTATIONS`` each) of the blocks of a report."""
    sketch = _library()
    import numpy

    empty = sketch.MinHash(num_perm=PERMUTATIONS, hashfunc=int, scheme=SCHEME)
    codes = numpy.frombuffer(own.text.encode("utf-32-le"), dtype=numpy.uint32).astype(numpy.uint64)
    spans = own.block_spans()
    digests = numpy.zeros(len(spans), dtype=numpy.uint64)
    values = numpy.zeros((len(spans), PERMUTATIONS), dtype=numpy.uint32)
    for number, (a, b) in enumerate(spans):
        data = own.text[a:b].encode()
        digests[number] = zlib.crc32(data) << 32 | zlib.adler32(data)
        count = b - a - SHINGLE + 1
        hashed = numpy.zeros(count, dtype=numpy.uint64)
        for i in range(SHINGLE):
            # Wraps around at 64 bits, which is as good a hash as any.
            hashed = (hashed * 0x01000193 + codes[a + i : a + i + count]) * 0x9E3779B1 % 0xFFFFFFFB
        sketched = empty.copy()
        sketched.update_batch(hashed.tolist())
        values[number] = sketched.hashvalues
    return digests, values


class Index:
    """Takes reports one by one; at the end tells which of them may share passages.

    Most blocks share nothing with any other. They are found by counting their band values, which is cheap, and only
    the rest goes into the buckets of the library: memory grows by some ten kilobytes a report.
    """

    def __init__(self) -> None:
        self._sketch = _library()
        self._digests: list[Any] = []
        self._values: list[Any] = []
        self._reports = 0
        self.crowded = False
        """Whether some block is shared by more reports than are compared with each other."""

    def add(self, blocks: Blocks) -> int:
        """Put in the next report; its number."""
        digests, values = blocks
        self._digests.append(digests)
        self._values.append(values)
        self._reports += 1
        return self._reports - 1

    def pairs(self) -> list[tuple[int, int]]:
        """Pairs of numbers, the smaller first, in order; at most ``PARTNERS`` earlier ones for each report."""
        lsh = self._sketch.MinHashLSH(params=(BANDS, ROWS), num_perm=PERMUTATIONS)
        known: dict[int, list[int]] = {}
        """Digest of a block to the latest reports that hold it."""
        owners: list[int] = []
        """Report of every block in the buckets."""
        votes: dict[int, Counter[int]] = {}
        for report, digest, values in self._shared_blocks():
            holders = known.get(digest)
            if holders is None:
                sketched = self._sketch.MinHash(
                    num_perm=PERMUTATIONS, hashvalues=values, hashfunc=int, scheme=SCHEME
                )
                near = lsh.query(sketched)
                found = [owners[key] for key in near]
                known[digest] = [report]
                if len(near) < CROWD:
                    lsh.insert(len(owners), sketched, check_duplication=False)
                    owners.append(report)
                else:
                    self.crowded = True
            else:
                found = list(holders)
                if len(holders) >= CROWD:
                    # The neighbours in the list of files are the likeliest sources: keep the latest.
                    self.crowded = True
                    del holders[0]
                holders.append(report)
            votes.setdefault(report, Counter()).update(set(found) - {report})
        out = []
        for report, counted in votes.items():
            best = sorted(counted.items(), key=lambda item: (-item[1], -item[0]))[:PARTNERS]
            out += [(other, report) for other, _ in best]
        return sorted(out)

    def _shared_blocks(self) -> Iterator[tuple[int, int, Any]]:
        """Report, digest and values of the blocks that have at least one band value in common with another."""
        import numpy

        if not self._values:
            return
        values = numpy.concatenate(self._values)
        self._values.clear()
        shared = numpy.zeros(len(values), dtype=bool)
        for band in range(BANDS):
            rows = numpy.ascontiguousarray(values[:, band * ROWS : (band + 1) * ROWS])
            keys = rows.view(numpy.dtype((numpy.void, rows.dtype.itemsize * ROWS))).ravel()
            _, where, counts = numpy.unique(keys, return_inverse=True, return_counts=True)
            shared |= counts[where] > 1
        digests = numpy.concatenate(self._digests)
        sizes = [len(d) for d in self._digests]
        reports = numpy.repeat(numpy.arange(len(sizes)), sizes)
        for block in numpy.flatnonzero(shared):
            yield int(reports[block]), int(digests[block]), values[block]


def _library() -> Any:
    try:
        import datasketch
    except ImportError as error:
        raise Missing(
            "比对雷同段落要用 datasketch，请先安装：pip install 'fazhi-auditor[compare]'"
        ) from error
    return datasketch
