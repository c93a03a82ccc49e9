"""Builds the claims of lists that end in the rest: 其余43人, 还有6条没落实."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from auditor.figures.families import CARRIED
from auditor.figures.judge import total
from auditor.figures.lists import MOST, REST, Claim, like
from auditor.figures.passages import Item, Period
from auditor.figures.pending import OLDER
from auditor.figures.quantity import QKind
from auditor.figures.readings import one_of_them
from auditor.regex import regex

REMAIN = Decimal("0.25")
"""What was done and what remains: believed where they come this near."""
_REMAINS = regex(
    r"^(?:目前|现|但|却|仍|尚|还)*(?:还剩|剩下|只剩|剩余|尚余|尚剩|余下|剩|尚欠|仍欠|还欠|未付|尚未支付|尚未付)(?:的)?$"
)
_BALANCE = regex(
    r"^(?:目前|现|但|却|仍|尚|还|年末|年底|期末|账面|到年底|资金)*(?:余额|结余|结存|结转(?!上)|尚有结余)(?:资金|额|下年|次年|至?下年度?)?(?:为|有|仅)?$"
)
_SPENT = regex(r"支出|支付|拨付|使用|发放|偿|还|列支|执行|兑付|开支|追回|划拨|缴|付|化解|退")
_AFTER = regex(
    r"^(?:经)?(?P<verb>压减|精简|清理|取消|合并|核减|整合|注销|废止|剔除|撤并|压缩|调减|清退|筛除)后(?:共|还|尚|仍)?(?:保留|剩余?|余|为|存|有|实有|留存|现有)$"
)
"""计划612项，压减182项，压减后保留430项."""
_STILL_OPEN = regex(r"^(?:目前|现|但|却)*(?:还有|尚有|仍有|另有|另外?)$")
_NOT_YET = regex(r"没|未|在|正|待|跑|列入|纳入|拟|将|转[入为至]|结转")
_FOR_REASONS = regex(r"(?:因|由于|受)[^，。；]{1,14}?(?:未能|尚未|没有|未)")
_OUTCOME = regex(r"生效|维持|驳回|撤销|胜诉|败诉|撤诉")
_COMING = regex(r"新增|又|增|补|另|其中|上年|去年|今年|移交|转")
_HEADED = regex(
    r"^[^，。；]{0,8}(?:的)?(?:党政)?(?:主要|第一)?(?:负责人|一把手|党组书记|党委书记|党组织书记)(?:均|都|全部|已|参加|完成|进行|述)"
)


def remain_claims(period: Period, previous: Period | None) -> list[Claim]:
    """提了42条意见，听进去36条，还有6条没落实: what was done and what remains make the whole."""
    out = []
    items = period.items
    for whole, done, left in zip(items, items[1:], items[2:], strict=False):
        if _AFTER.match(left.lead) and done.q.kind is QKind.CHANGE and done.q.exact:
            # 压减192项 is told as a step.
            done = replace(done, plain=True)
        if not (whole.plain and done.plain and left.plain and like(whole, done) and like(done, left)):
            continue
        if "；" in (done.sep, left.sep) or left.sep == "、" or not (done.lead or done.tail):
            continue
        if left.gap.count("，") != 1:
            continue
        remains = _REMAINS.match(left.lead) or (
            _STILL_OPEN.match(left.lead) and (_NOT_YET.search(left.tail[:4]) or _FOR_REASONS.match(left.tail))
        )
        if not remains and _BALANCE.match(left.lead) and _SPENT.search(done.lead):
            # 资金总额180万元，已支出152.5万元，结余27.5万元; what was left of the year before would be spent too.
            remains = None if _brought(previous, whole) else _BALANCE.match(left.lead)
        if not remains and (after := _AFTER.match(left.lead)) and after["verb"] in done.lead:
            remains = after
        if not remains or _COMING.search(done.lead) or whole.q.amount < max(done.q.amount, left.q.amount):
            continue
        if _OUTCOME.search(done.lead) and whole.q.amount > done.q.amount + left.q.amount:
            # 裁判生效22件，还有7件在审 of 30: one was ruled on and may still be appealed against, or ruled otherwise.
            continue
        if whole.q.amount < done.q.amount + left.q.amount and OLDER.search(period.text):
            # 新收20件，判决18件（含上年收到的3件），尚有5件在审.
            continue
        at = items.index(whole)
        if at and like(items[at - 1], whole) and whole.sep != "；":
            # Three or more figures of a kind before the rest: more than one was done with.
            continue
        wholes = (whole.q.amount,)
        out.append(Claim(whole, (done, left), "rest", True, False, "，", (), wholes, REMAIN))
    return out


def _brought(previous: Period | None, whole: Item) -> bool:
    """True when the sentence before tells what was carried over in the same measure."""
    return previous is not None and any(like(i, whole) and CARRIED.search(i.lead) for i in previous.items)


def _heads(items: Sequence[Item], index: int) -> list[int] | None:
    """51家单位主要负责人均完成述法，会议述法12人，其余39人: each house has one head, who is counted as a person."""
    item = items[index]
    if item.q.group != "人":
        return None
    for at in range(index - 2, max(-1, index - 8), -1):
        whole = items[at]
        if whole.q.unit in ("家", "个") and whole.plain and _HEADED.search(whole.tail):
            inner = list(range(at + 1, index))
            return [at, *inner] if all(like(items[k], item) and items[k].plain for k in inner) else None
    return None


def rest_claims(period: Period) -> list[Claim]:
    """其余43人: what came before and the rest make the whole."""
    out = []
    items = period.items
    for index, item in enumerate(items):
        if index < 2 or not item.plain or not REST.search(item.lead):
            continue
        before = [i for i in range(max(0, index - MOST), index) if like(items[i], item)]
        heads = _heads(items, index)
        if heads is None and (len(before) < 2 or not all(items[i].plain for i in before)):
            continue
        before = heads or before
        candidates = [
            i for i in before[:-1]
            if items[i].q.amount > max([items[k].q.amount for k in before if k > i] + [item.q.amount])
            # 社保11408件、民政3125件、其他6509件: what 、 joins are parts of one thing, none the whole of the others.
            and items[min(k for k in before if k > i)].sep != "、"
        ]  # fmt: skip
        wholes_only = [
            i for i in candidates
            if not one_of_them(items[i], [*(items[k] for k in before if k > i), item])
        ]  # fmt: skip
        if not wholes_only:
            continue
        at = wholes_only[-1]
        # A whole further back is believed where the sum comes near.
        limit = None if at == candidates[-1] else REMAIN
        parts = (*(items[k] for k in before if k > at), item)
        sums: set[Decimal] = set()
        for start in range(len(before)):
            sums.add(total([items[k] for k in before[start:]]) + item.q.amount)
            sums.add(items[before[start]].q.amount + item.q.amount)
        wholes = {items[i].q.amount for i in before}
        out.append(Claim(items[at], parts, "rest", True, False, "，", tuple(sums), tuple(wholes), limit))
    return out
