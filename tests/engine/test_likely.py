"""Which passages the learned model is asked about, and what a verdict by the model alone shows."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from auditor.engine.likely import LIKE, Passage, _taken_up, passages
from auditor.matching.evaluate import Units
from auditor.matching.likeness import FILE, encode
from auditor.model import Role, Status
from auditor.rulebook.shelf import load_book
from auditor.text.document import Document
from tests.engine.rules import book, found, report, verdict

RULE = "covered: [案卷评查]"


def told(doc: Document, among: str) -> list[tuple[str, str]]:
    """Passages inside a sentence and what is looked at with each of them, as texts."""
    text, units = doc.norm.text, Units(doc)
    start = text.index(among)
    end = start + len(among)

    def clauses(numbers: tuple[int, int]) -> str:
        inside = [i for i, clause in enumerate(units.clause) if numbers[0] <= clause <= numbers[1]]
        return text[inside[0] : inside[-1] + 1]

    def shown(found: Iterable[Passage]) -> Iterable[tuple[str, str]]:
        for passage in found:
            a, b = passage.span
            if start <= a and b <= end:
                assert clauses(passage.clauses) == text[a:b]
                yield text[a:b], clauses(passage.around)

    return list(shown(passages(doc, units)))


def test_passages_are_runs_of_up_to_three_clauses_with_two_before_and_one_behind() -> None:
    a, b, c, d = "食堂换了新的厨师，", "院子重新铺了石砖，", "机关添置书架六个，", "楼道安装电灯九盏。"
    whole = a + b + c + d
    assert told(report(whole), whole) == [
        (a, a + b),
        (a + b, a + b + c),
        (a + b + c, whole),
        (b, a + b + c),
        (b + c, whole),
        (b + c + d, whole),
        (c, whole),
        (c + d, whole),
        (d, b + c + d),
    ]


def test_what_stands_around_ends_with_the_sentence() -> None:
    before, own, after = "院子重新铺了石砖。", "机关添置书架六个。", "楼道安装电灯九盏。"
    assert told(report(before + own + after), own) == [(own, own)]


@pytest.mark.parametrize(("size", "counts"), [(7, False), (8, True)])
def test_shortest_passage(size: int, counts: bool) -> None:
    own = "修" * (size - 1) + "。"
    assert bool(told(report(own), own)) is counts


@pytest.mark.parametrize(("size", "joined"), [(70, True), (71, False)])
def test_longest_passage_of_several_clauses(size: int, joined: bool) -> None:
    first = "修" * 29 + "，"
    rest = "建" * (size - 30 - 1) + "，"
    last = "楼道安装电灯九盏。"
    whole = first + rest + last
    runs = [run for run, _ in told(report(whole), whole)]
    assert (first + rest in runs) is joined
    # One clause may be as long as it is, and what comes later is looked at all the same.
    assert {first, rest, rest + last, last} <= set(runs)


def test_a_long_clause_stands_for_itself() -> None:
    own = "修" * 90 + "。"
    assert [run for run, _ in told(report(own), own)] == [own]


def test_planned_clauses_begin_no_passage_but_end_no_sentence() -> None:
    planned, done = "正在筹建文化广场一处，", "整修水渠三条长九里。"
    doc = report(planned + done)
    assert doc.is_planned(doc.norm.text.index(planned))
    assert [run for run, _ in told(doc, planned + done)] == [done]


@pytest.mark.parametrize("role", [Role.PROBLEMS, Role.PLAN])
def test_only_what_was_achieved_is_looked_at(role: Role) -> None:
    own = "机关添置书架六个。"
    assert told(report(own, role), own) == []


@pytest.mark.parametrize(
    ("spans", "taken"),
    [
        (((0, 10),), True),
        (((0, 9),), False),
        (((20, 60),), True),
        (((21, 60),), False),
        (((40, 80),), False),
        (((0, 5), (25, 30)), False),
    ],
)
def test_a_third_of_a_passage_is_taken_up(spans: tuple[tuple[int, int], ...], taken: bool) -> None:
    assert _taken_up(spans, 0, 30) is taken


def taught(folder: Path, bias: float, shelves: float = 0.0) -> None:
    """A book whose model finds every passage equally likely, but for those about shelves."""
    book(folder, RULE)
    (folder / FILE).write_bytes(encode({"甲.0": (bias, [shelves])}, [ord("架")]))


def test_a_verdict_by_the_model_alone_shows_what_it_read(tmp_path: Path) -> None:
    taught(tmp_path, -1.0, 30.0)
    doc = report("机关添置书架六个。")
    judged = verdict(load_book(tmp_path), doc)
    (shown,) = judged.evidence
    assert judged.status is Status.COVERED
    assert judged.reason == "没有用常见的说法，整句读来是在写这件事，请核对"
    assert doc.text[shown.start : shown.end] == shown.quote and shown.quote
    assert (shown.role, shown.phrase) == (Role.ACHIEVEMENTS, "整句读来像例句")
    assert shown.line == doc.line(shown.start)


@pytest.mark.parametrize(
    ("bias", "said", "reason"),
    [
        (0.5, "机关添置书架六个。", "没有写明，有一句读来相近，请看一眼"),
        (-3.0, "机关添置书架六个。", "全文没有提到"),
        (-3.0, "机关开展案卷评查六次。", "只有几个词凑得上，整句不像在写这件事，请看一眼"),
    ],
)
def test_a_missing_verdict_says_where_to_look(tmp_path: Path, bias: float, said: str, reason: str) -> None:
    taught(tmp_path, bias)
    doc = report(said)
    missing = verdict(load_book(tmp_path), doc)
    near = missing.nearest
    assert (missing.status, missing.reason, missing.evidence) == (Status.MISSING, reason, ())
    assert near is not None and doc.text[near.start : near.end] == near.quote and near.quote
    assert near.line == doc.line(near.start)


def test_what_reads_no_worse_than_the_floor_counts(tmp_path: Path) -> None:
    """A bias is kept as it is: the floor itself is met exactly."""
    taught(tmp_path, LIKE)
    doc = report("机关开展案卷评查六次。")
    assert [c.outcome.name for c in found(load_book(tmp_path), doc)] == ["COUNTS"]


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        # Clauses that hold no word of the rule do not speak against it, whatever they tell of.
        ("机关添置书架六个，开展案卷评查，", True),
        ("开展案卷评查，机关添置书架六个。", True),
        # Nor does the next sentence; but what stands within the words found does.
        ("开展案卷评查。机关添置书架六个。", True),
        ("组织案卷，机关添置书架六个，开展评查。", False),
    ],
)
def test_the_model_reads_the_clauses_of_the_words_found(tmp_path: Path, said: str, counts: bool) -> None:
    book(tmp_path, "covered: [{all: [案卷, 评查], within: sentence}]")
    (tmp_path / FILE).write_bytes(encode({"甲.0": (0.0, [-90.0])}, [ord("架")]))
    outcomes = {c.outcome.name for c in found(load_book(tmp_path), report(said))}
    assert outcomes == ({"COUNTS"} if counts else {"UNLIKE"})


def test_neighbours_speak_for_half(tmp_path: Path) -> None:
    """By itself the passage reads 3 below the floor; what stands around lifts the mean, once, to the floor or not."""
    book(tmp_path, RULE)
    for lift, outcome in ((3.2, "COUNTS"), (2.8, "UNLIKE")):
        # Four shelves weigh twice what one does: their sum over the root of their number.
        weight = (3 + lift) / 2
        (tmp_path / FILE).write_bytes(encode({"甲.0": (LIKE - 3, [weight])}, [ord("架")]))
        told = found(load_book(tmp_path), report("开展案卷评查，书架书架书架书架。"))
        assert [c.outcome.name for c in told] == [outcome]
