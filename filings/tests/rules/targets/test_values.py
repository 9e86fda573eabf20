"""Rules M3, M4, M8 and M9: targets are plausible."""

from dataclasses import replace

import pytest

from filings.document.content import IndicatorRow
from filings.rules.engine import answers
from filings.rules.example import VALID_EXAMPLE
from filings.rules.finding import RuleFinding, Undetermined
from filings.rules.targets.direction import direction_of
from filings.tests.founding import founding_document
from filings.tests.rules.documents import EDITION, a_table, findings, report

HIGH = (
    *("群众满意度", "服务对象满意率", "宣传覆盖率", "任务完成率", "验收合格率", "水质达标率", "投诉办结率"),
    *("数据入库率", "政策知晓率", "高等教育普及率", "发放及时率", "统计准确率", "活动参与率", "毕业生就业率"),
    *("资金使用率", "资金到位率", "有效控制率", "疫情有效控制率", "病虫害防控率", "疾病控制率", "污染源管控率"),
    *("事故处理率", "差错纠正率", "成本降低率", "投诉下降率", "事故减少率", "经费节约率", "支出压减率"),
    *("信访化解率", "违法查处率", "工程优良率", "苗木成活率", "义务教育巩固率", "问题整改率", "综合利用率"),
    *("群众满意度（%）", "适龄儿童入学率", "病虫害控制率"),
)
LOW = (
    *("控制率", "在职人员控制率", "公用经费控制率", "三公经费控制率", "成本控制率", "预算控制率", "投诉率"),
    *("有责投诉率", "差错率", "安全事故率", "案件发生率", "孕产妇死亡率", "单位成本", "退件率"),
    *("房屋空置率", "登记失业率", "预算变动率", "结转结余率", "资金结转率", "学生辍学率", "返贫率"),
    *("设备故障率", "不合格率", "不满意度", "贫困发生率", "发病率", "违约率"),
)
UNKNOWN = (
    *("培训人次", "税收增长率", "农药使用率", "抗菌药物使用率", "床位使用率", "无事故率", "零投诉率"),
    *("降低运行成本", "节约成本", "满意度提升幅度", "减少事故发生率", "风险预警", "容积率", "收回成本", "工作效率"),
    *("辍学控制率",),
)


def run_rule(code: str, node: str | None, name: str, target: str) -> tuple[RuleFinding, ...]:
    return findings(a_table(rows=(IndicatorRow("a", node, "", "", name, target),)), code)


def messages(code: str, node: str | None, name: str, target: str) -> list[str]:
    return [finding.message for finding in run_rule(code, node, name, target)]


@pytest.mark.parametrize("code", ["M3", "M4", "M8", "M9"])
def test_the_valid_and_the_founding_table_have_no_findings(code: str) -> None:
    assert report(VALID_EXAMPLE.document(EDITION), code) == []
    assert report(founding_document(), code) == []


@pytest.mark.parametrize(
    ("name", "direction"),
    [*((name, 1) for name in HIGH), *((name, -1) for name in LOW), *((name, 0) for name in UNKNOWN)],
)
def test_the_direction_of_names(name: str, direction: int) -> None:
    assert direction_of(name) == direction


def test_m3_comparators_against_the_name() -> None:
    assert messages("M3", "BEN.SAT", "群众满意度", "≤90%") == [
        "「群众满意度」越高越好，指标值「≤90%」使用了「≤」。请核对计算符号，一般用「≥」。"
    ]
    assert messages("M3", "OUT.QUAL", "投诉率", ">3%") == [
        "「投诉率」越低越好，指标值「>3%」使用了「>」。请核对计算符号，一般用「≤」。"
    ]


@pytest.mark.parametrize(
    ("node", "name", "target"),
    [
        ("OUT.QUAL", "在职人员控制率", "≤100%"),
        ("OUT.COST", "单位成本", "≥5万元"),
        ("BEN.SAT", "群众满意度", "=90%"),
        ("BEN.SAT", "群众满意度", "80%-90%"),
        ("OUT.QUAL", "群众培训", "≤90%"),
    ],
)
def test_m3_accepted_targets(node: str, name: str, target: str) -> None:
    assert messages("M3", node, name, target) == []


def test_m3_checks_rates_of_cost_indicators() -> None:
    assert len(run_rule("M3", "OUT.COST", "公用经费控制率", "≥90%")) == 1


def test_m4_over_a_hundred() -> None:
    assert messages("M4", "OUT.QUAL", "合格率", "≥120%") == [
        "「合格率」的指标值「≥120%」超过 100%。比率一般不超过 100%。请核对指标值。"
    ]
    assert messages("M4", "OUT.QUAL", "合格率", ">100%") == [
        "「合格率」的指标值「>100%」要求超过 100%，无法实现。请核对计算符号和数字。"
    ]


def test_m4_a_misread_scan() -> None:
    assert messages("M4", "BEN.SAT", "群众满意度", "292%") == [
        "「292%」疑似将「≥92%」识别有误：「群众满意度」不会超过 100%。请核对指标值。"
    ]


def test_m4_at_least_a_hundred_is_advice() -> None:
    (finding,) = run_rule("M4", "OUT.QUAL", "合格率", "≥100%")
    assert finding.severity.value == "advice"
    assert finding.message == "「合格率」最高为 100%，指标值「≥100%」宜写为「=100%」。"
    assert finding.quick_fix is not None
    assert finding.quick_fix.label == "改为 =100%"
    assert [(str(place), text) for place, text in finding.quick_fix.changes] == [("indicators[a].target", "=100%")]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("合格率", "100%"),
        ("合格率", "=100%"),
        ("控制率", "≤110%"),
        ("控制率", "≥100%"),
        ("税收增长率", "≥120%"),
        ("完成率超额", "≥105%"),
        ("产值", "≥120%"),
        ("合格率", "≥120人"),
    ],
)
def test_m4_accepted_targets(name: str, target: str) -> None:
    assert messages("M4", "OUT.QUAL", name, target) == []


def test_m8_outside_the_year() -> None:
    assert messages("M8", "OUT.TIME", "完工时间", "2023年11月底前") == [
        "「完工时间」的指标值「2023年11月底前」晚于本年度（2022 年）。请写明 2022 年内要完成的时间。"
    ]
    assert messages("M8", "OUT.TIME", "完工时间", "2021年底前") == [
        "「完工时间」的指标值「2021年底前」早于本年度（2022 年）。请写明 2022 年内要完成的时间。"
    ]
    assert len(messages("M8", "OUT.TIME", "工期", "2023.07-2024.01")) == 1


@pytest.mark.parametrize(
    ("target", "day"),
    [("2022年13月底前", "2022年13月"), ("13月底前", "13月底"), ("13月", "13月"), ("2022年2月30日前", "2022年2月30日")],
)
def test_m8_dates_that_do_not_exist(target: str, day: str) -> None:
    assert messages("M8", "OUT.TIME", "完工时间", target) == [
        f"「完工时间」的指标值「{target}」里的「{day}」不是有效日期。请核对月份和日期。"
    ]


@pytest.mark.parametrize(
    ("node", "target"),
    [
        ("OUT.TIME", "11月底前"),
        ("OUT.TIME", "2022年12月31日前"),
        ("OUT.TIME", "2021.07-2024.01"),
        ("OUT.TIME", "≤18个月"),
        ("BEN.SUST", "2030年"),
        ("OUT.TIME", "2月29日前"),
    ],
)
def test_m8_accepted_targets(node: str, target: str) -> None:
    assert messages("M8", node, "完工时间", target) == []


def test_m8_is_undetermined_without_a_year() -> None:
    table = replace(a_table(), year=None)
    (m8,) = [answer for rule, answer in answers(table, EDITION) if rule.code == "M8"]
    assert m8 == Undetermined("无法识别表的年度，暂时无法核对指标值中的日期。")


def test_m9_the_name_has_another_value() -> None:
    (finding,) = run_rule("M9", "OUT.QTY", "培训党员500人次", "≥400人次")
    assert finding.message == (
        "指标名称「培训党员500人次」中写的是「500人次」，指标值为「≥400人次」，两处不一致。请核对，或在名称中删去数值。"
    )
    assert list(map(str, finding.places)) == ["indicators[a].name", "indicators[a].target"]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("培训党员500人次", "≥500人次"),
        ("培训党员500人次", "≥400人"),
        ("2022年", "≥3年"),
        ("召开第3次", "≥5次"),
        ("60岁以上老人", "≥500人"),
        ("新建10公里以上公路数", "≥5公里"),
        ("3个乡镇敬老院改造", "≥5个"),
        ("每村培训5人", "≥500人"),
        ("开展活动3-5次", "≥4次"),
        ("数字档案馆一期", "≥1期"),
    ],
)
def test_m9_accepted_targets(name: str, target: str) -> None:
    assert messages("M9", "OUT.QTY", name, target) == []
