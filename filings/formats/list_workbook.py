"""Open an Excel workbook with a list within limits and return its cells as texts: control figures, departments, people.

Formula cells give the value that the file holds for them. In .xlsx a formula without one is refused, because calamine
reads it as a blank cell; the old .xls format always holds one.
"""

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
# calamine allocates every cell between the first and the last of a sheet, including empty ones.
LARGEST_AREA = 2_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
# A cell with a formula, and its value if there is one. The bounds keep the search linear in malicious files.
_FORMULA = re.compile(
    rb"""<c\s([^<>]{1,300})>\s{0,9}<f\b[^<>]{0,300}(?:/>|>[^<]*</f>)\s{0,9}(?:<v\s{0,9}/>|<v>([^<]*)</v>)?\s{0,9}</c>"""
)
_NOT_A_WORKBOOK = "这个文件不是 Excel 工作簿（.xlsx 或 .xls），请用 Excel 或 WPS 另存为 .xlsx 后再导入。"
_LOCKED = "这个工作簿有打开密码，请去掉密码另存后再导入。"
_BROKEN = "这个工作簿无法读取，可能已经损坏，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。"

CellValue = int | float | str | bool | time | date | datetime | timedelta


class InvalidWorkbook(ValueError):
    """The file cannot be read; the message is for the user who uploaded it."""


@dataclass(frozen=True)
class WorkbookSheet:
    """A sheet's cells as texts, from its first row. `is_cut`: it has more rows than are read."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    is_cut: bool = False


def read(data: bytes) -> tuple[WorkbookSheet, ...]:
    """Read every sheet of an .xlsx or .xls file. Raises only InvalidWorkbook, with a Chinese message."""
    if len(data) > LARGEST_FILE:
        raise InvalidWorkbook("文件超过 5 MB，请只留要导入的一张工作表再导入。")
    if data.startswith(b"PK"):
        _check_archive(data)
    elif not data.startswith(_OLE):
        raise InvalidWorkbook(_NOT_A_WORKBOOK)
    # A password-protected .xlsx is an OLE container with a stream of this name.
    elif "EncryptedPackage".encode("utf-16-le") in data:
        raise InvalidWorkbook(_LOCKED)
    return _sheets(data)


def as_text(value: CellValue) -> str:
    """Convert a cell to the text that Excel shows. It keeps 15 digits of a number: 12.300000000000001 is 12.3."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, float):
        return money.plain(Decimal(f"{value:.15g}"))
    return line(str(value))


def _check_archive(data: bytes) -> None:
    """Check the zip's directory before unpacking, then every member against its directory entry."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            _check_limits(archive)
            if archive.testzip() is not None:
                raise InvalidWorkbook(_BROKEN)
            for name in archive.namelist():
                if name.startswith("xl/worksheets/"):
                    sheet = archive.read(name)
                    _check_area(sheet)
                    _check_formulas(sheet)
    # A member may be encrypted (RuntimeError) or use an unsupported compression (NotImplementedError).
    except (BadZipFile, ZlibError, RuntimeError, NotImplementedError, EOFError, OSError, UnicodeError) as error:
        raise InvalidWorkbook(_BROKEN) from error


def _check_limits(archive: ZipFile) -> None:
    members = archive.infolist()
    if not any(member.filename.startswith("xl/") for member in members):
        raise InvalidWorkbook(_NOT_A_WORKBOOK)
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise InvalidWorkbook("这个工作簿展开后太大，请只留要导入的一张工作表，去掉图片再导入。")


def _check_area(sheet: bytes) -> None:
    """Refuse a sheet whose cells span more than `LARGEST_AREA`, such as one with a single distant cell."""
    width = height = 0
    for column, row in _CELL.findall(sheet):
        number = 0
        for letter in column:
            number = number * 26 + letter - 64
        width, height = max(width, number), max(height, int(row))
    if width * height > LARGEST_AREA:
        raise InvalidWorkbook(f"有一张工作表用到了第 {height} 行、第 {width} 列，太大了；请删去多余的行和列再导入。")


def _check_formulas(sheet: bytes) -> None:
    """Refuse a formula without a result, as programs other than Excel write it. A blank text is a result."""
    for match in _FORMULA.finditer(sheet):
        attributes, value = match[1], match[2]
        if value or (value is not None and b't="str"' in attributes):
            continue
        cell = _CELL.search(b" " + attributes)
        address = (cell[1] + cell[2]).decode() if cell else ""
        raise InvalidWorkbook(
            f"单元格 {address} 的公式没有计算结果。请用 Excel 或 WPS 打开后保存再导入，或把公式改成数值。"
        )


def _sheets(data: bytes) -> tuple[WorkbookSheet, ...]:
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            return tuple(_sheet(book.get_sheet_by_name(name)) for name in names[:MOST_SHEETS])
    except PasswordError as error:
        raise InvalidWorkbook(_LOCKED) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise InvalidWorkbook(_BROKEN) from error
    # A Rust panic in calamine raises PanicException, which cannot be imported and is not an Exception.
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise InvalidWorkbook(_BROKEN) from error


def _sheet(sheet: CalamineSheet) -> WorkbookSheet:
    rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 1) if sheet.end else []
    return WorkbookSheet(sheet.name, tuple(_texts(rows[:MOST_ROWS])), len(rows) > MOST_ROWS)


def _texts(rows: list[list[CellValue]]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        yield tuple(as_text(value) for value in row[:MOST_COLUMNS])
