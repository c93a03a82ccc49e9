"""The command line as Typer reads it: the main command with all its options, and the way to the other commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import click
import typer

import auditor
from auditor.cli import check
from auditor.cli.chinese import Command, explain
from auditor.cli.office import Addressee, Deadline, DocumentNumber, Organisation, PaperDate
from auditor.cli.options import DEFAULT_OUT, UsageError, asked
from auditor.exits import Exit
from auditor.garbage import collect_seldom
from auditor.model import Level
from auditor.render.formats import FORMATS

_EPILOG = """\
其他命令（各自可加 --help）：
  audit rules list|show|lint|test|coverage   规则集：列出、查看、检查写法、跑例句、条款覆盖
  audit explain 要素 报告                      这一项的全部候选段落，为什么算、为什么不算
  audit waive 报告 要素                        往豁免文件里写一条裁量
  audit render 结果.json -f 格式               用存下的结果再出一种格式
  audit verify 核查.pdf [报告]                 核对 PDF 里的结果，重新核查并比较
  audit compare 上次 这次                      和上一年度或上一稿比：承诺、照抄、数字、得失
  audit history 单位 --store 结果库             结果库里这个单位历年的得分、门禁和得失
  audit doctor                               字体和系统库缺什么、怎么装

退出码：0 通过  1 未通过门禁  2 未能核查  3 结果没写成或内部错误  130 被中断"""

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command(cls=Command, epilog=_EPILOG)
def main_command(
    reports: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="报告...",
            help="报告文件或文件夹；不写则核查 reports_in/ 里的全部报告",
            # One report that may not be read must not stop the others.
            readable=False,
        ),
    ] = None,
    out: Annotated[
        str,
        typer.Option(
            "-o",
            "--out",
            metavar="文件夹",
            help="结果放在哪里，默认 audit_out/；“-”表示标准输出（一份报告、一种文本格式）",
        ),
    ] = DEFAULT_OUT,
    format_: Annotated[
        list[str] | None,
        typer.Option(
            "-f",
            "--format",
            metavar="格式",
            help=f"结果格式，可多次写或用逗号隔开，默认 pdf,json；有 {' '.join(FORMATS)}",
        ),
    ] = None,
    rules: Annotated[
        str | None,
        typer.Option(
            "--rules",
            metavar="规则集",
            help="规则集名称或文件夹，默认按报告年度选 outline-2015 或 outline-2021",
        ),
    ] = None,
    year: Annotated[
        int | None, typer.Option("--year", metavar="年度", help="指定报告年度，不用从报告里读出的")
    ] = None,
    level: Annotated[
        Level | None,
        typer.Option(
            "--level",
            metavar="层级",
            help="指定层级：province 省级 city 设区的市 county 县级 town 乡镇街道 dept 部门",
        ),
    ] = None,
    gate: Annotated[
        str | None,
        typer.Option(
            "--gate",
            metavar="门禁",
            help="门禁文件，或自带的 default、strict、advisory；默认 rules/gate.yaml",
        ),
    ] = None,
    no_gate: Annotated[bool, typer.Option("--no-gate", help="只核查，不下通过与否的结论")] = False,
    fail_under: Annotated[
        float | None,
        typer.Option("--fail-under", metavar="分数", help="总分低于这个数就不通过，代替门禁文件里的最低分"),
    ] = None,
    fail_on_: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on",
            metavar="种类",
            help="门禁之外再拦：missing 有缺失，weak 有缺失或不充分，error 有差错；可用逗号隔开",
        ),
    ] = None,
    baseline: Annotated[
        list[Path] | None,
        typer.Option(
            "--baseline",
            metavar="结果.json",
            help="只拦比这份旧结果新增的问题；可多次写，也可以是存放结果的文件夹",
        ),
    ] = None,
    waivers: Annotated[
        Path | None, typer.Option("--waivers", metavar="文件", help="审核机关的裁量（豁免、人工认定）")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="日期", help="按哪一天判断裁量是否过期，默认今天（北京时间）"),
    ] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="日期", help="报告的公开日期，报告里读不出时用")
    ] = None,
    organisation: Organisation = None,
    addressee: Addressee = None,
    document_number: DocumentNumber = None,
    date: PaperDate = None,
    deadline: Deadline = None,
    jobs: Annotated[
        int | None,
        typer.Option("-j", "--jobs", metavar="数目", min=1, help="批量核查用几个进程，默认有几个核用几个"),
    ] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="全部重做，不沿用也不留存上次的结果")] = False,
    store: Annotated[
        str | None,
        typer.Option(
            "--store",
            metavar="结果库",
            help="结果另存一份在数据库里：SQLite 文件名，或 postgresql://主机/库名",
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster", metavar="地址", help="在 Dask 调度器的多台机器上核查，如 tcp://10.0.0.1:8786"
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="不在屏幕上显示摘要")] = False,
    verbose: Annotated[int, typer.Option("-v", "--verbose", count=True, help="多显示一些")] = 0,
    version: Annotated[bool, typer.Option("--version", help="显示版本")] = False,
) -> int:
    """核查法治政府建设年度报告：逐项查有没有、依据在哪里、数字对不对、时间晚不晚。"""
    if version:
        print(f"audit {auditor.__version__}")
        return Exit.PASSED
    return check.run(
        asked(
            reports=reports or (),
            out=out,
            format_=format_,
            rules=rules,
            year=year,
            level=level,
            gate=gate,
            no_gate=no_gate,
            fail_under=fail_under,
            fail_on_=fail_on_,
            baseline=baseline or (),
            waivers=waivers,
            as_of=as_of,
            published=published,
            organisation=organisation,
            addressee=addressee,
            document_number=document_number,
            date=date,
            deadline=deadline,
            jobs=jobs,
            no_cache=no_cache,
            store=store,
            cluster=cluster,
            quiet=quiet,
            verbose=verbose,
        )
    )


def run(words: list[str], *, other: bool) -> int:
    """Do what the words after ``audit`` say, ``other`` than the main command or that; the exit code.

    Raises UsageError, and KeyboardInterrupt where the user broke off.
    """
    command: Callable[..., object]
    if other:
        # Imported here: an audit needs nothing of them.
        from auditor.cli import again, tools

        collect_seldom()
        again.register(tools.app)
        command = typer.main.get_command(tools.app)
    else:
        command = typer.main.get_command(app)
    assert isinstance(command, click.Command)
    try:
        code = command.main(args=words, prog_name="audit", standalone_mode=False)
    except click.ClickException as error:
        raise UsageError(f"{explain(error)}。用 --help 看说明") from error
    except click.Abort as error:
        raise KeyboardInterrupt from error
    if code == Exit.INTERRUPTED and not isinstance(code, Exit):
        # Typer makes a bare number of an interruption, and says nothing.
        raise KeyboardInterrupt
    return int(code) if isinstance(code, int) else Exit.PASSED
