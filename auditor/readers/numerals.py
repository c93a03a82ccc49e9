"""How a number is written in the numbering formats of Word."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def chinese(n: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """一, 十, 十一, 二十, 一百〇五; plain digits from 10,000 up."""
    if not 0 < n < 10_000:
        return digits[0] if n == 0 else str(n)
    out = ""
    zero = False
    text = str(n)
    for place, digit in zip(range(len(text) - 1, -1, -1), text, strict=True):
        if digit == "0":
            zero = bool(out)
            continue
        out += (digits[0] if zero else "") + digits[int(digit)] + (units[place - 1] if place else "")
        zero = False
    return out[1:] if units[0] == "十" and out.startswith("一十") else out


def roman(n: int) -> str:
    """Upper-case Roman number; plain digits outside 1 to 3999."""
    if not 0 < n < 4000:
        return str(n)
    out = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        out += sign * (n // value)
        n %= value
    return out


def letters(n: int) -> str:
    """A … Z, then AA, BB, …, as Word counts."""
    return chr(65 + (n - 1) % 26) * min(8, (n - 1) // 26 + 1) if n > 0 else str(n)


def _series(first: int, count: int) -> Callable[[int], str]:
    """Single characters of a Unicode block; plain digits beyond it."""
    return lambda n: chr(first + n - 1) if 1 <= n <= count else str(n)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda n: signs[(n - 1) % len(signs)] if n > 0 else str(n)


def _legal(n: int) -> str:
    return chinese(n, _LEGAL, "拾佰仟")


_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "koreanCounting": chinese,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "japaneseLegal": _legal,
    "ideographDigital": lambda n: "".join(_DIGITS[int(d)] for d in str(max(0, n))),
    "japaneseDigitalTenThousand": lambda n: "".join(_DIGITS[int(d)] for d in str(max(0, n))),
    "taiwaneseDigital": lambda n: "".join(_DIGITS[int(d)] for d in str(max(0, n))),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalEnclosedCircle": _series(0x2460, 20),
    "decimalEnclosedCircleChinese": _series(0x2460, 20),
    "decimalEnclosedParen": _series(0x2474, 20),
    "decimalEnclosedFullstop": _series(0x2488, 20),
    "ideographEnclosedCircle": _series(0x3280, 10),
    "ideographParenthesis": _series(0x3220, 10),
    "decimalFullWidth": lambda n: "".join(chr(0xFF10 + int(d)) for d in str(max(0, n))),
    "decimalZero": lambda n: f"{n:02d}",
    "upperRoman": roman,
    "lowerRoman": lambda n: roman(n).lower(),
    "upperLetter": letters,
    "lowerLetter": lambda n: letters(n).lower(),
    "numberInDash": lambda n: f"-{n}-",
    "none": lambda n: "",
}


def written(n: int, style: str) -> str:
    """``n`` in the number format that OOXML calls ``style``; plain digits for formats not known here."""
    return _FORMATS.get(style, str)(n)
