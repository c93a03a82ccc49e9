"""The candidate stage finds every Levenshtein hit; the later stage refuses other words."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from auditor.matching.lexicon import Lexicon
from auditor.matching.phrases import Hit, Phrase, PhraseIndex, allowed_edits, phrase_table

WORDS = [
    "检查",
    "评查",
    "培训",
    "培养",
    "监督",
    "监察",
    "上述",
    "论述",
    "阐述",
    "法律",
    "法治",
    "述法",
    "工作",
    "机制",
    "应诉",
    "起诉",
    "复议",
    "府院",
    "府检",
    "行政",
    "执法",
    "人员",
]
LEXICON = Lexicon.of(WORDS)


def index(*lists: list[Phrase]) -> PhraseIndex:
    return PhraseIndex(phrase_table(lists), LEXICON)


def found(phrase: Phrase, text: str) -> list[Hit]:
    return index([phrase]).search(text).hits(0)


@pytest.mark.parametrize(("length", "edits"), [(1, 0), (4, 0), (5, 1), (9, 1), (10, 2), (19, 2)])
def test_tolerance_grows_with_length(length: int, edits: int) -> None:
    assert allowed_edits(length) == edits


@pytest.mark.parametrize(
    "text",
    ["行政执法监督员", "行政执法监昏员", "行政法监督员", "行政执法之监督员"],
)
def test_damage_is_forgiven(text: str) -> None:
    assert found(Phrase("行政执法监督员"), text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("执法人员培训", "执法人员培养"),
        ("行政执法监督", "行政执法监察"),
        ("行政应诉案件", "行政起诉案件"),
        ("开展法治督察", "未展法治督察"),
        ("开展法治督察工作", "开展不法治督察工作"),
        ("行政执法监督员", "行政执法监督"),
        ("行政执法监督员", "行政执法监督，"),
        ("行政执法监督员", "行政执法监督贠"),
        ("居法律顾问", "门法律顾问"),
    ],
)
def test_other_words_are_not_damage(phrase: str, text: str) -> None:
    assert not found(Phrase(phrase), text)


def test_protected_characters_may_not_differ() -> None:
    assert not found(Phrase("建立府检联动", frozenset({3})), "建立府院联动")
    assert found(Phrase("建立府检联动", frozenset({3})), "建这府检联动")


@pytest.mark.parametrize("text", ["上述法律", "对照上述法律法规", "论述法治思想", "阐述法律道理"])
def test_short_terms_need_word_boundaries(text: str) -> None:
    assert not found(Phrase("述法", alone=True), text)


@pytest.mark.parametrize("text", ["现场述法", "开展述法工作", "进行了述法，", "述法"])
def test_short_terms_stand_alone(text: str) -> None:
    assert found(Phrase("述法", alone=True), text)


def test_best_of_overlapping_hits_stays() -> None:
    assert found(Phrase("规范性文件"), "规范性规范性文件") == [(3, 8, 100.0)]


def test_no_phrases_no_hits() -> None:
    assert index().search("法治政府").present == frozenset()


def test_lists_share_phrases_and_keep_their_own_places_in_order() -> None:
    both = index(
        [Phrase("检查", exact=True), Phrase("执法", exact=True)],
        [Phrase("检查"), Phrase("行政执法监督"), Phrase("法", exact=True)],
        [Phrase("没有这个词")],
    ).search("行政执法检查和执法监督检查")
    assert both.present == {0, 1}
    assert both.hits(0) == [(2, 4, 100.0), (4, 6, 100.0), (7, 9, 100.0), (11, 13, 100.0)]
    assert [(a, b) for a, b, _ in both.hits(1)] == [(3, 4), (4, 6), (8, 9), (11, 13)]
    assert both.hits(2) == []


def test_of_two_spellings_of_one_phrase_the_forgiving_one_stays() -> None:
    phrases = [Phrase("行政执法监督员", exact=True), Phrase("行政执法监督员")]
    assert index(phrases).search("行政法监督员").hits(0) == [(0, 6, 85.7)]
    assert index(phrases).search("行政执法监督员").hits(0) == [(0, 7, 100.0)]


def test_long_phrases_are_found_from_their_first_characters() -> None:
    texts = ["政", "政执", "政执法", "政执法监", "政执法监督检查", "政执法监督检查人员"]
    for text in texts:
        hits = index([Phrase(text, exact=True)]).candidates("行政执法监督检查人员").hits(0)
        assert hits == [(1, 1 + len(text), 100.0)]


ALPHABET = "行政执法监督检查人员规范性文件"


@settings(max_examples=300, deadline=None)
@given(
    phrase=st.text(ALPHABET, min_size=2, max_size=14),
    text=st.text(ALPHABET, min_size=0, max_size=60),
    seed=st.integers(0, 2**16),
)
def test_candidates_hold_every_levenshtein_hit(phrase: str, text: str, seed: int) -> None:
    """Wherever some window lies within the allowed edits, the candidate stage has a hit that touches it."""
    rng = random.Random(seed)
    damaged = list(phrase)
    for _ in range(allowed_edits(len(phrase))):
        i = rng.randrange(len(damaged))
        kind = rng.randrange(3)
        if kind == 0:
            damaged[i] = rng.choice(ALPHABET)
        elif kind == 1 and len(damaged) > 1:
            del damaged[i]
        else:
            damaged.insert(i, rng.choice(ALPHABET))
    at = rng.randrange(len(text) + 1)
    text = text[:at] + "".join(damaged) + text[at:]
    limit = allowed_edits(len(phrase))
    wanted = any(
        Levenshtein.distance(phrase, text[a : a + size], score_cutoff=limit) <= limit
        for size in range(max(1, len(phrase) - limit), len(phrase) + limit + 1)
        for a in range(len(text) - size + 1)
    )
    hits = index([Phrase(phrase)]).candidates(text).hits(0)
    assert wanted == bool(hits)
    for start, end, similarity in hits:
        distance = Levenshtein.distance(phrase, text[start:end])
        assert distance <= limit
        assert similarity == round(100 * (1 - distance / len(phrase)), 1)
