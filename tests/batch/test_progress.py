"""Progress on a terminal and in a log."""

from __future__ import annotations

import io

import pytest

from auditor.batch.progress import Progress, duration
from auditor.render.terminal import width


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        self.now += 0.5
        return self.now


def test_plain_lines_elsewhere_one_for_every_twentieth_part() -> None:
    stream = io.StringIO()
    progress = Progress(200, stream, clock=Clock())
    for _ in range(200):
        progress.advance()
    lines = stream.getvalue().splitlines()
    assert len(lines) == 20 and "\x1b" not in stream.getvalue() and "\r" not in stream.getvalue()
    assert lines[9] == "100/200 份，每秒 2.0 份，还要 51 秒"
    assert lines[-1] == "200/200 份，每秒 2.0 份"


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    stream = Terminal()
    progress = Progress(4, stream, clock=Clock())
    progress.advance()
    progress.say("未核查：坏.txt")
    progress.close()
    drawn = stream.getvalue().split("\r\x1b[K")
    assert "━" in drawn[1] and "1/4 份" in drawn[1] and "还要" in drawn[1]
    assert "未核查：坏.txt\n" in drawn and drawn[-1] == ""
    assert all(width(line) <= 79 for line in drawn)


def test_quiet_says_only_what_goes_wrong() -> None:
    stream = Terminal()
    progress = Progress(1, stream, quiet=True)
    progress.advance()
    progress.say("坏了")
    progress.close()
    assert stream.getvalue() == "坏了\n"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, " 1 秒"), (59, "约 1 分 0 秒"), (200, "约 3 分 21 秒"), (7300, "约 2 小时 1 分")],
)
def test_duration(seconds: float, words: str) -> None:
    assert duration(seconds) == words
