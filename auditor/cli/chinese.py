"""Help and usage errors in Chinese; Typer and Click speak English only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
from typer.core import TyperCommand, TyperGroup
from typer.utils import get_params_from_function

from auditor.regex import regex
from auditor.render.terminal import pad, wrap
from auditor.render.terminal import width as columns

_HELP_COLUMN = 26
_COLUMN_GAP = regex("(?<=[^ ]) {2,}")


class Command(TyperCommand):
    """A command whose ``--help`` is laid out for Chinese widths."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        width = formatter.width
        out = [f"用法：{ctx.command_path} {self.usage}".rstrip(), ""]
        out += [*wrap((self.help or "").replace("\n", ""), width), ""]
        helps = self._argument_helps()
        rows = [self._row(param, helps) for param in self.params if not getattr(param, "hidden", False)]
        rows.append(("--help", "显示这份说明"))
        for name, text in rows:
            lines = wrap(text, width - _HELP_COLUMN - 2)
            if len(name) > _HELP_COLUMN - 2:
                out.append("  " + name)
            else:
                out.append("  " + pad(name, _HELP_COLUMN) + (lines.pop(0) if lines else ""))
            out += [" " * (_HELP_COLUMN + 2) + line for line in lines]
        if self.epilog:
            out += ["", *_narrowed(self.epilog, width)]
        formatter.write("\n".join(out) + "\n")

    @property
    def usage(self) -> str:
        parts = ["[选项]"] if any(isinstance(p, click.Option) for p in self.params) else []
        for param in self.params:
            if isinstance(param, click.Argument):
                name = param.metavar or param.name or ""
                parts.append(name if param.required else f"[{name}]")
        return " ".join(parts)

    def _argument_helps(self) -> dict[str, str]:
        """Help texts of the arguments as the function declares them.

        NOTE: Typer puts them on its parameters before Click's constructor runs, and Click 8.5 clears them there.
        """
        if self.callback is None:
            return {}
        declared = get_params_from_function(self.callback)
        return {name: getattr(meta.default, "help", None) or "" for name, meta in declared.items()}

    @staticmethod
    def _row(param: click.Parameter, helps: dict[str, str]) -> tuple[str, str]:
        text = getattr(param, "help", None) or ""
        if isinstance(param, click.Argument):
            return param.metavar or param.name or "", text or helps.get(param.name or "", "")
        names = ", ".join(sorted(param.opts, key=len) + param.secondary_opts)
        flag = getattr(param, "is_flag", False) or getattr(param, "count", False)
        return names + ("" if flag else f" {param.metavar or '值'}"), text


def _narrowed(epilog: str, width: int) -> Iterator[str]:
    """The lines of an epilog; where its columns do not fit, each part below the one before."""
    lines = epilog.splitlines()
    if all(columns(line) <= width for line in lines):
        yield from lines
        return
    for line in lines:
        if not line.strip():
            yield ""
            continue
        indent = line[: len(line) - len(line.lstrip())]
        first, *rest = _COLUMN_GAP.split(line.strip())
        yield from (indent + part for part in wrap(first, width - len(indent)))
        deeper = indent + "    "
        yield from (deeper + part for text in rest for part in wrap(text, width - len(deeper)))


def explain(error: click.ClickException) -> str:
    """A usage error as one Chinese sentence."""
    match error:
        case click.NoSuchOption():
            near = f"，是不是想写 {'、'.join(error.possibilities)}" if error.possibilities else ""
            return f"没有 {error.option_name} 这个选项{near}"
        case click.MissingParameter():
            return f"缺少 {_name(error)}"
        case click.BadOptionUsage():
            return (
                f"选项 {error.option_name} 后面要跟一个值"
                if "requires" in error.message
                else f"选项 {error.option_name} 不带值"
            )
        case click.BadParameter() if "not readable" in error.message:
            return f"{_name(error)}{_value(error.message)}没有读取权限，请检查"
        case click.BadParameter():
            value = _value(error.message)
            return f"{_name(error)} 的值{value}不对" + (
                f"，可以写：{_choices(error)}" if _choices(error) else ""
            )
        case click.UsageError() if "No such command" in error.message:
            return f"没有 {_value(error.message)} 这个命令"
        case click.UsageError() if "unexpected extra argument" in error.message:
            return "参数太多了" + _value(error.message.replace("(", "'").replace(")", "'"))
        case click.UsageError() if "Missing command" in error.message:
            return "后面还要写一个命令"
    return error.format_message()


def _name(error: click.BadParameter) -> str:
    param: Any = error.param
    if param is None:
        return error.param_hint if isinstance(error.param_hint, str) else "参数"
    if isinstance(param, click.Argument):
        return param.metavar or param.name or "参数"
    return "/".join(param.opts)


def _value(message: str) -> str:
    parts = message.split("'")
    return f"“{parts[1]}”" if len(parts) >= 3 else ""


def _choices(error: click.BadParameter) -> str:
    kind: Any = getattr(error.param, "type", None)
    return " ".join(str(getattr(c, "value", c)) for c in getattr(kind, "choices", ()))


class Group(TyperGroup):
    """A group of commands whose ``--help`` is Chinese."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        out = [f"用法：{ctx.command_path} 命令 …", "", self.help or "", "", "命令："]
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            text = (command.help or "").split("\n")[0] if command is not None else ""
            out.append("  " + pad(name, 14) + text)
        formatter.write("\n".join(out) + "\n")
