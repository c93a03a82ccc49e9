"""Change, base and per cent: 从A增至B，增长x%; 上年为B，同比下降x%; 减少5起，下降42%."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from auditor.figures import units
from auditor.figures.judge import change_bounds, finding, number, per_cent_fits, percent, shown
from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.figures.subjects import CHANGE, COMPARISON
from auditor.model import Finding, Severity
from auditor.text.document import Document

_UP_TO = "增加到 增加至 增至 增长到 增长至 上升到 上升至 升至 升到 提高到 提高至 提升到 提升至 扩大到 扩大至 扩充到 上涨到"
_DOWN_TO = (
    "降至 降到 下降到 下降至 下降为 降低到 降低至 降为 减少到 减少至 减少为 减至 减到 减为 缩减到 缩减至 缩减为 缩短到 缩短至 缩短为 "
    "压缩到 压缩至 压缩为 压减到 压减至 压减为 压降至 精简到 精简至 精简为 缩至 回落至 回落到"
)
_EITHER_TO = "调整为 调整至 调整到 变更为 变为 达到 优化为 优化至 改为 整合为 到 至"
_TO = re.compile(
    "(?:(?P<up>" + "|".join(_UP_TO.split()) + ")|(?P<down>" + "|".join(_DOWN_TO.split()) + ")|"
    + "|".join(_EITHER_TO.split()) + r")(?:了)?(?:20\d\d年的?|今年的?|现在的?|目前的?|本年度?的?|当前的?)?$"
)  # fmt: skip
_FROM = re.compile(r"(?:由|从|自)[^，。；：]{0,14}$")
_BASE = re.compile(
    r"(?:上年度?|去年|上一年度?|前一年|上年同期|去年同期|同期|20\d\d年度?)(?:[^，。；：\d]{0,10})$"
)
_NET = re.compile(
    r"(?:共|共计|累计|合计|净)(?:取消|精简|核减|调减|压减|减少|增加|净增|净减|清减|下放)(?:了)?"
)
_YEAR = re.compile(r"(20\d\d)年")
_NOW = re.compile(r"今年|本年|全年|当年|现在|目前|20\d\d年")
_FILL = re.compile(
    r"同比|环比|相比|分别|幅度|数量|总量|总数|净|总体|整体|也|均|则|将|已|又|累计|共|约|较|比|上年度?|去年|同期|的|了|有所|"
    r"大幅|明显|显著|进一步|实际|占|年|\d|和|及|与|并|其中|同|为|全部|逐年|相应|直接|合计|，|、"
)
_GENERIC = frozenset(
    {
        "案件",
        "人数",
        "件数",
        "起数",
        "数量",
        "总数",
        "全年",
        "全县",
        "全市",
        "全区",
        "次数",
        "户数",
        "同比",
        "较上",
        "上年",
        "比上",
        "去年",
    }
)
_COUNTED = (QKind.COUNT, QKind.MONEY, QKind.RATE)


def check_changes(doc: Document, period: Period, previous: Period | None) -> list[Finding]:
    items = period.items
    out: list[Finding] = []
    done: set[int] = set()
    for index in range(1, len(items)):
        old, new = items[index - 1], items[index]
        if _from_to(old, new):
            out += _check_from_to(doc, period, items, index, done)
    # 受理132件（上年105件）: a base may stand in brackets.
    flat = sorted([*items, *(i for _, inner in period.brackets for i in inner[:1])], key=lambda i: i.q.start)
    for index, item in enumerate(flat):
        if _is_base(item):
            out += _check_base(doc, period, flat, index, done)
    for index in range(len(items) - 1):
        out += _check_pair(doc, period, items, index, previous, done)
    return out


def _usable(item: Item) -> bool:
    return item.q.exact and item.q.kind in _COUNTED


def _is_change(item: Item) -> bool:
    return item.q.exact and item.q.kind is QKind.CHANGE and item.q.direction != 0


def own_subject(item: Item) -> str:
    """Noun that the clause of a change names for itself; empty in 同比下降34.6%."""
    lead = item.lead
    match = CHANGE.search(lead)
    rest = COMPARISON.sub("", lead[: match.start()] if match else lead)
    return _FILL.sub("", rest)


def related(subject: str, item: Item) -> bool:
    """The words around ``item`` share a telling pair of characters with ``subject``."""
    words = item.lead + item.tail
    pairs = {subject[i : i + 2] for i in range(len(subject) - 1)} - _GENERIC
    return any(p in words for p in pairs)


def _from_to(old: Item, new: Item) -> bool:
    return (
        _usable(old)
        and _usable(new)
        and like(old, new)
        and bool(_FROM.search(old.lead))
        and bool(_TO.search(new.lead))
        and new.sep != "；"
    )


def _check_from_to(
    doc: Document, period: Period, items: Sequence[Item], index: int, done: set[int]
) -> list[Finding]:
    old, new = items[index - 1], items[index]
    to = _TO.search(new.lead)
    sign = 1 if to and to["up"] else -1 if to and to["down"] else 0
    if sign and (new.q.amount - old.q.amount) * sign < 0:
        done.update(i.q.start for i in items[index + 1 : index + 3])
        return [_direction(doc, period, [old, new], old, new, "升" if sign > 0 else "降")]
    out = []
    after = items[index + 1] if index + 1 < len(items) else None
    if after and _NET.fullmatch(after.lead) and after.plain and like(after, new) and after.sep != "；":
        # 由420项减少到380项，共取消40项; a second figure behind it may be what was added instead.
        alone = not any(like(i, new) for i in items[index + 2 : index + 3])
        if alone and abs(new.q.amount - old.q.amount) != after.q.amount and not after.q.ulp:
            gap = shown(abs(new.q.amount - old.q.amount), new)
            stated = shown(after.q.amount, after)
            out.append(
                finding(
                    doc, period, [old, new, after], "change", Severity.WARNING,
                    f"从{shown(old.q.amount, old)}到{shown(new.q.amount, new)}，相差{gap}，与所写的{stated}不符", gap, stated,
                )
            )  # fmt: skip
    for later in items[index + 1 : index + 3]:
        if not _is_change(later) or later.sep == "；" or len(own_subject(later)) >= 3:
            break
        done.add(later.q.start)
        found = _compare(doc, period, old, new, later)
        if found:
            out.append(found)
            break
    ahead = items[index - 2] if index > 1 else None
    behind = any(_is_change(i) and i.sep != "；" for i in items[index + 1 : index + 2])
    if ahead and _is_change(ahead) and ahead.q.start not in done and old.sep == "，" and not behind:
        # 案件同比下降20%，由50件降至40件: the change comes first.
        done.add(ahead.q.start)
        fits = _compare(doc, period, old, new, ahead)
        if fits and not _FROM.sub("", old.lead).strip("即，"):
            out.append(fits)
    return out


def _is_base(item: Item) -> bool:
    return _usable(item) and bool(_BASE.search(item.lead)) and not _FROM.search(item.lead)


def _older(item: Item, year: int | None) -> bool:
    """True for a figure of the base year or an earlier one: 上年…, 2022年…."""
    if not _is_base(item):
        return False
    years = [int(y) for y in _YEAR.findall(item.lead)]
    return not years or (year is not None and years[-1] <= year)


def _check_base(
    doc: Document, period: Period, items: Sequence[Item], index: int, done: set[int]
) -> list[Finding]:
    base = items[index]
    year = _YEAR.findall(base.lead)
    before = [i for i in items[max(0, index - 4) : index] if _usable(i) and like(i, base)]
    after = [i for i in items[index + 1 : index + 2] if _usable(i) and like(i, base) and _NOW.search(i.lead)]
    if year:
        # 2022年 is a base only beside a later year or where the clause compares with it.
        others = [y for i in [*before[-1:], *after] for y in _YEAR.findall(i.lead)]
        compared = bool(re.search(r"(?:较|比|与|同)20\d\d年", base.lead))
        if not compared and not any(int(y) > int(year[-1]) for y in others):
            return []
    if not year and before and _BASE.search(before[-1].lead) and not re.search(r"较|比|上年|去年", base.lead):
        return []
    current = [i for i in before if not _older(i, int(year[-1]) if year else None)] or after
    if not current:
        return []
    new = current[-1] if current[0] in before else current[0]
    start = max(index, items.index(new))
    out: list[Finding] = []
    ahead = items[index - 1] if index and _is_change(items[index - 1]) else None
    if ahead and not any(_is_change(i) and i.sep != "；" for i in items[index + 1 : index + 2]):
        # 办理56件，同比下降12.5%，上年为64件.
        fits = any(_compare(doc, period, base, i, ahead) is None for i in current)
        if not fits and len(own_subject(ahead)) < 2 and ahead.q.start not in done and base.sep != "；":
            done.add(ahead.q.start)
            found = _compare(doc, period, base, new, ahead)
            return [found] if found else []
    for later in items[start + 1 : start + 4]:
        if not _is_change(later) or later.sep == "；" or later.q.start in done:
            break
        subject = own_subject(later)
        if len(subject) >= 2 and not related(subject, new) and not subject.endswith(("量", "数", "额")):
            break
        done.add(later.q.start)
        readings = [i for i in current if _compare(doc, period, base, i, later) is None]
        if readings:
            continue
        found = _compare(doc, period, base, new, later)
        if found:
            out.append(found)
            break
    return out


def _compare(doc: Document, period: Period, old: Item, new: Item, change: Item) -> Finding | None:
    """Finding when ``change`` does not lead from ``old`` to ``new``; None when it does or cannot be told."""
    gap = new.q.amount - old.q.amount
    ratio = old.q.kind is QKind.RATE
    sign = change.q.direction
    if gap * sign < 0:
        return _direction(doc, period, [old, new, change], old, new, "升" if sign > 0 else "降")
    if change.q.unit == units.POINTS or (ratio and change.q.unit == "%"):
        if not ratio:
            return None
        ulp = max(old.q.ulp_of_rate, new.q.ulp_of_rate, change.q.ulp_of_rate)
        if abs(abs(gap) - change.q.value) <= (ulp if ulp < 1 else 0):
            return None
        if change.q.unit == "%" and _per_cent_ok(old, new, change):
            return None
        expected = number(abs(gap)) + "个百分点"
        sums = f"{number(max(new.q.value, old.q.value))}-{number(min(new.q.value, old.q.value))}={expected}"
    elif change.q.unit == "%":
        bounds = change_bounds(new, old)
        if bounds is None or _per_cent_ok(old, new, change):
            return None
        value = abs(gap) / old.q.amount * 100
        expected = percent(value, change.q.decimals)
        sums = (
            f"从{shown(old.q.amount, old)}到{shown(new.q.amount, new)}，变化"
            f"{shown(abs(gap), new)}÷{shown(old.q.amount, old)}={expected}"
        )
    elif change.q.unit == "倍":
        if old.q.amount <= 0:
            return None
        times = new.q.amount / old.q.amount
        slack = Decimal("0.1") if change.q.decimals else Decimal("0.6")
        if min(abs(times - change.q.value), abs(times - 1 - change.q.value)) <= slack:
            return None
        expected = number((times - 1).quantize(Decimal("0.1"))) + "倍"
        sums = f"从{shown(old.q.amount, old)}到{shown(new.q.amount, new)}，增长{expected}"
    elif like(change, new):
        slack = (old.q.ulp + new.q.ulp + change.q.ulp) / 2
        if abs(abs(gap) - change.q.amount) <= slack:
            return None
        expected = shown(abs(gap), change)
        big, small = (new, old) if gap > 0 else (old, new)
        sums = f"{shown(big.q.amount, big)}-{shown(small.q.amount, small)}={expected}"
    else:
        return None
    stated = number(change.q.value) + change.q.unit
    return finding(
        doc,
        period,
        [old, new, change],
        "change",
        Severity.ERROR,
        f"{sums}，与所写的变化{stated}不符",
        expected,
        stated,
    )


def _per_cent_ok(old: Item, new: Item, change: Item) -> bool:
    bounds = change_bounds(new, old)
    if bounds is None:
        return True
    low, high = sorted((abs(bounds[0]), abs(bounds[1])))
    if bounds[0] < 0 < bounds[1]:
        low = Decimal(0)
    return per_cent_fits(low, high, change.q.value, change.q.decimals)


def _direction(
    doc: Document, period: Period, items: Iterable[Item], old: Item, new: Item, said: str
) -> Finding:
    was, now = shown(old.q.amount, old), shown(new.q.amount, new)
    real = "升" if new.q.amount > old.q.amount else "降"
    return finding(
        doc, period, list(items), "direction", Severity.ERROR,
        f"从{was}到{now}是{real}，与所写的“{said}”方向相反", f"由{was}{real}至{now}", said,
    )  # fmt: skip


def _check_pair(
    doc: Document,
    period: Period,
    items: Sequence[Item],
    index: int,
    previous: Period | None,
    done: set[int],
) -> list[Finding]:
    """减少5起，下降42%: the figure of this year stands before and gives the base."""
    one, two = items[index], items[index + 1]
    if (
        not (_is_change(one) and _is_change(two))
        or two.sep == "；"
        or one.q.start in done
        or two.q.start in done
    ):
        return []
    step, rate = (one, two) if two.q.unit == "%" else (two, one)
    if rate.q.unit != "%" or step.q.unit in ("%", units.POINTS, "倍") or len(own_subject(two)) >= 2:
        return []
    if step.q.direction != rate.q.direction:
        return []
    before = [i for i in items[:index] if i.plain and like(i, step)]
    near = [i for i in previous.items if i.plain and like(i, step)] if previous else []
    subject = own_subject(one)
    if any(_pair_fits(i, step, rate) for i in [*before, *near]):
        return []
    if len(subject) >= 2:
        candidates = [i for i in [*near, *before] if related(subject, i)]
    else:
        candidates = [i for i in before if items.index(i) == index - 1 and items[index].sep != "；"]
        if not before and near and previous and near[-1] is previous.items[-1] and _opens(doc, period, one):
            candidates = [near[-1]]
    if not candidates:
        return []
    now = candidates[-1]
    base = now.q.amount - step.q.direction * step.q.amount
    if base <= 0:
        return []
    value = step.q.amount / base * 100
    done.update((step.q.start, rate.q.start))
    word = "-" if step.q.direction > 0 else "+"
    return [
        finding(
            doc, period, [i for i in (now, one, two) if i.q.start >= period.start], "change", Severity.ERROR,
            f"本年{shown(now.q.amount, now)}，上年应为{number(now.q.amount)}{word}{number(step.q.amount)}="
            f"{shown(base, now)}，{shown(step.q.amount, step)}÷{shown(base, now)}={percent(value, rate.q.decimals)}，"
            f"与所写的{number(rate.q.value)}%不符",
            percent(value, rate.q.decimals), number(rate.q.value) + "%",
        )
    ]  # fmt: skip


def _opens(doc: Document, period: Period, item: Item) -> bool:
    return item.q.start - period.start <= 24


def _pair_fits(now: Item, step: Item, rate: Item) -> bool:
    base = now.q.amount - step.q.direction * step.q.amount
    if base <= 0:
        return False
    slack = (now.q.ulp + step.q.ulp) / 2
    low = (step.q.amount - slack) / (base + 2 * slack) * 100
    high = (step.q.amount + slack) / max(base - 2 * slack, Decimal("0.0001")) * 100
    return per_cent_fits(low, high, rate.q.value, rate.q.decimals)
