"""First-contact measurement: fresh sentences, each put into a report that lacks the element, and judged.

usage: python tests/contact/measure.py SET... [--failures] [--element PREFIX]
Each SET is a folder of YAML files (a list of id, covered, weak, weak_in, near, plan).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from auditor.model import Role, Status
from auditor.proof import Case, Outcome, prove
from auditor.rulebook.book import RuleBook
from auditor.rulebook.files import locate
from auditor.rulebook.shelf import load_book
from auditor.rulebook.yaml import load

HERE = Path(__file__).resolve().parent
KINDS = ("covered", "near", "weak", "plan")


def cases(folder: Path, prefix: str = "") -> Iterator[Case]:
    """All sentences of a set as cases."""
    for path in sorted(folder.glob("*.yaml")):
        for entry in load(path).data:
            identity = entry["id"]
            if not identity.startswith(prefix):
                continue
            for sentence in entry["covered"]:
                yield Case(identity, sentence, Role.ACHIEVEMENTS, Status.COVERED, "covered")
            for sentence in entry["near"]:
                yield Case(identity, sentence, Role.ACHIEVEMENTS, Status.MISSING, "near")
            where = Role.PROBLEMS if entry.get("weak_in") == "problems" else Role.ACHIEVEMENTS
            yield Case(identity, entry["weak"], where, Status.WEAK, "weak")
            yield Case(identity, entry["plan"], Role.PLAN, Status.WEAK, "plan")


def measure(folder: Path, book: RuleBook, prefix: str = "") -> list[Outcome]:
    return list(prove(book, cases(folder, prefix), 2023))


def table(outcomes: list[Outcome], groups: dict[str, str]) -> dict[str, dict[str, tuple[int, int]]]:
    """Right and all by group and kind; the group 全部 sums up."""
    right: Counter[tuple[str, str]] = Counter()
    count: Counter[tuple[str, str]] = Counter()
    for outcome in outcomes:
        for group in (groups[outcome.case.element], "全部"):
            count[group, outcome.case.kind] += 1
            right[group, outcome.case.kind] += outcome.right
    return {g: {k: (right[g, k], count[g, k]) for k in KINDS} for g in dict.fromkeys(g for g, _ in count)}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--element", default="")
    parser.add_argument("--rules", default="outline-2021")
    options = parser.parse_args()
    book = load_book(locate(options.rules))
    groups = {element.id: element.group for element in book.elements}
    for name in options.sets:
        outcomes = measure(HERE / name, book, options.element)
        if options.failures:
            for outcome in outcomes:
                if not outcome.right:
                    case = outcome.case
                    print(
                        f"{case.element} {case.kind}: want {case.expected} got {outcome.got}: {case.sentence}"
                    )
        for group, row in table(outcomes, groups).items():
            cells = "  ".join(f"{k} {a}/{n} {a / n:.3f}" if n else f"{k} -" for k, (a, n) in row.items())
            print(f"{name} {group}: {cells}")


if __name__ == "__main__":
    main()
