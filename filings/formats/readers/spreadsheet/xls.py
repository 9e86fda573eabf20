"""Read .xls of Excel 5 to 2003 and .et of WPS with xlrd: cells as displayed, with merged ranges."""

from io import StringIO
from struct import error as StructError
from typing import Any

import xlrd
from xlrd.compdoc import CompDocError

from filings.formats.file import CannotRead
from filings.formats.readers.spreadsheet import values
from filings.formats.readers.spreadsheet.number_formats import BUILT_IN
from filings.formats.readers.spreadsheet.package import BROKEN, LOCKED
from filings.formats.readers.spreadsheet.sheets import SheetCollector

# Of texts before BIFF 8, which are in a regional encoding.
_ENCODING = "gb18030"
# The message by which xlrd reports encryption.
_ENCRYPTED = "Workbook is encrypted"
# Exceptions that xlrd raises for broken files.
_ERRORS = (
    xlrd.XLRDError,
    CompDocError,
    StructError,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
)


def read(data: bytes, sheets: SheetCollector) -> None:
    """Add every cell of every sheet. Raises CannotRead."""
    book = _open(data)
    # Only formats that the file defines: for built-in ones, xlrd has the American codes, we have the Chinese ones.
    codes = {code.format_key: code.format_str for code in book.format_list}
    for sheet in book.sheets():
        sheets.begin_sheet(sheet.name)
        for top, row_end, left, column_end in sheet.merged_cells:
            sheets.add_merge(top, left, row_end - 1, column_end - 1)
        for row in range(sheet.nrows):
            for column, cell in enumerate(sheet.row(row)):
                sheets.add_cell(row, column, *_display(cell, book, codes))


def _open(data: bytes) -> Any:
    """Open a workbook with xlrd, without its log output."""
    try:
        return xlrd.open_workbook(
            file_contents=data,
            logfile=StringIO(),
            encoding_override=_ENCODING,
            formatting_info=True,
            on_demand=False,
            ragged_rows=True,
        )
    except _ERRORS as error:
        raise CannotRead(LOCKED if str(error) == _ENCRYPTED else BROKEN) from error


def _display(cell: Any, book: Any, codes: dict[int, str]) -> values.Display:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return cell.value.replace("\r\n", "\n").replace("\r", "\n"), ""
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        key = book.xf_list[cell.xf_index].format_key if cell.xf_index < len(book.xf_list) else 0
        code = codes.get(key) or BUILT_IN.get(key, "General")
        return values.display_number(cell.value, code, from_1904=bool(book.datemode))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return values.display_boolean(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return values.display_error(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return "", ""
