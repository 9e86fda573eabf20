"""Reads a fill-in workbook of form.py back, cell by cell, whatever its sheet has gone through."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from filings.document.place import Place
from filings.formats.file import CannotRead
from filings.formats.readers.spreadsheet import read as spreadsheet_reader
from filings.formats.workbook_form import keys as form_keys
from filings.formats.workbook_form.grid import is_blank_row
from filings.formats.workbook_form.identity import Identity
from filings.formats.workbook_form.keys import (
    MARKS,
    NODE,
    Keys,
    Record,
    SheetPosition,
)
from filings.table.grid import Cell, Grid

_TWO_TABLES = "这个工作簿里有 {count} 张填报表，看不出要上传哪一张。请只留一张，另存后再上传。"
_ROWS = ("duties", "indicators", "tasks")


@dataclass(frozen=True)
class WorkbookRow:
    """A row written into blank cells: a duty, a task, or an indicator of the class `node` ('' when it has none).

    Texts, where they stand and what there is to warning, by column: text; name, target and further ones.
    """

    section: str
    node: str
    sheet_row: int
    texts: Mapping[str, str]
    spots: Mapping[str, SheetPosition]
    warnings: Mapping[str, str]


@dataclass(frozen=True)
class Unknown:
    """A text that belongs to no input: typed beside the table, over a printed word, into a row without a key."""

    spot: SheetPosition
    text: str


@dataclass(frozen=True)
class Back:
    """What came back. `before` is what stood in the inputs when the form was written, empty when its record is gone.

    `texts` holds every input of the filing that is still there, blank ones too, as a person sees them; `spots` where
    they stand; `warnings` what the reader says, in Chinese, of a text that is not simply what was typed. `missing` are
    the places that are not there any more, a deleted row by its own place. `identity_is_whole` is false when a part of
    the identity was lost, or when the sheet lies in a workbook that records another filing, or none.
    """

    identity: Identity
    identity_is_whole: bool
    texts: Mapping[Place, str]
    spots: Mapping[Place, SheetPosition]
    warnings: Mapping[Place, str]
    new_rows: tuple[WorkbookRow, ...]
    before: Mapping[Place, str]
    missing: tuple[Place, ...]
    unknown: tuple[Unknown, ...]


@dataclass
class _Found:
    """What has been collected so far."""

    cells: dict[Place, tuple[SheetPosition, Cell]] = field(default_factory=dict)
    new_rows: list[WorkbookRow] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)


def read(data: bytes) -> Back | None:
    """What a person has filled in; None when the workbook is none of ours. Rows may have been moved, sorted or deleted,
    columns put in, sheets renamed or added, the file saved by another program. Raises CannotRead."""
    return of(spreadsheet_reader.read(data))


def of(grids: Sequence[Grid]) -> Back | None:
    """The same of the cells of a workbook that was opened already. Raises CannotRead."""
    tables = [(grid, keys) for grid in grids if (keys := form_keys.find(grid))]
    if not tables:
        return None
    if len(tables) > 1:
        raise CannotRead(_TWO_TABLES.format(count=len(tables)))
    grid, keys = tables[0]
    record = next((record for other in grids if (record := form_keys.find_record(other))), None)
    found = _collect(grid, keys, record)
    before = record.texts if record and record.identity == keys.identity else {}
    return Back(
        identity=keys.identity,
        identity_is_whole=keys.identity_is_whole and record is not None and record.identity == keys.identity,
        texts={at: cell.text for at, (_, cell) in found.cells.items()},
        spots={at: spot for at, (spot, _) in found.cells.items()},
        warnings={at: cell.warning for at, (_, cell) in found.cells.items() if cell.warning},
        new_rows=tuple(found.new_rows),
        before=before,
        missing=tuple(_missing(before, found.cells)),
        unknown=tuple(found.unknown),
    )


def _collect(grid: Grid, keys: Keys, record: Record | None) -> _Found:
    found = _Found()
    for number, row in enumerate(grid.rows, start=1):
        cells = {cell.column + 1: cell for cell in row.cells}
        inputs = _inputs(number, cells, keys)
        if inputs:
            _take(number, inputs, keys, found)
        if record and number != keys.corner.row:
            for spot, _ in inputs.values():
                cells.pop(spot.column, None)
            found.unknown += _strays(number, cells.values(), keys, record)
    return found


def _strays(number: int, cells: Iterable[Cell], keys: Keys, record: Record) -> Iterator[Unknown]:
    """Texts of a row, inputs aside, that neither a form nor its marks have."""
    for cell in cells:
        column = cell.column + 1
        is_ours = column == keys.corner.column or keys.columns.get(column) in (MARKS, NODE)
        if cell.text and not is_ours and cell.text not in record.words:
            yield Unknown(SheetPosition(number, column), cell.text)


def _inputs(number: int, cells: Mapping[int, Cell], keys: Keys) -> dict[Place, tuple[SheetPosition, Cell]]:
    """The inputs of a row: its places by names of columns, the columns by the names they have now."""
    keyed = keys.rows.get(number)
    if keyed is None:
        return {}
    inputs = {}
    for column, name in keys.columns.items():
        if name in keyed.places:
            cell = cells.get(column, Cell("", column - 1))
            inputs[keyed.places[name]] = SheetPosition(number, column), cell
    return inputs


def _take(number: int, inputs: dict[Place, tuple[SheetPosition, Cell]], keys: Keys, found: _Found) -> None:
    """Inputs of a row that was copied are new ones: the first that holds a place keeps it."""
    is_copy = any(at in found.cells for at in inputs)
    first = next(iter(inputs))
    if first.section in _ROWS and (is_copy or is_blank_row(first.key)):
        if any(cell.text for _, cell in inputs.values()):
            found.new_rows.append(_new_row(number, inputs, keys))
    elif is_copy:
        found.unknown += [Unknown(spot, cell.text) for spot, cell in inputs.values() if cell.text]
    else:
        found.cells |= inputs


def _new_row(number: int, inputs: dict[Place, tuple[SheetPosition, Cell]], keys: Keys) -> WorkbookRow:
    return WorkbookRow(
        section=next(iter(inputs)).section,
        node=keys.rows[number].node,
        sheet_row=number,
        texts={at.column: cell.text for at, (_, cell) in inputs.items()},
        spots={at.column: spot for at, (spot, _) in inputs.items()},
        warnings={at.column: cell.warning for at, (_, cell) in inputs.items() if cell.warning},
    )


def _missing(before: Iterable[Place], there: Mapping[Place, object]) -> list[Place]:
    """The places that are gone: rows of which nothing is left by the rows' places, once each, others by their own."""
    rows = {(at.section, at.key) for at in there}
    gone = (at for at in before if at not in there)
    return list(
        dict.fromkeys(
            Place(at.section, at.key) if at.section in _ROWS and (at.section, at.key) not in rows else at for at in gone
        )
    )
