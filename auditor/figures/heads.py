"""Bodies and those who lead them: 13个乡镇、4个街道和37个市直单位的一把手共54人 are as many as there are bodies, at most."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from auditor.figures.judge import finding, plus, shown, total
from auditor.figures.passages import Item, Period
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

MOST = 5
"""Lists of bodies are hardly ever longer."""
_ONE_EACH = regex(
    r"^[\u4e00-\u9fff]{2,12}?的?(?:行政)?(?:一把手|党(?:委|组|工委|总支|支部)书记|法定代表人)，?(?:一共|总共|共计|合计|共)(?:有)?$"
)
"""What each body has but one of; 主要负责人 may be two where the posts are parted."""
_BODIES = frozenset({"个", "家"})
_MARK = regex(r"[、，；：]|和|与|及|以及|等")


def check_heads(doc: Document, period: Period) -> list[Finding]:
    """Warnings where more heads are told than there are bodies; fewer may be there, as a post may be vacant."""
    out: list[Finding] = []
    if "书记" not in period.text and "把手" not in period.text and "代表人" not in period.text:
        return out
    for index in range(1, len(period.items)):
        heads = period.items[index]
        if heads.plain and heads.q.group == "人" and _ONE_EACH.search(heads.gap):
            bodies = _bodies(period, index)
            if bodies and heads.q.amount > total(bodies) and not _some_twice(bodies, heads.q.amount):
                sums = f"{plus(bodies)}={shown(total(bodies), bodies[0])}"
                out.append(
                    finding(
                        doc, period, [*bodies, heads], "larger", Severity.WARNING,
                        f"{shown(heads.q.amount, heads)}多于单位数{sums}，一个单位只有一名",
                        f"不超过{shown(total(bodies), heads)}", shown(heads.q.amount, heads),
                    )
                )  # fmt: skip
    return out


def _bodies(period: Period, index: int) -> list[Item]:
    """The list right before ``index``; empty when one of its members is told without its number."""
    found: list[Item] = []
    for item in reversed(period.items[max(0, index - MOST) : index]):
        if not item.plain or item.q.unit not in _BODIES or item.q.scale != 1:
            return []
        found.insert(0, item)
        if item.sep != "、":
            return found
        # 13个乡镇、开发区和37个单位: one more of them stands between.
        if len(_MARK.findall(item.gap)) != 1:
            return []
    return []


def _some_twice(bodies: list[Item], heads: Decimal) -> bool:
    """党委书记 and 镇长 of every town, and one of each department."""
    return any(
        heads == sum((b.q.amount * n for b, n in zip(bodies, times, strict=True)), Decimal(0))
        for times in product((1, 2), repeat=len(bodies))
    )
