"""The Word document: merged cells, each text in one cell, rows kept together, no other content in the file."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.document import Document as WordDocument
from hypothesis import given, settings
from hypothesis import strategies as st

from filings.document.content import FilingDocument
from filings.formats.docx import style as word_style
from filings.formats.docx import write as docx
from filings.table.grid import Cell, Grid, Join, Row, Style
from filings.table.layout.document import lay_out
from filings.tests.formats.docx.word_tables import AT, WordCell, opened, table_cells, texts, unsplittable_rows
from filings.tests.founding import EDITION, founding_document, with_indicators
from filings.tests.strategies import documents

FORMULAS = ("=SUM(A1)", "{ PAGE }", '<w:fldSimple w:instr="DATE"/>', "HYPERLINK http://a", "&amp;", "_x0041_")


@pytest.fixture(scope="module")
def founding() -> WordDocument:
    return opened(lay_out(founding_document(), EDITION))


def one_cell(text: str, style: Style = Style.TARGET) -> Grid:
    return Grid((Row((Cell(text, style=style),), "indicators"),), widths=(100,))


def flow(grid: Grid) -> list[list[str]]:
    """Return the expected texts: Word requires a paragraph after the table, empty if no line is below it."""
    above, below = ([[cell.content] for cell in cells] for cells in (grid.above, grid.below))
    return [*above, *grid.flow(), *(below or [[""]])]


def test_all_texts_are_written_in_the_order_of_the_table(founding: WordDocument) -> None:
    assert list(texts(founding)) == flow(lay_out(founding_document(), EDITION))


def test_cells_of_the_founding_table_are_merged_as_on_paper(founding: WordDocument) -> None:
    labels = {cell.text: (cell.row, cell.column, cell.columns, cell.rows) for cell in table_cells(founding)}
    assert len(founding.tables[0].rows) == 22
    assert labels["中共衡东县委组织部"] == (0, 1, 5, 1)
    assert labels["年度预算\n申请\n（万元）"] == (1, 0, 1, 6)
    assert labels["按收入性质分："] == (2, 1, 3, 1)
    assert labels["按支出性质分："] == (2, 4, 2, 1)
    assert labels["部门职能\n职责概述"] == (7, 0, 1, 1)
    assert labels["部门整体\n支出年度\n绩效指标"] == (9, 0, 1, 13)
    assert labels["产出指标"] == (10, 1, 1, 8)
    assert labels["数量指标"] == (10, 2, 1, 2)
    assert labels["财政供养人员"] == (10, 3, 2, 1)
    assert labels["≥98%"] == (21, 5, 1, 1)


def test_all_duties_are_paragraphs_of_one_cell(founding: WordDocument) -> None:
    cell = founding.tables[0].rows[7].cells[1]
    assert [paragraph.text for paragraph in cell.paragraphs] == [duty.text for duty in founding_document().duties]


def test_continued_rows_become_one_cell_that_their_label_spans() -> None:
    label = Cell("职责", rows=4, style=Style.LABEL)
    joins = (None, Join.RUN, Join.LINE, None)
    prose = [
        Row((Cell(text, 1, style=Style.PROSE),), "duties", join=join)
        for text, join in zip("甲乙丙丁", joins, strict=True)
    ]
    first = Row((label, *prose[0].cells), "duties")
    assert table_cells(opened(Grid((first, *prose[1:]), widths=(20, 80)))) == [
        WordCell("职责", word_style.CENTRED.key, 0, 0, 1, 2),
        WordCell("甲乙\n丙", word_style.PROSE.key, 0, 1, 1, 1),
        WordCell("丁", word_style.PROSE.key, 1, 1, 1, 1),
    ]


def test_gaps_between_cells_are_empty_cells() -> None:
    rows = (Row((Cell("甲", rows=2), Cell("乙", 3)), "goal"), Row((Cell("丙", 1),), "goal"))
    assert list(texts(opened(Grid(rows, widths=(25, 25, 25, 25))))) == [["甲", "", "乙"], ["", "丙", ""], [""]]


def test_rows_except_prose_are_kept_on_one_page(founding: WordDocument) -> None:
    assert unsplittable_rows(founding.tables[0]) == [row not in (7, 8) for row in range(22)]


def test_title_heads_and_signatures_are_kept_with_the_next_line() -> None:
    grid = Grid(
        (Row((Cell("头"),), "goal", stays_with_next=True), Row((Cell("中"),), "goal"), Row((Cell("末"),), "goal")),
        above=(Cell("题", style=Style.TITLE),),
        below=tuple(Cell(label, style=Style.HEADER) for label in ("填报人：", "联系电话：", "填报日期：")),
        widths=(100,),
    )
    paragraphs = opened(grid).element.body.xpath(".//w:p[w:pPr/w:keepNext]")
    assert [paragraph.text for paragraph in paragraphs] == ["题", "头", "末", "填报人：\t联系电话："]


def test_a_tab_becomes_a_tab_element() -> None:
    assert len(opened(one_cell("甲\t乙")).element.xpath("//w:tc//w:r/w:tab")) == 1


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_looks_like_a_formula_or_field_stays_text(text: str) -> None:
    document = opened(one_cell(text))
    assert list(texts(document)) == [[text], [""]]
    assert document.element.xpath("//w:fldSimple | //w:fldChar | //w:instrText | //w:hyperlink") == []


@pytest.mark.parametrize("style", [Style.TARGET, Style.PROSE])
@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("甲\x00\x07\x0b乙", "甲乙"),
        ("甲\r\n乙\r丙\n\n丁", "甲\n乙\n丙\n\n丁"),
        ("甲\t乙", "甲\t乙"),
        ("\ud800甲\uffff", "甲"),
        ("  甲  ", "  甲  "),
        ("<b>&amp;\"'", "<b>&amp;\"'"),
        ("𠮷" * 300, "𠮷" * 300),
    ],
)
def test_all_characters_are_kept_except_those_that_xml_cannot_hold(style: Style, text: str, kept: str) -> None:
    assert [cell.text for cell in table_cells(opened(one_cell(text, style)))] == [kept]


def test_lines_of_a_label_are_one_paragraph_and_lines_of_prose_are_several() -> None:
    grid = Grid(
        (Row((Cell("甲\n乙", style=Style.LABEL), Cell("丙\n丁", 1, style=Style.PROSE)), "goal"),), widths=(20, 80)
    )
    label, prose = opened(grid).tables[0].rows[0].cells
    assert [len(cell.paragraphs) for cell in (label, prose)] == [1, 2]


def test_properties_are_title_language_and_the_given_date_without_author(founding: WordDocument) -> None:
    properties = founding.core_properties
    assert (properties.title, properties.language) == ("2022年部门整体支出绩效目标表", "zh-CN")
    assert (properties.created, properties.modified) == (AT, AT)
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")


def test_a_long_title_is_cut_in_the_properties_only() -> None:
    document = opened(Grid((), above=(Cell("题" * 300, style=Style.TITLE),)))
    assert (list(texts(document)), document.core_properties.title) == ([["题" * 300], [""]], "题" * 255)


def test_the_same_table_gives_the_same_bytes_and_no_other_parts() -> None:
    grid = lay_out(founding_document(), EDITION)
    first = docx.write(grid, made_at=AT)
    assert docx.write(grid, made_at=AT) == first
    assert docx.write(grid, made_at=AT + timedelta(days=1)) != first
    with ZipFile(BytesIO(first)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert sorted(archive.namelist()) == [
            "[Content_Types].xml",
            "_rels/.rels",
            "docProps/core.xml",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/footer1.xml",
            "word/settings.xml",
            "word/styles.xml",
        ]


def test_a_table_of_300_indicators_is_complete() -> None:
    grid = lay_out(with_indicators(300), EDITION)
    assert list(texts(opened(grid))) == flow(grid)


def test_lines_below_the_table_follow_it() -> None:
    grid = Grid((Row((Cell("甲"),), "goal"),), below=(Cell("填报人：", style=Style.HEADER),), widths=(100,))
    assert list(texts(opened(grid))) == [["甲"], ["填报人："]]


def test_an_empty_grid_is_an_empty_document() -> None:
    assert list(texts(opened(Grid(())))) == [[""]]


@given(documents(EDITION), st.booleans())
@settings(max_examples=20)
def test_every_document_is_written_as_printed(document: FilingDocument, whole_texts: bool) -> None:
    grid = lay_out(document, EDITION, whole_texts=whole_texts)
    written = opened(grid)
    assert list(texts(written)) == flow(grid)
    for row in written.tables[0]._tbl.tr_lst:
        assert sum(cell.grid_span for cell in row.tc_lst) == len(EDITION.widths)


@given(st.lists(st.tuples(st.text(), st.sampled_from(Style), st.sampled_from([None, *Join])), max_size=5))
@settings(max_examples=20)
def test_any_text_in_any_cell_is_written(cells: list[tuple[str, Style, Join | None]]) -> None:
    rows = tuple(Row((Cell(text, style=style),), "goal", join=join) for text, style, join in cells)
    begun = sum(index == 0 or join is None for index, (_, _, join) in enumerate(cells))
    assert len(list(texts(opened(Grid(rows, widths=(100,)))))) == begun + 1
