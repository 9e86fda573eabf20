"""Laying out a document: the founding form cell by cell, blank and long texts, rows without a class."""

from dataclasses import replace

import pytest
from hypothesis import given

from filings.document import place
from filings.document.content import DutyRow, FilingDocument, IndicatorRow, compose
from filings.document.edition import Edition
from filings.table.grid import Cell, Grid, Join, Row, Style
from filings.table.layout.document import lay_out, split_paragraph
from filings.tests.founding import EDITION, founding_document
from filings.tests.strategies import tables

LABEL = "部门整体\n支出年度\n绩效指标"


def blank() -> FilingDocument:
    return compose(EDITION, year=2022, fields={}, amounts={})


def with_rows(*rows: IndicatorRow) -> FilingDocument:
    return compose(EDITION, year=2022, fields={}, amounts={}, indicators=rows)


def with_amounts(**amounts: str) -> FilingDocument:
    return compose(
        EDITION, year=2022, fields={}, amounts={key.replace("_", "."): text for key, text in amounts.items()}
    )


def section(grid: Grid, name: str) -> list[Row]:
    return [row for row in grid.rows if row.section == name]


def contents(rows: list[Row]) -> list[list[str]]:
    return [[cell.content for cell in row.cells] for row in rows]


def spans(row: Row) -> list[tuple[int, int, int]]:
    return [(cell.column, cell.columns, cell.rows) for cell in row.cells]


FOUNDING = lay_out(founding_document(), EDITION)


def test_the_title_and_the_filing_unit_are_above_the_table() -> None:
    assert FOUNDING.above == (
        Cell("2022年部门整体支出绩效目标表", style=Style.TITLE),
        Cell("", style=Style.HEADER, place=place.field("filing_unit"), before="填报单位：", after="（盖章）"),
    )
    assert FOUNDING.below == ()
    assert FOUNDING.widths == (12, 13, 17, 14, 21, 23)


def test_sections_are_in_the_order_of_the_edition() -> None:
    labels = [(cell.text, cell.rows) for row in FOUNDING.rows for cell in row.cells if cell.style is Style.LABEL]
    assert labels == [
        ("部门名称", 1),
        ("年度预算\n申请\n（万元）", 6),
        ("部门职能\n职责概述", 13),
        ("整体绩效\n目标", 1),
        (LABEL, 13),
    ]


def test_the_budget_prints_blank_lines_blank_and_amounts_as_they_were_written() -> None:
    rows = section(FOUNDING, "budget")
    assert contents(rows) == [
        ["年度预算\n申请\n（万元）", "资金总额：550.13万元"],
        ["按收入性质分：", "按支出性质分："],
        ["其中：一般公共预算：550.13万元", "其中：基本支出：317.13万元"],
        ["政府性基金拨款：", "项目支出：233万元"],
        ["纳入专户管理的非税收入拨款：", ""],
        ["其他资金", ""],
    ]
    assert spans(rows[0]) == [(0, 1, 6), (1, 5, 1)]
    assert [spans(row) for row in rows[1:]] == [[(1, 3, 1), (4, 2, 1)]] * 5
    assert [row.stays_with_next for row in rows] == [True] * 5 + [False]


def test_the_amount_of_a_cell_is_its_own_text_between_printed_words() -> None:
    cell = section(FOUNDING, "budget")[2].cells[0]
    assert (cell.before, cell.text, cell.after) == ("其中：一般公共预算：", "550.13", "万元")
    assert cell.place == place.amount("INC.GENERAL")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("", "其他资金"),
        ("5", "其他资金：5万元"),
        ("5.00", "其他资金：5.00万元"),
        ("7,242,318元", "其他资金：7,242,318元"),
        ("1.5亿元", "其他资金：1.5亿元"),
        ("-3", "其他资金：-3万元"),
        ("约五百", "其他资金：约五百"),
        ("第5", "其他资金：第5"),
    ],
)
def test_only_a_bare_number_gets_the_unit_and_a_filled_line_its_colon(typed: str, printed: str) -> None:
    rows = section(lay_out(with_amounts(INC_OTHER=typed), EDITION), "budget")
    assert rows[-1].cells[0].content == printed


def test_each_duty_is_a_row_and_all_are_joined_into_one_cell() -> None:
    rows = section(FOUNDING, "duties")
    assert len(rows) == 13
    assert [row.join for row in rows] == [None, *[Join.LINE] * 12]
    assert [row.cells[-1].text[:3] for row in rows[:3]] == ["（一）", "（二）", "（三）"]
    assert spans(rows[0]) == [(0, 1, 13), (1, 5, 1)]
    assert [spans(row) for row in rows[1:]] == [[(1, 5, 1)]] * 12


def test_a_long_duty_is_cut_at_a_sentence_end_into_rows_that_run_on() -> None:
    text = ("甲" * 299 + "。") * 3 + "乙"
    document = replace(blank(), duties=(DutyRow("d1", text), DutyRow("d2", "丙")))
    rows = section(lay_out(document, EDITION), "duties")
    assert [(row.cells[-1].text, row.join) for row in rows] == [
        (("甲" * 299 + "。") * 2, None),
        ("甲" * 299 + "。乙", Join.RUN),
        ("丙", Join.LINE),
    ]
    assert [str(row.cells[-1].place) for row in rows] == ["duties[d1].text", "duties[d1].text", "duties[d2].text"]


def test_on_a_screen_each_text_is_one_row() -> None:
    document = replace(blank(), duties=(DutyRow("d1", "甲" * 1300),), goals=("一\n二",))
    grid = lay_out(document, EDITION, whole_texts=True)
    assert [row.cells[-1].text for row in section(grid, "duties")] == ["甲" * 1300]
    assert [row.cells[-1].text for row in section(grid, "goal")] == ["一\n二"]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", [0]),
        ("甲" * 600, [600]),
        ("甲" * 601, [600, 1]),
        ("甲" * 599 + "。乙", [600, 1]),
        ("甲" * 600 + "。", [600, 1]),
        ("甲。" + "乙" * 700, [2, 600, 100]),
    ],
)
def test_a_paragraph_is_split_after_the_last_sentence_end_that_fits(text: str, pieces: list[int]) -> None:
    cut = split_paragraph(text)
    assert [len(piece) for piece in cut] == pieces
    assert "".join(cut) == text


def test_the_indicators_of_the_founding_table_have_merged_classes() -> None:
    rows = section(FOUNDING, "indicators")
    assert contents(rows)[:4] == [
        [LABEL, "一级指标", "二级指标", "三级指标", "指标值及单位"],
        ["产出指标", "数量指标", "财政供养人员", "28人"],
        ["部门单位履职、运转", "予以保障"],
        ["质量指标", "在职人员控制率", "≤100%"],
    ]
    assert spans(rows[0]) == [(0, 1, 13), (1, 1, 1), (2, 1, 1), (3, 2, 1), (5, 1, 1)]
    assert spans(rows[1]) == [(1, 1, 8), (2, 1, 2), (3, 2, 1), (5, 1, 1)]
    assert spans(rows[2]) == [(3, 2, 1), (5, 1, 1)]
    assert contents(rows)[-1] == ["社会公众或服务对象满意度", "社会公众满意度", "≥98%"]
    assert [row.is_head for row in rows] == [True] + [False] * 12


def test_a_class_without_rows_has_an_empty_one() -> None:
    rows = section(lay_out(blank(), EDITION), "indicators")
    assert contents(rows)[1:] == [
        ["产出指标", "数量指标", "", ""],
        ["质量指标", "", ""],
        ["成本指标", "", ""],
        ["时效指标", "", ""],
        ["效益指标", "经济效率指标", "", ""],
        ["社会效益指标", "", ""],
        ["可持续影响指标", "", ""],
        ["社会公众或服务对象满意度", "", ""],
    ]
    assert {cell.place for row in rows for cell in row.cells if cell.style in (Style.NAME, Style.TARGET)} == {None}


def test_rows_without_a_class_come_last_under_their_own_labels() -> None:
    document = with_rows(
        IndicatorRow("a", None, "", "", "无类", "1"),
        IndicatorRow("b", "BEN.SAT", "", "", "满意度", "2"),
        IndicatorRow("c", None, "其他指标", "创新指标", "创新", "3"),
        IndicatorRow("d", None, "", "", "又无类", "4"),
    )
    rows = section(lay_out(document, EDITION), "indicators")
    assert contents(rows)[-4:] == [
        ["社会公众或服务对象满意度", "满意度", "2"],
        ["待归类", "", "无类", "1"],
        ["又无类", "4"],
        ["待归类：其他指标", "创新指标", "创新", "3"],
    ]
    assert [cell.place for cell in rows[-1].cells] == [
        None,
        None,
        place.indicator("c", "name"),
        place.indicator("c", "target"),
    ]


def test_labels_of_classes_carry_the_place_of_their_class() -> None:
    first, second = section(FOUNDING, "indicators")[1].cells[:2]
    assert (first.place, second.place) == (place.node("OUT"), place.node("OUT.QTY"))


def test_a_table_without_a_year_has_a_title() -> None:
    assert lay_out(replace(blank(), year=None), EDITION).above[0].text == "年部门整体支出绩效目标表"


@given(tables())
def test_cells_tile_the_table_without_gap_or_overlap(table: tuple[FilingDocument, Edition]) -> None:
    document, edition = table
    grid = lay_out(document, edition)
    covered = [
        (index + down, cell.column + over)
        for index, row in enumerate(grid.rows)
        for cell in row.cells
        for down in range(cell.rows)
        for over in range(cell.columns)
    ]
    assert sorted(covered) == [(row, column) for row in range(len(grid.rows)) for column in range(len(grid.widths))]


@given(tables())
def test_every_filled_place_of_a_document_is_printed(table: tuple[FilingDocument, Edition]) -> None:
    document, edition = table
    grid = lay_out(document, edition, whole_texts=True, whole_targets=True)
    cells = [*grid.above, *(cell for row in grid.rows for cell in row.cells), *grid.below]
    printed = {(cell.place, cell.text) for cell in cells if cell.place and cell.text}
    rows = document.indicators
    written = {
        *((place.field(key), text) for key, text in document.fields.items()),
        *((place.amount(key), text) for key, text in document.amounts.items()),
        *((place.duty(duty.key), duty.text) for duty in document.duties),
        *((place.goal(index), text) for index, text in enumerate(document.goals)),
        *((place.indicator(row.key, "name"), row.name) for row in rows),
        *((place.indicator(row.key, "target"), row.target) for row in rows),
        *((place.indicator(row.key, column), text) for row in rows for column, text in row.more.items()),
        *((place.task(task.key, column), text) for task in document.tasks for column, text in task.cells.items()),
    }
    labels = {(cell.place, cell.text) for cell in cells if cell.style is Style.LEVEL}
    assert printed - labels == {(target, text) for target, text in written if text}
