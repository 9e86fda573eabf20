"""The result of reading a file, as JSON passed from the child process to its parent: cells, or a refusal."""

import json
from dataclasses import dataclass
from typing import Any

from filings.formats.file import CannotRead
from filings.table.grid import Cell, Grid, Row

# Bytes; a county's workbook for one year takes a tenth.
LARGEST = 5_000_000
# Characters.
LONGEST_REFUSAL = 500
TOO_COMPLEX = "文件太复杂，读取它要用的时间或内存超过了上限。请只留下要导入的那张表，另存为新文件，再导入。"


class InvalidResult(Exception):
    """Output of a child process that is not a result."""


@dataclass(frozen=True)
class ReadResult:
    """The tables of a file, or the document that the file carries, in canonical JSON."""

    grids: tuple[Grid, ...] = ()
    document: str | None = None


def dumps(result: ReadResult) -> bytes:
    """Serialise a result; of cells, only the fields that readers set. Raises CannotRead above LARGEST bytes."""
    output = _json({"grids": [_grid_data(grid) for grid in result.grids], "document": result.document})
    if len(output) > LARGEST:
        raise CannotRead(TOO_COMPLEX)
    return output


def dumps_refusal(reason: str) -> bytes:
    """Serialise the reason why a file cannot be read."""
    return _json({"refusal": reason[:LONGEST_REFUSAL]})


def loads(output: bytes) -> ReadResult:
    """Parse a result. Raises CannotRead if it is a refusal, and InvalidResult if it is not a result at all."""
    try:
        data = json.loads(output)
        refusal = data.get("refusal")
        if refusal is None:
            return ReadResult(tuple(map(_grid, data["grids"])), data["document"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InvalidResult from error
    raise CannotRead(str(refusal))


def _json(data: dict[str, Any]) -> bytes:
    # Lone surrogates, which broken files contain, cannot be stored; they become question marks.
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _grid_data(grid: Grid) -> dict[str, Any]:
    return {
        "name": grid.name,
        "above": [_cell_data(cell) for cell in grid.above],
        "rows": [[_cell_data(cell) for cell in row.cells] for row in grid.rows],
        "below": [_cell_data(cell) for cell in grid.below],
    }


def _cell_data(cell: Cell) -> list[str | int]:
    return [cell.text, cell.column, cell.columns, cell.rows, cell.warning]


def _grid(data: dict[str, Any]) -> Grid:
    return Grid(
        rows=tuple(Row(tuple(map(_cell, cells)), "") for cells in data["rows"]),
        above=tuple(map(_cell, data["above"])),
        below=tuple(map(_cell, data["below"])),
        name=data["name"],
    )


def _cell(data: list[Any]) -> Cell:
    text, column, columns, rows, warning = data
    return Cell(text, column, columns, rows, warning=warning)
