"""Word documents are read as displayed: text, merged cells, nested tables."""

from io import BytesIO
from time import perf_counter

import pytest
from docx import Document

from filings.formats.readers.word import read as word_reader
from filings.table.grid import Cell, Grid
from filings.table.layout.document import lay_out
from filings.tests.formats.readers.coverage import shape, texts
from filings.tests.formats.readers.word.elements import BEGINS, CONTINUES, docx, only_cell, p, span, t, tbl, tc, tr
from filings.tests.founding import EDITION, founding_document


def rows(*of: str, columns: int = 0) -> list[list[tuple[str, int, int, int]]]:
    (grid,) = word_reader.read(docx(tbl(*of, columns=columns)))
    return shape(grid.rows)


def founding_docx() -> bytes:
    """Lay out the founding table as a user would in Word, with merged cells and a row for each duty."""
    grid, document = lay_out(founding_document(), EDITION), Document()
    for line in grid.above:
        document.add_paragraph(line.content)
    columns = max(cell.column + cell.columns for row in grid.rows for cell in row.cells)
    table = document.add_table(len(grid.rows), columns)
    for number, row in enumerate(grid.rows):
        for cell in row.cells:
            first = table.cell(number, cell.column)
            last = table.cell(number + cell.rows - 1, cell.column + cell.columns - 1)
            first.merge(last).text = cell.content
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def test_the_founding_table_is_read_with_its_spans_in_milliseconds() -> None:
    printed, data = lay_out(founding_document(), EDITION), founding_docx()
    begun = perf_counter()
    (grid,) = word_reader.read(data)
    seconds = perf_counter() - begun
    assert shape(grid.rows) == shape(printed.rows)
    assert (texts(grid.above), grid.below) == (texts(printed.above), ())
    # Measured: 14 ms.
    assert seconds < 0.5


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (p(t("甲")) + p("") + p(t("乙")), "甲\n\n乙"),
        (
            p("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:cr/><w:noBreakHyphen/></w:r>"),
            "甲\n乙 丙\n-",
        ),
        (p(t("甲") + f"<w:del>{t('x')}</w:del><w:ins>{t('乙')}</w:ins><w:moveFrom>{t('y')}</w:moveFrom>"), "甲乙"),
        (p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>" + t("甲")), "甲"),
        (p('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>甲</w:t></w:r>'), "甲"),
        (p("<w:r><w:fldChar/><w:instrText>PAGE</w:instrText><w:t>3</w:t></w:r>"), "3"),
        (
            p(f"<w:hyperlink>{t('甲')}</w:hyperlink><w:smartTag><w:fldSimple>{t('乙')}</w:fldSimple></w:smartTag>"),
            "甲乙",
        ),
        (p(f"<w:sdt><w:sdtPr/><w:sdtContent>{t('甲')}</w:sdtContent></w:sdt>"), "甲"),
        (f"<w:sdt><w:sdtContent>{p(t('甲'))}</w:sdtContent></w:sdt>", "甲"),
        (p(f"<w:r><w:ruby><w:rt>{t('x')}</w:rt><w:rubyBase>{t('衡')}</w:rubyBase></w:ruby></w:r>"), "衡"),
        (p("<m:oMath><m:r><m:t>x≥90</m:t></m:r></m:oMath>"), "x≥90"),
        (p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'), "☑≥"),
        (
            p('<w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData></w:fldChar></w:r>'),
            "☑",
        ),
        (p(t("甲")) + p(f"<w:del>{t('x')}</w:del>", "<w:rPr><w:del/></w:rPr>") + p(t("乙")), "甲\n乙"),
    ],
)
def test_a_cell_has_the_displayed_text(inside: str, text: str) -> None:
    assert (only_cell(inside).text, only_cell(inside).warning) == (text, "")


@pytest.mark.parametrize(("value", "box"), [("1", "☑"), ("0", "☐")])
def test_a_check_box_is_read_from_its_state_rather_than_its_character(value: str, box: str) -> None:
    properties = f'<w:sdtPr><w14:checkbox><w14:checked w14:val="{value}"/></w14:checkbox></w:sdtPr>'
    assert only_cell(p(f"<w:sdt>{properties}<w:sdtContent>{t('x')}</w:sdtContent></w:sdt>{t('是')}")).text == f"{box}是"


def test_an_unknown_symbol_is_flagged() -> None:
    cell = only_cell(p(t("甲") + '<w:r><w:sym w:font="Webdings" w:char="F0FE"/></w:r>'))
    assert (cell.text, cell.warning) == ("甲", "有一个符号没有读出，请对照原文件补上。")


def test_columns_are_those_of_the_files_grid() -> None:
    read = rows(tr(tc(p(t("甲")), span(2)), tc(p(t("乙")))), tr(tc(), tc(), tc(p(t("丙")))), columns=3)
    assert read == [[("甲", 0, 2, 1), ("乙", 2, 1, 1)], [("", 0, 1, 1), ("", 1, 1, 1), ("丙", 2, 1, 1)]]


def test_cells_are_merged_downwards_and_to_the_right() -> None:
    right = '<w:hMerge w:val="{}"/>'
    read = rows(
        tr(tc(p(t("甲")), BEGINS), tc(p(t("乙")), right.format("restart")), tc("", right.format("continue"))),
        tr(tc(p(""), CONTINUES), tc(p(t("丙"))), tc()),
    )
    assert read == [[("甲", 0, 1, 2), ("乙", 1, 2, 1)], [("丙", 1, 1, 1), ("", 2, 1, 1)]]


def test_rows_with_grid_before_or_after_have_empty_cells() -> None:
    late, early = '<w:gridBefore w:val="1"/>', '<w:gridAfter w:val="1"/>'
    assert rows(tr(tc(p(t("甲"))), properties=late), tr(tc(p(t("乙"))), properties=early), columns=2) == [
        [("", 0, 1, 1), ("甲", 1, 1, 1)],
        [("乙", 0, 1, 1), ("", 1, 1, 1)],
    ]


@pytest.mark.parametrize("columns", [0, 101, 100_000, 10**12])
def test_absurd_spans_are_cut_at_the_grid(columns: int) -> None:
    assert rows(tr(tc(p(t("甲"))), tc(p(t("乙")), span(columns))), tr(tc(), tc()), columns=2) == [
        [("甲", 0, 1, 1), ("乙", 1, 1, 1)],
        [("", 0, 1, 1), ("", 1, 1, 1)],
    ]


def test_a_cell_after_an_absurd_span_begins_at_the_edge_of_the_files_grid() -> None:
    assert rows(tr(tc(p(t("甲")), span(100_000)), tc(p(t("乙")))), columns=2) == [[("甲", 0, 2, 1), ("乙", 2, 1, 1)]]


def test_rows_and_cells_in_content_controls_are_read_and_deleted_rows_are_not() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    row = control.format(tr(control.format(tc(p(t("甲")))), tc(p(t("乙")))))
    assert rows(row, tr(tc(p(t("x"))), properties="<w:del/>")) == [[("甲", 0, 1, 1), ("乙", 1, 1, 1)]]


def outline(body: str) -> list[tuple[list[str], list[list[str]], list[str]]]:
    return [(texts(grid.above), list(grid.flow()), texts(grid.below)) for grid in word_reader.read(docx(body))]


def test_lines_are_above_their_table_and_the_last_ones_below() -> None:
    first, second = (tbl(tr(tc(p(t(text))))) for text in "甲乙")
    assert outline(p(t("题")) + p("") + first + p(t("间")) + second + p(t("末"))) == [
        (["题"], [["甲"]], []),
        (["间"], [["乙"]], ["末"]),
    ]


def test_a_document_without_tables_is_lines() -> None:
    assert word_reader.read(docx(p(t("甲")))) == [Grid((), (Cell("甲"),))]


def test_a_title_in_a_text_box_is_one_line() -> None:
    box = f"<w:txbxContent>{p(t('题'))}</w:txbxContent>"
    new = f"<w:drawing>{box}</w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    choice = f"<mc:AlternateContent><mc:Choice>{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    for drawn in (choice, old):
        assert outline(p(f"<w:r>{drawn}</w:r>{t('文')}") + tbl(tr(tc(p(t("甲")))))) == [(["题", "文"], [["甲"]], [])]


def test_a_nested_table_follows_the_outer_one() -> None:
    inner = tbl(tr(tc(p(t("内")))))
    assert outline(tbl(tr(tc(p(t("甲"))), tc(p(t("前")) + inner + p(t("后")))))) == [
        ([], [["甲", "前\n后"]], []),
        (["前"], [["内"]], ["后"]),
    ]


def test_a_table_that_only_frames_another_is_left_out_and_its_lines_stay() -> None:
    frame = tbl(tr(tc(p(t("前")) + tbl(tr(tc(p(t("内"))))) + p(t("后")))))
    inner = (["题", "前"], [["内"]], ["后", "末"])
    assert outline(p(t("题")) + frame + p(t("末"))) == [inner]
    assert outline(p(t("题")) + tbl(tr(tc(frame))) + p(t("末"))) == [inner]


def test_lines_around_a_table_without_rows_are_kept() -> None:
    inside = p(t("甲")) + tbl() + p(t("乙")) + tbl(tr(tc(p(t("内"))))) + p(t("丙"))
    assert outline(tbl(tr(tc(inside)))) == [(["甲", "乙"], [["内"]], ["丙"])]
    assert outline(tbl(tr(tc(p(t("甲")) + tbl() + p(t("乙")))))) == [(["甲", "乙"], [], [])]
