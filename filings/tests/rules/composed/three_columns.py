"""Tables on the edition with targets in three columns: costs and satisfaction are first levels, weights sum to 90."""

from dataclasses import replace

from filings.document.bundled_editions import editions
from filings.tests.rules.composed.table import TableParts, compose_tables

_EDITION = editions()["standard-2024"]
_JUSTICE = TableParts(
    department="青禾县司法局",
    fields={
        "filler": "周敏",
        "telephone": "0734-5221234",
        "head": "何志强",
        "filled_on": "2023年11月20日",
        "execution": "全年预算执行率达到100%",
    },
    amounts={
        "TOTAL": "1286.4",
        "INC.GENERAL": "1236.4",
        "INC.CARRY": "50",
        "EXP.BASIC": "896.4",
        "EXP.PROJECT": "390",
    },
    duties=(
        "（一）承担全面依法治县的具体工作，协调推进法治政府建设。",
        "（二）负责规范性文件合法性审查和行政复议应诉。",
        "（三）指导人民调解、社区矫正和安置帮教。",
        "（四）统筹公共法律服务体系建设，管理法律援助工作。",
    ),
    goal="保障机关和司法所正常运转；办理法律援助案件420件，调处矛盾纠纷2600件，社区矫正对象监管到位，群众法治获得感增强。",
    rows=(
        ("COST.ECON", "人员和公用经费", "≤896.4万元"),
        ("COST.ECON", "法律援助和普法等项目支出", "≤390万元"),
        ("COST.SOC", "当事人平均负担的援助费用", "≤0元"),
        ("OUT.QTY", "办理法律援助案件", "≥420件"),
        ("OUT.QTY", "调处矛盾纠纷", "≥2600件"),
        ("OUT.QUAL", "矛盾纠纷调解成功率", "≥96%"),
        ("OUT.QUAL", "规范性文件审查差错数", "≤2件"),
        ("OUT.TIME", "行政复议案件法定期限内办结率", "=100%"),
        ("OUT.TIME", "法律援助审批时限", "≤3天"),
        ("BEN.SOC", "社区矫正对象再犯罪率", "≤0.2%"),
        ("BEN.SUST", "村级法律顾问制度", "持续健全"),
        ("SAT.SERV", "受援群众满意度", "≥95%"),
    ),
    weights=("10", "10", "", "10", "10", "8", "7", "5分", "5", "10", "５", "10"),
)
_WATER = TableParts(
    department="青禾县水利局",
    fields={
        "filler": "李建",
        "telephone": "13973412345",
        "head": "罗勇",
        "filled_on": "2023-11-22",
        "execution": "100%",
    },
    amounts={
        "TOTAL": "7315",
        "INC.GENERAL": "5115",
        "INC.FUND": "2000",
        "INC.OTHER": "200",
        "EXP.BASIC": "1015",
        "EXP.PROJECT": "6300",
    },
    duties=(
        "1.负责保障水资源的合理开发利用，组织实施取水许可制度。",
        "2.负责水利工程建设与运行管理，指导水库和堤防安全。",
        "3.负责农村供水和节约用水工作。",
        "4.组织水旱灾害防御，落实调度指令。",
    ),
    goal="目标1：完成12座小型水库除险加固；目标2：新增和恢复灌溉面积1.8万亩，农村自来水普及率达到92%；目标3：全年不发生重大水旱灾害责任事故。",
    rows=(
        ("COST.ECON", "部门整体支出", "≤7315万元"),
        ("COST.ECON", "水库除险加固单座投资", "≤310万元/座"),
        ("COST.ECO", "施工弃渣场复绿率", "≥95%"),
        ("OUT.QTY", "除险加固小型水库", "≥12座"),
        ("OUT.QTY", "新增和恢复灌溉面积", "≥1.8万亩"),
        ("OUT.QUAL", "水利工程验收合格率", "=100%"),
        ("OUT.TIME", "除险加固完工时间", "2024年11月底前"),
        ("BEN.ECON", "灌区农民亩均节水节支", "≥40元"),
        ("BEN.SOC", "农村自来水普及率", "≥92%"),
        ("BEN.SOC", "重大水旱灾害责任事故", "=0起"),
        ("BEN.ECO", "河道生态流量达标率", "≥90%"),
        ("SAT.SERV", "灌区群众满意度", "≥90%"),
    ),
    weights=("10", "5", "5", "10", "10", "10", "5", "5", "10", "5", "5", "10"),
)
_STATISTICS = TableParts(
    department="青禾县统计局",
    fields={"filler": "陈静", "telephone": "0734-5226600转8012", "head": "刘芳", "filled_on": "11月25日"},
    amounts={"TOTAL": "402.18", "INC.GENERAL": "402.18", "EXP.BASIC": "402.18"},
    duties=(
        "（一）组织领导和协调全县统计工作，确保统计数据真实、准确、及时。",
        "（二）组织实施重大国情国力普查和专项调查。",
        "（三）依法管理统计调查项目，查处统计违法行为。",
    ),
    goal="保障机关正常运转，完成各项统计调查任务，为县委、县政府决策提供可靠的数据支撑。",
    rows=(
        ("COST.ECON", "部门整体支出", "≤402.18万元"),
        ("OUT.QTY", "完成统计调查报表", "≥36套"),
        ("OUT.QTY", "开展统计业务培训", "≥4期"),
        ("OUT.QUAL", "统计数据质量核查合格率", "≥98%"),
        ("OUT.TIME", "统计报表按时上报率", "=100%"),
        ("BEN.SOC", "统计分析报告采用篇数", "≥20篇"),
        ("BEN.SUST", "统计信息化水平", "逐年提升"),
        ("SAT.SERV", "数据使用单位满意度", "≥92%"),
    ),
    weights=("20", "10", "10", "10", "10", "15", "5", "10"),
)

TABLES = (
    compose_tables(
        "司法局：分值合计 85",
        _JUSTICE,
        replace(_JUSTICE, weights=(*_JUSTICE.weights[:-2], "0", "10")),
        edition=_EDITION,
    ),
    compose_tables(
        "水利局：成本写成不低于", _WATER, _WATER.with_target("水库除险加固单座投资", "≥310万元/座"), edition=_EDITION
    ),
    compose_tables(
        "统计局：数量没有单位", _STATISTICS, _STATISTICS.with_target("完成统计调查报表", "≥36"), edition=_EDITION
    ),
)
