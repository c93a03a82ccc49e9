"""What was learned from labelled passages: its numbers, its file, and what it may decide."""

from __future__ import annotations

from math import sqrt
from pathlib import Path

import msgspec
import pytest

from auditor.engine.candidates import LIKE, Outcome
from auditor.matching.likeness import FILE, Head, Likeness, LikenessError, encode, keys
from auditor.model import Role, Status
from auditor.proof import Case, prove
from auditor.rulebook.faults import RulesError
from auditor.rulebook.load import read
from auditor.rulebook.shelf import load_book
from tests.engine.rules import book, found, report, verdict

PAIR = (ord("案") << 16) | ord("卷")
SHELVES = (ord("书") << 16) | ord("架")


def model(weights: dict[int, float], *, bias: float = 0.0, element: str = "甲.0") -> bytes:
    found = sorted(weights)
    return encode({element: (bias, [weights[key] for key in found])}, found)


def test_keys_are_characters_and_pairs_with_figures_as_one() -> None:
    assert keys("案卷") == {ord("案"), ord("卷"), PAIR}
    assert keys("办12.5件") == keys("办0件") == keys("办300件")
    assert keys("𠮷") == set()


def test_score_is_bias_and_weights_over_length() -> None:
    likeness = Likeness(model({ord("案"): 1.27, PAIR: -2.54}, bias=0.5))
    reading = likeness.reading()
    for _ in range(2):
        assert reading.of("甲.0", "案卷") == pytest.approx(0.5 + (1.27 - 2.54) / sqrt(2), abs=0.02)
    assert reading.of("甲.0", "别的话") == 0.5
    assert likeness.knows("甲.0") and not likeness.knows("甲.1")


def test_stored_model_is_the_same() -> None:
    data = model({ord("案"): 1.0, PAIR: 2.0})
    assert bytes(Likeness(data).data) == data


HEAD = msgspec.msgpack.encode(Head(1, ("甲",), (0.0,), (1.0,), 1))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x00",
        b"\xff\xff\xff\xff" + HEAD,
        model({PAIR: 1.0})[:-1],
        model({PAIR: 1.0}) + b"\0",
        len(HEAD).to_bytes(4, "little") + HEAD,
        (lambda head: len(head).to_bytes(4, "little") + head + b"\0" * 5)(
            msgspec.msgpack.encode(Head(2, ("甲",), (0.0,), (1.0,), 1))
        ),
        (lambda head: len(head).to_bytes(4, "little") + head + b"\0" * 5)(
            msgspec.msgpack.encode(Head(1, ("甲",), (), (1.0,), 1))
        ),
        (lambda head: len(head).to_bytes(4, "little") + head)(
            msgspec.msgpack.encode(Head(1, ("甲",), (0.0,), (1.0,), -1))
        ),
    ],
)
def test_what_is_no_model_is_refused(data: bytes) -> None:
    with pytest.raises(LikenessError):
        Likeness(data)


RULE = "covered: [案卷评查]"
TOLD = "组织案卷评查2次，发现问题12个。"


def taught(folder: Path, *rules: str, bias: float = 0.0) -> None:
    """A book whose model finds everything about shelves unlike its elements."""
    book(folder, *rules)
    weights = {SHELVES: -40.0}
    pairs = sorted(weights)
    columns = {f"甲.{n}": (bias, [weights[key] for key in pairs]) for n in range(len(rules))}
    (folder / FILE).write_bytes(encode(columns, pairs))


def test_passages_unlike_the_examples_do_not_count(tmp_path: Path) -> None:
    taught(tmp_path, RULE)
    rules = load_book(tmp_path)
    assert verdict(rules, report(TOLD)).status is Status.COVERED
    told = verdict(rules, report("机关添置书架6个用于案卷评查。"))
    assert told.status is Status.MISSING
    assert told.reason and "不像" in told.reason
    assert told.nearest and told.nearest.quote == "机关添置书架6个用于案卷评查。"
    assert [c.outcome for c in found(rules, report("机关添置书架6个用于案卷评查。"))] == [Outcome.UNLIKE]


def test_words_farther_off_are_not_looked_at(tmp_path: Path) -> None:
    taught(tmp_path, RULE)
    far = f"机关添置书架6个放在二楼东头的大会议室里并且{'又' * 12}组织案卷评查2次。"
    assert verdict(load_book(tmp_path), report(far)).status is Status.COVERED


def test_floor_decides(tmp_path: Path) -> None:
    for name, bias, status in (("a", LIKE - 0.01, Status.MISSING), ("b", LIKE + 0.01, Status.COVERED)):
        taught(tmp_path / name, RULE, bias=bias)
        assert verdict(load_book(tmp_path / name), report(TOLD)).status is status


def test_element_may_do_without(tmp_path: Path) -> None:
    taught(tmp_path, RULE + "\nlikeness: false", bias=-9)
    assert verdict(load_book(tmp_path), report(TOLD)).status is Status.COVERED


def test_model_is_of_the_elements_it_was_learned_for(tmp_path: Path) -> None:
    taught(tmp_path / "base", RULE, RULE, bias=-9)
    own = tmp_path / "own"
    book(own, RULE)
    manifest = own / "book.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8") + "extends: base\n", encoding="utf-8")
    rules = load_book(own)
    assert verdict(rules, report(TOLD), 0).status is Status.COVERED
    assert verdict(rules, report(TOLD), 1).status is Status.MISSING


def test_model_is_part_of_the_digest_and_of_the_kept_book(tmp_path: Path) -> None:
    before = book(tmp_path, RULE).info.digest
    (tmp_path / FILE).write_bytes(model({SHELVES: -40.0}, bias=-9))
    assert load_book(tmp_path).info.digest != before
    # Read back as it was kept.
    assert verdict(load_book(tmp_path), report(TOLD)).status is Status.MISSING


def test_broken_model_is_refused_in_one_sentence(tmp_path: Path) -> None:
    book(tmp_path, RULE)
    (tmp_path / FILE).write_bytes(b"\0\0\0\0junk")
    with pytest.raises(RulesError, match=r"likeness\.bin：例句模型"):
        read(tmp_path)


def test_near_misses_are_told_apart_by_the_rules_alone(tmp_path: Path) -> None:
    """What was learned from an example must not hide that the rules let it in."""
    taught(tmp_path, RULE)
    near = Case("甲.0", "机关添置书架6个用于案卷评查。", Role.ACHIEVEMENTS, Status.MISSING, "near")
    rules = load_book(tmp_path)
    assert [o.got for o in prove(rules, [near], 2023)] == [Status.MISSING]
    assert [o.got for o in prove(rules, [near], 2023, alone=True)] == [Status.COVERED]
