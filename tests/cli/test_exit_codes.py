"""Every exit code of the contract, through the installed command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
AUDIT = Path(sys.executable).parent / "audit"
GOOD = next(ROOT.glob("reports_in/清渠县*.txt"))
POOR = next(ROOT.glob("reports_in/石梁县*.txt"))


def run(
    *words: object, cwd: Path | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(AUDIT), *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, **(env or {})},
        timeout=120,
    )


def test_0_gate_passed(tmp_path: Path) -> None:
    done = run(GOOD, "-f", "json", "-o", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("结论：通过门禁")


def test_1_gate_not_passed(tmp_path: Path) -> None:
    done = run(POOR, "-f", "json", "-o", tmp_path)
    assert done.returncode == 1
    assert "未通过门禁" in done.stdout.splitlines()[-1]
    assert done.stderr == ""


def test_0_without_gate(tmp_path: Path) -> None:
    done = run(POOR, "-f", "json", "-o", tmp_path, "--no-gate")
    assert done.returncode == 0
    assert json.loads((tmp_path / f"{POOR.stem}.json").read_text(encoding="utf-8"))["gate"]["passed"] is None


def test_fail_under_before_and_after_the_report(tmp_path: Path) -> None:
    for words in (("--fail-under", "100", GOOD), (GOOD, "--fail-under", "100")):
        assert run(*words, "-f", "json", "-o", tmp_path).returncode == 1


@pytest.mark.parametrize(
    "words",
    [
        ["没有这份报告.txt"],
        ["--no-such-option"],
        ["--year", "abc", "x.txt"],
        ["--fail-under", "101", "x.txt"],
        ["--level", "village", "x.txt"],
        ["-f", "exe", "x.txt"],
        ["rules", "no-such"],
        ["explain"],
    ],
)
def test_2_wrong_usage(words: list[str], tmp_path: Path) -> None:
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("空.txt", b""),
        ("二进制.txt", bytes(range(256)) * 20),
        ("别的.txt", "今天天气很好，我们去公园划船。".encode() * 30),
        ("零.txt", b"\x00" * 500),
    ],
)
def test_2_unsuitable_report(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    done = run(tmp_path / name, "-f", "json", "-o", tmp_path / "out")
    assert done.returncode == 2
    assert name in done.stderr and len(done.stderr.strip().splitlines()) == 1


def test_2_invalid_gate_and_waivers(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("minimum: 3\n", encoding="utf-8")
    assert run(GOOD, "--gate", bad, "-o", tmp_path).returncode == 2
    assert run(GOOD, "--waivers", bad, "-o", tmp_path).returncode == 2
    assert run(GOOD, "--rules", tmp_path / "none", "-o", tmp_path).returncode == 2


def test_3_result_not_written(tmp_path: Path) -> None:
    blocker = tmp_path / "taken"
    blocker.write_text("", encoding="utf-8")
    done = run(GOOD, "-f", "json", "-o", blocker)
    assert done.returncode == 3
    assert "taken" in done.stderr


def test_a_bad_report_does_not_stop_the_batch(tmp_path: Path) -> None:
    bad = tmp_path / "坏.txt"
    bad.write_bytes(b"")
    done = run(bad, GOOD, "-f", "json", "-o", tmp_path / "out")
    assert done.returncode == 2
    assert (tmp_path / "out" / f"{GOOD.stem}.json").exists()


def test_standard_output_carries_only_the_result() -> None:
    done = run(GOOD, "-f", "json", "-o", "-")
    assert json.loads(done.stdout)["schema"] == "fazhi-audit/1"


def test_two_runs_give_the_same_bytes() -> None:
    assert run(GOOD, "-f", "json", "-o", "-").stdout == run(GOOD, "-f", "json", "-o", "-").stdout


def test_plain_locale_and_no_home(tmp_path: Path) -> None:
    env = {"LANG": "C", "LC_ALL": "C", "HOME": "/nonexistent", "PYTHONUTF8": "0"}
    done = run(GOOD, "-f", "json", "-o", tmp_path, env=env)
    assert done.returncode == 0
    assert "结论" in done.stdout


def test_a_folder_named_like_a_subcommand(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "报告.txt").write_bytes(GOOD.read_bytes())
    assert run("./rules", "-f", "json", "-o", tmp_path / "out", cwd=tmp_path).returncode == 0


def test_two_reports_of_one_name(tmp_path: Path) -> None:
    for part in ("甲", "乙"):
        (tmp_path / "in" / part).mkdir(parents=True)
        (tmp_path / "in" / part / "报告.txt").write_bytes(GOOD.read_bytes())
    run(tmp_path / "in", "-f", "json", "-o", tmp_path / "out")
    names = sorted(p.name for p in (tmp_path / "out").glob("报告-*.json"))
    assert len(names) == 2


def test_a_result_never_replaces_the_report(tmp_path: Path) -> None:
    source = tmp_path / "报告.json"
    source.write_bytes(GOOD.read_bytes())
    done = run(source, "-f", "json", "-o", tmp_path)
    assert done.returncode == 3
    assert source.read_bytes() == GOOD.read_bytes()
    assert "不能覆盖" in done.stderr
