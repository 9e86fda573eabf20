"""Building blocks of all workbooks: plain-text cells, borders, print settings, a file with reproducible bytes."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from filings.formats import office_package
from filings.formats.file import CannotPrint
from filings.formats.office_package import xml_text
from filings.formats.xlsx import style
from filings.table.grid import Cell, Grid, Style
from filings.table.marks import DRAFT, NO_MARKS, Marks

LONGEST_CELL = 32_767
SHEET = "绩效目标表"
# Excel reads _x0041_ as the letter A, unless its first underscore is escaped as _x005F_.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t")
_PROPERTIES = "docProps/core.xml"
_MM_PER_INCH = 25.4


@dataclass(frozen=True)
class CellRange:
    """The cells of a sheet that one cell of the grid covers, one-based and inclusive."""

    top: int
    bottom: int
    left: int
    right: int


def new_workbook(grid: Grid) -> Workbook:
    """Create a workbook with one empty sheet that has the column widths of the grid."""
    workbook = Workbook()
    # Column widths are counted in digits of this font; openpyxl has no public way to set it.
    workbook._named_styles["Normal"].font = Font(name=style.SONG, size=11)  # type: ignore[attr-defined]
    sheet = workbook.worksheets[0]
    sheet.title = SHEET
    for number, width in enumerate(style.column_widths(grid), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    return workbook


def last_row(sheet: Worksheet) -> int:
    """Return the number of the last row that has a cell or a height, 0 for an empty sheet."""
    return max(sheet.row_dimensions, default=0)


def write_cell(sheet: Worksheet, cell: Cell, box: CellRange) -> SheetCell:
    """Write a cell of the grid, merge its box and return the box's first cell. Raises CannotPrint."""
    first = write_text(sheet, box.top, box.left, cell.content)
    first.font, first.alignment = style.font(cell.style), style.alignment(cell.style)
    if cell.style is Style.TARGET:
        first.number_format = "@"
    if (box.top, box.left) != (box.bottom, box.right):
        sheet.merge_cells(start_row=box.top, end_row=box.bottom, start_column=box.left, end_column=box.right)
    return first


def write_text(sheet: Worksheet, row: int, column: int, text: str) -> SheetCell:
    """Write text that no program takes for a formula, a number or a date; blank text leaves the cell empty."""
    cell = cast(SheetCell, sheet.cell(row, column))
    set_text(cell, text)
    return cell


def set_text(cell: SheetCell, text: str) -> None:
    """Set the text of a cell as `write_text` does. Raises CannotPrint if it is too long."""
    text = excel_text(text)
    if text:
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_FORMULA_SIGNS)


def draw_border(sheet: Worksheet, box: CellRange, *, joined: bool = False, is_continued: bool = False) -> None:
    """Draw a border round a box, open at the top if joined to the row above, at the bottom if continued below."""
    border = style.border(joined=joined, is_continued=is_continued)
    for row in sheet.iter_rows(box.top, box.bottom, box.left, box.right):
        for cell in row:
            cell.border = border


def excel_text(text: str) -> str:
    """Remove characters that Excel cannot hold and escape what it would decode. Raises CannotPrint if too long."""
    escaped = _ESCAPE.sub("_x005F_", xml_text(text))
    # Excel counts a character outside the basic plane as two.
    if len(escaped) > LONGEST_CELL // 2 and len(escaped.encode("utf-16-le")) // 2 > LONGEST_CELL:
        raise CannotPrint(
            f"有一个单元格共 {len(escaped)} 字，超过 Excel 单元格的上限 {LONGEST_CELL} 字。请缩短后再导出。"
        )
    return escaped


def prepare_print(sheet: Worksheet, grid: Grid, *, first_row: int = 1, marks: Marks = NO_MARKS) -> None:
    """Set up A4 portrait, one page wide and as many long as needed, centred, with page numbers and marks.

    Rows above `first_row` are not printed.
    """
    last = last_row(sheet)
    if last:
        sheet.print_area = f"A{first_row}:{get_column_letter(max(1, len(grid.widths)))}{last}"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "portrait"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    side, end = style.SIDE_MARGIN_MM / _MM_PER_INCH, style.END_MARGIN_MM / _MM_PER_INCH
    sheet.page_margins = PageMargins(left=side, right=side, top=end, bottom=end, header=end / 2, footer=end / 2)
    sheet.print_options.horizontalCentered = True
    sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter = _header(marks), _footer(marks)
    sheet.sheet_view.showGridLines = False


def _header(marks: Marks) -> HeaderFooterItem:
    header = HeaderFooterItem()
    if marks.is_draft:
        top = header.center
        top.text, top.font, top.size, top.color = DRAFT, f"{style.SONG},Bold", 24, "A6A6A6"
    return header


def _footer(marks: Marks) -> HeaderFooterItem:
    """Page numbers in the middle, to the right of the marks if there are any."""
    footer = HeaderFooterItem()
    texts = ((footer.left, marks.footer), (footer.right if marks.footer else footer.center, "第 &P 页 共 &N 页"))
    for part, text in texts:
        if text:
            part.text, part.font, part.size = text, f"{style.SONG},Regular", 9
    return footer


def save(workbook: Workbook, *, title: str, made_at: datetime) -> bytes:
    """Save the workbook without the time of saving that openpyxl stores: the same cells give the same bytes."""
    saved = BytesIO()
    workbook.save(saved)
    return office_package.repack(saved, {_PROPERTIES: _properties(title, made_at)})


def _properties(title: str, made_at: datetime) -> str | bytes:
    time = made_at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    properties = DocumentProperties(title=excel_text(title), language="zh-CN", creator="", created=time, modified=time)
    return tostring(properties.to_tree())
