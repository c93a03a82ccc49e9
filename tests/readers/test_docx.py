"""Word documents: what a reader sees is what is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.readers.docx import read_docx
from auditor.readers.docx_styles import Numbering
from auditor.readers.numerals import chinese, written
from auditor.reading import read_bytes
from tests.readers.helpers import SAMPLES, baseline, differences, metadata, p, raw_docx, to_docx


def lines(body: str, **parts: str) -> list[str]:
    return read_docx(raw_docx(body, **parts)).text.rstrip("\n").split("\n")


def run(text: str, properties: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}<w:t>{text}</w:t></w:r>"


def numbering(*levels: tuple[str, str], extra: str = "", nums: str = "") -> str:
    inner = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{extra}<w:lvlText w:val="{template}"/></w:lvl>'
        for n, (style, template) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="3">{inner}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num>{nums}'
    )


def item(text: str, level: int = 0, num: int = 1) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


OFFICIAL = (
    ("chineseCountingThousand", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "（%4）"),
)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:4])
@pytest.mark.parametrize("numbered", [False, True])
def test_same_verdict_as_the_text(path: Path, numbered: bool) -> None:
    document = read_bytes(to_docx(path.read_text(encoding="utf-8"), numbered=numbered))
    assert differences(path, document)[0] == []
    assert metadata(document) == metadata(baseline(path))
    assert document.norm.text == baseline(path).norm.text
    assert document.reader.format == "docx"


def test_automatic_numbering_is_rebuilt_level_by_level() -> None:
    body = "".join(
        [
            item("主要做法"), item("强化领导", 1), item("学法", 2), item("述法", 2), item("优化服务", 1), item("审批", 2),
            item("存在问题"), item("力量不足", 1), item("下一步打算"),
        ]
    )  # fmt: skip
    assert lines(body, numbering=numbering(*OFFICIAL)) == [
        "一、主要做法", "（一）强化领导", "1.学法", "2.述法", "（二）优化服务", "1.审批",
        "二、存在问题", "（一）力量不足", "三、下一步打算",
    ]  # fmt: skip


def test_numbering_from_styles_and_their_ancestors() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b1"><w:name w:val="mine"/><w:basedOn w:val="a1"/></w:style>'
    )
    body = p("甲", properties='<w:pStyle w:val="a1"/>') + p("乙", properties='<w:pStyle w:val="b1"/>')
    off = p("丙", properties='<w:pStyle w:val="a1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert lines(body + off, numbering=numbering(*OFFICIAL), styles=styles) == ["一、甲", "二、乙", "丙"]


def test_level_tied_to_a_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="h2"><w:name w:val="heading 2"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    tied = numbering(*OFFICIAL).replace(
        '<w:lvlText w:val="（%2）"/>', '<w:pStyle w:val="h2"/><w:lvlText w:val="（%2）"/>'
    )
    body = item("甲") + p("乙", properties='<w:pStyle w:val="h2"/>')
    assert lines(body, numbering=tied, styles=styles) == ["一、甲", "（一）乙"]


def test_restart_override_and_continued_lists() -> None:
    nums = (
        '<w:num w:numId="2"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        '</w:lvlOverride></w:num><w:num w:numId="4"><w:abstractNumId w:val="3"/></w:num>'
    )
    body = item("甲") + item("乙") + item("丙", num=4) + item("丁", num=2) + item("戊", num=2)
    assert [line[0] for line in lines(body, numbering=numbering(*OFFICIAL, nums=nums))] == list("一二三一二")


def test_legal_levels_bullets_and_missing_definitions() -> None:
    legal = numbering(("chineseCounting", "第%1章"), ("decimal", "%1.%2"), extra="<w:isLgl/>")
    assert lines(item("甲") + item("乙", 1), numbering=legal) == ["第1章 甲", "1.1 乙"]
    assert lines(item("甲"), numbering=numbering(("bullet", "\uf0b7"))) == ["甲"]
    assert lines(item("甲", num=9), numbering=numbering(*OFFICIAL)) == ["甲"]
    assert lines(item("甲")) == ["甲"]


def test_numerals() -> None:
    assert [chinese(n) for n in (1, 10, 11, 20, 21, 100, 105, 110, 1001)] == [
        "一", "十", "十一", "二十", "二十一", "一百", "一百〇五", "一百一十", "一千〇一",
    ]  # fmt: skip
    assert [written(n, s) for n, s in ((12, "upperRoman"), (28, "lowerLetter"), (3, "decimalEnclosedCircle"))] == [
        "XII", "bb", "③",
    ]  # fmt: skip
    assert written(5, "unknownFormat") == "5"
    assert written(13, "chineseLegalSimplified") == "壹拾叁"


def test_insertions_are_read_and_deletions_dropped_with_a_warning() -> None:
    body = (
        p(
            "开展培训",
            f"<w:ins>{run('12')}</w:ins>",
            "<w:del><w:r><w:delText>3</w:delText></w:r></w:del>",
            "期。",
        )
        + p("前半句", properties="<w:rPr><w:del/></w:rPr>")
        + p("后半句。")
        + f"<w:moveFrom>{run('旧处')}</w:moveFrom>"
        + p(f"<w:moveFrom>{run('移走')}</w:moveFrom>", f"<w:moveTo>{run('移来')}</w:moveTo>")
    )
    found = read_docx(raw_docx(body))
    assert found.text == "开展培训12期。\n前半句后半句。\n移来\n"
    assert len(found.warnings) == 1 and "修订（插入 2 处、删除 3 处）" in found.warnings[0]


def test_deleted_rows_and_cells() -> None:
    cell = "<w:tc>{}{}</w:tc>"
    keep = f"<w:tr>{cell.format('', p('立案'))}{cell.format('', p('12件'))}</w:tr>"
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell.format('', p('结案'))}</w:tr>"
    part = (
        f"<w:tr>{cell.format('', p('罚款'))}{cell.format('<w:tcPr><w:cellDel/></w:tcPr>', p('9件'))}</w:tr>"
    )
    assert lines(f"<w:tbl>{keep}{gone}{part}</w:tbl>") == ["立案\t12件", "罚款"]


def test_tables_in_reading_order() -> None:
    long = "（一）" + "压实责任，" * 20 + "成效明显。"
    table = (
        f"<w:tbl><w:tr><w:tc>{p('项目')}</w:tc><w:tc>{p('数量')}</w:tc></w:tr>"
        f"<w:sdt><w:sdtContent><w:tr><w:tc>{p('复议')}</w:tc><w:tc>{p('3件')}</w:tc></w:tr></w:sdtContent></w:sdt>"
        f"<w:tr><w:tc>{p(long)}{p('二是')}</w:tc><w:tc>{p('备注')}</w:tc></w:tr></w:tbl>"
    )
    assert lines(p("前") + table + p("后")) == ["前", "项目\t数量", "复议\t3件", long, "二是", "备注", "后"]


def test_text_box_is_read_once_after_its_paragraph() -> None:
    box = "<w:txbxContent>" + p("框内文字") + "</w:txbxContent>"
    drawing = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(p("正文", drawing) + p("后文")) == ["正文", "框内文字", "后文"]
    old = f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>"
    assert lines(p(old)) == ["", "框内文字"]
    unknown = drawing.replace('Requires="wps"', 'Requires="zzz"')
    assert lines(p("正文", unknown)) == ["正文", "框内文字"]


def test_notes_stand_below_the_paragraph_that_cites_them() -> None:
    notes = (
        '<w:footnote w:type="separator" w:id="-1">' + p("----") + "</w:footnote>"
        '<w:footnote w:id="2">' + p("<w:r><w:footnoteRef/></w:r>", "数据截至12月31日。") + "</w:footnote>"
    )
    body = p("办结216件", '<w:r><w:footnoteReference w:id="2"/></w:r>', "。") + p("下一段。")
    assert lines(body, footnotes=notes) == ["办结216件。", "注1：数据截至12月31日。", "下一段。"]


def test_headers_footers_and_comments_are_no_evidence() -> None:
    """Nor is anything else that is not the body: only a note that the body cites is read."""
    parts = {
        name: p(f"述法率100%，见{name}。")
        for name in ("header1", "footer1", "comments", "glossary", "settings")
    }
    notes = '<w:footnote w:id="9">' + p("没有引用的注释。") + "</w:footnote>"
    body = p("正文。", '<w:r><w:commentReference w:id="0"/></w:r>') + "<w:sectPr/>"
    found = read_docx(raw_docx(body, footnotes=notes, **parts))
    assert found.text == "正文。\n"
    assert found.warnings == ("文稿带有 1 处批注，批注内容不计入核查。",)


def test_hidden_text_is_kept_out_and_reported() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="h"><w:name w:val="x"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = p(
        "看得见",
        run("述法率100%", "<w:vanish/>"),
        run("白字", '<w:color w:val="FFFFFF"/>'),
        run("小字", '<w:sz w:val="2"/>'),
        run("样式", '<w:rStyle w:val="h"/>'),
        run("不隐藏", '<w:vanish w:val="0"/>'),
    )
    found = read_docx(raw_docx(body, styles=styles))
    assert found.text == "看得见不隐藏\n"
    assert "看不见的文字 13 个字符" in found.warnings[0] and "述法率100%" in found.warnings[0]


def test_white_on_colour_is_visible() -> None:
    white = run("表头", '<w:color w:val="FFFFFF"/>')
    assert lines(f"<w:tbl><w:tr><w:tc>{p(white)}</w:tc></w:tr></w:tbl>") == ["表头"]
    assert lines(p(white, properties='<w:shd w:val="clear" w:fill="C00000"/>')) == ["表头"]


def test_fields_comments_and_special_characters() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>216</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = p("共", field, "件", '<w:r><w:commentReference w:id="0"/></w:r>') + p(
        "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>丙</w:t><w:br/><w:t>丁</w:t></w:r>"
    )
    found = read_docx(raw_docx(body))
    assert found.text == "共216件\n甲\t乙-丙\n丁\n"
    assert "1 处批注" in found.warnings[0]


def test_an_unfinished_field_does_not_swallow_the_rest() -> None:
    body = p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "甲") + p("乙")
    assert lines(body) == ["", "乙"]


def test_links_controls_math_and_ruby() -> None:
    body = p(
        f"<w:hyperlink>{run('链接')}</w:hyperlink>",
        f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>",
        "<m:oMath><m:r><m:t>1+1</m:t></m:r></m:oMath>",
        f"<w:r><w:ruby><w:rt>{run('pin')}</w:rt><w:rubyBase>{run('字')}</w:rubyBase></w:ruby></w:r>",
    )
    assert lines(body) == ["链接控件1+1字"]


def test_table_of_contents_is_no_text() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="10"><w:name w:val="toc 1"/></w:style>'
    gallery = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('一、主要做法 1')}</w:sdtContent></w:sdt>"
    )
    assert lines(
        gallery + p("一、主要做法 1", properties='<w:pStyle w:val="10"/>') + p("正文"), styles=styles
    ) == ["正文"]


def test_pages_as_word_last_drew_them() -> None:
    body = (
        p("第一页")
        + p("<w:r><w:lastRenderedPageBreak/><w:t>第二页</w:t></w:r>")
        + p("<w:r><w:t>跨</w:t><w:lastRenderedPageBreak/><w:t>页</w:t></w:r>")
    )
    found = read_docx(raw_docx(body))
    assert found.text == "第一页\n第二页\n跨页\n"
    assert found.pages == (4, 9)


def test_page_begins_before_its_number() -> None:
    body = item("甲") + item("乙").replace("<w:t>", "<w:lastRenderedPageBreak/><w:t>")
    found = read_docx(raw_docx(body, numbering=numbering(*OFFICIAL)))
    assert found.text[found.pages[0] :] == "二、乙\n"


def test_strict_files_and_other_part_names() -> None:
    data = raw_docx(p("严格"))
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {n: archive.read(n).decode() for n in archive.namelist()}
    from tests.readers.helpers import zipped

    strict = parts["word/document.xml"].replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    moved = parts["_rels/.rels"].replace("word/document.xml", "/word/document2.xml")
    out = zipped(
        {
            "[Content_Types].xml": parts["[Content_Types].xml"],
            "_rels/.rels": moved,
            "word/document2.xml": strict,
        }
    )
    assert read_docx(out).text == "严格\n"


def test_numbering_without_definitions() -> None:
    from auditor.readers.docx_styles import Styles

    assert Numbering(None, Styles(None, ""), "").advance("1", 0) == ""
