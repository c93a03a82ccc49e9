"""Rule books, gates, waivers and the office's config are YAML of strangers: bombs end in one sentence, soon."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from auditor.rulebook.compose import MAX_NODES
from auditor.rulebook.faults import RulesError
from auditor.rulebook.yaml import MAX_BYTES, loads
from tests.security.helpers import GOOD, book, refused, run

FULL = MAX_BYTES - 1
BOMBS = {
    "aliases": ("a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n", "锚点"),
    "alias alone": ("*a\n", "锚点"),
    "python object": ("!!python/object/apply:os.system ['true']\n", "标签"),
    "tag of a number": ("a: !!int x\n", "标签"),
    "own tag": ("a: !secret x\n", "标签"),
    "flow depth": ("[" * FULL, "嵌套"),
    "map depth": ("{" * FULL, "嵌套"),
    "block depth": ("- " * (FULL // 2), "嵌套"),
    "keys of keys": ("? " * (FULL // 2), "嵌套"),
    "indentation": ("\n".join(" " * i + "a:" for i in range(1500)), "嵌套"),
    "many values": ("[" + "a," * (FULL // 2 - 1) + "]", f"{MAX_NODES} 项"),
    "many documents": ("---\n" * (FULL // 4), "项"),
    "size": ("# " + "x" * MAX_BYTES, "2 MB"),
    "long number": ("a: " + "1" * 100_000, "数字"),
    "number to base 60": ("a: 1" + ":1" * (FULL // 2 - 3), "数字"),
    "hexadecimal number": ("a: 0x" + "f" * 100_000, "数字"),
    "long key": ("k" * 1000 + ":\n" + "- a\n" * 10, "键超过"),
    "paths": ("".join(" " * i + "k" * 199 + ":\n" for i in range(20)) + (" " * 20 + "- a\n") * 60_000, "键太长"),
    "twice": ("a: 1\na: 2\n", "写了两次"),
    "merge key": ("<<: {a: 1}\n<<: 2\n", "写了两次"),
    "zero byte": ("a: \0\n", "YAML 写法有误"),
    "directives": ("%TAG ! tag:x,2000:\n" * 1000, "YAML 写法有误"),
    "two documents": ("a: 1\n---\nb: 2\n", "YAML 写法有误"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_soon(name: str) -> None:
    text, word = BOMBS[name]
    started = time.monotonic()
    with pytest.raises(RulesError, match=word) as caught:
        loads(text.encode(), "规则.yaml")
    assert time.monotonic() - started < 3
    assert str(caught.value).startswith("规则.yaml") and len(str(caught.value)) < 200


def test_other_encodings_are_refused() -> None:
    for data in ("规则: 1".encode("gb18030"), "a: 1".encode("utf-16"), b"\xff\xfe\x00", bytes(range(256))):
        with pytest.raises(RulesError, match="UTF-8"):
            loads(data, "规则.yaml")


def test_only_plain_data_comes_out() -> None:
    data = loads(
        "日: 2026-03-01\n时: 2026-03-01 10:00:00\n空: ~\n数: 1_000\n真: yes\n分: 9999-99-99\n".encode(), "x"
    ).data
    assert data == {"日": "2026-03-01", "时": "2026-03-01 10:00:00", "空": None, "数": 1000, "真": True, "分": "9999-99-99"}  # fmt: skip


@pytest.mark.parametrize("kind", ["rules", "gate", "waivers", "config"])
@pytest.mark.parametrize("name", ["aliases", "python object", "flow depth", "number to base 60"])
def test_through_the_command(kind: str, name: str, tmp_path: Path) -> None:
    text, word = BOMBS[name]
    bomb = tmp_path / ("audit.yaml" if kind == "config" else "bomb.yaml")
    options: list[object] = []
    if kind == "rules":
        options = ["--rules", book(tmp_path / "book", more=text)]
    elif kind != "config":
        options = [f"--{kind}", bomb]
    if kind != "rules":
        bomb.write_text(text, encoding="utf-8")
    done = run(GOOD, *options, "-f", "json", "-o", tmp_path / "out", cwd=tmp_path)
    refused(done, word)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("option", ["--gate", "--waivers", "--baseline"])
def test_devices_and_folders_are_no_settings(option: str, tmp_path: Path) -> None:
    for path in ("/dev/zero", tmp_path):
        refused(run(GOOD, option, path, "-f", "json", "-o", tmp_path / "out"))


@pytest.mark.parametrize(
    ("files", "word"),
    [
        ({"thresholds": "- 1\n"}, "thresholds"),
        ({"deadlines": "a: [1, {b: 2}]\n"}, "deadlines"),
        ({"citations": "- {document: [1]}\n"}, "citations"),
        ({"book": "id: [1]\n"}, "book.yaml"),
        ({"elements": "group: 甲\nelements: [{id: 甲.一, levels: [village]}]\n"}, "village"),
        ({"elements": "group: 甲\nconcepts: {" + ", ".join(f"c{n}: ['{{c{n + 1}}}']" for n in range(3000)) + "}\n"}, "概念"),
    ],
    ids=["thresholds", "deadlines", "citations", "manifest", "enum", "chain of concepts"],
)  # fmt: skip
def test_wrong_shapes_are_refused(files: dict[str, str], word: str, tmp_path: Path) -> None:
    refused(
        run(
            GOOD,
            "--rules",
            book(tmp_path / "book", **files),
            "--no-gate",
            "-f",
            "json",
            "-o",
            tmp_path / "out",
        ),
        word,
    )


def test_a_word_list_that_is_no_text(tmp_path: Path) -> None:
    folder = book(tmp_path / "book")
    (folder / "words.txt").write_bytes(b"\xff\xfe\x00\x80")
    refused(run(GOOD, "--rules", folder, "-f", "json", "-o", tmp_path / "out"), "words.txt")


def test_rules_that_are_no_files(tmp_path: Path) -> None:
    folder = book(tmp_path / "book")
    (folder / "endless.yaml").symlink_to("/dev/zero")
    refused(run(GOOD, "--rules", folder, "-f", "json", "-o", tmp_path / "out"))
