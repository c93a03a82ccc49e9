"""Readings of a list that keep its figures from being simply added up.

What is taken off again, pieces of a member, what every one gets, sanctions told to overlap, a list without its whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from auditor.figures.judge import total
from auditor.figures.passages import Item
from auditor.regex import regex

_TAKEN_OFF = regex(
    r"剔除|扣除|扣减|去除|除去|减去|刨除|刨去|去掉|抵减|冲减|核减|重复|撤回|撤销|注销|废止|取消|退出|清退|移出|核销"
)
_REST = regex(r"其余|其它|其他|余下|剩下|剩余")
_INSIDE = regex(r"^[^，。；：、\d]{0,12}(?:中(?![心队小层央期等型断介])|里|当中)")
_EACH = regex(r"每[一个人名户家村镇乡县所站点场次期月周季年班组队][^，。；：]{0,10}$|[人户村镇校家月年]均")
_DONE = regex(
    r"共|总|全[省市县区镇乡街局州国系年]|累计|合计|年(?!轻|报)|受理|收到|接到|接收|新收|办理|办结|审结|结案|审理|立案|查[处办]|检查|抽[查检取]|评[查价估议选]|考核|"
    r"排查|巡查|核查|开展|作出|反馈|交办|转办|发现|梳理|清理|登记|申请|建立|建成|配备|聘|组织|参加|参与|参[训评]|完成|调处|征[集求]|提出|起草|印发|制[发定]|出台|"
    r"培训|举办|投入|拨付|支出|整改|涉及|现有|实有|共有|设有|出动|走访|监测|移送|承办|承接|取得|持有|持证|发放|发布|推送|答复|回复|处[理置]|回访|审[查核]|"
    r"备案|报[备送]|列入|纳入|新增|在[编册岗]|保留|编制|招录|采集|归集|接待|提供|签订|解答|问卷|测[评试]|收回|回收|命名|认定|创建|培[育养]|下达|下发|实施|应|被|为|有"
)
"""Words of a whole: what was done with all of them."""
_DEALT = regex(
    r"新建|改[建造]|更新|升级|化解|调解(?!类)|移送|解决|成功|达成|整治|修复|拆除|销号|答应|解除|转[办交]|采纳|持|未|不予|已"
)
_NOUNS = (
    "案件", "事项", "人员", "企业", "问题", "线索", "工单", "诉求", "纠纷", "文件", "合同", "队伍", "干部", "职工", "任务", "项目", "意见",
    "建议", "资金", "单位", "机构", "部门", "案卷", "清单", "信息", "条款", "用地", "党员", "代表", "顾问", "律师",
)  # fmt: skip
"""行政许可事项213项，网上办86项: a noun that is no more needed behind it."""
_TOWARDS = frozenset("为对向给由")
_ONLINE = regex(
    r"网办|网上可办|可网上|全程网|全程在线|一次办|办一次|只跑一次|跑一次|一次不跑|马上办|就近办|网上办$|不见面|零跑[动腿]|零材料"
)
_OVERLAP = regex(
    r"并处(?=[，。；）]|的?(?:情形|情况|现象)|$)|一案多罚|(?:同时|可能|可以)(?:适用|处以)[^，。；]{0,6}(?:多种|多项|两种|两项)|"
    r"(?:适用|处以|给予|作出)(?:了)?(?:多种|两种|两种以上|多项)(?:行政)?处罚|(?<![不无未免])重复(?:计算|统计|计入|计数)|"
    r"(?:互有|(?<!不)存在|部分|有所|(?<![没互])有)(?:交叉|重叠|重合)(?![检执评互审])|(?:合计数?|之和|总和|相加)(?:大于|超过|不等于|多于)[^，。；]{0,8}(?:总数|总量|件数|户数)"
)


def for_each(parts: Sequence[Item]) -> bool:
    """每人冬装2套、夏装3套，合计5930套: what every one gets is multiplied, not added up."""
    return any(_EACH.search(p.lead) for p in parts)


def outside(items: Sequence[Item], before: Sequence[int]) -> list[int]:
    """12个完成，其余6个中4个正在清理、2个尚未启动，共18个: without the pieces of the rest."""
    for at, index in enumerate(before[:-1]):
        following = items[index + 1]
        if _REST.search(items[index].lead) and following.sep == "" and _INSIDE.match(following.gap):
            return list(before[: at + 1])
    return list(before)


def single_pieces(items: Sequence[Item], before: Sequence[int]) -> set[Decimal]:
    """市级26项中8项完成，县级14项中5项完成: the sum of the members alone, and that of their pieces."""
    inner = [i for i in before if i and items[i].sep == "" and _INSIDE.match(items[i].gap)]
    outer = [i for i in before if i not in inner]
    return {total([items[i] for i in group]) for group in (inner, outer)} if inner else set()


def taken_off(parts: Sequence[Item]) -> tuple[Item, ...]:
    """市级反馈18个，省级反馈12个，剔除重复4个，共26个: the last one counts below zero."""
    return tuple(
        replace(p, q=replace(p.q, value=-p.q.value)) if at and _TAKEN_OFF.search(p.lead) else p
        for at, p in enumerate(parts)
    )


def balance(parts: Sequence[Item], whole: Decimal) -> tuple[Item, ...]:
    """The parts with signs where that comes nearer to the whole: 取消22项 may be a member as well."""
    signed = taken_off(parts)
    return signed if abs(total(signed) - whole) < abs(total(parts) - whole) else tuple(parts)


def one_of_them(item: Item, others: Sequence[Item]) -> bool:
    """公安213件，人社86件，住建62件，其他41件: the first is named as its neighbours are, and no whole of them."""
    name = item.label
    if len(others) > 1 and name[:1] in _TOWARDS and all(p.label[:1] == name[0] for p in others[:-1]):
        # 为老年人提供援助126件，为残疾人提供86件，为其他群体提供41件.
        return True
    if not name or len(others) < 2 or _DONE.search(name):
        return False
    if any(_DONE.search(p.label) or _DEALT.search(p.label) for p in others):
        # 宣传栏68处，新建12处，更新23处: what was done with them.
        return False
    if len(name) > 2 + max(len(p.label) for p in others):
        return False
    return not any(name.endswith(noun) and not _ends(others, noun) for noun in _NOUNS)


def _ends(parts: Sequence[Item], noun: str) -> bool:
    return any(p.label.endswith(noun) for p in parts)


def overlap_told(text: str) -> bool:
    """部分案件并处, 一案可并处: the sentence says that some were counted twice."""
    return _OVERLAP.search(text) is not None


def online_grades(parts: Sequence[Item]) -> bool:
    """可网办1823项、全程网办1701项: one matter reaches several of them, so the second are among the first."""
    return sum(_ONLINE.search(p.label) is not None for p in parts) > 1
