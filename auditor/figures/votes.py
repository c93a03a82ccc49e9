"""Ballots and those who cast them: 42名代表当场画票，评为“好”的36票、“较好”的4票、“一般”的1票."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from auditor.figures.judge import finding, plus, shown, total
from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

OVER = Decimal("0.2")
"""Further above the number of voters, each of them voted more than once."""
UNDER = Decimal("0.02")
"""A vote or so that is not told looks like a slip; more are those who stayed away."""
FEW = 10
BEHIND = 60
"""Characters behind the sentence in which the votes that are missing may be told."""
_BALLOTS = frozenset({"票", "张", "份"})
_QUOTES = regex(r"[“”\"'‘’「」『』《》<>]")
_OPENING = regex(
    r"^(?:其中|均|都|被|测评|评[价定议选为出]|结果|意见|为|定|投|得|获得?|打|画|选|填|勾选?|的|总体|综合|综合评价)+"
)
_CLOSING = regex(r"(?:的|票数?|等[次级]|档次?|评价|意见|者|有|为|得|获|选项|各|共)+$")
_BEST = regex(r"很?好|优[秀良]?|(?:非常|很)?满意|称职|合格|赞成|同意")
_OTHERS = regex(
    r"[较比]{1,2}好|良好?|一般|中等?|[较很]?差|不好|不?及格|(?:基本|不)(?:合格|称职)|(?:比?较|基本|一般|不太?)满意|不?了解|"
    r"反对|不同意|弃权票?|无效票?|作废|废票|空白"
)
_VOTED = regex(r"画票|投票|测评|评议|打[分勾]|打了分|填票|填[写表]|画[圈勾]|表决|无记名|投下|参评|评价")
_COLLECTED = regex(r"收回|回收|收到|有效|实收")
_NEXT = regex(r"[；\d“”\"]")
_MORE = regex(r"[、和及等约]|(?<!参)与|另|还有|以及|代为|委托|不到|之外|列席|每|各|分别")
_VOTERS = regex(r"代表|委员|人|群众|干部|职工|评委|党员|企业|监督员|群众|律师|参加|参与")
_ABSTAINED = regex(
    r"弃(?!管|土|婴)|废票|无效|作废|空白|缺席|请假|其余|剩余|中途|重复|多选|(?:未|没有?|漏)(?:投|填|画|打|选|交|参加|参与|到[场会]|收回|表态|测评|能)"
)
_SEVERAL = regex(
    r"(?:每个?|各|分别对|逐[一个名项]对)[^，。；]{0,8}(?:单位|部门|站所|干部|同志|事项|项目)[^，。；]{0,6}(?:投|画|打|评)"
)


def check_votes(
    doc: Document, period: Period, previous: Period | None, known: Sequence[Finding]
) -> list[Finding]:
    """Warnings on grades with more votes than voters, or a vote or so fewer where nobody is told to have abstained.

    ``known`` is what was found of the sentence so far.
    """
    items = period.items
    if _VOTED.search(period.text) is None and (previous is None or _VOTED.search(previous.text) is None):
        return []
    out: list[Finding] = []
    index = 0
    while index < len(items):
        votes = _votes(items, index)
        if not votes:
            index += 1
            continue
        found = _compared(doc, period, previous, index, votes)
        if found and not any(_overlap(found, other) for other in known):
            out.append(found)
        index += len(votes)
    return out


def _overlap(one: Finding, other: Finding) -> bool:
    """True for a finding that tells the same votes as parts of a whole."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return other.id.startswith("arithmetic-parts") and other.start < one.end and one.start < other.end


def _grade(item: Item) -> str:
    """好 for 评为“好”的; empty for a figure that counts no votes for one grade."""
    if not item.plain or item.q.unit not in _BALLOTS:
        return ""
    words = _QUOTES.sub("", item.lead or ("" if item.shared else item.tail))
    word = _CLOSING.sub("", _OPENING.sub("", words))
    return word if _BEST.fullmatch(word) or _OTHERS.fullmatch(word) else ""


def _votes(items: Sequence[Item], first: int) -> tuple[Item, ...]:
    """The grades told from ``first`` on, each once and the best among them."""
    found: list[Item] = []
    names: set[str] = set()
    for item in items[first : first + 8]:
        name = _grade(item)
        if (
            not name
            or name in names
            or (found and (item.sep not in ("、", "，") or not like(item, found[0])))
        ):
            break
        names.add(name)
        found.append(item)
    return tuple(found) if len(found) > 1 and any(map(_BEST.fullmatch, names)) else ()


def _compared(
    doc: Document, period: Period, previous: Period | None, first: int, votes: tuple[Item, ...]
) -> Finding | None:
    before = [*(previous.items if previous and not period.items[:first] else ()), *period.items[:first]]
    papers = [i for i in before if i.q.unit in _BALLOTS and _COLLECTED.search(i.words)]
    people = [
        i for i in before if i.q.group == "人" and _VOTERS.search(i.words) and _voted(period, previous, i)
    ]
    if not (papers or people) or not all(
        i.plain for i in before if i.q.group == "人" or i.q.unit in _BALLOTS
    ):
        return None
    whole = (papers or people)[-1]
    joint, gap = total(votes), total(votes) - whole.q.amount
    # 参加测评的有代表30名、群众50名: the voters may be told in several figures.
    told, running = set[Decimal](), Decimal(0)
    for item in reversed(before):
        running += item.q.amount
        told |= {running, item.q.amount}
    behind = doc.norm.text[votes[-1].q.end : period.end + BEHIND].partition("\n")[0]
    if joint in told or _SEVERAL.search(period.text) or whole.q.amount < FEW:
        return None
    later = period.items[first + len(votes) : first + len(votes) + 1]
    if later and like(later[0], votes[0]) and later[0].sep != "；":
        # One more grade by a name that is not known here.
        return None
    if gap > whole.q.amount * OVER or -gap > max(Decimal(1), whole.q.amount * UNDER):
        return None
    open_ended = _ABSTAINED.search(period.text + behind) or len(votes) < 3 or votes[-1].tail.startswith("等")
    if gap < 0 and (votes[0].q.unit == "份" or (open_ended and not _full(votes))):
        # Of many questionnaires some are always left blank.
        return None
    if gap > 0 and whole in people and _MORE.search(_clause(period, previous, whole)):
        return None
    said = "多于" if gap > 0 else "少于"
    return finding(
        doc, period, [i for i in (whole, *votes) if i.q.start >= period.start], "votes", Severity.WARNING,
        f"各等次共{plus(votes)}={shown(joint, votes[0])}，{said}参加人数（票数）{shown(whole.q.amount, whole)}"
        + ("" if gap > 0 else "，可能漏写了弃权、无效票或某一等次"),
        shown(whole.q.amount, whole), shown(joint, votes[0]),
    )  # fmt: skip


def _voted(period: Period, previous: Period | None, item: Item) -> bool:
    """42名代表当场画票, 参加测评的80人: those who voted, not all who were invited."""
    return _VOTED.search(item.lead + "|" + _clause(period, previous, item)) is not None


def _clause(period: Period, previous: Period | None, item: Item) -> str:
    """The words behind a figure, up to the next one or to the grades in quotes."""
    home = period if item.q.start >= period.start or previous is None else previous
    at = item.q.end - home.start
    return _NEXT.split(home.text[at : at + 24])[0]


def _full(votes: Sequence[Item]) -> bool:
    """弃权1票 is told: nothing is left to be told."""
    names = {_grade(i) for i in votes}
    return bool(names & {"弃权", "弃权票"}) and bool(names & {"无效", "无效票", "废票", "作废"})
