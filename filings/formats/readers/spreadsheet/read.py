"""Reads the spreadsheets that people have: .xlsx, .xls, .xlsb and .ods, told apart by their content."""

from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import compound
from filings.formats.readers.spreadsheet import (
    ods,
    xls,
    xlsb,
    xlsx,
)
from filings.formats.readers.spreadsheet.cells import Collection
from filings.formats.readers.spreadsheet.package import LOCKED, Package
from filings.table.grid import Grid

_NO_WORKBOOK = "这个文件不是 Excel 或 WPS 表格。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。"


def read(data: bytes) -> list[Grid]:
    """A grid for each sheet, hidden ones too, that has anything in it. Raises CannotRead, and nothing else."""
    found = Collection()
    if data.startswith(b"PK"):
        _read_zipped(data, found)
    # A locked .xlsx is a container of the old kind, with what is locked as one of its streams.
    elif data.startswith(compound.SIGNATURE):
        if "encryptedpackage" in compound.streams(data):
            raise CannotRead(LOCKED)
        xls.read(data, found)
    else:
        raise CannotRead(_NO_WORKBOOK)
    return found.grids()


def _read_zipped(data: bytes, found: Collection) -> None:
    package = Package(data)
    if package.has("xl/workbook.bin"):
        xlsb.read(data, found)
    elif package.has("content.xml"):
        ods.read(package, found)
    elif package.has_folder("xl"):
        xlsx.read(package, found)
    else:
        raise CannotRead(_NO_WORKBOOK)
