"""Runs that end before their time, files that come and go, and two runs at once: a later run sets everything right."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.helpers import GOOD, command, environment, leftovers, results, run, told, town
from tests.pipes import opened


def started(*words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(*words), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        encoding="utf-8", env=environment(), start_new_session=True,
        # A suite started in the background ignores Ctrl-C, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip


def wait_for(what: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end
        time.sleep(0.02)


@contextmanager
def fed(path: Path, chunks: list[bytes], pause: float) -> Iterator[None]:
    """A pipe that hands over its content piece by piece."""
    os.mkfifo(path)

    def feed() -> None:
        with opened(path) as pipe:
            for chunk in chunks:
                time.sleep(pause)
                pipe.write(chunk)

    thread = threading.Thread(target=feed, daemon=True)
    thread.start()
    yield
    thread.join(20)


def test_a_slow_disk(tmp_path: Path) -> None:
    data = GOOD.read_bytes()
    slow = tmp_path / GOOD.name
    cut = len(data) // 5
    with fed(slow, [data[i : i + cut] for i in range(0, len(data), cut)], 0.2):
        done = run(slow, "-f", "json", "-q", "-o", "-")
    assert done.returncode == 0 and done.stdout == run(GOOD, "-f", "json", "-q", "-o", "-").stdout


def test_a_file_that_vanishes_before_it_is_read(tmp_path: Path) -> None:
    """The first report is a pipe, at which the only worker waits while the second one is deleted."""
    first, second, third = tmp_path / "甲.txt", town(tmp_path / "乙.txt"), town(tmp_path / "丙.txt")
    os.mkfifo(first)
    running = started(
        first, second, third, "-f", "json", "-q", "--no-gate", "-j", "1", "-o", tmp_path / "out"
    )
    with opened(first) as pipe:
        second.unlink()
        pipe.write(town(tmp_path / "x.txt").read_bytes())
    _, said = running.communicate(timeout=60)
    assert running.returncode == 2, said
    assert len(said.splitlines()) == 1 and "乙.txt" in said and "文件不存在" in said
    assert set(results(tmp_path / "out")) == {"甲.json", "丙.json", "summary.json"}


def test_a_folder_that_vanishes_before_it_is_written(tmp_path: Path) -> None:
    first = tmp_path / "甲.txt"
    os.mkfifo(first)
    out = tmp_path / "out"
    running = started(first, town(tmp_path / "乙.txt"), "-f", "json", "-q", "--no-gate", "-j", "1", "-o", out)
    with opened(first) as pipe:
        wait_for(out.is_dir)
        shutil.rmtree(out)
        pipe.write(town(tmp_path / "x.txt").read_bytes())
    _, said = running.communicate(timeout=60)
    assert running.returncode == 0, said
    assert set(results(out)) == {"甲.json", "乙.json", "summary.json"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_asked_to_end(number: signal.Signals, tmp_path: Path) -> None:
    first = tmp_path / "甲.txt"
    os.mkfifo(first)
    running = started(first, "-f", "json", "-q", "-o", tmp_path / "out")
    pipe = opened(first)
    time.sleep(0.2)
    running.send_signal(number)
    _, said = running.communicate(timeout=60)
    pipe.close()
    assert running.returncode == 130 and said == "已中断，做完的结果已保留\n"


def test_a_batch_that_is_terminated_leaves_no_workers(tmp_path: Path) -> None:
    first = tmp_path / "甲.txt"
    os.mkfifo(first)
    out = tmp_path / "out"
    running = started(town(tmp_path / "乙.txt"), first, "-f", "json", "-q", "--no-gate", "-j", "1", "-o", out)
    pipe = opened(first)
    wait_for((out / "乙.json").exists)
    running.terminate()
    _, said = running.communicate(timeout=60)
    # The worker that read the pipe is gone.
    with pytest.raises(BrokenPipeError):
        wait_for(lambda: pipe.write(b"\n") == 0, 20)
    pipe.close()
    assert running.returncode == 130 and "已中断" in said
    assert set(results(out)) == {"乙.json"}


@pytest.mark.parametrize("kills", [2, pytest.param(12, marks=pytest.mark.slow)])
def test_killed_at_random_a_single_run(kills: int, tmp_path: Path) -> None:
    out = tmp_path / "out"
    whole = tmp_path / "whole"
    begun = time.monotonic()
    assert run(GOOD, "-f", "json,html", "-q", "-o", whole).returncode == 0
    length = time.monotonic() - begun
    rng = random.Random(8)
    for _ in range(kills):
        running = started(GOOD, "-f", "json,html", "-q", "-o", out)
        time.sleep(rng.uniform(0.3, 1.1) * length)
        running.kill()
        running.communicate()
        if out.exists():
            # Whatever is there is whole.
            assert results(out).items() <= results(whole).items()
    assert run(GOOD, "-f", "json,html", "-q", "-o", out).returncode == 0
    assert results(out) == results(whole)


def test_killed_while_writing(tmp_path: Path) -> None:
    """What a killed run left is invisible, harmless, and removed once it is old."""
    out = tmp_path / "out"
    out.mkdir()
    for name, age in ((".audit-1-alt", 3600), (".audit-2-neu", 0)):
        (out / name).write_bytes(b'{"half":')
        os.utime(out / name, (time.time() - age, time.time() - age))
    (out / ".audit-cache").mkdir()
    assert run(town(tmp_path / "报告.txt"), "-f", "json", "-q", "--no-gate", "-o", out).returncode == 0
    assert leftovers(out) == [".audit-2-neu"] and set(results(out)) == {"报告.json"}


@pytest.mark.parametrize("kills", [3, pytest.param(15, marks=pytest.mark.slow)])
def test_killed_at_random_a_batch(kills: int, tmp_path: Path) -> None:
    reports = [town(tmp_path / "in" / f"{n}.txt", n + 3) for n in range(12 if kills == 3 else 60)]
    words = (tmp_path / "in", "-f", "json,md", "-q", "--no-gate", "-j", "2")
    begun = time.monotonic()
    assert run(*words, "-o", tmp_path / "whole").returncode == 0
    length = time.monotonic() - begun
    whole = results(tmp_path / "whole")
    out = tmp_path / "out"
    rng = random.Random(9)
    for _ in range(kills):
        running = started(*words, "-o", out)
        time.sleep(rng.uniform(0.2, 1.0) * length)
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        if out.exists():
            assert results(out).items() <= whole.items()
    done = run(*words, "-o", out)
    assert done.returncode == 0, done.stderr
    assert results(out) == whole and len(whole) == 2 * len(reports) + 1


def test_two_runs_into_the_same_folder(tmp_path: Path) -> None:
    for number in range(8):
        town(tmp_path / "in" / f"{number}.txt", number + 3)
    words = (tmp_path / "in", "-f", "json,md", "-q", "--no-gate", "-j", "1", "-o")
    both = [started(*words, tmp_path / "out") for _ in range(2)]
    for running in both:
        _, said = running.communicate(timeout=90)
        assert running.returncode == 0, said
    assert run(*words, tmp_path / "alone").returncode == 0
    assert results(tmp_path / "out") == results(tmp_path / "alone")
    assert leftovers(tmp_path / "out") == []


def test_an_interruption_before_anything_was_read(tmp_path: Path) -> None:
    """Also while the program itself is still being loaded."""
    codes = set()
    for wait in (0.05, 0.12, 0.2):
        running = started(GOOD, "-f", "json", "-q", "-o", tmp_path / "out")
        time.sleep(wait)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
        codes.add(running.returncode)
        assert "Traceback" not in said, said
    assert codes <= {0, 130, -signal.SIGINT}


def test_a_report_that_is_a_result_of_ours(tmp_path: Path) -> None:
    source = tmp_path / "报告.json"
    source.write_bytes(GOOD.read_bytes())
    told(run(source, "-f", "json", "-q", "-o", tmp_path), 3, "不能覆盖")
    assert source.read_bytes() == GOOD.read_bytes()
