"""The values that every layer shares: the report as read, and the result as published.

The result classes mirror the JSON of schema ``fazhi-audit/1`` field by field and in its order, so that a result
can be written to JSON and read back without loss. Positions (``start``/``end``) count Unicode code points of
``ReportInfo.text``, half-open; lines are 1-based; dates are ISO strings; rates and scores are per cent and points.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

SCHEMA = "fazhi-audit/1"


class Status(StrEnum):
    """Verdict on one element, as defined in the checklist."""

    COVERED = "covered"
    WEAK = "weak"
    MISSING = "missing"
    NA = "na"


class Tier(StrEnum):
    """Statutory: demanded by the inspection rules of 2019, article 25; outline: a task of the outline."""

    STATUTORY = "statutory"
    OUTLINE = "outline"


class Role(StrEnum):
    """What a part of a report is about."""

    PREFACE = "preface"
    ACHIEVEMENTS = "achievements"
    PROBLEMS = "problems"
    PLAN = "plan"
    CLOSING = "closing"


class Level(StrEnum):
    """Administrative level of the reporting unit."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"
    DEPT = "dept"


class Severity(StrEnum):
    """Error: cannot be true as written; warning: does not fit; note: worth a look."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


LEVEL_NAMES = {
    Level.PROVINCE: "省级",
    Level.CITY: "设区的市",
    Level.COUNTY: "县级",
    Level.TOWN: "乡镇街道",
    Level.DEPT: "政府部门",
}
STATUS_NAMES = {Status.COVERED: "已覆盖", Status.WEAK: "不充分", Status.MISSING: "缺失", Status.NA: "不适用"}
ROLE_NAMES = {
    Role.PREFACE: "导语",
    Role.ACHIEVEMENTS: "举措成效",
    Role.PROBLEMS: "存在不足",
    Role.PLAN: "下年安排",
    Role.CLOSING: "结尾",
}


class Tool(Struct, frozen=True):
    name: str
    version: str


class RulesetInfo(Struct, frozen=True):
    id: str
    title: str
    version: str
    digest: str
    """SHA-256 (hex) over the rule book's files in sorted order."""


class FailOn(StrEnum):
    """Which gaps stop a report beside what the policy says."""

    MISSING = "missing"
    WEAK = "weak"
    """Missing as well."""
    ERROR = "error"
    """Findings of severity error."""


class Options(Struct, frozen=True):
    gate: str | None
    gate_digest: str | None
    waivers_digest: str | None
    as_of: str | None
    year: int | None
    """Report year forced by the user; null when read from the report."""
    level: Level | None
    fail_under: float | None = None
    """What the user added to the policy: the least score, the kinds of gap that fail as well ..."""
    fail_on: tuple[FailOn, ...] = ()
    baseline_digest: str | None = None
    """... and the earlier result whose gaps are excused, by the SHA-256 of its JSON."""


class ReaderInfo(Struct, frozen=True):
    format: str
    encoding: str | None
    warnings: tuple[str, ...] = ()


class ReportInfo(Struct, frozen=True):
    file: str
    sha256: str
    title: str | None
    region: str | None
    issuer: str | None
    level: Level | None
    report_year: int | None
    written_date: str | None
    published_date: str | None
    document_number: str | None
    characters: int
    text: str
    reader: ReaderInfo


class Section(Struct, frozen=True):
    heading: str
    depth: int
    """0 for text before the first heading, 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）."""
    role: Role
    start: int
    end: int
    paragraph: int | None = None
    page: int | None = None


class Basis(Struct, frozen=True):
    document: str
    article: str
    gist: str
    verified: bool


class Evidence(Struct, frozen=True):
    quote: str
    start: int
    end: int
    line: int
    section: str
    """Heading of the section the quote stands in; empty before the first heading."""
    role: Role
    phrase: str
    """What the rule looked for here, in the rule's words."""
    similarity: float
    """Per cent: 100 is a literal match. How sure, never how important."""
    paragraph: int | None = None
    """1-based among the paragraphs of the text; null where lines are counted (text, markdown)."""
    page: int | None = None
    """1-based, where the container knows pages."""


class Nearest(Struct, frozen=True):
    quote: str
    start: int
    end: int
    line: int
    similarity: float
    paragraph: int | None = None
    page: int | None = None


class Decision(Struct, frozen=True):
    """A decision of the reviewing office taken from the waivers file."""

    kind: str
    """``waived`` or ``confirmed``."""
    quote: str | None
    reason: str
    approver: str
    approved_on: str
    expires_on: str


class ElementResult(Struct, frozen=True):
    id: str
    name: str
    group: str
    tier: Tier
    headline: bool
    status: Status
    weight: float
    points: float
    reason: str | None
    advice: str | None
    basis: tuple[Basis, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    sought: tuple[str, ...] = ()
    nearest: Nearest | None = None
    decision: Decision | None = None


class Figure(Struct, frozen=True):
    subject: str
    """The noun the value counts, in the report's words."""
    value: float
    unit: str
    """``%`` for rates."""
    quote: str
    start: int
    end: int
    line: int
    paragraph: int | None = None
    page: int | None = None


class Finding(Struct, frozen=True):
    id: str
    kind: str
    """arithmetic, date, deadline, year, citation, structure, reader."""
    severity: Severity
    message: str
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    line: int | None = None
    expected: str | None = None
    stated: str | None = None
    element: str | None = None
    basis: tuple[Basis, ...] = ()
    decision: Decision | None = None
    paragraph: int | None = None
    page: int | None = None


class GroupScore(Struct, frozen=True):
    id: str
    name: str
    points: float
    possible: float
    covered: int
    weak: int
    missing: int


class HeadlineScore(Struct, frozen=True):
    id: str
    name: str
    points: float
    possible: float
    status: Status


class Score(Struct, frozen=True):
    total: float
    """Per cent of ``possible``, rounded half up to one decimal."""
    points: float
    possible: float
    groups: tuple[GroupScore, ...] = ()
    headline: tuple[HeadlineScore, ...] = ()


class GateFailure(Struct, frozen=True):
    rule: str
    message: str


class GateResult(Struct, frozen=True):
    passed: bool | None
    """Null when the gate was switched off."""
    policy: str | None
    failures: tuple[GateFailure, ...] = ()
    warnings: tuple[GateFailure, ...] = ()


class UnusedDecision(Struct, frozen=True):
    """An entry of the waivers file that met nothing in this report, or whose term is over."""

    target: str
    kind: str
    reason: str
    approver: str
    expires_on: str


class Result(Struct, frozen=True):
    """One audited report: everything any output format needs."""

    schema: str
    tool: Tool
    ruleset: RulesetInfo
    options: Options
    report: ReportInfo
    sections: tuple[Section, ...]
    elements: tuple[ElementResult, ...]
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    decisions_unused: tuple[UnusedDecision, ...]
    decisions_expired: tuple[UnusedDecision, ...]
    score: Score
    gate: GateResult
