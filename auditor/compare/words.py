"""The words of a sentence that say what it is about, and how rare they are in the two reports."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

from auditor.compare.formulas import formulas

_GENERIC = re.compile(
    r"为[^，。；]{0,40}(?:提供|贡献|奠定|营造)[^，。；]{0,24}|奋力[^，。；]{0,40}|谱写[^，。；]{0,24}|开创[^，。；]{0,16}局面"
    r"|(?:[省市县区镇乡]?(?:人民)?政府|[省市县区]委|党委)?(?:常务会议?|常委会会?议?|党组会议?)|依法治[省市县区]办?"
    r"|(?:进一步|持续|不断|深入|全面|切实|认真|着力|大力|积极|扎实|深化|坚持|加强|加大|加快|强化|推进|推动|完善|健全|提升|提高|落实|开展|做好|"
    r"抓好|抓实|实现|确保|促进|优化|创新|构建|打造|建设|工作|力度|水平|能力|质效|实效|成效|作用|机制|制度|体系|法治政府|依法行政|法治化|"
    r"全[省市县区镇乡局]|我[省市县区镇乡局们]|本[省市县区镇乡局]|年度|年内|今年|明年|全年|下一步|重点|各项|各级|各类|有关|相关|情况|问题|以及|围绕|"
    r"按照|根据|通过|进行|充分|发挥|继续|更加|有效|任务|目标|要求|基础|保障|措施|举措|方式|方面|力争|争取|力求|努力|严格|规范化|常态化|"
    r"制定|出台|组织|建立|形成|统筹|结合|作为|聚焦|紧扣|突出|抓住|牢固|树立|意识|主动|自觉|及时|逐步|定期|切实|真正|不断|工程|行动|"
    r"打算|安排|计划|思路|[将拟要把对从在与和及或等的了地得为以并使到向])"
)
_CHINESE = re.compile(r"[\u4e00-\u9fffA-Za-z]+")
_LEAD = re.compile(
    r"[一二三四五六七八九十]{1,2}[是要、，]|第[一二三四五六七八九十]{1,2}[，、]?|首先[，、]?|其次[，、]?|再次[，、]?|最后，"
    r"|（[一二三四五六七八九十0-9]{1,3}）|[0-9]{1,2}[.、](?![0-9])|[①-⑳]"
)
LONG_TERM = 4


def bare(sentence: str) -> str:
    """A sentence without its enumerator (一是, （二）, 3.)."""
    match = _LEAD.match(sentence)
    return sentence[match.end() :] if match else sentence


def pieces(sentence: str) -> list[str]:
    """Stretches of telling words: no formulas, generic words, figures or punctuation."""
    text = bare(sentence)
    for a, b in reversed(formulas(text)):
        text = text[:a] + "，" + text[b:]
    return [run for run in _CHINESE.findall(_GENERIC.sub("，", text)) if len(run) >= 2]


def pairs(runs: Iterable[str]) -> frozenset[str]:
    """Character pairs inside the stretches."""
    return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))


class Weights:
    """How much a character pair tells: the rarer among the sentences of both reports, the more."""

    def __init__(self, sentences: Iterable[frozenset[str]]) -> None:
        known = list(sentences)
        self._count = len(known)
        self._frequency = Counter(pair for found in known for pair in found)

    def of(self, pair: str) -> float:
        return math.log((self._count + 2) / (self._frequency[pair] + 1))

    def total(self, found: Iterable[str]) -> float:
        return math.fsum(self.of(pair) for pair in sorted(found))

    def rare(self, term: str) -> bool:
        """Whether some pair of a term stands in few sentences (about one in forty)."""
        limit = max(3.0, self._count / 40)
        return any(self._frequency[term[i : i + 2]] <= limit for i in range(len(term) - 1))


def shared_terms(runs: list[str], text: str, least: int = 3) -> tuple[str, ...]:
    """Longest stretches of ``runs`` that stand in ``text`` as well, in order, each once."""
    found: dict[str, None] = {}
    for run in runs:
        i = 0
        while i + least <= len(run):
            size = least
            if run[i : i + size] not in text:
                i += 1
                continue
            while i + size < len(run) and run[i : i + size + 1] in text:
                size += 1
            found[run[i : i + size]] = None
            i += size
    return tuple(found)
