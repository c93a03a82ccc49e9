"""What was there, what came and what went: 上年结余36.5万元，拨入120万元，支出128.2万元，年末结余28.3万元."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from auditor.figures.judge import finding, shown
from auditor.figures.lists import AMONG, like, run
from auditor.figures.passages import Item, Period
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

MOST = 8
"""Figures behind the opening one that are looked at."""
_OPENING = regex(
    r"(?:上年度?末?|去年|年初|期初|上期|往年|历年)[^，。；：]{0,6}(?:结余|结转|结存|余额|滚存|预算)[^，。；：]{0,8}$|年初[^，。；：]{0,8}(?:安排|下达)(?:了)?$"
)
_CAME = regex(
    r"追加|增加|拨入|拨款|拨来|到账|入账|转入|收入|筹集|筹措|划入|拨付到位|到位|下达|安排|新增|募集|注入"
)
_WENT = regex(r"支出|支付|发放|使用|开支|列支|拨出|拨付|核销|兑付|救助|返还|缴回|收回|用于|投放")
_SPENT = regex(r"支出|用完|上缴|收回|使用完|执行完")
_CLOSING = regex(
    r"^(?:年末|年底|期末|到?年终|截至年[底末]|账面|最终|累计|滚存|本年|当年|资金|仍|尚|现)*(?:结余|余额|结存|结转|剩余|尚余|滚存)(?:资金|金额|下年|次年|至?下年度?|额)?(?:为|有|达)?$"
)


def check_funds(doc: Document, period: Period) -> list[Finding]:
    """Warnings on accounts that are told in full, from what was left over to what is left over."""
    if "余" not in period.text and "结转" not in period.text:
        return []
    out: list[Finding] = []
    for index, item in enumerate(period.items):
        if not item.plain or item.q.group != "元" or not _OPENING.search(item.lead):
            continue
        if _SPENT.search(item.tail):
            # 上年结转12万元已支出完毕: gone before the year began.
            continue
        if item.sep == "；" or not any(like(i, item) for i in period.items[:index]):
            # 安排180万元，加上年结余12万元: there it is no beginning.
            out += _account(doc, period, period.items, index)
    return out


def _account(doc: Document, period: Period, items: Sequence[Item], index: int) -> list[Finding]:
    opening = items[index]
    moves: list[tuple[Item, int]] = []
    closing: Item | None = None
    skip: set[int] = set()
    for at in range(index + 1, min(len(items), index + MOST)):
        item = items[at]
        if at in skip or not like(item, opening):
            continue
        if AMONG.search(item.gap):
            skip |= set(run(items, at)[0])
            continue
        if not item.q.exact or (item.sep == "；" and not item.lead):
            return []
        if _CLOSING.search(item.lead):
            closing = item
            break
        sign = -1 if _WENT.search(item.lead) else 1 if _CAME.search(item.lead) else 0
        if not sign:
            return []
        moves.append((item, sign))
    if closing is None or not any(sign < 0 for _, sign in moves):
        return []
    reached = opening.q.amount + sum((i.q.amount * sign for i, sign in moves), Decimal(0))
    told = [opening, closing, *(i for i, _ in moves)]
    if abs(reached - closing.q.amount) <= sum((i.q.ulp for i in told), Decimal(0)) / 2:
        return []
    sums = shown(opening.q.amount, opening) + "".join(
        ("+" if sign > 0 else "-") + shown(i.q.amount, i) for i, sign in moves
    )
    return [
        finding(
            doc, period, told, "change", Severity.WARNING,
            f"{sums}={shown(reached, closing)}，与所写的{shown(closing.q.amount, closing)}不符",
            shown(reached, closing), shown(closing.q.amount, closing),
        )
    ]  # fmt: skip
