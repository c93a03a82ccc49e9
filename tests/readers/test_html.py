"""Web pages: the article is found, the page around it is not evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.readers.extracted import Refused
from auditor.readers.html import read_html
from auditor.readers.mhtml import read_mhtml
from auditor.reading import read_bytes
from tests.readers.helpers import SAMPLES, baseline, differences, metadata, to_page

PROSE = "全面推进法治政府建设，各项工作取得新成效，现将有关情况报告如下。"


def page(body: str, head: str = "") -> bytes:
    return (
        f'<!doctype html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()
    )


def text(body: str, head: str = "") -> str:
    return read_html(page(body, head)).text


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:4])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "gb2312"])
def test_same_verdict_as_the_text(path: Path, charset: str) -> None:
    title = baseline(path).metadata.title or ""
    data = to_page(path.read_text(encoding="utf-8"), title=title, charset=charset)
    document = read_bytes(data, "report.html")
    assert differences(path, document)[0] == []
    assert metadata(document) == metadata(baseline(path))
    assert document.reader.format == "html"
    assert document.reader.encoding == ("utf-8" if charset == "utf-8" else "gb18030")


def test_navigation_related_links_and_scripts_are_left_out() -> None:
    found = read_html(to_page(PROSE + "\n" + PROSE, title="清渠县2023年法治政府建设情况报告")).text
    assert "县政府召开法治政府建设推进会议" not in found
    assert "全部整改到位" not in found
    assert "ICP" not in found
    assert found.count(PROSE) == 2


def test_index_block_of_bare_labels() -> None:
    table = "<table><tr><th>索引号</th><td>QZ-1</td><th>发布日期</th><td>2024-02-19</td></tr></table>"
    found = text(f"<div>{table}</div><div id=zoom><p>{PROSE}</p><p>{PROSE}</p></div>")
    assert found.startswith("索引号：\tQZ-1\t发布日期：\t2024-02-19\n")


def test_facts_of_meta_tags_only_where_the_page_is_silent() -> None:
    meta = '<meta name="PubDate" content="2024-02-21 09:30"><meta name="ContentSource" content="县司法局">'
    body = f"<div><p>{PROSE}</p><p>{PROSE}</p></div>"
    assert read_html(page(body, meta)).facts == (("发布日期", "2024-02-21"), ("来源", "县司法局"))
    stated = f"<p>来源：县司法局　发布日期：2024-02-22</p>{body}"
    assert read_html(page(stated, meta)).facts == ()
    document = read_bytes(page(body.replace(PROSE, PROSE * 3), meta), "x")
    assert document.metadata.published_date == "2024-02-21"
    assert document.text.startswith("发布日期：2024-02-21\n来源：县司法局\n")


def test_title_from_the_head_when_the_body_has_none() -> None:
    head = "<title>清渠县2023年法治政府建设工作报告_清渠县人民政府</title>"
    assert text(f"<div><p>{PROSE}</p><p>{PROSE}</p></div>", head).startswith(
        "清渠县2023年法治政府建设工作报告\n"
    )


def test_breaks_lists_and_white_space() -> None:
    body = (
        f"<div><p>{PROSE}</p><p>一是<b>学习</b>\n  宣传，<br>二是培训。</p><ol><li>甲</li><li>乙</li></ol>"
        '<ol style="list-style-type:simp-chinese-informal" start=3><li>丙</li></ol><ul><li>丁</li></ul><pre>戊\n己</pre></div>'
    )
    assert text(body).split("\n")[1:-1] == [
        "一是学习 宣传，",
        "二是培训。",
        "1.甲",
        "2.乙",
        "三、丙",
        "丁",
        "戊",
        "己",
    ]


def test_tables_inside_the_article() -> None:
    rows = "<tr><td>案件</td><td>216件</td></tr><tr><td>" + PROSE * 2 + "</td><td>备注</td></tr>"
    assert text(f"<div><p>{PROSE}</p><table>{rows}</table></div>").split("\n")[1:-1] == [
        "案件\t216件",
        PROSE * 2,
        "备注",
    ]


def test_layout_tables_keep_every_paragraph() -> None:
    inner = "".join(f"<p>{PROSE}{n}</p>" for n in range(5))
    found = text(f"<table><tr><td>导航</td><td><table><tr><td>{inner}</td></tr></table></td></tr></table>")
    assert [line[-1] for line in found.strip().split("\n") if line.startswith("全面")] == list("01234")


def test_signature_below_the_article_is_kept() -> None:
    found = text(
        f"<div><div><p>{PROSE}</p><p>{PROSE}</p></div><p>清渠县人民政府</p><p>2024年1月5日</p><p>分享到：微信</p></div>"
    )
    assert found.endswith("清渠县人民政府\n2024年1月5日\n")


def test_hidden_text_is_reported() -> None:
    found = read_html(page(f'<div><p>{PROSE}</p><p style="display: none">述法率100%</p><p>{PROSE}</p></div>'))
    assert "述法率" not in found.text
    assert "不显示的文字 7 个字符（“述法率100%”）" in found.warnings[0]


def test_deleted_text_is_dropped() -> None:
    assert "三件" not in text(f"<div><p>{PROSE}</p><p>办结<del>三件</del><ins>四件</ins>。</p></div>")


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(Refused, match="没有正文"):
        text('<div><img src="1.jpg"></div>')


@pytest.mark.parametrize(
    "rest", ['<a href="/x/P020.pdf?v=1">附件</a>', '<div id=zoom><img src="1.jpg"></div>']
)
def test_a_report_in_an_attachment_is_not_missing(rest: str) -> None:
    title = (
        "<h1>清渠县2023年法治政府建设情况报告</h1><p>清渠县人民政府　发布日期：2024-02-19　来源：县司法局</p>"
    )
    with pytest.raises(Refused, match="图片或附件"):
        text(f"<div>{title}{rest}</div>")
    assert PROSE in text(f"<div>{title}{rest}<p>{PROSE * 4}</p></div>")


def test_nothing_is_lost_when_a_tenth_stands_elsewhere() -> None:
    long = "".join(f"<p>{PROSE}{n}</p>" for n in range(9))
    found = text(f"<div><div>{long}</div><div><p>{PROSE}末</p></div></div>")
    assert found.count(PROSE) == 10


def test_encoding_that_is_not_the_declared_one() -> None:
    data = page(f"<p>{PROSE}</p><p>{PROSE}</p>").decode().encode("gb18030")
    found = read_html(data)
    assert found.encoding == "gb18030" and found.text.count(PROSE) == 2 and found.warnings == ()


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit"])
def test_mhtml(transfer: str) -> None:
    import base64
    import quopri

    body = to_page(PROSE + "\n" + PROSE, title="清渠县2023年法治政府建设情况报告")
    coded = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes, "8bit": bytes}[transfer](
        body
    )
    data = (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"B\"\r\n\r\n"
        b"--B\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: " + transfer.encode() + b"\r\n\r\n"
        + coded + b"\r\n--B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--B--\r\n"
    )  # fmt: skip
    found = read_mhtml(data)
    assert found.format == "mhtml" and found.text.count(PROSE) == 2
    assert read_bytes(data, "x.txt").reader.format == "mhtml"


def test_mhtml_without_a_page_is_refused() -> None:
    data = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\nContent-Type: image/png\r\n\r\nx\r\n--B--\r\n"
    with pytest.raises(Refused, match="没有网页正文"):
        read_mhtml(data)
