"""Passages that name a matter without a deed of this body."""

from __future__ import annotations

from itertools import pairwise

import pytest

from auditor.text.asides import others, topics
from auditor.text.document import merged


def cut(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("召集人围绕公平竞争、简政放权等议题开了座谈会。", ["公平竞争、简政放权等"]),
        ("以数据共享为主题办了三期。", ["数据共享为"]),
        ("就窗口办事这一课题走访五镇。", ["窗口办事这一"]),
        ("夜校开设案卷评查、裁量基准等6门课程。", ["案卷评查、裁量基准等6门"]),
        ("县里举办应急预案编制讲座。", ["应急预案编制"]),
        ("培训内容涉及案卷评查、裁量基准等，到课90人。", ["案卷评查、裁量基准等"]),
        ("请专家讲授行政裁决、诉源治理的方法。", ["行政裁决、诉源治理的方法"]),
        ("把案卷评查、涉企检查列为下一步研究课题。", ["案卷评查、涉企检查"]),
        ("将民法典列入机关学习书目。", ["民法典"]),
        ("传达全市审计工作会议和政务公开交流会精神。", ["全市审计工作会议和政务公开交流会"]),
        ("转发关于健全失信记录等方面的文件。", ["关于健全失信记录"]),
        ("转发《关于开展清理的通知》《评查办法》，各股传阅。", ["《关于开展清理的通知》《评查办法》"]),
        ("会前集体学习了《决策程序条例》有关章节。", ["《决策程序条例》"]),
        ("撰写的《裁量基准的思考》获奖。", ["《裁量基准的思考》"]),
        ("转发省里关于规范裁量权工作的意见。", ["省里关于规范裁量权工作"]),
        ("就府院联动提交了书面交流材料。", ["府院联动"]),
        ("围绕扫码入企作了表态发言。", ["扫码入企"]),
        ("县政府专题会议研究了行刑衔接的有关问题。", ["行刑衔接"]),
        ("以深化综合执法为牵引推动减负。", ["深化综合执法"]),
        (
            "省厅《关于规范裁量权的通知》《评查标准》收到，已转各股。",
            ["《关于规范裁量权的通知》《评查标准》"],
        ),
        ("州里发来《矛盾调解办法》一份。", ["《矛盾调解办法》"]),
        ("接访情况由县信访局另行报告。", ["接访情况由县信访局"]),
        # a part of another word, a matter that is done, a list of services
        ("落实灵活就业参保等12个主题服务。", []),
        ("围绕群众反映的问题，逐件办结。", []),
        ("举办2期，课程结束后逐人考试。", []),
        ("把案卷评查列入年度考核，逐家打分。", []),
        ("收到群众建议31条，逐条答复。", []),
        ("印发《评查办法》，评查案卷90卷。", []),
        ("就方案召开座谈会，听取意见12条。", []),
        ("会议研究解决信访积案9件。", []),
        ("以案卷评查为主要办法，发现问题12个。", []),
        ("《裁量基准》收到群众意见12条。", []),
        ("制定《评查办法》并归档备查。", []),
        ("向县委专题报告法治建设情况。", []),
    ],
)
def test_topics_of_meetings_and_courses(text: str, expected: list[str]) -> None:
    assert cut(text, topics(text)) == expected


def test_overlapping_spans_become_one() -> None:
    assert merged([(6, 8), (0, 4), (0, 5), (3, 6), (6, 7), (9, 12), (10, 11)]) == ((0, 6), (6, 8), (9, 12))
    assert merged([]) == ()


def test_topics_never_overlap() -> None:
    text = "围绕开设数据共享课程等议题座谈。聚焦案卷评查主题。"
    spans = topics(text)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert len(spans) == 2


@pytest.mark.parametrize(
    "text",
    [
        "县法院上线立案系统，网上开庭占三成。",
        "二是市人大常委会对水条例开展检查，察看河道4处。",
        "青川县人民检察院公开听证12场。",
        "公证处推行远程办证。",
    ],
)
def test_what_other_bodies_do_alone(text: str) -> None:
    (start, end) = others(text)[0]
    assert text[start:end] == text.removeprefix("二是").rstrip("。")


@pytest.mark.parametrize(
    "text",
    [
        "报送县人大常委会备案4件。",
        "主动邀请县政协委员视察3次。",
        "县法院联合司法局设立工作室。",
        "向县人大常委会报告工作2次。",
        "人大代表建议办结31件。",
        "检察建议全部回复。",
        "法院和政府召开联席会议。",
    ],
)
def test_deeds_told_of_or_to_other_bodies_are_our_own(text: str) -> None:
    assert others(text) == ()


def test_others_end_where_we_act_again() -> None:
    text = "县法院发出司法建议3件，县政府逐件督办回复。"
    assert cut(text, others(text)) == ["县法院发出司法建议3件"]
