"""A form sent back with its reasons: red cells, comments, a sign at the row's end, nothing else changed."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from filings.document import place
from filings.formats.file import CannotRead
from filings.formats.workbook_form.comments import (
    AUTHOR,
    SIGN,
    Reason,
    mark,
)
from filings.formats.workbook_form.keys import SheetPosition
from filings.formats.xlsx import write as xlsx
from filings.table.layout.document import lay_out
from filings.tests.formats.workbook_form.workbooks import (
    AT,
    back,
    cells_of,
    changed,
    filled,
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
AT_MONEY = back(WRONG).spots[MONEY]
AT_NAME = back(WRONG).spots[place.indicator(founding_document().indicators[2].key, "name")]
NO_AMOUNT = Reason(AT_MONEY, "「约三百」看不出是多少，请填一个数，比如 317.13。")


def table(data: bytes) -> Worksheet:
    return opened(data).worksheets[0]


def comments(sheet: Worksheet) -> dict[SheetPosition, str]:
    """Every comment of the program by its cell."""
    found = {spot: cell.comment for spot, cell in cells_of(sheet).items()}
    return {spot: comment.text for spot, comment in found.items() if comment and comment.author == AUTHOR}


def red(sheet: Worksheet) -> set[SheetPosition]:
    return filled(cells_of(sheet), "FFFFC7CE")


def signs(sheet: Worksheet) -> set[SheetPosition]:
    return {spot for spot, cell in cells_of(sheet).items() if cell.value == SIGN}


def test_a_cell_that_could_not_be_taken_is_red_and_says_why() -> None:
    marked = mark(WRONG, [NO_AMOUNT])
    sheet = table(marked)
    assert comments(sheet) == {AT_MONEY: NO_AMOUNT.sentence}
    assert red(sheet) == {AT_MONEY}
    assert signs(sheet) == {SheetPosition(AT_MONEY.row, 7)}
    assert sheet.cell(AT_MONEY.row, AT_MONEY.column).value == "约三百"


def test_several_reasons_of_a_cell_stand_in_one_comment() -> None:
    reasons = [Reason(AT_NAME, "甲。"), NO_AMOUNT, Reason(AT_NAME, "乙。")]
    sheet = table(mark(WRONG, reasons))
    assert comments(sheet) == {AT_NAME: "甲。\n乙。", AT_MONEY: NO_AMOUNT.sentence}
    assert signs(sheet) == {SheetPosition(AT_MONEY.row, 7), SheetPosition(AT_NAME.row, 7)}


def test_a_cell_under_a_merged_one_marks_the_whole() -> None:
    sheet = table(mark(WRONG, [Reason(SheetPosition(AT_NAME.row, AT_NAME.column + 1), "甲。")]))
    assert comments(sheet) == {AT_NAME: "甲。"}


def test_a_marked_form_is_read_as_before() -> None:
    assert back(mark(WRONG, [NO_AMOUNT])) == back(WRONG)


def test_locks_and_tints_stay_but_for_the_red_cell() -> None:
    marked = mark(WRONG, [NO_AMOUNT])
    assert unlocked(marked) == unlocked(founding_form())
    assert tinted(founding_form()) - tinted(marked) == {AT_MONEY}
    assert table(marked).protection.sheet is True


def test_marks_of_an_earlier_time_go() -> None:
    other = Reason(AT_NAME, "甲。")
    again = mark(mark(WRONG, [NO_AMOUNT]), [other])
    sheet = table(again)
    assert comments(sheet) == {AT_NAME: "甲。"}
    assert red(sheet) == {AT_NAME}
    assert signs(sheet) == {SheetPosition(AT_NAME.row, 7)}
    clean = mark(again, [])
    assert (comments(table(clean)), red(table(clean)), signs(table(clean))) == ({}, set(), set())
    assert tinted(clean) == tinted(founding_form())


def test_a_person_s_own_comments_stay() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A2"].comment = Comment("问一下财政局", "张三")

    found = table(mark(changed(WRONG, change), [NO_AMOUNT]))["A2"].comment
    assert found is not None
    assert (found.text, found.author) == ("问一下财政局", "张三")


def test_signs_follow_a_column_put_in_and_come_back_when_theirs_is_gone() -> None:
    moved = changed(founding_form(), lambda sheet: sheet.insert_cols(1))
    spot = back(moved).spots[MONEY]
    assert signs(table(mark(moved, [Reason(spot, "甲。")]))) == {SheetPosition(spot.row, 8)}
    without = changed(founding_form(), lambda sheet: sheet.delete_cols(7))
    keys = keys_column(table(without))
    assert signs(table(mark(without, [NO_AMOUNT]))) == {SheetPosition(AT_MONEY.row, keys + 1)}


def test_control_characters_of_a_reason_do_not_break_the_file() -> None:
    sheet = table(mark(WRONG, [Reason(AT_MONEY, "「甲\x00乙」。")]))
    assert comments(sheet) == {AT_MONEY: "「甲乙」。"}


def test_another_workbook_is_not_marked() -> None:
    printed = xlsx.write(lay_out(founding_document(), EDITION), made_at=AT)
    with pytest.raises(CannotRead, match="不是系统给出的填报表"):
        mark(printed, [NO_AMOUNT])


def with_part(name: str, content: bytes | None) -> bytes:
    """A form with another content of a part, or without the part."""
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
        mark(data, [NO_AMOUNT])


@pytest.mark.parametrize("name", [SHEET, "xl/worksheets/SHEET1.xml", "docProps/picture.png"])
def test_a_workbook_merged_all_over_is_refused_at_once(name: str) -> None:
    merged = b'<worksheet><x:mergeCell xmlns:x="x" ref="A1:XFD1048576"/></worksheet>'
    with pytest.raises(CannotRead, match="比系统给出的大得多"):
        mark(with_part(name, merged), [NO_AMOUNT])


def test_a_workbook_much_larger_than_a_form_is_refused() -> None:
    content = bytes(range(256)) * (50 * 1024)
    with pytest.raises(CannotRead, match="比系统给出的大得多"):
        mark(with_part("xl/media/noise.bin", content), [NO_AMOUNT])


def test_a_lone_cell_far_away_does_no_harm() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["XFD1048576"].number_format = "0.00"

    comment = (
        opened(mark(changed(WRONG, change), [NO_AMOUNT])).worksheets[0].cell(AT_MONEY.row, AT_MONEY.column).comment
    )
    assert comment is not None
    assert comment.text == NO_AMOUNT.sentence
