"""Clock, locale, time zone, home folder, fonts and libraries: none of them changes a verdict."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.faults.helpers import GOOD, results, run, told, town

SURROUNDINGS: dict[str, dict[str, str | None]] = {
    "LANG=C": {"LANG": "C", "LC_ALL": None},
    "LC_ALL=POSIX": {"LC_ALL": "POSIX"},
    "bytes only": {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "unknown locale": {"LC_ALL": "xx_YY.UTF-9", "LANG": "nonsense"},
    "no locale": {"LANG": None, "LC_ALL": None, "LC_CTYPE": None},
    "Turkish": {"LC_ALL": "tr_TR.UTF-8"},
    "far east": {"TZ": "Pacific/Kiritimati"},
    "far west": {"TZ": "Etc/GMT+12"},
    "nonsense zone": {"TZ": ":/dev/null"},
    "no home": {"HOME": None, "XDG_CACHE_HOME": None, "USER": None, "LOGNAME": None},
    "home is nowhere": {"HOME": "/nonexistent/甲", "XDG_CACHE_HOME": "relative"},
    "home is a file": {"HOME": "/dev/null"},
    "other hashes": {"PYTHONHASHSEED": "12345", "PYTHONDONTWRITEBYTECODE": "1"},
    "no path": {"PATH": "/nonexistent"},
    "no temporary folder": {"TMPDIR": "/nonexistent", "TEMP": "/nonexistent"},
}


@pytest.fixture(scope="module")
def usual() -> bytes:
    done = run(GOOD, "-f", "json", "-q", "-o", "-")
    assert done.returncode == 0, done.stderr
    return done.stdout.encode()


RARE = (
    "Turkish",
    "unknown locale",
    "nonsense zone",
    "home is a file",
    "other hashes",
    "no temporary folder",
    "no locale",
)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] if name in RARE else []) for name in SURROUNDINGS]
)
def test_the_same_bytes_everywhere(name: str, usual: bytes) -> None:
    done = run(GOOD, "-f", "json", "-q", "-o", "-", env=SURROUNDINGS[name])
    assert done.returncode == 0 and done.stderr == "", done.stderr
    assert done.stdout.encode() == usual


def beside(folder: Path) -> str:
    """A folder before what the search path of modules holds already."""
    return os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))


CLOCK = """
import time, datetime
_offset = {offset}
_time, _ns, _mono = time.time, time.time_ns, time.monotonic
time.time = lambda: _time() + _offset
time.time_ns = lambda: _ns() + int(_offset * 1e9)
class _Moved(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.fromtimestamp(_time() + _offset, tz)
    @classmethod
    def utcnow(cls):
        return datetime.datetime.utcfromtimestamp(_time() + _offset)
datetime.datetime = _Moved
"""


@pytest.mark.parametrize("offset", [-1.5e9, pytest.param(2e9, marks=pytest.mark.slow)])
def test_a_wrong_clock(offset: float, usual: bytes, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(CLOCK.format(offset=offset), encoding="utf-8")
    done = run(GOOD, "-f", "json", "-q", "-o", "-", env={"PYTHONPATH": beside(tmp_path)})
    assert done.returncode == 0 and done.stdout.encode() == usual, done.stderr
    report = town(tmp_path / "in" / "报告.txt")
    for _ in range(2):
        done = run(
            report.parent,
            "-f",
            "json",
            "--no-gate",
            "-o",
            tmp_path / "out",
            env={"PYTHONPATH": beside(tmp_path)},
        )
        assert done.returncode == 0, done.stderr
    assert "沿用" in done.stderr


def test_waivers_end_by_the_day_in_beijing(tmp_path: Path) -> None:
    (tmp_path / "waivers.yaml").write_text(
        "- {report: 清渠县人民政府, element: 述法.开展, decision: waive, reason: 甲, approver: 乙, "
        "approved_on: 2020-01-01, expires_on: 2020-01-02}\n", encoding="utf-8",
    )  # fmt: skip
    days = set()
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        done = run(
            GOOD, "--waivers", tmp_path / "waivers.yaml", "-f", "json", "-q", "-o", "-", env={"TZ": zone}
        )
        days.add(json.loads(done.stdout)["options"]["as_of"])
    # Two days only where midnight in Beijing fell between the runs.
    assert len(days) == 1 or max(days) > min(days)


def test_no_fonts(tmp_path: Path) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><fontconfig><dir>/nonexistent</dir></fontconfig>', encoding="utf-8"
    )
    done = run(GOOD, "-f", "pdf,json", "-q", "-o", tmp_path / "out", env={"FONTCONFIG_FILE": str(config)})
    told(done, 3, "字体", "apt install")
    assert set(results(tmp_path / "out")) == {f"{GOOD.stem}.json"}


def test_no_fontconfig(tmp_path: Path) -> None:
    """Not even the program that lists fonts."""
    done = run(GOOD, "-f", "pdf,json", "-q", "-o", tmp_path / "out", env={"PATH": "/nonexistent"})
    told(done, 3, "安装")
    assert set(results(tmp_path / "out")) == {f"{GOOD.stem}.json"}


@pytest.mark.slow
def test_no_subset_library(tmp_path: Path) -> None:
    """Said loudly, with the command that installs it; the paper is made all the same."""
    for name in ("libharfbuzz-subset.so.0", "libharfbuzz-subset.so"):
        (tmp_path / name).write_bytes(b"")
    report = town(tmp_path / "报告.txt")
    done = run(
        report,
        "-f",
        "pdf",
        "-q",
        "--no-gate",
        "-o",
        tmp_path / "out",
        env={"LD_LIBRARY_PATH": str(tmp_path)},
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert "libharfbuzz-subset0" in done.stderr and "apt install" in done.stderr
    assert (tmp_path / "out" / "报告.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["LC_ALL=POSIX", "far east", "no home"])
def test_papers_are_the_same_everywhere(name: str, tmp_path: Path) -> None:
    report = town(tmp_path / "报告.txt")
    made = []
    for number, env in enumerate(({}, SURROUNDINGS[name])):
        out = tmp_path / str(number)
        done = run(report, "-f", "pdf,xlsx,docx,html,letter", "-q", "--no-gate", "-o", out, env=env)
        assert done.returncode == 0, done.stderr
        made.append(results(out))
    assert made[0] == made[1]
