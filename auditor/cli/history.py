"""The command ``audit history``: what the result archive tells of one unit over the years."""

from __future__ import annotations

import sys
from typing import Annotated

import msgspec
import typer

from auditor.cli.options import UsageError
from auditor.cli.streams import note
from auditor.exits import Exit
from auditor.render.terminal import pad, screen_width, visible, width, wrap
from auditor.store.archive import open_archive
from auditor.store.errors import StoreError, Unusable
from auditor.store.history import Change, History, Year
from auditor.store.history import history as read_history

FORMATS = ("text", "json")
_VERDICTS = {True: "通过", False: "未通过", None: "未设门禁"}
_COLUMNS = (8, 8, 10, 8, 8, 6)


def history(
    unit: Annotated[str, typer.Argument(metavar="单位", help="单位名称，如 清渠县 或 清渠县司法局")],
    store: Annotated[
        str, typer.Option("--store", metavar="结果库", help="SQLite 文件名，或 postgresql://主机/库名")
    ],
    under: Annotated[
        str, typer.Option("--under", metavar="开头", help="只看文件路径以此开头的报告，分开各地同名的单位")
    ] = "",
    format_: Annotated[
        str, typer.Option("-f", "--format", metavar="格式", help=f"{'、'.join(FORMATS)}，默认 text")
    ] = "text",
) -> int:
    """结果库里一个单位历年的得分、门禁，以及每年新丢、新有的要素。"""
    if format_ not in FORMATS:
        raise UsageError(f"不认识的格式“{format_}”，可以写：{'、'.join(FORMATS)}")
    if not unit.strip():
        raise UsageError("要写明单位名称")
    try:
        with open_archive(store, write=False) as archive:
            found = read_history(archive, unit.strip(), under)
            near = archive.near(unit.strip()) if found is None else []
    except Unusable as error:
        raise UsageError(str(error)) from error
    except StoreError as error:
        note(f"查不了：{error}")
        return Exit.NOT_AUDITED
    if found is None:
        hint = f"，相近的有 {'、'.join(map(visible, near))}" if near else "，请核对名称"
        note(f"结果库里没有“{visible(unit)}”的结果{hint}")
        return Exit.NOT_AUDITED
    if format_ == "json":
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(found), indent=1).decode() + "\n")
    else:
        columns = screen_width()
        sys.stdout.write(show(found, columns))
    return Exit.PASSED


def show(found: History, columns: int) -> str:
    """A table of the years, and below it what changed from each to the next."""
    lines = [f"{visible(found.unit)}：结果库里有 {len(found.years)} 个年度", ""]
    lines.append(_row("年度", "得分", "门禁", "已覆盖", "不充分", "缺失", "报告"))
    for year in found.years:
        more = f"（另存有 {year.others} 份）" if year.others else ""
        lines.append(
            _row(
                _named(year.year),
                f"{year.score:.1f}",
                _VERDICTS[year.passed],
                str(year.covered),
                str(year.weak),
                str(year.missing),
                visible(year.file) + more,
            )
        )
    for year in found.years:
        lines += _changes(year, columns)
    if found.remarks:
        lines += ["", *(f"注意：{visible(remark)}" for remark in found.remarks)]
    return "\n".join(lines) + "\n"


def _row(*cells: str) -> str:
    padded = "".join(pad(cell, size) for cell, size in zip(cells[:-1], _COLUMNS, strict=True))
    return padded + cells[-1]


def _named(year: int | None) -> str:
    return "不明" if year is None else str(year)


def _changes(year: Year, columns: int) -> list[str]:
    if year.since is None:
        return []
    lines = ["", f"{_named(year.year)} 年度比 {_named(year.since)} 年度"]
    kinds = (("新丢", year.lost), ("变弱", year.weaker), ("补强", year.stronger), ("新有", year.won))
    for title, changes in kinds:
        if changes:
            lines += _listed(title, changes, columns)
    return [*lines, "  各要素没有变化"] if len(lines) == 2 else lines


def _listed(title: str, changes: tuple[Change, ...], columns: int) -> list[str]:
    head = f"  {title} {len(changes)} 项："
    names = "、".join(visible(change.name) + ("（重点）" if change.headline else "") for change in changes)
    rows = wrap(names, max(20, columns - width(head)))
    return [head + rows[0], *(" " * width(head) + row for row in rows[1:])]
