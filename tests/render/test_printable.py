"""Nothing hidden reaches the paper."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model import Status
from auditor.render.printable import printable, short, visible
from tests.render import factory


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("述法率100%", "述法率100%"),
        ("甲\u202e乙", "甲〔U+202E〕乙"),
        ("甲\x00乙", "甲〔U+0000〕乙"),
        ("甲\u200b乙\ufeff", "甲〔U+200B〕乙〔U+FEFF〕"),
        ("\ud800", "〔U+D800〕"),
        ("行政\n  执法", "行政执法"),
        ("audit\r\nreport", "audit report"),
        ("甲\u3000\u00a0乙", "甲 乙"),
        ("2021\u20112025", "2021-2025"),
        ("e\u0301\u0301\u0301", "e\u0301〔U+0301〕〔U+0301〕"),
        ("\ue000", "〔U+E000〕"),
    ],
)
def test_visible(raw: str, shown: str) -> None:
    assert visible(raw) == shown


@given(st.text(st.characters(codec=None)))
def test_nothing_hidden_and_idempotent(text: str) -> None:
    shown = visible(text)
    assert not any(unicodedata.category(char)[0] == "C" for char in shown)
    assert visible(shown) == shown


def test_printable_reaches_every_string_and_keeps_enums() -> None:
    clean = printable(factory.make_hostile())
    assert "\u202e" not in repr(clean.elements) and "\x00" not in repr(clean.findings)
    assert all(isinstance(element.status, Status) for element in clean.elements)


def test_short() -> None:
    assert short("一二三四五", 5) == "一二三四五"
    assert short("一二三四五六", 5) == "一二三四…"
