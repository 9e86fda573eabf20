"""Finding the tables of a file: their boundaries, the texts outside them, their editions."""

from collections.abc import Sequence

import pytest

from filings.document.bundled_editions import editions
from filings.table.grid import Cell, Grid
from filings.table.layout.document import lay_out
from filings.table.reading.find_tables import find_tables, recognise_edition, split_tables
from filings.table.reading.read_table import NotATable
from filings.tests.founding import founding_document
from filings.tests.table.cells import HUNAN, grid_of

TITLE = "2024年部门整体支出绩效目标表"


def table(name: str) -> list[list[str]]:
    return [["部门名称", name], ["整体绩效目标", f"办好{name}的事"]]


def names(*grids: Grid) -> list[str]:
    return [table.department for table in find_tables(grids, HUNAN).tables]


def test_sheets_are_tables_of_their_own() -> None:
    assert names(grid_of(*table("甲"), name="甲"), grid_of(*table("乙"), name="乙")) == ["甲", "乙"]


def test_a_title_begins_the_next_table_on_a_sheet() -> None:
    grid = grid_of([TITLE], *table("甲"), [""], ["2023年部门整体支出绩效目标表"], *table("乙"))
    tables = find_tables([grid], HUNAN).tables
    assert [(table.department, table.reading.document.year) for table in tables] == [("甲", 2024), ("乙", 2023)]


def test_a_repeated_first_label_begins_the_next_table() -> None:
    assert names(grid_of(*table("甲"), *table("乙"), *table("丙"))) == ["甲", "乙", "丙"]


def test_a_text_next_to_a_spanning_label_is_not_a_title() -> None:
    rows: list[list[str | Cell]] = [
        ["部门名称", "甲"],
        [Cell("整体绩效目标", 0, 1, 2), Cell("办好事", 1)],
        ["~", "做好绩效目标申报表"],
    ]
    (only,) = find_tables([grid_of(*rows)], HUNAN).tables
    assert only.reading.document.goal == "办好事\n做好绩效目标申报表"


def test_a_table_over_several_pages_is_one() -> None:
    first, second = grid_of(["部门名称", "甲"]), grid_of(["整体绩效目标", "办好事"])
    assert names(first, second) == ["甲"]


def test_cells_without_a_sheet_do_not_continue_one() -> None:
    grids = split_tables([grid_of(["部门名称", "甲"], name="表"), grid_of(["整体绩效目标", "办好事"])])
    assert [(grid.name, len(grid.rows)) for grid in grids] == [("表", 1), ("", 1)]


def test_lines_between_tables_are_kept() -> None:
    first = Grid(grid_of(*table("甲")).rows, above=(Cell(TITLE),), below=(Cell("注：一式三份"),))
    result = find_tables(
        [first, Grid(grid_of(*table("乙")).rows, above=(Cell("2023年部门整体支出绩效目标表"),))], HUNAN
    )
    first_leftovers = [leftover.text for leftover in result.tables[0].reading.leftovers]
    assert ([table.department for table in result.tables], first_leftovers) == (["甲", "乙"], ["注：一式三份"])


def test_cells_of_other_sheets_are_listed() -> None:
    result = find_tables([grid_of(["姓名", "电话"], name="名单"), grid_of(*table("甲"), name="表")], HUNAN)
    assert [text.text for text in result.others] == ["姓名", "电话"]


def test_a_spanning_label_ends_with_its_table() -> None:
    rows: list[Sequence[str | Cell]] = [[Cell("部门名称", 0, 1, 9), Cell("甲", 1)], ["~", "丙"], *table("乙")]
    grids = split_tables([grid_of(*rows)])
    assert [[cell.rows for cell in grid.rows[0].cells] for grid in grids] == [[2, 1], [1, 1]]


def test_a_file_without_such_a_table_is_refused_with_the_reason() -> None:
    with pytest.raises(NotATable, match=r"^不是部门整体支出绩效目标表："):
        find_tables([grid_of(["姓名", "电话"])], HUNAN)
    with pytest.raises(NotATable, match=r"^文件里没有文字。$"):
        find_tables([], HUNAN)


@pytest.mark.parametrize("code", sorted(editions()))
def test_the_edition_is_recognised_by_its_labels(code: str) -> None:
    edition = editions()[code]
    from_hunan = founding_document()
    document = find_tables([lay_out(from_hunan, HUNAN, whole_texts=True)], edition).tables[0].reading.document
    assert recognise_edition(lay_out(document, edition), list(editions().values())).code == code


def test_a_duty_that_reads_like_the_first_label_does_not_begin_a_table() -> None:
    rows: list[Sequence[str | Cell]] = [*table("甲"), [Cell("部门职责", 0, 1, 2), Cell("办事。", 1)], ["~", "部门名称"]]
    (only,) = find_tables([grid_of(*rows)], HUNAN).tables
    assert [duty.text for duty in only.reading.document.duties] == ["办事。", "部门名称"]


@pytest.mark.parametrize(
    ("headings", "rows"),
    [
        (["一级指标", "三级指标", "指标值"], [2, 2]),
        (["三级指标", "指标值"], [2, 2]),
        (["三级指标"], [4]),
    ],
)
def test_two_column_headings_begin_the_content_of_a_table(headings: list[str], rows: list[int]) -> None:
    grid = grid_of(headings, ["产出指标", "甲", "1人"], [TITLE], ["整体绩效目标", "办好事"])
    assert [len(table.rows) for table in split_tables([grid])] == rows
