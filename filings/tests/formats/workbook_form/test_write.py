"""The workbook form: the official table, every input unlocked and tinted, every printed text locked."""

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


def cell_at(data: bytes, target: Place) -> Cell:
    position = back(data).positions[target]
    cell = opened(data).worksheets[0].cell(position.row, position.column)
    assert isinstance(cell, Cell)
    return cell


def validation_at(sheet: Worksheet, coordinate: str) -> DataValidation:
    validations: list[DataValidation] = sheet.data_validations.dataValidation
    (validation,) = [validation for validation in validations if coordinate in validation.sqref]
    return validation


def with_amount(text: str) -> bytes:
    return written(compose(EDITION, year=2022, fields={}, amounts={"TOTAL": text}))


def test_table_and_advice_are_visible_and_the_record_is_hidden(book: Workbook) -> None:
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
def test_only_inputs_are_unlocked_and_tinted(document: FilingDocument, edition: Edition) -> None:
    data = written(document, edition)
    sheet = opened(data).worksheets[0]
    assert unlocked(data) == tinted(data)
    covered = {position for position, cell in cells_of(sheet).items() if isinstance(cell, MergedCell)}
    blank = {SheetPosition(cell.row, cell.column) for row in rows_of(sheet, "[+") for cell in inputs_of(sheet, row)}
    assert unlocked(data) - covered == {*back(data).positions.values()} | blank


def test_printed_texts_are_locked(sheet: Worksheet) -> None:
    words = Counter(
        cell.value for row in sheet.iter_rows(2, max_col=6) for cell in row if cell.value and cell.protection.locked
    )
    labels = [
        "请在浅黄色单元格中填写，保存后回到系统上传。填写方法见「填写说明」。", "2022年部门整体支出绩效目标表",
        "填报单位：", "（盖章）", "部门名称", "年度预算\n申请\n（万元）", "资金总额：", "（单位：万元）",
        "按收入性质分：", "按支出性质分：", "其中：一般公共预算：", "其中：基本支出：", "政府性基金拨款：", 
        "项目支出：", "纳入专户管理的非税收入拨款：", "其他资金", "部门职能\n职责概述", "整体绩效\n目标",
        "部门整体\n支出年度\n绩效指标", "一级指标", "二级指标", "三级指标", "指标值及单位",
        "产出指标", "数量指标", "质量指标", "成本指标",
        "时效指标", "效益指标", "经济效率指标", "社会效益指标", "可持续影响指标", "社会公众或服务对象满意度",
    ]  # fmt: skip
    assert words == Counter(labels)


def test_label_and_amount_are_in_separate_cells(sheet: Worksheet) -> None:
    lines = [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows(6, 9, 2, 6)]
    assert lines == [
        ["资金总额：", 550.13, "（单位：万元）"],
        ["按收入性质分：", "按支出性质分："],
        ["其中：一般公共预算：", 550.13, "其中：基本支出：", 317.13],
        ["政府性基金拨款：", "项目支出：", 233],
    ]


def test_a_column_that_holds_label_and_amount_is_split() -> None:
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
def test_a_bare_amount_is_a_number_aligned_right(text: str, value: float) -> None:
    cell = cell_at(with_amount(text), place.amount("TOTAL"))
    assert (cell.value, cell.data_type, cell.number_format) == (value, "n", "General")
    assert cell.alignment.horizontal == "right"


@pytest.mark.parametrize("text", ["550.10", "7,242,318元", "-3", "约五百", "=1+1", "1234567890123456789"])
def test_amounts_that_a_number_would_change_are_text(text: str) -> None:
    cell = cell_at(with_amount(text), place.amount("TOTAL"))
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == (text[0] in "-=")


def test_targets_and_names_are_text_cells() -> None:
    data = founding_form()
    key = founding_document().indicators[0].key
    assert [cell_at(data, place.indicator(key, column)).number_format for column in ("name", "target")] == ["@", "@"]


def test_money_cells_have_a_message_and_a_warning_that_can_be_ignored(sheet: Worksheet) -> None:
    validation = validation_at(sheet, "D6")
    assert (validation.type, validation.operator, validation.formula1, validation.errorStyle) == (
        "decimal",
        "greaterThanOrEqual",
        "0",
        "warning",
    )
    assert validation.prompt == "填 233 或 233.00，单位万元；没有就留空"
    assert validation.error == "这里应填不小于 0 的数：填 233 或 233.00，单位万元；没有就留空。仍要这样填吗？"
    assert (validation.showInputMessage, validation.showErrorMessage) == (True, True)


def test_money_cells_of_tasks_have_the_same_message() -> None:
    data = written(task_document(), TASKS)
    cell = cell_at(data, place.task("t1", "amount"))
    assert (cell.value, cell.alignment.horizontal) == (100, "right")
    assert validation_at(opened(data).worksheets[0], cell.coordinate).type == "decimal"


def test_target_cells_have_a_message_with_signs_and_accept_any_text(sheet: Worksheet) -> None:
    row = rows_of(sheet, "].target")[0]
    validation = validation_at(sheet, f"F{row}")
    assert (validation.type, validation.showErrorMessage) == (None, False)
    assert validation.prompt == "例：≥90%　≤278.99万元　=28人　2022年12月底前\n常用符号：≥ ≤ ＝ ＞ ＜"


def test_each_class_and_the_duties_have_blank_rows(sheet: Worksheet) -> None:
    column = keys_column(sheet)
    blank = rows_of(sheet, "[+")
    nodes = Counter(sheet.cell(row, column - 1).value for row in blank)
    assert nodes == {node.key: 5 for _, node in EDITION.leaves()} | {None: 5}
    assert all(cell.value is None for row in blank for cell in inputs_of(sheet, row))


@pytest.mark.parametrize("count", [0, 1, 12])
def test_the_number_of_blank_rows_can_be_chosen(count: int) -> None:
    sheet = opened(written(standard_document(), STANDARD, blank_rows=count)).worksheets[0]
    assert len(rows_of(sheet, "indicators[+")) == count * 11
    assert len(rows_of(sheet, "duties[+")) == count


def test_the_row_of_the_goal_is_120_points_high(sheet: Worksheet) -> None:
    (row,) = rows_of(sheet, "goals[0]")
    assert float(sheet.row_dimensions[row].height or 0) == 120


def test_keys_are_hidden_and_only_the_official_table_is_printed(sheet: Worksheet) -> None:
    assert [name for name, column in sheet.column_dimensions.items() if column.hidden] == ["H", "I"]
    assert [number for number, row in sheet.row_dimensions.items() if row.hidden] == [1]
    assert sheet.print_area == f"'绩效目标表'!$A$3:$F${sheet.max_row}"
    assert sheet.page_setup.blackAndWhite is True


def test_the_identity_is_in_the_file_properties(book: Workbook) -> None:
    properties = {item.name: item.value for item in book.custom_doc_props.props}  # type: ignore[attr-defined]
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
        ["数量", "=28人"],
        ["时间", "2022年12月底前"],
        ["不便用数字表示的", "全部办结"],
    ]


def test_the_same_table_gives_the_same_bytes() -> None:
    document = founding_document()
    assert founding_form() == founding_form()
    later = workbook_form.write(document, EDITION, IDENTITY, made_at=AT + timedelta(days=1))
    assert later != written(document)


def test_a_text_longer_than_a_cell_is_refused() -> None:
    document = compose(EDITION, year=2022, fields={}, amounts={}, goals=["长" * 32_768])
    with pytest.raises(CannotPrint, match="有一个单元格共 32768 字"):
        written(document)


@given(documents(EDITION))
@settings(max_examples=20, deadline=None)
def test_no_cell_is_a_formula(document: FilingDocument) -> None:
    for sheet in opened(written(document)).worksheets:
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert kinds <= {"s", "n"}
