"""The summary of a batch as data: one small entry per report, and what is said of all of them together.

Entries are all that is kept of a report, so their size bounds the memory of a batch. Order is by rank everywhere:
passed before not passed, higher score first, then unit and file, so that the same reports give the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from auditor.model import ElementResult, Level, Options, Result, RulesetInfo, Severity, Status, Tier, Tool
from auditor.render import wording
from auditor.render.body import for_reference, report_year
from auditor.render.wording import is_waived

SCHEMA = "fazhi-audit-summary/1"
LATE = ("deadline-report-late", "deadline-publish-late")
_CODES = {Status.COVERED: "c", Status.WEAK: "w", Status.MISSING: "m", Status.NA: "n"}
WAIVED = "x"


class ElementName(Struct, frozen=True):
    id: str
    name: str
    group: str
    tier: Tier
    headline: bool


class Frame(Struct, frozen=True):
    """What all reports judged by one rule book have in common."""

    tool: Tool
    ruleset: RulesetInfo
    options: Options
    elements: tuple[ElementName, ...]
    groups: tuple[tuple[str, str], ...]
    """Id and name."""


class Fault(Struct, frozen=True):
    """A finding of a report."""

    id: str
    kind: str
    severity: Severity
    message: str
    line: int | None
    page: int | None
    place: str | None
    """The place in words."""
    decided: bool


class Entry(Struct, frozen=True):
    """What the summary keeps of one audited report."""

    file: str
    sha256: str
    unit: str | None
    """As named in the report: issuer, else region."""
    title: str | None
    level: Level | None
    year: int | None
    ruleset: str
    """Digest of the rule book."""
    reference: bool
    """Outline elements are for reference only."""
    total: float
    passed: bool | None
    failures: tuple[str, ...]
    groups: tuple[tuple[float, float], ...]
    """Points and possible points, in the order of the frame."""
    statuses: str
    """One letter per element in the order of the frame: c, w, m, n, and x for waived."""
    findings: tuple[Fault, ...]
    written_date: str | None
    published_date: str | None

    @property
    def named(self) -> str:
        """How the report is called in lists."""
        return self.unit or self.title or self.file


class Unaudited(Struct, frozen=True):
    """A report that could not be judged."""

    file: str
    reason: str


class Ranked(Struct, frozen=True):
    rank: int
    """Equal for equal verdict and score."""
    entry: Entry


class Gap(Struct, frozen=True):
    """How one element fared across all reports it applies to."""

    element: ElementName
    covered: int
    weak: int
    missing: int
    na: int
    waived: int

    @property
    def judged(self) -> int:
        return self.covered + self.weak + self.missing


class GroupMean(Struct, frozen=True):
    id: str
    name: str
    points: float
    possible: float
    weakest: tuple[str, float] | None
    """Unit with the lowest share, and that share in per cent."""


class Scores(Struct, frozen=True):
    """Per cent; over all audited reports."""

    mean: float
    median: float
    lowest: float
    highest: float


class Summary(Struct, frozen=True):
    """Everything a summary document says."""

    frames: tuple[Frame, ...]
    """By rule book, in order of its id."""
    ranking: tuple[Ranked, ...]
    unaudited: tuple[Unaudited, ...]
    unwritten: tuple[str, ...]
    """Files of reports of which a result could not be written."""
    groups: tuple[GroupMean, ...]
    elements: tuple[Gap, ...]
    """In checklist order."""
    scores: Scores | None

    @property
    def reports(self) -> int:
        return len(self.ranking) + len(self.unaudited)

    def verdicts(self) -> Counter[bool | None]:
        return Counter(item.entry.passed for item in self.ranking)

    def gaps(self) -> list[Gap]:
        """Elements that some report lacks, the commonest first: by reports missing it, then weak, then checklist order."""
        found = [gap for gap in self.elements if gap.missing or gap.weak]
        return sorted(found, key=lambda gap: (-gap.missing, -gap.weak))

    def headline(self) -> list[Gap]:
        return [gap for gap in self.elements if gap.element.headline]

    def late(self) -> list[tuple[Entry, Fault]]:
        """Undecided findings on dates that were too late, by rank."""
        return [
            (item.entry, fault)
            for item in self.ranking
            for fault in item.entry.findings
            if fault.id.startswith(LATE) and not fault.decided
        ]

    def faults(self) -> list[tuple[Entry, Fault]]:
        """Undecided findings that are more than a note and not about being late, errors first, then by rank."""
        found = [
            (item.entry, fault)
            for item in self.ranking
            for fault in item.entry.findings
            if fault.severity is not Severity.NOTE and not fault.decided and not fault.id.startswith(LATE)
        ]
        return sorted(found, key=lambda pair: pair[1].severity is not Severity.ERROR)

    def shares(self, entry: Entry) -> list[float | None]:
        """Per cent of each group of the summary, null where nothing in it applies."""
        frame = next(frame for frame in self.frames if frame.ruleset.digest == entry.ruleset)
        mine = {id_: pair for (id_, _), pair in zip(frame.groups, entry.groups, strict=True)}
        return [share(*mine.get(group.id, (0.0, 0.0))) for group in self.groups]

    def by_status(self, entry: Entry, code: str) -> list[ElementName]:
        """Elements of one status letter."""
        frame = next(frame for frame in self.frames if frame.ruleset.digest == entry.ruleset)
        return [name for name, letter in zip(frame.elements, entry.statuses, strict=True) if letter == code]


def share(points: float, possible: float) -> float | None:
    """Per cent, rounded half up to one decimal."""
    return int(1000 * points / possible + 0.5) / 10 if possible else None


def entry_of(result: Result) -> Entry:
    """What the summary keeps of a result."""
    report = result.report
    return Entry(
        file=report.file,
        sha256=report.sha256,
        unit=report.issuer or report.region,
        title=report.title,
        level=result.options.level or report.level,
        year=report_year(result),
        ruleset=result.ruleset.digest,
        reference=for_reference(result),
        total=result.score.total,
        passed=result.gate.passed,
        failures=tuple(failure.message for failure in result.gate.failures),
        groups=tuple((group.points, group.possible) for group in result.score.groups),
        statuses="".join(map(_code, result.elements)),
        findings=tuple(
            Fault(
                f.id,
                f.kind,
                f.severity,
                f.message,
                f.line,
                f.page,
                wording.place(f) or None,
                f.decision is not None,
            )
            for f in result.findings
        ),
        written_date=report.written_date,
        published_date=report.published_date,
    )


def _code(element: ElementResult) -> str:
    return WAIVED if is_waived(element) else _CODES[element.status]


def frame_of(result: Result) -> Frame:
    return Frame(
        tool=result.tool,
        ruleset=result.ruleset,
        options=result.options,
        elements=tuple(ElementName(e.id, e.name, e.group, e.tier, e.headline) for e in result.elements),
        groups=tuple((group.id, group.name) for group in result.score.groups),
    )


def summarise(
    frames: Iterable[Frame],
    entries: Iterable[Entry],
    unaudited: Iterable[Unaudited] = (),
    unwritten: Iterable[str] = (),
) -> Summary:
    """The summary of entries whose frames are given."""
    # The newest rule book first: its order of groups and elements leads.
    known = tuple(sorted(frames, key=_book, reverse=True))
    ranking = _ranked(entries)
    return Summary(
        frames=known[::-1],
        ranking=ranking,
        unaudited=tuple(sorted(unaudited, key=lambda item: item.file)),
        unwritten=tuple(sorted(unwritten)),
        groups=_groups(known, ranking),
        elements=_elements(known, ranking),
        scores=_scores([item.entry.total for item in ranking]),
    )


def _book(frame: Frame) -> tuple[str, str]:
    return frame.ruleset.id, frame.ruleset.digest


def _ranked(entries: Iterable[Entry]) -> tuple[Ranked, ...]:
    def standing(entry: Entry) -> tuple[bool, float]:
        return entry.passed is False, -entry.total

    ordered = sorted(entries, key=lambda e: (*standing(e), e.unit or "", e.file, e.sha256))
    out: list[Ranked] = []
    for place, entry in enumerate(ordered, 1):
        tied = out and standing(out[-1].entry) == standing(entry)
        out.append(Ranked(out[-1].rank if tied else place, entry))
    return tuple(out)


def _groups(frames: Sequence[Frame], ranking: Sequence[Ranked]) -> tuple[GroupMean, ...]:
    names = {id_: name for frame in reversed(frames) for id_, name in frame.groups}
    order = dict.fromkeys(id_ for frame in frames for id_, _ in frame.groups)
    at = {frame.ruleset.digest: [id_ for id_, _ in frame.groups] for frame in frames}
    sums = {id_: [0.0, 0.0] for id_ in order}
    weakest: dict[str, tuple[str, float]] = {}
    for item in ranking:
        for id_, (points, possible) in zip(at[item.entry.ruleset], item.entry.groups, strict=True):
            sums[id_][0] += points
            sums[id_][1] += possible
            part = share(points, possible)
            if part is not None and (id_ not in weakest or part < weakest[id_][1]):
                weakest[id_] = item.entry.named, part
    return tuple(GroupMean(id_, names[id_], sums[id_][0], sums[id_][1], weakest.get(id_)) for id_ in order)


def _elements(frames: Sequence[Frame], ranking: Sequence[Ranked]) -> tuple[Gap, ...]:
    order = dict.fromkeys(element.id for frame in frames for element in frame.elements)
    names = {element.id: element for frame in reversed(frames) for element in frame.elements}
    at = {frame.ruleset.digest: [element.id for element in frame.elements] for frame in frames}
    counts = {id_: Counter[str]() for id_ in order}
    for item in ranking:
        for id_, code in zip(at[item.entry.ruleset], item.entry.statuses, strict=True):
            counts[id_][code] += 1
    return tuple(
        Gap(names[id_], count["c"], count["w"], count["m"], count["n"], count[WAIVED])
        for id_, count in counts.items()
    )


def _scores(totals: list[float]) -> Scores | None:
    if not totals:
        return None
    ordered = sorted(totals)
    middle = len(ordered) // 2
    median = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    # Whole tenths add up without rounding errors, whatever the order.
    mean = sum(round(10 * total) for total in ordered) / 10 / len(ordered)
    return Scores(_tenth(mean), _tenth(median), ordered[0], ordered[-1])


def _tenth(value: float) -> float:
    return int(10 * value + 0.5 + 1e-9) / 10
