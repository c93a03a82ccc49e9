"""The main command: audit reports, write results, say the verdict."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import TextIO

from auditor.cli.files import DEFAULT_FOLDER, Job, NotWritten, collect, write_atomic
from auditor.cli.options import Ask, UsageError
from auditor.engine.audit import Request, audit
from auditor.engine.decisions import Waivers, iso_date, load_waivers
from auditor.exits import Exit, worst
from auditor.gate import Policy, load_policy
from auditor.model import Result
from auditor.reading import NotAudited, read_report
from auditor.render.json import to_json
from auditor.render.terminal import summary
from auditor.rulebook.book import RuleBook
from auditor.rulebook.load import choose, load_book, locate, shipped
from auditor.rulebook.yaml import RulesError

_BEIJING = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Done:
    result: Result | None
    files: tuple[str, ...]
    code: Exit


def run(ask: Ask) -> Exit:
    """Audit everything that was asked for; the worst code of all."""
    paths = ask.reports or ((DEFAULT_FOLDER,) if DEFAULT_FOLDER.is_dir() else ())
    if not paths:
        raise UsageError("没有给出报告，当前文件夹里也没有 reports_in/，请写明报告文件，如 audit 报告.txt")
    jobs = collect(paths)
    out = ask.out
    if out is None:
        if len(jobs) != 1 or len(ask.formats) != 1 or ask.formats[0] == "pdf":
            raise UsageError("“-o -” 只能用于一份报告、一种文本格式，如 -f json -o -")
    elif out.exists() and not out.is_dir():
        raise NotWritten(f"{out}：要写结果的地方是一个文件，不是文件夹，请换一个 -o")
    waivers = _waivers(ask)
    codes = []
    for number, job in enumerate(jobs):
        if number and not ask.quiet:
            print()
        codes.append(_one(job, ask, waivers, out))
    return worst(codes)


def _waivers(ask: Ask) -> Waivers | None:
    if ask.waivers is None:
        return None
    as_of = iso_date(ask.as_of, "--as-of") if ask.as_of else datetime.now(_BEIJING).date()
    return load_waivers(ask.waivers, as_of)


def _one(job: Job, ask: Ask, waivers: Waivers | None, out: Path | None) -> Exit:
    try:
        result = judge_file(job, ask, waivers)
    except (NotAudited, RulesError) as error:
        print(f"未核查：{error}", file=sys.stderr)
        return Exit.NOT_AUDITED
    code = Exit.FAILED if result.gate.passed is False else Exit.PASSED
    files: list[str] = []
    for name in ask.formats:
        try:
            data = _render(name, result)
            if out is None:
                sys.stdout.buffer.write(data)
                sys.stdout.flush()
            else:
                target = out / f"{job.stem}.{name}"
                write_atomic(target, data)
                files.append(str(target))
        except BrokenPipeError:
            raise
        except (NotWritten, RenderFailed) as error:
            print(f"结果没有写成：{error}", file=sys.stderr)
            code = Exit.NOT_WRITTEN
    if not ask.quiet:
        _say(result, files, sys.stderr if out is None else sys.stdout)
    return code


class RenderFailed(RuntimeError):
    """A format that could not be made; the message is one Chinese sentence."""


def judge_file(job: Job, ask: Ask, waivers: Waivers | None) -> Result:
    """Read and judge one report. Raises NotAudited or RulesError."""
    read = read_report(job.path, year=ask.year, level=ask.level)
    year = ask.year if ask.year is not None else read.document.metadata.report_year
    book = _book(str(locate(ask.rules) if ask.rules else choose(year)))
    policy = (
        None if ask.no_gate else _policy(ask.gate, ask.fail_under, frozenset(e.id for e in book.elements))
    )
    published = iso_date(ask.published, "--published").isoformat() if ask.published else None
    request = Request(year=ask.year, level=ask.level, published=published)
    return audit(read.document, book, policy, waivers, request, file=job.shown, sha256=read.sha256)


@lru_cache(maxsize=8)
def _book(folder: str) -> RuleBook:
    return load_book(Path(folder))


@lru_cache(maxsize=8)
def _policy(path: Path | None, minimum: float | None, known: frozenset[str]) -> Policy:
    return load_policy(path or shipped() / "gate.yaml", known, minimum)


def _render(name: str, result: Result) -> bytes:
    payload = to_json(result)
    if name == "json":
        return payload
    from auditor.render.errors import PdfUnavailable
    from auditor.render.pdf import render_pdf

    try:
        document = render_pdf(result, payload=payload)
    except PdfUnavailable as error:
        raise RenderFailed(str(error)) from error
    for remark in document.remarks:
        print(f"注意：{remark}", file=sys.stderr)
    return document.data


def _say(result: Result, files: list[str], stream: TextIO) -> None:
    """The summary is a result; only when standard output carries another format does it go to standard error."""
    columns = shutil.get_terminal_size((80, 24)).columns
    print(summary(result, files, columns=columns, colour=stream.isatty()), end="", file=stream)


def today() -> date:
    """The day in Beijing."""
    return datetime.now(_BEIJING).date()
