"""How long something took beside the days on which it began and ended: 6月12日至6月26日公示，为期15天."""

from __future__ import annotations

import re
from datetime import date

from auditor.figures.judge import at
from auditor.figures.numerals import parse_number
from auditor.model import Finding, Severity
from auditor.regex import regex
from auditor.text.document import Document

_DATES = regex(
    r"(?=[12\d])(?<![\d.])(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日?起?(?:至|到|[-—–~～]{1,2})"
    r"(?:(?P<later>20\d\d)年|次年|翌年)?(?:(?P<month2>\d{1,2})月)?(?P<day2>\d{1,2})日"
)
_DAYS = regex(
    r"，?(?P<what>[^，。；\n\d（]{0,30})[，（](?:(?P<of>公示|征求意见|公告)(?:期限?|时间|时长)(?:为|共)?|(?:共|前后|总共)?(?:为期|历时|持续))"
    r"(?P<days>\d{1,3}|[一二三四五六七八九十百]{1,5})(?:天|日|个自然日|个?日历天)(?=[，。；）\n]|$)"
)
_OF = regex(
    r"(?P<what>)(?:[^。；\n\d（，]{0,12})(?:为期|历时)(?P<days>\d{1,3}|[一二三四五六七八九十百]{1,5})(?:天|日)的(?P<of>)(?:公示|公开征求|征求意见|公告|网上公示|社会公示)"
)
_IN_TURNS = regex(
    r"[每各分先并后]|再次|多次|两次|轮|批|期间|期班|场|结果|实际|工作|除|扣|其中|逢|周末|陆续|平均|单"
)
"""What goes on in turns, only on some of the days, or after something else takes less than the whole span."""


_SHOWN = regex(r"公示|征求|公告|征集")
"""What is shown to the public goes on all the time; a course of three days may be held at any time of a month."""


def check_spans(doc: Document) -> list[Finding]:
    """Warnings at numbers of days that their dates do not make; one day more or less may be a matter of counting."""
    text = doc.norm.text
    out = list[Finding]()
    for match in _DATES.finditer(text):
        told = _DAYS.match(text, match.end()) or _OF.match(text, match.end())
        if (
            told is None
            or (told["of"] or "") not in told["what"]
            or _IN_TURNS.search(text[match.end() : told.start("days")])
        ):
            continue
        days = _number(told["days"])
        apart = _apart(match, doc.metadata.report_year)
        if days is None or apart is None or apart - 1 <= days <= apart + 2:
            continue
        if days < apart and not _SHOWN.search(text[match.end() : told.end() + 6]):
            continue
        message = f"{match[0]}首尾都算是{apart + 1}天，与所写的{days}天不符"
        out.append(
            at(
                doc, match.start(), told.end(), "arithmetic", "days", Severity.WARNING,
                message, f"{apart + 1}天", f"{days}天",
            )
        )  # fmt: skip
    return out


def _number(told: str) -> int | None:
    value = int(told) if told.isdigit() else parse_number(told)
    return None if value is None else int(value)


def _apart(match: re.Match[str], report_year: int | None) -> int | None:
    """Days from the first date to the second; None when there is no such day or the second comes first."""
    month, second = int(match["month"]), int(match["month2"] or match["month"])
    year = int(match["year"] or report_year or 2023)
    later = int(match["later"]) if match["later"] else year + (second < month)
    if not match["later"] and not match["year"] and second < month:
        # 12月20日至1月10日 without a year: a slip is as likely as the turn of a year.
        return None
    try:
        apart = (date(later, second, int(match["day2"])) - date(year, month, int(match["day"]))).days
    except ValueError:
        return None
    return apart if 0 < apart <= 366 else None
