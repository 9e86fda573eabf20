"""Tables with one cell per line: rows are restored by their labels; uncertain ones get a warning."""

from filings.document import place
from filings.table.reading.read_table import Reading, read_table
from filings.table.reading.row_cells import RowCell
from filings.table.reading.single_column import has_single_column, regroup
from filings.tests.table.cells import HUNAN, grid_of

HEADINGS = ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值及单位"]
CHECK = "这一行的单元格与表头不一致，已按文字识别，请核对。"


def rows_of(*texts: str) -> list[list[RowCell]]:
    return [[RowCell(row, 0, 1, text)] for row, text in enumerate(texts, start=1)]


def read_lines(*texts: str) -> Reading:
    return read_table(grid_of(*([text] for text in ("部门名称", "财政局", *HEADINGS, *texts))), HUNAN)


def indicators(reading: Reading) -> list[tuple[str | None, str, str]]:
    return [(row.node, row.name, row.target) for row in reading.document.indicators]


def test_a_single_column_has_one_cell_in_every_row() -> None:
    assert has_single_column(rows_of("甲", "乙", "丙", "丁"))
    assert not has_single_column(rows_of("甲", "乙", "丙"))
    assert not has_single_column([*rows_of("甲", "乙", "丙", "丁"), [RowCell(5, 0, 1, "戊"), RowCell(5, 1, 1, "己")]])


def test_headings_and_rows_are_restored() -> None:
    rows = regroup(rows_of("部门名称", "甲", *HEADINGS[1:], "产出指标", "数量指标", "乙", "1人", "丙", "2人"), HUNAN)
    assert [[cell.text for cell in row] for row in rows] == [
        ["部门名称"], ["甲"], HEADINGS[1:], ["产出指标", "数量指标", "乙", "1人"], ["丙", "2人"],
    ]  # fmt: skip


def test_texts_without_headings_are_unchanged() -> None:
    rows = rows_of("部门名称", "甲", "乙", "丙")
    assert regroup(rows, HUNAN) == rows


def test_rows_are_read_by_their_labels() -> None:
    reading = read_lines(
        "产出指标",
        "数量指标",
        "甲",
        "1人",
        "乙",
        "≥2人",
        "成本指标",
        "丙",
        "≤3万元",
        "效益指标",
        "社会效益指标",
        "丁",
        "4%",
    )
    assert indicators(reading) == [
        ("OUT.QTY", "甲", "1人"), ("OUT.QTY", "乙", "≥2人"), ("OUT.COST", "丙", "≤3万元"), ("BEN.SOC", "丁", "4%"),
    ]  # fmt: skip
    assert reading.warnings == {}


def test_a_cost_label_before_a_second_level_is_a_first_level() -> None:
    reading = read_lines("成本指标", "经济成本指标", "丙", "≤3万元")
    assert [(row.node, row.name, row.target) for row in reading.document.indicators] == [("OUT.COST", "丙", "≤3万元")]
    assert list(reading.warnings) == [place.indicator("r1", "node")]


def test_a_value_that_may_be_another_rows_name_gets_a_warning() -> None:
    reading = read_lines("产出指标", "数量指标", "甲", "乙", "质量指标", "丙", "3%")
    assert reading.warnings == {place.indicator("r1", "name"): CHECK, place.indicator("r1", "target"): CHECK}


def test_a_name_without_a_value_gets_a_warning() -> None:
    reading = read_lines("产出指标", "数量指标", "甲", "质量指标", "丙", "3%")
    assert indicators(reading) == [("OUT.QTY", "甲", ""), ("OUT.QUAL", "丙", "3%")]
    assert reading.warnings == {place.indicator("r1", "name"): CHECK}
