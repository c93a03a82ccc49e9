"""Original text to normalised text: folding, joining of wrapped lines, removal of page furniture."""

from __future__ import annotations

from msgspec import Struct

from auditor.text import furniture, head
from auditor.text.document import Normalised
from auditor.text.fold import drop_thousands
from auditor.text.lines import Line, physical_lines
from auditor.text.signature import is_date_line, is_unit_line
from auditor.text.wrap import paragraphs


class Block(Struct, frozen=True):
    """A paragraph: folded text and the original position of each character."""

    text: str
    offsets: list[int]


class Layout(Struct, frozen=True):
    """What the text consists of: the normalised body, and the furniture in original order."""

    norm: Normalised
    furniture: tuple[Block, ...]
    title: tuple[int, ...] = ()
    """Indices of the body's paragraphs that make up the title."""
    titles: tuple[tuple[Block, ...], ...] = ()
    """Every title found in the head, the first being the one above."""


_HEAD_BLOCKS = 60
"""Lines within which a title is looked for."""


def normalise(text: str) -> Normalised:
    """Normalise a report; see `Normalised` for what holds of the result."""
    return layout(text).norm


def layout(text: str) -> Layout:
    """Read the layout of a decoded text. Linear in its length; never fails."""
    groups = paragraphs(physical_lines(text), furniture.starts_anew, head.goes_on)
    blocks = [_block(group) for group in groups]
    start = _body_start(blocks)
    outside = [False] * len(blocks)
    titles = _titles(blocks, start)
    kept_titles = {id(b) for b in (titles[0] if titles else ())}
    other_titles = {id(b) for group in titles[1:] for b in group}
    first_title = next((i for i, b in enumerate(blocks[:start]) if id(b) in kept_titles), -1)
    for i, block in enumerate(blocks):
        if i < start:
            if id(block) not in kept_titles:
                outside[i] = i < first_title or id(block) in other_titles or _is_aside(block.text)
        else:
            outside[i] = len(block.text) <= 160 and furniture.is_furniture(block.text)
    tail = _tail_start(blocks, start)
    for i in range(tail, len(blocks)):
        outside[i] = True
    body = [b for i, b in enumerate(blocks) if not outside[i]]
    title = tuple(i for i, b in enumerate(body) if id(b) in kept_titles)
    return Layout(
        _assemble(body, len(text)),
        tuple(b for i, b in enumerate(blocks) if outside[i]),
        title,
        tuple(titles),
    )


def _block(group: list[Line]) -> Block:
    if len(group) == 1:
        text, offsets = group[0].text, group[0].offsets
    else:
        text = "".join(line.text for line in group)
        offsets = [o for line in group for o in line.offsets]
    text, offsets = drop_thousands(text, offsets)
    return Block(text, offsets)


def _body_start(blocks: list[Block]) -> int:
    """Index of the first paragraph of running text."""
    for i, block in enumerate(blocks):
        if (
            head.is_body(block.text)
            and not (len(block.text) <= 160 and furniture.is_furniture(block.text))
            and not head.is_title(block.text)
        ):
            return i
    return len(blocks)


def _titles(blocks: list[Block], start: int) -> list[tuple[Block, ...]]:
    """Titles in the head, most complete first; each is one paragraph or two or three in a row."""
    found: list[tuple[int, int, tuple[Block, ...]]] = []
    taken = -1
    for i in range(min(start, _HEAD_BLOCKS)):
        if i <= taken:
            continue
        for size in (1, 2, 3):
            parts = tuple(blocks[i : min(i + size, start)])
            if len(parts) < size or any(_is_aside(b.text) for b in parts):
                break
            joined = "".join(b.text for b in parts)
            before = "".join(b.text for b in parts[:-1])
            if head.is_title(joined) if size == 1 else head.joins_title(before, parts[-1].text):
                found.append((-head.title_score(joined), i, parts))
                taken = i + size - 1
                break
    found.sort(key=lambda item: item[:2])
    return [parts for _, _, parts in found]


def _is_aside(text: str) -> bool:
    """Whether a line of the head is furniture or a document number."""
    return furniture.is_furniture(text) or furniture.is_document_number(text)


def _tail_start(blocks: list[Block], start: int) -> int:
    """Index from which on everything is furniture below the article."""
    last_body = start - 1
    for i in range(len(blocks) - 1, start - 1, -1):
        text = blocks[i].text
        if is_date_line(text) or is_unit_line(text):
            last_body = i
            break
        if head.is_body(text) and len(text) >= 40 and not furniture.is_furniture(text):
            last_body = i
            break
    for i in range(last_body + 1, len(blocks)):
        if furniture.begins_tail(blocks[i].text):
            return i
    return len(blocks)


def _assemble(blocks: list[Block], length: int) -> Normalised:
    """One paragraph after the other, each closed by a line feed that maps to the position after it."""
    parts: list[str] = []
    offsets: list[int] = []
    for block in blocks:
        parts.append(block.text)
        parts.append("\n")
        offsets.extend(block.offsets)
        offsets.append(block.offsets[-1] + 1)
    # The end position; one more than the last line feed so that the offsets stay strictly increasing.
    offsets.append(max(length, offsets[-1] + 1 if offsets else 0))
    return Normalised("".join(parts), tuple(offsets))
