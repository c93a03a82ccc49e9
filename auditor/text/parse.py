"""The whole reading of a report, from decoded text to `Document`."""

from __future__ import annotations

from auditor.model import Level, ReaderInfo
from auditor.regex import regex
from auditor.text.asides import others, topics
from auditor.text.document import Document
from auditor.text.metadata import read_metadata
from auditor.text.normalise import Layout, layout
from auditor.text.planned import planned
from auditor.text.structure import structure

_TOPIC = regex(r"法治政府|依法行政|法治建设|政府法治|法治(?:县|市|区|镇|乡)建设")
_NEAR_TOPIC = regex(r"法治|行政执法|依法")
_REPORT = regex(r"报告|总结|汇报|年报|一年来|全年|工作|情况|成效|问题|下一步|20[0-9]{2}年")
_MIN_CHARACTERS = 30


class Unsuitable(ValueError):
    """The text is no annual report on building a law-based government; the message is one Chinese sentence."""


def parse(
    text: str,
    reader: ReaderInfo,
    *,
    year: int | None = None,
    level: Level | None = None,
    pages: tuple[int, ...] = (),
) -> Document:
    """Read a decoded report; `year` and `level` override what the text says. Raise `Unsuitable`.

    `pages` are the positions at which pages 2, 3, … begin.
    """
    read = layout(text)
    _check(read)
    metadata = read_metadata(text, read, year=year, level=level)
    sections, sentences = structure(text, read.norm, read.title, metadata.report_year)
    return Document(
        text,
        read.norm,
        sentences,
        sections,
        metadata,
        reader,
        pages,
        line_starts=(0, *(m.end() for m in regex("\n").finditer(text))),
        planned=planned(read.norm.text, metadata.report_year),
        topics=topics(read.norm.text),
        others=others(read.norm.text),
    )


def _check(read: Layout) -> None:
    body = read.norm.text
    if len(body) < _MIN_CHARACTERS:
        raise Unsuitable("文件里没有可以核查的正文，请确认给出的是法治政府建设年度报告的全文。")
    topics = len(_TOPIC.findall(body))
    titled = bool(read.titles)
    needed = 1 if titled or len(body) < 2000 else 2
    if (topics < needed and len(_NEAR_TOPIC.findall(body)) < 8) or not _REPORT.search(body):
        raise Unsuitable(
            "这份文件看不出是法治政府建设年度报告（全文没有说到法治政府建设或依法行政），请确认是否选错文件。"
        )
