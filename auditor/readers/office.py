"""Formats that only an office suite reads (.doc, .wps, .rtf, .odt): turned into .docx by LibreOffice, where installed.

The suite runs in an empty profile of its own, without macros, without network, with limits on time and memory.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

from msgspec.structs import replace

from auditor.readers.docx import read_docx
from auditor.readers.extracted import Extracted, Refused
from auditor.readers.kinds import FileKind
from auditor.readers.limits import MEMORY, SECONDS

_NAMES = {
    FileKind.DOC: ("doc", "旧版 Word 或 WPS 文档（.doc、.wps）"),
    FileKind.RTF: ("rtf", "RTF 文档"),
    FileKind.ODT: ("odt", "ODT 文档"),
    FileKind.WORD_XML: ("xml", "XML 格式的 Word 文档"),
}
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""
_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
)


def find_office() -> str | None:
    """LibreOffice's program, None where it is not installed."""
    for name in _PROGRAMS:
        found = shutil.which(name)
        if found:
            return found
    return next((place for place in _PLACES if Path(place).is_file()), None)


def read_office(data: bytes, kind: FileKind) -> Extracted:
    """Text of a document that LibreOffice converts. Raises Refused."""
    suffix, name = _NAMES[kind]
    program = find_office()
    if program is None:
        raise Refused(
            f"这是{name}，要装有 LibreOffice 才能读（apt-get install libreoffice-writer-nogui），"
            "也可以用 Word 或 WPS 另存为 .docx 后再试。"
        )
    with tempfile.TemporaryDirectory(prefix="audit-office-", ignore_cleanup_errors=True) as folder:
        base = Path(folder)
        user = base / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source = base / f"report.{suffix}"
        source.write_bytes(data)
        _convert(program, base, source)
        made = base / "out" / "report.docx"
        if not made.is_file():
            raise Refused(f"这份{name}打不开，可能已损坏或加了密码，请用 Word 或 WPS 另存为 .docx 后再试。")
        content = made.read_bytes()
    return replace(read_docx(content), format=suffix)


def _convert(program: str, base: Path, source: Path) -> None:
    command = [
        *_offline(),
        program,
        f"-env:UserInstallation={(base / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(base / "out"),
        str(source),
    ]
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(base),
        "TMPDIR": str(base),
        "LANG": "C.UTF-8",
        "http_proxy": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
    }
    for name in ("SYSTEMROOT", "LD_LIBRARY_PATH"):
        if name in os.environ:
            environment[name] = os.environ[name]
    try:
        process = subprocess.Popen(
            _limited(command),
            cwd=base,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise Refused("启动不了 LibreOffice，请检查它能否正常打开，或把文档另存为 .docx 后再试。") from error
    try:
        process.wait(timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Refused(
            f"LibreOffice 转换这份文件超过 {SECONDS} 秒，已停止，请用 Word 或 WPS 另存为 .docx 后再试。"
        ) from error
    finally:
        # The program is a script that starts another: end the whole group, whatever is left of it.
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()


@lru_cache(maxsize=1)
def _offline() -> tuple[str, ...]:
    """A prefix that takes the network away from a command, where the system allows that."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    for words in ((unshare, "-n"), (unshare, "-r", "-n")):
        done = subprocess.run([*words, "true"], capture_output=True, check=False)
        if done.returncode == 0:
            return words
    return ()


def _limited(command: list[str]) -> list[str]:
    """The command with limits on memory and processor time, where the system knows them."""
    if sys.platform == "win32":
        return command
    script = f'ulimit -v {MEMORY // 1024}; ulimit -t {SECONDS}; ulimit -c 0; exec "$@"'
    return ["/bin/sh", "-c", script, "sh", *command]
