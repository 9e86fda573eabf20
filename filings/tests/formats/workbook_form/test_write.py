"""The fill-in workbook: the official table, every input unlocked and tinted, every printed word locked."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from filings.document import place
from filings.document.content import FilingDocument, compose
from filings.document.edition import Edition
from filings.document.place import Place
from filings.formats.file import CannotPrint
from filings.formats.workbook_form import write as workbook_form
from filings.formats.workbook_form.keys import SheetPosition
from filings.tests.formats.workbook_form.workbooks import (
    AT,
    IDENTITY,
    STANDARD,
    TASKS,
    back,
    cells_of,
    founding_form,
    inputs_of,
    keys_column,
    opened,
    rows_of,
    standard_document,
    task_document,
    texts_of,
    tinted,
    unlocked,
    written,
)
from filings.tests.founding import EDITION, founding_document
from filings.tests.strategies import documents


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(founding_form())


@pytest.fixture(scope="module")
def sheet(book: Workbook) -> Worksheet:
    return book.worksheets[0]


def cell_at(data: bytes, at: Place) -> Cell:
    spot = back(data).spots[at]
    cell = opened(data).worksheets[0].cell(spot.row, spot.column)
    assert isinstance(cell, Cell)
    return cell


def note_at(sheet: Worksheet, coordinate: str) -> DataValidation:
    notes: list[DataValidation] = sheet.data_validations.dataValidation
    (found,) = [note for note in notes if coordinate in note.sqref]
    return found


def with_amount(text: str) -> bytes:
    return written(compose(EDITION, year=2022, fields={}, amounts={"TOTAL": text}))


def test_table_and_advice_are_seen_and_the_record_is_not(book: Workbook) -> None:
    states = [(sheet.title, sheet.sheet_state) for sheet in book.worksheets]
    assert states == [("绩效目标表", "visible"), ("填写说明", "visible"), ("填报表记录", "veryHidden")]
    assert book.active is book.worksheets[0]


def test_the_table_is_protected_without_a_password(sheet: Worksheet) -> None:
    assert (sheet.protection.sheet, sheet.protection.password) == (True, None)
    assert (sheet.protection.formatRows, sheet.protection.formatColumns) == (False, False)


@pytest.mark.parametrize(
    ("document", "edition"),
    [(founding_document(), EDITION), (standard_document(), STANDARD), (task_document(), TASKS)],
    ids=lambda value: value.code if isinstance(value, Edition) else "",
)
def test_inputs_alone_are_unlocked_and_tinted(document: FilingDocument, edition: Edition) -> None:
    data = written(document, edition)
    sheet = opened(data).worksheets[0]
    assert unlocked(data) == tinted(data)
    covered = {spot for spot, cell in cells_of(sheet).items() if isinstance(cell, MergedCell)}
    blank = {SheetPosition(cell.row, cell.column) for row in rows_of(sheet, "[+") for cell in inputs_of(sheet, row)}
    assert unlocked(data) - covered == {*back(data).spots.values()} | blank


def test_printed_words_are_locked_whole(sheet: Worksheet) -> None:
    words = Counter(
        cell.value for row in sheet.iter_rows(2, max_col=6) for cell in row if cell.value and cell.protection.locked
    )
    labels = [
        "请在浅黄色的格子里填写，填好保存后回到系统里上传。怎么写，见「填写说明」。", "2022年部门整体支出绩效目标表",
        "填报单位：", "（盖章）", "部门名称", "年度预算\n申请\n（万元）", "资金总额：", "（单位：万元）",
        "按收入性质分：", "按支出性质分：", "其中：一般公共预算：", "其中：基本支出：", "政府性基金拨款：", 
        "项目支出：", "纳入专户管理的非税收入拨款：", "其他资金", "部门职能\n职责概述", "整体绩效\n目标",
        "部门整体\n支出年度\n绩效指标", "一级指标", "二级指标", "三级指标", "指标值及单位",
        "产出指标", "数量指标", "质量指标", "成本指标",
        "时效指标", "效益指标", "经济效率指标", "社会效益指标", "可持续影响指标", "社会公众或服务对象满意度",
    ]  # fmt: skip
    assert words == Counter(labels)


def test_label_and_amount_stand_side_by_side(sheet: Worksheet) -> None:
    lines = [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows(6, 9, 2, 6)]
    assert lines == [
        ["资金总额：", 550.13, "（单位：万元）"],
        ["按收入性质分：", "按支出性质分："],
        ["其中：一般公共预算：", 550.13, "其中：基本支出：", 317.13],
        ["政府性基金拨款：", "项目支出：", 233],
    ]


def test_a_column_that_holds_label_and_amount_is_cut_in_two() -> None:
    columns = tuple(replace(column, span=1) for column in EDITION.columns)
    narrow = replace(EDITION, columns=columns, widths=(12, 44, 15, 14, 15))
    document = compose(narrow, year=2022, fields={}, amounts={"TOTAL": "5", "INC.GENERAL": "3", "EXP.BASIC": "4"})
    data = written(document, narrow)
    sheet = opened(data).worksheets[0]
    assert [cell.value for cell in sheet[6]][:4] == ["年度预算\n申请\n（万元）", "资金总额：", 5, "（单位：万元）"]
    assert [cell.value for cell in sheet[8]][1:6] == ["其中：一般公共预算：", 3, "其中：基本支出：", None, 4]
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEF"]
    assert [round(100 * width / sum(widths)) for width in widths] == [12, 27, 17, 15, 14, 15]
    assert back(data).texts == texts_of(document, narrow)


@pytest.mark.parametrize(("text", "value"), [("550.13", 550.13), ("233", 233), ("0", 0)])
def test_a_bare_amount_is_a_number_to_the_right(text: str, value: float) -> None:
    cell = cell_at(with_amount(text), place.amount("TOTAL"))
    assert (cell.value, cell.data_type, cell.number_format) == (value, "n", "General")
    assert cell.alignment.horizontal == "right"


@pytest.mark.parametrize("text", ["550.10", "7,242,318元", "-3", "约五百", "=1+1", "1234567890123456789"])
def test_what_a_number_would_not_keep_is_text(text: str) -> None:
    cell = cell_at(with_amount(text), place.amount("TOTAL"))
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == (text[0] in "-=")


def test_targets_and_names_are_cells_of_text() -> None:
    data = founding_form()
    key = founding_document().indicators[0].key
    assert [cell_at(data, place.indicator(key, column)).number_format for column in ("name", "target")] == ["@", "@"]


def test_money_is_asked_for_and_let_through(sheet: Worksheet) -> None:
    note = note_at(sheet, "D6")
    assert (note.type, note.operator, note.formula1, note.errorStyle) == (
        "decimal",
        "greaterThanOrEqual",
        "0",
        "warning",
    )
    assert note.prompt == "填 233 或 233.00，单位万元；没有就留空"
    assert note.error == "这一格应是不小于 0 的数：填 233 或 233.00，单位万元；没有就留空。仍要这样填吗？"
    assert (note.showInputMessage, note.showErrorMessage) == (True, True)


def test_money_of_tasks_is_asked_for_too() -> None:
    data = written(task_document(), TASKS)
    cell = cell_at(data, place.task("t1", "amount"))
    assert (cell.value, cell.alignment.horizontal) == (100, "right")
    assert note_at(opened(data).worksheets[0], cell.coordinate).type == "decimal"


def test_targets_tell_the_signs_and_take_anything(sheet: Worksheet) -> None:
    row = rows_of(sheet, "].target")[0]
    note = note_at(sheet, f"F{row}")
    assert (note.type, note.showErrorMessage) == (None, False)
    assert note.prompt == "例：≥90%　≤278.99万元　28人　2022年12月底前\n常用符号：≥ ≤ ＝ ＞ ＜"


def test_each_class_and_the_duties_have_blank_rows(sheet: Worksheet) -> None:
    column = keys_column(sheet)
    blank = rows_of(sheet, "[+")
    nodes = Counter(sheet.cell(row, column - 1).value for row in blank)
    assert nodes == {node.key: 5 for _, node in EDITION.leaves()} | {None: 5}
    assert all(cell.value is None for row in blank for cell in inputs_of(sheet, row))


@pytest.mark.parametrize("count", [0, 1, 12])
def test_so_many_blank_rows_as_wanted(count: int) -> None:
    sheet = opened(written(standard_document(), STANDARD, blank_rows=count)).worksheets[0]
    assert len(rows_of(sheet, "indicators[+")) == count * 11
    assert len(rows_of(sheet, "duties[+")) == count


def test_a_goal_has_room(sheet: Worksheet) -> None:
    (row,) = rows_of(sheet, "goals[0]")
    assert float(sheet.row_dimensions[row].height or 0) == 120


def test_keys_are_hidden_and_paper_shows_the_official_table_alone(sheet: Worksheet) -> None:
    assert [name for name, column in sheet.column_dimensions.items() if column.hidden] == ["H", "I"]
    assert [number for number, row in sheet.row_dimensions.items() if row.hidden] == [1]
    assert sheet.print_area == f"'绩效目标表'!$A$3:$F${sheet.max_row}"
    assert sheet.page_setup.blackAndWhite is True


def test_whose_form_it_is_stands_in_the_file_s_properties(book: Workbook) -> None:
    properties = {found.name: found.value for found in book.custom_doc_props.props}  # type: ignore[attr-defined]
    assert properties == {
        "filing": "17",
        "edition": EDITION.code,
        "edition_sha256": EDITION.sha256,
        "department": "中共衡东县委组织部",
        "year": "2022",
        "check": IDENTITY.check,
    }
    assert len(IDENTITY.check) == 16


def test_advice_has_examples_of_values(book: Workbook) -> None:
    rows = [[cell.value for cell in row] for row in book["填写说明"].iter_rows()]
    assert rows[0] == ["填写说明（中共衡东县委组织部2022年度）", None]
    assert rows[-5:] == [
        ["比率、满意度", "≥90%"],
        ["成本、支出", "≤278.99万元"],
        ["数量", "28人"],
        ["时间", "2022年12月底前"],
        ["不便用数字表示的", "持续提升"],
    ]


def test_the_same_table_gives_the_same_bytes() -> None:
    document = founding_document()
    assert founding_form() == founding_form()
    later = workbook_form.write(document, EDITION, IDENTITY, made_at=AT + timedelta(days=1))
    assert later != written(document)


def test_a_text_longer_than_a_cell_is_refused() -> None:
    document = compose(EDITION, year=2022, fields={}, amounts={}, goals=["长" * 32_768])
    with pytest.raises(CannotPrint, match="有一格共 32768 字"):
        written(document)


@given(documents(EDITION))
@settings(max_examples=20, deadline=None)
def test_no_cell_is_a_formula(document: FilingDocument) -> None:
    for sheet in opened(written(document)).worksheets:
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert kinds <= {"s", "n"}
