"""Columns of a table that belong together by their own figures: done and due give the rate, done and left the whole.

No header is read. What most rows show is taken for the rule, and a row that does not keep it is told; a rule that
several pairs of columns can claim is believed only where the row keeps none of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations, permutations

from auditor.figures.judge import HUNDRED, at, number, per_cent_fits, percent
from auditor.figures.rows import Row
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

MOST, MOST_RATES, MOST_ROWS = 6, 2, 60
"""Columns of figures and of percentages among which a rule is looked for, and rows that are looked at."""
MOST_TABLES = 100
"""Tables of a report for which rules are looked for; keeps hostile text cheap."""
TOTAL = regex(r"(?:合|总|共)计(?:数|（[^（）]{1,6}）)?|总数|总量")
"""Name of the row that sums up all the others."""
_APART = regex(r"率|占比|比重|比例|[%％]|平均|人均|均值|满意度|口径|可比|剔除|调整后")
"""Rows that hold rates themselves, means or figures of another count: what the other rows show does not bind them."""
PROOF = 2
"""Rows that must show the rule of a rate beside every row that does not keep it; three for that of a sum."""


def check_columns(doc: Document, body: Sequence[Row], told: Sequence[Row]) -> list[Finding]:
    """Findings on rows of one table; rows in ``told`` already have one and are left alone."""
    width, body = len(body[0].values), body[:MOST_ROWS]
    rates = sorted({k for row in body for k in row.rates})
    plain = [k for k in range(width) if k not in rates]
    if not 1 <= len(plain) <= MOST or len(rates) > MOST_RATES:
        return []
    out: list[Finding] = []
    done = [row.start for row in told]
    for row, sums in _broken_sums(body, plain) or _broken_lists(body, plain):
        if row.start not in done:
            done.append(row.start)
            out += row_finding(doc, row, "table", sums[0], sums[1], sums[2])
    for column in rates:
        for row, parts in _broken_rates(body, plain, column):
            if row.start not in done:
                out += row_finding(doc, row, "rate", *parts)
    return out


def _broken_rates(
    body: Sequence[Row], plain: Sequence[int], column: int
) -> list[tuple[Row, tuple[str, str, str]]]:
    """Rows whose percentage is none of what the pairs of columns give that most rows agree on."""
    usable = [row for row in body if column in row.rates]
    # What may be below zero is a difference, of which nothing is a share.
    plain = [k for k in plain if all(row.values[k] >= 0 for row in usable)]
    ruled = [(change, *_rules(usable, plain, column, change)) for change in (False, True)]
    change, rules, shown = max(ruled, key=lambda rule: rule[2])
    claimed = [(n, d, kind) for kind, pairs, count in ruled if count >= PROOF for n, d in pairs]
    wrong = [
        row for row in usable
        if not _APART.search(row.cells[0]) and not any(_keeps(row, n, d, column, kind) for n, d, kind in claimed)
    ]  # fmt: skip
    if shown >= max(PROOF, PROOF * len(wrong)):
        n, d = rules[0]
        return [(row, _rate_words(row, n, d, column, change)) for row in wrong]
    return _broken_shares(usable, plain, column)


def _keeps(row: Row, n: int, d: int, column: int, change: bool) -> bool:
    """True when the row keeps the rule, turned over too, or tells the step in points."""
    if change and abs(row.values[n] - row.values[d]) == abs(row.values[column]):
        return True
    # 逆向指标: the less, the better, so that the aim is divided by what came of it.
    return _fits(row, n, d, column, change) or (not change and _fits(row, d, n, column, change))


def _broken_shares(
    usable: Sequence[Row], plain: Sequence[int], column: int
) -> list[tuple[Row, tuple[str, str, str]]]:
    """Rows whose percentage is not their share of the total, where it is that in most of the others."""
    parts = [row for row in usable if not TOTAL.fullmatch(row.cells[0])]
    for k in plain:
        whole = sum((row.values[k] for row in parts), Decimal(0))
        if whole <= 0 or any(row.values[k] != whole for row in usable if row not in parts):
            # The sum is not sure itself.
            continue
        wrong = [row for row in parts if not _is_share(row, k, column, whole)]
        if wrong and len(parts) - len(wrong) >= max(PROOF + 1, PROOF * len(wrong)):
            return [(row, _share_words(row, k, column, whole)) for row in wrong]
    return []


def _is_share(row: Row, k: int, column: int, whole: Decimal) -> bool:
    value, stated = row.values[k] / whole * HUNDRED, row.values[column]
    return per_cent_fits(value, value, stated, max(0, -int(stated.as_tuple().exponent)))


def _share_words(row: Row, k: int, column: int, whole: Decimal) -> tuple[str, str, str]:
    stated = row.values[column]
    expected = percent(row.values[k] / whole * HUNDRED, max(0, -int(stated.as_tuple().exponent)))
    written = format(stated, "f") + "%"
    message = f"表中“{row.cells[0]}”占合计的{number(row.values[k])}÷{number(whole)}={expected}，与所写的{written}不符"
    return message, expected, written


def _rules(
    usable: Sequence[Row], plain: Sequence[int], column: int, change: bool
) -> tuple[list[tuple[int, int]], int]:
    """The pairs of columns that give the percentage in the most rows, and the number of those rows."""
    best: list[tuple[int, int]] = []
    most = 0
    for n, d in permutations(plain, 2):
        shown = sum(row.values[n] != row.values[d] > 0 and _fits(row, n, d, column, change) for row in usable)
        if shown > most:
            best, most = [], shown
        if shown == most:
            best.append((n, d))
    return best, most


def _value(row: Row, n: int, d: int, change: bool) -> Decimal:
    one, two = row.values[n], row.values[d]
    return (one - two if change else one) / two * HUNDRED


def _fits(row: Row, n: int, d: int, column: int, change: bool) -> bool:
    if row.values[d] <= 0:
        # Nothing was due: whatever is written there is a convention.
        return True
    stated = row.values[column]
    half_n, half_d = _half(row, n), _half(row, d)
    top, base, less = row.values[n], row.values[d], 100 if change else 0
    # Floats are near enough to turn most rows down; what comes close is reckoned exactly.
    near = float(top - half_n) / float(base + half_d) * 100 - less - 1.5
    far = float(top + half_n) / float(base - half_d) * 100 - less + 1.5
    if not (near <= stated <= far or near <= -stated <= far):
        return False
    low = (top - half_n) / (base + half_d) * HUNDRED - less
    high = (top + half_n) / (base - half_d) * HUNDRED - less
    decimals = max(0, -int(stated.as_tuple().exponent))
    if low < 0 and per_cent_fits(-high, -low, -stated if stated < 0 else stated, decimals):
        # 降幅 may be written without its sign.
        return True
    return high >= 0 and per_cent_fits(low, high, stated, decimals)


def _half(row: Row, k: int) -> Decimal:
    """Half of what one of the last written digit is worth; 0 for a figure that was counted and not rounded."""
    exponent = int(row.values[k].as_tuple().exponent)
    if exponent >= 0 and k not in row.coarse:
        return Decimal(0)
    return Decimal(1).scaleb(min(exponent, 0)) / 2


def _rate_words(row: Row, n: int, d: int, column: int, change: bool) -> tuple[str, str, str]:
    one, two, stated = row.values[n], row.values[d], format(row.values[column], "f") + "%"
    decimals = max(0, -int(row.values[column].as_tuple().exponent))
    expected = percent(_value(row, n, d, change), decimals)
    top = f"（{number(one)}-{number(two)}）" if change else number(one)
    return f"表中“{row.cells[0]}”一行{top}÷{number(two)}={expected}，与所写的{stated}不符", expected, stated


def _broken_sums(body: Sequence[Row], plain: Sequence[int]) -> list[tuple[Row, tuple[str, str, str]]]:
    """The one row in which a column is not the sum of two others as it is in all the rest."""
    if len(plain) < 3 or len(body) < 4:
        return []
    for whole in plain:
        for one, two in combinations([k for k in plain if k != whole], 2):
            wrong = [
                r for r in body
                if abs(r.values[one] + r.values[two] - r.values[whole])
                > _half(r, one) + _half(r, two) + _half(r, whole)
            ]  # fmt: skip
            shown = sum(r.values[one] > 0 and r.values[two] > 0 for r in body if r not in wrong)
            if len(wrong) == 1 and shown >= PROOF + 1:
                row = wrong[0]
                joint = number(row.values[one] + row.values[two])
                stated = number(row.values[whole])
                words = (
                    f"表中其他各行都是两项之和，“{row.cells[0]}”一行{number(row.values[one])}+{number(row.values[two])}"
                    f"={joint}，与所写的{stated}不符"
                )
                return [(row, (words, joint, stated))]
    return []


def _broken_lists(body: Sequence[Row], plain: Sequence[int]) -> list[tuple[Row, tuple[str, str, str]]]:
    """The one row in which a column is not the sum of three or more side by side as it is in all the rest."""
    if len(plain) < 4 or len(body) < 4:
        return []
    for whole in plain:
        for first in plain:
            for size in range(len(plain) - 1, 2, -1):
                parts = range(first, first + size)
                if whole in parts or any(k not in plain for k in parts):
                    continue
                wrong = [r for r in body if _gap(r, parts, whole)]
                sums = [r for r in wrong if TOTAL.fullmatch(r.cells[0])]
                if len(wrong) == 2 and len(sums) == 1 and len({_gap(r, parts, whole) for r in wrong}) == 1:
                    # The sum of all rows takes the slip of the one row with it.
                    wrong = [r for r in wrong if r is not sums[0]]
                kept = [r for r in body if r not in wrong and r not in sums]
                shown = sum(sum(r.values[k] > 0 for k in parts) >= 3 for r in kept)
                if len(wrong) == 1 and shown >= PROOF:
                    row = wrong[0]
                    pieces = [row.values[k] for k in parts]
                    joint, stated = number(sum(pieces, Decimal(0))), number(row.values[whole])
                    plus = "+".join(number(v) for v in pieces)
                    words = (
                        f"表中其他各行都是各项之和，“{row.cells[0]}”一行{plus}={joint}，与所写的{stated}不符"
                    )
                    return [(row, (words, joint, stated))]
    return []


def _gap(row: Row, parts: Sequence[int], whole: int) -> Decimal:
    """What the parts lack of the whole; 0 within what rounding every cell can do."""
    off = row.values[whole] - sum((row.values[k] for k in parts), Decimal(0))
    return off if abs(off) > sum((_half(row, k) for k in (*parts, whole)), Decimal(0)) else Decimal(0)


def row_finding(
    doc: Document, row: Row, relation: str, message: str, expected: str, stated: str
) -> list[Finding]:
    """A warning on a row; nothing when the row is no part of the normalised text."""
    offsets = doc.norm.offsets
    start, end = bisect_left(offsets, row.start), bisect_left(offsets, row.end)
    if start >= end or end > len(doc.norm.text):
        return []
    return [at(doc, start, end, "arithmetic", relation, Severity.WARNING, message, expected, stated)]
