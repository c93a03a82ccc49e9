"""Parts of the rules that no example needs are found, and those that one needs are not."""

from __future__ import annotations

from pathlib import Path

from auditor.ablation import unproven
from auditor.model import Role, Status
from auditor.proof import Case
from auditor.rulebook.shelf import load_book
from tests.small_book import CLAUSES, MANIFEST

RULES = """group: 甲
concepts:
  赶集: [赶大集, 赶小集]
  送货: {any: [送货], ignore: [不必送货]}
elements:
  - id: 甲.一
    name: 第一项
    basis: [X-1]
    sought: [第一件事]
    advice: {weak: 补充, missing: 补写}
    ignore: [送货车]
    covered:
      - {all: ["{赶集}"], unless: [邻村]}
      - {all: ["{送货}"], unless: [快递]}
"""


def names(tmp_path: Path, *cases: tuple[str, Status]) -> list[str]:
    for name, text in (("book", MANIFEST), ("clauses", CLAUSES), ("rules", RULES)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    book = load_book(tmp_path)
    examples = [Case("甲.一", sentence, Role.ACHIEVEMENTS, status, "covered") for sentence, status in cases]
    return [part.name for part in unproven(book, examples, 2023)]


def test_what_no_example_needs_is_named(tmp_path: Path) -> None:
    assert names(tmp_path, ("全村老少赶大集。", Status.COVERED)) == [
        "要素“甲.一”的 ignore",
        "要素“甲.一”covered 第 1 条（{赶集}）的 unless",
        "要素“甲.一”covered 第 2 条（{送货}）的 unless",
        "概念“送货”",
        "概念“送货”的 ignore",
    ]


def test_examples_prove_every_part(tmp_path: Path) -> None:
    found = names(
        tmp_path,
        ("全村老少赶大集。", Status.COVERED),
        ("天天送货上门。", Status.COVERED),
        ("邻村老少赶大集。", Status.MISSING),
        ("快递天天送货上门。", Status.MISSING),
        ("近处不必送货上门。", Status.MISSING),
        ("新买了送货车。", Status.MISSING),
    )
    assert found == []
