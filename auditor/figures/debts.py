"""What was owed, what was paid and what is left: 欠工程款500万元，已付清380万元，还差120万元."""

from __future__ import annotations

from decimal import Decimal

from auditor.figures.lists import Claim
from auditor.figures.passages import Item, Period
from auditor.figures.shortfalls import SHORT, planned
from auditor.regex import regex

REMAIN = Decimal("0.25")
"""What was paid and what is left: believed where they come this near."""
_OWED = regex(
    r"拖欠|(?<![亏呵哈])欠(?![缺妥佳考])|账款|债务|欠账|应付|应还|应兑|未兑现|未付|(?:老|旧|陈|呆)账|赊|认账|认下|工程款|货款"
)
_PAID = regex(
    r"还了|还上|还清|已还|先还|又还|归还|偿还|偿付|清偿|付清|已付|先付|支付|付了|付出|付掉|还掉|清掉|结清|清欠|兑付|兑现|拨付|化解|销账|清[理了零]"
)
_NOT_PAID = regex(r"[未没拟将]|计划|准备|承诺|答应|另|其中|新增|又欠|余")
_LEFT = regex(
    r"^(?:目前|现|但|却|仍|尚|还|至今|年[末底]|到?年底|截至年底|最后|只|仅|就|也)*"
    r"(?:还?剩下?|剩余|尚余|余下?|余款|尾款|差|欠|未[付还清]清?|尚?未(?:支付|偿还|清偿|兑付|结清)|没[付还]清?|待[付还](?:清)?|待(?:支付|偿还|清偿))"
    r"(?:的|着|有)?(?:款项|资金|尾款|部分|欠款|账款|余额|金额)?(?:为|是|仅|只有)?$"
)
_STILL = regex(r"^(?:目前|现|但|却|仍|尚|还)*(?:还有|尚有|仍有|有)$")
_NOT_YET = regex(r"[未没待拟将正]|列入|纳入|计划|分期|约定")
_OTHER_MOVE = regex(
    r"新增|新欠|又欠|利息|违约金|滞纳金|核减|减免|免除|豁免|让利|打折|抵[顶扣账债]|以[物房资]抵|调减|其中|；|争议"
)
"""Between what was owed and what is left: something else may have moved it."""


def debt_claims(period: Period) -> list[Claim]:
    """Claims that what was paid and what is left make what was owed; years are those of the report, however called."""
    money = [i for i in period.items if i.q.group == "元"]
    out: list[Claim] = []
    for at, (owed, paid, left) in enumerate(zip(money, money[1:], money[2:], strict=False)):
        if not (owed.plain and paid.plain and left.plain) or owed.q.amount < max(
            paid.q.amount, left.q.amount
        ):
            continue
        between = period.text[owed.q.end - period.start : left.q.start - period.start]
        if not _OWED.search(owed.words) or not _is_paid(period, paid) or not _is_left(left):
            continue
        if _OTHER_MOVE.search(between) or _OTHER_MOVE.search(owed.lead[-12:]) or left.sep == "、":
            continue
        if left.tail.startswith("的") or (planned(owed, paid) and SHORT.search(left.lead)):
            # 还剩20万元的质保金 is some of what is left; 应付500万元，还差120万元 is judged as a shortfall.
            continue
        # 欠甲200万元、欠乙300万元，已付…: what was owed may be told in several sums, and so may what is left.
        wholes, running = {owed.q.amount}, owed.q.amount
        for before in reversed(money[max(0, at - 4) : at]):
            running += before.q.amount
            wholes |= {running, before.q.amount}
        sums = (paid.q.amount + left.q.amount + behind.q.amount for behind in money[at + 3 : at + 4])
        out.append(Claim(owed, (paid, left), "rest", True, False, "，", tuple(sums), tuple(wholes), REMAIN))
    return out


def _is_paid(period: Period, item: Item) -> bool:
    """已付清380万元, and 已付清26家275万元 where another count stands between."""
    clause = period.text[: item.q.start - period.start][-24:].rpartition("，")[2]
    words = clause + ("" if item.shared else "|" + item.tail[:6])
    return _PAID.search(words) is not None and not _NOT_PAID.search(clause)


def _is_left(item: Item) -> bool:
    return _LEFT.match(item.lead) is not None or (
        _STILL.match(item.lead) is not None and _NOT_YET.search(item.tail[:6]) is not None
    )
