"""Reports of every kind built in memory, and the verdict on them in a form that can be compared."""

from __future__ import annotations

import io
import re
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from auditor.engine.verdict import judge
from auditor.model import Status
from auditor.reading import read_bytes
from auditor.rulebook.book import RuleBook
from auditor.rulebook.files import locate
from auditor.rulebook.shelf import load_book
from auditor.text.document import Document

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "reports_in").glob("*.txt"))
GOLD = sorted((ROOT.parent / "shared" / "gold").glob("*.txt"))


@lru_cache(maxsize=1)
def book() -> RuleBook:
    return load_book(locate("outline-2021"))


def statuses(document: Document) -> dict[str, Status]:
    verdicts, _ = judge(document, book(), document.metadata.level)
    return {name: verdict.status for name, verdict in verdicts.items()}


def metadata(document: Document) -> dict[str, Any]:
    m = document.metadata
    return {
        "title": re.sub(r"\s", "", m.title) if m.title else None,
        "region": m.region,
        "issuer": m.issuer,
        "level": m.level,
        "year": m.report_year,
        "written": m.written_date,
        "published": m.published_date,
        "number": m.document_number,
    }


@lru_cache(maxsize=64)
def baseline(path: Path) -> Document:
    return read_bytes(path.read_bytes(), path.name)


def differences(path: Path, document: Document) -> tuple[list[str], int]:
    """Elements whose status is not that of the text file, and how many elements there are."""
    want, have = statuses(baseline(path)), statuses(document)
    return [
        f"{name}: {want[name].value} -> {have[name].value}" for name in want if want[name] != have[name]
    ], len(want)


def zipped(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


# Word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)


def raw_docx(body: str, **parts: str) -> bytes:
    """A Word file of hand-written WordprocessingML; `parts` are styles, numbering, footnotes, … without suffix."""
    spaces = (
        f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    files: dict[str, bytes | str] = {
        "[Content_Types].xml": f'{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _RELS,
        "word/document.xml": f"{head}<w:document {spaces}><w:body>{body}</w:body></w:document>",
    }
    for name, content in parts.items():
        files[f"word/{name}.xml"] = f"{head}<w:{name} {spaces}>{content}</w:{name}>"
    return zipped(files)


def p(*runs: str, properties: str = "") -> str:
    """A paragraph; plain strings become runs."""
    inner = "".join(r if r.startswith("<") else f"<w:r><w:t>{r}</w:t></w:r>" for r in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


_LEVELS = (
    (0, "chineseCountingThousand", "%1、", re.compile(r"^[\s　]*[一二三四五六七八九十]{1,3}、(?=\S)")),
    (1, "chineseCounting", "（%2）", re.compile(r"^[\s　]*[（(][一二三四五六七八九十]{1,3}[）)](?=\S)")),
    (2, "decimal", "%3.", re.compile(r"^[\s　]*[0-9]{1,2}\.(?=[^0-9])")),
)


def to_docx(text: str, *, numbered: bool = False) -> bytes:
    """One paragraph per line with python-docx; `numbered` takes the numbers out and lets Word count."""
    import docx
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import nsdecls, qn

    document = docx.Document()
    if numbered:
        levels = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{template}"/></w:lvl>'
            for n, style, template, _ in _LEVELS
        )
        root = document.part.numbering_part.element
        root.insert(
            0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
        )
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for line in text.split("\n"):
        level = None
        if numbered:
            for n, _, _, pattern in _LEVELS:
                if pattern.match(line):
                    level, line = n, pattern.sub("", line)
                    break
        paragraph = document.add_paragraph(line)
        if level is not None:
            properties = paragraph._p.get_or_add_pPr()
            reference = OxmlElement("w:numPr")
            for name, value in (("w:ilvl", level), ("w:numId", 77)):
                item = OxmlElement(name)
                item.set(qn("w:val"), str(value))
                reference.append(item)
            properties.append(reference)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# Web pages


def paragraphs_html(text: str) -> str:
    """One <p> per line, as site editors write it."""
    from html import escape

    return "\n".join(
        f'<p style="text-indent:2em"><span>{escape(line) or "&nbsp;"}</span></p>' for line in text.split("\n")
    )


def to_page(text: str, *, title: str = "", charset: str = "utf-8", meta: str = "") -> bytes:
    """A page of a government site around the report: navigation, index block, toolbar, related links, footer."""
    links = "".join(
        f'<li><a href="/{n}.html">{word}</a></li>'
        for n, word in enumerate(
            (
                "首页",
                "走进清渠",
                "政务公开",
                "办事服务",
                "互动交流",
                "县政府召开法治政府建设推进会议",
                "关于开展行政执法案卷评查的通知",
            )
        )
    )
    page = f"""<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}_清渠县人民政府</title>{meta}
<style>p{{margin:0}}</style><script>var a="法治政府建设，"+"全部整改到位。";</script></head><body>
<div class="top"><ul>{links}</ul></div>
<div class="crumb">您当前的位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a></div>
<div class="wrap"><div class="left"><ul>{links}</ul></div><div class="main">
<h1>{title}</h1>
<div class="info">字体：[<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>] <a href="#">打印</a></div>
<div id="zoom">{paragraphs_html(text)}</div>
<div class="tail"><p>【<a href="#">打印本页</a>】【<a href="#">关闭窗口</a>】</p><p>上一篇：<a href="#">某项工作的通知</a></p></div>
<div class="related"><h3>相关解读</h3><ul>{links}</ul></div></div></div>
<div class="foot">主办：清渠县人民政府办公室　ICP备案号：某ICP备20230417号-1　网站地图</div></body></html>"""
    return page.encode(charset, "xmlcharrefreplace")


# PDF


def to_pdf(text: str, *, style: str = "") -> bytes:
    """The report as an office prints it: A4, justified, page numbers at the foot."""
    from html import escape

    from weasyprint import HTML

    css = (
        "@page{size:A4;margin:3.7cm 2.6cm 3.5cm 2.8cm;@bottom-center{content:'— ' counter(page) ' —'}}"
        "body{font:16pt/28pt 'Noto Serif CJK SC';text-align:justify}p{margin:0;min-height:28pt;white-space:pre-wrap}"
    )
    lines = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
    markup = f'<html lang="zh-CN"><style>{css}{style}</style><body>{lines}</body></html>'
    data: bytes = HTML(string=markup).write_pdf()
    return data


def raw_pdf(
    *contents: bytes,
    font: str = "/Encoding/GBK-EUC-H",
    extra: str = "",
    picture: tuple[int, int, bytes] = (1, 1, b"\x80"),
    filters: str = "",
) -> bytes:
    """A PDF of hand-written pages with one font F1 that is neither embedded nor has a ToUnicode map, and a picture I."""
    kids = " ".join(f"{8 + 2 * n} 0 R" for n in range(len(contents)))
    objects: list[bytes] = [
        f"<</Type/Catalog/Pages 2 0 R{extra}>>".encode(),
        f"<</Type/Pages/Count {len(contents)}/Kids[{kids}]>>".encode(),
        f"<</Type/Font/Subtype/Type0/BaseFont/FangSong{font}/DescendantFonts[4 0 R]>>".encode(),
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/FangSong/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
        b"/DW 1000/FontDescriptor 5 0 R>>",
        b"<</Type/FontDescriptor/FontName/FangSong/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200"
        b"/CapHeight 700/StemV 80>>",
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Length %d>>stream\n"
        % (picture[0], picture[1], len(picture[2]))
        + picture[2]
        + b"\nendstream",
        b"<</Producer(test)>>",
    ]
    for n, content in enumerate(contents):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {9 + 2 * n} 0 R"
            "/Resources<</Font<</F1 3 0 R>>/XObject<</I 6 0 R>>>>>>".encode()
        )
        objects.append(f"<</Length {len(content)}{filters}>>stream\n".encode() + content + b"\nendstream")
    out = b"%PDF-1.5\n"
    places = []
    for n, item in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % n + item + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        out
        + (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(objects) + 1}/Root 1 0 R/Info 7 0 R>>\n"
            f"startxref\n{len(out)}\n%%EOF\n"
        ).encode()
    )


def drawn(lines: list[str], encoding: str = "gbk", *, x: int = 80, y: int = 760, size: int = 14) -> bytes:
    """Content stream that draws lines of text one below the other."""
    out = [f"BT /F1 {size} Tf {round(1.8 * size)} TL {x} {y} Td"]
    out += [f"<{line.encode(encoding).hex()}> Tj T*" for line in lines]
    return "\n".join(["", *out, "ET", ""]).encode()


PICTURE = b"q 595 0 0 842 0 0 cm /I Do Q"


def wrapped(text: str, width: int = 28) -> list[str]:
    return [line[i : i + width] for line in text.split("\n") for i in range(0, max(1, len(line)), width)]


# OFD


def to_ofd(text: str, *, width: int = 28, lines_per_page: int = 22) -> bytes:
    """A4 pages of text objects, one a line, with page numbers; positions as layout programs write them."""
    from html import escape

    size = 5.64
    rows = wrapped(text, width)
    chunks = [rows[i : i + lines_per_page] for i in range(0, len(rows), lines_per_page)] or [[]]
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    parts: dict[str, bytes | str] = {
        "OFD.xml": f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {space} Version="1.0" DocType="OFD"><ofd:DocBody>'
        "<ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
    }
    listed = []
    for n, chunk in enumerate(chunks):
        objects = []
        for k, row in enumerate([*chunk, f"— {n + 1} —"]):
            bare = row.lstrip("\u3000 ")
            if not bare:
                continue
            last = k == len(chunk)
            x = 95.0 if last else 28 + size * (len(row) - len(bare))
            y = 272.0 if last else 37 + 10.0 * k
            objects.append(
                f'<ofd:TextObject ID="{n}{k}" Boundary="{x} {y} {size * len(bare):.2f} {size}" Font="1" Size="{size}">'
                f'<ofd:TextCode X="0" Y="4.8" DeltaX="g {max(1, len(bare) - 1)} {size}">{escape(bare)}</ofd:TextCode></ofd:TextObject>'
            )
        parts[f"Doc_0/Pages/Page_{n}/Content.xml"] = (
            f"<ofd:Page {space}><ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area><ofd:Content>"
            f'<ofd:Layer ID="1">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'
        )
        listed.append(f'<ofd:Page ID="{n + 1}" BaseLoc="Pages/Page_{n}/Content.xml"/>')
    parts["Doc_0/Document.xml"] = (
        f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        f"</ofd:PageArea></ofd:CommonData><ofd:Pages>{''.join(listed)}</ofd:Pages></ofd:Document>"
    )
    return zipped(parts)
