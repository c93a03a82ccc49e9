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
from auditor.rulebook.load import load_book, locate
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
    links = "".join(f'<li><a href="/{n}.html">{word}</a></li>' for n, word in enumerate(
        ("首页", "走进清渠", "政务公开", "办事服务", "互动交流", "县政府召开法治政府建设推进会议", "关于开展行政执法案卷评查的通知")
    ))
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
