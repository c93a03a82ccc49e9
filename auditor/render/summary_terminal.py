"""The summary of a batch on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model import Severity
from auditor.render.summary import Entry, Ranked, Summary
from auditor.render.terminal import Screen, pad, visible, width, wrap
from auditor.render.wording import number

FEW = 30
"""Reports up to which the whole ranking is shown."""
LAST = 10
GAPS = 8
LISTED = 10
_VERDICTS = {True: ("通过", "green"), False: ("未通过", "red"), None: ("未设门禁", "dim")}


def glance(summary: Summary, files: Sequence[str], *, columns: int, colour: bool, whole: bool = False) -> str:
    """Ranking, commonest gaps, late and unreadable reports; the last line is the verdict on all."""
    screen = Screen(columns, colour=colour)
    screen.block(counts_line(summary), 0, "bold")
    if summary.scores:
        scores = summary.scores
        screen.block(
            f"平均 {scores.mean:.1f} 分，中位 {scores.median:.1f} 分，"
            f"最高 {scores.highest:.1f} 分，最低 {scores.lowest:.1f} 分"
        )
    _ranking(screen, summary, whole)
    _gaps(screen, summary)
    _late(screen, summary)
    _unaudited(screen, summary)
    errors = sum(fault.severity is Severity.ERROR for _, fault in summary.faults())
    if errors:
        screen.line()
        screen.block(f"数字和日期差错 {errors} 处，逐条见汇总文件。")
    screen.heading("汇总文件")
    for name in files:
        screen.line("  " + name)
    screen.line()
    screen.block(f"结论：{conclusion(summary)}", 0, "bold")
    return screen.text()


def counts_line(summary: Summary) -> str:
    verdicts = summary.verdicts()
    parts = [f"核查 {summary.reports} 份报告"]
    for passed, (word, _) in _VERDICTS.items():
        if verdicts[passed]:
            parts.append(f"{word} {verdicts[passed]} 份")
    if summary.unaudited:
        parts.append(f"未能核查 {len(summary.unaudited)} 份")
    return "，".join(parts)


def conclusion(summary: Summary) -> str:
    failed, unaudited = summary.verdicts()[False], len(summary.unaudited)
    parts = [f"{failed} 份未通过门禁"] if failed else []
    if unaudited:
        parts.append(f"{unaudited} 份未能核查")
    if summary.unwritten:
        parts.append(f"{len(summary.unwritten)} 份的结果没有写全")
    if parts:
        return "，".join(parts)
    return "全部通过门禁" if summary.verdicts()[True] else "全部核查完毕，未设门禁"


def _ranking(screen: Screen, summary: Summary, whole: bool) -> None:
    ranking = summary.ranking
    if not ranking:
        return
    if whole or len(ranking) <= FEW:
        screen.heading("排名（先看门禁，再看总分）")
        shown: Sequence[Ranked] = ranking
    else:
        screen.heading(f"排在最后的 {LAST} 份（全部排名见汇总文件，加 -v 在这里显示）")
        shown = ranking[-LAST:]
    room = max(16, screen.columns - 24)
    names = [_cut(visible(item.entry.named), room) for item in shown]
    column = max(map(width, names))
    for item, name in zip(shown, names, strict=True):
        word, tone = _VERDICTS[item.entry.passed]
        screen.line(
            f"  {item.rank:>4}  {pad(name, column)} {item.entry.total:5.1f}  {screen.paint(word, tone)}"
        )


def _gaps(screen: Screen, summary: Summary) -> None:
    gaps = summary.gaps()[:GAPS]
    if not gaps:
        return
    screen.heading("最常见的缺项")
    for gap in gaps:
        star = "★" if gap.element.headline else "　"
        screen.line(
            f"  {star}{pad(gap.element.name, 26)} 缺 {gap.missing:>3}  不充分 {gap.weak:>3}"
            f"  （{number(gap.judged)} 份应写）"
        )


def _late(screen: Screen, summary: Summary) -> None:
    late = summary.late()
    if late:
        _list(
            screen, f"逾期 {len({entry.file for entry, _ in late})} 份", [_say(e, f.message) for e, f in late]
        )


def _unaudited(screen: Screen, summary: Summary) -> None:
    if summary.unaudited:
        lines = [f"{item.file}：{item.reason}" for item in summary.unaudited]
        _list(screen, f"未能核查 {len(lines)} 份", lines)


def _list(screen: Screen, title: str, lines: list[str]) -> None:
    screen.heading(title)
    for line in lines[:LISTED]:
        first, *rest = wrap(visible(line), screen.columns - 4)
        screen.line("  " + first)
        for more in rest:
            screen.line("    " + more)
    if len(lines) > LISTED:
        screen.block(f"其余 {len(lines) - LISTED} 条见汇总文件。", 2, "dim")


def _say(entry: Entry, message: str) -> str:
    return f"{entry.named}：{message}"


def _cut(text: str, columns: int) -> str:
    """At most so many columns, with an ellipsis where something was left out."""
    if width(text) <= columns:
        return text
    while text and width(text) > columns - 2:
        text = text[:-1]
    return text + "…"
