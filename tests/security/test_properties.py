"""What holds of every report: quotes are cut from it, more never counts less, order and furniture mean nothing."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from auditor.engine.audit import Request, audit
from auditor.engine.verdict import judge
from auditor.model import Level, ReaderInfo, Result, Role, Status
from auditor.proof import Case, carrier, cases_of, level_for
from auditor.rulebook.book import RuleBook
from auditor.rulebook.compile import compile_book
from auditor.rulebook.files import locate, shipped
from auditor.rulebook.load import Source, read
from auditor.rulebook.shelf import load_book
from auditor.text.parse import Unsuitable, parse

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("reports_in/*.txt"))]
PIECES = [
    piece for text in SAMPLES for piece in re.findall(r"[^。\n]+[。\n]", text)
] + ["（一）", "一、工作成效\n", "二是", "下一步，", "存在的问题：", "\n\n", "“", "\u200b", "　", "①", "12,345件", "百分之九十八点五", "\u202e"]  # fmt: skip
RANK = {Status.MISSING: 0, Status.WEAK: 1, Status.COVERED: 2}
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@cache
def book() -> RuleBook:
    return load_book(locate("outline-2021"))


@cache
def source() -> Source:
    return read(locate("outline-2021"), cases=True)


def audited(text: str, level: Level | None = Level.COUNTY) -> Result:
    doc = parse(text, ReaderInfo("text", "utf-8"))
    return audit(doc, book(), None, None, Request(year=2024, level=level), file="x.txt", sha256="0" * 64)


@SLOW
@given(st.lists(st.sampled_from(PIECES), min_size=3, max_size=40), st.randoms(use_true_random=False))
def test_offsets_cut_the_original(pieces: list[str], rng: object) -> None:
    head = "清渠县人民政府2024年度法治政府建设情况报告\n一、主要工作\n法治政府建设工作情况如下。\n"
    try:
        result = audited(head + "".join(pieces))
    except Unsuitable:
        assume(False)
        return
    text = result.report.text
    lines = text.split("\n")
    for element in result.elements:
        passages = [*element.evidence, *([element.nearest] if element.nearest else [])]
        for passage in passages:
            assert 0 <= passage.start < passage.end <= len(text)
            assert text[passage.start : passage.end] == passage.quote and len(passage.quote) <= 200
            assert passage.line == text.count("\n", 0, passage.start) + 1 <= len(lines)
    for item in (*result.figures, *result.findings):
        if item.start is not None and item.end is not None:
            assert text[item.start : item.end] == item.quote
            assert item.line is not None and item.line <= len(lines)
    end = 0
    for section in result.sections:
        assert end <= section.start <= section.end <= len(text)
        end = section.end


@cache
def covering() -> tuple[Case, ...]:
    return tuple(
        case
        for spec, _ in source().cases.values()
        for case in cases_of(spec)
        if case.expected is Status.COVERED and case.where is Role.ACHIEVEMENTS
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_one_more_covering_sentence_lowers_no_status(data: st.DataObject) -> None:
    """Of the element it covers; a sentence may well make another one weak, as a bare mention does."""
    cases = covering()
    case = cases[data.draw(st.integers(0, len(cases) - 1))]
    element = next(e for e in book().elements if e.id == case.element)
    level = level_for(element)
    other = cases[data.draw(st.integers(0, len(cases) - 1))].sentence
    report = carrier(other, Role.ACHIEVEMENTS, level=level, year=2024)
    place = report.index("办公用房")
    more = report[:place] + case.sentence + "\n" + report[place:]
    before, after = (
        judge(
            parse(text, ReaderInfo("text", "utf-8"), year=2024, level=level), book(), level, only=element.id
        )[0][element.id].status
        for text in (report, more)
    )
    if before is not Status.NA:
        assert RANK[after] >= RANK[before], (case.element, case.sentence, other)
        assert after is Status.COVERED, (case.element, case.sentence, other)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_the_order_of_rule_files_and_entries_means_nothing(seed: int, tmp_path: Path) -> None:
    import random

    plain = read(locate("outline-2021"))
    shuffled = read(locate("outline-2021"))
    rng = random.Random(seed)
    for name in ("elements", "concepts", "clauses", "documents"):
        items = list(getattr(shuffled, name).items())
        rng.shuffle(items)
        setattr(shuffled, name, dict(items))
    one, two = compile_book(plain), compile_book(shuffled)
    for text in SAMPLES:
        doc = parse(text, ReaderInfo("text", "utf-8"))
        left, right = (judge(doc, b, doc.metadata.level)[0] for b in (one, two))
        assert left == right


def test_the_names_of_rule_files_mean_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(shipped(), folder)
    elements = folder / "common" / "elements"
    for path in elements.glob("0*.yaml"):
        # The first become the last.
        path.rename(elements / f"{9 - int(path.name[1])}-{path.name}")
    renamed = compile_book(read(folder / "outline-2021"))
    for text in SAMPLES:
        doc = parse(text, ReaderInfo("text", "utf-8"))
        assert judge(doc, renamed, doc.metadata.level)[0] == judge(doc, book(), doc.metadata.level)[0]


TOP = [
    "首页 > 政务公开 > 法治政府建设\n", "当前位置：首页 > 信息公开目录\n", "索引号：11440000/2025-00012\n", "来源：县司法局　浏览次数：1024\n",
    "字号：[大 中 小]　打印　分享到：\n", "发布机构：清渠县人民政府办公室\n", "【打印本页】【关闭窗口】\n",
]  # fmt: skip
BOTTOM = [
    "附件下载：\n", "相关解读\n", "上一篇：关于召开会议的通知\n", "下一篇：没有了\n", "扫一扫在手机打开当前页\n", "【打印】【关闭】\n",
    "主办：清渠县人民政府办公室　ICP备案号：某ICP备20230417号-1\n", "版权所有　网站地图　联系我们\n",
]  # fmt: skip


@SLOW
@given(
    st.lists(st.sampled_from(TOP), unique=True, max_size=5),
    st.lists(st.sampled_from(BOTTOM), unique=True, max_size=5),
    st.integers(0, 2),
)
def test_page_furniture_changes_no_status(top: list[str], bottom: list[str], which: int) -> None:
    text = SAMPLES[which]
    dressed = "".join(top) + "\n" + text.rstrip("\n") + "\n\n" + "".join(bottom)
    plain, other = (parse(t, ReaderInfo("text", "utf-8")) for t in (text, dressed))
    assert (
        other.metadata.level == plain.metadata.level
        and other.metadata.report_year == plain.metadata.report_year
    )
    left, right = (judge(doc, book(), plain.metadata.level)[0] for doc in (plain, other))
    assert {k: v.status for k, v in left.items()} == {k: v.status for k, v in right.items()}
