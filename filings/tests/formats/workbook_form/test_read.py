"""A fill-in workbook that comes back: every text at its place, whatever people and programs did to the sheet."""

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
from filings.formats.workbook_form.read import Unknown, WorkbookRow
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
    """Sorts the indicators' rows by name, right of the classes, keys going along."""
    rows = rows_of(sheet, "indicators[")
    lines = [[sheet.cell(row, column).value for column in range(4, sheet.max_column + 1)] for row in rows]
    for row, line in zip(rows, sorted(lines, key=lambda line: str(line[0] or "")), strict=True):
        for column, value in enumerate(line, start=4):
            # What stands in a cell under a merged one is not to be seen.
            if sheet.cell(row, column).coordinate not in sheet.merged_cells or column == 4:
                sheet.cell(row, column).value = value


def fill(sheet: Worksheet, row: int, *values: str | float) -> None:
    """Types into the inputs of a row."""
    for cell, value in zip(inputs_of(sheet, row), values, strict=True):
        cell.value = value


@pytest.mark.parametrize(
    ("document", "edition"),
    [(founding_document(), EDITION), (standard_document(), STANDARD), (task_document(), TASKS)],
    ids=["founding", "standard", "tasks"],
)
def test_it_comes_back_as_it_went(document: FilingDocument, edition: Edition) -> None:
    found = back(written(document, edition))
    assert found.texts == found.before == texts_of(document, edition)
    assert (found.identity, found.identity_is_whole) == (IDENTITY, True)
    assert (found.warnings, found.new_rows, found.missing, found.unknown) == ({}, (), (), ())
    assert set(found.spots) == set(found.texts)


@given(
    st.sampled_from((EDITION, STANDARD, TASKS)).flatmap(lambda edition: st.tuples(st.just(edition), documents(edition)))
)
@settings(max_examples=15, deadline=None)
def test_any_document_comes_back_as_it_went(of: tuple[Edition, FilingDocument]) -> None:
    edition, document = of
    found = back(written(document, edition))
    assert found.texts == found.before == texts_of(document, edition)
    assert (found.new_rows, found.missing, found.unknown) == ((), (), ())


def test_a_large_table_comes_back() -> None:
    document = with_indicators(300)
    assert back(written(document)).texts == texts_of(document, EDITION)


def test_a_printed_workbook_is_no_form() -> None:
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
def test_what_is_typed_over_money_is_what_a_person_sees(
    value: str | float, number_format: str, text: str, warning: str
) -> None:
    at = place.amount("EXP.BASIC")
    found = back(typed(founding_form(), at, value, number_format))
    assert found.texts == FOUNDING | {at: text}
    assert found.before == FOUNDING
    assert found.warnings == ({at: warning} if warning else {})


def test_a_number_typed_where_text_stood_is_text() -> None:
    at = place.indicator(FIRST, "target")
    assert back(typed(founding_form(), at, 28)).texts == FOUNDING | {at: "28"}


def test_a_date_is_told_from_a_number() -> None:
    at = place.indicator(FIRST, "target")
    data = changed(founding_form(), lambda sheet: _put(sheet, back(founding_form()).spots[at], date(2022, 12, 1)))
    assert back(data).texts[at].startswith("2022")


def _put(sheet: Worksheet, spot: SheetPosition, value: object) -> None:
    sheet.cell(spot.row, spot.column).value = value  # type: ignore[assignment]


def test_rows_sorted_by_name_keep_their_places() -> None:
    data = changed(founding_form(), sort_indicators)
    names = [cell.value for cell in opened(data).worksheets[0]["D"][-52:]]
    assert names == sorted(names, key=lambda name: str(name or ""))
    found = back(data)
    assert found.texts == FOUNDING
    assert (found.new_rows, found.missing, found.unknown) == ((), (), ())
    assert found.spots != back(founding_form()).spots


def test_deleted_rows_are_told_by_their_places() -> None:
    duty = founding_document().duties[1].key

    def delete(sheet: Worksheet) -> None:
        for key in (f"indicators[{FIRST}]", "amounts[INC.FUND]", f"duties[{duty}]"):
            sheet.delete_rows(rows_of(sheet, key)[0])

    found = back(changed(founding_form(), delete))
    gone = [place.amount("INC.FUND"), place.amount("EXP.PROJECT"), Place("duties", duty), place.indicator(FIRST)]
    assert found.missing == tuple(gone)
    assert found.texts == {
        at: text for at, text in FOUNDING.items() if at not in gone and Place(at.section, at.key) not in gone
    }


@pytest.mark.parametrize("column", [1, 3, 7])
def test_columns_put_in_move_nothing(column: int) -> None:
    found = back(changed(founding_form(), lambda sheet: sheet.insert_cols(column)))
    assert (found.texts, found.missing, found.unknown) == (FOUNDING, (), ())


def test_a_deleted_column_is_missing_cell_by_cell() -> None:
    found = back(changed(founding_form(), lambda sheet: sheet.delete_cols(6)))
    spending = {place.amount("EXP.BASIC"), place.amount("EXP.PROJECT")}
    assert set(found.missing) == spending | {at for at in FOUNDING if at.column == "target"}


def test_a_renamed_sheet_between_others_is_found() -> None:
    def change(book: Workbook) -> None:
        book.worksheets[0].title = "上报稿（改3）"
        book.create_sheet("草稿", 0)["A1"] = "别的内容"

    found = back(changed_book(founding_form(), change))
    assert (found.texts, found.unknown) == (FOUNDING, ())


def test_blank_rows_that_are_filled_are_new_rows() -> None:
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


def test_blank_rows_have_the_form_s_further_columns() -> None:
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

    found = back(changed(founding_form(), change))
    assert found.texts == FOUNDING
    name = FOUNDING[place.indicator(FIRST, "name")]
    assert [(row.node, row.texts) for row in found.new_rows] == [("OUT.QTY", {"name": name, "target": "30人"})]


def test_texts_outside_the_inputs_are_told() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B6"] = "资金总额：550.13"
        sheet["L3"] = "请领导审定"
        sheet.cell(sheet.max_row + 1, 4).value = "另加一条"

    found = back(changed(founding_form(), change))
    last = opened(founding_form()).worksheets[0].max_row + 1
    assert found.unknown == (
        Unknown(SheetPosition(3, 12), "请领导审定"),
        Unknown(SheetPosition(6, 2), "资金总额：550.13"),
        Unknown(SheetPosition(last, 4), "另加一条"),
    )
    assert found.texts == FOUNDING


def test_unclassified_rows_come_back() -> None:
    row = IndicatorRow("k9", None, "其他指标", "", "办结率", "100%")
    document = compose(EDITION, year=2022, fields={}, amounts={}, indicators=[row])
    assert back(written(document)).texts == texts_of(document, EDITION)


@pytest.mark.office
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_it_survives_another_program(ending: str, tmp_path: Path) -> None:
    source, out = tmp_path / "form.xlsx", tmp_path / "out"
    source.write_bytes(changed(founding_form(), sort_indicators))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", ending, "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = back((out / f"form.{ending}").read_bytes())
    assert (found.texts, found.before, found.identity, found.identity_is_whole) == (FOUNDING, FOUNDING, IDENTITY, True)
    assert (found.warnings, found.new_rows, found.missing, found.unknown) == ({}, (), (), ())
