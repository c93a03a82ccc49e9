"""Reads every quantity of a report: its number, measure word, subject, scope and kind, with its position.

All positions are normalised ones (see ``auditor.text.document``). One pass of one expression finds the candidates;
everything else looks at a bounded window around a hit, so the time is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from decimal import Decimal

from auditor.figures import subjects, units
from auditor.figures.numerals import CHARACTERS, DIGITS, parse_number
from auditor.figures.quantity import QKind, Quantity
from auditor.figures.rows import glued
from auditor.regex import regex
from auditor.text.document import Document

__all__ = ["QKind", "Quantity", "quantities"]

_NUM = rf"(?:(?<![\d.'])\d{{1,3}}(?:'\d{{3}}){{1,4}}(?:\.\d{{1,6}})?|(?<![\d.'])\d{{1,15}}(?:\.\d{{1,6}})?|[〇零○一二两三四五六七八九十][{CHARACTERS}]{{0,19}}(?:点[〇零一二三四五六七八九]{{1,6}})?)"
_AFTER_TENTHS = "立员本果功效熟型为长就绩品交份都渝人分套片建年新色"
"""Characters that make 成 part of a word: 一成立, 三成员."""
_DASH = "[—–~～\\-－]{1,2}"
_PLAIN = r"\d{1,9}(?:\.\d{1,4})?"
_THOUSANDS = regex(r"(?=[1-9])(?<![\d.，])[1-9]\d{0,2}(?:，\d{3}){1,4}(?!\d|，\d{3}(?!\d))")
"""4,200: normalisation makes a Chinese comma of the mark."""
_TOKEN = regex(
    rf"""
    (?=[\d〔\[（(〇零○一二两三四五六七八九十百N半])(?:
    (?P<document>[〔\[（(]\d{{4}}[〕\]）)]第?\d{{1,5}}号)
  | (?P<years>(?:19|20)\d\d年?(?:{_DASH}|至|到)(?:19|20)\d\d年?)
  | (?P<date>(?:19|20)\d\d年(?:度|\d{{1,2}}月(?:\d{{1,2}}日)?)?|(?:19|20)\d\d[-./]\d{{1,2}}[-./]\d{{1,2}}
      |[二一][〇零○九][〇零○一二三四五六七八九]{{2}}年(?:[一二三四五六七八九十]{{1,2}}月(?:[一二三四五六七八九十]{{1,3}}日)?)?
      |\d{{1,2}}月(?:份|\d{{1,2}}日)?|[一二三四五六七八九十]{{1,2}}月(?:份|[一二三四五六七八九十]{{1,3}}日))
  | (?P<name>\d{{1,3}}(?:\+(?:\d{{1,3}}|[Nn]))+|N\+\d{{1,3}}
      |(?:(?:12345|12315|12348|12389|12309|12333|12328|12369)(?!\d|人(?![民工])|[名件起宗次户家份条项场元万])|1\d\d(?=热线|平台))|[一六七八九]五(?=普法|规划)|十[一二三四五六]五(?=规划|期间|时期))
  | 百分之(?P<cnpct>{_NUM})
  | (?P<tenths>[一二两三四五六七八九]成[一二三四五六七八九半]?(?![{_AFTER_TENTHS}]))(?P<tpost>多|以上|以下|左右|有余)?
  | (?<=[占了少降短缩长减近过到超足])(?P<half>一半|半数)(?P<hpost>以上|左右|多)?
  | (?P<parts>[二三四五六七八九十]分之[一二两三四五六七八九])(?P<ppost>多|以上|以下|左右|强|弱)?
  | (?<![\d.])(?P<listed>{_PLAIN})(?=(?:[、和及]{_PLAIN}){{0,6}}[、和及]{_PLAIN}(?P<lunit>%|{units.PATTERN}))
  | (?P<num>{_NUM})(?P<m1>[余多几来]?)(?P<mult>[万亿千百]{{0,2}})(?P<m2>[余多]?)
      (?:(?:%?{_DASH}|至|到)(?P<num2>{_NUM})(?P<mult2>[万亿]?)(?P<m3>[余多]?))?
      (?P<unit>%|‰|个?百分点|{units.PATTERN})(?P<post>以上|以下|以内|左右|上下|之多|余|多(?![\u4e00-\u9fff]{{1,2}}\d|年|方|部门|渠道|层|种|头|元化))?
    )""",
    re.VERBOSE,
)
"""The first line turns most characters down at once; whatever begins an alternative must be in it."""
_BEFORE = regex(
    r"(不少于|不低于|不超过|不高于|不足|不到|至少|最少|最多|至多|少于|低于|高于|多于|超过|大于|突破|将近|接近|大约|"
    r"约为|超|逾|约|近|数|几|上|第|[零〇一二三四五六七八九十]\d?)$"
)
_NAMED = regex(
    r"制度|清单|意识|维护|机制|体系|原则|中心|工程|战略|行动|计划|办法|模式|保障|建设|联动|融合|同步|公开|双|大"
)
_NOT_COUNTED = regex(r"(?:第|最多跑|只跑|再|又|同|每|各|这|那|某|任|逐|首|新|统|唯|专|进|办)$")
_OF_TWO = regex(r"(?<![统之唯其])[一二两三四五六七八九]$")
"""两三百人, 七八十户: what follows is the end of a numeral that names two figures and means neither."""
_MULT = {"": Decimal(1), "万": Decimal(10**4), "亿": Decimal(10**8), "千": Decimal(1000), "百": Decimal(100)}
_MULT |= {"万亿": Decimal(10**12), "千万": Decimal(10**7), "百万": Decimal(10**6)}
_QUOTED = regex(r"“[^“”\n]{1,24}”|‘[^‘’\n]{1,24}’|「[^「」\n]{1,24}」|\"[^\"\n]{1,24}\"")


def quantities(doc: Document) -> tuple[Quantity, ...]:
    """Every quantity of the report, in order of position."""
    text = _joined(doc)
    starts = [s.start for s in doc.sentences]
    quoted = [(m.start(), m.end()) for m in _QUOTED.finditer(doc.text)]
    quote_starts = [a for a, _ in quoted]
    found: list[Quantity] = []
    position, last_end = 0, 0
    while match := _TOKEN.search(text, position):
        position = max(match.end(), match.start() + 1)
        start, end = match.span()
        index = bisect_right(starts, start) - 1
        if index >= 0 and doc.sentences[index].end <= start:
            index = -1
        quantity = _read(text, match, index, last_end)
        if quantity is None:
            # A numeral without a measure word may hide one that starts later: 二〇二三十二件 never, 一是三件 often.
            position = match.start() + 1 if match["num"] and not match["num"][0].isdigit() else match.end()
            continue
        a, b = doc.norm.original(start, end)
        q = bisect_right(quote_starts, a) - 1
        if q >= 0 and b <= quoted[q][1] and quantity.kind is not QKind.DOCUMENT:
            quantity = _as_name(quantity)
        found.append(quantity)
        last_end = end
    return tuple(subjects.attach(text, found))


def _joined(doc: Document) -> str:
    """The normalised text with ' for the commas inside figures that were written 4,200; positions stay.

    Bare figures of a table are blotted out where they would run into the next cell (1563 1498 95.8%).
    """
    text = _without_bare(doc)
    if "，" not in text:
        return text

    def mark(match: re.Match[str]) -> str:
        commas = (k for k in range(match.start(), match.end()) if text[k] == "，")
        before = doc.text[doc.norm.original(match.start(), match.start() + 1)[0]]
        # １，２８０万元: where the digits are as wide as the mark, the mark is one of theirs.
        marks = ",，" if "０" <= before <= "９" else ","
        plain = all(doc.text[doc.norm.original(k, k + 1)[0]] in marks for k in commas)
        return match[0].replace("，", "'") if plain else match[0]

    return _THOUSANDS.sub(mark, text)


def _without_bare(doc: Document) -> str:
    text, offsets = doc.norm.text, doc.norm.offsets
    pieces, last = [], 0
    for start, end in glued(doc.text):
        a, b = bisect_left(offsets, start), bisect_left(offsets, end)
        if last <= a < b <= len(text):
            pieces += [text[last:a], " " * (b - a)]
            last = b
    return "".join([*pieces, text[last:]]) if pieces else text


def _as_name(q: Quantity) -> Quantity:
    return Quantity(q.subject, q.value, "", "", "", QKind.NAME, q.sentence, q.start, q.end, 0)


def _plain(kind: QKind, match: re.Match[str], sentence: int) -> Quantity:
    digits = regex(r"\D{0,3}(\d{1,15})").match(match[0])
    value = Decimal(digits[1]) if digits else Decimal(0)
    return Quantity(match[0], value, "", "", "", kind, sentence, match.start(), match.end(), 0)


def _value(text: str) -> tuple[Decimal, int] | None:
    if text[0].isdigit():
        return Decimal(text.replace("'", "")), len(text.partition(".")[2])
    value = parse_number(text)
    return None if value is None else (value, len(text.partition("点")[2]))


def _read(text: str, match: re.Match[str], sentence: int, last_end: int) -> Quantity | None:
    if match["document"]:
        return _plain(QKind.DOCUMENT, match, sentence)
    if match["years"] or match["date"]:
        return _plain(QKind.DATE, match, sentence)
    if match["name"]:
        return _plain(QKind.NAME, match, sentence)
    if match["listed"]:
        return _listed(text, match, sentence)
    if match["tenths"] or match["parts"] or match["half"]:
        return _fraction(text, match, sentence, last_end)
    start, end = match.span()
    number = match["cnpct"] or match["num"]
    read = _value(number)
    if read is None:
        return None
    value, decimals = read
    chinese = not number[0].isdigit()
    unit = "%" if match["cnpct"] else match["unit"]
    if unit in ("百分点", "个百分点"):
        unit = units.POINTS
    before = text[max(last_end, start - 4) : start]
    hit = _BEFORE.search(before)
    operator = hit[1] if hit else ""
    if operator == "第" or (chinese and not match["cnpct"] and _part_of_word(text, match, operator)):
        return None
    if chinese and unit in units.BARE_NOUNS:
        return None
    if operator in ("上", "数", "几") or (operator and operator[0] in "零〇一二三四五六七八九十"):
        operator = ""
    # 1.39万亩之多 stresses the figure and leaves it exact.
    post = "" if match["post"] == "之多" else match["post"]
    operator = match["m1"] or match["m2"] or match["m3"] or post or operator
    scale = _MULT.get(match["mult"] or "", Decimal(1))
    upper: Decimal | None = None
    if match["num2"] is not None:
        top = _value(match["num2"])
        if top is None:
            return None
        upper = top[0] * _MULT.get(match["mult2"] or "", Decimal(1))
        if match["mult2"] and not match["mult"]:
            scale = _MULT[match["mult2"]]
    if unit == "元" and match["mult"] in ("万", "亿"):
        unit, scale = match["mult"] + unit, Decimal(1)
    kind = QKind.COUNT
    if unit in ("%", "‰"):
        kind = QKind.RATE
    elif unit in (units.POINTS, "倍"):
        kind = QKind.CHANGE
    elif unit in units.MONEY:
        kind = QKind.MONEY
    if chinese and not decimals and match["mult"] == "":
        # Round Chinese figures in 万 or 亿 are as rounded as 1.3万.
        scale = _MULT.get(number[-1], Decimal(1)) if number[-1] in "万亿" else Decimal(1)
        value = value / scale
    spelled = chinese and len(number) == 1 and kind is QKind.COUNT
    return Quantity(
        "", value * scale, unit, "", operator, kind, sentence, start, end, decimals, scale, 0, upper, spelled
    )


def _listed(text: str, match: re.Match[str], sentence: int) -> Quantity | None:
    """分别为86、124、57件: the unit stands behind the last figure only."""
    start, end = match.span()
    clause = text[max(0, start - 60) : start]
    clause = clause[max(clause.rfind(mark) for mark in "，；。：\n") + 1 :]
    unit = match["lunit"]
    if "分别" not in clause or unit in units.TIME:
        return None
    value, decimals = Decimal(match["listed"]), len(match["listed"].partition(".")[2])
    kind = QKind.RATE if unit == "%" else QKind.MONEY if unit in units.MONEY else QKind.COUNT
    return Quantity("", value, unit, "", "", kind, sentence, start, end, decimals)


def _fraction(text: str, match: re.Match[str], sentence: int, last_end: int) -> Quantity:
    """三成 (30 %, good to ten points), 四成三 (43 %), 三分之二: rates told in words."""
    start, end = match.span()
    hit = _BEFORE.search(text[max(last_end, start - 4) : start])
    operator = match["tpost"] or match["ppost"] or match["hpost"] or (hit[1] if hit else "")
    if match["tenths"]:
        whole, _, part = match["tenths"].partition("成")
        value = Decimal(DIGITS[whole] * 10 + (5 if part == "半" else DIGITS[part] if part else 0))
        decimals = 0 if part else -1
    elif match["half"]:
        value, decimals = Decimal(50), -1
    else:
        below, _, above = match["parts"].partition("分之")
        base = 10 if below == "十" else DIGITS[below]
        # 三分之二 is meant more exactly than 七成, but hardly to the last per cent.
        value, decimals = (Decimal(DIGITS[above]) / base * 100).quantize(Decimal("0.1")), 0
        operator = operator or "约"
    return Quantity("", value, "%", "", operator, QKind.RATE, sentence, start, end, decimals)


def _part_of_word(text: str, match: re.Match[str], operator: str) -> bool:
    """True when Chinese numeral characters belong to a phrase and state no figure."""
    number, start, end = match["num"], match.start(), match.end()
    if operator in ("数", "几", "上", "近") and number[0] == "十":
        return True
    if _OF_TWO.search(text[max(0, start - 2) : start]):
        return True
    if number in ("零", "〇", "○"):
        return True
    if len(number) > 1 and all(c in "〇零○一二两三四五六七八九" for c in number):
        return True
    if _NOT_COUNTED.search(text[max(0, start - 3) : start]):
        return True
    if len(number) > 2:
        return False
    return bool(_NAMED.match(text, end)) or (len(number) == 1 and text[end : end + 1] in "性律样致切体些直")
