"""Readers whose libraries are not bounded by themselves run in a child process with limits on time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import auditor
from auditor.readers.extracted import Extracted, Refused
from auditor.readers.limits import SECONDS

OUT_OF_MEMORY = 9
"""Exit code of the child process."""
_TOO_MUCH = "读取这份文件超出了时间或内存上限（{} 秒、1 GiB），已停止，请核实来源，或另存为文本文件后再试。"


def read_isolated(reader: str, data: bytes, *words: str) -> Extracted:
    """What ``auditor.readers.worker`` makes of the data with the named reader. Raises Refused."""
    root = str(Path(auditor.__file__).resolve().parent.parent)
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH")))),
        "PYTHONIOENCODING": "utf-8",
    }
    # -P: a folder named auditor where the user happens to stand is not imported.
    command = [sys.executable, "-P", "-m", "auditor.readers.worker", reader, *words]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(_TOO_MUCH.format(SECONDS)) from error
    except OSError as error:
        raise Refused("启动不了读取文件的子进程，请检查系统资源后再试。") from error
    if done.returncode == OUT_OF_MEMORY or done.returncode < 0:
        raise Refused(_TOO_MUCH.format(SECONDS))
    if done.returncode != 0:
        raise Refused("读取这份文件时出了意外的错误，文件可能已损坏，请重新导出或另存为文本文件后再试。")
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise Refused(answer["refused"])
    return Extracted(
        answer["text"],
        answer["format"],
        answer["encoding"],
        tuple(answer["warnings"]),
        tuple(answer["pages"]),
        tuple((label, value) for label, value in answer["facts"]),
    )
