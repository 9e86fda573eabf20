"""Oversized workbooks are refused with figures, empty formatted cells skipped, and damage is read or refused."""

from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import zip_limits
from filings.formats.readers.spreadsheet.package import BROKEN, LOCKED
from filings.formats.readers.spreadsheet.read import read
from filings.formats.readers.spreadsheet.sheets import MOST_CELLS, MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS
from filings.table.grid import Grid
from filings.tests.formats.readers import packages
from filings.tests.formats.readers.spreadsheet.xlsx_files import (
    filled,
    number_cell,
    only,
    rows,
    text_cell,
    xlsx,
    zipped,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("sheets", "reason"),
    [
        ([rows(text_cell(f"A{MOST_ROWS + 1}", "远"))], f"到第 {MOST_ROWS + 1} 行还有内容，最多能读 {MOST_ROWS} 行"),
        ([rows(text_cell("XFD1048576", "远"))], "到第 1048576 行还有内容"),
        ([rows(text_cell("CW1", "宽"))], f"到第 {MOST_COLUMNS + 1} 列还有内容，最多能读 {MOST_COLUMNS} 列"),
        ([rows(text_cell("A2000", "一")), rows(text_cell("A1001", "二"))], "共有 3001 行，最多能读 3000 行"),
        ([rows(*["<c><v>1</v></c>" * 100 + "</row><row>"] * 201)], f"多于 {MOST_CELLS} 个"),
        ([rows(text_cell("A1", "一"))] * 201, "多于 200 张"),
    ],
)
def test_workbooks_beyond_the_limits_are_refused_with_figures(sheets: list[str], reason: str) -> None:
    with pytest.raises(CannotRead, match=reason) as caught:
        read(xlsx(*sheets))
    assert str(caught.value).endswith("请只留要导入的表，删去多余的行、列和工作表，另存后再导入。")


def test_a_shared_text_counts_once_for_each_cell() -> None:
    cells = "".join(f'<c r="A{row}" t="s"><v>0</v></c>' for row in range(1, 53))
    with pytest.raises(CannotRead, match=f"多于 {MOST_CHARACTERS} 字"):
        read(xlsx(rows(cells), strings=(f"<t>{'字' * 100_000}</t>",)))


def test_a_workbook_at_the_limits_is_read() -> None:
    grid = only(xlsx(rows(text_cell("A1", "首"), text_cell(f"CV{MOST_ROWS}", "尾"))))
    assert (len(grid.rows), len(grid.rows[0].cells)) == (MOST_ROWS, MOST_COLUMNS)


def a_million_empty_rows() -> bytes:
    empty = "".join(f'<row r="{n}" s="1"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(2, 1_000_001))
    first = f'<row r="1">{text_cell("A1", "首")}</row>'
    return xlsx(f"<sheetData>{first}{empty}</sheetData><mergeCells><mergeCell ref='A1:B1'/></mergeCells>")


def measured(data: bytes) -> tuple[list[Grid], float, int]:
    """Read a workbook; return the grids, the seconds, and the growth of peak memory in megabytes."""
    before, begun = peak_memory(), perf_counter()
    grids = read(data)
    return grids, perf_counter() - begun, (peak_memory() - before) // 1024


def peak_memory() -> int:
    """Return the peak memory of this process in kilobytes; in a new process, `resource` reports that of its parent."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def test_a_million_empty_rows_are_skipped() -> None:
    data = a_million_empty_rows()
    with get_context("spawn").Pool(1) as pool:
        [grid], seconds, megabytes = pool.apply(measured, (data,))
    assert [[cell.text for cell in row.cells] for row in grid.rows] == [["首"]]
    assert (seconds < 10, megabytes < 40) == (True, True)


def test_a_cell_after_many_empty_ones_is_where_it_was() -> None:
    empty = "".join(f'<row r="{row}">' + f'<c r="A{row}" />' * 30 + "</row>" for row in range(1, 2500))
    hidden = '<row r="2500"><c r="A2500" t="str"><v><![CDATA[<c r="A1"/>]]></v></c></row>'
    grid = only(xlsx(f'<sheetData>{empty}{hidden}<row r="2501"><c r="B2501"><v>5</v></c></row></sheetData>'))
    assert len(empty) > 1 << 20
    assert {place: cell.text for place, cell in filled(grid).items()} == {
        (2499, 0): '<c r="A1"/>',
        (2500, 1): "5",
    }


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "不是 Excel 或 WPS 表格"),
        (b"\x00\x01", "不是 Excel 或 WPS 表格"),
        ("<html>".encode("utf-16"), "不是 Excel 或 WPS 表格"),
        (OLE + b"\x00" * 3000, zip_limits.BROKEN),
        (packages.compound("EncryptionInfo", "EncryptedPackage"), LOCKED),
        (xlsx("<sheetData><row><c"), BROKEN),
        (xlsx(rows('<c r="A0"><v>1</v></c>')), BROKEN),
        (xlsx(rows('<c r="9"><v>1</v></c>')), BROKEN),
    ],
)
def test_files_that_are_not_workbooks_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(CannotRead, match=reason) as caught:
        read(data)
    assert str(caught.value).endswith("。")


def test_document_types_are_refused_in_every_part() -> None:
    parts = {"xl/workbook.xml": "<workbook/>", "xl/_rels/workbook.xml.rels": f"<!--{' ' * 5000}--><!DOCTYPE a><a/>"}
    with pytest.raises(CannotRead, match="不该有的声明"):
        read(zipped(parts))


GOOD = xlsx(
    rows(text_cell("A1", "首"), number_cell("B2", "0.9", 1), '<c r="C1" t="s"><v>0</v></c>', merged=("A1:A2",)),
    codes=("0%",),
    strings=("<t>共</t>",),
)


@given(st.sampled_from([b"", b"PK\x03\x04", OLE]), st.binary(max_size=3000))
def test_any_bytes_are_refused(beginning: bytes, rest: bytes) -> None:
    with pytest.raises(CannotRead):
        read(beginning + rest)


@given(st.integers(0, len(GOOD) - 1))
def test_any_truncation_is_refused(length: int) -> None:
    with pytest.raises(CannotRead):
        read(GOOD[:length])


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=20))
def test_any_damage_is_read_or_refused(damage: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for offset, byte in damage:
        data[offset] = byte
    with suppress(CannotRead):
        read(bytes(data))


@settings(max_examples=200)
@given(st.text(alphabet='<>/"= crvtfs0123456789AB:&;#%', max_size=60))
def test_any_xml_in_a_sheet_is_read_or_refused(content: str) -> None:
    for sheet in (
        f"<sheetData>{content}</sheetData>",
        f"<sheetData><row><c {content}><v>{content}</v></c></row></sheetData>",
    ):
        with suppress(CannotRead):
            read(xlsx(sheet))
