"""Whether what was extracted can be judged at all: a garbled report must never become a missing element."""

from __future__ import annotations

from auditor.readers.extracted import Refused
from auditor.regex import regex

MAX_BAD = 0.02
"""Share of undecodable characters from which judging is refused."""
WARN_BAD = 0.002
MIN_COMMON = 0.85
"""Share of ideographs that belong to the 6,763 in common use; real reports have more than 0.99."""

BAD = regex(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\U000f0000-\U0010ffff]")
_HAN = regex(r"[\u3400-\u9fff\uf900-\ufaff]")
_VISIBLE = regex(r"\S")


def check_characters(text: str) -> tuple[str, ...]:
    """Warnings about undecodable characters. Raises Refused when there are too many."""
    visible = len(_VISIBLE.findall(text))
    if not visible:
        return ()
    bad = len(BAD.findall(text))
    if bad / visible > MAX_BAD and bad >= 5:
        raise Refused(
            f"提取出的文字有 {bad / visible:.0%} 是乱码或认不出的字符，无法判断，请提供文字版（Word 或文本文件）。"
        )
    if uncommon(text) > 1 - MIN_COMMON:
        raise Refused(
            "提取出的文字大半是生僻字，应是乱码（字体或编码不对），无法判断，请提供文字版（Word 或文本文件）。"
        )
    if bad / visible > WARN_BAD and bad >= 3:
        return (f"有 {bad} 个字符认不出（占 {bad / visible:.1%}），可能影响判断，请核对引文。",)
    return ()


def uncommon(text: str) -> float:
    """Share of ideographs outside common use, 0 where there are fewer than 50. Looks at the first 50,000 characters."""
    han = "".join(_HAN.findall(text[:50_000]))
    if len(han) < 50:
        return 0.0
    return 1 - len(han.encode("gb2312", "ignore")) / 2 / len(han)
