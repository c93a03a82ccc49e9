"""Clause by clause: which elements check which clause of the documents, and which clauses no element covers."""

from __future__ import annotations

from msgspec import Struct

from auditor.rulebook.load import Source


class Row(Struct, frozen=True):
    number: str
    gist: str
    verified: bool
    source: str | None
    elements: tuple[str, ...]


class Table(Struct, frozen=True):
    document: str
    title: str
    rows: tuple[Row, ...]

    @property
    def bare(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if not row.elements)


def coverage(source: Source) -> tuple[Table, ...]:
    """One table per document, clauses in the order of the document."""
    users: dict[str, list[str]] = {}
    for spec, _, _ in source.elements.values():
        for key in spec.basis:
            users.setdefault(key, []).append(spec.id)
    tables = []
    for name, document in source.documents.items():
        rows = tuple(
            Row(
                item.n,
                item.gist,
                item.verified,
                item.source,
                tuple(users.get(f"{name}-{item.n}" if item.n != "0" else name, ())),
            )
            for item in document.items
        )
        tables.append(Table(name, document.title, rows))
    return tuple(tables)


def markdown(tables: tuple[Table, ...]) -> str:
    """The tables as Markdown, for the terminal and for docs/rules.md."""
    out: list[str] = []
    for table in tables:
        out += [f"## {table.title}", "", "| 条款 | 要旨 | 核对 | 核查要素 |", "|---|---|---|---|"]
        for row in table.rows:
            checked = (
                f"已核（{row.source}）"
                if row.verified and row.source
                else "已核"
                if row.verified
                else "条款号待核"
            )
            number = "全文" if row.number == "0" else row.number
            out.append(f"| {number} | {row.gist} | {checked} | {'、'.join(row.elements) or '—'} |")
        bare = "、".join(row.number for row in table.bare) or "无"
        out += ["", f"没有要素对应的条款：{bare}。", ""]
    return "\n".join(out)
