"""Writes the fill-in workbook: the official table with room to write in, to be filled in offline and uploaded again.

Only inputs are unlocked, and tinted. What a person sees says nothing of the keys by which form_back.py reads it.
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
from filings.formats.workbook_form import (
    dropdowns,
    help_sheet,
)
from filings.formats.workbook_form import (
    grid as form_grid,
)
from filings.formats.workbook_form import (
    identity as form_identity,
)
from filings.formats.workbook_form import (
    keys as form_keys,
)
from filings.formats.workbook_form.grid import is_input, is_money
from filings.formats.workbook_form.identity import Identity
from filings.formats.xlsx import parts, style
from filings.formats.xlsx.parts import CellRange
from filings.table.grid import Cell, Grid, Row, Style

BLANK_ROWS = 5
TINT = PatternFill("solid", fgColor="FFFFF8DC")
RECORD = "填报表记录"
_BARE_AMOUNT = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_HINT_FONT = Font(name=style.SONG, size=style.BODY, color="FF9C5700")
_MARKS_WIDTH = 13
_LOWEST = {"goals": 120.0, "duties": 30.0}
_LOWEST_INPUT = 21.0


@dataclass(frozen=True)
class _Drawn:
    """A cell of the grid where it stands in the sheet."""

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
    """The workbook of a filing, its rows by their keys, `blank_rows` more under each class, the duties and the tasks.

    `names` are third-level indicators to choose from, by the keys of their classes.
    The same input gives the same bytes; `made_at` is the date that the file carries. Raises CannotPrint for a text
    longer than Excel can hold.
    """
    spacious = form_grid.with_blank_rows(document, edition, blank_rows)
    grid = form_grid.lay_out_form(spacious, edition)
    workbook = parts.begin(grid)
    sheet = workbook.worksheets[0]
    drawn = list(_draw(sheet, grid))
    inputs = [each for each in drawn if is_input(each.cell)]
    for each in inputs:
        _open(sheet, each)
    _explain(sheet, inputs, edition, document.year)
    dropdowns.offer_names(workbook, sheet, _names(inputs, spacious), names or {})
    _protect(sheet, inputs)
    _prepare_print(sheet, grid)
    help_sheet.add_advice(workbook, identity, edition.unit, blank_rows)
    _add_keys(sheet, grid, inputs, spacious, identity)
    _add_record(workbook, drawn, identity)
    for name, value in identity.items().items():
        # Its types do not know them.
        workbook.custom_doc_props.append(  # type: ignore[attr-defined]
            StringProperty(name=name, value=parts.clean(value))
        )
    return parts.frozen(workbook, title=edition.title_for(document.year), made_at=made_at)


def _draw(sheet: Worksheet, grid: Grid) -> Iterator[_Drawn]:
    """Puts every cell below the hidden row and tells where."""
    heights = [_heights(row, found) for row, found in zip(grid.rows, style.row_heights(grid), strict=True)]
    starts = list(accumulate(map(len, heights), initial=2))
    sheet.row_dimensions[1].hidden = True
    for number, height in enumerate((part for found in heights for part in found), start=2):
        sheet.row_dimensions[number].height = height
    for at, row in enumerate(grid.rows):
        for cell in row.cells:
            left = cell.column + 1
            box = CellRange(starts[at], starts[at + cell.rows] - 1, left, left + cell.columns - 1)
            parts.put(sheet, cell, box)
            if row.section != form_grid.LINES:
                parts.rule(sheet, box)
            yield _Drawn(cell, box)


def _heights(row: Row, found: list[float]) -> list[float]:
    """As tall as the texts need, and as room to write in needs."""
    if row.section == form_grid.LINES:
        return [max(style.line_height(cell) for cell in row.cells)]
    sections = [cell.place.section for cell in row.cells if cell.place]
    lowest = max((_LOWEST.get(section, _LOWEST_INPUT) for section in sections), default=0.0)
    return [max(found[0], lowest)] if len(found) == 1 else found


def _open(sheet: Worksheet, each: _Drawn) -> None:
    """Unlocks and tints an input. Money is a number, to be added up; what is typed elsewhere stays as it is typed."""
    box = each.box
    for row in sheet.iter_rows(box.top, box.bottom, box.left, box.right):
        for cell in row:
            cell.protection, cell.fill = Protection(locked=False), TINT
    first = cast(SheetCell, sheet.cell(box.top, box.left))
    if is_money(each.cell):
        first.alignment = Alignment(horizontal="right", vertical="center", wrap_text=True, indent=1)
        if _is_number(each.cell.text):
            first.value, first.data_type = float(each.cell.text), "n"
    # Excel shows a long text in a cell of this format as a row of hashes.
    elif each.cell.style is not Style.PROSE:
        first.number_format = "@"


def _is_number(text: str) -> bool:
    """Whether a text is the shortest of an amount that a program's number holds exactly."""
    return bool(_BARE_AMOUNT.fullmatch(text)) and money.plain(Decimal(f"{float(text):.15g}")) == text


def _explain(sheet: Worksheet, inputs: list[_Drawn], edition: Edition, year: int | None) -> None:
    examples = "　".join(value for _, value in help_sheet.examples(year)[:4])
    help_sheet.explain_money(sheet, (each.coordinate for each in inputs if is_money(each.cell)), edition.unit)
    targets = (each.coordinate for each in inputs if each.cell.style is Style.TARGET)
    help_sheet.explain_targets(sheet, targets, examples)


def _names(inputs: list[_Drawn], document: FilingDocument) -> dict[str, list[str]]:
    """The cells of names by the keys of their classes."""
    classes = {row.key: row.node for row in document.indicators}
    cells: dict[str, list[str]] = {}
    for each in inputs:
        at = each.cell.place
        if at and at.section == "indicators" and at.column == "name" and (node := classes.get(at.key)):
            cells.setdefault(node, []).append(each.coordinate)
    return cells


def _prepare_print(sheet: Worksheet, grid: Grid) -> None:
    """As the official table: hint and tints are for the screen."""
    parts.prepare_print(sheet, grid)
    sheet.print_area = f"A3:{get_column_letter(len(grid.widths))}{parts.last_row(sheet)}"
    sheet.page_setup.blackAndWhite = True
    sheet.cell(2, 1).font = _HINT_FONT


def _protect(sheet: Worksheet, inputs: list[_Drawn]) -> None:
    """Without a password: it keeps labels from slips, and whoever needs to may lift it."""
    sheet.protection.sheet = True
    sheet.protection.formatRows = sheet.protection.formatColumns = False
    if inputs:
        selection = sheet.sheet_view.selection[0]
        selection.activeCell = selection.sqref = inputs[0].coordinate


def _add_keys(sheet: Worksheet, grid: Grid, inputs: list[_Drawn], document: FilingDocument, identity: Identity) -> None:
    marks, node, keys = range(len(grid.widths) + 1, len(grid.widths) + 4)
    names = [*map(form_keys.column_name, range(len(grid.widths))), form_keys.MARKS, form_keys.NODE]
    for column, name in enumerate(names, start=1):
        parts.put_text(sheet, 1, column, name)
    parts.put_text(sheet, 1, keys, form_identity.SHEET_MARK + form_identity.dumps(identity))
    sheet.column_dimensions[get_column_letter(marks)].width = _MARKS_WIDTH
    for column in (node, keys):
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    classes = {row.key: row.node or "" for row in document.indicators}
    for row, places in _by_row(inputs).items():
        at = next(iter(places.values()))
        parts.put_text(sheet, row, node, classes.get(at.key, "") if at.section == "indicators" else "")
        parts.put_text(sheet, row, keys, form_keys.row_key(places))


def _by_row(inputs: list[_Drawn]) -> dict[int, dict[int, Place]]:
    rows: dict[int, dict[int, Place]] = {}
    for each in inputs:
        if each.cell.place:
            rows.setdefault(each.box.top, {})[each.cell.column] = each.cell.place
    return rows


def _add_record(workbook: Workbook, drawn: list[_Drawn], identity: Identity) -> None:
    """What stands in the form as it leaves: inputs by their places, printed words without."""
    sheet = workbook.create_sheet(RECORD)
    sheet.sheet_state = "veryHidden"
    parts.put_text(sheet, 1, 1, form_identity.RECORD_MARK + form_identity.dumps(identity))
    row = 1
    for cell in (each.cell for each in drawn):
        if (is_input(cell) and not _is_in_blank_row(cell)) or (cell.text and not is_input(cell)):
            row += 1
            parts.put_text(sheet, row, 1, str(cell.place or ""))
            parts.put_text(sheet, row, 2, cell.text)


def _is_in_blank_row(cell: Cell) -> bool:
    return cell.place is not None and form_grid.is_blank_row(cell.place.key)
