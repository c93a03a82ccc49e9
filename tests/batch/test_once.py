"""A single report with PDF: an unchanged one is not made again, a changed one is."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from auditor.batch.once import Made, once
from auditor.batch.plan import Plan, Task, make_plan
from auditor.letterhead import Office
from auditor.pipeline import Judged, Terms, judge_report

SAMPLE = (
    Path(__file__).resolve().parents[2] / "reports_in" / "栖云市生态环境局2024年度法治政府建设年度报告.txt"
)


class Run:
    """Runs one report again and again and counts the verdicts."""

    def __init__(self, folder: Path) -> None:
        self.report = folder / "报告.txt"
        shutil.copy(SAMPLE, self.report)
        self.out = folder / "out"
        self.judged = 0
        self.paths: list[str] = []

    def __call__(self, *, office: Office | None = None, terms: Terms | None = None) -> Made:
        terms = terms or Terms()
        plan: Plan = make_plan(terms, office or Office(), ("json", "md"), self.out, cache=True)

        def judge() -> Judged:
            self.judged += 1
            return judge_report(self.report, self.report.name, terms)

        task = Task(0, str(self.report), self.report.name, "报告", None)
        made = once(task, plan, judge, result=True)
        self.paths = made.paths(task, plan)
        return made

    def files(self) -> dict[str, str]:
        return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in self.out.glob("报告.*")}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(tmp_path)


def test_an_unchanged_report_is_not_judged_again(run: Run) -> None:
    first = run()
    files = run.files()
    assert set(files) == {"报告.json", "报告.md"}
    again = run()
    assert run.judged == 1
    assert again.result == first.result
    assert again.kept
    assert run.paths == [str(run.out / "报告.json"), str(run.out / "报告.md")]
    assert run.files() == files


def test_whatever_matters_makes_it_again(run: Run) -> None:
    run()
    run.report.write_text(SAMPLE.read_text(encoding="utf-8") + "\n补充一段。\n", encoding="utf-8")
    run()
    assert run.judged == 2
    run(terms=Terms(no_gate=True))
    assert run.judged == 3


def test_another_office_gets_its_papers_from_the_same_verdict(run: Run) -> None:
    run()
    (run.out / "报告.md").write_text("别的单位的", encoding="utf-8")
    done = run(office=Office(organisation="远江县司法局"))
    assert run.judged == 1
    assert not done.faults
    assert (run.out / "报告.md").read_text(encoding="utf-8") != "别的单位的"


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_a_file_changed_or_lost_since_is_made_again(run: Run, damage: str) -> None:
    run()
    files = run.files()
    place = run.out / "报告.md"
    if damage == "gone":
        place.unlink()
    else:
        place.write_text("改动", encoding="utf-8")
    run()
    assert run.judged == 1
    assert run.files() == files
