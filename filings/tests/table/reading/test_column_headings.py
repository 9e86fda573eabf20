"""Recognising column headings, and grouping the cells below them."""

import pytest

from filings.document.bundled_editions import editions
from filings.document.edition import Edition
from filings.table.reading.column_headings import find_indicator_headings, find_task_headings
from filings.table.reading.row_cells import RowCell
from filings.tests.table.cells import HUNAN, STANDARD, cells_of

TASKS = editions()["task-table"]


@pytest.mark.parametrize(
    ("edition", "texts", "keys"),
    [
        (HUNAN, ["一级指标", "二级指标", "三级指标", "指标值及单位"],
         ["first_level", "second_level", "name", "target"]),
        (HUNAN, ["一级\n指标", "二 级 指 标", "指标内容", "年度指标值（绝对值）"],
         ["first_level", "second_level", "name", "target"]),
        (STANDARD, ["一级指标", "二级指标", "三级指标", "计算符号", "指标值", "计量单位", "分值（90）"],
         ["first_level", "second_level", "name", "comparator", "target", "unit", "weight"]),
        (HUNAN, ["序号", "一级指标", "三级指标", "上年值", "备注"], ["", "first_level", "name", "last_value", "note"]),
        (HUNAN, ["一级指标", "三级指标", "指标值", "指标值"], ["first_level", "name", "target", ""]),
        (HUNAN, ["绩效指标", "一级指标", "三级指标", "没见过的"], ["first_level", "name"]),
    ],
)  # fmt: skip
def test_headings_have_the_keys_of_their_columns(edition: Edition, texts: list[str], keys: list[str]) -> None:
    headings = find_indicator_headings(cells_of(*texts), edition)
    assert headings is not None
    assert [key for _, key in headings.columns] == keys


@pytest.mark.parametrize(
    "texts",
    [
        ["一级指标"],
        ["一级指标", "二级指标"],
        ["三级指标", "指标值"],
        ["一级指标", "培训干部", "120人", "三级指标", "接收档案", "3200卷"],
        ["产出指标", "数量指标", "培训干部", "120人"],
        [],
    ],
)
def test_other_rows_are_not_headings(texts: list[str]) -> None:
    assert find_indicator_headings(cells_of(*texts), HUNAN) is None


def test_tasks_have_a_name_and_an_amount() -> None:
    headings = find_task_headings(cells_of("工作任务", "任务内容", "金额（万元）"), TASKS)
    assert headings is not None
    assert [key for _, key in headings.columns] == ["name", "content", "amount"]
    assert find_task_headings(cells_of("任务名称", "主要内容"), TASKS) is None


def test_cells_are_grouped_by_the_heading_above_them() -> None:
    headings = find_indicator_headings(
        [
            RowCell(1, 1, 1, "一级指标"),
            RowCell(1, 2, 2, "三级指标"),
            RowCell(1, 4, 1, "序号"),
            RowCell(1, 5, 1, "指标值"),
        ],
        HUNAN,
    )
    assert headings is not None
    cells = [
        RowCell(2, 0, 1, "甲"),
        RowCell(2, 1, 1, "乙"),
        RowCell(2, 3, 1, "丙"),
        RowCell(2, 4, 1, "1"),
        RowCell(2, 5, 1, "丁"),
    ]
    by_key, others = headings.group_cells(cells)
    texts = {key: [cell.text for cell in column] for key, column in by_key.items()}
    assert texts == {"first_level": ["乙"], "name": ["丙"], "target": ["丁"]}
    assert [cell.text for cell in others] == ["甲", "1"]


def test_a_row_fits_if_it_is_as_wide_and_has_no_text_below_an_empty_heading() -> None:
    headings = find_indicator_headings(cells_of("一级指标", "", "三级指标", "指标值"), HUNAN)
    assert headings is not None
    assert headings.fits(cells_of("产出指标", "", "甲", "1"))
    assert not headings.fits(cells_of("产出指标", "乙", "甲", "1"))
    assert not headings.fits(cells_of("产出指标", "", "甲"))
