"""Marks a fill-in workbook that came back: red cells with the reason as a comment, and a sign at the end of the row."""

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import cast
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from filings.formats.file import CannotRead
from filings.formats.readers.spreadsheet.sheets import MOST_COLUMNS, MOST_ROWS
from filings.formats.workbook_form import bounds
from filings.formats.workbook_form.identity import SHEET_MARK
from filings.formats.workbook_form.keys import MARKS, SheetPosition
from filings.formats.workbook_form.write import TINT
from filings.formats.xlsx.parts import clean, put_text

AUTHOR = "填报系统"
SIGN = "✗ 见批注"
RED = PatternFill("solid", fgColor="FFFFC7CE")
_SIGN_FONT = Font(name="宋体", size=10.5, bold=True, color="FFC00000")
_CHARACTERS_A_LINE = 18
_NO_FORM = "这个文件不是系统给出的填报表（.xlsx），没法在上面标注。请在系统里下载填报表，填好后上传。"
_BROKEN = "这份填报表打不开，没法在上面标注。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"
# What the library raises for one broken file or another; the last is what every XML parser's error is.
_FAULTS = (
    BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, TypeError, AttributeError, OSError, EOFError,
    RuntimeError, struct.error, zlib.error, SyntaxError,
)  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """Why a cell could not be taken, where it stands (as Back tells) and what to do, in Chinese."""

    spot: SheetPosition
    sentence: str


def mark(data: bytes, reasons: Sequence[Reason]) -> bytes:
    """The same workbook with the reasons, without those of an earlier time; what was typed stays as it is.

    Takes .xlsx only. Raises CannotRead for a workbook that cannot be opened or is none of ours.
    """
    bounds.check(data)
    try:
        workbook = load_workbook(BytesIO(data))
        sheet, corner = _table(workbook)
        _clear(sheet, corner)
        _mend_merged(sheet)
        for spot, found in groupby(sorted(reasons, key=lambda reason: reason.spot), key=lambda reason: reason.spot):
            _mark(sheet, corner, spot, [reason.sentence for reason in found])
        written = BytesIO()
        workbook.save(written)
    except CannotRead:
        raise
    except _FAULTS as error:
        raise CannotRead(_BROKEN) from error
    return written.getvalue()


def _table(workbook: Workbook) -> tuple[Worksheet, SheetPosition]:
    """The table's sheet and the corner of its hidden row and column."""
    for sheet in workbook.worksheets:
        for cell in _cells(sheet):
            if isinstance(cell.value, str) and cell.value.startswith(SHEET_MARK):
                return sheet, SheetPosition(cell.row, cell.column)
    raise CannotRead(_NO_FORM)


def _mend_merged(sheet: Worksheet) -> None:
    """Locks and tints of cells hidden under merged ones, which openpyxl forgets as it reads."""
    for area in sheet.merged_cells.ranges:
        if sheet.cell(area.min_row, area.min_col).protection.locked:
            continue
        for row in sheet.iter_rows(area.min_row, area.max_row, area.min_col, area.max_col):
            for cell in row:
                if isinstance(cell, MergedCell):
                    cell.protection, cell.fill = Protection(locked=False), TINT


def _signs(sheet: Worksheet, corner: SheetPosition) -> int:
    """The column of signs: the one kept for them, or a new one behind everything."""
    names = {cell.value: cell.column for cell in sheet[corner.row]}
    return names.get(MARKS) or sheet.max_column + 1


def _clear(sheet: Worksheet, corner: SheetPosition) -> None:
    """Takes away what was marked before: a form is sent back and forth."""
    signs = _signs(sheet, corner)
    for cell in _cells(sheet):
        if cell.comment and cell.comment.author == AUTHOR:
            cell.comment = None
            cell.fill = PatternFill() if cell.protection.locked else TINT
        if cell.column == signs and cell.value == SIGN:
            cell.value = None


def _cells(sheet: Worksheet) -> Iterator[Cell]:
    """The cells of a sheet as far as sheets are read, those under merged ones aside."""
    bottom, right = min(sheet.max_row, MOST_ROWS), min(sheet.max_column, MOST_COLUMNS)
    for row in sheet.iter_rows(1, bottom, 1, right):
        yield from (cell for cell in row if isinstance(cell, Cell))


def _mark(sheet: Worksheet, corner: SheetPosition, spot: SheetPosition, sentences: Sequence[str]) -> None:
    text = clean("\n".join(sentences))
    lines = sum(1 + len(line) // _CHARACTERS_A_LINE for line in text.split("\n"))
    cell = _first(sheet, spot)
    cell.comment = Comment(text, AUTHOR, width=260, height=24 + 18 * lines)
    cell.fill = RED
    sign = put_text(sheet, spot.row, _signs(sheet, corner), SIGN)
    sign.font = _SIGN_FONT


def _first(sheet: Worksheet, spot: SheetPosition) -> Cell:
    """The cell of a spot, or the first of those that it is merged with."""
    for area in sheet.merged_cells.ranges:
        if area.min_row <= spot.row <= area.max_row and area.min_col <= spot.column <= area.max_col:
            spot = SheetPosition(area.min_row, area.min_col)
    return cast(Cell, sheet.cell(spot.row, spot.column))
