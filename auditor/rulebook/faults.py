"""What reading a file of rules or settings gives: plain data with line numbers, or a fault in one sentence."""

from __future__ import annotations

from typing import Any

from msgspec import Struct


class RulesError(ValueError):
    """A rule, gate, waiver or config file that cannot be used. The message names file, line and remedy."""


class Loaded(Struct, frozen=True):
    """Plain data of a file and the line of every node by its path (``$.elements[3].covered``)."""

    name: str
    data: Any
    lines: dict[str, int]

    def line(self, path: str) -> int:
        """Line of a path, or of its nearest known ancestor."""
        while path and path not in self.lines:
            cut = max(path.rfind("."), path.rfind("["))
            path = path[:cut] if cut > 0 else ""
        return self.lines.get(path, 1)

    def where(self, path: str) -> str:
        return f"{self.name} 第 {self.line(path)} 行"
