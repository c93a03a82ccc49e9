"""The shape of rule files, as typed records that refuse unknown keys.

The same types give the JSON Schema for editors (``audit rules lint --schema``), so the two cannot drift apart.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, TypeVar

import msgspec

from auditor.model import Level, Role, Status, Tier
from auditor.rulebook.faults import Loaded, RulesError

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class Record(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Base of all rule records: unknown keys are refused, so that a typo never makes a rule silently weaker."""


class CountSpec(Record, frozen=True):
    """``min`` (to ``max``) of the listed things are named."""

    of: list[list[Text]]
    """Each thing is a list of patterns that name it."""
    min: int
    max: int | None = None


class ElementsSpec(Record, frozen=True):
    """Depends on the verdict on other elements: at least ``min`` of ``ids`` have one of ``status``."""

    ids: list[Text]
    status: list[Status]
    min: int = 1


class ConditionSpec(Record, frozen=True):
    """One way in which an element is met. Everything given must hold together."""

    all: list[Text] = []
    """Patterns that must all occur, in any order, within the unit."""
    any: list[Text] = []
    """At least one of these must occur as well, within the same unit."""
    within: str | int = "sentence"
    """clause, sentence, paragraph, or the most characters from the first to the last word."""
    unless: list[Text] = []
    """None of these may stand in the clauses of the match."""
    unless_sentence: list[Text] = []
    """None of these may stand in the sentences of the match."""
    context: list[Text] = []
    """One of these must stand in the same paragraph or in a heading above it."""
    count: CountSpec | None = None
    elements: ElementsSpec | None = None
    heading: bool = False
    """True: a bare heading is enough."""
    negated: bool = False
    """True: 未、没有 before the words do not turn the meaning (未发生行政诉讼案件)."""
    grounds: bool = False
    """True: a clause that only says on what grounds the rest was done (按照…要求，) is enough."""
    roles: list[Role] | None = None
    """Only in these parts; default: for covered the achievements, for weak anywhere, for mention problems and plan."""
    reason: Text | None = None
    """Why this makes the element weak, in plain words for the report."""


class AdviceSpec(Record, frozen=True):
    weak: Text
    missing: Text


class Aside(StrEnum):
    """What an element may count although it is no deed of the reporting body."""

    TOPICS = "topics"
    """The topic of a meeting or a course."""
    OTHERS = "others"
    """What an assembly, a court or another body outside the government did."""


class ElementSpec(Record, frozen=True):
    """The rule of one checklist element."""

    id: Name
    name: Name
    basis: list[Text]
    sought: list[Text]
    """What is looked for, in words for the reader of the report."""
    advice: AdviceSpec
    headline: bool = False
    tier: Tier | None = None
    """Default: statutory when the basis holds article 25 of the inspection rules, else outline."""
    levels: list[Level] | None = None
    weight: float | None = None
    structure: Name | None = None
    """Name of a check on the report's form; such elements have no patterns."""
    admit: list[Aside] = []
    """Asides that count for this element all the same."""
    likeness: bool = True
    """False: passages need not read like the examples the book was taught with."""
    ignore: list[Text] = []
    """Look-alikes: words that lie inside one of these never count for this element."""
    covered: list[str | ConditionSpec] = []
    weak: list[str | ConditionSpec] = []
    mention: list[str | ConditionSpec] = []
    """Looser wording that makes the element weak when it stands among the shortcomings or plans."""


class ConceptSpec(Record, frozen=True):
    any: list[Text]
    ignore: list[Text] = []


class GroupFile(Record, frozen=True):
    """One file per group of the checklist."""

    group: Name
    concepts: dict[str, list[str] | ConceptSpec] = {}
    elements: list[ElementSpec] = []


class ConceptFile(Record, frozen=True):
    concepts: dict[str, list[str] | ConceptSpec]


class ClauseSpec(Record, frozen=True):
    n: Text
    gist: Text
    verified: bool = False
    source: Text | None = None
    cite: Text | None = None
    """How this clause is cited when the document's ``article`` does not read well with its number."""


class ClauseFile(Record, frozen=True):
    """The clauses of one document, each with our own one-line gist."""

    document: Name
    title: Text
    short: Text
    issued: Text
    article: Text
    """How a clause is cited, with {n} for its number."""
    items: list[ClauseSpec]


class GroupSpec(Record, frozen=True):
    id: Name
    name: Name


class YearsSpec(Record, frozen=True):
    first: int
    last: int | None = None
    reference_after: int | None = None
    """After this year the outline elements are shown for reference only, until a newer book exists."""


class BookFile(Record, frozen=True):
    """Manifest of a rule book."""

    id: Name
    title: Text
    version: Name
    years: YearsSpec
    extends: Name | None = None
    documents: list[Name] = []
    """Documents in force for these years; an element applies when its basis names one of them."""
    groups: list[GroupSpec] = []
    switch_off: list[Name] = []


class CaseSpec(Record, frozen=True):
    """Examples of one element: sentences that must be covered, weak or must not count at all."""

    id: Name
    covered: list[Text]
    near: list[Text]
    """Look-alikes among the achievements that leave the element missing."""
    weak: list[Text] = []
    """Weak although it stands among the achievements."""
    weak_problems: list[Text] = []
    """Weak because it is told as a shortcoming."""
    plan: list[Text] = []
    """Weak because it is told as a plan."""
    where: Role = Role.ACHIEVEMENTS
    """Part in which covered, weak and near sentences stand; the problems for elements about shortcomings."""


class CaseFile(Record, frozen=True):
    cases: list[CaseSpec]


T = TypeVar("T")


def convert(loaded: Loaded, kind: type[T]) -> T:
    """Typed record from plain data; raises RulesError with file, line and remedy."""
    try:
        return msgspec.convert(loaded.data, kind)
    except msgspec.ValidationError as error:
        raise RulesError(_explain(loaded, str(error))) from error


_KINDS = {
    "str": "文字",
    "int": "整数",
    "float": "数字",
    "bool": "true 或 false",
    "array": "列表",
    "object": "键值",
}


def _explain(loaded: Loaded, message: str) -> str:
    """A msgspec message in Chinese, with the line it points at."""
    text, _, path = message.partition(" - at `")
    path = path.rstrip("`") or "$"
    words = text.split("`")
    where = loaded.where(path)
    if "unknown field" in text:
        return f"{where}：不认识的键“{words[1]}”，请检查拼写或删去"
    if "missing required field" in text:
        return f"{where}：缺少“{words[1]}”，请补上"
    if text.startswith("Expected") and len(words) >= 4:
        want = "或".join(_KINDS.get(w.strip(), w.strip()) for w in words[1].split("|"))
        got = _KINDS.get(words[3], words[3])
        return f"{where}：这里应当是{want}，写的却是{got}，请改正"
    if "Invalid enum value" in text:
        value = text.partition("Invalid enum value ")[2].strip("`'")
        return f"{where}：“{value}”不在允许的取值之中，请改正"
    return f"{where}：内容不符合格式（{text}），请对照 docs/rules.md 改正"


def json_schema() -> dict[str, Any]:
    """JSON Schema of the rule files, for editors."""
    kinds = [GroupFile, ConceptFile, ClauseFile, BookFile, CaseFile]
    _, components = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "法治政府建设年度报告核查规则",
        "anyOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in kinds],
        "$defs": components,
    }
