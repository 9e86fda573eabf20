"""What a child process answers to its parent, as JSON: the cells of a file, or why it cannot be read."""

import json
from dataclasses import dataclass
from typing import Any

from filings.formats.file import CannotRead
from filings.table.grid import Cell, Grid, Row

# Bytes; a year's workbook of a county takes a tenth.
LARGEST = 5_000_000
LONGEST_REFUSAL = 500
TOO_COMPLEX = "文件太复杂，读取它要用的时间或内存超过了上限。请只留下要导入的那张表，另存为新文件，再导入。"


class NoAnswer(Exception):
    """Bytes that no child has written as its answer."""


@dataclass(frozen=True)
class ReadResult:
    """The tables of a file; or, where the file carries it, the document itself in canonical JSON."""

    grids: tuple[Grid, ...] = ()
    document: str | None = None


def dumps(answer: ReadResult) -> bytes:
    """The answer as JSON. Only what readers set of a cell is written. Raises CannotRead for one that is too large."""
    said = _json({"grids": [_data(grid) for grid in answer.grids], "document": answer.document})
    if len(said) > LARGEST:
        raise CannotRead(TOO_COMPLEX)
    return said


def refuse(refusal: str) -> bytes:
    """The JSON that says why a file cannot be read."""
    return _json({"refusal": refusal[:LONGEST_REFUSAL]})


def loads(said: bytes) -> ReadResult:
    """The answer in JSON. Raises the CannotRead that it holds, and NoAnswer for anything else."""
    try:
        data = json.loads(said)
        refusal = data.get("refusal")
        if refusal is None:
            return ReadResult(tuple(map(_grid, data["grids"])), data["document"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise NoAnswer from fault
    raise CannotRead(str(refusal))


def _json(data: dict[str, Any]) -> bytes:
    # Half of a pair of surrogates, which broken files hold, is no character and cannot be stored.
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _data(grid: Grid) -> dict[str, Any]:
    return {
        "name": grid.name,
        "above": [_fields(cell) for cell in grid.above],
        "rows": [[_fields(cell) for cell in row.cells] for row in grid.rows],
        "below": [_fields(cell) for cell in grid.below],
    }


def _fields(cell: Cell) -> list[str | int]:
    return [cell.text, cell.column, cell.columns, cell.rows, cell.warning]


def _grid(data: dict[str, Any]) -> Grid:
    return Grid(
        rows=tuple(Row(tuple(map(_cell, cells)), "") for cells in data["rows"]),
        above=tuple(map(_cell, data["above"])),
        below=tuple(map(_cell, data["below"])),
        name=data["name"],
    )


def _cell(fields: list[Any]) -> Cell:
    text, column, columns, rows, warning = fields
    return Cell(text, column, columns, rows, warning=warning)
