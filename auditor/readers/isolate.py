"""Readers whose libraries are not bounded by themselves run in a child process with limits on time and memory.

Where the system allows it, the child is a fork of this process, which has the interpreter and the libraries loaded
already; elsewhere a new interpreter.
"""

from __future__ import annotations

import json

from auditor import forks
from auditor.forks import CannotStart, Ended
from auditor.readers import forked
from auditor.readers.extracted import Extracted, Refused
from auditor.readers.limits import OUT_OF_MEMORY, SECONDS
from auditor.readers.worker import run_new

_TOO_MUCH = "读取这份文件超出了时间或内存上限（{} 秒、1 GiB），已停止，请核实来源，或另存为文本文件后再试。"


def read_isolated(reader: str, data: bytes, *words: str) -> Extracted:
    """What ``auditor.readers.worker`` makes of the data with the named reader. Raises Refused."""
    run = forked.run if forks.possible() else run_new
    try:
        code, answer = run(reader, data, words, SECONDS)
    except Ended as error:
        raise Refused(_TOO_MUCH.format(SECONDS)) from error
    except CannotStart as error:
        raise Refused("启动不了读取文件的子进程，请检查系统资源后再试。") from error
    if code == OUT_OF_MEMORY or code < 0:
        raise Refused(_TOO_MUCH.format(SECONDS))
    if code != 0:
        raise Refused("读取这份文件时出了意外的错误，文件可能已损坏，请重新导出或另存为文本文件后再试。")
    found = json.loads(answer)
    if "refused" in found:
        raise Refused(found["refused"])
    return Extracted(
        found["text"],
        found["format"],
        found["encoding"],
        tuple(found["warnings"]),
        tuple(found["pages"]),
        tuple((label, value) for label, value in found["facts"]),
    )
