"""Sets of strangers' sentences and reports that were measured once and then mended stay where they are.

The first-contact numbers, which count, are in docs/accuracy.md; these floors only keep what was won.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.engine.verdict import judge
from auditor.figures.check import check_figures
from auditor.model import ReaderInfo, Severity, Status
from auditor.reading import read_report
from auditor.rulebook.shelf import book_for
from auditor.text.document import Document
from auditor.text.parse import parse

from .measure import KINDS, measure
from .paragraphs import Counts, told

HERE = Path(__file__).resolve().parent
SETS = sorted(path.name for path in HERE.glob("set-*"))
FLOORS = {"covered": 0.98, "near": 0.98, "weak": 0.98, "plan": 0.98}
PROSE = sorted(path.name for path in HERE.glob("prose-*"))
HEAD = "桐阳区人民政府2023年度法治政府建设情况报告\n一、主要工作\n法治政府建设工作情况如下。"
REPORTS = sorted(HERE.glob("reports-*/*.gold.json"))


@pytest.mark.parametrize("name", SETS)
def test_sentences(name: str) -> None:
    outcomes = measure(HERE / name, book_for("outline-2021", None))
    for kind in KINDS:
        mine = [outcome for outcome in outcomes if outcome.case.kind == kind]
        right = sum(outcome.right for outcome in mine)
        wrong = [f"{o.case.element} {o.got}: {o.case.sentence}" for o in mine if not o.right]
        assert right / len(mine) >= FLOORS[kind], "\n".join(wrong)


def test_paragraphs() -> None:
    """Over all paragraphs 94 of 100 verdicts hold, and 94 of 100 elements that a reader sees are seen."""
    counts = Counts.of([one for name in PROSE for one in told(HERE / name)])
    assert counts.held / counts.fired >= 0.94, counts
    assert counts.found / counts.seen >= 0.94, counts


def test_reports() -> None:
    """Over all reports at most 2 % of the statuses are wrong; what does not apply is always known."""
    wrong, count = [], 0
    for gold in REPORTS:
        labels = json.loads(gold.read_text(encoding="utf-8"))
        document = read_report(gold.with_name(gold.name.replace(".gold.json", ".txt"))).document
        meta = document.metadata
        verdicts, _ = judge(document, book_for(None, meta.report_year), meta.level)
        for identity, label in labels["elements"].items():
            got = verdicts[identity].status
            if label["status"] == "na":
                assert got is Status.NA, identity
                continue
            count += 1
            if got != label["status"] and got not in label.get("accept", []):
                wrong.append(f"{gold.name} {identity}: {label['status']} {got}")
    assert len(wrong) / count <= 0.02, "\n".join(wrong)


def test_figures() -> None:
    """Over all texts most wrong relations are found, and hardly a right one is blamed."""
    found = wrong = right = 0
    blamed = []
    for document, labels in _with_figures():
        _, findings = check_figures(document, {}, year=None, level=None, published=None)
        quotes = [
            _squash(f.quote or "")
            for f in findings
            if f.kind == "arithmetic" and f.severity is not Severity.NOTE
        ]
        bad = [_squash(a["quote"]) for a in labels if a["verdict"] == "inconsistent"]
        good = [_squash(a["quote"]) for a in labels if a["verdict"] == "consistent"]
        found += sum(any(_meet(quote, q) for q in quotes) for quote in bad)
        wrong += len(bad)
        right += len(good)
        blamed += [
            quote
            for quote in good
            if any(_meet(quote, q) for q in quotes) and not any(_meet(quote, b) for b in bad)
        ]
    assert found / wrong >= 0.85
    assert len(blamed) / right <= 0.03, blamed


def _with_figures() -> Iterator[tuple[Document, list[dict[str, str]]]]:
    """Reports and paragraphs with what is to be said of their figures."""
    for gold in [*REPORTS, *sorted(HERE.glob("figures-*/*.gold.json"))]:
        document = read_report(gold.with_name(gold.name.replace(".gold.json", ".txt"))).document
        yield document, json.loads(gold.read_text(encoding="utf-8"))["arithmetic"]
    for path in sorted(HERE.glob("figures-*/paragraphs.json")):
        for one in json.loads(path.read_text(encoding="utf-8")):
            yield parse(f"{HEAD}{one['text']}\n", ReaderInfo("text", "utf-8")), one["relations"]


def _squash(text: str) -> str:
    return "".join(text.split())


def _meet(a: str, b: str) -> bool:
    """Half of the shorter quote stands in the longer one."""
    a, b = sorted((a, b), key=len)
    size = max(4, len(a) // 2)
    return any(a[i : i + size] in b for i in range(len(a) - size + 1))
