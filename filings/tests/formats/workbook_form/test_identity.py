"""The identity of a workbook form is read with the table; lost parts are detected, not guessed."""

from dataclasses import replace

import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from filings.formats.file import CannotRead
from filings.formats.workbook_form.identity import RECORD_PREFIX, Identity, dumps
from filings.tests.formats.workbook_form.workbooks import (
    IDENTITY,
    back,
    changed,
    changed_book,
    founding_form,
    keys_column,
    texts_of,
    written,
)
from filings.tests.founding import EDITION, founding_document

FOUNDING = texts_of(founding_document(), EDITION)


def test_a_partly_copied_identity_is_detected() -> None:
    def change(sheet: Worksheet) -> None:
        corner = sheet.cell(1, keys_column(sheet))
        corner.value = str(corner.value).replace('"2022"', '"2023"')

    filled = back(changed(founding_form(), change))
    assert (filled.identity, filled.identity_is_whole) == (replace(IDENTITY, year=2023), False)


def test_a_truncated_identity_is_refused() -> None:
    def change(sheet: Worksheet) -> None:
        corner = sheet.cell(1, keys_column(sheet))
        corner.value = str(corner.value)[:40]

    with pytest.raises(CannotRead, match="无法确定属于哪一张表"):
        back(changed(founding_form(), change))


def test_a_table_without_its_record_is_read_but_not_whole() -> None:
    data = changed_book(founding_form(), lambda book: book.remove(book["填报表记录"]))
    filled = back(data)
    assert (filled.identity, filled.identity_is_whole) == (IDENTITY, False)
    assert (filled.texts, filled.before, filled.missing) == (FOUNDING, {}, ())


def test_two_tables_in_one_workbook_are_refused() -> None:
    data = changed_book(founding_form(), lambda book: book.copy_worksheet(book.worksheets[0]))
    with pytest.raises(CannotRead, match="有 2 张填报表"):
        back(data)


def test_a_form_of_another_filing_has_its_identity() -> None:
    other = Identity("18", EDITION.code, EDITION.sha256, "财政局", None)
    filled = back(written(founding_document(), identity=other))
    assert (filled.identity, filled.identity_is_whole) == (other, True)


def test_a_table_in_the_workbook_of_another_filing_is_not_whole() -> None:
    other = replace(IDENTITY, filing="18")

    def change(book: Workbook) -> None:
        book["填报表记录"]["A1"] = RECORD_PREFIX + dumps(other)

    filled = back(changed_book(founding_form(), change))
    assert (filled.identity, filled.identity_is_whole, filled.before) == (IDENTITY, False, {})


def test_a_part_lost_in_both_places_is_detected() -> None:
    def change(book: Workbook) -> None:
        for cell in (book.worksheets[0].cell(1, keys_column(book.worksheets[0])), book["填报表记录"]["A1"]):
            cell.value = str(cell.value).replace('"filing": "17"', '"filing": ""')

    filled = back(changed_book(founding_form(), change))
    assert (filled.identity, filled.identity_is_whole) == (replace(IDENTITY, filing=""), False)
