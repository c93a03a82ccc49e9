"""Stocks and what moved them: 由312项调整为321项，取消18项，新增27项; 新发962个，注销1040个，净减78个."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from auditor.figures.judge import finding, number, shown
from auditor.figures.lists import MOVED, like
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

_IN = regex(
    r"^(?:其中|共|共计|累计|并|又|年内|全年|当年|今年)*(?:新增|增加|增补|新设|新设立|承接|划入|新发|新办|新建|调入|新聘|新招|招录|纳入|增设)"
)
_OUT = regex(
    r"^(?:其中|共|共计|累计|并|又|年内|全年|当年|今年)*(?:取消|减少|核减|划出|调出|下放|注销|撤销|废止|退出|清退|解聘|调减|精简|删除|移出|吊销|退出|退休|离职)"
)
_FROM = regex(r"(?:由|从)[^，。；：]{0,14}$")
_TO = regex(
    r"(?:调整|变更|变|增加|减少|精简|优化|扩大|压减|增|减|升|降)?(?:为|到|至)(?:了)?(?:目前的|现在的|现有)?$"
)
_CAME = regex(r"(?:新|入|增|招|进|录|接收|购|添|承接|颁发|发放)[^，。；：]{0,14}$")
_GREW = regex(r"(?:今年|全年|年内|本年度?|当年)(?:共|累计)?(?:培养|培育|建成|创建|命名|创成|评定)")
_WENT = regex(r"(?:取消|报废|减|注销|撤|退|出|解|销|吊|收回|废止|失效|流失|清|核减|死亡)[^，。；：]{0,14}$")
_OPENING = regex(r"年初|期初|原有|上年末|上年底|去年底|上年年末")
_CLOSING = regex(r"年末|年底|期末|^(?:目前|现有|现在|现行有效)")
_OTHER_MOVE = regex(r"合并|整合|拆分|划转|转为|转入|净|另|其他|其余|变更|修改|调整为|除外|不含")
"""Between the moves and the stock: something else may have moved it."""
_SAME_NUMBER = regex(
    r"^(?:其中|共|共计|累计|并|又|另|年内|全年|当年|今年)*(?:变更|修改|修订|调整|完善|优化)(?!为|至|到|后|前|出|入|增|减|合|归|[^，。；：]{0,8}(?:为|至|到))[^，。；：、\d]{0,8}$"
)
"""变更要素118项: as many as before, whatever was written into them."""
_NO_NAME = regex(r"全[县市区镇省局乡州]|累计|现有|总人数|总户数|总数|总量|清单|目录|总|数量?$|人数$|户数$")
_CATALOGUE = regex(r"(?:权责|权力|职权|责任|政务服务)(?:事项)?|事项|人员")
_FROM_ABOVE = regex(r"(?:上级|国家|省级|市级|省市)?(?:下放|赋权|取消)?(?:权责|权力)?(?:事项)?")
_NET = regex(r"净(?P<up>增加?|升)|净(?P<down>减少?|降)")


def check_flows(doc: Document, period: Period) -> list[Finding]:
    items = period.items
    out: list[Finding] = []
    for index in range(len(items) - 1):
        old, new = items[index], items[index + 1]
        if old.plain and like(old, new) and new.q.exact and _FROM.search(old.lead) and _TO.search(new.lead):
            out += _stock(doc, period, index)
            if index > 1:
                out += _stock_behind(doc, period, index)
            if index:
                out += _grown(doc, period, items[index - 1], old, new)
        elif old.plain and _OPENING.search(old.lead):
            out += _balance(doc, period, index)
        elif index + 2 < len(items) and old.plain and new.q.exact and like(old, new):
            out += _net(doc, period, old, new, items[index + 2])
    for net, one, two in zip(items, items[1:], items[2:], strict=False):
        out += _net_first(doc, period, net, one, two)
    return out


def _moves(period: Period, first: int) -> list[tuple[Item, int]]:
    """Figures from ``first`` on that say what came in (+1) and what went out (-1)."""
    out: list[tuple[Item, int]] = []
    for item in period.items[first : first + 6]:
        sign = 1 if _IN.search(item.lead) else -1 if _OUT.search(item.lead) else 0
        if out and item.plain and _SAME_NUMBER.search(item.lead) and item.sep != "；":
            continue
        if not sign or not item.q.exact or item.sep == "；" or MOVED.search(item.lead):
            break
        if not like(item, period.items[first]) or item.q.kind not in (QKind.COUNT, QKind.MONEY, QKind.CHANGE):
            break
        out.append((item, sign))
    return out


def _stock(doc: Document, period: Period, index: int) -> list[Finding]:
    old, new = period.items[index : index + 2]
    moves = _moves(period, index + 2)
    if not moves or {sign for _, sign in moves} != {1, -1} or not like(new, moves[0][0]):
        return []
    last = moves[-1][0].q.start
    behind = next((i for i in period.items if i.q.start > last and not _SAME_NUMBER.search(i.lead)), None)
    if behind and behind.sep in ("、", "，") and like(behind, new) and _OTHER_MOVE.search(behind.lead):
        # 其中新增31项、取消46项、合并5项: something else moved it, too.
        return []
    reached = old.q.amount + sum((i.q.amount * sign for i, sign in moves), Decimal(0))
    if abs(reached - new.q.amount) <= max(i.q.ulp for i in (old, new, *(m for m, _ in moves))):
        return []
    return _told(doc, period, old, new, moves, reached)


def _told(
    doc: Document, period: Period, old: Item, new: Item, moves: list[tuple[Item, int]], reached: Decimal
) -> list[Finding]:
    sums = shown(old.q.amount, old) + "".join(
        ("+" if sign > 0 else "-") + shown(i.q.amount, i) for i, sign in moves
    )
    return [
        finding(
            doc, period, [old, new, *(m for m, _ in moves)], "change", Severity.WARNING,
            f"{sums}={shown(reached, new)}，与所写的{shown(new.q.amount, new)}不符",
            shown(reached, new), shown(new.q.amount, new),
        )
    ]  # fmt: skip


def _stock_behind(doc: Document, period: Period, index: int) -> list[Finding]:
    """增加41项、取消66项，由3827项变为3802项: the moves come first."""
    old, new = period.items[index : index + 2]
    if old.sep != "，" or "其中" in old.gap:
        return []
    moves: list[tuple[Item, int]] = []
    changed: list[Item] = []
    for item in reversed(period.items[max(0, index - 6) : index]):
        sign = 1 if _IN.search(item.lead) else -1 if _OUT.search(item.lead) else 0
        if item.plain and like(item, old) and item.sep != "；" and _SAME_NUMBER.search(item.lead):
            changed.append(item)
            continue
        told = item.q.exact and item.q.kind in (QKind.COUNT, QKind.CHANGE) and like(item, old)
        if not sign or not told or MOVED.search(item.lead) or "其中" in item.gap:
            if like(item, old) and _OTHER_MOVE.search(item.lead):
                return []
            break
        moves.insert(0, (item, sign))
        if item.sep == "；":
            break
    if {sign for _, sign in moves} != {1, -1}:
        return []
    first = moves[0][0].q.start - period.start
    ahead, between = (
        period.text[: old.q.start - period.start],
        period.text[first : old.q.start - period.start],
    )
    for item in changed:
        between = between.replace(item.lead, "")
    if _OTHER_MOVE.search(between) or not _of_moves(old, moves, ahead[: len(ahead) - len(old.lead)]):
        return []
    reached = old.q.amount + sum((i.q.amount * sign for i, sign in moves), Decimal(0))
    if abs(reached - new.q.amount) <= max(i.q.ulp for i in (old, new, *(m for m, _ in moves))):
        return []
    return _told(doc, period, old, new, moves, reached)


def _of_moves(old: Item, moves: list[tuple[Item, int]], ahead: str) -> bool:
    """True when the stock is named in the words of what moved it, or in none that narrow it."""
    name = _NO_NAME.sub("", regex(r"(?:由|从).*$").sub("", old.lead))
    if len(name) < 2:
        return True
    if name.endswith("的"):
        return False
    told = [(_IN if sign > 0 else _OUT).sub("", i.lead) for i, sign in moves]
    if _CATALOGUE.fullmatch(name) and all(_FROM_ABOVE.fullmatch(noun) for noun in told):
        return True
    return all(name[k : k + 2] in ahead for k in range(len(name) - 1))


def _balance(doc: Document, period: Period, index: int) -> list[Finding]:
    """年初48人，年内接收31人，解除27人，年末52人."""
    opening = period.items[index]
    moves: list[tuple[Item, int]] = []
    for item in period.items[index + 1 : index + 6]:
        if not item.plain or not (like(item, opening) or _papers_of(item, opening)) or item.sep == "；":
            return []
        if _CLOSING.search(item.lead) and like(item, opening):
            break
        sign = 1 if _CAME.search(item.lead) else -1 if _WENT.search(item.lead) else 0
        if not sign:
            return []
        moves.append((item, sign))
    else:
        return []
    if not moves:
        return []
    reached = opening.q.amount + sum((i.q.amount * sign for i, sign in moves), Decimal(0))
    if abs(reached - item.q.amount) <= max(i.q.ulp for i in (opening, item, *(m for m, _ in moves))):
        return []
    sums = shown(opening.q.amount, opening) + "".join(
        ("+" if sign > 0 else "-") + shown(i.q.amount, i) for i, sign in moves
    )
    return [
        finding(
            doc, period, [opening, *(m for m, _ in moves), item], "change", Severity.WARNING,
            f"{sums}={shown(reached, item)}，与所写的{shown(item.q.amount, item)}不符",
            shown(reached, item), shown(item.q.amount, item),
        )
    ]  # fmt: skip


def _papers_of(move: Item, stock: Item) -> bool:
    """原有持证人员1164人，注销证件138个: a certificate stands for its holder."""
    return (
        stock.q.group == "人"
        and "持证" in stock.lead
        and move.q.unit in ("个", "本", "件", "张")
        and "证" in move.lead
    )


def _grown(doc: Document, period: Period, came: Item, old: Item, new: Item) -> list[Finding]:
    """新增7名，总数由21名增加到28名."""
    if not (came.plain and like(came, old) and old.sep == "，"):
        return []
    if not (_CAME.search(came.lead) or _GREW.match(came.lead)):
        return []
    if came.q.amount == new.q.amount - old.q.amount or not _same_stock(came, old):
        return []
    if any(_WENT.search(i.lead) for i in period.items) or not regex(r"[增升到至达扩为]").search(new.lead):
        return []
    reached = old.q.amount + came.q.amount
    return [
        finding(
            doc, period, [came, old, new], "change", Severity.WARNING,
            f"{shown(old.q.amount, old)}+{shown(came.q.amount, came)}={shown(reached, new)}，"
            f"与所写的{shown(new.q.amount, new)}不符",
            shown(reached, new), shown(new.q.amount, new),
        )
    ]  # fmt: skip


def _same_stock(came: Item, old: Item) -> bool:
    """总数由…, 累计由…, 累计上线数由…: the stock of what was told as new before."""
    if regex(r"^(?:其)?(?:总数|总量|总人数|总户数|队伍)").match(old.lead):
        return True
    if not regex(r"累计|总数|总量|总人数|总户数").search(old.lead):
        return False
    name = regex(r"(?:由|从).*$").sub("", old.lead)
    name = regex(r"全[县市区镇省局乡]|累计|总数|总量|总|数量?$|人数$|户数$").sub("", name)
    if len(name) < 2:
        return True
    return all(name[k : k + 2] in came.words for k in range(len(name) - 1))


def _net_first(doc: Document, period: Period, net: Item, one: Item, two: Item) -> list[Finding]:
    """净增1.2万户，新设2.9万户，注销1.7万户: the balance comes first."""
    if not _NET.search(net.lead) or not net.q.exact or one.sep == "；" or not (one.plain and two.plain):
        return []
    if not (like(net, one) and like(one, two)) or two.sep == "；":
        return []
    return _net(doc, period, one, two, replace(net, sep="，"))


def _net(doc: Document, period: Period, one: Item, two: Item, net: Item) -> list[Finding]:
    match = _NET.search(net.lead)
    if not match or not like(one, net) or not net.q.exact or net.sep == "；" or two.sep == "；":
        return []
    came, went = (one, two) if _CAME.search(one.lead) else (two, one)
    if not (_CAME.search(came.lead) and _WENT.search(went.lead)):
        return []
    gap = came.q.amount - went.q.amount
    stated = net.q.amount if match["up"] else -net.q.amount
    if abs(gap - stated) <= max(one.q.ulp, two.q.ulp, net.q.ulp):
        return []
    real = ("净增" if gap >= 0 else "净减") + shown(abs(gap), net)
    return [
        finding(
            doc, period, [one, two, net], "change", Severity.WARNING,
            f"{shown(came.q.amount, came)}-{shown(went.q.amount, went)}={number(gap)}，即{real}，"
            f"与所写的{match[0]}{shown(net.q.amount, net)}不符",
            real, match[0] + shown(net.q.amount, net),
        )
    ]  # fmt: skip
