"""Declared spans of any size become a grid without overlaps and gaps, and no text is lost."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.formats.file import CannotRead
from filings.formats.readers.cells.spans import DeclaredCell, Merge, join_merged, resolve_spans
from filings.tests.formats.readers.coverage import is_complete, shape

SPANS = st.one_of(st.integers(1, 4), st.sampled_from((-1, 0, 100, 101, 100_000)))
ROWS = st.lists(
    st.lists(
        st.builds(
            DeclaredCell,
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
def test_any_spans_become_a_complete_grid_with_every_text(rows: list[list[DeclaredCell]], columns: int) -> None:
    try:
        resolved = resolve_spans(rows, columns=columns)
    except CannotRead:
        assert sum(len(row) + max(max(cell.columns, 0) + cell.column for cell in row) for row in rows if row) > 99
        return
    assert (len(resolved), is_complete(resolved)) == (len(rows), True)
    declared = Counter(cell.text for row in rows for cell in row if cell.text)
    assert Counter(cell.text for row in resolved for cell in row.cells if cell.text) == declared


@given(ROWS)
def test_joining_merged_cells_keeps_every_character_and_every_row(rows: list[list[DeclaredCell]]) -> None:
    joined = join_merged(rows)
    declared = Counter("".join(cell.text for row in rows for cell in row))
    assert len(joined) == len(rows)
    assert Counter("".join(cell.text for row in joined for cell in row).replace("\n", "")) == declared


def test_spans_are_those_of_the_file() -> None:
    rows = [[DeclaredCell("甲", 2, 2), DeclaredCell("乙")], [DeclaredCell("丙")], [DeclaredCell("丁", 3)]]
    assert shape(resolve_spans(rows)) == [[("甲", 0, 2, 2), ("乙", 2, 1, 1)], [("丙", 2, 1, 1)], [("丁", 0, 3, 1)]]


def test_a_column_span_is_cut_at_a_row_span_from_above() -> None:
    rows = [[DeclaredCell("甲"), DeclaredCell("乙", rows=2)], [DeclaredCell("丙", 2)]]
    assert shape(resolve_spans(rows)) == [[("甲", 0, 1, 1), ("乙", 1, 1, 2)], [("丙", 0, 1, 1)]]


def test_a_row_that_is_too_short_is_filled_with_empty_cells() -> None:
    assert shape(resolve_spans([[DeclaredCell("甲"), DeclaredCell("乙")], []])) == [
        [("甲", 0, 1, 1), ("乙", 1, 1, 1)],
        [("", 0, 1, 1), ("", 1, 1, 1)],
    ]


@pytest.mark.parametrize("span", [20, 100, 1_000, 100_000])
def test_a_single_absurd_span_adds_no_columns(span: int) -> None:
    rows = [[DeclaredCell("题", span)], [DeclaredCell("甲"), DeclaredCell("乙")]]
    assert shape(resolve_spans(rows)) == [[("题", 0, 2, 1)], [("甲", 0, 1, 1), ("乙", 1, 1, 1)]]


def test_declared_columns_exist_even_if_no_cell_begins_in_them() -> None:
    assert shape(resolve_spans([[DeclaredCell("甲", 3)]], columns=4)) == [[("甲", 0, 3, 1), ("", 3, 1, 1)]]


def test_a_row_span_ends_with_the_table() -> None:
    assert shape(resolve_spans([[DeclaredCell("甲", rows=65_534)]])) == [[("甲", 0, 1, 1)]]


def test_vertically_merged_cells_become_a_row_span() -> None:
    rows = [
        [DeclaredCell("甲", column=0, merge=Merge.BEGINS), DeclaredCell("乙", column=1)],
        [DeclaredCell(column=0, merge=Merge.DOWN), DeclaredCell("丙", column=1)],
        [DeclaredCell("丁", column=0), DeclaredCell("戊", column=1)],
    ]
    assert shape(resolve_spans(join_merged(rows))) == [
        [("甲", 0, 1, 2), ("乙", 1, 1, 1)],
        [("丙", 1, 1, 1)],
        [("丁", 0, 1, 1), ("戊", 1, 1, 1)],
    ]


def test_a_continuing_cell_of_another_width_is_not_joined() -> None:
    rows = [
        [DeclaredCell("甲", 2, merge=Merge.BEGINS)],
        [DeclaredCell("乙", merge=Merge.DOWN), DeclaredCell("丙", column=1)],
    ]
    assert shape(resolve_spans(join_merged(rows))) == [[("甲", 0, 2, 1)], [("乙", 0, 1, 1), ("丙", 1, 1, 1)]]


def test_horizontally_merged_cells_become_a_column_span_and_hidden_text_is_flagged() -> None:
    ((cell,),) = join_merged(
        [[DeclaredCell("甲", merge=Merge.BEGINS), DeclaredCell("乙", column=1, merge=Merge.RIGHT)]]
    )
    assert (cell.text, cell.columns, cell.warning) == ("甲\n乙", 2, "合并单元格里有没显示出来的文字，已接在后面。")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[]] * 3_001, "文件里的表格超过 3000 行，未导入。请只留下绩效目标表，另存后再导入。"),
        ([[DeclaredCell()] * 101], "文件里的表格超过 100 列，未导入。请删去表格右边不用的列，另存后再导入。"),
    ],
)
def test_tables_beyond_the_limits_are_refused(rows: list[list[DeclaredCell]], reason: str) -> None:
    with pytest.raises(CannotRead) as caught:
        resolve_spans(rows)
    assert str(caught.value) == reason
