"""The formats of a comparison: one table from name to function."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from auditor.compare import markdown, show
from auditor.compare.model import Comparison, Copies


def to_json(found: Comparison | Copies) -> str:
    """Schema ``fazhi-compare/1``: indented by one space, one trailing newline."""
    return msgspec.json.format(msgspec.json.encode(found), indent=1).decode() + "\n"


def write(found: Comparison | Copies, name: str, *, columns: int, colour: bool) -> str:
    """The comparison in one of ``model.FORMATS``."""
    writers: dict[str, Callable[[Comparison | Copies], str]] = {
        "text": lambda c: show.show(c, columns=columns, colour=colour),
        "json": to_json,
        "md": markdown.render,
    }
    return writers[name](found)
