"""Samples with several tables, tables of other kinds, and peculiarities of Excel and Word."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.styles import Border, Side

from filings.tests.samples.departments import (
    ARCHIVES,
    HEADINGS,
    LABEL,
    TOURISM,
    WATER,
    SampleDepartment,
    SampleRow,
    hunan,
    levels,
    under,
    usual,
)
from filings.tests.samples.expectations import TASKS, Sample, meant, reads
from filings.tests.samples.file_writers import (
    MergedCell,
    Rows,
    converted,
    docx,
    saved,
    sheet_of,
    table_in,
    workbook,
    xlsx,
)

FORMULA = "公式未保存计算结果，请在 Excel 中打开、保存后再导入，或在这里填写"
SHARE = "表格里按百分比显示"


def samples() -> Iterator[Sample]:
    yield from _several()
    yield from _other_kinds()
    yield from _excel()
    yield from _word()
    yield from _harsh()


def _several() -> Iterator[Sample]:
    others: Rows = [["清溪县2024年预算单位名单"], ["序号", "单位", "人数"], [1, "县档案馆", 12], [2, "县水利局", 60]]
    leftovers = ["清溪县2024年预算单位名单", "序号", "单位", "人数", "1", "县档案馆", "12", "2", "县水利局", "60"]
    sheets = {"县档案馆": hunan(ARCHIVES), "名单": others, "县文旅局": hunan(TOURISM)}
    yield Sample("two-sheets.xlsx", xlsx(**sheets), reads(meant(ARCHIVES), tables=2, others=leftovers))
    both = [*hunan(ARCHIVES), [], *hunan(TOURISM)]
    yield Sample("two-on-a-sheet.xlsx", xlsx(汇总=both), reads(meant(ARCHIVES), tables=2))
    letter: Rows = [["收文", "清财〔2024〕3号"], ["密级", "无"]]
    made = docx("清溪县财政局：", letter, "2024年部门整体支出绩效目标表", hunan(ARCHIVES, title=False),
                "2023年部门整体支出绩效目标表", hunan(TOURISM, title=False), "联系人：小王")  # fmt: skip
    leftovers = ["清溪县财政局：", "收文", "清财〔2024〕3号", "密级", "无"]
    yield Sample("letter-and-two.docx", made, reads(meant(ARCHIVES), tables=2, leftovers=leftovers))
    nested = Document()
    table_in(nested.add_table(1, 1).cell(0, 0), hunan(ARCHIVES))
    yield Sample("nested.docx", saved(nested), reads(meant(ARCHIVES)))


def _other_kinds() -> Iterator[Sample]:
    rows = levels(WATER.rows, usual(WATER.rows))
    project: Rows = [
        [MergedCell("2024年项目支出绩效目标表", 6)],
        ["项目名称", MergedCell("病险水库除险加固", 2), "主管部门", MergedCell("清溪县水利局", 2)],
        [MergedCell("项目资金\n（万元）", down=2), MergedCell("年度资金总额：2900", 5)],
        [MergedCell("其中：财政拨款 1,400", 3), MergedCell("其他资金 1,500", 2)],
        ["年度总体\n目标", MergedCell(WATER.goal, 5)],
        *under("年度绩效\n指标", HEADINGS, rows),
    ]
    plan = SampleDepartment("", 2024, ("", "", "", ""), (), WATER.goal, WATER.rows)
    amounts = {"TOTAL": "2900", "INC.GENERAL": "1,400", "INC.OTHER": "1,500"}
    table = meant(
        plan, amounts=amounts, nodes=["OUT.COST", "OUT.QTY", "OUT.QUAL", "OUT.TIME", "BEN.SOC", None, "BEN.SAT"]
    )
    warnings = {
        "amounts[INC.GENERAL]": "按「财政拨款」读入。",
        "goals[0]": "按「年度总体目标」读入。",
        "indicators[2].node": "表中写的是「成本指标 / 经济成本指标」，归入「成本指标」。",
        "indicators[5].node": "表中写的是「满意度指标 / 服务对象满意度指标」，归入「社会公众或服务对象满意度」。",
        "indicators[6].node": "没有认出「效益指标 / 生态效益指标」是哪一类指标，请归类。",
    }
    leftovers = ["项目名称：病险水库除险加固", "主管部门：清溪县水利局"]
    yield Sample(
        "project.xlsx", xlsx(项目=project), reads(table, warnings=warnings, leftovers=leftovers, is_project=True)
    )
    yield _task_table()
    yield _counted_goals()


def _counted_goals() -> Sample:
    goals = ["目标1：接收到期档案。", "目标2：完成数字化。", "目标3：提供便利。"]
    rows = list(hunan(ARCHIVES))
    goal = next(index for index, row in enumerate(rows) if row[0] == "整体绩效\n目标")
    rows[goal] = [MergedCell("年度绩效\n目标", down=3), "目标1", MergedCell(goals[0][4:], 4)]
    rows[goal + 1 : goal + 1] = [[f"目标{text[2]}", MergedCell(text[4:], 4)] for text in goals[1:]]
    table = meant(replace(ARCHIVES, goal="\n".join(goals)))
    return Sample("goals-counted.docx", docx(rows), reads(table, warnings={"goals[0]": "按「年度绩效目标」读入。"}))


def _task_table() -> Sample:
    tasks = [
        ("农村饮水安全", "新建水厂2处", "1,400"),
        ("水库除险加固", "加固水库6座", "1,500"),
        ("日常运转", "人员和公用", "708.2"),
    ]
    rows = WATER.rows[1:6]
    made: Rows = [
        [MergedCell("2024年度部门整体绩效目标表", 7)],
        [MergedCell("填报单位：清溪县水利局", 7)],
        ["部门（单位）\n名称", MergedCell(WATER.name, 6)],
        ["部门职能\n职责", MergedCell("\n".join(WATER.duties), 6)],
        [
            MergedCell("年度主要\n任务", down=5),
            MergedCell("任务名称", 2),
            MergedCell("主要内容", 2),
            MergedCell("预算金额（万元）", 2),
        ],
        *[[MergedCell(text, 2) for text in task] for task in tasks],
        [MergedCell("金额合计：3,608.2", 6)],
        ["年度总体\n目标", MergedCell(WATER.goal, 6)],
        *under("年度绩效\n指标", ("一级指标", "二级指标", MergedCell("三级指标", 2), "指标值", "备注"),
               levels(rows, [[*line, ""] for line in usual(rows)])),
        [MergedCell("填报人：钱七", 3), MergedCell("联系电话：0734-5000003", 4)],
    ]  # fmt: skip
    cells = [dict(zip(("name", "content", "amount"), task, strict=True)) for task in tasks]
    fields = {"filing_unit": WATER.name, "filler": "钱七", "telephone": "0734-5000003"}
    table = meant(WATER, TASKS, rows=rows, tasks=cells, amounts={"TOTAL": "3,608.2"}, fields=fields)
    return Sample("tasks.docx", docx(made), reads(table, TASKS))


def _excel() -> Iterator[Sample]:
    budget: Rows = [
        [MergedCell("年度预算申请", down=3), "资金总额", MergedCell("=C4+E4", 4, is_formula=True)],
        ["其中：", MergedCell("", 1), "", MergedCell("", 2)],
        ["基本支出", 126.4, "项目支出", MergedCell("=10*6", 2, is_formula=True)],
    ]
    table = meant(ARCHIVES, amounts={"TOTAL": "186.4", "EXP.BASIC": "126.4", "EXP.PROJECT": "60"})
    made = xlsx(目标表=hunan(ARCHIVES, budget=budget, title=False))
    undated = {"year": None, "title": "年部门整体支出绩效目标表"}
    yield Sample("formulas.xlsx", converted(made, "xlsx", "xlsx"), reads(table | undated))
    without = meant(ARCHIVES, amounts={"EXP.BASIC": "126.4"})
    warnings = {f"amounts[{key}]": FORMULA for key in ("TOTAL", "EXP.PROJECT")}
    yield Sample("formulas-not-computed.xlsx", made, reads(without | undated, warnings=warnings))
    shares = [
        SampleRow("产出指标", "质量指标", "数字化验收合格率", "98%"),
        SampleRow("产出指标", "质量指标", "完好率", "99.5%"),
    ]
    looks = (MergedCell(0.98, look="0%"), MergedCell(0.995, look="0.0%"))
    rows = levels(shares, [[MergedCell(row.name, 2), look] for row, look in zip(shares, looks, strict=True)])
    yield Sample(
        "percentages.xlsx",
        xlsx(目标表=hunan(ARCHIVES, tree=under(LABEL, HEADINGS, rows))),
        reads(meant(ARCHIVES, rows=shares), warnings={f"indicators[{index}].target": SHARE for index in range(2)}),
    )
    remarks: Rows = [["=填表说明："], [MergedCell("=1.指标值要写单位", 6)], [MergedCell("说明：本表由预算单位填写", 6)]]
    leftovers = ["=填表说明：", "=1.指标值要写单位", "说明：本表由预算单位填写"]
    yield Sample(
        "remarks-below.xlsx", xlsx(目标表=[*hunan(ARCHIVES), *remarks]), reads(meant(ARCHIVES), leftovers=leftovers)
    )


def _word() -> Iterator[Sample]:
    made = Document()
    made.add_paragraph("2024年部门整体支出绩效目标表")
    table_in(made, hunan(ARCHIVES, title=False))
    cell = next(cell for row in made.tables[0].rows for cell in row.cells if cell.text == "\n".join(ARCHIVES.duties))
    cell.text = ""
    for number, duty in enumerate(ARCHIVES.duties):
        paragraph = cell.paragraphs[0] if not number else cell.add_paragraph()
        paragraph.text = duty[3:]
        paragraph.style = "List Number"
    duties = tuple(f"{number}. {duty[3:]}" for number, duty in enumerate(ARCHIVES.duties, start=1))
    yield Sample("numbered-by-word.docx", saved(made), reads(meant(replace(ARCHIVES, duties=duties))))


def _harsh() -> Iterator[Sample]:
    marked = replace(ARCHIVES, name="\u202e清溪县\u200b档案馆\u202c", goal=f"\ufeff{ARCHIVES.goal}\u200f")
    yield Sample("unseen-marks.xlsx", xlsx(目标表=hunan(marked)), reads(meant(ARCHIVES)))
    book = workbook(目标表=hunan(ARCHIVES))
    book["目标表"].merged_cells.add("B3:F4")
    yield Sample("merges-overlap.xlsx", saved(book), reads(meant(ARCHIVES)))
    book = workbook(目标表=hunan(ARCHIVES))
    sheet = book["目标表"]
    line = Side(style="thin")
    for row in (*range(30, 2000), 1_048_576):
        sheet.cell(row, 1).border = Border(line, line, line, line)
    for name in ("Sheet2", "Sheet3"):
        sheet_of(book, name, [])
    yield Sample("formatted-to-the-end.xlsx", saved(book), reads(meant(ARCHIVES)))
    yield Sample("deleted-words.docx", _with_revisions(), reads(meant(ARCHIVES)))


def _with_revisions() -> bytes:
    """Write a document with tracked deletions."""
    made = Document()
    made.add_paragraph("2024年部门整体支出绩效目标表")
    table_in(made, hunan(ARCHIVES, title=False))
    cell = next(cell for row in made.tables[0].rows for cell in row.cells if cell.text == ARCHIVES.name)
    deleted, run, text = (OxmlElement(name) for name in ("w:del", "w:r", "w:delText"))
    deleted.set(qn("w:id"), "1")
    deleted.set(qn("w:author"), "甲")
    text.text = "（筹）"
    run.append(text)
    deleted.append(run)
    cell.paragraphs[0]._p.append(deleted)
    file = BytesIO()
    made.save(file)
    return file.getvalue()
