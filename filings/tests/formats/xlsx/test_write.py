"""The workbook: merged cells with borders, texts as printed and never a formula, ready to print."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.worksheet.worksheet import Worksheet

from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.formats.file import CannotPrint
from filings.formats.xlsx import write as xlsx
from filings.table.grid import Cell, Grid, Join, Row, Style
from filings.table.layout.document import lay_out
from filings.table.reading.row_cells import RUNS_ON
from filings.tests.founding import EDITION, founding_document, with_indicators
from filings.tests.strategies import tables

AT = datetime(2022, 1, 5, 9, 30, tzinfo=UTC)
HIGHEST_ROW = 409


def opened(grid: Grid) -> Workbook:
    return load_workbook(BytesIO(xlsx.write(grid, made_at=AT)))


def sheet_of(grid: Grid) -> Worksheet:
    return opened(grid).worksheets[0]


@pytest.fixture(scope="module")
def founding() -> Worksheet:
    return sheet_of(lay_out(founding_document(), EDITION))


@pytest.fixture(scope="module")
def borders() -> dict[tuple[int, int], list[str | None]]:
    """Read the borders of each cell in read-only mode, because openpyxl otherwise recreates those of merged cells."""
    written = BytesIO(xlsx.write(lay_out(founding_document(), EDITION), made_at=AT))
    rows = load_workbook(written, read_only=True).worksheets[0].iter_rows()
    cells = [(row, column, cell) for row, line in enumerate(rows, 1) for column, cell in enumerate(line, 1)]
    return {
        (row, column): [getattr(cell.border, side).style for side in ("left", "right", "top", "bottom")]
        for row, column, cell in cells
        if isinstance(cell, ReadOnlyCell)
    }


def one_cell(text: str, style: Style = Style.TARGET) -> Grid:
    return Grid((Row((Cell(text, style=style),), "indicators"),), widths=(100,))


def contents(grid: Grid) -> Iterator[str]:
    for cell in (*grid.above, *(cell for row in grid.rows for cell in row.cells), *grid.below):
        yield cell.content


def texts(sheet: Worksheet) -> Iterator[str]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                assert cell.data_type == "s"
                yield str(cell.value)


def test_amounts_are_written_as_printed(founding: Worksheet) -> None:
    assert [founding.cell(row, 2).value for row in range(4, 10)] == [
        "资金总额：550.13万元",
        "按收入性质分：",
        "其中：一般公共预算：550.13万元",
        "政府性基金拨款：",
        "纳入专户管理的非税收入拨款：",
        "其他资金",
    ]
    assert [founding.cell(row, 5).value for row in range(5, 10)] == [
        "按支出性质分：",
        "其中：基本支出：317.13万元",
        "项目支出：233万元",
        None,
        None,
    ]


def test_cells_of_the_founding_table_are_merged_as_on_paper(founding: Worksheet) -> None:
    merged = {str(area) for area in founding.merged_cells.ranges}
    duties, goal = {f"B{row}:F{row}" for row in range(10, 23)}, {"B23:F23"}
    names = {f"D{row}:E{row}" for row in range(24, 37)}
    assert merged == duties | goal | names | {
        "A1:F1", "A2:F2", "B3:F3", "A4:A9", "B4:F4", "A10:A15", "A16:A22", "A24:A36", "B25:B32", "B33:B36",
        "C25:C26", "C27:C28", "C29:C30", "C31:C32",
        *(f"B{row}:D{row}" for row in range(5, 10)), *(f"E{row}:F{row}" for row in range(5, 10)),
    }  # fmt: skip


def test_every_cell_has_borders_except_between_duties_of_a_page(
    borders: dict[tuple[int, int], list[str | None]],
) -> None:
    table = {place: lines for place, lines in borders.items() if place[0] > 2}
    assert set(table) == {(row, column) for row in range(3, 37) for column in range(1, 7)}
    for (row, column), lines in table.items():
        is_duty = column > 1 and 10 <= row <= 22
        above, below = (None if is_duty and row not in ends else "thin" for ends in ((10, 16), (15, 22)))
        assert lines == ["thin", "thin", above, below], (row, column)


def test_lines_above_the_table_have_no_borders(borders: dict[tuple[int, int], list[str | None]]) -> None:
    assert {tuple(lines) for (row, _), lines in borders.items() if row <= 2} == {(None,) * 4}


def test_the_table_is_in_song_type_with_a_large_bold_title(founding: Worksheet) -> None:
    title, body = founding["A1"], founding["B10"]
    assert (title.font.name, title.font.size, title.font.bold) == ("宋体", 22, True)
    assert (body.font.name, body.font.size, body.font.bold) == ("宋体", 10.5, False)


@pytest.mark.parametrize(
    ("coordinate", "horizontal"),
    [("A1", "center"), ("A2", "left"), ("A4", "center"), ("B4", "left"), ("B10", "left"), ("D25", "center"),
     ("F25", "center")],
)  # fmt: skip
def test_texts_are_aligned_as_on_paper_and_wrap(founding: Worksheet, coordinate: str, horizontal: str) -> None:
    alignment = founding[coordinate].alignment
    assert (alignment.horizontal, alignment.vertical, alignment.wrap_text) == (horizontal, "center", True)


def test_it_prints_on_a4_portrait_one_page_wide(founding: Worksheet) -> None:
    assert founding.print_area == "'绩效目标表'!$A$1:$F$36"
    setup = founding.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "portrait", 1, 0)
    assert founding.sheet_properties.pageSetUpPr is not None
    assert founding.sheet_properties.pageSetUpPr.fitToPage
    assert founding.oddFooter is not None
    assert founding.oddFooter.center.text == "第 &P 页 共 &N 页"


def test_column_widths_are_those_of_the_edition(founding: Worksheet) -> None:
    widths = [founding.column_dimensions[letter].width for letter in "ABCDEF"]
    assert [round(100 * width / sum(widths)) for width in widths] == list(EDITION.widths)


def test_properties_are_title_language_and_the_given_date() -> None:
    properties = opened(lay_out(founding_document(), EDITION)).properties
    assert (properties.title, properties.language) == ("2022年部门整体支出绩效目标表", "zh-CN")
    assert properties.created == properties.modified == AT.replace(tzinfo=None)


def test_the_same_table_gives_the_same_bytes() -> None:
    grid = lay_out(founding_document(), EDITION)
    first = xlsx.write(grid, made_at=AT)
    assert xlsx.write(grid, made_at=AT) == first
    assert xlsx.write(grid, made_at=AT + timedelta(days=1)) != first
    with ZipFile(BytesIO(first)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("text", ["=1+1", "+86", "-3", "@SUM(A1)", '=HYPERLINK("http://a")', "#REF!", "TRUE", "28"])
def test_text_that_looks_like_a_formula_or_number_stays_text(text: str) -> None:
    cell = sheet_of(one_cell(text))["A1"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert bool(cell.quotePrefix) is (text[0] in "=+-@")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("甲\x00\x07\x0b乙", "甲乙"),
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
        ("\ud800甲\uffff", "甲"),
        (" 甲 ", " 甲 "),
        ("<b>&amp;", "<b>&amp;"),
        ("𠮷" * 300, "𠮷" * 300),
    ],
)
def test_all_characters_are_kept_except_those_that_xml_cannot_hold(text: str, kept: str) -> None:
    assert sheet_of(one_cell(text))["A1"].value == kept


def test_text_that_excel_would_decode_is_escaped() -> None:
    """Excel shows `_x0041_` as A and `_x005F_x0041_` as it was typed; openpyxl decodes neither."""
    assert sheet_of(one_cell("_x0041_ _xyz_ _x000D_"))["A1"].value == "_x005F_x0041_ _xyz_ _x005F_x000D_"


@pytest.mark.parametrize("text", ["甲" * 32_767, "𠮷" * 16_383])
def test_a_cell_holds_as_much_as_excel_does(text: str) -> None:
    assert sheet_of(one_cell(text))["A1"].value == text


@pytest.mark.parametrize("text", ["甲" * 32_768, "𠮷" * 16_384])
def test_a_longer_cell_is_refused_with_the_reason(text: str) -> None:
    with pytest.raises(CannotPrint) as caught:
        xlsx.write(one_cell(text), made_at=AT)
    reason = f"有一个单元格共 {len(text)} 字，超过 Excel 单元格的上限 32767 字。请缩短后再导出。"
    assert str(caught.value) == reason


def lines_that_fit(sheet: Worksheet, row: int) -> int:
    """Count the lines of body text that fit, each at least 14.6 points high in any version of Song."""
    return int(float(sheet.row_dimensions[row].height or 0) / 14.6)


@pytest.mark.parametrize(("style", "length"), [(Style.PROSE, 600), (Style.NAME, 200)])
def test_a_row_is_high_enough_for_its_text(style: Style, length: int) -> None:
    rows = (Row((Cell("", 0), Cell("全" * length, 1, style=style)), "duties"),)
    widths = (18, 82) if style is Style.PROSE else (65, 35)
    sheet = sheet_of(Grid(rows, widths=widths))
    # 174 mm of paper, a character 10.5 points wide, two points of padding on either side.
    per_line = int((174 / 25.4 * 72 * widths[1] / 100 - 4) / 10.5)
    assert lines_that_fit(sheet, 1) >= -(-length // per_line)
    assert float(sheet.row_dimensions[1].height or 0) <= HIGHEST_ROW


def test_a_label_taller_than_its_rows_makes_them_taller() -> None:
    rows = (
        Row((Cell("社会公众或服务对象满意度", rows=2, style=Style.LEVEL), Cell("甲", 1)), "indicators"),
        Row((Cell("乙", 1),), "indicators"),
    )
    sheet = sheet_of(Grid(rows, widths=(6, 94)))
    assert lines_that_fit(sheet, 1) + lines_that_fit(sheet, 2) >= 6


def test_a_text_taller_than_the_highest_row_spans_several_rows() -> None:
    rows = (Row((Cell("标", style=Style.LABEL), Cell("名" * 3000, 1, style=Style.NAME)), "indicators"),)
    sheet = sheet_of(Grid((*rows, Row((Cell("下"), Cell("", 1)), "goal")), widths=(65, 35)))
    tall = {str(area) for area in sheet.merged_cells.ranges}
    last = sheet.max_row - 1
    assert tall == {f"A1:A{last}", f"B1:B{last}"}
    assert sheet.cell(sheet.max_row, 1).value == "下"
    assert sum(lines_that_fit(sheet, row) for row in range(1, last + 1)) >= 3000 / 16
    assert all(float(sheet.row_dimensions[row].height or 0) <= HIGHEST_ROW for row in range(1, last + 1))


def test_no_row_of_a_table_of_300_indicators_exceeds_the_limit() -> None:
    grid = lay_out(with_indicators(300), EDITION)
    sheet = sheet_of(grid)
    assert sheet.max_row == len(grid.above) + len(grid.rows)
    assert all(0 < float(sheet.row_dimensions[row].height or 0) <= HIGHEST_ROW for row in range(1, sheet.max_row + 1))


def test_lines_below_the_table_follow_it() -> None:
    grid = Grid((Row((Cell("甲"),), "goal"),), below=(Cell("填报人：", style=Style.HEADER),), widths=(100,))
    assert sheet_of(grid)["A2"].value == "填报人："


def test_an_empty_grid_is_an_empty_sheet() -> None:
    assert list(texts(sheet_of(Grid(())))) == []


def test_a_row_continued_in_mid_sentence_is_marked() -> None:
    rows = tuple(
        Row((Cell(text),), "goal", join=join) for text, join in (("甲", None), ("乙", Join.RUN), ("丙", Join.LINE))
    )
    assert list(texts(sheet_of(Grid(rows, widths=(100,))))) == ["甲", f"{RUNS_ON}乙", "丙"]


@given(tables())
@settings(max_examples=20)
def test_every_text_of_a_document_is_written_once(table: tuple[FilingDocument, Edition]) -> None:
    document, edition = table
    grid = lay_out(document, edition)
    unrepeated = (text for text in texts(sheet_of(grid)) if not text.startswith(RUNS_ON * 2))
    written = (text.removeprefix(RUNS_ON) for text in unrepeated)
    assert Counter(written) == Counter(text for text in contents(grid) if text)


@given(st.lists(st.tuples(st.text(), st.sampled_from(Style), st.sampled_from([None, *Join])), max_size=5))
@settings(max_examples=20)
def test_any_text_in_any_cell_is_written(cells: list[tuple[str, Style, Join | None]]) -> None:
    rows = tuple(Row((Cell(text, style=style),), "goal", join=join) for text, style, join in cells)
    assert len(list(texts(sheet_of(Grid(rows, widths=(100,)))))) <= len(cells)
