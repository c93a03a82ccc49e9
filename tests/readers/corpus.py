"""A corpus of hostile files of every kind, each as large as its trick needs; made anew, nothing of it is stored."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

from tests.readers.helpers import W, drawn, p, raw_docx, raw_pdf, to_ofd, to_pdf, zipped

MIB = 1024 * 1024
BODY = ["清渠县人民政府关于2023年度法治政府建设情况的报告", *["法治政府建设持续推进，全年学法六次。"] * 5]


def refused(address: str) -> dict[str, Callable[[], bytes]]:
    """Files that must not be judged. ``address``: a server that nothing may ever ask."""
    return {
        "zip bomb.docx": lambda: docx_with(b"<a>" + b" " * (400 * MIB) + b"</a>"),
        "many parts.docx": many_parts,
        "nested.zip": nested,
        "billion laughs.docx": lambda: docx_with(laughs().encode()),
        "external entity.docx": lambda: docx_with(
            f'<!DOCTYPE a SYSTEM "{address}/x.dtd"><w:document xmlns:w="{W}"/>'.encode()
        ),
        "deep.docx": lambda: docx_with(
            f'<w:document xmlns:w="{W}"><w:body>{"<w:ins>" * 300_000}{"</w:ins>" * 300_000}</w:body></w:document>'.encode()
        ),
        "countless tags.docx": lambda: docx_with(
            f'<w:document xmlns:w="{W}"><w:body>{"<w:p/>" * 1_500_000}</w:body></w:document>'.encode()
        ),
        "long attribute.docx": lambda: docx_with(b'<a b="' + b"c" * (23 * MIB) + b'"/>'),
        "outside.docx": lambda: outside("../../../etc/passwd"),
        "deep.ofd": lambda: ofd_with("<ofd:PageBlock>" * 200_000 + "</ofd:PageBlock>" * 200_000),
        "entity.ofd": lambda: ofd_with("", head='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "locked.pdf": locked,
        "scan.pdf": lambda: raw_pdf(drawn(BODY), huge_picture(), picture=(60_000, 60_000, b"\x80" * 1000)),
        "packed stream.pdf": lambda: packed_stream(900),
        "page tree in a circle.pdf": circle,
        "nested forms.pdf": nested_forms,
        "countless objects.pdf": lambda: raw_pdf(b"0 0 m 5 5 l 9 0 l f\n" * 700_000),
        "cut.pdf": lambda: to_pdf("\n".join(BODY * 9))[:9000],
        "depth.html": lambda: b"<!doctype html><html><body>" + b"<div>" * 1_000_000,
        "attributes.html": lambda: (
            b"<!doctype html><html><body><p " + b" ".join(b"a%d" % n for n in range(300_000))
        ),
        "headers.mhtml": lambda: (
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n" + b"X: y\n" * 2_000_000
        ),
        "parts.mhtml": lambda: (
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n" + b"--B\n\nx\n" * 1_000_000
        ),
        "noise.doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * (8 * MIB),
        "program.txt": lambda: b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 1000,
        "zeros.txt": lambda: bytes(30 * MIB),
    }


def harmless(address: str) -> dict[str, Callable[[], bytes]]:
    """Files with links, scripts and macros whose text is read all the same, and nothing else is done."""
    text = "\n".join([*BODY, "清渠县人民政府", "2024年1月15日"])
    return {
        "macros and links.docx": lambda: linked(address),
        "actions.pdf": lambda: raw_pdf(drawn(text.split("\n")), extra=actions(address)),
        "links.html": lambda: links(address, text).encode(),
        "links.mhtml": lambda: (
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html; charset=utf-8\n\n"
            + links(address, text).encode()
            + f"\n--B\nContent-Type: text/html\nContent-Location: {address}/f\n\n<p>x</p>\n--B--\n".encode()
        ),
        "picture.ofd": lambda: to_ofd(text),
    }


def docx_with(document: bytes) -> bytes:
    return zipped(
        {
            "_rels/.rels": relations("word/document.xml"),
            "word/document.xml": document,
            "[Content_Types].xml": "<Types/>",
        }
    )


def relations(target: str, more: str = "") -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        f'Target="{target}"/>{more}</Relationships>'
    )


def outside(target: str) -> bytes:
    return zipped({"_rels/.rels": relations(target), target: "x", "[Content_Types].xml": "<Types/>"})


def many_parts() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n in range(60_000):
            archive.writestr(str(n), b"")
    return out.getvalue()


def nested() -> bytes:
    inner = zipped({"a": bytes(MIB)})
    for _ in range(6):
        inner = zipped({f"{n}.zip": inner for n in range(9)})
    return inner


def laughs() -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "哈"}">' for n in range(12))
    return f'<!DOCTYPE a [{entities}]><w:document xmlns:w="{W}"><w:body>{p("&l11;")}</w:body></w:document>'


def ofd_with(content: str, *, head: str = "") -> bytes:
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    return zipped(
        {
            "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>D.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "D.xml": f'<ofd:Document {space}><ofd:Pages><ofd:Page BaseLoc="P.xml"/></ofd:Pages></ofd:Document>',
            "P.xml": f"{head}<ofd:Page {space}><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>",
        }
    )


def locked() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(raw_pdf(drawn(BODY)))))
    writer.encrypt("secret", "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def huge_picture() -> bytes:
    return b"q 595 0 0 842 0 0 cm /I Do Q"


def packed_stream(size: int) -> bytes:
    """A page whose contents unpack to ``size`` MiB of operators."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"0 0 m 9 9 l S\n" * (MIB // 14)) for _ in range(size)) + packer.flush()
    return raw_pdf(packed, filters="/Filter/FlateDecode")


def circle() -> bytes:
    return raw_pdf(drawn(BODY)).replace(b"/Kids[8 0 R]", b"/Kids[2 0 R]")


def nested_forms() -> bytes:
    """A form that draws itself many times over."""
    data = raw_pdf(b"/I Do " * 2000)
    picture = b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</I 6 0 R>>>>"
    assert picture in data
    return data.replace(picture, form)


def linked(address: str) -> bytes:
    link = (
        '<Relationship Id="t" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
        f'Target="{address}/{{}}" TargetMode="External"/>'
    )
    kinds = (
        "attachedTemplate",
        "image",
        "oleObject",
        "subDocument",
        "footnotes",
        "styles",
        "numbering",
        "hyperlink",
    )
    more = "".join(link.format(kind, kind) for kind in kinds)
    field = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDETEXT {address}/y</w:instrText></w:r>' \
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'  # fmt: skip
    body = (
        "".join(map(p, BODY))
        + p(field)
        + p("清渠县人民政府")
        + p("2024年1月15日")
        + '<w:altChunk r:id="t" xmlns:r="r"/>'
    )
    with zipfile.ZipFile(io.BytesIO(raw_docx(body))) as archive:
        parts: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    parts["word/_rels/document.xml.rels"] = relations("document.xml", more)
    parts["word/vbaProject.bin"] = bytes(1000)
    parts["word/media/1.png"] = bytes(60 * MIB)
    return zipped(parts)


def actions(address: str) -> str:
    return f"/OpenAction<</S/JavaScript/JS(app.launchURL('{address}'))>>/AA<</O<</S/Launch/F(/bin/sh)>>>>/URI({address})"


def links(address: str, text: str) -> str:
    lines = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return (
        f'<!DOCTYPE html SYSTEM "{address}/x.dtd"><html><head><meta charset="utf-8"><base href="{address}/">'
        f'<link rel="stylesheet" href="{address}/a.css"><meta http-equiv="refresh" content="0;url={address}/m">'
        f'<script src="{address}/s.js"></script></head><body onload="fetch(\'{address}/f\')"><div>{lines}</div>'
        f'<img src="{address}/i.png"><iframe src="file:///etc/passwd"></iframe><object data="{address}/o"></object></body></html>'
    )
