"""Parts and their total: judges the claims that ``claims.py`` found."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from auditor.figures import (
    claims,
    composed,
    debts,
    doubled,
    handled,
    lists,
    named,
    no_parts,
    outcomes,
    pending,
    remainders,
    taken_up,
    totals,
)
from auditor.figures.alternatives import of_any_measure
from auditor.figures.bands import bands_of
from auditor.figures.families import OPEN_ENDED, OVERLAP, ROUGH
from auditor.figures.judge import adds_up, exceeds, finding, joint_ulp, plus, shown, slack, summed, total
from auditor.figures.lists import Claim, same_shape
from auditor.figures.matters import of_one_noun
from auditor.figures.numerals import DIGITS
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind
from auditor.figures.readings import online_grades, overlap_told
from auditor.figures.shares import fits
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

NEAR = {"、": Decimal("0.12"), "；": Decimal("0.15"), "，": Decimal("0.12"), "": Decimal("0.15")}
"""How much of the whole an announced list may leave open before it is taken for a mere selection."""


SLIP = Decimal("0.3")
"""How far off a sum may be when its digits are those of the stated whole in another order."""
_COUNTED = regex(r"([三四五六七八九])(?:级|类|种|项|方面|大类|部门)")
_LEFT_OPEN = regex(
    r"[^，。；：]{0,10}[，、；][^，。；：、\d]{1,10}(?:若干|少量|少数|不等)|[^，。；：]{0,10}[、，][^，。；：、\d]{2,10}等[^，。；：、\d]{0,8}(?:[，。；]|$)|[^，。；：]{0,10}[，；](?:其余|其他|剩余|余下|剩下|还有的|有的|还有一些|另一些)[^，。；：\d]{1,20}(?:[，。；]|$)"
)
_REST_TOLD = regex(r"(?:其余|其他|剩余|余下|剩下)[^，。；：\d]{1,20}[，；]")
_ANOTHER = regex(r"又(?!名|称)[^，。；]{0,4}[一二两三四五六七八九十\d]")
_AGAINST = regex(
    r"(?:超过|超出|高于|多于|突破|低于|少于|不及|不足|[比较])了?(?:上一?年度?|去年|前年|上年同期|去年同期|同期|20\d\d年度?)(?:全年)?(?:同期)?的?$"
)
_FROM_THERE = regex(r"\d[^，。；：、\d]{0,4}以上")
_PLANNED = regex(r"列入计划|计划解决|逐步解决")
_ALREADY = regex(r"(?:目前|现)?(?:均?已(?:经)?|完成|实际)(?:完成|按期)?(?=[\u4e00-\u9fff]{2})")
_LEVEL = regex(r"^(?:其中)?(?:[省市县区乡镇村]|乡镇|街道|社区|国家)[级本]")
"""市级1个、县级9个、乡级58个: nothing is of two levels."""
_ROLE = regex(r"^(?:作为|以[^，。；：、]{2,10}身份)")
"""作为被告, 以第三人身份: what somebody was in a case, whatever was done there."""
_TWICE = regex(r"(?<![不无未])(?:重复计|交叉|重叠)|两次|先[^，。；、]{1,4}后|既[^，。；、]{1,8}又|兼具|兼有")
"""有3件先复议后诉讼: some were counted twice, as the sentence says itself."""
_ANNOUNCED = frozenset({"among", "by", "split", "colon", "bracket"})
"""Kinds of claims whose list the text itself calls a division of the whole."""
_KIND = regex(r"(?:类|型|领域|方面|类别|书|函|单|文书|通知)(?:案件|事项)?$")
"""收费类, 罚款类: names of kinds, whatever verbs they hold."""
_NEWS = regex(
    r"(?:[疫舆警]情|情况|工作|事故|警示|案例|问题|质量)通报等?$|[\u4e00-\u9fff]{2}(?:结果|信息|公告|公示|动态)等?$"
)
"""疫情通报, 查处结果: what was published bears the name of a deed and is none."""


def check_parts(doc: Document, period: Period, previous: Period | None) -> list[Finding]:
    stated = _stated(period, previous)
    out: list[Finding] = []
    seen: set[tuple[int, ...]] = set()
    settled: set[int] = set()
    for claim in stated:
        key = tuple(p.q.start for p in claim.parts)
        if settled.issuperset((claim.whole.q.start, *key)):
            # 案件90件，其中市场监管38件、城市管理30件、农业农村22件: all are parts of one whole, and add up to it.
            continue
        if claim.kind in _ANNOUNCED and adds_up(claim.parts, claim.whole.q.amount, claim.whole.q.ulp):
            settled.update(key)
        if key in seen or any(set(key) <= set(k) for k in seen if len(key) > 1):
            continue
        if claim.kind not in ("total", "rest") and _told_behind(period, claim):
            continue
        result = _judge(doc, period, claim)
        if result:
            seen.add(key)
            out.append(result)
    return out


def _stated(period: Period, previous: Period | None) -> list[Claim]:
    """Every claim of the sentence; what takes more figures of one kind than there are is not looked for."""
    groups = [i.q.group for i in period.items if i.plain]
    if len(groups) < 2 and not period.brackets:
        # A sum takes a whole and a part, or a list behind the whole of the sentence before.
        return []
    alike = max((groups.count(group) for group in set(groups)), default=0)
    if alike < 2 and not period.brackets:
        return named.mixed_claims(period)
    told = claims.cues(period)
    three = alike > 2
    return [
        *(totals.total_claims(period) if three else ()),
        *claims.bracket_claims(period),
        *composed.composed_claims(period),
        *(doubled.doubled_claims(period) if three else ()),
        *claims.cue_claims(period, previous, told),
        *taken_up.taken_up_claims(period, previous),
        *outcomes.family_claims(period, previous),
        *(outcomes.denied_claims(period) if three else ()),
        *remainders.rest_claims(period),
        # 压减192项，压减后保留430项: the middle one is told as a step.
        *(remainders.remain_claims(period, previous) if three or "后" in period.text else ()),
        *(pending.ruled_claims(period, previous) if three else ()),
        *(debts.debt_claims(period) if three else ()),
        *(handled.handled_claims(period) if three else ()),
        *(named.named_claims(period) if three else ()),
        *named.mixed_claims(period),
        *(claims.bare_claims(period, told) if three else ()),
    ]


def _told_behind(period: Period, claim: Claim) -> bool:
    """制定5件、修改3件、废止4件，立改废合计12件: the total behind the list is nearer than any figure before it."""
    last = max(p.q.start for p in claim.parts)
    item = next((i for i in period.items if i.q.start > last), None)
    if item is None or item.sep == "；" or not item.plain or not lists.like(item, claim.parts[0]):
        return False
    return bool(lists.TOTAL.search(item.lead)) and adds_up(claim.parts, item.q.amount, item.q.ulp)


def _judge(doc: Document, period: Period, claim: Claim) -> Finding | None:
    parts, whole = claim.parts, claim.whole
    if not all(p.plain for p in parts) or not whole.plain:
        return None
    if len(parts) == 1:
        return _single(doc, period, claim)
    ulp = joint_ulp([p.q.ulp for p in (*parts, whole)])
    if adds_up(parts, whole.q.amount, whole.q.ulp):
        return None
    off = slack(len(parts), ulp)
    if any(abs(s - w) <= off for s in claim.sums for w in claim.wholes):
        return None
    if any(abs(total(parts) - w) <= off for w in claim.wholes):
        return None
    if of_any_measure(period, claim) or overlap_told(period.text):
        return None
    if OPEN_ENDED.search(parts[-1].lead) and any(
        abs(whole.q.amount + parts[-1].q.amount - w) <= off for w in claim.wholes
    ):
        # 应退328.6万元，已退291.4万元，其中当年106万元，其余37.2万元: the rest of the outer whole.
        return None
    if no_parts.are_no_parts(period, claim):
        return None
    base = whole.q.amount + total(claim.carried)
    gap = base - total(parts)
    if claim.kind == "bare" and gap > 0 and _rated(period, claim):
        # 培训1200人，取得甲证900人、乙证240人，取证率95%: their share of the whole is told.
        return None
    limit = claim.limit
    if limit is not None and _slip(base, total(parts)):
        limit = max(limit, SLIP)
    if limit is not None and abs(gap) > base * limit and not (claim.limit == claims.OPEN and gap < 0):
        return None
    if gap > 0 and claim.kind == "total" and _LEFT_OPEN.match(period.text, whole.q.end - period.start):
        # 电话受理684件、网络受理326件，全年受理1126件，其余为来访.
        return None
    if any(_ANOTHER.search(p.gap) for p in parts[1:]):
        # 解开76个，又冒出三个新难题，还有11个: something else came in between.
        return None
    if gap > 0 and any(_REST_TOLD.search(p.gap) for p in parts[1:]):
        # 54家合格，其余单位责令限期改正，复查合格28家: the rest was told without a figure.
        return None
    if gap > 0 and claim.closed and any(_PLANNED.search(p.words) for p in parts):
        # 已解决18件、列入计划5件: what is only taken note of may be left out.
        return None
    if gap > 0 and _LEFT_OPEN.match(period.text, max(p.q.end for p in parts) - period.start):
        # …22.6万户，其余为农民专业合作社.
        return None
    told = _COUNTED.search(whole.lead)
    if gap > 0 and told and claim.kind != "composed" and len(parts) < DIGITS[told[1]]:
        # 县乡村三级受理4126件，其中村级2860件、乡级1020件: one is not told.
        return None
    severity = _severity(claim, gap)
    if severity is None or (
        gap < 0 and any(_ROLE.match(p.label) for p in parts) and _TWICE.search(period.text)
    ):
        return None
    stated = shown(base, whole)
    sums = f"{plus([*claim.carried, whole])}={stated}" if claim.carried else stated
    message = f"各分项之和为{summed(parts, whole)}，与总数{sums}不符，相差{shown(abs(gap), whole)}" + (
        "，可能漏写或多写了一类" if severity is Severity.WARNING else ""
    )
    return finding(
        doc,
        period,
        [i for i in (*claim.carried, whole, *parts) if period.start <= i.q.start < period.end],
        "parts",
        severity,
        message,
        shown(total(parts), whole),
        stated,
    )


def _rated(period: Period, claim: Claim) -> bool:
    """True when the rate right behind the list is that of all its members."""
    last = claim.parts[-1].q.start
    behind = next((i for i in period.items if i.q.start > last), None)
    return (
        behind is not None
        and behind.q.kind is QKind.RATE
        and fits(behind, total(claim.parts), claim.whole.q.amount)
    )


def _severity(claim: Claim, gap: Decimal) -> Severity | None:
    """Error: cannot be true; warning: does not fit; None: nothing is claimed."""
    parts, whole = claim.parts, claim.whole.q.amount + total(claim.carried)
    if claim.kind == "total" and claim.limit is not None:
        return Severity.WARNING
    if claim.kind == "total":
        # More than the parts: one may be missing from the list. Less: it cannot be.
        return Severity.ERROR if gap < 0 else Severity.WARNING
    if claim.loose:
        over = gap < 0 and not _overlapping(parts) and claim.style == "、"
        return Severity.WARNING if over else None
    if claim.closed:
        family = lists.tags_of(parts)
        if family and family[0].name in ROUGH and gap > whole * Decimal("0.2"):
            return None
        surely = (
            claim.kind in ("bracket", "among", "split")
            and family is not None
            and family[0].name != "大致两分"
        )
        return Severity.ERROR if gap < 0 and surely and not _overlapping(parts) else Severity.WARNING
    levels = claim.style == "、" and len(parts) > 2 and all(_LEVEL.search(p.label) for p in parts)
    if not levels and any(p.q.amount == claim.whole.q.amount for p in parts):
        # 案件42件，其中听证3件，法制审核42件: a part that is the whole speaks of all of it.
        return None
    if _overlapping(parts) or not (_parallel(claim) or _near_miss(claim, gap)):
        return None
    if gap < 0:
        if -gap > whole and not _same_measure(parts[0], claim.whole):
            # Twice the whole in another measure word: the parts surely count something else.
            return None
        if claim.style in ("，", "；") and (
            -gap * 2 > whole or (_nested(parts) and not same_shape([p.label for p in parts]))
        ):
            return None
        return Severity.WARNING
    if claim.kind == "bare" and any(lists.ACTION.search(p.label) for p in parts):
        # 受理19件，调解结案11件，裁决结案6件: what is open is not told.
        return None
    limit = NEAR.get(claim.style, Decimal("0.1"))
    if len(parts) == 2:
        limit = Decimal("0.12") if _named_alike([p.label for p in parts]) else Decimal("0.07")
    if _slip(whole, total(parts)):
        limit = SLIP
    return Severity.WARNING if gap <= whole * limit else None


def _slip(a: Decimal, b: Decimal) -> bool:
    """True for the same digits in another order (163 and 136): a slip of the pen and no chance."""
    one, two = (str(int(v * 100)) for v in (a, b))
    return len(one) == len(two) and sorted(one) == sorted(two) and len(set(one) - {"0"}) >= 2


def _named_alike(labels: Sequence[str]) -> bool:
    return same_shape(labels) or all(_KIND.search(label) for label in labels)


def _near_miss(claim: Claim, gap: Decimal) -> bool:
    """在线答复22.6万件、转交10.6万件 of 31.2: handlings of one case each, and a sum hardly off the whole."""
    if claim.style != "、" or claim.kind not in ("among", "bracket", "colon"):
        return False
    if any(not p.label or lists.CONSEQUENCE.search(p.label) for p in claim.parts):
        return False
    return abs(gap) <= claim.whole.q.amount * Decimal("0.1")


def _nested(parts: Sequence[Item]) -> bool:
    """有效回访246件，满意240件，一般5件，不满意1件: one part is itself divided by those that follow."""
    values = [p.q.amount for p in parts]
    return any(value == sum(values[at + 1 :], Decimal(0)) for at, value in enumerate(values[:-2]))


def _overlapping(parts: Sequence[Item]) -> bool:
    if lists.tags_of(parts) is not None or bands_of(parts) is not None:
        return False
    if any(p.label.startswith("涉") for p in parts[1:]) and not parts[0].label.startswith("涉"):
        # 维持3件、涉土地征收3件: what came of it, and what it was about.
        return True
    if online_grades(parts):
        return True
    if sum(_FROM_THERE.search(p.label) is not None for p in parts) > 1:
        # 90分以上3012人、80分以上5210人: the first are among the second.
        return True
    roles = [p.label for p in parts if _ROLE.match(p.label)]
    if any(a != b and b.startswith(a) for a in roles for b in roles):
        # 作为被告16件、作为被告出庭应诉14件: the same ones, and what was done in some of them.
        return True
    return any(OVERLAP.search(p.label) for p in parts)


def _parallel(claim: Claim) -> bool:
    """The labels speak of the same kind of thing, so that the list may be added up at all."""
    labels = [p.label for p in claim.parts]
    if regex(r"分别|依次").search(claim.parts[0].lead) and claim.style == "、":
        # 进机关、进学校分别为30场、50场: the labels stand together in front.
        return True
    if any(not label for label in labels):
        return False
    if all(_KIND.search(label) for label in labels) or all(_ROLE.match(label) for label in labels):
        return True
    if claim.kind == "by" and claim.style == "、":
        return True
    phases = [bool(lists.ACTION.search(label)) and not _NEWS.search(label) for label in labels]
    if any(phases) and not all(phases) and not of_one_noun(claim.whole, labels):
        return False
    if claim.style in ("、", ""):
        return True
    if len(labels) == 2:
        return _same_shape(labels)
    return True


def _same_shape(labels: Sequence[str]) -> bool:
    """Short names without a verb, or labels that begin or end alike."""
    if all(len(label) <= 8 for label in labels):
        return True
    return len({label[-1] for label in labels}) == 1 or len({label[:2] for label in labels}) == 1


def _same_step(part: Item) -> bool:
    """89户责令限期整改，其中已整改到位91户: the part takes up the verb of the figure right before it."""
    before, mark, own = part.gap.rpartition("，其中")
    done = _ALREADY.match(own)
    return (
        mark != ""
        and done is not None
        and "，" not in before
        and own[done.end() : done.end() + 2] in before[-12:]
    )


def _same_measure(part: Item, whole: Item) -> bool:
    """Persons and money are counted alike in whatever unit (20名 and 22人, 860元 and 172万元); 20件 and 32起 need not be."""
    return part.q.unit == whole.q.unit or part.q.group in ("人", "元")


def _single(doc: Document, period: Period, claim: Claim) -> Finding | None:
    """One part after 其中 or in brackets: it cannot be larger than what it is a part of."""
    part, whole = claim.parts[0], claim.whole
    if claim.kind not in ("among", "bracket") or not exceeds(part, whole):
        return None
    if not _same_measure(part, whole):
        return None
    if any(w >= part.q.amount for w in claim.wholes) and not _same_step(part):
        return None
    if _AGAINST.search(part.lead):
        # 受理54件，其中网上申请数量不及上年的58件: that of last year is no part of this year's.
        return None
    if claim.kind == "bracket" and not regex(r"其中").search(part.gap):
        return None
    message = f"分项{shown(part.q.amount, part)}大于它所属的总数{shown(whole.q.amount, whole)}"
    return finding(
        doc, period, [whole, part], "larger", Severity.ERROR, message,
        f"不超过{shown(whole.q.amount, whole)}", shown(part.q.amount, part),
    )  # fmt: skip
