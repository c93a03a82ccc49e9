"""Relations written before they were tried, batch by batch: wrong ones are found, right ones never flagged.

A line beginning with ``-`` is wrong and must be found, ``~`` is wrong and known not to be found, ``+`` is right.
What each batch gave when it was first tried stands in ``FIRST``: wrong found, wrong, right flagged, right.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.figures.helpers import alarms

FOLDER = Path(__file__).parent / "batches"
FIRST: dict[str, tuple[int, int, int, int]] = {
    "one": (52, 60, 4, 121),
    "two": (51, 60, 1, 118),
    "three": (41, 60, 6, 107),
    "four": (43, 60, 2, 114),
    "five": (43, 60, 1, 103),
    "six": (53, 60, 2, 120),
    "seven": (52, 60, 1, 120),
    "eight": (43, 60, 2, 120),
    "nine": (31, 68, 5, 128),
    "ten": (52, 66, 5, 126),
    "eleven": (48, 64, 2, 122),
    "twelve": (24, 33, 1, 60),
    "thirteen": (39, 45, 3, 83),
    "fourteen": (37, 46, 0, 85),
    "fifteen": (0, 0, 6, 40),
    "sixteen": (4, 42, 4, 91),
    "seventeen": (37, 42, 17, 94),
    "eighteen": (19, 22, 15, 63),
    "nineteen": (17, 20, 11, 60),
    "twenty": (45, 49, 1, 62),
    "twentyone": (26, 32, 0, 49),
    "twentytwo": (16, 17, 4, 38),
    "twentythree": (18, 20, 0, 27),
    "twentyfour": (2, 22, 1, 34),
    "twentyfive": (0, 8, 0, 12),
    "twentysix": (4, 16, 0, 23),
    "twentyseven": (7, 14, 3, 17),
    "twentyeight": (6, 19, 1, 34),
    "twentynine": (8, 14, 1, 24),
    "thirty": (21, 51, 2, 92),
    "thirtyone": (44, 59, 1, 118),
    "thirtytwo": (27, 40, 1, 67),
    "thirtythree": (13, 22, 10, 68),
    "thirtyfour": (34, 39, 1, 59),
    "thirtyfive": (19, 25, 2, 59),
    "thirtysix": (19, 29, 3, 49),
    "thirtyseven": (19, 25, 2, 45),
    "thirtyeight": (29, 54, 15, 62),
    "thirtynine": (18, 24, 8, 63),
    "forty": (10, 64, 2, 77),
    "fortyone": (39, 43, 6, 48),
    "fortytwo": (17, 18, 4, 49),
    "fortythree": (2, 3, 9, 24),
    "fortyfour": (0, 0, 5, 32),
    "fortyfive": (10, 48, 8, 119),
    "fortysix": (8, 9, 0, 25),
}


def lines(mark: str) -> list[str]:
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(mark + " "):
                found.append(line[2:].replace("⏎", "\n"))
    return found


@pytest.mark.parametrize("text", lines("-"))
def test_wrong_relation_is_found(text: str) -> None:
    assert alarms(text)


@pytest.mark.parametrize("text", lines("+"))
def test_right_relation_is_left_alone(text: str) -> None:
    assert not alarms(text)


def test_few_wrong_ones_are_missed() -> None:
    found, missed = len(lines("-")), len(lines("~"))
    assert missed / (found + missed) <= 0.05


def test_batches_are_whole() -> None:
    for path in FOLDER.glob("*.txt"):
        text = path.read_text(encoding="utf-8").splitlines()
        _, wrong, _, right = FIRST[path.stem]
        assert sum(line[:2] in ("- ", "~ ") for line in text) == wrong
        assert sum(line[:2] == "+ " for line in text) == right


def test_right_relations_do_not_disturb_each_other() -> None:
    """A whole report of right sentences: only what two of them tell of the same subject may clash, and hardly ever."""
    right = [text for text in lines("+") if "\n" not in text]
    clashes = 0
    for start in range(0, len(right), 25):
        for finding in alarms("\n".join(right[start : start + 25])):
            assert finding.id.startswith("arithmetic-restated") and finding.stated is not None
            clashes += not finding.stated.endswith("%")
    assert clashes <= 5
