"""The table as plain text, and the encodings of text files."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.formats import text
from filings.formats.text import NotText
from filings.table.layout.document import lay_out
from filings.table.reading.read_table import read_table
from filings.tests.founding import EDITION, founding_document, sample_text
from filings.tests.strategies import tables


def test_the_founding_table_is_written_as_published_except_white_space() -> None:
    written = text.write(lay_out(founding_document(), EDITION))
    assert "".join(written.split()) == "".join(sample_text().split())


def test_writing_reading_and_writing_again_gives_the_same_text() -> None:
    written = text.write(lay_out(founding_document(), EDITION))
    again = read_table(text.read(written), EDITION)
    assert text.write(lay_out(again.document, EDITION)) == written


@given(tables())
def test_reading_a_written_text_gives_the_document(table: tuple[FilingDocument, Edition]) -> None:
    document, edition = table
    reading = read_table(text.read(text.write(lay_out(document, edition))), edition)
    assert reading.document == document
    assert reading.leftovers == ()


def cells(written: str) -> list[list[str]]:
    return list(text.read(written).flow())


def test_a_tab_begins_a_cell_and_an_empty_line_ends_a_row() -> None:
    assert cells("\t甲\n\t乙\n\n\t丙\n") == [["甲", "乙"], ["丙"]]


def test_one_line_may_hold_several_cells() -> None:
    assert cells("\t甲\t乙\t\n") == [["甲", "乙", ""]]


def test_a_line_without_tab_continues_the_cell_before() -> None:
    assert cells("\t甲\n乙\n\t丙\n") == [["甲\n乙", "丙"]]


def test_a_lone_tab_is_an_empty_cell() -> None:
    assert cells("\t\n\t\n\t丙\n") == [["", "", "丙"]]


def test_text_before_the_first_tab_is_a_cell_too() -> None:
    assert cells("甲\t乙\n") == [["甲", "乙"]]


def test_lines_outside_rows_are_above_or_below_the_table() -> None:
    grid = text.read("题\n 行 \n\t甲\n\n下\n")
    assert [cell.text for cell in grid.above] == ["题", "行"]
    assert [cell.text for cell in grid.below] == ["下"]


def test_windows_line_ends_are_accepted() -> None:
    assert cells("题\r\n\t甲\r\n乙\r\n\r\n\t丙\r\n") == [["甲\n乙"], ["丙"]]


def test_an_empty_text_has_no_cells() -> None:
    grid = text.read("")
    assert (grid.above, grid.rows, grid.below) == ((), (), ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_usual_encodings_are_decoded(encoding: str) -> None:
    assert text.decode(sample_text().encode(encoding)) == sample_text()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04\x00\x00", "文件不是文本：请另存为 UTF-8 或 GB 18030 编码的文本文件。"),
        (b"\xff\xff\xff", "文件不是文本：请另存为 UTF-8 或 GB 18030 编码的文本文件。"),
        (b"a" * 2_000_001, "文件有 2000001 字节，超过文本表的上限 2000000 字节。"),
        (b"\t" * 20_001, "文件有 20001 个单元格，超过上限 20000 个。"),
    ],
)
def test_bytes_that_are_not_text_are_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(NotText) as caught:
        text.decode(data)
    assert str(caught.value) == reason


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        decoded = text.decode(data)
    except NotText:
        return
    assert "\x00" not in decoded


def test_a_cell_of_300000_lines_takes_seconds_and_not_a_minute() -> None:
    start = perf_counter()
    ((cell,),) = (row.cells for row in text.read("\t甲" + "\n一" * 300_000).rows)
    assert (len(cell.text), perf_counter() - start < 15) == (600_001, True)
