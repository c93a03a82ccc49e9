"""Formats, policies, baseline, render and verify through the installed command."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.render.errors import PdfUnavailable
from auditor.render.fonts import choose_faces, installed_fonts
from auditor.render.formats import FORMATS
from auditor.render.pdf import load_weasyprint
from auditor.render.terminal import width

ROOT = Path(__file__).resolve().parents[2]
AUDIT = Path(sys.executable).parent / "audit"
GOOD = next(ROOT.glob("reports_in/清渠县*.txt"))
POOR = next(ROOT.glob("reports_in/石梁县*.txt"))
TEXTS = [name for name, form in FORMATS.items() if form.text]
LIGHT = [name for name in FORMATS if name not in ("pdf", "letter")]
try:
    choose_faces(installed_fonts())
    load_weasyprint()
    PDF = True
except PdfUnavailable:  # pragma: no cover
    PDF = False
needs_pdf = pytest.mark.skipif(not PDF, reason="没有Pango或中文字体")


def run(*words: object, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(AUDIT), *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, **(env or {})},
        timeout=120,
    )


@pytest.mark.parametrize(("report", "code"), [(GOOD, 0), (POOR, 1)])
def test_all_formats_at_once_have_the_code_of_one(report: Path, code: int, tmp_path: Path) -> None:
    done = run(report, "-f", ",".join(LIGHT), "-o", "out", cwd=tmp_path)
    assert done.returncode == code, done.stderr
    suffixes = {part.suffix for name in LIGHT for part in FORMATS[name].parts}
    assert {p.name.removeprefix(report.stem) for p in (tmp_path / "out").iterdir()} == suffixes
    for name in TEXTS:
        alone = run(report, "-f", name, "-o", "-", cwd=tmp_path)
        assert alone.returncode == code
        kept = (tmp_path / "out" / (report.stem + FORMATS[name].parts[0].suffix)).read_text("utf-8")
        assert alone.stdout == kept


def test_standard_output_takes_text_only(tmp_path: Path) -> None:
    for name in ("pdf", "xlsx", "docx", "letter", "json,md"):
        done = run(GOOD, "-f", name, "-o", "-", cwd=tmp_path)
        assert done.returncode == 2 and done.stdout == "" and "标准输出" not in done.stderr


def test_a_stored_result_gives_the_same_files_again(tmp_path: Path) -> None:
    formats = [name for name in LIGHT if name not in ("sarif", "github")]
    run(POOR, "-f", ",".join(LIGHT), "-o", "a", cwd=tmp_path)
    done = run("render", f"a/{POOR.stem}.json", "-f", ",".join(formats), "-o", "b", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for path in (tmp_path / "b").iterdir():
        assert path.read_bytes() == (tmp_path / "a" / path.name).read_bytes(), path.name
    where = run(
        "render", f"a/{POOR.stem}.json", "-f", "github", "--source", "稿/一.txt", "-o", "-", cwd=tmp_path
    )
    assert where.stdout.startswith("::error file=稿/一.txt")


@pytest.mark.parametrize("text", ["", "{}", '{"schema": "fazhi-audit/9"}', "[1]", "\x00"])
def test_2_render_of_what_is_no_result(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    for words in (("render", "x.json", "-f", "md"), (GOOD, "--baseline", "x.json", "-f", "json")):
        done = run(*words, cwd=tmp_path)
        assert done.returncode == 2 and len(done.stderr.splitlines()) == 1 and "x.json" in done.stderr
    assert run("render", "没有.json", cwd=tmp_path).returncode == 2


def test_shipped_policies_by_name(tmp_path: Path) -> None:
    codes = {}
    for name in ("default", "strict", "advisory"):
        done = run(POOR, "--gate", name, "-f", "json", "-o", name, cwd=tmp_path)
        codes[name] = done.returncode
        result = json.loads((tmp_path / name / f"{POOR.stem}.json").read_text("utf-8"))
        assert result["gate"]["policy"] == result["options"]["gate"] == name
        if name == "advisory":
            assert result["gate"]["warnings"]
    assert codes == {"default": 1, "strict": 1, "advisory": 0}
    assert run(POOR, "--gate", "没有", "-f", "json", cwd=tmp_path).returncode == 2


def test_strict_needs_every_headline_element(tmp_path: Path) -> None:
    run(POOR, "--gate", "strict", "-f", "json", "-o", "out", cwd=tmp_path)
    result = json.loads((tmp_path / "out" / f"{POOR.stem}.json").read_text("utf-8"))
    failed = {failure["rule"] for failure in result["gate"]["failures"]}
    assert {
        e["id"] for e in result["elements"] if e["headline"] and e["status"] in ("weak", "missing")
    } <= failed


def test_fail_on(tmp_path: Path) -> None:
    assert run(POOR, "--gate", "advisory", "--fail-on", "missing", "-f", "json", cwd=tmp_path).returncode == 1
    assert run(POOR, "--gate", "advisory", "--fail-on", "error", "-f", "json", cwd=tmp_path).returncode == 1
    assert run(POOR, "--no-gate", "--fail-on", "weak", "-f", "json", cwd=tmp_path).returncode == 0
    assert run(POOR, "--fail-on", "note", "-f", "json", cwd=tmp_path).returncode == 2


def test_a_baseline_lets_old_gaps_pass(tmp_path: Path) -> None:
    run(POOR, "-f", "json", "-o", "old", cwd=tmp_path)
    old = tmp_path / "old" / f"{POOR.stem}.json"
    draft = tmp_path / "二稿.txt"
    # Other lines, another name and digest: still the same unit and year.
    draft.write_text("\n\n" + POOR.read_text("utf-8"), encoding="utf-8")
    assert run(draft, "-f", "json", "-o", "new", cwd=tmp_path).returncode == 1
    done = run(draft, "--baseline", old, "-f", "json", "-o", "new", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert run(draft, "--baseline", "old", "-f", "json", "-o", "new", cwd=tmp_path).returncode == 0
    other = run(GOOD, "--baseline", old, "-f", "json", "-o", "new", cwd=tmp_path)
    assert other.returncode == 0 and "基线里没有" in other.stderr


def test_letterhead_from_config_and_options(tmp_path: Path) -> None:
    (tmp_path / "audit.yaml").write_text("organisation: 甲县司法局\n", encoding="utf-8")
    done = run(GOOD, "-f", "docx", "-o", "out", "--addressee", "甲县人民政府", cwd=tmp_path)
    assert done.returncode == 0
    from tests.render.reading import word_text

    text = word_text((tmp_path / "out" / f"{GOOD.stem}.docx").read_bytes())
    assert "甲县人民政府：" in text and "甲县司法局" in text and "（成文日期待填）" in text
    (tmp_path / "audit.yaml").write_text("organization: 甲县司法局\n", encoding="utf-8")
    broken = run(GOOD, "-f", "json", "-o", "out", cwd=tmp_path)
    assert broken.returncode == 2 and "organization" in broken.stderr


def test_an_unreadable_report_is_told_to_machines(tmp_path: Path) -> None:
    (tmp_path / "坏.txt").write_bytes(b"")
    done = run("坏.txt", "-f", "json,junit,sarif,github", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"坏.junit.xml", "坏.sarif", "坏.github.txt"}


def test_3_when_one_file_cannot_be_written_the_others_are(tmp_path: Path) -> None:
    (tmp_path / "out" / f"{GOOD.stem}.md").mkdir(parents=True)
    done = run(GOOD, "-f", "md,json,html", "-o", "out", cwd=tmp_path)
    assert done.returncode == 3 and len(done.stderr.splitlines()) == 1
    assert (tmp_path / "out" / f"{GOOD.stem}.json").exists() and (
        tmp_path / "out" / f"{GOOD.stem}.html"
    ).exists()
    assert not list((tmp_path / "out").glob(".audit-*"))


def test_no_absolute_path_in_any_format(tmp_path: Path) -> None:
    work = tmp_path / "secretplace"
    work.mkdir()
    (work / "报告.txt").write_bytes(GOOD.read_bytes())
    run(work / "报告.txt", "-f", ",".join(LIGHT), "-o", "out", cwd=tmp_path / "secretplace")
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    run(work / "报告.txt", "-f", ",".join(TEXTS), "-o", "out", cwd=outside)
    for path in [*(work / "out").iterdir(), *(outside / "out").iterdir()]:
        assert b"secretplace" not in path.read_bytes(), path.name


@needs_pdf
def test_verify(tmp_path: Path) -> None:
    (tmp_path / "audit.yaml").write_text("organisation: 甲县司法局\n", encoding="utf-8")
    run(GOOD, "-o", "out", "--published", "2025-03-01", cwd=tmp_path)
    paper = tmp_path / "out" / f"{GOOD.stem}.pdf"
    done = run("verify", paper, GOOD, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-1] == "结论：一致"
    assert run("verify", paper, cwd=tmp_path).returncode == 0
    (tmp_path / "改.txt").write_text(GOOD.read_text("utf-8").replace("述法", "述职"), encoding="utf-8")
    changed = run("verify", paper, "改.txt", cwd=tmp_path)
    assert changed.returncode == 1 and "不是同一份" in changed.stdout and "述法.开展" in changed.stdout
    assert run("verify", paper, "没有.txt", cwd=tmp_path).returncode == 2


@needs_pdf
def test_verify_on_the_terms_of_the_first_run(tmp_path: Path) -> None:
    """The result tells thresholds, shipped policies and further gaps; a baseline has to be brought again."""
    paper = tmp_path / "out" / f"{POOR.stem}.pdf"
    for words in (("--fail-under", "20"), ("--gate", "advisory", "--fail-on", "missing,error")):
        run(POOR, "-f", "pdf", "-o", "out", *words, cwd=tmp_path)
        same = run("verify", paper, POOR, cwd=tmp_path)
        assert same.returncode == 0 and same.stdout.splitlines()[-1] == "结论：一致", same.stdout
    run(POOR, "-f", "json", "-o", "old", cwd=tmp_path)
    run(POOR, "-f", "pdf", "-o", "out", "--baseline", "old", cwd=tmp_path)
    same = run("verify", paper, POOR, "--baseline", "old", cwd=tmp_path)
    assert same.returncode == 0 and same.stdout.splitlines()[-1] == "结论：一致", same.stdout
    other = run("verify", paper, POOR, cwd=tmp_path)
    assert other.returncode == 1 and "同样的文件" in other.stdout and "现为 未用" in other.stdout


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_help_fits_the_terminal_and_explains_every_argument(columns: int, tmp_path: Path) -> None:
    names = ("render", "verify", "explain", "waive", "compare", "history")
    for words in ((), *((name,) for name in names)):
        done = run(*words, "--help", cwd=tmp_path, env={"COLUMNS": str(columns)})
        assert done.returncode == 0, done.stderr
        lines = done.stdout.splitlines()
        assert all(width(line) <= columns for line in lines), [
            line for line in lines if width(line) > columns
        ]
        start = lines.index("", 2) + 1
        named = [line for line in lines[start:] if line.startswith("  ") and line[2] not in " -"]
        for line in named if words else named[:1]:
            assert re.search(r"\S {2,}\S", line), line
    text = run("--help", cwd=tmp_path).stdout
    assert "audit compare" in text and "退出码：0 通过" in text


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7\n", b"not a pdf" * 100, b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj"]
)
def test_2_verify_of_what_is_no_audit(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(data)
    done = run("verify", "x.pdf", cwd=tmp_path)
    assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1, done.stderr
