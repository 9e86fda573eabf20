"""Reading workbook forms: every text at its place, whatever users and programs did to the sheet."""

import subprocess
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from filings.document import place
from filings.document.content import FilingDocument, IndicatorRow, compose
from filings.document.edition import Edition
from filings.document.place import Place
from filings.formats.file import CannotRead
from filings.formats.workbook_form import read as workbook_reader
from filings.formats.workbook_form.keys import SheetPosition
from filings.formats.workbook_form.read import UnknownText, WorkbookRow
from filings.formats.xlsx import write as xlsx
from filings.table.layout.document import lay_out
from filings.tests.formats.workbook_form.workbooks import (
    AT,
    IDENTITY,
    STANDARD,
    TASKS,
    back,
    changed,
    changed_book,
    founding_form,
    inputs_of,
    keys_column,
    opened,
    rows_of,
    standard_document,
    task_document,
    texts_of,
    typed,
    written,
)
from filings.tests.founding import EDITION, founding_document, with_indicators
from filings.tests.strategies import documents

FOUNDING = texts_of(founding_document(), EDITION)
FIRST = founding_document().indicators[0].key


def sort_indicators(sheet: Worksheet) -> None:
    """Sort the rows of indicators by name, from the name's column on, together with their keys."""
    rows = rows_of(sheet, "indicators[")
    lines = [[sheet.cell(row, column).value for column in range(4, sheet.max_column + 1)] for row in rows]
    for row, line in zip(rows, sorted(lines, key=lambda line: str(line[0] or "")), strict=True):
        for column, value in enumerate(line, start=4):
            # Cells covered by merged ones have no value.
            if sheet.cell(row, column).coordinate not in sheet.merged_cells or column == 4:
                sheet.cell(row, column).value = value


def fill(sheet: Worksheet, row: int, *values: str | float) -> None:
    """Type into the inputs of a row."""
    for cell, value in zip(inputs_of(sheet, row), values, strict=True):
        cell.value = value


@pytest.mark.parametrize(
    ("document", "edition"),
    [(founding_document(), EDITION), (standard_document(), STANDARD), (task_document(), TASKS)],
    ids=["founding", "standard", "tasks"],
)
def test_an_unchanged_form_is_read_as_written(document: FilingDocument, edition: Edition) -> None:
    filled = back(written(document, edition))
    assert filled.texts == filled.before == texts_of(document, edition)
    assert (filled.identity, filled.identity_is_whole) == (IDENTITY, True)
    assert (filled.warnings, filled.new_rows, filled.missing, filled.unknown) == ({}, (), (), ())
    assert set(filled.positions) == set(filled.texts)


@given(
    st.sampled_from((EDITION, STANDARD, TASKS)).flatmap(lambda edition: st.tuples(st.just(edition), documents(edition)))
)
@settings(max_examples=15, deadline=None)
def test_any_document_is_read_as_written(table: tuple[Edition, FilingDocument]) -> None:
    edition, document = table
    filled = back(written(document, edition))
    assert filled.texts == filled.before == texts_of(document, edition)
    assert (filled.new_rows, filled.missing, filled.unknown) == ((), (), ())


def test_a_large_table_is_read() -> None:
    document = with_indicators(300)
    assert back(written(document)).texts == texts_of(document, EDITION)


def test_an_exported_workbook_is_not_a_form() -> None:
    assert workbook_reader.read(xlsx.write(lay_out(founding_document(), EDITION), made_at=AT)) is None


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no workbook", founding_form()[:-200]])
def test_a_broken_file_is_refused(data: bytes) -> None:
    with pytest.raises(CannotRead):
        workbook_reader.read(data)


@pytest.mark.parametrize(
    ("value", "number_format", "text", "warning"),
    [
        ("约三百", "", "约三百", ""),
        (300, "", "300", ""),
        (0.1 + 0.2, "", "0.3", ""),
        (1234567.5, "#,##0.00", "1,234,567.50", ""),
        (0.9, "0%", "90%", "表格里按百分比显示"),
        ("", "", "", ""),
    ],
)
def test_typed_amounts_are_read_as_displayed(value: str | float, number_format: str, text: str, warning: str) -> None:
    target = place.amount("EXP.BASIC")
    filled = back(typed(founding_form(), target, value, number_format))
    assert filled.texts == FOUNDING | {target: text}
    assert filled.before == FOUNDING
    assert filled.warnings == ({target: warning} if warning else {})


def test_a_number_typed_over_text_is_text() -> None:
    target = place.indicator(FIRST, "target")
    assert back(typed(founding_form(), target, 28)).texts == FOUNDING | {target: "28"}


def test_a_date_is_not_read_as_a_number() -> None:
    target = place.indicator(FIRST, "target")
    data = changed(
        founding_form(), lambda sheet: _put(sheet, back(founding_form()).positions[target], date(2022, 12, 1))
    )
    assert back(data).texts[target].startswith("2022")


def _put(sheet: Worksheet, position: SheetPosition, value: object) -> None:
    sheet.cell(position.row, position.column).value = value  # type: ignore[assignment]


def test_rows_sorted_by_name_keep_their_places() -> None:
    data = changed(founding_form(), sort_indicators)
    names = [cell.value for cell in opened(data).worksheets[0]["D"][-52:]]
    assert names == sorted(names, key=lambda name: str(name or ""))
    filled = back(data)
    assert filled.texts == FOUNDING
    assert (filled.new_rows, filled.missing, filled.unknown) == ((), (), ())
    assert filled.positions != back(founding_form()).positions


def test_deleted_rows_are_missing_by_their_places() -> None:
    duty = founding_document().duties[1].key

    def delete(sheet: Worksheet) -> None:
        for key in (f"indicators[{FIRST}]", "amounts[INC.FUND]", f"duties[{duty}]"):
            sheet.delete_rows(rows_of(sheet, key)[0])

    filled = back(changed(founding_form(), delete))
    gone = [place.amount("INC.FUND"), place.amount("EXP.PROJECT"), Place("duties", duty), place.indicator(FIRST)]
    assert filled.missing == tuple(gone)
    assert filled.texts == {
        cell: text for cell, text in FOUNDING.items() if cell not in gone and Place(cell.section, cell.key) not in gone
    }


@pytest.mark.parametrize("column", [1, 3, 7])
def test_inserted_columns_change_nothing(column: int) -> None:
    filled = back(changed(founding_form(), lambda sheet: sheet.insert_cols(column)))
    assert (filled.texts, filled.missing, filled.unknown) == (FOUNDING, (), ())


def test_a_deleted_column_is_missing_cell_by_cell() -> None:
    filled = back(changed(founding_form(), lambda sheet: sheet.delete_cols(6)))
    spending = {place.amount("EXP.BASIC"), place.amount("EXP.PROJECT")}
    assert set(filled.missing) == spending | {cell for cell in FOUNDING if cell.column == "target"}


def test_a_renamed_sheet_between_others_is_found() -> None:
    def change(book: Workbook) -> None:
        book.worksheets[0].title = "上报稿（改3）"
        book.create_sheet("草稿", 0)["A1"] = "别的内容"

    filled = back(changed_book(founding_form(), change))
    assert (filled.texts, filled.unknown) == (FOUNDING, ())


def test_filled_blank_rows_are_new_rows() -> None:
    def change(sheet: Worksheet) -> None:
        duty, quality = rows_of(sheet, "duties[+")[1], rows_of(sheet, "indicators[+")[5]
        fill(sheet, duty, "（十四）其他")
        fill(sheet, quality, "干部满意率", 95)

    data = changed(founding_form(), change)
    sheet = opened(data).worksheets[0]
    duty, quality = rows_of(sheet, "duties[+")[1], rows_of(sheet, "indicators[+")[5]
    assert back(data).new_rows == (
        WorkbookRow("duties", "", duty, {"text": "（十四）其他"}, {"text": SheetPosition(duty, 2)}, {}),
        WorkbookRow(
            "indicators",
            "OUT.QUAL",
            quality,
            {"name": "干部满意率", "target": "95"},
            {"name": SheetPosition(quality, 4), "target": SheetPosition(quality, 6)},
            {},
        ),
    )
    assert back(data).texts == FOUNDING


def test_blank_rows_have_the_further_columns_of_the_edition() -> None:
    def change(sheet: Worksheet) -> None:
        fill(sheet, rows_of(sheet, "indicators[+")[-1], "群众满意度", "≥95%", 10)

    (row,) = back(changed(written(standard_document(), STANDARD), change)).new_rows
    assert (row.node, row.texts) == ("SAT.SERV", {"name": "群众满意度", "target": "≥95%", "weight": "10"})


def test_blank_rows_of_tasks_are_new_tasks() -> None:
    def change(sheet: Worksheet) -> None:
        fill(sheet, rows_of(sheet, "tasks[+")[0], "督查", "四次", 20.5)

    (row,) = back(changed(written(task_document(), TASKS), change)).new_rows
    assert (row.section, row.texts) == ("tasks", {"name": "督查", "content": "四次", "amount": "20.5"})


def test_a_row_copied_with_its_key_is_a_new_row() -> None:
    def change(sheet: Worksheet) -> None:
        source, target = rows_of(sheet, f"indicators[{FIRST}]")[0], rows_of(sheet, "indicators[+")[0]
        for column in (4, 6, keys_column(sheet)):
            sheet.cell(target, column).value = sheet.cell(source, column).value
        sheet.cell(target, 6).value = "30人"

    filled = back(changed(founding_form(), change))
    assert filled.texts == FOUNDING
    name = FOUNDING[place.indicator(FIRST, "name")]
    assert [(row.node, row.texts) for row in filled.new_rows] == [("OUT.QTY", {"name": name, "target": "30人"})]


def test_texts_outside_the_inputs_are_listed() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B6"] = "资金总额：550.13"
        sheet["L3"] = "请领导审定"
        sheet.cell(sheet.max_row + 1, 4).value = "另加一条"

    filled = back(changed(founding_form(), change))
    last = opened(founding_form()).worksheets[0].max_row + 1
    assert filled.unknown == (
        UnknownText(SheetPosition(3, 12), "请领导审定"),
        UnknownText(SheetPosition(6, 2), "资金总额：550.13"),
        UnknownText(SheetPosition(last, 4), "另加一条"),
    )
    assert filled.texts == FOUNDING


def test_unclassified_rows_are_read() -> None:
    row = IndicatorRow("k9", None, "其他指标", "", "办结率", "100%")
    document = compose(EDITION, year=2022, fields={}, amounts={}, indicators=[row])
    assert back(written(document)).texts == texts_of(document, EDITION)


@pytest.mark.office
@pytest.mark.parametrize("extension", ["xlsx", "ods", "xls"])
def test_a_form_saved_by_libreoffice_is_read_the_same(extension: str, tmp_path: Path) -> None:
    source, out = tmp_path / "form.xlsx", tmp_path / "out"
    source.write_bytes(changed(founding_form(), sort_indicators))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", extension, "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    filled = back((out / f"form.{extension}").read_bytes())
    assert (filled.texts, filled.before, filled.identity, filled.identity_is_whole) == (
        FOUNDING,
        FOUNDING,
        IDENTITY,
        True,
    )
    assert (filled.warnings, filled.new_rows, filled.missing, filled.unknown) == ({}, (), (), ())
