"""Hearings asked for, debts, open cases, letters, ballots and who dealt with what: what is off is told, the rest is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model import Severity
from tests.figures.helpers import alarms

PAIRS = [
    # What the court asked the head to is the base, whatever number of cases is told before.
    (
        "全市一审行政案件1204件，较上年的1310件下降8.1%；通知负责人出庭520件，实际出庭{}件，出庭应诉率98.1%。",
        510,
        490,
        "490件÷520件",
    ),
    (
        "人民法院通知行政机关负责人出庭应诉的案件96件，出庭{}件，负责人出庭应诉率93.8%。",
        90,
        84,
        "84件÷96件",
    ),
    (
        "一审案件76件，应由负责人出庭的52件，负责人到庭{}件，到庭率96.2%，败诉5件。",
        50,
        46,
        "46件÷52件",
    ),
    ("负责人出庭应诉率95.0%（法院通知出庭140件，实际出庭{}件）。", 133, 126, "126件÷140件"),
    ("法院要求负责人出庭的案件64件。负责人实际出庭{}件，出庭率93.8%。", 60, 55, "55件÷64件"),
    ("120件通知负责人出庭的案件，{}件出庭，出庭率95.0%。", 114, 104, "104件÷120件"),
    ("应由负责人出庭的66件中，实际出庭{}件，出庭率100%。", 66, 61, "61件÷66件"),
    # Debts, in the words of ministries and of people; the year may be called the last one.
    ("镇里欠施工队的旧账共620万元，去年还了410万元，还剩{}万元。", 210, 240, "410+240=650万元"),
    ("拖欠货款340万元，已付清26家275万元，还差{}万元。", 65, 56, "275+56=331万元"),
    ("应付土地流转费52万元，已兑现37万元，还有{}万元没兑现。", 15, 18, "37+18=55万元"),
    ("工程欠款1.2亿元，年内偿还8600万元，剩余{}万元约定分期支付。", 3400, 4300, "8600+4300=12900万元"),
    # Cases ruled on and cases open.
    ("以局为被告的案件11件，裁判生效8件，均驳回诉讼请求，尚有{}件正在审理。", 3, 5, "8+5=13件"),
    ("被诉案件26件，法院作出判决19件，其中驳回15件、撤销4件，{}件等待开庭。", 7, 9, "19+9=28件"),
    ("涉诉案件14件，已判决10件，胜诉率100%，未审结{}件。", 4, 6, "10+6=16件"),
    # Letters and answers.
    ("全年收到司法建议6份、检察建议13份，按期回复{}份。", 19, 21, "6+13=19份"),
    ("接到检察建议9件，均在两个月内书面回复{}件。", 9, 11, "收到的9件"),
    (
        "办理人大代表建议16件、政协委员提案11件，已全部办复，累计答复{}件。",
        27,
        26,
        "少于收到的16+11=27件",
    ),
    # Ballots.
    ("48名代表当场画票，评为“好”的40票、“较好”的6票、“一般”的{}票。", 2, 4, "40+6+4=50票"),
    ("48名代表当场画票，评为“好”的40票、“较好”的6票、“一般”的{}票。", 2, 1, "40+6+1=47票"),
    ("参加测评的代表90人，评为优秀的71票、良好的15票、一般的{}票。", 4, 9, "71+15+9=95票"),
    ("共收回测评票75张，好60张、较好12张、一般{}张。", 3, 5, "60+12+5=77张"),
    # Told once, also where they are parts of the ballots handed in.
    ("收回测评表80张，其中“好”70张、“较好”6张、“一般”{}张。", 4, 6, "70+6+6=82张"),
    ("组织60名代表评议，收回评议票60张，满意55张、基本满意{}张。", 5, 6, "55+6=61张"),
    # Who dealt with it.
    ("网格员上报各类隐患760条，镇级处置684条、上报县级部门{}条。", 76, 67, "684+67=751条"),
    ("摸排矛盾纠纷240起，村级就地化解206起，提交镇级化解{}起。", 34, 43, "206+43=249起"),
]


@pytest.mark.parametrize(("text", "right", "wrong", "told"), PAIRS)
def test_relations(text: str, right: int, wrong: int, told: str) -> None:
    assert not alarms(text.format(right))
    (found,) = alarms(text.format(wrong))
    assert told in found.message


@pytest.mark.parametrize(
    "text",
    [
        # Any fair base will do, and somebody of the office may always have come.
        "一审案件80件，开庭60件，法院通知负责人出庭30件，负责人出庭45件，出庭率75%。",
        "通知负责人出庭应诉30件，行政机关出庭应诉率100%，负责人出庭28件。",
        "通知负责人出庭120件，主要负责人出庭40件、分管负责人出庭70件，出庭应诉率91.7%。",
        "通知负责人出庭120件，主要负责人出庭应诉率45%，负责人出庭118件。",
        "通知负责人出庭120件，经法院同意未出庭5件，实际出庭115件，出庭应诉率100%。",
        "市本级通知负责人出庭30件、县区90件，负责人出庭28件、85件，出庭率94.2%。",
        "要求负责人出庭45件，负责人出庭43件，书面说明理由2件，出庭应诉率（含说明理由）100%。",
        "上年通知负责人出庭30件，出庭28件；今年出庭率98%。",
        "诉讼案件200件，开庭150件，按通知要求出庭110件，出庭率73.3%。",
        "收到出庭通知120份，负责人出庭118件，出庭率95%。",
        # Something else moved the debt, or only some of what is left is told.
        "欠企业500万元，已付清380万元，协商减免20万元，还剩100万元。",
        "欠企业500万元，已付清380万元，协商减免一部分，还差100万元。",
        "欠企业500万元，今年付了380万元，还剩20万元的质保金。",
        "欠甲公司200万元，欠乙公司300万元，已付清380万元，还差120万元。",
        "拖欠账款500万元，其中无分歧欠款400万元，已支付380万元，还差20万元。",
        # A ruling is not final at once; a case may come from before or be heard twice.
        "行政案件30件，裁判生效22件，还有7件在审。",
        "复议案件20件，裁判维持12件，尚有3件在审。",
        "行政案件20件，上年结转5件，判决18件，正在审理7件。",
        "行政案件20件，收到判决18件，上诉后还有5件在审。",
        "复议案件10件，诉讼案件30件，裁判生效22件，尚有9件在审。",
        "行政案件20件，判决18件，一件撤诉，正在执行5件。",
        "新收行政案件20件，判决18件（含上年收到的3件），尚有5件在审。",
        # Answers: to others, by several, of earlier letters, or in one manner of several.
        "收到检察建议8件，上年结转2件，回复9件。",
        "收到检察建议8件，回复9件，含上年1件。",
        "收到检察建议8件，制发督促函9件，回复9件。",
        "收到检察建议8件，答复信访事项9件。",
        "收到检察建议3份，各单位分别回复，共回复5份。",
        "收到司法建议7份、检察建议15份，回复20份。",
        "收到检察建议8件、司法建议3件，全部按时回复，书面回复10件。",
        "制发检察建议3份，收到回复4份。",
        # Votes: those who stayed away or abstained, several ballots each, other voters.
        "48名代表当场画票，评为“好”的40票、“较好”的6票、“一般”的1票，1人弃权。",
        "48名代表当场画票，评为“好”的40票、“较好”的6票、“一般”的1票。另有1张废票。",
        "到会代表48名，评为“好”的30票、“较好”的6票、“一般”的1票。",
        "对6个站所测评，42名代表逐一画票，好200票、较好40票、一般12票。",
        "42名代表和8名群众当场画票，好45票、较好4票、一般1票。",
        "代表30名、群众12名参加测评，好36票、较好5票、一般1票。",
        "发出选票80张，收回80张，好70张、较好8张、一般1张，废票1张。",
        "30名评委投票，甲方案18票、乙方案13票。",
        # Hazards: some are still looked at, or told twice.
        "上报隐患85条，镇级处置82条、上报县级部门1条，正在处置2条。",
        "上报隐患85条，镇级处置82条、上报县级部门1条，其余限期处置。",
        "排查隐患85条，镇级处置82条、上报县级部门3条，县级处置3条。",
        "排查隐患120处，自行整改100处，上报应急局22处。",
        "排查隐患120处，镇级处置80处，上报县级部门4处。",
    ],
)
def test_left_alone(text: str) -> None:
    assert not alarms(text)


@given(st.integers(40, 900), st.integers(0, 30), st.integers(1, 400))
def test_asked_before_all_cases(asked: int, absent: int, others: int) -> None:
    came = asked - absent
    text = f"一审行政案件{asked + others}件；通知负责人出庭{asked}件，实际出庭{came}件，出庭应诉率{{:.1f}}%。"
    assert not alarms(text.format(came / asked * 100))
    off = came / asked * 100 - 4
    if abs(came / (asked + others) * 100 - off) > 1 and abs(asked / (asked + others) * 100 - off) > 1:
        (found,) = alarms(text.format(off))
        assert f"{came}件÷{asked}件" in found.message
        assert found.severity is Severity.ERROR


@given(st.integers(100, 9000), st.integers(2, 90), st.integers(-9, 9))
def test_debts(owed: int, share: int, off: int) -> None:
    paid = owed * share // 100
    left = owed - paid + off
    if paid and left > 0 and left <= owed:
        # Sums of money are rounded, so a step of the last digit may be nothing.
        found = alarms(f"拖欠工程款{owed}万元，已付清{paid}万元，还差{left}万元。")
        assert abs(off) in (1, 2) or bool(found) is (off != 0)


@given(st.integers(1, 40), st.integers(1, 40), st.integers(-9, 9))
def test_more_answers_than_letters(courts: int, prosecutors: int, off: int) -> None:
    answered = courts + prosecutors + off
    if answered > 0:
        text = f"收到司法建议{courts}份、检察建议{prosecutors}份，按期回复{answered}份。"
        assert bool(alarms(text)) is (off > 0)


@given(st.integers(60, 200), st.integers(1, 20), st.integers(1, 20), st.integers(-8, 8))
def test_votes_and_voters(voters: int, better: int, fair: int, off: int) -> None:
    best = voters - better - fair + off
    text = f"{voters}名代表现场投票，好{best}票、较好{better}票、一般{fair}票。"
    assert bool(alarms(text)) is (off > 0 or -max(1, voters * 0.02) <= off < 0)
