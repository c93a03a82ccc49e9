"""Web pages saved as one file (.mhtml, .mht): the HTML part is read, everything else is ignored."""

from __future__ import annotations

import email
import email.message

from msgspec.structs import replace

from auditor.readers.extracted import Extracted, Refused
from auditor.readers.html import read_html
from auditor.readers.isolate import read_isolated
from auditor.readers.limits import MIB

_MAX_FRAMES = 8
_PLAIN_SIZE = 2 * MIB
_MAX_PARTS = 20_000
_BROKEN = "这份网页存档已损坏，无法读取，请重新保存网页后再试。"


def read_mhtml(data: bytes) -> Extracted:
    """The article of a saved page. Raises Refused."""
    if data.count(b"\n--") > _MAX_PARTS:
        raise Refused(_BROKEN)
    # Headers and parts take forty times their size while they are parsed: large files go to a child process.
    return read_isolated("mhtml", data) if len(data) > _PLAIN_SIZE else read_here(data)


def read_here(data: bytes) -> Extracted:
    """`read_mhtml` in this process."""
    try:
        message = email.message_from_bytes(data)
        frames = _frames(message)
    except (ValueError, LookupError, RecursionError) as error:
        raise Refused(_BROKEN) from error
    reason: Refused | None = None
    for content, charset in frames:
        try:
            return replace(read_html(content, charset), format="mhtml")
        except Refused as error:
            reason = reason or error
    raise reason or Refused("这份网页存档里没有网页正文，请重新保存网页后再试。")


def _frames(message: email.message.Message) -> list[tuple[bytes, str | None]]:
    found: list[tuple[bytes, str | None]] = []
    for part in message.walk():
        if part.get_content_type() == "text/html" and len(found) < _MAX_FRAMES:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                charset = part.get_content_charset()
                found.append((content, charset))
    return found
