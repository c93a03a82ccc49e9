"""Cases ruled on and cases still open: 诉讼7件，裁判生效5件，均判决驳回，尚有3件正在审理."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.figures.compare import BASE
from auditor.figures.families import CARRIED
from auditor.figures.judge import exceeds, total
from auditor.figures.lists import AMONG, Claim, like, run
from auditor.figures.outcomes import FAR
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.regex import regex

_CASES = regex(r"案件|诉讼|官司|应诉|被诉|涉诉|起诉|复议|仲裁|裁决|国家赔偿|行政赔偿|案子")
_RULED = regex(r"判决|裁判|裁定|裁决|宣判|生效|判下来|判了|审结|办结|结案|审理终结|审理完|了结")
_NOT_RULED = regex(r"[未没尚待拟不]|正在|结转|执行|履行|当庭")
_STILL = regex(
    r"^(?:目前|现|但|却|仍|尚|还|另|手头|手里|其余|剩余|剩下|余下|截至年底)*(?:有|的|剩)?(?:案件)?$"
)
_OPEN = regex(
    r"正在(?:审|开庭|办理|裁)|在审|未审结|未结|未办结|未(?:能)?(?:判|宣判|裁判|裁决|裁定|开庭|生效)|没(?:有)?(?:判|开庭|审结|结)|"
    r"(?:待|等|等待|等着)(?:开庭|判|宣判|审理|裁)|审理(?:中|之中|过程中|当中|阶段)|排期|排队|还在(?:审|开庭|走)"
)
_TWICE = regex(r"[二两再]审|上诉|抗诉|发回|重审|申诉|中止|合并审理|并案")
"""One case may be ruled on and open again."""
OLDER = regex(
    r"[含括][^，。；]{0,6}(?:上年|去年|往年|历年|旧存)|往年|历年|以前年度|旧存|遗留|(?:上年度?|去年)(?:的(?!\d)|收到|受理|立案|未|转|所|[一二三四五六七八九十\d]+[件份])"
)
"""Some of what was dealt with came in before the year."""
_SPELLED = regex(r"[一二两三四五六七八九十][件起宗桩]")


def ruled_claims(period: Period, previous: Period | None) -> list[Claim]:
    """More cases ruled on and open than cases; fewer are fine: some are withdrawn, and a ruling takes time to be final."""
    items = period.items
    if _RULED.search(period.text) is None or _OPEN.search(period.text) is None or _TWICE.search(period.text):
        return []
    around = [*(previous.items if previous else ()), *items]
    if OLDER.search(period.text) or any(CARRIED.search(i.words) for i in around):
        return []
    out: list[Claim] = []
    for at in range(1, len(items) - 1):
        whole, done = items[at - 1], items[at]
        if not (whole.plain and done.plain and like(whole, done)) or done.sep in ("、", "；"):
            continue
        if not _CASES.search(whole.words) or _RULED.search(whole.lead) or AMONG.search(done.gap):
            continue
        if not _RULED.search(done.lead) or _NOT_RULED.search(done.lead) or _other_before(items, at - 1):
            continue
        left = _left(items, at + 1)
        if left is None:
            continue
        between = period.text[done.q.end - period.start : left.q.start - period.start]
        parts = (done, left)
        if _SPELLED.search(between) or total(parts) <= whole.q.amount or exceeds(left, whole):
            continue
        out.append(Claim(whole, parts, "rest", True, False, "，", (), (whole.q.amount,), FAR))
    return out


def _other_before(items: Sequence[Item], at: int) -> bool:
    """复议5件，诉讼7件，裁判生效5件: what is open may belong to the first too."""
    for k in range(at, 0, -1):
        if items[k].sep == "；":
            return False
        other = items[k - 1]
        if like(other, items[at]) and other.q.kind is QKind.COUNT and not BASE.search(other.lead):
            return True
    return "其中" in items[at].gap


def _left(items: Sequence[Item], start: int) -> Item | None:
    """The figure of what is open, behind what came of the others; None when another count stands between."""
    skip = set[int]()
    for k in range(start, len(items)):
        item = items[k]
        if item.sep == "；":
            return None
        if k in skip or not item.plain or not like(item, items[start - 1]):
            continue
        if AMONG.search(item.gap):
            skip |= set(run(items, k)[0])
            continue
        words = item.lead[-14:] if item.shared else item.lead[-14:] + "|" + item.tail[:14]
        told = _STILL.match(item.lead) or _OPEN.search(item.lead)
        return item if told and _OPEN.search(words) else None
    return None
