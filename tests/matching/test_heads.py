"""Contents by their first two characters: each is found by its pair, once, and nothing else is."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.matching import heads as module
from auditor.matching.heads import HeadIndex, Heads, heads

PAIRS = st.text("甲乙丙丁𠮷a,\U0001f600", min_size=1, max_size=2)


@given(st.dictionaries(PAIRS, st.binary(max_size=5)), st.lists(PAIRS))
def test_what_is_there_is_found_and_nothing_else(contents: dict[str, bytes], asked: list[str]) -> None:
    kept = msgspec.msgpack.decode(msgspec.msgpack.encode(heads(contents)), type=Heads)
    index = HeadIndex(kept)
    found = {pair: bytes(content) for pair, content in index.new([*asked, *contents])}
    assert found == contents
    assert sorted(map(bytes, index)) == sorted(contents.values())


def test_a_pair_is_told_once() -> None:
    index = HeadIndex(heads({"备案": b"1", "述法": b"2"}))
    assert [pair for pair, _ in index.new(["备案", "备案", "甲乙"])] == ["备案"]
    assert [pair for pair, _ in index.new(["备案", "述法"])] == ["述法"]


def test_what_was_asked_for_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", 3)
    index = HeadIndex(heads({"备案": b"1"}))
    for start in range(0x4E00, 0x4E00 + 50):
        list(index.new(["备案", chr(start) + "案"]))
        assert len(index._asked) <= 5
    assert [pair for pair, _ in index.new(["备案"])] in ([], ["备案"])


@pytest.mark.parametrize("damage", [(b"1234567", b"1234567"), (b"12345678", b""), (b"", b"12345678")])
def test_sizes_that_do_not_fit_are_refused(damage: tuple[bytes, bytes]) -> None:
    with pytest.raises(ValueError, match="differ in number"):
        HeadIndex(Heads(*map(memoryview, damage), memoryview(b"")))
