"""What every workbook is made of: cells that are plain text, their rules, paper and print, a file of fixed bytes."""

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
from filings.formats.office_package import in_xml
from filings.formats.xlsx import style
from filings.table.grid import Cell, Grid, Style

LONGEST_CELL = 32_767
SHEET = "绩效目标表"
# Excel reads _x0041_ as the letter A, unless its first line is escaped likewise.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t")
_PROPERTIES = "docProps/core.xml"
_MM_PER_INCH = 25.4


@dataclass(frozen=True)
class CellRange:
    """The cells of the sheet that one cell of the grid covers, counted from one, ends included."""

    top: int
    bottom: int
    left: int
    right: int


def begin(grid: Grid) -> Workbook:
    """An empty workbook with one sheet, its columns as wide as the grid's."""
    workbook = Workbook()
    # Column widths count digits of this font, and nothing public sets it.
    workbook._named_styles["Normal"].font = Font(name=style.SONG, size=11)  # type: ignore[attr-defined]
    sheet = workbook.worksheets[0]
    sheet.title = SHEET
    for number, width in enumerate(style.column_widths(grid), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    return workbook


def last_row(sheet: Worksheet) -> int:
    """The last row that something was put into, 0 in an empty sheet."""
    return max(sheet.row_dimensions, default=0)


def put(sheet: Worksheet, cell: Cell, box: CellRange) -> SheetCell:
    """Writes a cell of the grid into its box, merged; gives the box's first cell. Raises CannotPrint."""
    first = put_text(sheet, box.top, box.left, cell.content)
    first.font, first.alignment = style.font(cell.style), style.alignment(cell.style)
    if cell.style is Style.TARGET:
        first.number_format = "@"
    if (box.top, box.left) != (box.bottom, box.right):
        sheet.merge_cells(start_row=box.top, end_row=box.bottom, start_column=box.left, end_column=box.right)
    return first


def put_text(sheet: Worksheet, row: int, column: int, text: str) -> SheetCell:
    """A text that no program takes for a formula, a number or a date; a blank one leaves the cell empty."""
    cell = cast(SheetCell, sheet.cell(row, column))
    text = clean(text)
    if text:
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_FORMULA_SIGNS)
    return cell


def rule(sheet: Worksheet, box: CellRange, *, joined: bool = False, goes_on: bool = False) -> None:
    """Lines round a box, but for the side where it goes on with the row above or below."""
    border = style.border(joined=joined, goes_on=goes_on)
    for row in sheet.iter_rows(box.top, box.bottom, box.left, box.right):
        for cell in row:
            cell.border = border


def clean(text: str) -> str:
    """What Excel can hold of a text: without control characters, and nothing in it read as an escape."""
    kept = _ESCAPE.sub("_x005F_", in_xml(text))
    # Excel counts a character outside the basic plane as two.
    if len(kept) > LONGEST_CELL // 2 and len(kept.encode("utf-16-le")) // 2 > LONGEST_CELL:
        raise CannotPrint(f"有一格共 {len(kept)} 字，超过 Excel 一格能容纳的 {LONGEST_CELL} 字。请缩短这一格后再导出。")
    return kept


def prepare_print(sheet: Worksheet, grid: Grid) -> None:
    """A4 portrait, one page wide and as many long as it takes, centred, with page numbers."""
    last = last_row(sheet)
    if last:
        sheet.print_area = f"A1:{get_column_letter(max(1, len(grid.widths)))}{last}"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "portrait"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    side, end = style.SIDE_MARGIN_MM / _MM_PER_INCH, style.END_MARGIN_MM / _MM_PER_INCH
    sheet.page_margins = PageMargins(left=side, right=side, top=end, bottom=end, header=end / 2, footer=end / 2)
    sheet.print_options.horizontalCentered = True
    footer = HeaderFooterItem()
    footer.center.text, footer.center.font, footer.center.size = "第 &P 页 共 &N 页", f"{style.SONG},Regular", 9
    sheet.HeaderFooter.oddFooter = footer
    sheet.sheet_view.showGridLines = False


def frozen(workbook: Workbook, *, title: str, made_at: datetime) -> bytes:
    """The workbook's file, the same bytes for the same cells: openpyxl writes the hour of saving into it."""
    saved = BytesIO()
    workbook.save(saved)
    return office_package.frozen(saved, {_PROPERTIES: _properties(title, made_at)})


def _properties(title: str, made_at: datetime) -> str | bytes:
    at = made_at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    properties = DocumentProperties(title=clean(title), language="zh-CN", creator="", created=at, modified=at)
    return tostring(properties.to_tree())
