"""Sections and sentences with their roles."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from auditor.model import Role, Section
from auditor.regex import regex
from auditor.text import head
from auditor.text.document import Kind, Normalised, Sentence
from auditor.text.headings import Heading, find_headings
from auditor.text.markers import ENUMERATOR, LEAD, lead_value
from auditor.text.roles import (
    CLOSING,
    INTRODUCED,
    accounts,
    begins_plan,
    begins_problems,
    heading_roles,
    label_role,
    sounds_like_plan,
    sounds_like_problem,
    speaks_of_lack,
    tells_of_done,
    tells_of_roots,
)
from auditor.text.signature import is_signature, letter_end

_STOP = regex(r"[（）。！？；：]")
_AFTER_STOP = "）》〉。！？；"
_BRACKET_REACH = 160
_LEAD_LIMIT = 32
_BOLD = range(4, 16)
_DIGIT = regex(r"[0-9]")
_TELLING = frozenset({Role.PREFACE, Role.ACHIEVEMENTS})
_BUT = regex(r"(?<=.{11})，(?=但|然而|不过|只是|可是)")
_CONCEDES = regex(rf"(?:{LEAD.pattern})?(?:虽|尽管|[^，]{{0,12}}(?:虽然|尽管|有所|取得|一定))")
_DAMAGED_LEAD = regex(r"(?![但就于也这而只总凡或像都若要不还正便])[\u4e00-\u9fff]?是[^，。]{3,20}[，。]")


class _Draft(Struct):
    """A section while it grows, in normalised positions."""

    heading: tuple[int, int] | None
    depth: int
    role: Role
    start: int
    end: int


class _State(Struct):
    year: int | None
    drafts: list[_Draft] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    stack: list[tuple[int, Role, bool]] = field(default_factory=list)
    """Open headings: depth, role now in force, whether problems and plan are merged."""
    last: Role | None = None
    """Role of the previous paragraph's last sentence."""
    opened: bool = False
    """The previous paragraph introduced a list (…主要表现在：)."""
    seen: set[Role] = field(default_factory=set)
    """Roles of the sections so far."""
    plain: bool = False
    """No heading announces achievements, so they follow the first paragraph."""
    introduced: bool = False
    """报告如下 was said."""


def structure(
    text: str, norm: Normalised, title: tuple[int, ...], year: int | None
) -> tuple[tuple[Section, ...], tuple[Sentence, ...]]:
    """Split the normalised body into sections and sentences.

    `text` is the original text, `title` the indices of the paragraphs that make up the title, `year` the report year.
    """
    paragraphs = norm.text.split("\n")[:-1]
    if not paragraphs:
        return (), ()
    starts = [0]
    for p in paragraphs:
        starts.append(starts[-1] + len(p) + 1)
    first = _body_start(paragraphs, title)
    last = _body_end(paragraphs[: letter_end(paragraphs)], first)
    headings = find_headings(paragraphs[:last], first, year)
    tops = [h.depth for h in headings if h is not None]
    top = min(tops) if tops else 1
    state = _State(year, plain=not _announced(paragraphs, headings, year))
    for i, paragraph in enumerate(paragraphs):
        start = starts[i]
        if i < first:
            _add_plain(state, paragraph, start, i, Role.PREFACE, Kind.TITLE, -1)
        elif i >= last:
            if not state.drafts or state.drafts[-1].role is not Role.CLOSING:
                state.drafts.append(_Draft(None, 0, Role.CLOSING, start, start))
            _add_plain(state, paragraph, start, i, Role.CLOSING, Kind.SIGNATURE, len(state.drafts) - 1)
            state.drafts[-1].end = start + len(paragraph)
        else:
            heading = headings[i]
            if heading is not None:
                _open(state, paragraph, start, heading, top, _content(paragraphs, headings, i, last))
            _read(state, paragraph, start, i, heading)
    _settle_leads(norm.text, state.sentences)
    return _publish(text, norm, state), tuple(state.sentences)


def _announced(paragraphs: list[str], headings: list[Heading | None], year: int | None) -> bool:
    """Whether some heading opens a part other than problems and plan."""
    return any(
        h is not None
        and not {Role.PROBLEMS, Role.PLAN} & set(heading_roles(paragraphs[i][: h.length], year, True))
        for i, h in enumerate(headings)
    )


def _body_start(paragraphs: list[str], title: tuple[int, ...]) -> int:
    """Index of the first paragraph after title, addressee and dates: running text or a heading above it."""
    first = title[-1] + 1 if title else 0
    for i in range(first, min(len(paragraphs), first + 12)):
        if head.is_body(paragraphs[i]) and not head.is_title(paragraphs[i]):
            return i - 1 if i > first and heading_roles(paragraphs[i - 1], None, False) else i
    return first


def _body_end(paragraphs: list[str], first: int) -> int:
    """Index of the first paragraph of the signature."""
    last = len(paragraphs)
    while last > first and is_signature(paragraphs[last - 1]):
        last -= 1
    if last == len(paragraphs):
        # Something may follow the signature, such as a list of annexes or a contact.
        for i in range(len(paragraphs) - 1, max(first, len(paragraphs) - 6), -1):
            if is_signature(paragraphs[i]) and is_signature(paragraphs[i - 1]):
                return i - 1
    return last


def _content(paragraphs: list[str], headings: list[Heading | None], i: int, last: int) -> list[str]:
    """A few paragraphs under a heading, to judge by when its wording says nothing."""
    heading = headings[i]
    assert heading is not None
    content = [paragraphs[i][heading.stop :]] if heading.stop < len(paragraphs[i]) else []
    for j in range(i + 1, min(last, i + 8)):
        other = headings[j]
        if other is not None and other.depth <= heading.depth:
            break
        content.append(paragraphs[j])
    return content


def _open(state: _State, paragraph: str, start: int, heading: Heading, top: int, content: list[str]) -> None:
    """Begin the section of a heading and decide its role."""
    while state.stack and state.stack[-1][0] >= heading.depth:
        state.stack.pop()
    parent = state.stack[-1] if state.stack else None
    at_top = heading.depth <= top or parent is None
    words = paragraph[: heading.length]
    roles = heading_roles(words, state.year, at_top)
    if not roles:
        if parent is None or at_top:
            roles = (_role_by_content(state, content),)
        elif parent[2]:
            roles = (_role_in_merged(state, words, content),)
        else:
            roles = (parent[1],)
    elif at_top and roles == (Role.ACHIEVEMENTS,) and Role.PROBLEMS in state.seen and not accounts(words):
        # 措施 and 工作 after the problems are more often what will be done about them.
        by_content = _role_by_content(state, content)
        roles = (by_content,) if by_content is Role.PLAN else roles
    role, merged = roles[0], len(roles) > 1
    state.stack.append((heading.depth, role, merged))
    state.seen.add(role)
    state.drafts.append(_Draft((start, start + heading.length), heading.depth, role, start, start))
    state.opened = False


def _role_in_merged(state: _State, heading: str, content: list[str]) -> Role:
    """Role of a sub-heading where problems and plan share one part."""
    roles = heading_roles(heading, state.year, True)
    if roles in ((Role.PROBLEMS,), (Role.PLAN,)):
        return roles[0]
    if sounds_like_problem(heading):
        return Role.PROBLEMS
    if sounds_like_plan(heading):
        return Role.PLAN
    if content and (sounds_like_problem(content[0]) or begins_plan(content[0], state.year, True)):
        return Role.PROBLEMS  # what is lacking, or what will be done about it, follows
    return state.last or Role.PLAN


def _role_by_content(state: _State, content: list[str]) -> Role:
    """Role of a top-level part whose heading is silent: by its sentences and by what came before."""
    labels = [i for i, p in enumerate(content) if label_role(p, state.year, True) is not None]
    if labels and labels[0] > 0:
        content = content[: labels[0]]  # 不足：… and 打算：… below speak for themselves
    sentences = [s for p in content for s in regex("[。；]").split(p) if len(s) > 6 or labels][:12]
    if sentences:
        problems = sum(map(speaks_of_lack, sentences)) / len(sentences)
        if problems >= 0.5 and Role.ACHIEVEMENTS in state.seen:
            return Role.PROBLEMS
        plans = sum(begins_plan(s, state.year, True) or sounds_like_plan(s) for s in sentences) / len(
            sentences
        )
        if begins_plan(sentences[0], state.year, False):
            return Role.PLAN
        if (
            Role.PROBLEMS in state.seen
            and not tells_of_done(sentences[0])
            and (plans >= 0.3 or not any(map(tells_of_done, sentences)))
        ):
            return Role.PLAN
    return Role.ACHIEVEMENTS


def _read(state: _State, paragraph: str, start: int, index: int, heading: Heading | None) -> None:
    """Add a paragraph's sentences with kinds and roles, opening heading-less sections where the role turns."""
    spans = split_sentences(paragraph)
    texts = [paragraph[a:b] for a, b in spans]
    base, merged = _base(state)
    sentences: list[tuple[int, int, Role, Kind]] = []
    role = _carried(state, texts, base, merged) if heading is None else base
    sticky = role is not base or state.opened
    if CLOSING.match(paragraph):
        role = Role.CLOSING
    enumerated = any(LEAD.match(t) for t in texts)
    roots = max((k for k, t in enumerate(texts) if tells_of_roots(t)), default=0)
    turned_at = -1
    item = 0  # number of the last enumerated problem
    for k, sentence in enumerate(texts):
        a, b = spans[k]
        number = lead_value(sentence)
        if role is Role.PLAN and base is Role.PROBLEMS and 1 < number == item + 1:
            # 一是…不足。下一步将…。二是…: the list of problems goes on after a remedy.
            remedied = k + 1 < len(texts) and begins_plan(texts[k + 1], state.year, True)
            if remedied or sounds_like_problem(sentence):
                role = Role.PROBLEMS
        kind = _kind(texts, k, heading is not None and a < heading.stop, heading, enumerated)
        if kind is not Kind.HEADING and role is not Role.CLOSING:
            before = role if sticky or role is not Role.PROBLEMS else base
            role, sticky, turned = _turn(state, sentence, role, base, sticky, k == 0)
            if turned:
                turned_at = k
            if k < roots and role in _TELLING and speaks_of_lack(sentence):
                # …不够到位。问题的根源在于…: what comes from roots is a lack.
                role = Role.PROBLEMS
            if role is Role.PROBLEMS and before in _TELLING and (done := _before_but(sentence)):
                # 办件2146件，但个别事项仍需往返。: what was done, then what is lacking
                sentences.append((a, a + done, before, kind))
                a += done
        if number and role is Role.PROBLEMS:
            item = number
        if k and k == len(texts) - 1 and CLOSING.match(sentence):
            sentences.append((a, b, Role.CLOSING, kind))
            break
        sentences.append((a, b, role, kind))
    body = sentences
    if sentences[-1][2] is Role.CLOSING and sentences[0][2] is not Role.CLOSING:
        body = sentences[:-1]
    _place(state, body, start, start + body[-1][1], index)
    if len(body) < len(sentences):
        _place(state, sentences[-1:], start, start + len(paragraph), index)
    final = sentences[-1][2]
    if INTRODUCED.search(paragraph[-12:]) and final is Role.PREFACE:
        state.introduced = True
    state.opened = texts[-1].endswith("：") and final is Role.PROBLEMS
    state.last = final
    opens_paragraph = turned_at == 0 or (
        turned_at > 0 and all(kind is Kind.HEADING for *_, kind in sentences[:turned_at])
    )
    if state.stack and final is Role.PLAN and opens_paragraph and final is not base:
        # A paragraph that opens with the plan turns the rest of its section, sub-headings included.
        depth, _, was_merged = state.stack[-1]
        state.stack[-1] = (depth, final, was_merged)


def _before_but(sentence: str) -> int:
    """Characters of a sentence before the clause that turns to a lack; 0 where all of it is a concession."""
    turn = _BUT.search(sentence)
    return turn.end() if turn and not _CONCEDES.match(sentence) else 0


def _base(state: _State) -> tuple[Role, bool]:
    """Role that the place of a paragraph gives it, and whether problems and plan are merged there."""
    if state.stack:
        return state.stack[-1][1], state.stack[-1][2]
    begun = bool(state.drafts)
    return (Role.ACHIEVEMENTS if begun and (state.introduced or state.plain) else Role.PREFACE), False


def _carried(state: _State, texts: list[str], base: Role, merged: bool) -> Role:
    """Role with which a paragraph without heading begins, seen from the one before."""
    first = texts[0]
    if base not in (Role.PLAN, Role.PROBLEMS):
        labelled = label_role("".join(texts), state.year, state.last is Role.PROBLEMS)
        if labelled is not None:
            return labelled
    remedied = merged and any(begins_plan(t, state.year, True) for t in texts[1:])
    if remedied and not begins_plan(first, state.year, True):
        return Role.PROBLEMS  # an item that states a lack, then its remedy
    if state.opened and (ENUMERATOR.match(first) or LEAD.match(first) or sounds_like_problem(first)):
        return Role.PROBLEMS
    if state.last is Role.PLAN and base is Role.PROBLEMS:
        return Role.PLAN if sounds_like_plan(first) and not sounds_like_problem(first) else base
    if state.last is Role.PLAN and merged:
        return Role.PROBLEMS if sounds_like_problem(first) and not sounds_like_plan(first) else Role.PLAN
    if not state.stack and state.last is Role.PLAN:
        return Role.PLAN
    if not state.stack and state.last is Role.PROBLEMS and (LEAD.match(first) or sounds_like_problem(first)):
        return Role.PROBLEMS
    return base


def _turn(
    state: _State, sentence: str, role: Role, base: Role, sticky: bool, first: bool
) -> tuple[Role, bool, bool]:
    """Role of the next sentence, whether it binds the rest of the paragraph, whether the plan began here."""
    if role is not Role.PLAN and begins_plan(sentence, state.year, role is Role.PROBLEMS):
        return Role.PLAN, True, True
    strength = begins_problems(sentence) if role is not Role.PROBLEMS else 0
    if strength and base is Role.PLAN:
        # Plans repeat what was lacking in order to mend it: only a plain turn counts.
        strength = strength if regex(r"但|虽然|尽管|在[^，]{0,8}成绩").match(sentence) else 0
    if strength and role is Role.PLAN and base is not Role.PLAN and not first:
        strength = 0
    if strength:
        return Role.PROBLEMS, strength == 2, False
    if (
        role is Role.PROBLEMS
        and base is not Role.PROBLEMS
        and not sticky
        and not sounds_like_problem(sentence)
    ):
        return base, False, False
    return role, sticky, False


def _kind(texts: list[str], k: int, in_heading: bool, heading: Heading | None, enumerated: bool) -> Kind:
    sentence = texts[k]
    if in_heading and heading is not None:
        return Kind.HEADING if heading.certain else Kind.BODY
    if not sentence.endswith("。") or k + 1 >= len(texts) or _DIGIT.search(sentence):
        return Kind.BODY
    if LEAD.match(texts[k + 1]) or (k and LEAD.match(sentence) and LEAD.match(texts[k - 1])):
        return Kind.BODY  # an item of a list of single sentences
    if LEAD.match(sentence) and len(sentence) <= _LEAD_LIMIT:
        return Kind.LEAD
    if k == 0 and len(sentence) - 1 in _BOLD and not CLOSING.match(sentence):
        return Kind.LEAD
    if enumerated and len(sentence) <= _LEAD_LIMIT and _DAMAGED_LEAD.match(sentence):
        return Kind.LEAD
    return Kind.BODY


def _settle_leads(text: str, sentences: list[Sentence]) -> None:
    """一是…。 at the end of a line is a lead as well when the next paragraph goes on with its matter."""
    for i in range(len(sentences) - 1):
        s, after = sentences[i], sentences[i + 1]
        if (
            s.kind is Kind.BODY
            and after.kind is Kind.BODY
            and after.paragraph == s.paragraph + 1
            and after.section == s.section
            and after.role is s.role
            and s.end - s.start <= _LEAD_LIMIT
            and text[s.end - 1] == "。"
            and LEAD.match(text, s.start)
            and not LEAD.match(text, after.start)
            and not _DIGIT.search(text, s.start, s.end)
        ):
            sentences[i] = replace(s, kind=Kind.LEAD)


def _place(
    state: _State,
    sentences: list[tuple[int, int, Role, Kind]],
    start: int,
    end: int,
    index: int,
) -> None:
    """Append sentences, opening a heading-less section when the paragraph's role is not that of the open one."""
    lead = next((r for _, _, r, kind in sentences if kind is not Kind.HEADING), sentences[0][2])
    begins_heading = state.drafts and state.drafts[-1].start == start and state.drafts[-1].heading is not None
    if not begins_heading and (not state.drafts or state.drafts[-1].role is not lead):
        state.seen.add(lead)
        state.drafts.append(_Draft(None, 0, lead, start + sentences[0][0], end))
    state.drafts[-1].end = end
    section = len(state.drafts) - 1
    for a, b, role, kind in sentences:
        state.sentences.append(Sentence(start + a, start + b, role, kind, index, section))


def _add_plain(
    state: _State, paragraph: str, start: int, index: int, role: Role, kind: Kind, section: int
) -> None:
    for a, b in split_sentences(paragraph):
        state.sentences.append(Sentence(start + a, start + b, role, kind, index, section))


def split_sentences(paragraph: str) -> list[tuple[int, int]]:
    """Spans of a paragraph's sentences: each ends after 。！？；, or after ： when a list follows.

    Inside brackets only a bracket that is never closed lets a sentence end.
    """
    spans: list[tuple[int, int]] = []
    begin = 0
    depth = 0
    closes = -1
    length = len(paragraph)
    for m in _STOP.finditer(paragraph):
        char, at = m.group(), m.start()
        if at < begin:
            continue
        if char == "（":
            if at > closes:
                closes = paragraph.find("）", at, at + _BRACKET_REACH)
                depth = 1 if closes >= 0 else 0
            continue
        if char == "）":
            depth = 0
            continue
        if depth and at < closes:
            continue
        end = at + 1
        if char == "：" and not ENUMERATOR.match(paragraph, end):
            continue
        while end < length and paragraph[end] in _AFTER_STOP:
            end += 1
        spans.append((begin, end))
        begin = end
    if begin < length:
        spans.append((begin, length))
    return spans


def _publish(text: str, norm: Normalised, state: _State) -> tuple[Section, ...]:
    sections: list[Section] = []
    for draft in state.drafts:
        start, end = norm.original(draft.start, max(draft.end, draft.start + 1))
        heading = ""
        if draft.heading is not None:
            a, b = norm.original(*draft.heading)
            heading = regex(r"\s*\n\s*").sub("", text[a:b]).strip()
        sections.append(Section(heading, draft.depth, draft.role, start, end))
    # A section ends where the next one begins, so that together they cover the body.
    return tuple(
        Section(
            s.heading, s.depth, s.role, s.start, sections[i + 1].start if i + 1 < len(sections) else s.end
        )
        for i, s in enumerate(sections)
    )
