"""What was learned from labelled passages: its numbers, its file, and what it may decide."""

from __future__ import annotations

from math import inf, nan, sqrt
from pathlib import Path

import msgspec
import pytest

from auditor.engine.candidates import Outcome
from auditor.engine.likely import LIKE, NEAR, NEAREST, TOLD
from auditor.matching.likeness import FILE, VERSION, Head, Likeness, LikenessError, Reading, encode, keys
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
    assert keys("案卷案") == [ord("案"), ord("卷"), ord("案"), PAIR, (ord("卷") << 16) | ord("案")]
    assert keys("办12.5件") == keys("办0件") == keys("办300件")
    assert keys("𠮷") == []


def test_odds_are_bias_and_weights_over_the_root_of_their_number() -> None:
    likeness = Likeness(model({ord("案"): 1.27, PAIR: -2.54}, bias=0.5))
    reading = Reading(likeness, ["案卷，", "别的话，", "案"])
    alone = 0.5 + (1.27 - 2.54) / sqrt(2)
    together = 0.5 + (1.27 - 2.54 + 1.27) / sqrt(3)
    for _ in range(2):
        assert reading.odds("甲.0", 0, 0) == pytest.approx(alone, abs=0.02)
        assert reading.odds("甲.0", 1, 1) == 0.5
        assert reading.odds("甲.0", 0, 2) == pytest.approx(together, abs=0.02)
    spans = [(0, 0), (1, 1), (0, 2)]
    assert reading.scan("甲.0", reading.runs(spans)) == pytest.approx(
        [reading.odds("甲.0", *s) for s in spans]
    )
    assert likeness.knows("甲.0") and not likeness.knows("甲.1")


HEAD = msgspec.msgpack.encode(Head(VERSION, ("甲",), (0.0,), (1.0,), 1))


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
            msgspec.msgpack.encode(Head(1, ("甲",), (0.0,), (1.0,), 1))
        ),
        (lambda head: len(head).to_bytes(4, "little") + head + b"\0" * 5)(
            msgspec.msgpack.encode(Head(VERSION, ("甲",), (), (1.0,), 1))
        ),
        (lambda head: len(head).to_bytes(4, "little") + head)(
            msgspec.msgpack.encode(Head(VERSION, ("甲",), (0.0,), (1.0,), -1))
        ),
    ],
)
def test_what_is_no_model_is_refused(data: bytes) -> None:
    with pytest.raises(LikenessError):
        Likeness(data)


@pytest.mark.parametrize("number", [inf, -inf, nan, 1e300, 1000.1])
@pytest.mark.parametrize("place", ["bias", "scale"])
def test_numbers_too_large_to_reckon_with_are_refused(number: float, place: str) -> None:
    numbers = {"bias": (0.5,), "scale": (1.0,)} | {place: (number,)}
    head = msgspec.msgpack.encode(Head(VERSION, ("甲",), numbers["bias"], numbers["scale"], 0))
    with pytest.raises(LikenessError, match="大得不合理"):
        Likeness(len(head).to_bytes(4, "little") + head)


RULE = "covered: [案卷评查]"
DEED = "组织案卷评查2次，发现问题12个。"


def taught(folder: Path, *rules: str, bias: float = 0.0, shelves: float = -40.0) -> None:
    """A book whose model finds everything about shelves unlike its elements, or much like them."""
    book(folder, *rules)
    weights = {SHELVES: shelves}
    pairs = sorted(weights)
    columns = {f"甲.{n}": (bias, [weights[key] for key in pairs]) for n in range(len(rules))}
    (folder / FILE).write_bytes(encode(columns, pairs))


def test_passages_unlike_the_examples_do_not_count(tmp_path: Path) -> None:
    taught(tmp_path, RULE)
    rules = load_book(tmp_path)
    assert verdict(rules, report(DEED)).status is Status.COVERED
    told = verdict(rules, report("机关添置书架6个用于案卷评查。"))
    assert told.status is Status.MISSING
    assert told.reason and "不像" in told.reason
    assert told.nearest and told.nearest.quote == "机关添置书架6个用于案卷评查。"
    assert [c.outcome for c in found(rules, report("机关添置书架6个用于案卷评查。"))] == [Outcome.UNLIKE]


def test_what_is_hopeless_is_nought_percent(tmp_path: Path) -> None:
    """No power of e reaches that far."""
    taught(tmp_path, RULE, bias=-999.0)
    told = verdict(load_book(tmp_path), report(DEED))
    assert told.status is Status.MISSING and told.nearest and told.nearest.similarity == 0


def test_what_stands_around_speaks_for_a_passage_but_not_against_it(tmp_path: Path) -> None:
    """Two clauses before and one behind it are looked at with it, in its own sentence."""
    taught(tmp_path / "for", RULE, bias=LIKE - 1, shelves=16.0)
    taught(tmp_path / "against", RULE, bias=LIKE + 1, shelves=-16.0)
    told = "组织案卷评查2次"
    for text, outcome in (
        (f"机关添置书架6个，{told}。", Outcome.COUNTS),
        (f"{told}，机关添置书架6个。", Outcome.COUNTS),
        (f"机关添置书架6个。{told}。", Outcome.UNLIKE),
        (f"{told}，食堂换了厨师，机关添置书架6个。", Outcome.UNLIKE),
        (f"机关添置书架6个，院子重新铺砖，食堂换了厨师，{told}。", Outcome.UNLIKE),
    ):
        assert [c.outcome for c in found(load_book(tmp_path / "for"), report(text))] == [outcome], text
        assert [c.outcome for c in found(load_book(tmp_path / "against"), report(text))] == [Outcome.COUNTS]


def test_floor_decides(tmp_path: Path) -> None:
    for name, bias, status in (("a", LIKE - 0.01, Status.MISSING), ("b", LIKE + 0.01, Status.COVERED)):
        taught(tmp_path / name, RULE, bias=bias)
        assert verdict(load_book(tmp_path / name), report(DEED)).status is status


SAID = "机关添置书架6个。"


def test_what_reads_very_much_like_the_examples_counts_without_a_rule(tmp_path: Path) -> None:
    taught(tmp_path, RULE, shelves=20.0)
    rules = load_book(tmp_path)
    told = verdict(rules, report(SAID))
    assert told.status is Status.COVERED
    assert told.reason and "请核对" in told.reason
    assert [e.quote for e in told.evidence] == [SAID]
    assert 50 < told.evidence[0].similarity <= 100
    case = Case("甲.0", SAID, Role.ACHIEVEMENTS, Status.COVERED, "covered")
    assert [o.got for o in prove(rules, [case], 2023)] == [Status.COVERED]
    assert [o.got for o in prove(rules, [case], 2023, alone=True)] == [Status.MISSING]


@pytest.mark.parametrize(
    "said",
    [
        "尚未添置书架。",
        "没有添置书架6个。",
        "为添置书架6个，腾出房间。",
        "必须添置书架6个。",
        "以添置书架6个为主题召开会议。",
        "县人民法院添置书架6个。",
        "明年将添置书架6个。",
        "书架。",
    ],
)
def test_what_was_not_done_by_us_does_not(tmp_path: Path, said: str) -> None:
    taught(tmp_path, RULE, shelves=20.0)
    assert verdict(load_book(tmp_path), report(said)).status is Status.MISSING


def test_only_what_was_done_in_the_year_counts(tmp_path: Path) -> None:
    taught(tmp_path, RULE, shelves=20.0)
    rules = load_book(tmp_path)
    for where in (Role.PROBLEMS, Role.PLAN):
        case = Case("甲.0", SAID, where, Status.MISSING, "near")
        assert [o.got for o in prove(rules, [case], 2023)] == [Status.MISSING]


def test_near_misses_must_not_read_like_examples(tmp_path: Path) -> None:
    taught(tmp_path, RULE, shelves=20.0)
    case = Case("甲.0", SAID, Role.ACHIEVEMENTS, Status.MISSING, "near")
    assert [o.right for o in prove(load_book(tmp_path), [case], 2023, alone=True)] == [False]


def test_floors_of_what_no_rule_found(tmp_path: Path) -> None:
    """Bias alone: every passage is as likely."""
    for name, bias, status in (("a", TOLD - 0.01, Status.MISSING), ("b", TOLD + 0.01, Status.COVERED)):
        taught(tmp_path / name, RULE, bias=bias)
        assert verdict(load_book(tmp_path / name), report("食堂换了新厨师。")).status is status
    taught(tmp_path / "c", RULE, bias=NEAR + 0.01)
    near = verdict(load_book(tmp_path / "c"), report("食堂换了新厨师。"))
    assert near.reason and "请看一眼" in near.reason
    assert near.nearest and near.nearest.similarity == pytest.approx(50.2, abs=0.1)
    taught(tmp_path / "d", RULE, bias=NEAR - 0.01)
    far = verdict(load_book(tmp_path / "d"), report("食堂换了新厨师。"))
    assert far.reason == "全文没有提到"
    assert far.nearest and far.nearest.similarity == pytest.approx(49.8, abs=0.1)
    taught(tmp_path / "e", RULE, bias=NEAREST - 0.01)
    assert verdict(load_book(tmp_path / "e"), report("食堂换了新厨师。")).nearest is None


def test_element_may_do_without(tmp_path: Path) -> None:
    taught(tmp_path, RULE + "\nlikeness: false", bias=-9)
    assert verdict(load_book(tmp_path), report(DEED)).status is Status.COVERED


def test_model_is_of_the_elements_it_was_learned_for(tmp_path: Path) -> None:
    taught(tmp_path / "base", RULE, RULE, bias=-9)
    own = tmp_path / "own"
    book(own, RULE)
    manifest = own / "book.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8") + "extends: base\n", encoding="utf-8")
    rules = load_book(own)
    assert verdict(rules, report(DEED), 0).status is Status.COVERED
    assert verdict(rules, report(DEED), 1).status is Status.MISSING


def test_model_is_part_of_the_digest_and_of_the_kept_book(tmp_path: Path) -> None:
    before = book(tmp_path, RULE).info.digest
    (tmp_path / FILE).write_bytes(model({SHELVES: -40.0}, bias=-9))
    assert load_book(tmp_path).info.digest != before
    # Read back as it was kept.
    assert verdict(load_book(tmp_path), report(DEED)).status is Status.MISSING


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
