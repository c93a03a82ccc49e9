"""Patterns kept between runs behave as re's own; whatever is kept badly costs time and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from auditor import folders
from auditor import regex as module
from auditor.figures.check import check_figures
from auditor.model import ReaderInfo
from auditor.text.parse import parse

PATTERNS = [
    (r"(?P<year>20[0-9]{2})年(?P<rest>[^，。]{0,8})", 0),
    (r"(?<!有)没有|(?:尚|还)未", 0),
    (r"[一-鿿]{2,5}?(?=县|区)", 0),
    (r"^a.c$", re.I | re.M | re.S),
    (r"(甲)(乙)?\2?", 0),
]
TEXTS = ["2024年全县工作", "还未开展，没有落实", "远江县和清渠区", "x\nABC\ny", "甲乙乙", ""]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(folders.SWITCH, str(tmp_path / "cache"))
    return tmp_path / "cache"


def shelf() -> module._Shelf:
    return module._Shelf()


def same(made: re.Pattern[str], text: str, flags: int) -> None:
    plain = re.compile(text, flags)
    assert (made.pattern, made.flags, made.groups) == (plain.pattern, plain.flags, plain.groups)
    assert dict(made.groupindex) == dict(plain.groupindex)
    for sample in TEXTS:
        found = [(m.span(), m.groups(), m.groupdict(), m.lastgroup) for m in made.finditer(sample)]
        assert found == [(m.span(), m.groups(), m.groupdict(), m.lastgroup) for m in plain.finditer(sample)]


def test_made_and_kept_patterns_are_those_of_re(place: Path) -> None:
    first = shelf()
    for text, flags in PATTERNS:
        same(first.pattern(text, int(flags)), text, int(flags))
    first.write()
    again = shelf()
    assert len(again._codes) == len(PATTERNS)
    del again._parser, again._compiler
    for text, flags in PATTERNS:
        same(again.pattern(text, int(flags)), text, int(flags))


def test_damaged_codes_are_compiled_anew(place: Path) -> None:
    first = shelf()
    text, flags = PATTERNS[0]
    first.pattern(text, flags)
    code = module._CODES.decode(first._codes[f"0:{text}"])

    def put(numbers: bytes, names: dict[str, int]) -> None:
        changed = module._Code(code.flags, numbers, code.groups, names)
        first._codes[f"0:{text}"] = msgspec.Raw(msgspec.msgpack.encode(changed))

    for numbers in (b"", code.numbers[:8], b"\xff" * len(code.numbers), code.numbers[:-1]):
        put(numbers, code.names)
        same(first.pattern(text, flags), text, flags)
    put(code.numbers, {"year": 99})
    same(first.pattern(text, flags), text, flags)
    first._codes[f"0:{text}"] = msgspec.Raw(b"\xc1")
    same(first.pattern(text, flags), text, flags)


def test_another_inside_of_python_costs_only_time(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(module, "import_module", gone)
    for text, flags in PATTERNS:
        same(shelf().pattern(text, int(flags)), text, int(flags))


def test_a_wrong_pattern_is_told_as_by_re(place: Path) -> None:
    with pytest.raises(re.error):
        shelf().pattern("(", 0)


def test_words_of_a_report_never_become_patterns() -> None:
    """What is kept from run to run are the program's own patterns: another report of the same shape adds none."""
    texts = [
        "执法卷宗120份，不甲乙3份，甲乙率97.5%，共抽查120份。",
        "执法卷宗120份，不丙丁3份，丙丁率97.5%，共抽查120份。",
    ]
    sizes = []
    for text in texts:
        head = "远江县2023年法治政府建设情况报告\n现将有关情况报告如下。\n一、主要工作\n开展法治政府建设，依法行政。"
        doc = parse(head + text, ReaderInfo("text", "utf-8"))
        check_figures(doc, {}, year=2023, level=None, published=None)
        sizes.append(module.regex.cache_info().currsize)
    assert sizes[0] == sizes[1]
