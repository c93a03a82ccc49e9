"""What a user installs: pinned, hashed, under licences that let an office use and pass it on."""

from __future__ import annotations

import importlib.util
import re
import sys
from email.message import Message
from types import ModuleType

import pytest

from tests.release.helpers import ROOT, SCRIPTS

FULL = ROOT / "requirements.lock"
RUNTIME = ROOT / "requirements-runtime.lock"
DEVELOPMENT = {"pytest", "mypy", "ruff", "hypothesis", "hatchling", "coverage", "import-linter", "jsonschema"}


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("licences", SCRIPTS / "licences.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up.
    sys.modules["licences"] = module
    spec.loader.exec_module(module)
    return module


licences = load()


def blocks(text: str) -> dict[str, tuple[str, set[str]]]:
    """Name: version and hashes."""
    found = {}
    for block in re.split(r"\n(?=[A-Za-z0-9])", text):
        if match := re.match(r"([A-Za-z0-9._-]+)==(\S+)", block):
            found[match[1]] = (match[2], set(re.findall(r"sha256:[0-9a-f]{64}", block)))
    return found


def metadata(**fields: str | list[str]) -> Message:
    message = Message()
    for name, values in fields.items():
        for value in [values] if isinstance(values, str) else values:
            message[name.replace("_", "-")] = value
    return message


def test_the_runtime_lock_is_a_part_of_the_lock() -> None:
    full, runtime = blocks(FULL.read_text("utf-8")), blocks(RUNTIME.read_text("utf-8"))
    assert runtime
    for name, pin in runtime.items():
        assert full.get(name) == pin, f"{name}：请运行 bash scripts/runtime-lock.sh"
        assert pin[1], f"{name} 没有哈希"
    assert not runtime.keys() & DEVELOPMENT
    assert {"weasyprint", "rapidfuzz", "lxml", "pypdfium2", "psycopg", "datasketch"} <= runtime.keys()


def test_every_runtime_package_may_be_shipped() -> None:
    refused = [row for row in licences.rows() if not row.allowed]
    assert not refused, refused


def test_exceptions_are_still_needed() -> None:
    rows = {row.name: row for row in licences.rows()}
    for name in licences.EXCEPTIONS:
        assert name in rows and not licences.is_free(rows[name].licence), name


def test_the_table_in_the_documents_is_the_present_one() -> None:
    page = licences.PAGE.read_text("utf-8")
    assert licences.table() in page, "请运行 .venv/bin/python scripts/licences.py write"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"License_Expression": "MIT"}, "MIT"),
        ({"Classifier": ["License :: OSI Approved :: MIT License"]}, "MIT"),
        ({"License": "MIT"}, "MIT"),
        ({"License": "some words of its own"}, ""),
        ({}, ""),
        # One classifier nobody looked at makes the whole unknown.
        (
            {
                "Classifier": [
                    "License :: OSI Approved :: MIT License",
                    "License :: OSI Approved :: Odd License",
                ]
            },
            "",
        ),
        # The expression is the publisher's newest word.
        (
            {"License_Expression": "AGPL-3.0-only", "Classifier": ["License :: OSI Approved :: MIT License"]},
            "AGPL-3.0-only",
        ),
    ],
)
def test_the_licence_of_a_package(fields: dict[str, str | list[str]], expected: str) -> None:
    assert licences.licence(metadata(**fields)) == expected


@pytest.mark.parametrize(
    ("expression", "free"),
    [
        ("MIT", True),
        ("BSD-3-Clause AND MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-2.0-or-later OR MPL-1.1", False),
        ("AGPL-3.0-only", False),
        ("LGPL-3.0-only", False),
        ("GPL-3.0-only WITH GCC-exception-3.1", False),
        ("", False),
    ],
)
def test_only_permissive_expressions_pass_unargued(expression: str, free: bool) -> None:
    assert licences.is_free(expression) is free
    assert licences.Row("anything", "1", expression).allowed is free
