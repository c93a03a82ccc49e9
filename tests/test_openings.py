"""Where a match can begin is told without losing a match."""

from __future__ import annotations

import re
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor import regex as module
from auditor.openings import skipping

TELLING = (
    r"(?<!有)没有|尚未|[还仍]待",
    r"(?:(?<![^，。])|[要须])(?:等|待)",
    r"(?:已|也)?(?:建|设)成?",
    r"(?P<n>甲|(?:乙|丙)+?)丁",
    r"\d{2}|\s甲|一",
    r"(?>甲|乙)丙",
    r"(?:甲*+|乙)丙",
)
SILENT = (
    r"甲乙",  # has a beginning of its own
    r"[^，]{0,6}来回|趟",
    r".?甲",
    r"(?:甲|)乙?",
    r"(?i:a|b)c|d",
    r"(甲)|\1乙",
)


def numbers(pattern: str, flags: int = 0) -> tuple[list[int], list[int]]:
    tree = parser.parse(pattern, flags)
    plain = compiler._code(tree, flags)
    return plain, skipping(plain, tree, flags | tree.state.flags)


@pytest.mark.parametrize("pattern", TELLING)
def test_what_a_pattern_begins_with_is_at_the_head_of_its_code(pattern: str) -> None:
    plain, found = numbers(pattern)
    assert found[0] == constants.INFO and found[2] == constants.SRE_INFO_CHARSET
    assert found[1 + found[1] :] == plain[1 + plain[1] :]


@pytest.mark.parametrize("pattern", SILENT)
def test_what_cannot_be_told_stays_as_it_is(pattern: str) -> None:
    plain, found = numbers(pattern)
    assert found == plain


def test_small_and_capital_letters_alike_are_left_alone() -> None:
    plain, found = numbers(r"(?:a|[bc])?d|e", re.I)
    assert found == plain


SOME = st.text("甲乙丙，1 ", max_size=12)
CHARACTER = st.sampled_from(["甲", "乙", "[甲丙]", "[^乙]", r"\d", r"\S", ".", "[丙-甲1]"])


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.builds("(?:{}){}".format, inner, st.sampled_from(["?", "*", "+?", "{0,2}", "{2}"])),
        st.builds("({})".format, inner),
        st.builds("(?={}){}".format, inner, inner),
        st.builds("(?!{}){}".format, inner, inner),
        st.builds("(?<![甲乙]){}".format, inner),
    )


@settings(max_examples=400)
@given(st.recursive(CHARACTER, grown, max_leaves=8), st.lists(SOME, min_size=3, max_size=3))
def test_no_match_is_lost_or_won(pattern: str, texts: list[str]) -> None:
    made, plain = module._Shelf().pattern(pattern, 0), re.compile(pattern)
    for text in texts:
        assert [(m.span(), m.groups()) for m in made.finditer(text)] == [
            (m.span(), m.groups()) for m in plain.finditer(text)
        ]
        assert (made.match(text) is None, made.fullmatch(text) is None) == (
            plain.match(text) is None,
            plain.fullmatch(text) is None,
        )
