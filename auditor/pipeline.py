"""One report file from path to verdict, on the terms the user gave; no output, no exit codes."""

from __future__ import annotations

from contextlib import nullcontext
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from auditor.beside import beside
from auditor.digests import sha256
from auditor.gate_options import excuse, fail_on
from auditor.model import FailOn, Level, Result
from auditor.rulebook.faults import RulesError
from auditor.rulebook.files import shipped

if TYPE_CHECKING:
    from auditor.engine.decisions import Waivers
    from auditor.gate import Policy
    from auditor.rulebook.book import RuleBook

DEFAULT_POLICY = "default"


class Terms(Struct, frozen=True):
    """How reports are judged; the same for a whole batch."""

    rules: str | None = None
    year: int | None = None
    level: Level | None = None
    gate: str | None = None
    """A file, or the name of a shipped policy."""
    no_gate: bool = False
    fail_under: float | None = None
    fail_on: tuple[FailOn, ...] = ()
    baselines: tuple[Result, ...] = ()
    waivers: Waivers | None = None
    published: str | None = None


class Judged(Struct, frozen=True):
    result: Result
    remarks: tuple[str, ...] = ()
    """What the user should know about the verdict."""


def judge_report(path: Path, shown: str, terms: Terms, *, idle: bool = False) -> Judged:
    """Read and judge one report; ``shown`` is the name it gets in the result.

    ``idle`` says that nothing else is at work: figures and elements may then be looked at on two cores. Raises
    NotAudited or RulesError.
    """
    # Imported here: a run that finds its results kept needs nothing of them.
    from auditor.engine.audit import Checked, Request, audit, check
    from auditor.reading import read_report
    from auditor.rulebook.shelf import book_in, folder_for, is_kept, tables_in

    read = read_report(path, year=terms.year, level=terms.level)
    doc = read.document
    year = terms.year if terms.year is not None else doc.metadata.report_year
    request = Request(year=terms.year, level=terms.level, published=terms.published)
    folder = folder_for(terms.rules, year)
    book: RuleBook | None = None

    def figures() -> Checked:
        return check(doc, tables_in(folder) if book is None else book.tables, request)

    # Begun before the rules are loaded: a fork shares what is there already, and whoever writes to it first copies it.
    # A book that is not compiled yet would be compiled twice.
    two = idle and is_kept(folder)
    with beside(figures, Checked) if two else nullcontext() as checked:
        book = book_in(folder)
        known = frozenset(element.id for element in book.elements)
        policy = None if terms.no_gate else _policy(policy_file(terms.gate), terms.fail_under, known)
        result = audit(
            doc, book, policy, terms.waivers, request, file=shown, sha256=read.sha256, checked=checked
        )
    after = book.years.reference_after
    reference = after is not None and year is not None and year > after
    result = fail_on(result, terms.fail_on, statutory_only=reference)
    result, baseline = excuse(result, terms.baselines)
    options = replace(
        result.options,
        fail_under=terms.fail_under,
        fail_on=tuple(sorted(terms.fail_on)),
        baseline_digest=_digest(baseline) if baseline else None,
    )
    alone = terms.baselines and baseline is None
    remark = f"{shown}：基线里没有这个单位这一年度的报告，全部缺项照常计算"
    return Judged(replace(result, options=options), (remark,) if alone else ())


def _digest(result: Result) -> str:
    from auditor.render.json import to_json

    return sha256(to_json(result)).hexdigest()


def policy_names() -> tuple[str, ...]:
    """Names of the shipped policies, the default one first."""
    return DEFAULT_POLICY, *sorted(path.stem for path in (shipped() / "gates").glob("*.yaml"))


def policy_file(name: str | None) -> Path:
    """File of a policy given by path or by shipped name; the default one without a name. Raises RulesError."""
    if name is None or (name == DEFAULT_POLICY and not Path(name).is_file()):
        return shipped() / "gate.yaml"
    path = Path(name)
    if path.exists() or path.suffix or len(path.parts) > 1:
        return path
    if name in policy_names():
        return shipped() / "gates" / f"{name}.yaml"
    raise RulesError(f"找不到门禁“{name}”：请给出门禁文件，或用自带的 {'、'.join(policy_names())}")


@lru_cache(maxsize=8)
def _policy(path: Path, minimum: float | None, known: frozenset[str]) -> Policy:
    from auditor.gate import load_policy

    return load_policy(path, known, minimum)
