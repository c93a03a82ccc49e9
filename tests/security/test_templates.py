"""Letter templates are text of strangers: they change words, and reach neither the program, nor files, nor time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from auditor.letterhead import Office
from auditor.render.errors import RenderError
from auditor.render.filling import fill_apart
from auditor.render.letter import build_letter, letter_docx
from tests.render import factory
from tests.render.reading import word_text
from tests.security.helpers import GOOD, run

OFFICE = Office(organisation="某办")


def letter(template: str) -> str:
    built = build_letter(factory.make_small(), replace(OFFICE, letter_template=template))
    return "\n".join((*built.title_lines, *(block.text for block in built.blocks)))


ESCAPES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ items.__class__ }}",
    "{{ items.append }}{{ items.append(1) }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ ''|attr('__class__') }}{{ (''|attr('__class__')).mro() }}",
    "{{ '{0.__class__.__mro__}'.format(unit) }}{{ undefined_name }}",
    "{{ request.environ }}",
    "{% include '/etc/passwd' %}",
    "{% extends '/etc/passwd' %}",
    "{% import 'os' as os %}{{ os.system('id') }}",
    "{% from 'audit.html.j2' import x %}",
    "{% set x = items.__dict__ %}{{ x }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ unit.encode().fromhex('00').__reduce__() }}",
    "{% for %}",
    "{{ 1/0 }}",
    "{{ '{0.__class__}'.format('甲') }}",
]


@pytest.mark.parametrize("template", ESCAPES)
def test_ways_out_of_the_sandbox_are_refused(
    template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RenderError, match="整改通知的模板有误"):
        letter(template)
    assert list(tmp_path.iterdir()) == []


def test_nothing_of_the_program_stands_in_a_letter() -> None:
    text = letter("# 通知\n{{ items }}{{ lipsum }}{{ unit }}\n正文\n")
    assert "正文" in text and "auditor" not in text and str(Path.cwd()) not in text


HUNGRY = [
    "{% for a in range(99999) %}{{ unit * 100 }}{% endfor %}",
    "{{ '甲' * 10 ** 10 }}",
    "{{ '甲'.ljust(10 ** 10) }}",
    "{{ '%09999999999d' % 1 }}",
    "{{ range(99999) | list | join('甲' * 99999) }}",
    "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}",
    "{% if 1 %}" * 3000,
    "{{ " + "(" * 50_000 + " }}",
]


@pytest.mark.parametrize(
    "template",
    [
        *HUNGRY,
        pytest.param("{{ lipsum(n=99999) }}", marks=pytest.mark.slow),
        pytest.param("{{ 10 ** (10 ** 10) }}", marks=pytest.mark.slow),
        pytest.param(
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_hungry_templates_are_stopped(template: str) -> None:
    started = time.monotonic()
    with pytest.raises(RenderError, match="整改通知的模板有误"):
        letter(template)
    assert time.monotonic() - started < 25


def test_a_template_ignores_a_package_of_our_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "auditor").mkdir()
    (tmp_path / "auditor" / "__init__.py").write_text("raise SystemExit(7)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert fill_apart("{{ unit }}", {"unit": "甲县"}) == "甲县"


def test_values_stay_values() -> None:
    """What a report says is not run as a template, in either kind of letter."""
    result = factory.make_small()
    result = replace(result, report=replace(result.report, issuer="{{ 7 * 7 }}县", title="{% raw %}"))
    for template in (None, "# 通知\n{{ unit }}{{ report }}\n"):
        text = word_text(letter_docx(result, replace(OFFICE, letter_template=template)))
        assert "{{ 7 * 7 }}县" in text and "49" not in text.split("县")[0]


def test_the_other_formats_survive_a_bad_template(tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_text("{{ ''.__class__ }}", encoding="utf-8")
    (tmp_path / "audit.yaml").write_text("letter_template: 通知.txt\n", encoding="utf-8")
    done = run(GOOD, "-f", "letter,json", "-o", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 3 and "整改通知的模板有误" in done.stderr
    assert [path.suffix for path in (tmp_path / "out").glob("[!.]*")] == [".json"]


@pytest.mark.parametrize("name", ["../秘.txt", "/etc/passwd", "链接.txt"])
def test_a_template_is_taken_from_its_own_folder_only(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "甲"
    folder.mkdir()
    (tmp_path / "秘.txt").write_text("# 秘密\n", encoding="utf-8")
    (folder / "链接.txt").symlink_to(tmp_path / "秘.txt")
    (folder / "audit.yaml").write_text(f"letter_template: {name}\n", encoding="utf-8")
    done = run(GOOD, "-f", "letter", "-o", folder / "out", cwd=folder)
    assert done.returncode == 2 and "所在的文件夹" in done.stderr
