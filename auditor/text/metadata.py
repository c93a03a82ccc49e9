"""What a report says of itself: title, unit, level, year, dates, document number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from auditor.model import Level
from auditor.regex import regex
from auditor.text import furniture, head
from auditor.text.document import Metadata
from auditor.text.fold import fold, widths
from auditor.text.normalise import Block, Layout
from auditor.text.places import Unit, level_by_wording, level_of, parse_unit
from auditor.text.signature import (
    DAMAGED_DATE,
    chinese_number,
    chinese_year,
    is_date_line,
    is_signature,
    is_unit_line,
)

_ZERO = "〇○零OoО0"
_S = r"[ \t\u3000\xa0\u200b]*"
_BREAK = regex(r"[^\S\n]*\n\s*")
_CN = rf"[一二三四五六七八九十廿卅元{_ZERO}]"
_DATE = regex(
    rf"(?P<y>(?:19|20){_S}[0-9]{_S}[0-9]|二[{_ZERO}]{{1}}[一二三四五六七八九{_ZERO}]{{2}}){_S}(?P<sep>年|[-./]){_S}"
    rf"(?P<m>[0-9]{{1,2}}|[0-9]{_S}[0-9]|{_CN}{{1,3}}){_S}(?:月|[-./]){_S}(?P<d>[0-9]{_S}[0-9]|[0-9]{{1,2}}|{_CN}{{1,4}}){_S}(?:日|号)?"
)
_WRITTEN = ("公文生成日期", "成文日期", "成文时间", "生成日期", "印发日期", "发文日期")
_PUBLISHED = ("发布日期", "发布时间", "公开日期", "公开时间", "更新时间", "时间", "日期")
_NUMBER_LABELS = ("备注/文号", "发文字号", "文号")
_ISSUER_LABELS = ("发布机构", "发文机关", "发文机构", "发布机关", "发布单位")
_NUMBER = regex(
    rf"[\u4e00-\u9fff]{{1,14}}{_S}[〔\[【（﹝]{_S}(?:19|20)[0-9]{{2}}{_S}[〕\]】）﹞]{_S}第?{_S}[0-9]{{1,4}}{_S}号"
)
_YEAR = regex(
    rf"(20[0-9]{{2}}|二[{_ZERO}][一二三四五六七八九{_ZERO}]{{2}})(?:年度|年(?!以来|第|至|-|—|底|初))"
)
_JOINT = regex(
    r"(?:中共|中国共产党)[\u4e00-\u9fff]{2,20}?[省市县区州旗盟]委(?:员会)?、?(?=[\u4e00-\u9fff]{2,20}人民政府)"
)
"""The party committee named before the government in a joint report."""
_TITLE_UNIT = regex(
    r"^(?:关于)?(?:20[0-9]{2}|二[〇○零OoО0]..)?年?度?(?P<unit>[\u4e00-\u9fff、（）]{2,50}?)(?=关于|20[0-9]{2}|二[〇○零]|法治|依法行政|推进|年度|落实|贯彻|$)"
)
_OPENING_UNIT = regex(
    r"(?:^|，)(?P<unit>[\u4e00-\u9fff]{2,24}?(?:省|市|县|区|州|旗|盟|镇|乡|街道|局|厅|委员会|办公室))(?=以|在|推|坚持|认真|深入|全面|紧|牢|坚|始终|围绕|聚焦|按照|严格|高度|切实|持续|法治|依法|积极|，|人民政府)"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A date with its original span."""

    iso: str
    span: tuple[int, int]


def read_metadata(
    text: str, layout: Layout, *, year: int | None = None, level: Level | None = None
) -> Metadata:
    """Metadata of a report. `year` and `level`, where given, override what the text says."""
    remarks: list[str] = []
    body = layout.norm.text
    paragraphs = body.split("\n")[:-1]
    title, title_span = _title(text, layout)
    tail = _tail(text, layout, paragraphs)
    number = _document_number(text, layout)
    index_written = _labelled_date(text, layout.furniture, _WRITTEN) or _damaged_label(
        text, layout.furniture, True
    )
    signed = tail.written
    written = signed or index_written
    if signed and index_written and signed.iso != index_written.iso:
        remarks.append(
            f"落款日期（{signed.iso}）与索引信息中的成文日期（{index_written.iso}）不一致，以落款为准。"
        )
    published = _labelled_date(text, layout.furniture, _PUBLISHED) or _damaged_label(
        text, layout.furniture, False
    )
    report_year = (
        year if year is not None else _report_year(title, paragraphs, layout, written, published, remarks)
    )
    unit, issuer = _unit(text, layout, title, tail.issuer, paragraphs)
    region = unit.region if unit is not None else None
    found_level, doubt = _level(unit, body)
    if level is None and doubt:
        remarks.append(doubt)
    if issuer is None and region is not None and found_level is not Level.DEPT:
        issuer = _government(region, unit)
    if issuer is not None and (joint := _JOINT.match(issuer)):
        issuer = issuer[joint.end() :]
    return Metadata(
        title,
        region,
        issuer,
        level if level is not None else found_level,
        report_year,
        written.iso if written else None,
        published.iso if published else None,
        number,
        title_span,
        written.span if written else None,
        published.span if published else None,
        tuple(remarks),
    )


def _title(text: str, layout: Layout) -> tuple[str | None, tuple[int, int] | None]:
    if not layout.titles:
        return None, None
    blocks = layout.titles[0]
    start, end = blocks[0].offsets[0], blocks[-1].offsets[-1] + 1
    # A quotation mark before or after the title is not in the folded text; page furniture may stand between lines.
    parts = (text[b.offsets[0] : b.offsets[-1] + 1] for b in blocks)
    return "".join("".join(part.split()) for part in parts).replace("\u200b", ""), (start, end)


@dataclass(frozen=True, slots=True)
class _Tail:
    issuer: str | None
    written: _Found | None


def _tail(text: str, layout: Layout, paragraphs: list[str]) -> _Tail:
    """Unit and date of the signature, looked for in the last paragraphs and under the title."""
    issuer: str | None = None
    written: _Found | None = None
    ends: list[tuple[int, int]] = []
    at = 0
    for p in paragraphs:
        ends.append((at, at + len(p)))
        at += len(p) + 1
    order = list(range(len(paragraphs) - 1, max(-1, len(paragraphs) - 9), -1))
    order += [i for i in range(min(5, len(paragraphs))) if i not in order]
    for i in order:
        p = paragraphs[i]
        if len(p) > 70:
            continue
        a, b = ends[i]
        raw = _Raw(text, *layout.norm.original(a, b))
        found, before = _first_date(raw)
        if found is None and is_date_line(p) and (damaged := DAMAGED_DATE.fullmatch(fold(raw.text))):
            iso = _iso(damaged)
            found, before = (_Found(iso, layout.norm.original(a, b)), "") if iso else (None, raw.text)
        rest = fold(before) if found else p
        if found and written is None and (is_date_line(p) or is_unit_line(rest) or rest in ("", "（")):
            written = found
        if issuer is None and is_unit_line(rest) and (i >= 3 or found or (i and i + 2 == len(paragraphs))):
            issuer = rest.removesuffix("（章）").removesuffix("（盖章）").removesuffix("（公章）")
    return _Tail(issuer, written)


def _first_date(raw: _Raw) -> tuple[_Found | None, str]:
    """The first valid date, and the text before it."""
    for m in _DATE.finditer(raw.text):
        found = raw.found(m)
        if found:
            return found, raw.text[: m.start()]
    return None, raw.text


def _iso(m: re.Match[str]) -> str | None:
    year = chinese_year(re.sub(r"\s", "", m.group("y")))
    month = chinese_number(re.sub(r"\s", "", m.group("m")))
    day = chinese_number(re.sub(r"\s", "", m.group("d")))
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


class _Raw:
    """Original characters of a block, widths folded, white space kept, line breaks gone."""

    __slots__ = ("_positions", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        piece = text[start:end]
        pieces: list[str] = []
        self._positions: list[int] = []
        at = 0
        for m in _BREAK.finditer(piece):
            pieces.append(piece[at : m.start()])
            self._positions.extend(range(start + at, start + m.start()))
            at = m.end()
        pieces.append(piece[at:])
        self._positions.extend(range(start + at, end))
        self.text = widths("".join(pieces))

    def found(self, m: re.Match[str]) -> _Found | None:
        """The date of a match with its original span."""
        iso = _iso(m)
        if iso is None:
            return None
        end = len(m.group().rstrip()) + m.start()
        return _Found(iso, (self._positions[m.start()], self._positions[end - 1] + 1))


def _raw(text: str, block: Block) -> _Raw:
    return _Raw(text, block.offsets[0], block.offsets[-1] + 1)


def _labelled_date(text: str, blocks: Iterable[Block], labels: tuple[str, ...]) -> _Found | None:
    """The first date behind one of the labels; earlier labels win."""
    sources = [_raw(text, b) for b in blocks if len(b.text) <= 400]
    for label in labels:
        pattern = furniture.label_pattern(label)
        for raw in sources:
            for m in pattern.finditer(raw.text):
                before = raw.text[: m.start()]
                if len(label) == 2 and before and "\u4e00" <= before[-1] <= "\u9fff":
                    continue  # 时间 as the end of another label, such as 废止时间
                stated = _DATE.match(raw.text, m.end())
                found = raw.found(stated) if stated else None
                if found:
                    return found
    return None


def _damaged_label(text: str, blocks: Iterable[Block], written: bool) -> _Found | None:
    """A date in the furniture whose label is not one of the known ones by a character or two."""
    for block in blocks:
        if len(block.text) > 400 or "：" not in block.text:
            continue
        raw = _raw(text, block)
        for m in _DATE.finditer(raw.text):
            label = fold(raw.text[max(0, m.start() - 12) : m.start()])
            if not label.endswith("：") or not re.search("[日期时间]", label[-4:]):
                continue
            if bool(re.search("生成|成文|公文|印发", label)) == written and not re.search(
                "废止|失效|生效|实施", label
            ):
                found = raw.found(m)
                if found:
                    return found
    return None


def _document_number(text: str, layout: Layout) -> str | None:
    """From the index block, else from a line of its own in the head."""
    sources = [_raw(text, b).text for b in layout.furniture if len(b.text) <= 400]
    for label in _NUMBER_LABELS:
        for raw in sources:
            for m in furniture.label_pattern(label).finditer(raw):
                number = _NUMBER.match(raw, m.end())
                if number:
                    return fold(number.group()).replace("（", "〔").replace("）", "〕")
    for block in layout.furniture:
        if furniture.is_document_number(block.text):
            number = _NUMBER.fullmatch(block.text)
            if number:
                return number.group()
    return None


def _report_year(
    title: str | None,
    paragraphs: list[str],
    layout: Layout,
    written: _Found | None,
    published: _Found | None,
    remarks: list[str],
) -> int | None:
    titles = ["".join(b.text for b in group) for group in layout.titles] or ([fold(title)] if title else [])
    titled = next((y for t in titles if (y := _year_in(t)) is not None), None)
    opening = next((y for p in paragraphs[:12] if len(p) >= 30 and (y := _year_in(p[:60])) is not None), None)
    dated = int((written or published).iso[:4]) - 1 if (written or published) else None  # type: ignore[union-attr]
    if titled is not None:
        if opening is not None and opening != titled and dated is not None and dated != titled:
            remarks.append(f"标题写的是{titled}年，正文开头写的是{opening}年，按标题处理。")
        return titled
    if opening is not None:
        if dated is not None and dated != opening:
            remarks.append(
                f"报告没有写明年度的标题，按正文开头的{opening}年处理，但成文或发布日期在{dated + 1}年。"
            )
        return opening
    headed = [
        y for p in paragraphs if len(p) <= 40 and not is_signature(p) and (y := _year_in(p)) is not None
    ]
    if headed:
        remarks.append(f"报告没有写明年度的标题，按小标题中的{headed[0]}年处理。")
        return headed[0]
    if dated is not None:
        remarks.append(f"报告没有写明年度，按成文或发布日期的上一年（{dated}年）处理。")
    return dated


def _year_in(text: str) -> int | None:
    m = _YEAR.search(text)
    if not m:
        m = re.match(r"(20[0-9]{2})(?=法治|依法)", text) or re.search(
            r"(?<=关于)(20[0-9]{2})(?=法治|依法)", text
        )
    return chinese_year(m.group(1)) if m else None


def _unit(
    text: str, layout: Layout, title: str | None, signed: str | None, paragraphs: list[str]
) -> tuple[Unit | None, str | None]:
    """The reporting unit taken apart, and its full name where some place gives it."""
    indexed = _indexed_issuer(text, layout)
    named = _title_unit(fold(title)) if title else None
    candidates = [name for name in (named, signed, indexed) if name]
    units = [parse_unit(name) for name in candidates]
    placed = [u for u in units if u.region is not None]
    opening = next((u for p in paragraphs[:6] if (u := _opening_unit(p)) is not None), None)
    unit = max(placed[:2], key=lambda u: (u.is_department, len(u.suffixes))) if placed else None
    if unit is None and units:
        # 我局-style names without a place: 市司法局.
        unit = units[0]
        if opening is not None and opening.region:
            unit = Unit(opening.region, opening.suffixes, unit.rest)
    if unit is None:
        unit = opening
    full = [n for n, u in zip(candidates, units, strict=True) if u.rest and (u.region or len(placed) == 0)]
    issuer = None
    for name in (signed, named, indexed):
        if name and name in full and not (unit and unit.is_department and not parse_unit(name).is_department):
            issuer = name
            break
    if unit is not None and unit.is_department and issuer is None and unit.region and unit.rest:
        issuer = unit.region + unit.rest
    return unit, issuer


def _title_unit(title: str) -> str | None:
    m = _TITLE_UNIT.match(title)
    if not m:
        return None
    name = m.group("unit").strip("、（）")
    return (
        name
        if len(name) >= 2 and not head.KIND_OF_TEXT.search(name) and name not in ("年度", "关于")
        else None
    )


def _opening_unit(paragraph: str) -> Unit | None:
    if len(paragraph) < 30:
        return None
    for m in _OPENING_UNIT.finditer(paragraph[:120]):
        unit = parse_unit(m.group("unit"))
        if (
            unit.region is not None
            and not re.match(r"[我全本在各]|习近平", unit.region)
            and len(unit.region) >= 3
        ):
            return unit
    return None


def _indexed_issuer(text: str, layout: Layout) -> str | None:
    for block in layout.furniture:
        raw = _raw(text, block).text
        for label in _ISSUER_LABELS:
            m = furniture.label_pattern(label).search(raw)
            if m:
                value = re.match(r"[\u4e00-\u9fff]{3,40}", raw[m.end() :])
                if value and is_unit_line(value.group()):
                    return value.group()
    return None


def _level(unit: Unit | None, body: str) -> tuple[Level | None, str | None]:
    if unit is not None:
        level, remark = level_of(unit, body)
        if level is not None:
            return level, remark
    level = level_by_wording(body)
    if level is None:
        return None, "没有读出报告单位的层级，请用 --level 指定。"
    return level, "报告没有写明单位名称，层级是按文中自称推断的；如不符请用 --level 指定。"


def _government(region: str, unit: Unit | None) -> str | None:
    """Name of the government that answers for a region when only the region is named."""
    last = unit.suffixes[-1] if unit is not None and unit.suffixes else ""
    if last in ("师", "团", "团场", "生产建设兵团"):
        return None
    if last == "街道":
        return region + "办事处"
    if last.endswith(
        ("开发区", "高新区", "新区", "管理区", "示范区", "度假区", "保税区", "产业园区", "经开区")
    ):
        return region + "管理委员会"
    return region + "人民政府"
