"""Samples with lines above and below the table: titles, footers, remarks and opinion boxes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from filings.tests.samples.departments import ARCHIVES, WATER, SampleDepartment, hunan, levels, under
from filings.tests.samples.expectations import STANDARD, Sample, meant, reads
from filings.tests.samples.file_writers import Item, MergedCell, Rows, xlsx

# Comparator, number, unit and weight of each of the water bureau's rows.
PARTS: Sequence[Sequence[Item]] = (
    ("≤", 2900, "万元", 20),
    ("≥", 6, "座", 10),
    ("=", 100, "%", 10),
    ("", "2024年10月底前", "", 10),
    ("≥", 1.2, "万人", 15),
    ("≥", 92, "%", 15),
    ("≥", 90, "%", 10),
)


def samples() -> Iterator[Sample]:
    above: Rows = [
        [MergedCell("附件3", 6)],
        [MergedCell("清溪县档案馆", 6)],
        [MergedCell("部门整体支出绩效目标申报表", 6)],
        [MergedCell("（2024年度）", 6)],
    ]
    below: Rows = [
        [MergedCell("填报人：张三", 2), MergedCell("联系电话：0734-5000001", 2), MergedCell("单位负责人：李四", 2)],
        [MergedCell("注：1.本表一式三份。", 6)],
        [MergedCell("财政部门\n审核意见", 1, 2), MergedCell("（盖章）　　年　月　日", 5)],
        [MergedCell("同意申报。", 5)],
    ]
    leftovers = ["附件3", "清溪县档案馆", "填报人：张三", "联系电话：0734-5000001", "单位负责人：李四"]
    leftovers += ["注：1.本表一式三份。", "（盖章） 年 月 日", "同意申报。"]
    yield Sample(
        "archives-lines-around.xlsx",
        xlsx(目标表=[*above, *hunan(ARCHIVES, title=False), *below]),
        reads(meant(ARCHIVES), leftovers=leftovers),
    )
    columns: Rows = [[row.name, *parts] for row, parts in zip(WATER.rows, PARTS, strict=True)]
    yield Sample("water-standard.xlsx", xlsx(目标表=_standard(WATER, columns)), reads(_standard_content(), STANDARD))


def _standard(plan: SampleDepartment, columns: Rows) -> Rows:
    """Rows of the standard form of 2024: budget sources as a list, values in three columns, weights, an opinion box."""
    total, general, basic, project = plan.money
    headings: Sequence[Item] = (
        "一级指标",
        "二级指标",
        "三级指标",
        "计算\n符号",
        "指标值",
        "计量\n单位",
        "分值\n（90）",
    )
    return [
        [MergedCell("2024年度部门整体支出绩效目标表", 8)],
        [MergedCell("填报单位：清溪县水利局（盖章）", 4), MergedCell("填报日期：2024年1月5日　　单位：万元", 4)],
        ["部门名称", MergedCell(plan.name, 7)],
        [MergedCell("年度预算\n（万元）", down=7), "年度资金总额", MergedCell(total, 6)],
        ["一般公共预算拨款", MergedCell(general, 2), "基本支出", MergedCell(basic, 3)],
        ["政府性基金预算拨款", MergedCell("1,500", 2), "项目支出", MergedCell(project, 3)],
        ["国有资本经营预算拨款", MergedCell("", 2), "", MergedCell("", 3)],
        ["财政专户管理资金", MergedCell("", 2), "", MergedCell("", 3)],
        ["单位资金", MergedCell("", 2), "", MergedCell("", 3)],
        ["上年结转", MergedCell("", 2), "", MergedCell("", 3)],
        ["部门职能\n概述", MergedCell("\n".join(plan.duties), 7)],
        ["年度总体\n目标", MergedCell(plan.goal, 7)],
        *under("年度绩效\n指标", headings, levels(plan.rows, columns)),
        ["预算执行率\n（10分）", MergedCell("按实际执行率计算", 7)],
        ["财政部门\n审核意见", MergedCell("（盖章）　　　　　　年　　月　　日", 7)],
        [MergedCell("填报人：王五", 2), MergedCell("联系电话：0734-5000002", 3), MergedCell("单位负责人：赵六", 3)],
    ]


def _standard_content() -> dict[str, Any]:
    rows = [replace(row, more={"weight": str(parts[-1])}) for row, parts in zip(WATER.rows, PARTS, strict=True)]
    total, general, basic, project = WATER.money
    return meant(
        WATER,
        STANDARD,
        rows=rows,
        amounts={
            "TOTAL": total,
            "INC.GENERAL": general,
            "INC.FUND": "1,500",
            "EXP.BASIC": basic,
            "EXP.PROJECT": project,
        },
        fields={
            "filing_unit": "清溪县水利局",
            "filled_on": "2024年1月5日",
            "execution": "按实际执行率计算",
            "filler": "王五",
            "telephone": "0734-5000002",
            "head": "赵六",
        },
    )
