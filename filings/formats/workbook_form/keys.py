"""How the cells of a form know their places, however the sheet is changed.

A hidden first row names the table's columns, a hidden column behind the table holds, in each row, the places of its
inputs by these names: whatever moves takes its key along, through Excel, WPS and LibreOffice alike, which defined names
do not. Where both cross stands the identity. A sheet that only a program can show records what was written.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from filings.document.place import Place
from filings.formats.workbook_form import identity as form_identity
from filings.formats.workbook_form.identity import RECORD_MARK, SHEET_MARK, Identity
from filings.table.grid import Grid

MARKS, NODE = "marks", "node"


@dataclass(frozen=True, order=True)
class SheetPosition:
    """A cell of the table's sheet, row and column counted from one as Excel does."""

    row: int
    column: int


@dataclass(frozen=True)
class KeyedRow:
    """A row with inputs: the class that its indicator belongs to, and the places by the names of their columns."""

    node: str
    places: Mapping[str, Place]


@dataclass(frozen=True)
class Keys:
    """What a sheet says of itself: column names by column, keys by row, both counted from one; where they stand."""

    identity: Identity
    identity_is_whole: bool
    corner: SheetPosition
    columns: Mapping[int, str]
    rows: Mapping[int, KeyedRow]


@dataclass(frozen=True)
class Record:
    """What was written: the text of every input that belongs to the filing, and the printed words."""

    identity: Identity
    texts: Mapping[Place, str]
    words: frozenset[str]


def column_name(column: int) -> str:
    """What the hidden row calls a column of the grid, counted from nought."""
    return f"c{column}"


def row_key(places: Mapping[int, Place]) -> str:
    """The key of a row, from its inputs' places by column of the grid."""
    return "\n".join(f"{column_name(column)} {at}" for column, at in places.items())


def find(grid: Grid) -> Keys | None:
    """The keys of a sheet, None when it has none. Raises CannotRead when there are keys and no telling whose."""
    cells = _texts(grid)
    corner = next((spot for spot, text in cells.items() if text.startswith(SHEET_MARK)), None)
    if corner is None:
        return None
    identity, is_whole = form_identity.loads(cells[corner].removeprefix(SHEET_MARK))
    columns = {spot.column: text for spot, text in cells.items() if spot.row == corner.row and spot != corner}
    node = next((column for column, name in columns.items() if name == NODE), 0)
    rows = {
        spot.row: KeyedRow(cells.get(SheetPosition(spot.row, node), ""), dict(_places(text)))
        for spot, text in cells.items()
        if spot.column == corner.column
    }
    return Keys(identity, is_whole, corner, columns, rows)


def find_record(grid: Grid) -> Record | None:
    """What a sheet records, None when it is no record. Raises CannotRead."""
    rows = [[cell.text for cell in row.cells] for row in grid.rows]
    if not rows or not rows[0] or not rows[0][0].startswith(RECORD_MARK):
        return None
    identity, _ = form_identity.loads(rows[0][0].removeprefix(RECORD_MARK))
    pairs = [(row[0], row[1] if len(row) > 1 else "") for row in islice(rows, 1, None)]
    texts = {at: text for key, text in pairs if (at := _place(key))}
    return Record(identity, texts, frozenset(text for key, text in pairs if not key))


def _texts(grid: Grid) -> dict[SheetPosition, str]:
    return {
        SheetPosition(number, cell.column + 1): cell.text
        for number, row in enumerate(grid.rows, start=1)
        for cell in row.cells
        if cell.text
    }


def _places(key: str) -> Iterator[tuple[str, Place]]:
    for line in key.split("\n"):
        name, _, written = line.partition(" ")
        if at := _place(written):
            yield name, at


def _place(text: str) -> Place | None:
    try:
        return Place.parse(text)
    except ValueError:
        return None
