"""All files of one result in the formats asked for: a writer that fails never loses the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from auditor.model import Result
from auditor.render.errors import RenderError
from auditor.render.formats import FORMATS, Setting

Store = Callable[[str, bytes], str]
"""Takes a file's suffix and bytes, stores them whole or not at all, and returns its path; raises OSError."""


class Outcome(Struct, frozen=True):
    """What became of one file: its path as told to the user, or why it does not exist."""

    path: str | None = None
    remarks: tuple[str, ...] = ()
    fault: str | None = None


def write_all(names: Iterable[str], result: Result, setting: Setting, store: Store) -> Iterator[Outcome]:
    """Make and store every file of the named formats, in order; nothing but an interruption is raised."""
    for name in names:
        for part in FORMATS[name].parts:
            try:
                rendered = part.render(result, setting)
                yield Outcome(store(part.suffix, rendered.data), rendered.remarks)
            except BrokenPipeError:
                raise
            except (RenderError, OSError) as error:
                yield Outcome(fault=str(error))
            except Exception as error:
                if os.environ.get("AUDIT_DEBUG"):
                    raise
                yield Outcome(
                    fault=f"{name}（{part.suffix}）生成时出错（{type(error).__name__}：{error}），其他格式不受影响"
                )


def told(outcomes: Iterable[Outcome]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Remarks and faults of all files."""
    remarks: list[str] = []
    faults: list[str] = []
    for outcome in outcomes:
        remarks += outcome.remarks
        if outcome.fault is not None:
            faults.append(outcome.fault)
    return tuple(remarks), tuple(faults)


def write_failed(names: Iterable[str], path: str, reason: str, store: Store) -> Iterator[Outcome]:
    """The files that tell machines of a report that could not be audited."""
    for name in names:
        form = FORMATS[name]
        if form.failed is None:
            continue
        try:
            yield Outcome(store(form.parts[0].suffix, form.failed(path, reason)))
        except BrokenPipeError:
            raise
        except OSError as error:
            yield Outcome(fault=str(error))
