"""Column heads: which rows are heads, and which cell stands under which."""

import pytest

from filings.document.bundled_editions import editions
from filings.document.edition import Edition
from filings.table.reading.column_heads import indicator_heads, task_heads
from filings.table.reading.row_cells import RowCell
from filings.tests.table.cells import HUNAN, STANDARD, spots_of

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
def test_heads_say_what_their_columns_hold(edition: Edition, texts: list[str], keys: list[str]) -> None:
    heads = indicator_heads(spots_of(*texts), edition)
    assert heads is not None
    assert [key for _, key in heads.columns] == keys


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
def test_rows_of_anything_else_are_no_heads(texts: list[str]) -> None:
    assert indicator_heads(spots_of(*texts), HUNAN) is None


def test_tasks_have_a_name_and_an_amount() -> None:
    heads = task_heads(spots_of("工作任务", "任务内容", "金额（万元）"), TASKS)
    assert heads is not None
    assert [key for _, key in heads.columns] == ["name", "content", "amount"]
    assert task_heads(spots_of("任务名称", "主要内容"), TASKS) is None


def test_cells_go_to_the_head_that_they_stand_under() -> None:
    heads = indicator_heads(
        [
            RowCell(1, 1, 1, "一级指标"),
            RowCell(1, 2, 2, "三级指标"),
            RowCell(1, 4, 1, "序号"),
            RowCell(1, 5, 1, "指标值"),
        ],
        HUNAN,
    )
    assert heads is not None
    spots = [
        RowCell(2, 0, 1, "甲"),
        RowCell(2, 1, 1, "乙"),
        RowCell(2, 3, 1, "丙"),
        RowCell(2, 4, 1, "1"),
        RowCell(2, 5, 1, "丁"),
    ]
    by_key, others = heads.parted(spots)
    texts = {key: [spot.text for spot in found] for key, found in by_key.items()}
    assert texts == {"first_level": ["乙"], "name": ["丙"], "target": ["丁"]}
    assert [spot.text for spot in others] == ["甲", "1"]


def test_a_row_fits_when_it_is_as_wide_and_nothing_stands_under_an_empty_head() -> None:
    heads = indicator_heads(spots_of("一级指标", "", "三级指标", "指标值"), HUNAN)
    assert heads is not None
    assert heads.fit(spots_of("产出指标", "", "甲", "1"))
    assert not heads.fit(spots_of("产出指标", "乙", "甲", "1"))
    assert not heads.fit(spots_of("产出指标", "", "甲"))
