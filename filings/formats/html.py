"""Write the table as HTML, used by the pages on screen, the downloaded page and the PDF.

All cell text is escaped. Class names describe what a cell contains; its appearance is left to the style sheets.
"""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import pairwise

from filings.table.grid import Cell, Grid, Join, Row, Style
from filings.table.marks import DRAFT

RenderCell = Callable[[Cell], str]
# The heads of columns by section and column.
ColumnLabels = Mapping[tuple[str, int], str]
CONTINUED = "（续）"

_SCOPES = {Style.LABEL: "row", Style.LEVEL: "row", Style.HEAD: "col", Style.SPLIT: "col"}


def cell_content(cell: Cell) -> str:
    """Render the printed text of a cell as safe HTML, with line breaks and the mark of a repeated label."""
    continued = f'<span class="continued">{CONTINUED}</span>' if cell.continued else ""
    return escape(cell.content).replace("\n", "<br>") + continued


def column_labels(grid: Grid) -> ColumnLabels:
    """Return the head of each column, by section and column."""
    return {
        (row.section, cell.column): cell.text for row in grid.rows for cell in row.cells if cell.style is Style.HEAD
    }


def write(
    grid: Grid,
    render_cell: RenderCell = cell_content,
    *,
    anchors: Sequence[str] = (),
    heading: str = "h1",
    labels: ColumnLabels | None = None,
    caption: str = "",
) -> str:
    """Write the lines above the table, the table and the lines below it as a fragment of safe HTML.

    `render_cell` returns the safe HTML of one cell's content; the fill-in page passes one that adds form fields.
    `anchors` are ids for the rows, in order. `heading` is the title's tag, for pages that already have an `h1`.
    Cells below the head of a column carry its text as data-label, which a phone shows instead of the column; `labels`
    gives the heads if the grid has only some rows of a table. `caption` names the table for screen readers.
    """
    above = "".join(_line(cell, render_cell, heading) for cell in grid.above)
    below = "".join(_signatures(cells, render_cell, heading) for cells in grid.signatures)
    columns = "".join(f'<col width="{width}%">' for width in grid.widths)
    heads = column_labels(grid) if labels is None else labels
    ids = anchors or [""] * len(grid.rows)
    continues = [bool(following.join) for _, following in pairwise(grid.rows)] + [False] * bool(grid.rows)
    rows = (
        _row(row, row_id, is_continued, render_cell, heads)
        for row, row_id, is_continued in zip(grid.rows, ids, continues, strict=True)
    )
    name = f'<caption class="visually-hidden">{escape(caption)}</caption>' if caption else ""
    table = f'<table class="official">{name}<colgroup>{columns}</colgroup><tbody>{"".join(rows)}</tbody></table>'
    return f"{above}{table if grid.rows else ''}{below}\n"


def page(body: str, *, title: str, head: str = "") -> str:
    """Wrap HTML fragments into a whole document. `head` is not escaped: pass only the program's own style sheets."""
    return (
        f'<!DOCTYPE html>\n<html lang="zh-Hans"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head>'
        f"<body>{body}</body></html>\n"
    )


def draft_mark() -> str:
    """Write the line 草稿, from which the style sheet of a whole page also makes a watermark."""
    return f'<p class="mark draft">{DRAFT}</p>\n'


def footer(text: str) -> str:
    """Write lines below the page; '' for an empty text."""
    return "".join(f'<p class="mark">{escape(line)}</p>\n' for line in text.splitlines())


def _line(cell: Cell, render_cell: RenderCell, heading: str) -> str:
    tag = heading if cell.style is Style.TITLE else "p"
    return f'<{tag} class="{cell.style}">{render_cell(cell)}</{tag}>\n'


def _signatures(cells: Sequence[Cell], render_cell: RenderCell, heading: str) -> str:
    lines = "".join(_line(cell, render_cell, heading) for cell in cells)
    return f'<div class="signatures">{lines}</div>' if len(cells) > 1 else lines


def _row(row: Row, row_id: str, is_continued: bool, render_cell: RenderCell, heads: ColumnLabels) -> str:
    """Write a row; `is_continued` when the text of its prose goes on in the next row."""
    cells = "".join(_cell(cell, row, render_cell, is_continued, heads) for cell in row.cells)
    anchor = f' id="{escape(row_id)}"' if row_id else ""
    return f'<tr{anchor} class="{row.section}">{cells}</tr>\n'


def _cell(cell: Cell, row: Row, render_cell: RenderCell, is_continued: bool, heads: ColumnLabels) -> str:
    content = render_cell(cell)
    # A heading without text names nothing.
    scope = _SCOPES.get(cell.style) if content.strip() else None
    tag = "th" if scope else "td"
    spans = "".join(
        f' {name}="{value}"' for name, value in (("colspan", cell.columns), ("rowspan", cell.rows)) if value > 1
    )
    classes = [str(cell.style)]
    if cell.style is Style.PROSE:
        classes += ["run"] * (row.join is Join.RUN) + ["joined"] * bool(row.join) + ["goes-on"] * is_continued
    scope_attribute = f' scope="{scope}"' if scope else ""
    head = "" if scope else heads.get((row.section, cell.column), "")
    label = f' data-label="{escape(head)}"' if head else ""
    return f'<{tag} class="{" ".join(classes)}"{spans}{scope_attribute}{label}>{content}</{tag}>'
