"""YAML files of bounded size, read safely; short ones that every run needs are kept as they were read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from auditor.digests import sha256
from auditor.folders import keep, kept
from auditor.reasons import os_reason
from auditor.rulebook.faults import Loaded, RulesError

MAX_BYTES = 2 * 1024 * 1024
_MOST = 20
"""Files kept."""


def load(path: Path, name: str | None = None) -> Loaded:
    """Read a YAML file; raises RulesError."""
    shown = name or path.name
    return loads(read_bounded(path, shown, "这个文件"), shown)


def read_bounded(path: Path, name: str, what: str) -> bytes:
    """Bytes of a file, never more than ``loads`` takes (it may be a device); ``what`` it is. Raises RulesError."""
    try:
        with path.open("rb") as file:
            # One byte more than allowed, so that ``loads`` refuses.
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise RulesError(f"{name}：读不了{what}（{os_reason(error)}），请检查路径和权限") from error


def loads(raw: bytes, name: str, *, again: bool = False) -> Loaded:
    """Parse YAML bytes; ``name`` stands in messages. Raises RulesError.

    ``again``: the same bytes will be read by many runs, so that parsing them once is enough.
    """
    text = text_of(raw, name)
    place = f"yaml-{sha256(raw).hexdigest()}" if again else None
    data, lines = _kept(place) if place is not None else (None, None)
    if lines is None:
        # PyYAML is imported only when something has to be parsed.
        from auditor.rulebook.compose import compose

        data, lines = compose(text, name)
        if place is not None:
            keep(place, msgspec.msgpack.encode((data, lines)), _MOST)
    return Loaded(name, data, lines)


def text_of(raw: bytes, name: str) -> str:
    """The bytes of a rule file as text. Raises RulesError."""
    if len(raw) > MAX_BYTES:
        raise RulesError(f"{name}：文件超过 {MAX_BYTES // 1024 // 1024} MB，请拆分")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RulesError(f"{name}：不是 UTF-8 编码，请另存为 UTF-8") from error


def _kept(place: str) -> tuple[Any, dict[str, int] | None]:
    content = kept(place, MAX_BYTES)
    if content is None:
        return None, None
    try:
        return msgspec.msgpack.decode(content, type=tuple[Any, dict[str, int]])
    except ValueError:
        return None, None
