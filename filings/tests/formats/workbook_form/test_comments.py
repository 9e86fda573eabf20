"""Annotated workbook forms: red cells, comments, a sign at the row's end, no other changes."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from filings.document import place
from filings.formats.file import CannotRead
from filings.formats.workbook_form.comments import AUTHOR, SIGN, CellComment, annotate
from filings.formats.workbook_form.keys import SheetPosition
from filings.formats.xlsx import write as xlsx
from filings.table.layout.document import lay_out
from filings.tests.formats.workbook_form.workbooks import (
    AT,
    back,
    cells_of,
    cells_of_colour,
    changed,
    founding_form,
    keys_column,
    opened,
    tinted,
    typed,
    unlocked,
)
from filings.tests.founding import EDITION, founding_document

MONEY = place.amount("EXP.BASIC")
WRONG = typed(founding_form(), MONEY, "约三百")
MONEY_CELL = back(WRONG).positions[MONEY]
NAME_CELL = back(WRONG).positions[place.indicator(founding_document().indicators[2].key, "name")]
NO_AMOUNT = CellComment(MONEY_CELL, "「约三百」看不出是多少，请填一个数，比如 317.13。")


def table(data: bytes) -> Worksheet:
    return opened(data).worksheets[0]


def comments(sheet: Worksheet) -> dict[SheetPosition, str]:
    """Return the comments of the program by position."""
    comments = {position: cell.comment for position, cell in cells_of(sheet).items()}
    return {position: comment.text for position, comment in comments.items() if comment and comment.author == AUTHOR}


def red(sheet: Worksheet) -> set[SheetPosition]:
    return cells_of_colour(cells_of(sheet), "FFFFC7CE")


def signs(sheet: Worksheet) -> set[SheetPosition]:
    return {position for position, cell in cells_of(sheet).items() if cell.value == SIGN}


def test_a_refused_cell_is_red_with_the_reason_as_a_comment() -> None:
    marked = annotate(WRONG, [NO_AMOUNT])
    sheet = table(marked)
    assert comments(sheet) == {MONEY_CELL: NO_AMOUNT.sentence}
    assert red(sheet) == {MONEY_CELL}
    assert signs(sheet) == {SheetPosition(MONEY_CELL.row, 7)}
    assert sheet.cell(MONEY_CELL.row, MONEY_CELL.column).value == "约三百"


def test_several_reasons_for_a_cell_are_one_comment() -> None:
    cell_comments = [CellComment(NAME_CELL, "甲。"), NO_AMOUNT, CellComment(NAME_CELL, "乙。")]
    sheet = table(annotate(WRONG, cell_comments))
    assert comments(sheet) == {NAME_CELL: "甲。\n乙。", MONEY_CELL: NO_AMOUNT.sentence}
    assert signs(sheet) == {SheetPosition(MONEY_CELL.row, 7), SheetPosition(NAME_CELL.row, 7)}


def test_a_cell_covered_by_a_merged_one_annotates_the_merged_cell() -> None:
    sheet = table(annotate(WRONG, [CellComment(SheetPosition(NAME_CELL.row, NAME_CELL.column + 1), "甲。")]))
    assert comments(sheet) == {NAME_CELL: "甲。"}


def test_an_annotated_form_is_read_as_before() -> None:
    assert back(annotate(WRONG, [NO_AMOUNT])) == back(WRONG)


def test_locks_and_tints_stay_except_for_the_red_cell() -> None:
    marked = annotate(WRONG, [NO_AMOUNT])
    assert unlocked(marked) == unlocked(founding_form())
    assert tinted(founding_form()) - tinted(marked) == {MONEY_CELL}
    assert table(marked).protection.sheet is True


def test_earlier_annotations_are_removed() -> None:
    other = CellComment(NAME_CELL, "甲。")
    again = annotate(annotate(WRONG, [NO_AMOUNT]), [other])
    sheet = table(again)
    assert comments(sheet) == {NAME_CELL: "甲。"}
    assert red(sheet) == {NAME_CELL}
    assert signs(sheet) == {SheetPosition(NAME_CELL.row, 7)}
    clean = annotate(again, [])
    assert (comments(table(clean)), red(table(clean)), signs(table(clean))) == ({}, set(), set())
    assert tinted(clean) == tinted(founding_form())


def test_comments_of_users_stay() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A2"].comment = Comment("问一下财政局", "张三")

    comment = table(annotate(changed(WRONG, change), [NO_AMOUNT]))["A2"].comment
    assert comment is not None
    assert (comment.text, comment.author) == ("问一下财政局", "张三")


def test_signs_move_with_inserted_columns_and_are_appended_if_their_column_was_deleted() -> None:
    moved = changed(founding_form(), lambda sheet: sheet.insert_cols(1))
    position = back(moved).positions[MONEY]
    assert signs(table(annotate(moved, [CellComment(position, "甲。")]))) == {SheetPosition(position.row, 8)}
    without = changed(founding_form(), lambda sheet: sheet.delete_cols(7))
    keys = keys_column(table(without))
    assert signs(table(annotate(without, [NO_AMOUNT]))) == {SheetPosition(MONEY_CELL.row, keys + 1)}


def test_control_characters_of_a_reason_do_not_break_the_file() -> None:
    sheet = table(annotate(WRONG, [CellComment(MONEY_CELL, "「甲\x00乙」。")]))
    assert comments(sheet) == {MONEY_CELL: "「甲乙」。"}


def test_another_workbook_is_refused() -> None:
    printed = xlsx.write(lay_out(founding_document(), EDITION), made_at=AT)
    with pytest.raises(CannotRead, match="不是系统给出的填报表"):
        annotate(printed, [NO_AMOUNT])


def with_part(name: str, content: bytes | None) -> bytes:
    """Replace the content of a part, or remove the part if there is no `content`."""
    kept = BytesIO()
    with ZipFile(BytesIO(WRONG)) as source, ZipFile(kept, "w", ZIP_DEFLATED) as target:
        for member in source.namelist():
            if member != name:
                target.writestr(member, source.read(member))
        if content is not None:
            target.writestr(name, content)
    return kept.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xd0\xcf\x11\xe0",
        WRONG[:-300],
        with_part("xl/workbook.xml", None),
        with_part(SHEET, b"<worksheet><sheetData>"),
        with_part(SHEET, b'<worksheet><mergeCells><mergeCell ref="?"/></mergeCells></worksheet>'),
        with_part(SHEET, "<worksheet/>".encode("utf-16")),
    ],
    ids=["empty", "old", "cut", "no workbook", "half a sheet", "no range", "another encoding"],
)
def test_a_broken_file_is_refused(data: bytes) -> None:
    with pytest.raises(CannotRead):
        annotate(data, [NO_AMOUNT])


@pytest.mark.parametrize("name", [SHEET, "xl/worksheets/SHEET1.xml", "docProps/picture.png"])
def test_a_workbook_with_too_many_merged_cells_is_refused_at_once(name: str) -> None:
    merged = b'<worksheet><x:mergeCell xmlns:x="x" ref="A1:XFD1048576"/></worksheet>'
    with pytest.raises(CannotRead, match="比系统给出的大得多"):
        annotate(with_part(name, merged), [NO_AMOUNT])


def test_a_workbook_much_larger_than_a_form_is_refused() -> None:
    content = bytes(range(256)) * (50 * 1024)
    with pytest.raises(CannotRead, match="比系统给出的大得多"):
        annotate(with_part("xl/media/noise.bin", content), [NO_AMOUNT])


def test_a_single_distant_cell_is_harmless() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["XFD1048576"].number_format = "0.00"

    comment = (
        opened(annotate(changed(WRONG, change), [NO_AMOUNT]))
        .worksheets[0]
        .cell(MONEY_CELL.row, MONEY_CELL.column)
        .comment
    )
    assert comment is not None
    assert comment.text == NO_AMOUNT.sentence
