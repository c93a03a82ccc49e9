"""Posts of a body and who fills them: 核定编制16名，实有13名，空编3名, and the same body told again elsewhere."""

from __future__ import annotations

from decimal import Decimal

from auditor.figures.judge import finding, shown, told_again
from auditor.figures.lists import like
from auditor.figures.passages import Item, Period
from auditor.figures.restated import BY_NOW
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

MOST = 24
"""Bodies whose posts are remembered, and figures of each."""
_POSTS = regex(
    r"(?P<body>[\u4e00-\u9fff]{0,16}?)(?:共|总共)?(?:核定|批准|编制部门核定|现核定|有)?(?P<kind>行政|事业|政法专项|执法|专项|执法专项)?编制(?:数|总数)?(?:共|为|有)?$"
)
_FILLED = regex(
    r"^(?:目前|现|已|年末|年底|截至年末|但)*(?:实有|在编|现有|实际在编|实际到岗|到岗|在岗|实配|实际在岗|配备到位|实际配备)(?:人员|干部|执法人员|人数)?(?:仅|只|共|为|有)*$"
)
_HELD = regex(r"(?:实有|现有|实际)(?:在编|编制内|在编在岗|到岗)(?:人员|干部|执法人员)?(?:共|为)?$")
_VACANT = regex(
    r"(?P<body>[\u4e00-\u9fff]{0,16}?)(?:目前|仍|尚|还|现|共|有){0,4}(?:(?P<kind>行政|事业|政法专项|执法|专项)?编制)?(?:目前|仍|尚|还|现|共|有){0,4}(?:空编|缺编|编制空缺|空缺编制|空编数|空缺)(?:达|共|为|有|了)?$"
)
_MOVING = regex(r"借调|抽调|借用|退休|招录|招聘|新增|调入|调出|年初|编外|聘用|辅助|超编|协管|另有")
_BODY_FILL = regex(
    r"^(?:目前|全|我|本|其中|现|[一二三四五六七八九]是|但|该|如|由于|县|市|区|镇)+|(?:的|现|目前|仍|尚|还|现有|共|共有|核定|人员)+$"
)
_WORD = regex(r"实有|现有|实际在编|实际在岗|在编|在岗")
_HERE = regex(
    r"^(?:但|目前|现|截至目前|(?:截至|截止到?|到)?(?:20\d\d)?年[底末]|截至(?:20\d\d年)?12月(?:[底末]|31日))*(?P<body>[\u4e00-\u9fff]{2,16}?)(?:目前|现|仍|尚|年末|年底){0,2}"
    r"(?P<word>实有|现有|在编|在岗|实际在编|实际在岗)(?:人员|队员|干部|执法人员)?(?:仅|只|才|共|为)?有?$"
)
"""镇综合行政执法队实有仅12人: how many there are, told with the name of the body."""


class Posts:
    """Goes through the sentences of one report in order."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        self._vacant: dict[str, list[tuple[Decimal, str, str]]] = {}
        self._held: dict[tuple[str, str], Item] = {}

    def look(self, period: Period) -> list[Finding]:
        """Warnings on the posts of the next sentence."""
        out: list[Finding] = []
        items = period.items
        moving: bool | None = None
        current = ""
        posts_here: tuple[str, Item, Item] | None = None
        for index, item in enumerate(items):
            if not item.plain or item.q.group not in ("人", "个"):
                continue
            if moving is None:
                moving = _MOVING.search(period.text) is not None
            if "编制" in item.lead and (match := _POSTS.search(item.lead)):
                current = _body(match["body"])
                kind = match["kind"] or ""
                after = items[index + 1] if index + 1 < len(items) else None
                ahead = items[index - 1] if index else None
                if (
                    ahead
                    and item.sep == "，"
                    and ahead.plain
                    and like(item, ahead)
                    and _HELD.search(ahead.lead)
                ):
                    # 实有编制内人员68名，核定编制75名.
                    after, current = ahead, current or _body(_HELD.split(ahead.lead)[0])
                if (
                    after
                    and after.plain
                    and like(item, after)
                    and (after is ahead or _FILLED.match(BY_NOW.sub("", after.lead)))
                    and not moving
                ):
                    sums = self._keep(current, kind, item, after)
                    posts_here = (sums, item, after)
                continue
            if moving:
                continue
            out += self._again(period, item)
            # 仍有14名空编: the word may follow its figure.
            named = regex(r"空编|缺编").match(item.tail)
            words = item.lead + (named[0] if named else "")
            match = _VACANT.search(words) if "编" in words or "空缺" in words else None
            if not match:
                continue
            if posts_here and item.sep == "，" and not _body(match["body"]):
                sums, posts, filled = posts_here
                if posts.q.amount - filled.q.amount not in (item.q.amount,):
                    out.append(self._short(period, [posts, filled, item], sums, item))
                continue
            body, kind = _body(match["body"]) or current, match["kind"] or ""
            known = [k for name, told in self._vacant.items() if _same_body(name, body) for k in told]
            known = [k for k in known if not kind or not k[2] or k[2] == kind]
            if len(body) >= 2 and known and all(k[0] != item.q.amount for k in known):
                out.append(self._short(period, [item], known[-1][1], item))
        return out

    def _keep(self, body: str, kind: str, posts: Item, filled: Item) -> str:
        """The vacancy as a sum, remembered under the name of the body."""
        vacancy = posts.q.amount - filled.q.amount
        sums = f"{shown(posts.q.amount, posts)}-{shown(filled.q.amount, filled)}={shown(vacancy, posts)}"
        if len(body) >= 2 and vacancy >= 0 and (body in self._vacant or len(self._vacant) < MOST):
            told = self._vacant.setdefault(body, [])
            if len(told) < MOST:
                told.append((vacancy, sums, kind))
            if not kind and (word := _WORD.search(BY_NOW.sub("", filled.lead))):
                self._held.setdefault((body, word[0]), filled)
        return sums

    def _again(self, period: Period, item: Item) -> list[Finding]:
        """镇综合行政执法队实有仅12人 where 镇综合行政执法队核定编制16名，实有13人 was told."""
        match = _HERE.match(item.lead) if self._held else None
        if match is None or item.q.group != "人" or item.sep == "、":
            return []
        body = _body(match["body"])
        known = [
            was
            for (name, word), was in self._held.items()
            if word == match["word"] and _same_body(name, body)
        ]
        if len(body) < 3 or not known or any(was.q.amount == item.q.amount for was in known):
            return []
        was = known[-1]
        before, now = shown(was.q.amount, was), shown(item.q.amount, item)
        what = f"“{body}”的{match['word']}人数"
        return [told_again(self._doc, period, [item], was, before, now, what=what)]

    def _short(self, period: Period, items: list[Item], sums: str, item: Item) -> Finding:
        stated = shown(item.q.amount, item)
        return finding(
            self._doc, period, items, "vacant", Severity.WARNING,
            f"按所写的编制与实有人数，空编应为{sums}，与所写的空编{stated}不符", sums.rpartition("=")[2], stated,
        )  # fmt: skip


def _body(words: str) -> str:
    return _BODY_FILL.sub("", _BODY_FILL.sub("", words))


def _same_body(a: str, b: str) -> bool:
    a, b = sorted((a, b), key=len)
    return a == b or (len(a) >= 3 and b.endswith(a))
