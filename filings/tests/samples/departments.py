"""Tables of fictitious departments of a fictitious county, and the layout of the county's form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from filings.tests.samples.file_writers import Item, MergedCell, Rows


@dataclass(frozen=True)
class SampleRow:
    """An indicator: the class labels of the form, its name and its value."""

    first: str
    second: str
    name: str
    value: str
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SampleDepartment:
    """A department's table. `money` in 万元: total, 一般公共预算, 基本支出, 项目支出."""

    name: str
    year: int
    money: tuple[str, str, str, str]
    duties: tuple[str, ...]
    goal: str
    rows: tuple[SampleRow, ...]


LABEL = "部门整体\n支出年度\n绩效指标"
HEADINGS: Sequence[Item] = ("一级指标", "二级指标", MergedCell("三级指标", 2), "指标值及单位")
OUT, BEN = "产出指标", "效益指标"
PEOPLE = "社会公众或服务对象满意度"

ARCHIVES = SampleDepartment(
    "清溪县档案馆",
    2024,
    ("186.4", "186.4", "126.4", "60"),
    (
        "（一）负责接收、收集、整理和保管全县各类档案。",
        "（二）负责档案的开发利用，向社会提供查阅服务。",
        "（三）完成县委交办的其他任务。",
    ),
    "接收到期档案，完成馆藏档案数字化，为群众查档提供便利。",
    (
        SampleRow(OUT, "数量指标", "接收到期档案", "≥3200卷"),
        SampleRow(OUT, "数量指标", "馆藏档案数字化", "≥45万页"),
        SampleRow(OUT, "质量指标", "数字化验收合格率", "≥98%"),
        SampleRow(OUT, "成本指标", "档案数字化费用", "≤60万元"),
        SampleRow(OUT, "时效指标", "数字化完成时间", "2024年11月底前"),
        SampleRow(BEN, "经济效率指标", "节约纸质档案保管费用", "≥5万元"),
        SampleRow(BEN, "社会效益指标", "群众查档办结率", "=100%"),
        SampleRow(BEN, "可持续影响指标", "档案电子化利用", "持续提升"),
        SampleRow(BEN, PEOPLE, "查档群众满意度", "≥95%"),
    ),
)
TOURISM = SampleDepartment(
    "清溪县文化旅游广电体育局",
    2023,
    ("1,250.36", "1,250.36", "870.36", "380"),
    ("1.贯彻执行文化、旅游、体育工作的法律法规。", "2.指导全县公共文化服务。"),
    "办好全县文化惠民活动，改善旅游设施。",
    (
        SampleRow(OUT, "数量指标", "送戏下乡场次", "120场"),
        SampleRow(OUT, "质量指标", "演出完成率", "≥100%"),
        SampleRow(OUT, "成本指标", "送戏下乡补助标准", "≤5000元/场"),
        SampleRow(OUT, "时效指标", "活动完成时间", "2023年12月"),
        SampleRow(BEN, "社会效益指标", "公共文化设施免费开放率", "100%"),
        SampleRow(BEN, "可持续影响指标", "基层文化队伍", "不断壮大"),
        SampleRow(BEN, PEOPLE, "观众满意度", "不低于90%"),
    ),
)
WATER = SampleDepartment(
    "清溪县水利局",
    2024,
    ("3,608.2", "2,108.2", "708.2", "2,900"),
    ("（一）负责全县水资源的管理和保护。", "（二）负责防汛抗旱的日常工作。"),
    "完成病险水库除险加固，保障农村饮水安全。",
    (
        SampleRow("成本指标", "经济成本指标", "水库除险加固投资", "≤2900万元"),
        SampleRow(OUT, "数量指标", "除险加固水库", "≥6座"),
        SampleRow(OUT, "质量指标", "工程验收合格率", "=100%"),
        SampleRow(OUT, "时效指标", "主体工程完工时间", "2024年10月底前"),
        SampleRow(BEN, "社会效益指标", "新增供水受益人口", "≥1.2万人"),
        SampleRow(BEN, "生态效益指标", "水功能区水质达标率", "≥92%"),
        SampleRow("满意度指标", "服务对象满意度指标", "受益群众满意度", "≥90%"),
    ),
)


def levels(rows: Sequence[SampleRow], columns: Rows, merged: bool = True) -> list[list[Item]]:
    """Rows of the indicator tree: class labels merged, or repeated in each row, then the other columns."""
    lines: list[list[Item]] = []
    for index, row in enumerate(rows):
        line: list[Item] = [row.first, row.second]
        if merged:
            first, second = ([other.first for other in rows], [(other.first, other.second) for other in rows])
            labels = ((row.first, _run(first, index)), (row.second, _run(second, index)))
            line = [MergedCell(text, down=down) for text, down in labels if down]
        lines.append([*line, *columns[index]])
    return lines


def _run(labels: Sequence[object], start: int) -> int:
    """Number of consecutive rows with the label of row `start`; 0 if the label begins above it."""
    if start and labels[start - 1] == labels[start]:
        return 0
    return next((down for down, label in enumerate(labels[start:]) if label != labels[start]), len(labels) - start)


def usual(rows: Sequence[SampleRow]) -> Rows:
    """Columns of each row: the name over two columns, the value in one."""
    return [[MergedCell(row.name, 2), row.value] for row in rows]


def hunan(plan: SampleDepartment, *, tree: Rows | None = None, budget: Rows | None = None, title: bool = True) -> Rows:
    """Rows of the county's form of 2022, in six columns. `tree` and `budget` replace the usual sections."""
    total, general, basic, project = plan.money
    above: list[list[Item]] = [[MergedCell(f"{plan.year}年部门整体支出绩效目标表", 6)], ["填报单位：（盖章）"]]
    amounts: Rows = [
        [MergedCell("年度预算\n申请\n（万元）", down=6), MergedCell(f"资金总额：{total}万元", 5)],
        [MergedCell("按收入性质分：", 3), MergedCell("按支出性质分：", 2)],
        [MergedCell(f"其中：一般公共预算：{general}万元", 3), MergedCell(f"其中：基本支出：{basic}万元", 2)],
        [MergedCell("政府性基金拨款：", 3), MergedCell(f"项目支出：{project}万元", 2)],
        [MergedCell("纳入专户管理的非税收入拨款：", 3), MergedCell("", 2)],
        [MergedCell("其他资金", 3), MergedCell("", 2)],
    ]
    inside = tree or levels(plan.rows, usual(plan.rows))
    return [
        *(above if title else []),
        ["部门名称", MergedCell(plan.name, 5)],
        *(budget or amounts),
        ["部门职能\n职责概述", MergedCell("\n".join(plan.duties), 5)],
        ["整体绩效\n目标", MergedCell(plan.goal, 5)],
        *(under(LABEL, HEADINGS, inside) if tree is None else inside),
    ]


def under(label: str, headings: Sequence[Item], rows: Rows) -> Rows:
    """Rows of the indicator section: its merged label, the column headings and the rows."""
    return [[MergedCell(label, down=len(rows) + 1), *headings], *rows]
