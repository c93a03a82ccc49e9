"""Broken and hostile files: one clear sentence, in bounded time, nothing fetched, nothing written."""

from __future__ import annotations

import io
import random
import re
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.exits import NotAudited
from auditor.readers.archive import Archive
from auditor.readers.dispatch import extract
from auditor.readers.extracted import Refused
from auditor.readers.limits import MAX_FILE, MIB
from auditor.reading import read_bytes, read_report
from auditor.text.decode import Unreadable
from auditor.text.parse import Unsuitable
from tests.readers.helpers import SAMPLES, W, drawn, p, raw_docx, raw_pdf, to_docx, to_ofd, to_page, zipped

SENTENCE = re.compile(r"[\u4e00-\u9fff][^\n]{8,120}。")
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)


def refusal(data: bytes, name: str = "") -> str:
    with pytest.raises((Refused, Unreadable, Unsuitable)) as caught:
        read_bytes(data, name)
    message = str(caught.value)
    assert SENTENCE.fullmatch(message), message
    return message


def document(xml: str | bytes) -> bytes:
    return zipped({"_rels/.rels": RELS, "word/document.xml": xml, "[Content_Types].xml": "<Types/>"})


def raw_part(body: str) -> bytes:
    """The body part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(raw_docx(body))) as archive:
        return archive.read("word/document.xml")


# Containers


def test_zip_bomb_by_ratio_and_by_size() -> None:
    assert "压缩炸弹" in refusal(document(b"<a>" + b" " * (20 * MIB) + b"</a>"))
    assert "压缩炸弹" in refusal(document(b"<a>" + b" " * (200 * MIB) + b"</a>"))


def test_zip_that_lies_about_its_size() -> None:
    data = bytearray(document(b"<a>" + b"0" * (30 * MIB) + b"</a>"))
    at = data.index(b"PK\x01\x02", data.index(b"word/document.xml"))
    while data[at + 46 : at + 63] != b"word/document.xml":
        at = data.index(b"PK\x01\x02", at + 4)
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    assert refusal(bytes(data))


def test_zip_with_countless_entries() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n in range(21_000):
            archive.writestr(f"{n}", b"")
    assert "远超一份报告所需" in refusal(out.getvalue())
    with pytest.raises(Refused, match="压缩炸弹"):
        Archive(b"PK\x05\x06" + b"\x00" * 8 + struct.pack("<I", 10**9) + b"\x00" * 6)


def test_nested_zips_are_never_opened() -> None:
    inner = zipped({"a": b"\x00" * MIB})
    for _ in range(5):
        inner = zipped({f"{n}.zip": inner for n in range(4)})
    assert "先解压" in refusal(inner)


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "..\\..\\x", "C:\\x", "word/../../x"])
def test_paths_in_a_container_lead_nowhere(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rels = RELS.replace("word/document.xml", name.replace("\\", "/"))
    assert refusal(zipped({"_rels/.rels": rels, name: "x", "[Content_Types].xml": "<Types/>"}))
    assert list(tmp_path.iterdir()) == []


def test_locked_office_files() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
    assert "加了密码" in refusal(ole + "EncryptedPackage".encode("utf-16-le"))
    data = bytearray(raw_docx(p("正文")))
    for at in [m.start() for m in re.finditer(b"PK\x01\x02", bytes(data))]:
        data[at + 8] |= 1
    assert "加了密码" in refusal(bytes(data))


def test_other_kinds_are_named() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
    assert "表格或演示文稿" in refusal(ole + "Workbook".encode("utf-16-le"))
    assert "表格或演示文稿" in refusal(zipped({"xl/workbook.xml": "<x/>", "[Content_Types].xml": "<Types/>"}))
    assert "是图片" in refusal(b"\x89PNG\r\n\x1a\n\x00\x00")
    assert "压缩文件" in refusal(b"Rar!\x1a\x07\x00")
    assert refusal(b"\x7fELF\x02\x01\x01\x00" + b"\x00" * 200)


# XML


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a [<!ENTITY x "y">]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>',
        '<?xml version="1.0"?><!-- x --><!DOCTYPE a []>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_are_refused(doctype: str, encoding: str) -> None:
    xml = f'{doctype}<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
    assert "实体声明" in refusal(document(xml.encode(encoding)))


def test_deep_and_broken_xml() -> None:
    noise = "".join(f"<w:ins w:id='{n * n % 977}'>" for n in range(3000))
    body = f'<w:document xmlns:w="{W}"><w:body><w:p>{noise}{"</w:ins>" * 3000}</w:p></w:body></w:document>'
    assert "异常庞大" in refusal(document(body))
    assert "XML 已损坏" in refusal(document("<w:document>"))
    assert "XML 已损坏" in refusal(document(b"\xff\xfe\x00"))
    assert "没有正文" in refusal(document(f'<w:document xmlns:w="{W}"/>'))


def test_nesting_within_the_limit_is_read() -> None:
    inner = "<w:ins>" * 180 + "<w:r><w:t>深</w:t></w:r>" + "</w:ins>" * 180
    assert extract(raw_docx(f"<w:p>{inner}</w:p>")).text == "深\n"
    assert (
        extract(raw_docx("<w:tbl><w:tr><w:tc>" * 60 + p("深") + "</w:tc></w:tr></w:tbl>" * 60)).text == "深\n"
    )


def test_labels_cannot_blow_up_a_document() -> None:
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="'
        + "%1" * 5000
        + '"/></w:lvl>'
    )
    numbering = f'<w:abstractNum w:abstractNumId="1">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    item = p("甲", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    assert len(extract(raw_docx(item * 100, numbering=numbering)).text) < 20_000


def test_relations_to_other_places_are_not_followed() -> None:
    rels = RELS.replace('Target="word/document.xml"', 'Target="http://127.0.0.1:9/x" TargetMode="External"')
    xml = f'<w:document xmlns:w="{W}"><w:body>{p("正文")}</w:body></w:document>'
    assert (
        extract(zipped({"_rels/.rels": rels, "word/document.xml": xml, "[Content_Types].xml": "<x/>"})).text
        == "正文\n"
    )


def test_macros_and_pictures_are_ignored() -> None:
    with zipfile.ZipFile(io.BytesIO(raw_docx(p("正文，没有宏。" * 9)))) as archive:
        parts: dict[str, bytes | str] = {n: archive.read(n) for n in archive.namelist()}
    parts["word/vbaProject.bin"] = b"\x00" * 1000
    parts["word/media/1.png"] = b"\x00" * (30 * MIB)
    assert extract(zipped(parts)).text == "正文，没有宏。" * 9 + "\n"


def test_a_document_of_pictures_is_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(raw_docx(p("")))) as archive:
        parts: dict[str, bytes | str] = {n: archive.read(n) for n in archive.namelist()}
    assert "只有图片没有文字" in refusal(zipped(parts | {"word/media/1.png": b"x"}))
    scan = random.Random(1).randbytes(60_000)
    parts["word/document.xml"] = raw_part(p("清渠县2023年法治政府建设情况报告") + p("清渠县人民政府") * 20)
    scans: dict[str, bytes | str] = {f"word/media/{n}.jpeg": scan for n in range(8)}
    assert "有 8 张大图片，文字只有 158 个" in refusal(zipped(parts | scans))


def test_photographs_beside_a_text_are_no_scans() -> None:
    with zipfile.ZipFile(io.BytesIO(raw_docx(p("推进依法行政，成效明显。" * 90)))) as archive:
        parts: dict[str, bytes | str] = {n: archive.read(n) for n in archive.namelist()}
    photos: dict[str, bytes | str] = {
        f"word/media/{n}.jpeg": random.Random(n).randbytes(60_000) for n in range(8)
    }
    assert extract(zipped(parts | photos)).text.startswith("推进")


# Web pages


@pytest.mark.parametrize(
    "body",
    [b"<div>" * 200_000, b"<b><i>" * 100_000 + b"<p>x" * 500, b"<a><p>" * 50_000, b"<table><tr><td>" * 60_000,
     b"<p " + b" ".join(b"a%d" % n for n in range(100_000)) + b">", b"<" * 300_000, b"<!--" * 100_000, b"&#x0;" * 50_000],
    ids=["depth", "formatting", "links", "tables", "attributes", "angles", "comments", "entities"],
)  # fmt: skip
def test_pages_that_are_slow_to_parse_elsewhere(body: bytes) -> None:
    assert refusal(b"<!doctype html><html><body>" + body)


def test_html_fetches_nothing() -> None:
    text = "全面推进法治政府建设，各项工作取得新成效，现将有关情况报告如下。" * 2
    page = f'<!DOCTYPE html SYSTEM "http://127.0.0.1:9/x"><html><base href="file:///etc/"><body><p>{text}</p><iframe src="passwd"></iframe>'
    assert extract(page.encode()).text == text + "\n"


# Garbled text


def test_garbled_text_is_never_judged() -> None:
    assert "乱码" in refusal(raw_docx(p("\ue123\ue456法治政府建设情况报告" * 20)))
    garbled = "".join(chr(0x4E00 + n * 37 % 20_900) for n in range(2000))
    assert "生僻字" in refusal(raw_docx(p(garbled)))
    few = extract(raw_docx(p("法治政府建设，依法行政。" * 80 + "\ufffd\ue000\ue001")))
    assert "有 3 个字符认不出" in few.warnings[0] and few.text.count("\ufffd") == 3


def test_text_that_stops_in_mid_sentence_is_noted() -> None:
    whole = SAMPLES[0].read_text(encoding="utf-8")
    cut = whole[: whole.rindex("。", 0, whole.rindex("\n\n")) - 7]
    assert any("没有写完" in w for w in read_bytes(cut.encode()).reader.warnings)
    assert read_bytes(whole.encode()).reader.warnings == ()


@pytest.mark.parametrize("make", [str.encode, to_docx, to_ofd, to_page], ids=["text", "docx", "ofd", "html"])
def test_what_was_cut_off_is_not_missing(make: Callable[[str], bytes]) -> None:
    """Half a report is no report without plans: it cannot be judged."""
    whole = SAMPLES[1].read_text(encoding="utf-8")
    at = whole.index("，", len(whole) // 2) + 3
    assert "处中断" in refusal(make(whole[:at]))
    # A whole sentence at the end may be the author's end.
    assert read_bytes(make(whole[: whole.index("。", at) + 1])).reader.warnings == ()


# Files


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    big = tmp_path / "大.docx"
    with big.open("wb") as file:
        file.truncate(MAX_FILE + 1)
    for path, word in ((big, "64 MiB"), (tmp_path, "这是文件夹"), (tmp_path / "无.pdf", "文件不存在")):
        with pytest.raises(NotAudited, match=word):
            read_report(path)


WHOLE = {
    "docx": to_docx(SAMPLES[0].read_text(encoding="utf-8"), numbered=True),
    "ofd": to_ofd(SAMPLES[0].read_text(encoding="utf-8")),
    "html": to_page(SAMPLES[0].read_text(encoding="utf-8")),
}


@pytest.mark.parametrize("kind", sorted(WHOLE))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choice=st.data())
def test_damage_gives_a_sentence_or_a_text(kind: str, choice: st.DataObject) -> None:
    data = bytearray(WHOLE[kind])
    if choice.draw(st.booleans()):
        del data[choice.draw(st.integers(0, len(data))) :]
    for _ in range(choice.draw(st.integers(0, 6))):
        if data:
            data[choice.draw(st.integers(0, len(data) - 1))] = choice.draw(st.integers(0, 255))
    try:
        read_bytes(bytes(data))
    except (Refused, Unreadable, Unsuitable) as error:
        assert SENTENCE.fullmatch(str(error)), str(error)


@pytest.mark.parametrize("cut", [20, 300, 900, 1500])
def test_damaged_pdf(cut: int) -> None:
    data = raw_pdf(drawn(["法治政府建设持续推进，全年学法六次，成效明显。"] * 3))
    try:
        extract(data[:cut])
    except (Refused, Unreadable) as error:
        assert SENTENCE.fullmatch(str(error)), str(error)


def test_a_single_run_on_text_imports_no_reader() -> None:
    code = (
        "import sys; from pathlib import Path; from auditor.reading import read_report; "
        f"read_report(Path({str(SAMPLES[0])!r})); "
        "print([m for m in sys.modules if m.split('.')[0] in ('lxml', 'pypdfium2', 'zipfile', 'email', 'subprocess') "
        "or m.startswith('auditor.readers.docx')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
