"""Folding, joining and the map back to the original."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.text.fold import widths
from auditor.text.normalise import layout, normalise
from tests.text.samples import ALL, NUMBERED, WEB

_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|[0-9]+[.、])[^。]*$"
)


def rewrap(text: str, width: int) -> str:
    """Break lines at a width; blank lines, heading lines and shorter lines stay."""
    out: list[str] = []
    for line in text.split("\n"):
        if len(line) <= width or _HEADING.match(line):
            out.append(line)
        else:
            out.extend(line[i : i + width] for i in range(0, len(line), width))
    return "\n".join(out)


def full_width(text: str) -> str:
    return re.sub(r"[0-9]", lambda m: chr(ord(m.group()) + 0xFEE0), text)


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("全年制定１２件，报备率１００％", "全年制定12件，报备率100%"),
        ("⼀、法治⽂件", "一、法治文件"),
        ("行政执法“三项制度”、‘双公示’、「八五」普法", "行政执法三项制度、双公示、八五普法"),
        ("法 治　政\xa0府\u200b建\ufeff设", "法治政府建设"),
        ("办理 1345 件,罚款 12,345 元;", "办理1345件，罚款12345元；"),
        ("达1，280人次", "达1280人次"),
        ("第1,第2,第3", "第1，第2，第3"),
        ("村(居)法律顾问:3名!", "村（居）法律顾问：3名！"),
        ("2021-2025年 2021–2025年", "2021-2025年2021-2025年"),
        ("①修订制度", "①修订制度"),
        ("3●15、幸福•泸川", "3·15、幸福·泸川"),
    ],
)
def test_folding(raw: str, folded: str) -> None:
    assert normalise(raw).text == folded + "\n"


def test_widths_keeps_the_length() -> None:
    raw = "２０２４ 年（①）㎡⼀"
    assert len(widths(raw)) == len(raw)


@pytest.mark.parametrize("text", ALL)
def test_offsets_cut_the_original(text: str) -> None:
    norm = normalise(text)
    assert len(norm.offsets) == len(norm.text) + 1
    assert all(a < b for a, b in zip(norm.offsets, norm.offsets[1:], strict=False))
    for i, char in enumerate(norm.text):
        if char != "\n":
            a, b = norm.original(i, i + 1)
            assert normalise(text[a:b]).text.rstrip("\n") in (char, "")
            assert widths(text[a:b]) == char


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="法治政府建设，。；：、（）“”《》一二1２3., \n\f\t　—-年月第页是", max_size=300))
def test_offsets_hold_for_any_text(text: str) -> None:
    norm = normalise(text)
    assert len(norm.offsets) == len(norm.text) + 1
    assert all(a < b for a, b in zip(norm.offsets, norm.offsets[1:], strict=False))
    for i, char in enumerate(norm.text):
        if char != "\n":
            # A point may stand for a full stop.
            assert widths(text[norm.offsets[i]]) in (char, "." if char == "。" else char)


@pytest.mark.parametrize("text", ALL)
@pytest.mark.parametrize("width", range(20, 61))
def test_any_wrapping_reads_the_same(text: str, width: int) -> None:
    assert normalise(rewrap(text, width)).text == normalise(text).text


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(ALL),
    st.integers(20, 60),
    st.sampled_from(["", "  ", "　　", "\t"]),
    st.booleans(),
    st.sampled_from(["", " ", "  ", "\xa0"]),
)
def test_layout_variants_read_the_same(text: str, width: int, indent: str, wide: bool, space: str) -> None:
    expected = normalise(text).text
    changed = full_width(text) if wide else text
    changed = re.sub(r"([0-9０-９]+)", rf"{space}\1{space}", changed)
    changed = rewrap(changed, width)
    changed = "\n".join(indent + line if line else line for line in changed.split("\n"))
    assert normalise(changed).text == expected


@pytest.mark.parametrize("number", ["— {} —", "- {} -", "第{}页 共9页", "－{}－", "{}", "{}/9"])
def test_page_numbers_in_mid_sentence(number: str) -> None:
    lines = rewrap(NUMBERED, 28).split("\n")
    out: list[str] = []
    page = 0
    for i, line in enumerate(lines, 1):
        out.append(line)
        if i % 9 == 0:
            page += 1
            out.append(number.format(page))
    assert normalise("\n".join(out)).text == normalise(NUMBERED).text


def paged(head: str, number: str, rows: int) -> str:
    """NUMBERED in pages of so many lines; head and number stand between blank lines where one page meets the next."""
    out: list[str] = []
    for i, line in enumerate(rewrap(NUMBERED, 28).split("\n"), 1):
        out.append(line)
        if i % rows == 0:
            out += ["", *filter(None, [number.format(i // rows)]), "", *filter(None, head.split("\n")), ""]
    return "\n".join(out)


@pytest.mark.parametrize(
    "head",
    [
        "梓州县人民政府公报　2024年第2号　　　　　县政府文件",
        "法治政府建设年度报告",
        "梓州县人民政府公报\n县政府文件",
        "梓州县人民政府公报\n2024年第2号\n县政府文件",
    ],
)
@pytest.mark.parametrize("number", ["— {} —", "第{}页"])
def test_running_heads_in_mid_sentence(head: str, number: str) -> None:
    assert normalise(paged(head, number, 9)).text == normalise(NUMBERED).text


def test_running_heads_that_lost_their_page_numbers() -> None:
    read = normalise(paged("梓州县人民政府公报　2024年第2号", "", 7)).text
    assert "公报" not in read


def test_a_running_head_above_the_title_is_no_part_of_it() -> None:
    head = "梓州县人民政府公报　2024年第2号"
    text = f"{head}\n\n{paged(head, '— {} —', 9)}"
    assert normalise(text).text == normalise(NUMBERED).text
    own = NUMBERED.split("\n")[0]
    assert normalise(paged(own, "— {} —", 9)).text == normalise(NUMBERED).text


def test_lines_that_come_again_without_pages_stay() -> None:
    text = (
        "全年工作总结\n\n主要做法及成效\n办理案件9件，全部办结。\n\n主要做法及成效\n受理申请8件，全部办结。\n"
    )
    assert normalise(text).text.count("主要做法及成效") == 2


def test_form_feed_in_mid_sentence() -> None:
    lines = rewrap(NUMBERED, 30).split("\n")
    cut = next(i for i, line in enumerate(lines) if line.endswith("全") or (i > 12 and len(line) == 30))
    text = "\n".join(lines[: cut + 1]) + "\n\f" + "\n".join(lines[cut + 1 :])
    assert normalise(text).text == normalise(NUMBERED).text


def test_short_paragraphs_stay_apart() -> None:
    text = "全年完成任务如下\n制定文件五件\n开展检查二十次\n办结信访事项九件\n培训执法人员百余名\n"
    assert normalise(text).text == text


def test_wrapped_paragraphs_without_blank_lines_stay_apart() -> None:
    dense = re.sub(r"\n\s*\n", "\n", NUMBERED)
    assert normalise(dense).text == normalise(NUMBERED).text
    for width in range(20, 61):
        assert normalise(rewrap(dense, width)).text.replace("\n", "") == normalise(dense).text.replace(
            "\n", ""
        )


def test_double_spaced_copy() -> None:
    body = NUMBERED.split("\n\n", 2)[2]
    wrapped = rewrap(re.sub(r"\n\s*\n", "\n", body), 30)
    spaced = wrapped.replace("\n", "\n\n")
    assert normalise(spaced).text.replace("\n", "") == normalise(body).text.replace("\n", "")


def test_furniture_is_never_text() -> None:
    read = layout(WEB)
    for word in ("首页", "索引号", "浏览次数", "主动公开", "案卷评查", "行政复议", "ICP"):
        assert word not in read.norm.text
    assert "案卷评查" in "".join(block.text for block in read.furniture)


@pytest.mark.parametrize("width", range(20, 50))
def test_wrapped_furniture_is_never_text(width: int) -> None:
    assert normalise(rewrap(WEB, width)).text == normalise(WEB).text


def test_body_lines_that_resemble_furniture_stay() -> None:
    line = "来源于群众的意见有86条，均已办理，附件材料齐全，分享典型经验3次，全部向社会公开。"
    assert line.replace("，", "") in normalise(f"{NUMBERED}\n{line}\n").text.replace("，", "")


GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"


@pytest.mark.skipif(not GOLD.is_dir(), reason="没有标注语料 ../shared/gold，跳过")
@pytest.mark.parametrize("width", [20, 23, 27, 31, 38, 45, 60, 100])
def test_gold_texts_survive_wrapping(width: int) -> None:
    for path in sorted(GOLD.glob("*.txt")):
        text = path.read_text(encoding="utf-8-sig")
        whole, wrapped = normalise(text), normalise(rewrap(text, width))
        assert wrapped.text.replace("\n", "") == whole.text.replace("\n", ""), path.name
