"""Contents of the table's cells on the fill-in page: fields with notes, target hints and row menus.

The markup is in templates/filings/editor/table. Scripts rely on its ids and data attributes: a field refers to its
place and its notes, a row to its rank, and a blank row of each kind is on the page to be copied.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from filings.document.edition import Edition
from filings.document.place import Place, indicator, row_of
from filings.document.text import bare
from filings.drafts.reopened import OpenPlaces
from filings.formats import html
from filings.models import Filing
from filings.table.grid import Cell, Grid, Style
from filings.table.layout.columns import with_whole_targets
from filings.views.editor.table.target_hint import hint_of
from filings.views.table.annotated import anchor
from filings.views.table.funding import FUNDING
from filings.views.table.notes import Note, marks_html, marks_of, notes_html, severity_of

_FIRST_COLUMNS = ("", "text", "name")
_ROWS = ("duties", "tasks", "indicators")
_KINDS = {Style.AMOUNT: "amount", Style.FIELD: "line", Style.HEADER: "line"}


@dataclass(frozen=True)
class EditorCells:
    """Writer of the cells. Fields, labels, notes and remarks are by place, ranks by the row's key.

    `typed` holds texts that were posted and not stored, `carried` the cells that still hold last year's text, and
    `funding` the HTML of the row above the indicators. Without `reopened` the whole table may be changed.
    """

    filing: Filing
    edition: Edition
    fields: Mapping[Place, BoundField]
    labels: Mapping[Place, str]
    notes: Mapping[Place, list[Note]]
    remarks: Mapping[Place, list[Note]] = field(default_factory=dict)
    ranks: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[Place, str] = field(default_factory=dict)
    funding: str = ""
    carried: Collection[Place] = ()
    reopened: OpenPlaces | None = None
    _options: dict[tuple[str, bool], SafeString] = field(default_factory=dict, repr=False)

    @cached_property
    def _menu_columns(self) -> Mapping[str, str]:
        """The column whose cell holds the row menu, the last one, by section."""
        last = with_whole_targets(self.edition.columns)[-1].key
        return {"duties": "text", "tasks": "amount", "indicators": last}

    def write(self, grid: Grid) -> SafeString:
        """Write the table, with an id on the first row of each section."""
        sections = iter(range(len(self.edition.sections)))
        ids = [
            f"section-{next(sections)}" if any(cell.style is Style.LABEL for cell in row.cells) else ""
            for row in grid.rows
        ]
        return mark_safe(html.write(grid, self.inside, anchors=ids, heading="h2"))  # noqa: S308 — both escape user text

    def row_templates(self, grid: Grid) -> list[tuple[str, SafeString]]:
        """Write a blank row for each section. `grid` has one row of each kind; labels at its left are left out."""
        rows = [replace(row, cells=tuple(cell for cell in row.cells if _is_in_row(cell))) for row in grid.rows]
        heads = html.column_labels(grid)
        return [
            (row.section, mark_safe(html.write(Grid((row,)), self.inside, labels=heads)))  # noqa: S308 — as above
            for row in rows
            if row.cells
        ]

    def inside(self, cell: Cell) -> str:
        """Write the inside of one cell."""
        place = cell.place
        if place == FUNDING:
            return render_to_string(
                "filings/editor/table/_funding.html", {"filing": self.filing, "funding": self.funding}
            )
        if place and place in self.fields:
            return self._field(cell, place)
        if place and place.section == "nodes":
            return self._rows_label(cell, place)
        section = self._section_of_rows(cell)
        return self._rows_label(cell, section) if section else html.cell_content(cell)

    def _field(self, cell: Cell, place: Place) -> SafeString:
        bound = self.fields[place]
        stored = str(bound.value() or "")
        typed = self.typed.get(place, stored)
        notes = self.notes.get(place, ())
        context = {
            "filing": self.filing,
            "kind": _KINDS.get(cell.style, "area"),
            "id": anchor(place),
            "place": place,
            "name": bound.html_name,
            "initial_name": bound.html_initial_name,
            "label": self.labels[place],
            "before": _before(cell),
            "after": cell.after,
            "unit": self.edition.unit,
            # A text with a unit of its own, or none that can be read, is printed without the edition's unit.
            "has_own_unit": cell.text and not cell.after,
            "is_blank": not cell.text,
            "stored": stored,
            "typed": typed,
            "severity": severity_of(notes),
            "is_carried": place in self.carried,
            "is_closed": not self._is_open(place),
            "is_reopened": self.reopened is not None and place.column in _FIRST_COLUMNS and self._is_open(place),
            "hint": hint_of(typed) if cell.style is Style.TARGET else None,
            **self._notes(place),
            "menu": self._menu(place) if place.column == self._menu_columns.get(place.section) else None,
        }
        return render_to_string("filings/editor/table/_field.html", context)

    def _notes(self, place: Place) -> dict[str, object]:
        """The notes of a cell with their marks. What was not stored stays visible, because it needs a decision."""
        all_notes, remarks, cell_id = self.notes.get(place, ()), self.remarks.get(place, ()), anchor(place)
        notes = [note for note in all_notes if note.kind != "unsaved"]
        return {
            "unsaved": notes_html([note for note in all_notes if note.kind == "unsaved"]),
            "notes": notes_html(notes),
            "marks": marks_html(notes, cell_id),
            "remarks": notes_html(remarks),
            "remark_marks": marks_html(remarks, cell_id),
            "is_crowded": len(marks_of(notes, cell_id)) + len(marks_of(remarks, cell_id)) > 1,
        }

    def _rows_label(self, cell: Cell, place: Place) -> SafeString:
        """Write a label of rows: a class, or a section. Rows can be added to all but first-level classes."""
        levels = self.edition.levels(place.key)
        context = {
            "content": mark_safe(html.cell_content(cell)),  # noqa: S308 — escaped there
            "id": anchor(place),
            "place": place,
            **self._notes(place),
            "adds_rows": (place.section != "nodes" or levels is not None) and self._takes_rows(place),
            "label": bare(levels[1].label if levels else self._label_of(place.section)),
        }
        return render_to_string("filings/editor/table/_rows_label.html", context)

    def _is_open(self, place: Place) -> bool:
        return self.reopened is None or self.reopened.has(place)

    def _takes_rows(self, place: Place) -> bool:
        return self.reopened is None or self.reopened.takes_rows(place)

    def _menu(self, place: Place) -> dict[str, object]:
        """The menu of a row. For a row that may not be changed, only what the scripts need to know about it."""
        row = {"row": Place(place.section, place.key), "rank": self.ranks.get(place.key, "")}
        if not self._is_open(row_of(place)):
            node = indicator(place.key, "node")
            stored = str(self.fields[node].value() or "") if place.section == "indicators" else ""
            return row | {"is_closed": True, "node": stored}
        return row | {
            "label": self.labels[place].partition("，")[0],
            "class_field": self._class_field(place) if place.section == "indicators" else None,
        }

    def _class_field(self, place: Place) -> dict[str, object]:
        """The field that moves an indicator to another class."""
        place = indicator(place.key, "node")
        bound = self.fields[place]
        stored = str(bound.value() or "")
        return {
            "id": anchor(place),
            "place": place,
            "name": bound.html_name,
            "initial_name": bound.html_initial_name,
            "label": bound.label,
            "stored": stored,
            "options": self._class_options(self.typed.get(place, stored), has_blank=not stored),
            "notes": notes_html(self.notes.get(place, ())),
        }

    def _class_options(self, chosen: str, *, has_blank: bool) -> SafeString:
        """Write the options of a class field. They are the same for all rows of a class, so each list is kept."""
        key = (chosen, has_blank)
        if key not in self._options:
            classes = [(second.key, bare(second.label)) for _first, second in self.edition.leaves()]
            if has_blank:
                classes.insert(0, ("", "待归类"))
            self._options[key] = render_to_string(
                "filings/editor/table/_class_options.html", {"classes": classes, "chosen": chosen}
            )
        return self._options[key]

    def _section_of_rows(self, cell: Cell) -> Place | None:
        """The section of duties or tasks that a label at the left begins."""
        if cell.style is not Style.LABEL:
            return None
        return next((Place(kind) for kind in ("duties", "tasks") if cell.text == self._label_of(kind)), None)

    def _label_of(self, kind: str) -> str:
        return next((section.label for section in self.edition.sections if section.kind == kind), "")


def _before(cell: Cell) -> str:
    """The printed words before a field; an amount's end with a colon."""
    return cell.before if cell.before[-1:] in ":：" or cell.style is not Style.AMOUNT else f"{cell.before}："


def _is_in_row(cell: Cell) -> bool:
    return cell.place is not None and cell.place.section in _ROWS
