"""Plain tables as Excel workbooks, written row by row so that memory stays flat."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from filings.formats.xlsx.parts import LONGEST_CELL, set_text

Value = str | int | Decimal | None
MONEY_FORMAT = "#,##0.00####"
# Digits that fit on A4 landscape in a readable size; wider tables are printed on A3.
_WIDEST_ON_A4 = 170
# Points: two lines.
_HEAD_HEIGHT = 30
_CUT = "……（过长，已截断）"
_BOLD = Font(bold=True)
_TOP = Alignment(vertical="top", wrap_text=True)


class TableWriter:
    """A workbook of tables; the rows of one are written before the next begins. Text never becomes a formula.

    The heading is printed above each page, before the title of the sheet.
    """

    def __init__(self, heading: str) -> None:
        self._heading = heading
        self._workbook = Workbook(write_only=True)
        self._sheet: Any = None
        self._width = 0
        self._rows = 0

    def begin(self, title: str, columns: Sequence[tuple[str, int]]) -> None:
        """Begin a sheet with heads and widths of its columns; the widths are counted in digits."""
        self._finish()
        self._sheet = self._workbook.create_sheet(title)
        self._sheet.freeze_panes = "C2"
        width = sum(width for _head, width in columns)
        _set_up_printing(self._sheet, f"{self._heading} {title}", is_wide=width > _WIDEST_ON_A4)
        self._sheet.row_dimensions[1].height = _HEAD_HEIGHT
        for number, (_head, width) in enumerate(columns, start=1):
            self._sheet.column_dimensions[get_column_letter(number)].width = width
        self._width, self._rows = len(columns), 0
        self.write([head for head, _width in columns], bold=True)

    def write(self, values: Sequence[Value], *, bold: bool = False) -> None:
        """Write a row: text as text, numbers as numbers, amounts in 万元 as Decimal, None as an empty cell."""
        self._sheet.append([self._cell(value, bold=bold) for value in values])
        self._rows += 1

    def save(self, path: Path) -> None:
        self._finish()
        self._workbook.save(path)

    def _finish(self) -> None:
        if self._sheet is not None and self._rows > 1:
            self._sheet.auto_filter.ref = f"A1:{get_column_letter(self._width)}{self._rows}"

    def _cell(self, value: Value, *, bold: bool) -> Any:
        if value is None or value == "":
            return None
        cell = WriteOnlyCell(self._sheet)
        if isinstance(value, str):
            set_text(cell, value if len(value) <= LONGEST_CELL // 2 else value[: LONGEST_CELL // 2 - len(_CUT)] + _CUT)
            cell.alignment = _TOP
        else:
            cell.value = value
            if isinstance(value, Decimal):
                cell.number_format = MONEY_FORMAT
        if bold:
            cell.font = _BOLD
        return cell


def _set_up_printing(sheet: Any, heading: str, *, is_wide: bool) -> None:
    """Print on A4 landscape, A3 if the table is wide, as wide as the page, with heads and page numbers on each page."""
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A3 if is_wide else Worksheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = "1:1"
    sheet.print_options.gridLines = True
    header, footer = HeaderFooterItem(), HeaderFooterItem()
    header.center.text, footer.center.text = heading.replace("&", "&&"), "第 &P 页 共 &N 页"
    sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter = header, footer
