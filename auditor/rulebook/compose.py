"""From YAML text to plain data with line numbers: the only module that knows PyYAML.

Files from users are untrusted: depth and number of values are bounded, anchors and aliases (the stuff of alias bombs),
tags and duplicate keys are refused, and only plain scalars, lists and mappings come out.
"""

from __future__ import annotations

from typing import Any

import yaml

from auditor.rulebook.faults import RulesError

MAX_DEPTH = 24
MAX_NODES = 200_000
"""Values and keys of one file; the longest shipped file has 6,000."""
MAX_KEY = 200
MAX_PATHS = 32_000_000
"""Characters of the paths of all values together, by which lines are found."""
_LONG_NUMBER = 60
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("null", "bool", "int", "float", "str"))
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def compose(text: str, name: str) -> tuple[Any, dict[str, int]]:
    """Plain data and the line of every value by its path; ``name`` stands in messages. Raises RulesError."""
    try:
        _check_events(text, name)
        loader = _LOADER(text)
        try:
            node = loader.get_single_node()
            lines: dict[str, int] = {}
            data = _plain(loader, node, "$", lines, [0], name) if node is not None else None
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise RulesError(f"{name} 第 {line} 行：YAML 写法有误，请检查缩进、冒号和引号") from error
    return data, lines


def _check_events(text: str, name: str) -> None:
    """Refuse what could hurt before anything is composed, so that no bomb is ever unfolded."""
    depth = nodes = 0
    for event in yaml.parse(text, Loader=_LOADER):
        fault = None
        if getattr(event, "anchor", None):
            fault = "不允许使用 YAML 锚点和别名，请写出全文"
        elif getattr(event, "tag", None):
            fault = "不允许使用 YAML 标签（“!”开头的词），请删去，或给文字加上引号"
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            fault = f"嵌套超过 {MAX_DEPTH} 层，请简化" if depth > MAX_DEPTH else None
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        nodes += isinstance(event, yaml.NodeEvent)
        if nodes > MAX_NODES:
            fault = f"内容超过 {MAX_NODES} 项，请拆分"
        if fault is not None:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise RulesError(f"{name} 第 {line} 行：{fault}")


def _plain(loader: Any, node: Any, path: str, lines: dict[str, int], spent: list[int], name: str) -> Any:
    """Plain data of a node; ``spent`` counts the characters of all paths so far."""
    line = node.start_mark.line + 1
    spent[0] += len(path)
    if spent[0] > MAX_PATHS:
        raise RulesError(f"{name} 第 {line} 行：键太长、内容太多，请拆分")
    lines[path] = line
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            at = key_node.start_mark.line + 1
            if len(key) > MAX_KEY:
                raise RulesError(f"{name} 第 {at} 行：键超过 {MAX_KEY} 个字，请改短")
            if key in result:
                raise RulesError(f"{name} 第 {at} 行：“{key}”写了两次，请合并")
            result[key] = _plain(loader, value_node, f"{path}.{key}", lines, spent, name)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [
            _plain(loader, child, f"{path}[{number}]", lines, spent, name)
            for number, child in enumerate(node.value)
        ]
    if node.tag not in _PLAIN_TAGS:
        # Dates and the like stay what the author wrote.
        return node.value
    try:
        if not node.tag.endswith(":str") and len(node.value) > _LONG_NUMBER:
            # 1:1:1:… is a number to base 60 and takes minutes to add up.
            raise ValueError
        return loader.construct_object(node)
    except (ValueError, ArithmeticError) as error:
        shown = node.value if len(node.value) <= 40 else node.value[:39] + "…"
        raise RulesError(f"{name} 第 {line} 行：“{shown}”不是能用的数字，请改正") from error
