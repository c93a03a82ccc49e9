"""Change, base and per cent: 从A增至B，增长x%; 上年为B，同比下降x%; 减少5起，下降42%."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate, chain, takewhile

from auditor.figures.base_years import told_elsewhere, year_of
from auditor.figures.compare import (
    BASE,
    compare,
    direction,
    is_change,
    other_share,
    own_subject,
    per_cent_ok,
    related,
    usable,
)
from auditor.figures.judge import finding, number, rounded, shown, states
from auditor.figures.lists import like
from auditor.figures.matters import with_whole
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.figures.steps import check_pair
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

_UP_TO = "增加到 增加至 增至 增长到 增长至 上升到 上升至 升至 升到 提高到 提高至 提升到 提升至 扩大到 扩大至 扩充到 扩充至 上涨到 上涨至 升为 增为 增加为 提高为 提升为 扩大为 提到 增到 涨到 涨至"
_DOWN_TO = (
    "降至 降到 下降到 下降至 下降为 降低到 降低至 降为 减少到 减少至 减少为 减至 减到 减为 缩减到 缩减至 缩减为 缩短到 缩短至 缩短为 "
    "压缩到 压缩至 压缩为 压减到 压减至 压减为 压降至 精简到 精简至 精简为 缩至 缩到 回落至 回落到 压到 压至 压为 缩为 精减到 精减至 精减为 核减至 核减到 核减为 跌至 减成 下滑至 下滑到"
)
_EITHER_TO = "调整为 调整至 调整到 变更为 变为 达到 优化为 优化至 改为 整合为 细化为 细化到 合并为 归并为 扩充为 拓展到 拓展至 拓展为 延长到 延长至 延长为 放宽到 放宽至 到 至"
_TO = regex(
    "(?:(?P<up>" + "|".join(_UP_TO.split()) + ")|(?P<down>" + "|".join(_DOWN_TO.split()) + ")|"
    + "|".join(_EITHER_TO.split()) + r")(?:了)?(?:20\d\d年的?|[^，。；：\d]{0,6}的|现有|目前|现在)?$"
)  # fmt: skip
_FROM = regex(r"(?:由|从|自)[^，。；：]{0,14}$")
_REACHED = regex(r"(?:已|现|目前|总数|总量|累计)*(?:达到?|为|有|至|到)(?:了)?")
_NET = regex(
    r"(?:新增|(?:共|共计|累计|合计|净)(?:取消|精简|核减|调减|压减|减少|增加|净增|净减|清减|下放))(?:了)?"
)
_TWICE = regex(
    r"[^，。；：、]{0,4}，(?:数量|总数|总量|规模|同比|较上年|比上年|一年内?|实现了?|基本|已|整整|成功)*"
    r"(?:(?P<four>翻了?两番)|(?P<two>翻番|翻了?一番|翻了?一倍|(?:增长|增加|提高|扩大)了?一倍(?!多))|(?P<half>减半|下降了?一半|减少了?一半|压减了?一半))(?=[，。；、]|$)"
)
_YEAR = regex(r"(20\d\d)年")
_AGAINST_YEAR = regex(r"(?:较|比|与|同)20\d\d年")
_YEAR_TOLD = regex(r"(?:而)?(20\d\d)年(?:同期|全年)?(?:为|是)?")
_BEFORE = regex(r"同比|[较比](?:上年|去年|上一年)")
_EACH = regex(r"分别(?:为|是)?$")
_STOCK = regex(r"结转|遗留|转入|结余|未结|未办结|旧存|积存|结存|滚存|存量|在册|实有|留下")
"""同比增长11%，上年结转88件: what was left over is no level of last year, unless it is compared with."""
_COMPARED = regex(r"较|比|[与同和]")
_STEP = regex(r"[多少增减][\u4e00-\u9fff]{0,4}$")
"""今年多受理55件: a step and no level."""
_NOW = regex(r"今年|本年|全年|当年|现在|目前|20\d\d年")


def check_changes(doc: Document, period: Period, previous: Period | None) -> list[Finding]:
    items = period.items
    out: list[Finding] = []
    done: set[int] = set()
    for index in range(1, len(items)):
        old, new = items[index - 1], items[index]
        if _from_to(old, new):
            told = _check_from_to(doc, period, items, index, done)
            out += told or _doubled(doc, period, old, new)
    # 受理132件（上年105件）: a base may stand in brackets.
    flat = sorted([*items, *(i for _, inner in period.brackets for i in inner[:1])], key=lambda i: i.q.start)
    for index, item in enumerate(flat):
        if _is_base(item):
            out += _check_base(doc, period, flat, index, done)
    for index in range(2, len(items)):
        out += _times(doc, period, items[index - 2], items[index - 1], items[index])
    for index in range(len(items) - 1):
        out += check_pair(doc, period, items, index, previous, done)
    return out


def _doubled(doc: Document, period: Period, old: Item, new: Item) -> list[Finding]:
    """由148项增至236项，实现翻番: what the word promises beside the two levels."""
    match = _TWICE.match(period.text, new.q.end - period.start)
    if match is None or not (old.plain and new.plain and like(old, new)) or old.q.amount <= 0:
        return []
    times = new.q.amount / old.q.amount
    low = Decimal("3.6") if match["four"] else Decimal("1.8") if match["two"] else None
    if (times >= low) if low else (times <= Decimal("0.55")):
        return []
    value = number(rounded(times, 2)) + "倍"
    said = match["four"] or match["two"] or match["half"]
    return [
        finding(
            doc, period, [old, new], "change", Severity.WARNING,
            f"{shown(new.q.amount, new)}÷{shown(old.q.amount, old)}={value}，与所写的“{said}”不符",
            "4倍" if match["four"] else "2倍" if match["two"] else "0.5倍", said,
        )
    ]  # fmt: skip


def _times(doc: Document, period: Period, new: Item, old: Item, times: Item) -> list[Finding]:
    """今年120件，是去年80件的1.5倍."""
    if (
        times.q.unit != "倍"
        or times.gap != "的"
        or not times.q.exact
        or not (new.plain and old.plain and like(new, old))
    ):
        return []
    if not regex(r"(?:是|为|相当于|达到)[^，。；：]{0,10}$").search(old.lead) or old.q.amount <= 0:
        return []
    value = new.q.amount / old.q.amount
    if abs(value - times.q.value) <= times.q.ulp_of_rate:
        return []
    expected = number(rounded(value, 2)) + "倍"
    stated = number(times.q.value) + "倍"
    return [
        finding(
            doc, period, [new, old, times], "change", Severity.WARNING,
            f"{shown(new.q.amount, new)}÷{shown(old.q.amount, old)}={expected}，与所写的{stated}不符", expected, stated,
        )
    ]  # fmt: skip


def _from_to(old: Item, new: Item) -> bool:
    return (
        usable(old)
        and usable(new)
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
        return [direction(doc, period, [old, new], old, new, "升" if sign > 0 else "降")]
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
    if after and is_change(after) and ("分别" in after.lead or _several(items, index + 1)):
        return out + _in_turn(doc, period, items, index, done)
    elsewhere = told_elsewhere(doc, old, [new], items[index + 1 : index + 3])
    for later in items[index + 1 : index + 3]:
        if not is_change(later) or later.sep == "；" or len(own_subject(later)) >= 3:
            break
        if later.q.start in elsewhere:
            continue
        done.add(later.q.start)
        found = compare(doc, period, old, new, later)
        if found:
            out.append(found)
            break
    ahead = items[index - 2] if index > 1 else None
    behind = any(is_change(i) and i.sep != "；" for i in items[index + 1 : index + 2])
    if ahead and ahead.sep == "、" and index > 2 and like(items[index - 3], ahead):
        # 增加18项、减少25项，由1206项变为1199项: what came in and what went out, and the step is neither.
        ahead = None
    if ahead and is_change(ahead) and ahead.q.start not in done and old.sep == "，" and not behind:
        # 案件同比下降20%，由50件降至40件: the change comes first.
        done.add(ahead.q.start)
        fits = compare(doc, period, old, new, ahead)
        if fits and not _FROM.sub("", old.lead).strip("即，"):
            out.append(fits)
    return out


def _several(items: Sequence[Item], at: int) -> bool:
    """压减66.7%、63.6%: one rate for each of several changes."""
    both = items[at : at + 2]
    return len(both) > 1 and both[1].sep == "、" and all(i.q.unit == "%" for i in both)


def _in_turn(
    doc: Document, period: Period, items: Sequence[Item], index: int, done: set[int]
) -> list[Finding]:
    """由12个减为5个、由36份减为14份，分别压减58.3%和61.1%: one change for each pair, in order; nothing where they are not as many."""
    changes = [items[index + 1], *takewhile(lambda i: i.sep == "、", items[index + 2 :])]
    pairs = [(items[k - 1], items[k]) for k in range(index, 0, -2)]
    pairs = list(takewhile(lambda pair: _from_to(*pair), pairs))[::-1]
    done.update(i.q.start for i in changes)
    if len(pairs) != len(changes) or any(i.q.unit != "%" for i in changes):
        return []
    return [
        other_share(doc, period, old, new, change, "变化", "变化")
        for (old, new), change in zip(pairs, changes, strict=True)
        if old.q.amount > 0 and not per_cent_ok(old, new, change)
    ]


def _is_base(item: Item) -> bool:
    if not usable(item) or not BASE.search(item.lead) or _FROM.search(item.lead):
        return False
    return not _STOCK.search(item.lead) or _COMPARED.search(item.lead) is not None


def _older(item: Item, year: int | None) -> bool:
    """True for a figure of the base year or an earlier one: 上年…, 2022年…."""
    if not _is_base(item):
        return False
    own = year_of(item)
    return own is None or (year is not None and own <= year)


def _told_behind(
    doc: Document, period: Period, items: Sequence[Item], index: int, done: set[int]
) -> list[Finding]:
    """较上年的81.2%提高6.3个百分点，达到88.5%: the new level follows the change."""
    base, at = items[index], index + 1
    while at < len(items) and at <= index + 2 and is_change(items[at]) and items[at].sep != "；":
        at += 1
    new = items[at] if at < len(items) else None
    if new is None or at == index + 1 or not (usable(new) and like(new, base)) or new.sep == "；":
        return []
    if not (_TO.search(new.lead) or _REACHED.fullmatch(new.lead)):
        return []
    if len(regex(r"^(?:总|全年|累计|目前|现|已)+").sub("", _TO.sub("", _REACHED.sub("", new.lead)))) >= 2:
        return []
    for change in items[index + 1 : at]:
        done.add(change.q.start)
        if len(own_subject(change)) < 2 and (found := compare(doc, period, base, new, change)):
            return [found]
    return []


def _year_before(doc: Document, items: Sequence[Item], index: int) -> bool:
    """同比下降18.6%（2023年为1482件）, 比上年少4件，2023年为17件: the year before is told right behind the change against it."""
    told = _YEAR_TOLD.fullmatch(items[index].lead)
    if told is None or index == 0 or not is_change(items[index - 1]):
        return False
    if not _BEFORE.search(items[index - 1].lead):
        return False
    year = doc.metadata.report_year
    return year is None or int(told[1]) == year - 1


def _of_same_matter(subject: str, level: Item) -> bool:
    """案件总数, 办案量 beside 受理案件120件, and not 信访量 or 罚款金额."""
    if len(subject) < 2 or related(subject, level):
        return True
    stem = subject[:-1]
    return subject.endswith(("量", "数", "额")) and (len(stem) < 2 or any(c in level.words for c in stem))


def _against(item: Item) -> bool:
    """较2023年的243件下降11.5%，较2022年的198件增长8.6%: what is compared with is never the new level."""
    return _is_base(item) and _COMPARED.search(item.lead) is not None


def _told_of_more(items: Sequence[Item], base: Item, change: Item) -> bool:
    """受理863件，其中甲412件、乙213件、其他238件，同比下降4.1%（上年900件）: a figure further ahead, or several together, lead there."""
    ahead = [i for i in items if i.q.start < change.q.start and i is not base and i.plain and like(i, base)]
    amounts = {i.q.amount for i in ahead}
    amounts.update(chain.from_iterable(accumulate(i.q.amount for i in ahead[k:]) for k in range(len(ahead))))
    return any(_leads(base, amount, change) for amount in amounts)


def _likeliest(items: Sequence[Item], base: Item, change: Item, behind: Item) -> Item:
    """Of the figures before a change the one that it leads to most nearly: what was meant, most likely.

    No other figure of the base's year; ``behind`` where none stands before it.
    """
    year = year_of(base)
    ahead = [
        i
        for i in items
        if i.q.start < change.q.start
        and i is not base
        and usable(i)
        and like(i, base)
        and not (year and _older(i, year))
    ]
    step = base.q.amount * change.q.value / 100 if change.q.unit == "%" else change.q.amount
    return min(
        ahead, key=lambda i: abs(i.q.amount - base.q.amount - change.q.direction * step), default=behind
    )


def _leads(base: Item, amount: Decimal, change: Item) -> bool:
    gap = amount - base.q.amount
    if gap * change.q.direction <= 0 or base.q.amount < 0:
        return False
    if change.q.unit != "%":
        return like(change, base) and abs(abs(gap) - change.q.amount) <= change.q.ulp
    if base.q.amount == 0:
        return False
    value = abs(gap) / base.q.amount * 100
    return states(change.q, value, value)


def _check_base(
    doc: Document, period: Period, items: Sequence[Item], index: int, done: set[int]
) -> list[Finding]:
    base = items[index]
    if _EACH.search(base.lead):
        # 上年分别为1364批次和110批次: which one belongs to which figure is told by their order only.
        return []
    year = year_of(base)
    before = [i for i in items[max(0, index - 4) : index] if usable(i) and like(i, base) and not _against(i)]
    after = [
        i
        for i in items[index + 1 : index + 2]
        if usable(i) and like(i, base) and _NOW.search(i.lead) and not _STEP.search(i.lead)
    ]
    if year:
        # 2022年 is a base only beside a later year or where the clause compares with it.
        others = [y for i in [*before[-1:], *after] for y in _YEAR.findall(i.lead)]
        compared = bool(_AGAINST_YEAR.search(base.lead)) or _year_before(doc, items, index)
        if not compared and not any(int(y) > year for y in others):
            return []
    if (
        not year
        and before
        and BASE.search(before[-1].lead)
        and not regex(r"较|比|上年|去年").search(base.lead)
    ):
        return []
    current = [i for i in before if not _older(i, year)] or after
    if not current:
        return _told_behind(doc, period, items, index, done)

    def differs(level: Item, change: Item) -> Finding | None:
        found = compare(doc, period, base, level, change)
        return None if found is None or _told_of_more(items, base, change) else found

    nearest = -1 if current[0] in before else 0
    current = with_whole(period.items, base, current) if nearest else current
    new = current[nearest]
    start = max(index, items.index(new))
    out: list[Finding] = []
    ahead = items[index - 1] if index and is_change(items[index - 1]) else None
    behind = any(is_change(i) and i.sep != "；" for i in items[index + 1 : index + 2])
    if ahead and behind and ahead.q.unit != "%" and ahead.q.start not in done and base.sep == "，":
        # 1286件，同比减少214件，上年为1500件，降幅14.3%: the step before the base, and the rate behind it.
        new = items[index - 2] if index > 1 else base
        if new in current and len(own_subject(ahead)) < 2 and (found := differs(new, ahead)):
            done.add(ahead.q.start)
            return [found]
    if ahead and not any(is_change(i) and i.sep != "；" for i in items[index + 1 : index + 2]):
        # 办理56件，同比下降12.5%，上年为64件.
        fits = any(differs(i, ahead) is None for i in current)
        apart = base.sep == "；" and not _year_before(doc, items, index)
        step = items[index - 2] if index > 1 else None
        if (
            fits
            and step
            and is_change(step)
            and step.sep != "；"
            and ahead.sep == "，"
            and len(own_subject(step)) < 2
        ):
            # 比上年增加136万元，增长6.8%，上年投入2000万元: both are told of the same two levels.
            near = [i for i in current if i.q.start < step.q.start]
            if (
                near
                and all(i.q.kind is QKind.RATE for i in items[items.index(near[-1]) + 1 : index - 2])
                and (found := differs(near[-1], step))
            ):
                done.add(step.q.start)
                return [found]
        if not fits and len(own_subject(ahead)) < 2 and ahead.q.start not in done and not apart:
            done.add(ahead.q.start)
            if differs(new, ahead) is None:
                return []
            found = compare(doc, period, base, _likeliest(items, base, ahead, new), ahead)
            return [found] if found else []
    elsewhere = told_elsewhere(doc, base, current, items[start + 1 : start + 4])
    for later in items[start + 1 : start + 4]:
        if not is_change(later) or later.sep == "；" or later.q.start in done:
            break
        if not _of_same_matter(own_subject(later), new):
            break
        if later.q.start in elsewhere:
            continue
        done.add(later.q.start)
        wrong = [f for i in current if (f := differs(i, later))]
        if len(wrong) == len(current):
            out.append(
                compare(doc, period, base, _likeliest(items, base, later, new), later) or wrong[nearest]
            )
            break
    return out
