"""Hard line breaks: which line ends close a paragraph, and which only wrap it.

Text copied from a PDF or a narrow editor breaks at a constant width in mid-sentence. The width is estimated from
the lines that stop without punctuation; a line that reaches it goes on in the next one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from auditor.regex import regex
from auditor.text.lines import Line
from auditor.text.markers import CLOSING, LEAD, OPENING, TERMINAL, heading_marker, marker_value
from auditor.text.signature import is_date_line

MIN_WIDTH = 18
MAX_WIDTH = 260
_MIN_TEXT = 14
_RUN_IN_LIMIT = 45
_FREE_HEADING_LIMIT = 26
_COUNTED = regex(
    r"[0-9]+(?:[.][0-9]+)?[余多]?(?:%|万|[次件个项名人场期份条家户起宗部类批])[次元]?[，。；、）]"
)
"""The rest of a count, such as 2次。, which opens no sentence."""
_NEAR = 0.88
_SCRAP = 2
_HEAD_GROUPS = 30
_HEAD_LENGTH = 80
_PARAGRAPH_INDENT = 3
_SIGNATURE_INDENT = 12


class Wrapping(Struct, frozen=True):
    """How the text is wrapped. Each window is an inclusive range of a line measure that counts as full."""

    chars: range | None = None
    columns: range | None = None
    compact: range | None = None
    ragged: bool = False
    """Lines were cut twice: short remainders without punctuation stand between full lines."""
    spaced: bool = False
    """A blank line follows every line, so blank lines mean nothing."""
    near: int = 0
    """Display width from which a line without punctuation is taken to go on."""
    indent: int = 0
    """Columns in front of a continuation line."""
    run_in: frozenset[int] = frozenset()
    """Depths whose headings usually run into their paragraph."""

    @property
    def wrapped(self) -> bool:
        return self.chars is not None or self.columns is not None or self.compact is not None

    def full(self, line: Line) -> bool:
        if self.chars is not None and (line.chars in self.chars or line.raw in self.chars):
            return True
        if len(line.text) < _MIN_TEXT:
            return False
        return (self.columns is not None and line.columns in self.columns) or (
            self.compact is not None and len(line.text) in self.compact
        )


def paragraphs(
    lines: list[Line],
    starts_anew: Callable[[str], bool],
    goes_on: Callable[[str, str], bool],
) -> list[list[Line]]:
    """Group lines into paragraphs.

    `starts_anew` knows lines that are something of their own (page furniture); `goes_on` tells whether such a line,
    or a title, goes on in the line below.
    """
    if not lines:
        return []
    marks = [heading_marker(line.text) for line in lines]
    anew = [starts_anew(line.text) for line in lines]
    wrapping = _estimate(lines, marks, anew)
    groups = [[lines[0]]]
    first = 0
    length = len(lines[0].text)
    counted = [0] * 5
    for i, line in enumerate(lines):
        mark = marks[i]
        if i == 0:
            _count(counted, line.text, mark)
            continue
        expected = mark is not None and _in_sequence(counted, line.text, mark)
        if (
            anew[i]
            or (anew[first] and (mark is not None or not goes_on(groups[-1][-1].text, line.text)))
            or (
                len(groups) <= _HEAD_GROUPS
                and length <= _HEAD_LENGTH
                and not goes_on(_joined(groups[-1]), line.text)
            )
            or _breaks(groups[-1], length, marks[first], line, mark, expected, wrapping)
        ):
            groups.append([line])
            first = i
            length = len(line.text)
            _count(counted, line.text, mark)
        else:
            groups[-1].append(line)
            length += len(line.text)
    return groups


def _joined(group: list[Line]) -> str:
    return "".join(line.text for line in group)


def _count(counted: list[int], text: str, mark: tuple[int, int] | None) -> None:
    """Remember the number of a heading; deeper numbers begin anew."""
    if mark is not None:
        depth = mark[0]
        counted[depth] = marker_value(text[: mark[1]])
        counted[depth + 1 :] = [0] * (4 - depth)


def _in_sequence(counted: list[int], text: str, mark: tuple[int, int]) -> bool:
    return marker_value(text[: mark[1]]) == counted[mark[0]] + 1


def _breaks(
    group: list[Line],
    length: int,
    first_mark: tuple[int, int] | None,
    b: Line,
    mark: tuple[int, int] | None,
    expected: bool,
    wrapping: Wrapping,
) -> bool:
    """Whether a paragraph ends between the last line of the group and line `b`."""
    a = group[-1]
    ended = a.text[-1] in TERMINAL
    full = wrapping.full(a)
    inset = b.indent - wrapping.indent
    if inset >= _SIGNATURE_INDENT:
        return True
    if b.blank_before and not wrapping.spaced and (not b.page_before or ended):
        return not (not ended and _continues(a.text, b.text))
    if ended:
        # The sentence ends here either way; only a line that fills the width may go on.
        if not full or mark is not None or inset >= _PARAGRAPH_INDENT:
            return True
        # A short line without punctuation is a heading, not the last line of a paragraph.
        short = len(b.text) <= _FREE_HEADING_LIMIT and not wrapping.full(b)
        return short and not wrapping.ragged and a.text[-1] != "：" and b.text[-1] not in TERMINAL
    if _continues(a.text, b.text):
        return False
    heading = len(group) == 1 and first_mark is not None and not _stops(a.text)
    if heading and first_mark is not None:
        return _heading_ends(a, b, first_mark, mark, full, wrapping)
    if mark is not None:
        return expected or (not full and not (b.page_before and length > _FREE_HEADING_LIMIT))
    scrap = len(a.text) <= _SCRAP
    if full or b.page_before or (wrapping.near and (scrap or a.columns >= wrapping.near)):
        return False
    if wrapping.ragged:
        return len(group) == 1 and length <= _FREE_HEADING_LIMIT
    return True


def _heading_ends(
    a: Line,
    b: Line,
    first_mark: tuple[int, int],
    mark: tuple[int, int] | None,
    full: bool,
    wrapping: Wrapping,
) -> bool:
    """Whether a numbered line without a full stop is a heading of its own, or the start of a wrapped paragraph."""
    if not full or mark is not None or LEAD.match(b.text):
        return True
    stop = min((p for p in (b.text.find(c) for c in "。；") if p >= 0), default=-1)
    if not wrapping.full(b) and stop < 0 and b.text[-1] not in TERMINAL:
        return False  # the short rest of a long heading
    if first_mark[0] in wrapping.run_in:
        return False
    return not (0 <= stop <= _RUN_IN_LIMIT - len(a.text))


def _continues(a: str, b: str) -> bool:
    """Punctuation that cannot stand at this line end or line start: the sentence goes on for certain."""
    return (
        a[-1] in OPENING
        or b[0] in CLOSING
        or a.rfind("《") > a.rfind("》")
        or _COUNTED.match(b) is not None
        or (len(a) + len(b) <= 24 and is_date_line(a + b) and not is_date_line(b))
    )


def _stops(text: str) -> bool:
    return "。" in text or "；" in text


def _estimate(lines: list[Line], marks: list[tuple[int, int] | None], anew: list[bool]) -> Wrapping:
    last = len(lines) - 1
    gaps = sum(1 for line in lines[1:] if line.blank_before)
    spaced_out = last >= 6 and gaps >= 0.9 * last
    # Lines that stop in mid-sentence although another line follows directly.
    open_lines = [
        line
        for i, line in enumerate(lines)
        if i < last
        and line.text[-1] not in TERMINAL
        and not anew[i]
        and not anew[i + 1]
        and (spaced_out or lines[i + 1].page_before or not lines[i + 1].blank_before)
        and (marks[i + 1] is None or len(line.text) > _FREE_HEADING_LIMIT)
        and line.chars >= MIN_WIDTH
        and len(line.text) >= _MIN_TEXT
    ]
    long_lines = [line for line in lines if line.chars >= MIN_WIDTH]
    wrapping = _best_window(open_lines, long_lines)
    if not wrapping.wrapped:
        return _single_break(lines, marks, anew) if gaps >= 0.6 * last else wrapping
    widths = sorted(line.columns for line in open_lines if wrapping.full(line))
    near = round(_NEAR * widths[len(widths) // 2]) if widths else 0
    tails = rests = 0
    for i in range(1, last):
        line, before, after = lines[i], lines[i - 1], lines[i + 1]
        if not line.blank_before and wrapping.full(before) and not wrapping.full(line) and marks[i] is None:
            tails += 1
            rests += (
                line.text[-1] not in TERMINAL
                and line.columns < near
                and not after.blank_before
                and marks[i + 1] is None
                and not anew[i + 1]
            )
    spaced = spaced_out and sum(map(wrapping.full, open_lines)) >= 0.5 * len(long_lines)
    indents = [
        after.indent
        for line, after in pairwise(lines)
        if wrapping.full(line) and line.text[-1] not in TERMINAL
    ]
    return replace(
        wrapping,
        ragged=rests > max(1, 0.4 * tails),
        spaced=spaced,
        near=near,
        indent=Counter(indents).most_common(1)[0][0] if indents else 0,
        run_in=_run_in_depths(lines, marks, wrapping),
    )


def _single_break(lines: list[Line], marks: list[tuple[int, int] | None], anew: list[bool]) -> Wrapping:
    """Where blank lines divide paragraphs, the longest line with one directly below it was cut at its length."""
    top = max(range(len(lines)), key=lambda i: lines[i].chars)
    below = top + 1
    cut = (
        below < len(lines)
        and MIN_WIDTH <= lines[top].chars <= MAX_WIDTH
        and not lines[below].blank_before
        and marks[below] is None
        and not (anew[top] or anew[below])
    )
    if not cut:
        return Wrapping()
    length = lines[top].chars
    return Wrapping(chars=range(length, length + 1), indent=min(line.indent for line in lines))


def _best_window(open_lines: list[Line], long_lines: list[Line]) -> Wrapping:
    """The measure in which full lines agree best; plain length before display width."""
    chars = _window(open_lines, long_lines, lambda line: line.chars, 1)
    if chars[1] < 0.7 * len(open_lines):
        chars = max(chars, _window(open_lines, long_lines, lambda line: line.chars, 2), key=lambda w: w[1])
    columns = _window(open_lines, long_lines, lambda line: line.columns, 6)
    compact = _window(open_lines, long_lines, lambda line: len(line.text), 2)
    best = max(chars[1], columns[1], compact[1])
    if chars[1] >= 0.8 * best:
        return Wrapping(chars=chars[0])
    if columns[1] >= 0.9 * best:
        return Wrapping(columns=columns[0])
    return Wrapping(compact=compact[0])


def _window(
    open_lines: list[Line], long_lines: list[Line], measure: Callable[[Line], int], size: int
) -> tuple[range | None, int]:
    """The narrow range of a measure in which most unfinished lines end, and how many; None without such a range."""
    counts = Counter(measure(line) for line in open_lines)
    if not counts:
        return None, 0
    sums = {top: sum(counts[top - k] for k in range(size)) for top in counts}
    best = max(sums, key=lambda top: (sums[top], top))
    inside = sums[best]
    if best > MAX_WIDTH or inside < 0.3 * len(open_lines):
        return None, 0
    longer = sum(1 for line in long_lines if measure(line) > best)
    if longer > max(2, 0.25 * len(long_lines)):
        return None, 0
    if inside == 1 and longer:
        return None, 0
    return range(best - size + 1, best + 1), inside


def _run_in_depths(
    lines: list[Line], marks: list[tuple[int, int] | None], wrapping: Wrapping
) -> frozenset[int]:
    votes: Counter[int] = Counter()
    for line, mark in zip(lines, marks, strict=True):
        if mark is None:
            continue
        inner = line.text.find("。")
        if 0 < inner < len(line.text) - 1:
            votes[mark[0]] += 1
        elif inner < 0 and not wrapping.full(line):
            votes[mark[0]] -= 1
    return frozenset(depth for depth, count in votes.items() if count > 0)
