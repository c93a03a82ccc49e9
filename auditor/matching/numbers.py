"""Number classes that patterns can name: {数} {率} {件数} {场次} {人数} {日期}."""

from __future__ import annotations

import re

from auditor.regex import regex

_ARABIC = r"[0-9]+(?:\.[0-9]+)?"
_CHINESE = r"[一二两三四五六七八九十百千万][一二两三四五六七八九十百千万零〇]*"
_MORE = r"[余多]?[万亿千百]?[余多]?"
# 一起, 一律, 一线 and the like are words, not numbers.
_WORDS = r"(?!一(?:起(?=[一-鿿])|些|样|直|定|律|般|致|并|同|旦|步|体|批|系列|方面|流|线|把手|口|道|心|手|贯|时|度|再|向|切|面|经|家人|站式|窗|网|次性|次办|次告知|条龙|张网))"
_NUMBER = rf"(?:{_ARABIC}{_MORE}|(?<![第统唯专]){_WORDS}{_CHINESE}[余多]?)"
# 一件事 is a service brand and 一次性 an adverb; 一批 and 一系列 count nothing.
_PIECES = r"(?:件(?!事)|部|份|篇|起|宗|例|个|项|条|批次)"
_TIMES = r"(?:场|期|次(?!性|办)|班次|堂|讲|课|回|轮|节|批次|批|届|个班|个专题班)"

CLASSES: dict[str, re.Pattern[str]] = {
    "数": regex(_NUMBER),
    "率": regex(rf"{_ARABIC}%|百分之[一二两三四五六七八九十百零〇点]+|百分百"),
    "件数": regex(rf"{_NUMBER}{_PIECES}"),
    # 二十届 and the like are congresses of the Party.
    "场次": regex(rf"(?!(?:二十|十[七八九])届){_NUMBER}{_TIMES}"),
    "人数": regex(rf"{_NUMBER}(?:名|人|位|人次)"),
    "日期": regex(r"[0-9]{1,4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[0-9]{1,2}月(?:[0-9]{1,2}日|[上中下]旬)?"),
}
