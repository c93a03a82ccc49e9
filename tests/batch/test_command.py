"""Batches through the installed command."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.cli.files import collect
from auditor.cli.options import UsageError
from benchmarks.generate import generate
from tests.batch.helpers import GOOD, POOR, command, results, run, towns
from tests.pipes import opened


def wait_for(what: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_folder_in_one_and_in_two_processes_and_again(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    towns(folder / "乡镇", 3)
    (folder / "县.txt").write_bytes(GOOD.read_bytes())
    (folder / "summary.txt").write_bytes(POOR.read_bytes())
    (folder / "坏.txt").write_bytes(b"")
    (folder / "坏图.jpg").write_bytes(b"no report")
    first = run(folder, "-f", "json,xlsx,html", "-o", tmp_path / "one", "-j", 1)
    assert first.returncode == 2, first.stderr
    assert "Traceback" not in first.stderr and first.stderr.count("未核查：") == 1
    assert first.stdout.splitlines()[-1].startswith("结论：") and "未能核查" in first.stdout
    one = results(tmp_path / "one")
    summary = json.loads(one["summary.json"])
    assert summary["counts"]["reports"] == 6 and summary["counts"]["audited"] == 5
    assert {r["file"] for r in summary["reports"]} >= {"县.txt", "乡镇/0.txt", "summary.txt"}
    assert summary["unaudited"][0]["file"] == "坏.txt"
    assert str(tmp_path) not in one["summary.json"].decode()
    assert {"summary.xlsx", "summary.html", "县.json"} <= set(one)

    run(folder, "-f", "json,xlsx,html", "-o", tmp_path / "two", "-j", 2)
    assert results(tmp_path / "two") == one

    again = run(folder, "-f", "json,xlsx,html", "-o", tmp_path / "one")
    assert again.returncode == 2 and again.stdout == first.stdout
    assert "5 份沿用上次的结果" in again.stderr
    assert results(tmp_path / "one") == one


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="这个系统没有命名管道")
def test_interrupted_and_killed_runs_are_taken_up(tmp_path: Path) -> None:
    paths = towns(tmp_path / "in", 5)
    pipe, text = paths[2], paths[2].read_bytes()
    pipe.unlink()
    os.mkfifo(pipe)
    out = tmp_path / "out"
    words = command(*paths, "-f", "json", "-o", out, "-j", 1)
    running = subprocess.Popen(
        words,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        # A suite started in the background ignores Ctrl-C, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    end = opened(pipe)
    running.send_signal(signal.SIGINT)
    # The report under way is finished once its pipe is fed; of those after it one may have been handed out already.
    assert running.stderr is not None
    lines = iter(running.stderr.readline, "")
    assert any("正在收尾" in line for line in lines)
    end.close()
    _, rest = running.communicate(timeout=60)
    assert running.returncode == 130 and "已中断" in rest and "Traceback" not in rest
    kept = set(results(out))
    assert {"0.json", "1.json"} <= kept <= {"0.json", "1.json", "3.json"}

    killed = subprocess.Popen(words, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    end = opened(pipe)
    killed.kill()
    killed.wait()
    end.close()
    pipe.unlink()
    pipe.write_bytes(text)
    stamps = {name: (out / name).stat().st_mtime_ns for name in kept}
    done = run(*paths, "-f", "json", "-o", out)
    assert f"{len(kept)} 份沿用上次的结果" in done.stderr
    assert {name: (out / name).stat().st_mtime_ns for name in stamps} == stamps
    assert set(results(out)) == {"summary.json", *(f"{n}.json" for n in range(5))}


def test_results_among_the_reports_are_refused(tmp_path: Path) -> None:
    towns(tmp_path, 1)
    done = run(tmp_path, "-f", "json", "-o", tmp_path)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_what_is_collected(tmp_path: Path) -> None:
    for name in (
        "甲/报告.txt",
        "乙/报告.txt",
        "A.txt",
        "sub/a.TXT",
        "x.letter.txt",
        ".隐藏/报告.txt",
        "~$锁.docx",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "结果").mkdir()
    (tmp_path / "结果" / "旧.pdf").write_bytes(b"x")
    jobs = collect([tmp_path], tmp_path / "结果")
    assert [job.shown for job in jobs] == ["A.txt", "sub/a.TXT", "x.letter.txt", "乙/报告.txt", "甲/报告.txt"]
    stems = [job.stem for job in jobs]
    assert len({stem.casefold() for stem in stems}) == len(stems)
    assert all("-" in stem for stem in stems)
    # The name of a result holds when the report is mended.
    (tmp_path / "甲" / "报告.txt").write_bytes(b"mended")
    assert [job.stem for job in collect([tmp_path], tmp_path / "结果")] == stems


def test_reports_of_one_name_and_text_from_two_folders(tmp_path: Path) -> None:
    for part in ("甲", "乙"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "报告.txt").write_bytes(b"x")
    jobs = collect([tmp_path / "甲", tmp_path / "乙", tmp_path / "甲" / ".." / "甲" / "报告.txt"])
    assert [job.shown for job in jobs] == ["报告.txt", "报告.txt"]
    assert len({job.stem for job in jobs}) == 2
    with pytest.raises(UsageError):
        collect([tmp_path / "丙"])


def test_generated_reports_are_the_same_for_the_same_seed(tmp_path: Path) -> None:
    for part in ("a", "b"):
        generate(tmp_path / part, 45, seed=3)
    left, right = (
        {p.relative_to(tmp_path / part): p.read_bytes() for p in (tmp_path / part).rglob("*.*")}
        for part in ("a", "b")
    )
    assert left == right and len(left) == 45
    assert {path.suffix for path in left} == {".txt", ".html", ".docx"}


@pytest.mark.slow
def test_200_reports_killed_in_the_middle_and_taken_up(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    generate(folder, 200, seed=7)
    whole = run(folder, "-q", "-f", "json,xlsx,html", "-o", tmp_path / "whole", timeout=600)
    assert whole.returncode in (1, 2), whole.stderr
    out = tmp_path / "out"
    words = command(folder, "-q", "-f", "json,xlsx,html", "-o", out)
    for part in (40, 100):
        running = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(lambda part=part: len(list(out.glob("*.json"))) >= part, 600)  # type: ignore[misc]
        running.kill()
        running.wait()
    # A worker that lost its parent finishes the report in hand.
    time.sleep(3)
    kept = len(list(out.glob("*.html")))
    done = run(folder, "-f", "json,xlsx,html", "-o", out, timeout=600)
    assert done.returncode == whole.returncode
    count = next(line for line in done.stderr.splitlines() if "沿用" in line)
    assert int(count.split()[0]) >= kept - 4 >= 90
    assert results(out) == results(tmp_path / "whole")
