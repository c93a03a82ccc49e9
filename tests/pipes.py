"""Named pipes that a started command reads from: opened for writing, but never waited for without end."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path
from typing import BinaryIO

PATIENCE = 60.0
"""Seconds until a reader must have come."""


def opened(path: Path) -> BinaryIO:
    """The writing end, once somebody reads. Raises TimeoutError, as when the command died before."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            number = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
            if time.monotonic() > end:
                raise TimeoutError(f"{path}：没有人来读") from error
            time.sleep(0.01)
        else:
            os.set_blocking(number, True)
            return os.fdopen(number, "wb", buffering=0)
