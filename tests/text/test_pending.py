"""Unfinished business in an account, and what only sounds like it."""

from __future__ import annotations

import pytest

from auditor.text.pending import pending


def spans(text: str) -> list[str]:
    return [text[a:b] for a, b in pending(text)]


@pytest.mark.parametrize(
    "matter",
    [
        "窗口服务规范的修订，牵头科室换人，往后顺延",
        "市里说要派两名评查员下来",
        "执法文书样式要等省厅定下来再换",
        "镇里有意把三个所并成一个",
        "街道原想请高校来评估",
        "网格员管理细则卡在两家单位会签",
        "听证室装修的图纸画好了",
        "普法剧场的脚本刚刚写好",
        "信访代理制度还在各科室传阅",
        "巡回法庭的场地，房东要价高，一直没落实",
        "执法装备采购，标书退了两次，至今没有到货",
        "跨省通办的事谈了两轮",
        "应急广播，杆子立在哪里，村里意见不一",
        "赋权评估办法是2016年印发的",
        "公平竞争审查抽查计划，排到了后头",
        "培训基地刚刚破土",
        "送达规则草拟了三稿",
        "宣讲团的名册早已备齐",
        "最近一次案卷互查还是2018年的事",
        "法治书屋，书架刷好漆，尚未开张",
    ],
)
def test_nothing_of_it_was_done(matter: str) -> None:
    assert spans(f"全年办结案件12件；{matter}。") == [matter]


@pytest.mark.parametrize(
    "matter",
    [
        "窗口服务规范原想分两年修订，结果当年就印发",
        "原定来年的演练，提前在六月办完",
        "上级说的几条都改了",
        "顺延的2场讲座也在月内补齐",
        "行政复议答复不等不靠，限时办结",
        "拖了一年的述法终于开成",
        "企业反映的打算逐条记录，已印发清单",
        "水务、林业等部门批复事项逐件公开",
        "法治书屋尚未开张",
        "过去一直没有统一的受理窗口，今年建起6个",
        "两度改期的培训班没有取消",
        "多年前答应村里的桥一直没有动工，今年由镇里建成通车",
        "承诺给企业的奖补，答应的都已到账",
        "检查整改到底落没落到位",
        "窗口可以代办证件延期",
        "对拟放进明年的选题逐个评估",
        "把退货的事说妥",
        "签了承诺就发证，日后再上门核查",
        "备案的文件一件也没有被退回",
        "县里打算拍板的几件大事二月就列成单子",
        "草案没定稿之前先挂网",
        "查出的毛病是回执没有落到档案里",
        "全镇上下思想学习常抓不懈",
        "述职时讲成绩、讲打算",
        "在限改期届满前主动纠正的免予处罚",
        "夜间巡查一直没断",
        "没有一件是拖着不办的",
        "方案经常务会通过后印发",
        "形成初稿后送司法局审核",
        "意见不一致的提交会商",
        "养成先学一法、再议一事的习惯",
    ],
)
def test_it_was_done_or_denied_outright(matter: str) -> None:
    assert spans(f"全年办结案件12件；{matter}。") == []


def test_the_topic_in_front_belongs_to_it_and_a_deed_does_not() -> None:
    assert spans("败诉案件的剖析会，各家凑不拢时间，一直没开成。") == [
        "败诉案件的剖析会，各家凑不拢时间，一直没开成"
    ]
    assert spans("开展案卷评查6次，培训基地的选址尚未选定。") == ["培训基地的选址尚未选定"]
    # What was made ready is undone with the rest, unless it has a result of its own.
    assert spans("服务站的牌子做好了，房子没腾出。") == ["服务站的牌子做好了，房子没腾出"]
    assert spans("服务站挂牌3个，受理47件，新址没有选定。") == []
    assert spans("常务会三月、九月各听取一次评查汇报，定下给股里添人，到年底没到位。") == [
        "定下给股里添人，到年底没到位"
    ]
    assert spans("宣讲6场，驻村的律师排了名单，约好的人没来。") == ["驻村的律师排了名单，约好的人没来"]


def test_each_sentence_for_itself() -> None:
    text = "细则还在酝酿。开展培训。预案刚刚起草，审定会往后推。"
    assert spans(text) == ["细则还在酝酿", "预案刚刚起草", "审定会往后推"]
