"""A file's cells as they were found, each marked with what became of it: taken, to be checked, or left out."""

from collections.abc import Mapping

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from filings.formats import html
from filings.importing.candidates import Candidate
from filings.table.grid import Cell, Grid

SURE, CHECK, LEFT = "sure", "check", "left"
_MARKED = '<span class="source-text {}">{}{}</span>'


def original(candidate: Candidate) -> SafeString:
    """The table of a candidate as it was found; nothing where the file carried the document itself."""
    if candidate.grid is None:
        return SafeString("")
    kinds = _kinds(candidate, candidate.grid)
    spots = _spots(candidate.grid)
    signs = {SURE: "", CHECK: "？", LEFT: "✗"}

    def inside(cell: Cell) -> str:
        kind = kinds.get(spots.get(id(cell), (0, cell.content.strip())))
        text = escape(cell.content).replace("\n", mark_safe("<br>"))
        return format_html(_MARKED, kind, signs[kind], mark_safe(text)) if kind else text  # noqa: S308 — escaped above

    return mark_safe(html.write(candidate.grid, inside, heading="p"))  # noqa: S308 — every cell is escaped above


def _kinds(candidate: Candidate, grid: Grid) -> Mapping[tuple[int, int | str], str]:
    """What became of the spots: by row and column, of lines around the table by their text."""
    # Cells that stood one a line were read beside one another: there the row alone says which it was.
    alone = {number: row.cells[0].column for number, row in enumerate(grid.rows, start=1) if len(row.cells) == 1}
    found: dict[tuple[int, int | str], str] = {}
    for left in candidate.left:
        found[left.row, alone.get(left.row, left.column) if left.row else left.text] = LEFT
    for at, spots in candidate.origins.items():
        for spot in spots:
            key = spot.row, alone.get(spot.row, spot.column) if spot.row else spot.text.strip()
            if at in candidate.warnings:
                found[key] = CHECK
            else:
                found.setdefault(key, SURE)
    return found


def _spots(grid: Grid) -> Mapping[int, tuple[int, int | str]]:
    return {id(cell): (number, cell.column) for number, row in enumerate(grid.rows, start=1) for cell in row.cells}
