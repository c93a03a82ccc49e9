"""The end of a report: name of the unit and date."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.regex import regex

_ZERO = "〇○零OoО0"
_CN_YEAR = rf"二[{_ZERO}][一二三四五六七八九{_ZERO}]{{2}}"
_DATE_LINE = regex(
    rf"[（(]?(?:(?:20[0-9]{{2}}|{_CN_YEAR})年(?:[0-9]{{1,2}}|[一二三四五六七八九十元]{{1,2}})月"
    rf"(?:[0-9]{{1,2}}|[一二三四五六七八九十廿卅]{{1,4}})?[日号]?|20[0-9]{{2}}[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}"
    r"|20[0-9]{4,6})[）)]?"
)
DAMAGED_DATE = regex(
    r"(?P<y>20[0-9]{2})(?P<sep>[\u4e00-\u9fff]?)(?P<m>[0-9]{1,2})(?:月|[\u4e00-\u9fff](?=[0-9]{1,2}日))(?P<d>[0-9]{1,2})[\u4e00-\u9fff]?"
)
"""A date line of which one of 年月日 was lost or replaced and which still reads in one way only."""
_UNIT_END = regex(
    r"(?:人民政府|政府|委员会|办公室|办事处|管委会|工委|[局厅委办院署]|中心|[支总大]队|公司|领导小组|街道|公章）|（章）|盖章）)$"
)
_DIGITS = dict(zip("零〇○OoО一二三四五六七八九", "0000000123456789"[1:], strict=True))
_SIGNED = regex(rf"(.{{4,40}}?)({_DATE_LINE.pattern})")


def is_date_line(text: str) -> bool:
    """Whether a folded paragraph is a date and nothing else, figures possibly damaged."""
    return len(text) <= 24 and (
        _DATE_LINE.fullmatch(text) is not None or DAMAGED_DATE.fullmatch(text) is not None
    )


def is_unit_line(text: str) -> bool:
    """Whether a folded paragraph is a bare unit name."""
    return (
        3 <= len(text) <= 40
        and not any(c in text for c in "，。：；、！？0123456789")
        and _UNIT_END.search(text) is not None
    )


def is_signature(text: str) -> bool:
    """Unit name, date, or both run together."""
    if is_date_line(text) or is_unit_line(text):
        return True
    m = _SIGNED.fullmatch(text) if len(text) <= 70 else None
    return m is not None and is_unit_line(m.group(1))


def letter_end(paragraphs: Sequence[str]) -> int:
    """Index after the unit and date that close the letter: what follows are annexes. All of it where there are none.

    A signature in the first third belongs to a notice that forwards the report.
    """
    least = sum(map(len, paragraphs)) // 3
    passed = 0
    for i in range(1, len(paragraphs)):
        passed += len(paragraphs[i - 1])
        if passed > least and is_date_line(paragraphs[i]) and is_unit_line(paragraphs[i - 1]):
            return i + 1
    return len(paragraphs)


def chinese_number(text: str) -> int | None:
    """Value of a day, month (十一, 二十三, 廿三, 元) or Arabic number; None when it is neither."""
    if text.isascii() and text.isdigit():
        return int(text)
    text = text.replace("元", "一").replace("廿", "二十").replace("卅", "三十")
    if text in _DIGITS:
        return int(_DIGITS[text])
    m = regex(r"([一二三]?)十([一二三四五六七八九]?)").fullmatch(text)
    if not m:
        return None
    tens = int(_DIGITS[m.group(1)]) if m.group(1) else 1
    return 10 * tens + (int(_DIGITS[m.group(2)]) if m.group(2) else 0)


def chinese_year(text: str) -> int | None:
    """Value of a four-figure year written with Arabic or Chinese figures."""
    if text.isascii() and text.isdigit():
        return int(text)
    digits = "".join(_DIGITS.get(c, "0" if c == "0" else "?") for c in text)
    return int(digits) if len(digits) == 4 and digits.isascii() and digits.isdigit() else None
