"""The same quantity told twice with different figures in one report."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.figures.judge import finding, number
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.figures.subjects import COMPARISON
from auditor.model import Finding, Role, Severity
from auditor.text.document import Document

_LEAD_IN = re.compile(
    r"^(?:今年以来|年初以来|一年来|本年度|全年度?|年内|20\d\d年度?(?:以来)?|截至目前|截至年底|截至\d{1,2}月底|目前|累计|"
    r"总计|共计|合计|共|已经|已|我县|我市|我区|我镇|我局|我省|全县|全市|全区|全镇|全局|全省|本县|本局|"
    r"依法|先后|及时|认真|积极|有效|高质量|圆满|，|、)+"
)
_FILL = re.compile(
    r"(?:共计|总共|累计|共|已)(?=[\u4e00-\u9fff])|(?:达到|达|为|有|了|约|近|共计|累计|共)$|[的了]$"
)
_HEAD = re.compile(r"(?:申请|案件|事项|工作|活动|情况)$")
_SPLIT = re.compile(
    r"其中|上年|去年|同期|上半年|下半年|季度|月份|月|日|同比|较|比|每|各|人均|新增|另|首次|第|部分|等|以上|以下|某|一起|"
    r"计划|拟|力争|目标|不少于|应(?!诉|急)|未|不予|涉|中(?:的|有)?$|专项|期间|镇|乡|街道|所$|分局|支队|大队|中队"
)
_VERB = re.compile(
    r"办理|受理|收到|接到|审结|办结|召开|审查|审核|印发|制定|出台|聘请|聘任|修订|修改|废止|清理|报备|备案|配备|公布|答复"
)
_TOPIC = re.compile(
    r"行政复议|行政诉讼|行政应诉|规范性文件|代表建议|人大建议|政协提案|委员提案|信息公开申请|常务会议?|政府法律顾问|公职律师|"
    r"重大行政决策"
)
"""Quantities that a report has one of; checks, trainings and penalties are told office by office and may differ."""
_RATE = re.compile(r"(?:出庭应诉率|败诉率|胜诉率|述法率|报备率|报备及时率|法制审核率|调解成功率|纠错率)$")
_RATE_HEAD = re.compile(
    r"^(?:我县|我市|我区|全县|全市|全区|行政机关|行政诉讼|行政案件|机关|行政|负责人|党政主要|规范性文件)+"
)


def check_restated(doc: Document, passages: Sequence[Period]) -> list[Finding]:
    """Warnings, each at the later of two places."""
    first: dict[tuple[str, str], tuple[Item, Period]] = {}
    told: set[tuple[str, str]] = set()
    out: list[Finding] = []
    for period in passages:
        for item in period.items:
            key = _key(doc, item)
            if key is None or key in told:
                continue
            known = first.setdefault(key, (item, period))
            if known[0] is item or _same(known[0], item) or known[1] is period:
                continue
            told.add(key)
            line = doc.line(doc.norm.original(known[0].q.start, known[0].q.end)[0])
            was = number(known[0].q.value) + known[0].q.unit
            now = number(item.q.value) + item.q.unit
            out.append(
                finding(
                    doc, period, [item], "restated", Severity.WARNING,
                    f"“{key[0]}”在第{line}行写为{was}，此处写为{now}，前后不一致", was, now,
                )
            )  # fmt: skip
    return out


def _same(a: Item, b: Item) -> bool:
    if a.q.value == b.q.value:
        return True
    # 1.3万 and 13,120 are the same figure told more and less exactly.
    ulp = max(a.q.ulp, b.q.ulp)
    if a.q.kind is QKind.RATE:
        ulp = max(a.q.ulp_of_rate, b.q.ulp_of_rate)
        return abs(a.q.value - b.q.value) < ulp and a.q.decimals != b.q.decimals
    return abs(a.q.amount - b.q.amount) < ulp


def _key(doc: Document, item: Item) -> tuple[str, str] | None:
    """What is counted, with its verb, stripped of all that does not change the quantity; None when not telling."""
    q = item.q
    if (
        not q.exact
        or q.sentence < 0
        or doc.sentences[q.sentence].role not in (Role.ACHIEVEMENTS, Role.PREFACE)
    ):
        return None
    if re.search(r"上年|去年|同期", q.scope) or (
        (year := re.search(r"20\d\d", q.scope)) and int(year[0]) != (doc.metadata.report_year or int(year[0]))
    ):
        return None
    if q.kind is QKind.RATE and q.unit == "%":
        if len(q.names) != 1 or not _RATE.search(q.names[0]) or "其中" in item.gap:
            return None
        moved = re.search(r"由|从|提高|提升|上升|下降|降低|增|至|(?<!达)到", item.lead)
        if moved or COMPARISON.search(item.lead) or _SPLIT.search(item.lead):
            return None
        return _RATE_HEAD.sub("", q.names[0]), "%"
    if q.kind not in (QKind.COUNT, QKind.MONEY) or not item.lead or item.tail or q.spelled:
        return None
    if _SPLIT.search(item.gap[-40:]) and _SPLIT.search(item.lead):
        return None
    if "其中" in item.gap or item.sep == "、":
        return None
    lead = _LEAD_IN.sub("", item.lead)
    lead = _FILL.sub("", _FILL.sub("", lead))
    if not _VERB.match(lead) or not _TOPIC.search(lead) or len(lead) > 24 or "、" in lead or "等" in lead:
        return None
    lead = _HEAD.sub("", lead)
    # Verb and at least four characters of noun: 受理行政复议.
    return (lead, q.group) if len(lead) >= 6 else None
