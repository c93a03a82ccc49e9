"""An invented county report and its audit: 83 elements of every status, findings, decisions, hostile strings."""

from __future__ import annotations

import hashlib

from msgspec.structs import replace

from auditor.model import (
    SCHEMA,
    Basis,
    Decision,
    ElementResult,
    Evidence,
    Finding,
    GateFailure,
    GateResult,
    GroupScore,
    HeadlineScore,
    Level,
    Nearest,
    Options,
    ReaderInfo,
    ReportInfo,
    Result,
    Role,
    RulesetInfo,
    Score,
    Section,
    Severity,
    Status,
    Tier,
    Tool,
    UnusedDecision,
)

OUTLINE = "法治政府建设实施纲要（2021—2025年）"
INSPECTION = "法治政府建设与责任落实督察工作规定"
HEADLINES = ("述法.", "三项制度.", "规范性文件.备案", "出庭应诉.")
GROUPS = (
    ("要件", "报告要件", "报告"),
    ("党的领导", "党的领导与推进机制", "（一）加强党对法治政府建设的领导"),
    ("政府职能", "政府机构职能", "（二）依法履行政府职能"),
    ("制度体系", "依法行政制度体系", "（三）健全依法行政制度体系"),
    ("行政决策", "行政决策", "（四）推进科学民主依法决策"),
    ("行政执法", "行政执法", "（五）严格规范公正文明执法"),
    ("突发事件", "突发事件应对", "（六）完善应急管理"),
    ("矛盾化解", "矛盾纠纷化解", "（七）依法化解社会矛盾"),
    ("权力监督", "行政权力制约监督", "（八）强化权力制约监督"),
    ("数字法治", "数字法治政府", "（九）建设数字法治政府"),
)
# id | name | basis (n of the outline, or D of the inspection rules) | status | sentence of the report
TABLE = """\
要件.标题|报告标题|D23|c|云溪县2024年法治政府建设年度报告
要件.举措成效|主要举措和成效|D25|c|一、2024年推进法治政府建设的主要举措和成效
要件.存在不足|存在的不足|D25|c|重大行政决策程序执行不够严格，个别乡镇决策前未开展风险评估
要件.不足原因|不足的原因|D25|m|
要件.下年安排|下一年度安排|D25|w|下一步，将继续推进法治政府建设
要件.成文日期|成文日期|D23|c|2025年3月18日
法治思想.学习|学习习近平法治思想|32|c|县委理论学习中心组专题学习习近平法治思想4次，举办专题研讨班2期
第一责任人.履职|第一责任人职责|D25|m|
述法.开展|开展述法|32|c|组织全县各乡镇和县直部门主要负责人年终述法
述法.覆盖|述法覆盖面|32|w|实现应述尽述
述法.形式|述法形式|32|c|采取书面述法与现场述法相结合的方式
述法.列入述职考核|述法列入述职考核|32|m|
领导.专题研究|专题研究法治建设|32|c|县政府常务会议听取法治政府建设情况汇报3次
领导.依法治理委员会|依法治理委员会会议|32|c|召开县委全面依法治县委员会第六次会议
推进.实施方案|实施方案|33|c|对照《云溪县法治政府建设实施方案（2021—2025年）》逐项落实年度任务
推进.法治督察|法治督察|33|c|对12个乡镇和8个部门开展法治督察，反馈问题46条
推进.纳入考核|纳入考核|33|c|将依法行政纳入年度绩效考核，分值占百分之四
推进.示范创建|示范创建|33|m|
推进.年度报告公开|年度报告公开|33|c|按时向社会公开法治政府建设年度报告
能力.领导干部学法|领导干部学法|34|c|落实常务会议会前学法制度，全年学法12次
能力.法治讲座|法治讲座场次|34|w|举办法治专题讲座
能力.执法培训|执法人员培训|34|c|举办行政执法人员培训班6期，培训1204人次
能力.法律顾问公职律师|法律顾问和公职律师|34|c|全县聘请政府法律顾问37名，配备公职律师21名
能力.普法责任制|普法责任制|35|c|落实“谁执法谁普法”责任制，开展普法活动218场次
职能.机构优化|机构职能优化|4|c|完成机构改革，涉改部门“三定”规定全部印发
职能.权责清单|权责清单|4|c|动态调整权责清单，取消和下放权力事项63项
放管服.审批服务|审批和政务服务|5|c|推行一窗受理，平均办理时限压缩百分之七十二
放管服.一件事|高效办成一件事|5|c|上线“高效办成一件事”主题服务21个
放管服.告知承诺|告知承诺制|5|m|
放管服.事中事后监管|事中事后监管|5|c|开展“双随机、一公开”抽查412次，跨部门联合抽查96次
营商环境.优化|优化营商环境|6|c|印发优化法治化营商环境若干措施28条
营商环境.公平竞争|公平竞争审查|6|c|对43件政策措施开展公平竞争审查
立法.政府立法|政府立法|7|n|
规范性文件.合法性审核|合法性审核|9|c|审核县政府规范性文件草案19件，提出意见74条
规范性文件.制定数量|制定数量|9|c|全年制定规范性文件11件
规范性文件.备案|备案审查|9|c|向市政府和县人大常委会报备规范性文件11件
规范性文件.备案率|备案率|9|w|报备及时
规范性文件.备案对象|备案对象|9|c|向市政府和县人大常委会报备规范性文件11件
规范性文件.清理|文件清理|9|c|清理规范性文件86件，废止9件，宣布失效14件
规范性文件.征求意见|征求意见|9|m|
决策.程序制度|决策程序制度|11|c|严格执行《重大行政决策程序暂行条例》和县政府工作规则
决策.法定程序|决策法定程序|11|w|重大行政决策坚持集体讨论决定
决策.合法性审查|决策合法性审查|11|c|对提请县政府常务会议审议的事项合法性审查52件
决策.事项目录|决策事项目录|11|c|公布2024年度重大行政决策事项目录6项
决策.执行评估|决策执行评估|12|m|
执法.体制改革|执法体制改革|13|c|推进综合行政执法改革，向5个乡镇赋权执法事项97项
执法.重点领域|重点领域执法|14|c|查处食品药品、生态环境、安全生产领域案件318件
三项制度.总体|三项制度总体|15|c|全面落实行政执法公示、执法全过程记录、重大执法决定法制审核制度
三项制度.执法公示|执法公示|15|c|通过执法公示平台公示执法信息2.1万条
三项制度.全过程记录|全过程记录|15|w|全面落实行政执法公示、执法全过程记录、重大执法决定法制审核制度
三项制度.法制审核|法制审核|15|m|
三项制度.量化|三项制度数据|15|c|通过执法公示平台公示执法信息2.1万条
执法.裁量基准|裁量基准|15|c|公布行政裁量权基准21个部门共1340项
执法.人员资格|执法人员资格|15|c|组织行政执法资格考试2次，换发新版证件862本
执法.案卷评查|案卷评查|26|c|评查行政执法案卷160卷
执法.涉企检查|规范涉企检查|15|m|
执法.柔性执法|柔性执法|16|c|编制包容审慎监管“四张清单”，轻微免罚137件
执法.行刑衔接|行刑衔接|13|m|
执法.执法监督|执法监督|26|c|聘任行政执法监督员20名，设立监督联系点10个
应急.预案制度|应急预案|17|c|修订县级总体应急预案和专项预案31个
应急.处置能力|应急处置能力|18|c|开展防汛、森林防火等应急演练44场
应急.社会力量|社会力量参与应急|19|c|登记社会应急救援队伍3支、志愿者450人
化解.多元调解|多元调解|20|c|人民调解组织调解纠纷3102件，成功率98.6%
化解.行政调解|行政调解|20|m|
化解.行政裁决|行政裁决|21|m|
化解.信访|信访法治化|20|c|化解信访积案57件，县领导接访120批次
复议.办理|行政复议办理|22|c|受理行政复议案件64件，审结58件
复议.规范化改革|复议规范化|22|c|设立行政复议便民服务点13个
复议.监督纠错|复议监督纠错|22|c|直接纠错9件，发出行政复议意见书4份
出庭应诉.制度|负责人出庭应诉|23|c|落实行政机关负责人出庭应诉制度
出庭应诉.出庭率|出庭率|23|c|行政机关负责人出庭应诉率100%
出庭应诉.案件数|应诉案件数|23|c|全年办理行政应诉案件29件，负责人出庭31件
应诉.败诉治理|败诉治理|23|m|
应诉.府院府检联动|府院府检联动|23|c|召开府院联席会议2次，办理司法建议5件、检察建议11件
监督.人大政协|人大政协监督|24|c|办理人大代表建议132件、政协提案118件
监督.专门监督|专门监督|24|w|自觉接受纪检监察监督和审计监督
监督.政府督查|政府督查|25|c|围绕重点工作开展政府督查26次
公开.主动公开|主动公开|27|c|主动公开政府信息6214条
公开.依申请公开|依申请公开|27|c|办理依申请公开信息73件
诚信.政务诚信|政务诚信|28|m|
数字.信息化平台|信息化平台|29|c|行政执法监督平台覆盖全部执法单位
数字.数据共享|数据共享|30|m|
数字.互联网监管|互联网＋监管|31|m|
"""
REASONS = {
    "述法.覆盖": "写了“应述尽述”，没有述法的人数、单位数或述法率。",
    "规范性文件.备案率": "写了备案，没有备案率。",
    "三项制度.全过程记录": "只与其他两项并列提到，没有本项的做法或数字。",
    "能力.法治讲座": "写了讲座，没有场次。",
    "要件.下年安排": "只有一句，没有具体安排。",
    "决策.法定程序": "五项法定程序中只列出集体讨论一项。",
}
ADVICE = {
    "第一责任人.履职": "写明县委、县政府主要负责人履行推进法治建设第一责任人职责的情况，如部署、研究、督办的次数和事项。",
    "述法.覆盖": "写明参加述法的单位数、人数或述法率，例如“42个单位主要负责人全部述法”。",
    "述法.列入述职考核": "写明述法结果如何列入年终述职、年度考核或评议。",
    "规范性文件.备案率": "写明报备率、及时率或规范率的百分比。",
    "三项制度.全过程记录": "写明配备执法记录仪的台数、音像记录的做法或覆盖的执法环节。",
    "三项制度.法制审核": "写明重大执法决定法制审核的件数、审核人员数或审核率。",
    "要件.不足原因": "对所列不足逐条说明原因，例如“由于基层法制审核人员不足”。",
    "要件.下年安排": "至少写两条下一年度的具体安排，写明事项和要求。",
}
STATUS = {"c": Status.COVERED, "w": Status.WEAK, "m": Status.MISSING, "n": Status.NA}
HOSTILE = (
    "<script>alert(1)</script><img src='http://127.0.0.1:9/x.png'>\u202e反向\u202c\x00\u200b{{ 7*7 }}𠮷\ue000"
)


def _text(rows: list[list[str]]) -> tuple[str, tuple[Section, ...]]:
    """The report and its sections; each element's sentence stands in the section of its group."""
    parts: list[str] = ["云溪县2024年法治政府建设年度报告\n\n"]
    sections: list[Section] = []

    def add(heading: str, depth: int, role: Role, body: str) -> None:
        start = sum(map(len, parts))
        parts.append(f"{heading}\n{body}\n\n")
        sections.append(Section(heading, depth, role, start, start + len(parts[-1])))

    add(
        "一、2024年推进法治政府建设的主要举措和成效",
        1,
        Role.ACHIEVEMENTS,
        "2024年，云溪县扎实推进法治政府建设。",
    )
    for group, _, heading in GROUPS[1:]:
        said = dict.fromkeys(row[4] for row in rows if _group(row[0]) == group and row[4])
        add(heading, 2, Role.ACHIEVEMENTS, "。\n".join(said) + "。")
    add("二、存在的不足", 1, Role.PROBLEMS, "重大行政决策程序执行不够严格，个别乡镇决策前未开展风险评估。")
    add("三、下一年度工作安排", 1, Role.PLAN, "下一步，将继续推进法治政府建设。")
    parts.append("云溪县人民政府\n2025年3月18日\n")
    return "".join(parts), tuple(sections)


def _group(element_id: str) -> str:
    family = element_id.partition(".")[0]
    groups = {
        "要件": "要件",
        "法治思想 第一责任人 述法 领导 推进 能力": "党的领导",
        "职能 放管服 营商环境": "政府职能",
        "立法 规范性文件": "制度体系",
        "决策": "行政决策",
        "执法 三项制度": "行政执法",
        "应急": "突发事件",
        "化解 复议 出庭应诉 应诉": "矛盾化解",
        "监督 公开 诚信": "权力监督",
        "数字": "数字法治",
    }
    return next(group for families, group in groups.items() if family in families.split())


def _element(row: list[str], text: str) -> ElementResult:
    element_id, name, basis, code, sentence = row
    status = STATUS[code]
    statutory = basis.startswith("D")
    headline = element_id.startswith(HEADLINES)
    weight = 2.0 if headline or statutory else 1.0
    share = {Status.COVERED: 1.0, Status.WEAK: 0.5, Status.MISSING: 0.0, Status.NA: 0.0}[status]
    clause = (
        Basis(INSPECTION, basis[1:], "年度报告应当载明的内容", verified=False)
        if statutory
        else Basis(OUTLINE, f"第{basis}项", f"{name}方面的任务", verified=basis not in ("32",))
    )
    start = text.find(sentence) if sentence else -1
    evidence = ()
    if start >= 0:
        line = text.count("\n", 0, start) + 1
        evidence = (
            Evidence(sentence, start, start + len(sentence), line, "", Role.ACHIEVEMENTS, name, 100.0),
        )
    gap = status in (Status.WEAK, Status.MISSING)
    nearest = None
    if status is Status.MISSING:
        at = text.index("\n", 200) + 1
        end = min(at + 40, text.index("\n", at))
        nearest = Nearest(text[at:end], at, end, text.count("\n", 0, at) + 1, 46.0)
    return ElementResult(
        id=element_id,
        name=name,
        group=_group(element_id),
        tier=Tier.STATUTORY if statutory else Tier.OUTLINE,
        headline=headline,
        status=status,
        weight=weight,
        points=weight * share,
        reason=REASONS.get(element_id, "全文没有写到。" if status is Status.MISSING else "写得不够具体。")
        if gap
        else ("县级不适用。" if status is Status.NA else None),
        advice=ADVICE.get(element_id, f"写明{name}的做法、结果和数字。") if gap else None,
        basis=(clause,),
        evidence=evidence,
        sought=(name, f"{name}的做法或件数") if gap else (),
        nearest=nearest,
    )


def score_of(elements: tuple[ElementResult, ...]) -> Score:
    counted = [
        e
        for e in elements
        if e.status is not Status.NA and not (e.decision is not None and e.decision.kind == "waived")
    ]

    def sums(some: list[ElementResult]) -> tuple[float, float]:
        return sum(e.points for e in some), sum(e.weight for e in some)

    groups = []
    for group, name, _ in GROUPS:
        some = [e for e in counted if e.group == group]
        counts = [sum(e.status is s for e in some) for s in (Status.COVERED, Status.WEAK, Status.MISSING)]
        groups.append(GroupScore(group, name, *sums(some), *counts))
    points, possible = sums(counted)
    headline = []
    for prefix in HEADLINES:
        some = [e for e in counted if e.headline and e.id.startswith(prefix)]
        headline.append(HeadlineScore(prefix.strip("."), prefix.strip("."), *sums(some), Status.WEAK))
    return Score(int(1000 * points / possible + 0.5) / 10, points, possible, tuple(groups), tuple(headline))


def make_result(*, year: int = 2024) -> Result:
    """The audit of the invented report: the gate fails on two elements, a sum and a share do not add up."""
    rows = [line.split("|") for line in TABLE.strip().splitlines()]
    text, sections = _text(rows)
    elements = tuple(_element(row, text) for row in rows)
    until = {"approver": "李审核", "approved_on": "2025-03-20", "expires_on": "2025-12-31"}
    elements = tuple(
        replace(e, decision=Decision("waived", None, "本县无此类裁决职权。", **until))
        if e.id == "化解.行政裁决"
        else replace(
            e,
            status=Status.COVERED,
            points=e.weight,
            decision=Decision(
                "confirmed", "自觉接受纪检监察监督和审计监督", "附表载有审计整改数据。", **until
            ),
        )
        if e.id == "监督.专门监督"
        else e
        for e in elements
    )

    def finding(number: str, kind: str, severity: Severity, quote: str, message: str, **more: str) -> Finding:
        start = text.find(quote)
        line = text.count("\n", 0, start) + 1
        return Finding(number, kind, severity, message, quote, start, start + len(quote), line, **more)

    findings = (
        finding(
            "算术.分项超总数",
            "arithmetic",
            Severity.ERROR,
            "全年办理行政应诉案件29件，负责人出庭31件",
            "负责人出庭31件，多于行政应诉案件29件",
            expected="不超过29件",
            stated="31件",
        ),
        finding(
            "算术.合计",
            "arithmetic",
            Severity.WARNING,
            "受理行政复议案件64件，审结58件",
            "受理64件、审结58件，未说明其余6件的去向",
        ),
        finding(
            "期限.公布",
            "deadline",
            Severity.WARNING,
            "2025年3月18日",
            "公布日期2025年4月9日，晚于4月1日",
            expected="2025年4月1日前",
            stated="2025年4月9日",
        ),
        finding(
            "年度.引用",
            "year",
            Severity.NOTE,
            "公布2024年度重大行政决策事项目录6项",
            "目录的年度与报告年度一致，件数未列明细",
        ),
    )
    return Result(
        schema=SCHEMA,
        tool=Tool("fazhi-auditor", "0.1.0"),
        ruleset=RulesetInfo(
            "outline-2021", "法治政府建设年度报告核查规则（2021—2025年纲要）", "1.0.0", "5e" * 32
        ),
        options=Options("默认门禁", "ab" * 32, "cd" * 32, "2025-04-10", None, None),
        report=ReportInfo(
            file="云溪县2024年法治政府建设年度报告.txt",
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            title="云溪县2024年法治政府建设年度报告",
            region="云溪县",
            issuer="云溪县人民政府",
            level=Level.COUNTY,
            report_year=year,
            written_date="2025-03-18",
            published_date="2025-04-09",
            document_number=None,
            characters=len(text),
            text=text,
            reader=ReaderInfo("text", "utf-8"),
        ),
        sections=sections,
        elements=elements,
        figures=(),
        findings=findings,
        decisions_unused=(UnusedDecision("推进.示范创建", "waive", "已另行报送。", "李审核", "2025-12-31"),),
        decisions_expired=(),
        score=score_of(elements),
        gate=GateResult(
            False,
            "默认门禁",
            (
                GateFailure("第一责任人.履职", "法定内容缺失（第一责任人职责）"),
                GateFailure("finding:算术.分项超总数", "负责人出庭31件，多于行政应诉案件29件"),
            ),
            (GateFailure("要件.下年安排", "下一年度安排写得不充分（下一年度安排）"),),
        ),
    )


def make_hostile() -> Result:
    """The same audit with markup, control and direction characters wherever a report can put text."""
    result = make_result()
    elements = tuple(
        replace(e, evidence=tuple(replace(v, quote=(HOSTILE + v.quote)[:200]) for v in e.evidence))
        for e in result.elements
    )
    report = replace(result.report, title=HOSTILE * 3, issuer=HOSTILE * 3, file="a\u202etxt.exe" + "长" * 200)
    findings = tuple(replace(f, quote="A" * 200, message=HOSTILE + f.message) for f in result.findings)
    return replace(result, elements=elements, report=report, findings=findings)


def make_poor() -> Result:
    """Everything is missing and advice is long: the body must still keep to two pages."""
    result = make_result()
    elements = tuple(
        replace(
            e,
            status=Status.MISSING if e.status is not Status.NA else Status.NA,
            points=0.0,
            evidence=(),
            reason="全文没有写到。",
            advice="写明" + "本项的做法、结果和数字，" * 8,
            decision=None,
        )
        for e in result.elements[:50]
    )
    failures = tuple(GateFailure(e.id, f"法定内容缺失（{e.name}）" * 3) for e in elements[:30])
    return replace(
        result, elements=elements, score=score_of(elements), gate=GateResult(False, "默认门禁", failures)
    )


def make_good() -> Result:
    """Everything is covered and the gate is passed."""
    result = make_result()
    elements = tuple(
        replace(
            e,
            status=Status.COVERED,
            points=e.weight,
            reason=None,
            advice=None,
            nearest=None,
            decision=None,
            sought=(),
        )
        if e.status is not Status.NA
        else e
        for e in result.elements
    )
    return replace(
        result, elements=elements, findings=(), score=score_of(elements), gate=GateResult(True, "默认门禁")
    )


def make_small() -> Result:
    """A few elements only, for tests that do not look at the content."""
    good = make_good()
    elements = good.elements[:9]
    return replace(good, elements=elements, score=score_of(elements))
