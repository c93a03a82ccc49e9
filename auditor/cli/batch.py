"""What a batch says: progress and remarks on standard error, the summary at a glance on standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from auditor.batch.atomic import NotWritten, sweep_stale, write_atomic
from auditor.batch.plan import CACHE_FOLDER, Plan, Task
from auditor.batch.pool import CannotStart, cores
from auditor.batch.progress import Progress
from auditor.batch.run import Workers, run_batch
from auditor.batch.work import Answer, Ending
from auditor.cli.streams import note, plain, speak
from auditor.exits import Exit
from auditor.letterhead import Office
from auditor.render.errors import RenderError
from auditor.render.summary import Summary
from auditor.render.summary_formats import STEM, summary_formats
from auditor.render.summary_terminal import glance
from auditor.render.terminal import screen_width
from auditor.store.archive import Archive
from auditor.store.errors import StoreError
from auditor.store.record import Record

_REMEMBERED = 500
"""Remarks remembered, each of which is said only once."""


class _Speaker:
    """Says what happens, each remark once, in the order of the reports."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self.progress = Progress(total, sys.stderr, quiet=quiet)
        self._said: set[str] = set()

    def done(self, answer: Answer) -> None:
        self.progress.advance()

    def told(self, task: Task, answer: Answer) -> None:
        if answer.reason is not None:
            internal = "核查出错" if answer.ending is Ending.BROKEN else "未核查"
            self.progress.say(plain(f"{internal}：{task.path}：{answer.reason}"))
        for remark in answer.remarks:
            if remark not in self._said:
                if len(self._said) < _REMEMBERED:
                    self._said.add(remark)
                self.progress.say(plain(f"注意：{remark}"))
        for fault in answer.faults:
            self.progress.say(plain(f"结果没有写成：{fault}"))

    def stopping(self) -> None:
        self.progress.say("正在收尾，等手上的几份做完；再按一次 Ctrl-C 立即停止")


class _Keeper:
    """Puts results into the archive; after a failure it stops, so that a dead server is not asked again each time."""

    def __init__(self, archive: Archive, say: Callable[[str], None]) -> None:
        self._archive = archive
        self._say = say
        self.failed = False

    def __call__(self, record: Record) -> None:
        if self.failed:
            return
        try:
            self._archive.add(record)
        except StoreError as error:
            self.failed = True
            self._say(plain(f"结果没有写成：{error}；后面的结果不再存入，修好后再运行一次会补上"))


def run(
    tasks: Sequence[Task],
    plan: Plan,
    jobs: int | None,
    *,
    quiet: bool,
    verbose: int,
    workers: Workers | None = None,
    archive: Archive | None = None,
) -> Exit:
    """Audit all tasks, on this machine when no ``workers`` are given, and sum them up; the worst code of all."""
    if plan.cache:
        _own_cache(plan.out / CACHE_FOLDER)
    speaker = _Speaker(len(tasks), quiet=quiet)
    keeper = _Keeper(archive, speaker.progress.say) if archive else None
    try:
        collected = run_batch(tasks, plan, jobs or cores(), speaker, workers=workers, keep=keeper)
    except KeyboardInterrupt:
        speaker.progress.close()
        more = "，再运行一次会接着做" if plan.cache else ""
        print(f"已中断，做完的结果已保留{more}", file=sys.stderr)
        return Exit.INTERRUPTED
    except CannotStart as error:
        speaker.progress.close()
        print(f"核查没有做完：{error}", file=sys.stderr)
        return Exit.NOT_WRITTEN
    finally:
        speaker.progress.close()
    if collected.kept and not quiet:
        print(f"{collected.kept} 份沿用上次的结果（报告、规则和选项都没有变）", file=sys.stderr)
    summary = collected.summary()
    files, failed = write_summary(summary, plan.formats, plan.office, plan.out)
    if not quiet:
        columns = screen_width()
        text = glance(summary, files, columns=columns, colour=sys.stdout.isatty(), whole=verbose > 0)
        failed = not speak(text) or failed
    failed = failed or (keeper is not None and keeper.failed)
    return max(collected.code, Exit.NOT_WRITTEN) if failed else collected.code


def write_summary(
    summary: Summary, formats: Sequence[str], office: Office, out: Path
) -> tuple[list[str], bool]:
    """Write the summary's documents; their names, and whether one could not be written."""
    files, failed = [], False
    for form in summary_formats(formats):
        target = out / f"{STEM}{form.suffix}"
        try:
            rendered = form.render(summary, office)
            write_atomic(target, rendered.data)
        except (RenderError, NotWritten) as error:
            note(f"结果没有写成：{error}")
            failed = True
            continue
        except Exception as error:
            if os.environ.get("AUDIT_DEBUG"):
                raise
            note(f"结果没有写成：{target.name} 生成时出错（{type(error).__name__}：{error}）")
            failed = True
            continue
        for remark in rendered.remarks:
            note(f"注意：{remark}")
        files.append(str(target))
    return files, failed


def _own_cache(folder: Path) -> None:
    """Tell version control to leave the cache alone."""
    for part in folder.glob("??"):
        sweep_stale(part)
    mark = folder / ".gitignore"
    if not mark.exists():
        write_atomic(mark, "# 上次核查留下的结果，删掉只会让下次重新核查\n*\n".encode())
