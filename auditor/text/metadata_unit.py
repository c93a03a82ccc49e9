"""Which unit reports: its name, its region and its level, from title, signature, index block and opening."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from auditor.model import Level
from auditor.regex import regex
from auditor.text import furniture, head
from auditor.text.metadata_dates import Raw
from auditor.text.normalise import Layout
from auditor.text.places import Unit, bare_name, level_by_wording, level_of, parse_unit
from auditor.text.signature import is_unit_line

_ISSUER_LABELS = ("发布机构", "发文机关", "发文机构", "发布机关", "发布单位", "制发机构", "制发机关")
_TITLE_UNIT = regex(
    r"^(?:关于)?(?:报送|呈报|上报|公布|发布)?(?:20[0-9]{2}|二[〇○零OoО0]..)?年?度?(?P<unit>[\u4e00-\u9fff、（）]{2,50}?)"
    r"(?=关于|20[0-9]{2}|二[〇○零]|(?<!依)法治|依法行政|推进|年度|落实|贯彻|$)"
)
_ACTS = (
    r"(?:党组|党委|党工委|系统)?(?:始终|以|在|推|坚持|认真|深入|全面|紧|牢|坚|围绕|聚焦|按照|严格|高度|切实|持续|不断|扎实|立足|锚定|对照|贯彻"
    r"|落实|积极|着力|大力|统筹|把|将|法治|依法|各级|，|人民政府)"
)
"""What a report says first that its unit did."""
_OPENING_UNIT = regex(
    r"(?:^|，|：)(?:是|由)?(?P<unit>[\u4e00-\u9fff、]{2,30}?(?:[省市县区州旗盟镇乡局厅署处]|街道|苏木|委员会|办公室|办事处|管委会|政府|支队|海关))"
    rf"(?={_ACTS})"
)
_OPENING_JOINT = regex(
    r"(?:中共)?(?P<unit>[\u4e00-\u9fff]{2,12}?[省市县区州旗盟镇乡])(?:委|党委)、[\u4e00-\u9fff]{0,12}?政府"
)
_OPENING_DEPARTMENT = regex(
    r"(?:20[0-9]{2}年(?:度|以来)?，)?(?:在[^。]{4,80}?(?:下|支持|帮助)，)?"
    r"(?P<unit>[\u4e00-\u9fff]{1,16}?(?:局|厅|署|部(?!门|署)|(?<![省市县区州旗盟乡镇党工常])委|委员会|办公室))"
    rf"(?={_ACTS})"
)
_NO_PLACE = regex(
    r"^(?:[我各该在为是对由以与]|现将|现就)|[我全本各该](?:[省市县区州旗盟镇乡]|街道)"
    r"|习近平|法治|全面|深入|推进|贯彻|落实|总结|工作|根据|按照|围绕|坚持|认真|积极|切实|严格|加快|举办|开展|领导|中央"
)
"""Words that a clause taken for a place would have."""
_NAME = regex(r"[\u4e00-\u9fff]{3,40}")
_NO_DEPARTMENT = regex(r"我|各|党中央|国务院|干部|全部|内部|本部|领导")


class Reporter(Struct, frozen=True):
    """The reporting unit as far as the text tells; a remark where its level is a guess."""

    region: str | None
    issuer: str | None
    level: Level | None
    remark: str | None


def read_reporter(
    layout: Layout, lines: Sequence[Raw], title: str | None, signed: str | None, paragraphs: Sequence[str]
) -> Reporter:
    """The unit that reports. `lines` is the index block; `title` and `signed`, the unit of the signature, are folded."""
    body = layout.norm.text
    unit, issuer = _unit(layout, lines, title, signed, paragraphs)
    level, remark = _level(unit, body)
    region = unit.region if unit is not None else None
    if issuer is None and region is not None and level is not Level.DEPT:
        issuer = _government(region, unit)
    return Reporter(region, bare_name(issuer) if issuer is not None else None, level, remark)


def _unit(
    layout: Layout, lines: Sequence[Raw], title: str | None, signed: str | None, paragraphs: Sequence[str]
) -> tuple[Unit | None, str | None]:
    """The reporting unit taken apart, and its full name where some place gives it."""
    indexed = _indexed_issuer(lines)
    named = _title_unit(title) if title else None
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
    if unit is None:
        unit = next((u for p in paragraphs[:4] if (u := _opening_department(p)) is not None), None)
    if unit is not None and unit.region is None:
        unit = _completed(unit, layout)
    full = [n for n, u in zip(candidates, units, strict=True) if u.rest and (u.region or len(placed) == 0)]
    issuer = None
    for name in (signed, named, indexed):
        if name and name in full and not (unit and unit.is_department and not parse_unit(name).is_department):
            issuer = name
            break
    if unit is not None and unit.is_department and issuer is None and unit.rest:
        issuer = (unit.region or "") + unit.rest
    return unit, issuer


def _title_unit(title: str) -> str | None:
    m = _TITLE_UNIT.match(title)
    if not m:
        return None
    name = m.group("unit").strip("、（）")
    known = len(name) >= 2 and not head.KIND_OF_TEXT.search(name) and not head.TOPIC.match(name)
    return name if known and name not in ("年度", "关于") else None


def _opening_unit(paragraph: str) -> Unit | None:
    """The unit with a place that the opening sentence has for its subject."""
    if len(paragraph) < 30:
        return None
    opening = paragraph[:150]
    for m in _OPENING_UNIT.finditer(opening):
        joint = _OPENING_JOINT.match(m["unit"])
        unit = parse_unit(joint["unit"] if joint else m["unit"])
        if unit.region is not None and len(unit.region) >= 3 and not _NO_PLACE.search(unit.region):
            return unit
    return None


def _opening_department(paragraph: str) -> Unit | None:
    """The department, called without its place, with which the text begins: 2023年，市民政局坚持…."""
    m = _OPENING_DEPARTMENT.match(paragraph) if len(paragraph) >= 30 else None
    if m is None or _NO_DEPARTMENT.search(m["unit"]):
        return None
    unit = Unit(None, (), m["unit"])
    return unit if unit.is_department else None


def _completed(unit: Unit, layout: Layout) -> Unit:
    """A unit such as 市水务局 with the place that the page or the text elsewhere puts before it."""
    if not unit.is_department or len(unit.rest) < 4 or unit.rest[0] not in "省市县区州旗镇乡":
        return unit
    pattern = re.compile(rf"[\u4e00-\u9fff]{{1,10}}?{re.escape(unit.rest)}")
    for text in (*(b.text for b in layout.furniture if len(b.text) <= 160), layout.norm.text[:4000]):
        for m in pattern.finditer(text):
            whole = parse_unit(m.group())
            if whole.region is not None and whole.is_department and not _NO_PLACE.search(whole.region):
                return whole
    return unit


def _indexed_issuer(lines: Sequence[Raw]) -> str | None:
    pattern = furniture.label_pattern(*_ISSUER_LABELS)
    for line in lines:
        for m in pattern.finditer(line.text):
            value = _NAME.match(line.text, m.end())
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
