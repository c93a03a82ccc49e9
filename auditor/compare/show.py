"""A comparison on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.compare.model import (
    DIFFERS_NAMES,
    KEPT_NAMES,
    TURN_NAMES,
    Comparison,
    Copies,
    Differs,
    ElementTurn,
    FindingTurn,
    Kept,
    Mode,
    Place,
    Promise,
    Repeat,
    Side,
    Turn,
)
from auditor.model import ROLE_NAMES, STATUS_NAMES
from auditor.render.terminal import Screen, visible

_QUOTE = 90
_PASSAGES = 5
_KEPT_COLOUR = {Kept.DONE: "green", Kept.CONTINUED: "yellow", Kept.UNCLEAR: "yellow", Kept.GONE: "red"}
_BAD = frozenset({Turn.LOST, Turn.WEAKER, Turn.OPEN, Turn.NEW})
_ORDER = (Turn.LOST, Turn.WEAKER, Turn.NEW, Turn.OPEN, Turn.MENDED, Turn.STRONGER, Turn.WON)


def show(found: Comparison | Copies, *, columns: int, colour: bool) -> str:
    """The whole comparison; its last line says what to look at."""
    screen = Screen(columns, colour=colour)
    if isinstance(found, Copies):
        _copies(screen, found)
    else:
        _comparison(screen, found)
    return screen.text()


def _comparison(screen: Screen, c: Comparison) -> None:
    drafts = c.mode is Mode.DRAFTS
    screen.block("两稿对比" if drafts else "上下年对比", 0, "bold")
    for label, side in zip(("前稿", "后稿") if drafts else ("上年", "今年"), (c.last, c.this), strict=True):
        screen.block(f"{label}：{visible(_side(side))}")
    for remark in c.remarks:
        screen.block("注意：" + visible(remark), 0, "yellow")
    if not drafts:
        _promises(screen, c.promises)
        _repeats(screen, "存在不足与上年重复", c.problems)
        _repeats(
            screen, "举措成效照搬上年", tuple(r for r in c.achievements if r.differs is not Differs.FIGURES)
        )
        renewed = sum(r.differs is Differs.FIGURES for r in c.achievements)
        if renewed:
            screen.block(f"另有 {renewed} 句与上年同文、只换了数字，见 -f json。", 2, "dim")
        _moves(screen, c)
    _elements(screen, c.elements)
    if drafts:
        _findings(screen, c.findings)
    screen.line()
    screen.block(conclusion(c), 0, "bold")


def conclusion(c: Comparison) -> str:
    """What the comparison found, in one sentence."""
    turns = {t: sum(e.turn is t for e in c.elements) + sum(f.turn is t for f in c.findings) for t in Turn}
    if c.mode is Mode.DRAFTS:
        better = turns[Turn.MENDED] + turns[Turn.WON] + turns[Turn.STRONGER]
        worse = turns[Turn.LOST] + turns[Turn.WEAKER] + turns[Turn.NEW]
        return f"结论：改好 {better} 处，仍未改 {turns[Turn.OPEN]} 处，新丢 {worse} 处"
    kept = {k: sum(p.status is k for p in c.promises) for k in Kept}
    copied = sum(r.differs is not Differs.FIGURES for r in c.achievements)
    return (
        f"结论：上年承诺 {len(c.promises)} 项，做了 {kept[Kept.DONE]}、仍列为安排 {kept[Kept.CONTINUED]}、"
        f"待核对 {kept[Kept.UNCLEAR]}、没有下文 {kept[Kept.GONE]}；不足重复 {len(c.problems)} 条，"
        f"成效照搬 {copied} 句，数字异常 {len(c.figures)} 处；要素今缺或变弱 {turns[Turn.LOST] + turns[Turn.WEAKER]} 项，"
        f"新有或补强 {turns[Turn.WON] + turns[Turn.STRONGER]} 项"
    )


def _side(side: Side) -> str:
    year = f"{side.year}年度" if side.year else "年度不明"
    return f"{side.unit or '单位不明'} {year} {side.score:.1f}分（{side.file}）"


def quoted(text: str) -> str:
    """A quote for one line, cut with a mark."""
    clean = visible(text)
    return clean if len(clean) <= _QUOTE else clean[: _QUOTE - 1] + "…"


def _place(screen: Screen, label: str, place: Place | None) -> None:
    if place is not None:
        screen.block(f"{label}{place.place}（{ROLE_NAMES[place.role]}）：{quoted(place.quote)}", 4)


def _promises(screen: Screen, promises: Sequence[Promise]) -> None:
    if not promises:
        return
    screen.heading("上年的安排，今年的下文")
    for status in (Kept.GONE, Kept.UNCLEAR, Kept.CONTINUED, Kept.DONE):
        chosen = [p for p in promises if p.status is status]
        if not chosen:
            continue
        screen.block(f"{KEPT_NAMES[status]}（{len(chosen)}）", 0, _KEPT_COLOUR[status])
        for promise in chosen:
            screen.block(f"· 上年{promise.last.place}：{quoted(promise.last.quote)}", 2)
            for place in promise.found:
                _place(screen, "今年", place)


def _repeats(screen: Screen, title: str, repeats: Sequence[Repeat]) -> None:
    if not repeats:
        return
    screen.heading(f"{title}（{len(repeats)}）")
    for repeat in repeats:
        kept = f"，{repeat.figures} 个数字也没有变" if repeat.figures else ""
        screen.block(f"· {DIFFERS_NAMES[repeat.differs]}{kept}", 2)
        _place(screen, "上年", repeat.last)
        _place(screen, "今年", repeat.this)


def _moves(screen: Screen, c: Comparison) -> None:
    if not c.figures:
        return
    screen.heading(f"数字变化异常（{len(c.figures)}）")
    for move in c.figures:
        screen.block("· " + visible(move.message), 2)
        screen.block(f"上年{move.last.place}：{quoted(move.last.quote)}", 4)
        screen.block(f"今年{move.this.place}：{quoted(move.this.quote)}", 4)


def _elements(screen: Screen, turns: Sequence[ElementTurn]) -> None:
    if not turns:
        return
    screen.heading(f"要素变化（{len(turns)}）")
    for turn in _ORDER:
        chosen = [e for e in turns if e.turn is turn]
        if not chosen:
            continue
        screen.block(f"{TURN_NAMES[turn]}（{len(chosen)}）", 0, "red" if turn in _BAD else "green")
        for e in chosen:
            change = (
                STATUS_NAMES[e.after]
                if e.before is e.after
                else f"{STATUS_NAMES[e.before]}→{STATUS_NAMES[e.after]}"
            )
            screen.block(f"· {e.name}（{e.id}）：{change}" + (f"，{e.reason}" if e.reason else ""), 2)
            if turn in (Turn.LOST, Turn.WEAKER):
                _place(screen, "原来", e.last)
            elif turn in (Turn.WON, Turn.STRONGER):
                _place(screen, "现在", e.this)


def _findings(screen: Screen, findings: Sequence[FindingTurn]) -> None:
    if not findings:
        return
    screen.heading(f"数字和日期（{len(findings)}）")
    for turn in _ORDER:
        for f in findings:
            if f.turn is turn:
                where = f"{f.place}：" if f.place else ""
                screen.block(f"· {TURN_NAMES[turn]}：{where}{visible(f.message)}", 2)


def _copies(screen: Screen, c: Copies) -> None:
    screen.block(f"雷同段落：{c.reports} 份报告，占比 {c.least:g}% 以上的列出", 0, "bold")
    for remark in c.remarks:
        screen.block("注意：" + remark, 0, "yellow")
    for unread in c.unread:
        screen.block(f"未比对：{visible(unread.file)}：{visible(unread.reason)}", 0, "yellow")
    for pair in c.pairs:
        screen.line()
        screen.block(f"{visible(pair.first)} ↔ {visible(pair.second)}", 0, "bold")
        screen.block(
            f"相同 {pair.length} 字，占前者 {pair.first_share:.1f}%、占后者 {pair.second_share:.1f}%，{len(pair.passages)} 段",
            2,
        )
        for passage in pair.passages[:_PASSAGES]:
            lines = f"{passage.first.place} ↔ {passage.second.place}"
            screen.block(f"· {lines}，{passage.length} 字：{quoted(passage.second.quote)}", 2)
        if len(pair.passages) > _PASSAGES:
            screen.block(f"还有 {len(pair.passages) - _PASSAGES} 段，见 -f json。", 2, "dim")
    screen.line()
    screen.block(f"结论：{len(c.pairs)} 对报告有雷同段落" if c.pairs else "结论：没有发现雷同", 0, "bold")
