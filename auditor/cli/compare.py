"""The command ``audit compare``: two reports side by side, or the passages that a folder of reports shares."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.batch.atomic import write_atomic
from auditor.cli.files import collect
from auditor.cli.options import UsageError
from auditor.compare.model import FORMATS, Comparison, Copies, Mode
from auditor.exits import Exit, NotAudited
from auditor.model import Level
from auditor.reasons import readable
from auditor.render.printable import visible
from auditor.render.stored import stored_result
from auditor.render.terminal import screen_width

if TYPE_CHECKING:
    from auditor.compare.inputs import Report

_STEP = 100


def compare(
    reports: Annotated[
        list[Path],
        typer.Argument(
            metavar="上年 今年",
            help="两份报告或存下的结果（.json）；加 --store 只给今年的，加 --copies 则是要互相比对的文件夹或文件",
        ),
    ],
    copies: Annotated[
        bool, typer.Option("--copies", help="在给出的文件夹里找互相雷同的报告，列出雷同段落")
    ] = False,
    as_: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="方式",
            help="years 按上下年比，drafts 按同一报告的前后两稿比；默认单位和年度都相同的按两稿比",
        ),
    ] = None,
    store: Annotated[
        str | None,
        typer.Option("--store", metavar="结果库", help="上年的取自结果库：同一单位上一年度最后存入的那一份"),
    ] = None,
    under: Annotated[
        str,
        typer.Option("--under", metavar="开头", help="结果库里只看文件路径以此开头的，分开各地同名的单位"),
    ] = "",
    least: Annotated[
        float, typer.Option("--least", metavar="百分数", help="雷同部分占到多少才列出，默认 10")
    ] = 10.0,
    format_: Annotated[
        str, typer.Option("-f", "--format", metavar="格式", help=f"{'、'.join(FORMATS)}，默认 text")
    ] = "text",
    out: Annotated[str, typer.Option("-o", "--out", metavar="文件", help="写进哪个文件，默认标准输出")] = "-",
    rules: Annotated[
        str | None, typer.Option("--rules", metavar="规则集", help="规则集名称或文件夹，默认按报告年度选")
    ] = None,
    level: Annotated[Level | None, typer.Option("--level", metavar="层级", help="指定层级")] = None,
    jobs: Annotated[
        int | None, typer.Option("-j", "--jobs", metavar="数目", min=1, help="--copies 用几个进程")
    ] = None,
) -> int:
    """上年的承诺今年有没有下文、哪些话是照搬的、哪些数字变得离奇、哪些要素丢了；或在一批报告里找雷同。"""
    if format_ not in FORMATS:
        raise UsageError(f"不认识的格式“{format_}”，可以写：{'、'.join(FORMATS)}")
    if not 0 <= least <= 100:
        raise UsageError("--least 应在 0 到 100 之间")
    # Imported here: the audit itself starts without them.
    from auditor.compare.output import write

    if copies:
        found: Comparison | Copies = _copies(reports, least, jobs)
    else:
        sides = (
            _sides(reports, rules, level)
            if store is None
            else _with_last(reports, store, under, rules, level)
        )
        found = _compared(*sides, as_)
    if out == "-":
        columns = screen_width()
        colour = sys.stdout.isatty()
        sys.stdout.write(write(found, format_, columns=columns, colour=colour))
    else:
        write_atomic(Path(out), write(found, format_, columns=100, colour=False).encode())
        print(readable(out))
    return Exit.NOT_AUDITED if isinstance(found, Copies) and found.unread else Exit.PASSED


def _compared(last: Report, this: Report, as_: str | None) -> Comparison:
    from auditor.compare.compare import compare as compare_reports

    if as_ not in (None, Mode.YEARS, Mode.DRAFTS):
        raise UsageError(f"--as 不认识“{as_}”，可以写：years、drafts")
    return compare_reports(last, this, Mode(as_) if as_ else None)


def _sides(reports: list[Path], rules: str | None, level: Level | None) -> tuple[Report, Report]:
    if len(reports) != 2:
        raise UsageError(
            "要给出两份报告，先上年、后今年；上年的在结果库里请加 --store，要在一批报告里找雷同请加 --copies"
        )
    last, this = (_side(path, rules, level) for path in reports)
    return last, this


def _with_last(
    reports: list[Path], store: str, under: str, rules: str | None, level: Level | None
) -> tuple[Report, Report]:
    """The report given, and that of the same unit for the year before. Raises NotAudited."""
    from auditor.compare.inputs import recall
    from auditor.store.archive import open_archive
    from auditor.store.errors import StoreError, Unusable

    if len(reports) != 1:
        raise UsageError("加了 --store 只要给今年的一份报告，上年的从结果库里取")
    this = _side(reports[0], rules, level)
    if this.unit is None or this.year is None:
        raise NotAudited(f"{reports[0]}：没有读出单位或年度，没法到结果库里找上年的，请把两份报告都写出来")
    try:
        with open_archive(store, write=False) as archive:
            found = archive.of_year(this.unit, this.year - 1, under)
            result = archive.result(found) if found is not None else None
    except Unusable as error:
        raise UsageError(str(error)) from error
    except StoreError as error:
        raise NotAudited(f"查不了：{error}") from error
    if result is None:
        raise NotAudited(
            f"结果库里没有“{visible(this.unit)}”{this.year - 1} 年度的结果，请把两份报告都写出来"
        )
    return recall(result, rules=rules), this


def _side(path: Path, rules: str | None, level: Level | None) -> Report:
    from auditor.compare.inputs import load, recall

    if not path.exists():
        raise UsageError(f"找不到“{path}”，请检查路径")
    if path.is_dir():
        raise UsageError(f"“{path}”是文件夹，比较两份报告要写明文件；找雷同请加 --copies")
    if path.suffix.lower() == ".json":
        return recall(stored_result(path), rules=rules)
    return load(path, readable(path.name), rules=rules, level=level)


def _copies(paths: list[Path], least: float, jobs: int | None) -> Copies:
    from auditor.compare.candidates import Missing
    from auditor.compare.copies import find_copies

    sources = [(job.path, job.shown) for job in collect(paths)]
    if len(sources) < 2:
        raise UsageError("找雷同至少要有两份报告")
    try:
        return find_copies(sources, least=least, jobs=jobs or os.cpu_count() or 1, progress=_progress)
    except Missing as error:
        raise UsageError(str(error)) from error


def _progress(done: int, total: int) -> None:
    if total >= _STEP and (done % _STEP == 0 or done == total):
        print(f"已读 {done}/{total} 份", file=sys.stderr)
