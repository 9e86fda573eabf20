"""The official table with notes in its cells: findings, explanations, waivers, remarks and answers."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from filings import labels, permissions
from filings.checks.assessment import AssessedFinding
from filings.choices import RemarkState, Severity
from filings.document.edition import FURTHER_COLUMNS
from filings.document.place import Place, indicator
from filings.document.text import shorten
from filings.formats import html
from filings.models import Filing, Remark, User
from filings.rules.advice import for_reviewers
from filings.rules.finding import RuleFinding
from filings.table.grid import Cell, Grid, Style
from filings.table.layout.document import lay_out
from filings.views.table.funding import FUNDING
from filings.views.table.notes import Note, marks_html, notes_html, severity_of
from filings.views.visible_version import VisibleVersion

LONGEST_EXCERPT = 20
_SEVERITIES = list(Severity)
Sentence = Callable[[AssessedFinding], str]
_NOT_ALPHANUMERIC = re.compile(r"[^A-Za-z0-9]+")


def message(item: AssessedFinding) -> str:
    """Return a finding's sentence for the department."""
    return item.finding.message


def reviewer_message(item: AssessedFinding) -> str:
    """Return a finding's sentence for reviewers; a waived one needs no advice."""
    return item.finding.facts if item.waived else for_reviewers(item.finding)


def sentence_for(user: User, filing: Filing) -> Sentence:
    """Return the function that words findings of the filing for this user: department or reviewer."""
    return reviewer_message if permissions.reads_as_reviewer(user, filing) else message


def finding_notes(items: Iterable[AssessedFinding], sentence: Sentence = message) -> list[Note]:
    """Notes of findings at their cells, the most severe first; explanation and waiver follow at the first cell."""
    return [
        note
        for item in sorted(items, key=lambda item: (item.waived is not None, severity_order(item.finding)))
        for number, place in enumerate(noted_places(item.finding))
        for note in _notes_of(item, place, sentence(item), is_first=number == 0)
    ]


def severity_order(finding: RuleFinding) -> int:
    """Sort key: the most severe findings first."""
    return _SEVERITIES.index(finding.severity)


def finding_href(finding: RuleFinding) -> str:
    """The address of a finding in the list next to the table."""
    return f"#finding-{finding.identity}"


def noted_places(finding: RuleFinding) -> tuple[Place, ...]:
    """The places that show a finding: only the first if it is about amounts or about more than two cells.

    Further columns, such as weights, are too narrow for a sentence: their notes are at the row's name.
    """
    is_one_whole = finding.places[0].section == "amounts" or len(finding.places) > 2
    places = finding.places[:1] if is_one_whole else finding.places
    return tuple(indicator(place.key, "name") if place.column in FURTHER_COLUMNS else place for place in places)


def _notes_of(item: AssessedFinding, place: Place, text: str, *, is_first: bool) -> list[Note]:
    finding = item.finding
    kind = "waived" if item.waived else finding.severity
    notes = [Note(place, kind, str(labels.SEVERITY[finding.severity]), text, href=finding_href(finding))]
    if not is_first:
        return notes
    if item.explanation:
        notes.append(Note(place, "answer", "说明", item.explanation))
    if item.waived:
        notes.append(Note(place, "answer", "已豁免", item.waived.reason))
    return notes


def remark_notes(remarks: Iterable[Remark]) -> list[Note]:
    """Notes of remarks with office, round and state, each followed by its answer."""
    notes = []
    for remark in remarks:
        place = Place.parse(remark.place)
        notes.append(Note(place, "remark", _source(remark), remark.text, href=f"#remark-{remark.pk}"))
        if remark.answer:
            notes.append(Note(place, "answer", "填报单位答复", remark.answer))
    return notes


def _source(remark: Remark) -> str:
    """Return the office of a remark with its round after the first, and its state once it is handled."""
    parts = [remark.review.by_office]
    if remark.round > 1:
        parts.append(f"第 {remark.round} 轮")
    if remark.internal:
        parts.append("内部")
    if remark.state != RemarkState.OPEN:
        parts.append(labels.REMARK_STATE[remark.state])
    return " · ".join(parts)


def grid_of(version: VisibleVersion) -> Grid:
    return lay_out(version.document, version.edition, whole_texts=True, whole_targets=True)


def remark_place(cell: Cell) -> Place | None:
    """The place that a remark at a cell is about: the whole row at an indicator's name, else the cell's own place."""
    if cell.place and cell.style is Style.NAME:
        return Place(cell.place.section, cell.place.key)
    return cell.place


def row_place(place: Place) -> Place:
    """The place that takes remarks about a cell: its row in tables of several columns, else the cell itself."""
    return Place(place.section, place.key) if place.section in ("indicators", "tasks") else place


def anchor(place: Place) -> str:
    """The id of a place on the page."""
    return "at-" + _NOT_ALPHANUMERIC.sub("-", str(place)).strip("-")


def href(place: Place) -> str:
    """The address of a place on the page."""
    return f"#{anchor(place)}"


@dataclass(frozen=True)
class TableLink:
    """A finding or remark with the address and an excerpt of its cell, both empty if the table has no such cell.

    `text` is the finding's sentence for the reader.
    """

    about: RuleFinding | Remark
    href: str
    where: str
    assessed: AssessedFinding | None = None
    text: str = ""


def linked_findings(grid: Grid, items: Iterable[AssessedFinding], sentence: Sentence = message) -> list[TableLink]:
    """Link each finding to the first of its places that the table has, the most severe findings first."""
    by_severity = sorted(items, key=lambda item: list(Severity).index(item.finding.severity))
    return [
        replace(_link(item.finding, item.finding.places, grid), assessed=item, text=sentence(item))
        for item in by_severity
    ]


def linked_remarks(grid: Grid, remarks: Iterable[Remark]) -> list[TableLink]:
    return [_link(remark, [Place.parse(remark.place)], grid) for remark in remarks]


def _link(about: RuleFinding | Remark, places: Iterable[Place], grid: Grid) -> TableLink:
    cells = _cells(grid)
    place = next((place for place in places if place in cells), None)
    if place is None:
        return TableLink(about, "", "")
    return TableLink(about, href(place), excerpt(cells[place].content))


def excerpt(text: str) -> str:
    """Shorten the text of a cell to the characters that identify it, without the colon of a label."""
    return shorten(text.rstrip("：:"), LONGEST_EXCERPT)


def write(
    grid: Grid,
    notes: Iterable[Note] = (),
    *,
    field: Callable[[Place, str], SafeString] | None = None,
    funding: str = "",
    content: Callable[[Cell], str] = html.cell_content,
) -> SafeString:
    """Write the table as HTML with notes in its cells.

    `field` returns what follows the notes of a cell, given its place and an excerpt of its text. `funding` is the
    content of the row above the indicators, if the grid has one. `content` returns the safe HTML of a cell's text.
    """
    by_cell = _by_cell(grid, notes)

    def inside(cell: Cell) -> str:
        if cell.place == FUNDING:
            return funding
        place = remark_place(cell)
        ids = [anchor(place) for place in dict.fromkeys((cell.place, place)) if place]
        cell_notes = by_cell.get(id(cell), ())
        context = {
            "ids": ids,
            "content": mark_safe(content(cell)),  # noqa: S308 — escaped there
            "severity": severity_of(cell_notes),
            "marks": marks_html(cell_notes, ids[0]) if cell_notes else "",
            "notes": notes_html(cell_notes),
            "field": field(place, excerpt(cell.content)) if field and place and _takes_remarks(cell) else "",
        }
        return render_to_string("filings/table/_cell.html", context).strip()

    return mark_safe(html.write(grid, inside, heading="h2"))  # noqa: S308 — html.write escapes the text of cells


def places(grid: Grid) -> set[Place]:
    """Every place that the table has a cell for."""
    return set(_cells(grid))


def _takes_remarks(cell: Cell) -> bool:
    return cell.style not in (Style.HEADER, Style.TITLE, Style.TARGET, Style.MORE)


def _cells(grid: Grid) -> dict[Place, Cell]:
    """The cell of each place; for a row the cell that takes its remarks."""
    cells = [cell for row in grid.rows for cell in row.cells] + [*grid.above, *grid.below]
    by_remark_place = {place: cell for cell in cells if (place := remark_place(cell))}
    return by_remark_place | {cell.place: cell for cell in cells if cell.place}


def _by_cell(grid: Grid, notes: Iterable[Note]) -> Mapping[int, Sequence[Note]]:
    cells = _cells(grid)
    by_cell: dict[int, list[Note]] = defaultdict(list)
    for note in notes:
        if cell := cells.get(note.place):
            by_cell[id(cell)].append(note)
    return by_cell
