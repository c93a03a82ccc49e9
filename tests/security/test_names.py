"""Names of reports are whatever a stranger chose: results stay in the output folder, whatever they are called."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.cli.files import collect
from tests.security.helpers import GOOD, refused, run

HOSTILE = [
    "..txt", "...txt", ". .txt", "-rf.txt", "--help.txt", "~.txt", "$(touch 破).txt", "`id`.txt", "a;b|c&d.txt", "%2e%2e%2f.txt",
    "..\\..\\破.txt", "C:\\破.txt", "\\\\server\\share.txt", "a\nb.txt", "a\x1b[31mb.txt", "a\rb.txt", "a\u202etxt.exe.txt", "a\u2066b\u200fc.txt",
    "\u200b.txt", "a\x9b31mb.txt", "CON.txt", "nul.txt", "com1.txt", "LPT9.报告.txt", "aux.txt", "报告 .txt", "报告. .txt", "é.txt", "e\u0301.txt",
    "长" * 80 + ".txt", "<script>.txt", "=1+1.txt", "'\".txt", "报告:流.txt", "*?.txt", "summary.txt", "x.letter.txt", "\ufeff报告.txt", "报告\u2028.txt",
]  # fmt: skip
DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))}


def sound(stem: str) -> None:
    """A name that every system takes as one plain file."""
    assert stem and not stem.startswith(".") and stem == stem.strip(" .")
    assert not set(stem) & set('/\\:*?"<>|\0')
    assert all(unicodedata.category(c) not in ("Cc", "Cf", "Zl", "Zp") for c in stem), ascii(stem)
    assert stem.partition(".")[0].casefold() not in DEVICES
    assert len(os.fsencode(stem)) <= 200


def test_hostile_names_stay_in_the_folder(tmp_path: Path) -> None:
    reports = tmp_path / "in"
    reports.mkdir()
    for number, name in enumerate(HOSTILE):
        (reports / name).write_text(
            f"远江县2024年法治政府建设年度报告\n全年开展法治政府建设工作{number}次，情况如下，特此报告。\n",
            encoding="utf-8",
        )
    jobs = collect([reports], tmp_path / "out")
    # Files that are hidden on this system are left alone, like every hidden file.
    assert len(jobs) == sum(not path.name.startswith(".") for path in reports.iterdir())
    assert len({job.stem.casefold() for job in jobs}) == len(jobs)
    for job in jobs:
        sound(job.stem)
    done = run(
        reports, "-f", "json", "-o", tmp_path / "out", "--no-gate", "-j", "2", "-v", cwd=tmp_path, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "out"]
    made = {p.name for p in (tmp_path / "out").iterdir() if not p.name.startswith(".")}
    assert made == {f"{job.stem}.json" for job in jobs} | {"summary.json"}
    for text in (done.stdout, done.stderr):
        assert not any(unicodedata.category(c) in ("Cc", "Cf") and c != "\n" for c in text)


@given(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_name_becomes_a_sound_one(name: str) -> None:
    from auditor.cli.files import _safe

    sound(_safe(Path("x" + name).stem[1:] or "x"))


def test_names_in_bytes_that_are_no_text(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "in")
    os.mkdir(folder)  # noqa: PTH102
    Path(os.fsdecode(folder + b"/\xb1\xa8\xb8\xe6.txt")).write_bytes(GOOD.read_bytes())
    done = run(tmp_path / "in", "-f", "json", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out").glob("*.json"))) == 2


def test_links_in_the_output_folder_are_replaced_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "重要.txt"
    victim.write_text("不得改动", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    (out / f"{GOOD.stem}.json").symlink_to(victim)
    assert run(GOOD, "-f", "json", "-o", out).returncode == 0
    assert victim.read_text(encoding="utf-8") == "不得改动"
    assert not (out / f"{GOOD.stem}.json").is_symlink()


def test_links_among_reports_are_read_but_never_written(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "报告.txt").symlink_to(GOOD)
    (tmp_path / "in" / "圈").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "断.txt").symlink_to(tmp_path / "没有")
    before = GOOD.read_bytes()
    assert run(tmp_path / "in", "-f", "json", "-o", tmp_path / "out").returncode == 0
    assert GOOD.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="权限位只在类 Unix 系统上")
def test_results_keep_to_the_mask(tmp_path: Path) -> None:
    old = os.umask(0o077)
    try:
        assert run(GOOD, "-f", "json", "-o", tmp_path / "out").returncode == 0
    finally:
        os.umask(old)
    assert (tmp_path / "out" / f"{GOOD.stem}.json").stat().st_mode & 0o077 == 0


def test_a_stranger_s_folder_runs_no_code(tmp_path: Path) -> None:
    """Modules that happen to lie where the user stands are never imported, under any locale."""
    (tmp_path / "auditor").mkdir()
    for place in ("auditor/__init__.py", "json.py", "yaml.py", "msgspec.py", "sitecustomize.py", "jinja2.py"):
        (tmp_path / place).write_text("print('RUN'); raise SystemExit(7)\n", encoding="utf-8")
    (tmp_path / "报告.txt").write_bytes(GOOD.read_bytes())
    posix = {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    for env in ({}, posix):
        for words in (["报告.txt"], [".", "-j", "1"]):
            done = run(*words, "-f", "json", "-o", "out", cwd=tmp_path, env=env)
            assert done.returncode == 0 and "RUN" not in done.stdout + done.stderr, done.stderr


@pytest.mark.parametrize("name", ["a\x1b[31mb.txt", "a\u202eb.txt", "a\x9bb.txt"])
def test_messages_show_what_is_hidden(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"")
    done = run(tmp_path / name, "-f", "json", "-o", tmp_path / "out")
    refused(done, "〔U+")
    assert not any(unicodedata.category(c) in ("Cc", "Cf") and c != "\n" for c in done.stderr)
    refused(run(f"--x{name}"), "〔U+")
