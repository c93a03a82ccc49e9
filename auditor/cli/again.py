"""The commands on results that exist already: ``audit render`` and ``audit verify``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auditor.cli import check
from auditor.cli.chinese import Command
from auditor.cli.office import Addressee, Deadline, DocumentNumber, Organisation, PaperDate
from auditor.cli.options import DEFAULT_OUT, UsageError, formats, letterhead
from auditor.engine.decisions import iso_date, load_waivers
from auditor.exits import Exit
from auditor.letterhead import gather
from auditor.pipeline import Terms
from auditor.render.formats import FORMATS, Setting
from auditor.render.stored import stored_result, stored_results
from auditor.render.writing import write_all


def register(app: typer.Typer) -> None:
    """Add both commands to the group of commands."""
    app.command("render", cls=Command)(render)
    app.command("verify", cls=Command)(verify)


def render(
    stored: Annotated[Path, typer.Argument(metavar="结果.json", help="以前核查写出的 JSON")],
    format_: Annotated[
        list[str] | None,
        typer.Option(
            "-f", "--format", metavar="格式", help=f"可多次写或用逗号隔开，默认 pdf；有 {' '.join(FORMATS)}"
        ),
    ] = None,
    out: Annotated[
        str, typer.Option("-o", "--out", metavar="文件夹", help="放在哪里，默认 audit_out/；“-”表示标准输出")
    ] = DEFAULT_OUT,
    source: Annotated[
        str | None, typer.Option("--source", metavar="路径", help="报告在代码仓库里的路径，注解用")
    ] = None,
    organisation: Organisation = None,
    addressee: Addressee = None,
    document_number: DocumentNumber = None,
    date: PaperDate = None,
    deadline: Deadline = None,
) -> int:
    """用存下的结果再出别的格式，不重新核查。"""
    names = formats(format_, "pdf")
    place = None if out == "-" else Path(out)
    check.check_out(place, names, 1)
    result = stored_result(stored)
    given = letterhead(organisation, addressee, document_number, date, deadline)
    setting = Setting(gather(Path.cwd(), given), source)
    store = check.store_in(place, stored.name.removesuffix(".json"))
    files, failed = check.report(write_all(names, result, setting, store))
    if place is not None:
        for name in files:
            print(name)
    return Exit.NOT_WRITTEN if failed else Exit.PASSED


def verify(
    paper: Annotated[Path, typer.Argument(metavar="核查.pdf", help="audit 写出的 PDF")],
    report: Annotated[Path | None, typer.Argument(metavar="报告", help="送审文件；给出则重新核查")] = None,
    rules: Annotated[
        str | None, typer.Option("--rules", metavar="规则集", help="当时用了 --rules 的，照样写")
    ] = None,
    gate: Annotated[
        str | None, typer.Option("--gate", metavar="门禁", help="当时用了 --gate 的，照样写")
    ] = None,
    baseline: Annotated[
        list[Path] | None,
        typer.Option("--baseline", metavar="结果.json", help="当时用了 --baseline 的，照样写"),
    ] = None,
    waivers: Annotated[
        Path | None, typer.Option("--waivers", metavar="文件", help="当时用了 --waivers 的，照样写")
    ] = None,
) -> int:
    """核对 PDF 里内嵌的结果和各项摘要；给出报告则按当时的条件重新核查，报告差异。"""
    from auditor.verify import read_paper, verify_paper

    if report is not None and not report.exists():
        raise UsageError(f"找不到“{report}”，请检查路径")
    embedded = read_paper(paper)
    as_of = embedded.result.options.as_of
    terms = Terms(
        rules=rules,
        gate=gate,
        baselines=tuple(result for path in baseline or () for result in stored_results(path)),
        waivers=load_waivers(waivers, iso_date(as_of, "as_of") if as_of else check.today())
        if waivers
        else None,
    )
    checks = verify_paper(embedded, report, terms)
    for item in checks:
        print(f"{'✓' if item.ok else '✗'} {item.text}")
    agreed = all(item.ok for item in checks)
    tail = "" if report else "；没有给出送审文件，没有重新核查"
    print(f"结论：{'一致' if agreed else '有差异'}{tail}")
    return Exit.PASSED if agreed else Exit.FAILED
