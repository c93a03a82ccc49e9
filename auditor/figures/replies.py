"""Letters that came in and those answered: 收到司法建议7份、检察建议15份，按期回复23份."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.figures.families import CARRIED
from auditor.figures.judge import exceeds, finding, shown, summed, total
from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.figures.pending import OLDER
from auditor.figures.quantity import QKind
from auditor.figures.units import TIME
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

MOST = 5
"""Kinds of letters in one list."""
_CAME = regex(r"(?:收到|接到|收悉|接收|收|承办|办理|交办)(?!率)")
_LETTER = regex(
    r"(?:司法|检察|监察|纪检|法律监督)[^，。；、]{0,4}(?:意见|建议)|建议[书函]|(?:人大|代表|政协|委员)[^，。；、]{0,8}(?:建议|提案|议案)|提案|议案|"
    r"(?:督办|提示|整改|告知|交办|监督|询问)函|(?:检察|法律监督)意见书?|监督通知书?"
)
_HOW = (
    r"(?:目前|现|已经?|均|都|全部|全都|按期|按时|按规定|及时|如期|依法|逐[一份件条]|书面|"
    r"在?(?:规定|法定|要求)?的?[期时]限内?|在?[一二两三四五六七八九十]+(?:日|天|个?月)内)"
)
_SUM = r"(?:共计?|累计|总共|合计|总计)"
_ANSWERED = regex(
    rf"^内?(?:{_HOW}|{_SUM})*(?:整改|落实|办理)?(?:并|后)?{_HOW}*(?:回复|答复|反馈|办复|复函|回函)(?:了|完毕)?$"
)
_PLAINLY = regex(rf"^(?:{_HOW}|{_SUM})*(?:回复|答复|反馈|办复|复函|回函)了?$")
"""书面回复10份 of 11: others may have been answered by word."""
_ALL = regex(
    r"，(?:现|已经?)*(?:均|都|全部|全都|逐[一份件条])[^，。；、]{0,10}(?:回复|答复|反馈|办复|复函|回函)"
)
_SOME = regex(r"书面|当面|口头|其中|除|外|未|待|正在|尚|合并")


def check_replies(doc: Document, period: Period, previous: Period | None) -> list[Finding]:
    """Warnings on more answers than letters, and on fewer where all are said to have been answered."""
    items = period.items
    around = [*(previous.items if previous else ()), *items]
    if _LETTER.search(period.text) is None or OLDER.search(period.text):
        return []
    if any(CARRIED.search(i.words) for i in around):
        return []
    out: list[Finding] = []
    for index in range(1, len(items)):
        item = items[index]
        if not item.plain or item.sep == "；" or not _ANSWERED.match(item.lead) or item.tail[:2] == "人次":
            continue
        letters = _letters(items, index)
        if not letters:
            continue
        joint = total(letters)
        ahead = period.text[letters[-1].q.end - period.start : item.q.start - period.start]
        # 各单位分别回复: one letter may be answered by several.
        over = (
            exceeds(item, letters[-1]) and item.q.amount > joint and not regex("各|分别|多次").search(ahead)
        )
        under = item.q.amount < joint and _ALL.match(ahead) and _PLAINLY.match(item.lead)
        if not over and not (under and not _SOME.search(ahead + item.tail)):
            continue
        stated = shown(item.q.amount, item)
        came = summed(letters, letters[-1]) if len(letters) > 1 else shown(joint, letters[-1])
        said = f"回复{stated}多于收到的{came}" if over else f"写明全部回复，但回复{stated}少于收到的{came}"
        told = shown(joint, letters[-1])
        out.append(
            finding(
                doc, period, [*letters, item], "larger" if over else "left", Severity.WARNING, said,
                f"不超过{told}" if over else told, stated,
            )
        )  # fmt: skip
    return out


def _letters(items: Sequence[Item], end: int) -> tuple[Item, ...]:
    """The kinds of letters that came in, right before ``end``; empty when another count stands between."""
    found: list[Item] = []
    for k in range(end - 1, max(-1, end - 2 - MOST), -1):
        item = items[k]
        if not found and (item.q.kind is QKind.RATE or item.q.unit in TIME):
            continue
        if not item.plain or not like(item, items[end]) or not _LETTER.search(item.words):
            return ()
        found.insert(0, item)
        if _CAME.search(item.gap.rpartition("；")[2]):
            # What came in stands at the head of its list: 收到…，又收到… are two lists.
            return tuple(found)
        if item.sep not in ("、", "，") or "其中" in item.gap:
            return ()
    return ()
