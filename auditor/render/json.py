"""The JSON of schema ``fazhi-audit/1``: written from a result and read back into one."""

from __future__ import annotations

import msgspec

from auditor.model import SCHEMA, Result


class StoredResultError(ValueError):
    """A stored result that cannot be read; the message is one Chinese sentence."""


def to_json(result: Result) -> bytes:
    """UTF-8, indented by one space, keys in the order of the contract, one trailing newline."""
    return msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n"


def from_json(data: bytes) -> Result:
    """A result from its JSON. Raises StoredResultError."""
    try:
        result = msgspec.json.decode(data, type=Result)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise StoredResultError(f"这不是核查结果文件，或者已经损坏（{error}），请重新核查") from error
    if result.schema != SCHEMA:
        raise StoredResultError(f"结果文件的版本是“{result.schema}”，本程序只认“{SCHEMA}”，请重新核查")
    return result
