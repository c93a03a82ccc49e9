"""Fills a template of the user's in a child process: a sandbox keeps it from the program, limits from the machine.

A template may loop without end or ask for a string of a gigabyte, which no sandbox of the template language prevents.
Run as a module it is that child: the template and its values as JSON on standard input, the text on standard output.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from msgspec import structs

import auditor
from auditor.render.errors import RenderError

MOST = 200_000  # characters a template may give
SECONDS = 3
MEMORY = 512 * 1024 * 1024
_EXHAUSTED = 9
"""Exit code of the child."""


class Unfilled(ValueError):
    """A template that does not work; the message says why."""


def fill(source: str, values: Mapping[str, Any]) -> str:
    """The filled template, in this process. Raises Unfilled."""
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    parts: list[str] = []
    length = 0
    try:
        for part in environment.from_string(source).generate(values):
            length += len(part)
            if length > MOST:
                raise Unfilled(f"写出的文字超过 {MOST} 字")
            parts.append(part)
    except Unfilled:
        raise
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise Unfilled(_explain(error)) from error
    return "".join(parts)


def _explain(error: Exception) -> str:
    """What is wrong, in Chinese as far as it goes; the template language speaks English."""
    match error:
        case TemplateSyntaxError():
            return f"第 {error.lineno} 行写法有误（{error.message}）"
        case SecurityError():
            return "用了沙箱不允许的属性或方法"
        case UndefinedError():
            return f"用了没有的值（{error.message}）"
        case TypeError() if "no loader" in str(error):
            return "不能引用别的文件"
    return str(error) or type(error).__name__


def fill_apart(source: str, values: Mapping[str, Any]) -> str:
    """The same in a child process with limits on time and memory. Raises Unfilled, and RenderError without a child."""
    root = str(Path(auditor.__file__).resolve().parent.parent)
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH")))),
        "PYTHONUTF8": "1",
    }
    # -P: a folder named auditor where the user happens to stand is not imported.
    command = [sys.executable, "-P", "-m", "auditor.render.filling"]
    order = json.dumps({"source": source, "values": values}, default=structs.asdict).encode()
    try:
        done = subprocess.run(
            command, input=order, capture_output=True, timeout=4 * SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Unfilled(f"运行超过 {4 * SECONDS} 秒") from error
    except OSError as error:
        raise RenderError("启动不了填写整改通知的子进程，请检查系统资源后再试") from error
    if done.returncode == _EXHAUSTED or done.returncode < 0:
        raise Unfilled(f"运行超出了时间或内存上限（{SECONDS} 秒、{MEMORY // 1024 // 1024} MiB）")
    if done.returncode != 0:
        raise Unfilled("模板太复杂，运行不了")
    answer = json.loads(done.stdout)
    if "fault" in answer:
        raise Unfilled(answer["fault"])
    return str(answer["text"])


def main() -> int:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    order = json.loads(sys.stdin.buffer.read())
    values = {key: _records(value) for key, value in order["values"].items()}
    try:
        answer = {"text": fill(order["source"], values)}
    except Unfilled as error:
        answer = {"fault": str(error)[:300]}
    except (MemoryError, RecursionError):
        return _EXHAUSTED
    sys.stdout.write(json.dumps(answer))
    return 0


def _records(value: Any) -> Any:
    """Lists of records with attributes, as templates name them."""
    return tuple(SimpleNamespace(**item) for item in value) if isinstance(value, list) else value


if __name__ == "__main__":
    sys.exit(main())
