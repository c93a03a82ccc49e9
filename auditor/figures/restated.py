"""The same quantity told twice with different figures in one report."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.figures.judge import number, told_again
from auditor.figures.mentions import NARROWING, NOUN_END
from auditor.figures.passages import Item, Period
from auditor.figures.quantity import QKind, Quantity
from auditor.figures.subjects import COMPARISON
from auditor.model import Finding, Role
from auditor.regex import regex
from auditor.text.document import Document

_WHOLE = regex(
    r"全县|全市|全区|全镇|全局|全省|全乡|全街道|全州|我县|我市|我区|我镇|我局|我省|我乡|我委|本县|本局|本镇|全年|累计|共|年内|一年来"
)
"""Words that speak of the whole unit or the whole year."""
_NEUTRAL = regex(
    r"^(?:[一二三四五六七八九十]是)|今年以来|年初以来|一年来|本年度|全年度?|年内|今年|20\d\d年度?(?:以来)?|截至(?:目前|年底|\d{1,2}月底)|目前|"
    r"累计|总计|共计|合计|总共|一共|共(?!同|享|建(?!成|立|设)|治)|已经|已|先后|依法|提请|提交|全县|全市|全区|全镇|全局|全省|全乡|全街道|全州|我县|我市|我区|"
    r"我镇|我局|我省|我乡|我委|本县|本局|本镇|及时|认真|积极|有效|圆满|达到|约|现行有效|现行|的|了|，|、"
)
BY_NOW = regex(
    r"^(?:截至|截止到?|到|至)?(?:目前|(?:20\d\d)?年[底末]|(?:20\d\d年)?12月(?:[底末]|31日))(?:，|前)?"
)
"""The end of the year, which is when a stock is counted anyway."""
_WHEN = frozenset("截到至目年21")
"""Characters with which ``BY_NOW`` may begin."""
_EXISTING = regex(
    r"^(?:办理|实施|开展|组织|投入|安排|现有|实有|拥有|配有|设有|聘有|有|配备|建成|设立|聘请|聘任|支出|辖)+|(?:有|达|为|是|仅|只|仅有|只有|仅为|还不足)$"
)
_HAVING = regex(r"(?<!^)(?<![所国私持占现实拥配设聘])有(?![效关序力限害机])(?=[\u4e00-\u9fff]{2})")
HOLDERS = regex(
    r"(?:持有|取得|具有|持)(?:有效)?(?:行政)?执法(?:资格)?证件?书?的?(?:在岗|在编|在职)?(?:行政)?(?:执法)?(?=人员|干部|队员)|持证(?:上岗)?的?(?:行政)?(?:执法)?(?=人员|干部|队员)|"
    r"(?:行政)?执法(?=人员持证$|持证人员)"
)
"""持有行政执法证件人员, 取得执法证的执法人员 and 持证执法人员 count the same people."""
_HEAD = regex(r"(?:申请|案件|事项|工作|活动|情况)$")
_SPLIT = regex(
    r"其中|上年|去年|往年|同期|上半年|下半年|季度|月份|月|日|同比|较|比|每|各|人均|新增|新|另|首次|第|部分|等|以上|以下|某|一起|"
    r"计划|拟|力争|目标|不少于|应(?!诉|急)|未|不予|涉及|中(?:的|有)?$|专项|期间|(?<![我全本])[镇乡]|街道|所$|分局|支队|大队|中队|由|从|至$|(?<!达)到$|"
    r"增|减|升|降|原|后$|截至|结转|余|剩|“|以来"
)
OFFICE = regex(
    r"(?<![我全本])(?:局(?!机关|党组)|支队|大队|中队|分局|委员会|[镇乡](?!村)|街道|部门|法院|检察院|公司|领域|系统|条线|专项|行动|战线|期间|试点|园区|社区|村)"
)
_VERB = regex(
    r"办理|受理|收到|接到|审结|办结|召开|审查|审核|印发|制定|出台|聘请|聘任|修订|修改|废止|清理|报备|备案|配备|公布|答复"
)
_VERB_LAST = regex(r"(?<=[\u4e00-\u9fff]{4})(?:共|共计|累计|总共)?(召开|印发|出台|聘请|聘任|公布)(?:了)?$")
_TOPIC = regex(
    r"行政复议|行政诉讼|行政应诉|规范性文件|代表建议|人大建议|政协提案|委员提案|信息公开申请|常务会议?|政府法律顾问|公职律师|"
    r"重大行政决策"
)
"""Quantities that a report has one of; checks, trainings and penalties are told office by office and may differ."""
_BODY = regex(
    r"(?:常务会议?|党组|党委|党工委|中心组|班子|局务会|党政联席会|办公会|领导小组|委员会)[^，。；]{0,8}(?:学法|学习|研究|听取|审议|召开|会议|会)|干部职工|"
    r"普法经费|法治经费|在编人员|行政编制|法律顾问|公职律师"
)
"""Bodies and stocks that are one of a kind within the unit."""
_ALL_OF = regex(r"全[县市区镇局省乡州]|全街道|[我本][县市区镇局省乡委]|[现共实拥配]有|配备|聘|共|总")
_ALL_DID = regex(r"全部|均|都|里|中|当中")
_EARLIER = regex(r"上年|去年|同期")
_OWN = regex(r"^(?:我|本)?[局县市区镇乡委厅院](?=机关)")
_YEAR = regex(r"20\d\d")
_RATE = regex(r"(?:出庭应诉率|败诉率|胜诉率|述法率|报备率|报备及时率|法制审核率|调解成功率|纠错率)$")
_RATE_HEAD = regex(
    r"^(?:[一二三四五六七]是|全年|年内|今年|本年度?|20\d\d年度?|我县|我市|我区|我省|全县|全市|全区|全省|全州|本省|本市|本县|一审|行政机关|行政诉讼|行政应诉|行政案件|诉讼|案件|机关|行政|负责人|党政主要|规范性文件)+"
)
_ALL_UNITS = regex(r"^[全我本][县市区镇局省乡州委]$")
_STRUCTURE = regex(
    r"^((?:局属|直属|委属|下属|所属|厅属)(?:事业)?单位|内设(?:机构|科室|股室)|业务(?:科室|股室)|基层(?:站)?所|分局|派出所|司法所|市场监管所)"
    r"(?:[中里]|均|都|全部|共|和|与|$)|^(乡镇|镇街|街道|行政村)(?:[中里]|均|都|全部)"
)
"""What a body is divided into; 全局6个局属单位 are all of them."""
_LONG_NOUN = regex(r"(?P<noun>[\u4e00-\u9fff]{5,16}?)(?:[中里]|均|都|全部|当中|$)")
_HELD = regex(
    r"(?P<body>[^，。；：]{3,14}?[局委院队所厅办心会站])(?:目前|现|仅|只|共|实|仍只|仍仅|还只)有(?P<noun>[\u4e00-\u9fff]{4,14})?"
)
_BRACKETS = regex(r"（[^（）]*）")
_REGION = regex(r"[全我本]([国省州市县区镇乡局])")
_TAIL_NOUN = regex(
    r"^([\u4e00-\u9fff]{2,12}?)(?:里|中|当中|参与|共|开展|提供|全部|均|对|在|已|围绕|列席|完成|承担)"
)


def check_restated(doc: Document, passages: Sequence[Period]) -> list[Finding]:
    """Warnings, each at the later of two places."""
    first: dict[tuple[str, str], tuple[Item, Period]] = {}
    told: set[tuple[str, str]] = set()
    out: list[Finding] = []
    for period in passages:
        for item in period.items:
            for key in [*_held(doc, item), *_keys(doc, period, item)]:
                if key in told:
                    continue
                known = first.setdefault(key, (item, period))
                if known[0] is item or same_figure(known[0], item) or known[1] is period:
                    continue
                if _of_other_years(known[0], item, doc.metadata.report_year):
                    continue
                if _elsewhere(known[0], item):
                    continue
                if "/" in key[0] and _narrower(period, item, known[1]):
                    continue
                told.add(key)
                what = f"“{key[0].partition('/')[0]}”"
                before, now = _written(doc, known[0]), _written(doc, item)
                out.append(told_again(doc, period, [item], known[0], before, now, what=what))
                break
    return out


def _of_other_years(a: Item, b: Item, report_year: int | None) -> bool:
    one, two = _YEAR.search(a.q.scope), _YEAR.search(b.q.scope)
    if report_year is None and one is None and two is not None:
        # Nothing says that the year named later is that of the report.
        return True
    return one is not None and two is not None and one[0] != two[0]


def _narrower(period: Period, item: Item, known: Period) -> bool:
    """行业性调解组织12个，…调解纠纷1563件: the sentence speaks of some, and the first one did not."""
    # 基层力量不足，…: what opens the sentence before the first clause with a figure speaks of no one.
    first = period.items[0]
    start = max(0, first.q.start - len(first.lead) - period.start)
    before = period.text[start : max(0, item.q.start - period.start)]
    return any(word not in known.text for word in NARROWING.findall(before))


def _elsewhere(a: Item, b: Item) -> bool:
    """全省 and 全市, 我市: figures of two regions."""
    one, two = _REGION.search(a.lead), _REGION.search(b.lead)
    return one is not None and two is not None and one[1] != two[1]


def _written(doc: Document, item: Item) -> str:
    scaled = item.q.value / item.q.scale
    return number(scaled) + ("万" if item.q.scale == 10**4 else "") + item.q.unit


def same_figure(a: Item, b: Item) -> bool:
    if a.q.value == b.q.value:
        return True
    # 1.3万 and 13,120 are the same figure told more and less exactly.
    ulp = max(a.q.ulp, b.q.ulp)
    if a.q.kind is QKind.RATE:
        ulp = max(a.q.ulp_of_rate, b.q.ulp_of_rate)
        return abs(a.q.value - b.q.value) < ulp and a.q.decimals != b.q.decimals
    if a.q.amount == b.q.amount:
        return True
    return abs(a.q.amount - b.q.amount) < ulp and a.q.ulp != b.q.ulp


def _held(doc: Document, item: Item) -> list[tuple[str, str]]:
    """县行政复议局现有专职复议人员7名 … 仅有专职复议人员5名: what one body has."""
    q = item.q
    if not item.plain or q.kind is not QKind.COUNT or q.spelled or q.sentence < 0:
        return []
    if doc.sentences[q.sentence].role is Role.PLAN or _EARLIER.search(q.scope):
        return []
    held = _HELD.fullmatch(item.lead)
    if held is None or not (held["noun"] or item.tail):
        return []
    noun = held["noun"] or (NOUN_END.match(item.tail) or {"noun": ""})["noun"]
    return [(f"{_NEUTRAL.sub('', held['body'])}有{noun}", q.group)] if len(noun) > 3 else []


def _keys(doc: Document, period: Period, item: Item) -> list[tuple[str, str]]:
    """What is counted, stripped of all that does not change the quantity; none when it cannot be told."""
    q = item.q
    if not q.exact or q.sentence < 0 or doc.sentences[q.sentence].role is Role.PLAN:
        return []
    if q.scope and _of_another_year(q.scope, doc.metadata.report_year):
        return []
    if q.kind is QKind.RATE and q.unit == "%":
        return _rate_key(item)
    if q.kind not in (QKind.COUNT, QKind.MONEY) or q.spelled or "其中" in item.gap or item.sep == "、":
        return []
    if q.group in ("个", "户") and _ALL_UNITS.match(item.lead):
        unit = _STRUCTURE.match(item.tail)
        noun = (unit[1] or unit[2]) if unit else ""
        # 18个乡镇（街道）: with the streets they are more.
        whole = noun and not doc.norm.text.startswith("（", q.end + len(noun))
        named = _LONG_NOUN.match(item.tail) if not unit else None
        if whole or named is None:
            return [(item.lead + noun, q.group)] if whole else []
        # 全县64个省级民主法治示范村: a long name of its own, told again with the digits in another order.
        return _slip_key(named["noun"], q)
    words = _words(item)
    if words[:1] in _WHEN:
        words = BY_NOW.sub("", words)
    if "证" in words:
        words = HOLDERS.sub("持证执法", words)
    if not words or _SPLIT.search(words):
        return []
    words = _OWN.sub("", words)
    if last := _VERB_LAST.search(words):
        # 县政府常务会议共召开28次 counts what 召开县政府常务会议28次 does.
        words = last[1] + words[: last.start()]
    stem = _NEUTRAL.sub("", words)
    stem = _HAVING.sub("", stem) if "有" in stem else stem
    bare = _HEAD.sub("", _EXISTING.sub("", stem))
    if len(bare) < (3 if _WHOLE.search(words) else 4) or len(bare) > 24:
        return []
    out = []
    if _unique(period, item, words, stem, bare):
        out.append((bare, q.group))
    return out + _slip_key(_BRACKETS.sub("", bare), q)


def _slip_key(name: str, q: Quantity) -> list[tuple[str, str]]:
    """1320 and 1230: the same digits in another order are a slip of the pen wherever they stand."""
    digits = sorted(str(int(q.value / q.scale * 100)))
    return [(f"{name}/{''.join(digits)}", q.group)] if len(set(digits) - {"0"}) >= 2 else []


def _of_another_year(scope: str, report_year: int | None) -> bool:
    year = _YEAR.search(scope)
    return bool(_EARLIER.search(scope)) or (
        year is not None and int(year[0]) != (report_year or int(year[0]))
    )


def _rate_key(item: Item) -> list[tuple[str, str]]:
    names = item.q.names
    if len(names) != 1 or not _RATE.search(names[0]) or "其中" in item.gap:
        return []
    moved = regex(r"高于|低于|优于|平均|由|从|提高|提升|上升|下降|降低|增|至|(?<!达)到").search(item.lead)
    if moved or COMPARISON.search(item.lead) or _SPLIT.search(item.lead):
        return []
    return [(_RATE_HEAD.sub("", names[0]), "%")]


def _words(item: Item) -> str:
    """Clause of the figure: 全年办理行政处罚案件 before it, or 我局…321名干部职工里 around it."""
    if not item.tail:
        return item.lead
    if item.tail in ("中", "里", "当中"):
        return item.lead
    noun = _TAIL_NOUN.match(item.tail)
    if (
        noun
        and item.q.group == "人"
        and not _ALL_OF.search(item.lead)
        and not _ALL_DID.match(item.tail, noun.end(1))
    ):
        # 全年36名公职律师参与论证: not all of them need have done so.
        return ""
    return item.lead + noun[1] if noun else ""


def _unique(period: Period, item: Item, words: str, stem: str, bare: str) -> bool:
    """True when a report can have only one such figure."""
    if _BODY.search(bare):
        return not OFFICE.search(_BODY.sub("", words))
    if _VERB.match(stem) and _TOPIC.search(stem):
        return True
    if not _WHOLE.search(words) or len(bare) < 5:
        return False
    before = period.text[: max(0, item.q.start - period.start)]
    return not OFFICE.search(before)
