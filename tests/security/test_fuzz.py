"""The fuzzers' corpus and everything they ever found, run again without a fuzzer."""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

FUZZ = Path(__file__).resolve().parents[2] / "fuzz"
SPEC = importlib.util.spec_from_file_location("fuzz_targets", FUZZ / "targets.py")
assert SPEC is not None and SPEC.loader is not None
targets = importlib.util.module_from_spec(SPEC)
sys.modules["fuzz_targets"] = targets
SPEC.loader.exec_module(targets)
TARGETS: dict[str, Callable[[bytes], None]] = targets.TARGETS


@pytest.mark.parametrize("kind", ["corpus", "findings"])
@pytest.mark.parametrize("name", sorted(TARGETS))
def test_again(kind: str, name: str) -> None:
    folder = FUZZ / kind / name
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    assert files or kind == "findings"
    for path in files:
        started = time.monotonic()
        try:
            TARGETS[name](path.read_bytes())
        except Exception as error:
            raise AssertionError(f"{path.relative_to(FUZZ)}: {error!r}") from error
        assert time.monotonic() - started < 10, path
