"""Labelled paragraphs of dull official prose, each put into a report of its own and judged on every element.

usage: python -m tests.contact.paragraphs FOLDER... [--only PREFIX,...] [--rules BOOK] [--wrong]
Each FOLDER holds JSON lists of {text, level, year, covered {id: quote}, weak {id: quote}, accept {id: [status]}}; every
element that is not named is missing. ``accept`` gives further statuses that are right too.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.engine.values import Verdict
from auditor.engine.verdict import judge
from auditor.model import Level, ReaderInfo, Status
from auditor.rulebook.shelf import book_for
from auditor.text.document import Document
from auditor.text.parse import parse

HERE = Path(__file__).resolve().parent
UNIT = {"province": "某省", "city": "某市", "county": "某县", "town": "某某镇", "dept": "某县水利局"}
FORM = "要件"
"""Elements about the form of a whole report, which a paragraph cannot show."""


@dataclass(frozen=True, slots=True)
class Told:
    """One element of one paragraph: what a reader calls it, and what the program says."""

    place: str
    element: str
    wanted: frozenset[Status]
    label: Status
    verdict: Verdict

    @property
    def right(self) -> bool:
        return self.verdict.status in self.wanted


def told(folder: Path, rules: str | None = None, only: tuple[str, ...] = ()) -> Iterator[Told]:
    """Every applicable element of every paragraph of a folder."""
    for path in sorted(folder.glob("*.json")):
        for number, entry in enumerate(json.loads(path.read_text(encoding="utf-8"))):
            yield from _paragraph(f"{path.stem}{number}", entry, rules, only)


def document(entry: dict[str, Any]) -> Document:
    """A paragraph as the only one in a report."""
    body = entry["text"].strip().removesuffix("。")
    title = f"{UNIT[entry['level']]}{entry['year']}年度法治政府建设情况报告"
    return parse(f"{title}\n一、主要举措和成效\n{body}。\n", ReaderInfo("text", "utf-8"))


def _paragraph(place: str, entry: dict[str, Any], rules: str | None, only: tuple[str, ...]) -> Iterator[Told]:
    verdicts, _ = judge(document(entry), book_for(rules, entry["year"]), Level(entry["level"]))
    for element, verdict in verdicts.items():
        if element.startswith(FORM) or verdict.status is Status.NA or not element.startswith(only or ""):
            continue
        label = next((s for s in (Status.COVERED, Status.WEAK) if element in entry[s.value]), Status.MISSING)
        wanted = {label, *map(Status, entry["accept"].get(element, ()))}
        yield Told(place, element, frozenset(wanted), label, verdict)


@dataclass(frozen=True, slots=True)
class Counts:
    """Verdicts other than missing that hold, and elements a reader sees that the program sees alike."""

    fired: int
    held: int
    seen: int
    found: int

    @classmethod
    def of(cls, all_told: list[Told]) -> Counts:
        fired = [t for t in all_told if t.verdict.status is not Status.MISSING]
        seen = [t for t in all_told if Status.MISSING not in t.wanted]
        return cls(len(fired), sum(t.right for t in fired), len(seen), sum(t.right for t in seen))

    def __str__(self) -> str:
        return (
            f"held {self.held}/{self.fired} {self.held / max(1, self.fired):.3f}  "
            f"found {self.found}/{self.seen} {self.found / max(1, self.seen):.3f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--only", default="")
    parser.add_argument("--rules")
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args()
    only = tuple(prefix for prefix in options.only.split(",") if prefix)
    for name in options.folders:
        all_told = list(told(HERE / name, options.rules, only))
        for t in all_told if options.wrong else ():
            if not t.right:
                quotes = " / ".join(f"{e.phrase} | {e.quote}" for e in t.verdict.evidence[:2])
                print(f"{t.place} {t.element}: want {t.label} got {t.verdict.status}  {quotes}")
        print(f"{name}: {Counts.of(all_told)}")


if __name__ == "__main__":
    main()
