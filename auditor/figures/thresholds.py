"""Numbers that a document demands: stated figures that fall short of them.

What is demanded is data (table ``thresholds``). A report that states no figure is the business of the elements.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from auditor.figures.judge import at, number
from auditor.figures.quantity import Quantity
from auditor.figures.tables import TableError, check_keys, entries, levels_of, place, years_of
from auditor.model import Basis, Finding, Level, Role, Severity
from auditor.regex import regex
from auditor.text.document import Document

_CLAUSE = regex(r"[，；。！？：\n]")
_KEYS = frozenset(
    [
        "id",
        "element",
        "words",
        "near",
        "unit",
        "least",
        "sum",
        "years",
        "levels",
        "severity",
        "demand",
        "document",
        "article",
        "verified",
        "source",
    ]
)


class Threshold(Struct, frozen=True):
    id: str
    element: str
    words: tuple[tuple[str, ...], ...]
    """One word of every group stands in the sentence."""
    near: tuple[str, ...]
    """One of these stands in the clause of the figure."""
    units: tuple[str, ...]
    least: Decimal
    adds: bool
    """True: all figures count together; False: the largest one counts."""
    first: int
    last: int | None
    levels: tuple[Level, ...]
    severity: Severity
    demand: str
    basis: Basis


def thresholds(data: Any) -> tuple[Threshold, ...]:
    """Entries of the table ``thresholds``. Raises TableError."""
    return tuple(_threshold(entry, n) for n, entry in enumerate(entries(data, "thresholds"), 1))


def check_thresholds(
    doc: Document,
    found: Sequence[Quantity],
    year: int | None,
    level: Level | None,
    table: Sequence[Threshold],
) -> list[Finding]:
    """Findings (kind ``threshold``) on figures of the report year that fall short."""
    out = []
    for threshold in table:
        if year is None or year < threshold.first or (threshold.last is not None and year > threshold.last):
            continue
        if level is None or level not in threshold.levels:
            continue
        matching = [q for q in found if _matches(doc, q, threshold)]
        if not matching:
            continue
        values = [q.amount for q in matching]
        reached = sum(values, Decimal(0)) if threshold.adds else max(values)
        if reached >= threshold.least:
            continue
        out.append(_finding(doc, matching, reached, threshold))
    return out


def _finding(doc: Document, matching: Sequence[Quantity], reached: Decimal, threshold: Threshold) -> Finding:
    first = matching[0]
    start, end = _clause(doc, first)
    unit = first.unit
    shown = f"{number(reached)}{unit}"
    added = "+".join(number(q.amount) for q in matching)
    told = f"{added}={shown}" if threshold.adds and len(matching) > 1 else shown
    least = f"{number(threshold.least)}{unit}"
    message = f"写的是{told}，少于{least}：{threshold.demand}"
    finding = at(doc, start, end, "threshold", threshold.id, threshold.severity, message, least, shown)
    return replace(finding, element=threshold.element, basis=(threshold.basis,))


def _matches(doc: Document, q: Quantity, threshold: Threshold) -> bool:
    if q.unit not in threshold.units or q.sentence < 0 or q.upper is not None or q.direction:
        return False
    if q.scope in ("上年", "去年", "累计"):
        return False
    sentence = doc.sentences[q.sentence]
    if sentence.role in (Role.PROBLEMS, Role.PLAN):
        return False
    text = doc.norm.text[sentence.start : sentence.end]
    if not all(any(word in text for word in group) for group in threshold.words):
        return False
    start, end = _clause(doc, q)
    return any(word in doc.norm.text[start:end] for word in threshold.near)


def _clause(doc: Document, q: Quantity) -> tuple[int, int]:
    """Normalised span of the clause that holds the figure."""
    sentence = doc.sentences[q.sentence]
    text = doc.norm.text
    start = sentence.start
    for match in _CLAUSE.finditer(text, sentence.start, q.start):
        start = match.end()
    stop = _CLAUSE.search(text, q.end, sentence.end)
    return start, stop.start() if stop else sentence.end


def _threshold(entry: Mapping[str, Any], number_: int) -> Threshold:
    where = place("thresholds", number_)
    check_keys(entry, set(_KEYS), where)
    words, near, unit = entry.get("words"), entry.get("near"), entry.get("unit")
    if not isinstance(words, list) or not words or not all(isinstance(g, list) and g for g in words):
        raise TableError(f"{where}：words 要写至少一组词，每组是一个列表")
    if not isinstance(near, list) or not near or not isinstance(unit, list) or not unit:
        raise TableError(f"{where}：near 和 unit 要写至少一个词")
    least = entry.get("least")
    if isinstance(least, bool) or not isinstance(least, int | float) or least <= 0:
        raise TableError(f"{where}：least 要写一个大于 0 的数")
    try:
        severity = Severity(str(entry.get("severity", "warning")))
    except ValueError as error:
        raise TableError(f"{where}：severity 只能写 error、warning 或 note") from error
    first, last = years_of(entry, where)
    document = str(entry["document"])
    return Threshold(
        id=str(entry["id"]),
        element=str(entry.get("element") or ""),
        words=tuple(tuple(str(word) for word in group) for group in words),
        near=tuple(str(word) for word in near),
        units=tuple(str(word) for word in unit),
        least=Decimal(str(least)),
        adds=bool(entry.get("sum")),
        first=first,
        last=last,
        levels=levels_of(entry, where),
        severity=severity,
        demand=str(entry.get("demand") or ""),
        basis=Basis(
            document, str(entry.get("article") or ""), str(entry.get("demand") or ""), entry["verified"]
        ),
    )
