"""PDF files: reading order, wraps, running lines, fonts without maps, and pages that cannot be judged."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

pytest.importorskip("pypdfium2", reason="没有安装 fazhi-auditor[formats]")

from auditor.readers import pdf
from auditor.readers.dispatch import extract
from auditor.readers.extracted import Refused
from auditor.reading import read_bytes
from tests.readers.helpers import (
    PICTURE,
    SAMPLES,
    baseline,
    differences,
    drawn,
    metadata,
    raw_pdf,
    to_pdf,
    wrapped,
)

BODY = ["清渠县人民政府关于2023年度法治政府建设情况的报告", *["法治政府建设持续推进，全年学法六次。"] * 5]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:4])
def test_same_verdict_as_the_text(path: Path) -> None:
    document = read_bytes(to_pdf(path.read_text(encoding="utf-8")))
    assert differences(path, document)[0] == []
    assert metadata(document) == metadata(baseline(path))
    assert document.reader.format == "pdf"
    assert document.reader.warnings == ()
    assert len(document.pages) >= 2
    assert document.page(len(document.text) - 2) == len(document.pages) + 1


@pytest.mark.parametrize("path", SAMPLES[:1], ids=lambda path: path.stem[:4])
def test_system_font_without_maps(path: Path) -> None:
    rows = wrapped(path.read_text(encoding="utf-8"))
    data = raw_pdf(*(drawn(rows[i : i + 26]) for i in range(0, len(rows), 26)))
    assert differences(path, read_bytes(data))[0] == []


@pytest.mark.parametrize(
    ("encoding", "cmap"),
    [("gbk", "GBK-EUC-H"), ("utf-16-be", "UniGB-UCS2-H"), ("utf-16-be", "UniGB-UTF16-H")],
)
def test_chinese_cmaps(encoding: str, cmap: str) -> None:
    assert extract(raw_pdf(drawn(BODY, encoding), font=f"/Encoding/{cmap}")).text.startswith(BODY[0])


def test_two_columns_are_read_one_after_the_other() -> None:
    text = "".join(f"第{n}句说明法治政府建设情况，做法具体，成效明显。" for n in range(1, 90))
    found = extract(to_pdf(text, style="body{columns:2;column-gap:1cm;font-size:10pt;line-height:16pt}")).text
    assert "".join(found.split()) == text


def test_columns_that_are_drawn_line_by_line() -> None:
    left = [f"左边第{n}行写的是法治政府建设情况" for n in range(1, 21)]
    right = [f"右边第{n}行写的是行政执法监督情况" for n in range(1, 21)]
    content = b"\n".join(
        drawn([a], x=50, y=760 - 18 * n, size=12) + b"\n" + drawn([b], x=320, y=760 - 18 * n, size=12)
        for n, (a, b) in enumerate(zip(left, right, strict=True))
    )
    assert "".join(extract(raw_pdf(content)).text.split()) == "".join([*left, *right])


def test_lines_drawn_from_the_bottom_up() -> None:
    rows = [f"第{n}行，推进法治政府建设，成效明显。" for n in range(1, 21)]
    content = b"\n".join(drawn([row], y=780 - 25 * n) for n, row in reversed(list(enumerate(rows))))
    assert extract(raw_pdf(content)).text.split() == rows


def test_quotation_marks_drawn_later_go_back_to_their_place() -> None:
    content = (
        drawn(["推行 最多跑一次 改革，群众满意。"])
        + drawn(["“"], x=108)
        + drawn(["”"], x=192)
        + drawn(BODY[1:], y=700)
    )
    assert extract(raw_pdf(content)).text.startswith("推行“最多跑一次”改革，群众满意。")


def test_running_heads_and_page_numbers() -> None:
    pages = [
        drawn(["清渠县人民政府公报"], y=810) + drawn([f"第{n}页正文，法治政府建设持续推进，成效明显。"] * 3)
        + drawn([f"— {n} —"], x=280, y=40) for n in range(1, 5)
    ]  # fmt: skip
    found = extract(raw_pdf(*pages))
    assert "公报" not in found.text and "—" not in found.text
    assert [found.text[start : start + 4] for start in found.pages] == ["第2页正", "第3页正", "第4页正"]


def test_a_sentence_over_two_pages_is_one() -> None:
    rows = ["　　" + "全面推进法治政府建设，" * 2 + "压实", "责任" + "健全完善制度机制，" * 2 + "一体推进落"]
    rest = ["实，各项工作取得新成效。", "　　下一段，依法行政。"]
    found = extract(raw_pdf(drawn([*BODY, *rows]), drawn(rest)))
    assert "一体推进落实，各项工作取得新成效。\n" in found.text
    assert found.text[found.pages[0] :].startswith("实，各项")


def test_table_rows_stand_on_a_line() -> None:
    content = drawn(BODY) + drawn(["行政复议"], y=560) + drawn(["126件"], x=300, y=560)
    assert "行政复议\t126件" in extract(raw_pdf(content)).text


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_turned_pages(angle: int) -> None:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, NumberObject

    turns = {90: "0 1 -1 0 595 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 842"}
    writer = PdfWriter(
        clone_from=PdfReader(
            io.BytesIO(raw_pdf(f"q {turns[angle]} cm ".encode() + drawn(BODY, x=20, y=500) + b" Q"))
        )
    )
    writer.pages[0][NameObject("/Rotate")] = NumberObject(angle)
    out = io.BytesIO()
    writer.write(out)
    assert extract(out.getvalue()).text.split() == BODY


# Pages that cannot be judged


def test_scanned_pages_are_named() -> None:
    with pytest.raises(Refused, match="全部 2 页是扫描图片"):
        extract(raw_pdf(PICTURE, PICTURE))
    with pytest.raises(Refused, match="第 2—3、5 页是扫描图片，没有文字，无法判断"):
        extract(raw_pdf(drawn(BODY), PICTURE, PICTURE + drawn(["3"]), drawn(BODY), PICTURE))


def test_an_empty_page_is_no_scan() -> None:
    assert extract(raw_pdf(drawn(BODY), b"")).text.split() == BODY


def test_text_turned_into_curves() -> None:
    with pytest.raises(Refused, match="已转成图形"):
        extract(raw_pdf(b"0 0 m 5 5 l 9 0 l f " * 300))


def test_fonts_without_any_encoding_are_refused() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(to_pdf("\n".join(BODY * 4)))))
    for font in writer.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index, union-attr]
        font.get_object().pop("/ToUnicode", None)
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(Refused, match="乱码"):
        extract(out.getvalue())


def test_recognised_scan_is_read_with_a_warning() -> None:
    found = extract(raw_pdf(PICTURE + b" 3 Tr " + drawn(BODY)))
    assert found.text.split() == BODY
    assert "第 1 页是带识别文字的扫描件" in found.warnings[0]


@pytest.mark.parametrize("how", [b" 3 Tr ", b" 1 g "])
def test_invisible_text_is_kept_out_and_reported(how: bytes) -> None:
    found = extract(raw_pdf(drawn(BODY) + how + drawn(["述法率百分之百"], y=300)))
    assert "述法率" not in found.text
    assert "看不见的文字 7 个字符（“述法率百分之百”）" in found.warnings[0]


def test_white_on_colour_is_visible() -> None:
    found = extract(
        raw_pdf(drawn(BODY) + b" 1 0 0 rg 0 280 595 60 re f 1 g " + drawn(["述法率百分之百"], y=300))
    )
    assert "述法率百分之百" in found.text and found.warnings == ()


def test_locked_files() -> None:
    from pypdf import PdfReader, PdfWriter

    for user, refused in (("secret", True), ("", False)):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(raw_pdf(drawn(BODY)))))
        writer.encrypt(user, "owner", algorithm="RC4-128")
        out = io.BytesIO()
        writer.write(out)
        if refused:
            with pytest.raises(Refused, match="加了密码"):
                extract(out.getvalue())
        else:
            # Only copying is forbidden: everyone can open and read it.
            assert extract(out.getvalue()).text.split() == BODY


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda name: None)
    with pytest.raises(Refused, match=r"pip install 'fazhi-auditor\[formats\]'"):
        extract(raw_pdf(drawn(BODY)))
