"""``audit waive``: one complete, well-formed entry at the end of the waivers file."""

from __future__ import annotations

import sys
from pathlib import Path

from auditor.batch.atomic import write_atomic
from auditor.cli.check import today
from auditor.cli.options import UsageError
from auditor.engine.decisions import iso_date, load_waivers
from auditor.exits import Exit
from auditor.reading import read_report
from auditor.rulebook.faults import RulesError
from auditor.rulebook.shelf import book_for


def write_entry(
    report: Path,
    element: str,
    waivers: Path,
    *,
    decision: str | None,
    quote: str | None,
    reason: str | None,
    approver: str | None,
    expires_on: str | None,
    approved_on: str,
) -> int:
    """Ask for what is missing, check everything, append. Raises UsageError, RulesError, NotAudited, NotWritten."""
    read = read_report(report)
    known = {e.id for e in book_for(None, read.document.metadata.report_year).elements}
    key = "element" if element in known else "finding"
    if key == "finding" and "-" not in element:
        raise UsageError(f"没有要素“{element}”，用 audit rules list 查编号")
    decision = decision or _ask("裁量（waive 不计入 / confirm 人工认定已覆盖）")
    if decision not in ("waive", "confirm"):
        raise UsageError(f"裁量只能是 waive 或 confirm，不能是“{decision}”")
    if decision == "confirm":
        quote = quote or _ask("报告里的原文")
        if "".join(quote.split()) not in "".join(read.document.text.split()):
            raise UsageError("报告里找不到这段原文，请照抄报告的一句话")
    reason = reason or _ask("理由")
    approver = approver or _ask("批准人")
    expires_on = expires_on or _ask("有效期至（如 2026-12-31，含当天）")
    for name, value in (("批准日期", approved_on), ("有效期", expires_on)):
        iso_date(value, name)
    if expires_on < approved_on:
        raise UsageError("有效期早于批准日期，请核对")
    meta = read.document.metadata
    entry = {
        "report": meta.issuer or meta.region or "sha256:" + read.sha256[:16],
        key: element,
        "decision": decision,
        **({"quote": quote} if decision == "confirm" else {}),
        "reason": reason,
        "approver": approver,
        "approved_on": approved_on,
        "expires_on": expires_on,
    }
    if waivers.exists():
        load_waivers(waivers, today())
    before = waivers.read_text(encoding="utf-8-sig") if waivers.exists() else ""
    if before.strip():
        before = before.rstrip("\n") + "\n"
    lines = [f"{'- ' if n == 0 else '  '}{k}: {_scalar(str(v))}" for n, (k, v) in enumerate(entry.items())]
    write_atomic(waivers, (before + "\n".join(lines) + "\n").encode())
    print(f"已写入 {waivers}：{element}（{decision}），有效期至 {expires_on}", file=sys.stderr)
    return Exit.PASSED


def _ask(what: str) -> str:
    if not sys.stdin.isatty():
        raise UsageError(f"缺少{what}，请用选项写明（audit waive --help）")
    print(f"{what}：", end="", file=sys.stderr, flush=True)
    answer = sys.stdin.readline().strip()
    if not answer:
        raise RulesError(f"没有填写{what}，没有写入任何内容")
    return answer


def _scalar(value: str) -> str:
    """A YAML double-quoted scalar: nothing in the value can change the structure of the file."""
    out = []
    for char in value:
        if char in '"\\':
            out.append("\\" + char)
        elif char == "\n":
            out.append("\\n")
        elif ord(char) < 32 or ord(char) in (0x7F, 0x85, 0x2028, 0x2029, 0xFEFF):
            out.append(f"\\u{ord(char):04x}")
        else:
            out.append(char)
    return '"' + "".join(out) + '"'
