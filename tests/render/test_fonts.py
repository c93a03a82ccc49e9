"""Which fonts are chosen, and what is said where they are missing."""

from __future__ import annotations

import subprocess

import pytest

from auditor.render import fonts
from auditor.render.errors import PdfUnavailable
from auditor.render.fonts import Coverage, Installed, Role, choose_faces, describe, parse_list

WHOLE = "20-7e 3000-303f 4e00-9fff ff00-ffef"
PATCHY = "20-7e 4e00-5fff"


def font(family: str, weight: int = 80, charset: str = WHOLE) -> Installed:
    return Installed((family,), weight, 0, f"/fonts/{family}-{weight}.otf", charset)


FREE = (
    font("Noto Serif CJK SC"),
    font("Noto Serif CJK SC", 200),
    font("Noto Sans CJK SC"),
    font("Noto Sans CJK SC", 200),
    font("LXGW WenKai"),
)


def test_coverage() -> None:
    coverage = Coverage("41-43 4e00 1f600-1f64f")
    assert all(char in coverage for char in "ABC一😀")
    assert coverage.lacking("@D一二") == ["@", "D", "二"]
    # The same again, now that what it has is known.
    assert coverage.lacking("@D一二三") == ["@", "D", "三", "二"]


def test_free_fonts_where_no_licensed_ones_are_installed() -> None:
    faces, remarks = choose_faces(FREE)
    assert {role: (face.family, face.css_weight) for role, face in faces.items()} == {
        Role.TITLE: ("Noto Serif CJK SC", 700),
        Role.BODY: ("Noto Serif CJK SC", 400),
        Role.HEI: ("Noto Sans CJK SC", 700),
        Role.KAI: ("LXGW WenKai", 400),
    }
    assert remarks == () and describe(faces[Role.BODY]) == "正文（仿宋）：Noto Serif CJK SC（代用）"


def test_licensed_fonts_come_first() -> None:
    names = ("方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312")
    faces, _ = choose_faces((*FREE, *map(font, names)))
    assert tuple(face.family for face in faces.values()) == names
    assert all(face.proper for face in faces.values())


def test_a_font_with_holes_is_passed_over_with_a_remark() -> None:
    faces, remarks = choose_faces((*FREE, font("仿宋_GB2312", charset=PATCHY)))
    assert faces[Role.BODY].family == "Noto Serif CJK SC"
    assert len(remarks) == 1 and "仿宋_GB2312" in remarks[0] and "未采用" in remarks[0]


def test_one_chinese_font_is_enough() -> None:
    faces, _ = choose_faces([font("WenQuanYi Zen Hei")])
    assert {face.family for face in faces.values()} == {"WenQuanYi Zen Hei"}


def test_no_chinese_font_says_what_to_install() -> None:
    with pytest.raises(PdfUnavailable, match="apt install fonts-noto-cjk"):
        choose_faces([font("DejaVu Sans", charset="20-7e")])


def test_without_fontconfig(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise FileNotFoundError("fc-list")

    monkeypatch.setattr(subprocess, "run", missing)
    fonts.installed_fonts.cache_clear()
    try:
        with pytest.raises(PdfUnavailable, match="apt install fontconfig"):
            fonts.installed_fonts()
    finally:
        fonts.installed_fonts.cache_clear()


def test_lines_of_fc_list() -> None:
    listing = (
        "LXGW WenKai,霞鹜文楷\t80\t0\tFalse\t0\t/f/a.ttf\t20-7e\n"
        "Slanted\t80\t100\tFalse\t0\t/f/b.ttf\t20-7e\n"
        "Variable\t[40 200]\t0\tTrue\t0\t/f/c.ttf\t20-7e\n"
        "broken line\n"
    )
    found = parse_list(listing)
    assert [(f.families[0], f.weight) for f in found] == [("LXGW WenKai", 80), ("Variable", 80)]


def test_the_report_for_doctor_has_a_line_for_every_role() -> None:
    lines = fonts.font_report()
    if lines[-1].command == fonts.FONT_COMMAND:
        pytest.skip("本机没有中文字体")
    text = "\n".join(line.text for line in lines)
    assert all(name in text for name in fonts.ROLE_NAMES.values())
