"""``audit verify``: is a printed audit what it says it is?

Three questions, each answered by itself: does the embedded result hold together, does the paper print that result,
and does the same report give the same result again.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from auditor.exits import NotAudited
from auditor.model import STATUS_NAMES, FailOn, Result
from auditor.pipeline import Terms, judge_report, policy_file, policy_names
from auditor.readers.extracted import Refused
from auditor.readers.isolate import read_isolated
from auditor.reading import read_report
from auditor.reasons import os_reason
from auditor.regex import regex
from auditor.render.json import StoredResultError, from_json
from auditor.render.pdf import ATTACHMENT
from auditor.render.view import build_body
from auditor.rulebook.files import book_folders
from auditor.score import counts

MAX_BYTES = 64 * 1024 * 1024
MAX_LISTED = 12
_SPACE = regex(r"\s+")


class Paper(Struct, frozen=True):
    """What was found in a PDF."""

    result: Result
    text: str
    """Text of the printed pages without white space."""


class Check(Struct, frozen=True):
    ok: bool
    text: str


def read_paper(path: Path) -> Paper:
    """The embedded result and the printed text of a PDF. Raises NotAudited."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise NotAudited(f"{path}：读不了这个文件（{os_reason(error)}），请检查路径和权限") from error
    if len(data) > MAX_BYTES:
        raise NotAudited(f"{path}：超过 {MAX_BYTES // 1024 // 1024} MB，不像核查报告，请检查路径")
    if not data.startswith(b"%PDF-"):
        raise NotAudited(f"{path}：这不是 PDF，请给出 audit 写出的 PDF 原件")
    try:
        found = read_isolated("paper", data, ATTACHMENT)
    except Refused as error:
        raise NotAudited(f"{path}：{error}") from error
    payload = dict(found.facts).get(ATTACHMENT)
    if payload is None:
        raise NotAudited(f"{path}：PDF 里没有内嵌的核查结果（{ATTACHMENT}），请用 audit 写出的 PDF 原件")
    try:
        return Paper(from_json(base64.b64decode(payload)), _SPACE.sub("", found.text))
    except StoredResultError as error:
        raise NotAudited(f"{path}：内嵌的 {ATTACHMENT} 有误：{error}") from error


def verify_paper(paper: Paper, report: Path | None, terms: Terms) -> tuple[Check, ...]:
    """All checks in the order of the three questions. Raises NotAudited or RulesError where auditing fails."""
    checks = [*_consistent(paper.result), *_printed(paper)]
    if report is not None:
        checks += _again(paper.result, report, terms)
    return tuple(checks)


def _consistent(result: Result) -> Iterator[Check]:
    text = result.report.text
    passages = [(e.start, e.end, e.quote) for element in result.elements for e in element.evidence]
    passages += [(n.start, n.end, n.quote) for e in result.elements if (n := e.nearest) is not None]
    for f in result.findings:
        if f.start is not None and f.end is not None and f.quote is not None:
            passages.append((f.start, f.end, f.quote))
    wrong = sum(text[start:end] != quote for start, end, quote in passages)
    yield Check(
        not wrong,
        f"{len(passages)} 处引文" + (f"中有 {wrong} 处与原文位置不符" if wrong else "都与内嵌原文逐字相符"),
    )
    counted = [element for element in result.elements if counts(element)]
    points, possible = sum(e.points for e in counted), sum(e.weight for e in counted)
    score = result.score
    total = int(1000 * points / possible + 0.5) / 10 if possible else 0.0
    adds_up = (points, possible) == (score.points, score.possible) and abs(total - score.total) < 0.11
    yield Check(
        adds_up,
        f"总分 {score.total:.1f} 与各项得点" + ("相符" if adds_up else f"不符，按各项应为 {total:.1f}"),
    )
    gate = result.gate
    fits = gate.passed is None or gate.passed == (not gate.failures)
    yield Check(fits, "门禁结论与所列原因" + ("相符" if fits else "不符"))


def _printed(paper: Paper) -> Iterator[Check]:
    """What the pages say of the verdict; names of offices are no part of it."""
    wanted = _SPACE.sub("", build_body(paper.result).conclusion[0])
    ok = wanted in paper.text
    yield Check(ok, "纸面结论与内嵌结果" + ("一致" if ok else f"不一致，按内嵌结果应为：{wanted}"))
    digest = paper.result.report.sha256
    printed = digest in paper.text
    yield Check(printed, f"送审文件摘要 {digest[:16]}… " + ("印在附件里" if printed else "没有印在附件里"))


def _again(stored: Result, report: Path, terms: Terms) -> Iterator[Check]:
    read = read_report(report, year=stored.options.year, level=stored.options.level)
    same = read.sha256 == stored.report.sha256
    yield Check(
        same, "送审文件与核查时" + ("是同一份" if same else f"不是同一份（现为 {read.sha256[:16]}…）")
    )
    published = stored.report.published_date
    if published == read.document.metadata.published_date:
        published = None
    options = stored.options
    terms = replace(
        terms,
        rules=terms.rules or _shipped_book(stored.ruleset.id),
        year=options.year,
        level=options.level,
        gate=terms.gate or _shipped_policy(options.gate),
        no_gate=stored.gate.passed is None,
        fail_under=options.fail_under,
        fail_on=tuple(map(FailOn, options.fail_on)),
        published=published,
    )
    fresh = judge_report(report, stored.report.file, terms).result
    yield from _compare(stored, fresh)


def _shipped_book(name: str) -> str | None:
    return name if any(folder.name == name for folder in book_folders()) else None


def _shipped_policy(name: str | None) -> str | None:
    """The recorded policy where it is a shipped one; its digest is compared afterwards."""
    if name is None or name not in policy_names():
        return None
    return str(policy_file(name))


def _compare(stored: Result, fresh: Result) -> Iterator[Check]:
    tools = (f"{r.tool.name} {r.tool.version}" for r in (stored, fresh))
    yield _pair("工具版本", *tools)
    yield _pair("规则集", *(f"{r.ruleset.id} {r.ruleset.digest[:16]}" for r in (stored, fresh)))
    yield _pair(
        "门禁",
        *(
            f"{r.options.gate or '未设'} {(r.options.gate_digest or '')[:16]}".strip()
            for r in (stored, fresh)
        ),
    )
    yield _pair("豁免文件", *((r.options.waivers_digest or "未用")[:16] for r in (stored, fresh)))
    yield _pair("基线", *((r.options.baseline_digest or "未用")[:16] for r in (stored, fresh)))
    yield _pair("总分", *(f"{r.score.total:.1f}" for r in (stored, fresh)))
    old, new = ({e.id: e for e in r.elements} for r in (stored, fresh))
    changed = [i for i in dict.fromkeys((*old, *new)) if old.get(i) != new.get(i)]
    yield Check(not changed, "各要素的结论、证据" + (f"有 {len(changed)} 项不同" if changed else "全部相同"))
    for identity in changed[:MAX_LISTED]:
        before, after = old.get(identity), new.get(identity)
        words = [STATUS_NAMES[e.status] if e else "没有" for e in (before, after)]
        what = f"{words[0]}，现为{words[1]}" if words[0] != words[1] else f"都是{words[0]}，证据或说明不同"
        yield Check(False, f"　{identity}：原为{what}")
    left, right = ({f.id: f for f in r.findings} for r in (stored, fresh))
    differing = [i for i in dict.fromkeys((*left, *right)) if left.get(i) != right.get(i)]
    yield Check(
        not differing, "数字、日期问题" + (f"有 {len(differing)} 条不同" if differing else "全部相同")
    )
    for identity in differing[:MAX_LISTED]:
        side = "现在没有" if identity not in right else "原来没有" if identity not in left else "内容不同"
        yield Check(False, f"　{identity}：{side}")
    same_gate = stored.gate == fresh.gate
    hint = "不同；当时用过 --baseline、--waivers 或自己的 --gate 的，请把同样的文件给出来复核"
    yield Check(same_gate, "门禁结论" + ("相同" if same_gate else hint))
    rest = replace(
        stored, elements=fresh.elements, findings=fresh.findings, gate=fresh.gate, score=fresh.score
    )
    same_rest = rest == replace(fresh, tool=stored.tool, ruleset=stored.ruleset, options=stored.options)
    yield Check(same_rest, "报告信息、分节、数字清单" + ("相同" if same_rest else "不同"))


def _pair(name: str, old: str, new: str) -> Check:
    return Check(old == new, f"{name}：{old}" if old == new else f"{name}：原为 {old}，现为 {new}")
