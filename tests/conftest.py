"""Settings for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Property tests run on loaded machines too: no deadline for a single example.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests and the commands they start keep compiled rules and the like away from the user's cache folder."""
    folder: Path = tmp_path_factory.mktemp("cache")
    folder.chmod(0o700)
    before = os.environ.get("AUDIT_CACHE")
    os.environ["AUDIT_CACHE"] = str(folder)
    yield
    if before is None:
        del os.environ["AUDIT_CACHE"]
    else:
        os.environ["AUDIT_CACHE"] = before
