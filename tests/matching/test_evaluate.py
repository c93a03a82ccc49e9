"""Patterns, concepts and number classes on a small document."""

from __future__ import annotations

from auditor.matching.evaluate import Concept, Matcher
from auditor.matching.lexicon import Lexicon
from auditor.matching.pattern import parse
from auditor.matching.phrases import PhraseIndex
from auditor.model import ReaderInfo
from auditor.rulebook.load import phrases_of
from auditor.text.parse import parse as read

TEXT = """远江县人民政府2023年度法治政府建设情况报告

一、主要工作
全年制发规范性文件3件，均在15日内报送市政府备案。完成竣工验收备案12件。
依法行政能力不断提高，述法工作有序开展。对照上述法律开展自查。

远江县人民政府
2024年1月10日
"""


def matcher(*sources: str, concepts: dict[str, Concept] | None = None) -> Matcher:
    concepts = concepts or {}
    patterns = [parse(s) for s in sources]
    patterns += [p for c in concepts.values() for p in (*c.patterns, *c.ignore)]
    index = PhraseIndex((p for pattern in patterns for p in phrases_of(pattern)), Lexicon(["上述", "法律"]))
    return Matcher(read(TEXT, ReaderInfo("text", "utf-8")), index, concepts)


def quotes(source: str, concepts: dict[str, Concept] | None = None) -> list[str]:
    m = matcher(source, concepts=concepts)
    text = m.doc.norm.text
    return [text[a:b] for a, b, _ in m.hits(parse(source))]


def test_gap_stays_in_the_sentence() -> None:
    assert quotes("规范性文件……备案") == ["规范性文件3件，均在15日内报送市政府备案"]
    assert quotes("备案……述法") == []


def test_short_gap_is_short() -> None:
    assert quotes("规范性文件…备案") == []
    assert quotes("报送…备案") == ["报送市政府备案"]


def test_numbers_are_adjacent() -> None:
    assert quotes("规范性文件{件数}") == ["规范性文件3件"]
    assert quotes("{数}日内") == ["15日内"]


def test_word_boundaries() -> None:
    assert quotes("=述法") == ["述法"]


def test_concept_ignores_look_alikes() -> None:
    concept = Concept("备案", (parse("备案"),), (parse("竣工验收备案"),))
    assert quotes("{备案}", {"备案": concept}) == ["备案"]


def test_concepts_use_concepts() -> None:
    concepts = {
        "文件": Concept("文件", (parse("规范性文件"),)),
        "报备": Concept("报备", (parse("{文件}……备案"),)),
    }
    assert quotes("{报备}", concepts) == ["规范性文件3件，均在15日内报送市政府备案"]


def test_ignore_spans_hide_atoms() -> None:
    m = matcher("备案", "竣工验收备案")
    ignore = m.spans([parse("竣工验收备案")])
    assert len(m.hits(parse("备案"))) == 2
    assert len(m.hits(parse("备案"), ignore)) == 1


def test_clauses_end_at_commas() -> None:
    m = matcher("报送")
    start, end, _ = m.hits(parse("报送"))[0]
    a, b = m.units.clauses(start, end)
    assert m.doc.norm.text[a:b] == "均在15日内报送市政府备案。"


def test_options_of_a_choice_are_different_patterns() -> None:
    concepts = {"文件": Concept("文件", (parse("规范性文件"),))}
    assert quotes("(没有的词|{文件}){件数}", concepts) == ["规范性文件3件"]
    assert quotes("({文件}|没有的词)…(没有{件数}|15日)", concepts) == ["规范性文件3件，均在15日"]


def test_words_with_one_are_no_numbers() -> None:
    from auditor.matching.numbers import CLASSES

    found = CLASSES["数"].findall(
        "一起协商、一律公开、一线人员共十二人，一次办好一件事，召开会议一次，百分之九十"
    )
    assert found == ["十二", "一", "一", "百", "九十"]
    assert CLASSES["件数"].findall("一件事一次办，共办结三件、12件") == ["三件", "12件"]
