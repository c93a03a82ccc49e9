"""The commands beside the audit itself: rules, explain, waive, doctor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from auditor.ablation import unproven
from auditor.cli import check, compare, history
from auditor.cli.chinese import Command, Group
from auditor.cli.options import UsageError
from auditor.engine.candidates import Candidate, candidates
from auditor.engine.verdict import judge, quote
from auditor.exits import Exit
from auditor.matching.evaluate import Matcher
from auditor.model import LEVEL_NAMES, STATUS_NAMES, Level
from auditor.proof import Outcome, cases_of, prove, rules_alone
from auditor.reading import read_report
from auditor.render.terminal import pad, visible
from auditor.rulebook import coverage as clauses
from auditor.rulebook.book import Element, RuleBook
from auditor.rulebook.compile import compile_book
from auditor.rulebook.files import book_folders, locate
from auditor.rulebook.lint import lint
from auditor.rulebook.load import Source, read
from auditor.rulebook.schema import json_schema
from auditor.rulebook.shelf import book_for, choose

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, cls=Group)
rules_app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    cls=Group,
    help="规则集：列出、查看、检查、跑例句、条款覆盖",
)
app.add_typer(rules_app, name="rules")

Book = Annotated[
    str | None, typer.Option("--rules", metavar="规则集", help="规则集名称或文件夹，默认 outline-2021")
]


@app.callback()
def _app() -> None:
    """法治政府建设年度报告核查器"""


def _source(name: str | None, *, cases: bool = False) -> tuple[Source, RuleBook]:
    source = read(locate(name) if name else choose(None), cases=cases)
    return source, compile_book(source)


def _books(name: str | None) -> list[str | None]:
    if name is not None:
        return [name]
    return [folder.name for folder in book_folders() if folder.name != "common"]


@rules_app.command("list", cls=Command)
def list_rules(rules: Book = None) -> None:
    """列出规则集里的要素。"""
    _, book = _source(rules)
    print(f"{book.info.id}  {book.info.title}  {book.info.version}  sha256:{book.info.digest[:16]}")
    names = {group.id: group.name for group in book.groups}
    last = ""
    for element in book.elements:
        if not element.basis:
            continue
        if element.group != last:
            print(f"\n{names[element.group]}")
            last = element.group
        marks = ("法定 " if element.tier == "statutory" else "") + ("重点 " if element.headline else "")
        print(f"  {pad(element.id, 26)}{pad(element.name, 26)}{marks}")


@rules_app.command("show", cls=Command)
def show_rule(
    element: Annotated[str, typer.Argument(metavar="要素", help="要素编号，如 述法.开展")], rules: Book = None
) -> None:
    """说明一个要素查什么、依据什么、怎样算数。"""
    source, book = _source(rules, cases=True)
    found = _find(book, element)
    print(f"{found.id}  {found.name}  权重 {found.weight:g}")
    levels = (
        "全部层级" if found.levels is None else "、".join(LEVEL_NAMES[x] for x in Level if x in found.levels)
    )
    print(f"适用：{levels}")
    for basis, cite in zip(found.basis, found.cite, strict=True):
        note = "" if basis.verified else "（条款号待核）"
        print(f"依据：{cite}{note}：{basis.gist}")
    print("查找：" + "；".join(found.sought))
    for title, conditions in (("已覆盖", found.covered), ("不充分", found.weak), ("提及", found.mention)):
        for condition in conditions:
            print(f"{title}：{condition.label}" + (f"（{condition.reason}）" if condition.reason else ""))
    if found.ignored:
        print("不算：" + "、".join(found.ignored))
    print(f"不充分时：{found.advice_weak}\n缺失时：{found.advice_missing}")
    if found.id in source.cases:
        case, _ = source.cases[found.id]
        for title, sentences in (
            ("应判已覆盖", case.covered),
            ("应判不充分", case.weak),
            ("不应算数", case.near),
        ):
            for sentence in sentences:
                print(f"例（{title}）：{sentence}")


@rules_app.command("lint", cls=Command)
def lint_rules(
    rules: Book = None,
    schema: Annotated[bool, typer.Option("--schema", help="输出规则文件的 JSON Schema，供编辑器用")] = False,
) -> int:
    """检查规则的写法：不认识的键、错误的引用、永远不会成立的模式、没有例句的要素。"""
    if schema:
        import json

        print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
        return Exit.PASSED
    faults: dict[str, None] = {}
    for name in _books(rules):
        source, book = _source(name, cases=True)
        faults.update(dict.fromkeys(lint(source, book)))
        print(
            f"{book.info.id}：{sum(bool(e.basis) for e in book.elements)} 个要素，{book.index.table.size} 个短语"
        )
    for fault in faults:
        print(fault, file=sys.stderr)
    return Exit.NOT_AUDITED if faults else Exit.PASSED


@rules_app.command("test", cls=Command)
def test_rules(
    rules: Book = None,
    element: Annotated[
        str | None, typer.Option("--element", metavar="要素", help="只跑这个要素（可写前缀）")
    ] = None,
    each: Annotated[
        bool, typer.Option("--each", help="再逐个拿掉概念和排除词，列出没有例句离不开的（要几分钟）")
    ] = False,
) -> int:
    """把每条例句放进一份没有这一项的报告里实判一遍。"""
    failed = 0
    for name in _books(rules):
        source, book = _source(name, cases=True)
        specs = [c for c, _ in source.cases.values() if element is None or c.id.startswith(element)]
        outcomes = list(
            prove(book, (case for spec in specs for case in cases_of(spec)), book.years.first + 2, alone=True)
        )
        wrong = [outcome for outcome in outcomes if not outcome.right]
        for outcome in wrong:
            print(_told(outcome), file=sys.stderr)
        print(f"{book.info.id}：{len(outcomes) - len(wrong)} passed, {len(wrong)} failed")
        failed += len(wrong)
        if each:
            idle = [
                part.name
                for part in unproven(
                    rules_alone(book), (o.case for o in outcomes if o.right), book.years.first + 2
                )
            ]
            print("\n".join(f"没有例句离不开：{name}" for name in idle))
            print(f"{book.info.id}：{len(idle)} unproven")
    return Exit.FAILED if failed else Exit.PASSED


def _told(outcome: Outcome) -> str:
    case = outcome.case
    return (
        f"{case.element}（{case.kind}）应为{STATUS_NAMES[case.expected]}，判成{STATUS_NAMES[outcome.got]}"
        f"：{case.sentence}" + (f"〔{outcome.reason}〕" if outcome.reason else "")
    )


@rules_app.command("coverage", cls=Command)
def show_coverage(rules: Book = None) -> None:
    """逐条列出两部《纲要》和有关规定的条款由哪些要素核查，哪些没有。"""
    tables = clauses.coverage(_source(rules)[0])
    print(clauses.markdown(tables))


@app.command("explain", cls=Command)
def explain(
    element: Annotated[str, typer.Argument(metavar="要素", help="要素编号，如 规范性文件.备案")],
    report: Annotated[Path, typer.Argument(metavar="报告", help="报告文件")],
    rules: Book = None,
    year: Annotated[int | None, typer.Option("--year", metavar="年度", help="指定报告年度")] = None,
    level: Annotated[Level | None, typer.Option("--level", metavar="层级", help="指定层级")] = None,
) -> None:
    """列出一个要素在报告里的全部候选段落，说明为什么算、为什么不算。"""
    document = read_report(report, year=year, level=level).document
    used = year if year is not None else document.metadata.report_year
    book = book_for(rules, used)
    found = _find(book, element)
    verdicts, matcher = judge(document, book, level or document.metadata.level, only=found.id)
    verdict = verdicts[found.id]
    print(
        f"{found.id}  {found.name}：{STATUS_NAMES[verdict.status]}"
        + (f"（{verdict.reason}）" if verdict.reason else "")
    )
    print("查找：" + "；".join(found.sought))
    for candidate in candidates(found, matcher):
        _show(candidate, matcher)
    if verdict.nearest is not None:
        near = verdict.nearest
        print(
            f"最接近的一句（相似 {near.similarity:.0f}）：{document.place(near.start)} {visible(near.quote)}"
        )


def _show(candidate: Candidate, matcher: Matcher) -> None:
    evidence = quote(candidate, matcher)
    print(
        f"- {matcher.doc.place(evidence.start)}，相似 {candidate.similarity:.0f}，{candidate.outcome.value}"
        f"（{candidate.strength.value}：{candidate.condition.label}）\n    {visible(evidence.quote)}"
    )


def _find(book: RuleBook, identity: str) -> Element:
    for element in book.elements:
        if element.id == identity:
            return element
    near = [e.id for e in book.elements if identity in e.id or identity in e.name][:5]
    hint = f"，是不是 {'、'.join(near)}" if near else "，用 audit rules list 查编号"
    raise UsageError(f"没有要素“{identity}”{hint}")


@app.command("waive", cls=Command)
def waive(
    report: Annotated[Path, typer.Argument(metavar="报告", help="报告文件")],
    element: Annotated[str, typer.Argument(metavar="要素", help="要素编号，或核查结果里的发现编号")],
    waivers: Annotated[Path, typer.Option("--waivers", metavar="文件", help="写进哪个豁免文件")] = Path(
        "waivers.yaml"
    ),
    decision: Annotated[
        str | None, typer.Option("--decision", metavar="裁量", help="waive 不计入，confirm 人工认定已覆盖")
    ] = None,
    quote_: Annotated[
        str | None, typer.Option("--quote", metavar="原文", help="人工认定时，报告里的原文")
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="理由", help="为什么")] = None,
    approver: Annotated[str | None, typer.Option("--approver", metavar="批准人", help="谁批准的")] = None,
    expires_on: Annotated[
        str | None, typer.Option("--expires-on", metavar="日期", help="有效期至哪一天（含当天）")
    ] = None,
    approved_on: Annotated[
        str | None, typer.Option("--approved-on", metavar="日期", help="哪一天批准的，默认今天")
    ] = None,
) -> int:
    """往豁免文件里写一条完整的裁量；没写明的逐项询问。"""
    from auditor.cli.waive import write_entry

    return write_entry(
        report,
        element,
        waivers,
        decision=decision,
        quote=quote_,
        reason=reason,
        approver=approver,
        expires_on=expires_on,
        approved_on=approved_on or check.today().isoformat(),
    )


@app.command("doctor", cls=Command)
def doctor() -> int:
    """检查字体、系统库和各个组件的版本，缺什么、怎么装。"""
    from auditor.cli.doctor import report

    return report()


app.command("compare", cls=Command)(compare.compare)
app.command("history", cls=Command)(history.history)
