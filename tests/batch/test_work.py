"""One report of a batch, and what is kept of it for the next run."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from auditor import pipeline
from auditor.batch import work
from auditor.batch.plan import CACHE_FOLDER, make_plan, tree_digest
from auditor.batch.work import Ending, do
from auditor.letterhead import Office
from auditor.pipeline import Terms
from auditor.rulebook.faults import RulesError
from tests.batch.helpers import plan, results, task, towns


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return towns(tmp_path / "in", 1)[0]


def test_the_second_run_finds_everything_kept(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    first = do(task(report), plan(out))
    assert first.ending is Ending.DONE
    before = results(out)
    monkeypatch.setattr(pipeline, "judge_report", None)
    second = do(task(report), plan(out))
    assert second.ending is Ending.KEPT and second.entry == first.entry and second.frame == first.frame
    assert results(out) == before


def test_another_format_needs_no_other_audit(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    do(task(report), plan(out))
    monkeypatch.setattr(pipeline, "judge_report", None)
    answer = do(task(report), plan(out, ("json", "md")))
    assert answer.ending is Ending.DONE and set(results(out)) == {"0.json", "0.md"}


def test_lost_or_changed_results_are_made_again(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    do(task(report), plan(out))
    whole = results(out)
    for spoil in (lambda p: p.unlink(), lambda p: p.write_bytes(b"{}")):
        spoil(out / "0.json")
        assert do(task(report), plan(out)).ending is Ending.DONE
        assert results(out) == whole


@pytest.mark.parametrize(
    "terms",
    [
        Terms(year=2023),
        Terms(fail_under=99.0),
        Terms(no_gate=True),
        Terms(gate="strict"),
        Terms(published="2025-02-01"),
    ],
)
def test_other_terms_are_another_verdict(terms: Terms, report: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    do(task(report), plan(out))
    assert do(task(report), plan(out, terms=terms)).ending is Ending.DONE
    assert do(task(report), plan(out, terms=terms)).ending is Ending.KEPT


def test_a_changed_report_or_name_is_audited_again(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    do(task(report), plan(out))
    assert do(replace(task(report), shown="x/0.txt"), plan(out)).ending is Ending.DONE
    report.write_bytes(report.read_bytes() + "　　补一句。\n".encode())
    answer = do(task(report), plan(out))
    assert answer.ending is Ending.DONE and answer.entry is not None
    assert do(task(report), plan(out)).ending is Ending.KEPT


def test_office_counts_for_the_papers_but_not_for_the_verdict(report: Path, tmp_path: Path) -> None:
    here = plan(tmp_path)
    other = make_plan(Terms(), Office(organisation="某司法局"), ("json",), tmp_path, cache=True)
    assert here.terms_digest == other.terms_digest and here.paper_digest != other.paper_digest


def test_rules_of_a_folder_count_with_their_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("x: 1\n")
    before = tree_digest(tmp_path)
    (tmp_path / "a.cases.yaml").write_text("- y\n")
    assert tree_digest(tmp_path) == before
    (tmp_path / "a.yaml").write_text("x: 2\n")
    assert tree_digest(tmp_path) != before


@pytest.mark.parametrize("damage", [b"", b"\x00" * 40, b"x\x9c\xab\x56"])
def test_a_damaged_record_counts_as_none(damage: bytes, report: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = do(task(report), plan(out))
    for record in (out / CACHE_FOLDER).rglob("*"):
        if record.is_file():
            record.write_bytes(damage)
    again = do(task(report), plan(out))
    assert again.ending is Ending.DONE and again.entry == first.entry


def test_without_cache_nothing_is_kept(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for _ in range(2):
        assert do(task(report), plan(out, cache=False)).ending is Ending.DONE
    assert not (out / CACHE_FOLDER).exists()


def test_a_report_that_cannot_be_judged_says_why_without_its_path(tmp_path: Path) -> None:
    bad = tmp_path / "坏.txt"
    bad.write_bytes(b"")
    answer = do(task(bad), plan(tmp_path / "out", ("json", "junit")))
    assert answer.ending is Ending.UNAUDITED and answer.entry is None
    assert answer.reason and str(tmp_path) not in answer.reason
    assert set(results(tmp_path / "out")) == {"坏.junit.xml"}
    assert do(task(tmp_path / "没有.txt"), plan(tmp_path / "out")).ending is Ending.UNAUDITED


def test_a_fault_of_ours_is_no_end_of_the_batch(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("坏了")

    monkeypatch.setattr(work, "once", broken)
    answer = do(task(report), plan(tmp_path))
    assert answer.ending is Ending.BROKEN and "坏了" in (answer.reason or "")


def test_results_that_cannot_be_written_are_not_taken_for_kept(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "0.json").mkdir(parents=True)
    answer = do(task(report), plan(out))
    assert answer.faults and answer.entry is not None
    (out / "0.json").rmdir()
    assert do(task(report), plan(out)).ending is Ending.DONE
    assert (out / "0.json").is_file()


def test_faults_in_rules_and_gate_show_before_the_first_report(tmp_path: Path) -> None:
    for terms in (Terms(rules="没有这本"), Terms(gate=str(tmp_path / "没有.yaml"))):
        with pytest.raises(RulesError):
            plan(tmp_path, terms=terms)
