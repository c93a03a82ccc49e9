"""Which reports may share passages: MinHash signatures of their blocks, put into the buckets of an LSH index.

The library (datasketch) is imported on first use; it comes with the extra ``[compare]``.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from auditor.compare.own import Own

if TYPE_CHECKING:
    from collections.abc import Sequence

PERMUTATIONS = 32
SCHEME = "affine32"
BANDS, ROWS = 8, 4
"""Blocks that share six tenths of their shingles meet in some bucket with 68 %, eight tenths with 99 %."""
SHINGLE = 6
CROWD = 20
"""Of a block that more reports share than this, each report is compared with this many others only."""
PARTNERS = 20
"""Candidates kept for one report among those before it, the ones with most blocks in common."""


class Missing(ImportError):
    """The library is not installed; the message is one Chinese sentence."""


def signatures(own: Own) -> list[tuple[int, Any]]:
    """For each block a digest of its text and its MinHash values (an array of 32 unsigned integers)."""
    sketch = _library()
    import numpy

    empty = sketch.MinHash(num_perm=PERMUTATIONS, hashfunc=int, scheme=SCHEME)
    codes = numpy.frombuffer(own.text.encode("utf-32-le"), dtype=numpy.uint32).astype(numpy.uint64)
    out = []
    for a, b in own.block_spans():
        block = codes[a:b]
        count = len(block) - SHINGLE + 1
        values = numpy.zeros(count, dtype=numpy.uint64)
        for i in range(SHINGLE):
            values = (values * 0x01000193 + block[i : i + count]) * 0x9E3779B1 % 0xFFFFFFFB
        sketched = empty.copy()
        sketched.update_batch(values.tolist())
        out.append((_digest(block), sketched.hashvalues))
    return out


def _digest(block: Any) -> int:
    import zlib

    data = block.tobytes()
    return zlib.crc32(data) << 32 | zlib.adler32(data)


class Index:
    """Takes reports one by one and tells the earlier ones that may share passages with each."""

    def __init__(self) -> None:
        self._sketch = _library()
        self._lsh = self._sketch.MinHashLSH(params=(BANDS, ROWS), num_perm=PERMUTATIONS)
        self._known: dict[int, list[int]] = {}
        """Digest of a block to the reports that hold it, at most ``CROWD``."""
        self._blocks: list[int] = []
        """Report of every block in the index."""
        self.crowded = False
        """Whether some block is shared by more reports than are compared with each other."""

    def add(self, number: int, blocks: Sequence[tuple[int, Any]]) -> list[int]:
        """Put in report ``number``; earlier reports that share blocks with it, in order."""
        votes: Counter[int] = Counter()
        for digest, values in blocks:
            votes.update(set(self._block(number, digest, values)) - {number})
        best = sorted(votes.items(), key=lambda item: (-item[1], -item[0]))[:PARTNERS]
        return sorted(other for other, _ in best)

    def _block(self, number: int, digest: int, values: Any) -> list[int]:
        holders = self._known.get(digest)
        if holders is not None:
            found = list(holders)
            if len(holders) >= CROWD:
                self.crowded = True
                # The neighbours in the list of files are the likeliest sources: keep the latest.
                del holders[0]
            holders.append(number)
            return found
        sketched = self._sketch.MinHash(num_perm=PERMUTATIONS, hashvalues=values, hashfunc=int, scheme=SCHEME)
        near = self._lsh.query(sketched)
        if len(near) < CROWD:
            self._lsh.insert(len(self._blocks), sketched, check_duplication=False)
            self._blocks.append(number)
        else:
            self.crowded = True
        self._known[digest] = [number]
        return [self._blocks[key] for key in near]


def _library() -> Any:
    try:
        import datasketch
    except ImportError as error:
        raise Missing(
            "比对雷同段落要用 datasketch，请先安装：pip install 'fazhi-auditor[compare]'"
        ) from error
    return datasketch
