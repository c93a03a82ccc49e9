"""Standard streams that are closed, full or read by nobody, and no terminal at all."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.faults.helpers import GOOD, command, environment, leftovers, results, run, shell, told, town


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return town(tmp_path / "报告.txt")


@pytest.mark.parametrize(
    "closing",
    [
        ">&-",
        pytest.param("2>&-", marks=pytest.mark.slow),
        pytest.param("<&-", marks=pytest.mark.slow),
        "<&- >&- 2>&-",
    ],
)
def test_closed_streams_change_nothing(closing: str, report: Path, tmp_path: Path) -> None:
    for words, made in (([], {"报告.json"}), ([tmp_path], {"报告.json", "summary.json"})):
        out = tmp_path / f"out{len(words)}"
        done = shell(f'"$@" {closing}', report, *words, "-f", "json", "--no-gate", "-o", out)
        assert done.returncode == 0, (done.returncode, done.stderr)
        assert "Traceback" not in done.stderr and set(results(out)) == made
        json.loads((out / "报告.json").read_bytes())


def test_a_result_for_a_closed_standard_output(report: Path) -> None:
    told(shell('"$@" >&-', report, "-f", "json", "-q", "-o", "-"), 3, "标准输出")
    told(shell('"$@" >&-', "rules", "list"), 3, "标准输出")


def test_a_reader_that_goes_away(report: Path, tmp_path: Path) -> None:
    done = shell('"$@" | head -1; echo "${PIPESTATUS[0]}"', GOOD, "-f", "json", "-q", "-o", "-")
    assert done.stdout.splitlines()[0] == "{" and done.stderr == ""
    # A pipe holds 64 KiB: whether the writer noticed depends on the length of the result.
    assert done.stdout.splitlines()[-1] in ("0", "3")
    done = shell('"$@" | true; echo "${PIPESTATUS[0]}"', GOOD, "-f", "json", "-q", "-o", "-")
    assert done.stdout.strip() == "3" and done.stderr == ""
    # The summary is only said; the results stand in the folder.
    done = shell(
        '"$@" | true; echo "${PIPESTATUS[0]}"', report, "-f", "json", "--no-gate", "-o", tmp_path / "out"
    )
    assert done.stdout.strip() == "0" and done.stderr == "" and "报告.json" in results(tmp_path / "out")
    done = shell('"$@" | true; echo "${PIPESTATUS[0]}"', "rules", "coverage")
    assert done.stdout.strip() == "3" and done.stderr == ""


def test_standard_output_on_a_full_disk(report: Path, tmp_path: Path) -> None:
    told(shell('"$@" > /dev/full', report, "-f", "json", "-q", "-o", "-"), 3, "标准输出写不进去（磁盘已满）")
    told(shell('"$@" > /dev/full', "rules", "list"), 3, "磁盘已满")
    told(shell('"$@" > /dev/full', "--help"), 3, "磁盘已满")
    done = shell('"$@" > /dev/full', report, "-f", "json", "--no-gate", "-o", tmp_path / "out")
    told(done, 3, "磁盘已满", "结果文件不受影响")
    assert "报告.json" in results(tmp_path / "out") and leftovers(tmp_path / "out") == []


def test_remarks_that_cannot_be_said(report: Path, tmp_path: Path) -> None:
    assert shell('"$@" 2> /dev/full', tmp_path / "没有.txt").returncode == 2
    done = shell('"$@" 2> /dev/full', tmp_path, "-f", "json", "--no-gate", "-o", tmp_path / "out")
    assert done.returncode == 0 and done.stdout.splitlines()[-1].startswith("结论")


def test_no_terminal_at_all(report: Path, tmp_path: Path) -> None:
    plain = run(report, "-f", "json", "--no-gate", "-o", tmp_path / "a")
    bare = subprocess.run(
        command(report, "-f", "json", "--no-gate", "-o", tmp_path / "b"), stdin=subprocess.DEVNULL, capture_output=True,
        start_new_session=True, env=environment({"TERM": None, "COLUMNS": None, "LINES": None}), timeout=60,
    )  # fmt: skip
    assert bare.returncode == plain.returncode == 0 and b"\x1b" not in bare.stdout + bare.stderr
    assert results(tmp_path / "a") == results(tmp_path / "b")
    for columns in ("0", "99999", "viele"):
        assert (
            run(report, "-f", "json", "--no-gate", "-o", tmp_path / "c", env={"COLUMNS": columns}).returncode
            == 0
        )
    told(run("waive", report, "述法.开展", cwd=tmp_path), 2, "缺少")


def test_a_folder_that_is_gone(report: Path, tmp_path: Path) -> None:
    done = shell(
        'mkdir gone && cd gone && rmdir ../gone && "$@"',
        report,
        "-f",
        "json",
        "-q",
        "-o",
        tmp_path / "out",
        cwd=tmp_path,
    )
    told(done, 2, "当前所在的文件夹")
