"""The verdict at a glance on a terminal, with Chinese widths right."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence

from auditor.model import LEVEL_NAMES, STATUS_NAMES, ElementResult, Result, Severity, Status, Tier
from auditor.render import wording

_COLOURS = {"red": "31", "green": "32", "yellow": "33", "dim": "2", "bold": "1"}
_STATUS_COLOUR = {Status.COVERED: "green", Status.WEAK: "yellow", Status.MISSING: "red", Status.NA: "dim"}
_SEVERITY_NAMES = {Severity.ERROR: "差错", Severity.WARNING: "存疑", Severity.NOTE: "提示"}
_SEVERITY_COLOUR = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
_HEADLINES = (
    ("述法", "述法."),
    ("行政执法三项制度", "三项制度."),
    ("规范性文件备案", "规范性文件."),
    ("负责人出庭应诉", "出庭应诉."),
)
_MARKS = {Status.COVERED: "●", Status.WEAK: "◐", Status.MISSING: "○", Status.NA: "－"}
MAX_GAPS = 12


def width(text: str) -> int:
    """Columns a text takes on a terminal; ambiguous characters count as wide, as Chinese terminals show them."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text
    )


def screen_width() -> int:
    """Columns of the terminal, as COLUMNS or the system says; 80 where there is none."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns or 80
    except (ValueError, OSError):
        return 80


def pad(text: str, columns: int) -> str:
    return text + " " * max(0, columns - width(text))


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most ``columns`` columns; closing punctuation stays on its line, words stay whole."""
    lines, line, used = [], "", 0
    for token in _tokens(text):
        size = width(token)
        if line and used + size > columns and token not in "，。；：、！？）》”’%":
            lines.append(line.rstrip())
            line, used = "", 0
            token = token.lstrip()
            size = width(token)
        line += token
        used += size
    if line.strip():
        lines.append(line.rstrip())
    return lines


def _tokens(text: str) -> Iterable[str]:
    word = ""
    for char in text:
        if char.isascii() and not char.isspace():
            word += char
            continue
        if word:
            yield word
            word = ""
        yield char
    if word:
        yield word


def visible(text: str) -> str:
    """Text of a report made safe for a terminal: control and direction characters become visible marks."""
    out = []
    for char in text:
        category = unicodedata.category(char)
        if char in "\r\n\t\u3000\u00a0":
            out.append(" ")
        elif category == "Cf" or category == "Cc":
            out.append(f"<U+{ord(char):04X}>")
        elif category in ("Cs", "Co", "Cn"):
            out.append("\ufffd")
        else:
            out.append(char)
    return " ".join("".join(out).split(" ")).strip()


class Screen:
    """Collects lines for one width, coloured or plain."""

    def __init__(self, columns: int, *, colour: bool) -> None:
        self.columns = max(40, min(columns, 120))
        self._colour = colour
        self._lines: list[str] = []

    def paint(self, text: str, *styles: str) -> str:
        if not self._colour or not styles:
            return text
        return f"\x1b[{';'.join(_COLOURS[s] for s in styles)}m{text}\x1b[0m"

    def line(self, text: str = "") -> None:
        self._lines.append(text)

    def block(self, text: str, indent: int = 0, *styles: str) -> None:
        for part in wrap(text, self.columns - indent):
            self._lines.append(" " * indent + self.paint(part, *styles))

    def heading(self, text: str) -> None:
        self.line()
        self.line(self.paint(text, "bold"))

    def text(self) -> str:
        return "\n".join(self._lines) + "\n"


def summary(result: Result, files: Sequence[str], *, columns: int, colour: bool) -> str:
    """The whole summary; its last line states verdict, threshold and reason."""
    screen = Screen(columns, colour=colour)
    report = result.report
    unit = report.issuer or report.region or report.file
    screen.block(visible(report.title or f"{unit}（报告没有标题）"), 0, "bold")
    year = f"{report.report_year}年度" if report.report_year else "年度不明"
    level = LEVEL_NAMES[report.level] if report.level else "层级不明"
    screen.block(f"{visible(unit)} · {level} · {year} · 规则集 {result.ruleset.id}")
    for warning in report.reader.warnings:
        screen.block("注意：" + visible(warning), 0, "yellow")
    _score(screen, result)
    _headlines(screen, result)
    _gaps(screen, result)
    _doubts(screen, result)
    _findings(screen, result)
    _decisions(screen, result)
    if files:
        screen.heading("结果文件")
        for name in files:
            screen.line("  " + name)
    screen.line()
    screen.line(_verdict(screen, result))
    return screen.text()


def _score(screen: Screen, result: Result) -> None:
    score = result.score
    screen.line()
    counts = {s: sum(e.status is s for e in result.elements) for s in Status}
    parts = "  ".join(
        screen.paint(f"{_MARKS[s]} {STATUS_NAMES[s]} {counts[s]}", _STATUS_COLOUR[s]) for s in Status
    )
    screen.line(
        f"得分 {screen.paint(f'{score.total:.1f}', 'bold')}（{score.points:g}/{score.possible:g}）  {parts}"
    )
    bar = max(10, min(24, screen.columns - 56))
    for group in score.groups:
        if not group.possible:
            continue
        share = group.points / group.possible
        filled = round(share * bar)
        tone = "green" if share >= 0.8 else "yellow" if share >= 0.5 else "red"
        screen.line(
            f"  {pad(group.name, 18)} {screen.paint('━' * filled, tone)}{screen.paint('╌' * (bar - filled), 'dim')}"
            f" {100 * share:5.1f}%  覆盖{group.covered:>2} 不足{group.weak:>2} 缺{group.missing:>2}"
        )


def _headlines(screen: Screen, result: Result) -> None:
    screen.heading("四项重点内容")
    for name, prefix in _HEADLINES:
        mine = [e for e in result.elements if e.headline and e.id.startswith(prefix)]
        parts = "  ".join(
            screen.paint(f"{_MARKS[e.status]}{e.id.split('.')[1]}", _STATUS_COLOUR[e.status]) for e in mine
        )
        screen.line(f"  {pad(name, 18)} {parts}")


def _gaps(screen: Screen, result: Result) -> None:
    gaps = [e for e in result.elements if e.status in (Status.MISSING, Status.WEAK) and e.decision is None]
    gaps.sort(key=lambda e: (e.tier is not Tier.STATUTORY, not e.headline, e.status is not Status.MISSING))
    if not gaps:
        return
    screen.heading(f"需要补写或补强（{len(gaps)} 项，先法定内容、再四项重点）")
    for element in gaps[:MAX_GAPS]:
        mark = screen.paint(
            f"{_MARKS[element.status]} {STATUS_NAMES[element.status]}", _STATUS_COLOUR[element.status]
        )
        screen.line(f"  {mark}  {element.name}{label(element)}")
        screen.block(f"{element.reason or ''}。{element.advice or ''}", 6)
    if len(gaps) > MAX_GAPS:
        screen.block(f"其余 {len(gaps) - MAX_GAPS} 项见结果文件。", 2, "dim")


def _doubts(screen: Screen, result: Result) -> None:
    doubts = [e for e in result.elements if wording.is_doubtful(e)]
    if not doubts:
        return
    screen.heading(f"请核对（{len(doubts)} 项，没有用常见的说法，按整句判为已覆盖）")
    for element in doubts[:MAX_GAPS]:
        mark = screen.paint(_MARKS[element.status], _STATUS_COLOUR[element.status])
        screen.line(f"  {mark}  {element.name}{label(element)}")
        told = element.evidence[0]
        screen.block(f"{wording.place(told)}：“{visible(told.quote)}”", 6)
    if len(doubts) > MAX_GAPS:
        screen.block(f"其余 {len(doubts) - MAX_GAPS} 项见结果文件。", 2, "dim")


def label(element: ElementResult) -> str:
    """What kind of duty a gap is, in the wording of the contract."""
    if element.tier is Tier.STATUTORY:
        return "（法定内容）"
    return "（重点）" if element.headline else ""


def _findings(screen: Screen, result: Result) -> None:
    shown = [f for f in result.findings if f.severity is not Severity.NOTE]
    notes = len(result.findings) - len(shown)
    if not shown and not notes:
        return
    screen.heading("数字与日期")
    for finding in shown:
        where = wording.place(finding)
        place = f"{where}，" if where else ""
        name = screen.paint(_SEVERITY_NAMES[finding.severity], _SEVERITY_COLOUR[finding.severity])
        lines = wrap(visible(f"{place}{finding.message}"), screen.columns - 8)
        screen.line(f"  {name}  {lines[0] if lines else ''}")
        for line in lines[1:]:
            screen.line(" " * 8 + line)
    if notes:
        screen.block(f"另有 {notes} 条提示，见结果文件。", 2, "dim")


def _decisions(screen: Screen, result: Result) -> None:
    for title, entries in (
        ("豁免文件中未用到的条目", result.decisions_unused),
        ("已过期的裁量", result.decisions_expired),
    ):
        if entries:
            screen.heading(title)
            for entry in entries:
                screen.block(
                    f"{visible(entry.target)}（有效期至 {entry.expires_on}，批准人 {visible(entry.approver)}）",
                    2,
                )


def _verdict(screen: Screen, result: Result) -> str:
    gate = result.gate
    if gate.passed is None:
        return screen.paint(f"结论：未设门禁，仅供参考；得分 {result.score.total:.1f}", "bold")
    if gate.passed:
        return screen.paint(
            f"结论：通过门禁（{gate.policy}），得分 {result.score.total:.1f}", "bold", "green"
        )
    reasons = "；".join(visible(f.message) for f in gate.failures[:3])
    more = f"等 {len(gate.failures)} 条" if len(gate.failures) > 3 else ""
    return screen.paint(f"结论：未通过门禁（{gate.policy}）：{reasons}{more}", "bold", "red")
