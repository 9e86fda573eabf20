"""Reading indicator rows: values in three columns, columns that the edition lacks, headings in two rows."""

import pytest

from filings.document import place
from filings.table.grid import Cell
from filings.table.reading.indicators import SAMPLE_TEXT
from filings.tests.table.cells import HUNAN, STANDARD, leftovers_of, reading_of

LABEL = "年度绩效指标"
LEVELS = ("一级指标", "二级指标", "三级指标")


@pytest.mark.parametrize(
    ("cells", "value", "leftovers"),
    [
        (["≥", "90", "%"], "≥90%", []),
        (["不低于", "90", "%"], "不低于90%", []),
        (["", "90", "人"], "90人", []),
        (["≥", "90%", "%"], "≥90%", []),
        (["定性", "持续提升", "/"], "持续提升", []),
        (["定量", "90", "—"], "90", []),
        (["正向", "90", "%"], "90%", ["正向"]),
        (["=", "", ""], "=", []),
    ],
)
def test_a_value_in_three_columns_is_joined(cells: list[str], value: str, leftovers: list[str]) -> None:
    headings = [LABEL, *LEVELS, "指标性质", "指标值", "计量单位"]
    reading = reading_of(headings, ["", "产出指标", "数量指标", "甲", *cells], edition=HUNAN)
    assert [row.target for row in reading.document.indicators] == [value]
    assert leftovers_of(reading) == leftovers


def test_columns_of_the_edition_are_read_and_others_are_leftovers() -> None:
    rows = [[LABEL, *LEVELS, "指标值", "分值", "备注"], ["", "产出指标", "数量指标", "甲", "1人", "10", "按季"]]
    reading = reading_of(*rows, edition=STANDARD)
    assert (reading.document.indicators[0].more, leftovers_of(reading)) == ({"weight": "10"}, ["按季"])
    assert leftovers_of(reading_of(*rows, edition=HUNAN)) == ["10", "按季"]


def test_subheadings_replace_the_heading_that_they_divide() -> None:
    reading = reading_of(
        [
            Cell(LABEL, 0, 1, 3),
            *(Cell(text, column, 1, 2) for column, text in enumerate(LEVELS, 1)),
            Cell("指标值", 4, 2),
        ],
        [Cell("上年值", 4), Cell("年度指标值", 5)],
        [Cell(text, column) for column, text in enumerate(("产出指标", "数量指标", "甲", "8人", "9人"), 1)],
    )
    assert [(row.name, row.target) for row in reading.document.indicators] == [("甲", "9人")]
    assert leftovers_of(reading) == ["8人"]


def test_a_cell_across_two_columns_gets_a_warning() -> None:
    reading = reading_of([LABEL, *LEVELS, "指标值"], [*("", "产出指标", "数量指标"), Cell("完成全部工作", 3, 2)])
    assert reading.warnings == {place.indicator("r1", "name"): "这一行有单元格横跨几栏，请核对。"}


def test_a_label_without_rows_is_a_leftover() -> None:
    reading = reading_of(
        [LABEL, *LEVELS, "指标值"], ["", "创新指标", "", "", ""], ["", "产出指标", "数量指标", "甲", "1"]
    )
    assert leftovers_of(reading) == ["创新指标"]


def test_sample_names_of_other_forms_are_left_out() -> None:
    reading = reading_of(
        ["绩效指标", "一级指标", "二级指标", "指标名称", "年度指标值"],
        ["", "产出指标", "数量指标", "指标1：接收档案", "28卷"],
        ["", "", "", "指标2：", ""],
        ["", "", "", "……", ""],
    )
    assert [(row.name, row.target) for row in reading.document.indicators] == [("接收档案", "28卷")]
    assert leftovers_of(reading) == ["指标2：", "……"]


def test_sample_names_of_the_own_form_get_a_warning() -> None:
    reading = reading_of(
        ["", "一级指标", "二级指标", "三级指标", "指标值及单位"],
        ["", "产出指标", "数量指标", "指标1：接收档案", "28卷"],
        ["", "", "", "……", ""],
    )
    names = [place.indicator(row.key, "name") for row in reading.document.indicators]
    assert [row.name for row in reading.document.indicators] == ["指标1：接收档案", "……"]
    assert [reading.warnings.get(name) for name in names] == [SAMPLE_TEXT, SAMPLE_TEXT]
