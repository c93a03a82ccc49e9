"""Sections, kinds of sentences, and roles sentence by sentence."""

from __future__ import annotations

import random

import pytest

from auditor.model import ReaderInfo, Role
from auditor.text.document import Document, Kind
from auditor.text.parse import Unsuitable, parse
from auditor.text.structure import split_sentences
from tests.text.samples import NUMBERED, PLAIN, WEB
from tests.text.test_normalise import rewrap

READER = ReaderInfo("txt", "utf-8")
HEAD = (
    "松岭县人民政府2023年度法治政府建设情况报告\n\n2023年，松岭县推进法治政府建设，现将有关情况报告如下：\n\n"
)


def read(text: str) -> Document:
    return parse(text, READER)


def roles(text: str) -> dict[str, Role]:
    document = read(text)
    return {document.norm.text[s.start : s.end]: s.role for s in document.sentences}


def role_of(text: str, words: str) -> Role:
    found = [role for sentence, role in roles(text).items() if words in sentence]
    assert len(found) == 1, words
    return found[0]


def outline(document: Document) -> list[tuple[str, int, str]]:
    return [(s.heading, s.depth, s.role.value) for s in document.sections]


def test_numbered_report() -> None:
    document = read(NUMBERED)
    assert outline(document) == [
        ("", 0, "preface"),
        ("一、主要举措和成效", 1, "achievements"),
        ("（一）健全推进机制，压实法治责任", 2, "achievements"),
        ("（二）坚持问题导向，规范行政执法", 2, "achievements"),
        ("（三）严格文件管理，提升制度质效", 2, "achievements"),
        ("二、存在的问题及原因", 1, "problems"),
        ("三、2024年工作安排", 1, "plan"),
        ("（一）抓实队伍建设", 2, "plan"),
        ("（二）抓实应诉工作", 2, "plan"),
        ("", 0, "closing"),
    ]
    kinds = {document.norm.text[s.start : s.end]: s.kind for s in document.sentences}
    assert kinds["松岭县人民政府关于2023年度法治政府建设情况的报告"] is Kind.TITLE
    assert kinds["河原市人民政府："] is Kind.TITLE
    assert kinds["一是学在前头。"] is Kind.LEAD
    assert kinds["一是执法力量不均衡。"] is Kind.LEAD
    assert kinds["（一）抓实队伍建设。"] is Kind.HEADING
    assert kinds["松岭县人民政府"] is Kind.SIGNATURE
    assert kinds["二〇二四年一月三十日"] is Kind.SIGNATURE


def test_sections_cover_the_body_in_order() -> None:
    for text in (NUMBERED, WEB, PLAIN):
        document = read(text)
        for before, after in zip(document.sections, document.sections[1:], strict=False):
            assert before.end == after.start
        for s in document.sentences:
            if s.section >= 0:
                section = document.sections[s.section]
                a, b = document.norm.original(s.start, s.end)
                assert section.start <= a < b <= max(section.end, b)


def test_headings_without_numbers() -> None:
    assert outline(read(WEB)) == [
        ("", 0, "preface"),
        ("工作亮点", 1, "achievements"),
        ("存在的困难和短板", 1, "problems"),
        ("下一步工作打算", 1, "plan"),
        ("", 0, "closing"),
    ]
    leads = {read(WEB).norm.text[s.start : s.end] for s in read(WEB).sentences if s.kind is Kind.LEAD}
    assert leads == {"规范执法有尺度。", "服务群众有温度。"}


def test_no_headings_at_all() -> None:
    assert role_of(PLAIN, "法治讲座4场") is Role.ACHIEVEMENTS
    assert role_of(PLAIN, "清醒认识到") is Role.PROBLEMS
    assert role_of(PLAIN, "新的一年") is Role.PLAN


@pytest.mark.parametrize(
    "sentence",
    [
        "开展专项检查，发现问题600余个，已全部整改。",
        "巡察反馈问题8个，已整改7个。",
        "针对存在的问题，逐项整改到位。",
        "坚持问题导向，逐条补齐短板。",
        "解决了长期存在的权属不清的问题。",
        "县政府常务会议研究下一步法治工作。",
        "会议指出，要把下一步的任务落实到人。",
        "查找送达、取证等环节的疏漏并整改到位。",
        "督促单位整改仍存在的问题12个。",
        "结转下年6件。",
        "2024年1月，组织全县执法人员参加考试。",
        "明确专人负责，当年收到的建议全部办结。",
    ],
)
def test_achievements_that_sound_otherwise(sentence: str) -> None:
    text = f"{HEAD}一、主要举措和成效\n\n（一）规范执法\n\n全年开展检查20次。{sentence}办理案件30件。\n\n二、存在的问题\n\n力量不足。\n"
    assert role_of(text, sentence.rstrip("。")) is Role.ACHIEVEMENTS
    assert role_of(text, "办理案件30件") is Role.ACHIEVEMENTS


@pytest.mark.parametrize(
    "sentence",
    [
        "但执法力量还不够均衡。",
        "但部分乡镇仍存在执法不规范的问题。",
        "虽然取得了一定成绩，但离群众期盼还有差距。",
        "工作中还存在一些薄弱环节。",
        "同时也清醒看到，基层法治力量依然薄弱。",
        "对照上级要求，我县法治政府建设仍有不小差距。",
    ],
)
def test_problems_inside_achievements(sentence: str) -> None:
    text = f"{HEAD}一、主要举措和成效\n\n（一）规范执法\n\n全年开展检查20次。{sentence}\n\n（二）加强普法\n\n开展宣讲9场。\n"
    assert role_of(text, sentence.rstrip("。")) is Role.PROBLEMS
    assert role_of(text, "开展宣讲9场") is Role.ACHIEVEMENTS


def test_problems_and_plan_in_one_part() -> None:
    text = (
        f"{HEAD}一、主要做法\n\n开展检查20次。\n\n二、存在的问题和下一步打算\n\n"
        "一是执法能力有待提高。下一步将加大培训力度。二是普法形式单一。2024年将录制短视频。\n\n"
        "针对以上问题，我县将重点做好以下工作：\n\n（一）加强领导。压实责任。\n\n三、其他需要报告的事项\n\n无。\n"
    )
    assert role_of(text, "执法能力有待提高") is Role.PROBLEMS
    assert role_of(text, "加大培训力度") is Role.PLAN
    assert role_of(text, "普法形式单一") is Role.PROBLEMS
    assert role_of(text, "录制短视频") is Role.PLAN
    assert role_of(text, "针对以上问题") is Role.PLAN
    assert role_of(text, "压实责任") is Role.PLAN
    assert role_of(text, "无。") is Role.ACHIEVEMENTS


def test_merged_items_that_state_lack_then_remedy() -> None:
    text = (
        f"{HEAD}一、主要做法\n\n开展检查20次。\n\n二、短板弱项与2024年打算\n\n"
        "1.科室抓法治冷热不均。2024年将组织科室负责人述法。\n\n2.普法偏重发传单。来年将编排情景剧。\n"
    )
    assert role_of(text, "冷热不均") is Role.PROBLEMS
    assert role_of(text, "科室负责人述法") is Role.PLAN
    assert role_of(text, "发传单") is Role.PROBLEMS
    assert role_of(text, "情景剧") is Role.PLAN


def test_problems_and_plan_in_the_last_paragraphs() -> None:
    text = (
        f"{HEAD}一、强化学习\n\n开展学习9次。\n\n二、规范执法\n\n开展检查20次。\n\n"
        "肯定成绩的同时，也要看到工作中的不足，主要表现在：\n\n一是台账不规范。\n\n二是宣传不够深入。\n\n"
        "下一步，我县将做好三项工作。\n\n推进执法规范化，轮训执法人员。\n\n松岭县人民政府\n2024年1月9日\n"
    )
    assert role_of(text, "肯定成绩的同时") is Role.PROBLEMS
    assert role_of(text, "台账不规范") is Role.PROBLEMS
    assert role_of(text, "宣传不够深入") is Role.PROBLEMS
    assert role_of(text, "下一步") is Role.PLAN
    assert role_of(text, "轮训执法人员") is Role.PLAN
    assert role_of(text, "2024年1月9日") is Role.CLOSING


@pytest.mark.parametrize(
    "heading",
    [
        "法治政府建设工作开展情况",
        "主要做法",
        "工作亮点",
        "特色做法",
        "党政主要负责人履行推进法治建设第一责任人职责情况",
        "其他需要报告的事项",
        "2023年度计划任务完成情况",
        "坚持问题导向，破解执法难题",
    ],
)
def test_headings_of_achievements(heading: str) -> None:
    text = f"{HEAD}一、{heading}\n\n办理案件30件。\n\n二、存在的主要问题\n\n力量不足。\n"
    assert role_of(text, "办理案件30件") is Role.ACHIEVEMENTS


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("存在问题及原因分析", Role.PROBLEMS),
        ("工作中的不足和差距", Role.PROBLEMS),
        ("面临的困难", Role.PROBLEMS),
        ("存X的问题", Role.PROBLEMS),
        ("下一步整改措施", Role.PLAN),
        ("2024年工作思路", Role.PLAN),
        ("明年工作计划", Role.PLAN),
        ("努力方向", Role.PLAN),
        ("下X步工作打X", Role.PLAN),
    ],
)
def test_headings_of_problems_and_plan(heading: str, role: Role) -> None:
    text = f"{HEAD}一、主要做法\n\n办理案件30件。\n\n二、{heading}\n\n针对普法载体开展工作。\n"
    assert role_of(text, "普法载体") is role


def test_heading_whose_number_is_damaged() -> None:
    text = NUMBERED.replace("二、存在的问题", "、存在的问题").replace("三、2024年", "彐、2024年")
    assert role_of(text, "偏远乡镇持证执法人员") is Role.PROBLEMS
    assert role_of(text, "不少于60学时") is Role.PLAN


def test_roles_survive_damage() -> None:
    """One character in a hundred lost or replaced leaves nearly every role as it was."""
    whole = {s.role: 0 for s in read(NUMBERED).sentences}
    changed = total = 0
    document = read(NUMBERED)
    for s in document.sentences:
        whole[s.role] += s.end - s.start
    for seed in range(30):
        rng = random.Random(seed)
        damaged = _damage(NUMBERED, rng)
        sums = dict.fromkeys(whole, 0)
        for s in read(damaged).sentences:
            sums[s.role] += s.end - s.start
        changed += sum(abs(sums[role] - whole[role]) for role in whole)
        total += sum(whole.values())
    assert changed / total < 0.03


def _damage(text: str, rng: random.Random) -> str:
    out: list[str] = []
    for c in text:
        if "\u4e00" <= c <= "\u9fff" and rng.random() < 0.01:
            if rng.random() < 0.5:
                continue
            c = rng.choice("的县工一推法政建管理")
        out.append(c)
    return "".join(out)


@pytest.mark.parametrize("width", range(20, 61, 4))
def test_roles_survive_wrapping(width: int) -> None:
    for text in (NUMBERED, WEB, PLAIN):
        a, b = read(text), read(rewrap(text, width))
        assert outline(a) == outline(b)
        assert [(s.start, s.end, s.role, s.kind) for s in a.sentences] == [
            (s.start, s.end, s.role, s.kind) for s in b.sentences
        ]


def test_run_in_headings() -> None:
    text = (
        f"{HEAD}一、主要举措\n(一)强保障,高位推进。一是加强领导。县长主持会议9次。二是强化督查。开展督查3次。\n"
        "(二)优服务,便民利企。办理事项8次。\n二、存在问题\n一是能力不足;二是力量薄弱。\n"
    )
    document = read(text)
    assert ("(一)强保障,高位推进", 2, "achievements") in outline(document)
    kinds = {document.norm.text[s.start : s.end]: s.kind for s in document.sentences}
    assert kinds["（一）强保障，高位推进。"] is Kind.HEADING
    assert kinds["一是加强领导。"] is Kind.LEAD
    assert kinds["县长主持会议9次。"] is Kind.BODY
    assert kinds["一是能力不足；"] is Kind.BODY


def test_items_are_no_headings() -> None:
    text = f"{HEAD}一、主要做法\n\n办理案件30件。\n\n二、2024年工作安排\n\n1.组织执法人员轮训，不少于60学时。\n\n2.修订应急预案。\n"
    document = read(text)
    assert [s.heading for s in document.sections] == ["", "一、主要做法", "二、2024年工作安排"]
    assert all(
        s.kind is Kind.BODY for s in document.sentences if "轮训" in document.norm.text[s.start : s.end]
    )


@pytest.mark.parametrize(
    ("paragraph", "sentences"),
    [
        ("开展检查。办结案件；", ["开展检查。", "办结案件；"]),
        ("审结46件（维持28件；驳回8件）。完毕", ["审结46件（维持28件；驳回8件）。", "完毕"]),
        ("没有闭合（第一句。第二句。", ["没有闭合（第一句。", "第二句。"]),
        ("主要有：一是不足。二是不强。", ["主要有：", "一是不足。", "二是不强。"]),
        ("其中：处罚3件。", ["其中：处罚3件。"]),
    ],
)
def test_sentences(paragraph: str, sentences: list[str]) -> None:
    assert [paragraph[a:b] for a, b in split_sentences(paragraph)] == sentences


@pytest.mark.parametrize(
    "text", ["今天天气很好，适合出门散步。\n" * 20, "print('hello')\n" * 30, "法治\n", "首页\n打印\n"]
)
def test_unsuitable(text: str) -> None:
    with pytest.raises(Unsuitable) as caught:
        read(text)
    assert str(caught.value).count("。") == 1


def test_suitable_without_title_or_date() -> None:
    assert (
        read("一年来，我局深入推进依法行政，全年办理行政处罚案件12件，组织执法培训3次。\n").metadata.title
        is None
    )


DONE = "一、主要工作和成效\n全年制定规范性文件6件，全部报备。\n组织执法检查36次，办结案件128件。\n\n"
FREE = DONE.removeprefix("一、")
FOOT = "\n松岭县人民政府\n2024年1月10日\n"


@pytest.mark.parametrize(
    ("body", "words", "role"),
    [
        # Headings in everyday words
        (
            FREE + "还有哪些没做好\n旧文件没来得及清理，压在柜子里。\n\n明年打算怎么干\n把文件清理一遍。\n",
            "旧文件",
            "problems",
        ),
        (
            FREE + "没干好的几件事\n信访积案还剩九件。\n\n往后怎么干\n积案一件一件啃。\n",
            "信访积案",
            "problems",
        ),
        (DONE + "二、还有哪些地方做得不够好、为什么\n信访积案还剩九件。\n", "信访积案", "problems"),
        (DONE + "二、办了哪些事、好不好由群众说\n信访积案化解九件。\n", "信访积案", "achievements"),
        (
            DONE + "二、差在哪里\n乡镇审核人员兼职多。\n三、怎么补上\n为每个乡镇配备专职审核人员。\n",
            "专职",
            "plan",
        ),
        (DONE + "二、困难与挑战\n普法形式不新。\n三、新年新举措\n抓实普法。\n", "抓实", "plan"),
        (
            DONE + "二、存在的不足\n普法形式不新。\n三、措施\n（1）抓实普法。\n（2）抓好执法。\n",
            "抓好",
            "plan",
        ),
        (DONE + "二、存在的不足\n力量薄弱。\n三、其他事项\n全年公开信息128条。\n", "128条", "achievements"),
        # Causes beside the plan
        (
            DONE + "二、存在的问题\n执法力量不足。\n三、执法力量方面的差距成因与2024年安排\n"
            "1.成因。编制有限，人才留不住。\n2.安排。招录执法人员12名。\n",
            "编制有限",
            "problems",
        ),
        (
            DONE + "二、存在的问题\n执法力量不足。\n三、执法力量方面的差距成因与2024年安排\n"
            "1.成因。编制有限，人才留不住。\n2.安排。招录执法人员12名。\n",
            "招录",
            "plan",
        ),
        (
            DONE + "二、存在问题\n标准不一。\n三、深层次原因\n重业务轻法治。\n四、努力的方向\n统一标准。\n",
            "重业务",
            "problems",
        ),
        # Labels at the head of a paragraph
        (DONE + "亮短板：28项任务有3项没完成；部分村普法走过场。\n", "部分村", "problems"),
        (DONE + "【不足】文件清理不及时。\n【打算】建立定期清理机制。\n", "清理不及时", "problems"),
        (DONE + "【不足】文件清理不及时。\n【打算】建立定期清理机制。\n", "建立定期", "plan"),
        (DONE + "补短板：新建村级法律服务站32个，实现全覆盖。\n", "新建村级", "achievements"),
        (DONE + "年末12个部门的负责人当面述法，摆出成绩也亮出不足。\n", "当面述法", "achievements"),
        (DONE + "工作取得一定成绩，但也有短板，部分乡镇审核人员不足。\n", "部分乡镇", "problems"),
        (
            DONE
            + "不足：文件评估开展少。\n打算：每年评估两件。\n二、法治执法\n办案36件。\n不足：装备老旧。\n打算：更新设备。\n",
            "办案36件",
            "achievements",
        ),
        # Turns inside a paragraph
        (
            DONE + "平台流转事项8940件。差距同样在眼前：专职调解员只有4名。\n组织学法12次。\n",
            "专职调解员",
            "problems",
        ),
        (
            DONE + "平台流转事项8940件。差距同样在眼前：专职调解员只有4名。\n组织学法12次。\n",
            "学法12次",
            "achievements",
        ),
        (DONE + "在总结成绩的同时，也要看到，执法队伍专业化程度还不高。\n", "专业化", "problems"),
        # Look-alikes among the achievements
        ("一、破解发展难题\n协调解决企业困难128个。\n二、存在不足\n力量薄弱。\n", "128个", "achievements"),
        (
            "一、整改上年问题情况\n指出的6个问题已完成整改5个。\n二、存在不足\n力量薄弱。\n",
            "整改5个",
            "achievements",
        ),
        (
            "1. 主要做法\n制定文件6件。\n2. 存在的短板\n标准不一。\n3. 2024年重点工作\n统一标准。\n",
            "统一标准",
            "plan",
        ),
    ],
)
def test_parts_in_the_words_of_all_sorts_of_authors(body: str, words: str, role: str) -> None:
    assert role_of(HEAD + body + FOOT, words) == role


def test_an_account_after_the_problems() -> None:
    text = (
        f"{HEAD}一、主要举措和成效\n\n办理案件30件。\n\n二、存在的不足和原因\n\n力量不足。\n\n"
        "三、主要负责人履行第一责任人职责的有关情况\n\n主要负责人重视法治建设，把履职要求落到实处。\n\n"
        "四、下一年工作安排\n\n轮训执法人员。\n"
    )
    assert role_of(text, "把履职要求落到实处") is Role.ACHIEVEMENTS
    assert role_of(text, "轮训执法人员") is Role.PLAN


@pytest.mark.parametrize("heading", ["牢牢把握法治建设正确政治方向", "明方位、把牢前进方向"])
def test_a_direction_kept_is_no_plan(heading: str) -> None:
    text = f"{HEAD}一、{heading}\n\n办理案件30件。\n\n二、存在的主要问题\n\n力量不足。\n"
    assert role_of(text, "办理案件30件") is Role.ACHIEVEMENTS


def test_long_headings_and_headings_before_a_colon() -> None:
    long = "一、深入学习宣传贯彻上级全会精神和重要讲话精神，围绕县委县政府中心工作推动法治建设，充分发挥职能作用服务发展大局的举措和成效情况"
    stated = "二、深入开展普法宣传教育并推动法治文化阵地建设提档升级工作情况"
    text = (
        f"{HEAD}{long}\n\n推动学习走深走实，干部法治意识不断增强。\n\n{stated}。\n\n开展宣讲活动，群众反响良好。\n\n"
        "三、存在的问题：执法人员老龄化明显，持证人员偏少，基层力量还很薄弱。\n\n四、下一步打算\n\n轮训执法人员。\n"
    )
    document = read(text)
    assert [h for h, depth, _ in outline(document) if depth] == [
        long,
        stated,
        "三、存在的问题",
        "四、下一步打算",
    ]
    assert role_of(text, "持证人员偏少") is Role.PROBLEMS


def test_a_heading_that_lost_its_number_above_a_list() -> None:
    lost = "深入学习贯彻上级决策部署精神，加强党组对法治部门建设工作的全面领导"
    text = (
        f"{HEAD}一、主要举措和成效\n\n{lost}\n\n1.抓学习。全年学法6次，覆盖全体干部职工。\n\n"
        "2.抓考核。把法治建设纳入考核，权重进一步提高。\n"
    )
    assert (lost, 2, "achievements") in outline(read(text))


def test_annexes_behind_the_signature_are_no_part_of_the_plan() -> None:
    text = (
        f"{HEAD}一、主要成效\n\n全县办理行政复议案件36件，依法行政水平不断提高，各乡镇、各部门都有明显进步。\n\n"
        "二、2024年工作打算\n\n继续加强执法队伍建设。\n\n松岭县人民政府\n\n2024年1月30日\n\n"
        "2023年度办案情况表\n\n" + "\n\n".join(f"类别{n}    {n + 10}    {n + 3}" for n in range(12))
    )
    assert role_of(text, "办案情况表") is Role.CLOSING
    assert role_of(text, "执法队伍") is Role.PLAN


def test_a_first_sentence_with_a_subject_is_no_heading() -> None:
    told = "我局将普法责任清单列为局党组会固定学习内容。"
    text = f"{HEAD}（一）压实普法责任。全年办班三期，各股室轮流授课。\n\n（二）{told}一是领导带头学，二是全员系统学。"
    kinds = {read(text).norm.text[s.start : s.end]: s.kind for s in read(text).sentences}
    assert kinds["（一）压实普法责任。"] is Kind.HEADING
    assert kinds[f"（二）{told}"] is Kind.BODY


def test_what_stands_before_a_lack_was_done() -> None:
    text = (
        f"{HEAD}一、主要成效\n\n31项事项进驻政务服务中心，全年办件2146件，但个别事项仍需往返，衔接不够顺畅。\n\n"
        "虽然建立了登记簿，编了号，但其中一件报备不够及时。\n\n"
        "二、存在不足\n\n台账建了，但更新不够及时，还有差距。"
    )
    assert role_of(text, "办件2146件") is Role.ACHIEVEMENTS
    assert role_of(text, "但个别事项") is Role.PROBLEMS
    assert role_of(text, "虽然建立了登记簿") is Role.PROBLEMS
    assert role_of(text, "台账建了") is Role.PROBLEMS


def test_an_account_of_the_wrong_year_is_no_plan() -> None:
    text = f"{HEAD}一、2024年度推进法治政府建设的主要举措和成效\n\n举办培训班4期。\n\n二、2024年工作打算\n\n开展案卷评查。"
    assert role_of(text, "培训班4期") is Role.ACHIEVEMENTS
    assert role_of(text, "案卷评查") is Role.PLAN


def test_a_cause_explains_the_figure_before_it() -> None:
    text = (
        f"{HEAD}一、主要成效\n\n收案36件，比上年增加。主要原因为征收项目增多。全年推行首违不罚，免罚56件。\n\n"
        "审核不够及时。主要原因：一是人手偏紧。二是骨干外借。\n\n二、2024年工作打算\n\n开展案卷评查。"
    )
    assert role_of(text, "免罚56件") is Role.ACHIEVEMENTS
    assert role_of(text, "骨干外借") is Role.PROBLEMS
