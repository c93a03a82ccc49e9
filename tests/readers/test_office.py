"""Old Word, WPS, RTF and ODT files, which need an installed LibreOffice."""

from __future__ import annotations

import pytest

from auditor.readers import office
from auditor.readers.dispatch import extract
from auditor.readers.extracted import Refused
from auditor.readers.office import find_office

RTF = rb"{\rtf1\ansi\ansicpg936 \u28165?\u28192?\u21439?\par \u27861?\u27835?}"


def test_a_clear_sentence_when_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    with pytest.raises(Refused, match=r"要装有 LibreOffice 才能读（apt-get install .*另存为 \.docx"):
        extract(RTF)


def test_a_clear_sentence_when_it_takes_too_long(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    from pathlib import Path

    slow = Path(str(tmp_path)) / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60 & sleep 60\n", encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setattr(office, "find_office", lambda: str(slow))
    monkeypatch.setattr(office, "SECONDS", 1)
    with pytest.raises(Refused, match="超过 1 秒"):
        extract(RTF)


def test_a_clear_sentence_when_it_makes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: "/bin/true")
    with pytest.raises(Refused, match="打不开，可能已损坏或加了密码"):
        extract(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") * 9)


def test_wps_files_are_known_by_content(monkeypatch: pytest.MonkeyPatch) -> None:
    """.wps is the container of old Word, whatever the name says."""
    monkeypatch.setattr(office, "find_office", lambda: None)
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") * 9
    for name in ("报告.wps", "报告.doc", "报告.txt", "报告.pdf"):
        with pytest.raises(Refused, match=r"旧版 Word 或 WPS 文档（.doc、.wps），要装有 LibreOffice"):
            extract(data, name)


@pytest.mark.slow
@pytest.mark.skipif(find_office() is None, reason="没有安装 LibreOffice")
def test_rtf() -> None:
    found = extract(RTF)
    assert (found.format, found.text.split()) == ("rtf", ["清渠县", "法治"])
