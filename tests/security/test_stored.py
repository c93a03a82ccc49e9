"""Stored results come from strangers as well: wrong, huge or deep ones end in a sentence, never in a fault of ours."""

from __future__ import annotations

import copy
import io
import json
import random
import time
from pathlib import Path
from typing import Any

import pytest

from auditor.pipeline import Terms
from auditor.render.formats import FORMATS, Setting
from auditor.render.json import StoredResultError, from_json, to_json
from auditor.render.terminal import summary
from auditor.verify import Paper, verify_paper
from tests.render import factory
from tests.security.helpers import GOOD, refused, run

BASE: dict[str, Any] = json.loads(to_json(factory.make_result()))
NUMBERS = [-1, 0, 5, 10**6, 2**63 - 1, -(2**62), 1e300, -1e300, 1e-300, 0.5]
STRINGS = ["", "\x00", "\u202ex", "甲" * 5000, "2025-13-45", "=1+1", "\n\n", "<b>", "../../x", "0"]


def paths(value: object, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(path for key, item in inner for path in paths(item, (*at, key)))]


PLACES = [path for path in paths(BASE) if path]


def damaged(seed: int) -> bytes:
    rng = random.Random(seed)
    data = copy.deepcopy(BASE)
    for _ in range(rng.randint(1, 4)):
        *way, last = rng.choice(PLACES)
        try:
            holder: Any = data
            for key in way:
                holder = holder[key]
            old = holder[last]
        except (KeyError, IndexError, TypeError):
            continue
        if rng.random() < 0.1:
            holder[last] = None
        elif isinstance(old, bool):
            holder[last] = not old
        elif isinstance(old, int | float):
            holder[last] = rng.choice(NUMBERS)
        elif isinstance(old, str):
            holder[last] = rng.choice(STRINGS)
        elif isinstance(old, list):
            holder[last] = rng.choice([[], old * 3])
    return json.dumps(data).encode()


def test_damaged_results_are_refused_or_rendered() -> None:
    kept = 0
    for seed in range(12):
        try:
            result = from_json(damaged(seed))
        except StoredResultError as error:
            assert len(str(error).splitlines()) == 1
            continue
        kept += 1
        for name in ("json", "html", "md", "xlsx", "sarif", "junit", "github"):
            for part in FORMATS[name].parts:
                part.render(result, Setting())
        summary(result, (), columns=80, colour=True)
        verify_paper(Paper(result, ""), None, Terms())
    assert kept >= 3


def changed(**values: Any) -> bytes:
    """The result with values put at dotted places."""
    data = copy.deepcopy(BASE)
    for place, value in values.items():
        *way, last = [int(k) if k.isdigit() else k for k in place.split("__")]
        holder: Any = data
        for key in way:
            holder = holder[key]
        holder[last] = value
    return json.dumps(data).encode()


WRONG = {
    "empty": b"",
    "no JSON": b"not json",
    "not UTF-8": "{\"schema\": \"法\"}".encode("gb18030"),
    "list": b"[]",
    "deep list": b"[" * 1_000_000,
    "deep object": b'{"schema":"fazhi-audit/1","tool":' + b'{"a":' * 200_000,
    "deep unknown": json.dumps(BASE).encode()[:-1] + b',"extra":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "other schema": changed(schema="fazhi-audit/2"),
    "no numbers": changed(score__total="all"),
    "too large a number": b'{"schema":1e999}',
    "infinite sums": changed(elements__0__weight=1e308, elements__1__weight=1e308, elements__0__points=1e308),
    "negative weight": changed(elements__0__weight=-5.0),
    "score of a million": changed(score__total=1e6),
    "place before the text": changed(elements__0__evidence__0__start=-5),
    "place behind the text": changed(elements__0__evidence__0__end=10**9),
    "place backwards": changed(elements__0__evidence__0__start=30, elements__0__evidence__0__end=10),
    "line 0": changed(elements__0__evidence__0__line=0),
    "lone surrogate": changed(report__title="\ud800"),
    "status": changed(elements__0__status="perfect"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_wrong_results(name: str) -> None:
    started = time.monotonic()
    with pytest.raises(StoredResultError, match="重新核查"):
        from_json(WRONG[name])
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("name", ["deep object", "infinite sums", "place behind the text", "lone surrogate"])
def test_through_the_commands(name: str, tmp_path: Path) -> None:
    stored = tmp_path / "结果.json"
    stored.write_bytes(WRONG[name])
    refused(run("render", stored, "-f", "html", "-o", tmp_path / "out"), "结果.json")
    refused(run(GOOD, "--baseline", stored, "-f", "json", "-o", tmp_path / "out"), "结果.json")
    refused(run("compare", stored, GOOD))
    assert not (tmp_path / "out").exists()


def test_huge_files_are_not_read(tmp_path: Path) -> None:
    huge = tmp_path / "大.json"
    with huge.open("wb") as file:
        file.truncate(1 << 34)
    for path in (huge, "/dev/zero"):
        refused(run("render", path, "-f", "json", "-o", tmp_path / "out"), "64 MB")
    refused(run("verify", huge), "大.json")


def paper(payload: bytes, pages: bytes = b"") -> bytes:
    """A PDF with an embedded result.json."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("result.json", payload)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["empty", "deep object", "infinite sums", "place behind the text"])
def test_verify_refuses_what_is_embedded(name: str, tmp_path: Path) -> None:
    (tmp_path / "核查.pdf").write_bytes(paper(WRONG[name]))
    refused(run("verify", tmp_path / "核查.pdf"), "核查.pdf")


def test_verify_tells_what_does_not_agree(tmp_path: Path) -> None:
    (tmp_path / "核查.pdf").write_bytes(paper(changed(score__total=99.9)))
    done = run("verify", tmp_path / "核查.pdf")
    assert (
        done.returncode == 1
        and "不符" in done.stdout
        and done.stdout.splitlines()[-1].startswith("结论：有差异")
    )


def test_verify_of_bombs_and_junk(tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    for data in (
        paper(b" " * (300 << 20)),
        b"%PDF-1.7\n" + b"<<" * 100_000,
        b"%PDF-1.7\n" + bytes(range(256)) * 400,
        b"",
    ):
        file.write_bytes(data)
        refused(run("verify", file), "x.pdf")
