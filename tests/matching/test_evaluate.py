"""Patterns, concepts and number classes on a small document."""

from __future__ import annotations

from auditor.matching.evaluate import Matcher
from auditor.matching.lexicon import Lexicon
from auditor.matching.pattern import parse
from auditor.matching.phrases import PhraseIndex
from auditor.matching.program import Compiler, Concept, Sequence
from auditor.model import ReaderInfo
from auditor.text.parse import parse as read

TEXT = """远江县人民政府2023年度法治政府建设情况报告

一、主要工作
全年制发规范性文件3件，均在15日内报送市政府备案。完成竣工验收备案12件。
依法行政能力不断提高，述法工作有序开展。对照上述法律开展自查。

远江县人民政府
2024年1月10日
"""


class Search:
    """A few patterns compiled and run on TEXT; ``concepts`` are name -> patterns, look-alikes."""

    def __init__(self, concepts: dict[str, tuple[list[str], list[str]]] | None = None) -> None:
        self.concepts = concepts or {}
        self.compiler = Compiler(self.concepts)

    def run(self, *sources: str) -> tuple[Matcher, tuple[Sequence, ...]]:
        sequences = tuple(self.compiler.sequence(parse(source)) for source in sources)
        concepts = tuple(
            Concept(name, self.compiler.any_of(map(parse, any_of)), self.compiler.any_of(map(parse, ignore)))
            for name, (any_of, ignore) in self.concepts.items()
        )
        index = PhraseIndex(self.compiler.table(), Lexicon.of(["上述", "法律"]))
        return Matcher(read(TEXT, ReaderInfo("text", "utf-8")), index, concepts), sequences


def quotes(source: str, concepts: dict[str, tuple[list[str], list[str]]] | None = None) -> list[str]:
    m, (sequence,) = Search(concepts).run(source)
    text = m.doc.norm.text
    return [text[a:b] for a, b, _ in m.hits(sequence)]


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
    assert quotes("{备案}", {"备案": (["备案"], ["竣工验收备案"])}) == ["备案"]


def test_concepts_use_concepts() -> None:
    concepts: dict[str, tuple[list[str], list[str]]] = {
        "文件": (["规范性文件"], []),
        "报备": (["{文件}……备案"], []),
    }
    assert quotes("{报备}", concepts) == ["规范性文件3件，均在15日内报送市政府备案"]


def test_ignore_spans_hide_steps() -> None:
    m, (record, other) = Search().run("备案", "竣工验收备案")
    ignore = m.spans([other])
    assert len(m.hits(record)) == 2
    assert len(m.hits(record, ignore)) == 1


def test_lists_of_words_become_one() -> None:
    compiler = Compiler([])
    merged = compiler.any_of(map(parse, ["备案", "报送", "规范性文件{件数}", "备案"]))
    assert [len(sequence.steps) for sequence in merged] == [1, 2]
    assert compiler.sequence(parse("备案")) is compiler.sequence(parse("备案"))


def test_clauses_end_at_commas() -> None:
    m, (sequence,) = Search().run("报送")
    start, end, _ = m.hits(sequence)[0]
    a, b = m.units.clauses(start, end)
    assert m.doc.norm.text[a:b] == "均在15日内报送市政府备案。"


def test_options_of_a_choice_are_different_patterns() -> None:
    concepts: dict[str, tuple[list[str], list[str]]] = {"文件": (["规范性文件"], [])}
    assert quotes("(没有的词|{文件}){件数}", concepts) == ["规范性文件3件"]
    assert quotes("({文件}|没有的词)…(没有{件数}|15日)", concepts) == ["规范性文件3件，均在15日"]


def test_words_with_one_are_no_numbers() -> None:
    from auditor.matching.numbers import CLASSES

    found = CLASSES["数"].findall(
        "一起协商、一律公开、一线人员共十二人，一次办好一件事，召开会议一次，百分之九十"
    )
    assert found == ["十二", "一", "一", "百", "九十"]
    assert CLASSES["件数"].findall("一件事一次办，共办结三件、12件") == ["三件", "12件"]
