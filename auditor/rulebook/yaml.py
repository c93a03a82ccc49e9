"""Safe, bounded YAML with line numbers: the only module that knows PyYAML.

Files from users are untrusted: size and depth are bounded, anchors and aliases (the stuff of alias bombs) and
duplicate keys are refused, and only plain scalars, lists and mappings come out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 24
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class RulesError(ValueError):
    """A rule, gate, waiver or config file that cannot be used. The message names file, line and remedy."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Plain data of a file and the line of every node by its path (``$.elements[3].covered``)."""

    name: str
    data: Any
    lines: dict[str, int] = field(repr=False)

    def line(self, path: str) -> int:
        """Line of a path, or of its nearest known ancestor."""
        while path and path not in self.lines:
            cut = max(path.rfind("."), path.rfind("["))
            path = path[:cut] if cut > 0 else ""
        return self.lines.get(path, 1)

    def where(self, path: str) -> str:
        return f"{self.name} 第 {self.line(path)} 行"


def load(path: Path, name: str | None = None) -> Loaded:
    """Read a YAML file; raises RulesError."""
    shown = name or path.name
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RulesError(f"{shown}：读不了这个文件（{error.strerror}），请检查路径和权限") from error
    return loads(raw, shown)


def loads(raw: bytes, name: str) -> Loaded:
    """Parse YAML bytes; ``name`` stands in messages. Raises RulesError."""
    if len(raw) > MAX_BYTES:
        raise RulesError(f"{name}：文件超过 {MAX_BYTES // 1024 // 1024} MB，请拆分")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RulesError(f"{name}：不是 UTF-8 编码，请另存为 UTF-8") from error
    loader = _LOADER(text)
    try:
        _refuse_anchors(text, name)
        node = loader.get_single_node()
        lines: dict[str, int] = {}
        data = _plain(loader, node, "$", 0, lines, name) if node is not None else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise RulesError(f"{name} 第 {line} 行：YAML 写法有误，请检查缩进、冒号和引号") from error
    except RecursionError as error:
        raise RulesError(f"{name}：嵌套过深，请简化") from error
    finally:
        loader.dispose()
    return Loaded(name, data, lines)


def _refuse_anchors(text: str, name: str) -> None:
    """Refuse anchors and aliases before anything is composed, so that no bomb is ever unfolded."""
    for event in yaml.parse(text, Loader=_LOADER):
        if getattr(event, "anchor", None):
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise RulesError(f"{name} 第 {line} 行：不允许使用 YAML 锚点和别名，请写出全文")


def _plain(loader: Any, node: Any, path: str, depth: int, lines: dict[str, int], name: str) -> Any:
    line = node.start_mark.line + 1
    if depth > MAX_DEPTH:
        raise RulesError(f"{name} 第 {line} 行：嵌套超过 {MAX_DEPTH} 层，请简化")
    lines[path] = line
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node) if isinstance(key_node, yaml.ScalarNode) else None
            if not isinstance(key, str):
                key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            if key in result:
                raise RulesError(f"{name} 第 {key_node.start_mark.line + 1} 行：“{key}”写了两次，请合并")
            result[key] = _plain(loader, value_node, f"{path}.{key}", depth + 1, lines, name)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [
            _plain(loader, child, f"{path}[{number}]", depth + 1, lines, name)
            for number, child in enumerate(node.value)
        ]
    value = loader.construct_object(node)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    # Dates and the like stay what the author wrote.
    return node.value
