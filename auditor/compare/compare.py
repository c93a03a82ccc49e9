"""Two reports side by side: as successive years of one unit, or as two drafts of one report."""

from __future__ import annotations

from auditor.compare.inputs import Report
from auditor.compare.jumps import moves
from auditor.compare.model import SCHEMA, Comparison, Mode
from auditor.compare.promises import promises
from auditor.compare.repeats import achievements, problems
from auditor.compare.turns import element_turns, finding_turns
from auditor.model import Role


def compare(last: Report, this: Report, mode: Mode | None = None) -> Comparison:
    """Compare two reports; without ``mode`` they are drafts when unit and year are the same."""
    remarks: list[str] = []
    if mode is None:
        mode = Mode.DRAFTS if _same_unit(last, this) and last.year == this.year else Mode.YEARS
    if mode is Mode.YEARS and last.year and this.year and last.year > this.year:
        last, this = this, last
        remarks.append("两份报告的先后写反了，已按年度对调")
    remarks += _remarks(last, this, mode)
    years = mode is Mode.YEARS
    found, vague = promises(last, this) if years else ((), 0)
    if years and not found and not vague:
        remarks.append("上年的报告里没有下一年安排，没有可以对照的承诺")
    elif vague:
        remarks.append(f"上年的安排里有 {vague} 句没有写明具体任务，没有逐句对照")
    if years and not any(s.role is Role.PROBLEMS for s in this.document.sentences):
        remarks.append("今年的报告里没有存在不足")
    return Comparison(
        schema=SCHEMA,
        mode=mode,
        tool=this.result.tool,
        last=last.side(),
        this=this.side(),
        remarks=tuple(remarks),
        promises=found,
        problems=problems(last, this) if years else (),
        achievements=achievements(last, this) if years else (),
        figures=moves(last, this) if years else (),
        elements=element_turns(last.result, this.result, still_open=not years),
        findings=() if years else finding_turns(last.result, this.result),
    )


def _same_unit(last: Report, this: Report) -> bool:
    a, b = last.unit, this.unit
    if a is None or b is None:
        return a is b
    return a.startswith(b) or b.startswith(a)


def _remarks(last: Report, this: Report, mode: Mode) -> list[str]:
    out = []
    if last.result.report.sha256 == this.result.report.sha256:
        out.append("两个文件一字不差，是同一份报告")
    if last.unit and this.unit and not _same_unit(last, this):
        out.append(f"两份报告的单位不同（{last.unit}、{this.unit}），结论只供参考")
    if mode is Mode.YEARS and last.year and this.year:
        if this.year == last.year:
            out.append(f"两份报告都是 {this.year} 年度的，按上下年比较，结论只供参考")
        elif this.year - last.year > 1:
            out.append(f"两份报告相隔 {this.year - last.year} 年，承诺和数字不是紧接着的两年")
    if mode is Mode.YEARS and (last.year is None or this.year is None):
        out.append("有一份报告读不出年度，按给出的先后比较")
    if last.result.ruleset.id != this.result.ruleset.id:
        out.append("两份报告分别按各自年度的规则集核查，只比较两边都适用的要素")
    return out
