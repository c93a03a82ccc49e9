"""OFD files (GB/T 33190): a zip of XML pages whose text objects carry their characters and positions.

Lengths are millimetres, y runs downwards. Stamps, annotations and page templates are not part of the text.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from auditor.readers.archive import Archive
from auditor.readers.extracted import Extracted, Refused, tidy
from auditor.readers.limits import MAX_PAGES, MAX_TEXT
from auditor.readers.paged import assemble
from auditor.readers.paged_lines import Page, Piece
from auditor.readers.xml import check_depth, local, parse

_BROKEN = "这份 OFD 文件已损坏，找不到正文页面，请用版式阅读软件重新导出后再试。"
_FEW = 25
_A4 = (210.0, 297.0)
_FAR = 1e6
_LEAST = 1e-3
"""Size of characters that can be seen."""
_NUMBER = re.compile(r"-?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]{1,3})?")


def read_ofd(data: bytes) -> Extracted:
    """Text of an OFD file with its pages. Raises Refused."""
    with Archive(data) as archive:
        if any(posixpath.basename(name) == "Encryptions.xml" for name in archive.names()):
            raise Refused("这份 OFD 加了密，读不了内容，请去掉加密后再试。")
        pages: list[Page] = []
        scanned: list[int] = []
        seen: set[str] = set()
        size = 0
        for root in _documents(archive):
            document = _tree(archive, root)
            folder = posixpath.dirname(root)
            area = _box(
                _text(document, "PageArea/PhysicalBox") or _text(document, "CommonData/PageArea/PhysicalBox")
            )
            for item in _children(_first(document, "Pages"), "Page"):
                if len(pages) >= MAX_PAGES:
                    raise Refused(f"这份 OFD 超过 {MAX_PAGES} 页，不像是一份年度报告，请只给报告正文。")
                path = _path(folder, item.get("BaseLoc", ""))
                if path in seen:
                    raise Refused(_BROKEN)
                seen.add(path)
                page, pictures = _page(archive, path, area)
                pages.append(page)
                count = sum(len(piece.text.strip()) for piece in page.pieces)
                size += count
                if size > MAX_TEXT:
                    raise Refused("这份 OFD 的文字太多，不像是一份年度报告，请只给报告正文。")
                if count < _FEW and pictures > 0.2 * page.width * page.height:
                    scanned.append(len(pages))
    if not pages:
        raise Refused(_BROKEN)
    if scanned:
        numbers = "、".join(map(str, scanned[:12])) + ("等" if len(scanned) > 12 else "")
        raise Refused(
            f"这份 OFD 的第 {numbers} 页是扫描图片，没有文字，无法判断，请提供文字版（Word 或文本文件）。"
        )
    text, starts = assemble(pages)
    return Extracted(tidy(text), "ofd", None, (), starts)


def _documents(archive: Archive) -> Iterator[str]:
    """Path of every document's root file."""
    for body in _children(_tree(archive, "OFD.xml"), "DocBody"):
        path = _text(body, "DocRoot")
        if path:
            yield _path("", path)


def _tree(archive: Archive, path: str) -> Element:
    try:
        root = parse(archive.read(path))
    except KeyError as error:
        raise Refused(_BROKEN) from error
    check_depth(root)
    return root


def _path(folder: str, name: str) -> str:
    """Place of a part: absolute from the root of the container, else from the folder of the part that names it."""
    name = name.strip().replace("\\", "/")
    joined = name.lstrip("/") if name.startswith("/") else posixpath.join(folder, name)
    return posixpath.normpath(joined).lstrip("./")


def _children(parent: Element | None, name: str) -> Iterator[Element]:
    for child in parent if parent is not None else ():
        if local(child.tag) == name:
            yield child


def _first(parent: Element, path: str) -> Element | None:
    found: Element | None = parent
    for name in path.split("/"):
        found = next(_children(found, name), None)
    return found


def _text(parent: Element, path: str) -> str:
    found = _first(parent, path)
    return (found.text or "").strip() if found is not None else ""


def _numbers(text: str | None) -> list[float]:
    return [_float(n) for n in _NUMBER.findall(text or "")[:8]]


def _box(text: str | None) -> tuple[float, float, float, float]:
    """x, y, width, height."""
    values = _numbers(text)
    if len(values) < 4 or values[2] <= 0 or values[3] <= 0:
        return 0.0, 0.0, *_A4
    return values[0], values[1], values[2], values[3]


def _page(archive: Archive, path: str, area: tuple[float, float, float, float]) -> tuple[Page, float]:
    """A page and the area that pictures take on it."""
    if path not in archive and posixpath.join(path, "Content.xml") in archive:
        path = posixpath.join(path, "Content.xml")
    root = _tree(archive, path)
    own = _text(root, "Area/PhysicalBox")
    _, _, width, height = _box(own) if own else area
    page = Page(width, height)
    pictures = 0.0
    for layer in _children(_first(root, "Content"), "Layer"):
        for item in layer.iter():
            name = local(item.tag)
            if name == "TextObject":
                page.pieces.extend(_pieces(item))
            elif name == "ImageObject":
                _, _, w, h = _box(item.get("Boundary"))
                pictures += w * h
    return page, pictures


def _pieces(item: Element) -> Iterator[Piece]:
    """The text codes of a text object. One that is drawn without filling and stroking is not seen."""
    if item.get("Visible") == "false" or item.get("Alpha") == "0":
        return
    bound = _numbers(item.get("Boundary"))
    left, top = (bound[0], bound[1]) if len(bound) >= 2 else (0.0, 0.0)
    size = next(iter(_numbers(item.get("Size"))), 4.0)
    matrix = _numbers(item.get("CTM"))
    a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    scale = (c * c + d * d) ** 0.5 or 1.0
    if not _LEAST < size * scale < _FAR:
        # Nobody can see it.
        return
    x = y = 0.0
    for code in _children(item, "TextCode"):
        # A code without a place of its own goes on where the one before began.
        x = next(iter(_numbers(code.get("X"))), x)
        y = next(iter(_numbers(code.get("Y"))), y)
        text = code.text or ""
        if not text.strip():
            continue
        steps = _steps(code.get("DeltaX"), len(text))
        downs = _steps(code.get("DeltaY"), len(text))
        if any(abs(step) > 0.5 * size for step in downs):
            yield from _upright(text, steps, downs, x, y, (a, b, c, d, left + e, top + f), size * scale)
            continue
        width = sum(steps[: len(text) - 1]) + size if steps else size * _widths(text)
        x0 = left + a * x + c * y + e
        yield Piece(text, x0, x0 + abs(a or 1.0) * width, top + b * x + d * y + f, size * scale)


def _upright(
    text: str,
    steps: list[float],
    downs: list[float],
    x: float,
    y: float,
    m: tuple[float, float, float, float, float, float],
    size: float,
) -> Iterator[Piece]:
    """Characters that move down the page, each a piece of its own."""
    for i, char in enumerate(text):
        px, py = m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]
        yield Piece(char, px, px + size, py, size)
        x += steps[i] if i < len(steps) else 0.0
        y += downs[i] if i < len(downs) else 0.0


def _widths(text: str) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def _steps(text: str | None, count: int) -> list[float]:
    """Advances of the characters; ``g 5 4.2`` stands for five times 4.2. At most ``count`` are needed."""
    out: list[float] = []
    words = (text or "").split()
    at = 0
    while at < len(words) and len(out) < count:
        if words[at] == "g" and at + 2 < len(words):
            # ASCII alone: to Python ① is a digit as well, but no number.
            counted = words[at + 1].isascii() and words[at + 1].isdigit() and len(words[at + 1]) < 7
            times = int(words[at + 1]) if counted else 0
            out += [_float(words[at + 2])] * min(times, count - len(out))
            at += 3
        else:
            out.append(_float(words[at]))
            at += 1
    return out


def _float(word: str) -> float:
    """A length; 0 for what is none or lies beyond any page, so that no sum of them overflows."""
    value = float(word) if _NUMBER.fullmatch(word) else 0.0
    return value if abs(value) < _FAR else 0.0
