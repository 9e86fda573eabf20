"""Tables of one cell a line: rows are put together by their labels, and what may be shifted is to be checked."""

from filings.document import place
from filings.table.reading.read_table import Reading, read
from filings.table.reading.row_cells import RowCell
from filings.table.reading.single_column import is_one_a_line, regroup
from filings.tests.table.cells import HUNAN, grid_of

HEADS = ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值及单位"]
CHECK = "这一行的格子与表头对不上，按文字认出，请核对。"


def rows_of(*texts: str) -> list[list[RowCell]]:
    return [[RowCell(at, 0, 1, text)] for at, text in enumerate(texts, start=1)]


def read_lines(*texts: str) -> Reading:
    return read(grid_of(*([text] for text in ("部门名称", "财政局", *HEADS, *texts))), HUNAN)


def indicators(reading: Reading) -> list[tuple[str | None, str, str]]:
    return [(row.node, row.name, row.target) for row in reading.document.indicators]


def test_it_is_one_a_line_when_no_row_has_two_cells() -> None:
    assert is_one_a_line(rows_of("甲", "乙", "丙", "丁"))
    assert not is_one_a_line(rows_of("甲", "乙", "丙"))
    assert not is_one_a_line([*rows_of("甲", "乙", "丙", "丁"), [RowCell(5, 0, 1, "戊"), RowCell(5, 1, 1, "己")]])


def test_heads_and_rows_are_put_beside_one_another() -> None:
    rows = regroup(rows_of("部门名称", "甲", *HEADS[1:], "产出指标", "数量指标", "乙", "1人", "丙", "2人"), HUNAN)
    assert [[spot.text for spot in row] for row in rows] == [
        ["部门名称"], ["甲"], HEADS[1:], ["产出指标", "数量指标", "乙", "1人"], ["丙", "2人"],
    ]  # fmt: skip


def test_texts_without_heads_stay_as_they_are() -> None:
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


def test_a_cost_at_the_first_level_is_one_where_a_second_level_follows() -> None:
    reading = read_lines("成本指标", "经济成本指标", "丙", "≤3万元")
    assert [(row.node, row.name, row.target) for row in reading.document.indicators] == [("OUT.COST", "丙", "≤3万元")]
    assert list(reading.warnings) == [place.indicator("r1", "node")]


def test_a_value_that_may_be_another_rows_name_is_to_be_checked() -> None:
    reading = read_lines("产出指标", "数量指标", "甲", "乙", "质量指标", "丙", "3%")
    assert reading.warnings == {place.indicator("r1", "name"): CHECK, place.indicator("r1", "target"): CHECK}


def test_a_name_without_a_value_is_to_be_checked() -> None:
    reading = read_lines("产出指标", "数量指标", "甲", "质量指标", "丙", "3%")
    assert indicators(reading) == [("OUT.QTY", "甲", ""), ("OUT.QUAL", "丙", "3%")]
    assert reading.warnings == {place.indicator("r1", "name"): CHECK}
