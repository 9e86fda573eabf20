"""The one writer of the table as HTML: for the screen, for print, and for the pages of the PDF.

Everything that comes out of a cell is escaped. Classes name what a cell is; how it looks is the style sheets' affair.
"""

from collections.abc import Callable, Sequence
from html import escape
from itertools import pairwise

from filings.table.grid import Cell, Grid, Join, Row, Style

Inside = Callable[[Cell], str]
CONTINUED = "（续）"

_SCOPES = {Style.LABEL: "row", Style.LEVEL: "row", Style.HEAD: "col", Style.SPLIT: "col"}


def inside(cell: Cell) -> str:
    """What is printed in a cell, as safe HTML: its words and its text, a line break where the text has one."""
    continued = f'<span class="continued">{CONTINUED}</span>' if cell.continued else ""
    return escape(cell.content).replace("\n", "<br>") + continued


def write(grid: Grid, inside: Inside = inside, *, anchors: Sequence[str] = (), heading: str = "h1") -> str:
    """The lines above the table, the table, the lines below it, as a fragment of safe HTML.

    `inside` gives the safe HTML of one cell: the fill-in page puts its fields there. `anchors` are ids for the rows,
    in order, when the caller wants to find them again; `heading` is the title's tag, for a page whose first heading
    is another.
    """
    above = "".join(_line(cell, inside, heading) for cell in grid.above)
    below = "".join(_signatures(cells, inside, heading) for cells in grid.signatures)
    columns = "".join(f'<col width="{width}%">' for width in grid.widths)
    ids = anchors or [""] * len(grid.rows)
    joined = [bool(after.join) for _, after in pairwise(grid.rows)] + [False] * bool(grid.rows)
    rows = (_row(row, inside, id_, goes_on) for row, id_, goes_on in zip(grid.rows, ids, joined, strict=True))
    table = f'<table class="official"><colgroup>{columns}</colgroup><tbody>{"".join(rows)}</tbody></table>'
    return f"{above}{table if grid.rows else ''}{below}\n"


def page(body: str, *, title: str, head: str = "") -> str:
    """A whole HTML document around fragments. `head` is trusted: style sheets of ours."""
    return (
        f'<!DOCTYPE html>\n<html lang="zh-Hans"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head>'
        f"<body>{body}</body></html>\n"
    )


def _line(cell: Cell, inside: Inside, heading: str) -> str:
    tag = heading if cell.style is Style.TITLE else "p"
    return f'<{tag} class="{cell.style}">{inside(cell)}</{tag}>\n'


def _signatures(cells: Sequence[Cell], inside: Inside, heading: str) -> str:
    lines = "".join(_line(cell, inside, heading) for cell in cells)
    return f'<div class="signatures">{lines}</div>' if len(cells) > 1 else lines


def _row(row: Row, inside: Inside, id_: str, goes_on: bool) -> str:
    cells = "".join(_cell(cell, row, inside, goes_on) for cell in row.cells)
    anchor = f' id="{escape(id_)}"' if id_ else ""
    return f'<tr{anchor} class="{row.section}">{cells}</tr>\n'


def _cell(cell: Cell, row: Row, inside: Inside, goes_on: bool) -> str:
    scope = _SCOPES.get(cell.style)
    tag = "th" if scope else "td"
    spans = "".join(
        f' {name}="{value}"' for name, value in (("colspan", cell.columns), ("rowspan", cell.rows)) if value > 1
    )
    classes = [str(cell.style)]
    if cell.style is Style.PROSE:
        classes += ["run"] * (row.join is Join.RUN) + ["joined"] * bool(row.join) + ["goes-on"] * goes_on
    scoped = f' scope="{scope}"' if scope else ""
    return f'<{tag} class="{" ".join(classes)}"{spans}{scoped}>{inside(cell)}</{tag}>'
