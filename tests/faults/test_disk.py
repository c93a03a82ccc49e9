"""Disks that are full, read-only or in the way: the contract's code, one sentence, nothing half-written, nothing lost."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.helpers import (
    GOOD,
    as_nobody,
    leftovers,
    open_folder,
    results,
    run,
    shell,
    small_disk,
    starts_workers,
    told,
    town,
)


@pytest.fixture
def shared() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


def test_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 512) as disk:
        out = disk / "out"
        report = town(tmp_path / "报告.txt")
        assert run(report, "-f", "md", "-o", out, "--no-gate").returncode == 0
        before = results(out)
        filler = disk / "filler"
        with filler.open("wb") as file, pytest.raises(OSError, match="28"):
            while True:
                os.write(file.fileno(), b"\0" * 4096)
        done = run(GOOD, "-f", "json,md", "-q", "-o", out)
        told(done, 3, "磁盘已满", lines=2)
        done = run(GOOD, report, "-f", "json", "-q", "-o", out, "--no-gate", "-j", "1")
        assert done.returncode == 3 and "磁盘已满" in done.stderr and "Errno" not in done.stderr
        assert results(out) == before and leftovers(out) == []
        filler.unlink()
        done = run(GOOD, report, "-f", "json", "-q", "-o", out, "--no-gate", "-j", "1")
        assert done.returncode == 0, done.stderr
        assert {f"{GOOD.stem}.json", "报告.json", "summary.json", "报告.md"} == set(results(out))


def test_files_larger_than_allowed(tmp_path: Path) -> None:
    done = shell('ulimit -f 8; "$@"', GOOD, "-f", "json,html", "-q", "-o", tmp_path / "out")
    told(done, 3, "文件超过系统允许的大小", lines=2)
    assert results(tmp_path / "out") == {} and leftovers(tmp_path / "out") == []


def test_one_format_that_cannot_be_written_keeps_the_others(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / f"{GOOD.stem}.md").mkdir(parents=True)
    told(run(GOOD, "-f", "md,json", "-q", "-o", out), 3, f"{GOOD.stem}.md", "这是文件夹")
    assert [p.name for p in out.iterdir() if p.is_file()] == [f"{GOOD.stem}.json"]


def test_output_is_a_file(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("别人的", encoding="utf-8")
    told(run(GOOD, "-f", "json", "-q", "-o", taken), 3, "taken", "是一个文件")
    told(run(GOOD, "-f", "json", "-q", "-o", taken / "x"), 3, "不是文件夹")
    told(run(GOOD, GOOD.parent, "-f", "json", "-q", "-o", taken), 3, "taken", "是一个文件")
    assert taken.read_text(encoding="utf-8") == "别人的"


def test_read_only_folder(shared: Path) -> None:
    before = as_nobody()
    out = shared / "out"
    out.mkdir()
    (out / "旧.json").write_text("旧", encoding="utf-8")
    out.chmod(0o555)
    report = town(shared / "报告.txt")
    try:
        for words in (["-f", "json"], ["-f", "json", report.parent])[: 1 + starts_workers(before)]:
            done = run(
                report, *words, "-q", "-o", out, "--no-gate", before=before, env={"HOME": "/nonexistent"}
            )
            assert done.returncode == 3 and "没有权限" in done.stderr and "Errno" not in done.stderr, (
                done.stderr
            )
        told(
            run(report, "-f", "json", "-q", "-o", out / "下级", before=before, env={"HOME": "/nonexistent"}),
            3,
            "没有权限",
        )
    finally:
        out.chmod(0o755)
    assert set(results(out)) == {"旧.json"} and leftovers(out) == []


def test_read_only_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 256) as disk:
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        told(run(GOOD, "-f", "json", "-q", "-o", disk / "out"), 3, "磁盘是只读的")
        told(run(GOOD, "-f", "json", "-q", "-o", disk), 3, "磁盘是只读的")


def test_no_permission_to_read(shared: Path) -> None:
    before = as_nobody()
    out = shared / "out"
    out.mkdir(mode=0o777)
    out.chmod(0o777)
    secret, plain = town(shared / "in" / "密.txt"), town(shared / "in" / "明.txt")
    secret.chmod(0)
    told(run(secret, "-f", "json", "-q", "-o", out, before=before), 2, "密.txt", "没有权限")
    for option in ("--gate", "--waivers", "--baseline"):
        told(run(plain, option, secret, "-f", "json", "-q", "-o", out, before=before), 2, "密.txt", "权限")
    if starts_workers(before):
        done = run(shared / "in", "-f", "json", "-q", "--no-gate", "-o", out, before=before)
        told(done, 2, "密.txt", "没有权限")
        assert set(results(out)) == {"明.json", "summary.json"}
    (shared / "in").chmod(0)
    try:
        assert run(shared / "in", "-f", "json", "-q", "-o", out, before=before).returncode == 2
    finally:
        (shared / "in").chmod(0o755)


def test_a_config_that_may_not_be_looked_for(shared: Path) -> None:
    """A folder above that is closed holds no config for us."""
    before = as_nobody()
    work = shared / "上" / "下"
    work.mkdir(parents=True)
    work.chmod(0o777)
    report = town(shared / "报告.txt")
    (shared / "上").chmod(0o711)
    done = run(report, "-f", "json", "-q", "--no-gate", "-o", "out", cwd=work, before=before)
    assert done.returncode == 0, done.stderr


def test_no_place_for_temporary_files(tmp_path: Path) -> None:
    """A verdict needs no temporary folder."""
    if os.name != "posix" or os.getuid() != 0:
        pytest.skip("要 root 才能把临时文件夹变成只读")
    report = tmp_path / "报告.txt"
    report.write_bytes(GOOD.read_bytes())
    script = (
        'd=$1; shift; cp "$d/报告.txt" /dev/shm/audit-fault.txt; mount -t tmpfs -o ro tmpfs /tmp && mount -t tmpfs -o ro tmpfs /var/tmp'
        ' && cd / && exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"'
    )
    words = ["unshare", "-m", "bash", "-c", script, "bash", str(tmp_path)]
    try:
        done = run(
            "/dev/shm/audit-fault.txt",
            "-f",
            "json",
            "-o",
            "-",
            "-q",
            before=tuple(words),
            env={"HOME": "/nonexistent", "TMPDIR": None},
        )
    finally:
        Path("/dev/shm/audit-fault.txt").unlink(missing_ok=True)
    if "unshare" in done.stderr or "mount" in done.stderr or "setpriv" in done.stderr:
        pytest.skip("这里不能另建挂载空间")
    assert done.returncode in (0, 1) and done.stderr == "", done.stderr
    assert done.stdout.startswith("{")
