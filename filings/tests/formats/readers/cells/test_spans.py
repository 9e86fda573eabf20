"""Whatever spans a file declares, a raster without overlaps and holes comes of them, and no text is lost."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.formats.file import CannotRead
from filings.formats.readers.cells.spans import (
    Declared,
    Merge,
    joined,
    lay,
)
from filings.tests.formats.readers.coverage import is_raster, shape

SPANS = st.one_of(st.integers(1, 4), st.sampled_from((-1, 0, 100, 101, 100_000)))
ROWS = st.lists(
    st.lists(
        st.builds(
            Declared,
            text=st.sampled_from(("", "甲", "乙", "丙")),
            columns=SPANS,
            rows=SPANS,
            column=st.one_of(st.just(0), st.integers(0, 9)),
            merge=st.one_of(st.none(), st.sampled_from(Merge)),
        ),
        max_size=6,
    ),
    max_size=8,
)


@given(ROWS, st.integers(0, 12))
def test_any_spans_become_a_raster_with_every_text(rows: list[list[Declared]], columns: int) -> None:
    try:
        laid = lay(rows, columns=columns)
    except CannotRead:
        assert sum(len(row) + max(max(cell.columns, 0) + cell.column for cell in row) for row in rows if row) > 99
        return
    assert (len(laid), is_raster(laid)) == (len(rows), True)
    said = Counter(cell.text for row in rows for cell in row if cell.text)
    assert Counter(cell.text for row in laid for cell in row.cells if cell.text) == said


@given(ROWS)
def test_joining_cells_keeps_every_character_and_every_row(rows: list[list[Declared]]) -> None:
    done = joined(rows)
    said = Counter("".join(cell.text for row in rows for cell in row))
    assert len(done) == len(rows)
    assert Counter("".join(cell.text for row in done for cell in row).replace("\n", "")) == said


def test_spans_are_those_of_the_file() -> None:
    rows = [[Declared("甲", 2, 2), Declared("乙")], [Declared("丙")], [Declared("丁", 3)]]
    assert shape(lay(rows)) == [[("甲", 0, 2, 2), ("乙", 2, 1, 1)], [("丙", 2, 1, 1)], [("丁", 0, 3, 1)]]


def test_a_span_that_runs_into_a_cell_from_above_is_cut_there() -> None:
    rows = [[Declared("甲"), Declared("乙", rows=2)], [Declared("丙", 2)]]
    assert shape(lay(rows)) == [[("甲", 0, 1, 1), ("乙", 1, 1, 2)], [("丙", 0, 1, 1)]]


def test_a_row_that_is_too_short_is_filled_with_empty_cells() -> None:
    assert shape(lay([[Declared("甲"), Declared("乙")], []])) == [
        [("甲", 0, 1, 1), ("乙", 1, 1, 1)],
        [("", 0, 1, 1), ("", 1, 1, 1)],
    ]


@pytest.mark.parametrize("span", [20, 100, 1_000, 100_000])
def test_a_single_span_that_is_too_wide_makes_no_columns(span: int) -> None:
    rows = [[Declared("题", span)], [Declared("甲"), Declared("乙")]]
    assert shape(lay(rows)) == [[("题", 0, 2, 1)], [("甲", 0, 1, 1), ("乙", 1, 1, 1)]]


def test_columns_that_the_file_names_are_there_even_if_no_cell_begins_in_them() -> None:
    assert shape(lay([[Declared("甲", 3)]], columns=4)) == [[("甲", 0, 3, 1), ("", 3, 1, 1)]]


def test_a_row_span_ends_with_the_table() -> None:
    assert shape(lay([[Declared("甲", rows=65_534)]])) == [[("甲", 0, 1, 1)]]


def test_cells_below_one_another_become_one() -> None:
    rows = [
        [Declared("甲", column=0, merge=Merge.BEGINS), Declared("乙", column=1)],
        [Declared(column=0, merge=Merge.DOWN), Declared("丙", column=1)],
        [Declared("丁", column=0), Declared("戊", column=1)],
    ]
    assert shape(lay(joined(rows))) == [
        [("甲", 0, 1, 2), ("乙", 1, 1, 1)],
        [("丙", 1, 1, 1)],
        [("丁", 0, 1, 1), ("戊", 1, 1, 1)],
    ]


def test_a_cell_that_goes_on_with_a_cell_of_another_width_stands_for_itself() -> None:
    rows = [[Declared("甲", 2, merge=Merge.BEGINS)], [Declared("乙", merge=Merge.DOWN), Declared("丙", column=1)]]
    assert shape(lay(joined(rows))) == [[("甲", 0, 2, 1)], [("乙", 0, 1, 1), ("丙", 1, 1, 1)]]


def test_cells_beside_one_another_become_one_and_hidden_text_is_flagged() -> None:
    ((cell,),) = joined([[Declared("甲", merge=Merge.BEGINS), Declared("乙", column=1, merge=Merge.RIGHT)]])
    assert (cell.text, cell.columns, cell.warning) == ("甲\n乙", 2, "合并单元格里有没显示出来的文字，已接在后面。")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[]] * 3_001, "文件里的表格超过 3000 行，没有导入。请只留下绩效目标表，另存后再导入。"),
        ([[Declared()] * 101], "文件里的表格超过 100 列，没有导入。请删去表格右边不用的列，另存后再导入。"),
    ],
)
def test_tables_beyond_the_limits_are_refused(rows: list[list[Declared]], reason: str) -> None:
    with pytest.raises(CannotRead) as caught:
        lay(rows)
    assert str(caught.value) == reason
