"""Old workbooks are read as displayed; damaged ones are read or refused."""

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.formats.file import CannotRead
from filings.formats.readers.spreadsheet.package import BROKEN, LOCKED
from filings.formats.readers.spreadsheet.read import read
from filings.formats.readers.spreadsheet.sheets import MOST_ROWS
from filings.formats.readers.spreadsheet.values import PERCENT
from filings.table.grid import Cell
from filings.tests.formats.readers.spreadsheet.xls_files import (
    CHART,
    END,
    SHEET,
    begin,
    cell,
    compound,
    record,
    result,
    text,
    xls,
)
from filings.tests.formats.readers.spreadsheet.xlsx_files import filled

NUMBER, RK, MANY_RK, TRUTH, LABEL, SHARED, FORMULA, RESULT = 0x203, 0x27E, 0xBD, 0x205, 0x204, 0xFD, 0x6, 0x207

# Follows the result of a formula: its flags, and an empty token list.
NO_FORMULA = bytes(8)


def double(value: float) -> bytes:
    return struct.pack("<d", value)


def shared(*texts: bytes) -> bytes:
    return record(0xFC, struct.pack("<2I", 9, len(texts)), *texts)


@pytest.mark.parametrize(
    ("cells", "displayed", "warning"),
    [
        (cell(NUMBER, 0, 0, double(550.13)), "550.13", ""),
        (cell(NUMBER, 0, 0, double(0.985), 1), "98.5%", PERCENT),
        (cell(RK, 0, 0, struct.pack("<i", 233 << 2 | 2)), "233", ""),
        (cell(RK, 0, 0, struct.pack("<i", -55013 << 2 | 3)), "-550.13", ""),
        (cell(RK, 0, 0, double(1.5)[4:]), "1.5", ""),
        (cell(LABEL, 0, 0, text("部门\r\n名称")), "部门\n名称", ""),
        (cell(SHARED, 0, 0, struct.pack("<I", 1)), "=共", ""),
        (cell(TRUTH, 0, 0, b"\x01\x00"), "是", "表格里显示为 TRUE"),
        (cell(TRUTH, 0, 0, b"\x17\x01"), "#REF!", "表格里的公式没有算出来，显示为 #REF!，请填写应有的内容"),
        (cell(FORMULA, 0, 0, double(783.13) + NO_FORMULA), "783.13", ""),
        (cell(FORMULA, 0, 0, result(1, 0) + NO_FORMULA), "否", "表格里显示为 FALSE"),
        (
            cell(FORMULA, 0, 0, result(2, 7) + NO_FORMULA),
            "#DIV/0!",
            "表格里的公式没有算出来，显示为 #DIV/0!，请填写应有的内容",
        ),
        (
            cell(FORMULA, 0, 0, result(0) + NO_FORMULA) + record(0x4BC, bytes(10)) + record(RESULT, text("合计")),
            "合计",
            "",
        ),
    ],
)
def test_each_kind_of_cell(cells: bytes, displayed: str, warning: str) -> None:
    [grid] = read(xls(cells, shared=shared(text("别的"), text("=共")), codes=("0.0%",)))
    assert (grid.name, grid.rows[0].cells) == ("表1", (Cell(displayed, warning=warning),))


def test_many_numbers_in_one_record_and_merged_cells() -> None:
    packed = b"".join(struct.pack("<Hi", style, value << 2 | 2) for style, value in ((0, 7), (1, 1)))
    many = record(MANY_RK, struct.pack("<2H", 1, 2), packed, struct.pack("<H", 3))
    merged = record(0xE5, struct.pack("<5H", 1, 0, 1, 0, 1))
    empty = record(0xBE, struct.pack("<5H", 9, 0, 0, 0, 1))
    [grid] = read(xls(b"", cell(LABEL, 0, 0, text("首")) + many + empty + merged, codes=("0%",)))
    assert grid.name == "表2"
    assert [[(c.column, c.columns, c.rows, c.text) for c in row.cells] for row in grid.rows] == [
        [(0, 2, 2, "首"), (2, 1, 1, ""), (3, 1, 1, "")],
        [(2, 1, 1, "7"), (3, 1, 1, "100%")],
    ]


def test_numbers_of_an_embedded_chart_are_not_cells() -> None:
    chart = begin(CHART) + cell(NUMBER, 5, 5, double(1)) + END
    [grid] = read(xls(cell(NUMBER, 0, 0, double(1)) + chart + cell(NUMBER, 0, 1, double(2))))
    assert [cell.text for cell in grid.rows[0].cells] == ["1", "2"]


def test_a_chart_sheet_is_left_out() -> None:
    [grid] = read(xls(cell(NUMBER, 0, 0, double(1)), cell(NUMBER, 0, 0, double(2)), charts=1))
    assert (grid.name, grid.rows[0].cells) == ("表2", (Cell("2"),))


# Not 6 and 7: xlrd does not read a surrogate pair that is cut in half.
@pytest.mark.parametrize("length", [1, 2, 3, 4, 5, 8, 9, 10, 11])
def test_shared_texts_continue_in_the_next_record(length: int) -> None:
    """Rich text with a phonetic guide, cut after any byte; the continuation starts with its own width flag."""
    words = "绩效𠮷ab"
    wide = words.encode("utf-16-le")
    cut = length // 2 * 2
    head = struct.pack("<HBHI", len(wide) // 2, 1 | 4 | 8, 1, 3)
    tail = b"\0\0\0\0" + b"abc"
    first, second = head + wide[:cut], b"\x01" + wide[cut:] + tail
    strings = record(0xFC, struct.pack("<2I", 2, 2), first) + record(0x3C, second, text("后"))
    cells = cell(SHARED, 0, 0, struct.pack("<I", 0)) + cell(SHARED, 0, 1, struct.pack("<I", 1))
    [grid] = read(xls(cells, shared=strings))
    assert [cell.text for cell in grid.rows[0].cells] == [words, "后"]


def test_a_text_may_continue_in_single_bytes() -> None:
    first = struct.pack("<HB", 4, 1) + "绩效".encode("utf-16-le")
    strings = record(0xFC, struct.pack("<2I", 1, 1), first) + record(0x3C, b"\x00ab")
    [grid] = read(xls(cell(SHARED, 0, 0, struct.pack("<I", 0)), shared=strings))
    assert grid.rows[0].cells[0].text == "绩效ab"


def test_a_workbook_of_excel_95_is_read() -> None:
    name = "表".encode("gb18030")
    code = '0"元"'.encode("gb18030")
    formats = record(0x41E, struct.pack("<HB", 200, len(code)), code) + record(0xE0, struct.pack("<2H12x", 0, 200))
    before = begin(version=0x0500) + formats
    start = len(before) + 4 + 7 + len(name) + len(END)
    bound = record(0x85, struct.pack("<IBBB", start, 0, 0, len(name)), name)
    words = "部门".encode("gb18030")
    cells = cell(LABEL, 0, 0, struct.pack("<H", len(words)) + words) + cell(NUMBER, 0, 1, double(5))
    [grid] = read(compound(before + bound + END + begin(SHEET, 0x0500) + cells + END, "Book"))
    assert (grid.name, [cell.text for cell in grid.rows[0].cells]) == ("表", ["部门", "5元"])


def test_a_small_workbook_is_read_from_the_mini_stream() -> None:
    book = xls(cell(NUMBER, 0, 0, double(5)))
    content = book[2048:].rstrip(b"\0") + b"\0\0\0"
    [grid] = read(compound(content, smallest=4096))
    assert grid.rows[0].cells[0].text == "5"


def test_dates_use_the_date_system_of_the_workbook() -> None:
    from_1904 = record(0x22, b"\x01\x00")
    [grid] = read(xls(cell(NUMBER, 0, 0, double(1), 1), shared=from_1904, codes=("yyyy/m/d",)))
    assert grid.rows[0].cells[0].text == "1904-01-02"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (xls(cell(LABEL, MOST_ROWS, 0, text("远"))), f"到第 {MOST_ROWS + 1} 行还有内容"),
        (xls(cell(LABEL, 0, 255, text("宽"))), "到第 256 列还有内容"),
        (xls(shared=record(0x2F, b"\x01\x00")), LOCKED),
        (xls(cell(SHARED, 0, 0, struct.pack("<I", 5))), BROKEN),
        (xls(cell(NUMBER, 0, 0, double(5), 99)), BROKEN),
        (compound(begin()), BROKEN),
        (compound(b""), BROKEN),
        (compound(begin() + END, "WordDocument"), BROKEN),
    ],
)
def test_workbooks_that_cannot_be_read_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(CannotRead, match=reason):
        read(data)


@pytest.mark.parametrize(
    "counts", [struct.pack("<2I", 1, 4_000_000_000), struct.pack("<2IHBI", 1, 1, 0, 4, 4_000_000_000)]
)
def test_declared_texts_that_are_missing_take_no_memory(counts: bytes) -> None:
    assert read(xls(b"", shared=record(0xFC, counts))) == []


def test_a_cyclic_sector_chain_is_refused() -> None:
    data = bytearray(xls(cell(LABEL, 0, 0, text("字" * 600))))
    table = 512
    struct.pack_into("<I", data, table + 4 * 4, 3)
    with pytest.raises(CannotRead):
        read(bytes(data))


GOOD = xls(
    cell(SHARED, 0, 0, struct.pack("<I", 0)) + cell(NUMBER, 0, 1, double(0.9), 1) + record(0xE5, b"\1" + b"\0" * 9),
    shared=shared(text("共")),
    codes=("0%",),
)


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=8), st.integers(0, len(GOOD)))
def test_any_damage_is_read_or_refused(damage: list[tuple[int, int]], length: int) -> None:
    data = bytearray(GOOD)
    for offset, byte in damage:
        data[offset] = byte
    for broken in (data, data[:length]):
        with suppress(CannotRead):
            assert all(filled(grid) for grid in read(bytes(broken)))
