"""What a comparison says; the classes mirror the JSON of schema ``fazhi-compare/1`` field by field.

Positions count Unicode code points of the decoded report, half-open; lines are 1-based; similarities are per cent.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from auditor.model import Role, Status, Tier, Tool

SCHEMA = "fazhi-compare/1"
FORMATS = ("text", "json", "md")


class Mode(StrEnum):
    """Years: two successive reports of one unit; drafts: two versions of one report; copies: a folder of reports."""

    YEARS = "years"
    DRAFTS = "drafts"
    COPIES = "copies"


class Kept(StrEnum):
    """What became of a promise. Unclear: something near it stands there, but a person has to judge."""

    DONE = "done"
    CONTINUED = "continued"
    UNCLEAR = "unclear"
    GONE = "gone"


class Differs(StrEnum):
    """What changed in a sentence that stands in both reports."""

    NOTHING = "nothing"
    YEAR = "year"
    FIGURES = "figures"
    WORDS = "words"


class Jump(StrEnum):
    """Factor: ten times more or less; fell: a cumulative figure that became smaller."""

    FACTOR = "factor"
    FELL = "fell"


class Turn(StrEnum):
    """Which way an element or a finding went from the first report to the second."""

    LOST = "lost"
    WEAKER = "weaker"
    STRONGER = "stronger"
    WON = "won"
    OPEN = "open"
    MENDED = "mended"
    NEW = "new"


KEPT_NAMES = {
    Kept.DONE: "今年写明做了",
    Kept.CONTINUED: "今年仍列为安排",
    Kept.UNCLEAR: "有相近内容，请人工核对",
    Kept.GONE: "今年没有下文",
}
TURN_NAMES = {
    Turn.LOST: "今缺",
    Turn.WEAKER: "变弱",
    Turn.STRONGER: "补强",
    Turn.WON: "新有",
    Turn.OPEN: "仍未改",
    Turn.MENDED: "已改",
    Turn.NEW: "新出现",
}
DIFFERS_NAMES = {
    Differs.NOTHING: "一字不差",
    Differs.YEAR: "只换了年份",
    Differs.FIGURES: "只换了数字",
    Differs.WORDS: "只改了个别字",
}


class Side(Struct, frozen=True):
    """One of the two reports."""

    file: str
    sha256: str
    title: str | None
    unit: str | None
    year: int | None
    ruleset: str
    score: float


class Place(Struct, frozen=True):
    quote: str
    start: int
    end: int
    line: int
    place: str
    """The same in the terms of the file: 第12行, 第12段（第3页）."""
    role: Role
    section: str
    """Heading of the section; empty before the first one."""


class Promise(Struct, frozen=True):
    """An item of last year's plan and what this year's report says of it."""

    status: Kept
    last: Place
    found: tuple[Place, ...]
    """Passages of this year, at most three: what was done first, then where it is planned again; the nearest one when
    unclear."""
    similarity: float
    """Share of the promise's own words that ``found`` holds, weighted by how rare they are."""
    terms: tuple[str, ...]
    """Words that both share."""
    elements: tuple[str, ...]
    """Checklist elements that both speak of."""


class Repeat(Struct, frozen=True):
    """A sentence that stands in both reports."""

    differs: Differs
    last: Place
    this: Place
    similarity: float
    figures: int
    """How many figures, years not counted, stand in it unchanged."""


class Stated(Struct, frozen=True):
    value: float
    unit: str
    quote: str
    start: int
    end: int
    line: int
    place: str
    """The same in the terms of the file: 第12行, 第12段（第3页）."""


class Move(Struct, frozen=True):
    """A figure that moved in a way that is hard to believe."""

    kind: Jump
    subject: str
    last: Stated
    this: Stated
    message: str


class ElementTurn(Struct, frozen=True):
    turn: Turn
    id: str
    name: str
    group: str
    tier: Tier
    headline: bool
    before: Status
    after: Status
    reason: str | None
    """Why the second report is judged as it is."""
    last: Place | None
    this: Place | None


class FindingTurn(Struct, frozen=True):
    """A finding of either draft; the place is in the first draft when mended, else in the second."""

    turn: Turn
    id: str
    kind: str
    severity: str
    message: str
    quote: str | None
    start: int | None
    end: int | None
    line: int | None
    place: str
    """The same in the terms of the file; empty where there is none."""


class Comparison(Struct, frozen=True):
    """Two reports compared. In mode ``drafts`` promises, problems, achievements and figures are empty."""

    schema: str
    mode: Mode
    tool: Tool
    last: Side
    this: Side
    remarks: tuple[str, ...]
    promises: tuple[Promise, ...]
    problems: tuple[Repeat, ...]
    achievements: tuple[Repeat, ...]
    figures: tuple[Move, ...]
    elements: tuple[ElementTurn, ...]
    findings: tuple[FindingTurn, ...]


class Copied(Struct, frozen=True):
    """One passage that two reports share; positions and lines in each of them."""

    length: int
    """Characters that count, without figures, names of the unit, titles, headings and formulas."""
    first: Stretch
    second: Stretch


class Stretch(Struct, frozen=True):
    quote: str
    """At most 200 characters of the passage; ``start`` and ``end`` span all of it."""
    start: int
    end: int
    line: int
    place: str
    """The same in the terms of the file: 第12行, 第12段（第3页）."""


class Pair(Struct, frozen=True):
    first: str
    second: str
    first_share: float
    """Per cent of the first report's own text that the second one holds too."""
    second_share: float
    length: int
    passages: tuple[Copied, ...]


class Unread(Struct, frozen=True):
    file: str
    reason: str


class Copies(Struct, frozen=True):
    """Reports of one or more folders that share long passages, the largest share first."""

    schema: str
    mode: Mode
    tool: Tool
    reports: int
    least: float
    """Pairs below this share are left out, in per cent."""
    remarks: tuple[str, ...]
    unread: tuple[Unread, ...]
    pairs: tuple[Pair, ...]
