"""The beginning of a report: title, addressee, document number, and where the body starts."""

from __future__ import annotations

from auditor.regex import regex
from auditor.text.furniture import is_furniture
from auditor.text.markers import LEAD, TERMINAL, heading_marker
from auditor.text.places import parse_unit

TOPIC = regex(r"法治政府|政府建设|依法行政|法治建设|法治[\u4e00-\u9fff]府|法治工作|推进法治|依法治")
KIND_OF_TEXT = regex(
    r"(?:报告|总结|年报|汇报|情况)(?:（[^（）]{0,12}）|[及和与暨][^，。]{0,14}(?:打算|安排|计划|思路|要点|谋划|重点))?$"
)
_KIND_DAMAGED = regex(r"(?:工作报.|报|.告|[情况的]报.|总.|情.)$")
_TITLE_PART = regex(r"(?:关于|政府|年度?|[0-9]|[局委办厅会署处院队县区市镇乡州旗]|中心|街道|党组)$")
_TITLE_CHARACTERS = regex(r"[\u4e00-\u9fff0-9〇○（）、—-]+")
_OWN_UNIT = regex(r"(?:关于)?(?P<unit>[\u4e00-\u9fff、（）]{2,40}?)(?=关于|20[0-9]{2}|二[〇○零])")
_BELOW = regex(r"[省市州县区旗镇乡][\u4e00-\u9fff]{1,20}[局委办厅院处署]$")
"""A department that leaves out the name of its place: 市水务局."""
_YEAR = regex(r"(?:20[0-9]{2}|二[〇○零OoО0][一二][一二三四五六七八九〇○零OoО0])年?")
DECORATION = "|｜·"
"""What tables and lists leave at the ends of a line."""
_FUSED = regex(r"[\u4e00-\u9fff0-9〇○（）、—-]{6,60}?(?:报告|总结|情况)(?=20[0-9]{2}年|二[〇○零]..年)")


def is_title(text: str) -> bool:
    """Whether a folded paragraph reads like the title of such a report."""
    text = text.strip(DECORATION)
    return (
        6 <= len(text) <= 80
        and ">" not in text
        and text[-1] not in TERMINAL
        and "。" not in text
        and "，" not in text
        and heading_marker(text) is None
        and TOPIC.search(text) is not None
        and (
            KIND_OF_TEXT.search(text) is not None
            # one character of the last word lost or replaced: only with a year, and the unit in front of it
            or (_KIND_DAMAGED.search(text) is not None and _YEAR.search(text, 3) is not None)
        )
    )


def fused_title(text: str) -> int:
    """Length of the title with which a folded paragraph begins that was copied without line ends, 0 without one."""
    m = _FUSED.match(text[:80])
    return m.end() if m and is_title(m.group()) and _YEAR.search(m.group()) else 0


def title_score(text: str) -> int:
    """How complete a title is: year, topic, kind of text, a unit in front."""
    score = 2 * bool(_YEAR.search(text)) + 2 * bool(TOPIC.search(text)) + bool(KIND_OF_TEXT.search(text))
    return score + 2 * bool(_UNIT.match(text))


_UNIT = regex(r"[\u4e00-\u9fff]{2,30}?(?:省|市|县|区|州|旗|盟|镇|乡|街道|局|委|办|厅|(?<!法治)政府|中心)")


def joins_title(text: str, following: str) -> bool:
    """Whether two short head lines are one title: …关于2023 | 法治政府建设情况的报告."""
    if len(text) + len(following) > 80 or _TITLE_CHARACTERS.fullmatch(text) is None or is_title(text):
        return False
    if not is_title(text + following) or heading_marker(following) or _names_unit(following):
        return False
    return _TITLE_PART.search(text) is not None or (
        _YEAR.search(following) is None and _YEAR.search(text) is not None
    )


def _names_unit(text: str) -> bool:
    """Whether a line is a title with a unit of its own: what stands above it is the name of the site, not its beginning."""
    own = _OWN_UNIT.match(text) if is_title(text) else None
    return own is not None and (
        parse_unit(own["unit"]).region is not None or _BELOW.match(own["unit"]) is not None
    )


def is_body(text: str) -> bool:
    """Whether a paragraph belongs to the body for certain: a heading number or running prose."""
    if heading_marker(text) or LEAD.match(text):
        return True
    if len(text) < 18:
        return False
    return "。" in text or text.count("，") >= 2 or (text[-1] in TERMINAL and len(text) >= 30)


def goes_on(text: str, following: str) -> bool:
    """Whether a head line that is furniture or a title may go on in the line below (it was cut by wrapping)."""
    if is_title(text):
        return len(following) <= 24 and is_title(text + following) and title_score(following) < 5
    if is_furniture(text):
        return (
            "，" not in following
            and "《" not in following
            and not regex(r"(?:[\u4e00-\u9fff]{2,24}?(?:关于)?)?20[0-9]{2}年").match(following)
            and not (is_title(following) and title_score(following) >= 5)
        )
    return True
