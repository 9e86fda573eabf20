"""Marks of an Excel copy: a red line above the printed area, header and footer of each page."""

from io import BytesIO

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from filings.formats.xlsx import write as xlsx
from filings.table.layout.document import lay_out
from filings.table.marks import Marks
from filings.tests.formats.xlsx.test_write import AT
from filings.tests.founding import EDITION, founding_document

FOOTER = "送审稿 第2版 校验码 0a1b2c3d4e5f"
NUMBERS = "第 &P 页 共 &N 页"


def sheet_of(marks: Marks) -> Worksheet:
    return load_workbook(
        BytesIO(xlsx.write(lay_out(founding_document(), EDITION), made_at=AT, marks=marks))
    ).worksheets[0]


def printed(sheet: Worksheet) -> tuple[str | None, list[str | None]]:
    """Return the header, and the three parts of the footer."""
    assert sheet.oddHeader is not None
    assert sheet.oddFooter is not None
    foot = sheet.oddFooter
    return sheet.oddHeader.center.text, [foot.left.text, foot.center.text, foot.right.text]


def test_a_draft_is_marked_on_screen_and_on_every_page() -> None:
    sheet = sheet_of(Marks(is_draft=True))
    assert sheet["A1"].value == "草稿"
    assert sheet["A2"].value == "2022年部门整体支出绩效目标表"
    assert sheet.print_area == "'绩效目标表'!$A$2:$F$37"
    assert printed(sheet) == ("草稿", [None, NUMBERS, None])


def test_a_submitted_version_has_its_footer() -> None:
    sheet = sheet_of(Marks(footer=FOOTER))
    assert sheet["A1"].value == FOOTER
    assert printed(sheet) == (None, [FOOTER, None, NUMBERS])


def test_pages_break_at_the_same_rows_of_the_table() -> None:
    plain, marked = (sheet_of(marks) for marks in (Marks(), Marks(is_draft=True)))
    assert [item.id + 1 for item in plain.row_breaks.brk] == [item.id for item in marked.row_breaks.brk]
