"""Mutations that keep an input near its grammar: whole characters, tags and phrases move, not bytes of them."""

from __future__ import annotations

import random
import re

_CHINESE = re.findall(
    r"\S+",
    "一、 二、 （一） （二） 1. (1) 一是 二是 第一， 其中 分别 共 累计 同比 增长 下降 减少 率 % 百分之 百分点 件 次 人次 万元 亿元 "
    "法治政府建设 依法行政 年度报告 2024年 2023年 2025年1月10日 二〇二四年 〔2024〕1号 县人民政府 下一步 存在的问题 不足 "
    "已办结 受理 审结 保留 废止 修改 未 尚未 没有 。 ； ： ， 、 “ ” （ ） 《 》 — … ① ⅱ ㈠ ㎡ ⼀ \u3000 \u200b \u202e \ufeff \ufffd \u2028 \x0b \x0c \x85 "
    "12,345 1.3万 0 00 9999999999999999999 1e9 -1 3/4 １２３ 余 多 近 以上 从 增至 至 索引号： 来源： 发布日期： 第1页 - 3 - 附件",
)
_MARKUP = re.findall(
    r"\S+",
    "<p> </p> <table> <tr> <td> </td></tr></table> <div> </div> <br> <!-- --> <![CDATA[ ]]> &#x0; &#xd800; &amp; &lt; <ol> <li> "
    '<ol_type="i"_start="99999"> <span_style="display:none"> <meta_charset="gbk"> <meta_charset="utf-7"> <w:p> </w:p> <w:r> </w:r> <w:t> '
    '</w:t> <w:ins> </w:ins> <w:del> <w:tbl> <w:tr> <w:tc> <w:fldChar_w:fldCharType="begin"/> <w:fldChar_w:fldCharType="end"/> '
    '<w:br_w:type="page"/> <w:numPr><w:ilvl_w:val="0"/><w:numId_w:val="1"/></w:numPr> <w:footnoteReference_w:id="2"/> <mc:AlternateContent> '
    '<w:pStyle_w:val="1"/> w:val="-1" w:val="99999999999" <w:lvl_w:ilvl="9"> <w:lvlText_w:val="%1%2%9"/> <w:basedOn_w:val="1"/> '
    'Boundary="1e308_-1e308_0_0" DeltaX="g_999999_1e308" CTM="0_0_0_0_0_0" Size="0" <ofd:TextObject> BaseLoc="../../x"',
)
_RULES = [
    "covered:", "weak:", "mention:", "all:", "any:", "unless:", "within: 400", "within: clause", "count:", "of:", "min: 1", "min: 99",
    "elements:", "- ", "  ", "\n", "{甲}", "{率}", "{件数}", "(甲|乙|)", "((甲|乙)(丙|丁))", "…", "……", "=", "!", "[甲]", "|", "(", ")",
    "{", "}", "&a ", "*a ", "!!int ", "!!python/object:os.system ", "!!timestamp 9999-99-99", "0x", "1:1:1", "~", "? ", "---\n",
    "concepts:", "document:", "items:", "cases:", "group: 甲\n", "ignore:", "roles: [plan]", "heading: true", "weight: .nan", "weight: -1",
    "structure: title", "levels: [county]", "thresholds:", "1" * 5000, "%TAG ! tag:\n", "\t", "'", '"', "#",
]  # fmt: skip
TOKENS = {
    "docx": [t.replace("_", " ") for t in _MARKUP] + _CHINESE,
    "ofd": [t.replace("_", " ") for t in _MARKUP] + _CHINESE,
    "html": [t.replace("_", " ") for t in _MARKUP] + _CHINESE,
    "text": [*_CHINESE, "# ", "## ", "**", "| ", "```", "> ", "- ", "\r\n", "\r"],
    "normalise": _CHINESE,
    "structure": _CHINESE,
    "figures": _CHINESE,
    "rules": _RULES,
}
"""Targets without tokens (PDF) are mutated byte by byte."""


def mutate(data: bytes, limit: int, seed: int, tokens: list[str]) -> bytes:
    """A few edits in whole characters; the result has at most ``limit`` bytes."""
    rng = random.Random(seed)
    text = data.decode("utf-8", "surrogateescape")
    for _ in range(1 + rng.randrange(4)):
        at = rng.randrange(len(text) + 1)
        until = min(len(text), at + 1 + int(rng.expovariate(0.1)))
        kind = rng.randrange(8)
        if kind <= 2:
            text = text[:at] + rng.choice(tokens) + text[at:]
        elif kind == 3:
            text = text[:at] + text[until:]
        elif kind == 4:
            text = text[:at] + rng.choice(tokens) + text[until:]
        elif kind == 5:
            text = text[:at] + text[at:until] * (1 + rng.randrange(4)) + text[until:]
        elif kind == 6:
            other = rng.randrange(len(text) + 1)
            text = text[:other] + text[at:until] + text[other:]
        else:
            text = text[:at] + rng.choice("\n\n 0123456789一二三十百千万年月日%.,，。") + text[at:]
    return text.encode("utf-8", "surrogateescape")[:limit]
