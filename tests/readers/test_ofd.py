"""OFD files."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.readers.dispatch import extract
from auditor.readers.extracted import Refused
from auditor.reading import read_bytes
from tests.readers.helpers import SAMPLES, baseline, differences, metadata, to_ofd, zipped

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd(content: str, **more: str) -> bytes:
    return zipped(
        {
            "OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f'<ofd:Document {SPACE}><ofd:Pages><ofd:Page BaseLoc="Pages/P.xml"/></ofd:Pages></ofd:Document>',
            "Doc_0/Pages/P.xml": f"<ofd:Page {SPACE}><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>",
            **more,
        }
    )


def line(text: str, y: float, *, code: str = 'X="0" Y="4"', more: str = "", x: float = 30) -> str:
    return f'<ofd:TextObject Boundary="{x} {y} 100 5" Size="5" {more}><ofd:TextCode {code}>{text}</ofd:TextCode></ofd:TextObject>'


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:4])
def test_same_verdict_as_the_text(path: Path) -> None:
    document = read_bytes(to_ofd(path.read_text(encoding="utf-8")))
    assert differences(path, document)[0] == []
    assert metadata(document) == metadata(baseline(path))
    assert document.reader.format == "ofd"
    assert len(document.pages) >= 2


def test_one_object_per_character() -> None:
    text = "推进法治政府建设，成效明显。"
    content = "".join(line(char, 50, x=30 + 5 * n) for n, char in enumerate(text))
    assert extract(ofd(content)).text == text + "\n"


def test_codes_matrix_and_steps() -> None:
    two = '<ofd:TextObject Boundary="30 50 90 5" Size="5"><ofd:TextCode X="0" Y="4" DeltaX="g 2 5">法治政</ofd:TextCode>' \
        '<ofd:TextCode X="15" Y="4" DeltaX="5">府建</ofd:TextCode></ofd:TextObject>'  # fmt: skip
    scaled = line("设情况", 50, x=55, code='X="0" Y="0.8"', more='CTM="5 0 0 5 0 0"').replace(
        'Size="5"', 'Size="1"'
    )
    assert extract(ofd(two + scaled)).text == "法治政府建设情况\n"


def test_invisible_objects_are_left_out() -> None:
    content = (
        line("看得见的正文", 50)
        + line("述法率100%", 60, more='Visible="false"')
        + line("透明", 70, more='Alpha="0"')
    )
    assert extract(ofd(content)).text == "看得见的正文\n"


def test_scanned_encrypted_and_broken_files() -> None:
    picture = '<ofd:ImageObject Boundary="0 0 210 297" ResourceID="1"/>'
    with pytest.raises(Refused, match="第 1 页是扫描图片"):
        extract(ofd(picture))
    with pytest.raises(Refused, match="加了密"):
        extract(ofd(line("正文", 50), **{"Doc_0/Encryptions.xml": "<x/>"}))
    with pytest.raises(Refused, match="已损坏"):
        extract(zipped({"OFD.xml": f"<ofd:OFD {SPACE}/>"}))
    with pytest.raises(Refused, match="已损坏"):
        extract(ofd("").replace(b"P.xml", b"Q.xml", 1))


@pytest.mark.parametrize(
    "place", ["../../etc/passwd", "/etc/passwd", "http://127.0.0.1:9/P.xml", "..\\..\\x"]
)
def test_places_outside_the_container_do_not_exist(place: str) -> None:
    document = f'<ofd:Document {SPACE}><ofd:Pages><ofd:Page BaseLoc="{place}"/></ofd:Pages></ofd:Document>'
    with pytest.raises(Refused, match="已损坏"):
        extract(ofd(line("正文", 50), **{"Doc_0/Document.xml": document}))


def test_entities_and_depth() -> None:
    page = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><ofd:Page {SPACE}>&x;</ofd:Page>'
    with pytest.raises(Refused, match="实体声明"):
        extract(ofd("", **{"Doc_0/Pages/P.xml": page}))
    with pytest.raises(Refused, match="异常庞大"):
        extract(ofd("<ofd:PageBlock>" * 5000 + "</ofd:PageBlock>" * 5000))
