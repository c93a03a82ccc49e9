"""Usual words mean the same whether Typer reads them or not."""

from __future__ import annotations

import click
import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from auditor.cli import check, command
from auditor.cli.options import Ask, UsageError
from auditor.cli.usual import FLAGS, SEVERAL, VALUES, usual
from auditor.exits import Exit

DECLARED = typer.main.get_command(command.app)
TEXTS = [
    "报告.txt",
    "a b",
    "json",
    "md,json",
    "pdf",
    "-",
    "2024-03-01",
    "没有的格式",
    "x=y",
    "",
    "-x",
    "--",
    "-f",
]


def as_typer_reads(words: list[str]) -> Ask | str:
    """What is asked for, or how it is refused."""
    heard: list[Ask] = []

    def run(ask: Ask) -> Exit:
        heard.append(ask)
        return Exit.PASSED

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check, "run", run)
        try:
            command.run(words, other=False)
        except UsageError as error:
            return str(error)
    return heard[0]


def test_every_usual_option_is_declared() -> None:
    params = {name: param for param in DECLARED.params for name in param.opts}
    for name, field in {**VALUES, **FLAGS}.items():
        param = params[name]
        assert isinstance(param, click.Option)
        assert param.name == field
        assert param.is_flag == (name in FLAGS)
        assert param.multiple == (field in SEVERAL)
        assert name in FLAGS or param.type.name == "text"
    for table in (VALUES, FLAGS):
        # Short or long, either is known.
        for field in table.values():
            every = {name for param in DECLARED.params if param.name == field for name in param.opts}
            assert every <= set(table)


@given(
    st.lists(
        st.one_of(
            st.sampled_from(TEXTS),
            st.sampled_from([*VALUES, *FLAGS, "--year", "-v", "--version", "--nothing"]),
            st.builds("{}={}".format, st.sampled_from([*VALUES, *FLAGS]), st.sampled_from(TEXTS)),
        ),
        max_size=6,
    )
)
def test_typer_hears_the_same(words: list[str]) -> None:
    try:
        here: Ask | str | None = usual(words)
    except UsageError as error:
        here = str(error)
    if here is not None:
        assert here == as_typer_reads(words)


@pytest.mark.parametrize(
    "words",
    [
        ["--year", "2024", "报告.txt"],
        ["报告.txt", "-vv"],
        ["--help"],
        ["--version"],
        ["报告.txt", "-o"],
        ["报告.txt", "--rules", "-x"],
        ["--", "报告.txt"],
        ["报告.txt", "--quiet=1"],
        ["--formats", "json", "报告.txt"],
        [""],
    ],
)
def test_the_rest_is_left_to_typer(words: list[str]) -> None:
    assert usual(words) is None


def test_usual_words_are_read_here() -> None:
    ask = usual(["甲.txt", "-f", "json", "--format=md,json", "-o", "一", "--out", "二", "-q", "乙.txt"])
    assert ask is not None
    assert [path.name for path in ask.reports] == ["甲.txt", "乙.txt"]
    assert (ask.formats, str(ask.out), ask.quiet, ask.cache) == (("json", "md"), "二", True, True)
