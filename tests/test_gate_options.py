"""--fail-on adds to a verdict, --baseline excuses what is old; neither ever turns a gate that is off."""

from __future__ import annotations

from msgspec.structs import replace

from auditor.gate_options import excuse, fail_on, identity
from auditor.model import FailOn, GateFailure, GateResult, Result, Severity, Status, Tier
from tests.render import factory


def rules(result: Result) -> list[str]:
    return [failure.rule for failure in result.gate.failures]


def passed(result: Result) -> Result:
    return replace(result, gate=GateResult(True, "default"))


def test_fail_on_adds_open_gaps() -> None:
    result = passed(factory.make_result())
    missing = fail_on(result, (FailOn.MISSING,), statutory_only=False)
    wanted = [e.id for e in result.elements if e.status is Status.MISSING and e.decision is None]
    assert rules(missing) == wanted and missing.gate.passed is False
    weak = fail_on(result, (FailOn.WEAK,), statutory_only=False)
    assert set(wanted) < set(rules(weak)) and "能力.法治讲座" in rules(weak)
    error = fail_on(result, (FailOn.ERROR,), statutory_only=False)
    assert rules(error) == ["finding:算术.分项超总数"]
    assert "违反" not in repr(weak.gate)


def test_fail_on_counts_nothing_twice_and_spares_what_is_waived_or_for_reference() -> None:
    result = factory.make_result()
    both = fail_on(result, (FailOn.MISSING, FailOn.ERROR), statutory_only=False)
    assert len(rules(both)) == len(set(rules(both))) and "化解.行政裁决" not in rules(both)
    statutory = fail_on(passed(result), (FailOn.MISSING,), statutory_only=True)
    assert rules(statutory) == ["要件.不足原因", "第一责任人.履职"]
    off = replace(result, gate=GateResult(None, None))
    assert fail_on(off, (FailOn.WEAK,), statutory_only=False) == off


def test_a_baseline_excuses_only_what_is_old() -> None:
    old = factory.make_result()
    again, met = excuse(old, (old,))
    assert met and again.gate.passed is True and rules(again) == []
    assert all("基线中已有" in w.message for w in again.gate.warnings[:2])
    # What was covered and is missing now fails; so does what was weak and is missing now.
    gone = replace(
        old,
        elements=tuple(
            replace(e, status=Status.MISSING) if e.id in ("述法.开展", "述法.覆盖") else e
            for e in old.elements
        ),
    )
    new = fail_on(passed(gone), (FailOn.MISSING,), statutory_only=False)
    assert rules(excuse(new, (old,))[0]) == ["述法.开展", "述法.覆盖"]


def test_a_baseline_ignores_lines_and_digests_but_not_unit_and_year() -> None:
    old = factory.make_result()
    moved = replace(
        old, report=replace(old.report, sha256="1" * 64, file="另存.txt", text="\n" + old.report.text)
    )
    assert excuse(moved, (old,))[0].gate.passed is True
    for other in (
        replace(old, report=replace(old.report, issuer="石桥县人民政府")),
        replace(old, report=replace(old.report, report_year=2023)),
    ):
        result, met = excuse(other, (old,))
        assert not met and result == other


def test_a_low_score_is_old_unless_it_fell() -> None:
    old = factory.make_result()
    low = replace(old, gate=GateResult(False, "default", (GateFailure("minimum_score", "总分低"),)))
    assert excuse(low, (old,))[0].gate.passed is True
    fell = replace(low, score=replace(low.score, total=low.score.total - 0.1))
    assert excuse(fell, (old,))[0].gate.passed is False


def test_a_waived_gap_in_the_baseline_is_new_when_the_waiver_is_gone() -> None:
    old = factory.make_result()
    bare = replace(old, elements=tuple(replace(e, decision=None) for e in old.elements))
    result = fail_on(passed(bare), (FailOn.MISSING,), statutory_only=False)
    assert rules(excuse(result, (old,))[0]) == ["化解.行政裁决"]


def test_a_gate_that_is_off_stays_off_with_a_baseline() -> None:
    old = factory.make_result()
    off = replace(old, gate=GateResult(None, None))
    assert excuse(off, (old,)) == (off, old)
    assert excuse(off, ()) == (off, None)


def told(result: Result) -> dict[str, str]:
    return {failure.rule: failure.message for failure in result.gate.failures}


def test_what_fail_on_says() -> None:
    """Statutory gaps are called so; what only the outline asks for breaks no law."""
    result = passed(factory.make_result())
    tiers = {e.id: e for e in result.elements if e.decision is None}
    said = told(fail_on(result, (FailOn.WEAK,), statutory_only=False))
    words = {
        (Tier.STATUTORY, Status.MISSING): "法定内容缺失",
        (Tier.STATUTORY, Status.WEAK): "法定内容写得不充分",
        (Tier.OUTLINE, Status.MISSING): "没有提及",
        (Tier.OUTLINE, Status.WEAK): "写得不充分",
    }
    met = {(tiers[rule].tier, tiers[rule].status) for rule in said}
    assert met == set(words)
    for rule, message in said.items():
        element = tiers[rule]
        assert message == f"{words[element.tier, element.status]}（{element.name}）"
    (error,) = told(fail_on(result, (FailOn.ERROR,), statutory_only=False)).values()
    assert error == next(f.message for f in result.findings if f.severity is Severity.ERROR)


def test_fail_on_keeps_the_policy_its_warnings_and_its_own_failures() -> None:
    warnings = (GateFailure("述法.形式", "没有提及"),)
    result = replace(factory.make_result(), gate=GateResult(True, "strict", (), warnings))
    both = fail_on(result, (FailOn.MISSING, FailOn.ERROR), statutory_only=False)
    assert both.gate.policy == "strict" and both.gate.warnings == warnings
    missing = rules(fail_on(result, (FailOn.MISSING,), statutory_only=False))
    assert rules(both) == [*missing, "finding:算术.分项超总数"] and missing


def test_whose_report_it_is() -> None:
    result = factory.make_result()

    def of(issuer: str | None, region: str | None) -> str:
        return identity(replace(result, report=replace(result.report, issuer=issuer, region=region)))[0]

    assert of("石桥县\n 人民政府", "远江县") == "石桥县人民政府"
    assert of(None, "远 江县") == "远江县"
    assert of(None, None) == of("", "") == f"file:{result.report.file}"


def test_a_gap_that_the_baseline_did_not_count_is_new_however_small() -> None:
    old = factory.make_result()
    waived = next(e for e in old.elements if e.decision is not None)
    now = replace(
        old,
        elements=tuple(
            replace(e, decision=None, status=Status.WEAK) if e.id == waived.id else e for e in old.elements
        ),
    )
    result, met = excuse(fail_on(passed(now), (FailOn.WEAK,), statutory_only=False), (old,))
    assert met and rules(result) == [waived.id]
    excused = [failure for failure in result.gate.warnings if "基线中已有" in failure.message]
    assert {failure.rule for failure in excused} <= {e.id for e in old.elements} and excused


def test_a_failure_of_nothing_known_is_never_old() -> None:
    old = factory.make_result()
    strange = replace(old, gate=GateResult(False, "own", (GateFailure("别的.规矩", "不合"),)))
    assert rules(excuse(strange, (old,))[0]) == ["别的.规矩"]
