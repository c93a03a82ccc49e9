"""The text of a report that is its own: what is left when headings, titles, formulas and figures are taken away.

Names of the reporting unit and numbers become one mark each, so that a passage copied from a neighbour stays the same
passage when names and figures are exchanged.
"""

from __future__ import annotations

import re
from array import array

from msgspec import Struct

from auditor.compare.formulas import foreign
from auditor.text.document import Document, Kind

NAME, NUMBER = "@", "#"
BLOCK = 50
"""Least characters of a block."""
_TOKEN = re.compile(r"(?P<number>[0-9]+(?:[.][0-9]+)?)|(?P<word>[\u4e00-\u9fffA-Za-z%])")
_HERE = (
    "[我全本]?[省市州县区旗镇乡局委办厅](?=政府|委|直|级|内|域)|[我全本][省市州县区旗镇乡局委办厅]|街道办?"
)
_SUFFIX = re.compile(r"(?:人民政府|政府|办公室|街道办事处|街道|[省市州县区旗镇乡局委办厅])$")


class Own(Struct, frozen=True):
    """Own text with its places in the report."""

    file: str
    text: str
    """Words without punctuation; ``@`` for names of the unit, ``#`` for numbers."""
    offsets: array[int]
    """Original position of every character of ``text``."""
    sentences: array[int]
    """Where sentences begin in ``text``, plus its length."""
    line_starts: array[int]
    original: str
    container: str
    """Format of the file; with ``pages`` what places are called."""
    pages: tuple[int, ...]

    def block_spans(self) -> list[tuple[int, int]]:
        """At every sentence a block of whole sentences begins, long enough to tell; blocks overlap, so that a copied
        passage holds some whatever stands before it."""
        spans: list[tuple[int, int]] = []
        last = len(self.sentences) - 1
        j = 0
        for i in range(last):
            j = max(j, i + 1)
            while j < last and self.sentences[j] - self.sentences[i] < BLOCK:
                j += 1
            if self.sentences[j] - self.sentences[i] < BLOCK:
                break
            spans.append((self.sentences[i], self.sentences[j]))
        return spans


def words(text: str) -> int:
    """Characters of own text that are neither names of the unit nor figures."""
    return len(text) - text.count(NAME) - text.count(NUMBER)


def own_text(doc: Document, file: str) -> Own:
    """Own text of a report; linear in its length."""
    text = doc.norm.text
    away = bytearray(len(text))
    for a, b in foreign(doc):
        away[a:b] = b"\x01" * (b - a)
    names = _names(doc)
    out: list[str] = []
    offsets, sentences = array("I"), array("I")
    for s in doc.sentences:
        if s.kind is not Kind.BODY:
            continue
        size = len(out)
        covered = [m.span() for m in names.finditer(text, s.start, s.end)]
        for a, _ in covered:
            away[a] = 0
        starts = dict(covered)
        until = s.start
        for match in _TOKEN.finditer(text, s.start, s.end):
            at = match.start()
            if at in starts:
                until = starts[at]
                out.append(NAME)
            elif at < until or away[at]:
                continue
            else:
                out.append(NUMBER if match["number"] else match[0])
            offsets.append(doc.norm.offsets[at])
        if len(out) > size:
            sentences.append(size)
    sentences.append(len(out))
    return Own(
        file,
        "".join(out),
        offsets,
        sentences,
        array("I", doc.line_starts),
        doc.text,
        doc.reader.format,
        doc.pages,
    )


def _names(doc: Document) -> re.Pattern[str]:
    """The unit's own names, with and without 人民政府 and 县, and words such as 我县."""
    known: set[str] = set()
    for name in (doc.metadata.region, doc.metadata.issuer):
        while name and len(name) >= 2:
            known.add(name)
            shorter = _SUFFIX.sub("", name)
            if shorter == name:
                break
            name = shorter
    # 清渠 of 清渠县 may be written alone; one character never.
    listed = sorted((re.escape(n) for n in known if len(n) >= 2), key=lambda n: (-len(n), n))
    head = "(?:" + "|".join(listed) + ")[省市州县区旗镇乡局]?|" if listed else ""
    return re.compile(head + _HERE)
