"""Tables as pages and Word files leave them: whatever stands between the cells, a right one is never flagged."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from auditor.figures.arithmetic import check_arithmetic
from auditor.figures.quantities import quantities
from auditor.figures.quantity import QKind
from auditor.model import ReaderInfo, Severity
from auditor.text.parse import parse
from tests.figures.helpers import alarms, read

FOLDER = Path(__file__).parent / "tables"
LAYOUTS = {
    "blank": " ",
    "blanks": "    ",
    "wide": "　",
    "tab": "\t",
    "bar": " | ",
    "line": "\n",
    "lines": "\n\n",
}
REPORT = (
    "青石县2024年法治政府建设年度报告\n\n2024年，青石县扎实推进法治政府建设，现将有关情况报告如下：\n"
    "一、主要成效\n严格规范公正文明执法，全年开展执法监督检查12次。主要数据见下表：\n{}\n"
    "注：数据由县司法局汇总。\n二、存在的问题\n执法力量仍显不足。\n三、下一步打算\n继续推进法治政府建设。\n"
)


def blocks() -> Iterator[tuple[str, str, list[list[str]]]]:
    """Mark, title and rows of cells of every table."""
    for path in sorted(FOLDER.glob("*.txt")):
        if path.stem == "lists":
            continue
        for block in path.read_text(encoding="utf-8").split("\n\n")[1:]:
            title, *lines = block.strip().splitlines()
            yield title[0], f"{path.stem}-{title[2:]}", [line.split("|") for line in lines]


def flat(table: list[list[str]], layout: str, wrong: bool, head: str = "") -> str:
    """The table as text; ``head`` is the layout of its first row where that is another."""
    lines = []
    for at, row in enumerate(table):
        cells = [cell.partition("→")[2 if wrong and "→" in cell else 0] for cell in row]
        lines.append(LAYOUTS[head if head and at == 0 else layout].join(cells).rstrip())
    return "\n".join(lines)


def report(text: str) -> list[str]:
    """Messages of the errors and warnings of a whole report that holds ``text``."""
    doc = parse(REPORT.format(text), ReaderInfo("text", "utf-8"))
    found = check_arithmetic(doc, quantities(doc))
    return [f.message for f in found if f.severity is not Severity.NOTE]


TABLES = [pytest.param(mark, table, id=title) for mark, title, table in blocks()]
WRONG = [pytest.param(mark, table, id=title) for mark, title, table in blocks() if mark == "-"]
WAYS = [*((name, "") for name in LAYOUTS), *product(("blank", "wide", "tab"), ("line", "lines"))]


@pytest.mark.parametrize(("layout", "head"), WAYS)
@pytest.mark.parametrize(("mark", "table"), TABLES)
def test_right_table_is_left_alone(mark: str, table: list[list[str]], layout: str, head: str) -> None:
    text = flat(table, layout, False, head)
    assert not [f.message for f in alarms(f"主要数据见下表：\n{text}\n")]
    assert not report(text)
    # Nothing of two cells is read as one figure.
    cells = [cell.partition("→")[0] for row in table for cell in row]
    for q in read(text):
        if q.kind is QKind.RATE:
            assert any(f"{q.value.normalize():f}" in c.replace(",", "") for c in cells), q
            assert q.upper is None


@pytest.mark.parametrize("layout", ["blank", "blanks", "wide", "tab", "bar"])
@pytest.mark.parametrize(("mark", "table"), WRONG)
def test_wrong_cell_is_found(mark: str, table: list[list[str]], layout: str) -> None:
    name = next(row[0] for row in table if any("→" in cell for cell in row))
    found = alarms(f"主要数据见下表：\n{flat(table, layout, True)}\n")
    # A wrong part of a sum shows in the row of the sum.
    quotes = [f.quote or "" for f in found]
    assert len(quotes) == 1 and (name in quotes[0] or quotes[0].startswith("合计"))
    assert len(report(flat(table, layout, True))) == 1


@pytest.mark.parametrize(("mark", "table"), WRONG)
def test_wrong_cell_raises_no_other_alarm(mark: str, table: list[list[str]]) -> None:
    """Where the layout is not understood, at most the wrong row is told, and never a rate above 100 %."""
    for layout, head in WAYS:
        found = report(flat(table, layout, True, head))
        assert len(found) <= 1 and not any("超过了100%" in message for message in found)


def lists(mark: str) -> list[str]:
    lines = (FOLDER / "lists.txt").read_text(encoding="utf-8").splitlines()
    return [line[2:] for line in lines if line.startswith(mark + " ")]


@pytest.mark.parametrize("text", lists("+"))
def test_right_list_of_two_units(text: str) -> None:
    assert not alarms(text)


@pytest.mark.parametrize("text", lists("-"))
def test_wrong_list_of_two_units(text: str) -> None:
    assert len(alarms(text)) == 1
