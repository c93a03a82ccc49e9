"""Sets of outcomes that leave nothing over: what is received is accepted or refused, what is closed or pending.

A list that fills such a set claims to be complete even without 其中 or 共. Each family names the classes that
must be present, those that may be, and the words by which a class is known in the label of a quantity.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from auditor.figures.passages import Item
from auditor.regex import regex

_AMONG = ("中", "里")
"""73件中予以公开31件: what stands behind such a figure names its parts."""


class Family(Struct, frozen=True):
    name: str
    classes: tuple[tuple[str, re.Pattern[str]], ...]
    """First match wins."""
    required: tuple[frozenset[str], ...]
    """One of these sets of classes must be present."""
    whole: re.Pattern[str]
    """Words of the quantity that the family divides."""
    needs: tuple[tuple[re.Pattern[str], ...], ...]
    """The patterns of each set in ``required``."""

    def tag(self, item: Item) -> str | None:
        label = "" if item.label is item.tail and item.shared and item.tail[:1] in _AMONG else item.label
        for name, pattern in self.classes:
            if pattern.search(label):
                return name
        if item.tail and not item.q.spelled and not (item.shared and item.tail[0] in _AMONG):
            for name, pattern in self.classes:
                if pattern.match(item.tail):
                    return name
        return None

    def possible(self, text: str) -> bool:
        """False when ``text`` cannot hold a full set; spares looking at its figures one by one."""
        for need in self.needs:
            for pattern in need:
                if pattern.search(text) is None:
                    break
            else:
                return True
        return False

    def complete(self, tags: Sequence[str | None]) -> bool:
        present = frozenset(t for t in tags if t)
        return any(need <= present for need in self.required)


def _family(name: str, classes: dict[str, str], required: list[str], whole: str) -> Family:
    compiled = tuple((key, regex(pattern)) for key, pattern in classes.items())
    sets = tuple(frozenset(r.split("+")) for r in required)
    needs = tuple(tuple(pattern for key, pattern in compiled if key in need) for need in sets)
    return Family(name, compiled, sets, regex(whole), needs)


_PENDING = (
    r"在办|正在|尚未|未办结|未结|未审结|未完成|未整改|未化解|未答复|未支付|未兑付|未拨付|未履行|未报送|未采集|未覆盖|未出庭|未采纳|"
    r"结转(?:至)?(?:下|次|明|20)|剩余|尚余|结余|^剩|还剩|只剩|剩下|没办完|没办成|没解决|没有解决|没调成|列入计划|待办|待整改|持续整改|长期坚持|需长期|持续推进|办理中|审理中|整改中|在审|还在|走流程|流程中|跟踪|限期整改|跨年度?(?:接着|继续|实施|办|推进)(?!项目)|接着[办干]"
)
_DONE = (
    r"办结|审结|结案|已结|办理完|处理完|完成|整改到位|已整改|整改|化解|已答复|答复|已兑付|兑付|已支付|支付|已拨付|"
    r"拨付|解决|办成|办妥|办好|调好|调成|劝和|啃下|清掉|清偿|偿还|偿付|归还|付清|追缴|退缴|追回|补发|补缴|退还|了结|摆平|结清|攻下|已采集|已报送|已出庭|已履行|已销号|销号|采纳"
)

_STRICT = (
    (r"专职", r"兼职"),
    (r"集体访|集体", r"个体访|个访|个体"),
    (r"国内", r"涉外|境外|国外"),
    (r"普通程序|一般程序", r"简易程序|快速办理|速裁"),
    (r"跨省|省外|外省", r"省内|本省"),
    (r"跨市|市外|外市", r"市内|本市"),
    (r"县外|外县|跨县", r"县内|本县"),
    (r"外地|外来", r"本地"),
    (r"在编", r"编外|聘用|辅助|合同制"),
    (r"增量|新增|新发", r"存量|历史遗留"),
    (r"一般|非重点|普通", r"重点"),
    (r"延续|换证|续期|续办", r"首次|新办|初次|新申请"),
    (r"定期", r"不定期"),
)
"""Pairs that exclude each other."""
_LOOSE = (
    (r"转办|转交|转给|转送", r"直接|在线答复|当场|现场|就地"),
    (r"基层", r"机关"),
    (r"立案|处罚", r"教育|劝导|警告|免罚"),
    (r"存在问题|有问题|发现问题", r"规范|符合|合规|正常|未发现"),
    (r"主办", r"会办|协办|分办"),
    (r"正职", r"副职"),
    (r"书面", r"口头|现场|当面|会议"),
    (r"一般", r"重大|较大"),
    (r"一审", r"二审"),
    (r"城镇|城市(?!管理|运行|综合)", r"(?<!农业)农村|乡村"),
    (r"自然人|个人", r"法人|单位|企业"),
)
"""Pairs that one case may have together."""

FAMILIES: tuple[Family, ...] = (
    _family(
        "受理情况",
        {
            "refused": r"不予受理|未予受理|未受理|不受理|不符合受理",
            "other": r"补正|撤回|转送|视为放弃|作其他处理|其他处理|告知|不予登记|转交|退回",
            "accepted": r"受理|立案",
        },
        ["accepted+refused"],
        r"收|接|申请|登记|来信|来访",
    ),
    _family(
        "办理进度",
        {"pending": _PENDING, "done": _DONE},
        ["done+pending"],
        r"受理|收|接|立案|办理|承办|应|反馈|共|总|欠|款|案|交办|转办|排查|梳理|任务|事项|问题|申请|结转|旧存|诉求|工单|意见|建议|"
        r"转来|提出|征|难|桩|老案|积案|心愿|烦心事|隐患|短板|线索|投诉|纠纷|查出|发现",
    ),
    _family(
        "计划去向",
        {
            "dropped": r"调出|移出|退出|调整出|剔除|不再|停用|(?:终止|终结|撤销|取消|合并|核销|停止|停建|放弃)(?:本次)?(?:挂牌|督办|实施|制定|审议|计划|推进|立项|执行|办理|整改|程序)?(?=[\d一二两三四五六七八九十]|$)",
            "later": rf"结转|次年|下年|明年|来年|跨年|延至|延期|顺延|延续|暂缓|推迟|缓办|分期|{_PENDING}",
            "done": r"决策|决定|公布|完成|完毕|通过|印发|出台|上线|落地|办结|销号|销案|验收|评估|审议|执行到位|化解|执结",
        },
        ["done+later+dropped"],
        r"目录|清单|计划|列入|纳入|挂牌|挂账|台账|确定|未执[结行]|积案",
    ),
    _family(
        "去留",
        {
            "dropped": r"剔除|收回|退回|调出|移出|不予保留|不予下放|不予采纳|不再保留|停止执行|停止实施|宣布失效",
            "other": r"调整|合并|整合|修改|暂缓|补充",
            "kept": r"保留|留用|继续实施|继续行使|通过|确认|予以下放",
        },
        ["kept+dropped"],
        r"梳理|清理|评估|拟|下放|赋权|承接|申报|推荐|审核|论证|筛选|征集|事项",
    ),
    _family(
        "调解结果",
        {
            "failed": r"未达成|未成功|未调成|调解不成|调解不成功|调解失败|(?:引导|转入|导入|告知|进入)[^，。；]{0,6}(?:诉讼|司法|仲裁|法院)|终止调解",
            "settled": r"达成|调解成功|调成|和解|签订",
        },
        ["settled+failed"],
        r"调解|调处|纠纷|争议|矛盾",
    ),
    _family(
        "整改方式",
        {
            "later": r"限期|持续整改|长期|挂账|挂牌|分阶段|分期|列入计划|正在整改",
            "now": r"立行立改|立查立改|即知即改|即查即改|边查边改|当场|现场|立即|马上|随即",
        },
        ["now+later"],
        r"问题|隐患|查出|发现|排查|检出|整改",
    ),
    _family(
        "查证结果",
        {
            "false": r"不属实|查否|查无实据|未查实|失实",
            "partly": r"部分属实|基本属实",
            "true": r"属实|查实",
        },
        ["false+true"],
        r"投诉|举报|受理|接|收|线索|核查|办理|反映|工单",
    ),
    _family(
        "文件清理",
        {
            "abolished": r"废止|失效|取消|作废|停止(?:执行|施行|使用)",
            "changed": r"修改|修订|改[了后]再用",
            "other": r"重新公布|整合|打包|另行制定",
            "kept": r"保留|留用|继续有效|继续执行|继续施行|继续使用|继续沿用|现行有效|有效",
        },
        ["kept+abolished", "kept+changed"],
        r"清理|梳理|过筛|筛查|文件|规章|审查|评估|制度|共|办法|规定",
    ),
    _family(
        "公开答复",
        {
            "refused": r"不予公开|不公开",
            "partly": r"部分公开",
            "open": r"予以公开|全部公开|主动公开|已公开|同意公开",
            "other": r"无法提供|不予处理|其他处理|信息不存在|不属于|撤回|告知|补正|非本机关",
        },
        ["open+refused", "open+partly+other", "open+other"],
        r"申请|答复|受理|办理|收|接",
    ),
    _family(
        "评查等次",
        {
            "failed": r"不合格|不达标|限期整改|责令整改|责令改正|较差|差(?![\u4e00-\u9fff])",
            "fair": r"基本合格|一般|及格|中等",
            "excellent": r"优秀|优良|优(?![\u4e00-\u9fff])",
            "good": r"良好|良(?![\u4e00-\u9fff])",
            "passed": r"合格|达标",
        },
        ["passed+failed", "excellent+passed", "excellent+good+fair", "excellent+failed", "good+passed"],
        r"评查|抽取|抽查|检查|考核|评估|抽检|评议|测试|参加|参评|评审|卷",
    ),
    _family(
        "复议结果",
        {
            "kept": r"维持",
            "rejected": r"驳回",
            "changed": r"撤销|变更|确认违法|责令",
            "ended": r"终止|调解|和解|撤回|撤诉",
        },
        ["kept+rejected+changed+ended", "kept+rejected+ended"],
        r"审结|办结|结案|作出|审理终结",
    ),
    _family(
        "满意程度",
        {"bad": r"不满意|不太满意", "fair": r"基本满意|较满意|一般", "good": r"满意"},
        ["good+bad"],
        r"问卷|收回|回收|测评|评价|回访|投票|票",
    ),
    _family(
        "分段",
        {
            "above": r"以上的?$|以上[^，]{0,4}$",
            "below": r"以下的?$|不足",
            "between": r"\d分?(?:至|到|—|－|-|~)\d|之间",
        },
        ["above+below"],
        r"(?!)",
    ),
    _family("线上线下", {"off": r"线下|窗口办理|现场", "on": r"线上|网上|书面|在线"}, ["on+off"], r"."),
    _family(
        "案件性质",
        {"criminal": r"刑事", "civil": r"民事", "admin": r"行政"},
        ["criminal+civil"],
        r"(?!)",
    ),
    _family(
        "准驳",
        {
            "refused": r"不予|不准|驳回|否决|不同意|不支持",
            "other": r"撤回|终止|在办|补正|告知|退回|未结",
            "granted": r"准予(?!撤)|准许|同意|核准|批准|支持|裁定确认|予以|通过",
        },
        ["granted+refused"],
        r"(?!)",
    ),
    _family(
        "立改废",
        {"made": r"制定|新立|起草", "changed": r"修改|修订|修正", "abolished": r"废止"},
        ["made+changed+abolished"],
        r"(?!)",
    ),
    _family(
        "罚没",
        {"taken": r"没收", "fined": r"罚款"},
        ["taken+fined"],
        r"罚没款|罚没总|罚没收入|罚没金额|涉及金额|处罚金额",
    ),
    _family("性别", {"f": r"女", "m": r"男"}, ["f+m"], r"."),
    _family(
        "大致两分",
        {"letter": r"来信", "visit": r"来访|走访", "other": r"网上|网络|线上|来电|电话|邮箱|留言|短信|其他"},
        ["letter+visit"],
        r"(?!)",
    ),
    *(
        _family(name, {"a": a, "b": b}, ["a+b"], r"(?!)")
        for name, pairs in (("两分", _STRICT), ("大致两分", _LOOSE))
        for a, b in pairs
    ),
)
RETURNED = _family(
    "准予退回",
    {
        "returned": r"退回",
        "granted": r"(?:准予|核准|予以|同意)(?:设立|注册|变更)?(?:登记|备案|注册|许可)(?!后)",
    },
    ["granted+returned"],
    r"收|接|受理|报备|申请|报送",
)
"""What was let in and what was sent back; some may be left over, and none can be both."""
RULED = _family(
    "胜败",
    {"lost": r"败诉|输了", "won": r"胜诉|赢了"},
    ["won+lost"],
    r"诉讼|应诉|被诉|审结|判决|裁判|行政案件",
)
"""Cases won and lost: some are withdrawn or still open, but there are never more than cases."""
ADJUSTED = _family(
    "调整方式",
    {
        "dropped": r"取消|删除|核减|减少",
        "other": r"下放|承接|划转|合并|拆分|整合|规范|冻结|恢复",
        "added": r"新增|增加|新设",
        "changed": r"变更|调整(?!为|至|到)|修改|修订|完善",
    },
    ["added+dropped+changed"],
    r"(?:调整|更新|变动)(?!后|前|为|至|到)",
)
"""What an adjustment consists of: of a list that was adjusted, most items may stay as they are."""
ROUGH = frozenset({"两分", "大致两分"})
"""Pairs that mostly, but not always, leave nothing over."""
OPEN_ENDED = regex(r"其他|其它|其余|剩余|余下")
"""A last part that takes in everything else: the list is complete by its own word."""
OVERLAP = regex(
    r"党员|女|男|妇女|少数民族|以上学历|研究生|本科|大专|学历|持证|岁|青年|退休|老年|残疾|未成年|农民工|重点|涉企|"
    r"新增|首次|法律职业资格|高级|中级|职称|群体性|线上|疑难|复杂"
)
"""Labels of attributes that one case or person can have together: no sum is claimed."""
CARRIED = regex(
    r"(?:上年|上一年|去年|往年|历年|上期|上季)度?[^，。；]{0,4}(?:结转|遗留|未|转|存|余)|旧存|结转(?!至?(?:下|次|明))|转入|延续"
)
