"""What a rule book may say, and what is refused with file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.model import Status
from auditor.rulebook.compile import compile_book
from auditor.rulebook.compose import MAX_DEPTH
from auditor.rulebook.faults import RulesError
from auditor.rulebook.files import locate
from auditor.rulebook.lint import lint
from auditor.rulebook.load import read
from auditor.rulebook.shelf import choose, load_book
from auditor.rulebook.yaml import loads
from tests.small_book import CLAUSES, MANIFEST

ELEMENT = """group: 甲
elements:
  - id: 甲.一
    name: 第一项
    basis: [X-1]
    sought: [第一件事]
    advice: {weak: 补充, missing: 补写}
    covered: ["第一件事情"]
"""


def book(folder: Path, *, element: str = ELEMENT, manifest: str = MANIFEST) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "book.yaml").write_text(manifest, encoding="utf-8")
    (folder / "clauses.yaml").write_text(CLAUSES, encoding="utf-8")
    (folder / "elements.yaml").write_text(element, encoding="utf-8")
    return folder


def refusal(folder: Path) -> str:
    with pytest.raises(RulesError) as error:
        compile_book(read(folder))
    return str(error.value)


def test_a_small_book_loads(tmp_path: Path) -> None:
    loaded = load_book(book(tmp_path))
    assert [e.id for e in loaded.elements] == ["甲.一"]
    assert loaded.elements[0].cite == ("《某规定》第1条",)
    assert len(loaded.info.digest) == 64


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("    name: 第一项\n", "    nmae: 第一项\n", ("elements.yaml 第 3 行", "不认识的键“nmae”")),
        ("    sought: [第一件事]\n", "    sought: [第一件事]\n    sougth: []\n", ("不认识的键“sougth”",)),
        ("basis: [X-1]", "basis: [X-9]", ("第 3 行", "依据“X-9”不在条款表里")),
        ('covered: ["第一件事情"]', "covered: []", ("没有 covered",)),
        (
            'covered: ["第一件事情"]',
            'covered: ["{没有的概念}"]',
            ("elements.yaml 第 3 行", "没有名为“没有的概念”的概念"),
        ),
        ('covered: ["第一件事情"]', 'covered: ["(第一件"]', ("缺少右括号",)),
        ('covered: ["第一件事情"]', "covered: [{within: page, all: [事情]}]", ("within 只能写",)),
        ('covered: ["第一件事情"]', "covered: [{heading: true}]", ("永远不会成立",)),
        ('covered: ["第一件事情"]', "covered: [{count: {of: [[甲], [乙]], min: 3}}]", ("min 应在 1 到",)),
        (
            'covered: ["第一件事情"]',
            "covered: [{elements: {ids: [无], status: [covered]}}]",
            ("不是要素编号",),
        ),
        ("group: 甲", "group: 乙", ("没有在 book.yaml 的 groups 里登记",)),
        ("  - id: 甲.一", "  - id: &x 甲.一", ("锚点",)),
        ("    name: 第一项\n", "    name: 第一项\n    name: 又一次\n", ("写了两次",)),
        ("group: 甲", "group: [甲", ("YAML 写法有误",)),
    ],
)
def test_faults_name_place_and_remedy(tmp_path: Path, old: str, new: str, words: tuple[str, ...]) -> None:
    assert old in ELEMENT
    message = refusal(book(tmp_path, element=ELEMENT.replace(old, new)))
    for word in words:
        assert word in message


def test_duplicate_ids_are_refused(tmp_path: Path) -> None:
    again = ELEMENT + ELEMENT.split("elements:\n")[1]
    assert "重复" in refusal(book(tmp_path, element=again))


def test_circular_concepts_are_refused(tmp_path: Path) -> None:
    circular = 'concepts:\n  甲: ["{乙}"]\n  乙: ["{甲}"]\n' + ELEMENT
    assert "用到了自己" in refusal(book(tmp_path, element=circular))


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(RulesError, match="嵌套"):
        loads(("[" * (MAX_DEPTH + 3) + "]" * (MAX_DEPTH + 3)).encode(), "深.yaml")


def test_a_book_extends_another(tmp_path: Path) -> None:
    book(tmp_path / "base")
    child = tmp_path / "child"
    child.mkdir()
    (child / "book.yaml").write_text(
        'id: child\ntitle: 扩展\nversion: "1"\nyears: {first: 2021}\nextends: base\n', encoding="utf-8"
    )
    (child / "more.yaml").write_text(
        ELEMENT.replace("第一项", "改过的第一项") + ELEMENT.split("elements:\n")[1].replace("甲.一", "甲.二"),
        encoding="utf-8",
    )
    loaded = load_book(child)
    assert [(e.id, e.name) for e in loaded.elements] == [("甲.一", "改过的第一项"), ("甲.二", "第一项")]


def test_an_element_can_be_switched_off(tmp_path: Path) -> None:
    book(tmp_path / "base")
    child = tmp_path / "child"
    child.mkdir()
    text = 'id: child\ntitle: 扩展\nversion: "1"\nyears: {first: 2021}\nextends: base\nswitch_off: [甲.一]\n'
    (child / "book.yaml").write_text(text, encoding="utf-8")
    assert load_book(child).elements == ()
    (child / "book.yaml").write_text(text.replace("甲.一", "甲.九"), encoding="utf-8")
    assert "无法停用" in refusal(child)


def test_lint_wants_examples_and_possible_patterns(tmp_path: Path) -> None:
    folder = book(tmp_path, element=ELEMENT.replace("第一件事情", "第一“件”事情"))
    source = read(folder, cases=True)
    faults = lint(source, compile_book(source))
    assert any("没有例句" in fault for fault in faults)
    assert any("永远不会成立" in fault for fault in faults)


@pytest.mark.parametrize(
    ("year", "name"),
    [
        (2016, "outline-2015"),
        (2020, "outline-2015"),
        (2021, "outline-2021"),
        (2027, "outline-2021"),
        (None, "outline-2021"),
    ],
)
def test_the_year_chooses_the_book(year: int | None, name: str) -> None:
    assert choose(year).name == name


def test_years_before_2016_are_not_audited() -> None:
    with pytest.raises(RulesError, match="2016"):
        choose(2015)


def test_unknown_book() -> None:
    with pytest.raises(RulesError, match="找不到规则集"):
        locate("outline-1999")


def test_status_names_in_rules_are_the_published_ones() -> None:
    assert {s.value for s in Status} == {"covered", "weak", "missing", "na"}
