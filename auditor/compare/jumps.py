"""Figures that moved in a way that is hard to believe from one year to the next."""

from __future__ import annotations

import re

from msgspec import Struct

from auditor.compare.inputs import Report
from auditor.compare.model import Jump, Move, Stated
from auditor.compare.words import pairs, pieces
from auditor.engine.values import ACHIEVED
from auditor.figures.quantities import quantities
from auditor.figures.quantity import QKind, Quantity
from auditor.figures.report import figures as published
from auditor.text.document import Kind

FACTOR = 10
LEAST = 20
"""The larger of two counts must reach this: from 1 case to 12 is no jump."""
LEAST_POINTS = 10
_ALIKE = 0.25
_LONG_SUBJECT = 6
_EARLIER = re.compile(r"上年|去年|同期")
_TOTAL = re.compile(r"累计|共计|合计|总计|截至[^，。；]{0,14}|目前|已|共|全年|今年以来|年内|达到?|为|了")
_THIS_YEAR = re.compile(r"今年|本年|全年|年内|年度|一年来")
_SINCE = re.compile(r"(?:自)?(20\d\d)年[^，。；]{0,6}以来")
_TO_DATE = re.compile(r"截至|至今|历年|历次|启动以来|开展以来|实施以来|成立以来|施行以来")
_STOCK = re.compile(
    r"累计[已共]?(?:建成|建立|培养|培育|创建|设立|归集|选聘|命名|获评|挂牌|配备|组建|成立|打造|认定|入库|录入|取消|整合)"
)
_SINGLE = frozenset({"其中", "共", "累计", "合计", "总计", "分别", "比例", "占比"})


class _Figure(Struct, frozen=True):
    q: Quantity
    subject: str
    clause: str
    """The period up to the figure: what says since when it counts."""
    around: frozenset[str]
    elements: frozenset[str]


def moves(last: Report, this: Report) -> tuple[Move, ...]:
    """Figures of one subject and unit that moved by a factor of ten, or fell though they are cumulative."""
    old, new = _figures(last), _figures(this)
    out = []
    for key in new:
        a, b = old.get(key), new[key]
        if a is None or b is None or not _alike(a, b):
            continue
        kind = _jump(a, b, last.year, this.year)
        if kind is not None:
            out.append((b.q.start, _move(kind, a, b, last, this)))
    return tuple(move for _, move in sorted(out, key=lambda pair: pair[0]))


def _figures(report: Report) -> dict[tuple[str, str], _Figure | None]:
    """Figures by subject and class of unit; None where two of one kind stand in the report."""
    doc = report.document
    found: dict[tuple[str, str], _Figure | None] = {}
    for q in quantities(doc):
        if q.kind not in (QKind.COUNT, QKind.MONEY, QKind.RATE) or q.spelled or q.upper is not None:
            continue
        if q.sentence < 0 or _EARLIER.search(q.scope):
            continue
        s = doc.sentences[q.sentence]
        if s.role not in ACHIEVED or s.kind not in (Kind.BODY, Kind.LEAD):
            continue
        year = re.search(r"20\d\d", q.scope)
        if year and "以来" not in q.scope and report.year and int(year[0]) != report.year:
            continue
        text = report.text(s.start, s.end)
        for name in q.names or (q.subject,):
            subject = _TOTAL.sub("", name)
            if len(subject) < 2 or subject in _SINGLE or subject == q.unit:
                continue
            key = subject, "%" if q.kind is QKind.RATE else q.group
            elements = report.speaks.get(q.sentence, frozenset())
            figure = _Figure(q, subject, report.text(s.start, q.start), pairs(pieces(text)), elements)
            found[key] = None if key in found else figure
    return found


def _alike(a: _Figure, b: _Figure) -> bool:
    """Whether two figures of one name are of one thing: their sentences share words, or the name is long."""
    if len(a.subject) >= _LONG_SUBJECT or a.elements & b.elements:
        return True
    smaller = min(len(a.around), len(b.around)) or 1
    return len(a.around & b.around) / smaller >= _ALIKE


def _jump(a: _Figure, b: _Figure, last_year: int | None, this_year: int | None) -> Jump | None:
    before, after = a.q.amount, b.q.amount
    if _cumulative(a, last_year) and _cumulative(b, this_year) and _since(a) == _since(b):
        return Jump.FELL if after + b.q.ulp < before - a.q.ulp else None
    low, high = sorted((before, after))
    if low <= 0 or high < low * FACTOR:
        return None
    if a.q.kind is QKind.RATE:
        return Jump.FACTOR if high - low >= LEAST_POINTS else None
    return Jump.FACTOR if high >= LEAST else None


def _cumulative(figure: _Figure, year: int | None) -> bool:
    """Whether a figure counts from an earlier year on; 全年累计 counts one year only."""
    if figure.q.kind is QKind.RATE or _THIS_YEAR.search(figure.clause):
        return False
    since = _SINCE.search(figure.clause)
    if since:
        return year is not None and int(since[1]) < year
    if "累计" not in figure.clause:
        return False
    return bool(_TO_DATE.search(figure.clause) or _STOCK.search(figure.clause))


def _since(figure: _Figure) -> str:
    match = _SINCE.search(figure.clause)
    return match[1] if match else ""


def _move(kind: Jump, a: _Figure, b: _Figure, last: Report, this: Report) -> Move:
    before, after = _stated(a, last), _stated(b, this)
    told = f"{_number(before.value)}{before.unit}→{_number(after.value)}{after.unit}"
    if kind is Jump.FELL:
        message = f"{b.subject}是累计数，却比上年少了：{told}"
    else:
        up = b.q.amount > a.q.amount
        times = max(a.q.amount, b.q.amount) / min(a.q.amount, b.q.amount)
        message = f"{b.subject}{'增' if up else '减'}到{'' if up else '不足'}上年的{_times(float(times), up)}：{told}"
    return Move(kind, b.subject, before, after, message)


def _times(times: float, up: bool) -> str:
    return f"{times:.1f}倍" if up else ("十分之一" if times < 100 else "百分之一")


def _number(value: float) -> str:
    return f"{value:.10g}"


def _stated(figure: _Figure, report: Report) -> Stated:
    """The figure with its clause as the JSON of the audit quotes it."""
    doc = report.document
    told = next((f for f in published(doc, [figure.q]) if f.quote), None)
    if told is not None:
        return Stated(
            told.value,
            told.unit,
            told.quote,
            told.start,
            told.end,
            told.line,
            doc.place(told.start),
        )
    place = report.place(doc.sentences[figure.q.sentence].start, doc.sentences[figure.q.sentence].end)
    return Stated(
        float(figure.q.value), figure.q.unit, place.quote, place.start, place.end, place.line, place.place
    )
