"""Invented but realistic annual reports, put together from parts: the same seed gives the same bytes.

    python benchmarks/generate.py FOLDER [--count 1000] [--seed 1]

Every report is of an invented unit that writes more or less completely and carefully: it leaves parts out, says some
in general words only, counts wrongly now and then, and is sometimes late. Most files are text, some web pages or Word
documents; a few cannot be read as a report. All names and numbers are made up.
"""

from __future__ import annotations

import argparse
import io
import random
import zipfile
from dataclasses import dataclass
from html import escape
from pathlib import Path

_FIRST = "清云石禾栖松柳岚溪沙泉青临望安永宁泰丰德嘉长平金玉白龙凤桃梅竹枫荷雁鹭"
_SECOND = "渠梁泽河山原川陵浦岭湾桥塘港台溪口田林坪洲谷源阳阴城关滩井亭"
_OFFICES = (
    "生态环境局",
    "交通运输局",
    "市场监督管理局",
    "司法局",
    "农业农村局",
    "应急管理局",
    "教育局",
    "住房和城乡建设局",
)
_ORDINALS = "一二三四五六七八九十"
UNREADABLE = 0.01
"""Share of files that are no report."""


@dataclass(frozen=True)
class Unit:
    level: str
    """city, county, town or dept."""
    name: str
    """清渠县."""
    issuer: str
    """清渠县人民政府."""
    folder: str
    year: int
    care: float
    """How completely the unit writes, 0 to 1."""


# Parts of the section on achievements: heading, then sentences of (care needed, levels, wordings). A sentence is
# written when the unit's care, with some luck, reaches what it needs; "*" is every level, else initials of levels.
Sentence = tuple[float, str, tuple[str, ...]]
PARTS: tuple[tuple[str, tuple[Sentence, ...]], ...] = (
    ("坚持党的领导，扛牢法治建设责任", (
        (0.1, "*", ("深入学习贯彻习近平法治思想，党委（党组）理论学习中心组专题学习{a}次，开展研讨{b}次。",
                    "始终以习近平法治思想为指导，把依法行政摆在突出位置。")),
        (0.3, "*", ("主要负责人切实履行推进法治建设第一责任人职责，先后{a}次听取法治政府建设工作汇报，研究解决执法力量不足等问题{b}个。",
                    "压实党政主要负责人第一责任人职责，一级抓一级、层层抓落实。")),
        (0.5, "pcu", ("组织{n}名乡镇和部门主要负责人开展年终述法，其中现场述法{n1}人、书面述法{n2}人，述法结果纳入年度考核。",
                      "组织各单位主要负责人书面述法，实现应述尽述。")),
        (0.6, "td", ("班子成员{a}人在年度述职时同步述法，述法情况作为评先评优的重要参考。",)),
        (0.5, "pcu", ("召开全面依法治{rule}委员会会议{a}次，审议年度工作要点等文件{b}件。",)),
        (0.5, "*", ("印发《{short}{year}年法治政府建设工作要点》，明确任务{m}项，全部按期完成。",)),
        (0.7, "pcu", ("开展法治督察{a}次，发现问题{k}个，已全部整改。",)),
        (0.7, "*", ("把法治政府建设纳入年度绩效考核，占{a}分。",)),
        (0.8, "pcu", ("积极参加法治政府建设示范创建，{b}个项目通过市级初评。",)),
        (0.7, "*", ("按时向上级报告上一年度法治政府建设情况，并在门户网站向社会公开。",)),
        (0.3, "*", ("落实会前学法制度，常务会议学法{k}次；举办法治专题讲座{a}期，培训{c}人次。",
                    "领导干部带头尊法学法守法用法。")),
    )),
    ("转变职能，优化营商环境", (
        (0.4, "pcu", ("完成机构改革任务，向基层下沉编制{m}名。",)),
        (0.4, "*", ("动态调整权责清单，新增{k}项、取消{a}项。",)),
        (0.1, "*", ("推行“一窗受理、集成服务”，全年办理政务服务事项{c}件，承诺时限压缩{p}%。",
                    "持续深化“放管服”改革，提升审批效率。")),
        (0.6, "pcud", ("推进“高效办成一件事”，{k}个事项落地，办件{c}件。",)),
        (0.5, "*", ("对{m}项证明事项实行告知承诺制。",)),
        (0.3, "*", ("开展“双随机、一公开”抽查{m}次，其中部门联合抽查{m1}次。",)),
        (0.3, "*", ("出台优化营商环境措施{k}条，走访企业{c}家次，帮助解决问题{m}个。",)),
        (0.6, "pcud", ("对{m}件政策措施开展公平竞争审查，修改{a}件。",)),
    )),
    ("完善制度，推进依法决策", (
        (0.3, "*", ("制定行政规范性文件{f}件，全部经合法性审核，其中按规定期限向上级政府和同级人大常委会备案{f}件，报备率100%。",
                    "严格规范性文件管理，落实备案审查制度。")),
        (0.5, "*", ("清理规范性文件{g}件，继续有效{g1}件、修改{g2}件、废止{g3}件。",)),
        (0.6, "*", ("规范性文件起草阶段均在网站公开征求意见，采纳{k}条，发布解读{a}篇。",)),
        (0.3, "*", ("执行重大行政决策程序规定，履行公众参与、专家论证、风险评估、合法性审查和集体讨论决定程序。",
                    "坚持科学决策、民主决策、依法决策。")),
        (0.4, "*", ("对合同协议{m}件、重大决策{a}件作合法性审查。",)),
        (0.6, "pcu", ("公布年度重大行政决策事项目录{a}项。",)),
        (0.8, "*", ("对{b}项已实施的重大决策开展后评估。",)),
        (0.3, "*", ("聘请法律顾问{a}名，公职律师{b}名，出具法律意见{m}份。",)),
    )),
    ("规范执法，维护公平正义", (
        (0.4, "pcut", ("深化综合行政执法改革，整合执法队伍，下沉执法人员{m}名。",)),
        (0.1, "*", ("在安全生产、食品药品、生态环境等重点领域开展专项整治{k}次，查处案件{c}件。",)),
        (0.3, "*", ("全面落实行政执法“三项制度”，公示执法信息{c}条，配发执法记录仪{m}台，法制审核重大执法决定{k}件。",
                    "全面推行行政执法“三项制度”，做到严格规范公正文明执法。")),
        (0.5, "*", ("更新行政裁量权基准{m}项。",)),
            (0.7, "*", ("完善省市县乡行政执法协调监督工作体系，开展执法监督检查{a}次，制发监督意见书{b}份，督促整改问题{k}个。",)),
            (0.6, "*", ("与公安、检察机关会商案情{a}次，移送涉嫌犯罪案件{b}件，行政执法与刑事司法衔接更加顺畅。",)),
            (0.6, "*", ("运用说服教育、劝导示范、行政约谈等柔性方式执法{m}次，向社会发布行政执法典型案例{a}个。",)),
        (0.4, "*", ("组织执法人员培训{a}期，{c}人次参加；{n}人参加执法资格考试，{n1}人合格。",)),
        (0.5, "*", ("评查行政执法案卷{s}卷，其中优秀{s1}卷、合格{s2}卷、不合格{s3}卷。",)),
        (0.6, "*", ("推行首违不罚、轻微免罚，不予处罚{m}件；开展“综合查一次”，减少入企检查{k}次。",)),
    )),
    ("强化应急，化解矛盾纠纷", (
        (0.4, "*", ("修订应急预案{k}部，开展应急演练{m}场。",)),
            (0.7, "*", ("引导社会应急力量有序参与，备案社会救援队{b}支，组织志愿者{m}人参加防汛值守。",)),
            (0.7, "*", ("突发事件应急处置坚持依法实施，执行应急征用、信息发布等制度，开展应急法治培训{a}期。",)),
        (0.1, "*", ("各级人民调解组织调解纠纷{j}件，调解成功{j1}件，成功率{jr}%。",
                    "坚持和发展新时代“枫桥经验”，多元化解矛盾纠纷。")),
        (0.6, "*", ("开展行政调解，促成和解{m}件；规范行政裁决，办结{a}件。",)),
        (0.3, "pcud", ("全年收到行政复议申请{v}件，受理{v1}件，不予受理{v2}件。",)),
        (0.3, "pcud", ("行政机关负责人出庭应诉{w1}件，全年开庭审理{w}件，出庭应诉率{wr}%。",
                       "落实行政机关负责人出庭应诉制度。")),
        (0.7, "pcud", ("全年审结行政诉讼案件{s1}件，败诉{b}件，对败诉案件逐案分析原因，督促整改。",)),
        (0.6, "pcu", ("深化行政复议体制改革，发挥行政复议化解争议主渠道作用，审结{v1}件，直接纠错{a}件，制发意见书{b}份。",)),
        (0.5, "*", ("办理信访事项{m}件，按期办结率100%。",)),
    )),
    ("加强监督，建设数字政府", (
        (0.3, "*", ("办理人大代表建议{x1}件、政协提案{x2}件，共{x}件，全部按期答复。", "自觉接受人大监督、民主监督和社会监督。")),
        (0.5, "*", ("落实审计整改{k}项。",)),
        (0.7, "pcu", ("围绕重点工作开展政府督查{k}次，下发督办单{m}份。",)),
        (0.7, "*", ("加强政务诚信建设，清理拖欠企业账款{a}笔，履行合同承诺事项{b}项。",)),
        (0.2, "*", ("主动公开政府信息{c}条，办理依申请公开{a}件，均按期答复。",)),
        (0.6, "*", ("依托政务大数据平台归集数据{c}条，推进“互联网+监管”，执法全程网上办理。",)),
        (0.2, "*", ("落实“谁执法谁普法”责任制，开展宪法、民法典宣传活动{m}场次。",)),
    )),
)  # fmt: skip
PROBLEMS = (
    "基层执法力量不足，{who}法律专业人员偏少，主要原因是编制和经费有限",
    "重大行政决策程序执行不够严格，个别单位风险评估走过场，源于对程序要求学习不深",
    "规范性文件实施后的评估不够及时，由于缺少专门的跟踪机制，效果掌握不全",
    "普法的针对性还不强，形式比较单一",
    "行政争议源头预防不够，一线人员说理释法不足，导致部分纠纷进入复议诉讼",
)
PLANS = (
    "加强执法人员培训，全年不少于{a}期，选派业务骨干到一线带教",
    "严格落实重大行政决策程序，对{b}项决策开展后评估",
    "健全行政执法与刑事司法衔接机制，统一案件移送标准",
    "加强行政争议源头治理，对高发领域一案一分析",
    "落实“八五”普法规划，开展精准普法{k}场次",
)
_LEVEL_LETTERS = {"city": "c", "county": "u", "town": "t", "dept": "d"}


def make_unit(number: int, seed: int) -> Unit:
    """The unit of one report: a city writes for itself, its counties, their towns and departments."""
    city = random.Random(f"{seed}/city/{number // 40}")
    chance = random.Random(f"{seed}/unit/{number}")
    town_city = _place(city) + "市"
    year = chance.choice((2023, 2024, 2024, 2024))
    care = min(1.0, max(0.05, chance.gauss(0.72, 0.2)))
    level = "city" if number % 40 == 0 else chance.choices(("county", "town", "dept"), (4, 3, 3))[0]
    if level == "city":
        return Unit(level, town_city, f"{town_city}人民政府", town_city, year, care)
    county = _place(chance) + chance.choice(("县", "县", "区"))
    if level == "county":
        return Unit(level, county, f"{county}人民政府", town_city, year, care)
    if level == "town":
        town = _place(chance) + "镇"
        return Unit(level, f"{county}{town}", f"{county}{town}人民政府", town_city, year, care)
    office = f"{county}{chance.choice(_OFFICES)}"
    return Unit(level, office, office, town_city, year, care)


def _place(chance: random.Random) -> str:
    return chance.choice(_FIRST) + chance.choice(_SECOND)


def write_text(unit: Unit, chance: random.Random) -> str:
    """The report's text."""
    out = [chance.choice(("{n}{y}年度法治政府建设情况报告", "{n}{y}年法治政府建设年度报告", "{n}{y}年法治政府建设工作总结")).format(
        n=unit.name, y=unit.year), ""]  # fmt: skip
    out.append(
        f"　　{unit.year}年，{unit.name}认真落实法治政府建设各项部署，依法履职能力稳步提升。现将有关情况报告如下。"
    )
    out += ["", f"一、{unit.year}年法治政府建设主要举措和成效", ""]
    for number, (heading, sentences) in enumerate(PARTS):
        said = [text for sentence in sentences if (text := _say(sentence, unit, chance))]
        if said:
            out += [f"（{_ORDINALS[number]}）{heading}", "", "　　" + "".join(said), ""]
    if chance.random() < unit.care + 0.25:
        out += ["二、存在的不足和原因", "", "　　" + _listed(PROBLEMS, 3, unit, chance), ""]
        title = f"三、{unit.year + 1}年工作安排"
    else:
        title = f"二、{unit.year + 1}年工作安排"
    if chance.random() < unit.care + 0.3:
        out += [title, "", "　　" + _listed(PLANS, 4, unit, chance), ""]
    late = chance.random() < 0.08
    month, day = (
        (chance.choice((4, 5, 6)), chance.randint(2, 28))
        if late
        else (chance.choice((1, 2)), chance.randint(4, 27))
    )
    if chance.random() < 0.97:
        out += [unit.issuer, f"{unit.year + 1}年{month}月{day}日"]
    return "\n".join(out) + "\n"


def _say(sentence: Sentence, unit: Unit, chance: random.Random) -> str:
    need, levels, wordings = sentence
    if levels != "*" and _LEVEL_LETTERS[unit.level] not in levels:
        return ""
    reach = unit.care + chance.uniform(-0.25, 0.25)
    if reach < need * 0.8:
        return ""
    # Who barely reaches it writes the general words, where there are any.
    wording = wordings[0] if reach >= need + 0.1 or len(wordings) == 1 else wordings[-1]
    return wording.format(**_numbers(unit, chance))


def _listed(items: tuple[str, ...], most: int, unit: Unit, chance: random.Random) -> str:
    chosen = chance.sample(items, chance.randint(2, most))
    return "".join(f"{_ORDINALS[i]}是{text}。" for i, text in enumerate(chosen)).format(
        **_numbers(unit, chance)
    )


def _numbers(unit: Unit, chance: random.Random) -> dict[str, str]:
    """Numbers for the wordings; sums and rates agree, but for a slip now and then."""
    size = {"city": 6.0, "county": 2.0, "town": 0.6, "dept": 0.8}[unit.level]

    def some(low: int, high: int) -> int:
        return max(2, round(size * chance.randint(low, high)))

    slip = 1 if chance.random() < 0.01 else 0
    n1, n2 = some(5, 12), some(10, 25)
    g1, g2, g3 = some(20, 40), some(3, 9), some(3, 9)
    s1, s2, s3 = some(20, 60), some(20, 50), some(1, 4)
    v1, v2 = some(20, 60), some(2, 8)
    x1, x2 = some(10, 40), some(10, 50)
    j = some(200, 900)
    j1 = round(j * chance.uniform(0.93, 0.99))
    w = some(8, 40)
    w1 = w - (1 if w > 10 else 0)
    values: dict[str, object] = {
        "a": chance.randint(2, 6), "b": chance.randint(1, 3), "k": chance.randint(6, 20), "m": some(12, 60),
        "m1": 2 + chance.randint(0, 3), "c": some(150, 2500), "p": chance.randint(40, 85), "f": chance.randint(2, 9),
        "n1": n1, "n2": n2, "n": n1 + n2 + slip, "g1": g1, "g2": g2, "g3": g3, "g": g1 + g2 + g3 + slip,
        "s1": s1, "s2": s2, "s3": s3, "s": s1 + s2 + s3 + slip, "v1": v1, "v2": v2, "v": v1 + v2 + slip,
        "x1": x1, "x2": x2, "x": x1 + x2 + slip, "j": j, "j1": j1, "jr": f"{100 * j1 / j + slip:.1f}",
        "w": w, "w1": w1, "wr": f"{100 * w1 / w:.1f}", "short": unit.name, "rule": unit.name[-1], "year": unit.year,
        "who": "部分单位" if unit.level in ("city", "county") else "一线岗位",
    }  # fmt: skip
    return {key: str(value) for key, value in values.items()}


def generate(folder: Path, count: int, seed: int = 1) -> list[Path]:
    """Write ``count`` reports below a folder, one sub-folder per city; their paths in order of number."""
    return [_write(folder, number, seed) for number in range(count)]


def _write(folder: Path, number: int, seed: int) -> Path:
    unit = make_unit(number, seed)
    chance = random.Random(f"{seed}/report/{number}")
    text = write_text(unit, chance)
    kind = chance.choices(("txt", "gb", "html", "docx"), (70, 8, 12, 10))[0]
    if chance.random() < UNREADABLE:
        kind, text = "txt", "今天天气很好，适合出游。\n" * 20
    if kind == "html":
        suffix, data = ".html", _html(text)
    elif kind == "docx":
        suffix, data = ".docx", _docx(text)
    else:
        suffix, data = ".txt", text.encode("gb18030" if kind == "gb" else "utf-8")
    path = folder / unit.folder / f"{number:05d}{unit.name}{unit.year}年法治政府建设年度报告{suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _html(text: str) -> bytes:
    title, *lines = [line for line in text.splitlines() if line.strip()]
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(title)}</title></head><body>'
        f'<div class="nav"><a href="/">首页</a><a href="/zwgk">政务公开</a></div>'
        f'<div id="article"><h1>{escape(title)}</h1>{body}</div><div class="footer">网站地图</div></body></html>'
    ).encode()


def _docx(text: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in text.splitlines()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    files = {
        "[Content_Types].xml": f'{head}<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
        f'PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{head}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package_file:
        for name, content in files.items():
            # A fixed date: the same seed gives the same bytes.
            package_file.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content)
    return buffer.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description="Write invented annual reports for measurements.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    print(f"{len(generate(words.folder, words.count, words.seed))} reports in {words.folder}")


if __name__ == "__main__":
    main()
