"""Read a filled-in workbook form by its hidden keys, cell by cell, whatever was done to its sheet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from filings.document.place import Place
from filings.formats.file import CannotRead
from filings.formats.readers.spreadsheet import read as spreadsheet_reader
from filings.formats.workbook_form import keys as sheet_keys
from filings.formats.workbook_form.grid import is_blank_row
from filings.formats.workbook_form.identity import Identity
from filings.formats.workbook_form.keys import NODE, SIGNS, SheetKeys, SheetPosition, WrittenTexts
from filings.table.grid import Cell, Grid

_TWO_TABLES = "这个工作簿里有 {count} 张填报表，无法确定上传哪一张。请只留一张，另存后再上传。"
_ROWS = ("duties", "indicators", "tasks")
InputCells = Mapping[Place, tuple[SheetPosition, Cell]]


@dataclass(frozen=True)
class WorkbookRow:
    """A row filled in blank cells: a duty, a task, or an indicator of the class `node` ('' if it has none).

    `texts`, their positions and the reader's warnings are by column: text; name, target and further ones.
    """

    section: str
    node: str
    sheet_row: int
    texts: Mapping[str, str]
    positions: Mapping[str, SheetPosition]
    warnings: Mapping[str, str]


@dataclass(frozen=True)
class UnknownText:
    """A text outside all inputs: typed next to the table, over a printed text, or into a row without a key."""

    position: SheetPosition
    text: str


@dataclass(frozen=True)
class FilledWorkbook:
    """The content of a filled-in workbook form.

    - `texts`: every input of the filing that the sheet still has, blank ones too, as displayed; `positions`: where;
      `warnings`: remarks of the reader, in Chinese, on texts that are not simply what was typed.
    - `before`: the texts that the workbook form was written with; empty if its record is missing.
    - `missing`: places that the sheet no longer has; a deleted row is listed by its own place.
    - `identity_is_whole`: False if a part of the identity was lost, or if the record of the workbook is missing or
      belongs to another filing.
    """

    identity: Identity
    identity_is_whole: bool
    texts: Mapping[Place, str]
    positions: Mapping[Place, SheetPosition]
    warnings: Mapping[Place, str]
    new_rows: tuple[WorkbookRow, ...]
    before: Mapping[Place, str]
    missing: tuple[Place, ...]
    unknown: tuple[UnknownText, ...]


@dataclass
class _Collected:
    """The cells and rows collected so far."""

    cells: dict[Place, tuple[SheetPosition, Cell]] = field(default_factory=dict)
    new_rows: list[WorkbookRow] = field(default_factory=list)
    unknown: list[UnknownText] = field(default_factory=list)


def read(data: bytes) -> FilledWorkbook | None:
    """Read a workbook; None if it is not a workbook form.

    Rows may have been moved, sorted or deleted, columns inserted, sheets renamed or added, and the file saved by
    another program. Raises CannotRead.
    """
    return read_grids(spreadsheet_reader.read(data))


def read_grids(grids: Sequence[Grid]) -> FilledWorkbook | None:
    """Read the grids of a workbook that was opened already; None if it is not a workbook form. Raises CannotRead."""
    tables = [(grid, keys) for grid in grids if (keys := sheet_keys.find(grid))]
    if not tables:
        return None
    if len(tables) > 1:
        raise CannotRead(_TWO_TABLES.format(count=len(tables)))
    grid, keys = tables[0]
    record = next((record for other in grids if (record := sheet_keys.find_record(other))), None)
    collected = _collect(grid, keys, record)
    is_recorded = record is not None and record.identity == keys.identity
    before = record.texts if record and is_recorded else {}
    return FilledWorkbook(
        identity=keys.identity,
        identity_is_whole=keys.identity_is_whole and is_recorded,
        texts={place: cell.text for place, (_, cell) in collected.cells.items()},
        positions={place: position for place, (position, _) in collected.cells.items()},
        warnings={place: cell.warning for place, (_, cell) in collected.cells.items() if cell.warning},
        new_rows=tuple(collected.new_rows),
        before=before,
        missing=tuple(_missing(before, collected.cells)),
        unknown=tuple(collected.unknown),
    )


def _collect(grid: Grid, keys: SheetKeys, record: WrittenTexts | None) -> _Collected:
    collected = _Collected()
    for number, row in enumerate(grid.rows, start=1):
        cells = {cell.column + 1: cell for cell in row.cells}
        inputs = _inputs(number, cells, keys)
        if inputs:
            _add_row(number, inputs, keys, collected)
        if record and number != keys.corner.row:
            for position, _ in inputs.values():
                cells.pop(position.column, None)
            collected.unknown += _unknown_texts(number, cells.values(), keys, record)
    return collected


def _unknown_texts(number: int, cells: Iterable[Cell], keys: SheetKeys, record: WrittenTexts) -> Iterator[UnknownText]:
    """Yield the texts of a row, inputs excepted, that neither a workbook form nor its annotations contain."""
    for cell in cells:
        column = cell.column + 1
        is_ours = column == keys.corner.column or keys.columns.get(column) in (SIGNS, NODE)
        if cell.text and not is_ours and cell.text not in record.printed:
            yield UnknownText(SheetPosition(number, column), cell.text)


def _inputs(number: int, cells: Mapping[int, Cell], keys: SheetKeys) -> InputCells:
    """Find the inputs of a row: its key gives places by column name, the hidden row the columns of these names."""
    keyed = keys.rows.get(number)
    if keyed is None:
        return {}
    inputs = {}
    for column, name in keys.columns.items():
        if name in keyed.places:
            cell = cells.get(column, Cell("", column - 1))
            inputs[keyed.places[name]] = SheetPosition(number, column), cell
    return inputs


def _add_row(number: int, inputs: InputCells, keys: SheetKeys, collected: _Collected) -> None:
    """Add the inputs of a row; of rows copied with their key, all but the first are new rows."""
    is_copy = any(place in collected.cells for place in inputs)
    first = next(iter(inputs))
    if first.section in _ROWS and (is_copy or is_blank_row(first.key)):
        if any(cell.text for _, cell in inputs.values()):
            collected.new_rows.append(_new_row(number, inputs, keys))
    elif is_copy:
        collected.unknown += [UnknownText(position, cell.text) for position, cell in inputs.values() if cell.text]
    else:
        collected.cells |= inputs


def _new_row(number: int, inputs: InputCells, keys: SheetKeys) -> WorkbookRow:
    return WorkbookRow(
        section=next(iter(inputs)).section,
        node=keys.rows[number].node,
        sheet_row=number,
        texts={place.column: cell.text for place, (_, cell) in inputs.items()},
        positions={place.column: position for place, (position, _) in inputs.items()},
        warnings={place.column: cell.warning for place, (_, cell) in inputs.items() if cell.warning},
    )


def _missing(before: Iterable[Place], present: Mapping[Place, object]) -> list[Place]:
    """List the places that are gone: the row's place if its whole row is gone, otherwise the cell's own."""
    rows = {(place.section, place.key) for place in present}
    gone = (place for place in before if place not in present)
    return list(dict.fromkeys(_row_if_gone(place, rows) for place in gone))


def _row_if_gone(place: Place, rows: set[tuple[str, str]]) -> Place:
    is_gone = place.section in _ROWS and (place.section, place.key) not in rows
    return Place(place.section, place.key) if is_gone else place
