"""Read spreadsheets (.xlsx, .xls, .xlsb, .ods), detected by their content."""

from filings.formats.file import CannotRead
from filings.formats.readers.sandbox.file_type import COMPOUND_SIGNATURE, compound_streams
from filings.formats.readers.spreadsheet import ods, xls, xlsb, xlsx
from filings.formats.readers.spreadsheet.package import LOCKED, Package
from filings.formats.readers.spreadsheet.sheets import SheetCollector
from filings.table.grid import Grid

_NO_WORKBOOK = "这个文件不是 Excel 或 WPS 表格。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。"


def read(data: bytes) -> list[Grid]:
    """Read a grid for each sheet that is not empty, hidden sheets included. Raises CannotRead, and nothing else."""
    sheets = SheetCollector()
    if data.startswith(b"PK"):
        _read_zipped(data, sheets)
    # An encrypted .xlsx is a compound file with the encrypted package as one of its streams.
    elif data.startswith(COMPOUND_SIGNATURE):
        if "encryptedpackage" in compound_streams(data):
            raise CannotRead(LOCKED)
        xls.read(data, sheets)
    else:
        raise CannotRead(_NO_WORKBOOK)
    return sheets.grids()


def _read_zipped(data: bytes, sheets: SheetCollector) -> None:
    package = Package(data)
    if package.has("xl/workbook.bin"):
        xlsb.read(data, sheets)
    elif package.has("content.xml"):
        ods.read(package, sheets)
    elif package.has_folder("xl"):
        xlsx.read(package, sheets)
    else:
        raise CannotRead(_NO_WORKBOOK)
