"""How far a batch is: a bar that is drawn over on a terminal, a line every twentieth part elsewhere."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import TextIO

from auditor.render.terminal import screen_width, width

_WINDOW = 30.0
"""Seconds over which the rate is taken, so that reports kept from the last run do not promise too much."""
_REDRAW = 0.1
_STEPS = 20


class Progress:
    """Progress of ``total`` reports on a stream; ``clock`` counts seconds."""

    def __init__(
        self, total: int, stream: TextIO, *, quiet: bool = False, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._total = total
        self._stream = stream
        self._quiet = quiet
        self._bar = stream.isatty() and not quiet
        self._clock = clock
        self._done = 0
        self._drawn = float("-inf")
        self._step = 0
        self._past = deque([(clock(), 0)])

    def advance(self) -> None:
        """One report more has ended."""
        self._done += 1
        now = self._clock()
        self._past.append((now, self._done))
        while len(self._past) > 2 and now - self._past[0][0] > _WINDOW:
            self._past.popleft()
        if self._bar and (now - self._drawn >= _REDRAW or self._done == self._total):
            self._drawn = now
            self._draw()
        elif not self._bar and not self._quiet:
            step = _STEPS * self._done // self._total
            if step > self._step:
                self._step = step
                print(self._words(), file=self._stream, flush=True)

    def say(self, text: str) -> None:
        """A line of its own, above the bar."""
        self._clear()
        print(text, file=self._stream, flush=True)
        if self._bar:
            self._draw()

    def close(self) -> None:
        """Leave the line to others."""
        self._clear()

    def _clear(self) -> None:
        if self._bar:
            print("\r\x1b[K", end="", file=self._stream, flush=True)

    def _draw(self) -> None:
        words = self._words()
        room = screen_width() - width(words) - 3
        bar = ""
        if room >= 10:
            # Ambiguous characters may take two columns.
            columns = min(30, room // 2)
            filled = columns * self._done // self._total
            bar = "━" * filled + "╌" * (columns - filled) + " "
        print(f"\r\x1b[K{bar}{words}", end="", file=self._stream, flush=True)

    def _words(self) -> str:
        (then, before), (now, done) = self._past[0], self._past[-1]
        rate = (done - before) / (now - then) if now > then else 0.0
        text = f"{self._done}/{self._total} 份"
        if rate:
            text += f"，每秒 {rate:.1f} 份" if rate >= 1 else f"，每份 {1 / rate:.1f} 秒"
            if self._done < self._total:
                text += f"，还要{duration((self._total - self._done) / rate)}"
        return text


def duration(seconds: float) -> str:
    """``约 3 分 20 秒``; rounded up to what is worth saying."""
    whole = int(seconds) + 1
    hours, minutes = whole // 3600, whole % 3600 // 60
    if hours:
        return f"约 {hours} 小时 {minutes} 分"
    return f"约 {minutes} 分 {whole % 60} 秒" if minutes else f" {whole} 秒"
