"""The same report in another dress gives the same statuses; a little damage changes little."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

import pytest

from auditor.engine.verdict import judge
from auditor.model import ReaderInfo, Status
from auditor.reading import read_report
from auditor.rulebook.book import RuleBook
from auditor.rulebook.shelf import choose, load_book
from auditor.text.parse import parse

ROOT = Path(__file__).resolve().parents[2]
REPORTS = [*sorted(ROOT.glob("reports_in/*.txt")), *sorted(ROOT.parent.glob("shared/gold/*.txt"))]
SEEDS = 20
WIDE = str.maketrans("0123456789%,", "０１２３４５６７８９％，")


@cache
def book(folder: Path) -> RuleBook:
    return load_book(folder)


def statuses(text: str, like: Path | None = None) -> dict[str, Status]:
    doc = parse(text, ReaderInfo("text", "utf-8"))
    year, level = doc.metadata.report_year, doc.metadata.level
    if like is not None:
        # Damage may hide the year; the user can always state it.
        whole = parse(like.read_text(encoding="utf-8"), ReaderInfo("text", "utf-8")).metadata
        year, level = whole.report_year, whole.level
        doc = parse(text, ReaderInfo("text", "utf-8"), year=year, level=level)
    verdicts, _ = judge(doc, book(choose(year)), level)
    return {identity: verdict.status for identity, verdict in verdicts.items()}


@cache
def plain(path: Path) -> dict[str, Status]:
    return statuses(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
@pytest.mark.parametrize("codec", ["gb18030", "utf-16", "utf-16-le", "utf-8-sig"])
def test_encodings(path: Path, codec: str, tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    text = path.read_text(encoding="utf-8")
    target.write_bytes(text.replace("\n", "\r\n").encode(codec))
    document = read_report(target).document
    assert statuses(document.text) == plain(path)


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
@pytest.mark.parametrize(
    "dress",
    [
        lambda t: t.translate(WIDE),
        lambda t: re.sub(r"(?m)^(?=\S)", "　　", t),
        lambda t: re.sub(r"(?<=[一-鿿])(?=\d)|(?<=\d)(?=[一-鿿])", " ", t),
    ],
    ids=["full-width", "indent", "spaces"],
)
def test_dress(path: Path, dress: object) -> None:
    assert callable(dress)
    assert statuses(dress(path.read_text(encoding="utf-8"))) == plain(path)


def wrapped(text: str, width: int) -> str:
    """Every line longer than ``width`` broken hard; shorter lines (headings) and blank lines kept."""
    lines = []
    for line in text.split("\n"):
        lines += [line[i : i + width] for i in range(0, len(line), width)] or [""]
    return "\n".join(lines)


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
@pytest.mark.parametrize("width", [20, 27, 34, 48])
def test_hard_line_breaks(path: Path, width: int) -> None:
    changed = [
        k
        for k, s in statuses(wrapped(path.read_text(encoding="utf-8"), width)).items()
        if s is not plain(path)[k]
    ]
    assert changed == []


def damaged(text: str, rate: float, seed: int) -> str:
    """Chinese characters lost or replaced at random."""
    rng = random.Random(seed)
    out = []
    for char in text:
        if "一" <= char <= "龥" and rng.random() < rate:
            if rng.random() < 0.5:
                continue
            char = chr(rng.randrange(0x4E00, 0x9FA5))
        out.append(char)
    return "".join(out)


def test_one_per_cent_of_damage_changes_at_most_two_per_cent() -> None:
    changed = count = 0
    for path in REPORTS[:3]:
        text, whole = path.read_text(encoding="utf-8"), plain(path)
        for seed in range(SEEDS):
            hurt = statuses(damaged(text, 0.01, seed), like=path)
            judged = [k for k, s in whole.items() if s is not Status.NA]
            changed += sum(hurt[k] is not whole[k] for k in judged)
            count += len(judged)
    assert changed / count <= 0.02
