"""Names of places and units: region, level, and whether a unit is a department."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from auditor.model import Level
from auditor.regex import regex

# A suffix counts only where it cannot be the beginning of another word (市场, 区域, 县直) or stand inside a name
# (新乡市, 红旗区, 景德镇市, 津市市).
_SEGMENT = regex(
    r"(?P<stem>[\u4e00-\u9fff]{1,10}?)"
    r"(?P<suffix>特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|自治旗|生产建设兵团|地区|街道(?!办公)|苏木"
    r"|(?:高新技术产业|经济技术|经济|综合|旅游|国家级?高新技术产业)?开发区|高新区|经开区|管理区|示范区|度假区|保税区|产业园区|新区(?!域)"
    r"|(?:省(?![直市级])|市(?![场容直管级区辖井长域内]|政(?![府务协法])|民(?![政族宗防])|市(?:委|(?:人民)?政府))"
    r"|县(?![直级域区内长]|城(?![市乡管关]))|盟|州(?![县区级直]|市(?!场)|城(?![市乡管关]))|旗(?![帜下县区]|市(?!场))"
    r"|林区|区(?![域划直级长间内]))(?!街道|镇|乡(?![村镇]))"
    r"|镇(?![区域街长内县]|市(?!场))|乡(?![村镇土建规间县区族]|市(?!场))|团场|(?<=[0-9一二三四五六七八九十])[师团])"
)
_FUNCTION_WORDS = regex(
    r"[的与在对委]|(?:住房|城乡|发展|资源|卫生|文化|旅游|教育|体育|工业|经济|农业|水利|科技|交通)和"
    r"|依法|政府|管理|监督|关于|年度|建设(?!兵团)"
)
"""What no name of a place has in it."""
_BETWEEN = regex(r"(?:人民政府|政府|管理委员会|管委会)(?=[\u4e00-\u9fff]{1,10}?(?:街道|镇|乡|苏木))")
"""The government between a place and a part of it: 云岩区人民政府青龙街道办事处."""
_MUNICIPALITIES = ("北京市", "上海市", "天津市", "重庆市")
_DEPARTMENT = regex(
    r"(?:局|厅|委|办|办公室|委员会|中心|[支总大]队|院|处|署|所|站|公司|集团|银行|部|队|海关|社|联合会|学校|监狱|分局)(?:党组|党委)?$"
)
_NO_DEPARTMENT = regex(
    r"(?:管委会|管理委员会|人民政府|政府|人大常委会|人大常务委员会|街道办事处|办事处|党工委|工作委员会|[省市县区州盟旗]委|行政公署|公署|人民政府办公室|县委办公室)$"
    r"|^(?:党委|党委会|委|委员会)$"
)
_JOINT = regex(
    r"(?:中共|中国共产党)?(?:(?P<unit>[\u4e00-\u9fff]{3,20}?)(?:委员会|党工委|党委|党组)、?(?=(?P=unit))"
    r"|[\u4e00-\u9fff]{2,20}?[省市县区州旗盟]委(?:员会)?、?(?=[\u4e00-\u9fff]{2,20}人民政府))"
)
"""The party committee that signs with its government or its department."""
_ABOVE = regex(r"(?:中共|中国共产党|中华人民共和国|国家[\u4e00-\u9fff]{2,8}?总?局)")
"""What else may stand before the place, such as the national office of a vertical one."""


class Unit(Struct, frozen=True):
    """A unit's name taken apart."""

    region: str | None
    """The place it belongs to, upper levels as the name has them."""
    suffixes: tuple[str, ...]
    rest: str
    """What follows the place: 人民政府, 市场监督管理局, nothing."""

    @property
    def is_department(self) -> bool:
        return bool(_DEPARTMENT.search(self.rest)) and not _NO_DEPARTMENT.search(self.rest)


def bare_name(name: str) -> str:
    """A unit's name without the party committee that signs with it."""
    joint = _JOINT.match(name)
    return name[joint.end() :] if joint else name


def parse_unit(name: str) -> Unit:
    """Take a folded unit name apart. Never fails: an unknown name has no region."""
    name = bare_name(name)
    above = _ABOVE.match(name)
    name = name[above.end() :] if above else name
    at = 0
    parts: list[str] = []
    suffixes: list[str] = []
    while at < len(name) and len(suffixes) < 5:
        between = _BETWEEN.match(name, at) if suffixes else None
        begin = between.end() if between else at
        m = _SEGMENT.match(name, begin)
        if not m or _FUNCTION_WORDS.search(m.group("stem")):
            break
        if suffixes and len(m.group("stem")) > 8:
            break
        parts.append(m.group())
        suffixes.append(m.group("suffix"))
        at = m.end()
    if not suffixes:
        return Unit(None, (), name)
    return Unit("".join(parts), tuple(suffixes), name[at:])


def level_of(unit: Unit, body: str) -> tuple[Level | None, str | None]:
    """Level of a unit, and a remark where it is a likely guess only. `body` is the normalised text."""
    if unit.is_department:
        return Level.DEPT, None
    if unit.region is None or not unit.suffixes:
        return None, None
    last = unit.suffixes[-1]
    if last in ("省", "特别行政区", "生产建设兵团") or last.endswith("自治区"):
        return Level.PROVINCE, None
    if unit.region in _MUNICIPALITIES:
        return Level.PROVINCE, None
    if last in ("镇", "乡", "街道", "苏木", "团场", "团"):
        return Level.TOWN, None
    if last in ("州", "自治州", "盟", "地区", "师"):
        return Level.CITY, None
    if last != "市":
        return Level.COUNTY, None
    above = unit.suffixes[:-1]
    if "市" in above or "州" in above or "自治州" in above or "地区" in above or "盟" in above:
        return Level.COUNTY, None
    return _city_level(unit.region, body)


_COUNTIES_BELOW = regex(
    r"县（市、区）|县（市）区|县（区）|县（市）|区（县）|市（县、区）|市、县、区|各区县|各县区|各区、县|区县|县区|各县市区|县市区|各?旗县区?|市县两级|市区两级|市、县两级"
    r"|市县乡|市、县|各区|辖区|县级政府|区级政府|县（市、|区（市、|（市、区）|地方性法规|政府规章|立法"
)
_TOWNS_BELOW = regex(
    r"镇（街道）|镇（街）|乡镇（街道）|乡（镇、街道|镇街|乡镇街道|各镇、街道|各乡镇|各镇|镇（乡|乡镇办|各街道|乡（镇|镇乡街道|镇、街道|镇党委"
)
_CITY_ABOVE = regex(r"县级市|上级市委|(?:省|州|地区|盟)委、?(?:省|州|行署|盟)|州委|州政府|地委|盟委")


def _city_level(region: str, body: str) -> tuple[Level, str]:
    """A 市 without a city above it in its name: by whether the report speaks of counties or only of towns below."""
    name = region[-4:] if len(region) > 4 else region
    below = len(_COUNTIES_BELOW.findall(body))
    towns = len(_TOWNS_BELOW.findall(body))
    if (
        "县级市" in body
        or (towns and below == 0)
        or (regex("州委|州政府|盟委").search(body) and below <= towns)
    ):
        return (
            Level.COUNTY,
            f"“{name}”可能是县级市也可能是设区的市：文中只见乡镇、街道而不见下辖县区，按县级处理；如不符请用 --level city 指定。",
        )
    if below > towns or (below and not towns):
        return Level.CITY, f"“{name}”按设区的市处理（文中提到下辖县区）；如为县级市请用 --level county 指定。"
    if towns > 2 * below:
        return (
            Level.COUNTY,
            f"“{name}”可能是县级市：文中多说乡镇、街道，按县级处理；如为设区的市请用 --level city 指定。",
        )
    return (
        Level.CITY,
        f"“{name}”是设区的市还是县级市，文中看不出，按设区的市处理；如不符请用 --level county 指定。",
    )


_SELF = {
    Level.PROVINCE: regex(r"我省|省政府(?:党组|常务会)"),
    Level.CITY: regex(r"我[市州盟]|[市州]政府(?:党组|常务会)"),
    Level.COUNTY: regex(r"我[县区旗]|[县区旗]政府(?:党组|常务会)"),
    Level.TOWN: regex(r"我(?:[镇乡]|街道)|街道党工委|[镇乡]党委"),
    Level.DEPT: regex(r"[我本][局厅委办部署院关]|[局厅部委]党组|局党委|局领导|局长"),
}
"""Words for the own unit; a department speaks of 全县 and a county of 全市, so 全 counts for less."""
_WHOLE = {
    Level.PROVINCE: regex(r"全省"),
    Level.CITY: regex(r"全市|全州(?!人民|县)|全盟"),
    Level.COUNTY: regex(r"全[县区旗]"),
    Level.TOWN: regex(r"全(?:[镇乡]|街道)"),
    Level.DEPT: regex(r"全[局厅委]|全系统"),
}
_STATED = regex(
    r"现[将就](?:20[0-9]{2}年度?)?(?:[我本](?P<own>[\u4e00-\u9fff])|(?=[省市州盟县区旗镇乡](?:人民)?政府)(?P<place>.)"
    r"|[省市州县区旗][\u4e00-\u9fff]{1,14}?[局厅委办](?![、府]))"
    r"|\n(?:20[0-9]{2}年(?:度|以来)?，)?(?P<subject>[省市州盟县区旗镇乡])(?:党?委、[省市州盟县区旗镇乡])?(?:人民)?政府(?=坚持|深入|认真|始终|全面|以|高度)"
    r"|全(?P<whole>[省市州盟县区旗镇乡])各级(?:政府|党委|行政机关)"
)
"""The unit that the text itself names as the one that reports: 现将我局…报告如下, 2023年，县委、县政府坚持…."""
_PREFECTURE = regex(r"[我全](?:州(?!县)|盟)|州政府")
_STATED_WEIGHT = 6
_OPENING = 500
"""Characters in which a text speaks of its own unit rather than of others."""
_LEVELS = {
    **dict.fromkeys("省", Level.PROVINCE),
    **dict.fromkeys("市州盟", Level.CITY),
    **dict.fromkeys("县区旗", Level.COUNTY),
    **dict.fromkeys("镇乡街", Level.TOWN),
    **dict.fromkeys("局厅委办部署院关", Level.DEPT),
}


def level_by_wording(body: str) -> Level | None:
    """Level by how the report speaks of its own unit (我县, 我局), None when it does not."""
    opening = body[:_OPENING]
    counts: Counter[Level] = Counter()
    for level, own in _SELF.items():
        counts[level] = 2 * len(own.findall(body)) + 2 * len(own.findall(opening))
        counts[level] += len(_WHOLE[level].findall(body))
    for m in _STATED.finditer("\n" + opening):
        named = m["own"] or m["place"] or m["subject"] or m["whole"]
        counts[_LEVELS.get(named, Level.DEPT)] += _STATED_WEIGHT
    level, count = counts.most_common(1)[0]
    if count < 2:
        return None
    if level is Level.CITY and not _PREFECTURE.search(body):
        return _city_level("我市", body)[0]
    return level
