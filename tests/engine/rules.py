"""A rule book of a few elements, and judging a sentence with it."""

from __future__ import annotations

from pathlib import Path

from auditor.engine.candidates import Candidate, candidates
from auditor.engine.values import Verdict
from auditor.engine.verdict import judge
from auditor.model import Level, ReaderInfo, Role
from auditor.proof import carrier
from auditor.rulebook.book import RuleBook
from auditor.rulebook.shelf import load_book
from auditor.text.document import Document
from auditor.text.parse import parse

MANIFEST = (
    'id: t\ntitle: 试验\nversion: "1"\nyears: {first: 2021}\ndocuments: [X]\ngroups: [{id: 甲, name: 甲组}]\n'
)
CLAUSES = "document: X\ntitle: 某\nshort: 某\nissued: 某\narticle: 第{n}条\nitems: [{n: '1', gist: 要旨}]\n"
HEAD = "  - id: 甲.{n}\n    name: 某项\n    basis: [{basis}]\n    sought: [{sought}]\n    advice: {{weak: 补, missing: 写}}\n"


def book(folder: Path, *rules: str, basis: str = "X-1", sought: str = "某", concepts: str = "{}") -> RuleBook:
    """Elements 甲.0, 甲.1, …, each with these lines of YAML."""
    folder.mkdir(exist_ok=True)
    (folder / "book.yaml").write_text(MANIFEST, encoding="utf-8")
    (folder / "clauses.yaml").write_text(CLAUSES, encoding="utf-8")
    text = f"group: 甲\nconcepts: {concepts}\nelements:\n"
    for number, rule in enumerate(rules):
        text += HEAD.format(n=number, basis=basis, sought=sought) + "".join(
            f"    {line}\n" for line in rule.splitlines()
        )
    (folder / "elements.yaml").write_text(text, encoding="utf-8")
    return load_book(folder)


def report(sentence: str, where: Role = Role.ACHIEVEMENTS) -> Document:
    text = carrier(sentence, where, level=Level.COUNTY, year=2023)
    return parse(text, ReaderInfo("text", "utf-8"), year=2023, level=Level.COUNTY)


def verdict(
    rules: RuleBook, doc: Document, number: int = 0, *, level: Level | None = Level.COUNTY
) -> Verdict:
    return judge(doc, rules, level)[0][f"甲.{number}"]


def found(rules: RuleBook, doc: Document, number: int = 0) -> list[Candidate]:
    _, matcher = judge(doc, rules, Level.COUNTY)
    return candidates(rules.elements[number], matcher)


def words(doc: Document, candidate: Candidate) -> str:
    """The normalised text a candidate stands on."""
    return doc.norm.text[candidate.start : candidate.end]
