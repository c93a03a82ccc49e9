"""Grades told again with what came of them: 抽取240卷，…不合格6卷 … 评查的240卷案卷中仍有9卷被评为不合格."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from auditor.figures.judge import shown, told_again
from auditor.figures.lists import like
from auditor.figures.mentions import NARROWING, TOPIC, covered, times
from auditor.figures.passages import Item, Period
from auditor.figures.references import is_plan
from auditor.figures.subjects import akin
from auditor.model import Finding
from auditor.regex import regex
from auditor.text.document import Document

MOST = 24
"""Sentences that are compared with all before them; a report has a handful."""
BACK = 8
"""Figures between a whole and the last of its grades."""
_OUT_OF = regex(r"^(?P<noun>[^，。；：、]{0,12}?)[中里]，?(?:目前|现|至今)?，?(?:仍然?|尚|还|只|仅|却)?有$")
_GRADED = regex(
    r"^(?:均|都)?(?:被|在)?(?:[\u4e00-\u9fff]{2,6}中)?(?:被)?(?:评定|评议|认定|判定|评|判|定|列|确定|考核)(?:为|成)(?P<grade>[A-Za-z\u4e00-\u9fff]{1,6}?)(?:等次|等级|档次|[\u4e00-\u9fff]?案卷|卷)?$"
)
_BARE = frozenset(["不合格", "不达标", "基本合格", "不满意", "不及格", "不称职", "未通过"])
_TOLD = regex(r"^(?:其中|共|均|被|评出|评定|评议|认定|判定|评|判|列|分别|考核|结果|为|有|的|属于)+")
_GENERAL = regex(
    r"^(?:参[加考评训测检]|受[检评测查训]|被(?:检查|抽查|评查|考核|测评|评估|抽检|检|查|评)|应[考训]|抽[查检取]|送检)|(?:的|人员|单位|对象|企业|案卷|部门)$"
)
"""Words that say no more than that those were graded."""
_BY = regex(r"[省市县区](?=[\u4e00-\u9fff]{0,3}(?:抽|评|检|查|考))|上级|第三方|交叉|回头看|联合")
"""Who graded them."""
_TELLING = 20
_ENDS = regex(r"(?:等次|等级|档次|案卷|卷|的|为)+$")


def check_graded(doc: Document, passages: Sequence[Period]) -> list[Finding]:
    """Warnings at the later of two places where one whole has two figures for one grade."""
    out: list[Finding] = []
    asked = 0
    for at, period in enumerate(passages):
        if "有" not in period.text or ("为" not in period.text and "不" not in period.text):
            continue
        for whole, part in pairwise(period.items):
            grade = _grade(whole, part) if part.gap[-1:] == "有" else ""
            if not grade or asked >= MOST or is_plan(doc, period):
                continue
            asked += 1
            told = _known(doc, passages[:at], whole, part, grade)
            if (
                told
                and all(i.q.amount != part.q.amount for i in told)
                and len({i.q.amount for i in told}) == 1
            ):
                before, now = shown(told[-1].q.amount, told[-1]), shown(part.q.amount, part)
                out.append(
                    told_again(doc, period, [whole, part], told[-1], before, now, what=f"“{grade}”的数量")
                )
    return out


def _grade(whole: Item, part: Item) -> str:
    """不合格 in 240卷案卷中仍有9卷被评为不合格; empty where nothing of the kind is told."""
    if not (whole.plain and part.plain and like(whole, part)) or part.q.amount > whole.q.amount:
        return ""
    if not part.tail or not _OUT_OF.match(part.gap):
        return ""
    graded = _GRADED.match(part.tail)
    return graded["grade"] if graded else part.tail if part.tail in _BARE else ""


def _known(doc: Document, earlier: Sequence[Period], whole: Item, part: Item, grade: str) -> list[Item]:
    """Figures of that grade told right behind the same whole."""
    match = _OUT_OF.match(part.gap)
    noun = match["noun"] if match else ""
    told: list[Item] = []
    year = doc.metadata.report_year
    for before in earlier:
        for k, item in enumerate(before.items):
            if not item.plain or not like(item, whole) or _called(item) != grade:
                continue
            text = before.text[: item.q.start - before.start]
            if not _graded_of(before.items[max(0, k - BACK) : k], whole) or not _same(whole, noun, text):
                continue
            if not times(whole.lead, year) - times(text, year):
                told.append(item)
    return told


def _graded_of(before: Sequence[Item], whole: Item) -> bool:
    """The nearest figure that is as large as ``whole`` is the same one: 共300卷，优秀126卷、… are no grades of 180卷 before it."""
    at = next(
        (
            k
            for k in range(len(before) - 1, -1, -1)
            if like(before[k], whole) and before[k].q.amount >= whole.q.amount
        ),
        None,
    )
    if at is None or not before[at].plain or before[at].q.amount != whole.q.amount:
        return False
    # 其中处罚案卷160卷、许可案卷80卷，优秀…: a member of a list is not what was graded.
    return at + 1 == len(before) or before[at + 1].sep != "、"


def _called(item: Item) -> str:
    """不合格 for 评为不合格, 合格案卷 and 其中合格 alike."""
    return _ENDS.sub("", _TOLD.sub("", item.lead))


def _same(whole: Item, noun: str, text: str) -> bool:
    """The whole is named in words of the earlier sentence, by its noun or by what was done with it."""
    words = whole.lead + noun
    if any(
        word not in text for word in (*NARROWING.findall(words), *TOPIC.findall(words), *_BY.findall(words))
    ):
        return False
    noun = _GENERAL.sub("", noun)
    return covered(noun, text) if len(noun) >= 2 else whole.q.amount >= _TELLING or akin(whole.lead, text)
