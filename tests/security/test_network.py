"""Nothing is fetched: a server that listens and a file that must not be read prove it for every reader and format."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from auditor.letterhead import Office
from auditor.model import Finding, Result, Severity
from auditor.readers.dispatch import extract
from auditor.reading import read_bytes
from auditor.render.formats import FORMATS, Setting
from tests.readers.helpers import W, drawn, p, raw_docx, raw_pdf, to_page, zipped
from tests.render import factory
from tests.render.reading import Page
from tests.security.helpers import GOOD, listening, run

SECRET = "机密内容-不得外泄"
TEXT = GOOD.read_text(encoding="utf-8")


@pytest.fixture
def traps(tmp_path: Path) -> Iterator[list[str]]:
    """Addresses that must not be followed; a request to one of them fails the test."""
    secret = tmp_path / "secret.css"
    secret.write_text(SECRET, encoding="utf-8")
    with listening() as (address, asked):
        yield [f"{address}/trap", secret.as_uri(), str(secret)]
        assert asked == []


def hostile(traps: list[str]) -> Result:
    """A result whose every text tries to make a renderer fetch something."""
    web, file, path = traps
    markup = (
        f'<img src="{web}"><img src="{file}"><link rel=stylesheet href="{file}"><link rel=attachment href="{file}">'
        f'<script src="{web}"></script><iframe src="{file}"></iframe><object data="{file}"></object><style>@import "{file}";'
        f'body{{background:url({web})}}</style>"><a href="{file}">x</a>![x]({web})[x]({file}) {web} {file} {path}'
        f'{{% include "{path}" %}}&#x3c;img src={web}&#x3e;<svg><image href="{file}"/></svg>'
    )
    result = factory.make_small()
    elements = tuple(
        replace(
            e, name=markup[:400], reason=markup, advice=markup, sought=(markup,),
            evidence=tuple(replace(v, quote=markup, phrase=markup, section=markup) for v in e.evidence),
            basis=tuple(replace(b, document=markup, article=markup, gist=markup) for b in e.basis),
        )
        for e in result.elements
    )  # fmt: skip
    finding = Finding(
        "算术.一", "arithmetic", Severity.ERROR, markup, markup, 0, 5, 1, expected=markup, stated=markup
    )
    report = replace(
        result.report, title=markup, issuer=markup, file=f"{web}.txt", text=markup + result.report.text
    )
    return replace(result, elements=elements, findings=(finding,), report=report)


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("pdf", "letter")])
def test_formats_fetch_nothing(name: str, traps: list[str]) -> None:
    office = Office(organisation=f'<img src="{traps[0]}">', addressee=f"@import url({traps[1]})")
    for part in FORMATS[name].parts:
        data = part.render(hostile(traps), Setting(office, "报告.txt")).data
        assert SECRET.encode() not in data
        if name == "html":
            page = Page(data.decode())
            for attribute in ("src", "href", "data", "action", "srcset", "poster", "background"):
                assert all((a[attribute] or "").startswith("#") for _, a in page.having(attribute))
        if name in ("docx", "xlsx"):
            _no_links(data)


def _no_links(data: bytes) -> None:
    """No relation of an Office package leads outside."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in package.namelist():
            if part.endswith(".rels"):
                assert b'TargetMode="External"' not in package.read(part), part


@pytest.mark.slow
@pytest.mark.parametrize("name", ["pdf", "letter"])
def test_papers_fetch_nothing(name: str, traps: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    connected: list[object] = []
    real = socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", lambda self, to: (connected.append(to), real(self, to))[1])
    own = "# {{ unit }}\n{% for item in items %}{{ item.name }}{% endfor %}\n"
    office = Office(organisation=f'<img src="{traps[1]}">', letter_template=own if name == "letter" else None)
    for part in FORMATS[name].parts:
        assert SECRET.encode() not in part.render(hostile(traps), Setting(office, "报告.txt")).data
    assert connected == []


def test_the_fetcher_of_the_paper_refuses(traps: list[str]) -> None:
    """Markup that got through unescaped would still fetch nothing."""
    from auditor.render.errors import RenderError
    from auditor.render.pdf import render_other

    for tag in (
        f'<img src="{traps[0]}"/>', f'<img src="{traps[1]}"/>', f'<link rel="stylesheet" href="{traps[1]}"/>',
        f'<link rel="attachment" href="{traps[1]}"/>', f'<style>@import "{traps[0]}";</style>',
        f'<p style="background: url({traps[1]})">x</p>', f'<object data="{traps[1]}"></object>',
        f'<svg><image href="{traps[0]}"/></svg>', '<base href="file:///etc/"/><img src="passwd"/>',
    ):  # fmt: skip
        try:
            document = render_other(
                f"<html lang='zh-CN'><head><title>x</title></head><body>{tag}</body></html>"
            )
        except RenderError as error:
            assert "外部资源" in str(error)
        else:
            assert SECRET.encode() not in document.data


def test_web_pages_fetch_nothing(traps: list[str]) -> None:
    web, file, _ = traps
    head = f'<base href="{web}"><link rel=stylesheet href="{file}"><meta http-equiv=refresh content="0;url={web}">'
    page = to_page(TEXT, title="年度报告", meta=head).decode()
    page = page.replace(
        "<body>", f'<body background="{file}"><img src="{web}"><iframe src="{file}"></iframe>'
    )
    page = page.replace("<!DOCTYPE html>", f'<!DOCTYPE html SYSTEM "{web}"[<!ENTITY x SYSTEM "{file}">]>')
    for data in (page.encode(), (f'<?xml version="1.0"?><?xml-stylesheet href="{file}"?>' + page).encode()):
        assert SECRET not in extract(data).text


def test_word_documents_fetch_nothing(traps: list[str]) -> None:
    web, file, path = traps
    links = "".join(
        f'<Relationship Id="r{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="External"/>'
        for n, (kind, target) in enumerate(
            [
                ("image", web),
                ("attachedTemplate", file),
                ("subDocument", file),
                ("footnotes", file),
                ("styles", path),
            ]
        )
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    fields = "".join(
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>{kind} "{target}"</w:instrText>'
        '<w:fldChar w:fldCharType="end"/></w:r></w:p>'
        for kind in ("INCLUDETEXT", "INCLUDEPICTURE", "DDEAUTO", "HYPERLINK")
        for target in (web, path)
    )
    import io
    import zipfile

    with zipfile.ZipFile(
        io.BytesIO(raw_docx(p("法治政府建设的正文。" * 9) + fields + '<w:altChunk r:id="r1" xmlns:r="x"/>'))
    ) as old:
        parts: dict[str, bytes | str] = {name: old.read(name) for name in old.namelist()}
    parts["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{space}">{links}</Relationships>'
    assert SECRET not in extract(zipped(parts)).text
    assert W in parts["word/document.xml"].decode()  # type: ignore[union-attr]


def test_pdf_and_text_fetch_nothing(traps: list[str]) -> None:
    web, file, path = traps
    action = f"/URI({web})" + f"/OpenAction<</S/URI/URI({web})>>/AA<</O<</S/Launch/F({path})>>>>"
    data = raw_pdf(drawn(["法治政府建设情况报告", "全年工作情况"]), extra=action).replace(
        b"<</Type/Catalog",
        f"<</Type/Catalog/OpenAction<</S/URI/URI({web})>>/AA<</WC<</S/GoToR/F({file})>>>>".encode(),
    )
    assert SECRET not in extract(data).text
    note = f"\n![图]({web})\n[x]: {file}\n<img src='{file}'>\n{web}\n"
    for name in ("报告.md", "报告.txt"):
        assert SECRET not in read_bytes((TEXT + note).encode(), name).text


def test_config_gate_and_rules_take_no_addresses(traps: list[str], tmp_path: Path) -> None:
    for words in (
        ["--gate", traps[0]],
        ["--waivers", traps[0]],
        ["--rules", traps[0]],
        ["--baseline", traps[0]],
        [traps[0]],
    ):
        done = run(GOOD, *words, "-f", "json", "-o", tmp_path / "out", cwd=tmp_path)
        assert done.returncode == 2, done.stderr
    (tmp_path / "audit.yaml").write_text(f"letter_template: '{traps[0]}'\n", encoding="utf-8")
    assert run(GOOD, "-f", "letter", "-o", tmp_path / "out", cwd=tmp_path).returncode == 2
