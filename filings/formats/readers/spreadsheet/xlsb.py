"""Read .xlsb with python-calamine, which gives values only: no merged cells, no number formats, no errors."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from filings.formats.file import CannotRead
from filings.formats.readers.spreadsheet import values
from filings.formats.readers.spreadsheet.package import BROKEN, LOCKED
from filings.formats.readers.spreadsheet.sheets import MOST_ROWS, SheetCollector

UNKNOWN_FORMAT = "这种文件里无法识别数字的显示格式（如百分比），请核对"

Value = int | float | str | bool | time | date | datetime | timedelta


def read(data: bytes, sheets: SheetCollector) -> None:
    """Add every cell of every worksheet. Raises CannotRead."""
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            for sheet in book.sheets_metadata:
                if sheet.typ == SheetTypeEnum.WorkSheet:
                    sheets.begin_sheet(sheet.name)
                    _add_cells(book.get_sheet_by_name(sheet.name), sheets)
    except CannotRead:
        raise
    except PasswordError as error:
        raise CannotRead(LOCKED) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise CannotRead(BROKEN) from error
    # A panic in the library's Rust code is a BaseException of a class that cannot be imported.
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise CannotRead(BROKEN) from error


def _add_cells(sheet: CalamineSheet, sheets: SheetCollector) -> None:
    if sheet.start is None:
        return
    top, left = sheet.start
    # One row more than the limit, which is refused when it is added.
    for row, line in enumerate(sheet.to_python(nrows=MOST_ROWS + 1), start=top):
        for column, value in enumerate(line, start=left):
            if value != "":
                sheets.add_cell(row, column, *_display(value))


def _display(value: Value) -> values.Display:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n"), ""
    if isinstance(value, bool):
        return values.display_boolean(value)
    if isinstance(value, int | float):
        return values.display_number(value)[0], UNKNOWN_FORMAT
    return values.display_date(value)
