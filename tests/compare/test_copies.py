"""Passages that the reports of a folder share."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

pytest.importorskip("datasketch", reason="没有装 datasketch（[compare]），跳过雷同比对的测试")

from auditor.compare.candidates import CROWD
from auditor.compare.copies import find_copies
from auditor.compare.model import Copies
from auditor.compare.own import own_text
from auditor.compare.spans import shared_spans, union
from auditor.readers.extracted import Refused
from auditor.reading import read_bytes
from tests.compare import makers

OFFICIAL = (
    "以习近平新时代中国特色社会主义思想为指导，深入学习贯彻习近平法治思想和党的二十届二中、三中全会精神，"
    "深刻领悟“两个确立”的决定性意义，增强“四个意识”、坚定“四个自信”、做到“两个维护”，"
    "落实《法治政府建设实施纲要（2021—2025年）》《法治社会建设实施纲要（2020—2025年）》《重大行政决策程序暂行条例》。"
)


def copies(folder: Path, **options: float) -> Copies:
    return find_copies([(p, p.name) for p in sorted(folder.glob("*.txt"))], **options)  # type: ignore[arg-type]


def write(folder: Path, texts: list[tuple[str, list[str]]], seed: int = 3) -> None:
    """One report of random words for each unit, with the given passages in it."""
    chance = random.Random(seed)
    words = makers._words()
    for number, (name, planted) in enumerate(texts):
        text = makers.report(name, 2024, words, chance, planted)
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")


PASSAGE = (
    "某县把矛盾化解关口前移，在9个集镇设立说事长廊，由退休教师、老支书轮流值守，村民遇事先到长廊坐一坐、说一说，"
    "能当场说开的当场了结，说不开的由值守人写成明白纸，第二天送到司法所。全年在长廊说开的纠纷有318件，没有一件反弹。"
)


def test_planted_passages_are_found_and_nothing_else(tmp_path: Path) -> None:
    planted = makers.folder(tmp_path, 30)
    found = copies(tmp_path)
    assert {(p.first, p.second) for p in found.pairs} == set(planted)
    assert all(len(p.passages) == planted[p.first, p.second] for p in found.pairs)


def test_names_and_figures_do_not_hide_a_copy(tmp_path: Path) -> None:
    changed = PASSAGE.replace("9个", "11个").replace("318件", "402件")
    write(tmp_path, [("青石县人民政府", [PASSAGE]), ("白鹭县人民政府", [changed])])
    (pair,) = copies(tmp_path, least=1).pairs
    (passage,) = pair.passages
    assert passage.length > 90
    for name, stretch in (("青石县", passage.first), ("白鹭县", passage.second)):
        text = next(p.read_text(encoding="utf-8") for p in tmp_path.glob("*.txt") if name in p.read_text())
        assert text[stretch.start : stretch.end].startswith(f"{name}把矛盾化解关口前移")
        assert text[stretch.start :].startswith(stretch.quote)
        assert stretch.line == text.count("\n", 0, stretch.start) + 1


def test_formulas_titles_and_headings_are_no_copies(tmp_path: Path) -> None:
    write(tmp_path, [("青石县人民政府", [OFFICIAL]), ("白鹭县人民政府", [OFFICIAL])])
    assert copies(tmp_path, least=0).pairs == ()


def test_a_sentence_that_many_reports_hold_is_no_copy(tmp_path: Path) -> None:
    """Its length is that of a passage, but half of the reports hold it; a longer passage counts all the same."""
    common = PASSAGE.split("。")[0].replace("某县", "")[:70] + "。"
    names = [f"{c}石县人民政府" for c in "青白红黄黑蓝紫灰"]
    write(tmp_path, [(name, [common]) for name in names])
    assert copies(tmp_path, least=1).pairs == ()
    write(tmp_path, [(name, [PASSAGE * 2]) for name in names])
    assert len(copies(tmp_path, least=1).pairs) == len(names) * (len(names) - 1) // 2


def test_a_crowd_is_bounded_and_said(tmp_path: Path) -> None:
    count = CROWD + 6
    write(tmp_path, [(f"{chr(0x6000 + i)}石县人民政府", [PASSAGE * 2]) for i in range(count)])
    found = copies(tmp_path, least=1)
    assert len(found.pairs) < count * (count - 1) // 2
    assert {p.second for p in found.pairs} | {p.first for p in found.pairs} == {
        f"{i:02}.txt" for i in range(count)
    }
    assert str(CROWD) in found.remarks[0]


def test_unreadable_reports_are_listed_and_the_rest_is_compared(tmp_path: Path) -> None:
    write(tmp_path, [("青石县人民政府", [PASSAGE]), ("白鹭县人民政府", [PASSAGE])])
    (tmp_path / "空.txt").write_bytes(b"")
    found = copies(tmp_path, least=1)
    assert [u.file for u in found.unread] == ["空.txt"]
    assert str(tmp_path) not in found.unread[0].reason
    assert found.reports == 2
    assert len(found.pairs) == 1


def test_several_processes_give_the_same(tmp_path: Path) -> None:
    makers.folder(tmp_path, 12)
    sources = [(p, p.name) for p in sorted(tmp_path.glob("*.txt"))]
    assert find_copies(sources, jobs=2) == find_copies(sources)


def test_spans() -> None:
    a, b = "甲乙丙丁戊己庚辛壬癸子丑寅卯", "前甲乙丙丁戊己庚辛壬癸子丑寅后"
    (span,) = shared_spans(a, b)
    assert a[span.a : span.a_end] == b[span.b : span.b_end] == "甲乙丙丁戊己庚辛壬癸子丑寅"
    assert shared_spans("", a) == shared_spans(a, "") == []
    assert union([(3, 5), (0, 2), (4, 9)]) == [(0, 2), (3, 9)]


@pytest.mark.parametrize("seed", range(5))
def test_spans_of_random_texts_are_equal(seed: int) -> None:
    chance = random.Random(seed)
    a = "".join(chance.choices("甲乙丙", k=400))
    cut = chance.randint(0, 300)
    b = "".join(chance.choices("甲乙丙", k=90)) + a[cut : cut + 80] + "".join(chance.choices("丁戊", k=50))
    found = shared_spans(a, b)
    assert sum(s.equal for s in found) >= 80
    for span in found:
        assert 0 <= span.a < span.a_end <= len(a)
        assert 0 <= span.b < span.b_end <= len(b)
        assert span.equal <= min(span.a_end - span.a, span.b_end - span.b)


def test_hostile_repetition_is_quick() -> None:
    text = "法治政府建设年度报告" * 4000
    start = time.perf_counter()
    shared_spans(text, text)
    try:
        document = read_bytes(("某县2024年法治政府建设年度报告\n" + "《" * 60000).encode())
    except Refused:
        return
    own_text(document, "某.txt")
    assert time.perf_counter() - start < 20
