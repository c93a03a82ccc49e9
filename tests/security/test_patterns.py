"""Patterns of strangers: whatever they are, they are refused or matched in bounded time and memory."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from auditor.engine.verdict import judge
from auditor.model import Level, ReaderInfo
from auditor.rulebook.compile import compile_book
from auditor.rulebook.faults import RulesError
from auditor.rulebook.load import read
from auditor.text.parse import parse
from tests.security.helpers import book

EXPLOSIVE = {
    "product": "(甲|乙)" * 300,
    "product in a group": "(" + "(甲|乙)" * 300 + "|丙)",
    "product two groups deep": "((" + "(甲|乙|)" * 200 + "|丙)丁|戊)",
    "products side by side": "(" + "|".join(["(甲|乙)" * 8] * 40) + ")",
    "brackets": "(" * 1000,
    "curly brackets": "{" * 2000,
    "square brackets": "[" * 2000,
    "gaps": "甲" + "…甲" * 900,
    "gaps of choices": "({件数}|甲)" + "……({件数}|甲)" * 180,
    "numbers": "{数}" * 600,
    "empty ones": "(|)" * 600,
    "length": "甲" * 50_000,
}
_CHILD = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
from auditor.matching.pattern import PatternError, parse
try:
    parse(sys.stdin.read())
except PatternError:
    pass
"""


@pytest.mark.skipif(sys.platform == "win32", reason="只在有资源限制的系统上")
@pytest.mark.parametrize("name", EXPLOSIVE)
def test_reading_a_pattern_is_bounded(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CHILD],
        input=EXPLOSIVE[name],
        text=True,
        encoding="utf-8",
        capture_output=True,
    )
    assert done.returncode == 0, (done.returncode, done.stderr[-300:])


REPEATED = {
    "one character": "甲" * 20_000,
    "clauses": "甲，" * 10_000,
    "sentences": "甲乙。" * 7_000,
    "counts": "甲1件" * 6_000,
    "nearly": "第一件事倩" * 4_000,
}
HARD = {
    "gaps": "['甲" + "…甲" * 600 + "']",
    "long gaps of choices": "['(甲|乙|{件数})" + "……(甲|{件数})" * 100 + "']",
    "all of many": "[{all: [" + ", ".join(f"'{'甲' * n}'" for n in range(1, 40)) + "], within: 400}]",
    "all of the same": "[{all: [" + ", ".join(["甲"] * 60) + "], within: paragraph}]",
    "counted": "[{count: {of: ["
    + ", ".join(["['甲', '{件数}']"] * 60)
    + "], min: 1}, unless: ['甲…甲…甲']}]",
    "concepts": "['{甲}…{乙}…{甲}…{乙}']",
    "fuzzy": "['第一件事情', '第一件(事情|事儿|事项)第一件事情第一件事情']",
}


@pytest.mark.parametrize("pattern", HARD)
@pytest.mark.parametrize("repeated", REPEATED)
def test_matching_is_bounded(pattern: str, repeated: str, tmp_path: Path) -> None:
    concepts = "concepts:\n  甲: ['甲', '{乙}…甲']\n  乙: ['甲…甲', '{件数}…{件数}']\n"
    folder = book(tmp_path, HARD[pattern], concepts=concepts)
    try:
        compiled = compile_book(read(folder))
    except RulesError:
        return
    text = f"远江县2024年法治政府建设年度报告\n一、主要工作\n法治政府建设工作情况如下。{REPEATED[repeated]}\n"
    doc = parse(text, ReaderInfo("text", "utf-8"))
    started = time.process_time()
    judge(doc, compiled, Level.COUNTY)
    assert time.process_time() - started < 5
