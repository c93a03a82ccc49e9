"""The summary of a batch as strings, bars and shades, ready to print; page and paper only place them.

Shades are steps, darker for worse, with the number always in the cell, so that nothing is lost in a black-and-white
print. All strings have passed ``printable``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from msgspec import Struct

from auditor.letterhead import Office
from auditor.model import LEVEL_NAMES, Severity
from auditor.render import wording
from auditor.render.printable import printable, short
from auditor.render.summary import Entry, Gap, Ranked, Summary, share

T = TypeVar("T")

SHADES = (
    (90.0, "s0", "90以上"),
    (75.0, "s1", "75—90"),
    (60.0, "s2", "60—75"),
    (40.0, "s3", "40—60"),
    (0.0, "s4", "40以下"),
)
"""Lowest share, class and words of each step."""
_BANDS = ((90.0, "90分以上"), (80.0, "80—90分"), (70.0, "70—80分"), (60.0, "60—70分"), (0.0, "60分以下"))
_VERDICTS = {True: "通过", False: "未通过", None: "—"}


class Room(Struct, frozen=True):
    """How many rows of the long tables are shown; the rest is in summary.json and summary.xlsx."""

    best: int
    worst: int
    gaps: int
    others: int


PAPER = Room(best=100, worst=200, gaps=30, others=120)
PAGE = Room(best=2000, worst=3000, gaps=200, others=2000)


class Bar(Struct, frozen=True):
    name: str
    value: str
    percent: float
    """Width of the bar."""
    note: str = ""


class Stack(Struct, frozen=True):
    """Three shares of one whole, in per cent."""

    name: str
    covered: float
    weak: float
    missing: float
    value: str


class Place(Struct, frozen=True):
    rank: str
    unit: str
    level: str
    year: str
    total: str
    percent: float
    verdict: str
    mark: str
    """``passed``, ``failed`` or ``none``."""
    counts: str
    """Covered, weak, missing."""
    reason: str
    file: str


class Cell(Struct, frozen=True):
    text: str
    shade: str


class HeatRow(Struct, frozen=True):
    unit: str
    total: str
    cells: tuple[Cell, ...]


class GapRow(Struct, frozen=True):
    number: str
    name: str
    id: str
    duty: str
    missing: str
    weak: str
    judged: str
    percent: float
    """Share missing."""
    weak_percent: float


class Note(Struct, frozen=True):
    unit: str
    text: str
    kind: str = ""


class SummaryView(Struct, frozen=True):
    heading: str
    title_lines: tuple[str, ...]
    """The heading in lines of sense."""
    opening: tuple[str, ...]
    bands: tuple[Bar, ...]
    groups: tuple[Bar, ...]
    ranking: tuple[Place, ...]
    ranking_cut: str
    """What was left out of the ranking and the heat table; empty where nothing was."""
    heat_heads: tuple[str, ...]
    heat: tuple[HeatRow, ...]
    legend: tuple[tuple[str, str], ...]
    """Class and words of each shade."""
    gaps: tuple[GapRow, ...]
    gaps_cut: str
    headline: tuple[Stack, ...]
    late: tuple[Note, ...]
    late_cut: str
    unaudited: tuple[Note, ...]
    unaudited_cut: str
    findings_intro: str
    findings: tuple[Note, ...]
    findings_cut: str
    rules: str
    organisation: str | None
    date: str | None


def build_view(summary: Summary, office: Office, room: Room) -> SummaryView:
    shown, cut = _shown(summary.ranking, room)
    late, faults = summary.late(), summary.faults()
    gaps = summary.gaps()
    view = SummaryView(
        heading="".join(_title_lines(summary)),
        title_lines=_title_lines(summary),
        opening=_opening(summary),
        bands=_bands(summary),
        groups=tuple(
            Bar(
                group.name,
                _percent(share(group.points, group.possible)),
                share(group.points, group.possible) or 0.0,
                f"最低：{short(group.weakest[0], 16)}{_percent(group.weakest[1])}" if group.weakest else "",
            )
            for group in summary.groups
        ),
        ranking=tuple(_place(item) for item in shown),
        ranking_cut=cut,
        heat_heads=tuple(group.id for group in summary.groups),
        heat=tuple(_heat_row(item.entry, summary) for item in shown),
        legend=tuple((name, words) for _, name, words in SHADES),
        gaps=tuple(_gap_row(number, gap) for number, gap in enumerate(gaps[: room.gaps], 1)),
        gaps_cut=_left(len(gaps), room.gaps, "项"),
        headline=tuple(_stack(gap) for gap in summary.headline() if gap.judged),
        late=tuple(Note(entry.named, fault.message) for entry, fault in late[: room.others]),
        late_cut=_left(len(late), room.others, "条"),
        unaudited=tuple(Note(item.file, item.reason) for item in summary.unaudited[: room.others]),
        unaudited_cut=_left(len(summary.unaudited), room.others, "份"),
        findings_intro=_findings_intro(summary),
        findings=tuple(
            Note(
                entry.named,
                (f"{fault.place}，" if fault.place else "") + fault.message,
                wording.SEVERITY_NAMES[fault.severity],
            )
            for entry, fault in faults[: room.others]
        ),
        findings_cut=_left(len(faults), room.others, "条"),
        rules=_rules(summary),
        organisation=office.organisation,
        date=wording.date_words(office.date) if office.date else None,
    )
    return printable(view)


def shade(value: float | None) -> str:
    """Class of a share in per cent; empty where nothing applies."""
    return "" if value is None else next(name for least, name, _ in SHADES if value >= least)


def _shown(ranking: Sequence[Ranked], room: Room) -> tuple[Sequence[Ranked], str]:
    if len(ranking) <= room.best + room.worst:
        return ranking, ""
    cut = f"共{len(ranking)}份，这里列出前{room.best}份和后{room.worst}份，全部见summary.json、summary.xlsx。"
    return (*ranking[: room.best], *ranking[-room.worst :]), cut


def _left(total: int, room: int, unit: str) -> str:
    return f"其余{total - room}{unit}见summary.json、summary.xlsx。" if total > room else ""


def _title_lines(summary: Summary) -> tuple[str, ...]:
    years = sorted({item.entry.year for item in summary.ranking if item.entry.year})
    title = "法治政府建设年度报告核查汇总"
    if not years:
        return (title,)
    return (f"{years[0]}年" if len(years) == 1 else f"{years[0]}—{years[-1]}年", title)


def _opening(summary: Summary) -> tuple[str, ...]:
    verdicts, lines = summary.verdicts(), []
    parts = [f"共收到报告{summary.reports}份，完成核查{len(summary.ranking)}份"]
    parts += [
        f"{words}{count}份"
        for words, count in (
            ("通过门禁", verdicts[True]),
            ("未通过门禁", verdicts[False]),
            ("未设门禁", verdicts[None]),
            ("未能核查", len(summary.unaudited)),
        )
        if count
    ]
    lines.append("，".join(parts) + "。")
    if summary.scores:
        scores = summary.scores
        lines.append(
            f"总分平均{scores.mean:.1f}分，中位数{scores.median:.1f}分，"
            f"最高{scores.highest:.1f}分，最低{scores.lowest:.1f}分。"
        )
    late = len({entry.file for entry, _ in summary.late()})
    faults = Counter(fault.severity for _, fault in summary.faults())
    told = [
        words
        for words, count in (
            (f"逾期报告或公开的{late}份", late),
            (f"数字和日期差错{faults[Severity.ERROR]}处", faults[Severity.ERROR]),
            (f"存疑{faults[Severity.WARNING]}处", faults[Severity.WARNING]),
        )
        if count
    ]
    if told:
        lines.append("，".join(told) + "。")
    reference = sum(item.entry.reference for item in summary.ranking)
    if reference:
        lines.append(f"其中{reference}份报告的年度尚无新纲要的规则集，《纲要》各项仅作参照。")
    if summary.unwritten:
        lines.append(f"有{len(summary.unwritten)}份的结果没有写全，请重新运行。")
    return tuple(lines)


def _bands(summary: Summary) -> tuple[Bar, ...]:
    count = Counter(
        next(words for least, words in _BANDS if item.entry.total >= least) for item in summary.ranking
    )
    most = max(count.values(), default=1)
    return tuple(Bar(words, f"{count[words]}份", 100 * count[words] / most) for _, words in _BANDS)


def _place(item: Ranked) -> Place:
    entry, count = item.entry, Counter(item.entry.statuses)
    reasons = "；".join(short(text.rstrip("。；"), 32) for text in entry.failures[:2])
    if len(entry.failures) > 2:
        reasons += f"；等{len(entry.failures)}条"
    return Place(
        rank=str(item.rank),
        unit=short(entry.named, 40),
        level=LEVEL_NAMES[entry.level] if entry.level else "不明",
        year=str(entry.year) if entry.year else "不明",
        total=f"{entry.total:.1f}",
        percent=entry.total,
        verdict=_VERDICTS[entry.passed],
        mark={True: "passed", False: "failed", None: "none"}[entry.passed],
        counts=f"{count['c']}/{count['w']}/{count['m']}",
        reason=reasons,
        file=entry.file,
    )


def _heat_row(entry: Entry, summary: Summary) -> HeatRow:
    cells = tuple(
        Cell("—" if value is None else f"{int(value + 0.5)}", shade(value)) for value in summary.shares(entry)
    )
    return HeatRow(short(entry.named, 40), f"{entry.total:.1f}", cells)


def _gap_row(number: int, gap: Gap) -> GapRow:
    element = gap.element
    return GapRow(
        number=str(number),
        name=element.name,
        id=element.id,
        duty="法定" if element.tier == "statutory" else "重点" if element.headline else "",
        missing=str(gap.missing),
        weak=str(gap.weak),
        judged=str(gap.judged),
        percent=share(gap.missing, gap.judged) or 0.0,
        weak_percent=share(gap.weak, gap.judged) or 0.0,
    )


def _stack(gap: Gap) -> Stack:
    return Stack(
        gap.element.name,
        100 * gap.covered / gap.judged,
        100 * gap.weak / gap.judged,
        100 * gap.missing / gap.judged,
        f"{gap.covered}/{gap.weak}/{gap.missing}",
    )


def _findings_intro(summary: Summary) -> str:
    count = Counter((fault.kind, fault.severity) for _, fault in summary.faults())
    if not count:
        return "未发现差错和存疑。"
    ordered = sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))
    parts = [
        f"{wording.KIND_NAMES.get(kind, kind)}{wording.SEVERITY_NAMES[severity]}{number}处"
        for (kind, severity), number in ordered
    ]
    return "，".join(parts) + "。"


def _rules(summary: Summary) -> str:
    parts = [
        f"{frame.ruleset.title}（{frame.ruleset.version}，摘要{frame.ruleset.digest[:12]}）"
        for frame in summary.frames
    ]
    gates = sorted({frame.options.gate for frame in summary.frames if frame.options.gate})
    if gates:
        parts.append(f"门禁{'、'.join(gates)}")
    return "；".join(parts)


def _percent(value: float | None) -> str:
    return "不适用" if value is None else f"{int(value + 0.5)}%"
