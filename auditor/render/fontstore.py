"""The paper's fonts cut down to GB 2312, made once and kept in the user's cache folder.

A paper's own cut from such a file has the same bytes as one from the whole font, and costs a third of the time. Where
there is no private cache folder, or a paper needs rarer characters, the whole font serves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from auditor.folders import cache_folder, private, put
from auditor.render import subsetting

MOST = 12
"""Kept files; the oldest go first."""
_FIRST = "01"
"""Changes with what is kept, so that files of other versions of the program are not taken."""


@lru_cache(maxsize=1)
def kept_characters() -> frozenset[str]:
    """All of GB 2312, ASCII, and signs the papers use besides."""
    cells = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    signs = "".join(cell.decode("gb2312", "ignore") for cell in cells)
    return frozenset(signs + "".join(map(chr, range(0x20, 0x7F))) + "\u00a0—–“”‘’…·•〔〕①②③④⑤⑥⑦⑧⑨⑩※×÷≥≤％＋★")


def cut(file: str, index: int, characters: Iterable[str]) -> bytes | None:
    """The font with these characters only, as ``subsetting.subset_font`` makes it; null where it cannot be cut."""
    wanted = frozenset(characters)
    if wanted <= kept_characters():
        kept = prepare(file, index)
        if kept is not None:
            return subsetting.subset_font(str(kept), 0, wanted)
    return subsetting.subset_font(file, index, wanted)


@lru_cache(maxsize=MOST)
def prepare(file: str, index: int) -> Path | None:
    """The kept file of a font, made when it is not there; null where nothing can be kept."""
    folder = cache_folder()
    if folder is None or not subsetting.available():
        return None
    try:
        return _prepare(folder, file, index)
    except OSError:
        return None


def _prepare(folder: Path, file: str, index: int) -> Path | None:
    # Place, size and time stand for the content: to read 26 MB for a digest would cost more than is won.
    found = Path(file).stat()
    facts = (_FIRST, file, found.st_size, found.st_mtime_ns, found.st_ino, index, subsetting.version())
    stem = "font-" + hashlib.sha256(repr(facts).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    for kept in sorted(folder.glob(f"{stem}-*")):
        if private(kept) and kept.name == _name(stem, kept.read_bytes()):
            return kept
        kept.unlink(missing_ok=True)
    data = subsetting.subset_font(file, index, kept_characters())
    if data is None:
        return None
    return put(folder, _name(stem, data), data, MOST)


def _name(stem: str, data: bytes) -> str:
    """Carries the digest of the content: a damaged file is known before anything is cut from it."""
    return f"{stem}-{hashlib.sha256(data).hexdigest()[:32]}"
