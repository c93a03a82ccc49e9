"""The main command: audit reports, write results, say the verdict."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.batch.atomic import NotWritten, sweep_stale
from auditor.batch.shelf import Shelf
from auditor.cli.files import DEFAULT_FOLDER, Job, collect, is_folder
from auditor.cli.options import Ask, UsageError
from auditor.cli.streams import note, put, speak
from auditor.engine.decisions import Waivers, iso_date, load_waivers
from auditor.exits import Exit, NotAudited
from auditor.garbage import collect_seldom
from auditor.letterhead import Office, gather
from auditor.model import Result
from auditor.pipeline import Judged, Terms, judge_report
from auditor.reasons import readable
from auditor.render.formats import FORMATS, Setting
from auditor.render.stored import stored_results
from auditor.render.terminal import screen_width, summary
from auditor.render.writing import Outcome, Store, write_all, write_failed
from auditor.rulebook.faults import RulesError

if TYPE_CHECKING:
    from auditor.store.archive import Archive

_BEIJING = timezone(timedelta(hours=8))


def run(ask: Ask) -> Exit:
    """Audit everything that was asked for; the worst code of all."""
    paths = ask.reports or ((DEFAULT_FOLDER,) if DEFAULT_FOLDER.is_dir() else ())
    if not paths:
        raise UsageError("没有给出报告，当前文件夹里也没有 reports_in/，请写明报告文件，如 audit 报告.txt")
    if ask.cluster is not None and (ask.out is None or ask.jobs is not None):
        raise UsageError("--cluster 不能和 -j、“-o -”一起用：有多少进程由集群定，结果写在共享文件夹里")
    jobs = collect(paths, ask.out)
    check_out(ask.out, ask.formats, len(jobs))
    if ask.out is not None:
        sweep_stale(ask.out)
    terms = _terms(ask)
    office = gather(Path.cwd(), ask.letterhead)
    with _archive(ask.store) as archive:
        single = len(jobs) == 1 and not any(map(is_folder, paths))
        if ask.out is None or (single and ask.cluster is None):
            return _one(jobs[0], ask, terms, office, archive)
        return _many(jobs, ask, ask.out, terms, office, archive)


@contextmanager
def _archive(address: str | None) -> Iterator[Archive | None]:
    """The result archive, opened before the work begins: a wrong address must not cost a night. Raises NotWritten."""
    if address is None:
        yield None
        return
    from auditor.store.archive import open_archive
    from auditor.store.errors import StoreError, Unusable

    try:
        with open_archive(address, write=True) as archive:
            yield archive
    except Unusable as error:
        raise UsageError(str(error)) from error
    except StoreError as error:
        raise NotWritten(str(error)) from error


def _many(
    jobs: list[Job], ask: Ask, out: Path, terms: Terms, office: Office, archive: Archive | None
) -> Exit:
    # Imported here: one report must not pay for a batch.
    from auditor.batch.plan import Task, make_plan
    from auditor.cli import batch

    collect_seldom()
    plan = make_plan(terms, office, ask.formats, out, cache=ask.cache, record=archive is not None)
    tasks = [
        Task(number, str(job.path), job.shown, job.stem, _relative(job.path))
        for number, job in enumerate(jobs)
    ]
    workers = None
    if ask.cluster is not None:
        from auditor.batch.cluster import Cluster, Unusable

        try:
            workers = Cluster(ask.cluster, plan, tasks)
        except Unusable as error:
            raise UsageError(str(error)) from error
    return batch.run(
        tasks, plan, ask.jobs, quiet=ask.quiet, verbose=ask.verbose, workers=workers, archive=archive
    )


def check_out(out: Path | None, formats: tuple[str, ...], reports: int) -> None:
    """Refuse a place that cannot take the results; None is standard output."""
    if out is None:
        if reports != 1 or len(formats) != 1 or not FORMATS[formats[0]].text:
            texts = "、".join(name for name, form in FORMATS.items() if form.text)
            raise UsageError(f"“-o -” 只能用于一份报告、一种文本格式（{texts}），如 -f json -o -")
    elif out.exists() and not out.is_dir():
        raise NotWritten(f"{out}：要写结果的地方是一个文件，不是文件夹，请换一个 -o")


def _terms(ask: Ask) -> Terms:
    return Terms(
        rules=ask.rules,
        year=ask.year,
        level=ask.level,
        gate=ask.gate,
        no_gate=ask.no_gate,
        fail_under=ask.fail_under,
        fail_on=ask.fail_on,
        baselines=tuple(result for path in ask.baselines for result in stored_results(path)),
        waivers=_waivers(ask),
        published=iso_date(ask.published, "--published").isoformat() if ask.published else None,
    )


def _waivers(ask: Ask) -> Waivers | None:
    if ask.waivers is None:
        return None
    as_of = iso_date(ask.as_of, "--as-of") if ask.as_of else today()
    return load_waivers(ask.waivers, as_of)


def _one(job: Job, ask: Ask, terms: Terms, office: Office, archive: Archive | None) -> Exit:
    place = _relative(job.path)
    try:
        result, remarks, outcomes = _judged(job, ask, terms, office, place)
    except (NotAudited, RulesError) as error:
        note(f"未核查：{error}")
        store = store_in(ask.out, job.stem, source=job.path)
        told = write_failed(ask.formats, place or job.shown, str(error), store)
        return Exit.NOT_WRITTEN if report(told)[1] else Exit.NOT_AUDITED
    for remark in remarks:
        note(f"注意：{remark}")
    files, failed = report(outcomes)
    if not ask.quiet:
        failed = not _say(result, files if ask.out else [], aside=ask.out is None) or failed
    if archive is not None:
        from auditor.store.record import record_of

        archive.add(record_of(result))
    if failed:
        return Exit.NOT_WRITTEN
    return Exit.FAILED if result.gate.passed is False else Exit.PASSED


def _judged(
    job: Job, ask: Ask, terms: Terms, office: Office, place: str | None
) -> tuple[Result, tuple[str, ...], Iterable[Outcome]]:
    """The result, remarks on it, and what becomes of its files. Raises NotAudited or RulesError."""

    def judge() -> Judged:
        return judge_report(job.path, job.shown, terms, idle=True)

    if ask.out is not None and ask.cache and _slow(ask.formats):
        from auditor.batch.once import once
        from auditor.batch.plan import Task, make_plan

        task = Task(0, str(job.path), job.shown, job.stem, place)
        plan = make_plan(terms, office, ask.formats, ask.out, cache=True)
        made = once(task, plan, judge, result=True)
        assert made.result is not None
        ends = (*map(Outcome, made.paths(task, plan)), *(Outcome(fault=fault) for fault in made.faults))
        return made.result, made.receipt.remarks, ends
    found = judge()
    store = store_in(ask.out, job.stem, source=job.path)
    return found.result, found.remarks, write_all(ask.formats, found.result, Setting(office, place), store)


def _slow(formats: tuple[str, ...]) -> bool:
    """True when a PDF is asked for: only then is looking for kept results quicker than making them."""
    return any(part.suffix.endswith(".pdf") for name in formats for part in FORMATS[name].parts)


def store_in(out: Path | None, stem: str, *, source: Path | None = None) -> Store:
    """Stores files named ``stem`` in a folder but never over ``source``, or on standard output."""

    if out is not None:
        return Shelf(out, stem, source).store

    def to_stdout(suffix: str, data: bytes) -> str:
        put(data)
        return "-"

    return to_stdout


def report(outcomes: Iterable[Outcome]) -> tuple[list[str], bool]:
    """Say remarks and faults on standard error; the files written, and whether one could not be."""
    files, failed = [], False
    for outcome in outcomes:
        for remark in outcome.remarks:
            note(f"注意：{remark}")
        if outcome.fault is not None:
            note(f"结果没有写成：{outcome.fault}")
            failed = True
        elif outcome.path is not None:
            files.append(outcome.path)
    return files, failed


def _relative(path: Path) -> str | None:
    """The path below the working folder with forward slashes, None elsewhere: no absolute path leaves the program."""
    try:
        below = path.absolute().relative_to(Path.cwd())
    except ValueError:
        return None
    return None if ".." in path.parts else readable(below.as_posix())


def _say(result: Result, files: list[str], *, aside: bool) -> bool:
    """The summary is a result; only when standard output carries another format does it go to standard error.

    False where it could not be stored.
    """
    columns = screen_width()
    stream = sys.stderr if aside else sys.stdout
    text = summary(result, files, columns=columns, colour=stream.isatty())
    if not aside:
        return speak(text)
    print(text, end="", file=sys.stderr)
    return True


def today() -> date:
    """The day in Beijing."""
    return datetime.now(_BEIJING).date()
