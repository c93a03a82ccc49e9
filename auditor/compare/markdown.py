"""A comparison in Markdown; every string of a report escaped."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.compare.model import (
    DIFFERS_NAMES,
    KEPT_NAMES,
    TURN_NAMES,
    Comparison,
    Copies,
    Mode,
    Place,
    Side,
    Stated,
    Stretch,
)
from auditor.compare.show import conclusion, quoted
from auditor.model import STATUS_NAMES
from auditor.render.markdown import escape


def render(found: Comparison | Copies) -> str:
    """The comparison as tables, with line numbers and quotes."""
    lines = _copies(found) if isinstance(found, Copies) else _comparison(found)
    return "\n".join(lines) + "\n"


def _comparison(c: Comparison) -> list[str]:
    drafts = c.mode is Mode.DRAFTS
    out = [f"## {'两稿对比' if drafts else '上下年对比'}", ""]
    out += [f"- 前：{_side(c.last)}", f"- 后：{_side(c.this)}", *(f"- 注意：{escape(r)}" for r in c.remarks)]
    out += ["", f"**{escape(conclusion(c))}**", ""]
    out += _table(
        "上年的安排，今年的下文",
        ("下文", "上年的安排", "今年的原文"),
        (
            (KEPT_NAMES[p.status], _place(p.last), "<br>".join(map(_place, p.found)) or "—")
            for p in c.promises
        ),
    )
    for title, repeats in (("存在不足与上年重复", c.problems), ("举措成效与上年同文", c.achievements)):
        rows = ((DIFFERS_NAMES[r.differs], _place(r.last), _place(r.this)) for r in repeats)
        out += _table(title, ("差别", "上年", "今年"), rows)
    out += _table(
        "数字变化异常",
        ("问题", "上年", "今年"),
        ((escape(m.message), _place(m.last), _place(m.this)) for m in c.figures),
    )
    out += _table(
        "要素变化",
        ("变化", "要素", "结论", "原来", "现在"),
        (
            (
                TURN_NAMES[e.turn],
                f"{escape(e.name)}<br>{escape(e.id)}",
                f"{STATUS_NAMES[e.before]}→{STATUS_NAMES[e.after]}",
                _place(e.last),
                _place(e.this) if e.this else escape(e.reason or "—"),
            )
            for e in c.elements
        ),
    )
    out += _table(
        "数字和日期",
        ("变化", "问题", "原文"),
        (
            (
                TURN_NAMES[f.turn],
                escape(f.message),
                f"{f.place}：{escape(quoted(f.quote))}" if f.quote and f.place else "—",
            )
            for f in c.findings
        ),
    )
    return out[:-1]


def _copies(c: Copies) -> list[str]:
    out = [f"## 雷同段落：{c.reports} 份报告，{len(c.pairs)} 对", ""]
    out += [f"- 注意：{escape(remark)}" for remark in c.remarks]
    out += [f"- 未比对：{escape(u.file)}：{escape(u.reason)}" for u in c.unread]
    if not c.pairs:
        return [*out, "没有发现雷同。"]
    for p in c.pairs:
        share = f"相同 {p.length} 字，占前者 {p.first_share:.1f}%、占后者 {p.second_share:.1f}%。"
        rows = ((str(x.length), _place(x.first), _place(x.second)) for x in p.passages)
        out += ["", f"### {escape(p.first)} ↔ {escape(p.second)}", "", share, ""]
        out += _rows(("字数", "前者", "后者"), rows)
    return out


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = _rows(head, rows)
    return [f"### {title}（{len(lines) - 2}）", "", *lines, ""] if len(lines) > 2 else []


def _rows(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return lines + ["| " + " | ".join(cells) + " |" for cells in rows]


def _side(side: Side) -> str:
    year = f"{side.year}年度" if side.year else "年度不明"
    return f"{escape(side.unit or '单位不明')} {year}，{side.score:.1f}分（{escape(side.file)}）"


def _place(place: Place | Stated | Stretch | None) -> str:
    return "—" if place is None else f"{place.place}：{escape(quoted(place.quote))}"
