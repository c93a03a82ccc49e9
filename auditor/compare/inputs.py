"""A report made ready for comparing: the document, its result, and which elements each sentence speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from auditor.compare.model import Place, Side
from auditor.engine.audit import Request, audit
from auditor.engine.candidates import Outcome, candidates
from auditor.engine.values import MAX_QUOTE
from auditor.matching.evaluate import Matcher
from auditor.model import Level, Result
from auditor.reading import read_report
from auditor.rulebook.book import RuleBook
from auditor.rulebook.shelf import book_for
from auditor.text.document import Document
from auditor.text.parse import parse

_SPEAKS = frozenset({Outcome.COUNTS, Outcome.PLAN, Outcome.PROBLEM, Outcome.HEADING})


class Report(Struct, frozen=True):
    document: Document
    result: Result
    speaks: Mapping[int, frozenset[str]]
    """Sentence number to the elements it speaks of, whether done, planned or lacking."""

    @property
    def unit(self) -> str | None:
        return self.result.report.issuer or self.result.report.region

    @property
    def year(self) -> int | None:
        return self.result.report.report_year

    def text(self, start: int, end: int) -> str:
        return self.document.norm.text[start:end]

    def place(self, start: int, end: int) -> Place:
        """Where a normalised span stands; the quote is cut at 200 characters."""
        doc = self.document
        a, b = doc.norm.original(start, end)
        quote = doc.text[a : min(b, a + MAX_QUOTE)].rstrip()
        index = next((i for i, s in enumerate(doc.sentences) if s.start <= start < s.end), 0)
        sentence = doc.sentences[index]
        heading = doc.sections[sentence.section].heading if sentence.section >= 0 else ""
        return Place(quote, a, a + len(quote), doc.line(a), doc.place(a), sentence.role, heading)

    def side(self) -> Side:
        report = self.result.report
        return Side(
            file=report.file,
            sha256=report.sha256,
            title=report.title,
            unit=self.unit,
            year=report.report_year,
            ruleset=self.result.ruleset.id,
            score=self.result.score.total,
        )


def load(path: Path, shown: str, *, rules: str | None = None, level: Level | None = None) -> Report:
    """Read and judge one report, without gate. Raises NotAudited or RulesError."""
    read = read_report(path, level=level)
    doc = read.document
    book = book_for(rules, doc.metadata.report_year)
    result = audit(doc, book, None, None, Request(level=level), file=shown, sha256=read.sha256)
    return Report(doc, result, _speaks(doc, book))


def recall(result: Result, *, rules: str | None = None) -> Report:
    """A report from its stored result, judged as it was then. Raises RulesError."""
    report, options = result.report, result.options
    level = options.level or report.level
    doc = parse(report.text, report.reader, year=options.year or report.report_year, level=level)
    return Report(doc, result, _speaks(doc, book_for(rules, doc.metadata.report_year)))


def _speaks(doc: Document, book: RuleBook) -> dict[int, frozenset[str]]:
    matcher = Matcher(doc, book.index, book.concepts, book.likeness)
    found: dict[int, set[str]] = {}
    for element in book.elements:
        if element.structure is not None or element.id.startswith("要件."):
            continue
        for candidate in candidates(element, matcher):
            if candidate.outcome in _SPEAKS:
                found.setdefault(matcher.units.sentence[candidate.start], set()).add(element.id)
    return {number: frozenset(ids) for number, ids in found.items()}
