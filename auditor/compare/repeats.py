"""Sentences that stand in both reports: problems word for word, achievements with only the year or figures changed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct
from rapidfuzz import fuzz, process

from auditor.compare.formulas import formulas
from auditor.compare.inputs import Report
from auditor.compare.model import Differs, Repeat
from auditor.compare.words import bare
from auditor.model import Role
from auditor.text.document import Kind

LEAST = 14
"""Characters a sentence needs, formulas and figures not counted."""
ALMOST = 92.0
"""Similarity of problems that differ in a few characters only."""
_LACKING = frozenset({Role.PROBLEMS})
_DONE = frozenset({Role.ACHIEVEMENTS})
"""Not the preface: it is much the same everywhere."""
_NUMBER = re.compile(r"[0-9]+(?:[.][0-9]+)?|[二一][〇零○一二三四五六七八九]{3}(?=年)")
_PUNCTUATION = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9#%]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}|[二一][〇零○一二三四五六七八九]{3}")
_WHEN = re.compile(r"今年以来|本年度|全年|一年来|年内|去年|今年")
_INTRODUCES = re.compile(r"：$|(?:以下|如下)[^。]{0,12}[。]?$")
_ADMITS = re.compile(
    r"(?:取得|有了)[^。]{0,24}(?:成绩|成效|进展|进步)|与[^，。]{2,60}相比|清醒[地]?(?:认识|看)到"
)


class _Sentence(Struct, frozen=True):
    start: int
    end: int
    key: str
    """Words alone, figures as #."""
    years: tuple[str, ...]
    figures: tuple[str, ...]


def problems(last: Report, this: Report) -> tuple[Repeat, ...]:
    """Problems of last year that this year's report repeats word for word or nearly so, in this year's order."""
    old = list(_sentences(last, _LACKING))
    new = list(_sentences(this, _LACKING))
    keys = [s.key for s in old]
    out, used = [], set()
    for sentence in new:
        exact = next((i for i, key in enumerate(keys) if key == sentence.key and i not in used), None)
        if exact is not None:
            used.add(exact)
            out.append(_repeat(last, this, old[exact], sentence, 100.0))
            continue
        free = {i: key for i, key in enumerate(keys) if i not in used}
        found = process.extractOne(sentence.key, free, scorer=fuzz.ratio, score_cutoff=ALMOST)
        if found is not None:
            used.add(found[2])
            out.append(_repeat(last, this, old[found[2]], sentence, found[1]))
    return tuple(out)


def achievements(last: Report, this: Report) -> tuple[Repeat, ...]:
    """Sentences on what was done that are the same as last year's once figures are masked, in this year's order."""
    old: dict[str, list[_Sentence]] = {}
    for sentence in _sentences(last, _DONE):
        old.setdefault(sentence.key, []).append(sentence)
    out = []
    for sentence in _sentences(this, _DONE):
        same = old.get(sentence.key)
        if same:
            out.append(_repeat(last, this, same.pop(0) if len(same) > 1 else same[0], sentence, 100.0))
    return tuple(out)


def _sentences(report: Report, roles: frozenset[Role]) -> Iterable[_Sentence]:
    for s in report.document.sentences:
        if s.role not in roles or s.kind is not Kind.BODY:
            continue
        text = report.text(s.start, s.end).rstrip("\n")
        if _INTRODUCES.search(text) or (roles is _LACKING and _ADMITS.search(text)):
            continue
        body = bare(text)
        own = body
        for a, b in reversed(formulas(own)):
            own = own[:a] + own[b:]
        if len(_PUNCTUATION.sub("", _NUMBER.sub("", own))) < LEAST:
            continue
        numbers = _NUMBER.findall(body)
        key = _PUNCTUATION.sub("", _NUMBER.sub("#", _WHEN.sub("", body)))
        years = tuple(n for n in numbers if _YEAR.fullmatch(n))
        figures = tuple(n for n in numbers if not _YEAR.fullmatch(n))
        yield _Sentence(s.start, s.start + len(text), key, years, figures)


def _repeat(last: Report, this: Report, a: _Sentence, b: _Sentence, similarity: float) -> Repeat:
    if a.key != b.key:
        differs = Differs.WORDS
    elif a.figures != b.figures:
        differs = Differs.FIGURES
    else:
        differs = Differs.YEAR if a.years != b.years else Differs.NOTHING
    kept = sum(x == y for x, y in zip(a.figures, b.figures, strict=False))
    return Repeat(
        differs=differs,
        last=last.place(a.start, a.end),
        this=this.place(b.start, b.end),
        similarity=round(similarity, 1),
        figures=kept,
    )
