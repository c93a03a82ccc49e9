"""The JSON of schema ``fazhi-audit/1``: written from a result and read back into one."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from auditor.model import SCHEMA, Result

MOST_WEIGHT = 1e6
"""Weights and points of one element or all; far above any rule book, far below where sums overflow."""
MOST_TEXT = 4_000_000
"""Characters; reports are read up to half of that."""
MOST_ELEMENTS = 5_000


class StoredResultError(ValueError):
    """A stored result that cannot be read; the message is one Chinese sentence."""


def to_json(result: Result) -> bytes:
    """UTF-8, indented by one space, keys in the order of the contract, one trailing newline."""
    return msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n"


def from_json(data: bytes) -> Result:
    """A result from its JSON. Raises StoredResultError."""
    try:
        result = msgspec.json.decode(data, type=Result)
    except RecursionError as error:
        raise StoredResultError("这不是核查结果文件（嵌套过深），请重新核查") from error
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise StoredResultError(f"这不是核查结果文件，或者已经损坏（{error}），请重新核查") from error
    if result.schema != SCHEMA:
        raise StoredResultError(f"结果文件的版本是“{result.schema}”，本程序只认“{SCHEMA}”，请重新核查")
    fault = next(_faults(result), None)
    if fault is not None:
        raise StoredResultError(f"结果文件里{fault}，不是本程序写出的，请重新核查")
    return result


def _faults(result: Result) -> Iterator[str]:
    """What no result of ours holds and what the formats could not stand."""
    size = len(result.report.text)
    if size > MOST_TEXT or len(result.elements) > MOST_ELEMENTS:
        yield "的正文或要素多得异常"
    weights = [value for e in result.elements for value in (e.weight, e.points)]
    weights += [value for g in result.score.groups for value in (g.points, g.possible)]
    weights += [value for h in result.score.headline for value in (h.points, h.possible)]
    weights += [result.score.points, result.score.possible]
    if not all(0 <= value <= MOST_WEIGHT for value in weights) or not 0 <= result.score.total <= 100:
        yield "的权重或得分不合理"
    spans: list[tuple[int | None, int | None, int | None]] = [(s.start, s.end, 1) for s in result.sections]
    for element in result.elements:
        spans += [(e.start, e.end, e.line) for e in element.evidence]
        if element.nearest is not None:
            spans.append((element.nearest.start, element.nearest.end, element.nearest.line))
    spans += [(f.start, f.end, f.line) for f in result.figures]
    spans += [(f.start or 0, size if f.end is None else f.end, f.line or 1) for f in result.findings]
    for start, end, line in spans:
        # A section may end with the line feed after the last character.
        if (
            start is None
            or end is None
            or line is None
            or not 0 <= start <= end <= size + 1
            or not 1 <= line <= size + 1
        ):
            yield "有的位置不在正文里"
            return
