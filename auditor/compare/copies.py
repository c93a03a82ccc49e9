"""Reports of a folder that share long passages: candidates by MinHash and LSH, exact passages after."""

from __future__ import annotations

import multiprocessing
import pickle
import tempfile
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import IO

import auditor
from auditor.compare.candidates import CROWD, Blocks, Index, signatures
from auditor.compare.model import SCHEMA, Copied, Copies, Mode, Pair, Stretch, Unread
from auditor.compare.own import Own, own_text, words
from auditor.compare.spans import SEED, Span, shared_spans, union
from auditor.engine.audit import NAME
from auditor.engine.values import MAX_QUOTE
from auditor.exits import NotAudited
from auditor.model import Tool
from auditor.reading import read_report
from auditor.text.location import page_at, paragraph_at, place_words

PASSAGE = 50
"""Equal characters a passage needs."""
ALONE = 120
"""Sentences that many reports hold count only in passages from this length on."""
SHARE = 10.0
"""Default share in per cent from which on a pair is shown."""
_COMMON_REPORTS, _COMMON_SHARE = 5, 0.1
_KEPT_OPEN = 256
_STRAY = 6
"""Equal characters before the first or after the last whole sentence that are an accident."""

Source = tuple[Path, str]
Prepared = tuple[bytes, Blocks, "array[int]"]
"""Own text (packed), signatures of its blocks, digests of its sentences."""


def find_copies(
    sources: Sequence[Source],
    *,
    least: float = SHARE,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Copies:
    """Pairs of reports that share passages; ``least`` is a share in per cent. Raises Missing."""
    index, spool, common = Index(), _Spool(), array("I")
    unread: list[Unread] = []
    names: list[str] = []
    with spool:
        for done, (prepared, shown) in enumerate(_prepare_all(sources, jobs), 1):
            if isinstance(prepared, str):
                unread.append(Unread(shown, prepared))
            else:
                packed, blocks, hashes = prepared
                names.append(shown)
                spool.append(packed)
                common.extend(hashes)
                index.add(blocks)
            if progress is not None:
                progress(done, len(sources))
        limit = max(_COMMON_REPORTS, int(len(names) * _COMMON_SHARE))
        frequent = _frequent(common, limit)
        found = (_pair(a, b, spool, frequent, least) for a, b in index.pairs())
        pairs = [pair for pair in found if pair is not None]
    pairs.sort(key=lambda p: (-max(p.first_share, p.second_share), -p.length, p.first, p.second))
    remarks = []
    if index.crowded:
        remarks.append(f"有的段落在许多份报告里都有，每份只与其中 {CROWD} 份逐一比对")
    return Copies(
        schema=SCHEMA,
        mode=Mode.COPIES,
        tool=Tool(NAME, auditor.__version__),
        reports=len(names),
        least=least,
        remarks=tuple(remarks),
        unread=tuple(unread),
        pairs=tuple(pairs),
    )


def _prepare_all(sources: Sequence[Source], jobs: int) -> Iterator[tuple[Prepared | str, str]]:
    if jobs <= 1 or len(sources) < 8:
        for source in sources:
            yield _prepare(source), source[1]
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        done: Iterable[Prepared | str] = pool.map(_prepare, sources, chunksize=8)
        for source, prepared in zip(sources, done, strict=True):
            yield prepared, source[1]


def _prepare(source: Source) -> Prepared | str:
    """What is compared of one report, or why it cannot be read."""
    path, shown = source
    try:
        document = read_report(path).document
    except NotAudited as error:
        return str(error).removeprefix(f"{path}：")
    own = own_text(document, shown)
    keys = _sentence_keys(own, 0, len(own.text))
    packed = zlib.compress(pickle.dumps(own, pickle.HIGHEST_PROTOCOL), 1)
    return packed, signatures(own), array("I", sorted({key for _, key in keys}))


def _frequent(digests: array[int], limit: int) -> frozenset[int]:
    """Digests that stand at least ``limit`` times."""
    import numpy

    keys, counts = numpy.unique(numpy.asarray(digests), return_counts=True)
    return frozenset(keys[counts >= limit].tolist())


def _sentence_keys(own: Own, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and digest of every sentence that touches ``start:end``."""
    for a, b in zip(own.sentences, own.sentences[1:], strict=False):
        if a < end and start < b:
            yield a, zlib.crc32(own.text[a:b].encode())


class _Spool:
    """Prepared reports on disk, so that memory does not grow with their number."""

    def __init__(self) -> None:
        self._places: list[tuple[int, int]] = []
        self._end = 0
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self.get = lru_cache(maxsize=_KEPT_OPEN)(self._get)

    def __enter__(self) -> _Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def append(self, packed: bytes) -> None:
        self._file.seek(self._end)
        self._file.write(packed)
        self._places.append((self._end, len(packed)))
        self._end += len(packed)

    def _get(self, number: int) -> Own:
        start, size = self._places[number]
        self._file.seek(start)
        # Only what this process wrote itself is unpacked here.
        own = pickle.loads(zlib.decompress(self._file.read(size)))
        assert isinstance(own, Own)
        return own


def _pair(first: int, second: int, spool: _Spool, frequent: frozenset[int], least: float) -> Pair | None:
    a, b = spool.get(first), spool.get(second)
    spans = (_trim(span, b) for span in shared_spans(a.text, b.text))
    kept = [span for span in spans if _counts(span, a, frequent)]
    in_a, in_b = [(s.a, s.a_end) for s in kept], [(s.b, s.b_end) for s in kept]
    length = sum(words(b.text[start:end]) for start, end in union(in_b))
    a_share = 100 * sum(words(a.text[start:end]) for start, end in union(in_a)) / max(1, words(a.text))
    b_share = 100 * length / max(1, words(b.text))
    if not kept or max(a_share, b_share) < least:
        return None
    kept.sort(key=lambda s: (-s.equal, s.a))
    passages = tuple(
        Copied(words(b.text[s.b : s.b_end]), _stretch(a, s.a, s.a_end), _stretch(b, s.b, s.b_end))
        for s in kept
    )
    return Pair(a.file, b.file, round(a_share, 1), round(b_share, 1), length, passages)


def _trim(span: Span, b: Own) -> Span:
    """The passage without a few characters of the sentence before it or after it that happen to be equal."""
    # A span begins and ends with at least SEED equal characters, so both texts lose the same ones.
    first = b.sentences[min(bisect_left(b.sentences, span.b), len(b.sentences) - 1)]
    head = first - span.b if 0 < first - span.b <= _STRAY else 0
    last = b.sentences[max(0, bisect_right(b.sentences, span.b_end) - 1)]
    tail = span.b_end - last if 0 < span.b_end - last <= _STRAY else 0
    if span.equal < head + tail + SEED:
        return span
    return Span(span.a + head, span.a_end - tail, span.b + head, span.b_end - tail, span.equal - head - tail)


def _counts(span: Span, own: Own, frequent: frozenset[int]) -> bool:
    """Long enough once the sentences are taken away that many reports hold, unless the passage is long anyway."""
    marks = span.a_end - span.a - words(own.text[span.a : span.a_end])
    equal = span.equal - marks
    if equal < PASSAGE or equal >= ALONE or not frequent:
        return equal >= PASSAGE
    for a, key in _sentence_keys(own, span.a, span.a_end):
        if key in frequent:
            b = own.sentences[bisect_right(own.sentences, a)]
            equal -= words(own.text[max(a, span.a) : min(b, span.a_end)])
    return equal >= PASSAGE


def _stretch(own: Own, start: int, end: int) -> Stretch:
    a, b = own.offsets[start], own.offsets[end - 1] + 1
    line = bisect_right(own.line_starts, a)
    paragraph = paragraph_at(own.original, own.container, a)
    place = place_words(line, paragraph, page_at(own.pages, own.container, a))
    return Stretch(own.original[a : min(b, a + MAX_QUOTE)], a, b, line, place)
