"""Binary workbooks are read with python-calamine; numbers, whose format it does not give, are flagged."""

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.formats.file import CannotRead
from filings.formats.readers.spreadsheet.package import BROKEN
from filings.formats.readers.spreadsheet.read import read
from filings.formats.readers.spreadsheet.xlsb import UNKNOWN_FORMAT
from filings.table.grid import Cell
from filings.tests.formats.readers.spreadsheet.xlsx_files import only, zipped

RELATIONS = '<Relationships><Relationship Id="r" Target="worksheets/sheet1.bin"/></Relationships>'
TRUTH, NUMBER, TEXT = 4, 5, 6


def record(kind: int, data: bytes = b"") -> bytes:
    """Build a record; type and length have seven bits per byte."""
    numbers = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    return numbers + bytes([len(data)]) + data


def text(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def row(number: int, *cells: tuple[int, bytes]) -> bytes:
    line = record(0, struct.pack("<I", number) + bytes(13))
    return line + b"".join(
        record(kind, struct.pack("<2I", column, 0) + value) for column, (kind, value) in enumerate(cells)
    )


def xlsb(*rows: bytes) -> bytes:
    size = record(0x94, struct.pack("<4I", 0, len(rows), 0, 9))
    sheet = record(0x81) + size + record(0x91) + b"".join(rows) + record(0x92) + record(0x82)
    named = record(0x9C, struct.pack("<2I", 0, 1) + text("r") + text("表一"))
    book = record(0x83) + record(0x8F) + named + record(0x90) + record(0x9D, bytes(26)) + record(0x84)
    parts: dict[str, str | bytes] = {
        "xl/workbook.bin": book,
        "xl/worksheets/sheet1.bin": sheet,
        "xl/_rels/workbook.bin.rels": RELATIONS,
    }
    return zipped(parts)


GOOD = xlsb(
    row(0, (TEXT, text("部门")), (NUMBER, struct.pack("<d", 550.13))),
    row(2, (TRUTH, b"\x01"), (TEXT, text("=共"))),
)


def test_texts_and_numbers_are_read() -> None:
    grid = only(GOOD)
    assert grid.name == "表一"
    assert [row.cells for row in grid.rows] == [
        (Cell("部门"), Cell("550.13", 1, warning=UNKNOWN_FORMAT)),
        (Cell(""), Cell("", 1)),
        (Cell("是", warning="表格里显示为 TRUE"), Cell("=共", 1)),
    ]


def test_a_broken_workbook_is_refused() -> None:
    with pytest.raises(CannotRead, match=BROKEN):
        read(zipped({"xl/workbook.bin": "", "[Content_Types].xml": "<Types/>"}))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(CannotRead):
        read(zipped({"xl/workbook.bin": data, "xl/_rels/workbook.bin.rels": RELATIONS}))
