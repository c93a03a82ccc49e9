"""SHA-256 is SHA-256, whoever reckons it."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest

from auditor import digests
from auditor.digests import sha256


@pytest.mark.parametrize("data", [b"", "述法".encode(), b"x" * (digests._LARGE + 1)])
@pytest.mark.parametrize("names", [digests._OWN, ()])
@pytest.mark.parametrize("loaded", [True, False])
def test_every_way_gives_the_same(
    data: bytes, names: tuple[str, ...], loaded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = hashlib.sha256(data)
    monkeypatch.setattr(digests, "_OWN", names)
    if not loaded:
        monkeypatch.delitem(sys.modules, "_hashlib")
    assert sha256(data).hexdigest() == wanted.hexdigest()
    made = sha256()
    made.update(data)
    assert made.digest() == wanted.digest()


def test_a_small_digest_needs_no_openssl() -> None:
    code = "import sys; from auditor.digests import sha256; sha256(b'x'); print('_hashlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
