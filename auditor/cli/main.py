"""Entry point: tells the main command from the others and maps every ending to a code of the contract."""

from __future__ import annotations

import gc
import os
import signal
import sys
from pathlib import Path

from auditor.batch.atomic import NotWritten
from auditor.cli import check, streams
from auditor.cli.options import UsageError
from auditor.cli.streams import note
from auditor.cli.usual import usual
from auditor.exits import Exit, NotAudited
from auditor.render.json import StoredResultError
from auditor.rulebook.faults import RulesError

_OTHERS = frozenset({"rules", "explain", "waive", "render", "verify", "compare", "history", "doctor"})


def main() -> None:
    """Console entry point; always ends in ``SystemExit`` with a code of the contract."""
    if sys.getfilesystemencoding() != "utf-8" and os.environ.get("PYTHONUTF8") != "1":
        # An ASCII locale would garble Chinese file names, ours and the user's: start again in UTF-8 mode.
        # -P: nothing is imported from where the user happens to stand.
        restart = [sys.executable, "-P", "-c", "from auditor.cli import main; main()", *sys.argv[1:]]
        os.execve(sys.executable, restart, {**os.environ, "PYTHONUTF8": "1"})
    streams.set_up()
    # What asks for an end politely gets the same orderly one as Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    code = int(_heard(sys.argv[1:]))
    # Nothing is left to be found: Python's last search through a whole rule book costs a fifth of a run.
    gc.freeze()
    raise SystemExit(code)


def _heard(words: list[str]) -> int:
    """The code, once everything has reached standard output."""
    try:
        code = _guarded(words)
        sys.stdout.flush()
        return code
    except streams.Unheard as error:
        streams.silence()
        if not error.broken:
            note(f"结果没有写成：标准输出写不进去（{error}），请改用 -o 写进文件夹")
        return Exit.NOT_WRITTEN


def _guarded(words: list[str]) -> int:
    try:
        return _dispatch(words)
    except UsageError as error:
        note(f"用法不对：{error}")
        return Exit.NOT_AUDITED
    except (RulesError, NotAudited, StoredResultError) as error:
        note(f"未核查：{error}")
        return Exit.NOT_AUDITED
    except NotWritten as error:
        note(f"结果没有写成：{error}")
        return Exit.NOT_WRITTEN
    except KeyboardInterrupt:
        note("已中断，做完的结果已保留")
        return Exit.INTERRUPTED
    except Exception as error:
        if os.environ.get("AUDIT_DEBUG"):
            raise
        note(
            f"程序内部错误（{type(error).__name__}：{error}），请把报告和这行字发给维护者；设 AUDIT_DEBUG=1 可看详情"
        )
        return Exit.NOT_WRITTEN


def _dispatch(words: list[str]) -> int:
    try:
        Path.cwd()
    except OSError as error:
        raise UsageError("当前所在的文件夹已被删除或没有权限，请换一个文件夹再运行") from error
    other = bool(words) and words[0] in _OTHERS
    ask = None if other else usual(words)
    if ask is not None:
        return check.run(ask)
    # Imported here: Typer takes a fifth of the time of a run, which usual words do not need.
    from auditor.cli import command

    return command.run(words, other=other)
