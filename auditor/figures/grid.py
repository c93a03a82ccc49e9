"""Tables that were flattened to lines of cells: rows beside their column 合计, columns above their row 合计."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal

from auditor.figures.judge import at, number
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

_CELL = regex(r"[^\s|│｜]+")
_NUMBER = regex(r"\d{1,12}(?:\.\d{1,4})?")
_MEASURED = regex(r"(\d{1,12}(?:\.\d{1,4})?)([件起人名户家次场份项个处宗]?)")
_TOTAL = regex(
    r"(?:合|总|共|小)计(?:数|（[^（）]{1,6}）)?|[\u4e00-\u9fff]{0,4}(?:总数|总量|总额|合计|总计)|全年|全[县市区镇局省州]合计"
)
_SUM = regex(r"(?:合|总|共)计(?:数|（[^（）]{1,6}）)?|总数|总量")
_NO_PART = regex(r"其中|占|率|比|%|％|同比|环比|增|减|升|降|上年|去年|20\d\d|排名|序号|平均|人均|均值|备注")
_NO_LINE = regex(r"其中|占比|率|同比|环比|上年|去年|20\d\d|排名|序号|平均|人均|均值|备注|得分")
_NOT_ADDED = regex(r"率|均|占|比|%|％|得分|分数|排名|天数|年份|单价")
_NESTED = regex(r"小计|其中|分项")
_CLOSE = Decimal("0.12")
"""How far off a single row may be, as a share of its total, when no other row proves what the header means."""
MOST_ROWS, MOST_CELLS = 200, 24


@dataclass(frozen=True, slots=True)
class Row:
    start: int
    end: int
    """Original positions of the line."""
    cells: tuple[str, ...]
    values: tuple[Decimal, ...]
    """Figures of all cells but the first; empty for a row of words."""


def check_tables(doc: Document) -> list[Finding]:
    """Findings on the sums of all tables of the report."""
    out: list[Finding] = []
    out += _check_lines(doc)
    header: Row | None = None
    body: list[Row] = []
    for row in [*_rows(doc.text), None]:
        if row is not None and header is not None and row.values and len(row.cells) == len(header.cells):
            if len(body) < MOST_ROWS:
                body.append(row)
            continue
        if header is not None and body:
            out += _check(doc, header, body)
        header, body = (row if row is not None and not row.values and len(row.cells) > 2 else None), []
    return out


def _check_lines(doc: Document) -> list[Finding]:
    """Lines of a name and a figure, the last or the first of which is their total: 违法建设 6 / 其他 2 / 合计 8."""
    out: list[Finding] = []
    body: list[Row] = []
    start = 0
    for line in [*doc.text.splitlines(keepends=True), ""]:
        if line.strip() or not line:
            row = _pair(line, start)
            if row is not None and len(body) < MOST_ROWS:
                body.append(row)
                if not _SUM.fullmatch(row.cells[0]) or len(body) == 1:
                    start += len(line)
                    continue
            out += _sum_of(doc, body)
            body = []
        start += len(line)
    return out


def _pair(line: str, start: int) -> Row | None:
    if len(line) > 60 or any(mark in line for mark in "，。；："):
        return None
    cells = tuple(m[0] for m in _CELL.finditer(line))
    told = _MEASURED.fullmatch(_fold(cells[1])) if len(cells) == 2 else None
    if told is None or _NUMBER.fullmatch(_fold(cells[0])) or _NO_LINE.search(cells[0]):
        return None
    return Row(start, start + len(line.rstrip()), cells, (Decimal(told[1]),))


def _sum_of(doc: Document, body: list[Row]) -> list[Finding]:
    sums = [n for n, row in enumerate(body) if _SUM.fullmatch(row.cells[0])]
    if len(sums) != 1 or sums[0] not in (0, len(body) - 1) or len(body) < 3:
        return []
    row = body[sums[0]]
    pieces = [r.values[0] for r in body if r is not row]
    if any(_NESTED.search(r.cells[0]) for r in body) or _adds(row.values[0], pieces):
        return []
    if len({_MEASURED.sub(r"\2", _fold(r.cells[1])) for r in body}) > 1:
        return []
    if not row.values[0] / 2 <= sum(pieces, Decimal(0)) <= row.values[0] * 2:
        return []
    return _finding(doc, row, row.cells[0], row.values[0], pieces)


def _rows(text: str) -> list[Row | None]:
    """Lines as rows; None for a line that is no row, blank lines left out."""
    out: list[Row | None] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            out.append(_row(line, start))
        start += len(line)
    return out


def _row(line: str, start: int) -> Row | None:
    if len(line) > 400 or any(mark in line for mark in "，。；"):
        return None
    cells = tuple(m[0] for m in _CELL.finditer(line))
    if not 3 <= len(cells) <= MOST_CELLS:
        return None
    end = start + len(line.rstrip())
    folded = [_fold(c) for c in cells[1:]]
    if all(_NUMBER.fullmatch(c) for c in folded):
        return Row(start, end, cells, tuple(Decimal(c) for c in folded))
    if any(_NUMBER.fullmatch(c) for c in folded):
        return None
    return Row(start, end, cells, ())


def _fold(cell: str) -> str:
    return cell.translate(str.maketrans("０１２３４５６７８９．，", "0123456789.,")).replace(",", "")


def _check(doc: Document, header: Row, body: list[Row]) -> list[Finding]:
    out: list[Finding] = []
    names = header.cells[1:]
    totals = [k for k, name in enumerate(names) if _TOTAL.fullmatch(name)]
    parts = [k for k, name in enumerate(names) if k not in totals and not _NO_PART.search(name)]
    if len(totals) == 1 and len(parts) >= 2 and len(parts) == len(names) - 1 - _dropped(names, totals, parts):
        rows = [r for r in body if not _NOT_ADDED.search(r.cells[0])]
        wrong = [r for r in rows if not _adds(r.values[totals[0]], [r.values[k] for k in parts])]
        proven = len(rows) - len(wrong)
        for row in wrong:
            told, pieces = row.values[totals[0]], [row.values[k] for k in parts]
            if proven >= len(wrong) if proven else len(rows) == 1 and _near(told, pieces):
                out += _finding(doc, row, row.cells[0], told, pieces)
    return out + _columns(doc, header, body)


def _dropped(names: tuple[str, ...], totals: list[int], parts: list[int]) -> int:
    """Columns that are neither total nor part; they stand at the end, behind all parts."""
    rest = [k for k in range(len(names)) if k not in totals and k not in parts]
    return len(rest) if not parts or all(k > parts[-1] for k in rest) else -1


def _columns(doc: Document, header: Row, body: list[Row]) -> list[Finding]:
    sums = [n for n, row in enumerate(body) if _SUM.fullmatch(row.cells[0])]
    if len(sums) != 1 or sums[0] not in (0, len(body) - 1) or len(body) < 3:
        return []
    if any(_NESTED.search(row.cells[0]) for row in body):
        return []
    row = body[sums[0]]
    pieces = [r for r in body if r is not row]
    out: list[Finding] = []
    checked = [k for k, name in enumerate(header.cells[1:]) if not _NOT_ADDED.search(name)]
    wrong = [k for k in checked if not _adds(row.values[k], [r.values[k] for r in pieces])]
    proven = len(checked) - len(wrong)
    for k in wrong:
        values = [r.values[k] for r in pieces]
        if proven >= len(wrong) if proven else len(checked) == 1 and _near(row.values[k], values):
            out += _finding(doc, row, header.cells[k + 1], row.values[k], values)
    return out


def _adds(told: Decimal, pieces: list[Decimal]) -> bool:
    """True when the parts make the total within what rounding every cell can do."""
    digits = max(-int(v.as_tuple().exponent) for v in (told, *pieces))
    slack = Decimal(len(pieces)) / 2 / Decimal(10) ** digits if digits else Decimal(0)
    return abs(told - sum(pieces, Decimal(0))) <= slack


def _near(told: Decimal, pieces: list[Decimal]) -> bool:
    gap = abs(told - sum(pieces, Decimal(0)))
    digits = [sorted(format(v, "f")) for v in (told, sum(pieces, Decimal(0)))]
    return gap <= told * _CLOSE or digits[0] == digits[1]


def _finding(doc: Document, row: Row, name: str, told: Decimal, pieces: list[Decimal]) -> list[Finding]:
    offsets = doc.norm.offsets
    start, end = bisect_left(offsets, row.start), bisect_left(offsets, row.end)
    if start >= end or end > len(doc.norm.text):
        return []
    joint = sum(pieces, Decimal(0))
    sums = "+".join(number(v) for v in pieces)
    return [
        at(
            doc, start, end, "arithmetic", "table", Severity.WARNING,
            f"表中“{name}”各项之和为{sums}={number(joint)}，与合计{number(told)}不符，相差{number(abs(told - joint))}",
            number(joint), number(told),
        )
    ]  # fmt: skip
