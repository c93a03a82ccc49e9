"""The figures of the JSON: every rate, and the counts that belong to the fields of the checklist."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.figures.quantities import quantities
from auditor.figures.quantity import QKind, Quantity
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
_GOES_ON = regex(r"的|以上|全覆盖|覆盖|左右")
_NEXT_POINT = regex(r"[一二三四五六七八九十]是")
_MARKS = "，；。：！？\n"


def figures(doc: Document, found: Sequence[Quantity] | None = None) -> tuple[Figure, ...]:
    """Figures in order of position; a rate stated of several subjects gives one figure for each."""
    out: list[Figure] = []
    for q in quantities(doc) if found is None else found:
        if q.kind is QKind.RATE or (q.kind is QKind.CHANGE and q.unit == "%"):
            names = q.names or (q.subject,)
            out += [_figure(doc, q, name) for name in names]
        elif q.kind in (QKind.COUNT, QKind.MONEY) and not q.spelled and FIELDS.search(_around(doc, q)):
            out.append(_figure(doc, q, q.subject))
    return tuple(out)


def _around(doc: Document, q: Quantity) -> str:
    text = doc.norm.text
    start, end = _clause(text, q, 0)
    return text[start:end]


def _clause(text: str, q: Quantity, minimum: int) -> tuple[int, int]:
    """Span of the clause around a quantity, with the clause before it while it is shorter than ``minimum``."""
    end = q.end
    if q.kind is not QKind.RATE or _GOES_ON.match(text, q.end):
        while end < len(text) and text[end] not in _MARKS + "（）" and end - q.end < 40:
            if _NEXT_POINT.match(text, end):
                break
            end += 1
    start = q.start
    while True:
        while start > 0 and text[start - 1] not in _MARKS and end - start < LONGEST:
            start -= 1
        if end - start >= minimum or start == 0 or text[start - 1] not in "，：" or end - start >= LONGEST:
            break
        start -= 1
    while start < q.start and text[start] in _MARKS + "）、":
        start += 1
    return start, end


def _figure(doc: Document, q: Quantity, subject: str) -> Figure:
    start, end = doc.norm.original(*_clause(doc.norm.text, q, CLAUSE))
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
