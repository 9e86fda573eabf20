"""Write the workbook form: the official table with blank rows, to be filled in offline and uploaded again.

Only inputs are unlocked, and tinted. The keys by which read.py finds the inputs are hidden.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import accumulate
from typing import cast

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from filings.document import money
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.place import Place
from filings.formats.workbook_form import dropdowns, help_sheet
from filings.formats.workbook_form import keys as sheet_keys
from filings.formats.workbook_form.grid import (
    LINES,
    is_blank_row,
    is_input,
    is_money,
    lay_out_workbook_form,
    with_blank_rows,
)
from filings.formats.workbook_form.identity import RECORD_PREFIX, SHEET_PREFIX, Identity, dumps
from filings.formats.xlsx import parts, style
from filings.formats.xlsx.parts import CellRange
from filings.table.grid import Cell, Grid, Row, Style

BLANK_ROWS = 5
TINT = PatternFill("solid", fgColor="FFFFF8DC")
RECORD = "填报表记录"
_BARE_AMOUNT = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_HINT_FONT = Font(name=style.SONG, size=style.BODY, color="FF9C5700")
_SIGNS_WIDTH = 13
# Lowest heights of rows with inputs, in points.
_LOWEST = {"goals": 120.0, "duties": 30.0}
_LOWEST_INPUT = 21.0


@dataclass(frozen=True)
class _PlacedCell:
    """A cell of the grid and the cells of the sheet that it covers."""

    cell: Cell
    box: CellRange

    @property
    def coordinate(self) -> str:
        return f"{get_column_letter(self.box.left)}{self.box.top}"


def write(
    document: FilingDocument,
    edition: Edition,
    identity: Identity,
    *,
    made_at: datetime,
    blank_rows: int = BLANK_ROWS,
    names: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    """Write the workbook form of a filing.

    `blank_rows` are added to each class of indicators, the duties and the tasks. `names` are suggestions for
    third-level indicators by the keys of their classes. The same input gives the same bytes; `made_at` is the date
    stored in the file. Raises CannotPrint for a text longer than Excel can hold.
    """
    extended = with_blank_rows(document, edition, blank_rows)
    grid = lay_out_workbook_form(extended, edition)
    workbook = parts.new_workbook(grid)
    sheet = workbook.worksheets[0]
    cells = list(_write_cells(sheet, grid))
    inputs = [item for item in cells if is_input(item.cell)]
    for item in inputs:
        _unlock(sheet, item)
    _explain(sheet, inputs, edition, document.year)
    dropdowns.add_name_lists(workbook, sheet, _name_cells(inputs, extended), names or {})
    _protect(sheet, inputs)
    _prepare_print(sheet, grid)
    help_sheet.add_advice(workbook, identity, edition.unit, blank_rows)
    _add_keys(sheet, grid, inputs, extended, identity)
    _add_record(workbook, cells, identity)
    for name, value in identity.items().items():
        # openpyxl's type stubs lack this attribute.
        workbook.custom_doc_props.append(  # type: ignore[attr-defined]
            StringProperty(name=name, value=parts.excel_text(value))
        )
    return parts.save(workbook, title=edition.title_for(document.year), made_at=made_at)


def _write_cells(sheet: Worksheet, grid: Grid) -> Iterator[_PlacedCell]:
    """Write all cells below the hidden row and yield each with its position."""
    heights = [_heights(row, needed) for row, needed in zip(grid.rows, style.row_heights(grid), strict=True)]
    starts = list(accumulate(map(len, heights), initial=2))
    sheet.row_dimensions[1].hidden = True
    for number, height in enumerate((height for row_heights in heights for height in row_heights), start=2):
        sheet.row_dimensions[number].height = height
    for index, row in enumerate(grid.rows):
        for cell in row.cells:
            left = cell.column + 1
            box = CellRange(starts[index], starts[index + cell.rows] - 1, left, left + cell.columns - 1)
            parts.write_cell(sheet, cell, box)
            if row.section != LINES:
                parts.draw_border(sheet, box)
            yield _PlacedCell(cell, box)


def _heights(row: Row, needed: list[float]) -> list[float]:
    """Return the heights that the texts need, raised to the lowest height of a row with inputs."""
    if row.section == LINES:
        return [max(style.line_height(cell) for cell in row.cells)]
    sections = [cell.place.section for cell in row.cells if cell.place]
    lowest = max((_LOWEST.get(section, _LOWEST_INPUT) for section in sections), default=0.0)
    return [max(needed[0], lowest)] if len(needed) == 1 else needed


def _unlock(sheet: Worksheet, item: _PlacedCell) -> None:
    """Unlock and tint an input. Amounts are numbers, so that Excel can add them up; other inputs keep typed text."""
    box = item.box
    for row in sheet.iter_rows(box.top, box.bottom, box.left, box.right):
        for cell in row:
            cell.protection, cell.fill = Protection(locked=False), TINT
    first = cast(SheetCell, sheet.cell(box.top, box.left))
    if is_money(item.cell):
        first.alignment = Alignment(horizontal="right", vertical="center", wrap_text=True, indent=1)
        if _is_number(item.cell.text):
            first.value, first.data_type = float(item.cell.text), "n"
    # Prose stays in General format: Excel shows a long text in a cell of format @ as a row of hashes.
    elif item.cell.style is not Style.PROSE:
        first.number_format = "@"


def _is_number(text: str) -> bool:
    """Check whether a text is the shortest form of an amount that Excel's number type holds exactly."""
    return bool(_BARE_AMOUNT.fullmatch(text)) and money.plain(Decimal(f"{float(text):.15g}")) == text


def _explain(sheet: Worksheet, inputs: list[_PlacedCell], edition: Edition, year: int | None) -> None:
    examples = "　".join(value for _, value in help_sheet.examples(year)[:4])
    help_sheet.explain_money(sheet, (item.coordinate for item in inputs if is_money(item.cell)), edition.unit)
    targets = (item.coordinate for item in inputs if item.cell.style is Style.TARGET)
    help_sheet.explain_targets(sheet, targets, examples)


def _name_cells(inputs: list[_PlacedCell], document: FilingDocument) -> dict[str, list[str]]:
    """Collect the coordinates of third-level indicators by the keys of their classes."""
    classes = {row.key: row.node for row in document.indicators}
    cells: dict[str, list[str]] = {}
    for item in inputs:
        place = item.cell.place
        if place and place.section == "indicators" and place.column == "name" and (node := classes.get(place.key)):
            cells.setdefault(node, []).append(item.coordinate)
    return cells


def _prepare_print(sheet: Worksheet, grid: Grid) -> None:
    """Print the official table only, without the hint and without tints."""
    parts.prepare_print(sheet, grid, first_row=3)
    sheet.page_setup.blackAndWhite = True
    sheet.cell(2, 1).font = _HINT_FONT


def _protect(sheet: Worksheet, inputs: list[_PlacedCell]) -> None:
    """Protect labels against accidental changes, without a password, so that the protection can be removed."""
    sheet.protection.sheet = True
    sheet.protection.formatRows = sheet.protection.formatColumns = False
    if inputs:
        selection = sheet.sheet_view.selection[0]
        selection.activeCell = selection.sqref = inputs[0].coordinate


def _add_keys(
    sheet: Worksheet, grid: Grid, inputs: list[_PlacedCell], document: FilingDocument, identity: Identity
) -> None:
    """Add the hidden row and columns that keys.py describes."""
    signs, node, keys = range(len(grid.widths) + 1, len(grid.widths) + 4)
    names = [*map(sheet_keys.column_name, range(len(grid.widths))), sheet_keys.SIGNS, sheet_keys.NODE]
    for column, name in enumerate(names, start=1):
        parts.write_text(sheet, 1, column, name)
    parts.write_text(sheet, 1, keys, SHEET_PREFIX + dumps(identity))
    sheet.column_dimensions[get_column_letter(signs)].width = _SIGNS_WIDTH
    for column in (node, keys):
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    classes = {row.key: row.node or "" for row in document.indicators}
    for row, places in _places_by_row(inputs).items():
        first = next(iter(places.values()))
        parts.write_text(sheet, row, node, classes.get(first.key, "") if first.section == "indicators" else "")
        parts.write_text(sheet, row, keys, sheet_keys.row_key(places))


def _places_by_row(inputs: list[_PlacedCell]) -> dict[int, dict[int, Place]]:
    rows: dict[int, dict[int, Place]] = {}
    for item in inputs:
        if item.cell.place:
            rows.setdefault(item.box.top, {})[item.cell.column] = item.cell.place
    return rows


def _add_record(workbook: Workbook, cells: list[_PlacedCell], identity: Identity) -> None:
    """Record the written texts: those of inputs with their places, printed texts without."""
    sheet = workbook.create_sheet(RECORD)
    sheet.sheet_state = "veryHidden"
    parts.write_text(sheet, 1, 1, RECORD_PREFIX + dumps(identity))
    row = 1
    for cell in (item.cell for item in cells):
        if (is_input(cell) and not _is_in_blank_row(cell)) or (cell.text and not is_input(cell)):
            row += 1
            parts.write_text(sheet, row, 1, str(cell.place or ""))
            parts.write_text(sheet, row, 2, cell.text)


def _is_in_blank_row(cell: Cell) -> bool:
    return cell.place is not None and is_blank_row(cell.place.key)
