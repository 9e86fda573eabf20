"""Changes of a comparison on the review page: marks in the table, and items of the panel."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string

from filings.document.differences.changes import ChangeKind, Comparison
from filings.document.edition import Edition
from filings.document.place import Place
from filings.document.sections import section_label
from filings.formats import html
from filings.table.grid import Cell
from filings.views.table import annotated
from filings.views.table.annotated import row_place
from filings.views.table.changes import ShownRow, shown_row
from filings.views.table.notes import Note


@dataclass(frozen=True)
class ChangeItem:
    """A changed row as shown, the place that takes a remark about it, and its section, which names a nameless row."""

    row: ShownRow
    place: Place
    section: str

    @property
    def id(self) -> str:
        return f"change-{annotated.anchor(self.place)}-{self.row.kind}"

    @property
    def kind(self) -> str:
        """The class of its mark and its item."""
        return f"change-{self.row.kind}"

    @property
    def label(self) -> str:
        return f"{self.row.sign} {self.row.word}"


def change_items(comparison: Comparison | None, edition: Edition) -> list[ChangeItem]:
    """List the changes, the removed rows where they were."""
    changes = comparison.changes if comparison else ()
    return [
        ChangeItem(shown_row(change, linked=True), row_place(change.place), section_label(change.place, edition))
        for change in changes
    ]


def change_marks(items: Iterable[ChangeItem]) -> list[Note]:
    """Marks of the changed rows that the table has, each linked to its item in the panel."""
    return [
        Note(
            item.place, f"change-{item.row.kind}", f"{item.row.sign} {item.row.word}", item.row.name, href=f"#{item.id}"
        )
        for item in items
        if item.row.href
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
