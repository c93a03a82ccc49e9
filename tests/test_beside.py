"""Work done beside other work has the same value and the same errors as work done in its turn."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from auditor import beside as module
from auditor import folders, forks, regex
from auditor.beside import beside
from auditor.pipeline import Terms, judge_report
from auditor.rulebook import shelf
from auditor.rulebook.shelf import book_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="只在能安全分出进程的系统上")
REPORTS = sorted((Path(__file__).resolve().parents[1] / "reports_in").glob("*.txt"))


class Value(msgspec.Struct, frozen=True):
    process: int
    words: tuple[str, ...]


@pytest.fixture(autouse=True)
def children(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Forks are possible, whatever threads the test runner has and however few cores the machine; all are counted."""
    monkeypatch.setattr(forks, "possible", lambda: True)
    monkeypatch.setattr(module, "_second_core", lambda: True)
    fork, made = os.fork, list[int]()

    def counted() -> int:
        made.append(fork())
        return made[-1]

    monkeypatch.setattr(os, "fork", counted)
    return made


def look() -> Value:
    return Value(os.getpid(), ("三项制度", "述法"))


def ended(children: list[int]) -> bool:
    """Whether one fork was made and has been waited for."""
    (child,) = children
    try:
        os.waitpid(child, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


def test_the_value_comes_from_another_process(children: list[int]) -> None:
    with beside(look, Value) as value:
        found = value()
    assert found.words == ("三项制度", "述法") and found.process != os.getpid()
    assert ended(children)


@pytest.mark.parametrize("name", ["one core", "threads", "no process"])
def test_where_no_fork_is_possible_the_work_is_done_here(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> int:
        raise OSError

    if name == "one core":
        monkeypatch.setattr(module, "_second_core", lambda: False)
    elif name == "threads":
        monkeypatch.setattr(forks, "possible", lambda: False)
    else:
        monkeypatch.setattr(os, "fork", none)
    with beside(look, Value) as value:
        assert value().process == os.getpid()


def test_an_error_is_that_of_the_work(children: list[int]) -> None:
    def fail() -> Value:
        raise ValueError("表格写错了")

    with beside(fail, Value) as value, pytest.raises(ValueError, match="表格写错了"):
        value()
    assert ended(children)


def test_a_fork_that_dies_costs_only_time() -> None:
    here = os.getpid()

    def die() -> Value:
        if os.getpid() != here:
            os.abort()
        return look()

    with beside(die, Value) as value:
        assert value().process == here


def test_no_fork_outlives_its_block(children: list[int]) -> None:
    def wait() -> Value:
        while True:
            pass

    with pytest.raises(KeyboardInterrupt), beside(wait, Value):
        raise KeyboardInterrupt
    assert ended(children)


def test_patterns_made_in_a_fork_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(folders.SWITCH, str(tmp_path))
    monkeypatch.setattr(regex, "_shelf", None)

    def make(number: int) -> Callable[[], int]:
        return lambda: len(regex.regex(rf"第{number}种写法[0-9]+").pattern)

    make(1)()
    with beside(make(2), int) as value:
        value()
    regex.remember()
    monkeypatch.setattr(regex, "_shelf", None)
    make(3)()
    shelf = regex._shelf
    assert shelf is not None
    assert {key for key in shelf._codes if "种写法" in key} == {f"0:第{n}种写法[0-9]+" for n in (1, 2, 3)}


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.stem)
def test_a_report_audited_on_two_cores_gives_the_same_result(report: Path, children: list[int]) -> None:
    book_for(None, 2024), book_for(None, 2020)
    results = [judge_report(report, "x", Terms(), idle=idle).result for idle in (False, True)]
    assert results[0] == results[1] and results[0].figures
    assert ended(children)


def test_rules_are_not_compiled_twice_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, children: list[int]
) -> None:
    monkeypatch.setenv(folders.SWITCH, str(tmp_path))
    shelf.book_in.cache_clear()
    judge_report(REPORTS[0], "x", Terms(), idle=True)
    assert not children
    shelf.book_in.cache_clear()
    judge_report(REPORTS[0], "x", Terms(), idle=True)
    assert ended(children)
