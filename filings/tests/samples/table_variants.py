"""Samples of tables that departments have changed: other labels, units and columns, split or merged cells."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from filings.tests.samples.departments import (
    ARCHIVES,
    BEN,
    HEADINGS,
    LABEL,
    OUT,
    PEOPLE,
    TOURISM,
    WATER,
    SampleRow,
    hunan,
    levels,
    under,
    usual,
)
from filings.tests.samples.expectations import Sample, meant, reads
from filings.tests.samples.file_writers import Item, MergedCell, Rows, xlsx


def samples() -> Iterator[Sample]:
    yield from _amounts_in_yuan()
    yield from _amounts_below()
    yield from _amounts_in_lines()
    yield from _classes()
    yield from _columns()
    yield from _rows()


def _amounts_in_yuan() -> Iterator[Sample]:
    yuan = replace(TOURISM, money=("12503600元", "12503600元", "8703600元", "3800000元"))
    budget: Rows = [
        [MergedCell("年度预算申请", down=4), "资金总额", MergedCell("12503600", 4)],
        ["其中：", MergedCell("公共财政拨款", 2), MergedCell("12503600", 2)],
        ["", MergedCell("基本支出", 2), MergedCell("8703600", 2)],
        ["", MergedCell("项目支出", 2), MergedCell("3800000", 2)],
    ]
    above: Rows = [
        [MergedCell("2023年部门整体支出绩效目标表", 6)],
        [MergedCell("填报单位：清溪县文旅广体局（公章）", 4), MergedCell("单位：元", 2)],
    ]
    stated = "表中写明单位是元，已按元读入。"
    warnings = {f"amounts[{key}]": stated for key in ("TOTAL", "INC.GENERAL", "EXP.BASIC", "EXP.PROJECT")}
    yield Sample(
        "tourism-yuan.xlsx",
        xlsx(Sheet1=[*above, *hunan(yuan, budget=budget, title=False)]),
        reads(meant(yuan, fields={"filing_unit": "清溪县文旅广体局（公章）"}), warnings=warnings),
    )


def _amounts_below() -> Iterator[Sample]:
    below: Rows = [
        [
            MergedCell("年度预算申请\n（万元）", down=3),
            MergedCell("资金总额", 1, 2),
            MergedCell("按收入性质分", 2),
            MergedCell("按支出性质分", 2),
        ],
        ["一般公共预算", "政府性基金拨款", "基本支出", "项目支出"],
        ["1,250.36", "1,200.36", "50", "870.36", "380"],
    ]
    parts = {
        "TOTAL": "1,250.36",
        "INC.GENERAL": "1,200.36",
        "INC.FUND": "50",
        "EXP.BASIC": "870.36",
        "EXP.PROJECT": "380",
    }
    table = meant(TOURISM, amounts=parts)
    yield Sample("tourism-amounts-below.xlsx", xlsx(Sheet1=hunan(TOURISM, budget=below)), reads(table))


def _amounts_in_lines() -> Iterator[Sample]:
    line = "资金总额：186.4万元，其中：一般公共预算：186.4万元；基本支出：126.4万元，项目支出：60万元。"
    table = meant(ARCHIVES)
    yield Sample(
        "archives-budget-in-a-line.xlsx",
        xlsx(Sheet1=hunan(ARCHIVES, budget=[["年度预算申请", MergedCell(line, 5)]])),
        reads(table),
    )
    inside = "一般公共预算：\n政府性基金拨款：\n国有资本经营预算拨款：\n其他资金："
    lined: Rows = [
        [MergedCell("年度预算申请（万元）", down=3), "资金总额", MergedCell(186.4, 4)],
        [MergedCell(inside, 3), MergedCell("186.4\n0\n12\n0", 2)],
        ["基本支出", 126.4, "项目支出", MergedCell(60, 2)],
    ]
    parts = {
        "TOTAL": "186.4",
        "INC.GENERAL": "186.4",
        "INC.FUND": "0",
        "INC.OTHER": "0",
        "EXP.BASIC": "126.4",
        "EXP.PROJECT": "60",
    }
    yield Sample(
        "archives-lines-in-cells.xlsx",
        xlsx(Sheet1=hunan(ARCHIVES, budget=lined)),
        reads(meant(ARCHIVES, amounts=parts), leftovers=["国有资本经营预算拨款：12"]),
    )


def _classes() -> Iterator[Sample]:
    rows = levels(WATER.rows, usual(WATER.rows))
    nodes = ["OUT.COST", "OUT.QTY", "OUT.QUAL", "OUT.TIME", "BEN.SOC", None, "BEN.SAT"]
    # The document is in the edition's order, with rows without a class last.
    warnings = {
        "indicators[2].node": "表中写的是「成本指标 / 经济成本指标」，归入「成本指标」。",
        "indicators[5].node": "表中写的是「满意度指标 / 服务对象满意度指标」，归入「社会公众或服务对象满意度」。",
        "indicators[6].node": "没有认出「效益指标 / 生态效益指标」是哪一类指标，请归类。",
    }
    plan = replace(WATER, money=("3,608.2", "3,608.2", "708.2", "2,900"))
    yield Sample(
        "water-cost-first.xlsx",
        xlsx(目标表=hunan(plan, tree=under(LABEL, HEADINGS, rows))),
        reads(meant(plan, nodes=nodes), warnings=warnings),
    )
    scored = {
        OUT: "产出指标\n（50分）",
        BEN: "效益指标（40 分）",
        PEOPLE: "服务对象\n满意度（10分）",
        "数量指标": "数 量",
    }
    other = [
        replace(row, first=scored.get(row.first, row.first), second=scored.get(row.second, row.second))
        for row in ARCHIVES.rows
    ]
    tree = under(LABEL, HEADINGS, levels(other, usual(other)))
    yield Sample("archives-scores-in-labels.xlsx", xlsx(目标表=hunan(ARCHIVES, tree=tree)), reads(meant(ARCHIVES)))
    alone = [SampleRow("满意度指标", "", "查档群众满意度", "≥95%"), SampleRow(OUT, "创新指标", "档案开放目录", "1份")]
    listed = [*ARCHIVES.rows[:8], *alone]
    tree = under(LABEL, HEADINGS, levels(listed, usual(listed)))
    warnings = {
        "indicators[8].node": "表中写的是「满意度指标」，归入「社会公众或服务对象满意度」。",
        "indicators[9].node": "没有认出「产出指标 / 创新指标」是哪一类指标，请归类。",
    }
    known = meant(ARCHIVES, rows=listed, nodes=[*[None] * 8, "BEN.SAT", None])
    yield Sample(
        "archives-class-of-its-own.xlsx", xlsx(目标表=hunan(ARCHIVES, tree=tree)), reads(known, warnings=warnings)
    )


def _columns() -> Iterator[Sample]:
    headings: Sequence[Item] = ("一级指标", "二级指标", "三级指标", "指标值及单位", "权重", "备注")
    rows = levels(
        ARCHIVES.rows,
        [[row.name, row.value, 10, "测算" if index == 1 else ""] for index, row in enumerate(ARCHIVES.rows)],
    )
    leftovers = [text for index in range(9) for text in (["10", "测算"] if index == 1 else ["10"])]
    yield Sample(
        "archives-weights.xlsx",
        xlsx(目标表=hunan(ARCHIVES, tree=under(LABEL, headings, rows))),
        reads(meant(ARCHIVES), leftovers=leftovers),
    )
    headings = ("一级指标", "二级指标", "三级指标", "上年值", "指标值及单位", "评分标准")
    rows = levels(ARCHIVES.rows, [[row.name, "—", row.value, "按完成率得分"] for row in ARCHIVES.rows])
    leftovers = [text for _ in ARCHIVES.rows for text in ("—", "按完成率得分")]
    yield Sample(
        "archives-last-year.xlsx",
        xlsx(目标表=hunan(ARCHIVES, tree=under(LABEL, headings, rows))),
        reads(meant(ARCHIVES), leftovers=leftovers),
    )
    values: Rows = [("≥", "3200", "卷"), ("≥", 45, "万页"), ("≥", 98, "%"), ("≤", 60, "万元")]
    values = [*values, ("定性", "2024年11月底前", ""), ("≥", 5, "万元"), ("=", 100, "%"), ("定性", "持续提升", "/")]
    values = [*values, ("≥", 95, "%")]
    headings = ("一级指标", "二级指标", "三级指标", "计算符号", "指标值", "计量单位")
    rows = levels(ARCHIVES.rows, [[row.name, *parts] for row, parts in zip(ARCHIVES.rows, values, strict=True)])
    yield Sample(
        "archives-parted-values.xlsx",
        xlsx(目标表=hunan(ARCHIVES, tree=under(LABEL, headings, rows))),
        reads(meant(ARCHIVES)),
    )
    headings = ("序号", "一级指标", "二级指标", "三级指标", "指标值及单位")
    numbered: Rows = [
        [number, *line]
        for number, line in enumerate(levels(ARCHIVES.rows, [[row.name, row.value] for row in ARCHIVES.rows]), 1)
    ]
    yield Sample(
        "archives-numbered.xlsx",
        xlsx(目标表=hunan(ARCHIVES, tree=under(LABEL, headings, numbered))),
        reads(meant(ARCHIVES), leftovers=[str(number) for number in range(1, 10)]),
    )


def _rows() -> Iterator[Sample]:
    each: Rows = usual(ARCHIVES.rows)
    again = under(LABEL, HEADINGS, levels(ARCHIVES.rows, each, merged=False))
    yield Sample("archives-labels-in-each-row.xlsx", xlsx(目标表=hunan(ARCHIVES, tree=again)), reads(meant(ARCHIVES)))
    seen: set[str] = set()
    once: list[list[Item]] = []
    for row, cells in zip(ARCHIVES.rows, each, strict=True):
        once.append([*("" if label in seen else label for label in (row.first, row.second)), *cells])
        seen |= {row.first, row.second}
    unmerged: list[list[Item]] = [[LABEL, *HEADINGS], *[[None, *line] for line in once]]
    first = hunan(ARCHIVES, tree=unmerged)
    yield Sample("archives-labels-once.xlsx", xlsx(目标表=first), reads(meant(ARCHIVES)))
    shifted: Rows = [[], *[[None, *line] for line in hunan(ARCHIVES)], [], []]
    yield Sample("archives-empty-edges.xlsx", xlsx(目标表=shifted), reads(meant(ARCHIVES)))
    bare = [SampleRow(row.first, "", row.name, row.value) for row in ARCHIVES.rows[:2]]
    headings: Sequence[Item] = ("一级指标", "二级指标", "指标值")
    rows: Rows = [[MergedCell(OUT, down=2), bare[0].name, bare[0].value], [bare[1].name, bare[1].value]]
    warnings: dict[str, str] = {}
    for index in range(2):
        warning = "表中没有三级指标一列，把二级指标一列读作名称。"
        warnings |= {f"indicators[{index}].name": warning, f"indicators[{index}].target": warning}
        warnings[f"indicators[{index}].node"] = "没有认出「产出指标」是哪一类指标，请归类。"
    table = meant(ARCHIVES, rows=bare)
    yield Sample(
        "archives-no-third-level.xlsx",
        xlsx(目标表=hunan(ARCHIVES, tree=under(LABEL, headings, rows))),
        reads(table, warnings=warnings),
    )
