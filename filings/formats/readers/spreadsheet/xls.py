"""Reads .xls of Excel 5 to 2003 and .et of WPS through xlrd: its cells as a person sees them."""

from io import StringIO
from struct import error as StructError
from typing import Any

import xlrd
from xlrd.compdoc import CompDocError

from filings.formats.file import CannotRead
from filings.formats.readers.spreadsheet import values
from filings.formats.readers.spreadsheet.cells import Collection
from filings.formats.readers.spreadsheet.number_formats import BUILT_IN
from filings.formats.readers.spreadsheet.package import BROKEN, LOCKED

# Before version 8, texts are in the encoding of their country.
_COUNTRYS = "gb18030"
_ENCRYPTED = "Workbook is encrypted"
# What the library raises for one broken file or another.
_FAULTS = (
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


def read(data: bytes, found: Collection) -> None:
    """Puts every cell of every sheet. Raises CannotRead."""
    book = _opened(data)
    # What xlrd adds of its own for formats without a text is not how the Chinese Excel shows them.
    named = {code.format_key: code.format_str for code in book.format_list}
    for sheet in book.sheets():
        found.begin(sheet.name)
        for top, below, left, beside in sheet.merged_cells:
            found.merge(top, left, below - 1, beside - 1)
        for row in range(sheet.nrows):
            for column, cell in enumerate(sheet.row(row)):
                found.put(row, column, *_shown(cell, book, named))


def _opened(data: bytes) -> Any:
    """The workbook, as xlrd has it. Nothing is printed."""
    try:
        return xlrd.open_workbook(
            file_contents=data,
            logfile=StringIO(),
            encoding_override=_COUNTRYS,
            formatting_info=True,
            on_demand=False,
            ragged_rows=True,
        )
    except _FAULTS as fault:
        raise CannotRead(LOCKED if str(fault) == _ENCRYPTED else BROKEN) from fault


def _shown(cell: Any, book: Any, named: dict[int, str]) -> values.Shown:
    """What one cell shows, and what there is to warning about it."""
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return cell.value.replace("\r\n", "\n").replace("\r", "\n"), ""
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        used = book.xf_list[cell.xf_index].format_key if cell.xf_index < len(book.xf_list) else 0
        code = named.get(used) or BUILT_IN.get(used, "General")
        return values.number(cell.value, code, from_1904=bool(book.datemode))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return values.truth(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return values.failure(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return "", ""
