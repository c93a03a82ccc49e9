"""Bytes to text: byte order mark, UTF-8, GB18030, UTF-16, each strictly, or one clear refusal."""

from __future__ import annotations

import codecs

from msgspec import Struct

from auditor.regex import regex

MAX_BYTES = 8 * 1024 * 1024
MAX_CHARACTERS = 2_000_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "压缩包或 Office 文档"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文档"),
    (b"{\\rtf", "RTF 文档"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"\x1f\x8b", "压缩文件"),
    (b"Rar!", "压缩文件"),
    (b"7z\xbc\xaf", "压缩文件"),
)
_CONTROL = regex(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_COMMON = regex(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\x20-\x7e\s]")
_LINE_END = regex(r"\r\n?")


class Unreadable(ValueError):
    """The bytes are no text that can be read; the message is one Chinese sentence."""


class Decoded(Struct, frozen=True):
    text: str
    """Without byte order mark, line ends as ``\\n``."""
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Decode a text file; raise `Unreadable` when it is empty, binary, undecodable or too large."""
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"文件有 {len(data) / 1048576:.1f} MiB，超过 {MAX_BYTES // 1048576} MiB 的上限，"
            "请确认是否选错文件，或只保留报告正文后再试。"
        )
    if not data.strip(b" \t\r\n\x0b\x0c"):
        raise Unreadable("文件是空的，请换成含有报告正文的文本文件。")
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise Unreadable(f"这不是纯文本文件（看起来是{name}），请把报告另存为文本文件（.txt）后再试。")
    text, encoding, warnings = _decode(data)
    text = _LINE_END.sub("\n", text.removeprefix("\ufeff"))
    if not text.strip(" \t\n\x0b\x0c\u3000\xa0\u200b\ufeff"):
        raise Unreadable("文件里只有空白，请换成含有报告正文的文本文件。")
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(
            f"文件有 {len(text)} 个字符，超过 {MAX_CHARACTERS} 个字符的上限，请只保留报告正文后再试。"
        )
    if _CONTROL.search(text):
        raise Unreadable("文件含有空字节等控制字符，不是纯文本，请把报告另存为文本文件（.txt）后再试。")
    return Decoded(text, encoding, warnings)


def _decode(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data[len(bom) :].decode(encoding), encoding, ()
            except UnicodeDecodeError as error:
                raise Unreadable(
                    f"文件开头标明是 {encoding.upper()} 编码，但内容不符，可能已损坏，请重新导出后再试。"
                ) from error
    if b"\x00" in data:
        return _without_bom(data)
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030" and _plausible(text) < 0.9:
            # UTF-16 without a mark and without a zero byte can happen to be valid GB18030.
            guess = _guess_utf16(data)
            if guess is not None and _plausible(guess[0]) > 0.95:
                return guess
        return text, encoding, ()
    guess = _guess_utf16(data)
    if guess is not None:
        return guess
    raise Unreadable(
        "认不出文件的编码（不是 UTF-8、GB18030 或 UTF-16），请另存为 UTF-8 编码的文本文件后再试。"
    )


def _without_bom(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    guess = _guess_utf16(data)
    if guess is None:
        raise Unreadable("文件含有空字节，是二进制文件而不是纯文本，请把报告另存为文本文件（.txt）后再试。")
    return guess


def _guess_utf16(data: bytes) -> tuple[str, str, tuple[str, ...]] | None:
    """UTF-16 of either byte order, when nearly every character is usual in a Chinese text."""
    if len(data) % 2:
        return None
    best: tuple[float, str, str] | None = None
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        share = _plausible(text)
        if share >= 0.9 and "\x00" not in text and (best is None or share > best[0]):
            best = (share, text, encoding)
    if best is None:
        return None
    _, text, encoding = best
    return text, encoding, (f"文件没有标明编码，按 {encoding.upper()} 猜读，请核对引文有无乱码。",)


def _plausible(text: str) -> float:
    """Share of characters that are usual in a Chinese report, of the first 20,000."""
    head = text[:20_000]
    return len(_COMMON.findall(head)) / max(1, len(head))
