"""Writes the table as an Excel workbook: real merged cells, ruled and ready to print on A4, every cell plain text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from itertools import accumulate, pairwise
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from filings.formats import xlsx_look as look
from filings.formats.file import CannotPrint
from filings.table.grid import Cell, Grid, Style

LONGEST_CELL = 32_767
SHEET = "绩效目标表"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?")
# Excel reads _x0041_ as the letter A, unless its first line is escaped likewise.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t")
_PROPERTIES = "docProps/core.xml"
_MM_PER_INCH = 25.4


@dataclass(frozen=True)
class _Box:
    """The cells of the sheet that one cell of the grid covers, counted from one, ends included."""

    top: int
    bottom: int
    left: int
    right: int


def write(grid: Grid, *, made_at: datetime) -> bytes:
    """The workbook. The same input gives the same bytes; `made_at` is the date that the file carries.

    Raises CannotPrint for a cell longer than Excel can hold.
    """
    workbook = Workbook()
    # Column widths count digits of this font, and nothing public sets it.
    workbook._named_styles["Normal"].font = Font(name=look.SONG, size=11)  # type: ignore[attr-defined]
    sheet = workbook.worksheets[0]
    sheet.title = SHEET
    for number, width in enumerate(look.column_widths(grid), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for cell in grid.above:
        _line(sheet, cell, grid)
    _table(sheet, grid)
    for cell in grid.below:
        _line(sheet, cell, grid)
    _prepare_print(sheet, grid)
    title = next((cell.content for cell in grid.above if cell.style is Style.TITLE), "")
    return _frozen(workbook, _properties(_clean(title), made_at))


def _line(sheet: Worksheet, cell: Cell, grid: Grid) -> None:
    """A line above or below the table, as wide as the table and without rules."""
    row = _last_row(sheet) + 1
    sheet.row_dimensions[row].height = look.line_height(cell)
    _put(sheet, cell, _Box(row, row, 1, max(1, len(grid.widths))))


def _table(sheet: Worksheet, grid: Grid) -> None:
    above = _last_row(sheet)
    heights = look.row_heights(grid)
    starts = list(accumulate(map(len, heights), initial=above + 1))
    for number, height in enumerate((part for parts in heights for part in parts), start=above + 1):
        sheet.row_dimensions[number].height = height
    goes_on = [bool(below.join) for _, below in pairwise(grid.rows)] + [False]
    for at, row in enumerate(grid.rows):
        for cell in row.cells:
            left = cell.column + 1
            box = _Box(starts[at], starts[at + cell.rows] - 1, left, left + cell.columns - 1)
            _put(sheet, cell, box)
            is_prose = cell.style is Style.PROSE
            _rule(sheet, box, joined=is_prose and bool(row.join), goes_on=is_prose and goes_on[at])


def _last_row(sheet: Worksheet) -> int:
    """The last row that something was put into, 0 in an empty sheet."""
    return max(sheet.row_dimensions, default=0)


def _put(sheet: Worksheet, cell: Cell, box: _Box) -> None:
    text = _clean(cell.content)
    first = sheet.cell(box.top, box.left)
    first.font, first.alignment = look.font(cell.style), look.alignment(cell.style)
    if text:
        first.value = text
        first.data_type = "s"
        first.quotePrefix = text.startswith(_FORMULA_SIGNS)
    if cell.style is Style.TARGET:
        first.number_format = "@"
    if (box.top, box.left) != (box.bottom, box.right):
        sheet.merge_cells(start_row=box.top, end_row=box.bottom, start_column=box.left, end_column=box.right)


def _rule(sheet: Worksheet, box: _Box, *, joined: bool, goes_on: bool) -> None:
    border = look.border(joined=joined, goes_on=goes_on)
    for row in sheet.iter_rows(box.top, box.bottom, box.left, box.right):
        for cell in row:
            cell.border = border


def _clean(text: str) -> str:
    """What Excel can hold of a text: without control characters, and nothing in it read as an escape."""
    clean = _ESCAPE.sub("_x005F_", _NOT_IN_XML.sub("", _LINE_ENDS.sub("\n", text)))
    # Excel counts a character outside the basic plane as two.
    if len(clean) > LONGEST_CELL // 2 and len(clean.encode("utf-16-le")) // 2 > LONGEST_CELL:
        raise CannotPrint(
            f"有一格共 {len(clean)} 字，超过 Excel 一格能容纳的 {LONGEST_CELL} 字。请缩短这一格后再导出。"
        )
    return clean


def _prepare_print(sheet: Worksheet, grid: Grid) -> None:
    """A4 portrait, one page wide and as many long as it takes, centred, with page numbers."""
    last = _last_row(sheet)
    if last:
        sheet.print_area = f"A1:{get_column_letter(max(1, len(grid.widths)))}{last}"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "portrait"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    side, end = look.SIDE_MARGIN_MM / _MM_PER_INCH, look.END_MARGIN_MM / _MM_PER_INCH
    sheet.page_margins = PageMargins(left=side, right=side, top=end, bottom=end, header=end / 2, footer=end / 2)
    sheet.print_options.horizontalCentered = True
    footer = HeaderFooterItem()
    footer.center.text, footer.center.font, footer.center.size = "第 &P 页 共 &N 页", f"{look.SONG},Regular", 9
    sheet.HeaderFooter.oddFooter = footer
    sheet.sheet_view.showGridLines = False


def _properties(title: str, made_at: datetime) -> str | bytes:
    at = made_at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    properties = DocumentProperties(title=title, language="zh-CN", creator="", created=at, modified=at)
    return tostring(properties.to_tree())


def _frozen(workbook: Workbook, properties: str | bytes) -> bytes:
    """The workbook's file with the properties given: openpyxl writes the hour of saving into it."""
    saved, frozen = BytesIO(), BytesIO()
    workbook.save(saved)
    with ZipFile(saved) as source, ZipFile(frozen, "w", ZIP_DEFLATED) as target:
        for name, content in _members(source):
            member = ZipInfo(name)
            member.compress_type = ZIP_DEFLATED
            target.writestr(member, properties if name == _PROPERTIES else content)
    return frozen.getvalue()


def _members(archive: ZipFile) -> Iterator[tuple[str, bytes]]:
    return ((name, archive.read(name)) for name in archive.namelist())
