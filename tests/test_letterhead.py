"""audit.yaml is found upward, typed, and refuses what it does not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.letterhead import Office, find_config, gather, load_office
from auditor.rulebook.faults import RulesError


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_found_upward_and_overridden_by_options(tmp_path: Path) -> None:
    config = write(tmp_path / "audit.yaml", "organisation: 云溪县司法局\ndate: 2025-04-01\n")
    inner = tmp_path / "甲" / "乙"
    inner.mkdir(parents=True)
    assert find_config(inner) == config
    office = gather(inner, {"organisation": None, "addressee": "云溪县人民政府", "date": "2025-05-01"})
    assert office == Office("云溪县司法局", "云溪县人民政府", None, "2025-05-01")


def test_empty_and_absent(tmp_path: Path) -> None:
    assert load_office(write(tmp_path / "audit.yaml", "")) == Office()
    assert load_office(write(tmp_path / "audit.yaml", "addressee: '  '\n")) == Office()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("organization: 甲\n", "organization"),
        ("date: [1]\n", "第 1 行"),
        ("- 甲\n", "audit.yaml"),
        ("letter_template: 没有.txt\n", "没有.txt"),
        ("letter_template: ../../etc/passwd\n", "所在的文件夹"),
        ("letter_template: /etc/passwd\n", "所在的文件夹"),
        ("organisation: &a 甲\n", "锚点"),
    ],
)
def test_refused_with_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RulesError, match=said) as caught:
        load_office(write(tmp_path / "audit.yaml", text))
    assert "\n" not in str(caught.value)


def test_the_letter_template_lies_beside_the_config(tmp_path: Path) -> None:
    write(tmp_path / "通知.txt", "# 通知\n正文\n")
    office = load_office(write(tmp_path / "audit.yaml", "letter_template: 通知.txt\n"))
    assert office.letter_template == "# 通知\n正文\n"
    (tmp_path / "通知.txt").write_bytes("整改通知的正文".encode("gbk"))
    with pytest.raises(RulesError, match="UTF-8"):
        load_office(tmp_path / "audit.yaml")
