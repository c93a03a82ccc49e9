"""Encodings are told apart strictly; what is no text is refused with one sentence."""

from __future__ import annotations

import codecs

import pytest

from auditor.text.decode import MAX_BYTES, MAX_CHARACTERS, Unreadable, decode
from tests.text.samples import NUMBERED


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (NUMBERED.encode(), "utf-8"),
        (codecs.BOM_UTF8 + NUMBERED.encode(), "utf-8"),
        (NUMBERED.encode("gb18030"), "gb18030"),
        (codecs.BOM_UTF16_LE + NUMBERED.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + NUMBERED.encode("utf-16-be"), "utf-16-be"),
        (NUMBERED.replace("\n", "\r\n").encode(), "utf-8"),
        (NUMBERED.replace("\n", "\r").encode("gb18030"), "gb18030"),
    ],
)
def test_known_encodings(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.warnings) == (NUMBERED, encoding, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark_is_announced_as_a_guess(encoding: str) -> None:
    decoded = decode(NUMBERED.encode(encoding))
    assert decoded.text == NUMBERED
    assert decoded.encoding == encoding
    assert len(decoded.warnings) == 1
    assert "猜读" in decoded.warnings[0]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \r\n\t",
        "　　\n".encode(),
        "法治政府\x00建设".encode(),
        b"%PDF-1.7 ...",
        b"PK\x03\x04" + bytes(200),
        b"\xd0\xcf\x11\xe0" + bytes(64),
        bytes(range(256)) * 8,
        b"\xff\xfe\xff",
        b"\xff" * 99,
        "法治\x07政府".encode(),
        b"a" * (MAX_BYTES + 1),
        ("法" * (MAX_CHARACTERS + 1)).encode("gb18030"),
    ],
)
def test_refused_with_one_sentence(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        decode(data)
    message = str(caught.value)
    assert message.endswith("。")
    assert message.count("。") == 1
    assert "\n" not in message
