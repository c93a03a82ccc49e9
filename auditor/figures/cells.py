"""What a table holds and the text tells otherwise: 合计 903.30 beside 上述五个领域罚没款930.30万元."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from auditor.figures import units
from auditor.figures.columns import TOTAL
from auditor.figures.grid import Table
from auditor.figures.judge import finding, number
from auditor.figures.mentions import (
    NARROWING,
    WHOLE,
    Mention,
    bare,
    covered,
    deeds_in,
    deeds_of,
    digits_slip,
    times,
    without_deeds,
)
from auditor.figures.numerals import parse_integer
from auditor.figures.quantity import QKind
from auditor.figures.rows import Row
from auditor.figures.subjects import akin
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

MOST_TABLES, MOST_ROWS, MOST_COLUMNS = 30, 40, 8
BACK = 200
"""Characters before a table in which it is announced."""
FAR = 8000
"""Characters before and behind a table in which the text may speak of it; keeps the work linear."""
_UNIT = regex(
    r"[（(](?:单位[：:])?(?P<unit>[\u4e00-\u9fff]{1,4})[）)]|(?P<end>件|起|人次|万元|亿元|户|份|宗)数$"
)
_ALL = regex(r"单位[：:](?P<unit>[\u4e00-\u9fff]{1,3})")
_NOT_A_COUNT = regex(r"率|占|比|均|增|减|升|降|上年|去年|20\d\d|排名|序号|得分")
_SAID_ABOVE = regex(
    r"(?:(?:上述|以上|前述|上表|表中|这)|(?=[两二三四五六七八九十]个(?:领域|部门|单位|县区|镇|乡镇|行业|条线)))(?P<count>[两二三四五六七八九十]|\d{1,2})?个?(?:重点)?(?P<noun>领域|类|方面|县区|县|区|部门|单位|地|渠道|乡镇|镇|环节|行业|条线)?"
)
_KIND = regex(r"(?:类)?(?:案件|纠纷|事项|问题)?$")
_COUNTS = frozenset({"件", "人", "人次", "份", "户", "次", "个", "卷", "项", "批次", "场"})
_NEAR = Decimal("1.5")


class _Column(Struct, frozen=True):
    at: int
    deeds: frozenset[str]
    noun: str
    group: str
    """Class of its measure word; empty when none is told."""
    factor: Decimal


def check_cells(doc: Document, told: Sequence[Mention], tables: Sequence[Table]) -> list[Finding]:
    """Warnings on the text; silent where any cell of the table holds the figure."""
    out: list[Finding] = []
    seen: set[int] = set()
    starts = [m.item.q.start for m in told] if tables else []
    for table in tables[:MOST_TABLES]:
        if table.header is None or len(table.body) < 2:
            continue
        at = bisect_left(doc.norm.offsets, table.header.start)
        near = told[bisect_left(starts, at - FAR) : bisect_left(starts, at + FAR)]
        for column in _columns(doc, table, table.header):
            for m in near:
                if m.item.q.start in seen or not _in_unit(m, column):
                    continue
                found = _check(doc, table, table.header, column, m)
                if found is not None:
                    seen.add(m.item.q.start)
                    out.append(found)
    return out


def _columns(doc: Document, table: Table, header: Row) -> list[_Column]:
    above = _ALL.search(doc.text, max(0, header.start - 80), header.start)
    rated = {k for row in table.body for k in row.rates}
    out = []
    for at, name in enumerate(header.cells[1 : 1 + MOST_COLUMNS]):
        if at in rated or _NOT_A_COUNT.search(name) or TOTAL.fullmatch(name):
            continue
        match = _UNIT.search(name) or above
        unit = (match.groupdict().get("unit") or match.groupdict().get("end") or "") if match else ""
        if unit.startswith("万") and unit != "万元":
            # Told in 万件: rounded, and the text may say it more exactly.
            continue
        core = bare(regex(r"[（(].*$").sub("", name)).removesuffix("数")
        deeds = deeds_of(core)
        noun = without_deeds(core, deeds)
        if deeds or len(noun) >= 2:
            group = units.unit_class(unit) if unit else ""
            out.append(_Column(at, deeds, noun, group, units.factor(unit)))
    return out


def _in_unit(m: Mention, column: _Column) -> bool:
    group = m.item.q.group
    return group == column.group if column.group else m.item.q.kind is QKind.COUNT and group in _COUNTS


def _check(doc: Document, table: Table, header: Row, column: _Column, m: Mention) -> Finding | None:
    clause = m.item.lead + "|" + m.item.tail[:24]
    if not _speaks_of(column, m, clause):
        return None
    amount = m.item.q.amount
    if any(_equal(row, k, column, m) for row in table.body for k in range(len(row.values))):
        return None
    context = _context(doc, table, header)
    if times(clause, doc.metadata.report_year) - times(context, doc.metadata.report_year):
        return None
    above = _SAID_ABOVE.search(clause)
    row = _named_row(table, clause) or (_total(table) if above or m.parent is None else None)
    if row is None or (row is _total(table) and not _of_all(table, header, above, m, context, clause)):
        return None
    cell = row.values[column.at] * column.factor
    slip = digits_slip(row.values[column.at], amount / column.factor)
    if cell <= 0 or not (slip or max(cell, amount) <= min(cell, amount) * _NEAR):
        return None
    words = m.item.lead + "|" + m.noun if deeds_of(m.item.lead) else clause
    words = words if above is None else words.replace(above[0], "")
    words = _without(words, row, column)
    names = "|".join([context, *header.cells, *(r.cells[0] for r in table.body), "领域方面类"])
    if any(t not in names for t in NARROWING.findall(words)):
        return None
    close = 3 if row is not _total(table) else 2
    if not (covered(words, names) or (slip and (akin(words, names) or len(words.strip("|的有共")) < close))):
        return None
    before, now = number(row.values[column.at]), number(amount / column.factor)
    place = doc.place(row.start)
    return finding(
        doc, m.period, [m.item], "restated", Severity.WARNING,
        f"表中“{row.cells[0]}”一行的“{header.cells[column.at + 1]}”（{place}）为{before}，此处写为{now}，前后不一致", before, now,
    )  # fmt: skip


def _speaks_of(column: _Column, m: Mention, clause: str) -> bool:
    """The figure is told with the deed or the noun of the column and with no other deed that another column may bear."""
    if m.unsure and not _SAID_ABOVE.search(m.item.lead):
        return False
    if column.deeds:
        told = deeds_of(m.item.lead) or deeds_of(clause)
        return column.deeds == told or (
            column.deeds < told and "领域" not in clause and deeds_in(clause)[-1] in column.deeds
        )
    return column.noun in clause


def _equal(row: Row, k: int, column: _Column, m: Mention) -> bool:
    value = row.values[k] * column.factor
    return abs(value - m.item.q.amount) < max(m.item.q.ulp, Decimal("0.000001")) or value == m.item.q.amount


def _context(doc: Document, table: Table, header: Row) -> str:
    """The text that announces the table."""
    return "".join(doc.text[max(0, header.start - BACK) : header.start].split())


def _named_row(table: Table, clause: str) -> Row | None:
    found = [
        row for row in table.body[:MOST_ROWS]
        if not TOTAL.fullmatch(row.cells[0]) and len(name := _KIND.sub("", row.cells[0])) >= 2 and name in clause
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _total(table: Table) -> Row | None:
    found = [row for row in table.body if TOTAL.fullmatch(row.cells[0])]
    return found[0] if len(found) == 1 else None


def _of_all(
    table: Table, header: Row, above: re.Match[str] | None, m: Mention, context: str, clause: str
) -> bool:
    """上述五个领域 behind a table of five rows, or the whole of what the table is announced to show."""
    if above is not None:
        count = above["count"]
        rows = sum(not TOTAL.fullmatch(r.cells[0]) for r in table.body)
        told = (parse_integer(count) or int(count)) if count else rows
        return told == rows and m.item.q.start > 0
    whole = WHOLE.search(m.item.lead) is not None or (m.item.lead.endswith("的") and m.noun != "")
    own = without_deeds(bare(clause), deeds_of(clause))
    return (
        whole
        and m.parent is None
        and m.item.sep != "、"
        and any(akin(piece, context) for piece in own.split("|"))
    )


def _without(words: str, row: Row, column: _Column) -> str:
    words = words.replace(_KIND.sub("", row.cells[0]), "").replace("领域", "")
    words = words.partition("|")[0] + words.partition("|")[2][:14]
    return without_deeds(bare(words), deeds_of(words)).replace(column.noun or "\0", "")
