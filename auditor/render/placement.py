"""Where in a report a missing element belongs, judged by the report's own structure."""

from __future__ import annotations

from collections import Counter

from auditor.model import ElementResult, Result, Role, Section

_ROLE_OF = {"要件.存在不足": Role.PROBLEMS, "要件.不足原因": Role.PROBLEMS, "要件.下年安排": Role.PLAN}
_FIXED = {"要件.标题": "标题处", "要件.成文日期": "文末落款处"}
_ABSENT = {
    Role.PROBLEMS: "新增“存在的不足和原因”部分",
    Role.PLAN: "新增“下一年度安排”部分",
    Role.ACHIEVEMENTS: "新增“主要举措和成效”部分",
}


def place_of(element: ElementResult, result: Result) -> tuple[str, Section | None]:
    """The place in words (“（三）……”部分) and the section, null where the report has none that fits.

    An achievement belongs where the evidence of its group stands most often, else into the first part on
    achievements; shortcomings and plans belong into their own parts.
    """
    if element.id in _FIXED:
        return _FIXED[element.id], None
    role = _ROLE_OF.get(element.id, Role.ACHIEVEMENTS)
    headed = [section for section in result.sections if section.role is role and section.heading.strip()]
    section = _home(element, result, headed) if role is Role.ACHIEVEMENTS else None
    if section is None and headed:
        section = min(headed, key=lambda item: (item.depth, item.start))
    if section is None:
        return _ABSENT[role], None
    return f"“{_trim(section.heading)}”部分", section


def _home(element: ElementResult, result: Result, headed: list[Section]) -> Section | None:
    """The narrowest section that holds most of the group's evidence; the earlier one of two equals."""
    votes: Counter[int] = Counter()
    family = element.id.partition(".")[0]
    for other in result.elements:
        # Elements of one family (述法.…) are nearer to each other than the rest of their group.
        weight = 3 if other.id.partition(".")[0] == family else 1 if other.group == element.group else 0
        if not weight:
            continue
        for item in other.evidence[:1]:
            inside = [s for s in headed if s.start <= item.start < s.end]
            if inside:
                votes[max(inside, key=lambda s: (s.depth, s.start)).start] += weight
    if not votes:
        return None
    best = min(votes, key=lambda start: (-votes[start], start))
    return max((s for s in headed if s.start == best), key=lambda s: s.depth)


def _trim(heading: str) -> str:
    """A heading that runs into its paragraph is cut at its first sentence, and at 20 characters."""
    head = heading.strip()
    for stop in "。；：":
        head = head.partition(stop)[0] or head
    return head if len(head) <= 20 else head[:19] + "…"
