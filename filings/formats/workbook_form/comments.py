"""Annotate a returned workbook form: red cells with the reason as a comment, and a sign at the end of the row."""

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
from filings.formats.workbook_form import size_limits
from filings.formats.workbook_form.identity import SHEET_PREFIX
from filings.formats.workbook_form.keys import SIGNS, SheetPosition
from filings.formats.workbook_form.write import TINT
from filings.formats.xlsx.parts import excel_text, write_text

AUTHOR = "填报系统"
SIGN = "✗ 见批注"
RED = PatternFill("solid", fgColor="FFFFC7CE")
_SIGN_FONT = Font(name="宋体", size=10.5, bold=True, color="FFC00000")
_CHARACTERS_PER_LINE = 18
_NO_FORM = "这个文件不是系统给出的填报表（.xlsx），无法标注。请在系统里下载填报表，填好后上传。"
_BROKEN = "这份填报表无法打开，无法标注。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"
# Exceptions that openpyxl raises for broken files; SyntaxError is the base of every XML parser's error.
_LOAD_ERRORS = (
    BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, TypeError, AttributeError, OSError, EOFError,
    RuntimeError, struct.error, zlib.error, SyntaxError,
)  # fmt: skip


@dataclass(frozen=True)
class CellComment:
    """A comment for a cell at a position of FilledWorkbook: why it was not accepted and what to do, in Chinese."""

    position: SheetPosition
    sentence: str


def annotate(data: bytes, comments: Sequence[CellComment]) -> bytes:
    """Return the workbook with these comments instead of earlier ones of the program; typed text is unchanged.

    Accepts .xlsx only. Raises CannotRead if the workbook cannot be opened or is not a workbook form.
    """
    size_limits.check(data)
    try:
        workbook = load_workbook(BytesIO(data))
        sheet, corner = _table(workbook)
        _clear(sheet, corner)
        _restore_merged(sheet)
        by_position = sorted(comments, key=lambda comment: comment.position)
        for position, group in groupby(by_position, key=lambda comment: comment.position):
            _annotate_cell(sheet, corner, position, [comment.sentence for comment in group])
        saved = BytesIO()
        workbook.save(saved)
    except CannotRead:
        raise
    except _LOAD_ERRORS as error:
        raise CannotRead(_BROKEN) from error
    return saved.getvalue()


def _table(workbook: Workbook) -> tuple[Worksheet, SheetPosition]:
    """Return the table's sheet and the position at which its hidden row and column cross."""
    for sheet in workbook.worksheets:
        for cell in _cells(sheet):
            if isinstance(cell.value, str) and cell.value.startswith(SHEET_PREFIX):
                return sheet, SheetPosition(cell.row, cell.column)
    raise CannotRead(_NO_FORM)


def _restore_merged(sheet: Worksheet) -> None:
    """Restore locks and tints of cells covered by merged ones, which openpyxl discards when loading."""
    for area in sheet.merged_cells.ranges:
        if sheet.cell(area.min_row, area.min_col).protection.locked:
            continue
        for row in sheet.iter_rows(area.min_row, area.max_row, area.min_col, area.max_col):
            for cell in row:
                if isinstance(cell, MergedCell):
                    cell.protection, cell.fill = Protection(locked=False), TINT


def _signs_column(sheet: Worksheet, corner: SheetPosition) -> int:
    """Return the column of signs: the one reserved for them, or a new one after all others."""
    names = {cell.value: cell.column for cell in sheet[corner.row]}
    return names.get(SIGNS) or sheet.max_column + 1


def _clear(sheet: Worksheet, corner: SheetPosition) -> None:
    """Remove earlier annotations: a workbook form may be returned several times."""
    signs = _signs_column(sheet, corner)
    for cell in _cells(sheet):
        if cell.comment and cell.comment.author == AUTHOR:
            cell.comment = None
            cell.fill = PatternFill() if cell.protection.locked else TINT
        if cell.column == signs and cell.value == SIGN:
            cell.value = None


def _cells(sheet: Worksheet) -> Iterator[Cell]:
    """Yield the cells of a sheet within the limits of the reader, except those covered by merged cells."""
    bottom, right = min(sheet.max_row, MOST_ROWS), min(sheet.max_column, MOST_COLUMNS)
    for row in sheet.iter_rows(1, bottom, 1, right):
        yield from (cell for cell in row if isinstance(cell, Cell))


def _annotate_cell(sheet: Worksheet, corner: SheetPosition, position: SheetPosition, sentences: Sequence[str]) -> None:
    text = excel_text("\n".join(sentences))
    lines = sum(1 + len(line) // _CHARACTERS_PER_LINE for line in text.split("\n"))
    cell = _first_of_merged(sheet, position)
    cell.comment = Comment(text, AUTHOR, width=260, height=24 + 18 * lines)
    cell.fill = RED
    sign = write_text(sheet, position.row, _signs_column(sheet, corner), SIGN)
    sign.font = _SIGN_FONT


def _first_of_merged(sheet: Worksheet, position: SheetPosition) -> Cell:
    """Return the cell at a position, or the first cell of the merged area that covers it."""
    for area in sheet.merged_cells.ranges:
        if area.min_row <= position.row <= area.max_row and area.min_col <= position.column <= area.max_col:
            position = SheetPosition(area.min_row, area.min_col)
    return cast(Cell, sheet.cell(position.row, position.column))
