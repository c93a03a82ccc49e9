"""The figures of the JSON: every rate, and the counts that belong to the fields of the checklist."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from auditor.figures.quantities import quantities
from auditor.figures.quantity import QKind, Quantity
from auditor.figures.rows import row_of
from auditor.model import Figure
from auditor.regex import regex
from auditor.text.document import Document

FIELDS = regex(
    r"述法|备案|报备|规范性文件|合法性审|法制审核|法治审核|重大行政决策|重大决策|复议|应诉|出庭|诉讼|败诉|胜诉|调解|化解|纠纷|裁决|仲裁|"
    r"法律顾问|公职律师|执法人员|执法证|执法辅助|培训|讲座|学法|督察|督查|双随机|行政处罚|行政许可|行政检查|行政强制|执法监督|案卷|评查|"
    r"公开|建议|提案|普法|宣传|宣讲|法律援助|法律明白人|公证|常务会|整改|权责|权力|证明事项|告知承诺|办件|办结|政务服务|12345|"
    r"热线|投诉|信访|预案|演练|公平竞争|合同|移送|执法事项|清单|文件"
)
CLAUSE = 14
"""A clause shorter than this is quoted with the one before it."""
LONGEST = 160
REACH = 40
"""And the longest stretch of it behind the figure."""
_GOES_ON = regex(r"的|以上|全覆盖|覆盖|左右")
_STOP = regex(r"[，；：。！？\n（）]|[一二三四五六七八九十]是")
"""The end of a clause, or 二是, which begins the next point."""
_MARKS = "，；。：！？\n"
_MARK = regex(rf"[{_MARKS}]")


def figures(doc: Document, found: Sequence[Quantity] | None = None) -> tuple[Figure, ...]:
    """Figures in order of position; a rate stated of several subjects gives one figure for each."""
    out: list[Figure] = []
    text = doc.norm.text
    marks = [-1, *(m.start() for m in _MARK.finditer(text))]
    for q in quantities(doc) if found is None else found:
        if q.kind is QKind.RATE or (q.kind is QKind.CHANGE and q.unit == "%"):
            span = _clause(text, marks, q)
            row = row_of(doc.text, *doc.norm.original(q.start, q.end)) if q.unit == "%" else None
            out += [
                _figure(doc, marks, q, name, span) for name in ((row,) if row else q.names or (q.subject,))
            ]
        elif q.kind in (QKind.COUNT, QKind.MONEY) and not q.spelled:
            span = _clause(text, marks, q)
            if FIELDS.search(text, *span):
                out.append(_figure(doc, marks, q, q.subject, span))
    return tuple(out)


def _clause(text: str, marks: Sequence[int], q: Quantity) -> tuple[int, int]:
    """Span of the clause around a quantity."""
    end = q.end
    if q.kind is not QKind.RATE or _GOES_ON.match(text, q.end):
        end = min(len(text), q.end + REACH)
        if stop := _STOP.search(text, q.end, end + 1):
            end = min(end, stop.start())
    return _back(marks, q.start, end), end


def _back(marks: Sequence[int], start: int, end: int) -> int:
    """Start of the clause that holds ``start``, at most ``LONGEST`` before ``end``; ``marks`` are where clauses end."""
    return max(min(start, max(0, end - LONGEST)), marks[bisect_left(marks, start) - 1] + 1)


def _figure(doc: Document, marks: Sequence[int], q: Quantity, subject: str, span: tuple[int, int]) -> Figure:
    """The figure with its clause as quote; a short one is quoted with the clause before it."""
    text, (start, end) = doc.norm.text, span
    while start > 0 and end - start < CLAUSE and text[start - 1] in "，：":
        start = _back(marks, start - 1, end)
    while start < q.start and text[start] in _MARKS + "）、":
        start += 1
    start, end = doc.norm.original(start, end)
    place = doc.norm.original(q.start, q.end)[0]
    return Figure(
        subject=subject,
        value=float(q.value),
        unit=q.unit,
        quote=doc.text[start:end],
        start=start,
        end=end,
        line=doc.line(place),
    )
