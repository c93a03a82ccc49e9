"""The surroundings of figures: what stands before them in the sentence and the paragraph, their time and whose they are."""

from __future__ import annotations

from msgspec import Struct, field

from auditor.figures.mentions import NARROWING, NEW, TOPIC, Mention, time_of, times
from auditor.regex import regex
from auditor.text.document import Document

BACK = 160
"""Characters of the paragraph before a sentence that belong to its context."""
ROWS = 24
"""Lines of a table that are stepped over to the paragraph that announces it."""
WIDTH = 60
"""Characters of such a line."""
REGION = regex(r"[全我本]([国省州市县区镇乡局])")
_JUDGED = regex(
    r"^[^，。；：]{4,30}(?:不足|不强|不够|不高|不严|不力|不规范|不到位|不均衡?|不平衡|薄弱|仍存|欠缺|滞后|短板|突出|紧张|有差距|待提升|待提高|待加强|待优化|偏弱|偏低|单一|漏洞|精准)，"
)
"""个别单位程序意识不强，…: a judgement that opens the sentence says nothing of whose figures follow."""
_EXPAND = (("复议", "行政复议"), ("应诉", "行政诉讼"), ("诉讼", "行政应诉"), ("败诉", "行政诉讼"))
"""Short words that stand for a longer one."""


class Context(Struct, frozen=True):
    times: frozenset[str]
    narrow: tuple[str, ...]
    """Bodies and kinds that narrow what is counted, in the words of the sentence."""
    region: str
    topics: tuple[str, ...]


class Contexts(Struct):
    """Contexts of mentions, made when they are first asked for."""

    doc: Document
    _around: dict[int, str] = field(default_factory=dict)
    _known: dict[int, Context] = field(default_factory=dict)

    def around(self, m: Mention) -> str:
        """The paragraph before the figure of ``m`` and what follows it at once."""
        start = m.item.q.start
        if start not in self._around:
            text = before(self.doc.norm.text, m.period.start) + m.period.text[: start - m.period.start]
            text += "|" + m.item.tail[:16]
            self._around[start] = text + "".join("|" + full for short, full in _EXPAND if short in text)
        return self._around[start]

    def at(self, m: Mention) -> Context:
        start = m.item.q.start
        if start not in self._known:
            text = m.period.text[: start - m.period.start]
            opening = text[: max(0, m.period.items[0].q.start - m.period.start)]
            opening = _JUDGED.sub("", opening)
            region = REGION.search(text, text.rfind("；") + 1)
            self._known[start] = Context(
                times(time_of(m), self.doc.metadata.report_year),
                (*NARROWING.findall(opening + "|" + m.item.lead + "|" + m.noun), *NEW.findall(m.item.lead)),
                region[1] if region else "",
                tuple(
                    TOPIC.findall(before(self.doc.norm.text, m.period.start) + text + "|" + m.item.tail[:16])
                ),
            )
        return self._known[start]


def before(text: str, start: int) -> str:
    """The paragraph before a sentence; behind a table, the paragraph that the table belongs to."""
    piece = text[max(0, start - BACK) : start]
    if piece.endswith("\n"):
        end = start - 1
        for _ in range(ROWS):
            opening = text.rfind("\n", max(0, end - WIDTH), end) + 1
            line = text[opening:end]
            if not opening or "，" in line or "。" in line or not any(c.isdigit() for c in line[-4:]):
                break
            end = opening - 1
        if end < start - 1:
            # The line above the figures is the head of the table.
            end = max(text.rfind("\n", max(0, end - WIDTH), end), 0)
            piece = text[max(0, end - BACK) : end]
    return piece[piece.rfind("\n") + 1 :]
