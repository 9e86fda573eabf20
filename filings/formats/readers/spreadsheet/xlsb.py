"""Reads .xlsb through python-calamine, which tells values alone: neither merged cells nor formats, and no errors."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from filings.formats.file import CannotRead
from filings.formats.readers.spreadsheet import values
from filings.formats.readers.spreadsheet.cells import MOST_ROWS, Collection
from filings.formats.readers.spreadsheet.package import BROKEN, LOCKED

UNKNOWN_FORMAT = "这种文件里看不出数按什么格式显示（如百分比），请核对"

Value = int | float | str | bool | time | date | datetime | timedelta


def read(data: bytes, found: Collection) -> None:
    """Puts every cell of every sheet. Raises CannotRead."""
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            for sheet in book.sheets_metadata:
                if sheet.typ == SheetTypeEnum.WorkSheet:
                    found.begin(sheet.name)
                    _put(book.get_sheet_by_name(sheet.name), found)
    except CannotRead:
        raise
    except PasswordError as error:
        raise CannotRead(LOCKED) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise CannotRead(BROKEN) from error
    # A panic of the library has a class of its own that cannot be imported and that is no Exception.
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise CannotRead(BROKEN) from error


def _put(sheet: CalamineSheet, found: Collection) -> None:
    if sheet.start is None:
        return
    top, left = sheet.start
    # One row more than is allowed is looked at, and refused where it is put.
    for row, line in enumerate(sheet.to_python(nrows=MOST_ROWS + 1), start=top):
        for column, value in enumerate(line, start=left):
            if value != "":
                found.put(row, column, *_shown(value))


def _shown(value: Value) -> values.Shown:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n"), ""
    if isinstance(value, bool):
        return values.truth(value)
    if isinstance(value, int | float):
        return values.number(value)[0], UNKNOWN_FORMAT
    return values.moment(value)
