"""Hidden keys that tie the cells of a workbook form to their places, however the sheet is changed.

The hidden first row names the table's columns. A hidden column after the table holds, for each row, the places of its
inputs by these names. Keys move together with their rows and columns in Excel, WPS and LibreOffice alike, which defined
names do not. The cell where row and column cross holds the identity. A "very hidden" sheet records the written texts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from filings.document.place import Place
from filings.formats.workbook_form import identity as filing_identity
from filings.formats.workbook_form.identity import RECORD_PREFIX, SHEET_PREFIX, Identity
from filings.table.grid import Grid

# Names of the columns after the table: signs of annotated rows, and classes of indicators.
SIGNS, NODE = "marks", "node"


@dataclass(frozen=True, order=True)
class SheetPosition:
    """A cell of the table's sheet; row and column are one-based, as in Excel."""

    row: int
    column: int


@dataclass(frozen=True)
class KeyedRow:
    """A row with inputs: the class of its indicator, and the places by the names of their columns."""

    node: str
    places: Mapping[str, Place]


@dataclass(frozen=True)
class SheetKeys:
    """The keys of a sheet: names by column number, rows by row number, both one-based, and the corner of both."""

    identity: Identity
    identity_is_whole: bool
    corner: SheetPosition
    columns: Mapping[int, str]
    rows: Mapping[int, KeyedRow]


@dataclass(frozen=True)
class WrittenTexts:
    """The record of a written workbook form: the text of every input of the filing, and all printed texts."""

    identity: Identity
    texts: Mapping[Place, str]
    printed: frozenset[str]


def column_name(column: int) -> str:
    """Return the hidden name of a column of the grid (zero-based)."""
    return f"c{column}"


def row_key(places: Mapping[int, Place]) -> str:
    """Return the key of a row from the places of its inputs by column of the grid."""
    return "\n".join(f"{column_name(column)} {place}" for column, place in places.items())


def find(grid: Grid) -> SheetKeys | None:
    """Find the keys of a sheet; None if it has none. Raises CannotRead if their identity cannot be parsed."""
    cells = _texts(grid)
    corner = next((position for position, text in cells.items() if text.startswith(SHEET_PREFIX)), None)
    if corner is None:
        return None
    identity, is_whole = filing_identity.loads(cells[corner].removeprefix(SHEET_PREFIX))
    header = {position: text for position, text in cells.items() if position.row == corner.row and position != corner}
    columns = {position.column: text for position, text in header.items()}
    node = next((column for column, name in columns.items() if name == NODE), 0)
    rows = {
        position.row: KeyedRow(cells.get(SheetPosition(position.row, node), ""), dict(_places(text)))
        for position, text in cells.items()
        if position.column == corner.column
    }
    return SheetKeys(identity, is_whole, corner, columns, rows)


def find_record(grid: Grid) -> WrittenTexts | None:
    """Parse the record of written texts; None if the sheet is not one. Raises CannotRead."""
    rows = [[cell.text for cell in row.cells] for row in grid.rows]
    if not rows or not rows[0] or not rows[0][0].startswith(RECORD_PREFIX):
        return None
    identity, _ = filing_identity.loads(rows[0][0].removeprefix(RECORD_PREFIX))
    pairs = [(row[0], row[1] if len(row) > 1 else "") for row in islice(rows, 1, None)]
    texts = {place: text for key, text in pairs if (place := _place(key))}
    return WrittenTexts(identity, texts, frozenset(text for key, text in pairs if not key))


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
        if place := _place(written):
            yield name, place


def _place(text: str) -> Place | None:
    try:
        return Place.parse(text)
    except ValueError:
        return None
