"""HTML of a file's table as it was found, with each cell marked as read, uncertain or a leftover."""

from collections.abc import Mapping

from django.template.defaultfilters import linebreaksbr
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from filings.formats import html
from filings.importing.candidates import Candidate
from filings.table.grid import Cell, Grid

# Row and column of a cell; row 0 and the text for a line above or below the table.
CellKey = tuple[int, int | str]

SURE, CHECK, LEFT = "sure", "check", "left"
SIGNS = {SURE: "", CHECK: "？", LEFT: "✗"}


def source_table(candidate: Candidate) -> SafeString:
    """Render a candidate's table as it was found; '' if the file contained the document itself."""
    if candidate.grid is None:
        return SafeString("")
    kinds = _kinds(candidate, candidate.grid)
    keys = _keys(candidate.grid)
    template = get_template("filings/imports/_source_cell.html")

    def inside(cell: Cell) -> str:
        kind = kinds.get(keys.get(id(cell), (0, cell.content.strip())))
        if kind is None:
            return linebreaksbr(cell.content)
        return template.render({"kind": kind, "sign": SIGNS[kind], "text": cell.content}).removesuffix("\n")

    return mark_safe(html.write(candidate.grid, inside, heading="p"))  # noqa: S308 — every cell is escaped above


def _kinds(candidate: Candidate, grid: Grid) -> Mapping[CellKey, str]:
    """Map the cells that were read, and the leftovers, to their mark."""
    # The reader moves the cells of a table with one cell per line into columns; there only the row identifies a cell.
    single = {number: row.cells[0].column for number, row in enumerate(grid.rows, start=1) if len(row.cells) == 1}
    kinds: dict[CellKey, str] = {}
    for leftover in candidate.leftovers:
        column = single.get(leftover.row, leftover.column)
        kinds[leftover.row, column if leftover.row else leftover.text] = LEFT
    for place, cells in candidate.origins.items():
        for cell in cells:
            key = cell.row, single.get(cell.row, cell.column) if cell.row else cell.text.strip()
            if place in candidate.warnings:
                kinds[key] = CHECK
            else:
                kinds.setdefault(key, SURE)
    return kinds


def _keys(grid: Grid) -> Mapping[int, CellKey]:
    return {id(cell): (number, cell.column) for number, row in enumerate(grid.rows, start=1) for cell in row.cells}
