"""Marks of a copy are recognised as a whole line only, and skipped above and below the table."""

import pytest

from filings.document.content import compose
from filings.table import marks
from filings.table.grid import Cell, Grid
from filings.table.layout.document import lay_out
from filings.table.marks import CopyMark, Marks
from filings.table.reading.read_table import read_table
from filings.tests.founding import EDITION, founding_document

LINES = [
    "草稿",
    marks.submitted_footer(3, "0a1b2c3d4e5f" + "0" * 52),
    *marks.issued_footer(CopyMark("ABCD2345WXYZABCD2345", 3, "https://jixiao.example.cn")).splitlines(),
    *marks.issued_footer(CopyMark("", 3, "http://127.0.0.1:8000")).splitlines(),
    marks.HOW_TO_VERIFY,
    # As copies of earlier versions of the program have it.
    "核验码：ABCD-2345-WXYZ",
    marks.unsealed_footer("ABCD-2345-WXYZ"),
]


def with_lines(grid: Grid, *texts: str) -> Grid:
    cells = tuple(map(Cell, texts))
    return Grid(grid.rows, (*cells, *grid.above), (*grid.below, *cells), grid.widths)


def test_the_lines_of_a_copy_are_its_marks() -> None:
    assert Marks(is_draft=True, footer="送审稿").lines == ["草稿", "送审稿"]
    assert Marks().lines == []


def test_the_footer_has_the_version_and_the_beginning_of_the_hash() -> None:
    assert marks.submitted_footer(3, "0a1b2c3d4e5f" + "0" * 52) == "送审稿 第3版 校验码 0a1b2c3d4e5f"


@pytest.mark.parametrize("text", LINES)
def test_a_mark_is_skipped(text: str) -> None:
    document = founding_document()
    reading = read_table(with_lines(lay_out(document, EDITION), text), EDITION)
    assert (reading.document, reading.leftovers) == (document, ())


@pytest.mark.parametrize("text", ["草稿一份", "送审稿 第3版", "校验码 0a1b2c3d4e5f", "核验码："])
def test_other_lines_are_left_over(text: str) -> None:
    assert not marks.is_mark(text)
    reading = read_table(with_lines(lay_out(founding_document(), EDITION), text), EDITION)
    assert [leftover.text for leftover in reading.leftovers] == [text, text]


def test_a_field_of_that_text_is_kept() -> None:
    document = compose(
        EDITION, year=2022, fields={"filing_unit": "草稿", "department": "草稿"}, amounts={}, goals=["草稿"]
    )
    assert read_table(lay_out(document, EDITION), EDITION).document == document
