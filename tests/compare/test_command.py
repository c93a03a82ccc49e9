"""``audit compare`` through the installed command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.cli import compare as command
from auditor.cli.options import UsageError
from tests.compare import makers

AUDIT = Path(sys.executable).parent / "audit"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "compare.md"


def run(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(AUDIT), "compare", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1"},
        timeout=120,
    )


def test_text(files: dict[str, tuple[Path, Path]], tmp_path: Path) -> None:
    done = run(*files["county"], cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "今年没有下文（1）" in done.stdout
    assert "第31行" in done.stdout
    assert done.stdout.splitlines()[0] == "上下年对比"
    assert "结论：上年承诺 4 项" in done.stdout


def test_json_is_the_same_every_time_and_has_no_path(
    files: dict[str, tuple[Path, Path]], tmp_path: Path
) -> None:
    first, second = (run(*files["town"], "-f", "json", cwd=tmp_path) for _ in range(2))
    assert first.stdout == second.stdout
    assert str(files["town"][0].parent) not in first.stdout
    found = json.loads(first.stdout)
    assert found["schema"] == "fazhi-compare/1"
    assert found["mode"] == "years"
    assert [p["status"] for p in found["promises"]] == ["done", "done", "unclear", "continued"]
    documented = DOCS.read_text(encoding="utf-8")
    for key in (*found, *found["last"], *found["promises"][0], *found["figures"][0], *found["elements"][0]):
        assert f"`{key}`" in documented, key


def test_markdown_into_a_file(files: dict[str, tuple[Path, Path]], tmp_path: Path) -> None:
    done = run(*files["department"], "-f", "md", "-o", "对比.md", cwd=tmp_path)
    assert done.stdout.strip() == "对比.md"
    text = (tmp_path / "对比.md").read_text(encoding="utf-8")
    assert text.startswith("## 上下年对比\n")
    assert "| 今年没有下文 | " in text
    assert "水行政处罚裁量权基准" in text


def test_last_year_from_a_stored_result_or_the_archive(
    files: dict[str, tuple[Path, Path]], tmp_path: Path
) -> None:
    """The same comparison wherever last year's report comes from."""
    last, this = files["county"]
    wanted = run(last, this, "-f", "json", cwd=tmp_path).stdout
    audit = [str(AUDIT), str(last), "-f", "json", "-o", "out", "--store", "库.db", "-q"]
    subprocess.run(audit, cwd=tmp_path, check=False, timeout=120)
    assert run(f"out/{last.stem}.json", this, "-f", "json", cwd=tmp_path).stdout == wanted
    assert run(this, "--store", "库.db", "-f", "json", cwd=tmp_path).stdout == wanted
    alone = run(last, "--store", "库.db", cwd=tmp_path)
    assert alone.returncode == 2 and "年度的结果" in alone.stderr and alone.stdout == ""
    aside = run(this, "--store", "库.db", "--under", "别处/", cwd=tmp_path)
    assert aside.returncode == 2 and "年度的结果" in aside.stderr


def test_copies(tmp_path: Path) -> None:
    pytest.importorskip("datasketch", reason="没有装 datasketch（[compare]），跳过")
    planted = makers.folder(tmp_path / "reports", 4, every=4)
    done = run("reports", "--copies", "-f", "json", "-j", 1, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert {(p["first"], p["second"]) for p in found["pairs"]} == set(planted)
    documented = DOCS.read_text(encoding="utf-8")
    for key in (*found, *found["pairs"][0], *found["pairs"][0]["passages"][0]):
        assert f"`{key}`" in documented, key
    (tmp_path / "reports" / "坏.txt").write_bytes(b"")
    broken = run("reports", "--copies", cwd=tmp_path)
    assert broken.returncode == 2
    assert "未比对：坏.txt" in broken.stdout
    assert "结论：1 对报告有雷同段落" in broken.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["一份.txt"],
        ["没有.txt", "也没有.txt"],
        [".", "."],
        ["a.txt", "b.txt", "-f", "pdf"],
        ["a.txt", "b.txt", "--as", "别的"],
        [".", "--copies"],
        [".", "--copies", "--least", "200"],
        ["a.txt", "b.txt", "--store", "库.db"],
        ["没有.txt", "--store", "库.db"],
        ["坏.json", "坏.json"],
        [],
    ],
)
def test_2_unusable(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "坏.json").write_text("{}", encoding="utf-8")
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_2_no_report_inside(files: dict[str, tuple[Path, Path]], tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    done = run(files["town"][0], "空.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("未核查：")


def test_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    makers.folder(tmp_path, 2)
    monkeypatch.setitem(sys.modules, "datasketch", None)
    with pytest.raises(UsageError, match=r"fazhi-auditor\[compare\]"):
        command.compare([tmp_path], copies=True)
