"""Zip containers, read part by part in memory with limits on count, size and ratio. Nothing is written to disk."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from types import TracebackType

from auditor.readers.extracted import Refused
from auditor.readers.limits import MAX_DIRECTORY, MAX_ENTRIES, MAX_PART, MAX_RATIO, MAX_UNPACKED, MIB

_BOMB = "文件解压后异常庞大，像是压缩炸弹，已停止读取，请向来源单位核实后重新索取。"
_BROKEN = "文件已损坏，无法打开，请重新导出或重新下载后再试。"


class Archive:
    """The parts of a zip container. Raises Refused on anything that is broken, encrypted or out of proportion."""

    def __init__(self, data: bytes) -> None:
        _check_directory(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as error:
            raise Refused(_BROKEN) from error
        if len(infos) > MAX_ENTRIES:
            raise Refused(f"文件里装了 {len(infos)} 个部件，远超一份报告所需，已停止读取，请核实来源。")
        self._parts = {info.filename.replace("\\", "/").lstrip("/"): info for info in infos}
        self._left = MAX_UNPACKED

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def names(self) -> tuple[str, ...]:
        return tuple(self._parts)

    def size(self, name: str) -> int:
        """Packed bytes of a part."""
        return self._parts[name].compress_size

    def read(self, name: str) -> bytes:
        """One part, unpacked. Raises Refused, KeyError when there is no such part."""
        info = self._parts[name]
        if info.flag_bits & 1:
            raise Refused("文件加了密码，读不了内容，请去掉密码后再试。")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("文件用了不常见的压缩方式，读不了内容，请用办公软件重新保存后再试。")
        limit = min(MAX_PART, self._left)
        if info.file_size > limit or (
            info.file_size > MIB and info.file_size > MAX_RATIO * max(1, info.compress_size)
        ):
            raise Refused(_BOMB)
        try:
            with self._zip.open(info) as part:
                content = part.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise Refused(_BROKEN) from error
        if len(content) > limit:
            raise Refused(_BOMB)
        self._left -= len(content)
        return content


def _check_directory(data: bytes) -> None:
    """Refuse a central directory so long that merely listing it would take minutes."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    if at < 0 or len(data) < at + 22:
        raise Refused(_BROKEN)
    size = struct.unpack("<I", data[at + 12 : at + 16])[0]
    if size > MAX_DIRECTORY or data[max(0, at - 20) : at].startswith(b"PK\x06\x07"):
        raise Refused(_BOMB)
