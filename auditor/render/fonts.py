"""Which fonts the paper is set in: the office's licensed ones first, else free ones that cover GB 2312 wholly.

Four faces are needed. A face is one family for every character of its role: a character it lacks is reported, never
taken silently from another font. What a font covers is asked of fontconfig, the same source the layout engine uses.
"""

from __future__ import annotations

import subprocess
from bisect import bisect_right
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from auditor.render import subsetting
from auditor.render.errors import PdfUnavailable

FONT_COMMAND = "sudo apt install fonts-noto-cjk fonts-lxgw-wenkai"
SUBSET_COMMAND = "sudo apt install libharfbuzz-subset0"
FONTCONFIG_COMMAND = "sudo apt install fontconfig"
_TIMEOUT = 20  # seconds; a first call may have to build fontconfig's own cache
_FORMAT = "%{family}\\t%{weight}\\t%{slant}\\t%{variable}\\t%{index}\\t%{file}\\t%{charset}\\n"
_REGULAR, _BOLD = 80, 200  # fontconfig's scale


class Role(StrEnum):
    """Typeface of a part of the paper after GB/T 9704."""

    TITLE = "title"
    BODY = "body"
    HEI = "hei"
    KAI = "kai"


ROLE_NAMES = {
    Role.TITLE: "标题（小标宋）",
    Role.BODY: "正文（仿宋）",
    Role.HEI: "一级标题（黑体）",
    Role.KAI: "二级标题（楷体）",
}


class Wish(Struct, frozen=True):
    """One family a role may be set in."""

    family: str
    proper: bool
    """The style the standard names, not a stand-in."""
    bold: bool = False


def _proper(*families: str) -> tuple[Wish, ...]:
    return tuple(Wish(family, True) for family in families)


_SONG = ("Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "思源宋体")
_HEI = ("Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "思源黑体", "WenQuanYi Zen Hei")
_ANY = tuple(Wish(family, False) for family in (*_SONG, *_HEI, "WenQuanYi Micro Hei", "AR PL UMing CN"))

WISHES: dict[Role, tuple[Wish, ...]] = {
    Role.TITLE: (
        *_proper(
            "方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "FZXBSJW--GB1-0"
        ),
        *_proper("方正小标宋"),
        *(Wish(family, False, bold=True) for family in _SONG),
        *_ANY,
    ),
    Role.BODY: (
        *_proper(
            "仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "方正仿宋_GBK", "方正仿宋简体", "STFangsong"
        ),
        *_proper(
            "Zhuque Fangsong", "朱雀仿宋", "Zhuque Fangsong (technical preview)", "朱雀仿宋（预览测试版）"
        ),
        *_ANY,
    ),
    Role.HEI: (
        *_proper("黑体", "SimHei", "方正黑体_GBK", "方正黑体简体", "STHeiti"),
        *(Wish(family, True, bold=True) for family in _HEI),
        *_ANY,
    ),
    Role.KAI: (
        *_proper("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "方正楷体_GBK", "方正楷体简体", "STKaiti"),
        *_proper("LXGW WenKai", "霞鹜文楷", "LXGW WenKai GB", "AR PL UKai CN"),
        *_ANY,
    ),
}


class Coverage:
    """The code points a font has, as sorted ranges."""

    __slots__ = ("_ends", "_met", "_starts")

    def __init__(self, charset: str) -> None:
        self._met: set[str] = set()
        """Characters found among the ranges so far: the same few thousand are asked for again and again."""
        starts: list[int] = []
        ends: list[int] = []
        for part in charset.split():
            low, _, high = part.partition("-")
            starts.append(int(low, 16))
            ends.append(int(high or low, 16))
        self._starts, self._ends = starts, ends

    def __contains__(self, char: str) -> bool:
        index = bisect_right(self._starts, ord(char)) - 1
        return index >= 0 and ord(char) <= self._ends[index]

    def lacking(self, text: Iterable[str]) -> list[str]:
        """Characters of the text the font lacks, sorted, each once."""
        new = set(text) - self._met
        lacking = sorted(char for char in new if char not in self)
        self._met.update(new.difference(lacking))
        return lacking


@lru_cache(maxsize=32)
def parse_coverage(charset: str) -> Coverage:
    """The coverage of a fontconfig charset string such as ``20-7e a0 4e00-9fa5``."""
    return Coverage(charset)


class Installed(Struct, frozen=True):
    """One face as fontconfig lists it."""

    families: tuple[str, ...]
    weight: int
    index: int
    """Number of the face in its collection."""
    file: str
    charset: str


class Face(Struct, frozen=True):
    """The face chosen for a role."""

    role: Role
    family: str
    css_weight: int
    file: str
    index: int
    charset: str
    proper: bool

    @property
    def coverage(self) -> Coverage:
        return parse_coverage(self.charset)


@lru_cache(maxsize=1)
def hanzi() -> frozenset[str]:
    """The 6763 Chinese characters of GB 2312."""
    chars = set()
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                chars.add(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return frozenset(chars)


@lru_cache(maxsize=1)
def installed_fonts() -> tuple[Installed, ...]:
    """Every upright Chinese face fontconfig knows. Raises PdfUnavailable without fontconfig's fc-list."""
    try:
        run = subprocess.run(
            ["fc-list", "--format", _FORMAT, ":lang=zh"], capture_output=True, timeout=_TIMEOUT, check=True
        )
    except FileNotFoundError as error:
        raise PdfUnavailable(f"生成PDF需要fontconfig，请先安装：{FONTCONFIG_COMMAND}") from error
    except (OSError, subprocess.SubprocessError) as error:
        raise PdfUnavailable(f"未能用fc-list列出字体，PDF无法生成：{error}") from error
    return parse_list(run.stdout.decode("utf-8", "replace"))


def parse_list(listing: str) -> tuple[Installed, ...]:
    """Faces from the lines of ``fc-list``, in a fixed order; slanted and odd lines are left out."""
    fonts = []
    for line in listing.splitlines():
        fields = line.split("\t")
        if len(fields) != 7 or fields[2] != "0":
            continue
        family, weight, _, variable, index, file, charset = fields
        if not index.isdigit() or not (weight.isdigit() or variable == "True"):
            continue
        # NOTE: a variable font has no one weight; its named instances are listed besides, with high index bits.
        grade = int(weight) if weight.isdigit() else _REGULAR
        fonts.append(Installed(tuple(family.split(",")), grade, int(index) & 0xFFFF, file, charset))
    return tuple(sorted(fonts, key=lambda f: (f.file, f.index, f.weight)))


def choose_faces(fonts: Iterable[Installed]) -> tuple[dict[Role, Face], tuple[str, ...]]:
    """One face per role, and remarks on fonts passed over.

    Raises PdfUnavailable where a role has no font that covers the hanzi of GB 2312.
    """
    known = list(fonts)
    faces: dict[Role, Face] = {}
    remarks: list[str] = []
    for role, wishes in WISHES.items():
        for wish in wishes:
            found = _match(known, wish)
            if found is None:
                continue
            lacking = parse_coverage(found.charset).lacking(hanzi())
            if lacking:
                remarks.append(f"字体“{wish.family}”缺{len(lacking)}个GB 2312汉字，未采用")
                continue
            weight = 700 if wish.bold and found.weight >= _BOLD else 400
            faces[role] = Face(role, wish.family, weight, found.file, found.index, found.charset, wish.proper)
            break
        else:
            raise PdfUnavailable(f"未找到能排印中文的字体，PDF无法生成，请先安装：{FONT_COMMAND}")
    return faces, tuple(dict.fromkeys(remarks))


def _match(fonts: list[Installed], wish: Wish) -> Installed | None:
    same = [font for font in fonts if wish.family in font.families]
    wanted = _BOLD if wish.bold else _REGULAR
    # A lone heavier or lighter cut is no stand-in for the regular one, but a missing bold falls back to regular.
    fitting = [f for f in same if f.weight == wanted] or [f for f in same if f.weight == _REGULAR]
    if not fitting and wish.proper:
        fitting = same
    return fitting[0] if fitting else None


def describe(face: Face) -> str:
    """The face in words for annex 3: 正文（仿宋）：Noto Serif CJK SC（代用）."""
    notes = []
    if not face.proper:
        notes.append("代用")
    if face.css_weight == 700:
        notes.append("粗体")
    return f"{ROLE_NAMES[face.role]}：{face.family}" + (f"（{'，'.join(notes)}）" if notes else "")


class FontLine(Struct, frozen=True):
    """One line of ``audit doctor`` on what the PDF needs."""

    ok: bool
    """False where no PDF can be written, or only a large and slow one."""
    text: str
    command: str | None = None


def font_report() -> tuple[FontLine, ...]:
    """What the PDF would be set in on this machine, what is missing, and the command that installs it."""
    # The PDF module builds on this one, and only it knows the layout engine.
    from auditor.render.pdf import PANGO_COMMAND, load_weasyprint

    lines: list[FontLine] = []
    try:
        load_weasyprint()
        lines.append(FontLine(True, "Pango和WeasyPrint可用"))
    except PdfUnavailable as error:
        lines.append(FontLine(False, str(error), PANGO_COMMAND))
    if not subsetting.available():
        lines.append(FontLine(False, "缺少libharfbuzz-subset0，PDF会大几倍、慢约8倍", SUBSET_COMMAND))
    try:
        faces, remarks = choose_faces(installed_fonts())
    except PdfUnavailable as error:
        return (*lines, FontLine(False, str(error), FONT_COMMAND))
    lines.extend(FontLine(True, describe(face)) for face in faces.values())
    if not faces[Role.KAI].proper:
        lines.append(
            FontLine(True, "没有楷体，二级标题以宋体代用；建议装上", "sudo apt install fonts-lxgw-wenkai")
        )
    if not faces[Role.TITLE].proper or not faces[Role.BODY].proper:
        text = "没有小标宋或仿宋，以开源宋体代用；本单位有授权字体的，装入系统后自动采用"
        lines.append(FontLine(True, text))
    lines.extend(FontLine(True, remark) for remark in remarks)
    return tuple(lines)
