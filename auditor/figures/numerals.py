"""Chinese numerals to numbers.

Everything is exact (``Decimal``) and bounded: a numeral is at most ``LONGEST`` characters and below 10^16.
Malformed runs of numeral characters give ``None``; nothing here raises on text.
"""

from __future__ import annotations

from decimal import Decimal

LONGEST = 32
"""Longest run of characters that is read as one numeral."""

DIGITS = {
    "〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
CHARACTERS = "".join(DIGITS) + "".join(SMALL) + "".join(LARGE)


def parse_integer(text: str) -> int | None:
    """Value of a Chinese integer: 二十, 一万二千, 两百, 三百五 (350), 二〇二四; None when malformed."""
    if not text or len(text) > LONGEST or any(c not in CHARACTERS for c in text):
        return None
    if all(c in DIGITS for c in text):
        # A run of bare digits is read digit by digit (years, numbers); 两 never stands in such a run.
        if len(text) > 1 and "两" in text:
            return None
        return int("".join(str(DIGITS[c]) for c in text)) if len(text) <= 16 else None
    return _with_units(text)


def _with_units(text: str) -> int | None:
    total, rest = 0, text
    for name, size in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = rest.partition(name)
        if not found:
            continue
        # 三百万亿: what stands before 亿 may itself count in 万; before 万 only four digits can stand.
        value = _with_units(head) if name == "亿" and "万" in head else _section(head)
        if value is None or value == 0:
            return None
        total += value * size
        if len(tail) == 1 and tail in DIGITS and DIGITS[tail]:
            # 一万二 is short for 一万二千.
            return total + DIGITS[tail] * size // 10
        rest = tail
    if not rest:
        return total
    value = _section(rest, elliptic=True)
    return None if value is None else total + value


def _section(text: str, elliptic: bool = False) -> int | None:
    """A number below 10,000 in 千, 百 and 十; with ``elliptic`` also 三百五 for 350."""
    total, digit, last, zero = 0, None, 10**4, False
    for char in text:
        if char in DIGITS:
            if char in "〇零○":
                if digit is not None or zero:
                    return None
                zero = True
                continue
            if digit is not None:
                return None
            digit = DIGITS[char]
        elif char in SMALL:
            size = SMALL[char]
            if size >= last:
                return None
            if digit is None:
                # Only 十 may stand without a digit: 十, 十五, 一百十 (spoken), 零十 never.
                if size != 10 or zero:
                    return None
                digit = 1
            total, digit, last, zero = total + digit * size, None, size, False
        else:
            return None
    if digit is not None:
        total += digit * (last // 10) if elliptic and 100 <= last < 10**4 and not zero else digit
    elif zero and not total:
        return 0
    elif zero or not text:
        return None
    return total


def parse_number(text: str) -> Decimal | None:
    """Value of a Chinese number with or without a decimal part: 九十八点五, 一百, 〇点五; None when malformed."""
    whole, point, part = text.partition("点")
    value = parse_integer(whole)
    if value is None:
        return None
    if not point:
        return Decimal(value)
    if not part or len(part) > 6 or any(c not in DIGITS or c == "两" for c in part):
        return None
    return Decimal(value) + Decimal("0." + "".join(str(DIGITS[c]) for c in part))
