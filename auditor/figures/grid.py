"""Tables that were flattened to lines of cells: rows beside their column 合计, columns above their row 合计."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from auditor.figures.columns import MOST_TABLES, TOTAL, check_columns, row_finding
from auditor.figures.differences import check_differences
from auditor.figures.judge import number
from auditor.figures.rows import Row, cells_of, fold, is_number, rows
from auditor.model import Finding
from auditor.regex import regex
from auditor.text.document import Document

_MEASURED = regex(r"(\d{1,12}(?:\.\d{1,4})?)([件起人名户家次场份项个处宗]?)")
_TOTAL = regex(
    r"(?:合|总|共|小)计(?:数|（[^（）]{1,6}）)?|[\u4e00-\u9fff]{0,4}(?:总数|总量|总额|合计|总计)|全年|全[县市区镇局省州]合计"
)
_NO_PART = regex(r"其中|占|率|比|%|％|同比|环比|增|减|升|降|上年|去年|20\d\d|排名|序号|平均|人均|均值|备注")
_NO_LINE = regex(r"其中|占比|率|同比|环比|上年|去年|20\d\d|排名|序号|平均|人均|均值|备注|得分")
_NOT_ADDED = regex(r"率|均|占|比|%|％|得分|分数|排名|天数|年份|单价")
_NESTED = regex(r"小计|其中|分项")
_CLOSE = Decimal("0.12")
"""How far off a single row may be, as a share of its total, when no other row proves what the header means."""
_PER_CENT = regex(r"[（(][%％][）)]")
_COARSE = regex(r"[（(：:][万亿千][\u4e00-\u9fff]{1,2}[）)\s]")
ABOVE = 80
"""Characters before a table in which its unit may be told."""
MOST_ROWS = 200
MOST_NAKED = 4
"""Rows that make a table where no header stands above them, as when its cells have lines of their own."""


class Table(Struct, frozen=True):
    header: Row | None
    body: tuple[Row, ...]
    whole: bool
    """No row of it had to be left out."""


def tables_of(doc: Document) -> list[Table]:
    """The tables of the report, in order."""
    return [
        Table(header, tuple(_as_told(doc, header, body)), whole)
        for header, body, whole in _tables(rows(doc.text))
    ]


def check_tables(doc: Document, tables: Sequence[Table]) -> list[Finding]:
    """Findings on the sums of all tables of the report."""
    out: list[Finding] = []
    out += _check_lines(doc)
    for at, table in enumerate(tables):
        told: list[Row] = []
        header, body, whole = table.header, list(table.body), table.whole
        if header is not None:
            found, told = _check(doc, header, body, whole)
            out += found
            if not told:
                out += check_differences(doc, header, body, told)
        if at < MOST_TABLES:
            out += check_columns(doc, body, told)
    return out


def _tables(found: Sequence[Row | None]) -> Iterator[tuple[Row | None, list[Row], bool]]:
    """Header, rows of figures, and whether no row had to be left out; tables without a header only where they are long."""
    header: Row | None = None
    body: list[Row] = []
    whole = True
    for row in [*found, None]:
        width = body[0].width if body else header.width if header else 0
        if row is not None and row.width == width and (not body or row.names == body[0].names):
            if row.gaps:
                whole = False
                continue
            if row.values:
                if len(body) < MOST_ROWS:
                    body.append(row)
                else:
                    whole = False
                continue
        if header is not None and body:
            names = body[0].names
            yield replace(header, cells=(header.cells[0], *header.cells[names:])), body, whole
        elif len(body) >= MOST_NAKED:
            yield None, body, whole
        plain = row is not None and not row.gaps and not row.values and len(row.cells) > 2
        header, body, whole = (
            (row if plain else None),
            ([row] if row is not None and row.values else []),
            True,
        )


def _as_told(doc: Document, header: Row | None, body: list[Row]) -> list[Row]:
    """The rows with bare figures as percentages or as rounded where the header says so: 增减（%）, 罚款（万元）.

    What stands right above, 单位：万元 or a header in lines of its own, is taken to speak of every column.
    """
    names = list(enumerate(header.cells[1:] if header else ()))
    shares = frozenset(k for k, name in names if _PER_CENT.search(name))
    coarse = frozenset(k for k, name in names if _COARSE.search(name))
    start = (header or body[0]).start
    if _COARSE.search(doc.text, max(0, start - ABOVE), start):
        coarse = frozenset(range(len(body[0].values)))
    every = frozenset(range(len(body[0].values)))
    return [
        replace(row, rates=row.rates | shares, coarse=every if _COARSE.search(row.cells[0]) else coarse)
        for row in body
    ]


def _check_lines(doc: Document) -> list[Finding]:
    """Lines of a name and a figure, the last or the first of which is their total: 违法建设 6 / 其他 2 / 合计 8."""
    out: list[Finding] = []
    body: list[Row] = []
    start, whole = 0, True
    for line in [*doc.text.splitlines(keepends=True), ""]:
        if line.strip() or not line:
            row = _pair(line, start)
            if row is not None:
                whole = whole and len(body) < MOST_ROWS
                if whole:
                    body.append(row)
                if not TOTAL.fullmatch(row.cells[0]) or len(body) == 1:
                    start += len(line)
                    continue
            if whole:
                out += _sum_of(doc, body)
            body, whole = [], True
        start += len(line)
    return out


def _pair(line: str, start: int) -> Row | None:
    if len(line) > 60 or any(mark in line for mark in "，。；："):
        return None
    cells = cells_of(line)
    told = _MEASURED.fullmatch(fold(cells[1])) if len(cells) == 2 else None
    if told is None or is_number(cells[0]) or _NO_LINE.search(cells[0]):
        return None
    return Row(start, start + len(line.rstrip()), cells, (Decimal(told[1]),))


def _sum_of(doc: Document, body: list[Row]) -> list[Finding]:
    sums = [n for n, row in enumerate(body) if TOTAL.fullmatch(row.cells[0])]
    if len(sums) != 1 or sums[0] not in (0, len(body) - 1) or len(body) < 3:
        return []
    row = body[sums[0]]
    pieces = [r.values[0] for r in body if r is not row]
    if any(_NESTED.search(r.cells[0]) for r in body) or _adds(row.values[0], pieces):
        return []
    if len({_MEASURED.sub(r"\2", fold(r.cells[1])) for r in body}) > 1:
        return []
    if not row.values[0] / 2 <= sum(pieces, Decimal(0)) <= row.values[0] * 2:
        return []
    return _finding(doc, row, row.cells[0], row.values[0], pieces)


def _check(doc: Document, header: Row, body: list[Row], whole: bool) -> tuple[list[Finding], list[Row]]:
    """Findings, and the rows that they are about; ``whole`` is False where rows had to be left out."""
    out: list[Finding] = []
    told_of: list[Row] = []
    names = header.cells[1:]
    shares = {k for row in body for k in row.rates}
    totals = [k for k, name in enumerate(names) if _TOTAL.fullmatch(name)]
    parts = [
        k for k, name in enumerate(names) if k not in totals and k not in shares and not _NO_PART.search(name)
    ]
    if len(totals) == 1 and len(parts) >= 2 and len(parts) == len(names) - 1 - _dropped(names, totals, parts):
        added = [r for r in body if not _NOT_ADDED.search(r.cells[0])]
        wrong = [
            r
            for r in added
            if not _adds(r.values[totals[0]], [r.values[k] for k in parts], totals[0] in r.coarse)
        ]
        proven = len(added) - len(wrong)
        for row in wrong:
            told, pieces = row.values[totals[0]], [row.values[k] for k in parts]
            if proven >= len(wrong) if proven else len(added) == 1 and _near(told, pieces):
                told_of.append(row)
                out += _finding(doc, row, row.cells[0], told, pieces)
    return out + (_columns(doc, header, body, shares) if whole else []), told_of


def _dropped(names: tuple[str, ...], totals: list[int], parts: list[int]) -> int:
    """Columns that are neither total nor part; they stand at the end, behind all parts."""
    rest = [k for k in range(len(names)) if k not in totals and k not in parts]
    return len(rest) if not parts or all(k > parts[-1] for k in rest) else -1


def _columns(doc: Document, header: Row, body: list[Row], shares: set[int]) -> list[Finding]:
    sums = [n for n, row in enumerate(body) if TOTAL.fullmatch(row.cells[0])]
    if len(sums) != 1 or sums[0] not in (0, len(body) - 1) or len(body) < 3:
        return []
    if any(_NESTED.search(row.cells[0]) for row in body):
        return []
    row = body[sums[0]]
    pieces = [r for r in body if r is not row]
    out: list[Finding] = []
    checked = [
        k for k, name in enumerate(header.cells[1:]) if k not in shares and not _NOT_ADDED.search(name)
    ]
    wrong = [k for k in checked if not _adds(row.values[k], [r.values[k] for r in pieces], k in row.coarse)]
    proven = len(checked) - len(wrong)
    for k in wrong:
        values = [r.values[k] for r in pieces]
        if proven >= len(wrong) if proven else len(checked) == 1 and _near(row.values[k], values):
            out += _finding(doc, row, header.cells[k + 1], row.values[k], values)
    return out


def _adds(told: Decimal, pieces: list[Decimal], coarse: bool = False) -> bool:
    """True when the parts make the total within what rounding every cell can do."""
    digits = max(-int(v.as_tuple().exponent) for v in (told, *pieces))
    slack = Decimal(len(pieces)) / 2 / Decimal(10) ** digits if digits or coarse else Decimal(0)
    return abs(told - sum(pieces, Decimal(0))) <= slack


def _near(told: Decimal, pieces: list[Decimal]) -> bool:
    gap = abs(told - sum(pieces, Decimal(0)))
    digits = [sorted(format(v, "f")) for v in (told, sum(pieces, Decimal(0)))]
    return gap <= told * _CLOSE or digits[0] == digits[1]


def _finding(doc: Document, row: Row, name: str, told: Decimal, pieces: list[Decimal]) -> list[Finding]:
    joint = sum(pieces, Decimal(0))
    sums = "+".join(number(v) for v in pieces)
    message = f"表中“{name}”各项之和为{sums}={number(joint)}，与合计{number(told)}不符，相差{number(abs(told - joint))}"
    return row_finding(doc, row, "table", message, number(joint), number(told))
