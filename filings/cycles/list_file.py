"""Write a list as a workbook: the present departments or users to edit and import again, first passwords."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from filings.formats.xlsx.parts import set_text

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST = 40


def write_list(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a sheet of texts. Nothing is computed: a text that begins with = stays a text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    lines = [list(row) for row in rows]
    for column, head in enumerate(heads):
        longest = max([len(head), *(len(line[column]) for line in lines)])
        sheet.column_dimensions[chr(ord("A") + column)].width = min(_WIDEST, 2 * longest + 4)
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, head, bold=True) for head in heads])
    for line in lines:
        sheet.append([_cell(sheet, text) for text in line])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    cell: Any = WriteOnlyCell(sheet)
    set_text(cell, text)
    cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
    return cell
