"""Passages that name a matter without this body having done anything in it: topics, and deeds of others.

Both are told by the form of the clause alone, whatever the matter: 围绕公平竞争等议题召开座谈会 is no review of fair
competition, and 县法院上线立案系统 is no system of the government.
"""

from __future__ import annotations

from auditor.regex import regex
from auditor.text.document import Span, merged

_TOPIC = r"(?:议题|议程|主题|课题|选题|话题|题目|专题)"
_COURSE = r"(?:课程|网课|微课|慕课|必修课|选修课|专题课|公开课|讲座|讲堂|辅导报告|报告会|论坛|沙龙)"
_TITLED = regex(
    rf"(?:围绕|聚焦|紧扣|针对|(?<![^，。；：\n])[就以])([^，。；：\n]{{2,84}}?){_TOPIC}"
    r"(?!服务|公园|套餐|集成|场景|词|库|办理|化)"
)
"""围绕…等议题 and 以…为主题."""
_TAUGHT = regex(rf"(?:开设|开出|讲授|录制|上线|推出|举办|开讲)([^，。；：\n]{{2,86}}?){_COURSE}")
"""开设…等课程."""

_LESSON = regex(
    r"(?:(?:内容|课程|讲授|题目|主题|议题)(?:主要)?(?:涉及|包括|涵盖|包含|有)|(?<!宣传)(?:讲授|主讲|交流了|介绍了))([^。；\n]{2,84}?)(?=[，。；\n])"
)
"""内容涉及… and 讲授…: what was taught or told there."""
_LISTED = regex(
    r"(?:把|将)([^，。；\n]{2,84}?)(?:列入|列为|编入|编进|写入|纳入|作为)[^，。；\n]{0,16}"
    r"(?:书目|教材|课题|课程|教学计划|教学内容|培训内容|培训计划|学习内容|必修课?|主题词|选题)"
)
"""把…列入学习书目."""
_PASSED_ON = regex(
    r"(?:传达(?:学习)?|转发|转办|交办|收到)(?:了)?([^，。；《\n]{2,84}?)"
    r"(?:精神|的?通报|等(?:方面)?的?(?:文件|通知|建议|意见|提案|议案)|(?<=清单|工作|办法|情况|管理|行为|改革|规范|事项|问题|案件|制度)的?(?:通知|意见|方案|办法)(?=[，。；\n]))"
)
"""传达…会议精神 and 转发关于…等方面的文件."""
_PAPERS = regex(
    r"(?:转发|转来|发来|传阅|领学|传达学习|会前(?:集体)?学习|集体学习|(?:撰写|刊发|发表|刊登|报送)的?)了?[^，。；《\n]{0,30}((?:[、和及]?《[^》\n]{2,90}》){1,6})"
)
"""转发《…的通知》."""
_RECEIVED = regex(
    r"((?:《[^》\n]{2,90}》[、和及]?){1,6})(?:等?[^，。；\n]{0,6}文件)?(?:已经?|均已?|都)?(?:收到|收悉|签收|收文|传阅)(?=[，。；、后各至]|完毕)"
)
"""《…的通知》收到，已传阅."""
_ELSEWHERE = regex(
    r"(?:(?<![^，。；：\n])|(?<=[。；\n]))([^，。；：\n]{2,60}?)(?:另行|另文|另外|单独)(?:专题)?(?:报告|上报|汇报|报送|行文|总结)(?=[，。；\n])"
)
"""信访工作由…另行报告: told of elsewhere."""
_SPOKEN = regex(
    r"(?:围绕|聚焦|就)([^，。；：\n]{2,84}?)(?:作|进行|开展|提交|报送)了?(?:表态|交流|专题|研讨|典型|书面|大会)*(?:发言|研讨|论坛|(?<=交流)材料)"
)
"""围绕…作交流发言."""
_STUDIED = regex(
    r"(?:会议?|组)(?:专题)?(?:研究|讨论)(?:讨论)?了?([^，。；：\n]{2,60}?)的?(?:有关|相关)(?:问题|事项|工作)"
)
"""会议研究了…的有关问题."""
_AIMED = regex(
    r"以([^，。；：\n]{2,60}?)为(?:总?目标|牵引|导向|引领|统领|主线|根本|遵循|指引|方向|突破口|着力点|切入点|落脚点|出发点|宗旨|追求)"
)
"""以…为牵引."""
_NAMED = (
    _TITLED, _TAUGHT, _LESSON, _LISTED, _PASSED_ON, _PAPERS, _RECEIVED, _ELSEWHERE, _SPOKEN, _STUDIED, _AIMED,
)  # fmt: skip

_TO = r"(?!报|提|邀|接|配|会同|联|协|主动|向|经|由|与|同|对|为|在|被|依法|组织|支持|自觉|请|到|赴|走进|送)"
"""What makes the body that follows an object: 报送县人大常委会."""
_PLACE = r"(?:[省市州县区旗镇乡]|[\u4e00-\u9fff]{2,4}[省市州县区旗镇乡]|街道|驻[县区市]|最高|中级|两级)?"
_BODY = (
    r"(?:人大(?:常委会)?(?:主任会议)?|政协|(?:中级|高级|基层|互联网)?(?:人民)?法院|中院|(?:人民)?检察院|检察机关|审判机关"
    r"|公证处|公证机构|仲裁委员会|仲裁委|律师事务所|商会)"
)
_BESIDE = (
    r"(?![的、和与及同（]|代表|委员|机关|工作|监督|各|报告|建议|提案|反馈|交办|转来|意见|审议意见|联[合动席]|会同|沟通|协作"
    r"|之间|评议|决议|决定|任命|备案|对接|支持|参与|指导|专门|专委|选派|派员|为我|对我|对县政府|对市政府|对区政府|、)"
)
_OURS = r"(?:我[省市州县区旗镇乡局委厅办街]|本[级局委厅]|(?:[省市州县区旗镇乡])?政府|司法局|各部门|各单位|各镇|各乡|全[省市州县区镇乡])"
_OTHERS = regex(
    rf"(?:^|(?<=[。；\n：]))(?:[一二三四五六七八九十]是|其中，?|同时，?|此外，?)?({_TO}{_PLACE}{_BODY}{_BESIDE}"
    rf"[^，。；\n]{{2,120}}(?:，(?!{_OURS})(?![^，。；\n]{{0,12}}(?:联合|会同|协同))[^，。；\n]{{1,120}}){{0,12}})"
)
"""A sentence whose subject is a court, an assembly or the like, up to a clause with a subject of our own."""
_JOINT = regex(r"联合|会同|协同|联席|联动|与[^，。；]{0,12}(?:局|政府|委|办)|向[^，。；]{0,10}(?:政府|局)")


def topics(text: str) -> tuple[Span, ...]:
    """Spans of what is only named: topics of meetings and courses, what was passed on or aimed at, in order."""
    return merged(m.span(1) for pattern in _NAMED for m in pattern.finditer(text))


def others(text: str) -> tuple[Span, ...]:
    """Spans in which courts, assemblies and other bodies outside the government do something alone, in order."""
    return tuple(m.span(1) for m in _OTHERS.finditer(text) if not _JOINT.search(m.group(1)))
