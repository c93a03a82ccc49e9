"""Wording that belongs to nobody: official formulas, titles in 《》, quoted slogans."""

from __future__ import annotations

import re
from bisect import bisect_left

from auditor.text.document import Document

Span = tuple[int, int]

_FORMULAS = re.compile(
    r"《[^《》\n]{1,60}》"
    r"|(?:坚持)?以习近平[^，。；\n]{0,40}(?:为(?:根本)?(?:指导|指引|遵循|统领)|为引领)"
    r"|习近平(?:新时代中国特色社会主义|法治|生态文明|经济|文化|强军|外交)?思想"
    r"|习近平总书记[^，。；\n]{0,40}(?:讲话|指示|论述|批示|重要精神)(?:和[^，。；\n]{0,16}批示)?(?:重要)?(?:精神)?"
    r"|(?:党的)?(?:十[八九]|二十)(?:大|届[一二三四五六七、]{1,12}中(?:、[一二三四五六七]中){0,6}全会)"
    r"(?:(?:和|及|、|以及)(?:党的)?(?:十[八九]|二十)?(?:大|届[一二三四五六七]?(?:历次|中)?(?:、[一二三四五六七]中){0,6}全会)){0,4}(?:会议)?精神?"
    r"|中央(?:全面依法治国|经济|政法)工作会议(?:精神)?|全面依法治国(?:新理念新思想新战略|战略部署)"
    r"|(?:增强)?四个意识|(?:坚定)?四个自信|(?:做到)?两个维护|两个确立(?:的决定性意义)?"
    r"|在[^，。；\n]{0,24}(?:坚强|正确)?领导下|在[^，。；\n]{0,24}(?:关心|大力支持|有力指导|精心指导)下"
    r"|坚持党的领导、人民当家作主、依法治国有机统一|法治国家、法治政府、法治社会一体(?:化)?建设"
    r"|科学立法、严格执法、公正司法、全民守法|职能科学、权责法定、执法严明、公开公正、(?:智能高效、)?廉洁(?:诚信|高效)、(?:守法诚信|人民满意)"
    r"|(?:坚持)?以人民为中心(?:的发展思想)?|国家治理体系和治理能力现代化|(?:努力)?让人民群众在每一[个起项][^，。；\n]{0,16}感受到公平正义"
    r"|公众参与、专家论证、风险评估、合法性审[查核](?:、|和|与|及)集体讨论(?:决定)?|行政执法公示(?:制度)?、(?:行政)?执法全过程记录(?:制度)?(?:、|和)重大(?:行政)?执法决定法制审核(?:制度)?"
    r"|谁执法谁普法|谁主管谁负责|谁服务谁普法|党政主要负责人履行推进法治建设第一责任人职责(?:规定)?"
    r"|法定职责必须为、法无授权不可为|(?:做到)?有法可依、有法必依、执法必严、违法必究"
)
"""Formulas and titles in normalised text (quotation marks are not in it)."""
_QUOTED = re.compile(r"“[^“”\n]{8,200}”|「[^「」\n]{8,200}」")
_ANNOUNCED = re.compile(
    r"(?:现|特)?(?:将|就)?[^，。；\n]{0,40}(?:报告|汇报|总结|公布|公开)[^，。；\n]{0,6}如下"
)


def formulas(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of formulas in normalised text, in order, not overlapping."""
    stop = len(text) if end is None else end
    return [m.span() for m in _FORMULAS.finditer(text, start, stop)]


def foreign(doc: Document) -> list[Span]:
    """Normalised spans of a whole report that are formulas, titles, opening phrases or long quotations."""
    text = doc.norm.text
    spans = formulas(text) + [m.span() for m in _ANNOUNCED.finditer(text)]
    for match in _QUOTED.finditer(doc.text):
        a = bisect_left(doc.norm.offsets, match.start())
        b = bisect_left(doc.norm.offsets, match.end())
        if a < b <= len(text):
            spans.append((a, b))
    return sorted(spans)
