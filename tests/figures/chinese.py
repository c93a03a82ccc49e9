"""Writes numbers as Chinese numerals, for the tests that read them back."""

from __future__ import annotations

from decimal import Decimal

_TO_DIGIT = "零一二三四五六七八九"


def to_chinese(value: int | Decimal) -> str:
    """Chinese numeral of a number between 0 and 10^16; ValueError outside of it."""
    number = Decimal(value)
    if not 0 <= number < 10**16:
        raise ValueError("只能写出 0 至一亿亿之间的数")
    whole = int(number)
    text = _integer(whole)
    part = format(number.normalize(), "f").partition(".")[2]
    return text + ("点" + "".join(_TO_DIGIT[int(c)] for c in part) if part else "")


def _integer(value: int) -> str:
    if value == 0:
        return "零"
    # From the largest section down; a section that starts below 1,000 takes 零 before it.
    text, pending = "", False
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, value = divmod(value, size)
        if not part:
            pending = pending or bool(text)
            continue
        if text and (part < 1000 or pending):
            text += "零"
        text += (_integer(part) if part >= 10**4 else _thousands(part)) + name
        pending = False
    if text.startswith("一十"):
        text = text[1:]
    return text


def _thousands(value: int) -> str:
    text, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, size)
        if digit:
            text += ("零" if gap and text else "") + _TO_DIGIT[digit] + name
            gap = False
        else:
            gap = True
    return text
