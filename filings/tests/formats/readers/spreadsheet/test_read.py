"""Workbooks are read sheet by sheet, with columns and merged cells as in the file, and no text is lost."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from filings.formats.readers.spreadsheet.read import read
from filings.formats.xlsx import write as writer
from filings.table.layout.document import lay_out
from filings.tests.formats.readers.spreadsheet.xlsx_files import filled, only, positions, rows, text_cell, xlsx
from filings.tests.founding import EDITION, founding_document


def test_our_own_workbook_is_read_cell_by_cell() -> None:
    grid = lay_out(founding_document(), EDITION)
    back = only(writer.write(grid, made_at=datetime(2022, 1, 1, tzinfo=UTC)))
    written = [*grid.above, *(cell for row in grid.rows for cell in row.cells), *grid.below]
    cells = [cell for row in back.rows for cell in row.cells]
    # A label is repeated after a page break.
    texts = [cell.text for cell in cells if cell.text and not cell.text.endswith("（续）")]
    assert texts == [cell.content for cell in written if cell.content]
    assert {cell.warning for cell in cells} == {""}
    assert positions(back) == [(row, column) for row in range(len(back.rows)) for column in range(len(grid.widths))]
    columns = {cell.content: (cell.column, cell.columns) for row in grid.rows for cell in row.cells if cell.content}
    assert {cell.text: (cell.column, cell.columns) for cell in cells if cell.text in columns} == columns


def test_sheets_are_read_in_order_with_empty_cells() -> None:
    first, second = read(xlsx(rows(text_cell("C2", "乙")), rows(), rows(text_cell("A1", "甲"))))
    assert (first.name, second.name) == ("表1", "表3")
    assert [[(cell.column, cell.text) for cell in row.cells] for row in first.rows] == [
        [(0, ""), (1, ""), (2, "")],
        [(0, ""), (1, ""), (2, "乙")],
    ]
    assert [[cell.text for cell in row.cells] for row in second.rows] == [["甲"]]


def test_hidden_sheets_are_read_too() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "看得见"
    hidden = book.create_sheet("藏")
    hidden["A1"], hidden.sheet_state = "看不见", "veryHidden"
    assert [(grid.name, grid.rows[0].cells[0].text) for grid in read(saved(book))] == [
        ("Sheet", "看得见"),
        ("藏", "看不见"),
    ]


def saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_merged_cells_are_cut_at_the_filled_part() -> None:
    grid = only(xlsx(rows(text_cell("A1", "题"), text_cell("C3", "尾"), merged=("A1:C2", "A3:B9"))))
    assert [[(c.column, c.columns, c.rows, c.text) for c in row.cells] for row in grid.rows] == [
        [(0, 3, 2, "题")],
        [],
        [(0, 2, 1, ""), (2, 1, 1, "尾")],
    ]


@pytest.mark.parametrize(
    ("merged", "spans"),
    [
        (("A1:B2", "B2:C3"), {(0, 0): (2, 2)}),
        (("A1:B1", "A1:A2"), {(0, 0): (2, 1)}),
        (("B2:C3", "A1:B2"), {(0, 0): (2, 2)}),
        (("A1:A1", "B2:A1", "A1", "A1:", "?", "ZZZ1:ZZZ9", "A0:B1"), {}),
        (("A1:C3",), {}),
        (("A1:XFD1048576", "A2:C2"), {(1, 0): (3, 1)}),
    ],
)
def test_merges_that_overlap_or_would_hide_a_text_are_dropped(
    merged: tuple[str, ...], spans: dict[tuple[int, int], tuple[int, int]]
) -> None:
    grid = only(xlsx(rows(text_cell("A1", "首"), text_cell("C3", "尾"), merged=merged)))
    merged_cells = {
        (number, cell.column): (cell.columns, cell.rows)
        for number, row in enumerate(grid.rows)
        for cell in row.cells
        if (cell.columns, cell.rows) != (1, 1)
    }
    assert merged_cells == spans
    assert [cell.text for cell in filled(grid).values()] == ["首", "尾"]
    assert positions(grid) == [(row, column) for row in range(3) for column in range(3)]


corners = st.tuples(st.integers(1, 7), st.integers(0, 6))


@given(st.lists(st.tuples(corners, corners), max_size=8), st.sets(corners, min_size=1, max_size=12))
def test_any_merges_keep_every_text_and_cover_each_position_once(
    areas: list[tuple[tuple[int, int], tuple[int, int]]], texts: set[tuple[int, int]]
) -> None:
    merged = tuple(f"{'ABCDEFG'[b]}{a}:{'ABCDEFG'[d]}{c}" for (a, b), (c, d) in areas)
    cells = [text_cell(f"{'ABCDEFG'[column]}{row}", f"{row},{column}") for row, column in texts]
    grid = only(xlsx(rows(*cells, merged=merged)))
    assert {position: cell.text for position, cell in filled(grid).items()} == {
        (row - 1, column): f"{row},{column}" for row, column in texts
    }
    assert positions(grid) == [(a, b) for a in range(len(grid.rows)) for b in range(max(c for _, c in texts) + 1)]
