"""Opens an Excel workbook within limits: its cells as texts. What the cells mean lives in table.py."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from filings.document import money
from filings.document.text import line

LARGEST_FILE = 5 * 1024 * 1024
MOST_MEMBERS = 500
LARGEST_UNPACKED = 50 * 1024 * 1024
MOST_ROWS = 5000
MOST_COLUMNS = 50
MOST_SHEETS = 50
# The reader makes room for every cell between the first and the last of a sheet, whether anything stands there or not.
LARGEST_AREA = 2_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_NO_WORKBOOK = "这个文件不是 Excel 工作簿（.xlsx 或 .xls），请用 Excel 或 WPS 另存为 .xlsx 后再导入。"
_LOCKED = "这个工作簿有打开密码，请去掉密码另存后再导入。"
_BROKEN = "这个工作簿读不出来，可能已经损坏，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。"

CellValue = int | float | str | bool | time | date | datetime | timedelta


class NoWorkbook(ValueError):
    """The file cannot be read; the message is for the person who sent it."""


@dataclass(frozen=True)
class WorkbookSheet:
    """A sheet's cells as texts, from its first row on. `is_cut`: it has more rows than are read."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    is_cut: bool = False


def read(data: bytes) -> tuple[WorkbookSheet, ...]:
    """Every sheet of an .xlsx or .xls file. Raises NoWorkbook with a sentence in Chinese, and nothing else."""
    if len(data) > LARGEST_FILE:
        raise NoWorkbook("文件超过 5 MB，请只留控制数一张工作表再导入。")
    if data.startswith(b"PK"):
        _look_inside(data)
    elif not data.startswith(_OLE):
        raise NoWorkbook(_NO_WORKBOOK)
    # A locked .xlsx is a container of the old kind that names what is locked in it.
    elif "EncryptedPackage".encode("utf-16-le") in data:
        raise NoWorkbook(_LOCKED)
    return _sheets(data)


def as_text(value: CellValue) -> str:
    """A cell as one reads it there: Excel keeps fifteen digits of a number, so 12.300000000000001 is 12.3."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, float):
        return money.plain(Decimal(f"{value:.15g}"))
    return line(str(value))


def _look_inside(data: bytes) -> None:
    """The zip's directory before anything of it is unpacked, then every member against what the directory says."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            _within_limits(archive)
            if archive.testzip() is not None:
                raise NoWorkbook(_BROKEN)
            for name in archive.namelist():
                if name.startswith("xl/worksheets/"):
                    _small_enough(archive.read(name))
    # A member may be enciphered (RuntimeError) or packed in a way that is not known here (NotImplementedError).
    except (BadZipFile, ZlibError, RuntimeError, NotImplementedError, EOFError, OSError, UnicodeError) as error:
        raise NoWorkbook(_BROKEN) from error


def _within_limits(archive: ZipFile) -> None:
    members = archive.infolist()
    if not any(member.filename.startswith("xl/") for member in members):
        raise NoWorkbook(_NO_WORKBOOK)
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise NoWorkbook("这个工作簿展开后太大，请只留控制数一张工作表，去掉图片再导入。")


def _small_enough(sheet: bytes) -> None:
    """Refuses a sheet with a lone cell far away from the others."""
    width = height = 0
    for column, row in _CELL.findall(sheet):
        number = 0
        for letter in column:
            number = number * 26 + letter - 64
        width, height = max(width, number), max(height, int(row))
    if width * height > LARGEST_AREA:
        raise NoWorkbook(f"有一张工作表用到了第 {height} 行、第 {width} 列，太大了；请删去多余的行和列再导入。")


def _sheets(data: bytes) -> tuple[WorkbookSheet, ...]:
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            names = [found.name for found in book.sheets_metadata if found.typ == SheetTypeEnum.WorkSheet]
            return tuple(_sheet(book.get_sheet_by_name(name)) for name in names[:MOST_SHEETS])
    except PasswordError as error:
        raise NoWorkbook(_LOCKED) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise NoWorkbook(_BROKEN) from error
    # A panic of the reader has a class of its own that cannot be imported and that is no Exception.
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise NoWorkbook(_BROKEN) from error


def _sheet(sheet: CalamineSheet) -> WorkbookSheet:
    rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 1) if sheet.end else []
    return WorkbookSheet(sheet.name, tuple(_texts(rows[:MOST_ROWS])), len(rows) > MOST_ROWS)


def _texts(rows: list[list[CellValue]]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        yield tuple(as_text(value) for value in row[:MOST_COLUMNS])
