"""The samples and the labelled reports through real office programs and a real browser: the verdict stays."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from auditor.readers import office
from auditor.readers.dispatch import extract
from auditor.readers.office import find_office
from auditor.reading import read_bytes
from tests.readers.helpers import (
    GOLD,
    SAMPLES,
    baseline,
    differences,
    metadata,
    to_docx,
    to_ofd,
    to_page,
    to_pdf,
)

pytestmark = pytest.mark.slow

REPORTS = [*SAMPLES, *GOLD]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
LEAST = 0.99
needs_office = pytest.mark.skipif(find_office() is None, reason="没有安装 LibreOffice")
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="没有安装 Chromium")


def check(read: Callable[[Path], bytes], name: str) -> None:
    """At least 99 of 100 elements keep their status, over all reports together; the metadata is the same.

    The numbers are printed, for those who ask pytest to show them (-rP).
    """
    changed: list[str] = []
    elements = 0
    for path in REPORTS:
        document = read_bytes(read(path))
        found, count = differences(path, document)
        changed += [f"{path.stem} {item}" for item in found]
        elements += count
        assert metadata(document) == metadata(baseline(path)), path.stem
    print(
        f"{name}：{len(REPORTS)} 份，{elements - len(changed)}/{elements} 项状态相同，元数据全部相同",
        *changed,
    )
    assert 1 - len(changed) / elements >= LEAST, "\n".join(changed)


def textual(path: Path) -> str:
    return path.read_text(encoding="utf-8")


MADE: dict[str, Callable[[str], bytes]] = {
    "python-docx": to_docx,
    "python-docx, automatic numbering": lambda text: to_docx(text, numbered=True),
    "WeasyPrint": to_pdf,
    "OFD by hand": to_ofd,
    "page of a government site": lambda text: to_page(text, title=text.strip().split("\n")[0].strip()),
}


@pytest.mark.parametrize("name", MADE)
def test_made_here(name: str) -> None:
    check(lambda path: MADE[name](textual(path)), name)


def converted(folder: Path, suffix: str, *, numbered: bool = False) -> Callable[[Path], bytes]:
    """All reports as Word files, saved once more in another format by LibreOffice."""
    program = find_office()
    assert program is not None
    sources = []
    for n, path in enumerate(REPORTS):
        sources.append(folder / f"{n}.docx")
        sources[-1].write_bytes(to_docx(path.read_text(encoding="utf-8"), numbered=numbered))
    out = folder / "out"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    kind = {"docx": "docx:MS Word 2007 XML", "doc": "doc:MS Word 97"}.get(suffix, suffix)
    subprocess.run(
        [program, profile, "--headless", "--convert-to", kind, "--outdir", str(out), *map(str, sources)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return lambda path: (out / f"{REPORTS.index(path)}.{suffix}").read_bytes()


@needs_office
@pytest.mark.parametrize("suffix", ["docx", "pdf", "doc", "rtf", "odt"])
def test_libreoffice(tmp_path: Path, suffix: str) -> None:
    check(converted(tmp_path, suffix), f"LibreOffice {suffix}")


@needs_office
@pytest.mark.parametrize("suffix", ["docx", "pdf", "doc"])
def test_libreoffice_with_automatic_numbering(tmp_path: Path, suffix: str) -> None:
    check(converted(tmp_path, suffix, numbered=True), f"LibreOffice {suffix}, automatic numbering")


@needs_browser
@pytest.mark.parametrize("head", [[], ["--no-pdf-header-footer"]], ids=["header", "bare"])
def test_chromium_print(tmp_path: Path, head: list[str]) -> None:
    assert CHROMIUM is not None
    flags = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    )
    for n, path in enumerate(REPORTS):
        lines = "".join(f"<p>{escape(line)}</p>" for line in path.read_text(encoding="utf-8").split("\n"))
        page = tmp_path / f"{n}.html"
        page.write_text(
            '<html lang="zh-CN"><meta charset="utf-8"><title>report</title><style>@page{size:A4;margin:3cm}'
            f"body{{font-size:16pt;line-height:28pt}}p{{margin:0;white-space:pre-wrap}}</style><body>{lines}</body></html>",
            encoding="utf-8",
        )
        subprocess.run(
            [CHROMIUM, *flags.split(), *head, "--disable-component-update", "--disable-sync",
             f"--user-data-dir={tmp_path / f'profile{n}'}", f"--print-to-pdf={tmp_path / f'{n}.pdf'}", page.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    check(
        lambda path: (tmp_path / f"{REPORTS.index(path)}.pdf").read_bytes(),
        f"Chromium, {'bare' if head else 'with header'}",
    )


@needs_office
@pytest.mark.parametrize("cut_off", [True, False], ids=["without network", "by settings alone"])
def test_the_office_suite_fetches_nothing(monkeypatch: pytest.MonkeyPatch, cut_off: bool) -> None:
    if not cut_off:
        monkeypatch.setattr(office, "_offline", lambda: ())
    met: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(30)

    def serve() -> None:
        try:
            while True:
                connection, _ = server.accept()
                met.append(connection.recv(200))
                connection.close()
        except OSError:
            return

    threading.Thread(target=serve, daemon=True).start()
    address = f"http://127.0.0.1:{server.getsockname()[1]}/x"
    data = (
        r"{\rtf1\ansi \u27861?\u27835?\par{\field{\*\fldinst INCLUDEPICTURE "
        + f'"{address}.png"'
        + r" \\d}{\fldrslt }}"
        r"{\field{\*\fldinst INCLUDETEXT "
        + f'"{address}.docx"'
        + r"}{\fldrslt }}{\*\template "
        + address
        + ".dotx}}"
    ).encode()
    found = extract(data).text
    server.close()
    assert "法治" in found
    assert met == []
