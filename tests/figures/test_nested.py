"""Lines of a table with parts below their whole: only a list that is whole by its own words is added up."""

from __future__ import annotations

import pytest

from tests.figures.helpers import alarms

MARKS = {"tab": "\t", "blank": " ", "blanks": "    ", "wide": "　", "bar": "|"}
RIGHT = {
    "adds up": "1|办件|件|26310\n2|纠纷|件|433\n其中：邻里|件|168\n物业|件|131\n劳资|件|84\n其他|件|50\n3|信访|件|186",
    "without units": "1|普法活动|130\n其中：进机关|30\n进校园|42\n进社区|31\n其他|27\n2|讲座|16",
    "rest of the outer list": "行政处罚|60\n其中：简易程序|22\n行政许可|30\n其他|18\n合计|110",
    "rest of the list above": "1|办件量|件|860\n其中：网上办理|件|412\n窗口|件|300\n其他行政行为|件|40",
    "total on top": "总数|100\n行政处罚|60\n其中：简易程序|22\n行政许可|30\n其他|10",
    "no rest": "1|检查|次|860\n其中：日常检查|次|412\n专项检查|次|203\n2|处罚|件|12\n3|其他|件|40",
    "one line part of another": "1|纠纷|件|423\n其中：邻里|件|168\n物业|件|131\n装修|件|20\n劳资|件|84\n其他|件|40",
    "two levels": "1|案件|件|100\n其中：民事|件|60\n其中：婚姻|件|20\n其他|件|15",
    "other units": "1|投入|万元|423\n其中：培训|次|168\n宣传|场|131\n其他|项|50",
    "attributes": "1|调解员|人|100\n其中：党员|人|60\n女性|人|40\n其他|人|20",
    "shares": "1|办结率|96.5\n其中：一类占比|52\n二类占比|31\n其他|12",
    "rounded": "1|罚没金额|万元|42.6\n其中：市场监管|万元|18.3\n交通运输|万元|12.4\n其他|万元|12.0",
    "broken by words": "1|纠纷|件|433\n其中：邻里|件|168\n说明见附件。\n物业|件|131\n其他|件|50",
    "name in a line of its own": "1|纠纷|件|433\n其中：|件|168\n物业|件|131\n其他|件|50",
}
WRONG = {
    "with units": "1|办件|件|26310\n2|纠纷|件|443\n其中：邻里|件|168\n物业|件|131\n劳资|件|84\n其他|件|50\n3|信访|件|186",
    "without units": "1|普法活动|120\n其中：进机关|30\n进校园|42\n进社区|31\n其他|27\n2|讲座|16",
    "called a total": "援助案件总数|件|212\n其中：劳动争议|件|88\n婚姻家庭|件|61\n交通事故|件|40\n其他|件|33",
    "money": "（一）|罚没金额|万元|42.6\n其中：市场监管|万元|18.3\n交通运输|万元|12.4\n其他|万元|9.2",
    "number and name in one cell": "1.行政检查|次|860\n其中：日常检查|次|412\n专项检查|次|203\n双随机|次|145\n其他检查|次|80",
    "unit beside the figure": "3|接待群众|640人次\n其中：来访|312人次\n来电|203人次\n其余|105人次",
}


def table(lines: str, layout: str) -> str:
    return "主要数据见下表：\n" + lines.replace("|", MARKS[layout]) + "\n"


@pytest.mark.parametrize("layout", MARKS)
@pytest.mark.parametrize("name", RIGHT)
def test_right_list_is_left_alone(name: str, layout: str) -> None:
    assert not alarms(table(RIGHT[name], layout))


@pytest.mark.parametrize("layout", MARKS)
@pytest.mark.parametrize("name", WRONG)
def test_wrong_sum_is_found(name: str, layout: str) -> None:
    found = alarms(table(WRONG[name], layout))
    assert len(found) == 1 and "下各项之和为" in found[0].message


def test_long_list_is_given_up() -> None:
    lines = "\n".join(f"第{n}类纠纷 件 {n}" for n in range(10, 60))
    assert not alarms(f"1 纠纷 件 9000\n其中：邻里 件 3\n{lines}\n其他 件 4\n")
