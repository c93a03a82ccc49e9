"""The command ``audit compare``: two reports side by side, or the passages that a folder of reports shares."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from auditor.batch.atomic import write_atomic
from auditor.cli.files import collect
from auditor.cli.options import UsageError
from auditor.compare.model import FORMATS, Comparison, Copies, Mode
from auditor.exits import Exit
from auditor.model import Level
from auditor.reasons import readable

_STEP = 100


def compare(
    reports: Annotated[
        list[Path],
        typer.Argument(metavar="上年 今年", help="两份报告；加 --copies 则是要互相比对的文件夹或文件"),
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

    found = _copies(reports, least, jobs) if copies else _two(reports, as_, rules, level)
    if out == "-":
        columns = shutil.get_terminal_size((80, 24)).columns
        colour = sys.stdout.isatty()
        sys.stdout.write(write(found, format_, columns=columns, colour=colour))
    else:
        write_atomic(Path(out), write(found, format_, columns=100, colour=False).encode())
        print(readable(out))
    return Exit.NOT_AUDITED if isinstance(found, Copies) and found.unread else Exit.PASSED


def _two(reports: list[Path], as_: str | None, rules: str | None, level: Level | None) -> Comparison:
    from auditor.compare.compare import compare as compare_reports
    from auditor.compare.inputs import load

    if len(reports) != 2:
        raise UsageError("要给出两份报告，先上年、后今年；要在一批报告里找雷同请加 --copies")
    if as_ not in (None, Mode.YEARS, Mode.DRAFTS):
        raise UsageError(f"--as 不认识“{as_}”，可以写：years、drafts")
    for path in reports:
        if not path.exists():
            raise UsageError(f"找不到“{path}”，请检查路径")
        if path.is_dir():
            raise UsageError(f"“{path}”是文件夹，比较两份报告要写明文件；找雷同请加 --copies")
    last, this = (load(path, readable(path.name), rules=rules, level=level) for path in reports)
    return compare_reports(last, this, Mode(as_) if as_ else None)


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
