"""One verdict, many formats: whatever is written says the same, safely and with the same bytes every time."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from auditor.letterhead import Office
from auditor.model import GateResult, Result
from auditor.render import wording
from auditor.render.body import conclusion_lines, for_reference, report_year
from auditor.render.errors import PdfUnavailable, RenderError
from auditor.render.fonts import choose_faces, installed_fonts
from auditor.render.formats import FORMATS, Rendered, Setting
from auditor.render.issues import Weight, issues_of, status_counts, verdict_line
from auditor.render.json import from_json
from auditor.render.pdf import load_weasyprint
from auditor.render.writing import write_all, write_failed
from tests.render import factory, reading
from tests.render.factory import HOSTILE

OFFICE = Office(
    "云溪县司法局", "云溪县人民政府", "云司〔2025〕1号", "2025-04-01", "2025-04-20", "云司函〔2025〕2号"
)
RESULTS = {
    "failed": factory.make_result,
    "passed": factory.make_good,
    "off": lambda: replace(factory.make_result(), gate=GateResult(None, None)),
    "reference": lambda: factory.make_result(year=2026),
    "hostile": factory.make_hostile,
}
try:
    choose_faces(installed_fonts())
    load_weasyprint()
    PDF = True
except PdfUnavailable:  # pragma: no cover
    PDF = False
needs_pdf = pytest.mark.skipif(not PDF, reason="没有Pango或中文字体")


def files(result: Result, *names: str) -> dict[str, bytes]:
    """Bytes by suffix, every format but the PDFs unless named."""
    out: dict[str, bytes] = {}

    def store(suffix: str, data: bytes) -> str:
        out[suffix] = data
        return suffix

    wanted = names or [name for name in FORMATS if name not in ("pdf", "letter")]
    outcomes = list(write_all(wanted, result, Setting(OFFICE), store))
    assert [o.fault for o in outcomes if o.fault] == []
    return out


@pytest.fixture(scope="module", params=sorted(RESULTS))
def case(request: pytest.FixtureRequest) -> tuple[Result, dict[str, bytes]]:
    result = RESULTS[request.param]()
    return result, files(result)


Case = tuple[Result, dict[str, bytes]]


def words_of(result: Result) -> dict[str, str]:
    return {e.id: wording.status_word(e, reference=for_reference(result)) for e in result.elements}


def first_line(result: Result) -> str:
    return reading.squeezed(conclusion_lines(result, 0, report_year(result))[0])


def test_json_is_the_result(case: Case) -> None:
    result, made = case
    # NOTE: lone surrogates are no JSON; the factory's hostile strings have none.
    assert from_json(made[".json"]) == result


def test_html_agrees(case: Case) -> None:
    result, made = case
    page = reading.Page(made[".html"].decode())
    _, head = page.having("data-gate")[0]
    assert head["data-gate"] == {True: "passed", False: "failed", None: "none"}[result.gate.passed]
    assert head["data-score"] == f"{result.score.total:.1f}"
    for status, count in status_counts(result).items():
        assert head[f"data-{status.value}"] == str(count)
    said = {a["data-id"]: a["data-status"] for _, a in page.having("data-id")}
    assert {e.id: said[e.id] for e in result.elements} == {e.id: e.status.value for e in result.elements}
    assert verdict_line(result) in page.text


def test_no_format_says_what_the_rules_missed_of_a_confirmed_element() -> None:
    result = factory.make_result()
    told = "全文没有提到这件事"
    elements = tuple(replace(e, reason=told) if wording.is_confirmed(e) else e for e in result.elements)
    assert elements != result.elements
    made = files(replace(result, elements=elements))
    with zipfile.ZipFile(io.BytesIO(made.pop(".xlsx"))) as book:
        made |= {name: book.read(name) for name in book.namelist()}
    del made[".json"], made[".docx"]
    assert len(made) > 6
    assert [name for name, data in made.items() if told in data.decode()] == []


def test_markdown_agrees(case: Case) -> None:
    result, made = case
    text = reading.plain(made[".md"].decode())
    assert verdict_line(result) in text
    rows = [
        [cell.strip() for cell in line.split(" | ")] for line in text.splitlines() if line.startswith("| ")
    ]
    said = {row[2]: row[3] for row in rows if len(row) == 6}
    assert {e.id: said[e.id] for e in result.elements} == words_of(result)


def test_xlsx_agrees(case: Case) -> None:
    result, made = case
    head, *rows = reading.sheet_rows(made[".xlsx"], 1)
    at = {title: number for number, title in enumerate(head)}
    said = {row[at["编号"]]: (row[at["状态"]], row[at["结论"]], row[at["得点"]]) for row in rows}
    words = words_of(result)
    assert said == {e.id: (e.status.value, words[e.id], e.points) for e in result.elements}
    assert len(reading.sheet_rows(made[".xlsx"], 2)) == 1 + len(result.findings)
    summary = {row[0]: row[1] for row in reading.sheet_rows(made[".xlsx"], 3)}
    assert summary["结论"] == verdict_line(result) and summary["总分"] == result.score.total


def test_sarif_agrees(case: Case) -> None:
    result, made = case
    (run,) = json.loads(made[".sarif"])["runs"]
    said = run["properties"]
    assert said["gatePassed"] is result.gate.passed and said["score"] == result.score.total
    assert said["counts"] == {s.value: n for s, n in status_counts(result).items()}
    assert said["verdict"] == verdict_line(result)
    gaps = {e.id: e.status.value for e in result.elements if wording.is_gap(e)}
    shown = {r["ruleId"]: r["properties"]["status"] for r in run["results"] if "status" in r["properties"]}
    assert shown == gaps
    open_findings = [f.id for f in result.findings if f.decision is None]
    assert sorted(
        r["properties"]["finding"] for r in run["results"] if "finding" in r["properties"]
    ) == sorted(open_findings)


def test_junit_agrees(case: Case) -> None:
    result, made = case
    root = ElementTree.fromstring(made[".junit.xml"])
    (suite,) = root
    said = {p.get("name"): p.get("value") for p in suite.find("properties") or ()}
    assert said["verdict"] == verdict_line(result)
    assert (int(suite.get("failures", "0")) > 0) is (result.gate.passed is False)
    statuses = {}
    for case_ in suite.iter("testcase"):
        for prop in case_.iter("property"):
            statuses[(case_.get("name") or "").split(" ")[0]] = prop.get("value")
    assert statuses == {e.id: e.status.value for e in result.elements}
    counted = Counter(
        next((c.tag for c in t if c.tag in ("failure", "skipped", "error")), "passed")
        for t in suite.iter("testcase")
    )
    assert (int(suite.get("tests", "0")), int(suite.get("skipped", "0"))) == (
        counted.total(),
        counted["skipped"],
    )


def test_github_agrees(case: Case) -> None:
    result, made = case
    *lines, last = made[".github.txt"].decode().splitlines()
    assert last.endswith(f"::{verdict_line(result)}")
    assert last.startswith("::error" if result.gate.passed is False else "::notice")
    issues = issues_of(result)
    assert len(lines) == len(issues)
    errors = sum(line.startswith("::error") for line in lines)
    assert errors == sum(issue.weight is Weight.FAILURE for issue in issues)
    assert all(
        re.match(r"::(error|warning|notice) file=[^:,\n]+(,line=\d+)?,title=[^:,\n]*::[^\n]", ln)
        for ln in lines
    )


def test_docx_agrees(case: Case) -> None:
    result, made = case
    assert first_line(result) in reading.squeezed(reading.word_text(made[".docx"]))
    rows = [row for row in reading.word_rows(made[".docx"]) if len(row) == 6 and "\n" in row[1]]
    said = {row[1].split("\n")[-1]: row[2] for row in rows}
    assert {e.id: said[e.id] for e in result.elements} == words_of(result)


@needs_pdf
def test_pdf_and_letter_agree() -> None:
    result = factory.make_result()
    made = files(result, "pdf", "letter")
    assert list(made) == [".pdf", ".letter.docx", ".letter.pdf"]
    printed = {
        suffix: reading.squeezed(
            "".join(page.extract_text() for page in PdfReader(io.BytesIO(made[suffix])).pages)
        )
        for suffix in (".pdf", ".letter.pdf")
    }
    assert first_line(result) in printed[".pdf"]
    assert from_json(PdfReader(io.BytesIO(made[".pdf"])).attachments["result.json"][0]) == result
    for text in (printed[".letter.pdf"], reading.squeezed(reading.word_text(made[".letter.docx"]))):
        assert reading.squeezed(verdict_line(result)) in text


def test_same_input_same_bytes() -> None:
    result = factory.make_result()
    assert files(result) == files(result)
    script = (
        "import hashlib, time; from tests.render.test_formats import *;"
        "made = files(factory.make_result(), *[n for n in FORMATS if n not in ('pdf', 'letter')]);"
        "print({k: hashlib.sha256(v).hexdigest() for k, v in made.items()})"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            check=True,
            env={"TZ": zone, "LC_ALL": "C", "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        ).stdout
        for zone, seed in (("Asia/Shanghai", "1"), ("America/New_York", "2"))
    }
    assert len(runs) == 1


def test_a_json_run_imports_no_heavy_library() -> None:
    script = (
        "import sys; from tests.render import factory; from auditor.render.formats import *;"
        "from auditor.cli import main; import auditor.cli.again;"
        "FORMATS['json'].parts[0].render(factory.make_small(), Setting());"
        "heavy = {'weasyprint', 'jinja2', 'xlsxwriter', 'docx', 'lxml', 'pypdf'};"
        "sys.exit(','.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_failed_writer_loses_only_its_own_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AUDIT_DEBUG", raising=False)

    def broken(result: Result, setting: Setting) -> Rendered:
        raise ValueError("boom")

    def refused(result: Result, setting: Setting) -> Rendered:
        raise RenderError("写不出来")

    for name, writer in (("md", broken), ("xlsx", refused)):
        old = FORMATS[name]
        monkeypatch.setitem(FORMATS, name, replace(old, parts=(replace(old.parts[0], render=writer),)))
    kept: list[str] = []

    def store(suffix: str, data: bytes) -> str:
        if suffix == ".sarif":
            raise OSError("磁盘满了")
        kept.append(suffix)
        return suffix

    outcomes = list(
        write_all(("json", "md", "xlsx", "sarif", "junit"), factory.make_small(), Setting(), store)
    )
    assert kept == [".json", ".junit.xml"]
    faults = [o.fault for o in outcomes if o.fault]
    assert len(faults) == 3 and "ValueError" in faults[0] and faults[1:] == ["写不出来", "磁盘满了"]


def test_an_unreadable_report_is_an_error_for_machines() -> None:
    made: dict[str, bytes] = {}

    def store(suffix: str, data: bytes) -> str:
        made[suffix] = data
        return suffix

    outcomes = list(write_failed(FORMATS, "收件/坏\u202e.txt", "文件是空的", store))
    assert all(o.fault is None for o in outcomes) and set(made) == {
        ".sarif",
        ".full.sarif",
        ".junit.xml",
        ".github.txt",
    }
    (run,) = json.loads(made[".sarif"])["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False and run["results"] == []
    suite = ElementTree.fromstring(made[".junit.xml"])[0]
    assert suite.get("errors") == "1" and suite.find("testcase/error") is not None
    assert made[".github.txt"].decode().startswith("::error file=收件/坏〔U+202E〕.txt")


# Safety


def test_html_is_closed_and_escaped() -> None:
    source = files(factory.make_hostile(), "html")[".html"].decode()
    page = reading.Page(source)
    assert page.open == []
    tags = Counter(tag for tag, _ in page.tags)
    assert (
        tags["script"] == tags["style"] == 1 and not tags["img"] and not tags["iframe"] and not tags["link"]
    )
    assert not page.having("style") and not [a for _, a in page.tags for name in a if name.startswith("on")]
    assert all(not (a.get("src") or "") and (a.get("href") or "#").startswith("#") for _, a in page.tags)
    policy = next(a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy and policy.startswith("default-src 'none'; style-src 'sha256-") and "unsafe" not in policy
    assert "\u202e" not in source and "\x00" not in source and "〔U+202E〕" in source
    ids = [a["id"] for _, a in page.having("id")]
    assert len(ids) == len(set(ids))
    targets = {(a["href"] or "")[1:] for _, a in page.having("href")}
    assert targets <= set(ids)


def test_html_keeps_the_whole_text_and_marks_every_quotation() -> None:
    result = factory.make_result()
    page = reading.Page(files(result, "html")[".html"].decode())
    marked = {key for _, a in page.having("data-refs") for key in (a["data-refs"] or "").split()}
    wanted = {f"e{n}" for n, e in enumerate(result.elements, 1) if e.evidence}
    assert wanted <= marked
    links = {a["href"] for _, a in page.having("href")}
    for element in result.elements:
        for evidence in element.evidence:
            assert f"#p{evidence.start}" in links
    flat = reading.squeezed(page.text)
    for line in result.report.text.splitlines():
        for clause in re.split("[，。]", line):
            assert reading.squeezed(clause) in flat


def test_markdown_is_text_only() -> None:
    source = files(factory.make_hostile(), "md")[".md"].decode()
    tags = set(re.findall(r"<[^>]*>", source))
    assert tags <= {
        "<br>",
        "<details>",
        "</details>",
        "<summary>核查依据</summary>",
        "<summary>",
        "</summary>",
    }
    assert "http://" not in source and "{{" not in source and "`" not in source
    columns = {line.count(" | ") for line in source.splitlines() if line.startswith("| ")}
    assert columns <= {3, 4, 5}


def test_xlsx_takes_nothing_for_a_formula() -> None:
    result = factory.make_result()
    bad = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://127.0.0.1:9/","x")', "http://127.0.0.1:9/")
    elements = tuple(replace(e, reason=bad[n % len(bad)]) for n, e in enumerate(result.elements))
    data = files(replace(result, elements=elements), "xlsx")[".xlsx"]
    rows = reading.sheet_rows(data, 1)
    assert [row[10] for row in rows[1:7]] == list(bad)
    styles = reading.part(data, "xl/styles.xml")
    assert any(xf.get("quotePrefix") == "1" for xf in styles.iter(f"{reading.SHEET}xf"))
    assert not list(reading.part(data, "xl/worksheets/sheet1.xml").iter(f"{reading.SHEET}hyperlink"))


def test_xlsx_cuts_what_a_cell_cannot_hold() -> None:
    result = factory.make_small()
    elements = (replace(result.elements[0], reason="长" * 40_000), *result.elements[1:])
    rows = reading.sheet_rows(files(replace(result, elements=elements), "xlsx")[".xlsx"], 1)
    assert len(str(rows[1][10])) == 32_000


def test_machine_formats_hold_no_control_characters() -> None:
    made = files(factory.make_hostile())
    for suffix in (".junit.xml", ".github.txt", ".sarif", ".md"):
        text = made[suffix].decode()
        assert "\u202e" not in text and "\x00" not in text, suffix
    ElementTree.fromstring(made[".junit.xml"])
    assert "<script>" not in made[".junit.xml"].decode()
    assert HOSTILE not in made[".github.txt"].decode()


# SARIF positions and fingerprints; the letter


def test_sarif_places_and_fingerprints() -> None:
    result = factory.make_result()
    (run,) = json.loads(files(result, "sarif")[".sarif"])["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    lines = result.report.text.split("\n")
    for entry in run["results"]:
        region = entry["locations"][0]["physicalLocation"]["region"]
        if "charOffset" in region:
            start, end = region["charOffset"], region["charOffset"] + region["charLength"]
            assert result.report.text[start:end].startswith(
                lines[region["startLine"] - 1][region["startColumn"] - 1 :][: end - start]
            )
        assert region["startLine"] >= 1
    prints = [entry["partialFingerprints"]["fazhiAudit/v1"] for entry in run["results"]]
    assert len(set(prints)) == len(prints)
    # Two lines more at the top: places move, fingerprints stay.
    text = "\n\n" + result.report.text
    moved = replace(result, report=replace(result.report, text=text, sha256="0" * 64))
    moved = replace(
        moved,
        elements=tuple(
            replace(
                e,
                evidence=tuple(
                    replace(v, start=v.start + 2, end=v.end + 2, line=v.line + 2) for v in e.evidence
                ),
            )
            for e in moved.elements
        ),
        sections=tuple(replace(s, start=s.start + 2, end=s.end + 2) for s in moved.sections),
    )
    (other,) = json.loads(files(moved, "sarif")[".sarif"])["runs"]
    assert [entry["partialFingerprints"]["fazhiAudit/v1"] for entry in other["results"]] == prints
    missing = next(e for e in run["results"] if e["properties"].get("status") == "missing")
    assert missing["properties"]["where"] == "应写处" and "建议写在" in missing["message"]["text"]


def test_the_letter_lists_only_what_to_mend() -> None:
    from auditor.render.letter import build_letter, letter_docx

    result = factory.make_result()
    letter = build_letter(result, OFFICE)
    assert letter.addressee == "云溪县人民政府" and letter.number == "云司函〔2025〕2号"
    text = "\n".join(block.text for block in letter.blocks)
    assert "2025年4月20日前" in text and "第一责任人职责。法定内容缺失" in text
    assert "负责人出庭31件，多于行政应诉案件29件" in text and "建议写在" in text
    assert "告知承诺" not in text and "违反" not in text
    assert "没有须在公布前补正的内容" in build_letter(factory.make_good(), OFFICE).blocks[0].text
    assert "（补正期限待填）" in "".join(b.text for b in build_letter(result, Office()).blocks)
    assert "云溪县司法局" in reading.word_text(letter_docx(result, OFFICE))


def test_the_office_may_word_the_letter_itself() -> None:
    from auditor.render.letter import build_letter

    own = "# 补正通知\n请{{ unit }}补正：\n{% for item in items %}\n{{ item.name }}\n{% endfor %}\n## 结尾\n"
    letter = build_letter(factory.make_result(), replace(OFFICE, letter_template=own))
    assert letter.title_lines == ("补正通知",) and letter.blocks[-1].heading
    for wrong in (
        "{{ nothing }}",
        "{% for %}",
        "{{ unit.__class__.__mro__ }}",
        "{{ 1 // 0 }}",
        "{{ items.append(1) }}",
    ):
        with pytest.raises(RenderError, match="整改通知的模板有误"):
            build_letter(factory.make_result(), replace(OFFICE, letter_template=wrong))


def test_word_page_and_faces() -> None:
    data = files(factory.make_result(), "docx")[".docx"]
    root = reading.part(data, "word/document.xml")
    margins = next(root.iter(f"{reading.WORD}pgMar"))
    twips = {
        side: int(margins.get(f"{reading.WORD}{side}") or 0) for side in ("top", "bottom", "left", "right")
    }
    assert {side: round(value / 56.6929) for side, value in twips.items()} == {
        "top": 37,
        "bottom": 35,
        "left": 28,
        "right": 26,
    }
    faces = {fonts.get(f"{reading.WORD}eastAsia") for fonts in root.iter(f"{reading.WORD}rFonts")}
    assert faces == {"方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"}
    spacings = {
        s.get(f"{reading.WORD}line")
        for s in root.iter(f"{reading.WORD}spacing")
        if s.get(f"{reading.WORD}line")
    }
    assert "579" in spacings
