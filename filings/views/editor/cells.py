"""Inside the cells of the table while it is filled in: fields, what is said about them, steps with rows.

Scripts find what they need in the markup: each field its place and its notes, each row its rank, and a blank row of
each kind to be copied.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.forms import BoundField
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from filings.choices import Severity
from filings.document.edition import Edition
from filings.document.place import Place, indicator
from filings.document.text import bare
from filings.formats import html
from filings.models import Filing
from filings.table.grid import Cell, Grid, Style
from filings.table.layout.columns import with_whole_targets
from filings.views.editor.target_hint import understood_html
from filings.views.table.annotated import Note, anchor
from filings.views.table.funding import STRIP

_NOTE = '<span class="note {}"><b>{}</b> {} {}</span>'
_FIELD = (
    '<{tag} class="cell" id="{id}" name="{name}" aria-label="{label}" aria-describedby="{id}-notes"{extra}'
    ' autocomplete="off" spellcheck="false" placeholder=" "'
)
_WITH_STAMP = '<span class="with-unit">{}<span class="printed">{}</span></span>'
_WITH_UNIT = '<span class="with-unit">{}<span class="printed unit{}"{}>{}</span></span>'
_SEEN = '<input type="hidden" name="{}" value="{}">'
_NOTES = '<span class="notes" id="{}-notes" data-notes="{}">{}</span>'
_REMARKS = '<span class="remarks">{}</span>'
_TEMPLATE = '<template id="new-{}">{}</template>'
_BUTTON = '<button type="button" class="{}" name="row" value="{}" data-step="{}">{}</button>'
_STEP = "{} <kbd>{}</kbd>"
_MENU = (
    '<details class="row-menu with-scripts" data-row="{row}" data-rank="{rank}">'
    '<summary title="{title}" aria-label="{label}：{title}">⋯</summary>'
    '<div class="row-steps">{steps}</div></details>'
)
_CLASS = '<label>{}<select class="cell" name="{}" id="{}">{}</select></label>'
_STRIP = '<div id="strip">{}</div>'
_CHANGE = '<a class="no-print" href="{}">{}</a>'
_CARRIED = '<a class="carried no-print" data-confirm="{}" href="{}">{}</a>'
_ROWS = ("duties", "tasks", "indicators")
_ONE_LINE = (Style.AMOUNT, Style.FIELD, Style.HEADER)


@dataclass(frozen=True)
class Cells:
    """The inside of every cell. `typed` holds what a person typed where something else is stored; `carried` are the
    cells that still hold last year's text as it was carried over."""

    filing: Filing
    edition: Edition
    fields: Mapping[Place, BoundField]
    labels: Mapping[Place, str]
    notes: Mapping[Place, list[Note]]
    remarks: Mapping[Place, list[Note]] = field(default_factory=dict)
    ranks: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[Place, str] = field(default_factory=dict)
    strip: str = ""
    carried: Collection[Place] = ()

    @cached_property
    def _menu_columns(self) -> Mapping[str, str]:
        """The last column of the rows of each section: a row's menu stands at its cell."""
        last = with_whole_targets(self.edition.columns)[-1].key
        return {"duties": "text", "tasks": "amount", "indicators": last}

    def write(self, grid: Grid) -> SafeString:
        """The whole table, each section's first row with an id."""
        sections = iter(range(len(self.edition.sections)))
        ids = [
            f"section-{next(sections)}" if any(cell.style is Style.LABEL for cell in row.cells) else ""
            for row in grid.rows
        ]
        return mark_safe(html.write(grid, self.inside, anchors=ids, heading="h2"))  # noqa: S308 — both escape what comes from people

    def templates(self, grid: Grid) -> SafeString:
        """A blank row of each kind, for scripts: the rows of a grid that has one of each, without the labels beside."""
        rows = [replace(row, cells=tuple(cell for cell in row.cells if _is_in_row(cell))) for row in grid.rows]
        return format_html_join(
            "",
            _TEMPLATE,
            (
                (row.section, mark_safe(html.write(Grid((row,)), self.inside)))  # noqa: S308 — as above
                for row in rows
                if row.cells
            ),
        )

    def inside(self, cell: Cell) -> str:
        if cell.place == STRIP:
            change = format_html(_CHANGE, reverse("fill_links", args=(self.filing.pk,)), "调整对应")
            return change + format_html(_STRIP, self.strip)
        if cell.place in self.fields:
            return self._field(cell, cell.place) if cell.place else ""
        words = html.inside(cell)
        if cell.place and cell.place.section == "nodes":
            return words + self._notes(cell.place) + self._add(cell.place)
        section = self._section_of_rows(cell)
        return words + self._notes(section) + self._add(section) if section else words

    def _field(self, cell: Cell, at: Place) -> str:
        bound = self.fields[at]
        stored = str(bound.value() or "")
        typed = self.typed.get(at, stored)
        before = cell.before if cell.before[-1:] in ":：" or cell.style is not Style.AMOUNT else f"{cell.before}："
        return (
            format_html('<span class="printed">{}</span>', before)
            + (self._input(at, typed, cell) if cell.style in _ONE_LINE else self._area(at, typed))
            + format_html(_SEEN, bound.html_initial_name, stored)
            + (understood_html(at, typed) if cell.style is Style.TARGET else "")
            + self._carried(at)
            + self._notes(at)
            + (self._menu(at) if at.column == self._menu_columns.get(at.section) else "")
        )

    def _input(self, at: Place, typed: str, cell: Cell) -> SafeString:
        is_amount = cell.style is Style.AMOUNT
        extra = SafeString(' type="text" inputmode="decimal" data-amount' if is_amount else ' type="text"')
        field = self._opening("input", at, extra) + format_html(' value="{}">', typed)
        if not is_amount:
            return format_html(_WITH_STAMP, field, cell.after) if cell.after else field
        # A text that carries a unit of its own, or none that can be read, prints without the form's.
        hidden = SafeString(" hidden") if cell.text and not cell.after else ""
        return format_html(_WITH_UNIT, field, "" if cell.text else " faint", hidden, self.edition.unit)

    def _area(self, at: Place, typed: str) -> SafeString:
        return self._opening("textarea", at, SafeString(' rows="1"')) + format_html(">\n{}</textarea>", typed)

    def _opening(self, tag: str, at: Place, extra: SafeString) -> SafeString:
        name = self.fields[at].html_name
        if any(note.kind == Severity.ERROR for note in self.notes.get(at, ())):
            extra = SafeString(f'{extra} aria-invalid="true"')
        if at in self.carried:
            extra = SafeString(f"{extra} data-carried")
        return format_html(_FIELD, tag=tag, id=anchor(at), name=name, label=self.labels[at], extra=extra)

    def _carried(self, at: Place) -> SafeString:
        """That a text is last year's: a click confirms it; without scripts it leads to all of them."""
        if at not in self.carried:
            return SafeString("")
        return format_html(_CARRIED, at, reverse("fill_last_year", args=(self.filing.pk,)), "沿用上年，点此确认")

    def _notes(self, at: Place) -> SafeString:
        said = format_html(_NOTES, anchor(at), at, notes_html(self.notes.get(at, ())))
        remarks = self.remarks.get(at)
        return said + format_html(_REMARKS, notes_html(remarks)) if remarks else said

    def _add(self, at: Place) -> SafeString:
        is_first_level = at.section == "nodes" and self.edition.levels(at.key) is None
        if is_first_level:
            return SafeString("")
        words = "＋加一条" if at.section == "duties" else "＋加一行"
        levels = self.edition.levels(at.key)
        where = bare(levels[1].label if levels else self._label_of(at.section))
        said = format_html('<span class="visually-hidden">{}</span>{}', where, words)
        return format_html(_BUTTON, "add-row with-scripts", at, "add", said)

    def _menu(self, at: Place) -> SafeString:
        row = Place(at.section, at.key)
        steps = (
            ("up", "上移", "Alt+↑"),
            ("down", "下移", "Alt+↓"),
            ("add", "在下面加一行", "Ctrl+Enter"),
            *((("split", "按序号分成几条", ""),) if at.section == "duties" else ()),
            ("remove", "删去这一行", "Alt+Delete"),
        )
        buttons = format_html_join(
            "",
            _BUTTON,
            (("row-step", row, step, format_html(_STEP, words, key) if key else words) for step, words, key in steps),
        )
        class_ = SafeString("")
        if at.section == "indicators":
            class_ = self._class(at) + format_html(_BUTTON, "row-step", row, "class", "移到所选的二级指标")
            buttons = format_html(_BUTTON, "row-step", row, "understood", "更正指标值的理解") + buttons
        row_label = self.labels[at].partition("，")[0]
        title, rank = "移动、增加、删去", self.ranks.get(at.key, "")
        return format_html(_MENU, row=row, rank=rank, title=title, label=row_label, steps=class_ + buttons)

    def _class(self, at: Place) -> SafeString:
        """To put an indicator into another class."""
        place = indicator(at.key, "node")
        bound = self.fields[place]
        stored = str(bound.value() or "")
        chosen = self.typed.get(place, stored)
        offered = [(second.key, bare(second.label)) for _first, second in self.edition.leaves()]
        if not stored:
            offered.insert(0, ("", "待归类"))
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, SafeString(" selected") if key == chosen else "", label) for key, label in offered),
        )
        select = format_html(_CLASS, bound.label, bound.html_name, anchor(place), options)
        return select + format_html(_SEEN, bound.html_initial_name, stored) + self._notes(place)

    def _section_of_rows(self, cell: Cell) -> Place | None:
        """The section that a label at the left begins, where it is one to which rows can be added."""
        if cell.style is not Style.LABEL:
            return None
        return next((Place(kind) for kind in ("duties", "tasks") if cell.text == self._label_of(kind)), None)

    def _label_of(self, kind: str) -> str:
        return next((section.label for section in self.edition.sections if section.kind == kind), "")


def _is_in_row(cell: Cell) -> bool:
    return cell.place is not None and cell.place.section in _ROWS


def notes_html(notes: Iterable[Note]) -> SafeString:
    """What is said about one place."""
    return format_html_join("", _NOTE, ((note.kind, note.label, note.text, note.mend) for note in notes))
