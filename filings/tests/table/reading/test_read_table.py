"""Reading a table: the founding table with variations of its cells and labels, leftovers, and other tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.formats import text
from filings.table.grid import Cell, Grid, Row
from filings.table.layout.document import lay_out
from filings.table.reading.read_table import NotATable, Reading, read_table
from filings.table.reading.result import Leftover
from filings.tests.founding import EDITION, founding_document, sample_text
from filings.tests.strategies import lines, tables


def read_text(written: str) -> Reading:
    return read_table(text.read(written), EDITION)


def changed(old: str, new: str) -> Reading:
    """Read the founding text with one piece replaced, which must occur in it."""
    assert old in sample_text()
    return read_text(sample_text().replace(old, new, 1))


def table_of(*rows: list[str]) -> Reading:
    """Read a table of a department's name and these indicator rows."""
    cells = [["部门名称", "财政局"], ["年度绩效指标", *rows[0]], *rows[1:]]
    cells[1][0] = "部门整体支出年度绩效指标"
    return read_table(
        Grid(tuple(Row(tuple(Cell(text, column) for column, text in enumerate(row)), "") for row in cells)), EDITION
    )


HEADINGS = ["一级指标", "二级指标", "三级指标", "指标值及单位"]


def indicators(reading: Reading) -> list[tuple[str | None, str, str]]:
    return [(row.node, row.name, row.target) for row in reading.document.indicators]


def test_the_founding_text_is_read_without_leftovers() -> None:
    reading = read_text(sample_text())
    document = reading.document
    assert reading.leftovers == ()
    assert document.year == 2022
    assert document.fields == {"filing_unit": "", "department": "中共衡东县委组织部"}
    assert document.amounts == {
        "TOTAL": "550.13", "INC.GENERAL": "550.13", "INC.FUND": "", "INC.NONTAX": "", "INC.OTHER": "",
        "EXP.BASIC": "317.13", "EXP.PROJECT": "233",
    }  # fmt: skip
    assert len(document.duties) == 13
    assert document.duties[12].text == "（十三）承办县委和上级组织部门交办的其他事项。"
    assert document.goal.startswith("通过预算执行，")


def test_the_indicators_of_the_founding_text_have_their_classes() -> None:
    assert indicators(read_text(sample_text())) == [
        ("OUT.QTY", "财政供养人员", "28人"),
        ("OUT.QTY", "部门单位履职、运转", "予以保障"),
        ("OUT.QUAL", "在职人员控制率", "≤100%"),
        ("OUT.QUAL", "公用经费控制率", "≤100%"),
        ("OUT.COST", "保障财政供养人员", "≤278.99万元"),
        ("OUT.COST", "保证单位正常运转", "≤38.14万元"),
        ("OUT.TIME", "预算完成率", "100%"),
        ("OUT.TIME", "完成单位职责及上级交办的各项任务时限", "年度内及时完成"),
        ("BEN.ECON", "全县非公有制经济组织和社会组织党组织建设", "持续推进"),
        ("BEN.SOC", "组织工作宣传覆盖率", "≥90%"),
        ("BEN.SUST", "党员教育设备使用年限", "≥10年"),
        ("BEN.SAT", "社会公众满意度", "≥98%"),
    ]


def test_rows_read_from_a_file_are_keyed_in_order() -> None:
    document = founding_document()
    assert [duty.key for duty in document.duties[:2]] == ["r1", "r2"]
    assert [row.key for row in document.indicators[:2]] == ["r1", "r2"]


@given(tables())
def test_reading_the_grid_of_a_document_gives_the_document(table: tuple[FilingDocument, Edition]) -> None:
    document, edition = table
    reading = read_table(lay_out(document, edition), edition)
    assert reading.document == document
    assert reading.leftovers == ()


@given(tables())
def test_a_grid_of_whole_texts_gives_the_document(table: tuple[FilingDocument, Edition]) -> None:
    document, edition = table
    assert read_table(lay_out(document, edition, whole_texts=True), edition).document == document


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\t财政供养人员\n\t\n\t28人", "\t财政供养人员\n\t28人"),
        ("\t质量指标\n\t在职人员控制率\n", "\t质量指标\n\t\n\t在职人员控制率\n"),
        ("\t在职人员控制率\n\t≤100%", "\t在职人员控制率\n\t≤100%\n\t\n\t"),
        ("\t效益指标\n\n\t经济效\n率指标", "\t\n\t效益指标\n\t经济效\n率指标"),
        ("\t产出指标\n\t数量指标\n\t财政供养人员\n\t\n", "\t产出指标\n\n\t数量指标\n\t财政供养人员\n"),
        ("\t成本指标\n\t保障", "\t成本指标\n\n\t\n\t\n\t\n\t保障"),
        ("\t一级指标\n", "\t\n\t一级指标\n"),
        ("\t部门名称\n\t中共", "\t部门名称\n\t\n\t中共"),
        ("\t按收入性质分：\n\t按支出性质分：", "\t按收入性质分：\n\t\n\t按支出性质分：\n\t"),
        ("\t资金总额：550.13万元", "\t资金总额：\n550.13万元"),
        ("填报单位：（盖章）", "填报单位 ： （盖章）"),
        ("2022年部门整体支出绩效目标表", "2022 年 部门整体支出绩效目标表"),
    ],
)
def test_empty_cells_and_split_rows_change_nothing(old: str, new: str) -> None:
    reading = changed(old, new)
    assert reading.document == founding_document()
    assert reading.leftovers == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("经济效\n率指标", "经济效益指标"),
        ("经济效\n率指标", "经济效率"),
        ("经济效\n率指标", "经济\n效益\n指标（10分）"),
        ("社会公众或服务\n对象满意度", "满意度指标"),
        ("社会公众或服务\n对象满意度", "满意度"),
        ("社会公众或服务\n对象满意度", "服务对象满意度指标(10分)"),
        ("\t产出指标\n", "\t产出指标（50分）\n"),
        ("\t产出指标\n", "\t产 出\n"),
        ("\t效益指标\n\n", "\t效益\n"),
        ("时效指标", "进度指标"),
        ("时效指标", "时 限"),
        ("数量指标", "数量指标："),
        ("一般公共预算：", "公共财政拨款:"),
        ("一般公共预算：", "一般公共预算拨款："),
        ("其中：基本支出：317.13万元", "其中:基本支出 317.13万元"),
        ("其中：基本支出：317.13万元", "基本支出：３１７．１３"),
        ("资金总额：", "年度资金总额："),
        ("部门职能\n职责概述", "部门职能职责概述："),
        ("整体绩效目标", "整体\n绩效\n目标"),
        ("部门整体支出  年度绩效指标", "部门整体支出年度绩效指标"),
        ("指标值及单位", "指标值\n及单位"),
    ],
)
def test_variants_of_a_label_mean_the_same(old: str, new: str) -> None:
    reading = changed(old, new)
    assert reading.document == founding_document()
    assert reading.leftovers == ()


def test_labels_apply_to_the_rows_below_without_one() -> None:
    reading = table_of(HEADINGS, ["", "", ""], ["", "产出指标", "数量指标", "甲", "1"], ["", "", "", "乙", "2"])
    assert indicators(reading) == [("OUT.QTY", "甲", "1"), ("OUT.QTY", "乙", "2")]


def test_a_row_that_lost_its_empty_cells_is_read_by_its_labels() -> None:
    reading = table_of(["", *HEADINGS], ["产出指标", "数量指标", "甲", "1"], ["质量指标", "乙", "2"], ["丙", "3"])
    assert indicators(reading) == [("OUT.QTY", "甲", "1"), ("OUT.QUAL", "乙", "2"), ("OUT.QUAL", "丙", "3")]


def test_a_new_first_level_clears_the_second_level() -> None:
    reading = table_of(HEADINGS, ["", "产出指标", "数量指标", "甲", "1"], ["", "效益指标", "", "乙", "2"])
    row = reading.document.indicators[1]
    assert (row.node, row.first_level, row.second_level) == (None, "效益指标", "")


def test_rows_of_an_unknown_class_keep_their_labels() -> None:
    reading = table_of(HEADINGS, ["", "其他指标", "创新 指标", "甲", "1"], ["", "", "", "乙", "2"])
    rows = reading.document.indicators
    assert [(row.node, row.first_level, row.second_level) for row in rows] == [(None, "其他指标", "创新 指标")] * 2


def test_a_label_in_the_name_column_is_a_name() -> None:
    reading = table_of(HEADINGS, ["", "产出指标", "数量指标", "质量指标", "1"])
    assert indicators(reading) == [("OUT.QTY", "质量指标", "1")]


@pytest.mark.parametrize(
    ("old", "new", "leftover"),
    [
        ("填报单位：", "制表：张三\n填报单位：", Leftover(0, "制表：张三")),
        ("\t其他资金\n", "\t上年结转：3\n", Leftover(7, "上年结转：3")),
        ("\t政府性基金拨款：\n", "\t资金总额：9\n", Leftover(5, "资金总额：9")),
        ("\t中共衡东县委组织部\n", "\t中共衡东县委组织部\n\t编码 101\n", Leftover(1, "编码 101")),
        ("\t≤100%\n", "\t见备注\n\t≤100%\n", Leftover(13, "见备注")),
    ],
)
def test_leftovers_are_listed_with_their_row(old: str, new: str, leftover: Leftover) -> None:
    assert changed(old, new).leftovers == (leftover,)


def test_other_lines_below_the_table_are_leftovers() -> None:
    assert read_text(f"{sample_text()}\n\n备注：无\n").leftovers == (Leftover(0, "备注：无"),)


MISSING = (
    "不是部门整体支出绩效目标表：左侧应有 「部门名称」、「年度预算申请（万元）」、「部门职能职责概述」、"
    "「整体绩效目标」、「部门整体支出年度绩效指标」，至少要认出其中两栏。"
)
NO_CELLS = "没有找到表格：这种文本里，每个单元格以制表符（TAB）开头。"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", NO_CELLS),
        ("\n\n", NO_CELLS),
        ("2022年部门整体支出绩效目标表\n部门名称 中共衡东县委组织部\n", NO_CELLS),
        ("\t姓名\n\t电话\n\n\t张三\n\t123\n", MISSING),
        ("\t部门名称\n\t财政局\n", MISSING),
        ("\t部门名称\n\t财政局\n\n\t部门名称\n\t财政局\n", MISSING),
        ("\t甲\n\t部门名称\n\n\t乙\n\t整体绩效目标\n", MISSING),
    ],
)
def test_other_tables_are_refused_with_the_reason(written: str, reason: str) -> None:
    with pytest.raises(NotATable) as caught:
        read_text(written)
    assert str(caught.value) == reason


def test_two_sections_are_enough() -> None:
    reading = read_text("\t部门名称\n\t财政局\n\n\t整体绩效目标\n\t做好\n")
    assert (reading.document.department, reading.document.goal, reading.document.year) == ("财政局", "做好", None)


LABELS = [
    *(section.label for section in EDITION.sections),
    *(label for first, second in EDITION.leaves() for label in (first.label, second.label)),
    *(line.label for line in EDITION.lines),
    *(column.label for column in EDITION.columns),
    *(split.label for split in EDITION.splits),
    "填报单位：（盖章）",
    "2022年部门整体支出绩效目标表",
]
PIECES = st.one_of(st.text(max_size=12), lines(most=12), st.sampled_from([*LABELS, ""]))
SEPARATORS = st.sampled_from(["\t", "\n", "\n\t", "\n\n\t", "\n\n", "", "\r\n", "\x0b"])


@given(st.lists(st.tuples(SEPARATORS, PIECES), max_size=40))
def test_any_text_is_read_or_refused(pieces: list[tuple[str, str]]) -> None:
    try:
        reading = read_text("".join(separator + piece for separator, piece in pieces))
    except NotATable:
        return
    again = read_table(lay_out(reading.document, EDITION), EDITION)
    assert again.document.fields == reading.document.fields
    assert again.document.amounts == reading.document.amounts


CELLS = st.builds(Cell, PIECES, st.integers(0, 7), st.integers(1, 3), st.integers(1, 3))


@given(st.lists(st.lists(CELLS, max_size=6), max_size=12), st.lists(CELLS, max_size=3), st.lists(CELLS, max_size=3))
def test_any_grid_is_read_or_refused(rows: list[list[Cell]], above: list[Cell], below: list[Cell]) -> None:
    grid = Grid(tuple(Row(tuple(cells), "") for cells in rows), tuple(above), tuple(below))
    try:
        reading = read_table(grid, EDITION)
    except NotATable:
        return
    assert all(leftover.text and 0 <= leftover.row <= len(rows) for leftover in reading.leftovers)
