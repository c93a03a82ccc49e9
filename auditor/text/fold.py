"""Folding of single characters: widths, look-alike code points, white space, quotation marks.

Every fold is one character to one character or to nothing, so that positions can be mapped back.
"""

from __future__ import annotations

import unicodedata

from auditor.regex import regex

# Radicals that PDF fonts put in place of ideographs and that NFKC leaves alone.
_RADICALS = dict(
    zip(
        "⺁⺎⺟⺠⺫⺮⺼⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "厂兀母民目竹月虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
_PUNCTUATION = {
    ",": "，",
    ";": "；",
    ":": "：",
    "?": "？",
    "!": "！",
    "(": "（",
    ")": "）",
    "﹐": "，",
    "､": "、",
    "︰": "：",
    "∶": "：",
    "﹕": "：",
    "﹔": "；",
    "﹝": "〔",
    "﹞": "〕",
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "–": "-",
    "−": "-",
    "―": "—",
    "─": "—",
    "━": "—",
    "•": "·",
    "‧": "·",
    "∙": "·",
    "⋅": "·",
    "・": "·",
    "●": "·",
}
_QUOTES = "“”‘’\"'「」『』〝〞〟＂＇｢｣‚‛„‟`´′″﹁﹂﹃﹄«»‹›"
_INVISIBLE = {"\u3164", "\u2800", "\u115f", "\u1160", "\uffa0", "\u034f"}
_KEPT = frozenset("①②③④⑤⑥⑦⑧⑨ªº¹²³")
_DROPPED_CATEGORIES = {"Cc", "Cf", "Zs", "Zl", "Zp"}


def _wide(char: str) -> str:
    """The character itself or its single-character compatibility form."""
    if char in _RADICALS:
        return _RADICALS[char]
    if char in _KEPT:
        return char
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char


class _Table(dict[int, str | None]):
    """Translation table filled as characters are met; `dropping` also removes spaces and quotation marks."""

    def __init__(self, dropping: bool) -> None:
        super().__init__()
        self._dropping = dropping

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        value: str | None
        if self._dropping and (
            char in _QUOTES
            or char in _INVISIBLE
            or unicodedata.category(char) in _DROPPED_CATEGORIES
            or "\ufe00" <= char <= "\ufe0f"
        ):
            value = None
        else:
            folded = _PUNCTUATION.get(char) or _wide(char)
            value = _PUNCTUATION.get(folded, folded)
        self[code] = value
        return value


_DROPPING = _Table(True)
_KEEPING = _Table(False)
#: 当场改好.实验室: a point for a full stop, and none behind a number or in a name on the net; 一.加强学习 is a heading.
_POINT = regex(
    r"(?<=[\u4e00-\u9fff》）%])(?<![一二三四五六七八九十])(?<![一二三四五六七八九十]）)\.(?![.A-Za-z])"
)
_THOUSANDS = regex(r"(?<![0-9，.])[0-9]{1,3}(?:，[0-9]{3})+(?![0-9])")


def fold(line: str) -> str:
    """Fold one line: widths and punctuation unified, white space and quotation marks gone."""
    return _POINT.sub("。", line.translate(_DROPPING))


def widths(text: str) -> str:
    """Fold widths and punctuation only; the result has the length of the text."""
    return text.translate(_KEEPING)


def fold_mapped(line: str, start: int) -> tuple[str, list[int]]:
    """Folded line without thousands separators, and the position of each of its characters.

    `start` is the position of the line's first character in the whole text.
    """
    folded = fold(line)
    if len(folded) == len(line):
        offsets = list(range(start, start + len(line)))
    else:
        offsets = [i for i, char in enumerate(line, start) if _DROPPING[ord(char)] is not None]
    return folded, offsets


def drop_thousands(text: str, offsets: list[int]) -> tuple[str, list[int]]:
    """Remove the commas of 12,345 from folded text and their positions."""
    gaps = [
        m.start() + i for m in _THOUSANDS.finditer(text) for i, char in enumerate(m.group()) if char == "，"
    ]
    if not gaps:
        return text, offsets
    skip = set(gaps)
    return (
        "".join(char for i, char in enumerate(text) if i not in skip),
        [offset for i, offset in enumerate(offsets) if i not in skip],
    )
