"""Splitting a grid into pages: each page is a complete table with the labels and headings of its rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.table.grid import Cell, Grid, Style
from filings.table.layout import paging
from filings.table.layout.document import lay_out
from filings.tests.founding import EDITION, founding_document, with_indicators
from filings.tests.strategies import tables


def covered(grid: Grid) -> list[list[Cell | None]]:
    """Map each grid position to the cell that covers it; overlapping or protruding cells fail."""
    places: list[list[Cell | None]] = [[None] * len(grid.widths) for _ in grid.rows]
    for index, row in enumerate(grid.rows):
        for cell in row.cells:
            for down in range(index, index + cell.rows):
                for across in range(cell.column, cell.column + cell.columns):
                    assert places[down][across] is None, f"two cells in row {down}, column {across}"
                    places[down][across] = cell
    return places


def is_closed(grid: Grid) -> bool:
    return all(cell is not None for row in covered(grid) for cell in row)


def test_the_founding_table_is_closed() -> None:
    assert is_closed(lay_out(founding_document(), EDITION))


@given(tables(), st.data())
def test_every_page_is_closed_wherever_it_breaks(table: tuple[FilingDocument, Edition], data: st.DataObject) -> None:
    document, edition = table
    grid = lay_out(document, edition)
    starts = sorted(data.draw(st.sets(st.integers(1, len(grid.rows) - 1), max_size=5)))
    pages = paging.cut(grid, starts)
    assert len(pages) == len(starts) + 1
    assert all(is_closed(page) for page in pages)


@given(tables(), st.data())
def test_only_labels_and_headings_are_repeated(table: tuple[FilingDocument, Edition], data: st.DataObject) -> None:
    document, edition = table
    grid = lay_out(document, edition)
    starts = sorted(data.draw(st.sets(st.integers(1, len(grid.rows) - 1), max_size=5)))
    own = [
        cell.content
        for number, page in enumerate(paging.cut(grid, starts))
        for index, row in enumerate(page.rows)
        if not (number and index == 0 and row.is_head and paging.headings_for(grid, starts[number - 1]) is not None)
        for cell in row.cells
        if not cell.continued
    ]
    assert own == [cell.content for row in grid.rows for cell in row.cells]


def test_a_page_inside_the_tree_repeats_labels_and_headings() -> None:
    grid = lay_out(founding_document(), EDITION)
    name = "公用经费控制率"
    start = next(index for index, row in enumerate(grid.rows) if any(cell.text == name for cell in row.cells))
    page = paging.cut(grid, [start])[1]
    headings, first = page.rows[0], page.rows[1]
    assert [(cell.content, cell.continued) for cell in headings.cells] == [
        ("部门整体\n支出年度\n绩效指标", True),
        ("一级指标", False),
        ("二级指标", False),
        ("三级指标", False),
        ("指标值及单位", False),
    ]
    assert [(cell.content, cell.continued, cell.rows) for cell in first.cells] == [
        ("产出指标", True, 5),
        ("质量指标", True, 1),
        (name, False, 1),
        ("≤100%", False, 1),
    ]


def test_a_page_that_begins_with_a_section_repeats_nothing() -> None:
    grid = lay_out(founding_document(), EDITION)
    start = next(index for index, row in enumerate(grid.rows) if row.is_head)
    page = paging.cut(grid, [start])[1]
    assert not any(cell.continued for row in page.rows for cell in row.cells)
    assert sum(row.is_head for row in page.rows) == 1


def test_pages_take_what_fits_below_the_repeated_headings() -> None:
    grid = lay_out(with_indicators(100), EDITION)
    heights = [10.0] * len(grid.rows)
    starts = paging.fill(grid, heights, 100, 200)
    pages = paging.cut(grid, starts)
    assert [len(page.rows) for page in pages[1:-1]] == [20] * (len(pages) - 2)
    assert len(pages[0].rows) <= 10


def test_headings_stay_with_the_first_row_below_them() -> None:
    grid = lay_out(founding_document(), EDITION)
    head = next(index for index, row in enumerate(grid.rows) if row.is_head)
    starts = paging.fill(grid, [10.0] * len(grid.rows), (head + 1) * 10, 1000)
    assert starts == [head]


@pytest.mark.parametrize("tall", [150.0, 10_000.0])
def test_a_row_taller_than_a_page_has_a_page_of_its_own(tall: float) -> None:
    grid = lay_out(founding_document(), EDITION)
    heights = [10.0] * len(grid.rows)
    tallest = next(
        number for number, row in enumerate(grid.rows) if any(cell.style is Style.PROSE for cell in row.cells)
    )
    heights[tallest] = tall
    starts = paging.fill(grid, heights, 100, 100)
    assert {tallest, tallest + 1} <= set(starts)
