"""The notation: what it reads, what it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.matching.pattern import MAX_EXPANSION, Choice, Literal, Number, PatternError, Ref, parse


def texts(source: str) -> list[str]:
    atom = parse(source).atoms[0]
    assert isinstance(atom, Literal)
    return [phrase.text for phrase in atom.phrases]


def test_groups_multiply_out() -> None:
    assert texts("行政执法(监督|监察)员") == ["行政执法监督员", "行政执法监察员"]
    assert texts("(开展|)督察") == ["开展督察", "督察"]
    assert texts("(行政(执法|)|)监督") == ["行政执法监督", "行政监督", "监督"]


def test_gaps_and_names() -> None:
    pattern = parse("{规范性文件}…报备……{率}")
    assert [type(a) for a in pattern.atoms] == [Ref, Literal, Number]
    assert pattern.gaps == (12, 40)


def test_names_side_by_side_are_adjacent() -> None:
    pattern = parse("{数}件")
    assert pattern.gaps == (0,)


def test_choice_of_whole_patterns() -> None:
    pattern = parse("({件数}|若干件)案件")
    assert isinstance(pattern.atoms[0], Choice)
    assert len(pattern.atoms[0].options) == 2


def test_protected_characters() -> None:
    atom = parse("府[检]联动").atoms[0]
    assert isinstance(atom, Literal)
    assert atom.phrases[0].text == "府检联动"
    assert atom.phrases[0].protected == {1}


def test_flags() -> None:
    alone, exact = parse("=述法").atoms[0], parse("!执法监督员").atoms[0]
    assert isinstance(alone, Literal) and alone.phrases[0].alone
    assert isinstance(exact, Literal) and exact.phrases[0].exact and exact.phrases[0].edits == 0


@pytest.mark.parametrize(
    "source",
    [
        "",
        "…备案",
        "备案…",
        "备案……",
        "(报备",
        "报备)",
        "{备案",
        "备案}",
        "[备案",
        "({件数}|)起",
        "(|)",
        "a" * 3000,
        "(" * 9 + ")" * 9,
    ],
)
def test_faults_are_refused(source: str) -> None:
    with pytest.raises(PatternError):
        parse(source)


def test_expansion_is_bounded() -> None:
    with pytest.raises(PatternError):
        parse("(一|二|三|四|五|六|七|八)" * 4)


def test_a_bracket_holds_a_bounded_number_of_words() -> None:
    most = "(一|二|三|四|五|六|七|八)" * 3
    assert len(texts(f"({most})")) == MAX_EXPANSION
    with pytest.raises(PatternError, match="一个括号展开后超过"):
        parse(f"({most}|乙)")


@given(st.text("备案报(|){}[]…=!数", max_size=40))
def test_any_text_parses_or_is_refused(source: str) -> None:
    try:
        pattern = parse(source)
    except PatternError:
        return
    assert len(pattern.gaps) == len(pattern.atoms) - 1
