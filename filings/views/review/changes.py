"""Changes of a comparison on the review page: marks in the table, and items of the panel."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string

from filings.document.differences.changes import ChangeKind, Comparison, RowChange
from filings.document.place import Place
from filings.formats import html
from filings.table.grid import Cell
from filings.views.table import annotated
from filings.views.table.annotated import Note, row_place

SIGNS = {
    ChangeKind.ADDED: "＋ 新增",
    ChangeKind.REMOVED: "－ 删去",
    ChangeKind.CHANGED: "～ 改动",
    ChangeKind.MOVED: "↕ 移动",
}


@dataclass(frozen=True)
class ChangeItem:
    """A changed row. `href` is '' for a removed row, which the table does not have."""

    change: RowChange
    sign: str
    href: str
    place: Place

    @property
    def id(self) -> str:
        return f"change-{annotated.anchor(self.change.place)}-{self.change.kind}"


def change_items(comparison: Comparison | None) -> list[ChangeItem]:
    """List the changes, the removed rows where they were."""
    return [_item(change) for change in comparison.changes] if comparison else []


def change_marks(items: Iterable[ChangeItem]) -> list[Note]:
    """Marks of the changed rows that the table has, each linked to its item in the panel."""
    return [
        Note(item.place, f"change-{item.change.kind}", item.sign, item.change.name, href=f"#{item.id}")
        for item in items
        if item.href
    ]


def changed_content(comparison: Comparison) -> Callable[[Cell], str]:
    """Return a function that writes the text of a cell, with deleted and inserted characters where it has changed."""
    rows = [row for row in comparison.changes if row.kind is ChangeKind.CHANGED]
    cells = {cell.place_after: cell for row in rows for cell in row.cells if cell.place_after}

    def content(cell: Cell) -> str:
        change = cells.get(cell.place) if cell.place else None
        if change is None or change.after != cell.text:
            return html.cell_content(cell)
        return render_to_string("filings/review/_changed_cell.html", {"cell": cell, "change": change})

    return content


def _item(change: RowChange) -> ChangeItem:
    place = row_place(change.place)
    is_gone = change.kind is ChangeKind.REMOVED
    return ChangeItem(change, SIGNS[change.kind], "" if is_gone else annotated.href(place), place)
